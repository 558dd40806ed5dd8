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
        (
            "Ada Conti e Ugo Neri dell'Università di Pisa dimostrano che la spesa è salita del 3%.",
            "Ada Conti e Ugo Neri",
        ),
        (
            "Ada Conti, Ugo Neri e Ivo Rea del Politecnico di Bari stimano che i posti siano 300.",
            "Ada Conti, Ugo Neri e Ivo Rea",
        ),
        ("Il capo della polizia di Pisa, Ugo Neri, ha affermato che i fermati sono 12.", "Ugo Neri"),
        ("Il presidente della Camera di Commercio di Lodi, Aldo Rho, stima che le imprese siano 4.000.", "Aldo Rho"),
        ("Il portavoce dell'Onu a Ginevra, Ivo Sassi, ha detto che gli sfollati sono 30.000.", "Ivo Sassi"),
        ("Le spiagge erose, denuncia Legambiente, sono 300.", "Legambiente"),
        ("I cani abbandonati sono 400, conferma l'Enpa.", "Enpa"),
        ("Per le stime sono almeno 300 i disoccupati.", "stime"),
        ("Secondo l'azienda torneranno al lavoro 30 operai.", "azienda"),
        ("Secondo la procura mancano 4 milioni di euro.", "procura"),
        ("Secondo la questura sfilavano 3.000 persone.", "questura"),
        ("Gli alloggi segnalati dal Comune e confermati ieri sono 40.", "Comune"),
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
        ("Il piano prevede 300 assunzioni.", "piano"),
        ("I ragionieri replicano che i debiti sono 300 milioni di euro.", "ragionieri"),
        ("Il catasto ne conta 900.", "catasto"),
        ("A marzo le stesse associazioni ne prevedevano 44.", "associazioni"),
        ("La Lega ambulanti parla di 300 banchi vuoti.", "Lega ambulanti"),
        ("I vini, calcola la Cantina sociale, sono 300.", "Cantina sociale"),
        ("I 300 milioni annunciati nel 2021 da Fonderie Rossi non ci sono.", "Fonderie Rossi"),
        ("I dati diffusi ieri dalla Regione mostrano un calo del 3%.", "Regione"),
        ("Secondo l'ultima stima di Alfa, Beta e Gamma i soci sono 300.", "Alfa, Beta e Gamma"),
        ("Contrari i sindacati, per i quali mancano 300 posti.", "sindacati"),
        ("I contagi, ha ammesso il sindaco, Mario Bianchi, sono 300.", "Mario Bianchi"),
        ("Un perito che ho sentito ieri, e che abita qui, diceva: «Costerà 3.000 euro».", "perito"),
        ("09.30 - PIENA: VIGILI DEL FUOCO, 300 SFOLLATI", "VIGILI DEL FUOCO"),
        ("10.15 - PIENA: ARPA RIVEDE LIVELLO A 6 METRI", "ARPA"),
        ("«Ci servono 300 metri di tubo», sbuffa l'idraulico.", "idraulico"),
        ("«Mancano 3 giorni», taglia corto la dott.ssa Anna Neri.", "dott.ssa Anna Neri"),
        ("I soci sono 300. Lo rende noto la cooperativa.", "cooperativa"),
        ("Il forno Bianchi dice di aver perso il 30% degli incassi.", "forno Bianchi"),
        ("Soci: 300 (fonte: Camera di commercio)", "Camera di commercio"),
        ("Dai dati Istat emerge che il 5% è povero.", "Istat"),
        ("La frana, da quanto è stato riferito dai tecnici comunali, ha travolto 4 case.", "tecnici comunali"),
        ("Secondo quanto riferito ieri dalla prefettura, gli sfollati sono 300.", "prefettura"),
        ("Stando a quanto dichiarato dal sindaco, i danni ammontano a 3 milioni di euro.", "sindaco"),
        ("Da quanto si è appreso da fonti della questura, gli arrestati sono 12.", "questura"),
        ("A quanto riferisce la questura, i presenti erano 3.000.", "questura"),
        ("Secondo quanto afferma una maestra, in un'intervista, gli alunni sono 30.", "maestra"),
        ("Secondo quanto si legge nel rapporto, i casi sono 300.", "rapporto"),
        ("I giornali hanno informato che il 70% delle case è crollato.", "giornali"),
        ("Secondo tali stime i disoccupati sono il 12%.", "stime"),
        ("Secondo questi dati i disoccupati sono il 12%.", "dati"),
        ("Secondo il quotidiano Nuovo Tempo l'ex ministro ha speso 3 milioni di euro.", "quotidiano Nuovo Tempo"),
        ("Secondo il quotidiano La Sera il ministro ha speso 3 milioni di euro.", "quotidiano La Sera"),
        ("Hanno sbagliato i sondaggi precedenti al voto, i quali davano Neri al 30%.", "sondaggi precedenti"),
        ("Continua la piena in Emilia La Tribuna ha riferito che gli sfollati sono 300.", "Tribuna"),
        ("Ugo Neri, responsabile dei conti, ha ceduto, affermando che servono 300 euro.", "Ugo Neri"),
        ("L'azienda si difende sostenendo che i debiti sono 3 milioni di euro.", "azienda"),
        ("Secondo le parole del sindaco i posti sono 300.", "sindaco"),
        ("I sanitari hanno rilevato un tasso alcolico pari allo 0,7%.", "sanitari"),
        ("Sono scesi in piazza, con la questura che stima che i presenti siano 3.000.", "questura"),
        ("Si diffondono notizie che parlano di 12 feriti.", "notizie"),
        ("Le stime che circolano parlano di 300 esuberi.", "stime"),
        ("Protesta la custode, che racconta di aver perso 300 euro.", "custode"),
        ("Il governo ha detto che stima una crescita del 3%.", "governo"),
        ("La questura in un primo momento riferiva di 12 feriti.", "questura"),
        ("I tecnici in merito asseriscono che le auto sono 3.", "tecnici"),
        ("Dal rapporto emerge chiaramente che i poveri sono 3 milioni.", "rapporto"),
    ],
)
def test_source(text: str, source: str, rules: Pipeline) -> None:
    assert sources(rules, text) == [source]


