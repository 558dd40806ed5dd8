"""The fields of a claim in words that readers of a page understand."""

from __future__ import annotations

from decimal import Decimal

from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.lexicon.units import currencies, units
from extractor.numerals.italian import italian_digits, italian_words
from extractor.schema import Claim, Modality, Modifier, QuantityFields

MODIFIERS = {
    Modifier.EXACT: "as stated",
    Modifier.APPROX: "about",
    Modifier.MORE_THAN: "more than",
    Modifier.LESS_THAN: "less than",
    Modifier.AT_LEAST: "at least",
    Modifier.AT_MOST: "at most",
}
MODALITIES = {
    Modality.ASSERTED: "stated as a fact",
    Modality.FORECAST: "a forecast",
    Modality.TARGET: "a target",
    Modality.HYPOTHETICAL: "hypothetical",
    Modality.NEGATED: "denied",
}
_BASELINES = {"yoy": "a year earlier", "qoq": "a quarter earlier", "mom": "a month earlier"}
_UNITS = {"%": "per cent", "pp": "percentage points", "bp": "basis points"}
_RANGE = " – "


def digits(quantity: QuantityFields) -> str:
    """Return value or range of a quantity in digits, the Italian way."""
    return _RANGE.join(italian_digits(number) for number in _numbers(quantity))


def words(quantity: QuantityFields) -> str | None:
    """Return value or range of a quantity in Italian words, None where they would be too long."""
    spoken = [italian_words(number) for number in _numbers(quantity)]
    return None if None in spoken else _RANGE.join(filter(None, spoken))


def _numbers(quantity: QuantityFields) -> list[Decimal]:
    numbers = [quantity.low, quantity.high] if quantity.value is None else [quantity.value]
    return [number for number in numbers if number is not None]


def unit_name(claim: Claim) -> str | None:
    """Return the Italian name of a claim's unit, from the tables; of a percentage the English one."""
    if claim.unit is None:
        return None
    return _UNITS.get(claim.unit) or _unit_names().get((claim.kind.value, claim.unit))


@per_lexicon
def _unit_names() -> dict[tuple[str, str], str]:
    names: dict[tuple[str, str], str] = {}
    for entry in (*currencies(), *units()):
        named = entry.names or entry.per_names or entry.weak_names
        if named and entry.factor == 1:
            names.setdefault((entry.kind, entry.code), named[0])
    return names


def value_in_words(value: str | None) -> str | None:
    """Return the normalised value of a time or a baseline for people: an interval with *to* between its ends."""
    if value is None:
        return None
    return _BASELINES.get(value) or value.replace("/", " to ")


def rule_in_words(rule: str) -> str:
    """Return what a rule says; of a rule without words of its own, what its family does."""
    family, _, name = rule.partition(".")
    rows: dict[str, str] = load_table("rules").get(family, {})
    return rows.get(name) or rows.get("*") or rule
