"""The modality: whether a quantity is stated as a fact, a forecast, an aim, a case, or denied.

Words stand in ``lexicon/modalities.toml``. What they govern is read off the parse where there is one
(:func:`~extractor.claims.clauses.reaches`), else off the signs and words that begin clauses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractor.claims.clauses import (
    alternatives,
    bracket_of,
    count_between,
    folded,
    hard_breaks,
    inside,
    is_given,
    noted,
    reaches,
    soft_breaks,
)
from extractor.claims.view import SentenceView
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention

# Denial first, since `non ci sono` may stand in a forecast; an aim is more than the forecast that it implies.
_ORDER = ("negated", "hypothetical", "target", "forecast")
_REACH = 160
_BEHIND = 3
_AND_THAT = re.compile(r"\s+(?:[^\W\d_]+\s+){0,2}?che(?!\w)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Words:
    govern: re.Pattern[str] | None
    open: re.Pattern[str]
    behind: re.Pattern[str] | None
    adjacent: re.Pattern[str] | None
    withdrawn: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class _Trigger:
    """Where a word of modality stands, counted from the sentence's start."""

    low: int
    high: int
    opens: bool


@lru_cache(maxsize=1)
def _move() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before the level that a move leaves, and between it and the level reached."""
    table = load_table("modalities")["move"]
    origin, goal, vague = (alternatives(table[name]) for name in ("from", "to", "vague"))
    return (
        re.compile(rf"(?<!\w)(?:{origin})(?:\s+|(?<='))(?:(?:{vague})\s+)?\Z"),
        re.compile(rf"\s+(?:[^\W\d_][^\s.,;:()]*\s+){{0,4}}?(?:{goal})(?:\s+|(?<='))(?:(?:{vague})\s+)?"),
    )


def _whole(entries: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(entries)})(?!\w)".replace(" ", r"\s+"))


def _compiled(entries: Sequence[str]) -> re.Pattern[str] | None:
    return _whole(entries) if entries else None


def _opening(rows: Mapping[str, Any]) -> list[str]:
    """What opens a clause of a modality, the endings of the future among it."""
    return [*rows["open"], *([rows["future"]] if "future" in rows else [])]


@lru_cache(maxsize=1)
def _words() -> dict[str, _Words]:
    table = load_table("modalities")
    result = {}
    for name in _ORDER:
        rows = table[name]
        result[name] = _Words(
            _compiled(rows.get("govern", [])),
            _whole(_opening(rows)),
            _compiled(rows.get("behind", [])),
            _compiled(rows.get("adjacent", [])),
            _compiled(rows.get("not", [])),
        )
    return result


_ANY_STEM = re.compile(r"\\w\{\d,\}")


@lru_cache(maxsize=1)
def _any_trigger() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Searches for what makes any modality, whole words and endings: most sentences have nothing of either."""
    rows = [load_table("modalities")[name] for name in _ORDER]
    entries = [e for row in rows for e in (*row.get("govern", ()), *_opening(row), *row.get("adjacent", ()))]
    endings = [entry[found.end() :] for entry in entries if (found := _ANY_STEM.match(entry)) is not None]
    words = [entry for entry in entries if _ANY_STEM.match(entry) is None]
    return _whole(words), re.compile(rf"(?:{'|'.join(endings)})(?!\w)")


def _has_trigger(view: SentenceView) -> bool:
    return noted(view, "modal", lambda: any(pattern.search(folded(view)) is not None for pattern in _any_trigger()))


def modality_of(view: SentenceView, mention: Mention) -> tuple[str, str]:
    """Return the modality of a quantity and the name of its rule (``asserted`` and "" by default)."""
    if not _has_trigger(view) or _presupposed(view, mention):
        return "asserted", ""
    for name in _ORDER:
        if _denied(view, mention, name) or any(_governs(view, t, mention) for t in _triggers(view, name)):
            return name, f"modality.{name}"
        if not view.parsed and _stands_behind(view, mention, name):
            return name, f"modality.{name}"
    return "asserted", ""


