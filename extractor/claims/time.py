"""The time that applies to a quantity.

A time right behind a quantity is its own (*8,3 miliardi nel 2020*). Others reach what they govern: in the
parse the clause that they stand in and what depends on it, without one what follows up to the next clause.
A relative clause or a bracket keeps its times to itself. What a change is measured against (*rispetto al
2023*) places nothing. Words stand in ``lexicon/times.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from extractor.claims.clauses import (
    alternatives,
    bracket_of,
    count_between,
    folded,
    hard_breaks,
    inside,
    noted,
    soft_breaks,
)
from extractor.claims.comparisons import baselines_in
from extractor.claims.phrases import Range
from extractor.claims.timealone import is_state, is_whole, stands_alone
from extractor.claims.timeorder import goes_on_where, order_tells
from extractor.claims.timepairs import is_stretch_behind, paired
from extractor.claims.timetree import steps_between
from extractor.claims.timex import time_expressions
from extractor.claims.view import Found, SentenceView, Views
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention

_REACH = 200
# The beginning of a clause, and a semicolon, between a time and a quantity behind it count like so many characters.
_SOFT, _HARD = 40, 60
# Steps of the parse count like so many characters: what is nearer in the tree wins, then what is nearer in the text.
_STEP = 30
_CLOCK = 15


def times(
    views: Views,
    changes: Mapping[Range, str | None],
    compared: Mapping[Range, Found | None],
    above: Mapping[int, SentenceView],
) -> dict[Range, Found]:
    """Return the time of each quantity that has one, by the quantity's offsets.

    Args:
        views: all sentences of an article, in order.
        changes: which quantities are the size of a change.
        compared: what each quantity is measured against.
        above: the heading of each row of a table, by the row's index.
    """
    result: dict[Range, Found] = {}
    before: Found | None = None  # the time of the last change of the sentence before
    frame: Found | None = None  # the time that a paragraph has put first
    since = 0
    last = -1
    for view in views.with_mentions:
        if view.index != last + 1:
            before = frame = None  # so much is read of a sentence that nothing is asked of
        last = view.index
        current: Found | None = None
        silent = not time_expressions(view)
        if view.index and not view.goes_on_from(views[view.index - 1]):
            frame = None
        if not silent or view.index - since > _FRAMED:
            frame = None
        pairs = paired(view)
        for index, mention in enumerate(view.mentions):
            key = mention.start, mention.end
            found = pairs.get(key) or time_of(view, mention, compared)
            earlier = _earlier(view, index) if found is None else None
            if earlier is not None and _shares(view, earlier, mention):
                found = result.get((earlier.start, earlier.end))
            if found is None and silent and changes.get(key) and bracket_of(view, *inside(view, mention)):
                found = before
            if found is None and frame is not None and _goes_on(view, mention) and not stands_alone(view, mention):
                found = replace(frame, rule="time.frame")
            if found is None and silent and view.index in above:
                found = _of_heading(above[view.index])
            if found is not None:
                result[key] = found
                current = found if changes.get(key) else current
        before = current
        opening = _fronted(view)
        if opening is not None and any(result.get((m.start, m.end)) == opening for m in view.mentions):
            frame, since = opening, view.index
    return result


def _earlier(view: SentenceView, index: int) -> Mention | None:
    """The quantity before one, a whole (*153 su 300*) left out: it has no time to share."""
    before = index - 1
    while before > 0 and is_whole(view, view.mentions[before]):
        before -= 1
    return view.mentions[before] if before >= 0 else None


# What a paragraph may put first for the sentences behind it: periods and days of the calendar, and so many sentences
_FRAMES = frozenset(
    {
        f"time.{name}"
        for name in (
            "month",
            "months",
            "year",
            "years",
            "part",
            "run",
            "stretch",
            "day",
            "season",
            "placed_before",
            "placed_after",
            "this",
        )
    }
)
_FRAMED = 1
_LATER = re.compile(r"(?<!\w)(?:\w{2,}r(?:à|anno)|\w{2,}rebbe(?:ro)?|ora|adesso|ormai)(?!\w)")


_STATE = re.compile(r"(?<!\w)(?:sono|è|ha|hanno)\s+(?:[^\W\d_]+\s+)?\Z")


def _goes_on(view: SentenceView, mention: Mention) -> bool:
    """Whether a quantity is told of the time put first before its sentence: no future, conditional or present state."""
    text = folded(view)
    return _LATER.search(text) is None and _STATE.search(text, 0, inside(view, mention)[0]) is None


_FRONT = re.compile(r"(?:(?:e|ma|poi|intanto|già|solo|anche)\s+)?(?:[a-z]+'?\s*){0,3}\Z")


def _fronted(view: SentenceView) -> Found | None:
    """The time that a sentence begins with (*A ottobre gli occupati …*): the sentences behind it are told of it too."""
    first = next(iter(time_expressions(view)), None)
    if first is None or _FRONT.fullmatch(folded(view), 0, first.start - view.start) is None:
        return None
    return first if first.rule in _FRAMES else None


def _of_heading(heading: SentenceView) -> Found | None:
    """The one time of a table's heading that nothing is compared with."""
    against = baselines_in(heading)
    own = [
        time
        for time in time_expressions(heading)
        if not any(b.low <= time.start - heading.start < b.high for b in against)
    ]
    return replace(own[0], rule="time.heading") if len(own) == 1 else None


