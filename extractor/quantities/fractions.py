"""Fractions with digits in them: ``3/4``, ``3½``, ``5 3/4``, ``3 quarti``."""

from __future__ import annotations

import re

from extractor.numerals.digits import EXACT, VULGAR_CHARACTERS, fraction, vulgar_value
from extractor.numerals.words import denominator
from extractor.quantities.mention import Number
from extractor.quantities.tables import GAP, GAPS

# a whole number and a fraction of halves, quarters, eighths … of it: 5 3/4, 3 ½
_MIXED = re.compile(rf"{GAP}(?:(?P<v>[{VULGAR_CHARACTERS}])|(?P<n>\d{{1,2}})/(?P<d>2|3|4|8|16|32))(?![\d/.,]\d|\w|/)")
_PARTS = re.compile(rf"(?i){GAP}(?P<parts>terzi|quarti|quinti|sesti|ottavi)(?!\w|{GAP}(?:di{GAP}finale|posti))")
_PARTS_BEGIN = frozenset(f"123456789tqsoTQSO{VULGAR_CHARACTERS}")
_LARGEST_NUMERATOR = 10

_SLASH = re.compile(rf"{GAP}?/{GAP}?(\d{{1,3}})(?![\d/.,]\d|\w)")


def digits_fraction(text: str, number: Number) -> Number:
    """``3/4`` and ``3½``: only a proper or mixed fraction with a small denominator."""
    end = number.end
    if end < len(text) and text[end] in VULGAR_CHARACTERS:
        number.value += vulgar_value(text[end])
        number.end += 1
        number.rules.append("numeral.vulgar")
        return number
    if text[end : end + 1] in GAPS and text[end + 1 : end + 2] in _PARTS_BEGIN and number.rules == ["numeral.integer"]:
        return _mixed_or_parts(text, number)
    slash = _SLASH.match(text, end) if "/" in text[end : end + 2] else None
    if slash is not None and number.value == number.value.to_integral_value():
        below = int(slash[1])
        if 2 <= below <= 100 and 0 < number.value < below:
            value = fraction(number.value, below)
            return Number(number.start, slash.end(), value, form="fraction", rules=["numeral.fraction"])
    return number


def _mixed_or_parts(text: str, number: Number) -> Number:
    """``5 3/4``, ``3 ½`` are mixed numbers, ``3 quarti`` is a fraction whose numerator is in digits."""
    mixed = _MIXED.match(text, number.end)
    if mixed is not None:
        part = vulgar_value(mixed["v"]) if mixed["v"] else fraction(int(mixed["n"]), int(mixed["d"]))
        if part < 1:
            value = EXACT.add(number.value, part)
            return Number(number.start, mixed.end(), value, rules=["numeral.mixed"])
    parts = _PARTS.match(text, number.end) if 1 < number.value < _LARGEST_NUMERATOR else None
    below = denominator(parts["parts"].lower()) if parts else None
    if parts is None or below is None or number.value >= below:
        return number
    value = fraction(number.value, below)
    return Number(number.start, parts.end(), value, form="fraction", rules=["numeral.fraction"])
