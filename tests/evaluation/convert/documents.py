"""Gold documents of every shape, for round trips."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from extractor.evaluation.convert.own import claim_record
from extractor.evaluation.gold import (
    LINK_FIELDS,
    SPAN_FIELDS,
    GoldClaim,
    GoldDocument,
    GoldSpan,
    RawDocument,
    checked_documents,
)
from extractor.schema import Change, Kind, Modality, Modifier

# Line ends of every sort, blanks that are no ASCII, a letter beyond 16 bits, a combining accent, quotes, separators.
ODD = "\r\n\n\t\u00a0\u2009\u2028\x85\x0b\U0001f40c\u0301\"';,=\\%½€a1. "
_TEXT = st.text(st.one_of(st.sampled_from(ODD), st.characters(codec="utf-8", exclude_characters="\0")), max_size=60)
_NAME = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)
_NUMBER = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**20), max_value=10**20)
BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


def _holdable(phrase: str) -> bool:
    """Brat has no span that begins or ends with a line break; a test of its own tells that this is said."""
    return phrase[:1] not in BREAKS and phrase[-1:] not in BREAKS


@st.composite
def documents(draw: st.DrawFn) -> list[GoldDocument]:
    """Up to three documents."""
    names = draw(st.lists(_NAME, min_size=1, max_size=3, unique=True))
    made = [draw(_document(name)) for name in names]
    raw = [RawDocument("made", d.doc_id, d.text, [claim_record(claim) for claim in d.claims]) for d in made]
    assert checked_documents(raw) == made  # what is drawn is gold
    return made


@st.composite
def _document(draw: st.DrawFn, doc_id: str) -> GoldDocument:
    text = draw(_TEXT)
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=10)))
    places = [(a, b) for a, b in list(pairwise(edges))[::2] if _holdable(text[a:b])]
    ids = draw(st.lists(_NAME, min_size=len(places), max_size=len(places), unique=True))
    claims = [draw(_claim(text, place, name, ids)) for place, name in zip(places, ids, strict=True)]
    return GoldDocument(doc_id=doc_id, text=text, claims=tuple(draw(st.permutations(claims))))


@st.composite
def _claim(draw: st.DrawFn, text: str, place: tuple[int, int], name: str, ids: Sequence[str]) -> GoldClaim:
    kind = draw(st.sampled_from(Kind))
    units = {Kind.PERCENTAGE: st.sampled_from(["%", "pp", "bp"]), Kind.MONEY: st.none() | _NAME, Kind.MEASURE: _NAME}
    fields: dict[str, Any] = {"unit": draw(units.get(kind, st.none()))}
    if draw(st.booleans()):
        fields["value"] = draw(_NUMBER)
    else:
        fields["low"], fields["high"] = sorted([draw(_NUMBER), draw(_NUMBER)])
    for field in SPAN_FIELDS:
        fields[field] = draw(st.none() | _phrase(text))
    for field in LINK_FIELDS:
        fields[field] = draw(st.none() | st.sampled_from([each for each in ids if each != name] or [None]))
    return GoldClaim(
        claim_id=name,
        kind=kind,
        start=place[0],
        end=place[1],
        text=text[slice(*place)],
        modifier=draw(st.sampled_from(Modifier)),
        change=draw(st.none() | st.sampled_from(Change)),
        modality=draw(st.sampled_from(Modality)),
        **fields,
    )


@st.composite
def _phrase(draw: st.DrawFn, text: str) -> GoldSpan:
    value = draw(st.none() | _NAME)
    start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    if start == end or not _holdable(text[start:end]):
        return GoldSpan(text=draw(_NAME), value=value)
    return GoldSpan(text=text[start:end], start=start, end=end, value=value)


TEXT = "Nel 2023 i ricavi salgono del 5% a oltre 12,5 milioni di euro,\nquasi il doppio dell'anno prima, dice Anna 🐌."


def example() -> GoldDocument:
    """A document that has every field, links, a shared phrase, and one phrase whose place is unknown."""

    def place(words: str) -> dict[str, Any]:
        start = TEXT.index(words)
        return {"text": words, "start": start, "end": start + len(words)}

    time = GoldSpan(**place("2023"), value="2023")
    claims = (
        GoldClaim(
            claim_id="c1",
            kind="percentage",
            **place("5%"),
            value=Decimal(5),
            unit="%",
            change="increase",
            subject=GoldSpan(**place("ricavi")),
            time=time,
            attribution=GoldSpan(text="Anna"),
        ),
        GoldClaim(
            claim_id="c2",
            kind="money",
            **place("12,5 milioni di euro"),
            value=Decimal("12500000"),
            unit="EUR",
            modifier="more_than",
            subject=GoldSpan(**place("ricavi")),
            time=time,
        ),
        GoldClaim(
            claim_id="c3",
            kind="ratio",
            **place("il doppio"),
            value=Decimal(2),
            modifier="less_than",
            modality="forecast",
            baseline=GoldSpan(**place("anno prima"), value="yoy"),
            refers_to="c2",
        ),
    )
    return GoldDocument(doc_id="economia/ricavi", text=TEXT, claims=claims)
