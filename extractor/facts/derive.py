"""Numbers that follow from claims: exchange rates, previous values, totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.facts import relations
from extractor.facts.model import DerivedFact, FactKind
from extractor.facts.precision import rounded, significant_digits, value_of
from extractor.numerals.italian import italian_digits
from extractor.schema import Change, Claim, Kind, Modifier

_RATE_DIGITS = 3


def derive(text: str, claims: Sequence[Claim]) -> list[DerivedFact]:
    """Return the facts that follow from an article's claims, in the order of the claims.

    Args:
        text: the article.
        claims: its claims, in text order.
    """
    facts = [*_rates(claims), *_previous(text, claims), *_totals(text, claims)]
    place = {claim.claim_id: number for number, claim in enumerate(claims)}
    return sorted(facts, key=lambda fact: (place[fact.claims[0]], fact.kind))


def _exact(*claims: Claim) -> bool:
    return all(claim.modifier is Modifier.EXACT for claim in claims)


def direction(one: Claim, other: Claim) -> tuple[Claim, Claim]:
    """Return the two amounts of a conversion so that the first divided by the second is at least 1."""
    return (one, other) if abs(value_of(one)) >= abs(value_of(other)) else (other, one)


def _whole(value: Decimal, source: Claim) -> Decimal:
    """Round to the digits that the claim bears; things that are counted do not come in parts."""
    value = rounded(value, max(_RATE_DIGITS, significant_digits(source)))
    return value.to_integral_value() if source.kind is Kind.COUNT else value


def _shown(value: Decimal, unit: str | None) -> str:
    return f"{italian_digits(value)} {unit or ''}".rstrip()


def _rates(claims: Sequence[Claim]) -> Iterator[DerivedFact]:
    for pair in relations.conversions(claims):
        many, few = direction(*pair)
        digits = max(_RATE_DIGITS, min(significant_digits(many), significant_digits(few)))
        rate = rounded(value_of(many) / value_of(few), digits)
        yield DerivedFact(
            doc_id=many.doc_id,
            kind=FactKind.EXCHANGE_RATE,
            value=rate,
            unit=f"{many.unit}/{few.unit}",
            exact=_exact(*pair),
            claims=tuple(claim.claim_id for claim in pair),
            working=f"{many.text} / {few.text} = {italian_digits(rate)} {many.unit} for 1 {few.unit}",
        )


def _previous(text: str, claims: Sequence[Claim]) -> Iterator[DerivedFact]:
    for change, level in relations.changes(text, claims):
        size = abs(value_of(change)) if change.change is Change.INCREASE else -abs(value_of(change))
        if change.kind is Kind.PERCENTAGE and change.unit == "%":
            if size <= -100:
                continue
            before = _whole(value_of(level) / (1 + size / 100), level)
            how = f"/ (1 {'+' if size >= 0 else '-'} {italian_digits(abs(size))}%)"
        else:
            before = value_of(level) - size
            how = f"{'-' if size >= 0 else '+'} {change.text}"
        yield DerivedFact(
            doc_id=level.doc_id,
            kind=FactKind.PREVIOUS_VALUE,
            value=before,
            unit=level.unit,
            exact=_exact(change, level),
            claims=(change.claim_id, level.claim_id),
            working=f"{level.text} {how} = {_shown(before, level.unit)}",
        )


def _totals(text: str, claims: Sequence[Claim]) -> Iterator[DerivedFact]:
    for share, part in relations.shares(text, claims):
        of_one = value_of(share) / 100 if share.kind is Kind.PERCENTAGE else value_of(share)
        total = _whole(value_of(part) / of_one, part)
        yield DerivedFact(
            doc_id=part.doc_id,
            kind=FactKind.TOTAL,
            value=total,
            unit=part.unit,
            exact=_exact(share, part),
            claims=(share.claim_id, part.claim_id),
            working=f"{part.text} / {share.text} = {_shown(total, part.unit)}",
        )
