"""A numeral with what belongs to it: its unit after it, its sign and currency before it, its halves and cents."""

from __future__ import annotations

import re
from decimal import Decimal

from extractor.lexicon.units import UnitEntry
from extractor.numerals.digits import EXACT
from extractor.quantities.context import function_words, noun_follows
from extractor.quantities.elapsed import MARKS as ELAPSED_MARKS
from extractor.quantities.elapsed import elapsed_time
from extractor.quantities.grammar import AND, APOSTROPHES, BLANK, HALF, OF, ONLY, atom
from extractor.quantities.mention import ONE, Mention, Number
from extractor.quantities.repeats import take_repeat
from extractor.quantities.signs import take_sign
from extractor.quantities.slashes import first_of_two
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


# how the adjectives begin that may stand behind a unit's symbol: quadrati, cubi, orari, lineari
_ADJECTIVES = frozenset("qcol")


def _unit_at(text: str, number: Number, index: UnitIndex, end: int) -> UnitMatch | None:
    found = index.by_symbol(text, end) if number.form != "only" else None
    if found is not None and text[found.end + 1 : found.end + 2] in _ADJECTIVES and text[end : end + 1].isspace():
        longer = index.by_name(text, end + 1)  # 5 km quadrati, 120 km orari
        return longer if longer is not None and longer.end > found.end else found
    if found is None:
        blank = BLANK.match(text, end)
        if blank is not None:
            found = index.by_name(text, blank.end())
        elif end < len(text) and (text[end].isalpha() or text[end - 1] in APOSTROPHES):
            found = index.by_name(text, end)  # glued (10euro) or after an elision (trent'anni)
    return found


_AROUND = 70
_QUOTES = frozenset(('"', "”", "''"))
# behind `ora` where it tells whose time the clock shows
_CLOCK_GOES_ON = re.compile(r"(?i)\s(?:local|italian|legal|solar)[ae](?!\w)")
_LAST_ORDINAL = 15


def _supported(text: str, number: Number, found: UnitMatch) -> bool:
    """Whether a form that is an everyday word too is the unit here: a word of its field, or a number no thing has."""
    form = text[number.end : found.end].strip()
    glued = number.form == "digits" and not text[number.end : number.end + 1].isspace()
    if form.lower() == "ora" and (number.value >= 2 or _CLOCK_GOES_ON.match(text, found.end)):
        return False  # alle 9.16 ora locale
    if form in "°º" and noun_follows(text, found.end):
        return False  # `53º concorso`
    if form in "°º" and number.value <= _LAST_ORDINAL and number.value == number.value.to_integral_value():
        glued = False  # `7°` is a rank unless something near is warm or turns
    if len(form) <= 2 and form in function_words() and not glued:  # `ha`, `in`: a verb, a preposition
        of = OF.match(text, found.end) is not None or number.scale != ONE
        return form not in ("in", "mi") and of
    if form in _QUOTES:  # 55": pollici, where screens or wheels are told of and no quotation ends
        opened = text[max(0, number.start - _AROUND) : number.start].count(form) % 2
        return glued and not opened and _near(text, number.start, found)
    if form in ("A", "C", "F") and number.form == "digits":
        return _near(text, number.start, found)  # the seat 37C, but a temperature of 37 C
    if glued or number.scale != ONE or number.value != number.value.to_integral_value():
        return True
    one = (
        (number.value == 1 or text[number.end - 1] in APOSTROPHES)
        and bool(found.entry.names)
        and not found.entry.context
        and form.isalpha()
        and len(form) > 2
    )
    if one or _near(text, number.start, found):
        return True
    return len(form) == 1 and number.form == "digits" and not found.entry.context


def _near(text: str, start: int, found: UnitMatch) -> bool:
    """Whether a word of the unit's field stands near."""
    around = text[max(0, start - _AROUND) : found.end + _AROUND].lower()
    return any(word in around for word in found.entry.context)


# what a repeat in brackets, or cents behind a slash, begin with
_BEFORE_REPEAT = frozenset(" (/")