@lru_cache(maxsize=1)
def _joints() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = load_table("times")["shared"]
    word = r"[^\W\d_][\w'’.-]*"
    verbs = alternatives(load_table("function_words")["auxiliaries"])
    return (
        re.compile(
            rf"(?:\s+(?!(?:{verbs})(?!\w)){word})*(?:\s*,|\s+(?:e|ed))(?:\s+(?!(?:{verbs})(?!\w)){word})*\s+(?:[a-z]+')?"
        ),
        re.compile(rf"(?:\s+{word}){{0,5}}\s*(?:,?\s+|\()(?:{alternatives(table['relatives'])})(?!\w)[^,;:.()]*"),
    )


def _shares(view: SentenceView, earlier: Mention, mention: Mention) -> bool:
    """Whether a quantity has the time of the one before it: the next of a list, or told of what that one counts."""
    if stands_alone(view, mention):
        return False
    text, low, high = folded(view), inside(view, earlier)[1], inside(view, mention)[0]
    series, relative = _joints()
    if relative.fullmatch(text, low, high):
        return True
    alike = mention.kind == earlier.kind and mention.unit == earlier.unit
    return alike and series.fullmatch(text, low, high) is not None and not _apart().search(text, low, high)


def time_of(view: SentenceView, mention: Mention, compared: Mapping[Range, Found | None]) -> Found | None:
    """Return the time expression of its sentence that applies to ``mention``, or None."""
    candidates = [t for t in time_expressions(view) if not _against(view, mention, t, compared)]
    if not candidates:
        return None
    beside = next((t for t in candidates if _is_attached(view, mention, t)), None)
    if beside is not None:
        return beside
    if stands_alone(view, mention):
        return None
    costs = [(cost, t.start, t) for t in candidates if (cost := _cost(view, mention, t)) is not None]
    best = min(costs, key=lambda c: c[:2])[2] if costs else None
    if best is not None and folded(view)[best.start - view.start : best.end - view.start] == "allora":
        # `l'attentato del 1995: allora vi furono 12 morti`
        return next((t for t in reversed(time_expressions(view)) if t.end < best.start and t.value), best)
    return best


def _against(view: SentenceView, mention: Mention, time: Found, compared: Mapping[Range, Found | None]) -> bool:
    """Whether a time is what something is measured against, and not the mention's own in such a phrase."""
    if any(
        b is not None and b.start <= time.start < b.end and not b.start <= mention.start < b.end
        for b in compared.values()
    ):
        return True
    low, start = inside(view, mention)[0], time.start - view.start
    return any(
        b.low <= start < b.high and b.sort in ("strong", "phrase", "comparative") and not b.low <= low < b.high
        for b in baselines_in(view)
    )


@lru_cache(maxsize=1)
def _attached() -> re.Pattern[str]:
    table = load_table("times")["attached"]
    prepositions = alternatives(table["prepositions"])
    joins = alternatives(table["never_inside"])
    behind_noun = rf"(?:\s+(?!(?:{joins})(?!\w))[^\W\d_][\w'-]*){{0,5}}?\s+(?:{prepositions})(?:\s+|(?<='))"
    # an amount restated in brackets stands between (320 miliardi di yuan (44 miliardi di dollari) raccolti nel 2024)
    return re.compile(rf"(?:\s*\([^()]*\))?{behind_noun}|\s*\(\s*(?:(?:{prepositions})\s+)?|\s+")


