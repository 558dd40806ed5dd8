"""The tables of the rule lemmatizer: what they are counted from, and that spaCy reads them as they are meant."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from training.lemmas import build_lookups, ending_rules, lemma_by_rules, transformation, with_lexicon

PAIRS = {
    "NOUN": {
        "case": "casa",
        "casa": "casa",
        "cose": "cosa",
        "cosa": "cosa",
        "rose": "rosa",
        "rosa": "rosa",
        "prese": "presa",
        "classi": "classe",
        "mesi": "mese",
        "paesi": "paese",
        "spesi": "speso",
        "uomini": "uomo",
    },
    "ADP": {"della": "di", "su": "su", "sull'": "su"},
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("it")
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.initialize(lambda: [], nlp=nlp, lookups=build_lookups(PAIRS))  # type: ignore[attr-defined]
    return nlp


def lemma(nlp: Language, form: str, pos: str) -> str:
    """What the pipeline gives for one word."""
    return next(iter(nlp.get_pipe("lemmatizer")(Doc(nlp.vocab, words=[form], pos=[pos])))).lemma_


@pytest.mark.parametrize(("pos", "form"), [(pos, form) for pos, pairs in PAIRS.items() for form in pairs])
def test_every_known_pair_comes_back(nlp: Language, pos: str, form: str) -> None:
    assert lemma(nlp, form, pos) == PAIRS[pos][form]
    assert lemma(nlp, form.capitalize(), pos) == PAIRS[pos][form]


def test_typographic_apostrophe_finds_the_exception(nlp: Language) -> None:
    assert lemma(nlp, "sull’", "ADP") == "su"


def test_names_keep_their_capitals(nlp: Language) -> None:
    assert lemma(nlp, "Rose", "PROPN") == "Rose"


def test_the_rules_agree_with_spacy_on_unknown_words(nlp: Language) -> None:
    rules = build_lookups(PAIRS).get_table("lemma_rules")["noun"]
    for form in ("spose", "masse", "tesi", "gru", "a", "pesi"):
        assert lemma(nlp, form, "NOUN") == lemma_by_rules(form, rules)


def test_transformation_is_what_follows_the_common_beginning() -> None:
    assert transformation("aumentano", "aumentare") == ("no", "re")
    assert transformation("casa", "casa") == ("", "")


def test_endings_are_learned_from_several_words() -> None:
    pairs = {f"{stem}zioni": f"{stem}zione" for stem in ("a", "na", "sta", "ra", "fra")}
    rules = ending_rules(pairs)
    assert lemma_by_rules("emozioni", rules) == "emozione"


def test_treebank_goes_before_lexicon() -> None:
    pairs = with_lexicon({"NOUN": {"fini": "fine"}}, {"fini": {"noun": "fino", "verb": "finire"}})
    assert pairs["NOUN"]["fini"] == "fine"
    assert pairs["VERB"]["fini"] == "finire"
