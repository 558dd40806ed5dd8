"""How a quantity is meant: as a fact, a forecast, an aim, a case, or denied; and where words of modality end."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline
from tests.claims.parsed import claims_of


def modalities(rules: Pipeline, text: str) -> list[str]:
    return [str(claim.modality) for claim in rules.extract(text)]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        # forecasts
        ("Il Pil dovrebbe crescere dello 0,8%.", "forecast"),
        ("I visitatori saranno 300.", "forecast"),
        ("L'azienda prevede che i ricavi saliranno del 5%.", "forecast"),
        ("Per il 2031 è prevista una crescita dell'1,2%.", "forecast"),
        ("Si attendono 40.000 tifosi.", "forecast"),
        ("I sindacati chiedono che siano assunti 300 operai.", "target"),
        ("Il ministro si chiede dove siano i 3 milioni di euro.", "asserted"),
        ("Il comune ha come obiettivo la costruzione di 300 alloggi.", "target"),
        ("La popolazione è destinata a calare del 12%.", "forecast"),
        ("L'anno prossimo il costo raddoppierà.", "forecast"),
        ("Nel porto sono attese 12 navi.", "forecast"),
        ("Fino a 300 operai verranno assunti.", "forecast"),
        ("I bookmaker davano la vittoria dei blu al 40%.", "forecast"),
        # what is needed is no aim
        ("Per un giro completo ci vogliono 90 minuti.", "asserted"),
        # aims
        ("Il governo punta a 300 assunzioni.", "target"),
        ("Il piano di rilancio prevede 300 assunzioni.", "target"),
        ("Il consorzio ha già chiesto un invaso da 300 metri cubi.", "target"),
        ("Il piano prevede di costruire 40 case.", "target"),
        ("La società vuole aprire 20 negozi.", "target"),
        ("L'obiettivo è di 300 nuovi soci.", "target"),
        ("Siamo lontani dall'obiettivo di 1,5 gradi.", "target"),
        ("L'impresa ha deciso di chiudere 14 filiali.", "target"),
        ("Vogliamo assumere 30 medici.", "target"),
        # cases
        ("Se il prezzo salisse del 5% venderemmo.", "hypothetical"),
        ("Il prezzo potrebbe salire del 5%.", "hypothetical"),
        ("In caso di vendita lo Stato incassa 3 miliardi di euro.", "hypothetical"),
        ("Il nuovo ponte costerebbe 3 miliardi di euro.", "hypothetical"),
        ("La legge comporterebbe 1.800 licenziamenti.", "hypothetical"),
        ("In quel caso la spesa triplicherebbe.", "hypothetical"),
        ("L'ateneo rischia di perdere 20 milioni di euro.", "hypothetical"),
        ("Ieri il pittore avrebbe compiuto 90 anni.", "hypothetical"),
        # denials
        ("Non ci sono 200 posti.", "negated"),
        ("Non erano 40 persone.", "negated"),
        ("Il ministro smentisce che i morti siano 30.", "negated"),
        ("Non è possibile che la ditta abbia assunto 300 operai.", "negated"),
        ("È impensabile che la squadra possa pagare 5 milioni di euro.", "negated"),
        ("Non è vero che gli iscritti siano 4.000.", "negated"),
        ("Non risulta che siano stati versati 20.000 euro.", "negated"),
        ("Nessuno crede che i posti siano 300.", "negated"),
        ("Il ministro esclude un aumento dell'Iva al 23%.", "negated"),
        # what did not happen, and what is hearsay
        ("Gli esuberi, bloccati da un accordo che avrebbe fermato tutto per 20 giorni, sono sospesi.", "hypothetical"),
        ("Senza la diga l'acqua avrebbe coperto 300 ettari di campi.", "hypothetical"),
        ("Con un voto in più la legge avrebbe avuto 161 sì.", "hypothetical"),
        ("Nel caso peggiore i morti sarebbero 1.000.", "hypothetical"),
        ("Se la tregua fosse saltata, i profughi sarebbero stati 3 milioni.", "hypothetical"),
        ("Il patto ha evitato uno sciopero che avrebbe fermato 300 treni.", "hypothetical"),
        ("Secondo i testimoni gli aggressori sarebbero stati 12.", "asserted"),
        ("I ladri avrebbero portato via 40 quadri.", "asserted"),
        # conditions
        ("La multa sale a 500 euro in caso di recidiva.", "hypothetical"),
        ("In caso di pioggia il biglietto costa 5 euro.", "hypothetical"),
        ("Il sindaco non esclude un rincaro del 20%.", "hypothetical"),
        ("Si teme un possibile aumento del 10% delle bollette.", "hypothetical"),
        ("«Chiuderemo l'anno con 40 milioni di euro di ricavi», dice il presidente.", "forecast"),
        ("Il ministro ha promesso 500 milioni di euro ai comuni.", "target"),
        ("La squadra punta ai 70 punti in classifica.", "target"),
        ("Obiettivo: 300 nuovi alberi entro la primavera.", "target"),
        ("L'Unione propone un taglio del 55% delle emissioni.", "target"),
        ("Con un altro pareggio il distacco sarebbe di 9 punti.", "hypothetical"),
        ("La perdita, se confermata, sarebbe di 3 milioni di euro.", "hypothetical"),
        ("Non si esclude un rinvio di 2 settimane.", "hypothetical"),
        ("Ieri i carabinieri hanno chiesto aiuto a 12 speleologi.", "asserted"),
        # a span that is known, and clauses of their own
        ("Al termine dei 6 mesi il questore sarà trasferito.", "asserted"),
        ("Scaduti i 30 giorni l'impresa dovrà lasciare il cantiere.", "asserted"),
        ("Il vertice, che durerà a lungo, riunisce 40 ministri.", "asserted"),
        ("Il piano, che dovrebbe partire a maggio, è costato 3 milioni di euro.", "asserted"),
        ("Una coppia potrebbe aprire un conto e guadagnare 300 euro.", "hypothetical"),
        # facts
        ("I visitatori sono 300.", "asserted"),
        ("Anche se il prezzo è salito del 5% le vendite tengono.", "asserted"),
        ("Se ne sono andati in 300.", "asserted"),
        ("È come se avesse 20 anni.", "asserted"),
        ("Dopo una lunga attesa sono arrivate 12 navi.", "asserted"),
        ("Le multe previste dalla legge sono di 500 euro.", "asserted"),
        ("Il debito ammonterebbe a 3 milioni di euro.", "asserted"),
        ("A molti verrebbe da ridere: i soci sono 3.", "asserted"),
        ("L'indagato avrebbe rubato 3 auto.", "asserted"),
        ("L'indagato avrebbe compiuto 3 furti.", "asserted"),
        ("I sondaggi davano Neri al 30%.", "asserted"),
        ("Al via ci sarà il sette volte campione Ugo Neri.", "asserted"),
        ("Ada Conti (9 anni) canterà a Pisa.", "asserted"),
        ("Ugo Rea, 11 anni, canterà a Pisa.", "asserted"),
        ("Voglio presentarvi 6 soluzioni.", "asserted"),
        ("Il sindaco vuole ricordare i suoi 3 impegni.", "asserted"),
        ("Sfilano in piazza, ove erano passati 6.800 soldati.", "asserted"),
    ],
)
def test_modality(text: str, modality: str, rules: Pipeline) -> None:
    assert modalities(rules, text) == [modality]


def test_the_level_that_a_move_leaves_is_given(rules: Pipeline) -> None:
    text = "La tassa salirà da 5 euro a 8 euro."
    assert modalities(rules, text) == ["asserted", "forecast"]


def test_a_definite_count_is_given_but_a_level_is_not(rules: Pipeline) -> None:
    assert modalities(rules, "Aprirà le sedi delle 20 società.") == ["asserted"]
    assert modalities(rules, "Il circolo raggiungerà i 300 soci.") == ["forecast"]


def test_a_clause_of_its_own_is_not_reached(rules: Pipeline) -> None:
    text = "Il comune assumerà 30 vigili, mentre la provincia ha 400 dipendenti."
    assert modalities(rules, text) == ["forecast", "asserted"]
    text = "Oggi i soci sono 300; nel 2040 saranno 900."
    assert modalities(rules, text) == ["asserted", "forecast"]


def test_a_condition_reaches_what_stands_before_it_and_no_other_item(rules: Pipeline) -> None:
    text = "Lo stipendio è di 2 milioni di euro (più 10% in caso di promozione, 3.000 euro a gol)."
    assert modalities(rules, text) == ["asserted", "hypothetical", "asserted"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il freddo ha toccato punte non di 10 gradi, ma di 20 gradi.", ["negated", "asserted"]),
        ("Non si tratta di 40 euro, ma di 60 euro.", ["negated", "asserted"]),
        ("Gli iscritti sono 58 e non 85.", ["asserted", "negated"]),
        ("Il bilancio è passato senza un solo voto contrario.", ["negated"]),
        ("Hanno vinto senza nemmeno 3 cambi.", ["negated"]),
        ("Hanno vinto senza 3 titolari.", ["asserted"]),
        ("In sala non c'è un solo posto.", ["negated"]),
        ("Il biglietto costa 12 euro, non 20 euro.", ["asserted", "negated"]),
        ("Il biglietto costa 12 euro, non più di 20 euro.", ["asserted", "asserted"]),
    ],
)
def test_what_is_set_against_another_figure_is_denied(text: str, expected: list[str], rules: Pipeline) -> None:
    assert modalities(rules, text) == expected


def test_a_verb_behind_a_conjunction_begins_a_clause_of_its_own(rules: Pipeline) -> None:
    assert modalities(rules, "L'azienda assumerà 30 operai e oggi ne conta 400.") == ["forecast", "asserted"]
    assert modalities(rules, "Il circolo ha 300 soci e ne avrà 500 nel 2030.") == ["asserted", "forecast"]


def test_a_length_of_time_behind_a_place_is_no_age(rules: Pipeline) -> None:
    assert modalities(rules, "La gara durerà, a Pisa, 3 anni, poi basta.") == ["forecast"]
    assert modalities(rules, "Sarà due volte campione.") == ["forecast"]


def test_a_bracket_keeps_its_words(rules: Pipeline) -> None:
    text = "I soci sono 300 (saranno 900 nel 2040) e pagano 20 euro."
    assert modalities(rules, text) == ["asserted", "forecast", "asserted"]


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        pytest.param(
            "Il/DET/det/2 costo/NOUN/nsubj/6 previsto/ADJ/amod/2 è/AUX/cop/6 di/ADP/case/6 30/NUM/ROOT/0"
            " euro/NOUN/nmod/6 ./PUNCT/punct/6",
            ["forecast"],
            id="beside the subject of a copula",
        ),
        pytest.param(
            "Le/DET/det/2 spese/NOUN/nsubj/4 previste/ADJ/amod/2 superano/VERB/ROOT/0 i/DET/det/7 30/NUM/nummod/7"
            " euro/NOUN/obj/4 ./PUNCT/punct/4",
            ["asserted"],
            id="beside the subject of another verb",
        ),
        pytest.param(
            "L'/DET/det/2 azienda/NOUN/nsubj/3 prevede/VERB/ROOT/0 una/DET/det/5 perdita/NOUN/obj/3"
            " di/ADP/case/8 30/NUM/nummod/8 milioni/NOUN/nmod/5 di/ADP/case/10 euro/NOUN/nmod/8 ./PUNCT/punct/3",
            ["forecast"],
            id="object of the verb",
        ),
        pytest.param(
            "L'/DET/det/2 obiettivo/NOUN/nsubj/5 è/AUX/cop/5 di/ADP/case/5 300/NUM/ROOT/0 ./PUNCT/punct/5",
            ["target"],
            id="subject of the copula",
        ),
        pytest.param(
            "Il/DET/det/2 museo/NOUN/nsubj/9 ,/PUNCT/punct/6 che/PRON/nsubj/6 ha/AUX/aux/6 avuto/VERB/acl:relcl/2"
            " 400/NUM/nummod/8 visitatori/NOUN/obj/6 aprirà/VERB/ROOT/0 20/NUM/nummod/11 sale/NOUN/obj/9"
            " ./PUNCT/punct/9",
            ["asserted", "forecast"],
            id="relative clause",
        ),
        pytest.param(
            "I/DET/det/2 soci/NOUN/nsubj/3 pagano/VERB/ROOT/0 20/NUM/nummod/5 euro/NOUN/obj/3 e/CCONJ/cc/7"
            " dovrebbero/AUX/aux/8 versare/VERB/conj/3 30/NUM/nummod/10 euro/NOUN/obj/8 ./PUNCT/punct/3",
            ["asserted", "forecast"],
            id="coordinated clause with an auxiliary of its own",
        ),
        pytest.param(
            "Se/SCONJ/mark/3 prezzi/NOUN/nsubj/3 salgono/VERB/advcl/7 del/ADP/case/6 5/NUM/nummod/6 %/SYM/obl/3"
            " vendiamo/VERB/ROOT/0 ./PUNCT/punct/7",
            ["hypothetical"],
            id="conditional clause",
        ),
        pytest.param(
            "Tre/NUM/nummod/2 comitati/NOUN/nsubj/4 hanno/AUX/aux/4 chiesto/VERB/ROOT/0 un/DET/det/6 rinvio/NOUN/obj/4"
            " di/ADP/case/9 4/NUM/nummod/9 giorni/NOUN/nmod/6 ./PUNCT/punct/4",
            ["asserted", "target"],
            id="the subject of what is wanted",
        ),
        pytest.param(
            "Si/PRON/expl:impers/2 teme/VERB/ROOT/0 un/DET/det/5 possibile/ADJ/amod/5 aumento/NOUN/obj/2"
            " del/ADP/case/8 10/NUM/nummod/8 %/SYM/nmod/5 ./PUNCT/punct/2",
            ["hypothetical"],
            id="an adjective beside the noun",
        ),
    ],
)
def test_modality_on_parses_made_by_hand(annotation: str, expected: list[str]) -> None:
    assert [str(claim.modality) for claim in claims_of(annotation)] == expected


def test_who_is_meant_is_given() -> None:
    annotation = (
        "Chi/PRON/nsubj/2 guadagna/VERB/csubj/6 3.000/NUM/nummod/4 euro/NOUN/obj/2 ,/PUNCT/punct/6 pagherà/VERB/ROOT/0"
        " 300/NUM/nummod/8 euro/NOUN/obj/6 ./PUNCT/punct/6"
    )
    assert [str(claim.modality) for claim in claims_of(annotation)] == ["asserted", "forecast"]


@pytest.mark.parametrize(("article", "expected"), [("il", "asserted"), ("un", "forecast")])
def test_a_participle_behind_what_is_known_tells_a_fact(article: str, expected: str) -> None:
    annotation = (
        f"Roma/PROPN/nsubj/2 venderà/VERB/ROOT/0 {article}/DET/det/4 ponte/NOUN/obj/2 ,/PUNCT/punct/6"
        " pagato/VERB/acl/4 300/NUM/nummod/8 euro/NOUN/obj/6 ./PUNCT/punct/2"
    )
    forms = {4: "Gender=Masc|Number=Sing", 6: "Gender=Masc|Number=Sing|VerbForm=Part"}
    assert [str(claim.modality) for claim in claims_of(annotation, forms)] == [expected]
