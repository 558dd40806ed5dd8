"""Time expressions and their values: the grammar of Italian dates, periods and deictic words.

Values are ISO 8601 or EDTF (ISO 8601-2): ``2024``, ``2024-05``, ``2024-Q3``, ``2024-01/2024-09``,
``198X`` (a decade), ``2024-22`` (a summer), ``T23:00``. What only the day of the text can tell
(*ieri*, *maggio*) has a value where that day is given, else None. The words are those of TIMEX3's
DATE, TIME and DURATION with an anchor; a duration without one is a quantity, never a time.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from extractor.claims.clauses import alternatives, fold, folded, noted
from extractor.claims.timegrammar import any_rule, rules
from extractor.claims.timevalues import lexicon
from extractor.claims.view import Found, SentenceView
from extractor.lexicon.loader import load_table

_EARLIEST, _LATEST = 1000, 2199
_DAYS, _MONTHS = 31, 12


def time_expressions(view: SentenceView) -> list[Found]:
    """Return every expression of the sentence that can place a quantity in time, in order.

    Spans leave out a leading preposition or article. An expression that overlaps a quantity is none
    (a duration is a claim; a number with a noun is not a year). ``value`` is None where only the day of
    the text, which is not known, or another sentence tells it.
    """
    return list(noted(view, "times", lambda: _expressions(view)))


def _expressions(view: SentenceView) -> list[Found]:
    text = folded(view)
    taken = [(m.start - view.start, m.end - view.start) for m in view.mentions]
    found: list[Found] = []
    position, padded = 0, f" {text}"
    while (match := any_rule().search(padded, position)) is not None:
        rule = rules()[str(match.lastgroup)]
        own = rule.pattern.match(text, match.start())
        if own is None:  # the numeric date with two different signs
            position = match.end() - 1
            continue
        group = "span" if "span" in rule.pattern.groupindex else 0
        low, high = own.span(group)
        clash = next((span for span in taken if span[0] < high and low < span[1]), None)
        if clash is not None:
            # what stands behind the quantity may still be one: `[dieci giorni] del 2024`
            position = (
                max(clash[1], match.start() + 1) if clash[0] <= match.start() else _next_word(text, match.start())
            )
            continue
        if _of_a_thing().search(text, max(0, low - _NEAR), low):
            position = high
            continue
        if not _fits(view, text, rule.name, own):
            position = _next_word(text, match.start())
            continue
        found.append(Found(view.start + low, view.start + high, f"time.{rule.name}", rule.evaluate(own, view.date)))
        position = high
    return _joined(view, text, [time for time in found if not _is_dateline(text, time.end - view.start)])


# `tra X e Y`, `da X a Y` are one stretch; `lunedì alle 15`, `sera del 4 agosto` one point
_BETWEEN = re.compile(r"(?<!\w)(?:tra|fra)\s+(?:(?:il|lo|la|i|gli|le)\s+|l')?(?:\w+\s+)?\Z")
_AND = re.compile(r"\s+(?:e|ed)\s+(?:(?:il|lo|la|i|gli|le)\s+|l')?(?:primi\s+)?")
_FROM = re.compile(r"(?<!\w)(?:da|dal|dalla|dall')(?:\s+|(?<='))\Z")
_TO = re.compile(r"\s+(?:a|al|alla|all')(?:\s+|(?<='))")
_AT = re.compile(r",?\s+(?:alle|all'|alla)\s*")
_DATELINE = re.compile(r"\s*\(?[a-zà-ù' ]{3,30},\s+\d{1,2}\s+[a-zà-ù]+\.?(?:\s+\d{4})?(?=\)?\s+-\s)")


def _is_dateline(text: str, end: int) -> bool:
    """``Roma, 14 gen. - …``: the day on which the news was written."""
    match = _DATELINE.match(text)
    return match is not None and end <= match.end()


_PART = 24


@lru_cache(maxsize=1)
def _part_of_day() -> re.Pattern[str]:
    parts = alternatives(load_table("times")["day_parts"]["of_a_day"])
    return re.compile(rf"(?<!\w)(?:{parts})\s+(?:di\s+|del\s+|dell')\Z")


def _joined(view: SentenceView, text: str, found: list[Found]) -> list[Found]:
    """Make one expression of two that are the ends of a stretch, or a day and its hour."""
    result: list[Found] = []
    for one in found:
        time = one
        if one.rule in ("time.weekday", "time.day"):
            part = _part_of_day().search(text, max(0, one.start - view.start - _PART), one.start - view.start)
            if part is not None:
                time = replace(one, start=view.start + part.start())
                if result and result[-1].end > time.start:
                    result.pop()
        if result:
            first = result[-1]
            low, gap = first.start - view.start, text[first.end - view.start : time.start - view.start]
            rule = None
            if (_BETWEEN.search(text, 0, low) and _AND.fullmatch(gap)) or (
                _FROM.search(text, 0, low) and _TO.fullmatch(gap) and "clock" not in time.rule
            ):
                value = f"{first.value}/{time.value}" if first.value and time.value else None
                rule = "time.stretch"
            elif time.rule == "time.clock" and first.rule in ("time.weekday", "time.day", "time.adverb"):
                value = f"{first.value}{time.value}" if first.value and len(first.value) == 10 and time.value else None
                rule = "time.clock" if _AT.fullmatch(gap) else None
            if rule is not None:
                result[-1] = Found(first.start, time.end, rule, value)
                continue
        result.append(time)
    return result


def day_named(text: str) -> date | None:
    """Return the day that a text names in full, None where it names none.

    >>> day_named("2024-09-10T08:30:00+02:00"), day_named("martedì 10 settembre 2024")
    (datetime.date(2024, 9, 10), datetime.date(2024, 9, 10))
    """
    plain = fold(text)
    for start in range(len(plain)):
        if start and plain[start - 1].isalnum():
            continue
        for name in ("iso", "numeric", "day"):
            rule = rules()[name]
            found = rule.pattern.match(plain, start)
            if found is not None and (value := rule.evaluate(found, None)) is not None:
                return date.fromisoformat(value)
    return None


def _next_word(text: str, position: int) -> int:
    match = re.compile(r"\w+|\W").match(text, position)
    return match.end() if match else position + 1


@lru_cache(maxsize=1)
def _contracts() -> frozenset[str]:
    return frozenset(load_table("times")["contracts"]["words"])


# `nella rivolta di lunedì`: a thing that is known by its day, where `di lunedì` alone is a habit
_EVENT_OF = re.compile(
    r"(?<![\w'])(?:(?:de|ne|da|a|su)?(?:ll[ao]|l|i)|il|lo|la|le|gli)(?:\s+|')\w+\s+di\s+\Z|ll'\w+\s+di\s+\Z"
)
_NEAR = 60


@lru_cache(maxsize=1)
def _of_a_thing() -> re.Pattern[str]:
    """What makes the time behind it one of a thing named: when it was made, or until when it is to last."""
    table = load_table("times")["things"]
    names = ("dated", "born", "lasting", "until", "begun", "records")
    dated, born, lasting, until, begun, records = (alternatives(table[name]) for name in names)
    leads = alternatives(load_table("times")["attached"]["prepositions"])
    return re.compile(
        rf"(?<!\w)(?:(?:{dated})\w+(?:\s+\w+)?\s+(?:a|al|allo|alla|all'|tra|fra)(?:\s+(?:il\s+)?|(?<='))"
        rf"|(?:\A\W*|(?<=,\s))(?:{begun})[oaie]\s+(?:{leads})(?:\s+|(?<='))"
        rf"|(?:{records})\s+(?:da|dal|dallo|dalla|dall')(?:\s+|(?<='))"
        rf"|(?:{born})\s+|(?:{lasting})[^,;:()]*\s(?:{until})(?:\s+|(?<='))(?:al\s+)?(?:\d+\s+)?)\Z"
    )


_LEFT = re.compile(r"(\w+'?|[^\w\s])\s*\Z")


def _left_word(text: str, position: int) -> str:
    match = _LEFT.search(text, max(0, position - 24), position)
    return match[1].rstrip("'") if match else ""


def _fits(view: SentenceView, text: str, name: str, match: re.Match[str]) -> bool:
    """Whether the words around allow the reading: identifiers and habits are no times."""
    words = lexicon()
    start = match.start()
    if name == "weekday":
        placed = match["place"] is not None or match["place2"] is not None
        near = max(0, start - _NEAR)
        if placed or _EVENT_OF.search(text, near, start) or _part_of_day().search(text, near, start):
            return True
        return not any(text.endswith(f"{word} ", 0, start) for word in words.habit)
    if name in ("year", "years", "part_code"):
        first = match["year"]
        if name == "part_code":
            return True
        left = _left_word(text, start)
        if first.startswith("'"):
            return left in words.year_before
        if left in words.norms or left in words.year_not_before or left in "#°º€$£%+":
            return not left
        if not (_EARLIEST <= int(first) <= _LATEST):
            return False
        # a bare number below the age of newspapers needs a word that makes it a year
        if int(first) < 1500 and left not in words.year_before:
            return False
        return (
            re.search(rf"(?<!\w)(?:{words.norms_pattern})(?!\w)[^,;:]{{0,24}}\Z", text[max(0, start - 40) : start])
            is None
        )
    if name == "placed_before" and match["place"].strip() == "dopo":
        return False  # ora dopo ora
    if name == "placed_before" and _left_word(text, start) in ("all", "dell") and match["unit"] in words.moments:
        return False  # all'ultimo minuto, dell'ultimo minuto
    if name == "numeric":
        return int(match["day"]) <= _DAYS and 0 < int(match["month"]) <= _MONTHS
    if name == "month":
        return match["year"] is not None or _left_word(text, start) not in _contracts()
    if name == "part":
        # `i trimestre` is roman only in capitals
        ordinal = view.sentence[match.start("n") : match.end("n")]
        return ordinal.lower() not in words.roman or ordinal.isupper()
    if name == "season" and match["year"] is None and match["season"] in words.feasts:
        return _left_word(text, start) in words.feast_before
    if name == "adverb":
        word = match["adverb"]
        left, after = _left_word(text, start), words.adverb_only_after[word]
        if left in words.adverb_not_after[word] or (after and left not in after):
            return False
        behind = text[match.end() :].lstrip()
        return not any(re.match(rf"{re.escape(w)}(?!\w)", behind) for w in words.adverb_not_before[word])
    if name == "century":
        return view.sentence[start : start + 1].isupper() or _left_word(text, start) in words.year_before
    return True
