"""The component in a spaCy user's own pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import DocBin
from spacy.training import Example

import extractor.spacy_component  # noqa: F401  (a checkout has no entry points)
import it_cifre_sm
from extractor.pipeline import Pipeline

TEXT = "I ricavi salgono del 5% a 15,3 miliardi di euro. Le aziende quotate sono 46, di cui 12 estere."
FOUND = [("5%", "percentage"), ("15,3 miliardi di euro", "money"), ("46", "count"), ("12", "count")]


@pytest.fixture(scope="module")
def nlp() -> Language:
    loaded = it_cifre_sm.load()
    loaded.add_pipe("cifre")
    return loaded


def test_three_lines(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [(span.text, span.label_) for span in doc.spans["claims"]] == FOUND
    assert [claim.claim_id for claim in doc._.claims] == [span.id_ for span in doc.spans["claims"]]
    assert doc._.claims[0].change == "increase"
    assert doc._.claims[0].subject.text == "ricavi"


def test_a_pipeline_without_a_parse_gives_what_the_rules_give(rules: Pipeline) -> None:
    nlp = spacy.blank("it")
    nlp.add_pipe("cifre")
    assert nlp(TEXT)._.claims == rules.extract(TEXT)


def test_the_parse_of_the_user_s_pipeline_is_used(nlp: Language, bundled: Pipeline, article: str) -> None:
    own, other = nlp(article)._.claims, bundled.extract(article)
    assert [(c.start, c.end, c.value, c.modifier, c.change) for c in own] == [
        (c.start, c.end, c.value, c.modifier, c.change) for c in other
    ]
    same = sum(one.subject == two.subject for one, two in zip(own, other, strict=True))
    assert same >= 0.8 * len(other)


def test_odd_white_space_and_tokens_across_sentences(nlp: Language) -> None:
    text = "Costa\u00a03\u00a0milioni.Poi  sale\n\n del 5%.\tFine."
    assert [claim.text for claim in nlp(text)._.claims] == ["3\u00a0milioni", "5%"]


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="reads Italian"):
        spacy.blank("en").add_pipe("cifre")


def test_empty_document(nlp: Language) -> None:
    doc = nlp("")
    assert doc._.claims == []
    assert list(doc.spans["claims"]) == []


def test_a_document_keeps_its_claims_in_a_docbin(nlp: Language) -> None:
    doc = nlp(TEXT)
    data = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (again,) = DocBin().from_bytes(data).get_docs(nlp.vocab)
    assert again._.claims == doc._.claims
    assert [(span.text, span.label_, span.id_) for span in again.spans["claims"]] == [
        (span.text, span.label_, span.id_) for span in doc.spans["claims"]
    ]


def test_two_processes_give_what_one_gives(nlp: Language) -> None:
    texts = [TEXT, "", "Nessun numero qui.", "Ne restano 300."] * 3
    one = [doc._.claims for doc in nlp.pipe(texts)]
    two = [doc._.claims for doc in nlp.pipe(texts, n_process=2, batch_size=3)]
    assert one == two


def test_saved_and_loaded_by_its_configuration(tmp_path: Path) -> None:
    nlp = spacy.blank("it")
    nlp.add_pipe("cifre", config={"spans_key": "cifre"})
    nlp.to_disk(tmp_path / "model")
    doc = spacy.load(tmp_path / "model")(TEXT)
    assert [(span.text, span.label_) for span in doc.spans["cifre"]] == FOUND


def test_scores_against_reference_spans(nlp: Language) -> None:
    reference = nlp.make_doc(TEXT)
    reference.spans["claims"] = [
        reference.char_span(TEXT.index(text), TEXT.index(text) + len(text), label=label) for text, label in FOUND[:3]
    ]
    scores = nlp.evaluate([Example(nlp.make_doc(TEXT), reference)])
    assert scores["spans_claims_r"] == 1
    assert scores["spans_claims_p"] == 0.75
    assert set(scores["spans_claims_per_type"]) == {"percentage", "money", "count"}
