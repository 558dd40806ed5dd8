"""The baseline: what a change or a comparison is measured against (*su base annua*, *sul 2023*).

Strong words of comparison hold wherever they stand; weak ones (*sul*, *dal*) only right after a quantity and before a
time or a period.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache, partial

from extractor.claims.clauses import alternatives, count_between, folded, hard_breaks, inside, soft_breaks, words_in
from extractor.claims.comparisons import (
    FRONT,
    PUNCTUATION,
    Baseline,
    baselines_in,
    grammar,
    thing_end,
    time_or_period,
)
from extractor.claims.differences import difference_from
from extractor.claims.timex import time_expressions
from extractor.claims.view import Found, SentenceView
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention


def baseline_of(view: SentenceView, mention: Mention, change: str | None) -> Found | None:
    """Return what a quantity is measured against, None where it is neither a change nor a comparison.

    Args:
        change: ``increase`` or ``decrease`` where the quantity is the size of a change, else None: then
            only percentages and ratios are compared, and only by words right beside them.

    Returns:
        The phrase as written (without its trigger after *superiore a* and the like). Its value is
        ``yoy``, ``qoq``, ``mom``, an ISO 8601 or EDTF date, or None where the words do not tell.
    """
    differs = difference_from(view, mention, change is not None, partial(_compared_end, view, mention))
    if differs is not None and not _beside_strong(view, mention):
        return differs
    if change is None and mention.kind not in ("percentage", "ratio"):
        return _gap(view, mention) or _first(view, mention)
    candidates = [b for b in baselines_in(view) if not _within(view, mention, b)]
    chosen = _beside(view, mention, change, candidates)
    if chosen is None and change is not None:
        chosen = (
            _before(view, mention, candidates)
            or _behind(view, mention, candidates)
            or _other_level(view, mention, baselines_in(view))
        )
    if chosen is None and (first := _first(view, mention)) is not None:
        return first
    if chosen is None:
        return _multiple(view, mention) or (_added_to(view, mention) if change is not None else None)
    return Found(view.start + chosen.span_low, view.start + chosen.high, f"baseline.{chosen.sort}", chosen.value)


def _compared_end(view: SentenceView, mention: Mention, start: int) -> int:
    """Where the thing ends that a quantity differs from: with its time or period."""
    text = folded(view)
    known = time_or_period(view, text, start)
    if known is not None:
        return known[0]
    limit = next((inside(view, m)[0] for m in view.mentions if inside(view, m)[0] >= start), len(text))
    end = thing_end(view, text, start, limit)
    of = _OF_TIME.match(text, end)
    known = time_or_period(view, text, of.end()) if of is not None else None
    return known[0] if known is not None else end


_OF_TIME = re.compile(r"\s+(?:\w+\s+)?(?:di|del|dello|della|dell'|nel|nella|nell'|a|in)\s*")


def _beside_strong(view: SentenceView, mention: Mention) -> bool:
    """Whether a strong word of comparison follows in the clause (*il doppio dei pezzi rispetto ai 200 di ieri*)."""
    end = inside(view, mention)[1]
    return any(b.sort == "strong" and 0 <= b.low - end <= 12 for b in baselines_in(view))


@lru_cache(maxsize=1)
def _gap_nouns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    nouns = alternatives(load_table("baselines")["gaps"]["words"])
    return re.compile(rf"(?:\s+[^\W\d_]+)?\s+(?:di|in)\s+(?:{nouns})\s+"), re.compile(
        rf"(?<!\w)(?:{nouns})\s+di\s+(?:\w+\s+)?\Z"
    )


def _gap(view: SentenceView, mention: Mention) -> Found | None:
    """*40 minuti di ritardo rispetto alla tabella*: what a gap in time or place is counted from."""
    if words_in(view).isdisjoint(load_table("baselines")["gaps"]["words"]):
        return None
    start, end = inside(view, mention)
    following = next((b for b in baselines_in(view) if b.low >= end and b.sort == "strong"), None)
    if following is None:
        return None
    behind, before = _gap_nouns()
    text = folded(view)
    direct = following.low - end <= 1 and before.search(text, max(0, start - 40), start) is not None
    if not direct and behind.fullmatch(text, end, following.low) is None:
        return None
    return Found(view.start + following.span_low, view.start + following.high, "baseline.gap", following.value)


def _first(view: SentenceView, mention: Mention) -> Found | None:
    """*Nel confronto con i tre mesi precedenti il saldo è di 41 mila unità*: a comparison put first governs."""
    start = inside(view, mention)[0]
    if grammar().first.match(folded(view)) is None:
        return None
    first = next((b for b in baselines_in(view) if b.sort in ("phrase", "strong")), None)
    if (
        first is None
        or first.low > FRONT
        or first.high > start
        or grammar().with_quantity.match(folded(view), first.low)
    ):
        return None
    if any(b.low >= first.high and b.sort in ("phrase", "strong") for b in baselines_in(view)):
        return None
    if any(sign in folded(view)[first.high : start] for sign in ";:."):
        return None
    own = [m for m in view.mentions if first.high <= inside(view, m)[0] <= start]
    if len(own) > 1 and not re.search(r",\s+(?:pari|ossia|cioè|ovvero)\s[^,]*\Z", folded(view)[:start]):
        return None
    return Found(view.start + first.span_low, view.start + first.high, "baseline.first", first.value)


def _other_level(view: SentenceView, mention: Mention, baselines: list[Baseline]) -> Baseline | None:
    """``contro i 168 mila del 2019: due terzi in meno``, ``si sono dimezzati: 11 mila, contro i 27 mila del 2019``."""
    start, end = inside(view, mention)
    text = folded(view)
    for baseline in baselines:
        if baseline.sort != "strong" or baseline.low <= start < baseline.high:
            continue
        levels = [m for m in view.mentions if baseline.low <= inside(view, m)[0] < baseline.high]
        if not levels:
            continue
        if baseline.high <= start:
            stands = re.fullmatch(r"\s*[:,]\s*(?:[^\W\d_]+\s+|l'){0,3}", text[baseline.high : start]) is not None
        else:
            gap = text[end : baseline.low]
            levels_between = [m for m in view.mentions if end <= inside(view, m)[0] < baseline.low]
            stands = re.match(r"\s*:", gap) is not None and gap.count(":") == 1 and len(levels_between) == 1
        if stands:
            of = _OF_TIME.match(text, inside(view, levels[-1])[1], baseline.high)
            return replace(baseline, span_low=of.end() if of is not None else inside(view, levels[-1])[0])
    return None


def heading_baseline(heading: SentenceView) -> Found | None:
    """The one comparison of a table's heading: the changes of its rows are measured against it."""
    found = baselines_in(heading)
    if len(found) != 1:
        return None
    only = found[0]
    return Found(heading.start + only.span_low, heading.start + only.high, "baseline.heading", only.value)


