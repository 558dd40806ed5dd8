"""Two levels that a stretch of time leads from and to (*tra il 1980 e il 2006 … dal 4,9% all'8,3%*): one end each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.claims.clauses import folded
from extractor.claims.moves import is_left
from extractor.claims.phrases import Range
from extractor.claims.timex import time_expressions
from extractor.claims.view import Found, SentenceView

_STRETCHES = frozenset({"time.years_between", "time.stretch", "time.years", "time.months"})
_BEHIND = _STRETCHES | {"time.days", "time.month_years"}
_LEADS = re.compile(r"\s*[,(]?\s*(?:tra|fra|da)?(?:l|ll')?\s*(?:il\s+|l')?")
# What parts the ends of a stretch
_MIDDLE = re.compile(r"\s+(?:e|ed|al|a)\s+(?:(?:il|lo)\s+|l')?|\s+(?:e\s+l|all)'|\s*[-/]\s*")
# `periodo 2019-2023`
_NOUN = re.compile(r"[^\W\d_]+\s+(?=\d)")


def paired(view: SentenceView) -> dict[Range, Found]:
    """Return the ends of the one stretch of a sentence, by the levels that are told of them."""
    stretches = [t for t in time_expressions(view) if t.rule in _STRETCHES]
    if len(stretches) != 1 or len(view.mentions) < 2:
        return {}
    ends = _ends(view, stretches[0])
    return {key: end for low, high in _levels(view) for key, end in zip((low, high), ends, strict=False)}


def _ends(view: SentenceView, stretch: Found) -> tuple[Found, ...]:
    text = folded(view)
    middle = _MIDDLE.search(text, stretch.start - view.start, stretch.end - view.start)
    if middle is None:
        return ()
    low = _NOUN.match(text, stretch.start - view.start)
    first, _, last = (stretch.value or "").partition("/")
    return (
        Found(
            view.start + low.end() if low else stretch.start, view.start + middle.start(), "time.pair", first or None
        ),
        Found(view.start + middle.end(), stretch.end, "time.pair", last or None),
    )


def _levels(view: SentenceView) -> Iterator[tuple[Range, Range]]:
    """Neighbours that a change leads from and to, with no time of their own beside them."""
    for first, last in zip(view.mentions, view.mentions[1:], strict=False):
        if first.kind == last.kind and first.unit == last.unit and is_left(view, first):
            yield (first.start, first.end), (last.start, last.end)


def is_stretch_behind(text: str, high: int, start: int, rule: str) -> bool:
    """``per 5 giorni tra il 24 e il 29 agosto``: whether a stretch stands right behind a quantity."""
    return rule in _BEHIND and _LEADS.fullmatch(text, high, start) is not None
