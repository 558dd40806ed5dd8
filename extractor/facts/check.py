"""Where the figures of one article do not agree with each other.

What the rounding of the written figures can explain is not reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import reduce
from operator import add

from extractor.facts import relations
from extractor.facts.derive import direction
from extractor.facts.model import Inconsistency, InconsistencyKind
from extractor.facts.precision import Interval, interval, rounded, value_of
from extractor.numerals.italian import italian_digits
from extractor.schema import Claim

TOLERANCE = Decimal("0.01")


def check(text: str, claims: Sequence[Claim], tolerance: Decimal = TOLERANCE) -> list[Inconsistency]:
    """Return what does not agree, in text order.

    Args:
        text: the article.
        claims: its claims, in text order.
        tolerance: how far, as a share, the rates of two conversions may lie apart beyond rounding.
    """
    found = [
        *_conversions(claims, tolerance),
        *_shares(text, claims),
        *_ranges(claims),
        *_sums(text, claims),
    ]
    place = {claim.claim_id: number for number, claim in enumerate(claims)}
    return sorted(found, key=lambda item: place[item.claims[0]])


def _report(kind: InconsistencyKind, message: str, claims: Sequence[Claim]) -> Inconsistency:
    sentences = {claim.sentence.start: claim.sentence for claim in claims if claim.sentence is not None}
    return Inconsistency(
        doc_id=claims[0].doc_id,
        kind=kind,
        claims=tuple(claim.claim_id for claim in claims),
        message=message,
        sentences=tuple(sentences[start] for start in sorted(sentences)),
    )


def _conversions(claims: Sequence[Claim], tolerance: Decimal) -> Iterator[Inconsistency]:
    """Compare each conversion with the middle one of its two currencies."""
    by_pair: defaultdict[frozenset[str | None], list[tuple[Claim, Claim]]] = defaultdict(list)
    for pair in relations.conversions(claims):
        by_pair[frozenset(claim.unit for claim in pair)].append(pair)
    for pairs in by_pair.values():
        unit = direction(*pairs[0])[0].unit
        rates = [_rate(one, other) if one.unit == unit else _rate(other, one) for one, other in pairs]
        middle = sorted(range(len(rates)), key=lambda index: rates[index][0])[(len(rates) - 1) // 2]
        for index, (rate, spread) in enumerate(rates):
            if index == middle or spread.widened(tolerance).meets(rates[middle][1]):
                continue
            one, other = direction(*pairs[middle])
            if one.unit != unit:
                one, other = other, one
            yield _report(
                InconsistencyKind.CONVERSION,
                f"{pairs[index][0].text} = {pairs[index][1].text} means {italian_digits(rounded(rate, 3))} {one.unit} "
                f"for 1 {other.unit}, but {pairs[middle][0].text} = {pairs[middle][1].text} means "
                f"{italian_digits(rounded(rates[middle][0], 3))}",
                [*pairs[index], *pairs[middle]],
            )


def _rate(many: Claim, few: Claim) -> tuple[Decimal, Interval]:
    return abs(value_of(many) / value_of(few)), interval(many) / interval(few)


def _shares(text: str, claims: Sequence[Claim]) -> Iterator[Inconsistency]:
    for claim in relations.shares_of_many(text, claims):
        top = claim.high if claim.value is None else claim.value
        if top is not None and top > 100:
            thing = f" ({claim.subject.text})" if claim.subject else ""
            yield _report(InconsistencyKind.SHARE, f"{claim.text} is more than the whole{thing}", [claim])


def _ranges(claims: Sequence[Claim]) -> Iterator[Inconsistency]:
    for claim in claims:
        if claim.low is not None and claim.high is not None and claim.low > claim.high:
            low, high = italian_digits(claim.low), italian_digits(claim.high)
            message = f"{claim.text}: the range goes from {low} down to {high}"
            yield _report(InconsistencyKind.RANGE, message, [claim])


def _sums(text: str, claims: Sequence[Claim]) -> Iterator[Inconsistency]:
    for parts, total in relations.sums(text, claims):
        added = _added(parts)
        if not added.meets(interval(total)):
            yield _report(InconsistencyKind.SUM, _calculation(parts, f"not {total.text}"), [*parts, total])
    for parts, total in relations.divisions(text, claims):
        # parts may leave something out, but they are never more than the whole
        if _added(parts).low > interval(total).high:
            yield _report(InconsistencyKind.SUM, _calculation(parts, f"more than {total.text}"), [total, *parts])


def _added(parts: Sequence[Claim]) -> Interval:
    return reduce(add, map(interval, parts))


def _calculation(parts: Sequence[Claim], verdict: str) -> str:
    total = sum((abs(value_of(part)) for part in parts), Decimal(0))
    return f"{' + '.join(part.text for part in parts)} = {italian_digits(total)}, {verdict}"
