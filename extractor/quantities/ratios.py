"""Ratios in one word: halves, multiples, and the verbs that multiply or divide."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.quantities.context import is_content_word, words_after, words_before
from extractor.quantities.grammar import WORD
from extractor.quantities.joints import any_of
from extractor.quantities.mention import Mention
from extractor.quantities.tables import GAP
from extractor.quantities.trie import trie

_TIMES = re.compile(rf"{GAP}(?i:(?:di{GAP})?volte(?P<half>{GAP}e{GAP}mezz[oa])?)(?!\w)")


_GAME_MINUTE = re.compile(r"(?<!\w)\d{1,3}['’′](?:\s?\+\s?\d['’′]?)?(?![\w'’])")
_AROUND = 80


@lru_cache(maxsize=1)
def _verbs() -> tuple[re.Pattern[str], dict[str, Decimal]]:
    table = load_table("numerals")["ratio_verbs"]
    stems = {stem: Decimal(value) for stem, value in table["stems"].items()}
    endings = "|".join(sorted(table["endings"], key=len, reverse=True))
    return re.compile(rf"({'|'.join(stems)})(?:{endings})"), stems


@lru_cache(maxsize=4096)
def _verb(word: str) -> Decimal | None:
    """By how much a verb form multiplies (*raddoppiato*: 2)."""
    pattern, stems = _verbs()
    found = pattern.fullmatch(word)
    if found is None or (len(word) - len(found[1]) <= 1 and word[-1] in "io"):
        return None  # `raddoppi`, `raddoppio`: the noun or an imperative
    return stems[found[1]]


@lru_cache(maxsize=1)
def _multiples() -> dict[str, Decimal]:
    return {word: Decimal(value) for word, value in load_table("numerals")["multiples"].items()}


def ratio_word_at(text: str, pos: int) -> Mention | None:
    """Return the ratio that one word at ``pos`` states: *metà*, *doppio*, *raddoppiato*.

    *metà* in time or space (*a metà maggio*, *nella prima metà*) and *doppio* as an adjective (*doppio
    turno*) are none.
    """
    found = WORD.match(text, pos)
    if found is None:
        return None
    word, end = found.group().lower(), found.end()
    if word == "metà":
        return _half(text, pos, end)
    if word in _multiples():
        return _multiple(text, pos, end, _multiples()[word])
    noun = _nouns()[0].get(word)
    if noun is not None:
        return _of_what(text, pos, end, noun)
    value = _verb(word)
    if value is None or (value == 2 and _GAME_MINUTE.search(text, max(0, pos - _AROUND), end + _AROUND)):
        return None  # al 35' raddoppia il centravanti: his side's second goal
    return Mention(
        pos, end, "ratio", value, form="multiple", number_end=end,
        change="decrease" if value < 1 else "increase", rules=["ratio.verb"],
    )  # fmt: skip


@per_lexicon
def _nouns() -> tuple[dict[str, Decimal], re.Pattern[str]]:
    """What each noun multiplies by; behind it ``di`` and a common noun, which is no track or road."""
    table = load_table("numerals")["ratio_nouns"]
    ways = trie(table["ways"])
    return (
        {word: Decimal(value) for word, value in table["words"].items()},
        re.compile(rf"{GAP}(?:d(?:i|el|ella|ello|ei|egli|elle){GAP}|dell['’])(?!(?:{ways})(?!\w))[a-zà-ù]{{3,}}"),
    )


def _of_what(text: str, pos: int, end: int, value: Decimal) -> Mention | None:
    """*Il raddoppio degli utili*: not a goal (*il raddoppio di Rossi*), nor a second track."""
    if not _nouns()[1].match(text, end) or (value == 2 and _GAME_MINUTE.search(text, max(0, pos - _AROUND), end)):
        return None
    return Mention(
        pos, end, "ratio", value, form="multiple", number_end=end,
        change="decrease" if value < 1 else "increase", rules=["ratio.noun"],
    )  # fmt: skip


def _half(text: str, pos: int, end: int) -> Mention | None:
    before = [w.lower() for w in words_before(text, pos, 2)]
    after = [w.lower() for w in words_after(text, end, 2)]
    words = load_table("combinations")["halves"]
    if before and before[0] in words["not_after"]:
        return None
    months, centuries = load_table("calendar")["months"], load_table("calendar")["centuries"]["words"]
    if after and (after[0] in months or after[0] in words["periods"] or after[0].isdigit()):
        return None
    if len(after) > 1 and after[0] in words["of"]:
        period = after[1] in months or after[1] in words["periods"] or after[1] in (*words["eras"], *centuries)
        if period or (after[1].isdigit() and len(after[1]) == 4):
            return None
    return Mention(pos, end, "ratio", Decimal("0.5"), form="multiple", number_end=end, rules=["ratio.half"])


def _multiple(text: str, pos: int, end: int, value: Decimal) -> Mention | None:
    before = words_before(text, pos, 1)
    after = words_after(text, end, 1)
    words = load_table("combinations")["multiples"]
    if not before or before[0].lower() not in words["determiners"]:
        return None
    if after and is_content_word(after[0]) and after[0].lower() not in words["followed_by"]:
        return None
    return Mention(pos, end, "ratio", value, form="multiple", number_end=end, rules=["ratio.multiple"])


@lru_cache(maxsize=1)
def _around_times() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What follows *volte* of a multiple; the comparisons among it; an event before it; growth before it."""
    table = load_table("combinations")["times"]
    comparing = any_of(table["comparing"])
    between = rf"(?:{any_of(table['between'])}\s)?"
    participle = rf"(?!{any_of(table['of_amounts'])})[^\W\d_]+[ts][oaie]"
    return (
        re.compile(rf"{GAP}(?i:{comparing}|{any_of(table['measured_by'])})(?!\w)"),
        re.compile(rf"{GAP}(?i:{comparing})(?!\w)"),
        re.compile(rf"(?i)(?<!\w){any_of(table['auxiliaries'])}\s{between}{participle}\s{between}\Z"),
        re.compile(rf"(?i){any_of(table['growing'])}\s(?:\w+\s){{0,2}}(?:per|di)\s(?:\w+\s)?\Z"),
    )


def times_after(text: str, mention: Mention) -> bool:
    """Turn a number before *volte* into a ratio where it multiplies something (*tre volte superiore*).

    Returns whether it did; *volte* of events leaves a count.
    """
    found = _TIMES.match(text, mention.end)
    if found is None or mention.kind != "count":
        return False
    multiple, comparison, event, growth = _around_times()
    before = text[max(0, mention.start - 40) : mention.start]
    events = event.search(before) or (before.endswith("per ") and not growth.search(before))
    if events and not comparison.match(text, found.end()):
        return False  # ha vinto tre volte il titolo, il primo a vincere per tre volte il premio
    if not (multiple.match(text, found.end()) or growth.search(before)):
        return False
    mention.kind, mention.end, mention.form = "ratio", found.end(), "multiple"
    mention.rules.append("ratio.times")
    if found["half"] and mention.value is not None:
        mention.value += Decimal("0.5")
    return True
