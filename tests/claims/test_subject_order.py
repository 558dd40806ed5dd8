"""Subjects that the order of words, a layout or an earlier figure tells: the rules alone, without any model."""

from __future__ import annotations

import pytest

from extractor.pipeline import load
from extractor.schema import Claim
from tests.claims.parsed import claims_of

_RULES = load("blank:it")


def _subjects(claims: list[Claim]) -> list[str | None]:
    return [claim.subject.text if claim.subject else None for claim in claims]


def _rule(claim: Claim) -> str:
    return next((rule.removeprefix("subject.") for rule in claim.rules if rule.startswith("subject.")), "")


@pytest.mark.parametrize(
    ("text", "subjects", "rule"),
    [
        ("Ada Conti, scrittrice, poetessa e traduttrice, è morta a 91 anni.", ["Ada Conti"], "over_apposition"),
        ("Il film, una storia di mafia, ha incassato 3 milioni di euro.", ["film"], "over_apposition"),
        ("Il vertice, che durerà a lungo, costa 3 milioni di euro.", ["vertice"], "over_apposition"),
        (
            "Banco alimentare, una rete di volontari in favore dei poveri, compie 30 anni.",
            ["Banco alimentare"],
            "of_age",
        ),
        ("Il soprano, allieva di Lina Rea, compie oggi 40 anni.", ["soprano"], "of_age"),
        ("Ugo Neri è nato a Lodi da contadini. Il 3 marzo avrebbe compiuto 90 anni.", ["Ugo Neri"], "of_age"),
        ("È morto Ivo Rea, storico e critico: aveva 78 anni.", ["Ivo Rea"], "of_age"),
        ("Nel crollo è morto Pino Loi di 23 anni di Nuoro.", ["Pino Loi"], "aged"),
        ("La vittima è Rosa Melis, 54 anni di Bosa.", ["Rosa Melis"], "aged"),
        ("Per i 30 anni di Emergency una festa in piazza.", ["Emergency"], "share"),
        ("Sono almeno 90.000 i senza tetto.", ["senza tetto"], "compound"),
        ("A Pisa sono 20.000 i fuori sede.", ["fuori sede"], "compound"),
        ("Il pugile ha messo a segno 120 su 300 colpi.", ["colpi", "colpi"], "counted"),
        ("Rea guida con 59 punti, seguito da Neri e Boi a quota 50, da Vitti a 49.", ["punti"] * 3, "followed"),
        ("In testa c'è Rea con 12 vittorie, seguita da Boi a 9 e da Neri a 7.", ["vittorie"] * 3, "followed"),
        ("Mosul, la seconda città del paese, 400 km a nord di Baghdad, è in festa.", ["Mosul"], "placed"),
        ("• Durata media del viaggio: 3,5 ore, in treno.", ["Durata media del viaggio"], "labelled"),
        ("Pendolari: 31% dei residenti.", ["Pendolari"], "label"),
        ("Ha vinto con un largo margine di voti: il 64%.", ["largo margine di voti"], "resumed"),
        ("In testa due titoli: +2,1% la Pirelli, a Milano.", ["titoli", "Pirelli"], "inverted"),
        ("Sale di tre decimi, al 7,5%, il tasso di inattività.", ["tasso di inattività"] * 2, "postponed"),
        ("A marzo le vendite di camper sono salite a 4,2 milioni di euro.", ["vendite di camper"], "adjacent"),
        ("Il comitato prevede un calo tra il 2 e il 4% entro l'anno.", ["calo"], "planned"),
        ("In ripresa il turismo, che ha chiuso in utile, con 3,1 miliardi.", ["turismo"], "opened"),
        (
            "Quattro anni al ragioniere della cooperativa, assolto il fratello.",
            ["ragioniere della cooperativa"],
            "assigned",
        ),
        ("Il dato segna una crescita del 9% su base annua nelle vendite.", ["vendite"], "changed_in"),
        ("Lecce, lavori al porto: 12 milioni per il nuovo molo", ["nuovo molo"], "assigned"),
        (
            "Voti: 28% Lega Blu (centro) 26% Patto Civico 11% Alleanza del Sud 9% altri",
            ["Lega Blu", "Patto Civico", "Alleanza del Sud", "altri"],
            "named_behind",
        ),
        ("Neri 34% Bianchi 25% Verdi 12%", ["Neri", "Bianchi", "Verdi"], "listed"),
        ("Hanno chiesto una cauzione, per una somma pari a 3 milioni di euro.", ["cauzione"], "compared"),
        ("Il vaccino è per i neonati sotto i 6 mesi di vita.", ["neonati"], "aged"),
        ("Fu liberato, dopo due giorni di carcere, con le scuse.", ["carcere"], "share"),
        ("L'uomo è stato condannato a 9 anni di carcere.", ["uomo"], "adjacent"),
        ("La gara è durata, in città, più di un'ora.", ["gara"], "clause"),
        ("Fu investita da una Punto guidata da Carlo Neri, di 30 anni.", ["Carlo Neri"], "aged"),
        ("L'ala ha giocato 131 delle 413 partite.", ["partite", "partite"], "counted"),
        ("Il Sud produce il 45% del pane.", ["pane"], "share"),
        ("L'uomo era stato rinchiuso nel carcere di Pisa per tre mesi.", ["uomo"], "clause"),
        ("Il comune ha firmato un contratto per tre anni.", ["contratto"], "before"),
        ("I danni sono, a parere dei legali, di 12 milioni di euro.", ["danni"], "clause"),
        ("La clinica ha vari locali, tre sale da visita e un bagno.", ["sale"], "counted"),
        ("Il titolo a quota 3 sale in Borsa.", ["titolo"], "clause"),
        ("Si è presentata una sola persona.", ["persona"], "counted"),
        ("La Calabria cambia: Neri oltre il 52 per cento, cala l'affluenza", ["Neri"], "listed"),
    ],
)
def test_word_order(text: str, subjects: list[str], rule: str) -> None:
    claims = _RULES.extract(text)
    assert _subjects(claims) == subjects
    assert _rule(claims[-1]) == rule


