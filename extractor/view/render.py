"""Filling the page of articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractor.schema import Kind
from extractor.view import frame
from extractor.view.cards import TRACED, Card, Finding, cards, derived, disagreements, keys_of
from extractor.view.marking import Mark, paragraphs
from extractor.view.study import Study

_HERE = "extractor.view"


@dataclass(frozen=True, slots=True)
class _Part:
    """One article on the page; ``place`` counts from 1."""

    place: int
    title: str
    date: str | None
    paragraphs: Sequence[Sequence[Mark]]
    keys: Mapping[str, str]
    cards: Sequence[Card]
    kinds: Mapping[str, int]
    derived: Sequence[Finding]
    disagreements: Sequence[Finding]


def render_articles(
    studies: Sequence[Study], *, title: str | None = None, model: str = "", home: str | None = None
) -> str:
    """Return a page of articles with their claims; it needs no network and runs nothing from an article.

    Args:
        studies: the articles, in the order of the page.
        title: heading of the page; that of its one article, or their number, where it is None.
        model: name of the pipeline that read them.
        home: address of a page to go back to, if there is one.
    """
    parts = [_part(each, place) for place, each in enumerate(studies, start=1)]
    values = {
        "title": title or (parts[0].title if len(parts) == 1 else f"{len(parts)} articles"),
        "parts": parts,
        "model": model,
        "home": home,
        "traced": TRACED,
    }
    return frame.render(_HERE, "articles.html", values, style="articles.css", script="articles.js")


def _part(study: Study, place: int) -> _Part:
    article, keys = study.article, keys_of(study, place)
    counted = Counter(claim.kind for claim in study.claims)
    return _Part(
        place,
        article.title or article.doc_id,
        article.date,
        paragraphs(article.text, study.claims, keys),
        keys,
        cards(study, place),
        {kind.value: counted[kind] for kind in Kind if counted[kind]},
        derived(study, place),
        disagreements(study, place),
    )
