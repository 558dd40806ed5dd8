"""A number written twice, as contracts do: *tredici (13) anni*, *500 (cinquecento) euro*, *cinquanta/00 euro*."""

from __future__ import annotations

import re
from decimal import Decimal

from extractor.numerals.digits import EXACT
from extractor.quantities.grammar import number_at
from extractor.quantities.mention import ONE, Number
from extractor.quantities.tables import GAP

_OPENS = re.compile(rf"{GAP}?\({GAP}?")
_CLOSES = re.compile(rf"{GAP}?\)")
_CENTS = re.compile(r"/(\d\d)(?![\d/])")


def take_repeat(text: str, number: Number) -> None:
    """Let a number reach over its cents behind a slash and its repeat in brackets, one in words, one in digits."""
    if text[number.end : number.end + 1] == "/":
        _take_cents(text, number)
    if "(" not in text[number.end : number.end + 2]:
        return
    opens = _OPENS.match(text, number.end)
    again = number_at(text, opens.end()) if opens else None
    if again is None or (again.form == "words") is (number.form == "words"):
        return
    if text[again.end : again.end + 1] == "/":
        _take_cents(text, again)
    closes = _CLOSES.match(text, again.end)
    if closes is not None and again.value == number.value:
        number.end = closes.end()
        number.rules.append("compose.repeat")


def _take_cents(text: str, number: Number) -> None:
    """``cento/50``: the cents of an amount in words are digits."""
    cents = _CENTS.match(text, number.end) if number.form == "words" and number.value >= ONE else None
    if cents is not None:
        number.value = EXACT.add(number.value, Decimal(cents[1]) / 100)
        number.end = cents.end()
        number.rules.append("compose.minor")