@pytest.mark.parametrize(
    "text",
    [
        "È il secondo trimestre di calo: -3%.",
        "Nel secondo semestre l'utile è salito del 5%.",
        "L'accordo riporta al 10% la tassa.",
        "Il sindaco ha raccomandato di restare in casa per 3 giorni.",
        "I pacchi vanno da 4 a 12, secondo il numero dei componenti.",
        "Al mercato contano di vendere 300 casse.",
        "Il bando è fermo: fra un mese si riapre, 300 le domande.",
        "In base alla popolazione si tagliano 13 Province.",
        "Il reddito denunciato dai contribuenti ammonta a 16mila euro.",
        "Per Milano servono 3 miliardi di euro.",
        "Milano: 3 feriti in un incidente",
        "Contrariamente a quanto riferito dai giornali, gli operai sono 300.",
        "Secondo quanto previsto dall'articolo 3, bastano 12 firme.",
        "Il romanziere aveva scritto due trattati.",
        "Gli esperti parlano di ripresa, ma i disoccupati restano 3 milioni.",
        "L'esperienza insegna che bastano 3 soci.",
        "La barca affonda, lasciando che 300 casse vadano perse.",
        "Ai cortei contro i tagli previsti dalla riforma erano in 300.",
        "Il bilancio della frana parla di 12 feriti.",
        "I posti per i quali è previsto un bando sono 300.",
        "La squadra ha scavato nelle aree indicate dalla Procura e chiuse in un recinto lungo 3 chilometri.",
        "Rossi, ricorda Verdi, che segnò 3 gol.",
        "Il film dura 90 minuti, mostra la periferia, diverte.",
        "I libri pubblicati da Laterza e venduti in fiera erano 300.",
        "I paesi che sostengono il programma sono 10.",
        "È un romanzo che parla della vita di 12 pescatori.",
    ],
)
def test_no_source(text: str, rules: Pipeline) -> None:
    assert set(sources(rules, text)) <= {None}


@pytest.mark.parametrize(
    "text",
    [
        "Per gli organizzatori erano 20.000, per la questura 5.000.",
        "I presenti erano 20.000 per gli organizzatori, 5.000 per la questura.",
    ],
)
def test_each_has_a_count_of_its_own(text: str, rules: Pipeline) -> None:
    assert sources(rules, text) == ["organizzatori", "questura"]


def test_what_follows_di_ends_with_its_clause(rules: Pipeline) -> None:
    assert sources(rules, "La ditta parla di 300 posti, ma i sindacati ne contano 200.") == ["ditta", "sindacati"]
    assert sources(rules, "La ditta parla di una spesa non di 3, ma di 4 milioni di euro.") == ["ditta", "ditta"]


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


