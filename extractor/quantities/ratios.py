"""Ratios in one word: halves, multiples, and the verbs that multiply or divide."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from extractor.lexicon.loader import load_table
from extractor.quantities.context import is_content_word, words_after, words_before
from extractor.quantities.grammar import WORD
from extractor.quantities.mention import Mention
from extractor.quantities.tables import GAP

_DETERMINERS = frozenset(
    {"il", "del", "al", "dal", "sul", "nel", "un", "quasi", "oltre", "circa", "l", "lo", "pressoché", "col", "di", "a"}
)
_HALF_NOT_BEFORE = frozenset(
    {"a", "prima", "seconda", "verso", "da", "fino", "intorno", "altra", "dolce", "mia", "sua", "tua"}
)
_HALF_TIME = frozenset(
    {
        "anno",
        "mese",
        "mattina",
        "mattinata",
        "pomeriggio",
        "giornata",
        "settimana",
        "strada",
        "secolo",
        "stagione",
        "campo",
        "partita",
        "gara",
        "percorso",
    }
)
_TIMES = re.compile(rf"{GAP}(?i:volte)(?!\w)")


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
    value = _verb(word)
    if value is None:
        return None
    return Mention(
        pos, end, "ratio", value, form="multiple", number_end=end,
        change="decrease" if value < 1 else "increase", rules=["ratio.verb"],
    )  # fmt: skip


def _half(text: str, pos: int, end: int) -> Mention | None:
    before = [w.lower() for w in words_before(text, pos, 2)]
    after = [w.lower() for w in words_after(text, end, 2)]
    if before and before[0] in _HALF_NOT_BEFORE:
        return None
    months = load_table("calendar")["months"]
    if after and (after[0] in months or after[0] in _HALF_TIME or after[0].isdigit()):
        return None
    if (
        len(after) > 1
        and after[0] in ("del", "dell", "di", "degli", "dello", "della")
        and (
            after[1] in months
            or after[1] in _HALF_TIME
            or (after[1].isdigit() and len(after[1]) == 4)
            or after[1]
            in ("'", "’", "anni", "ottocento", "novecento", "settecento", "seicento", "duemila", "xix", "xx")
        )
    ):
        return None
    return Mention(pos, end, "ratio", Decimal("0.5"), form="multiple", number_end=end, rules=["ratio.half"])


def _multiple(text: str, pos: int, end: int, value: Decimal) -> Mention | None:
    before = words_before(text, pos, 1)
    after = words_after(text, end, 1)
    if not before or before[0].lower() not in _DETERMINERS:
        return None
    if after and is_content_word(after[0]) and after[0].lower() not in ("rispetto", "esatto"):
        return None
    return Mention(pos, end, "ratio", value, form="multiple", number_end=end, rules=["ratio.multiple"])


_COMPARING = re.compile(
    rf"{GAP}(?i:superior[ei]|inferior[ei]|maggior[ei]|minor[ei]|più|meno|tant[oaie]|quant[oaie]|il|lo|la|i|gli|le|l['’]|quell[oaie]|tale|rispetto|tanto|di{GAP}più)(?!\w)"
)
_GROWING = re.compile(r"(?i)(?:moltiplica\w*|aument\w+|cresci\w+|sal\w+)\s(?:\w+\s){0,2}(?:per|di)\s(?:\w+\s)?\Z")


def times_after(text: str, mention: Mention) -> bool:
    """Turn a number before *volte* into a ratio where it multiplies something (*tre volte superiore*).

    Returns whether it did; *volte* of events leaves a count.
    """
    found = _TIMES.match(text, mention.end)
    if found is None or mention.kind != "count":
        return False
    if not (_COMPARING.match(text, found.end()) or _GROWING.search(text[max(0, mention.start - 40) : mention.start])):
        return False
    mention.kind, mention.end, mention.form = "ratio", found.end(), "multiple"
    mention.rules.append("ratio.times")
    return True
