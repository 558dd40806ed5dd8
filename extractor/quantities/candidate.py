"""A candidate quantity with its surroundings, and the words and patterns that the exclusions look for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.quantities.context import is_content_word, word_after, words_after, words_before
from extractor.quantities.mention import Mention
from extractor.quantities.tables import GAP
from extractor.quantities.trie import trie

_T = TypeVar("_T")


class _Once(Generic[_T]):
    """An attribute worked out when it is first read (``functools.cached_property`` takes a lock for that in 3.11)."""

    def __init__(self, function: Callable[[Any], _T]) -> None:
        self._function = function
        self._name = function.__name__
        self.__doc__ = function.__doc__

    def __get__(self, candidate: Candidate, owner: type) -> _T:
        value: _T
        value = candidate.__dict__[self._name] = self._function(candidate)
        return value


class Candidate:
    """A mention with its surroundings, each looked up once.

    Attributes:
        raw: its characters.
        known: the words that exclusions look for, by the name of their list.
        bare: whether it is a plain number.
        plain_integer: whether it is digits without separators, magnitude or unit.
        plain_word_before: the word before it, as written, if just letters stand there, with a blank behind them and a
            blank or an apostrophe before; else nothing.
        word_before: the nearest word before it, in lower case, skipping an abbreviation point (``art. 12``).
        following: the token after it, as written; nothing where none does.
    """

    __slots__ = (
        "__dict__", "bare", "following", "known", "mention", "plain_integer", "plain_word_before", "raw", "text",
        "word_before",
    )  # fmt: skip

    def __init__(self, text: str, mention: Mention) -> None:
        start = mention.start
        self.text = text
        self.mention = mention
        self.known = words()
        self.raw = text[start : mention.end]
        self.bare = bare = mention.bare
        self.plain_integer = bare and mention.form == "digits" and "numeral.integer" in mention.rules
        self.following = word_after(text, mention.end)
        self.plain_word_before = _plain_word(text, start - 1)
        word = self.plain_word_before.lower() or _mark_before(text, start)
        if not word:
            before = self.before
            word = before[before[0] == "." and len(before) > 1] if before else ""
        self.word_before = word

    @_Once
    def before_as_written(self) -> list[str]:
        """The two tokens before it, nearest first."""
        first = self.plain_word_before
        second = _plain_word(self.text, self.mention.start - len(first) - 2) if first else ""
        return [first, second] if second else words_before(self.text, self.mention.start, 2)

    @_Once
    def before(self) -> list[str]:
        """The same in lower case."""
        return [w.lower() for w in self.before_as_written]

    @_Once
    def clause_before(self) -> list[str]:
        """Up to five tokens before it, nearest first, in lower case."""
        return [w.lower() for w in words_before(self.text, self.mention.start, 5)]

    @_Once
    def after(self) -> list[str]:
        """Up to three tokens after it, in lower case."""
        return [w.lower() for w in words_after(self.text, self.mention.end, 3)]

    @_Once
    def noun_follows(self) -> bool:
        """Whether a content word follows."""
        return is_content_word(self.following)

    @_Once
    def plural_follows(self) -> bool:
        """Whether the content word that follows can be a plural noun: small letters, *-i* or *-e*, not *-mente*."""
        word = self.following
        return self.noun_follows and word[0].islower() and word[-1] in "ie" and not word.endswith("mente")


_LONGEST_WORD = 30


def _plain_word(text: str, end: int) -> str:
    """The word of letters that stands before a blank at ``end``; nothing where none does."""
    return _letters_before(text, end) if end > 0 and text[end] == " " else ""


def _letters_before(text: str, end: int) -> str:
    blank = text.rfind(" ", max(0, end - _LONGEST_WORD - 1), end)
    if blank < 0:
        return ""
    word = text[blank + 1 : end]
    if not word.isalpha():
        word = word.replace("’", "'").rpartition("'")[2]
    return word if word.isalpha() else ""


def _mark_before(text: str, start: int) -> str:
    """The mark before ``start``, or the word before a stop, in lower case; nothing where they are harder to tell."""
    end = start - 1 if text[start - 1 : start] == " " else start
    mark = text[end - 1 : end]
    if mark == ".":
        return _letters_before(text, end - 1).lower()
    return "" if mark.isalnum() or mark.isspace() or mark in "_°º" else mark


_REFERRING = ("reference", "identifier", "place_in_text", "label")


@per_lexicon
def words() -> dict[str, frozenset[str]]:
    table = load_table("not_quantities")
    calendar = load_table("calendar")
    return {
        "reference": frozenset(table["before"]["reference"]),
        "identifier": frozenset(table["before"]["identifier"]),
        "place_in_text": frozenset(table["before"]["place_in_text"]),
        "label": frozenset(table["before"]["label"]),
        "referring": frozenset(word for kind in _REFERRING for word in table["before"][kind]),
        "plural_references": frozenset(table["plurals"]["reference"]),
        "referring_from": frozenset(table["plurals"]["from"]),
        "referring_to_several": frozenset(table["plurals"]["several"]),
        "weak": frozenset(table["weak"]["labels"]),
        "clock": frozenset(table["clock"]["before"]),
        "zones": frozenset(table["clock"]["zones"]),
        "timetable": frozenset(table["clock"]["timetable"]),
        "abbreviated_numbers": frozenset(table["weak"]["abbreviations"]),
        "accounts": frozenset(table["accounts"]["words"]),
        "third_after": frozenset(table["blurs"]["third_after"]),
        "blurs_behind": frozenset(table["blurs"]["behind"]),
        "seasons": frozenset(calendar["seasons"]["words"]),
        "anaphora": frozenset(table["anaphora"]["before"]),
        "centuries": frozenset(calendar["centuries"]["words"]),
        "century_before": frozenset(table["centuries"]["before"]),
        "events": frozenset(table["events"]["articles"]),
        "sei_before": frozenset(table["homographs"]["sei_before"]),
        "sei_after": frozenset(table["homographs"]["sei_after"]),
        "venti_before": frozenset(table["homographs"]["venti_before"]),
        "winds": frozenset(table["homographs"]["winds"]),
        "blowing": frozenset(table["homographs"]["blowing"]),
        "weather": frozenset(table["homographs"]["weather"]),
        "venti_after": frozenset(table["homographs"]["venti_after"]),
        "months": frozenset(calendar["months"]),
        "year_before": frozenset(calendar["year"]["before"]) | frozenset(calendar["months"]),
        "year_not_before": frozenset(calendar["year"]["not_before"]),
        "placing_before": frozenset(calendar["placing"]["before"]),
        "placing_after": frozenset(calendar["placing"]["after"]),
        "placing_begins": frozenset(phrase.split()[0] for phrase in calendar["placing"]["after"]),
        "since_nouns": frozenset(calendar["placing"]["since_nouns"]),
        "distance": frozenset(calendar["placing"]["distance"]),
        "days": frozenset(calendar["days"]["words"]),
        "dialled": frozenset(table["dialled"]["verbs"]),
        "zero_before": frozenset(table["zero"]["before"]),
        "emergency": frozenset(table["emergency"]["numbers"]),
        "emergency_after": frozenset(table["emergency"]["after"]),
        "day_parts": frozenset(table["day_parts"]["words"]),
        "games": frozenset(table["games"]["words"]),
        "not_names": frozenset(table["not_names"]["words"]),
        "of_one": frozenset(table["of_one"]["articles"]),
        "plurals_in_a": frozenset(table["plurals_in_a"]["words"]),
        "score_before": frozenset(table["scores"]["before"]),
        "no_score_before": frozenset(table["scores"]["not_before"]),
        "score_behind": frozenset(table["scores"]["behind"]),
        "in_order": frozenset(table["in_order"]["behind"]),
        "order_articles": frozenset(table["in_order"]["articles"]) | frozenset(table["in_order"]["joined"]),
        "joined_articles": frozenset(table["in_order"]["joined"]),
        "lasting": frozenset(table["copulas"]["lasting"]),
        "counting": frozenset(table["copulas"]["counting"]),
        "articles_of_one": frozenset(table["numbered"]["articles"]),
        "gapping": frozenset(table["numbered"]["gapping"]),
        "measured": frozenset(table["numbered"]["not_after"]),
        "names_before": frozenset(table["names_before"]["words"]),
    }


# what the pattern of a day and its month begins with, beside the month
DAY_GOES_ON = frozenset("-–,/°º") | {"di", "e", "ed", "o", "al", "all", "ai", "agli", "a"}


@per_lexicon
def patterns() -> dict[str, re.Pattern[str]]:
    table, calendar = load_table("not_quantities"), load_table("calendar")
    months, streets = trie(calendar["months"]), trie(table["address"]["before"])
    phrases = trie(table["phrases"]["from_number"], escape=lambda c: r"\s" if c == " " else re.escape(c))
    return {
        # `12 marzo`, `12 e 13 marzo`, `dal 5 al 9 giugno`, `3, 4 e 5 maggio`
        "day_of_month": re.compile(
            rf"(?i)(?:{GAP}?(?:[-–,/]|{GAP}(?:ed?|o|al|all['’]|ai|agli|a)(?:{GAP}(?:il|l['’]|i))?){GAP}?\d{{1,2}}(?!\d))"
            rf"{{0,4}}(?:°|º)?{GAP}(?:di{GAP})?(?:{months})(?!\w)"
        ),
        "address": re.compile(
            rf"(?<!\w)(?i:{streets}){GAP}(?:(?:d[aei]l?l?[aoe]?|degli|di|dell['’]|[A-ZÀ-Ý0-9][\w.'’]*){GAP}?){{1,5}},?{GAP}?\Z"
        ),
        "phrases": re.compile(rf"(?i)(?:{phrases})(?!\w)"),
    }
