"""The grammar of Italian time expressions: dates, periods and deictic words, as patterns over a folded text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain

from extractor.claims.clauses import alternatives, fold, spelt
from extractor.claims.timereadings import (
    read_adverb,
    read_clock,
    read_day,
    read_days,
    read_decade,
    read_deictic,
    read_distance,
    read_month,
    read_month_years,
    read_months,
    read_nothing,
    read_part,
    read_part_code,
    read_part_of_year,
    read_run,
    read_season,
    read_weekday,
    read_year,
    read_years,
)
from extractor.claims.timevalues import Lexicon, lexicon
from extractor.quantities.trie import trie

_YEAR = r"(?:1[0-9]{3}|2[01][0-9]{2})(?![0-9%]|[.,:][0-9])"
_YY = rf"(?:{_YEAR}|'[0-9]{{2}}(?![0-9]))"
_DAY = r"(?:[12][0-9]|3[01]|0?[1-9]|primo)"
_OF_YEAR = r"(?:del\s+|dell'anno\s+|dell'esercizio\s+|di\s+|nel\s+|anno\s+)?"
Evaluate = Callable[[re.Match[str], "date | None"], "str | None"]


@dataclass(frozen=True)
class Rule:
    """A pattern over the folded text, and what its match is worth."""

    name: str
    source: str
    evaluate: Evaluate

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first tried: a short text has few kinds of times."""
        return re.compile(self.source)


def _relative_year(words: Lexicon) -> str:
    return rf"(?:anno\s+(?:{words.placed})|(?:{words.placed})\s+anno|quest'anno|anno)"


