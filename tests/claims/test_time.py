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
        # in a relative behind a comma: told of somebody else
        ("Hanno deposto tre vicini, tra cui Neri, che aveva visto l'auto il 26 novembre.", [None]),
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
        # parts of a day, zones, stretches, events of a day, sentences passed
        ("Questa mattina la questura ha sequestrato 12 furgoni.", ["Questa mattina"]),
        ("In queste ore i vigili stanno salvando 300 turisti.", ["queste ore"]),
        ("Due tende sono state bruciate questa notte a Bari.", ["questa notte"]),
        ("In questi giorni il lago ospita 40 gare.", ["questi giorni"]),
        ("Nel tardo pomeriggio sono arrivati 80 soci.", ["tardo pomeriggio"]),
        ("Nel primo pomeriggio il porto contava 14 navi ferme.", ["primo pomeriggio"]),
        ("In passato la squadra ha perso 3 finali.", ["passato"]),
        ("L'assedio è finito alle 22.07 CEST con 4 feriti.", ["22.07 CEST"]),
        ("Alle ore 15.41 locali la protezione civile contava 14 dispersi.", ["ore 15.41 locali"]),
        ("Alle 3:34 ora locale sono morte 47 persone.", ["3:34 ora locale"]),
        ("Il sindaco è morto domenica 28 novembre a Torino all'età di 84 anni.", ["domenica 28 novembre"]),
        ("Ieri è stato fermato un uomo di 34 anni.", [None]),
        ("Il comune ha chiuso il parco per 5 giorni tra il 24 e il 29 agosto 2020.", ["24 e il 29 agosto 2020"]),
        ("La galleria resterà chiusa 3 settimane dal 2 al 23 marzo.", ["2 al 23 marzo"]),
        ("Uno dei due feriti nella rivolta di lunedì è grave.", ["lunedì"]),
        ("Tra i 14 morti nell'incendio di sabato ci sono 3 bambini.", ["sabato"] * 2),
        ("Le 9 vittime della strage di Bologna del 2011 erano operai.", ["2011"]),
        (
            "Al referendum del 1946 vinse la repubblica (12 milioni di voti) sulla monarchia (10 milioni di voti).",
            ["1946"] * 2,
        ),
        (
            "A luglio 2017 fu condannato Neri (2 anni), con altri 5 soci (di cui tre periti e due geometri).",
            ["luglio 2017"] * 4,
        ),
        ("Ieri sono stati premiati Rossi (40 punti), Neri (38 punti) e altri 6 ciclisti.", ["Ieri"] * 3),
        # each end of a stretch to its level
        (
            "La quota di prestiti è raddoppiata tra il 1980 e il 2006, prima della crisi, passando dal 4,9% all'8,3%.",
            ["1980 e il 2006", "1980", "2006"],
        ),
        ("Tra il 2010 e il 2020 i soci sono passati da 300 a 450.", ["2010", "2020"]),
        ("Dal 2015 al 2022 la bolletta è salita da 90 a 140 euro.", ["2015", "2022"]),
        ("I vigili sono scesi da 2.400 a 1.900 tra il 2018 e il 2023.", ["2018", "2023"]),
        ("Il tasso è passato dal 3% del 2010 al 5% nel 2020.", ["2010", "2020"]),
        ("Tra gennaio e marzo il prezzo del latte è sceso da 42 a 38 centesimi.", ["gennaio", "marzo"]),
        ("Nel periodo 2019-2023 gli iscritti sono passati da 12 mila a 9 mila.", ["2019", "2023"]),
        ("Tra il 2010 e il 2020 sono stati aperti 30 negozi.", ["2010 e il 2020"]),
        ("Nel 2020 i soci sono passati da 300 a 450.", ["2020"] * 2),
        # what is told of a thing or of a name and not of what happens
        ("Il portiere firma fino al 2019 con uno stipendio annuo di 3 milioni di euro.", [None]),
        ("Neri ha rinnovato il contratto fino al 2027: prenderà 2 milioni a stagione.", [None]),
        ("L'accordo prorogato sino a giugno prevede un premio di 500 euro.", [None]),
        ("Fino al 2019 il museo aveva 300 soci.", ["2019"]),
        ("La mostra resta aperta fino a giugno con 40 quadri.", ["giugno"]),
        ("Un solo fantino, Andrea Sini, classe 1983, è al debutto.", [None]),
        ("In squadra ci sono 4 portieri, tutti della leva 2001.", [None]),
        ("Nella grotta hanno trovato anfore, circa 200 pezzi, datate al III secolo.", [None]),
        ("Il museo espone 12 monete risalenti al 1420.", [None]),
        ("La tomba, databile al 1300, contiene 3 scheletri.", [None]),
        ("La squadra pareggia all'ultimo minuto e resta a 40 punti.", [None]),
        ("Nell'ultimo minuto sono entrati 3 gol.", ["ultimo minuto"]),
        ("Ha scritto due delle opere che sono ora riconosciute come capolavori.", [None]),
        ("La chiesa ospita 3 quadri oggi attribuiti a Giotto.", [None]),
        ("Nel 1623 Neri e Bianchi, due amici e colleghi, pubblicarono il libro.", [None]),
        ("Nel 1904 i fratelli Sini, tre fabbri di Nuoro, aprirono una bottega.", [None]),
        ("Lunedì Marta Neri, una delle 9 candidate della lista, ha lasciato il partito.", [None]),
        ("Nel 2019 Rossi aprì due scuole, tre asili e una mensa.", ["2019"] * 2),
        ("Martedì la delegazione è arrivata a Kirkuk, 250 km a nord di Baghdad.", [None]),
        ("Nel 2019 il circo si fermò a Nardò, 25 chilometri da Lecce.", [None]),
        ("Ieri la squadra ha corso 12 chilometri.", ["Ieri"]),
        ("In ospedale arrivano 60 malati al giorno e il colera ha ucciso 180 persone nel 2011.", [None, "2011"]),
        # a clause with dove goes on with the story; centuries
        ("Nel 1816 Balzac entrò alla Sorbona, dove studiò con tre maestri.", ["1816"]),
        ("Nel 2019 Neri si trasferì a Lecce, dove aprì due negozi.", ["2019"]),
        ("Ieri il corteo ha raggiunto la piazza, dove la polizia ha fermato 12 persone.", ["Ieri"]),
        ("Nel 1944 la brigata scese a valle, dove perse 14 uomini.", ["1944"]),
        ("Lunedì la nave è entrata in porto, dove sono sbarcati 300 turisti.", ["Lunedì"]),
        ("Nel 2010 si trasferì a Bari, dove vive con tre figli.", [None]),
        ("Nel 2015 Neri ha aperto uno studio a Parma, dove lavorano 40 grafici.", [None]),
        ("Nel 1871 nacque a Nuoro, dove ci sono 4 teatri.", [None]),
        ("Nel 2021 il coro ha cantato a Praga, dove vinse 2 premi.", ["2021"]),
        ("Il sindaco ha fatto demolire 3 case nel 2019.", ["2019"]),
        ("Le due navi sono state fatte rientrare lunedì.", [None]),
        ("Nel vii secolo il monaco contava 80 libri.", ["vii secolo"]),
        ("Le 12 statue, scolpite tra il V e il VI secolo, sono intatte.", [None]),
        ("Nella grotta hanno trovato 200 pezzi, datati al III-IV secolo.", [None]),
        ("Mercoledì sono arrivati a Nardò, la città del patrono, 25 km a nord di Gallipoli.", [None]),
        # a thing's beginning, hours of a part of the day, centuries by their hundreds
        ("Fondata nel 1921, l'azienda dà lavoro a 300 persone.", [None]),
        ("Il teatro, inaugurato nel 1890, ha 600 posti.", [None]),
        ("L'accordo, firmato a marzo, prevede 300 assunzioni.", [None]),
        ("Nato nel 1950, il pittore lascia 40 quadri.", [None]),
        ("Nel 1950 sono state varate 30 navi.", ["1950"]),
        ("Le navi varate nel 1950 furono 30.", ["1950"]),
        ("Alle 9 del mattino in piazza c'erano già 400 persone.", ["9 del mattino"]),
        ("Alle 8 di sera i feriti erano 14.", ["8 di sera"]),
        ("Poco dopo le 22 è crollato un muro: 3 feriti.", ["22"]),
        ("Verso le 18.30 sono arrivati 40 vigili.", ["18.30"]),
        ("Prima delle 7 erano in coda 300 persone.", ["7"]),
        ("All'epoca gli operai erano 800.", ["epoca"]),
        ("Gli iscritti all'epoca erano 40.", ["epoca"]),
        ("Nel Seicento la città contava 40 mila abitanti.", ["Seicento"]),
        ("Nell'Ottocento il borgo aveva 3 mulini.", ["Ottocento"]),
        ("Il palazzo del Seicento ha 40 stanze.", [None]),
        ("Dopo il 2009 sono state costruite 300 case.", ["2009"]),
        # records since a time, estimates of a time, stretches behind a length
        ("La banca ha alzato i tassi per la prima volta da luglio, portandoli al 4%.", [None]),
        ("Il titolo è ai massimi dal 2021 e vale 12 euro.", [None]),
        ("L'indice, ai minimi da marzo, perde 40 punti.", [None]),
        ("La lira ha perso 300 punti ed è ai minimi dal 1976.", [None]),
        ("Il lago ha perso un decimo dell'acqua in due anni, tra il 2022 e il 2023.", ["2022 e il 2023"] * 2),
        ("Nel 1972 si stima che in Africa vi fossero 81 milioni di poveri.", ["1972"]),
        ("A Roma nel 1600 si calcola che vivessero 100 mila persone.", ["1600"]),
        ("Nel 2050 si prevede che la città avrà 3 milioni di abitanti.", ["2050"]),
        # parts of a named day
        ("Nella tarda serata di domenica sono bruciati 2 capannoni.", ["tarda serata di domenica"]),
        ("La sera del 4 agosto sono morte 85 persone.", ["sera del 4 agosto"]),
        ("Nella mattinata di lunedì 12 operai hanno scioperato.", ["mattinata di lunedì"]),
        ("Nella notte del 3 maggio sono crollate 14 case.", ["notte del 3 maggio"]),
        ("Nella notte tra venerdì e sabato sono bruciati 2 bar.", ["venerdì e sabato"]),
        ("Nei giorni scorsi sono state multate 30 auto.", ["giorni scorsi"]),
        ("Nelle settimane scorse sono sbarcati 400 migranti.", ["settimane scorse"]),
        ("Negli ultimi vent'anni il paese ha perso 1.200 abitanti.", ["ultimi vent'anni"]),
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
        ("La squadra ha già vinto in passato 3 coppe.", ["passato"]),
        ("I dipendenti erano all'epoca 400.", ["epoca"]),
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
