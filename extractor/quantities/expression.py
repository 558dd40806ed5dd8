"""A numeral with what belongs to it: its unit after it, its sign and currency before it, its halves and cents."""

from __future__ import annotations

import re

from extractor.lexicon.units import UnitEntry
from extractor.numerals.digits import EXACT
from extractor.quantities.context import function_words, noun_follows
from extractor.quantities.elapsed import MARKS as ELAPSED_MARKS
from extractor.quantities.elapsed import elapsed_time
from extractor.quantities.grammar import AND, APOSTROPHES, BLANK, HALF, OF, ONLY, atom
from extractor.quantities.mention import ONE, Mention, Number
from extractor.quantities.tables import GAP, UnitIndex, UnitMatch, unit_index


def unit_after(text: str, number: Number) -> UnitMatch | None:
    """Return the unit that follows a numeral: a symbol, or a name, after *di* where a noun of number stands.

    A form that is an everyday word too (*bar*, *nodi*, a lone ``l``) counts only with evidence for the unit.
    """
    index = unit_index()
    end = number.end
    if number.form == "only":
        only = ONLY.match(text, end)
        end = only.end() if only else end
    if text[end : end + 1] == " " and text[end + 1 : end + 2].isalpha() and not index.begins_at(text, end + 1):
        found = None  # mostly: a word that begins no unit
    else:
        found = _unit_at(text, number, index, end)
    if found is None and (number.scale != ONE or number.form in _BEFORE_OF):
        joint = OF.match(text, number.end)
        if joint is not None:
            found = index.by_name(text, joint.end()) or index.by_symbol(text, joint.end())
    if found is not None and found.weak and not _supported(text, number, found):
        return None
    return found


_BEFORE_OF = frozenset({"fraction", "vulgar", "collective", "half"})


def _unit_at(text: str, number: Number, index: UnitIndex, end: int) -> UnitMatch | None:
    found = index.by_symbol(text, end) if number.form != "only" else None
    if found is None:
        blank = BLANK.match(text, end)
        if blank is not None:
            found = index.by_name(text, blank.end())
        elif end < len(text) and (text[end].isalpha() or text[end - 1] in APOSTROPHES):
            found = index.by_name(text, end)  # glued (10euro) or after an elision (trent'anni)
    return found


_AROUND = 70
_LAST_ORDINAL = 15


def _supported(text: str, number: Number, found: UnitMatch) -> bool:
    """Whether a form that is an everyday word too is the unit here: a word of its field, or a number no thing has."""
    form = text[number.end : found.end].strip()
    glued = number.form == "digits" and not text[number.end : number.end + 1].isspace()
    if form in "°º" and noun_follows(text, found.end):
        return False  # `53º concorso`
    if form in "°º" and number.value <= _LAST_ORDINAL and number.value == number.value.to_integral_value():
        glued = False  # `7°` is a rank unless something near is warm or turns
    if len(form) <= 2 and form in function_words() and not glued:  # `ha`, `in`: a verb, a preposition
        of = OF.match(text, found.end) is not None or number.scale != ONE
        return form != "in" and of
    if glued or number.scale != ONE or number.value != number.value.to_integral_value():
        return True
    around = text[max(0, number.start - _AROUND) : found.end + _AROUND].lower()
    one = (
        (number.value == 1 or text[number.end - 1] in APOSTROPHES)
        and bool(found.entry.names)
        and form.isalpha()
        and len(form) > 2
    )
    if one or any(word in around for word in found.entry.context):
        return True
    return len(form) == 1 and number.form == "digits" and not found.entry.context


def mention_of(text: str, number: Number) -> Mention:
    """Put unit and value together for a numeral: sign and currency before it, unit after it."""
    if text[number.end : number.end + 1] in ELAPSED_MARKS and number.form == "digits":
        elapsed = elapsed_time(text, number)
        if elapsed is not None:
            return elapsed
    mention = Mention(
        number.start,
        number.end,
        "ratio" if number.form in ("fraction", "vulgar") and "numeral.fraction" in number.rules else "count",
        number.value,
        modifier="approx" if number.approx else "exact",
        scale=number.scale,
        form=number.form,
        number_end=number.end,
        rules=number.rules,
    )
    if number.form == "vulgar":
        mention.kind = "ratio"
    _currency_before(text, mention)
    if number.form == "points":
        mention.kind, mention.unit = "percentage", "pp"
    elif mention.kind != "money":
        found = unit_after(text, number)
        if found is not None:
            apply_unit(mention, found.entry, found.end)
            _half_unit(text, mention, found.entry)
            _minor_part(text, mention)
            _quorum(text, mention)
            _compound(text, mention)
    _sign_before(text, mention)
    return mention


# UCUM's unity: earthquakes' magnitudes have a name, but no unit
_UNITY = "1"


def apply_unit(mention: Mention, entry: UnitEntry, end: int) -> None:
    """Give a mention the kind, unit and factor of a lexicon row; its span reaches to ``end``."""
    mention.kind = entry.kind
    mention.unit = None if entry.code in ("", _UNITY) else entry.code
    mention.end = max(end, mention.end)
    mention.rules.append(f"unit.{entry.kind}")
    if entry.factor != ONE and mention.value is not None:
        mention.value = EXACT.multiply(mention.value, entry.factor)


def _currency_before(text: str, mention: Mention) -> None:
    start = mention.start
    if start == 0 or mention.form not in ("digits", "vulgar"):
        return
    index = unit_index()
    found = index.before(text, start)
    if found is not None:
        entry, begin = found
        if text[begin:start].strip().lower() in entry.names and mention.rules[-1:] not in _SEPARATED:
            return  # `Euro 1.250,00` is an amount, `Euro 6` a class
        if index.by_symbol(text, mention.end) is not None and text[begin : begin + 1].isalpha() is False:
            after = index.by_symbol(text, mention.end)
            if after is not None and after.entry.kind != "money":
                return  # `€ 20%` is a typo for a percentage, not money
        apply_unit(mention, entry, mention.end)
        mention.start = begin


