from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import parse_quantity
from extractor.numerals.italian import italian_digits, italian_words


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [
        ("0", "0", "zero"),
        ("1000", "1.000", "mille"),
        ("2423", "2.423", "duemilaquattrocentoventitré"),
        ("23000", "23.000", "ventitremila"),
        ("1001003", "1.001.003", "un milione milletré"),
        ("108", "108", "centotto"),
        ("181", "181", "centottantuno"),
        ("-4.05", "−4,05", "meno quattro virgola zero cinque"),
        ("11.35", "11,35", "undici virgola trentacinque"),
        ("0.3333", "0,3333", "zero virgola tre tre tre tre"),
        ("4300000000000", "4.300.000.000.000", "quattromilatrecento miliardi"),
        ("1200000000", "1.200.000.000", "un miliardo duecento milioni"),
    ],
)
def test_digits_and_words(value: str, digits: str, words: str) -> None:
    assert italian_digits(Decimal(value)) == digits
    assert italian_words(Decimal(value)) == words


@pytest.mark.parametrize("value", ["1000000000000000", "0.1234567"])
def test_no_words_where_they_would_help_nobody(value: str) -> None:
    assert italian_words(Decimal(value)) is None


@given(st.integers(0, 10**15 - 1) | st.integers(0, 10**4) | st.integers(0, 1000).map(lambda n: n * 10**9))
def test_what_is_written_is_read_back(value: int) -> None:
    words = italian_words(Decimal(value))
    assert words is not None
    assert parse_quantity(words).value == value
    assert parse_quantity(italian_digits(Decimal(value))).value == value


def test_words_are_those_of_icu() -> None:
    icu = pytest.importorskip("icu", reason="PyICU is not installed")
    speller = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale("it"))
    for value in [*range(2000), 23_003, 108_881, 1_000_001, 21_000_000, 999_999_999]:
        expected = speller.format(value).replace("\u00ad", "")
        # ICU leaves out the accent of milletré
        assert (italian_words(Decimal(value)) or "").replace("é", "e") == expected.replace("é", "e"), value