def _number(words: Lexicon) -> str:
    return rf"(?:[0-9]{{1,3}}|{alternatives(words.numbers)})"


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """The rules by name; where several match, the first in this order does."""
    words = lexicon()
    month = alternatives(words.months_full)
    month_any = rf"(?:(?:{month})(?!\w)|(?:{alternatives(set(words.months) - set(words.months_full))})\.?)"
    weekday, unit = alternatives(words.weekdays), alternatives(words.singular)
    units, number = alternatives(words.units), _number(words)
    placed, runs = words.placed, alternatives(words.run_words)
    relative_year = _relative_year(words)
    adverbs = alternatives(words.adverbs)
    year = rf"(?P<year>{_YY})"
    of_period = rf"(?:\s+{_OF_YEAR}{year}|\s+(?:del|dell'|dello\s|di)\s*(?P<rel>{relative_year}))?"
    ordinal = alternatives(words.ordinals)
    part_of = alternatives(words.part_of)
    noun, month_nouns = alternatives(words.year_nouns), alternatives(words.month_nouns)
    clock = "|".join(rf"(?<=\b{re.escape(w)} )" if not w.endswith("'") else rf"(?<=\b{w})" for w in words.clock_after)
    ahead = alternatives(words.ahead)
    patterns: list[tuple[str, str, Evaluate]] = [
        ("iso", rf"(?P<year>{_YEAR})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])(?:t[0-9:.+z-]*)?", read_day),
        (
            "numeric",
            rf"(?P<day>[0-3]?[0-9])(?P<sign>[/.])(?P<month>[01]?[0-9])(?:(?P=sign))(?P<year>{_YEAR}|[0-9]{{2}}(?![0-9/.]))",
            read_day,
        ),
        (
            "clock",
            rf"(?:(?:ore\s+|{clock})(?P<hour>2[0-4]|[01]?[0-9])(?:[:.](?P<minute>[0-5][0-9])|\s+e\s+(?:(?P<past>[0-5][0-9])|mezz[ao]|un\s+quarto|tre\s+quarti)(?!\w))?|(?P<hour2>2[0-4]|[01]?[0-9]):(?P<minute2>[0-5][0-9]))"
            rf"(?![0-9%]|[.,:][0-9])(?:\s*\([a-z]{{2,5}}(?:\s*[+-]\s*[0-9]{{1,2}})?\)"
            rf"|,?\s+(?:{alternatives(words.zones + words.early)}|(?P<late>{alternatives(words.late)}))(?!\w))?"
            rf"(?:\s+(?:di|del)\s+(?P<day>{adverbs}|{weekday}))?",
            read_clock,
        ),
        (
            "days",
            rf"(?P<day>{_DAY})[°º]?(?:\s+(?P<month>{month_any}))?(?:\s*[-/]\s*|\s+(?:al|e\s+il|e|ed)\s+|\s+(?:all'|e\s+l'))(?P<day2>{_DAY})[°º]?\s+(?P<month2>{month_any})(?:\s+(?:del\s+)?{year})?",
            read_days,
        ),
        (
            "day",
            rf"(?:(?P<weekday>{weekday}|{adverbs}),?\s+(?:il\s+)?)?(?P<day>{_DAY})[°º]?\s+(?P<month>{month_any})(?:,?\s+(?:del\s+|dell'anno\s+)?{year}|\s+(?P<placed>{placed}))?",
            read_day,
        ),
        ("month_years", rf"(?P<month>{month})\s+(?P<year>{_YEAR})\s*[-/]\s*(?P<year2>{_YEAR})", read_month_years),
        (
            "months",
            rf"(?:(?:{month_nouns})\s+(?:di\s+)?)?(?P<month>{month})(?:\s+(?:del\s+)?(?P<year1>{_YEAR}))?(?:\s*[-/]\s*|\s+(?:ad?|e|ed)\s+)(?P<month2>{month}){of_period}",
            read_months,
        ),
        (
            "part_code",
            rf"(?:(?P<code>[qh])(?P<n>[1-4])|(?P<n2>[1-4])(?P<code2>[qh]))(?:\s*['-]?\s*(?P<year>{_YEAR}|'?[0-9]{{2}}(?![0-9])))?",
            read_part_code,
        ),
        (
            "part",
            rf"(?P<n>{ordinal}|ultimo)(?:\s+e\s+(?P<n2>{ordinal}))?\s+(?P<part>{alternatives(words.parts)})(?P<fiscal>\s+fiscale)?{of_period}",
            read_part,
        ),
        ("round", rf"(?:{ordinal})\s+(?:{alternatives(words.rounds)})", read_nothing),
        (
            "run",
            rf"(?P<run>{runs})(?:\s+(?P<n>{number}))?\s+(?:(?:{alternatives(words.elided)})')?(?P<unit>{alternatives(words.plural)})"
            rf"(?:\s+{_OF_YEAR}{year}|\s+(?:del|dell'|dello\s|di)\s*(?P<rel>{relative_year})|\s+di\s+(?:{month}))?",
            read_run,
        ),
        ("run_after", rf"(?P<n>{number})\s+(?P<unit>{alternatives(words.plural)})\s+(?P<run>{runs})", read_run),
        (
            "distance",
            rf"(?:(?P<n>{number}|un|una|{alternatives(words.vague)})\s+|(?P<elided>un|{alternatives(words.elided)})')(?P<unit>{units})\s+(?P<way>{alternatives(words.distance)})",
            read_distance,
        ),
        ("ahead", rf"(?:{ahead})\s+(?:{number}|un|una|{alternatives(words.vague)})\s+(?:{units})", read_nothing),
        (
            "same_period",
            rf"(?:{alternatives(words.same)})\s+(?:periodo|{unit}|{month})(?:\s+(?:del|dell'|dello\s|di|della)\s*(?:{_YY}|{relative_year}|{month}(?:\s+{_YEAR})?)|\s+(?:{placed}))?",
            read_nothing,
        ),
        (
            "this",
            rf"(?P<place>(?:quest[oa]|quel|quello|quella)\s+|quest'|quell')(?P<unit>{unit}|periodo)",
            read_deictic,
        ),
        ("placed_before", rf"(?P<place>{placed}|ultim[oa])\s+(?P<unit>{unit})", read_deictic),
        (
            "placed_after",
            rf"(?:fine\s+)?(?P<unit>{unit}|periodo)\s+(?P<place>{placed})(?!\s+(?:{unit})(?!\w))",
            read_deictic,
        ),
        ("edge", rf"(?:{part_of})\s+(?:d'|del\s+|dell'|di\s+)?(?:{unit})", read_nothing),
        (
            "decade",
            rf"anni\s+(?:'(?P<digit>[0-9])0|(?P<word>{alternatives(words.decades)})|(?P<century>1[0-9])(?P<digit2>[0-9])0)",
            read_decade,
        ),
        ("century", r"[ivx]{1,5}(?:\s*[-/]\s*[ivx]{1,5})?\s+secolo", read_nothing),
        ("until_now", rf"(?:dal|dall')\s*(?P<span>{_YEAR}\s+(?:fino\s+)?ad?\s+oggi)", read_nothing),
        (
            "years_between",
            rf"(?:{alternatives(words.between)})\s+(?P<span>(?P<year>{_YEAR})\s+(?:e\s+il|e|ed\s+il|al|alla\s+fine\s+del)\s+(?P<year2>{_YEAR}))",
            read_years,
        ),
        (
            "years",
            rf"(?:(?:{noun})\s+)?(?P<year>{_YEAR})\s*[-/]\s*(?P<year2>{_YEAR}|[0-9]{{2}}(?![0-9/-]))",
            read_years,
        ),
        ("part_of_year", rf"(?P<part_of>{part_of})\s+(?:del\s+|dell'|d'|di\s+|dell'anno\s+)?{year}", read_part_of_year),
        (
            "season",
            rf"(?:(?:{placed})\s+)?(?P<season>{alternatives(words.seasons)})(?:\s+(?:{placed})|\s+(?:del\s+)?{year})?",
            read_season,
        ),
        (
            "month",
            rf"(?:(?:{part_of}|{month_nouns})\s+(?:di\s+)?|(?P<place>{placed})\s+)?(?P<month>{month})(?:\s+{_OF_YEAR}{year}|\s+(?:del|dell'|dello\s|di)\s*(?P<rel>{relative_year})|\s+(?P<place2>{placed}))?",
            read_month,
        ),
        (
            "weekday",
            rf"(?:(?P<place>{placed})\s+)?(?P<weekday>{weekday})(?:(?:\s+(?:ad?|al|e)\s+|\s*-\s*)(?P<weekday2>{weekday}))?(?:\s+(?P<place2>{placed}))?(?:\s+(?:{alternatives(words.day_parts)}))?",
            read_weekday,
        ),
        ("adverb", rf"(?P<adverb>{adverbs})", read_adverb),
        ("year", rf"(?:(?:{noun})\s+)?{year}", read_year),
    ]
    return {name: Rule(name, rf"(?:{pattern})(?!\w)", evaluate) for name, pattern, evaluate in patterns}