@pytest.mark.parametrize(
    ("text", "subject", "rule"),
    [
        ("I visitatori sono 58 mila, contro i 41 mila dello stesso mese del 2023.", "visitatori", "contrasted"),
        ("I visitatori sono saliti a 58 mila dai 41 mila di un anno fa.", "visitatori", "contrasted"),
        ("I giovani assunti sono 310 mila, quasi il doppio della media.", "giovani assunti", "apposed"),
        ("La diga è profonda 40 metri. Pesa oltre 12 tonnellate.", "diga", "dropped"),
        ("Le case vuote erano 800. Nel 2024 erano 950.", "case vuote", "dropped"),
        ("Gli stranieri sono 300. A Torino quaranta, a Cuneo meno di trenta.", "stranieri", "gapped"),
        ("I chioschi sono 90. Il Comune ne chiuderà in estate quaranta.", "chioschi", "part_carried"),
        ("Il grano sale del 3%, il mais perde l'1,2% a 215 euro.", "mais", "level"),
        ("Il gas sale a 32 euro al megawattora (+2,5%).", "gas", "bracket_carried"),
        ("Il crollo ha causato la morte di 15 operai e il ferimento di 28.", "operai", "event_carried"),
        ("Il crollo ha ucciso 16 operai, tra cui 3 donne, e ferito altri 58.", "operai", "others"),
        ("I blu hanno il 25% dei voti (131 seggi); i neri il 16% (82).", "seggi", "bracket_series"),
        ("Il centro ha segnato 28 punti, 22,8 di media.", "punti", "parallel"),
    ],
)
def test_taken_over(text: str, subject: str, rule: str) -> None:
    last = _RULES.extract(text)[-1]
    assert (last.subject.text if last.subject else None, _rule(last)) == (subject, rule)


def test_names_have_no_parts() -> None:
    claims = _RULES.extract("Le mele vendute sono 400. Verdi compie 60 anni. Il negozio ne butta via dieci.")
    assert _subjects(claims)[-1] == "mele vendute"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Secondo l'accusa, 1.500 euro al mese.", "accusa"),
        ("Costa 3 euro al litro.", "litro"),
        ("I voti sono 300, ma lunga è la via: sono 20 km.", "lunga"),
    ],
)
def test_what_is_no_subject(text: str, wrong: str) -> None:
    assert wrong not in _subjects(_RULES.extract(text))


def test_a_speaker_is_no_subject() -> None:
    text = "ADA: Quanto costa?\nUGO: Ottanta euro.\nADA: Tanto.\nUGO: Novanta euro con la posta."
    assert not {"ADA", "UGO"} & set(_subjects(_RULES.extract(text)))
    assert _subjects(_RULES.extract("ADA: 80 euro.")) == ["ADA"]


def test_empty_nouns_and_levels() -> None:
    assert _subjects(_RULES.extract("Gli iscritti sono calati di 12 mila unità.")) == ["iscritti"]
    assert _subjects(_RULES.extract("L'indice Star chiude a 48.120 punti.")) == ["indice Star"]


_TABLE = """Comune           Abitanti   Var. %   Reddito   2023
---------------------------------------------------
Lucca              89.200     -0,4      23.100 €    12
---------------------------------------------------
TOTALE            189.200     +0,2      21.700 €    14
"""


def test_table_of_blanks() -> None:
    claims = {claim.text: claim.subject.text for claim in _RULES.extract(_TABLE) if claim.subject}
    assert {key: claims.get(key) for key in ("89.200", "-0,4", "23.100 €", "189.200", "+0,2", "21.700 €")} == {
        "89.200": "Abitanti",
        "-0,4": "Abitanti",
        "23.100 €": "Reddito",
        "189.200": "Abitanti",
        "+0,2": "Abitanti",
        "21.700 €": "Reddito",
    }


