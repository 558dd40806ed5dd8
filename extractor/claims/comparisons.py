"""Phrases of comparison: what stands in a sentence that a change or a level may be measured against.

A set phrase (*su base mensile*), or a word of comparison with its object: a time, a period (*stesso trimestre del
2023*), a quantity (*contro il 5% di un anno prima*) or a thing. Which quantity one belongs to is told by
:mod:`extractor.claims.baseline`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractor.claims.clauses import alternatives, folded, inside, key_words, noted, token_at, words_in, words_pattern
from extractor.claims.phrases import noun_phrase
from extractor.claims.timex import time_expressions
from extractor.claims.view import Found, SentenceView
from extractor.lexicon.loader import TEXT, TEXTS, load_table, rows

_ARTICLE = r"(?:(?:il|lo|la|i|gli|le|un|uno|una)\s+|(?:l|un)')?"
PUNCTUATION = re.compile(r"[,;:()\[\]«»“”\"!?]|\.(?=\s|\Z)|\s[-—]\s")
_MOST_WORDS = 9
# So far from the beginning of a sentence a comparison is put first.
FRONT = 12
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
    keys: frozenset[str]
    first: re.Pattern[str]


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
def grammar() -> _Grammar:
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
    strong = "|".join(_trigger(phrase, contractions) for phrase in sorts["strong"])
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
        first=re.compile(rf".{{0,{FRONT}}}?(?<![\w'])(?:{strong}|(?:{alternatives(values)})(?!\w))", re.DOTALL),
        keys=key_words([*values, *(phrase for phrases in sorts.values() for phrase in phrases)], contractions),
    )


def baselines_in(view: SentenceView) -> list[Baseline]:
    """Return every phrase of comparison of the sentence, in order, whatever it belongs to."""
    return noted(view, "baselines", lambda: _find(view))


def _find(view: SentenceView) -> list[Baseline]:
    text, words = folded(view), grammar()
    if words.keys.isdisjoint(words_in(view)):
        return []
    found = [
        Baseline(m.start(), m.end(), m.start(), _phrase_value(words, text, m.group()), "phrase")
        for m in words.phrases.finditer(text)
    ]
    taken = [(b.low, b.high) for b in found]
    for match in words.triggers.finditer(text):
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


def _phrase_value(table: _Grammar, text: str, phrase: str) -> str | None:
    value = table.values[re.sub(r"\s+", " ", phrase)]
    if value == "previous":
        return "qoq" if table.quarterly.search(text) else "mom"
    return value


def _object(view: SentenceView, text: str, trigger: re.Match[str], sort: str) -> tuple[int, str | None] | None:
    """Where the thing compared with ends, and its value; None where there is none."""
    start = trigger.end()
    known = time_or_period(view, text, start)
    if known is not None:
        return known
    if sort in ("su", "da", "che"):
        return None
    numbers = [inside(view, m) for m in view.mentions]
    first = next(
        (span for span in numbers if start <= span[0] <= start + 24 and not PUNCTUATION.search(text[start : span[0]])),
        None,
    )
    if first is not None and len(text[start : first[0]].split()) <= 2:
        return _after_quantity(view, text, first[1])
    if sort == "strong" and grammar().with_quantity.match(trigger.group()):
        return None
    high = thing_end(view, text, start, next((span[0] for span in numbers if span[0] >= start), len(text)))
    return (high, None) if high > start else None


_OF_WHEN = re.compile(r"\s+(?:del|dello|della|di|dell'|nel|nello|nella|nell')\s*")


def time_or_period(view: SentenceView, text: str, start: int) -> tuple[int, str | None] | None:
    words = grammar()
    period = words.period.match(text, start)
    if period is not None:
        value = words.period_values[re.sub(r"\s+", " ", period["period"])]
        following = _OF_WHEN.match(text, period.end())
        whole = _time_at(view, period.start("period"))  # stesso periodo del 2019 can be one time
        high = max(period.end(), whole.end - view.start if whole is not None else 0)
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
        known = time_or_period(view, text, match.end())
        if known is not None:
            return known
    return end, None


def thing_end(view: SentenceView, text: str, start: int, limit: int) -> int:
    """The end of a plain noun phrase: by the parse, else at punctuation, a function word or a quantity."""
    stop = PUNCTUATION.search(text, start, limit)
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
    end = grammar().ends.search(text, first_word.end() if first_word else start, high)
    high = end.start() if end else high
    words = list(re.finditer(r"\S+", text[start:high]))[:_MOST_WORDS]
    return start + words[-1].end() if words else start