def mention_of(text: str, number: Number) -> Mention:
    """Put unit and value together for a numeral: sign and currency before it, unit after it."""
    if text[number.end : number.end + 1] in ELAPSED_MARKS and number.form == "digits":
        elapsed = elapsed_time(text, number)
        if elapsed is not None:
            return elapsed
    if number.form == "fraction" and text[number.end - 1].isdigit():
        number = first_of_two(text, number)
    if text[number.end : number.end + 1] in _BEFORE_REPEAT:
        take_repeat(text, number)
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
    _unit_before(text, mention, number)
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
    take_sign(text, mention)
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
        mention.factor = entry.factor
        mention.value = EXACT.multiply(mention.value, entry.factor)


def _unit_before(text: str, mention: Mention, number: Number) -> None:
    """A currency or a unit right before the numeral: ``€ 20``, ``EUR 50m``, ``lire 3.000``, ``kg 3,5``."""
    start = mention.start
    if start == 0 or mention.form not in ("digits", "vulgar"):
        return
    index = unit_index()
    found = index.before(text, start)
    if found is None:
        return
    entry, begin = found
    written = text[begin:start].strip()
    if written[0].isalpha():
        if _AFTER_NUMBER.search(text, max(0, begin - _NUMBER_BEFORE), begin):
            return  # 20 euro 3.000 copie, 5 kg 3,2 metri: the unit is of the number before
        if entry.kind == "measure" and not (_is_unit(written, entry) and unit_after(text, number) is None):
            return
        name = (
            entry.kind == "money" and written.lower() in entry.names and not (written.isupper() and len(written) == 3)
        )
        if name and not _is_amount(text, mention, number, written):
            return  # `Euro 1.250,00` is an amount, `Euro 6` a class
    millions = _MILLIONS.match(text, mention.end)
    if millions is None and not written[0].isalpha():
        after = index.by_symbol(text, mention.end)
        if after is not None and after.entry.kind != "money":
            return  # `€ 20%` is a typo for a percentage, not money
    apply_unit(mention, entry, mention.end)
    mention.start = begin
    size = millions if entry.kind == "money" and mention.scale == ONE else None
    if size is not None and mention.value is not None:
        mention.scale = _MILLION if size.group() in "mM" else _MILLION * 1000
        mention.value, mention.end = EXACT.multiply(mention.value, mention.scale), size.end()
        mention.number_end = size.end()
        mention.rules.append("magnitude")


_NUMBER_BEFORE = 24
_AFTER_NUMBER = re.compile(rf"(?i)(?:\d|mila|milion[ei]|miliard[oi]|ml[nd]|cento|/)(?:{GAP}di)?{GAP}?\Z")
# As finance writes millions behind a currency: EUR50m, $5b
_MILLIONS = re.compile(r"[mb](?!\w)")
_MILLION = Decimal(1_000_000)
_SEPARATED = (["numeral.dotted"], ["numeral.comma"])
_LAST_CLASS, _FIRST_YEAR = 9, 1000


def _is_unit(written: str, entry: UnitEntry) -> bool:
    """Whether what stands before a number is written as the unit is: `mt 5`, `Kg 5`, but not `Mt 5,3` (Matthew)."""
    bare = written.rstrip(".")
    return written in entry.prefix_symbols or bare in entry.symbols or written.lower() in entry.names


def _is_amount(text: str, mention: Mention, number: Number, written: str) -> bool:
    """Whether a number after a currency's name is so much of it, and no class, event or count of its own."""
    if mention.rules[-1:] in _SEPARATED or mention.scale != ONE:
        return True
    if unit_after(text, number) is not None or noun_follows(text, number.end):
        return False
    return written.islower() and _LAST_CLASS < number.value < _FIRST_YEAR


def _half_unit(text: str, mention: Mention, entry: UnitEntry) -> None:
    """``4 anni e mezzo``, ``un'ora e mezza``, ``un punto percentuale e mezzo``."""
    half = HALF.match(text, mention.end)
    if half is not None and mention.value is not None and mention.scale == ONE:
        mention.value = EXACT.add(mention.value, entry.factor / 2)
        mention.end = half.end()
        mention.rules.append("compose.half")


# A price whose cents are said without their name (due euro e cinquanta)
_SMALL_PRICE = 20


_GLUED_CENTS = re.compile(r"\d\d(?![\w.,])")


