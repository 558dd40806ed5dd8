"""Who says it: prepositions, verbs of saying, agents, quotations, headlines; and what is no source."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline


def sources(rules: Pipeline, text: str) -> list[str | None]:
    return [claim.attribution.text if claim.attribution else None for claim in rules.extract(text)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Secondo l'Istat i prezzi salgono del 5%.", "Istat"),
        ("Secondo Bankitalia i prezzi salgono del 5%.", "Bankitalia"),
        ("Secondo i dati del ministero i morti sono 12.", "ministero"),
        ("Stando alle ultime stime di Confindustria il Pil cresce dello 0,8%.", "Confindustria"),
        ("In base ai dati Istat i poveri sono 5 milioni.", "Istat"),
        ("Come riferito dalla polizia, i fermati sono 12.", "polizia"),
        ("I presenti, secondo gli organizzatori, erano 3.000.", "organizzatori"),
        ("Per l'Istat i prezzi salgono del 5%.", "Istat"),
        ("Istat: prezzi su del 5%", "Istat"),
        ("Il whitepaper afferma che le aziende sono 46.", "whitepaper"),
        ("La Banca d'Italia stima una crescita dello 0,8%.", "Banca d'Italia"),
        ("A Milano la questura ha detto che erano 3.000.", "questura"),
        ("Stime degli Stati Uniti affermano che i morti sono 300.", "Stati Uniti"),
        ("Mario Bianchi, presidente della cooperativa, prevede che i soci saranno 400.", "Mario Bianchi"),
        ("È stato calcolato dall'Onu un aumento del 57%.", "Onu"),
        ("I casi segnalati dalle Asl sono 300.", "Asl"),
        ("Sono 300 i feriti, riferisce la questura.", "questura"),
        ("«Abbiamo perso 300 posti», ha detto il sindaco Rossi.", "sindaco Rossi"),
        ("Dai dati Istat emerge che il 5% è povero.", "Istat"),
    ],
)
def test_source(text: str, source: str, rules: Pipeline) -> None:
    assert sources(rules, text) == [source]


@pytest.mark.parametrize(
    "text",
    [
        "È il secondo trimestre di calo: -3%.",
        "Nel secondo semestre l'utile è salito del 5%.",
        "Il piano prevede 300 assunzioni.",
        "In base alla popolazione si tagliano 13 Province.",
        "Il reddito denunciato dai contribuenti ammonta a 16mila euro.",
        "Per Milano servono 3 miliardi di euro.",
        "Milano: 3 feriti in un incidente",
    ],
)
def test_no_source(text: str, rules: Pipeline) -> None:
    assert set(sources(rules, text)) <= {None}


def test_without_che_a_source_governs_to_the_next_comma(rules: Pipeline) -> None:
    text = "L'Istat ha rilevato un aumento del 3%, i prezzi sono a 30 euro."
    assert sources(rules, text) == ["Istat", None]


def test_a_speaker_before_a_quotation_has_all_its_sentences(rules: Pipeline) -> None:
    text = "Il presidente Rossi ha spiegato: «Ci servono 30 milioni. Ne abbiamo 20 milioni». I soci sono 300."
    assert sources(rules, text) == ["presidente Rossi", "presidente Rossi", None]


def test_a_speaker_behind_a_quotation_has_all_its_sentences(rules: Pipeline) -> None:
    text = "Gli operai erano 900. «Abbiamo perso 300 posti. Ne perderemo altri 200», spiega Mario Bianchi."
    assert sources(rules, text) == [None, "Mario Bianchi", "Mario Bianchi"]


def test_a_sentence_that_takes_the_statement_up_keeps_the_source(rules: Pipeline) -> None:
    text = "Secondo la questura gli arrestati sono 30. La cifra è salita del 5%. I processi sono 12."
    assert sources(rules, text) == ["questura", "questura", None]


def test_a_report_named_behind_a_lead(rules: Pipeline) -> None:
    lead = "I soci sono saliti a 300."
    assert sources(rules, f"{lead} Il rapporto è stato diffuso ieri dalla cooperativa.") == ["rapporto"]
    assert sources(rules, f"{lead} La nota trimestrale è stata pubblicata ieri.") == ["nota"]
    assert sources(rules, f"{lead} Un rapporto è stato diffuso ieri.") == [None]
    assert sources(rules, f"{lead} Il gatto è stato presentato ieri.") == [None]
    assert sources(rules, f"{lead}\n\nIl rapporto è stato diffuso ieri.") == [None]
