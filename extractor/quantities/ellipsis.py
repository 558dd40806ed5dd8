"""Quantities that leave out what the one before them says: their unit, their magnitude, or both.

*Il sì al 54,2%, il no al 45,8*; *4,7 TWh, contro i 4 dell'anno scorso*; *6,6 miliardi, di cui 3 per l'evento*;
*Costa 24 euro; nel 2020 ne bastavano 18*. A number is elliptical when it counts nothing that follows and its
construction takes something up; what it takes up is the nearest quantity before it of a comparable size. Where
that one is a count, so is the number. The words of the constructions stand in ``lexicon/ellipsis.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial

from extractor.lexicon.loader import load_table
from extractor.numerals.digits import EXACT
from extractor.quantities.context import counted_noun_follows, in_brackets
from extractor.quantities.grammar import OF
from extractor.quantities.joints import any_of
from extractor.quantities.mention import ONE, Mention
from extractor.quantities.tables import GAP, GAPS

_LEFT, _RIGHT = 48, 40
# So many sentences back in the same paragraph, and so many quantities, a reader still has in mind.
_SENTENCES_BACK, _QUANTITIES_BACK = 2, 12
# How much larger or smaller than its antecedent an elliptical number may be; a difference can be much smaller.
_FACTOR, _SMALLEST_DIFFERENCE = Decimal(150), Decimal(2000)
_HIGHEST_PERCENTAGE = Decimal(300)
_MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class _Constructions:
    """Patterns before (``\\Z``) and behind a number, for text in lower case with plain blanks.

    Attributes:
        singular: a singular article: what it determines is a percentage (*al 45,8*).
        plural: a plural article or demonstrative (*i 4 dell'anno scorso*).
        joined: a comparison or the next of a list (*contro 290*, *, 25 per le imprese*).
        of_it: *ne* before or glued to the verb (*ne coltiva sei*).
        dropped: a copula whose subject is left out (*; nel 2024 erano 132*).
        extreme: a noun that compares one of a kind with the others (*il vecchio primato, 168*).
        part: what more or less of it there is (*altri 50*, *di cui 3*), whatever follows.
        takes: a verb whose object is an amount (*a Biella bastano 780*).
        topic: *di vacche ne ho*.
        no_percentage: nouns whose decimals are numbers of their own (*un voto del 7,5*).
        adjective: *netto*, *lordo* behind it.
        level: *a*, *da*, *fino a* after a verb or an adverb.
        difference: *in più*, *sotto* behind it.
        parallel: a preposition behind it that tells its part (*39 di fotovoltaico*, *3,6 per le infrastrutture*).
    """

    singular: re.Pattern[str]
    plural: re.Pattern[str]
    joined: re.Pattern[str]
    of_it: re.Pattern[str]
    dropped: re.Pattern[str]
    extreme: re.Pattern[str]
    part: re.Pattern[str]
    takes: re.Pattern[str]
    topic: re.Pattern[str]
    no_percentage: re.Pattern[str]
    adjective: re.Pattern[str]
    level: re.Pattern[str]
    difference: re.Pattern[str]
    parallel: re.Pattern[str]


@lru_cache(maxsize=1)
def _constructions() -> _Constructions:
    table, words = load_table("ellipsis"), partial(any_of, blank=" ")
    blur = rf"(?:{words(table['blur']['words'])} )*"
    time = rf"(?:{words(table['dropped']['times'])} ?(?:\d{{4}} )?){{0,3}}"
    return _Constructions(
        singular=re.compile(
            rf"(?<!\w)(?:{words(table['articles']['singular'])} |{words(table['articles']['elided'])}['’])\Z"
        ),
        plural=re.compile(rf"(?<!\w){words(table['articles']['plural'])} {blur}\Z"),
        joined=re.compile(rf"(?:(?<!\w){words(table['joined']['words'])}|[,:]) ?{blur}\Z"),
        of_it=re.compile(rf"(?:(?<!\w)ne [^\W\d_]+(?: [^\W\d_]+){{0,2}}|[aei]r?ndo?ne|[aei]rne) {blur}\Z"),
        dropped=re.compile(rf"(?:\A|[.,;:(–—]) ?{time}{words(table['dropped']['copulas'])} {blur}\Z"),
        extreme=re.compile(
            rf"(?<!\w){words(table['extremes']['nouns'])}(?: [^\W\d_]{{4,}})?"
            rf"(?:, | {words(table['extremes']['joints'])} )\Z"
        ),
        part=re.compile(rf"(?<!\w){words(table['parts']['words'])} {blur}\Z"),
        takes=re.compile(rf"(?<!\w){words(table['takes']['verbs'])} {blur}\Z"),
        topic=re.compile(rf"(?:\A|[.;:«“\"(,]) ?d(?:i |['’])[^\W\d_]+ (?:[^\W\d_]+ )?(?:non )?ne [^\W\d_]+ {blur}\Z"),
        no_percentage=re.compile(rf"(?<!\w){words(table['no_percentage']['nouns'])}(?!\w)"),
        adjective=re.compile(rf" {words(table['adjectives']['behind'])}(?!\w)"),
        level=re.compile(rf"(?<!\w){words(table['level']['words'])} {blur}\Z"),
        difference=re.compile(rf" {words(table['difference']['words'])}(?!\w)"),
        parallel=re.compile(rf" {words(table['parallel']['words'])}(?: |['’]|(?=[,;.)]))| ?[,;.)»”\n]| ?\Z"),
    )


def take_up(text: str, sentences: Sequence[Sequence[Mention]]) -> None:
    """Give elliptical quantities the kind, unit and magnitude that they take up; they are changed in place.

    Args:
        text: the document.
        sentences: its quantities by sentence, in order, their own words read.
    """
    before: list[Sequence[Mention]] = []
    last_unit = -1  # the last sentence in which something has a unit
    for number, mentions in enumerate(sentences):
        if before and "\n" in text[before[-1][-1].end : mentions[0].start]:
            before, last_unit = [], -1
        units = last_unit >= 0 and number - last_unit <= _SENTENCES_BACK
        for index, mention in enumerate(mentions):
            if mention.kind != "count" and "kind.unit_unsaid" not in mention.rules:
                units, last_unit = True, number
            elif (units or "numeral.integer" not in mention.rules) and _open(text, mention):
                _settle(text, mention, list(_candidates(mentions, index, before)))
                if mention.kind != "count":
                    units, last_unit = True, number
        before = [*before, mentions][-_SENTENCES_BACK:]


def _candidates(
    sentence: Sequence[Mention], index: int, before: Sequence[Sequence[Mention]]
) -> Iterator[tuple[Mention, int]]:
    """The quantities that the one at ``index`` may take up, the nearest first, and how many sentences back each is."""
    left = _QUANTITIES_BACK
    for back, mentions in enumerate([sentence, *reversed(before)]):
        for number in range((len(mentions) if back else index) - 1, -1, -1):
            mention = mentions[number]
            if left == 0:
                return
            if mention.kind != "ratio":
                left -= 1
                yield mention, back


def _open(text: str, mention: Mention) -> bool:
    """Whether nothing that follows is counted, so that its unit may be left out."""
    if "kind.unit_unsaid" in mention.rules:
        return True
    if mention.kind != "count" or mention.form not in ("digits", "words", "negative", "collective"):
        return False
    if mention.form == "collective" and OF.match(text, mention.end):
        return False  # una ventina di agenti
    if not counted_noun_follows(text, mention.end):
        return True
    # a decimal counts nothing: what follows says what was done with it (di cui 5,3 realizzati all'estero)
    decimal = mention.value is not None and mention.value % 1 != 0
    return (decimal or _constructions().part.search(_before(text, mention)) is not None) and (
        _PARTICIPLE.match(text, mention.end) or _constructions().adjective.match(_behind(text, mention))
    ) is not None


def _before(text: str, mention: Mention) -> str:
    """What stands before a number, in lower case with plain blanks."""
    return _GAP.sub(" ", text[max(0, mention.start - _LEFT) : mention.start].lower())


def _behind(text: str, mention: Mention) -> str:
    """What stands behind it, likewise."""
    return _GAP.sub(" ", text[mention.end : mention.end + _RIGHT].lower())


_GAP = re.compile(f"[{''.join(GAPS - {' '})}]")


_PARTICIPLE = re.compile(rf"{GAP}(?:tuttora{GAP}|già{GAP})?[^\W\d_]+[aiu]t[ie](?!\w)")


@dataclass(frozen=True, slots=True)
class _Cue:
    """How the construction around a number takes something up.

    Attributes:
        percentage: a singular article, so that it takes up a percentage only.
        back: how many sentences back what it takes up may stand.
        difference: it is so much more or less than that.
        of_it: *ne* takes it up.
    """

    percentage: bool
    back: int
    difference: bool
    of_it: bool


def _cue(left: str, right: str, whole: bool, one: bool) -> _Cue | None:
    """Read the construction of a number from the text around it; None where nothing is taken up."""
    words = _constructions()
    if words.topic.search(left):
        return None  # di vacche ne ho sessanta: what is counted has been said
    difference = words.difference.match(right) is not None
    of_it = words.of_it.search(left) is not None
    singular = words.singular.search(left) is not None and not one
    if singular or difference or of_it or words.dropped.search(left) or words.extreme.search(left) or not whole:
        return _Cue(singular, _SENTENCES_BACK, difference, of_it)
    if words.parallel.match(right):
        if words.plural.search(left) or words.takes.search(left):
            return _Cue(False, 1, False, False)
        if words.joined.search(left) or words.level.search(left):
            return _Cue(False, 0, False, False)
    if words.part.search(left):
        return _Cue(False, 0, False, False)
    return None


def _settle(text: str, mention: Mention, candidates: Sequence[tuple[Mention, int]]) -> None:
    value = mention.value if mention.value is not None else mention.high
    if value is None:
        return
    if mention.kind == "measure":
        _length(_before(text, mention), mention, candidates)
        return
    whole, counts = value == value.to_integral_value(), all(earlier.kind == "count" for earlier, _ in candidates)
    if whole and counts:
        return  # nothing to take up; the constructions need not be looked for
    left = _before(text, mention)
    if mention.form in ("digits", "words") and _extent().search(left) is not None:  # lungo 105 metri e largo 68
        _length(left, mention, candidates)
        if mention.unit is not None:
            mention.kind = "measure"
            return
    if counts and not _constructions().singular.search(left):
        return
    cue = _cue(left, _behind(text, mention), whole, value == 1)
    if cue is None:
        return
    # what restates an amount in brackets is not taken up, the amount is
    if not in_brackets(text, mention.start, _LEFT):
        candidates = [c for c in candidates if not in_brackets(text, c[0].start, _LEFT)] or candidates
    for earlier, back in candidates:
        if earlier.kind == "count":
            if whole and not cue.percentage and earlier.scale == mention.scale:
                return  # of comparable make: a count like it
            continue
        if back > cue.back or (cue.percentage and earlier.kind != "percentage"):
            continue
        if cue.of_it and earlier.unit in _LENGTHS_OF_TIME:
            continue
        scaled = _of_a_size(mention, value, earlier, cue.difference)
        if scaled is not None:
            _take(mention, earlier, scaled)
            return
    if cue.percentage and not whole and abs(value) <= 100 and not _constructions().no_percentage.search(left):
        mention.kind, mention.unit = "percentage", "%"  # nothing but a percentage has `il` before 3,1
        mention.rules.append("ellipsis.percentage")


@lru_cache(maxsize=1)
def _extent() -> re.Pattern[str]:
    """An adjective of extent before a number, with nothing between but what blurs it."""
    table = load_table("ellipsis")
    blur = rf"(?:{any_of(table['blur']['words'])}{GAP})*"
    return re.compile(rf"(?i)(?<!\w){any_of(table['extent']['adjectives'])}{GAP}{blur}\Z")


def _length(left: str, mention: Mention, candidates: Sequence[tuple[Mention, int]]) -> None:
    """*Lunga 3,92 metri e larga 1,77*: a dimension without its unit has that of the one before."""
    near = next((e for e, back in candidates if not back and e.kind == "measure" and e.unit), None)
    if near is not None and near.unit in _LENGTHS and _MAGNITUDE.search(left) is None:
        mention.unit = near.unit
        mention.rules.append("ellipsis.unit")


# How long something takes and how old it is are no amounts that one has or uses so many of.
_LENGTHS_OF_TIME = frozenset({"a", "mo", "wk", "d"})
_LENGTHS = frozenset({"m", "cm", "km", "mm", "[mi_i]", "[nmi_i]", "[ft_i]"})
_MAGNITUDE = re.compile(r"(?i)magnitud")


def _of_a_size(mention: Mention, value: Decimal, earlier: Mention, difference: bool) -> Decimal | None:
    """The magnitude that makes the number comparable to what it takes up; None where none does."""
    known = earlier.value if earlier.value is not None else earlier.high
    if known is None:
        return None
    if earlier.kind == "percentage":
        return ONE if mention.scale == ONE and abs(value) <= _HIGHEST_PERCENTAGE else None
    if earlier.unit in _LENGTHS_OF_TIME and known % 1 == 0 and EXACT.multiply(value, 2) % 1:
        return None  # 32 anni, attaccante di 2,01
    lowest = _SMALLEST_DIFFERENCE if difference else _FACTOR
    for scale in (ONE, earlier.scale) if mention.scale == ONE else (ONE,):
        size = abs(EXACT.multiply(value, scale))
        if scale == ONE and earlier.scale >= _MILLION and mention.scale == ONE and value < 1000:
            continue
        if size == 0 or abs(known) / lowest <= size <= abs(known) * _FACTOR:
            return scale
    return None


def _take(mention: Mention, earlier: Mention, scale: Decimal) -> None:
    if scale != ONE:
        for name in ("value", "low", "high"):
            number = getattr(mention, name)
            if number is not None:
                setattr(mention, name, EXACT.multiply(number, scale))
        mention.scale = scale
    mention.kind, mention.unit = earlier.kind, earlier.unit
    mention.rules.append("ellipsis.magnitude" if scale != ONE else "ellipsis.unit")
