"""Restatements, anaphors and carried subjects, over sentences."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline


@pytest.mark.parametrize(
    "text",
    [
        "L'accordo vale 20 milioni di sterline (circa 23 milioni di euro).",
        "Il riscatto è di 500 dollari, circa 460 euro.",
        "La pista è lunga 2 miglia (3,2 chilometri).",
        "Il fondo raccoglie 10 miliardi di yen (62 milioni di euro) in un mese.",
        "Il museo costa 20 miliardi di yen all'anno (circa 163 milioni di euro).",
        "L'oro vale 3.645 dollari l'oncia (3.095 euro).",
        "Una lampada costa 65 yuan, nove dollari, al mercato.",
        "I disoccupati sono calati di 59 mila unità, il 3,7% in meno.",
        "Gli astenuti sono 530 (0,84%).",
        "Chiede un premio di 30.000 dollari, pari a 27.000 euro.",
        "Avranno 12 sterline a settimana, equivalenti a 16 euro.",
        "Neri ha preso 42.490 voti (58,02%).",
        "Coprirà oltre il 10% del fabbisogno, ovvero circa 6.000 MW.",
        "Hanno risposto 1.200 famiglie, cioè il 46%.",
    ],
)
def test_a_restatement_points_at_what_it_restates(text: str, rules: Pipeline) -> None:
    first, second, *_ = rules.extract(text)
    assert second.same_as == first.claim_id
    assert first.same_as is None


def test_a_share_restates_the_part_and_not_the_whole(rules: Pipeline) -> None:
    part, whole, share = rules.extract("Ne ha vinte 30 su 40 partite, cioè il 75% del totale.")
    assert (whole.same_as, share.same_as) == (None, part.claim_id)


@pytest.mark.parametrize(
    "text",
    [
        "Eni vale 50 miliardi di euro (Enel 60 miliardi di euro).",
        "Sono 300 euro al mese e 20 dollari di mancia.",
        "Costa 30 dollari al barile, 28 euro al Nord.",
        "Gli iscritti sono 300 studenti (il 30% donne).",
    ],
)
def test_two_amounts_are_no_restatement(text: str, rules: Pipeline) -> None:
    assert [c.same_as for c in rules.extract(text)] == [None, None]


@pytest.mark.parametrize(
    ("text", "taken_up"),
    [
        ("Il fondo ha raccolto 3 milioni di euro. La cifra rappresenta un aumento del 12%.", 0),
        ("Gli iscritti sono 4.200. Il numero segna un calo del 3% sul 2023.", 0),
        ("Il museo vanta 94 sale, un numero che supera del 10% quello del Louvre.", 0),
        ("Costa 20 milioni di yuan (2,7 milioni di dollari). La somma è cresciuta del 5%.", 0),
    ],
)
def test_an_anaphor_takes_up_the_earlier_claim(text: str, taken_up: int, rules: Pipeline) -> None:
    claims = rules.extract(text)
    assert claims[-1].refers_to == claims[taken_up].claim_id


def test_an_age_behind_a_person_is_not_of_what_stands_before(rules: Pipeline) -> None:
    claims = rules.extract("Il mare è sceso di 60 centimetri. È morto ieri il maestro. Aveva 67 anni.")
    assert [claim.subject.text if claim.subject else None for claim in claims] == ["mare", None]


def test_an_anaphor_of_another_kind_does_not(rules: Pipeline) -> None:
    claims = rules.extract("La quota è del 30%. Il numero rappresenta un aumento del 5%.")
    assert claims[-1].refers_to is None