def _minor_part(text: str, mention: Mention) -> None:
    """``3 euro e 50 centesimi``, ``1 USD 23 centesimi``: the minor unit belongs to the same amount."""
    if mention.kind != "money" or mention.scale != ONE or mention.value is None:
        return
    joint = AND.match(text, mention.end) or BLANK.match(text, mention.end)
    if joint is None and text[mention.end - 1] in "€$£":
        glued = _GLUED_CENTS.match(text, mention.end)  # 2€50
        if glued is not None:
            mention.value, mention.end = EXACT.add(mention.value, Decimal(glued.group()) / 100), glued.end()
            mention.rules.append("compose.minor")
        return
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
    ("kg", "hg"): 10, ("kg", "g"): 1000, ("hg", "g"): 100, ("t", "dt"): 10, ("t", "kg"): 1000,
    ("km", "m"): 1000, ("m", "cm"): 100, ("[ft_i]", "[in_i]"): 12,
}  # fmt: skip
_LAST_CENTIMETRE = 99
_FIRST_MINUTES = 5
_COMMA = re.compile(rf",{GAP}")
_OF_A_WHOLE = re.compile(rf"(?i){GAP}(?:di|del|dello|della|dei|degli|delle){GAP}|{GAP}(?:d|dell)['’]")


def _compound(text: str, mention: Mention) -> None:
    """``sei anni e quattro mesi``, ``2 ore 40 minuti``, ``un metro e ottanta``: one quantity in the smaller unit.

    A height leaves the centimetres out and stays in metres; hours leave the minutes out (``un'ora e cinquanta``).
    """
    if mention.kind != "measure" or mention.value is None or mention.scale != ONE or mention.value % 1 != 0:
        return
    joint = AND.match(text, mention.end)
    part = atom(text, joint.end()) if joint else None
    if part is None:
        if text[mention.end + 1 : mention.end + 2].isdigit() or text[mention.end : mention.end + 1] == ",":
            _smaller_units(text, mention)
        return
    if part.form in ("fraction", "vulgar") and part.value < 1:
        if mention.unit in ("h", "a") or not _OF_A_WHOLE.match(text, part.end):  # due ore e un quarto, 1 litro e 3/4
            mention.value, mention.end = EXACT.add(mention.value, part.value), part.end
            mention.rules.append("compose.fraction")
        return
    if part.form not in ("digits", "words") or part.value % 1 != 0:
        return
    if unit_after(text, part) is None:
        height = mention.unit == "m" and mention.value in (1, 2) and 10 <= part.value <= _LAST_CENTIMETRE
        minutes = mention.unit == "h" and _FIRST_MINUTES <= part.value < _COMPOUNDS["h", "min"]
        if (height or minutes) and not noun_follows(text, part.end):
            if minutes:
                mention.value, mention.unit = EXACT.multiply(mention.value, _COMPOUNDS["h", "min"]), "min"
            mention.value = EXACT.add(mention.value, part.value / 100 if height else part.value)
            mention.end = part.end
            mention.rules.append("compose.minor")
        return
    _smaller_units(text, mention)


def _smaller_units(text: str, mention: Mention) -> None:
    """Add what is said in smaller units, one after the other (``2 ore, 7 minuti e 12 secondi``)."""
    while True:
        joint = AND.match(text, mention.end) or BLANK.match(text, mention.end)
        comma = _COMMA.match(text, mention.end) if joint is None else None
        start = joint.end() if joint else comma.end() if comma else None
        step = _smaller_unit(text, mention.unit or "", start) if start is not None else None
        if step is None:
            return
        part, size, code, end = step
        if comma is not None:  # a list (8 ore, 30 minuti di pausa) unless it goes on in a smaller unit still
            further = AND.match(text, end)
            if further is None or _smaller_unit(text, code, further.end()) is None:
                return
        if mention.value is not None:
            mention.value = EXACT.add(EXACT.multiply(mention.value, EXACT.create_decimal(size)), part)
        mention.unit, mention.end = code, end
        mention.rules.append("compose.minor")


def _smaller_unit(text: str, unit: str, start: int) -> tuple[Decimal, int, str, int] | None:
    """The whole number of a smaller unit at ``start``: its value, how many make one of ``unit``, its code, its end."""
    part = atom(text, start)
    if part is None or part.form not in ("digits", "words") or part.value % 1 != 0:
        return None
    found = unit_after(text, part)
    size = _COMPOUNDS.get((unit, found.entry.code or "")) if found else None
    if found is None or size is None or found.entry.factor != ONE or not 0 < part.value < size:
        return None
    return part.value, size, found.entry.code or "", found.end
