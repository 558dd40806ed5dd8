"""How quantities combine: ranges, moves from one level to another, proportions, shared units.

``tra 27 e i 28 miliardi`` and ``dai 20 ai 30 euro`` are one quantity with two ends; ``dal 2,0 all'1,5
per cento`` after a verb of change are two, and the first takes the unit of the second; in ``100, 200 e
300 euro`` every item takes it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.numerals.digits import EXACT, fraction
from extractor.quantities.context import noun_follows, word_after
from extractor.quantities.expression import mention_of
from extractor.quantities.grammar import number_at
from extractor.quantities.joints import joints
from extractor.quantities.mention import ONE, Mention, Number
from extractor.quantities.slashes import two_by_slash
from extractor.quantities.tables import GAP

_DASH = re.compile(rf"{GAP}?[-–—/]{GAP}?(?=[\d€$£])|[-–—](?=[^\W\d_])")
_TIGHT_DASH = re.compile(r"[-–—](?=[\d€$£])")
_LARGE_COUNTS = re.compile(rf"{GAP}[-–]{GAP}\d[\d.]{{3,}}{GAP}[a-zà-ù]{{4,}}")  # 2000 - 3500 uomini
_SIGN = re.compile(rf"[€$£]{GAP}?")


@per_lexicon
def _moves() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = load_table("changes")
    levels = "|".join(map(re.escape, table["moves"]["stems"]))
    spans = "|".join(map(re.escape, table["moves"]["interval"]))
    return re.compile(rf"(?<!\w)(?i:{levels})"), re.compile(rf"(?<!\w)(?i:{spans})")


def combine(text: str, mention: Mention) -> list[Mention]:
    """Return the quantities that begin with ``mention``: itself, a range, or the two levels of a move."""
    if mention.kind == "ratio" and mention.form == "multiple":
        return [mention]
    if not joints().goes_on.match(text, mention.end) and "compose.sum" not in mention.rules:
        return [mention]
    proportion = _proportion(text, mention)
    if proportion is not None:
        return [proportion]
    return _range(text, mention) or [mention]


def second_at(text: str, pos: int) -> Mention | None:
    """The quantity at ``pos``, whose own currency sign may stand first (``10 euro - € 20``)."""
    sign = _SIGN.match(text, pos)
    number = number_at(text, sign.end() if sign else pos)
    return None if number is None or number.form in ("only",) else mention_of(text, number)


def _range(text: str, first: Mention) -> list[Mention] | None:
    if first.value is None or first.form in ("only", "collective", "multiple"):
        return None
    window = text[max(0, first.start - 32) : first.start]
    bounds = _between_bounds(text, first, window)
    if bounds is not None:
        return [bounds]
    words = joints()
    for opener, joint, kind in ((words.between, words.to_and, "between"), (words.start, words.to, "from")):
        found = joint.match(text, first.end)
        if (found or "compose.sum" in first.rules) and opener.search(window):
            if found is None and kind == "between":  # `un milione e …` was read as one number
                first = _reread(text, first)
                found = joint.match(text, first.end)
            second = second_at(text, found.end()) if found else None
            if second is not None and _compatible(first, second):
                if kind == "from" and _is_move(text, first, second):
                    share(first, second)
                    return [first, second]
                return [_joined(text, first, second, f"range.{kind}")]
            break
    loose = first.kind != "count" or first.form == "words" or _LARGE_COUNTS.match(text, first.end) is not None
    dash = _DASH.match(text, first.end)
    if dash is not None and first.form != "negative":
        second = second_at(text, dash.end())
        tight = loose or _TIGHT_DASH.match(text, first.end) is not None
        if not tight and not _spaced_apart(text, first, second, dash.group()):
            return None
        _raise(first, second)
        if second is not None and second.value is not None and second.start >= dash.end() and _ascending(first, second):
            return [_joined(text, first, second, "range.dash")]
        return None
    either = words.either.match(text, first.end)
    if either is not None:
        second = second_at(text, either.end())
        _raise(first, second)
        if second is not None and _ascending(first, second) and second.form == first.form and _near(first, second):
            return [_joined(text, first, second, "range.or")]
    return None


def _spaced_apart(text: str, first: Mention, second: Mention | None, dash: str) -> bool:
    """``10 - 20 euro``, ``200/250 posti``: two plain numbers that a unit or a plural behind the second makes one."""
    if second is None or first.form != "digits" or second.form != "digits":
        return False
    if dash == "/":
        return two_by_slash(text, first.start)
    return second.kind in ("money", "percentage", "measure") and dash.strip() in "-–" and len(dash) == _WITH_BLANKS


_WITH_BLANKS = 3


def _raise(first: Mention, second: Mention | None) -> None:
    """In *due o trecento*, *quattro-cinquemila* the hundreds or thousands in the second word are those of the first."""
    if second is None or first.form != "words" or second.form != "words" or not first.bare or second.scale != ONE:
        return
    if second.factor != ONE:
        return  # due o tre secoli
    if first.value is None or second.value is None or not 1 < first.value < 100 <= second.value:
        return
    for size in (1000, 100):
        count = second.value / size
        if count == count.to_integral_value() and first.value < count <= first.value * 2 and count < size:
            first.value *= size
            first.rules.append("share.magnitude_in_word")
            return


def _between_bounds(text: str, first: Mention, window: str) -> Mention | None:
    """``superiore a un quarto e inferiore a un mezzo``: two bounds of one quantity are its range."""
    found = joints().bound.match(text, first.end)
    if found is None:
        return None
    rising = found["below"] is not None
    if not (joints().above if rising else joints().under).search(window):
        return None
    second = second_at(text, found.end())
    if second is None or not _ascending(*((first, second) if rising else (second, first))):
        return None
    bounds = _joined(text, first, second, "range.bounds")
    if not rising:
        bounds.low, bounds.high = bounds.high, bounds.low
    return bounds


def _reread(text: str, mention: Mention) -> Mention:
    number = number_at(text, mention.start, joined=False)
    return mention if number is None else mention_of(text, number)


def _compatible(first: Mention, second: Mention) -> bool:
    return second.value is not None and (
        (first.kind == second.kind and first.unit == second.unit) or first.kind == "count" or second.kind == "count"
    )


def _ascending(first: Mention, second: Mention) -> bool:
    if not _compatible(first, second) or first.value is None or second.value is None:
        return False
    probe = replace(first)
    share(probe, second)
    return probe.value is not None and probe.value < second.value


def _near(first: Mention, second: Mention) -> bool:
    """Alternatives that blur one number (*due o tre*, *2 o 3 milioni*) are close to each other."""
    probe = replace(first)
    share(probe, second)
    if probe.value is None or second.value is None:
        return False
    return second.value - probe.value <= max(second.scale, second.value / 2)


def _is_move(text: str, first: Mention, second: Mention) -> bool:
    """From one level to another, not an interval: a word of change before it, or a falling pair."""
    clause = re.split(r"[.;!?\n]", text[max(0, first.start - 120) : first.start])[-1]
    level, interval = _moves()
    spans = [m.end() for m in interval.finditer(clause)]
    moves = [m.end() for m in level.finditer(clause)]
    if spans and (not moves or spans[-1] > moves[-1]):
        return False
    if moves:
        return True
    probe = replace(first)
    share(probe, second)
    falling = probe.value is not None and second.value is not None and probe.value > second.value
    singular = re.search(r"(?i)(?:dal|dallo|dalla|dall['’])\s?\Z", text[max(0, first.start - 8) : first.start])
    return falling or (singular is not None and first.form == "digits")


def share(first: Mention, second: Mention) -> None:
    """Give ``first`` the magnitude and the unit that only ``second`` carries."""
    if first.value is None:
        return
    top = second.value if second.value is not None else second.high
    if first.scale == ONE and second.scale != ONE and top is not None and "magnitude" in " ".join(second.rules):
        shared = EXACT.multiply(first.value, second.scale)
        if first.unit is None and abs(first.value) < 1000 and abs(shared) <= abs(top) * 1000:
            first.value, first.scale = shared, second.scale
            first.rules.append("share.magnitude")
    if first.unit is None and second.unit is not None and first.kind == "count":
        first.kind, first.unit, first.factor = second.kind, second.unit, second.factor
        if second.factor != ONE:  # 50 e 70 centesimi
            first.value = EXACT.multiply(first.value, second.factor)
        first.rules.append("share.unit")


def _joined(text: str, first: Mention, second: Mention, rule: str) -> Mention:
    share(first, second)
    share(second, first)
    low, high = first.value, second.value
    kind, unit = (first.kind, first.unit) if first.kind != "count" else (second.kind, second.unit)
    end = max(first.end, second.end)
    return Mention(
        first.start, end, kind, None, low, high, unit,
        scale=second.scale, factor=second.factor, form=second.form, number_end=second.number_end,
        rules=[*first.rules, *second.rules, rule],
    )  # fmt: skip


def _proportion(text: str, first: Mention) -> Mention | None:
    """``uno su tre``, ``tre italiani su quattro``, ``1 ogni 10 milioni``: one ratio when the base is round."""
    if first.kind != "count" or first.value is None or first.low is not None:
        return None
    found = joints().on.match(text, first.end)
    if found is None:
        return None
    every = "ogni" in found.group().lower()[-6:]
    if every and found["noun"]:
        return None
    topic = found["noun"] and not joints().about.isdisjoint(found["noun"].lower().split())
    base = number_at(text, found.end(), joined=False)
    if base is None or base.form not in ("digits", "words") or base.value <= 0 or base.value == 1:
        return None
    one_of_many = first.value == 1 and base.value.normalize().as_tuple().digits == (1,)  # uno su diecimila
    small = one_of_many or base.value <= 10 or int(base.value) in joints().bases
    if not (every or small or standing_alone(text, first, base)) or first.value > base.value:
        return None
    if mention_of(text, base).kind not in ("count",):
        return None
    if topic and noun_follows(text, base.end) and word_after(text, base.end)[-1] in "ie":
        return None  # uno studio su mille pazienti
    return Mention(
        first.start, base.end, "ratio", fraction(first.value, base.value),
        form="proportion", number_end=base.end, rules=[*first.rules, "ratio.proportion"],
    )  # fmt: skip


_BLANKS = re.compile(r"\s*")


def standing_alone(text: str, first: Mention, base: Number) -> bool:
    """Whether the two numbers and nothing else make the text (``1 su ventuno``)."""
    # not by slices: those of a long text would be as long
    return _BLANKS.fullmatch(text, 0, first.start) is not None and _BLANKS.fullmatch(text, base.end) is not None


_SINGULAR = re.compile(r"(?i)(?<!\w)(?:il|lo|al|allo|dello|dal|dallo|(?:l|all|dell|dall)['’])\s?\Z")


def share_in_lists(text: str, mentions: list[Mention]) -> None:
    """Let bare items of a list take the unit or magnitude that stands behind the last one."""
    for index in range(len(mentions) - 2, -1, -1):
        item, following = mentions[index], mentions[index + 1]
        if not item.bare or item.form not in ("digits", "words", "negative"):
            continue
        gap = text[item.end : following.start]
        if len(gap) > 12 or not joints().in_list.match(gap):
            continue
        if following.scale != ONE or (
            following.unit is not None and following.kind in ("money", "percentage", "measure")
        ):
            if (
                following.kind == "measure"
                and item.form == "digits"
                and "numeral.integer" in item.rules
                and len(text[item.start : item.end]) == 4
            ):
                continue
            if following.kind != "percentage" and _SINGULAR.search(text, max(0, item.start - 8), item.start):
                continue  # cede il 2,3 a 4,82 euro
            if following.kind == "percentage" and not _shares_percentage(text, item, gap):
                continue
            share(item, following)


def _shares_percentage(text: str, item: Mention, gap: str) -> bool:
    """Whether an item is a percentage as the next one is, and not the number that it is a part of.

    In *1.240, il 18% del totale* only the second has the article of a percentage.
    """
    if item.value is not None and item.value > _HIGHEST_SHARED:
        return False
    apposed = gap.startswith(",") and _SINGULAR.search(gap) is not None
    return not apposed or _SINGULAR.search(text, max(0, item.start - 8), item.start) is not None


_HIGHEST_SHARED = 1000