# So many letters are looked at before the rules are tried; more would leave fewer places, in a larger trie.
_LETTERS = 5
# What the rules begin with besides words of the tables.
_CODES = r"[0-9']|[qh][1-4]|[ivx]{1,5}[\s/-]|ore\s|una?\s|un'|anni\s"
_OPENERS = ("primo", "ultimo", "ultima", "questo", "questa", "quest'", "quel", "quell'", "fine", "periodo")


def opening() -> str:
    """Return a pattern for how a time expression begins: most places of a text are left at their first letters."""
    words = lexicon()
    tables = (
        *(words.months, words.weekdays, words.adverbs, words.seasons, words.places, words.units, words.runs),
        *(words.numbers, words.elided, words.vague, words.same, words.part_of, words.between, words.year_nouns),
        words.ahead,
        *(words.month_nouns, set(words.ordinals) - words.roman),
    )
    forms = {fold(form)[:_LETTERS] for form in (*_OPENERS, *chain.from_iterable(tables))}
    return f"{_CODES}|{trie(forms, prefixes=True, escape=spelt)}"


@lru_cache(maxsize=1)
def any_rule() -> re.Pattern[str]:
    """One search for where any rule may match, in a text with a blank put before it.

    A match begins with the sign before the expression, which the engine finds fastest; so where it begins is where the
    expression does in the text without the blank. Names inside the rules are dropped, the rules' own kept.
    """
    bodies = []
    for rule in rules().values():
        body = re.sub(r"\(\?P=\w+\)", "[/.]", re.sub(r"\(\?P<\w+>", "(?:", rule.source))
        bodies.append(f"(?P<{rule.name}>{body})")
    return re.compile(rf"[^\w€$£](?={opening()})(?<![0-9][.,/:-])(?<!/)(?:{'|'.join(bodies)})")
