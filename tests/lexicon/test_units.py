"""The unit table against UCUM and CLDR, and the checks that every table of units goes through."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from extractor.lexicon.loader import LexiconError, parse_table
from extractor.lexicon.units import PERCENTAGE_CODES, UnitEntry, currencies, read_entries, units

ALL = (*currencies(), *units())

# What CLDR calls a unit, and its code here. CLDR's long forms are names, its short ones symbols.
CLDR_UNITS = {
    "acceleration-meter-per-square-second": "m/s2",
    "area-square-kilometer": "km2",
    "area-hectare": "har",
    "area-square-meter": "m2",
    "area-square-centimeter": "cm2",
    "area-square-mile": "[mi_i]2",
    "area-acre": "[acr_us]",
    "area-square-foot": "[sft_i]",
    "area-square-inch": "[sin_i]",
    "concentr-milligram-ofglucose-per-deciliter": "mg/dL",
    "concentr-millimole-per-liter": "mmol/L",
    "concentr-permillion": "[ppm]",
    "consumption-liter-per-100-kilometer": "L/(100.km)",
    "digital-petabyte": "PBy",
    "digital-terabyte": "TBy",
    "digital-gigabyte": "GBy",
    "digital-megabyte": "MBy",
    "digital-kilobyte": "kBy",
    "duration-century": "a",
    "duration-week": "wk",
    "duration-hour": "h",
    "duration-minute": "min",
    "duration-second": "s",
    "duration-millisecond": "ms",
    "duration-microsecond": "us",
    "duration-nanosecond": "ns",
    "electric-ampere": "A",
    "electric-milliampere": "mA",
    "electric-ohm": "Ohm",
    "electric-volt": "V",
    "energy-kilocalorie": "kcal",
    "energy-calorie": "cal",
    "energy-kilojoule": "kJ",
    "energy-joule": "J",
    "energy-kilowatt-hour": "kW.h",
    "energy-electronvolt": "eV",
    "energy-british-thermal-unit": "[Btu]",
    "force-newton": "N",
    "frequency-gigahertz": "GHz",
    "frequency-megahertz": "MHz",
    "frequency-kilohertz": "kHz",
    "frequency-hertz": "Hz",
    "length-kilometer": "km",
    "length-meter": "m",
    "length-decimeter": "dm",
    "length-centimeter": "cm",
    "length-millimeter": "mm",
    "length-micrometer": "um",
    "length-nanometer": "nm",
    "length-mile": "[mi_i]",
    "length-yard": "[yd_i]",
    "length-foot": "[ft_i]",
    "length-inch": "[in_i]",
    "length-parsec": "pc",
    "length-light-year": "[ly]",
    "length-astronomical-unit": "AU",
    "length-nautical-mile": "[nmi_i]",
    "light-lux": "lx",
    "light-candela": "cd",
    "light-lumen": "lm",
    "mass-tonne": "t",
    "mass-kilogram": "kg",
    "mass-gram": "g",
    "mass-milligram": "mg",
    "mass-microgram": "ug",
    "mass-pound": "[lb_av]",
    "mass-ounce": "[oz_av]",
    "mass-ounce-troy": "[oz_tr]",
    "mass-carat": "[car_m]",
    "power-gigawatt": "GW",
    "power-megawatt": "MW",
    "power-kilowatt": "kW",
    "power-watt": "W",
    "power-milliwatt": "mW",
    "power-horsepower": "[HP]",
    "pressure-millimeter-ofhg": "mm[Hg]",
    "pressure-pound-force-per-square-inch": "[psi]",
    "pressure-millibar": "mbar",
    "pressure-atmosphere": "atm",
    "pressure-pascal": "Pa",
    "pressure-hectopascal": "hPa",
    "pressure-kilopascal": "kPa",
    "pressure-megapascal": "MPa",
    "speed-kilometer-per-hour": "km/h",
    "speed-meter-per-second": "m/s",
    "speed-mile-per-hour": "[mi_i]/h",
    "speed-knot": "[kn_i]",
    "temperature-celsius": "Cel",
    "temperature-fahrenheit": "[degF]",
    "temperature-kelvin": "K",
    "torque-newton-meter": "N.m",
    "volume-cubic-kilometer": "km3",
    "volume-cubic-meter": "m3",
    "volume-cubic-centimeter": "cm3",
    "volume-cubic-foot": "[cft_i]",
    "volume-hectoliter": "hL",
    "volume-liter": "L",
    "volume-deciliter": "dL",
    "volume-centiliter": "cL",
    "volume-milliliter": "mL",
    "volume-gallon": "[gal_us]",
    "volume-gallon-imperial": "[gal_br]",
    "volume-fluid-ounce": "[foz_us]",
    "volume-barrel": "[bbl]",
}
# Symbols of CLDR that Italian news does not use, or uses for something else.
CLDR_SYMBOLS_LEFT_OUT = {"ac", "in", "in²", "mi", "pc", "secc.", "sett.", "al", "kt", "gal imp.", "au"}


def by_name(name: str) -> UnitEntry:
    (entry,) = (e for e in units() if name in (*e.names, *e.weak_names, *e.per_names))
    return entry


def by_symbol(symbol: str) -> UnitEntry:
    (entry,) = (e for e in units() if symbol in (*e.symbols, *e.weak_symbols))
    return entry


def test_every_measure_has_a_ucum_code_or_says_that_it_has_none() -> None:
    ucumvert = pytest.importorskip("ucumvert", reason="ucumvert, the UCUM parser, is not installed")
    parser = ucumvert.get_ucum_parser()
    for entry in units():
        if entry.kind != "measure":
            continue
        try:
            parser.parse(entry.code)
            valid = True
        except Exception:  # lark's errors have no common base that ucumvert promises
            valid = False
        assert valid is entry.ucum, entry.code


def test_percentages_have_only_the_three_codes() -> None:
    assert {e.code for e in units() if e.kind == "percentage"} == PERCENTAGE_CODES


def test_there_are_the_units_that_news_uses() -> None:
    assert len({e.code for e in units() if e.kind == "measure"}) >= 150


@pytest.mark.parametrize("cldr_id", CLDR_UNITS)
def test_names_and_symbols_of_cldr_are_there(cldr_id: str) -> None:
    babel = pytest.importorskip("babel", reason="Babel, the CLDR data, is not installed")
    patterns: Any = babel.Locale("it")._data["unit_patterns"][cldr_id]
    code = CLDR_UNITS[cldr_id]
    rows_of_code = [e for e in units() if e.code == code]
    names = {n for e in rows_of_code for n in (*e.names, *e.weak_names, *e.per_names)}
    symbols = {s for e in rows_of_code for s in (*e.symbols, *e.weak_symbols)}
    for number in ("one", "other"):
        long = patterns["long"][number].replace("{0}", "").strip().replace("’", "'")
        assert long.lower() in names
    short = patterns["short"]["other"].replace("{0}", "").strip()
    if short not in CLDR_SYMBOLS_LEFT_OUT:
        assert short in symbols or short in names


@pytest.mark.parametrize(
    ("name", "code", "factor"),
    [
        ("per cento", "%", "1"),
        ("percento", "%", "1"),
        ("per mille", "%", "0.1"),
        ("punti percentuali", "pp", "1"),
        ("punto percentuale", "pp", "1"),
        ("decimi di punto percentuale", "pp", "0.1"),
        ("punti base", "bp", "1"),
        ("basis points", "bp", "1"),
        ("anni", "a", "1"),
        ("lustri", "a", "5"),
        ("decenni", "a", "10"),
        ("secolo", "a", "100"),
        ("millenni", "a", "1000"),
        ("semestri", "mo", "6"),
        ("settimane", "wk", "1"),
        ("giorni", "d", "1"),
        ("ore", "h", "1"),
        ("centesimi di secondo", "s", "0.01"),
        ("quintali", "dt", "1"),
        ("etti", "hg", "1"),
        ("chili", "kg", "1"),
        ("once", "[oz_av]", "1"),
        ("once troy", "[oz_tr]", "1"),
        ("metri quadri", "m2", "1"),
        ("ettari", "har", "1"),
        ("metri cubi", "m3", "1"),
        ("litri", "L", "1"),
        ("barili", "[bbl]", "1"),
        ("galloni", "[gal_us]", "1"),
        ("kilowattora", "kW.h", "1"),
        ("cavalli vapore", "[HP]", "1"),
        ("gradi", "Cel", "1"),
        ("gradi centigradi", "Cel", "1"),
        ("gradi fahrenheit", "[degF]", "1"),
        ("miglia nautiche", "[nmi_i]", "1"),
        ("chilometri orari", "km/h", "1"),
        ("chilometri all'ora", "km/h", "1"),
        ("nodi", "[kn_i]", "1"),
        ("teraflops", "TFLOP/s", "1"),
    ],
)
def test_what_a_name_is_worth(name: str, code: str, factor: str) -> None:
    entry = by_name(name)
    assert (entry.code, entry.factor) == (code, Decimal(factor))


@pytest.mark.parametrize(
    ("symbol", "code", "factor"),
    [
        ("%", "%", "1"),
        ("‰", "%", "0.1"),
        ("p.p.", "pp", "1"),
        ("bps", "bp", "1"),
        ("km", "km", "1"),
        ("Km", "km", "1"),
        ("kmq", "km2", "1"),
        ("mq", "m2", "1"),
        ("m²", "m2", "1"),
        ("m ²", "m2", "1"),
        ("mc", "m3", "1"),
        ("cc", "cm3", "1"),
        ("bcm", "m3", "1000000000"),
        ("kWh", "kW.h", "1"),
        ("Twh", "TW.h", "1"),
        ("mW", "mW", "1"),
        ("MW", "MW", "1"),
        ("CV", "[HP]", "1"),
        ("km/h", "km/h", "1"),
        ("Mbps", "Mbit/s", "1"),
        ("MB/s", "MBy/s", "1"),
        ("GB", "GBy", "1"),
        ("°C", "Cel", "1"),
        ("° celsius", "Cel", "1"),
        ("°", "Cel", "1"),
        ("°F", "[degF]", "1"),
        ("µg/m³", "ug/m3", "1"),
        ("μg/m³", "ug/m3", "1"),
        ("tep", "toe", "1"),
        ("TEU", "TEU", "1"),
    ],
)
def test_what_a_symbol_is_worth(symbol: str, code: str, factor: str) -> None:
    entry = by_symbol(symbol)
    assert (entry.code, entry.factor) == (code, Decimal(factor))


def test_degrees_alone_may_be_an_angle() -> None:
    for entry in (by_name("gradi"), by_symbol("°")):
        assert entry.angle_code == "deg"
        assert {"pendenza", "latitudine"} <= set(entry.angle_context)
        assert not set(entry.angle_context) & set(entry.context)
    assert by_name("gradi celsius").angle_code == ""


@pytest.mark.parametrize("symbol", ["l", "t", "g", "h", "s", "A", "W", "V", "K", "J", "N", "q", "ha", "°"])
def test_letters_and_words_are_weak_symbols(symbol: str) -> None:
    assert symbol in by_symbol(symbol).weak_symbols


@pytest.mark.parametrize("name", ["ora", "secondo", "cavalli", "bar", "nodi", "giga", "tesla", "candele", "are"])
def test_everyday_words_are_weak_names(name: str) -> None:
    assert name in by_name(name).weak_names


def test_a_per_phrase_is_told_apart_from_a_name() -> None:
    # The guideline keeps `all'ora` outside a span, but `orari` inside.
    speed = by_name("chilometri orari")
    assert "chilometri orari" in speed.names
    assert "chilometri all'ora" in speed.per_names
    for entry in ALL:
        for name in entry.names:
            assert not {"al", "all'ora", "al secondo"} & set(name.split()), name


def test_no_name_is_claimed_by_two_rows_of_either_table() -> None:
    names = [n for e in ALL for n in (*e.names, *e.weak_names, *e.per_names)]
    assert len(names) == len(set(names))


def test_no_symbol_is_claimed_by_two_rows_of_either_table() -> None:
    symbols = [s for e in ALL for s in (*e.symbols, *e.weak_symbols)]
    assert len(symbols) == len(set(symbols))
    prefixes = [s.casefold() for e in ALL for s in e.prefix_symbols]
    assert len(prefixes) == len(set(prefixes))


def test_names_do_not_clash_with_symbols_of_other_rows() -> None:
    owner = {n: e for e in ALL for n in (*e.names, *e.weak_names, *e.per_names)}
    clashes = {
        symbol
        for entry in ALL
        for symbol in (*entry.symbols, *entry.weak_symbols)
        if owner.get(symbol.lower(), entry) is not entry
    }
    assert clashes == {"SOL"}  # Solana's code, and Peru's sol: both weak


def test_names_are_words_in_lower_case() -> None:
    for entry in ALL:
        for name in (*entry.names, *entry.weak_names, *entry.per_names):
            assert name == name.lower()
            assert name[0].isalnum()


def test_factors_are_exact_and_above_nothing() -> None:
    assert all(isinstance(e.factor, Decimal) and e.factor > 0 for e in ALL)


def test_the_tables_are_read_once() -> None:
    assert currencies() is currencies()
    assert units() is units()


GOOD = '[[measure]]\ncode = "kg"\nnames = "chilo, chili"\n'


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ('[[measure]]\ncode = "g"\nnames = "Grammo"', "'names': 'Grammo' must be in lower case"),
        ('[[measure]]\ncode = "Cel"\nnames = "° celsius"', "must begin with a letter"),
        ('[[measure]]\ncode = ""\nnames = "grammo"', "'code': is empty"),
        ('[[measure]]\ncode = "g"', "no form to find it by"),
        ('[[measure]]\ncode = "kg"\nfactor = "0"\nnames = "grammo"', "'factor': must be above 0"),
        ('[[measure]]\ncode = "kg"\nfactor = "-1"\nnames = "grammo"', "'factor': must be above 0"),
        ('[[measure]]\ncode = "g"\nweak_names = "chilo"', r"'weak_names': 'chilo' stands already in .*row 1"),
        ('[[measure]]\ncode = "g"\nsymbols = "x"\nweak_symbols = "x"', "'weak_symbols': 'x' stands already"),
        ('[[measure]]\ncode = "Cel"\nnames = "grado"\nangle_code = "deg"', "goes together with"),
        ('[[measure]]\ncode = "g"\nnames = "grammo"\niso = true', "'iso': is unknown"),
        ('[[percentage]]\ncode = "‰"\nnames = "per mille"', "'code': must be one of %, bp, pp"),
        ('[[money]]\ncode = ""\nnames = "zecchino"', "'candidates': go with an empty code"),
        ('[[money]]\ncode = "EUR"\ncandidates = "USD"\nnames = "euro"', "'candidates': go with an"),
        (
            '[[money]]\ncode = "XXA"\nnames = "a"\nsigns = "A$"\n[[money]]\ncode = "XXB"\nnames = "b"\nsigns = "a$"',
            r"row 2, line 8.*'a\$' stands already in \[\[money\]\] row 1, line 4",
        ),
        ('[[unit]]\ncode = "g"', r"section \[unit\] is unknown"),
    ],
)
def test_a_wrong_row_is_an_error(more: str, message: str) -> None:
    assert [e.code for e in read_entries(parse_table(GOOD, "mine.toml"))] == ["kg"]
    with pytest.raises(LexiconError, match=rf"mine\.toml.*{message}"):
        read_entries(parse_table(f"{GOOD}{more}\n", "mine.toml"))
