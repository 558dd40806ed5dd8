"""Which claims of an article hang together so that a number follows: by their links and the words between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.claims.clauses import alternatives, fold
from extractor.claims.phrases import change_nouns
from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.schema import Claim, Kind

Pair = tuple[Claim, Claim]
_SHARES = (Kind.PERCENTAGE, Kind.RATIO)


@per_lexicon
def _patterns() -> dict[str, re.Pattern[str]]:
    words = {name: alternatives(section["words"]) for name, section in load_table("facts").items()}
    noun = alternatives(change_nouns())
    gap = r"(?:\s+|(?<='))"
    return {
        "to_level": re.compile(rf",?\s+(?:{words['to_level']}){gap}"),
        "to_change": re.compile(
            rf",?\s+(?:(?:{words['to_change']}){gap}(?:\w+\s+)?(?:{noun})\s+(?:{words['of_change']}){gap})"
        ),
        "bracket": re.compile(r"\s*\("),
        "closed": re.compile(r"\s*(?:su(?:l|i)?\b[^()]*|rispetto\b[^()]*|annuo|annui)?\s*[),;]"),
        "to_share": re.compile(rf"[^.;:()]{{0,40}}?(?:,|\()\s*(?:(?:{words['to_share']}){gap})*"),
        "of_total": re.compile(rf"(?:\s+\w+)?\s+(?:{words['totals']})(?!\w)"),
        "of_many": re.compile(rf"\s+(?:{words['wholes']})(?!\w)"),
        "compared": re.compile(rf"(?<!\w)(?:{words['comparing']}){gap}\Z"),
        "sum": re.compile(rf".{{0,40}}?(?<!\w)(?:{words['sums']}){gap}", re.S),
        "parts": re.compile(rf"[^.;]{{0,40}}?(?:,\s*(?:{words['parts']})|\()\s*", re.S),
        "and": re.compile(r"[^.;()]{0,40}?(?:,|\s+e|\s+ed)\s+(?:altr[ei]\s+)?"),
    }


def conversions(claims: Sequence[Claim]) -> Iterator[Pair]:
    """Yield two amounts of money in different currencies of which one restates the other, the earlier first."""
    by_id = {claim.claim_id: claim for claim in claims}
    for claim in claims:
        other = by_id.get(claim.same_as or "")
        if (
            other is not None
            and claim.kind is other.kind is Kind.MONEY
            and claim.unit
            and other.unit
            and claim.unit != other.unit
            and claim.value
            and other.value
        ):
            yield other, claim


def _is_level(claim: Claim) -> bool:
    return claim.value is not None and claim.change is None and claim.kind is not Kind.RATIO


def _fits(change: Claim, level: Claim) -> bool:
    """Whether a change's size can be one of this level: a percentage of anything, else the same unit."""
    if not _is_level(level) or not change.change or change.value is None or change.kind is Kind.RATIO:
        return False
    if change.kind is Kind.PERCENTAGE and change.unit == "%":
        return level.kind is not Kind.PERCENTAGE
    if change.unit == "pp":
        return level.unit == "%"
    return change.kind is level.kind and change.unit == level.unit


def changes(text: str, claims: Sequence[Claim]) -> Iterator[Pair]:
    """Yield each size of a change with the level that the change led to.

    By the link (*La cifra rappresenta un aumento del 12%*), or by the words between them (*sale del 5% a 15,3
    miliardi*; *2,5 miliardi, in aumento del 10%*; *2,5 miliardi (+10%)*).
    """
    by_id = {claim.claim_id: claim for claim in claims}
    done: set[str] = set()
    plain, patterns = fold(text), _patterns()
    for claim in claims:
        level = by_id.get(claim.refers_to or "")
        if level is not None and _fits(claim, level):
            done.add(claim.claim_id)
            yield claim, level
    for left, right in pairwise(claims):
        if left.sentence != right.sentence:
            continue
        gap = (left.end, right.start)
        if left.claim_id not in done and _fits(left, right) and patterns["to_level"].fullmatch(plain, *gap):
            done.add(left.claim_id)
            yield left, right
        elif right.claim_id not in done and _fits(right, left):
            behind = patterns["bracket"].fullmatch(plain, *gap) and patterns["closed"].match(plain, right.end)
            if behind or patterns["to_change"].fullmatch(plain, *gap):
                done.add(right.claim_id)
                yield right, left