def _within(view: SentenceView, mention: Mention, baseline: Baseline) -> bool:
    low, high = inside(view, mention)
    return baseline.low <= low and high <= baseline.high


def _gap_words(text: str) -> int:
    return len(re.findall(r"\w+", grammar().between.sub(" ", text, count=1)))


def _beside(view: SentenceView, mention: Mention, change: str | None, candidates: list[Baseline]) -> Baseline | None:
    """The baseline that follows with at most a few words and no other quantity between."""
    end = inside(view, mention)[1]
    text = folded(view)
    following = next((b for b in candidates if b.low >= end), None)
    if following is None or any(end <= inside(view, m)[0] < following.low for m in view.mentions):
        return None
    gap = text[end : following.low]
    loose = 3 if change is not None else 1
    if following.sort == "comparative":
        loose = 2
        if change is None and any(
            m.kind == mention.kind and inside(view, m)[1] == following.high for m in view.mentions
        ):
            return None  # lo 0,7%, superiore allo 0,5% consentito: a level of its own
    if following.sort in ("su", "da", "che") and (change is None or PUNCTUATION.search(gap)):
        return None
    if count_between(hard_breaks(view), end - 1, following.low) or count_between(soft_breaks(view), end, following.low):
        return None
    return following if _gap_words(gap) <= loose else None


