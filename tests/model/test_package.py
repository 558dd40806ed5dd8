"""The bundled pipelines: each loads, has the promised parts, and analyses plain sentences rightly."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Token

import it_cifre_sm
from training.editions import EDITIONS, Edition

ROOT = Path(it_cifre_sm.__file__).parent.parent
UPOS_TAGS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X"
NEEDED_RELATIONS = (
    "ROOT acl acl:relcl advcl advmod amod appos aux aux:pass case cc ccomp compound conj cop det det:poss fixed flat "
    "flat:name mark nmod nsubj nsubj:pass nummod obj obl obl:agent punct xcomp"
)
MEGABYTE = 1_000_000


@pytest.fixture(scope="module", params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> Edition:
    return EDITIONS[request.param]


@pytest.fixture(scope="module")
def package(edition: Edition) -> Path:
    return ROOT / edition.package


@pytest.fixture(scope="module")
def nlp(edition: Edition) -> Language:
    loaded: Language = import_module(edition.package).load()
    return loaded


def token_of(nlp: Language, text: str, form: str) -> Token:
    """The one token of a text that is written `form`."""
    (token,) = (token for token in nlp(text) if token.text == form)
    return token


def test_parts_and_order(nlp: Language) -> None:
    assert nlp.lang == "it"
    assert nlp.pipe_names == ["tok2vec", "morphologizer", "parser", "lemmatizer"]


def test_load_takes_the_arguments_of_spacy() -> None:
    nlp = it_cifre_sm.load(exclude=["lemmatizer"], disable=["parser"])
    assert nlp.component_names == ["tok2vec", "morphologizer", "parser"]
    assert nlp.pipe_names == ["tok2vec", "morphologizer"]


def test_spacy_load_by_name(edition: Edition) -> None:
    try:
        distribution(edition.package)
    except PackageNotFoundError:
        pytest.skip(f"cifre is not installed, so that spaCy finds no distribution {edition.package} (a checkout)")
    assert "it_" + spacy.load(edition.package).meta["name"] == edition.package


def test_version_is_the_same_everywhere(edition: Edition, package: Path) -> None:
    lines = (package / "PKG-INFO").read_text(encoding="utf8").splitlines()
    assert f"Version: {import_module(edition.package).__version__}" in lines
    assert f"Name: {edition.package}" in lines
    assert f"License: {edition.licence}" in lines


def test_relations_are_those_of_the_official_pipeline(nlp: Language) -> None:
    labels = set(nlp.get_pipe("parser").labels)  # type: ignore[attr-defined]
    assert labels >= set(NEEDED_RELATIONS.split())
    assert not {label for label in labels if label.startswith("parataxis:")}


def test_parts_of_speech_are_universal(nlp: Language) -> None:
    labels = nlp.get_pipe("morphologizer").labels  # type: ignore[attr-defined]
    found = {feature.split("=")[1] for label in labels for feature in label.split("|") if feature.startswith("POS=")}
    assert {"NOUN", "VERB", "NUM", "SYM", "ADP", "PROPN"} <= found <= set(UPOS_TAGS.split())


def test_articulated_preposition_is_one_token_with_the_article(nlp: Language) -> None:
    token = token_of(nlp, "I ricavi della società crescono.", "della")
    assert token.pos_ == "ADP"
    assert token.dep_ == "case"
    assert token.head.text == "società"
    assert token.morph.to_dict() == {"Definite": "Def", "Gender": "Fem", "Number": "Sing", "PronType": "Art"}
    assert token.lemma_ == "di"


def test_verb_with_clitic_is_one_token(nlp: Language) -> None:
    token = token_of(nlp, "Il governo vuole aumentarli entro maggio.", "aumentarli")
    assert token.pos_ == "VERB"
    assert token.lemma_ == "aumentare"
    assert token.morph.to_dict()["VerbForm"] == "Inf"


@pytest.mark.parametrize(
    ("text", "form", "pos", "relation", "head"),
    [
        ("Il fatturato è salito a 15 miliardi di euro.", "fatturato", "NOUN", None, "salito"),
        ("Il fatturato è salito a 15 miliardi di euro.", "15", "NUM", "nummod", "miliardi"),
        ("Il fatturato è salito a 15 miliardi di euro.", "euro", "NOUN", "nmod", "miliardi"),
        ("L'azienda ha assunto 300 operai.", "azienda", "NOUN", "nsubj", "assunto"),
        ("L'azienda ha assunto 300 operai.", "operai", "NOUN", "obj", "assunto"),
        ("L'azienda ha assunto 300 operai.", "300", "NUM", "nummod", "operai"),
        ("La disoccupazione scende al 6%.", "disoccupazione", "NOUN", "nsubj", "scende"),
        ("La disoccupazione scende al 6%.", "%", "SYM", "obl", "scende"),
        ("Le esportazioni italiane aumentano del 4 per cento.", "italiane", "ADJ", "amod", "esportazioni"),
        ("Le esportazioni italiane aumentano del 4 per cento.", "esportazioni", "NOUN", "nsubj", "aumentano"),
        ("Due ministri hanno lasciato il governo.", "ministri", "NOUN", "nsubj", "lasciato"),
        ("La legge è stata approvata dal Senato.", "legge", "NOUN", "nsubj:pass", "approvata"),
    ],
)
def test_plain_sentences(nlp: Language, text: str, form: str, pos: str, relation: str | None, head: str) -> None:
    token = token_of(nlp, text, form)
    assert token.pos_ == pos
    assert token.head.text == head
    if relation is not None:
        assert token.dep_ == relation


@pytest.mark.parametrize(
    ("text", "form", "lemma"),
    [
        ("I prezzi aumentano.", "aumentano", "aumentare"),
        ("I prezzi aumentano.", "prezzi", "prezzo"),
        ("Le imprese hanno chiuso.", "imprese", "impresa"),
        ("Le imprese hanno chiuso.", "hanno", "avere"),
        ("Gli utili sono dimezzati.", "Gli", "il"),
        ("Vivono a Milano.", "Milano", "Milano"),
    ],
)
def test_lemmas(nlp: Language, text: str, form: str, lemma: str) -> None:
    assert token_of(nlp, text, form).lemma_ == lemma


def test_typographic_apostrophe_changes_nothing(nlp: Language) -> None:
    straight = nlp("L'utile dell'anno è di 3 milioni.")
    curly = nlp("L’utile dell’anno è di 3 milioni.")
    assert [(token.pos_, token.lemma_) for token in straight] == [(token.pos_, token.lemma_) for token in curly]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "€", "12%", "?!", "TITOLO", "ciao\u00a0mondo"])
def test_odd_texts_are_parsed(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert all(token.head.sent == token.sent for token in doc)


def test_a_document_is_cut_into_sentences(nlp: Language) -> None:
    doc = nlp("La banca ha chiuso dieci filiali. Il sindaco protesta.")
    assert [sentence.text.split()[0] for sentence in doc.sents] == ["La", "Il"]


def test_the_default_mostly_cuts_before_a_pronoun_too() -> None:
    """Pronouns open few sentences of the treebanks: after a short sentence without an object some cuts are missed."""
    before = ["La banca ha chiuso dieci filiali.", "Il sindaco protesta.", "I prezzi sono saliti del 3% a maggio."]
    behind = [
        "Nessuno ha risposto alle domande.", "Tutti chiedono un incontro.", "Questo non basta.",
        "Chi ha perso il lavoro aspetta.", "Lo dice l'Istat.", "Si tratta di una perdita.", "Lui tace.",
        "Ne restano trenta.", "Quello che manca è il personale.", "Altri sono partiti.",
    ]  # fmt: skip
    nlp = it_cifre_sm.load()
    cut = [[s.text for s in nlp(f"{a} {b}").sents] == [a, b] for a in before for b in behind]
    assert sum(cut) >= 0.75 * len(cut)


def test_a_licence_for_all_uses_has_no_source_without() -> None:
    twin = EDITIONS["it_cifre_sm_by"]
    assert "NC" not in twin.licence
    assert not [treebank.name for treebank in twin.treebanks if "NC" in treebank.licence]
    assert twin.reference | twin.passives <= twin.codes


def test_meta_says_licence_sources_and_scores(edition: Edition, nlp: Language) -> None:
    meta = nlp.meta
    assert meta["license"] == edition.licence
    names = [source["name"] for source in meta["sources"]]
    assert names[:-1] == [treebank.name for treebank in edition.treebanks]
    assert names[-1].startswith("Morph-it!")
    assert all(source["license"] for source in meta["sources"])
    for view in ("sentences", "documents"):
        scores = meta["performance"][view]
        assert scores["pos_acc"] > 94
        assert scores["dep_uas"] > scores["dep_las"] > 75
        assert {"nummod", "nsubj", "obj", "obl", "nmod", "amod", "case", "appos"} <= scores["by_relation"].keys()


def test_package_is_small(package: Path) -> None:
    size = sum(path.stat().st_size for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    assert size < 10 * MEGABYTE


def test_no_machine_s_folder_in_the_configuration(package: Path) -> None:
    config = spacy.util.load_config(package / "config.cfg")
    assert set(config["paths"].values()) == {None}
    assert config["corpora"] == {}


def test_card_states_the_scores(nlp: Language, package: Path) -> None:
    card = (package / "README.md").read_text(encoding="utf8")
    for view in ("sentences", "documents"):
        for name in ("pos_acc", "dep_uas", "dep_las", "sents_f", "lemma_acc"):
            assert f"{nlp.meta['performance'][view][name]:.1f}" in card


def test_card_names_every_source(nlp: Language, package: Path) -> None:
    card = (package / "README.md").read_text(encoding="utf8")
    for source in nlp.meta["sources"]:
        assert source["name"].split(" (")[0].removeprefix("UD Italian ") in card
        assert source["license"].split(",")[0] in card
