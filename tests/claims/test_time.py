"""Which time applies to which quantity."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline
from tests.claims.parsed import claims_of


def times(rules: Pipeline, text: str) -> list[str | None]:
    return [claim.time.text if claim.time else None for claim in rules.extract(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # beside the quantity
        ("Il museo ha venduto 300 biglietti nel 2023.", ["2023"]),
        ("I biglietti venduti sono 300 (2023).", ["2023"]),
        ("Furono 44 i milioni raccolti nel 2023.", ["2023"]),
        ("Sono 200 mila le auto vendute nei primi nove mesi del 2023.", ["primi nove mesi del 2023"]),
        ("Il fondo ha 300 milioni di euro (350 milioni di dollari) raccolti nel 2023.", ["2023"] * 2),
        # before it in the clause
        ("Ora le scuole sono 300.", ["Ora"]),
        ("Alle 22 locali, i dati davano Rossi al 34%, Bianchi al 25% e Neri al 13%.", ["22 locali"] * 3),
        ("Nel 2023 il museo ha venduto 300 biglietti.", ["2023"]),
        ("Ieri a Parma sono state arrestate 12 persone.", ["Ieri"]),
        ("L'utile del 2023 è stato di 5 milioni di euro.", ["2023"]),
        ("A settembre i prezzi sono saliti dello 0,3%.", ["settembre"]),
        ("Al primo turno il sindaco ha avuto il 41% dei voti.", ["primo turno"]),
        ("Fatturato 2023: 5 milioni di euro.", ["2023"]),
        # each its own
        ("Le nascite sono passate da 500 mila nel 2010 a 380 mila nel 2023.", ["2010", "2023"]),
        ("I soci sono 300 oggi e saranno 900 nel 2030.", ["oggi", "2030"]),
        ("L'utile è di 5 milioni nel 2024, contro i 4 milioni del 2023.", ["2024", "2023"]),
        # shared
        ("Nel 2023 sono nati 300 vitelli, 200 agnelli e 40 puledri.", ["2023"] * 3),
        ("Nel 2011 il colera ha ucciso 180 persone, delle quali 90 bambini.", ["2011"] * 2),
        ("Dal 2019 la mensa serve 400 pasti, che valgono 2.000 euro.", ["2019"] * 2),
        ("L'incendio del 2014, che ha ucciso 30 persone, è stato doloso.", ["2014"]),
        ("Nel 2023 è cresciuta la Puglia (+4%), seguita dal Molise (+3%).", ["2023"] * 2),
        # kept in a clause or a bracket
        ("Ha diretto 300 concerti, come racconta il libro uscito a maggio.", [None]),
        ("Ha avuto 2 figli con il pittore Rossi (nato a Bari nel 1871).", [None]),
        ("Il fondo ha 300 soci, mentre nel 2019 era vuoto.", [None]),
        # lengths, ages, extents, what is given
        ("Ieri è morto un uomo di 34 anni.", [None]),
        ("Lunedì il tribunale ha inflitto una pena di 5 anni.", [None]),
        ("Nel 2019 hanno demolito un muro alto 12 metri.", [None]),
        ("Ieri si è svolto il vertice tra i 27 Paesi.", [None]),
        ("Nel 2019 il muro era alto 12 metri.", ["2019"]),
        ("Ieri è bruciato un palazzo di 6 piani.", [None]),
        ("Ieri è fuggita una banda di 6 persone.", ["Ieri"]),
        ("Ieri hanno votato 153 soci su 300.", ["Ieri", None]),
        ("Ieri hanno votato 153 soci su un totale di 300.", ["Ieri", None]),
        ("Nel 2019 il nonno aveva 80 anni.", ["2019"]),
        ("Domani il nonno compirà 80 anni.", ["Domani"]),
        ("Il nonno ha festeggiato ieri i suoi 100 anni.", ["ieri"]),
        # studies
        ("Secondo uno studio condotto nel 2009, la lana è il 44% della spesa.", ["2009"]),
        ("Stando a una ricerca svolta nel maggio 2018 su molti comuni, la lana è il 12% della spesa.", ["maggio 2018"]),
        # word order
        ("Scoppiano, nei due giorni successivi, altre 4 liti.", ["due giorni successivi"]),
        ("Neri durante il suo mandato (2015-2019) avrebbe assunto 500 persone.", ["2015-2019"]),
        ("La legge è passata ieri con 153 voti su 300, con 146 contrari.", ["ieri", None, "ieri"]),
        ("Le liti contro la giunta attualmente in carica hanno causato 4 feriti.", [None]),
        # rounds and days off
        ("Neri segna 28 punti in finale.", ["finale"]),
        ("28 punti in finale, 38 in semifinale.", ["finale", "semifinale"]),
        ("Al ballottaggio Neri ha preso il 52% dei voti.", ["ballottaggio"]),
        ("La finale ha 3 milioni di spettatori.", [None]),
        ("Nel week end sono arrivati 300 turisti.", ["week end"]),
        ("Le piante, in quel periodo, erano 70.", ["quel periodo"]),
        ("A quel tempo il paese contava 3.000 abitanti.", ["quel tempo"]),
        ("Alle 10 e 30 circa tremila persone hanno lasciato il corteo.", ["10 e 30"]),
        ("Il bilancio si aggrava giorno dopo giorno: 300 sfollati.", [None]),
        # what is compared with
        ("Il prezzo è salito del 5% rispetto al 2019.", [None]),
        ("Nel 2023 il prezzo è salito del 5% sul 2019.", ["2023"]),
        # what is none
        ("Il biglietto costa 3 euro l'ora.", [None]),
        ("Per ora le scuole sono 300.", [None]),
        ("Manca un'ora al voto: i seggi sono 300.", [None, None]),
        ("La legge 104 del 1992 dà 3 giorni al mese.", [None]),
    ],
)
def test_time(text: str, expected: list[str | None], rules: Pipeline) -> None:
    assert times(rules, text) == expected


def test_a_list_in_brackets_has_the_time_of_the_sentence_before(rules: Pipeline) -> None:
    text = "Nel 2006 gli abitanti sono aumentati di 74 mila. Prima è Bari (+16 mila), poi Lecce (+7 mila)."
    assert times(rules, text) == ["2006"] * 3
    assert times(rules, "Nel 2006 gli abitanti sono aumentati di 74 mila. I medici sono 300.") == ["2006", None]


def test_what_is_said_of_a_figure_has_its_time(rules: Pipeline) -> None:
    text = "Nel 2019 i soci erano 300. Il numero rappresenta la metà degli iscritti."
    assert times(rules, text) == ["2019"] * 2


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        pytest.param(
            "Nel/ADP/case/2 2023/NUM/obl/5 il/DET/det/4 museo/NOUN/nsubj/5 vende/VERB/ROOT/0 300/NUM/nummod/7"
            " biglietti/NOUN/obj/5 ./PUNCT/punct/5",
            ["2023"],
            id="same clause",
        ),
        pytest.param(
            "Ha/AUX/aux/2 scritto/VERB/ROOT/0 2/NUM/nummod/4 libri/NOUN/obj/2 con/ADP/case/6 Bianchi/PROPN/obl/2"
            " ,/PUNCT/punct/9 che/PRON/nsubj/9 morì/VERB/acl:relcl/6 nel/ADP/case/11 1998/NUM/obl/9 ./PUNCT/punct/2",
            [None],
            id="relative clause of something else",
        ),
        pytest.param(
            "Nel/ADP/case/2 2019/NUM/obl/3 visitò/VERB/ROOT/0 una/DET/det/5 città/NOUN/obj/3 che/PRON/nsubj/7"
            " conta/VERB/acl:relcl/5 300/NUM/nummod/9 abitanti/NOUN/obj/7 ./PUNCT/punct/3",
            [None],
            id="into a relative clause",
        ),
        pytest.param(
            "Nel/ADP/case/2 2019/NUM/obl/4 è/AUX/aux/4 cresciuta/VERB/ROOT/0 con/ADP/case/7 una/DET/det/7"
            " città/NOUN/obl/4 che/PRON/nsubj/9 ospita/VERB/acl:relcl/7"
            " 300/NUM/nummod/11 imprese/NOUN/obj/9 ./PUNCT/punct/4",
            ["2019"],
            id="into what accompanies the clause",
        ),
        pytest.param(
            "Oggi/ADV/advmod/2 restano/VERB/ROOT/0 20/NUM/nummod/4 sedi/NOUN/nsubj/2 che/PRON/nsubj:pass/8"
            " erano/AUX/aux/8 inizialmente/ADV/advmod/8 chiuse/VERB/acl:relcl/4 ./PUNCT/punct/2",
            ["Oggi"],
            id="the main clause's before that of what is counted",
        ),
        pytest.param(
            "Restano/VERB/ROOT/0 20/NUM/nummod/3 sedi/NOUN/nsubj/1 che/PRON/nsubj:pass/6 erano/AUX/aux/6"
            " chiuse/VERB/acl:relcl/3 nel/ADP/case/8 2019/NUM/obl/6 ./PUNCT/punct/1",
            ["2019"],
            id="a relative clause of what is counted",
        ),
        pytest.param(
            "Comprò/VERB/ROOT/0 2/NUM/nummod/3 case/NOUN/obj/1 e/CCONJ/cc/5 morì/VERB/conj/1 nel/ADP/case/7"
            " 1998/NUM/obl/5 ./PUNCT/punct/1",
            [None],
            id="coordinated clause behind",
        ),
        pytest.param(
            "Nel/ADP/case/2 1998/NUM/obl/3 morì/VERB/ROOT/0 e/CCONJ/cc/5 lasciò/VERB/conj/3 2/NUM/nummod/7"
            " case/NOUN/obj/5 ./PUNCT/punct/3",
            ["1998"],
            id="coordinated clause before",
        ),
        pytest.param(
            "Nel/ADP/case/2 2015/NUM/obl/4 ricavi/NOUN/nsubj/4 salirono/VERB/ROOT/0 raggiungendo/VERB/advcl/4"
            " 221/NUM/nummod/7 milioni/NOUN/obj/5 ./PUNCT/punct/4",
            ["2015"],
            id="gerund",
        ),
        pytest.param(
            "Ieri/ADV/advmod/3 hanno/AUX/aux/3 sparato/VERB/ROOT/0 per/ADP/mark/5 vendicare/VERB/advcl/3"
            " 3/NUM/nummod/7 soldati/NOUN/obj/5 ./PUNCT/punct/3",
            [None],
            id="purpose",
        ),
        pytest.param(
            "Due/NUM/nummod/2 ordigni/NOUN/nsubj:pass/5 sono/AUX/aux/5 stati/AUX/aux:pass/5 fatti/VERB/ROOT/0"
            " esplodere/VERB/ccomp/5 ieri/ADV/advmod/6 ./PUNCT/punct/5",
            ["ieri"],
            id="one verb with fare",
        ),
        pytest.param(
            "L'/DET/det/2 utile/NOUN/nsubj/7 del/ADP/case/4 2023/NUM/nmod/2 è/AUX/cop/7 5/NUM/nummod/7"
            " milioni/NOUN/ROOT/0 ./PUNCT/punct/7",
            ["2023"],
            id="time of the subject",
        ),
    ],
)
def test_time_on_parses_made_by_hand(annotation: str, expected: list[str | None]) -> None:
    assert [claim.time.text if claim.time else None for claim in claims_of(annotation)] == expected


def test_the_day_of_the_text_gives_values(rules: Pipeline) -> None:
    text = "Ieri i prezzi sono saliti del 5% rispetto a maggio."
    (claim,) = rules.extract(text, date="10 settembre 2024")
    assert claim.time is not None
    assert claim.baseline is not None
    assert (claim.time.value, claim.baseline.value) == ("2024-09-09", "2024-05")
    (claim,) = rules.extract(text)
    assert claim.time is not None
    assert claim.baseline is not None
    assert (claim.time.value, claim.baseline.value) == (None, None)
    with pytest.raises(ValueError, match="not a day in full"):
        rules.extract(text, date="ieri")


def test_the_day_of_each_document(rules: Pipeline) -> None:
    documents = [{"id": "a", "text": "Ieri 3 morti.", "date": "2024-09-10"}, {"id": "b", "text": "Ieri 3 morti."}]
    found = [claim.time.value for claims in rules.extract_many(documents) for claim in claims if claim.time]
    assert found == ["2024-09-09", None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the ends of a stretch, a day and its hour
        ("Tra il marzo 2019 e il maggio 2021 il museo ha venduto 300 biglietti.", ["marzo 2019 e il maggio 2021"]),
        ("Lunedì alle 15 i votanti erano 300.", ["Lunedì alle 15"]),
        ("Da gennaio a marzo i nati sono stati 300.", ["gennaio a marzo"]),
        # the day on which a piece of news was written, the name of a contract
        ("Roma, 14 gen. - I feriti sono 300.", [None]),
        ("Il grano per consegna marzo sale del 3%.", [None]),
        # the next quantity's own
        ("Le domande sono scese a 231 dalle 264 della settimana precedente.", [None, "settimana precedente"]),
        # when something was said
        ("«Ci servono 300 metri di tubo», ha detto ieri il sindaco.", [None]),
        # the two ends of a stretch, each of the level that it has
        ("Tra il 2012 e il 2020 la quota è passata dal 4,9% all'8,3%.", ["2012", "2020"]),
        ("Dal 2015 al 2023 i soci sono scesi da 400 a 300.", ["2015", "2023"]),
        ("Tra il 2012 e il 2020 i soci sono saliti del 5%.", ["2012 e il 2020"]),
        ("Dal 2001 a oggi il Comune ha emesso 600 ordinanze.", ["2001 a oggi"]),
        # the hours and days around that of the text, and those that it has named
        ("La tempesta colpisce in queste ore la costa con onde di 5 metri.", ["queste ore"]),
        ("La squadra ha già vinto in passato 3 coppe.", ["in passato"]),
        ("I dipendenti erano all'epoca 400.", ["all'epoca"]),
        ("Tra pochi giorni il museo aprirà 12 sale.", ["Tra pochi giorni"]),
        ("Rogo nella notte in un capannone: tre feriti.", ["notte"]),
        ("Alle 22:10 locali i votanti erano 300.", ["22:10 locali"]),
        ("Oggi, alle 22.07 CEST, una scossa di magnitudo 4,1 ha colpito la zona.", ["Oggi, alle 22.07 CEST"]),
        # late is no time, nor is a year of birth
        ("Alza all'ultimo minuto il prezzo a 7 euro.", [None]),
        ("Corre un solo fantino, Andrea Neri, classe 1983.", [None]),
        # an age that somebody had when it happened, against how long a sentence is
        ("È morto domenica 28 novembre in Florida all'età di 84 anni.", ["domenica 28 novembre"]),
        ("Salì al trono a 42 anni, il 30 aprile 1980.", ["30 aprile 1980"]),
        ("È stato condannato a 9 anni di carcere per il disastro del 2009.", [None]),
        # how long the sentences passed on a day are
        ("Sono stati condannati nel luglio 2017 il sindaco (2 anni) e il tesoriere.", ["luglio 2017"]),
        # a thing known by its day, and a habit
        ("I morti sono due nella rivolta di lunedì.", ["lunedì"]),
        ("Di lunedì i visitatori sono 300.", [None]),
        # what a relative clause in brackets tells of those counted
        ("Nel 2017 hanno licenziato 5 persone (di cui tre dirigenti).", ["2017", "2017"]),
        # taken up again
        ("Nel 1995 ci fu un attentato: allora vi furono 12 morti.", ["1995"]),
        ("Allora i soci erano 300.", ["Allora"]),
    ],
)
def test_stretches_and_what_is_no_time_of_a_quantity(text: str, expected: list[str | None], rules: Pipeline) -> None:
    assert times(rules, text) == expected


def test_a_time_put_first_holds_for_the_next_sentence(rules: Pipeline) -> None:
    text = "A ottobre i soci sono saliti a 300. Scende del 3% il debito. Le pecore erano 40."
    assert times(rules, text) == ["ottobre", "ottobre", None]
    assert times(rules, "A ottobre i soci sono saliti a 300.\n\nScende del 3% il debito.") == ["ottobre", None]
    assert times(rules, "A ottobre i soci sono saliti a 300. Il debito salirà del 3%.") == ["ottobre", None]


def test_the_rows_of_a_table_have_the_time_of_its_heading(rules: Pipeline) -> None:
    table = "Posti venduti nel 2023, variazione sul 2019\n\nTeatro    300 posti    +4%\nCinema    200 posti    -3%"
    assert times(rules, table) == ["2023"] * 4
    assert times(rules, table.replace("2019", "2019.")) == [None] * 4