def shares(text: str, claims: Sequence[Claim]) -> Iterator[Pair]:
    """Yield each share of a total with the number that it is: *36 aziende, la metà del totale*."""
    by_id = {claim.claim_id: claim for claim in claims}
    plain, patterns = fold(text), _patterns()
    done: set[str] = set()
    for claim in claims:
        part = by_id.get(claim.refers_to or "")
        if part is not None and _is_share(claim) and _is_amount(part):
            done.add(claim.claim_id)
            yield claim, part
    for part, share in pairwise(claims):
        if share.claim_id in done or not (_is_share(share) and _is_amount(part)) or part.sentence != share.sentence:
            continue
        if patterns["to_share"].fullmatch(plain, part.end, share.start) and patterns["of_total"].match(
            plain, share.end
        ):
            yield share, part


def shares_of_many(text: str, claims: Sequence[Claim]) -> Iterator[Claim]:
    """Yield the percentages that are parts of a whole: *il 20% degli elettori*, of several things or of a total.

    One of a single amount can be a comparison (*il 130% del Pil*), and so can one with *a* (*pari al 120% dei ricavi*).
    """
    plain, patterns = fold(text), _patterns()
    for claim in claims:
        if claim.kind is not Kind.PERCENTAGE or claim.unit != "%" or claim.change is not None:
            continue
        compared = patterns["compared"].search(plain, max(0, claim.start - 40), claim.start)
        if not compared and patterns["of_many"].match(plain, claim.end):
            yield claim


def _is_share(claim: Claim) -> bool:
    whole = 100 if claim.kind is Kind.PERCENTAGE else 1
    return (
        claim.kind in _SHARES
        and claim.change is None
        and claim.unit in ("%", None)
        and claim.value is not None
        and 0 < claim.value < whole
    )


def _is_amount(claim: Claim) -> bool:
    return _is_level(claim) and claim.kind is not Kind.PERCENTAGE


def _alike(one: Claim, other: Claim) -> bool:
    return one.kind is other.kind and one.unit == other.unit and _is_amount(one) and _is_amount(other)


def sums(text: str, claims: Sequence[Claim]) -> Iterator[tuple[list[Claim], Claim]]:
    """Yield figures of one sentence and the figure that the text says is their sum: *per un totale di 60*."""
    plain, pattern = fold(text), _patterns()["sum"]
    for index, total in enumerate(claims):
        start = index
        while start and _alike(claims[start - 1], total) and claims[start - 1].sentence == total.sentence:
            start -= 1
        parts = list(claims[start:index])
        if len(parts) > 1 and pattern.fullmatch(plain, parts[-1].end, total.start):
            yield parts, total


def divisions(text: str, claims: Sequence[Claim]) -> Iterator[tuple[list[Claim], Claim]]:
    """Yield the parts that follow a figure, with the figure: *12 arrestati (7 uomini e 5 donne)*."""
    plain, patterns = fold(text), _patterns()
    for index, total in enumerate(claims[:-1]):
        first = claims[index + 1]
        if not _alike(total, first) or not patterns["parts"].fullmatch(plain, total.end, first.start):
            continue
        parts = [first]
        for claim in claims[index + 2 :]:
            if not _alike(claim, total) or not patterns["and"].fullmatch(plain, parts[-1].end, claim.start):
                break
            parts.append(claim)
        if len(parts) > 1:
            yield parts, total
