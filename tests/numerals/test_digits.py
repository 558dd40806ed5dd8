"""Digit strings in every format, written here and read back."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from extractor import parse_quantity
from extractor.numerals.rounding import claim_value


@pytest.mark.parametrize("separator", [".", " ", "\u00a0", "\u2009", "\u202f", "'", "’"])
def test_grouped_decimals(separator: str) -> None:
    source = random.Random(11)
    for _ in range(300):
        whole, decimals = source.randrange(10 ** source.randrange(4, 13)), source.randrange(1, 1000)
        text = f"{whole:,}".replace(",", separator) + f",{decimals:03d}"
        assert parse_quantity(text).value == Decimal(f"{whole}.{decimals:03d}"), text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3.000", "3000"), ("3.2", "3.2"), ("0.145", "0.145"), ("1,234,567.8", "1234567.8"), ("-20", "-20"),
        ("−20", "-20"), ("+0,6", "0.6"), ("100mila", "100000"), ("2,5mln", "2500000"), ("10k", "10000"),
        ("3½", "3.5"), ("¾", "0.75"), ("3/4", "0.75"), ("2 e 1/4", "2.25"),
    ],
)  # fmt: skip
def test_formats(text: str, value: str) -> None:
    assert parse_quantity(text).value == Decimal(value)


def test_endless_ratios_are_rounded_in_claims_only() -> None:
    third = parse_quantity("un terzo").value
    assert third is not None
    assert claim_value(third, "ratio") == Decimal("0.3333")
    assert claim_value(Decimal("0.0000001"), "ratio") == Decimal("0.0000001")
    assert claim_value(Decimal(1) / Decimal(3000), "ratio") == Decimal("0.0003333")
