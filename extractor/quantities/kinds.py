"""The kind where the quantity's own words do not tell it.

``miliardi`` or ``mln`` alone after *ricavi*, *utile*, *costo* is money whose currency the text does not
name there; a currency or a magnitude named in the same sentence carries over to what stands beside it;
*magnitudo 5,1* and *alta 1,96* are measures whose unit is left unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.quantities.context import counted_noun_follows, words_after
from extractor.quantities.mention import ONE, Mention
from extractor.quantities.trie import trie

_CLAUSE = re.compile(r"[;!?\n]|\.\s")
_ABBREVIATED = re.compile(r"(?i)(?:mld|mln|mrd|bn|bln)\.?\Z")
_OF = frozenset({"di", "del", "dei", "degli", "delle", "della", "d", "dell"})
_LEFT = 90
_MILLION = 1_000_000


@per_lexicon
def _words() -> tuple[re.Pattern[str], frozenset[str], frozenset[str], frozenset[str], re.Pattern[str]]:
    table = load_table("kinds")
    words = trie(table["money"]["near"])
    unsaid = "|".join(table["unsaid_units"]["before"])
    between = "|".join(table["unsaid_units"]["between"])
    return (
        re.compile(rf"(?<!\w)(?:{words})(?!\w)"),
        frozenset(table["money"]["after_of"]),
        frozenset(table["money"]["not_counted"]),
        frozenset(table["money"]["times"]),
        re.compile(rf"(?i)(?<!\w)(?:{unsaid})(?:,?\s(?:{between}))*\s\Z"),
    )


def settle_kinds(text: str, sentences: Sequence[Sequence[Mention]]) -> None:
    """Settle the kinds of the quantities of a text, given by sentence in order; they are changed in place."""
    for number, mentions in enumerate(sentences):
        before = sentences[number - 1] if number else ()
        _settle_sentence(text, mentions, before)


def _settle_sentence(text: str, mentions: Sequence[Mention], before: Sequence[Mention]) -> None:
    for index in range(len(mentions)):
        mention = mentions[index]
        if mention.kind != "count" or mention.form in ("collective", "only"):
            continue
        if mention.bare:
            if _unit_unsaid(text, mention):
                mention.kind = "measure"
                mention.rules.append("kind.unit_unsaid")
        elif "share.magnitude" not in mention.rules or mention.low is not None:
            _magnitude(text, mentions, index, before)
    for index in range(len(mentions) - 2, -1, -1):
        mention, following = mentions[index], mentions[index + 1]
        if mention.kind == "count" and "share.magnitude" in mention.rules:
            mention.kind, mention.unit = following.kind, following.unit


def _counts_something(text: str, mention: Mention) -> bool | None:
    """Whether a counted noun follows; None where an amount of money does (*22 miliardi di ricavi*)."""
    _, after_of, not_counted, times, _ = _words()
    following = [w.lower() for w in words_after(text, mention.end, 3) if w not in "'’"]
    if len(following) > 1 and following[0] in _OF:
        if following[1] in after_of:
            return None
        return not (following[0] in ("del", "dell", "della") and following[1] in times)
    spelled_out = mention.scale >= _MILLION and _ABBREVIATED.search(text[mention.start : mention.end]) is None
    if spelled_out:
        return False  # what millions count stands behind *di*
    return counted_noun_follows(text, mention.end) and following[0] not in not_counted


def _magnitude(text: str, mentions: Sequence[Mention], index: int, before: Sequence[Mention]) -> None:
    """Bare thousands, millions and billions; ``before`` are the quantities of the sentence before."""
    mention = mentions[index]
    counted = _counts_something(text, mention)
    if counted:
        return
    currency = _currency(text, mentions, index)
    left = _CLAUSE.split(text[max(0, mention.start - _LEFT) : mention.start].lower())[-1]
    large = mention.scale >= 1_000_000
    abbreviated = _ABBREVIATED.search(text[mention.start : mention.end]) is not None
    following = mentions[index + 1] if index + 1 < len(mentions) else None
    # 194,4 miliardi, 122,6 di prestiti: what leaves the magnitude out tells the kind of both
    parted = following is not None and following.bare and _counts_something(text, following) is None
    if large and (counted is None or abbreviated or parted or _words()[0].search(left) is not None):
        _to_money(mention, currency, "kind.money_context")
    elif currency is not None and (large or _beside(mentions, index)):
        _to_money(mention, currency, "kind.money_carried")
    elif large and _is_of_money(text, mention, left, [*before, *mentions[:index]]):
        _to_money(mention, None, "kind.money_by_size")


def _is_of_money(text: str, mention: Mention, left: str, earlier: Sequence[Mention]) -> bool:
    """Whether bare millions or billions, by default, are money: what is counted in such numbers is named.

    The last large number before them decides, if there is one. Otherwise billions are money; millions are where
    money has been told of, and nothing is said to be or do something (*53 milioni lavorano*).
    """
    right = _CLAUSE.split(text[mention.end : mention.end + _LEFT].lower())[0]
    if _things().search(left) or _things().search(right):
        return False
    like = next((m for m in reversed(earlier) if m.scale >= _MILLION and m.kind in ("money", "count")), None)
    if like is not None:
        return like.kind == "money"
    if mention.scale >= 1000 * _MILLION:
        return True
    return any(m.kind == "money" for m in earlier) or _words()[0].search(right) is not None


@per_lexicon
def _things() -> re.Pattern[str]:
    """Beginnings of words, in lower case, for what is counted in millions and billions."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(load_table('kinds')['counted']['near'])})")


def _unit_unsaid(text: str, mention: Mention) -> bool:
    """Whether it measures something without a unit: *magnitudo 5,1*, *alta 1,96*."""
    value = mention.value if mention.value is not None else mention.low
    if mention.form != "digits" or value is None:
        return False
    left = text[max(0, mention.start - 40) : mention.start]
    if value == value.to_integral_value() and "magnitud" not in left.lower():
        return False
    return _words()[4].search(left) is not None


def _to_money(mention: Mention, currency: str | None, rule: str) -> None:
    mention.kind, mention.unit = "money", currency
    mention.rules.append(rule)


def _currency(text: str, mentions: Sequence[Mention], index: int) -> str | None:
    """The currency of the nearest amount in the sentence, one before it first."""
    for other in reversed(mentions[max(0, index - _LOOK_BACK) : index]):
        if other.kind == "money" and other.unit:
            return other.unit
    following = next((m for m in mentions[index + 1 : index + 1 + _LOOK_BACK] if m.kind == "money" and m.unit), None)
    if following is None or following.start - mentions[index].end > _LEFT:
        return None
    return None if "(" in text[mentions[index].end : following.start] else following.unit


# so many quantities a long sentence may hold; a table without stops is no sentence
_LOOK_BACK = 40


def _beside(mentions: Sequence[Mention], index: int) -> bool:
    """Whether an amount stands close by (*4 milioni di sterline alla banca e 600 mila al direttore*)."""
    mention = mentions[index]
    if mention.scale == ONE:
        return True
    for step in (-1, 1):
        other = index + step
        while 0 <= other < len(mentions):
            m = mentions[other]
            if (mention.start - m.end if step < 0 else m.start - mention.end) >= _NEAR:
                break
            if m.kind == "money" and m.unit:
                return True
            other += step
    return False


_NEAR = 40
