"""The rules of the fields on parses made by hand: what they do does not depend on a model."""

from __future__ import annotations

import pytest

from tests.claims.parsed import claims_of, parsed


def test_text_of_a_document_made_by_hand() -> None:
    doc = parsed(
        "L'/DET/det/2 utile/NOUN/nsubj/5 (/PUNCT/punct/5 è/AUX/cop/5 5/NUM/ROOT/0 %/SYM/flat/5 )/PUNCT/punct/5"
    )
    assert doc.text == "L'utile (è 5%)"


@pytest.mark.parametrize(
    ("annotation", "subjects"),
    [
        pytest.param(
            "Le/DET/det/2 aziende/NOUN/nsubj/5 quotate/ADJ/amod/2 sono/AUX/cop/5 46/NUM/ROOT/0 ./PUNCT/punct/5",
            ["aziende quotate"],
            id="copula",
        ),
        pytest.param(
            "Il/DET/det/2 fatturato/NOUN/nsubj/3 ammonta/VERB/ROOT/0 a/ADP/case/6 15/NUM/nummod/6 milioni/NOUN/obl/3"
            " di/ADP/case/8 euro/NOUN/nmod/6 ./PUNCT/punct/3",
            ["fatturato"],
            id="ammonta a",
        ),
        pytest.param(
            "Il/DET/det/2 tasso/NOUN/nsubj/7 di/ADP/case/4 disoccupazione/NOUN/nmod/2 giovanile/ADJ/amod/4"
            " si/PRON/expl/7 attesta/VERB/ROOT/0 al/ADP/case/10 20/NUM/nummod/10 %/SYM/obl/7 ./PUNCT/punct/7",
            ["tasso di disoccupazione giovanile"],
            id="si attesta a, with a complement",
        ),
        pytest.param(
            "La/DET/det/2 legge/NOUN/nsubj:pass/5 è/AUX/aux/5 stata/AUX/aux:pass/5 approvata/VERB/ROOT/0"
            " con/ADP/case/8 163/NUM/nummod/8 voti/NOUN/obl/5 ./PUNCT/punct/5",
            ["voti"],
            id="counted noun before the clause's subject",
        ),
        pytest.param(
            "L'/DET/det/2 azienda/NOUN/nsubj/9 ,/PUNCT/punct/5 che/PRON/nsubj/5 impiega/VERB/acl:relcl/2"
            " 300/NUM/nummod/7 operai/NOUN/obj/5 ,/PUNCT/punct/5 chiude/VERB/ROOT/0 ./PUNCT/punct/9",
            ["operai"],
            id="relative clause, counted",
        ),
        pytest.param(
            "Cresce/VERB/ROOT/0 il/DET/det/3 fondo/NOUN/nsubj/1 che/PRON/nsubj/5 vale/VERB/acl:relcl/3"
            " 3/NUM/nummod/7 milioni/NOUN/obj/5 di/ADP/case/9 euro/NOUN/nmod/7 ./PUNCT/punct/1",
            ["fondo"],
            id="relative clause, of what it is said",
        ),
        pytest.param(
            "La/DET/det/2 banca/NOUN/nsubj/4 ha/AUX/aux/4 ridotto/VERB/ROOT/0 del/ADP/case/7 5/NUM/nummod/7"
            " %/SYM/obl/4 i/DET/det/9 costi/NOUN/obj/4 ./PUNCT/punct/4",
            ["costi"],
            id="causative verb: what it changes",
        ),
        pytest.param(
            "I/DET/det/2 costi/NOUN/nsubj:pass/5 sono/AUX/aux/5 stati/AUX/aux:pass/5 ridotti/VERB/ROOT/0"
            " del/ADP/case/8 5/NUM/nummod/8 %/SYM/obl/5 ./PUNCT/punct/5",
            ["costi"],
            id="passive",
        ),
        pytest.param(
            "Il/DET/det/2 prezzo/NOUN/nsubj/6 del/ADP/case/4 gas/NOUN/nmod/2 è/AUX/aux/6 sceso/VERB/ROOT/0"
            " a/ADP/case/9 30/NUM/nummod/9 euro/NOUN/obl/6 ./PUNCT/punct/6",
            ["prezzo del gas"],
            id="level of a verb of change",
        ),
        pytest.param(
            "Hanno/AUX/aux/2 risposto/VERB/ROOT/0 120/NUM/nummod/4 medici/NOUN/nsubj/2 e/CCONJ/cc/7"
            " 80/NUM/nummod/7 infermieri/NOUN/conj/4 ./PUNCT/punct/2",
            ["medici", "infermieri"],
            id="coordination",
        ),
        pytest.param(
            "Eni/PROPN/nsubj/6 (/PUNCT/punct/4 93/NUM/nummod/4 miliardi/NOUN/appos/1 )/PUNCT/punct/4"
            " guida/VERB/ROOT/0 la/DET/det/8 classifica/NOUN/obj/6 ./PUNCT/punct/6",
            ["Eni"],
            id="brackets",
        ),
        pytest.param(
            "La/DET/det/2 società/NOUN/nsubj/4 ha/AUX/aux/4 chiuso/VERB/ROOT/0 l'/DET/det/6 anno/NOUN/obj/4"
            " con/ADP/case/9 un/DET/det/9 utile/NOUN/obl/4 di/ADP/case/12 12/NUM/nummod/12 milioni/NOUN/nmod/9"
            " ./PUNCT/punct/4",
            ["utile"],
            id="con un utile di",
        ),
        pytest.param(
            "Gli/DET/det/2 iscritti/NOUN/nsubj/8 ,/PUNCT/punct/4 pari/ADJ/amod/2 a/ADP/case/6 4.200/NUM/obl/4"
            " ,/PUNCT/punct/4 votano/VERB/ROOT/0 domani/ADV/advmod/8 ./PUNCT/punct/8",
            ["iscritti"],
            id="pari a",
        ),
    ],
)
def test_subject(annotation: str, subjects: list[str | None]) -> None:
    assert [claim.subject.text if claim.subject else None for claim in claims_of(annotation)] == subjects