def _before(view: SentenceView, mention: Mention, candidates: list[Baseline]) -> Baseline | None:
    """*Su base annua il Pil cresce del 2%*: the nearest before, unless it belongs to a quantity there."""
    start, text = inside(view, mention)[0], folded(view)
    for baseline in reversed([b for b in candidates if b.high <= start]):
        if baseline.sort in ("su", "da", "che", "comparative"):
            continue
        between = [m for m in view.mentions if baseline.high <= inside(view, m)[0] and inside(view, m)[1] <= start]
        if any(m.kind == mention.kind for m in between):
            return None
        if count_between(hard_breaks(view), baseline.high - 1, start) or count_between(
            soft_breaks(view), baseline.high, start
        ):
            return None
        owners = [m for m in view.mentions if inside(view, m)[1] <= baseline.low]
        if owners and _gap_words(text[inside(view, owners[-1])[1] : baseline.low]) <= 3:
            return None
        return baseline
    return None


def _behind(view: SentenceView, mention: Mention, candidates: list[Baseline]) -> Baseline | None:
    """A baseline farther behind in the same clause, shared with the quantities in between."""
    end = inside(view, mention)[1]
    for baseline in (b for b in candidates if b.low >= end):
        if count_between(hard_breaks(view), end - 1, baseline.low):
            return None
        between = [m for m in view.mentions if end <= inside(view, m)[0] < baseline.low]
        first = inside(view, between[0])[0] if between else baseline.low
        breaks = [b for b in soft_breaks(view) if end <= b < baseline.low]
        if any(not _coordinates(folded(view), b) for b in breaks):
            return None
        # a set phrase after a second percentage is its own (dello 0,3% nel mese e del 2% su base annua)
        if baseline.sort == "phrase" and any(m.kind == mention.kind for m in between):
            return None
        if between and any(end <= t.start - view.start < first for t in time_expressions(view)):
            return None
        if baseline.sort in ("su", "da", "che"):
            last_end = inside(view, between[-1])[1] if between else end
            if _gap_words(folded(view)[last_end : baseline.low]) > 3:
                return None
        if baseline.sort == "comparative":
            return None
        return baseline
    return None


def _coordinates(text: str, position: int) -> bool:
    return re.compile(r",\s+(?:e|ed)(?!\w)").match(text, position) is not None


def _multiple(view: SentenceView, mention: Mention) -> Found | None:
    """*cinque volte il valore iniziale*: what a multiple multiplies."""
    if mention.kind != "ratio":
        return None
    low, high = inside(view, mention)
    text = folded(view)
    if grammar().multiple.search(text[low:high]) is None:
        return None
    article = re.compile(r"\s+(?:(?:il|lo|la|i|gli|le)\s+|l')").match(text, high)
    if article is None:
        return None
    limit = next((inside(view, m)[0] for m in view.mentions if inside(view, m)[0] >= high), len(text))
    end = thing_end(view, text, article.end(), limit)
    if end <= article.end():
        return None
    by = _agent().match(text, end, limit)
    end = thing_end(view, text, by.end(), limit) if by is not None else end
    return Found(view.start + article.end(), view.start + end, "baseline.multiple", None)


@lru_cache(maxsize=1)
def _agent() -> re.Pattern[str]:
    table = load_table("baselines")["agents"]
    participles, prepositions = alternatives(table["participles"]), alternatives(table["prepositions"])
    return re.compile(rf"(?:(?:\s+mai)?\s+\w{{2,}}(?:{participles}))?\s+(?:{prepositions})(?:\s+|(?<='))")


def _added_to(view: SentenceView, mention: Mention) -> Found | None:
    """*aggiunge il 40% al totale nazionale*: what the quantity is added to, or taken from."""
    low, high = inside(view, mention)
    text = folded(view)
    if grammar().adding.search(text, max(0, low - 40), low) is None:
        return None
    target = grammar().added_to.match(text, high)
    if target is None:
        return None
    limit = next((inside(view, m)[0] for m in view.mentions if inside(view, m)[0] >= high), len(text))
    end = thing_end(view, text, target.end(), limit)
    return Found(view.start + target.end(), view.start + end, "baseline.added_to", None) if end > target.end() else None
