"""Number words: an independent speller writes them, the parser reads them back."""

from __future__ import annotations

import random

import pytest

from extractor import parse_quantity
from extractor.numerals.words import cardinal, denominator, elided_cardinal

_UNITS = (
    *("zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "undici", "dodici"),
    *("tredici", "quattordici", "quindici", "sedici", "diciassette", "diciotto", "diciannove"),
)
_TENS = ("-", "-", "venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta")


def spell(number: int) -> str:
    """Spell a number below a million as one word, as the grammar prescribes."""
    if number < 20:
        return _UNITS[number]
    if number < 100:
        ten, unit = divmod(number, 10)
        stem = _TENS[ten][:-1] if unit in (1, 8) else _TENS[ten]
        return stem + ("tré" if unit == 3 else _UNITS[unit] if unit else "")
    if number < 1000:
        hundred, rest = divmod(number, 100)
        return ("" if hundred == 1 else _UNITS[hundred]) + "cento" + (_accented(rest) if rest else "")
    thousand, rest = divmod(number, 1000)
    head = "mille" if thousand == 1 else spell(thousand).replace("tré", "tre") + "mila"
    return head + (_accented(rest) if rest else "")


def _accented(rest: int) -> str:
    return "tré" if rest == 3 else spell(rest)


def test_every_number_below_a_million() -> None:
    assert [n for n in range(1_000_000) if cardinal(spell(n)) != n] == []


def spell_long(number: int) -> str:
    """Spell a number below 10^18, its magnitudes as separate words."""
    parts = []
    for exponent, one, many in (
        (15, "biliardo", "biliardi"),
        (12, "bilione", "bilioni"),
        (9, "miliardo", "miliardi"),
        (6, "milione", "milioni"),
    ):
        count, number = divmod(number, 10**exponent)
        if count:
            parts.append(f"un {one}" if count == 1 else f"{spell(count)} {many}")
    if number or not parts:
        parts.append(spell(number))
    return " ".join(parts)


def test_long_numbers_by_sample() -> None:
    source = random.Random(7)
    for _ in range(1500):
        number = source.randrange(10 ** source.randrange(1, 19))
        assert parse_quantity(spell_long(number)).value == number, spell_long(number)


def test_icu_agrees() -> None:
    icu = pytest.importorskip("icu", reason="PyICU is not installed: the second speller is missing")
    spelled = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale("it"))
    words = (spelled.format(number).replace("\u00ad", "") for number in range(1_000_000))
    assert [number for number, word in enumerate(words) if cardinal(word) != number] == []
    source = random.Random(11)
    for _ in range(1500):
        # PyICU hands numbers over as doubles, which are exact to 15 digits
        number = source.randrange(10 ** source.randrange(7, 16))
        assert parse_quantity(spelled.format(number).replace("\u00ad", "")).value == number


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("trentatre", 33), ("trentatré", 33), ("centottanta", 180), ("centoottanta", 180), ("ventun", 21),
        ("ventuno", 21), ("duecentomila", 200_000), ("milleuno", 1001), ("quindicimilacinquecento", 15_500),
    ],
)  # fmt: skip
def test_spellings(word: str, value: int) -> None:
    assert cardinal(word) == value


@pytest.mark.parametrize("word", ["treno", "centro", "settembre", "unomila", "mila", "duemilamila", ""])
def test_other_words(word: str) -> None:
    assert cardinal(word) is None


def test_elided_and_ordinals() -> None:
    assert elided_cardinal("trent") == 30
    assert elided_cardinal("cent") == 100
    assert denominator("ventitreesimo") == 23
    assert denominator("terzi") == 3
    assert denominator("centesimi") is None
