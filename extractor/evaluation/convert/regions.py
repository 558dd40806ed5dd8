"""Claims as annotation tools see them: marked regions with fields, and links between regions.

A claim is a region labelled with its kind. Each phrase that accompanies it is a region labelled with the name of
the field, linked from the claim; claims with the same phrase share its region. A phrase whose place is unknown stays
a field of the claim (``subject``, ``time.value``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractor.evaluation.convert.own import claim_record
from extractor.evaluation.gold import LINK_FIELDS, SPAN_FIELDS, GoldClaim, GoldDocument, GoldSpan, RawDocument
from extractor.schema import Change, Kind, Modality, Modifier

KINDS = tuple(kind.value for kind in Kind)
#: Fields with a closed list of values.
CHOICES: dict[str, tuple[str, ...]] = {
    "modifier": tuple(each.value for each in Modifier),
    "change": tuple(each.value for each in Change),
    "modality": tuple(each.value for each in Modality),
}
#: What a choice means that is not made; where there is no entry, that there is none.
UNSAID = {"modifier": Modifier.EXACT.value, "modality": Modality.ASSERTED.value}
_PLAIN = ("value", "low", "high", "unit")
_UNPLACED = tuple(f"{name}{part}" for name in SPAN_FIELDS for part in ("", ".value"))
#: Every field that the region of a claim may have, besides its place and label.
CLAIM_FIELDS = frozenset((*_PLAIN, *CHOICES, *_UNPLACED))
PHRASE_FIELDS = frozenset({"value"})


@dataclass(slots=True)
class Region:
    """A marked stretch of a text.

    Attributes:
        id: its name among the regions of the document.
        label: a kind, or the name of a phrase field.
        start, end, text: what it marks.
        fields: the rest, as strings; what goes without saying is left out.
        line: where a file has it, for messages; 0 where lines say nothing.
        claim_id: what the claim is called, where ``id`` is a name that the tool gave.
    """

    id: str
    label: str
    start: int
    end: int
    text: str
    fields: dict[str, str] = field(default_factory=dict)
    line: int = 0
    claim_id: str | None = None

    @property
    def name(self) -> str:
        return self.claim_id or self.id

    @property
    def is_claim(self) -> bool:
        return self.label in KINDS


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow from a claim to one of its phrases (``label``: the field), or to another claim (the link field).

    ``label`` is None where a tool leaves it out; ``place`` is for messages.
    """

    source: str
    target: str
    label: str | None
    place: str = ""


def to_regions(document: GoldDocument) -> tuple[list[Region], list[Link]]:
    """Return the regions of a document, claims first, and their links."""
    claims, links = [], []
    phrases: dict[tuple[str, int, int, str | None], Region] = {}
    taken = {claim.claim_id for claim in document.claims}
    for claim in document.claims:
        region = Region(claim.claim_id, claim.kind.value, claim.start, claim.end, claim.text, _fields(claim))
        claims.append(region)
        for name in SPAN_FIELDS:
            span: GoldSpan | None = getattr(claim, name)
            if span is None:
                continue
            if span.start is None or span.end is None:
                region.fields[name] = span.text
                region.fields |= {} if span.value is None else {f"{name}.value": span.value}
                continue
            key = (name, span.start, span.end, span.value)
            if key not in phrases:
                value = {} if span.value is None else {"value": span.value}
                phrases[key] = Region(_unused(name, taken), name, span.start, span.end, span.text, value)
            links.append(Link(claim.claim_id, phrases[key].id, name))
        links += [
            Link(claim.claim_id, target, name) for name in LINK_FIELDS if (target := getattr(claim, name)) is not None
        ]
    return [*claims, *phrases.values()], links


def _fields(claim: GoldClaim) -> dict[str, str]:
    record = claim_record(claim)
    named = {name: record[name] for name in (*_PLAIN, *CHOICES)}
    return {name: value for name, value in named.items() if value is not None and value != UNSAID.get(name)}


def _unused(name: str, taken: set[str]) -> str:
    number = 1
    while f"{name}{number}" in taken:
        number += 1
    taken.add(f"{name}{number}")
    return f"{name}{number}"


def from_regions(
    source: str, doc_id: str, text: str, regions: Sequence[Region], links: Iterable[Link], problems: list[str]
) -> RawDocument:
    """Make a document of regions and links; what is wrong with them goes to ``problems``, a line each."""
    by_id = {region.id: region for region in regions}
    found: list[str] = []
    claims = {region.id: _claim(region, found) for region in regions if region.is_claim}
    linked: set[str] = set()
    for link in links:
        if problem := _follow(link, by_id, claims, linked):
            found.append(f"{link.place}: {problem}" if link.place else problem)
    for region in regions:
        if not region.is_claim and region.id not in linked:
            found.append(f"{_name(region)} belongs to no claim: link one to it, or delete it")
    problems += (f"{source}: {problem}" for problem in found)
    inside = [region for region in regions if region.is_claim]
    return RawDocument(source, doc_id, text, list(claims.values()), [_name(region) for region in inside])


def _claim(region: Region, found: list[str]) -> dict[str, Any]:
    claim: dict[str, Any] = {"claim_id": region.name, "kind": region.label}
    claim |= {"start": region.start, "end": region.end, "text": region.text}
    if unknown := sorted(region.fields.keys() - CLAIM_FIELDS):
        found.append(f"{_name(region)}: a claim has no field {', '.join(unknown)}")
    claim |= {name: region.fields[name] for name in (*_PLAIN, *CHOICES) if name in region.fields}
    for name in SPAN_FIELDS:
        value = region.fields.get(f"{name}.value")
        if name in region.fields:
            claim[name] = {"text": region.fields[name], "value": value}
        elif value is not None:
            found.append(f"{_name(region)}: {name}.value without {name}")
    return claim


def _follow(link: Link, by_id: Mapping[str, Region], claims: dict[str, dict[str, Any]], linked: set[str]) -> str | None:
    """Enter a link in its claim; return what is wrong with it."""
    if missing := [end for end in (link.source, link.target) if end not in by_id]:
        return f"a relation names {', '.join(missing)}, which marks nothing"
    source, target = by_id[link.source], by_id[link.target]
    if target.is_claim and not source.is_claim:  # drawn from the phrase to its claim: it can mean one thing only
        source, target = target, source
    if not source.is_claim:
        return f"a relation ties {_name(source)} and {_name(target)}: one of them must be a claim"
    name = link.label or ("" if target.is_claim else target.label)
    if name not in (LINK_FIELDS if target.is_claim else (target.label,)):
        wanted = "same_as or refers_to" if target.is_claim else target.label
        return f"a relation from {_name(source)} to {_name(target)} must be {wanted}, not {name!r}"
    claim = claims[source.id]
    if claim.get(name) is not None:
        return f"{_name(source)} has more than one {name}"
    if target.is_claim:
        claim[name] = target.name
        return None
    if unknown := sorted(target.fields.keys() - PHRASE_FIELDS):
        return f"{_name(target)}: a phrase has no field {', '.join(unknown)}"
    claim[name] = {"text": target.text, "start": target.start, "end": target.end, "value": target.fields.get("value")}
    linked.add(target.id)
    return None


def _name(region: Region) -> str:
    place = f" (line {region.line})" if region.line else ""
    return f"{'claim' if region.is_claim else region.label} {region.name}{place} {region.text!r}"