@pytest.mark.parametrize(
    "table",
    [
        "Voce\t2023\t2024\nRicavi\t120 euro\t140 euro\n",
        "| Voce | 2023 | 2024 |\n|---|---|---|\n| Ricavi | 120 euro | 140 euro |\n",
    ],
    ids=["tabs", "bars"],
)
def test_rows_say_what_is_measured_where_columns_are_years(table: str) -> None:
    amounts = [claim for claim in _RULES.extract(table) if claim.unit == "EUR"]
    assert _subjects(amounts) == ["Ricavi", "Ricavi"]


def test_prose_with_two_blanks_is_no_table() -> None:
    text = "Era bello.  Poi venne la pioggia.\nCaddero 30 mm di acqua.  Poi basta.\n"
    assert all(_rule(claim) != "table" for claim in _RULES.extract(text))


@pytest.mark.parametrize(
    ("annotation", "subjects"),
    [
        pytest.param(
            "Enel/PROPN/nsubj/4 è/AUX/cop/4 la/DET/det/4 regina/NOUN/ROOT/0 del/ADP/case/6 listino/NOUN/nmod/4"
            " (/PUNCT/punct/8 +5,3/NUM/nmod/4 %/SYM/flat/8 )/PUNCT/punct/8 ./PUNCT/punct/4",
            ["Enel"],
            id="what a name is said to be",
        ),
        pytest.param(
            "Gli/DET/det/4 altri/ADJ/amod/4 sei/NUM/nummod/4 gruppi/NOUN/nsubj/9 ,/PUNCT/punct/4 insieme/ADV/advmod/4"
            " ,/PUNCT/punct/4 non/ADV/advmod/9 arrivano/VERB/ROOT/0 al/ADP/case/12 5/NUM/nummod/12 %/SYM/obl/9"
            " ./PUNCT/punct/9",
            ["gruppi", "sei gruppi"],
            id="a numeral inside the phrase",
        ),
        pytest.param(
            "Sale/VERB/ROOT/0 la/DET/det/3 sedia/NOUN/nsubj/1 che/PRON/nsubj/5 esce/VERB/acl:relcl/3"
            " dalla/ADP/case/7 fabbrica/NOUN/obl/5 a/ADP/case/10 65/NUM/nummod/10 euro/NOUN/nmod/7 ./PUNCT/punct/1",
            ["sedia"],
            id="a price attached to a place",
        ),
        pytest.param(
            "Su/ADP/case/3 base/NOUN/compound/3 annua/NOUN/obl/6 l'/DET/det/5 incremento/NOUN/nsubj/6"
            " arriva/VERB/ROOT/0 al/ADP/case/9 4/NUM/nummod/9 %/SYM/obl/6 ./PUNCT/punct/6",
            ["incremento"],
            id="a change as the subject",
        ),
        pytest.param(
            "La/DET/det/2 gara/NOUN/nsubj/4 è/AUX/aux/4 durata/VERB/ROOT/0 ,/PUNCT/punct/7 in/ADP/case/7"
            " città/NOUN/obl/4 ,/PUNCT/punct/10 due/NUM/nummod/10 ore/NOUN/nmod/7 ./PUNCT/punct/4",
            ["gara"],
            id="an aside before a length of time",
        ),
        pytest.param(
            "Nel/ADP/case/2 corso/NOUN/obl/7 di/ADP/case/5 4/NUM/nummod/5 anni/NOUN/nmod/2 si/PRON/expl/7"
            " ruppe/VERB/ROOT/0 il/DET/det/9 ponte/NOUN/nsubj/7 ./PUNCT/punct/7",
            ["ponte"],
            id="nel corso di",
        ),
        pytest.param(
            "Un/DET/det/2 milione/NOUN/nsubj/5 di/ADP/case/4 poveri/NOUN/nmod/2 ha/VERB/ROOT/0 65/NUM/nummod/7"
            " anni/NOUN/obj/5 ./PUNCT/punct/5",
            ["poveri", "poveri"],
            id="a magnitude as the subject",
        ),
        pytest.param(
            "Pomeriggio/NOUN/nsubj/5 ,/PUNCT/punct/5 il/DET/det/4 fiume/NOUN/nsubj/5 arrivò/VERB/ROOT/0"
            " a/ADP/case/8 3/NUM/nummod/8 metri/NOUN/obl/5 ./PUNCT/punct/5",
            ["fiume"],
            id="a bare noun of time taken for the subject",
        ),
    ],
)
def test_parses_made_by_hand(annotation: str, subjects: list[str]) -> None:
    assert _subjects(claims_of(annotation)) == subjects


def test_a_sum_is_of_the_subject_and_not_of_who_gets_it() -> None:
    annotation = (
        "La/DET/det/2 gara/NOUN/nsubj/4 ha/AUX/aux/4 fruttato/VERB/ROOT/0 al/ADP/case/6 vincitore/NOUN/obl/4"
        " 3/NUM/nummod/8 milioni/NOUN/nmod/6 di/ADP/case/10 euro/NOUN/nmod/8 ./PUNCT/punct/4"
    )
    assert _subjects(claims_of(annotation)) == ["gara"]
