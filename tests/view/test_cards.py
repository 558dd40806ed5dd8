"""What cards say, and in which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.io.article import Article
from extractor.lexicon.loader import load_table
from extractor.pipeline import Pipeline
from extractor.view import study, wording
from extractor.view.cards import Card, cards, derived, disagreements

CASES = Path(__file__).parent.parent / "cases"
TEXT = (
    "Secondo l'Istat i ricavi hanno superato i 3.000 miliardi di yuan (circa 412 miliardi di dollari) nel 2024. "
    "La cifra rappresenta un aumento del 12% su base annua. Gli arrestati sono 12 (7 uomini e 6 donne)."
)


@pytest.fixture(scope="module")
def made(bundled: Pipeline) -> list[Card]:
    return cards(study(bundled, Article("a", TEXT, "a.txt")), 2)


def rows(card: Card) -> dict[str, tuple[str | None, str | None]]:
    return {row.label: (row.quote, row.said) for row in card.rows}


def test_a_card_says_the_quantity_in_digits_and_words(made: list[Card]) -> None:
    first = made[0]
    assert (first.key, first.digits, first.words) == ("2-1", "3.000.000.000.000", "tremila miliardi")
    assert (first.unit_name, first.brief) == ("yuan", "more than 3.000.000.000.000 CNY")
    assert rows(first)["How exact"] == ("superato i", "more than")
    assert rows(first)["When"] == ("2024", None)
    assert rows(first)["Who says so"] == ("Istat", None)


def test_links_lead_both_ways(made: list[Card]) -> None:
    assert {link.label: link.key for link in made[0].links} == {"Said again as": "2-2", "Taken up by": "2-3"}
    assert {link.label: link.text for link in made[1].links} == {"Says again": "3.000 miliardi di yuan"}
    assert {link.label: link.key for link in made[2].links} == {"Is about": "2-1"}


def test_a_change_against_a_year_earlier(made: list[Card]) -> None:
    assert made[2].brief == ""  # 12% is what the text says already
    assert rows(made[2])["Change"] == ("aumento", "increase")
    assert rows(made[2])["Compared with"] == ("su base annua", "a year earlier")


def test_findings(bundled: Pipeline) -> None:
    read = study(bundled, Article("a", TEXT, "a.txt"))
    assert [each.headline for each in derived(read, 1)][:1] == ["about 7,28 CNY for 1 USD"]
    assert [[link.key for link in each.links] for each in disagreements(read, 1)] == [["1-4", "1-5", "1-6"]]


def test_ranges_and_values_without_words(rules: Pipeline) -> None:
    [card] = cards(study(rules, Article("a", "Costa tra 20 e 30 euro.", "a.txt")), 1)
    assert (card.digits, card.words, card.size) == ("20 – 30", "venti – trenta", "30")
    [card] = cards(study(rules, Article("a", "Vale 9.000.000.000.000.000 di euro.", "a.txt")), 1)
    assert card.words is None


def test_every_rule_that_the_cases_use_has_words(rules: Pipeline) -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(CASES.glob("*.txt")))
    used = {rule for line in text.splitlines() for claim in rules.extract(line) for rule in claim.rules}
    assert len(used) > 40
    assert [rule for rule in sorted(used) if wording.rule_in_words(rule) == rule] == []


def test_every_family_of_rules_has_words_for_all_and_each_row_is_a_sentence() -> None:
    for family, sentences in load_table("rules").items():
        assert "*" in sentences, family
        assert all(each.endswith((".", ":")) for each in sentences.values()), family


def test_units_have_names(rules: Pipeline) -> None:
    names = {
        claim.unit: wording.unit_name(claim)
        for claim in rules.extract("Pesa 3 kg, costa 4 dollari, corre a 100 km/h e sale del 3%; nel porto 5 Teu.")
    }
    assert names == {
        "kg": "chilogrammo", "USD": "dollaro", "km/h": "chilometro orario", "%": "per cent", "TEU": None,
    }  # fmt: skip
