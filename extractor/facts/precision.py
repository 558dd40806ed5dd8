"""How exactly a figure is written: what rounding can explain is no disagreement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal

from extractor.schema import Claim, Kind, Modifier

_WRITTEN = re.compile(r"\d+(?:[.'\u00a0\u202f\u2009 ]\d{3})*(?:,(?P<decimals>\d+))?")
# `circa`, `quasi`, `oltre` leave this much room: an editorial measure, a rounding to the nearest tenth
_BLUR = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers that a written figure can stand for; both ends count."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __truediv__(self, other: Interval) -> Interval:
        return Interval(self.low / other.high, self.high / other.low)

    def widened(self, share: Decimal) -> Interval:
        """Give both ends a share more room."""
        return Interval(self.low * (1 - share), self.high * (1 + share))

    def meets(self, other: Interval) -> bool:
        """Whether the two have a number in common."""
        return self.low <= other.high and other.low <= self.high


def value_of(claim: Claim) -> Decimal:
    """Return the value of a claim that is known to have one.

    Raises:
        ValueError: it is a range.
    """
    if claim.value is None:
        raise ValueError(f"{claim.claim_id} is a range")
    return claim.value


def significant_digits(claim: Claim) -> int:
    """Return how many digits of the claim's value are written (``2,70 miliardi``: 3); 1 for words."""
    found = _WRITTEN.search(claim.text)
    if found is None:
        return 1
    return max(1, len(re.sub(r"\D", "", found[0]).lstrip("0")))


def step(claim: Claim) -> Decimal:
    """Return the place value of the last written digit: 0.1 billion for ``2,7 miliardi``.

    It is 0 where no digit is written, and for things that are counted one by one (``12 arrestati``).
    """
    found = _WRITTEN.search(claim.text)
    if found is None or claim.value is None:
        return Decimal(0)
    written = Decimal(re.sub(r"[^\d,]", "", found[0]).replace(",", "."))
    if not written or (claim.kind is Kind.COUNT and written == abs(claim.value)):
        return Decimal(0)
    return abs(claim.value) / written * Decimal(1).scaleb(-len(found["decimals"] or ""))


def interval(claim: Claim) -> Interval:
    """Return the numbers that a claim's size can stand for: half a step around it, more if it is blurred."""
    size = abs(claim.value) if claim.value is not None else Decimal(0)
    room = step(claim) / 2
    if claim.modifier is not Modifier.EXACT:
        room = max(room, size * _BLUR)
    return Interval(max(size - room, Decimal(0)), size + room)


def rounded(value: Decimal, digits: int) -> Decimal:
    """Round to so many significant digits."""
    return Context(prec=max(digits, 1)).plus(value)
