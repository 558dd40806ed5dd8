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
from extractor.numerals.digits import EXACT
from extractor.quantities.context import is_content_word, words_after
from extractor.quantities.mention import ONE, Mention

_CLAUSE = re.compile(r"[;!?\n]|\.\s")
_ABBREVIATED = re.compile(r"(?i)(?:mld|mln|mrd|bn|bln)\.?\Z")
_OF = frozenset({"di", "del", "dei", "degli", "delle", "della", "d", "dell"})
_LEFT = 90


@per_lexicon
def _words() -> tuple[re.Pattern[str], frozenset[str], frozenset[str], frozenset[str], re.Pattern[str]]:
    table = load_table("kinds")
    words = "|".join(re.escape(w) for w in sorted(table["money"]["near"], key=len, reverse=True))
    unsaid = "|".join(table["unsaid_units"]["before"])
    between = "|".join(table["unsaid_units"]["between"])
    return (
        re.compile(rf"(?i)(?<!\w)(?:{words})(?!\w)"),
        frozenset(table["money"]["after_of"]),
        frozenset(table["money"]["not_counted"]),
        frozenset(table["money"]["times"]),
        re.compile(rf"(?i)(?<!\w)(?:{unsaid})(?:,?\s(?:{between}))*\s\Z"),
    )


def settle_kinds(text: str, mentions: Sequence[Mention]) -> None:
    """Settle the kinds of the quantities of one sentence, given in order; they are changed in place."""
    for index in range(len(mentions)):
        mention = mentions[index]
        if (
            mention.kind != "count"
            or mention.form in ("collective", "only")
            or (mention.low is not None and mention.bare and not _unit_unsaid(text, mention))
        ):
            continue
        if mention.bare:
            _bare(text, mentions, index)
        elif "share.magnitude" not in mention.rules or mention.low is not None:
            _magnitude(text, mentions, index)
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
    as_written = words_after(text, mention.end, 1)
    return bool(as_written) and is_content_word(as_written[0]) and following[0] not in not_counted


def _magnitude(text: str, mentions: Sequence[Mention], index: int) -> None:
    """Bare thousands, millions and billions."""
    mention = mentions[index]
    counted = _counts_something(text, mention)
    if counted:
        return
    currency = _currency(mentions, index)
    left = _CLAUSE.split(text[max(0, mention.start - _LEFT) : mention.start])[-1]
    large = mention.scale >= 1_000_000
    abbreviated = _ABBREVIATED.search(text[mention.start : mention.end]) is not None
    following = mentions[index + 1] if index + 1 < len(mentions) else None
    # 194,4 miliardi, 122,6 di prestiti: what leaves the magnitude out tells the kind of both
    parted = following is not None and following.bare and _counts_something(text, following) is None
    if large and (counted is None or abbreviated or parted or _words()[0].search(left) is not None):
        _to_money(mention, currency, "kind.money_context")
    elif currency is not None and (large or _beside(mentions, index)):
        _to_money(mention, currency, "kind.money_carried")


def _bare(text: str, mentions: Sequence[Mention], index: int) -> None:
    """Plain numbers: a measure with its unit unsaid, or an amount that leaves out what stands before it."""
    mention = mentions[index]
    if _unit_unsaid(text, mention):
        mention.kind = "measure"
        mention.rules.append("kind.unit_unsaid")
        return
    if mention.form != "digits" or mention.value is None:
        return
    whole = mention.value == mention.value.to_integral_value()
    earlier = mentions[index - 1] if index else None
    if earlier is not None and earlier.unit == "%" and not whole and _takes_percentage(text, earlier, mention):
        mention.kind, mention.unit = "percentage", "%"
        mention.rules.append("kind.percentage_carried")
        return
    if earlier is None or (_counts_something(text, mention) and (whole or earlier.scale < 1_000_000)):
        return
    if earlier.kind != "money" or "share.unit" in earlier.rules or mention.start - earlier.end > _LEFT:
        return
    between = text[earlier.end : mention.start]
    if "(" in between or (whole and not _PARALLEL.search(between)):
        return
    value = EXACT.multiply(mention.value, earlier.scale)
    top = earlier.value if earlier.value is not None else earlier.high
    if top is None or (not whole and value > 100 * top):
        return
    mention.value, mention.scale = value, earlier.scale
    _to_money(mention, earlier.unit, "kind.ellipsis")


def _unit_unsaid(text: str, mention: Mention) -> bool:
    """Whether it measures something without a unit: *magnitudo 5,1*, *alta 1,96*."""
    value = mention.value if mention.value is not None else mention.low
    if mention.form != "digits" or value is None:
        return False
    left = text[max(0, mention.start - 40) : mention.start]
    if _words()[4].search(left) is None:
        return False
    return value != value.to_integral_value() or "magnitud" in left.lower()


_ARTICLE = re.compile(r"(?i)(?<!\w)(?:il|lo|al|allo|del|dello|dal|dallo|(?:l|all|dell|dall)['’])\s?\Z")


def _takes_percentage(text: str, earlier: Mention, mention: Mention) -> bool:
    """A decimal with an article after a percentage leaves *per cento* out: *il sì al 54,2%, il no al 45,8*."""
    if mention.value is None or not 0 < mention.value < 100 or mention.start - earlier.end > _LEFT:
        return False
    article = _ARTICLE.search(text[max(0, mention.start - 8) : mention.start])
    following = words_after(text, mention.end, 1)
    return article is not None and not (following and is_content_word(following[0]))


# what joins an amount to a following number that leaves its unit out
_PARALLEL = re.compile(
    r"(?i)(?:\bpoi|\be|\bo|\bal(?:la|l['’])?(?: [^\W\d_]+)?|\bal massimo|\bai|\bdai|"
    r"\bcontro(?: i)?|,|\bdi cui|\bpiù|\baltri|\bper) ?\Z"
)


def _to_money(mention: Mention, currency: str | None, rule: str) -> None:
    mention.kind, mention.unit = "money", currency
    mention.rules.append(rule)


def _currency(mentions: Sequence[Mention], index: int) -> str | None:
    """The currency of the nearest earlier amount in the sentence."""
    for earlier in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
        other = mentions[earlier]
        if other.kind == "money" and other.unit:
            return other.unit
    return None


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