@lru_cache(maxsize=1)
def _apart() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{alternatives(load_table('times')['attached']['apart'])})(?:(?<=')|(?!\w))")


def _is_attached(view: SentenceView, mention: Mention, time: Found) -> bool:
    """``[200 mila] dell'anno scorso``, ``[300] soci nel 2024``, ``[5 milioni] (2019)``."""
    high, start = inside(view, mention)[1], time.start - view.start
    if start < high:
        return False
    between = [m for m in view.mentions if mention.end <= m.start < time.start]
    if between and bracket_of(view, *inside(view, between[-1])) is None:
        return False
    if count_between(soft_breaks(view), high - 1, start):
        return False
    if mention.unit in load_table("times")["durations"]["units"] and " per " in folded(view)[high:start]:
        return False  # 9 anni di carcere per il disastro del 2009
    if is_stretch_behind(folded(view), high, start, time.rule):
        return True
    return _attached().fullmatch(folded(view), high, start) is not None


# tre testimoni, tra cui il vicino, che disse di averla vista la sera del 26: told of somebody else
_IN_RELATIVE = re.compile(
    r",\s+(?:(?:tra|fra)\s+)?(?:che|cui|(?:il|la)\s+quale|(?:i|le)\s+quali|del(?:la)?\s+quale|de(?:i|lle)\s+quali)\s[^;:]*\Z"
)


def _cost(view: SentenceView, mention: Mention, time: Found) -> int | None:
    """How far a time is from a quantity that it can apply to; None where it cannot."""
    if time.start < mention.end and mention.start < time.end:
        return None
    low, high = inside(view, mention)
    start, end = time.start - view.start, time.end - view.start
    if _said_apart(view, mention, time):
        return None
    bracket = bracket_of(view, start, end)
    before = end <= low
    if bracket is not None and not bracket[0] < low < bracket[1]:
        alone = before and end - start == bracket[1] - bracket[0] - 2  # in un anno (1984) 7 milioni
        if not alone:
            return None
    gap = (end, low) if before else (high, start)
    cost = gap[1] - gap[0] + _CLOCK * (time.rule == "time.clock")
    hard = count_between(hard_breaks(view), *gap)
    if hard and (not before or hard > 1):
        return None
    cost += _HARD * hard
    if before and _belongs_to_another(view, time, mention):
        return None
    if not before and (_belongs_to_next(view, time, mention) or is_state(view, time, high)):
        return None
    if not before and _IN_RELATIVE.search(folded(view), high, start) is not None:
        return None
    where = goes_on_where(view, end, low) if before else None
    if where is not None:
        return cost if where else None
    if before and order_tells(view, time, low, parted=bool(hard)):
        return cost  # whatever the parse attaches
    if view.parsed and not hard and _has_verb(view):
        steps = steps_between(view, mention, time)
        return None if steps is None else cost + _STEP * steps
    soft = count_between(soft_breaks(view), gap[0] - 1, gap[1])
    if soft and not before:
        return None
    cost += _SOFT * soft
    return cost if cost <= _REACH else None


def _has_verb(view: SentenceView) -> bool:
    return noted(view, "has_verb", lambda: any(token.pos_ in ("VERB", "AUX") for token in view.doc))


def _belongs_to_another(view: SentenceView, time: Found, mention: Mention) -> bool:
    """``5 miliardi nel 2024 contro i 4``: a time attached to one quantity, and the next set apart from it."""
    owners = [m for m in view.mentions if m.end <= time.start and _is_attached(view, m, time)]
    if not owners:
        return False
    return _apart().search(folded(view), time.end - view.start, mention.start - view.start) is not None


def _belongs_to_next(view: SentenceView, time: Found, mention: Mention) -> bool:
    """``scende a 231 dalle 264 della settimana prima``: a time attached to the next quantity, set apart from it."""
    owner = next((m for m in view.mentions if m.start >= mention.end and _is_attached(view, m, time)), None)
    if owner is None:
        return False
    low, high = inside(view, mention)[1], inside(view, owner)[0]
    return any(pattern.search(folded(view), low, high) for pattern in (_apart(), _next_clause()))


@lru_cache(maxsize=1)
def _next_clause() -> re.Pattern[str]:
    """``arrivano 60 malati e il colera ha ucciso 180 persone nel 2011``: a clause with its own subject and verb."""
    verbs = alternatives(load_table("function_words")["auxiliaries"])
    return re.compile(rf"\s(?:e|ed)\s+(?:(?:il|lo|la|i|gli|le)\s+|l')\w+\s+(?:{verbs})(?!\w)")


def _said_apart(view: SentenceView, mention: Mention, time: Found) -> bool:
    """Whether one stands in direct speech and the other outside: when it was said is not when it happened."""
    low, high = sorted((mention.start, time.start))
    between = view.text[low:high]
    return any(between.count(opening) != between.count(closing) for opening, closing in ("«»", "“”"))
