"""Links between claims: restatements (``same_as``) and anaphors (``refers_to``).

``3.000 miliardi di yuan (circa 412 miliardi di dollari)`` states one amount twice; ``La cifra
rappresenta un aumento del 12%`` says something of an amount stated before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractor.claims.change_words import opening
from extractor.claims.clauses import key_words
from extractor.lexicon.loader import load_table

_B = r"\s+"


@dataclass(frozen=True, slots=True)
class Linkable:
    """What the linker needs to know of a claim: where it stands, among which words, and what it is."""

    start: int
    end: int
    kind: str
    unit: str | None
    change: str | None
    sentence: int
    sentence_start: int
    words: frozenset[str]


@lru_cache(maxsize=1)
def _restating() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = sorted(load_table("links")["restating"]["words"], key=len, reverse=True)
    body = "|".join(w.replace(" ", _B).replace("'", "['’]") for w in words)
    # 30 dollari al barile (28 euro), 20 miliardi di yen all'anno (163 milioni di euro)
    per_unit = rf"(?:{_B}(?:(?:il|lo|la|al|allo|alla|a|per|di|ogni){_B}|all['’]|l['’])?[^\W\d_]+){{0,2}}"
    in_brackets = re.compile(rf"(?i){per_unit}\s*[(\[]\s*(?:(?:{body})\s+)*(?:(?:a|ai|di)\s)?\Z")
    again = rf"(?:{body})(?:{_B}(?:{body}|a|ai|di))*{_B}"
    apposed = re.compile(rf"(?i)(?:\s*[,–—]\s*(?:{again})?|{per_unit}\s*[,–—]\s*{again})\Z")
    return in_brackets, apposed


@lru_cache(maxsize=1)
def _anaphors() -> list[tuple[re.Pattern[str], frozenset[str]]]:
    table = load_table("links")
    verbs = "|".join(table["anaphor_verbs"]["words"])
    determiners = "|".join(table["anaphor_determiners"]["words"])
    rows = []
    for row in table["anaphor"]:
        phrase = rf"(?:(?:(?:{determiners}){_B})+|l['’])?(?P<noun>{'|'.join(row['nouns'])})"
        opens = r"(?:(?<=,\s)|\A[\s«“\"]*|(?<=[–:]\s)|(?<=[«“\"])|(?=(?:tale|quest|quel))(?<!\w))"
        pattern = rf"(?i){opens}{phrase}(?:{_B}[^\W\d_]+){{0,2}}?{_B}(?:{verbs})(?!\w)"
        rows.append((re.compile(pattern), frozenset(row["kinds"])))
    return rows


@lru_cache(maxsize=1)
def _anaphor_nouns() -> frozenset[str]:
    return key_words(noun for row in load_table("links")["anaphor"] for noun in row["nouns"])


def restates(text: str, claims: Sequence[Linkable], index: int) -> int | None:
    """Return the index of the claim that claim ``index`` states again in another unit, or None."""
    if index == 0:
        return None
    claim, earlier = claims[index], claims[index - 1]
    if earlier.sentence != claim.sentence:
        return None
    gap = text[earlier.end : claim.start]
    if claim.kind == "percentage" and claim.change == earlier.change and _share(text, earlier, claim, gap):
        return index - 1
    if claim.change:
        return None
    in_brackets, apposed = _restating()
    money = claim.kind == earlier.kind == "money" and claim.unit != earlier.unit
    measure = claim.kind == earlier.kind == "measure" and claim.unit != earlier.unit
    if len(gap) <= 60 and (money or measure) and (in_brackets.match(gap) or (money and apposed.match(gap))):
        return index - 1
    parts = {claim.kind, earlier.kind} in _PARTS and earlier.change is None
    if parts and len(gap) <= _FAR and _equal().search(gap) and not re.search(r"\d", gap):
        return index - 1 - _out_of(text, claims, index - 1)
    return None


# Kinds that can be one size, once as a part or multiple of something
_PARTS = ({"percentage", "count"}, {"percentage", "money"}, {"percentage", "measure"}, {"ratio", "count"})
_FAR = 80
_OUT_OF = re.compile(r"(?:\s[^\W\d_]+){0,3}\ssu\s")


@lru_cache(maxsize=1)
def _equal() -> re.Pattern[str]:
    table = load_table("links")["equal"]
    return re.compile(rf"(?i),{_B}{opening(table['words'])}{opening(table['opens'])}*\Z")


def _out_of(text: str, claims: Sequence[Linkable], index: int) -> int:
    """1 where a quantity is the whole that the one before it is counted of (*232 su 505 colpi*), else 0."""
    if index == 0 or claims[index].kind != "count" or claims[index - 1].kind != "count":
        return 0
    return int(_OUT_OF.fullmatch(text, claims[index - 1].end, claims[index].start) is not None)


_SHARE = re.compile(rf"(?i)(?:{_B}unità)?,{_B}(?:pari{_B}(?:a{_B}|al|allo|alla|all['’])|il|lo|l['’])\s*\Z")


# votes and the like, and which part of all they are
_BRACKETED = re.compile(r"(?:\s[a-zà-ù]{3,}){0,2}\s?\(\s?")


def _share(text: str, earlier: Linkable, claim: Linkable, gap: str) -> bool:
    """``calano di 59 mila unità, il 3,7% in meno``, ``530 (0,84%)``: the same size as a part of the whole."""
    if earlier.kind not in ("count", "money", "measure"):
        return False
    if claim.change is not None:
        return _SHARE.fullmatch(gap) is not None
    return _BRACKETED.fullmatch(gap) is not None and text[claim.end : claim.end + 1] == ")"


def refers(
    text: str, claims: Sequence[Linkable], restated: Sequence[int | None], index: int
) -> tuple[int, int, int] | None:
    """Return the earlier claim that an anaphor before claim ``index`` takes up, and the anaphor's noun, or None.

    The nearest earlier claim of a kind that the anaphor can stand for wins; changes and restatements are
    passed over, since *la cifra* means the amount itself.
    """
    claim = claims[index]
    before = text[claim.sentence_start : claim.start]
    if len(before) > 300 or claim.words.isdisjoint(_anaphor_nouns()):
        return None
    found: tuple[int, frozenset[str], int, int] | None = None
    for pattern, kinds in _anaphors():
        for match in pattern.finditer(before):
            if found is None or match.start() > found[0]:
                found = match.start(), kinds, match.start("noun"), match.end("noun")
    if found is None:
        return None
    position = claim.sentence_start + found[0]
    if index and position < claims[index - 1].start:
        return None  # another quantity stands between: that one took it up
    for other in range(index - 1, -1, -1):
        candidate = claims[other]
        if claim.sentence - candidate.sentence > 3:
            return None
        if (
            restated[other] is None
            and candidate.change is None
            and candidate.kind in found[1]
            and candidate.start < position
        ):
            return other, claim.sentence_start + found[2], claim.sentence_start + found[3]
    return None
