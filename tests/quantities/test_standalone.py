"""Quantity expressions standing alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor import parse_quantity


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit", "modifier"),
    [
        ("tre milioni e duecentomila euro", "money", "3200000", "EUR", "exact"),
        ("3 metri e mezzo", "measure", "3.5", "m", "exact"),
        ("meno 12 gradi", "measure", "-12", "Cel", "exact"),
        ("243", "count", "243", None, "exact"),
        ("almeno 10 euro", "money", "10", "EUR", "at_least"),
        ("circa 3 mila miliardi", "count", "3000000000000", None, "approx"),
        ("un'ora e mezza", "measure", "1.5", "h", "exact"),
        ("il 12 per cento", "percentage", "12", "%", "exact"),
        ("due terzi", "ratio", None, None, "exact"),
        ("5M€", "money", "5000000", "EUR", "exact"),
    ],
)
def test_quantities(text: str, kind: str, value: str | None, unit: str | None, modifier: str) -> None:
    quantity = parse_quantity(text)
    assert (quantity.kind, quantity.unit, quantity.modifier) == (kind, unit, modifier)
    if value is not None:
        assert quantity.value == Decimal(value)


def test_ranges() -> None:
    quantity = parse_quantity("tra 27 e i 28 miliardi")
    assert (quantity.value, quantity.low, quantity.high) == (None, 27 * 10**9, 28 * 10**9)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "empty"), ("ciao", "no numeral"), ("5 euro e 3 mele", "not only a quantity"), ("una", "no")],
)
def test_no_quantity(text: str, reason: str) -> None:
    if text == "una":
        assert parse_quantity(text).value == 1  # alone it can only be the number
        return
    with pytest.raises(ValueError, match=reason):
        parse_quantity(text)
