"""Facts that follow from claims: rates, previous values, totals; and where nothing follows."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from extractor.facts import FactKind, derive
from extractor.pipeline import Pipeline

ARTICLE = Path(__file__).parent.parent.parent / "corpus" / "article_pechino.txt"


def facts(bundled: Pipeline, text: str, kind: FactKind) -> list[Decimal]:
    return [fact.value for fact in derive(text, bundled.extract(text)) if fact.kind is kind]


def test_the_article_s_five_conversions(bundled: Pipeline) -> None:
    text = ARTICLE.read_text(encoding="utf8")
    found = [fact for fact in derive(text, bundled.extract(text)) if fact.kind is FactKind.EXCHANGE_RATE]
    assert [str(fact.value) for fact in found] == ["7.28", "7.28", "7.27", "7.41", "7.31"]
    assert {fact.unit for fact in found} == {"CNY/USD"}
    assert all(len(fact.claims) == 2 for fact in found)


def test_the_article_s_total(bundled: Pipeline) -> None:
    text = ARTICLE.read_text(encoding="utf8")
    assert facts(bundled, text, FactKind.TOTAL) == [72]


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Il fatturato è salito del 25% a 15 miliardi di euro.", "12000000000"),
        ("I ricavi sono scesi del 20% a 800 milioni di euro.", "1000000000"),
        ("I ricavi sono cresciuti del 10 per cento, a 2,2 milioni di euro.", "2000000"),
        ("La società chiude con ricavi di 220 milioni di euro, in aumento del 10%.", "200000000"),
        ("La società chiude con ricavi di 220 milioni di euro (+10%).", "200000000"),
        ("L'utile è stato di 45 milioni di euro (-10% sul 2023).", "50000000"),
        ("Gli iscritti sono 330, con un aumento del 10%.", "300"),
        ("Il tasso è sceso di 0,3 punti percentuali al 6,2%.", "6.5"),
    ],
)
def test_value_before_a_change(bundled: Pipeline, text: str, before: str) -> None:
    assert facts(bundled, text, FactKind.PREVIOUS_VALUE) == [Decimal(before)]


@pytest.mark.parametrize(
    "text",
    [
        "I ricavi crescono del 5% e gli occupati sono 300.",
        "Il titolo sale del 2% mentre la rivale vale 3 miliardi di euro.",
        "La spesa è di 300 milioni di euro. In aumento del 5% anche i furti.",
        "Su 300 milioni di euro il 5% va ai Comuni.",
        "Il prezzo è sceso del 100% a 20 euro.",
    ],
)
def test_no_value_before_a_change(bundled: Pipeline, text: str) -> None:
    assert facts(bundled, text, FactKind.PREVIOUS_VALUE) == []


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("Nel distretto hanno sede 36 aziende, la metà del totale.", "72"),
        ("Gli stranieri sono 300 (il 20% del totale).", "1500"),
        ("Hanno votato in 50 (il 25% del totale).", "200"),
        ("I vini premiati sono 120, pari al 30% del totale.", "400"),
        ("Sono 90 le auto elettriche, un terzo del totale.", "270"),
    ],
)
def test_total_of_a_share(bundled: Pipeline, text: str, total: str) -> None:
    assert facts(bundled, text, FactKind.TOTAL) == [Decimal(total)]


@pytest.mark.parametrize(
    "text",
    ["Gli stranieri sono 300 e il 20% dei residenti è anziano.", "Sono 300, il 20% in più del 2023."],
)
def test_no_total(bundled: Pipeline, text: str) -> None:
    assert facts(bundled, text, FactKind.TOTAL) == []


def test_a_blurred_claim_makes_a_fact_that_is_not_exact(bundled: Pipeline) -> None:
    sharp, blurred = (
        derive(text, bundled.extract(text))
        for text in ("Vale 110 euro (120 dollari).", "Vale 110 euro (circa 120 dollari).")
    )
    assert [fact.exact for fact in sharp + blurred] == [True, False]
    assert [str(fact.value) for fact in sharp] == ["1.09"]
    assert sharp[0].unit == "USD/EUR"


def test_calculations_are_written_the_italian_way(bundled: Pipeline) -> None:
    text = "I ricavi salgono del 2,5% a 1,23 miliardi di euro. Vale 7.281 yuan (1.000 dollari)."
    assert [fact.working for fact in derive(text, bundled.extract(text))] == [
        "1,23 miliardi di euro / (1 + 2,5%) = 1.200.000.000 EUR",
        "7.281 yuan / 1.000 dollari = 7,281 CNY for 1 USD",
    ]