_INTERVIEW = """«Il latte non paga più»

Marta Olivieri guida da nove anni la latteria di Serra Alta, 40 soci e una sola stalla nuova.

Quanti litri raccogliete al giorno?

{first}

E il prezzo, dopo i 52 centesimi di maggio?

Oggi siamo a 47. Secondo l'Ismea in Lombardia si pagano 50 centesimi.

Chiuderete?

No. Con quali soldi, poi, con 10 mila euro? Resistiamo con 3 operai."""


def test_the_answers_of_an_interview_are_said_by_whom_the_opening_presents(rules: Pipeline) -> None:
    plain = sources(rules, _INTERVIEW.format(first="Ne raccogliamo 9.000 litri, e ne vendiamo 8.000 litri."))
    who = "Marta Olivieri"
    # soci, one stable; litri; the question's own; today's price, Ismea's; the question back; operai
    assert plain == [None, None, who, who, None, who, "Ismea", None, who]
    quoted = sources(rules, _INTERVIEW.format(first="«Ne raccogliamo 9.000 litri, e ne vendiamo 8.000 litri»."))
    assert quoted == plain


def test_an_article_that_asks_itself_is_no_interview(rules: Pipeline) -> None:
    text = "Lo spiega Marta Olivieri.\n\n" + "Chi paga?\n\nLo Stato dà 40 milioni di euro.\n\n" * 3
    assert set(sources(rules, text)) == {None}


def test_questions_alone_make_no_interview(rules: Pipeline) -> None:
    text = "Marta Olivieri ha 40 soci.\n\nBastano?\n\nNe servono 60, dice il piano."
    assert sources(rules, text)[0] is None


def test_a_report_named_behind_a_lead(rules: Pipeline) -> None:
    lead = "I soci sono saliti a 300."
    assert sources(rules, f"{lead} Il rapporto è stato diffuso ieri dalla cooperativa.") == ["rapporto"]
    assert sources(rules, f"{lead} La nota trimestrale è stata pubblicata ieri.") == ["nota"]
    assert sources(rules, f"{lead} Un rapporto è stato diffuso ieri.") == [None]
    assert sources(rules, f"{lead} Il gatto è stato presentato ieri.") == [None]
    assert sources(rules, f"{lead}\n\nIl rapporto è stato diffuso ieri.") == [None]


def test_an_aside_behind_a_conjunction_reaches_what_follows(rules: Pipeline) -> None:
    assert sources(rules, "Ha 52 anni ma, secondo i medici, guarirà in 20 giorni.") == [None, "medici"]
    assert sources(rules, "Sono 300; il danno, secondo i periti, è di 3 milioni di euro.") == [None, "periti"]


def test_what_is_said_of_the_speaker_is_not_said_by_him(rules: Pipeline) -> None:
    text = "«Siamo rimasti in 40 famiglie», dice Carla Neri, 67 anni, fornaia."
    assert sources(rules, text) == ["Carla Neri", None]


def test_a_paragraph_goes_on_with_its_speaker(rules: Pipeline) -> None:
    text = "«Il forno è chiuso da un pezzo», dice Carla Neri. Poi ride. «Ne facevamo 300 al giorno, e ora niente»."
    assert sources(rules, text) == ["Carla Neri"]
    text = "Mario Bianchi, 58 anni, ha sei filari. «Ho incassato 3.000 euro e me ne restano la metà»."
    assert sources(rules, text) == [None, None, "Mario Bianchi", "Mario Bianchi"]


def test_hearsay_goes_on_in_the_conditional(rules: Pipeline) -> None:
    text = "Le proiezioni ufficiali indicano 54 milioni di nati. Gli anziani, ora 14 milioni, sarebbero 18 milioni."
    assert sources(rules, text) == ["proiezioni ufficiali", None, "proiezioni ufficiali"]


def test_the_turns_of_a_dialogue(rules: Pipeline) -> None:
    text = "ANNA: Quanto costa?\n\nUGO: Costa 300 euro. Anzi 310 euro.\n\nANNA: Con 5 euro di mancia?\n\nUGO: No."
    assert sources(rules, text) == ["UGO", "UGO", "ANNA"]
    assert sources(rules, "Arrivi: 300 persone\n\nPartenze: 200 persone") == [None, None]


def test_the_line_below_a_table(rules: Pipeline) -> None:
    table = (
        "I treni sono 12.\n\nLinea   Posti\nNord    300 posti\nSud    200 posti\n\nFonte: elaborazione Ferrovie Alfa."
    )
    assert sources(rules, table) == [None, "Ferrovie Alfa", "Ferrovie Alfa"]
