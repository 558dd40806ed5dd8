"""The output contract."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from pydantic import ValidationError

from extractor.schema import Claim, json_schema, plain_decimal

_BASE = {"doc_id": "d", "claim_id": "d#1", "kind": "money", "start": 0, "end": 2, "text": "20", "value": "20"}


def test_numbers_are_written_plain_and_exact() -> None:
    claim = Claim(**_BASE | {"value": Decimal("1E+30"), "unit": "EUR"})
    assert '"value": 1000000000000000000000000000000,' in claim.to_json()
    small = Claim(**_BASE | {"value": Decimal("0.00000012345678901234567890")})
    assert '"value": 0.0000001234567890123456789,' in small.to_json()
    assert Claim.from_json(small.to_json()) == small


def test_plain_decimal_drops_trailing_zeros_and_refuses_infinity() -> None:
    assert str(plain_decimal(Decimal("1.500"))) == "1.5"
    assert str(plain_decimal(Decimal("-0.0"))) == "0"
    with pytest.raises(ValueError, match="finite"):
        plain_decimal(Decimal("Infinity"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"low": "1", "high": "2"}, "either a value or a range"),
        ({"value": None}, "either a value or a range"),
        ({"value": None, "low": "1"}, "both low and high"),
        ({"kind": "percentage"}, "a percentage has one of the units"),
        ({"kind": "count", "unit": "EUR"}, "has no unit"),
        ({"end": 0}, "not after start"),
        ({"end": 3}, "length"),
        ({"same_as": "d#1"}, "itself"),
        ({"colour": "red"}, "Extra inputs"),
        ({"subject": {"text": "ab", "start": 0, "end": 1}}, "length"),
    ],
)
def test_invariants(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Claim(**_BASE | change)


def test_claims_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Claim(**_BASE).value = Decimal(1)


def test_json_schema_names_every_key_of_a_line() -> None:
    assert set(json_schema()["properties"]) == set(json.loads(Claim(**_BASE).to_json()))
