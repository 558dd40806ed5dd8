"""The quantity stage: from raw text to quantity mentions, without a network.

:func:`find_quantities` is the whole stage. Its cost grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
from decimal import Decimal

from extractor.quantities.compose import combine, share_in_lists
from extractor.quantities.context import is_content_word, word_after
from extractor.quantities.dimensions import may_be_side, sides
from extractor.quantities.ellipsis import take_up
from extractor.quantities.exclusions import exclusion
from extractor.quantities.expression import mention_of
from extractor.quantities.grammar import definite_collective, number_at
from extractor.quantities.kinds import settle_kinds
from extractor.quantities.mention import Mention
from extractor.quantities.points import settle_points
from extractor.quantities.ratios import ratio_word_at, times_after
from extractor.quantities.scan import CODE_LENGTH, trigger
from extractor.quantities.signs import take_below_zero
from extractor.quantities.units_in_context import settle_unit

__all__ = ["Mention", "find_quantities"]

_CHAIN = re.compile(r"\s*(?:,|e|ed|o|a|al|-|–|/|,\s*e)\s*(?:il|i|gli|le|l['’]|al|all['’])?\s*\Z")
_CHAINED_RULES = frozenset(
    {
        "not.address",
        "not.decade",
        "not.game_minute",
        "not.reference",
        "not.identifier",
        "not.place_in_text",
        "not.label",
        "not.year",
        "not.date",
        "not.score",
        "not.phone",
        "not.code",
        "not.clock",
    }
)
_ARTICLES_END = frozenset("al")
_ENDERS = re.compile(r"[.!?]\s|\n")


def find_quantities(text: str) -> list[Mention]:
    """Return every quantity of ``text`` in order, spans never overlapping.

    Args:
        text: any text; offsets in the result are its code points.
    """
    found: list[Mention] = []
    last_end = -1
    last_excluded: tuple[int, str] | None = None
    for match in trigger().finditer("\n" + text):
        pos = match.end() - 1
        if pos < last_end:
            continue
        ratio = ratio_word_at(text, pos) if text[pos].isalpha() else None
        if ratio is not None:
            found.append(ratio)
            last_end = ratio.end
            continue
        number = number_at(text, pos)
        if number is None and text[pos + CODE_LENGTH : pos + CODE_LENGTH + 1].isdigit():
            number = number_at(text, pos + CODE_LENGTH)  # USD1,23
        if number is None and text[pos - 2 : pos - 1] in _ARTICLES_END:
            number = definite_collective(text, pos)
        if number is None:
            continue
        mention = mention_of(text, number)
        if mention.start < last_end:
            mention.start = max(number.start, last_end)
        settle_unit(text, mention)
        if mention.form == "words" and mention.value == 1 and mention.bare:
            one = _one(text, mention)
            if one is not None:
                found.append(one)
                last_end = one.end
            continue
        by = sides(text, mention) if mention.form == "digits" and may_be_side(text, mention.end) else None
        if by is not None:
            found.extend(by)
            last_end = by[-1].end
            continue
        rule = exclusion(text, mention)
        if rule is None and last_excluded is not None and mention.bare and _chained(text, mention, *last_excluded):
            rule = last_excluded[1]
        if rule is not None:
            last_end = mention.end
            last_excluded = mention.end, rule
            continue
        if times_after(text, mention):
            found.append(mention)
        else:
            combined = combine(text, mention)
            times_after(text, combined[-1])  # da 200 a 400 volte il limite
            if combined != [mention]:
                for item in combined:
                    settle_unit(text, item)
            take_below_zero(text, combined[-1])
            found.extend(combined)
        last_end = found[-1].end
    # `mezzo` needs what it halves
    found = [m for m in found if m.form != "half" or not m.bare or text.startswith("punto", m.end + 1)]
    share_in_lists(text, found)
    groups = _by_sentence(text, found)
    settle_kinds(text, groups)
    settle_points(text, groups)
    take_up(text, groups)
    return found


def _chained(text: str, mention: Mention, end: int, rule: str) -> bool:
    """Whether a number goes on with a list of such as are no quantities, the last of which ended at ``end``."""
    between = text[end : mention.start] if rule in _CHAINED_RULES and mention.start - end < _LONGEST_JOINT else ""
    if not between or not _CHAIN.match(between):
        return False
    following = word_after(text, mention.end)
    if rule == "not.decade":
        if mention.value is None or mention.value % 10 != 0 or not 10 <= mention.value < 100:
            return False
        # after a comma another clause may begin: negli anni Settanta, quaranta operai …
        return "," not in between or not is_content_word(following) or text[mention.start].isupper()
    # what is counted is no name: artt. 3 e 4 Cost.
    return not is_content_word(following) or (rule == "not.reference" and following[0].isupper())


_LONGEST_JOINT = 8
_ONCE = re.compile(r"\s(?:sol[ao]\s)?volta(?!\w)")
_ONCE_AND_A_HALF = re.compile(r"\svolta\se\smezz[oa](?!\w)")
_ONLY_ONCE = re.compile(r"\svolta\s(?:sola|soltanto|solamente)(?!\w)")
_BOUND = re.compile(
    r"(?i)(?:almeno|minimo|massimo|più di|meno di|non oltre|appena|più d[’']"
    r"|(?:solo|soltanto|solamente)(?:\s(?:di|in|con|a))?)\s?\Z"
)
_LONGEST_BOUND = 18


def _one(text: str, mention: Mention) -> Mention | None:
    """*un*, *uno*, *una* is an article unless it is part of a proportion, a range or *almeno una volta*."""
    half = _ONCE_AND_A_HALF.match(text, mention.end)
    if half is not None:
        mention.kind, mention.value, mention.end, mention.form = "ratio", Decimal("1.5"), half.end(), "multiple"
        mention.rules.append("ratio.times")
        return mention
    combined = combine(text, mention)[0]
    if combined.kind == "ratio" or combined.low is not None:
        return combined
    if _ONLY_ONCE.match(text, mention.end):
        return mention
    if _ONCE.match(text, mention.end) and _BOUND.search(text[max(0, mention.start - _LONGEST_BOUND) : mention.start]):
        return mention
    return None


def _by_sentence(text: str, mentions: list[Mention]) -> list[list[Mention]]:
    """Group mentions between which no sentence ends."""
    groups: list[list[Mention]] = []
    for index, mention in enumerate(mentions):
        if index == 0 or _ENDERS.search(text, mentions[index - 1].end, mention.start):
            groups.append([])
        groups[-1].append(mention)
    return groups