_SEPARATED = (["numeral.dotted"], ["numeral.comma"])


def _half_unit(text: str, mention: Mention, entry: UnitEntry) -> None:
    """``4 anni e mezzo``, ``un'ora e mezza``, ``un punto percentuale e mezzo``."""
    half = HALF.match(text, mention.end)
    if half is not None and mention.value is not None and mention.scale == ONE:
        mention.value = EXACT.add(mention.value, entry.factor / 2)
        mention.end = half.end()
        mention.rules.append("compose.half")


# A price whose cents are said without their name (due euro e cinquanta)
_SMALL_PRICE = 20


def _minor_part(text: str, mention: Mention) -> None:
    """``3 euro e 50 centesimi``, ``1 USD 23 centesimi``: the minor unit belongs to the same amount."""
    if mention.kind != "money" or mention.scale != ONE or mention.value is None:
        return
    joint = AND.match(text, mention.end) or BLANK.match(text, mention.end)
    part = atom(text, joint.end()) if joint else None
    if part is None or part.form not in ("digits", "words") or not 0 < part.value < 100:
        return
    found = unit_after(text, part)
    if found is None and mention.value <= _SMALL_PRICE and 10 <= part.value < 100 and not noun_follows(text, part.end):
        mention.value, mention.end = EXACT.add(mention.value, part.value / 100), part.end  # un euro e dieci
        mention.rules.append("compose.minor")
        return
    if found is not None and found.entry.kind == "money" and found.entry.factor < 1:
        if found.entry.factor * part.value >= 1:
            return
        mention.value = EXACT.add(mention.value, EXACT.multiply(part.value, found.entry.factor))
        mention.end = found.end
        mention.rules.append("compose.minor")


_PLUS_ONE = re.compile(rf"(?i){GAP}?(?:\+|più){GAP}?(?:1|un[oa]?)(?![\w,.])")


def _quorum(text: str, mention: Mention) -> None:
    """``50% + 1``, ``il 50 per cento più uno``: a majority; its value stays that of the half."""
    plus = _PLUS_ONE.match(text, mention.end) if mention.unit == "%" and mention.value == _HALF else None
    if plus is not None:
        mention.end = plus.end()
        mention.rules.append("compose.quorum")


_HALF = 50

# A larger unit with a smaller one behind it: how many of the second make one of the first
_COMPOUNDS = {
    ("a", "mo"): 12, ("wk", "d"): 7, ("d", "h"): 24, ("h", "min"): 60, ("min", "s"): 60,
    ("kg", "g"): 1000, ("km", "m"): 1000, ("m", "cm"): 100,
}  # fmt: skip
_LAST_CENTIMETRE = 99


def _compound(text: str, mention: Mention) -> None:
    """``sei anni e quattro mesi``, ``2 ore e 40 minuti``, ``un metro e ottanta``: one quantity in the smaller unit.

    A height leaves the centimetres out and stays in metres.
    """
    if mention.kind != "measure" or mention.value is None or mention.scale != ONE or mention.value % 1 != 0:
        return
    joint = AND.match(text, mention.end)
    part = atom(text, joint.end()) if joint else None
    if part is None:
        return
    if part.form == "fraction" and mention.unit in ("h", "a") and part.value < 1:
        mention.value, mention.end = EXACT.add(mention.value, part.value), part.end  # due ore e un quarto
        mention.rules.append("compose.fraction")
        return
    if part.form not in ("digits", "words") or part.value % 1 != 0:
        return
    found = unit_after(text, part)
    if found is None:
        height = mention.unit == "m" and mention.value in (1, 2) and 10 <= part.value <= _LAST_CENTIMETRE
        if height and not noun_follows(text, part.end):
            mention.value, mention.end = EXACT.add(mention.value, part.value / 100), part.end
            mention.rules.append("compose.minor")
        return
    size = _COMPOUNDS.get((mention.unit or "", found.entry.code or ""))
    if size is not None and 0 < part.value < size:
        mention.value = EXACT.add(EXACT.multiply(mention.value, EXACT.create_decimal(size)), part.value)
        mention.unit, mention.end = found.entry.code, found.end
        mention.rules.append("compose.minor")


_SIGN_ENDS = frozenset("+-−–oO")
_SIGN = re.compile(rf"(?:(?P<plus>\+)|(?P<minus>[-−–])){GAP}?\Z|(?<!\w)(?P<meno>(?i:meno)){GAP}\Z")


def _sign_before(text: str, mention: Mention) -> None:
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
        if _NOT_A_SIGN.search(text[max(0, begin - 12) : begin]) or (
            mention.form == "words" and mention.kind == "count"
        ):
            return
    elif mention.form != "digits" or before.isalnum() or (before and before in "%€$£)°"):
        return
    elif found["minus"] and spaced and before not in ("", "("):
        return  # a spaced dash is punctuation
    elif found["minus"] and text[begin] == "–" and before.isspace() and spaced:
        return
    mention.start = begin
    mention.rules.append("sign")
    if found["plus"]:
        mention.change = "increase"
    elif mention.value is not None:
        mention.value = -mention.value
        mention.form = "negative"


_NOT_A_SIGN = re.compile(r"(?i:\bpiù o|\bnon|\bné|\bo|\bcosì|\balla|\bnemmeno)\s\Z")
