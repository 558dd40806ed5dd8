"""Times that word order alone gives to a quantity behind them, whatever a parse attaches them to."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.claims.clauses import alternatives, count_between, folded, soft_breaks, words_in
from extractor.claims.view import Found, SentenceView
from extractor.lexicon.loader import load_table


def order_tells(view: SentenceView, time: Found, low: int, parted: bool) -> bool:
    """Whether a time before a quantity is its own by where it stands.

    Args:
        low: where the quantity begins, counted from the sentence's start.
        parted: whether a sign that parts main clauses stands between the two.
    """
    text, start, end = folded(view), time.start - view.start, time.end - view.start
    if _led().fullmatch(text, end, low) is not None:
        return True
    if parted:
        return False
    if _estimated().match(text, end, low) is not None:
        return True
    if _studied().match(text, 0, start) is not None or _set_off(text, start, end, low):
        return True
    whole = _put_first(text, start, end) or _asides()[2].search(text, 0, start) is not None
    return whole and not count_between(soft_breaks(view), end, low)


@lru_cache(maxsize=1)
def _story() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = load_table("times")["story"]
    endings, forms, verbs, participles = (
        alternatives(table[name]) for name in ("endings", "forms", "auxiliaries", "participles")
    )
    return (
        re.compile(r"[^;:()]*,\s+dove\s((?:(?!\sche\s)[^,;:()])*)"),
        re.compile(
            rf"(?<!\w)(?:\w{{2,}}(?:{endings})|(?:{forms})|(?:{verbs})\s+(?:\w+\s+)?\w{{2,}}(?:{participles}))(?!\w)"
        ),
    )


def goes_on_where(view: SentenceView, end: int, low: int) -> bool | None:
    """Whether a clause with *dove* between a time and a quantity behind it goes on with the story; None without one."""
    if "dove" not in words_in(view):
        return None
    clause, past = _story()
    where = clause.fullmatch(folded(view), end, low)
    return None if where is None else past.search(folded(view), where.start(1), low) is not None


_AT_THE_START = re.compile(r"\W*(?:[^\W\d_]+['\s]\s*){0,2}\Z")
_THEN_A_COMMA = re.compile(r"(?:\s+[^\W\d_]+){0,3}?\s*,\s")


def _put_first(text: str, start: int, end: int) -> bool:
    """``Alle 22:10 locali, i risultati davano …``: a time at the start, set off by a comma, is the sentence's."""
    return _AT_THE_START.match(text, 0, start) is not None and _THEN_A_COMMA.match(text, end) is not None


@lru_cache(maxsize=1)
def _asides() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands before and behind a time between commas, and before one in brackets (*durante la guerra (1940)*)."""
    prepositions = alternatives(load_table("times")["attached"]["prepositions"])
    return (
        re.compile(rf",\s+(?:{prepositions})(?:\s+|(?<='))\Z"),
        re.compile(r"\s*,\s+(?:(?:altr[ie]|ben|oltre|circa|almeno|quasi|i|gli|le)\s+)*"),
        re.compile(r"(?<!\w)durante\s[^,;:()]{1,60}\(\Z"),
    )


def _set_off(text: str, start: int, end: int, low: int) -> bool:
    """``esplodono, nei due giorni seguenti, altre 4 bombe``: between commas, right before a quantity."""
    before, behind, _ = _asides()
    return before.search(text, max(0, start - 20), start) is not None and behind.fullmatch(text, end, low) is not None


@lru_cache(maxsize=1)
def _led() -> re.Pattern[str]:
    """A relative word right behind a time: the clause is told of what has the time (*il bilancio del 2019, che …*)."""
    return re.compile(rf"\s*,\s+(?:{alternatives(load_table('times')['shared']['relatives'])})(?!\w)[^,;:.()]*")


@lru_cache(maxsize=1)
def _estimated() -> re.Pattern[str]:
    """An estimate of today behind the time that it is of (*nel 1972 si stima che vi fossero …*)."""
    return re.compile(
        rf"\s*,?\s+(?:{alternatives(load_table('times')['estimates']['words'])})\s+(?:che\s|in\s)?[^,;:()]*"
    )


@lru_cache(maxsize=1)
def _studied() -> re.Pattern[str]:
    """What ends where the time of a study begins that a sentence has for its source."""
    table = load_table("times")["studies"]
    openers, participles, prepositions = (alternatives(table[n]) for n in ("openers", "participles", "prepositions"))
    return re.compile(
        rf"\W*(?:{openers})(?!\w)[^,;:()]{{0,60}}\s(?:{participles})\s+(?:{prepositions})(?:\s+|(?<='))"
        r"(?:mese\s+di\s+)?\Z"
    )
