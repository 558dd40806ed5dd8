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
        ("5 3/4", "count", "5.75", None, "exact"),
        ("123/456", "ratio", None, None, "exact"),
        (",77", "count", "0.77", None, "exact"),
        ("-,0012G", "count", "-1200000", None, "exact"),
        ("30 min.", "measure", "30", "min", "exact"),
        ("meno ventitré", "count", "-23", None, "exact"),
        ("un'ottantina", "count", "80", None, "approx"),
        ("due dozzine e mezza", "count", "30", None, "exact"),
        ("un trilionesimo", "ratio", "0.000000000001", None, "exact"),
        ("mezzo milione", "count", "500000", None, "exact"),
        ("twd$ 15", "money", "15", "TWD", "exact"),
        ("20Rs", "money", "20", "INR", "exact"),
        ("EUR 50m", "money", "50000000", "EUR", "exact"),
        ("mt. 3.5", "measure", "3.5", "m", "exact"),
        ("mach 2", "measure", "2", "Mach", "exact"),
        ("esattamente 10 dollari", "money", "10", "USD", "exact"),
        ("8 mi", "measure", "8", "[mi_i]", "exact"),
        ("70 F", "measure", "70", "[degF]", "exact"),
        ("2 gradi sotto zero", "measure", "-2", "Cel", "exact"),
        ("un giorno", "measure", "1", "d", "exact"),
        ("1 h 30 min", "measure", "90", "min", "exact"),
        (">= 30", "count", "30", None, "at_least"),
        ("più grande di 30", "count", "30", None, "more_than"),
    ],
)
def test_quantities(text: str, kind: str, value: str | None, unit: str | None, modifier: str) -> None:
    quantity = parse_quantity(text)
    assert (quantity.kind, quantity.unit, quantity.modifier) == (kind, unit, modifier)
    if value is not None:
        assert quantity.value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("tra 27 e i 28 miliardi", "27000000000", "28000000000"),
        ("10 - 20 $", "10", "20"),
        ("10/20 euro", "10", "20"),
        ("50-70 cent", "0.50", "0.70"),
        ("inferiore a 20 e superiore a 10", "10", "20"),
    ],
)
def test_ranges(text: str, low: str, high: str) -> None:
    quantity = parse_quantity(text)
    assert (quantity.value, quantity.low, quantity.high) == (None, Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("ciao", "no numeral"),
        ("5 euro e 3 mele", "not only a quantity"),
        ("una", "no"),
        ("5/2024", "not"),
    ],
)
def test_no_quantity(text: str, reason: str) -> None:
    if text == "una":
        assert parse_quantity(text).value == 1  # alone it can only be the number
        return
    with pytest.raises(ValueError, match=reason):
        parse_quantity(text)
