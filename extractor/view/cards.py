"""What the page says of each claim, of derived facts and of inconsistencies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.facts import FactKind, InconsistencyKind
from extractor.numerals.italian import italian_digits
from extractor.schema import Claim, Modality, Modifier
from extractor.view import wording
from extractor.view.study import Study

#: Fields whose words are shown in the text while a card is open, in the order of the card.
TRACED = {"subject": "What is measured", "time": "When", "baseline": "Compared with", "attribution": "Who says so"}
_FACTS = {
    FactKind.EXCHANGE_RATE: "Exchange rate of a conversion",
    FactKind.PREVIOUS_VALUE: "Value before a change",
    FactKind.TOTAL: "Total of a share",
}
_INCONSISTENCIES = {
    InconsistencyKind.CONVERSION: "Conversions at different rates",
    InconsistencyKind.SHARE: "A share above the whole",
    InconsistencyKind.RANGE: "A range the wrong way round",
    InconsistencyKind.SUM: "A sum that does not add up",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One field of a card.

    Attributes:
        quote: words of the article, or None.
        said: what the field says, in English, or None.
        field: its name in :data:`TRACED`, where the text shows its words too.
    """

    label: str
    quote: str | None = None
    said: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A claim that this one, a fact or an inconsistency leads to; ``key`` is that of its card."""

    label: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One claim.

    Attributes:
        key: unlike any other on the page.
        number: its place in the article, from 1.
        brief: the quantity on one line, empty where it would only repeat the text.
        size: its value for sorting.
        rules: each rule in words, with its name.
    """

    key: str
    number: int
    claim: Claim
    kind: str
    digits: str
    words: str | None
    unit_name: str | None
    brief: str
    size: str
    rows: tuple[Row, ...]
    links: tuple[Link, ...]
    rules: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A derived fact or an inconsistency: a title, what it says, and the claims that it is about."""

    title: str
    headline: str | None
    detail: str
    links: tuple[Link, ...]


def keys_of(study: Study, place: int) -> dict[str, str]:
    """Return the key of each claim of the article at ``place``, by ``claim_id``."""
    return {claim.claim_id: f"{place}-{number}" for number, claim in enumerate(study.claims, start=1)}


def cards(study: Study, place: int) -> list[Card]:
    """Return a card for each claim of the article at ``place`` on the page."""
    keys = keys_of(study, place)
    texts = {claim.claim_id: claim.text for claim in study.claims}
    links: dict[str, list[Link]] = {claim_id: [] for claim_id in keys}
    for claim in study.claims:
        for other, there, back in (
            (claim.same_as, "Says again", "Said again as"),
            (claim.refers_to, "Is about", "Taken up by"),
        ):
            if other in keys:
                links[claim.claim_id].append(Link(there, keys[other], texts[other]))
                links[other].append(Link(back, keys[claim.claim_id], claim.text))
    return [
        Card(
            key=keys[claim.claim_id],
            number=number,
            claim=claim,
            kind=claim.kind.value,
            digits=wording.digits(claim),
            words=wording.words(claim),
            unit_name=wording.unit_name(claim),
            brief=_brief(claim),
            size=f"{claim.value if claim.value is not None else claim.high:f}",
            rows=tuple(_rows(study, claim)),
            links=tuple(links[claim.claim_id]),
            rules=tuple((wording.rule_in_words(rule), rule) for rule in claim.rules),
        )
        for number, claim in enumerate(study.claims, start=1)
    ]


def _brief(claim: Claim) -> str:
    modifier = "" if claim.modifier is Modifier.EXACT else f"{wording.MODIFIERS[claim.modifier]} "
    unit = "" if claim.unit is None else "%" if claim.unit == "%" else f" {claim.unit}"
    brief = f"{modifier}{wording.digits(claim)}{unit}"
    return "" if brief == claim.text else brief


def _rows(study: Study, claim: Claim) -> Iterator[Row]:
    deciding = study.words.get(claim.claim_id, {})
    if claim.modifier is not Modifier.EXACT:
        yield Row("How exact", deciding.get("modifier") or None, wording.MODIFIERS[claim.modifier])
    if claim.change is not None:
        yield Row("Change", deciding.get("change") or None, claim.change.value)
    for field, label in TRACED.items():
        span = getattr(claim, field)
        if span is not None:
            said = wording.value_in_words(getattr(span, "value", None))
            yield Row(label, span.text, None if said == span.text else said, field)
    if claim.modality is not Modality.ASSERTED:
        yield Row("How firm", None, wording.MODALITIES[claim.modality])


def derived(study: Study, place: int) -> list[Finding]:
    """Return the derived facts of an article."""
    return [
        Finding(
            _FACTS[fact.kind],
            f"{'' if fact.exact else 'about '}{italian_digits(fact.value)} {_per(fact.unit)}".rstrip(),
            fact.working,
            _links(study, place, fact.claims),
        )
        for fact in study.facts
    ]


def disagreements(study: Study, place: int) -> list[Finding]:
    """Return the inconsistencies of an article."""
    return [
        Finding(_INCONSISTENCIES[item.kind], None, item.message, _links(study, place, item.claims))
        for item in study.inconsistencies
    ]


def _per(unit: str | None) -> str:
    """A rate's unit as people say it: ``CNY for 1 USD``."""
    return " for 1 ".join((unit or "").split("/")) if unit and "/" in unit else unit or ""


def _links(study: Study, place: int, claim_ids: Sequence[str]) -> tuple[Link, ...]:
    keys = keys_of(study, place)
    texts = {claim.claim_id: claim.text for claim in study.claims}
    return tuple(Link("", keys[claim_id], texts[claim_id]) for claim_id in claim_ids)