def _triggers(view: SentenceView, name: str) -> list[_Trigger]:
    def find() -> list[_Trigger]:
        text, words = folded(view), _words()[name]
        found: list[_Trigger] = []
        for pattern, opens in ((words.govern, False), (words.open, True)):
            for match in pattern.finditer(text) if pattern else ():
                found.append(_Trigger(match.start(), match.end(), opens))
        withdrawn = [m.span() for m in words.withdrawn.finditer(text)] if found and words.withdrawn else []
        return [t for t in found if not any(low < t.high and t.low < high for low, high in withdrawn)]

    return noted(view, f"modality.{name}", find)


def _governs(view: SentenceView, trigger: _Trigger, mention: Mention) -> bool:
    low, high = inside(view, mention)
    if trigger.low < high and low < trigger.high:
        return trigger.opens and mention.kind == "ratio"  # a verb that is the quantity (raddoppierà)
    bracket = bracket_of(view, trigger.low, trigger.high)
    if bracket is not None and not bracket[0] < low < bracket[1]:
        return False
    if high <= trigger.low and folded(view).count(",", high, trigger.low) == 1:
        return False  # a fronted adjunct (contro i 5 miliardi di oggi, la previsione è di 6)
    return _in_parse(view, trigger, mention) if view.parsed else _in_clause(view, trigger, mention)


def _in_parse(view: SentenceView, trigger: _Trigger, mention: Mention) -> bool:
    head = view.head(mention)
    if head is None:
        return False
    members = view.tokens(view.start + trigger.low, view.start + trigger.high)
    return any(reaches(token, head) for token in members if token.pos_ not in ("ADP", "DET"))


def _in_clause(view: SentenceView, trigger: _Trigger, mention: Mention) -> bool:
    start, text = inside(view, mention)[0], folded(view)
    if not trigger.high <= start <= trigger.high + _REACH:
        return False
    begin = trigger.high
    if trigger.opens and (that := _AND_THAT.match(text, begin)) is not None and that.end() <= start:
        begin = that.end()
    return not count_between(hard_breaks(view), begin, start) and not count_between(soft_breaks(view), begin, start)


def _stands_behind(view: SentenceView, mention: Mention, name: str) -> bool:
    words, text, end = _words()[name], folded(view), inside(view, mention)[1]
    found = words.behind.search(text, end) if words.behind else None
    if found is None or not any(t.low <= found.start() < t.high for t in _triggers(view, name)):
        return False
    gap = text[end : found.start()]
    return (
        len(_WORD.findall(gap)) <= _BEHIND
        and not re.search(r"[.,;:()]", gap)
        and not count_between(soft_breaks(view), end, found.start())
    )


def _denied(view: SentenceView, mention: Mention, name: str) -> bool:
    words = _words()[name]
    if words.adjacent is None:
        return False
    text, start = folded(view), inside(view, mention)[0]
    return any(
        re.fullmatch(r"\s+(?:(?!che\s)\w+\s+)?", text[m.end() : start]) is not None
        for m in words.adjacent.finditer(text, max(0, start - 60), start)
    )


_NAME = re.compile(r"(?<!\ba )(?<!\bin )(?<![^\W\d_])[A-ZÀ-Ý][\w'’-]*\s?[(,]\s*(?:di\s+)?\Z")


def _is_age(view: SentenceView, mention: Mention) -> bool:
    """``Nicola Bassi (7 anni) canterà``, ``Nicola Bassi, 7 anni, canterà``: an age set off behind a name."""
    if mention.unit not in ("a", "mo"):
        return False
    low, high = inside(view, mention)
    before = _NAME.search(view.sentence, max(0, low - 40), low)
    closing = view.sentence[high : high + 1]
    return before is not None and closing == (")" if "(" in before.group() else ",")


def _presupposed(view: SentenceView, mention: Mention) -> bool:
    """Whether the quantity is given, whatever is said of what it belongs to.

    A definite count (*le sedi delle 20 società*) is, and so are the age of a person, beside the name, and the level
    that a move starts from (*salirà da 5 a 8 euro*).
    """
    if is_given(view, mention) or _is_age(view, mention):
        return True
    origin, goal = _move()
    text, (start, end) = folded(view), inside(view, mention)
    following = next((m for m in view.mentions if m.start > mention.start), None)
    return (
        following is not None
        and origin.search(text, max(0, start - 40), start) is not None
        and goal.fullmatch(text, end, inside(view, following)[0]) is not None
    )
