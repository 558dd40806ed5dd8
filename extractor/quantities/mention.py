"""The record that the quantity stage hands on: one quantity expression in a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

ONE = Decimal(1)


@dataclass(slots=True)
class Number:
    """A numeral with its magnitudes, before any unit.

    ``scale`` is the product of the last magnitude words (1 where there is none): what *e mezzo* halves
    and what a list shares. ``form`` says how it is written.
    """

    start: int
    end: int
    value: Decimal
    scale: Decimal = ONE
    form: str = "digits"
    approx: bool = False
    rules: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Mention:
    """A quantity expression: span (code points, end exclusive), kind and exact value or range.

    ``unit`` is null for counts and ratios, and for money whose currency is not named. ``scale`` and
    ``form`` are those of the (last) numeral. ``change`` is set only by words that are a change in
    themselves (*raddoppiato*, a sign). ``factor`` is what the unit's word is worth in units of ``unit``
    (a cent 0.01, a century 100); the value is multiplied by it already.
    """

    start: int
    end: int
    kind: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    modifier: str = "exact"
    change: str | None = None
    scale: Decimal = ONE
    factor: Decimal = ONE
    form: str = "digits"
    number_end: int = 0
    rules: list[str] = field(default_factory=list)

    @property
    def bare(self) -> bool:
        """Whether it is a plain number: no unit, no magnitude, nothing but its digits or words."""
        return self.kind == "count" and self.scale == ONE
