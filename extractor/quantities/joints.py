"""The patterns of what joins quantities, built once from ``lexicon/combinations.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from extractor.lexicon.loader import load_table
from extractor.quantities.tables import GAP
from extractor.quantities.trie import trie

_GAPS = rf"{GAP}{{1,2}}"


@dataclass(frozen=True, slots=True)
class Joints:
    """Patterns before (``\\Z``), between and after numbers.

    Attributes:
        goes_on: what a range, a move or a proportion goes on with; every other continuation ends a quantity.
        between, to_and: *tra* … *e il*.
        start, to: *dai* … *ai*.
        either: *o*.
        above, under: *superiore a*, *inferiore a* before the first of two bounds.
        bound: *e inferiore a* (group ``below``), *e superiore a* before the second.
        on: *su*, *ogni*, with the noun that may stand before (group ``noun``).
        in_list: everything between two items of a list.
        bases: round bases of a proportion above ten.
        about: nouns whose *su* tells what they are about.
    """

    goes_on: re.Pattern[str]
    between: re.Pattern[str]
    to_and: re.Pattern[str]
    start: re.Pattern[str]
    to: re.Pattern[str]
    either: re.Pattern[str]
    above: re.Pattern[str]
    under: re.Pattern[str]
    bound: re.Pattern[str]
    on: re.Pattern[str]
    in_list: re.Pattern[str]
    bases: frozenset[int]
    about: frozenset[str]


def any_of(words: Iterable[str], blank: str = GAP) -> str:
    """Return the alternatives of a lexicon list as one group, with any blank between words, or a certain one.

    Those that are just words are a trie; the others are patterns.
    """
    listed = list(words)
    patterns = [word.replace(" ", blank) for word in listed if not _WORDS.fullmatch(word)]
    alone = trie((word for word in listed if _WORDS.fullmatch(word)), escape=lambda c: blank if c == " " else c)
    return f"(?:{'|'.join([alone, *patterns] if alone else patterns)})"


_WORDS = re.compile("[\\w ]+")


@lru_cache(maxsize=1)
def joints() -> Joints:
    """Return the patterns of all joints."""
    table = load_table("combinations")
    ranges, lists, proportions = table["ranges"], table["lists"], table["proportions"]
    article = rf"(?:{any_of(ranges['articles'])}{_GAPS}|l['’])?"
    modifier = rf"(?:{any_of(ranges['modifiers'])}{GAP})?"
    first_of_to = {word.split()[0] for word in ranges["to"]}
    words = any_of(sorted({*ranges["and"], *ranges["or"], *first_of_to, "all", *proportions["joints"]}))
    on = any_of(proportions["joints"])
    noun = rf"(?:{GAP}|(?<=['’]))[^\W\d_]+(?:{GAP}[^\W\d_]+){{0,3}}?"
    equal = rf"{GAP}(?:o{GAP}ugual[ei]{GAP})?(?:a|ad|di|ai|al){GAP}"
    further = rf"(?:,|{GAP}{any_of(ranges['and'])}|,?{GAP}ma){GAP}"
    both, after = any_of(ranges["and"]), any_of(lists["determiners"])
    word, base = rf"{GAP}[^\W\d_]++", rf"{GAP}(?i:{on}){GAP}"  # the same noun; each word is read once
    noun_and_base = rf"(?:{GAP}|(?<=['’]))[^\W\d_]++(?:{base}|{word}(?:{base}|{word}(?:{base}|{word}{base})))"
    return Joints(
        goes_on=re.compile(rf"{GAP}?[-–—/]|,{GAP}|{_GAPS}(?i:{words})(?!\w)|{noun_and_base}"),
        between=re.compile(rf"(?<!\w)(?i:{any_of(ranges['between'])}{_GAPS}{article}{modifier})\Z"),
        to_and=re.compile(rf"{_GAPS}(?i:{both}{_GAPS}{article}{modifier})"),
        start=re.compile(rf"(?<!\w)(?i:(?:{any_of(ranges['from'])}{_GAPS}|dall['’]){modifier}{article})\Z"),
        to=re.compile(rf"{_GAPS}(?i:(?:{any_of(ranges['to'])}{_GAPS}|all['’]){modifier})"),
        either=re.compile(rf",?{_GAPS}(?i:{any_of(ranges['or'])}){_GAPS}"),
        above=re.compile(rf"(?i)(?<!\w){any_of(ranges['above'])}{equal}\Z"),
        under=re.compile(rf"(?i)(?<!\w){any_of(ranges['below'])}{equal}\Z"),
        bound=re.compile(rf"(?i){further}(?:(?P<below>{any_of(ranges['below'])})|{any_of(ranges['above'])}){equal}"),
        on=re.compile(rf"(?:(?P<noun>{noun}))?{GAP}(?i:{on}){GAP}(?=[\d]|[^\W\d_])"),
        in_list=re.compile(
            rf"(?i)(?:{GAP}?,{GAP}?(?:{any_of(ranges['articles'])}{GAP}|l['’])?"
            rf"|{GAP}{any_of(lists['joints'])}(?:{GAP}(?:{after}|l['’]))?{GAP}"
            rf"|,{GAP}{any_of((*ranges['and'], *ranges['or']))}{GAP}|{GAP}all['’]|{GAP}?[-–/]{GAP}?)\Z"
        ),
        bases=frozenset(proportions["bases"]),
        about=frozenset(proportions["about"]),
    )
