"""The currency table against ISO 4217 and CLDR, and the meaning of names that news leaves bare."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from extractor.lexicon.units import UnitEntry, currencies

# Codes that no text gives an amount in: metals, funds, settlement and test codes.
_NOT_IN_NEWS = """BOV CHE CHW COU MXV USN UYI UYW VED XAD XAG XAU XBA XBB XBC XBD XPD XPT XSU XTS XUA XXX"""
NOT_IN_NEWS = set(_NOT_IN_NEWS.split())

# Forms of CLDR that are not Italian, or tell a currency apart by its years.
CLDR_NOT_ITALIAN = {
    "dinara serbi",
    "corona forte cecoslovacca",
    "ostmark della germania orientale",
    "dinaro noviy yugoslavo",
}


@pytest.fixture(scope="module")
def current_iso() -> set[str]:
    pycountry = pytest.importorskip("pycountry", reason="pycountry, the ISO 4217 list, is not installed")
    return {currency.alpha_3 for currency in pycountry.currencies}


@pytest.fixture(scope="module")
def cldr() -> Any:
    babel = pytest.importorskip("babel", reason="Babel, the CLDR data, is not installed")
    return babel.Locale("it")


def by_name(name: str, *, weak: bool = False) -> UnitEntry:
    (entry,) = (e for e in currencies() if name in (e.weak_names if weak else e.names))
    return entry


def forms_of(code: str) -> set[str]:
    return {form for e in currencies() if e.code == code for form in (*e.names, *e.weak_names)}


def test_every_row_is_money_above_nothing() -> None:
    for entry in currencies():
        assert entry.kind == "money"
        assert entry.factor > 0
        assert entry.names or entry.weak_names


def test_current_currencies_are_those_of_iso_4217(current_iso: set[str]) -> None:
    listed = {e.code for e in currencies() if e.iso and e.code and not e.historic}
    assert listed == current_iso - NOT_IN_NEWS


def test_historic_currencies_are_known_but_not_current(current_iso: set[str], cldr: Any) -> None:
    from babel.numbers import list_currencies

    historic = {e.code for e in currencies() if e.historic}
    assert not historic & current_iso
    assert historic <= list_currencies()
    assert {"ITL", "DEM", "FRF", "ESP", "ATS", "FIM", "GRD", "PTE", "NLG", "BEF", "IEP", "XEU"} <= historic


def test_crypto_assets_are_marked_as_not_iso(current_iso: set[str], cldr: Any) -> None:
    from babel.numbers import list_currencies

    for entry in currencies():
        if not entry.iso:
            assert entry.code not in current_iso | list_currencies()


def test_the_names_of_cldr_are_all_there(cldr: Any) -> None:
    compared = 0
    for code in {e.code for e in currencies() if e.iso and e.code}:
        plurals = cldr._data["currency_names_plural"].get(code, {}).values()
        for form in (cldr.currencies.get(code), *plurals):
            form = form and form.lower().replace("’", "'")
            if not form or form in CLDR_NOT_ITALIAN or form.endswith(")"):
                continue
            compared += 1
            assert form in forms_of(code), f"{code}: {form}"
    assert compared > 300


def test_the_symbols_of_cldr_are_all_there(cldr: Any) -> None:
    # CFA francs share one sign; `Cg.` is also centigrams and a surname's initials.
    left_out = {"XAF", "XOF", "XCG"}
    for code in {e.code for e in currencies() if e.iso and e.code} - left_out:
        sign = cldr.currency_symbols.get(code, code)
        if sign == code:
            continue
        mine = {s for e in currencies() if e.code == code for s in e.symbols}
        assert sign in mine, f"{code}: {sign}"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("euro", "EUR"),
        ("dollari", "USD"),
        ("dollari usa", "USD"),
        ("dollari statunitensi", "USD"),
        ("dollari canadesi", "CAD"),
        ("dollari di hong kong", "HKD"),
        ("dollari taiwanesi", "TWD"),
        ("sterline", "GBP"),
        ("sterline egiziane", "EGP"),
        ("franchi", "CHF"),
        ("franchi svizzeri", "CHF"),
        ("franchi francesi", "FRF"),
        ("lire", "ITL"),
        ("lire turche", "TRY"),
        ("yuan", "CNY"),
        ("renminbi", "CNY"),
        ("yen", "JPY"),
        ("won", "KRW"),
        ("rupie", "INR"),
        ("rubli", "RUB"),
        ("reais", "BRL"),
        ("riyal", "SAR"),
        ("rial sauditi", "SAR"),
        ("corone svedesi", "SEK"),
        ("corone ceche", "CZK"),
        ("scellini", "ATS"),
        ("scellini kenioti", "KES"),
        ("pesetas", "ESP"),
        ("dracme", "GRD"),
        ("fiorini olandesi", "NLG"),
        ("marchi finlandesi", "FIM"),
        ("ecu", "XEU"),
        ("bitcoin", "BTC"),
    ],
)
def test_what_a_name_means(name: str, code: str) -> None:
    entry = by_name(name)
    assert (entry.code, entry.factor) == (code, Decimal(1))


@pytest.mark.parametrize(
    ("name", "code", "factor", "any_currency"),
    [
        ("centesimi", "EUR", "0.01", True),
        ("cent", "EUR", "0.01", True),
        ("centesimi di euro", "EUR", "0.01", False),
        ("centesimi di dollaro", "USD", "0.01", False),
        ("pence", "GBP", "0.01", False),
        ("penny", "GBP", "0.01", False),
        ("copechi", "RUB", "0.01", False),
        ("satoshi", "BTC", "0.00000001", False),
    ],
)
def test_minor_units(name: str, code: str, factor: str, any_currency: bool) -> None:
    entry = by_name(name)
    assert (entry.code, entry.factor, entry.any_currency) == (code, Decimal(factor), any_currency)


@pytest.mark.parametrize(
    ("name", "weak", "some"),
    [
        ("corone", True, {"SEK", "NOK", "DKK", "CZK"}),
        ("pesos", False, {"MXN", "ARS", "CLP", "COP"}),
        ("dinari", False, {"RSD", "DZD", "TND"}),
        ("dirham", False, {"AED", "MAD"}),
        ("rial", False, {"IRR", "OMR"}),
    ],
)
def test_names_that_several_currencies_share_name_none(name: str, weak: bool, some: set[str]) -> None:
    entry = by_name(name, weak=weak)
    assert entry.code == ""
    assert some <= set(entry.candidates)


def test_candidates_are_currencies_of_the_table() -> None:
    codes = {e.code for e in currencies()}
    for entry in currencies():
        assert set(entry.candidates) <= codes
        assert bool(entry.candidates) is (entry.code == "")


@pytest.mark.parametrize(
    "name", ["marchi", "marco", "leva", "lei", "boliviani", "afghani", "peso", "pesi", "corona", "sol"]
)
def test_everyday_words_are_weak(name: str) -> None:
    assert by_name(name, weak=True).kind == "money"


@pytest.mark.parametrize(
    ("sign", "code"),
    [
        ("€", "EUR"),
        ("EUR", "EUR"),
        ("$", "USD"),
        ("US$", "USD"),
        ("U$S", "USD"),
        ("USD", "USD"),
        ("A$", "AUD"),
        ("C$", "CAD"),
        ("HK$", "HKD"),
        ("NZ$", "NZD"),
        ("S$", "SGD"),
        ("R$", "BRL"),
        ("MXN$", "MXN"),
        ("AUD$", "AUD"),
        ("NZD$", "NZD"),
        ("£", "GBP"),
        ("¥", "JPY"),
        ("CNY", "CNY"),
        ("RMB", "CNY"),
        ("CHF", "CHF"),
        ("Fr.", "CHF"),
        ("₽", "RUB"),
        ("₹", "INR"),
    ],
)
def test_signs_before_the_number(sign: str, code: str) -> None:
    (entry,) = (e for e in currencies() if sign in e.prefix_symbols)
    assert entry.code == code


def test_a_sign_of_either_side_stands_after_the_number_in_the_usual_cases() -> None:
    (euro,) = (e for e in currencies() if e.code == "EUR" and e.factor == 1)
    assert {"€", "EUR", "eur", "Eur"} <= set(euro.symbols)


def test_codes_that_are_words_or_acronyms_never_stand_before_the_number() -> None:
    # `COP 29`, `TOP 10`, `CUP 2024`, `SOS 118`, `DOP 300`: a conference, a list, a trophy.
    ambiguous = {"COP", "TOP", "CUP", "SOS", "DOP", "ALL", "TRY", "MAD", "PEN", "MOP", "GIP", "NIS", "IRR"}
    before = {sign.upper() for e in currencies() for sign in e.prefix_symbols}
    after = {symbol.upper() for e in currencies() for symbol in e.symbols}
    assert not ambiguous & (before | after)
