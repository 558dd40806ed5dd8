"""The sign before a quantity: ``-408 mila``, ``+0,6%``, *meno 12*, ``a - 4%``."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.lexicon.loader import load_table
from extractor.quantities.context import words_before
from extractor.quantities.joints import any_of
from extractor.quantities.mention import Mention
from extractor.quantities.tables import GAP

_SIGN_ENDS = frozenset("+-−–oO")
_SIGN = re.compile(rf"(?:(?P<plus>\+)|(?P<minus>[-−–])){GAP}?\Z|(?<!\w)(?P<meno>(?i:meno)){GAP}\Z")


def take_sign(text: str, mention: Mention) -> None:
    """A sign belongs to the quantity: ``+0,6``, ``-408 mila``, ``−20``, ``meno 12``."""
    start = mention.start
    if start == 0 or mention.form not in ("digits", "words"):
        return
    if text[start - 1] not in _SIGN_ENDS and text[start - 2 : start - 1] not in _SIGN_ENDS:
        return
    window = text[max(0, start - 6) : start]
    found = _SIGN.search(window)
    if found is None:
        return
    begin = start - len(window) + found.start()
    before = text[begin - 1] if begin else ""
    spaced = text[start - 1].isspace()
    if found["meno"]:
        left = text[max(0, begin - 12) : begin]
        if _NOT_A_SIGN.search(left):
            return
        if mention.form == "words" and mention.kind == "count" and not _before_negative().search(left):
            return
    elif mention.form != "digits" or before.isalnum() or (before and before in "%€$£)°"):
        return
    elif found["minus"] and spaced and before not in ("", "(") and not _calls_for_number(text, begin):
        return  # a spaced dash is punctuation
    elif found["minus"] and spaced and not before and text[begin] != "−" and text[mention.end :].strip():
        return  # an item of a list (- 3 kg di pane); alone it can only be the sign
    mention.start = begin
    mention.rules.append("sign")
    if found["plus"]:
        mention.change = "increase"
    elif mention.value is not None:
        mention.value = -mention.value
        if mention.form == "digits" or mention.kind != "count":
            mention.form = "negative"  # a bare one in words is a level: the sign of a change is written


_BELOW_ZERO = re.compile(rf"(?i){GAP}sotto{GAP}(?:lo{GAP})?zero(?!\w)")


def take_below_zero(text: str, mention: Mention) -> None:
    """In *20 gradi sotto zero* the sign stands behind the unit."""
    found = _BELOW_ZERO.match(text, mention.end) if mention.unit == "Cel" else None
    if found is None:
        return
    if mention.value is not None and mention.value > 0:
        mention.value = -mention.value
    elif mention.low is not None and mention.high is not None and mention.low > 0 and mention.high > 0:
        mention.low, mention.high = sorted((-mention.low, -mention.high))  # tra i 5 e i 10 gradi sotto zero
    else:
        return
    mention.end = found.end()
    mention.rules.append("sign")


@lru_cache(maxsize=1)
def _before_negative() -> re.Pattern[str]:
    """What stands before a negative number in words (*il termometro scende a meno dodici*)."""
    return re.compile(rf"(?i)(?:\A|(?<!\w){any_of(load_table('combinations')['negative']['before'])}\s|[:(]\s?)\Z")


@lru_cache(maxsize=1)
def _before_sign() -> frozenset[str]:
    return frozenset(load_table("combinations")["signs"]["before_blank"])


def _calls_for_number(text: str, pos: int) -> bool:
    """Whether the word before ``pos`` cannot end a clause, so that a dash behind it is a sign (``chiude a - 4%``)."""
    before = words_before(text, pos, 1)
    return text[pos - 1] == " " and bool(before) and before[0] in _before_sign()


_NOT_A_SIGN = re.compile(r"(?i:\bpiù o|\bnon|\bné|\bo|\bcosì|\balla|\bnemmeno)\s\Z")
