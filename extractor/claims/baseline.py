"""The baseline: what a change or a comparison is measured against (*su base annua*, *sul 2023*).

A baseline is a set phrase (*su base mensile*), or a word of comparison with its object: a time, a
period (*stesso trimestre del 2023*), a quantity (*contro il 5% di un anno prima*) or a thing. Strong
words make a comparison wherever they stand; weak ones (*sul*, *dal*) only right after a quantity and
before a time or a period.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from extractor.claims.clauses import (
    alternatives,
    count_between,
    folded,
    hard_breaks,
    inside,
    noted,
    soft_breaks,
    token_at,
    words_pattern,
)
from extractor.claims.differences import difference_from
from extractor.claims.phrases import noun_phrase
from extractor.claims.timex import time_expressions
from extractor.claims.view import Found, SentenceView
from extractor.lexicon.loader import TEXT, TEXTS, load_table, rows
from extractor.quantities.mention import Mention

_ARTICLE = r"(?:(?:il|lo|la|i|gli|le|un|uno|una)\s+|(?:l|un)')?"
_PUNCTUATION = re.compile(r"[,;:()\[\]«»“”\"!?]|\.(?=\s|\Z)|\s[-—]\s")
_MOST_WORDS = 9
_VALUES = frozenset({"yoy", "qoq", "mom"})


@dataclass(frozen=True, slots=True)
class Baseline:
    """A phrase of comparison, offsets counted from the sentence's start.

    ``sort`` is ``phrase``, ``strong``, ``su``, ``da``, ``che`` or ``comparative``; ``low`` is where it
    begins with its trigger, ``span_low`` where the span to be reported does.
    """

    low: int
    high: int
    span_low: int
    value: str | None
    sort: str


@dataclass(frozen=True)
class _Grammar:
    phrases: re.Pattern[str]
    values: dict[str, str]
    triggers: re.Pattern[str]
    with_quantity: re.Pattern[str]
    period: re.Pattern[str]
    period_values: dict[str, str]
    between: re.Pattern[str]
    ends: re.Pattern[str]
    quarterly: re.Pattern[str]
    multiple: re.Pattern[str]
    adding: re.Pattern[str]
    added_to: re.Pattern[str]


def _trigger(phrase: str, contractions: dict[str, list[str]]) -> str:
    head, _, last = phrase.rpartition(" ")
    if last not in contractions:
        return alternatives([phrase]) + r"\s+"
    forms = "|".join(
        alternatives([f]) + ("" if f.endswith("'") else r"\s+")
        for f in sorted(contractions[last], key=len, reverse=True)
    )
    return (alternatives([head]) + r"\s+" if head else "") + f"(?:{forms})"


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    table = load_table("baselines")
    values: dict[str, str] = {}
    period_values: dict[str, str] = {}
    for row in rows(table, "phrase", required={"value": TEXT, "words": TEXTS}):
        values |= dict.fromkeys(row.texts("words"), row.text("value"))
    for row in rows(table, "period", required={"value": TEXT, "words": TEXTS}):
        period_values |= dict.fromkeys(row.texts("words"), row.text("value"))
    contractions = table["contractions"]
    sorts = {"strong": table["triggers"]["strong"], "comparative": table["triggers"]["comparatives"]}
    sorts |= {
        w.split()[0]: [x for x in table["triggers"]["weak"] if x.split()[0] == w.split()[0]]
        for w in table["triggers"]["weak"]
    }
    triggers = "|".join(
        f"(?P<{sort}>{'|'.join(_trigger(p, contractions) for p in sorted(phrases, key=len, reverse=True))})"
        for sort, phrases in sorts.items()
    )
    periods = alternatives(period_values)
    return _Grammar(
        phrases=words_pattern(values),
        values=values,
        triggers=re.compile(rf"(?<![\w'])(?:{triggers})"),
        with_quantity=words_pattern(table["with_quantity"]["words"]),
        period=re.compile(
            rf"{_ARTICLE}(?P<period>{periods})(?!\w)(?:\s+(?:del|dello|della|di|dell')\s*{_ARTICLE}(?P<of>{periods})(?!\w))?"
        ),
        period_values=period_values,
        between=re.compile(rf"(?:\s*,)?(?:\s+(?:{alternatives(table['between']['words'])}))*\s*"),
        ends=re.compile(rf"(?<![\w'])(?:{alternatives(table['ends']['words'])})(?!\w)"),
        quarterly=re.compile(rf"(?<!\w)(?:{alternatives(table['quarterly']['stems'])})"),
        adding=re.compile(rf"(?<!\w)(?:{alternatives(table['adding']['verbs'])})\s+{_ARTICLE}(?:\w+\s+)?\Z"),
        added_to=re.compile(
            rf"(?:\s+(?:circa|netto|netta))?\s+(?:{_trigger('a', contractions)}|{_trigger('da', contractions)})"
        ),
        multiple=re.compile(rf"(?:{alternatives(table['multiple']['words'])})\Z"),
    )


def baselines_in(view: SentenceView) -> list[Baseline]:
    """Return every phrase of comparison of the sentence, in order, whatever it belongs to."""
    return noted(view, "baselines", lambda: _find(view))


def _find(view: SentenceView) -> list[Baseline]:
    text, grammar = folded(view), _grammar()
    found = [
        Baseline(m.start(), m.end(), m.start(), _phrase_value(grammar, text, m.group()), "phrase")
        for m in grammar.phrases.finditer(text)
    ]
    taken = [(b.low, b.high) for b in found]
    for match in grammar.triggers.finditer(text):
        sort = str(match.lastgroup)
        if any(low < match.end() and match.start() < high for low, high in taken):
            continue
        target = _object(view, text, match, sort)
        if target is None:
            continue
        high, value = target
        span_low = match.end() if sort == "comparative" else match.start()
        found.append(Baseline(match.start(), high, span_low, value, sort))
        taken.append((match.start(), high))
    return sorted(found, key=lambda b: b.low)


def _phrase_value(grammar: _Grammar, text: str, words: str) -> str | None:
    value = grammar.values[re.sub(r"\s+", " ", words)]
    if value == "previous":
        return "qoq" if grammar.quarterly.search(text) else "mom"
    return value


def _object(view: SentenceView, text: str, trigger: re.Match[str], sort: str) -> tuple[int, str | None] | None:
    """Where the thing compared with ends, and its value; None where there is none."""
    start = trigger.end()
    known = _time_or_period(view, text, start)
    if known is not None:
        return known
    if sort in ("su", "da", "che"):
        return None
    numbers = [inside(view, m) for m in view.mentions]
    first = next(
        (span for span in numbers if start <= span[0] <= start + 24 and not _PUNCTUATION.search(text[start : span[0]])),
        None,
    )
    if first is not None and len(text[start : first[0]].split()) <= 2:
        return _after_quantity(view, text, first[1])
    if sort == "strong" and _grammar().with_quantity.match(trigger.group()):
        return None
    high = _thing_end(view, text, start, next((span[0] for span in numbers if span[0] >= start), len(text)))
    return (high, None) if high > start else None


def _time_or_period(view: SentenceView, text: str, start: int) -> tuple[int, str | None] | None:
    grammar = _grammar()
    period = grammar.period.match(text, start)
    if period is not None:
        value = grammar.period_values[re.sub(r"\s+", " ", period["period"])]
        following = re.compile(r"\s+(?:del|dello|della|di|dell')\s*").match(text, period.end())
        high = period.end()
        if following is not None and (time := _time_at(view, following.end())) is not None:
            high = time.end - view.start
        if value == "none":
            return high, next(
                (t.value for t in time_expressions(view) if t.start - view.start == period.start("period")), None
            )
        return high, "yoy" if value == "same" else value
    article = re.compile(_ARTICLE).match(text, start)
    for position in {start, article.end() if article else start}:
        time = _time_at(view, position)
        if time is not None:
            return time.end - view.start, time.value
    return None


def _time_at(view: SentenceView, position: int) -> Found | None:
    return next((t for t in time_expressions(view) if t.start - view.start == position), None)


def _after_quantity(view: SentenceView, text: str, end: int) -> tuple[int, str | None]:
    """``contro [5%] di un anno prima``: the time that belongs to the quantity compared with."""
    match = re.compile(
        r"(?:\s+[^\W\d]+)?\s+(?:di|del|dello|della|dell'|d'|nel|nello|nella|nell'|a|in|registrat[oaie]\s+\w+)\s*"
    ).match(text, end)
    if match is not None:
        known = _time_or_period(view, text, match.end())
        if known is not None:
            return known
    return end, None


def _thing_end(view: SentenceView, text: str, start: int, limit: int) -> int:
    """The end of a plain noun phrase: by the parse, else at punctuation, a function word or a quantity."""
    stop = _PUNCTUATION.search(text, start, limit)
    high = stop.start() if stop else limit
    if view.parsed:
        token = token_at(view, start)
        while (
            token is not None
            and token.dep_ in ("det", "case", "amod", "nummod", "det:poss")
            and token.head.i != token.i
        ):
            token = token.head
        if token is not None and start <= token.idx < high:
            return max(min(noun_phrase(view, token)[1] - view.start, high), start)
    first_word = re.compile(r"\S+\s*").match(text, start)
    end = _grammar().ends.search(text, first_word.end() if first_word else start, high)
    high = end.start() if end else high
    words = list(re.finditer(r"\S+", text[start:high]))[:_MOST_WORDS]
    return start + words[-1].end() if words else start


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
        return _first(view, mention)
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
    known = _time_or_period(view, text, start)
    if known is not None:
        return known[0]
    limit = next((inside(view, m)[0] for m in view.mentions if inside(view, m)[0] >= start), len(text))
    end = _thing_end(view, text, start, limit)
    of = _OF_TIME.match(text, end)
    known = _time_or_period(view, text, of.end()) if of is not None else None
    return known[0] if known is not None else end


_OF_TIME = re.compile(r"\s+(?:\w+\s+)?(?:di|del|dello|della|dell'|nel|nella|nell'|a|in)\s*")


def _beside_strong(view: SentenceView, mention: Mention) -> bool:
    """Whether a strong word of comparison follows in the clause (*il doppio dei pezzi rispetto ai 200 di ieri*)."""
    end = inside(view, mention)[1]
    return any(b.sort == "strong" and 0 <= b.low - end <= 12 for b in baselines_in(view))


def _first(view: SentenceView, mention: Mention) -> Found | None:
    """*Nel confronto con i tre mesi precedenti il saldo è di 41 mila unità*: a comparison put first governs."""
    start = inside(view, mention)[0]
    first = next((b for b in baselines_in(view) if b.sort in ("phrase", "strong")), None)
    if (
        first is None
        or first.low > _FRONT
        or first.high > start
        or _grammar().with_quantity.match(folded(view), first.low)
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


_FRONT = 12


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
            return replace(baseline, span_low=min(inside(view, levels[-1])[1], baseline.high))
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
    return len(re.findall(r"\w+", _grammar().between.sub(" ", text, count=1)))


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
    if following.sort in ("su", "da", "che") and (change is None or _PUNCTUATION.search(gap)):
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
    if _grammar().multiple.search(text[low:high]) is None:
        return None
    article = re.compile(r"\s+(?:(?:il|lo|la|i|gli|le)\s+|l')").match(text, high)
    if article is None:
        return None
    limit = next((inside(view, m)[0] for m in view.mentions if inside(view, m)[0] >= high), len(text))
    end = _thing_end(view, text, article.end(), limit)
    if end <= article.end():
        return None
    return Found(view.start + article.end(), view.start + end, "baseline.multiple", None)


def _added_to(view: SentenceView, mention: Mention) -> Found | None:
    """*aggiunge il 40% al totale nazionale*: what the quantity is added to, or taken from."""
    low, high = inside(view, mention)
    text = folded(view)
    if _grammar().adding.search(text, max(0, low - 40), low) is None:
        return None
    target = _grammar().added_to.match(text, high)
    if target is None:
        return None
    limit = next((inside(view, m)[0] for m in view.mentions if inside(view, m)[0] >= high), len(text))
    end = _thing_end(view, text, target.end(), limit)
    return Found(view.start + target.end(), view.start + end, "baseline.added_to", None) if end > target.end() else None
