"""A hand-written recursive-descent parser: the numeral at a position, its magnitudes and its unit.

Every function takes the whole text and a position and returns what it recognised there, with its end,
or None; nothing is copied and nothing is looked for elsewhere, so the cost is that of the expression
itself. Which positions are worth trying is the scanner's matter, what is no quantity that of the
exclusions.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from extractor.lexicon.loader import load_table
from extractor.numerals.digits import (
    EXACT,
    MAX_DIGITS,
    NUMBER,
    PLAIN,
    VULGAR_CHARACTERS,
    digits_value,
    fraction,
    vulgar_value,
)
from extractor.numerals.words import cardinal, denominator, elided_cardinal
from extractor.quantities.fractions import digits_fraction
from extractor.quantities.mention import ONE, Number
from extractor.quantities.tables import GAP, GAPS, magnitudes
from extractor.quantities.trie import trie

WORD = re.compile(r"[^\W\d_]+")
BLANK = re.compile(rf"(?:{GAP}{{1,3}}|{GAP}?\n{GAP}?)")
AND = re.compile(rf"{GAP}{{1,2}}(?i:ed?){GAP}{{1,2}}")
HALF = re.compile(rf"(?i:{GAP}{{1,2}}e{GAP}{{1,2}}(?:un{GAP})?mezz[oa])(?!\w)")
_VIRGOLA = re.compile(rf"{GAP}(?i:virgola){GAP}")
OF = re.compile(rf"{GAP}{{1,2}}(?i:di{GAP}{{1,2}}|d['’]{GAP}?)")
ONLY = re.compile(rf"{GAP}(?i:sol[oa]|unico)(?={GAP}|$|[.,;])")
_HALF_WORD = re.compile(r"(?i:mezz[oa](?!\w)|mezz['’]|mezz(?=or[ae](?!\w)))")
APOSTROPHES = "'’"
# the half stands between *punto* and *percentuale*: un punto e mezzo percentuale
_POINTS_AND_HALF = re.compile(rf"(?i){GAP}punt[oi]{GAP}e{GAP}mezzo(?P<percent>{GAP}percentual[ei])?(?!\w)")
_LAST_WITH_POINTS = 99
_VULGAR = re.compile(f"[{VULGAR_CHARACTERS}]")


@lru_cache(maxsize=1)
def _collectives() -> dict[str, tuple[Decimal, bool]]:
    table = load_table("numerals")
    return {w: (Decimal(v), True) for w, v in table["collective"].items()} | {
        w: (Decimal(v), False) for w, v in table["collective_exact"].items()
    }


@lru_cache(maxsize=1)
def _grows() -> tuple[re.Pattern[str], frozenset[str]]:
    """What a numeral may go on with: a magnitude, a noun of number, *e*; and the characters that it begins with."""
    nouns = {*magnitudes().values, *_collectives()}
    letters = trie((word for word in nouns if len(word) == 1), prefixes=True)  # glued only: 5M, but not 5 mesi
    words = "|".join((trie((word for word in nouns if len(word) > 1), prefixes=True), f"ed?{GAP}"))
    firsts = {word[0].lower() for word in nouns} | {"e", "\n"}
    return re.compile(rf"(?i:{letters})|(?:{BLANK.pattern})?(?i:{words})"), GAPS | firsts


def _goes_on(text: str, pos: int) -> bool:
    """Whether a numeral that ends at ``pos`` may go on."""
    pattern, firsts = _grows()
    begin = pos + 1 if text[pos : pos + 1] == " " else pos
    return text[begin : begin + 1].lower() in firsts and pattern.match(text, pos) is not None


_ANOTHER = re.compile(
    rf"(?i){GAP}?altr[oa]{GAP}(?=(?:{trie(set(load_table('numerals')['collective']) | {'milione', 'miliardo'})})(?!\w))"
)


def number_at(text: str, pos: int, *, joined: bool = True) -> Number | None:
    """Parse the numeral at ``pos``, with magnitudes, parts joined by *e* and halves.

    Args:
        text: the document.
        pos: where the numeral begins (a digit or the first letter of a number word).
        joined: whether *e* may join further parts (``un milione e 200 mila``); no inside *tra … e …*.
    """
    number = atom(text, pos)
    if number is None:
        return None
    if number.form in ("fraction", "vulgar"):
        return _part_of_magnitude(text, number)
    another = _ANOTHER.match(text, number.end) if number.form == "words" and number.value == 1 else None
    if another is not None:  # un'altra sessantina, un altro milione: the article and *altro* stay outside
        number.start, number.end = another.end(), another.end() - 1
    if not _goes_on(text, number.end):
        return number
    collective = _collective_after(text, number)
    if collective is not None:
        return collective
    _magnitudes(text, number)
    if number.scale != ONE:
        while _add_part(text, number, joined):
            pass
    if joined:
        _add_fraction(text, number)
    return number


def atom(text: str, pos: int) -> Number | None:
    if text[pos : pos + 1].isalpha():
        return _words(text, pos)
    found = PLAIN.match(text, pos)
    if found is not None:
        if found.end() - pos > MAX_DIGITS:
            return None
        return digits_fraction(text, Number(pos, found.end(), Decimal(found.group()), rules=["numeral.integer"]))
    found = NUMBER.match(text, pos)
    if found is not None:
        value = digits_value(found)
        if value is None:
            return None
        number = Number(pos, found.end(), value, rules=[f"numeral.{found.lastgroup}"])
        return digits_fraction(text, number)
    found = _VULGAR.match(text, pos)
    if found is not None:
        return Number(pos, pos + 1, vulgar_value(found.group()), form="vulgar", rules=["numeral.vulgar"])
    return None


def _part_of_magnitude(text: str, number: Number) -> Number:
    """``tre quarti di milione``, ``1/2 miliardo``: a fraction of one million or more."""
    of = OF.match(text, number.end)
    found = magnitudes().pattern.match(text, of.end() if of else number.end)
    if found is None or not found["word"] or found["word"].lower() not in _WHOLE_MAGNITUDES:
        return number
    number.scale = magnitudes().values[found["word"].lower()]
    number.value, number.end = EXACT.multiply(number.value, number.scale), found.end()
    number.form = "words"
    number.rules.append("magnitude")
    return number


_WHOLE_MAGNITUDES = frozenset(row["words"][0] for row in load_table("numerals")["magnitude"] if row["exponent"] >= 6)


def _word_at(text: str, pos: int) -> tuple[int, int] | None:
    """The value and end of one cardinal word at ``pos``; an elided one must carry its apostrophe."""
    found = WORD.match(text, pos)
    if found is None:
        return None
    word, end = found.group().lower(), found.end()
    if end < len(text) and text[end] in APOSTROPHES:
        value = elided_cardinal(word) if word != "un" else 1
        if value is not None and end + 1 < len(text) and text[end + 1].isalpha():
            return value, end + 1
        if word.endswith("tre") and len(word) > 3 and not (pos and text[pos - 1] in APOSTROPHES):
            value = cardinal(word)  # where accents cannot be typed: trentatre' anni
            return None if value is None else (value, end + 1)
        return None
    value = cardinal(word)
    return None if value is None else (value, end)


def _place(value: int) -> int:
    """The power of ten below which further words may be added (3400 -> 100)."""
    place = 1
    while value and value % 10 == 0:
        value //= 10
        place *= 10
    return place


def _words(text: str, pos: int) -> Number | None:
    half = _HALF_WORD.match(text, pos) if text[pos : pos + 1] in "mM" else None
    if half is not None:
        return Number(pos, half.end(), Decimal("0.5"), form="half", rules=["numeral.half"])
    first = _word_at(text, pos)
    if first is None:
        return None
    value, end = first
    while True:
        blank = BLANK.match(text, end)
        following = _word_at(text, blank.end()) if blank else None
        if following is not None and following[0] == 1:
            following = None  # `per venti un vigile`: an article; ventuno is one word
        if following is not None and value < 1000 <= following[0] and following[0] // 1000 < _place(value):
            value *= 1000  # a numeral written apart: duecento quarantatremila
        elif following is None or not 0 < following[0] < _place(value):
            joint = AND.match(text, end) if value % 100 == 0 and value else None
            following = _word_at(text, joint.end()) if joint else None
            if following is None or not 0 < following[0] < _place(value) or _is_numerator(text, following):
                break
        value, end = value + following[0], following[1]
    number = Number(pos, end, Decimal(value), form="words", rules=["numeral.words"])
    if blank is None:
        return number
    begins = text[blank.end() : blank.end() + 1]
    if value <= _LAST_WITH_POINTS and begins in "pP":
        points = _POINTS_AND_HALF.match(text, end)
        if points is not None:
            return Number(
                pos, points.end(), value + Decimal("0.5"), form="points", rules=["numeral.words", "compose.half"]
            )
    only = ONLY.match(text, end) if value == 1 else None
    if only is not None:
        number.form = "only"
        return number
    number = _word_fraction(text, number, blank.end())
    return _decimals_in_words(text, number) if begins in "vV" else number


def _decimals_in_words(text: str, number: Number) -> Number:
    """``due virgola cinque``; a zero keeps its place (``tre virgola zero cinque``)."""
    comma = _VIRGOLA.match(text, number.end)
    if comma is None or number.form != "words":
        return number
    digits, end, pos = "", number.end, comma.end()
    while (found := _word_at(text, pos)) is not None:
        value, end = found
        blank = BLANK.match(text, end)
        while value and blank and (nxt := _word_at(text, blank.end())) and 0 < nxt[0] < _place(value):
            value, end = value + nxt[0], nxt[1]
            blank = BLANK.match(text, end)
        digits += str(value)
        if value > 9 or blank is None:
            break
        pos = blank.end()
    if digits:
        number.value += Decimal("0." + digits)
        number.end = end
        number.rules.append("numeral.virgola")
    return number


_HALVES = 2


def _denominator_at(text: str, pos: int, numerator: Decimal) -> tuple[int, int] | None:
    found = WORD.match(text, pos)
    if found is None:
        return None
    word = found.group().lower()
    below = denominator(word)
    if below is None or (word[-1] == "o") != (numerator == 1) or (below == _HALVES and numerator != 1):
        return None  # sette mezzi are vehicles, not three and a half
    end = found.end()
    if end < len(text) and text[end] in APOSTROPHES:
        return None
    if text.startswith(" di finale", end):
        return None  # due quarti di finale are matches
    return below, end


def _is_numerator(text: str, word: tuple[int, int]) -> bool:
    """Whether a denominator follows a number word (*cento e tre quarti*: the three is of the quarters)."""
    blank = BLANK.match(text, word[1])
    return blank is not None and _denominator_at(text, blank.end(), Decimal(word[0])) is not None


def _word_fraction(text: str, number: Number, pos: int) -> Number:
    """``un terzo``, ``tre quarti``: the number of the ordinal, at ``pos``, agrees with the numerator."""
    found = _denominator_at(text, pos, number.value) if number.value >= 1 else None
    if found is None:
        return number
    below, end = found
    value = fraction(number.value, below)
    return Number(number.start, end, value, form="fraction", rules=["numeral.fraction"])


def _collective_after(text: str, number: Number) -> Number | None:
    """``una quarantina``, ``tre dozzine``, ``una decina di migliaia``: *una* stays outside the span."""
    blank = BLANK.match(text, number.end)
    if blank is None and text[number.end - 1] not in APOSTROPHES:
        return None
    found = WORD.match(text, blank.end() if blank else number.end)  # una quarantina, un'ottantina
    collective = _collectives().get(found.group().lower()) if found else None
    if found is None or collective is None or not (number.value >= 1 or number.form == "half"):
        return None
    value, approx = collective
    one = number.form in ("words", "only") and number.value == 1
    approx = approx or one
    result = Number(
        found.start() if one and approx else number.start,
        found.end(),
        EXACT.multiply(number.value, value),
        scale=value,
        form="collective",
        approx=approx,
        rules=["numeral.collective"],
    )
    return _collective_goes_on(text, result, approx)


def definite_collective(text: str, pos: int) -> Number | None:
    """``superano la ventina``, ``sfiora il centinaio``: behind the article only where it is measured against."""
    found = WORD.match(text, pos)
    collective = _collectives().get(found.group()) if found else None
    if found is None or collective is None or not _measured_against().search(text, max(0, pos - _LONGEST_VERB), pos):
        return None
    value, approx = collective
    result = Number(
        pos, found.end(), value, scale=value, form="collective", approx=approx, rules=["numeral.collective"]
    )
    return _collective_goes_on(text, result, approx)


_LONGEST_VERB = 24


@lru_cache(maxsize=1)
def _measured_against() -> re.Pattern[str]:
    verbs = trie(load_table("numerals")["collective_definite"]["before"])
    return re.compile(rf"(?i)(?<!\w)(?:{verbs}){GAP}(?:la|il){GAP}\Z")


def _collective_goes_on(text: str, result: Number, approx: bool) -> Number:
    """Add to a noun of number what stands behind it: a half, thousands, millions."""
    half = HALF.match(text, result.end)
    if half is not None:  # due dozzine e mezza
        result.value, result.end = EXACT.add(result.value, result.scale / 2), half.end()
        result.rules.append("compose.half")
    joint = OF.match(text, result.end)
    if joint is not None and approx:
        of = WORD.match(text, joint.end())
        if of is not None and (size := _collectives().get(of.group().lower())) and size[0] == 1000:
            result.value, result.end = EXACT.multiply(result.value, size[0]), of.end()
        elif (magnitude := magnitudes().pattern.match(text, joint.end())) and magnitude["word"]:
            scale = magnitudes().values[magnitude["word"].lower()]
            result.value, result.scale, result.end = EXACT.multiply(result.value, scale), scale, magnitude.end()
    return result


def _magnitude_at(text: str, pos: int, form: str) -> tuple[Decimal, int] | None:
    table = magnitudes()
    found = table.pattern.match(text, pos)
    if found is None:
        return None
    if found["glued"]:
        if form != "digits":
            return None
        return table.values[found["glued"]], found.end()
    return table.values[found["word"].lower()], found.end()


def _magnitudes(text: str, number: Number) -> None:
    """Multiply by the magnitudes that follow (``3 mila miliardi``, ``0,4 miliardi di miliardi``)."""
    while (found := _magnitude_at(text, number.end, number.form)) is not None:
        scale, number.end = found
        number.value = EXACT.multiply(number.value, scale)
        number.scale = EXACT.multiply(number.scale, scale)
        number.rules.append("magnitude")
        joint = OF.match(text, number.end)
        if joint is not None and number.scale >= 1_000_000:
            chained = magnitudes().pattern.match(text, joint.end())
            if chained is not None and chained["word"] and chained["word"].lower() not in ("mila", "migliaia"):
                number.end = joint.end()


_THOUSAND = Decimal(1000)


def _add_part(text: str, number: Number, joined: bool) -> bool:
    """Add a smaller part (``22 milioni 457 mila``, ``1 milione e 836 mila``); tell whether one stood there."""
    for joint in (AND.match(text, number.end) if joined else None, BLANK.match(text, number.end)):
        part = atom(text, joint.end()) if joint else None
        if part is None or part.form not in ("digits", "words", "half") or part.value <= 0:
            continue
        _magnitudes(text, part)
        sized = (
            part.scale != ONE
            or (part.form == number.form == "words" and number.scale == _THOUSAND and part.value >= 100)
            or (part.value >= 1000 and part.form != "digits")
            or (part.form == "words" and joint is not None and not joint.group().strip())
        )
        grouped = part.form == "digits" and part.value >= 1000 and "numeral.integer" not in part.rules
        if (sized or grouped) and part.value < number.scale and part.scale < number.scale:
            if part.form == "half" and part.scale == ONE:
                continue
            number.value = EXACT.add(number.value, part.value)
            number.end = part.end
            number.scale = part.scale if part.scale != ONE else ONE
            number.rules.append("compose.sum")
            return number.scale != ONE
    return False


def _add_fraction(text: str, number: Number) -> None:
    """``due milioni e mezzo``, ``venti e tre quinti``: a part of the last magnitude."""
    half = HALF.match(text, number.end)
    if half is not None:
        number.value = EXACT.add(number.value, number.scale / 2)
        number.end = half.end()
        number.rules.append("compose.half")
        return
    joint = AND.match(text, number.end)
    part = atom(text, joint.end()) if joint else None
    if part is not None and part.form in ("fraction", "vulgar") and part.value < 1:
        number.value = EXACT.add(number.value, EXACT.multiply(part.value, number.scale))
        number.end = part.end
        number.rules.append("compose.fraction")