@pytest.mark.parametrize(
    ("annotation", "change", "modality", "source"),
    [
        (
            "Secondo/ADP/case/3 l'/DET/det/3 Istat/PROPN/obl/6 i/DET/det/5 prezzi/NOUN/nsubj/6 salgono/VERB/ROOT/0"
            " del/ADP/case/9 5/NUM/nummod/9 %/SYM/obl/6 ./PUNCT/punct/6",
            "increase",
            "asserted",
            "Istat",
        ),
        (
            "I/DET/det/2 prezzi/NOUN/nsubj/4 dovrebbero/AUX/aux/4 scendere/VERB/ROOT/0 del/ADP/case/7"
            " 5/NUM/nummod/7 %/SYM/obl/4 ./PUNCT/punct/4",
            "decrease",
            "forecast",
            None,
        ),
        (
            "Il/DET/det/2 tasso/NOUN/nsubj/3 arriva/VERB/ROOT/0 al/ADP/case/6 5/NUM/nummod/6 %/SYM/obl/3"
            " ./PUNCT/punct/3",
            None,
            "asserted",
            None,
        ),
    ],
)
def test_change_modality_and_source(annotation: str, change: str | None, modality: str, source: str | None) -> None:
    (claim,) = claims_of(annotation)
    assert (claim.change, claim.modality) == (change, modality)
    assert (claim.attribution.text if claim.attribution else None) == source


def test_a_wrong_parse_does_not_touch_the_quantity() -> None:
    flat = "I/X/dep/2 ricavi/X/ROOT/0 sono/X/dep/2 oltre/X/dep/2 15/X/dep/2 milioni/X/dep/2 ./X/dep/2"
    (claim,) = claims_of(flat)
    assert (claim.text, claim.value, claim.modifier) == ("15 milioni", 15_000_000, "more_than")
