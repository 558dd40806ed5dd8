"""Two numbers with a slash between them that are no fraction: ``10/15 euro``, ``5/6 persone``, ``200/250 posti``."""

from __future__ import annotations

import re
from decimal import Decimal

from extractor.quantities.context import function_words
from extractor.quantities.mention import Number
from extractor.quantities.tables import GAP, unit_index

_BY_SLASH = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)/(\d{1,3}(?:\.\d{3})+|\d+)(?![\d.,/])")
# of so many parts a fraction before a unit's symbol is (1/2 kg, 3/4 mq)
_USUAL_PARTS = frozenset((2, 3, 4, 5, 8))


def first_of_two(text: str, number: Number) -> Number:
    """In *10/15 euro*, *3/4 giorni*, *5/6 persone* the slash stands between two numbers.

    A fraction has *di* or a singular behind it.
    """
    pair = _BY_SLASH.match(text, number.start)
    if pair is None or not two_by_slash(text, number.start):
        return number
    return Number(number.start, pair.end(1), Decimal(pair[1]), rules=["numeral.slash"])


def two_by_slash(text: str, start: int) -> bool:
    """Whether numbers on both sides of a slash are the ends of a range: they ascend before a plural or a unit."""
    pair = _BY_SLASH.match(text, start)
    if pair is None or pair[1].startswith("0"):
        return False
    low, high = (int(side.replace(".", "")) for side in pair.groups())
    if not low < high <= _FARTHEST * low:
        return False
    symbol = unit_index().by_symbol(text, pair.end())
    if symbol is not None and not symbol.weak:
        return symbol.entry.kind == "money" or high not in _USUAL_PARTS
    name = unit_index().by_name(text, pair.end() + 1) if text[pair.end() : pair.end() + 1] == " " else None
    if name is not None and name.entry.kind == "money":
        return True
    plural = _PLURAL.match(text, pair.end())
    return plural is not None and plural[1] not in function_words()


_FARTHEST = 5
_PLURAL = re.compile(rf"{GAP}([a-zà-ù]{{2,}}[ie])(?!\w)")
