"""The pipeline as a whole, with and without a network."""

from __future__ import annotations

import pytest
import spacy

import extractor
from extractor.evaluation import evaluate, load_gold
from extractor.pipeline import ModelNotFound, Pipeline, load
from tests.conftest import ROOT


@pytest.mark.parametrize("name", ["rules", "bundled"])
def test_every_claim_of_the_article(name: str, article: str, request: pytest.FixtureRequest) -> None:
    pipeline: Pipeline = request.getfixturevalue(name)
    gold = load_gold(ROOT / "gold" / "article_pechino.json")
    scores = evaluate(gold, {"article_pechino": pipeline.extract(article, "article_pechino")}).micro
    assert scores.whole.gold == 24
    assert scores.whole.f1 == 1.0


def test_subjects_and_links_of_the_article(article: str, bundled: Pipeline) -> None:
    gold = load_gold(ROOT / "gold" / "article_pechino.json")
    scores = evaluate(gold, {"article_pechino": bundled.extract(article, "article_pechino")}).micro
    assert scores.fields["subject"].f1 == 1.0
    assert scores.fields["same_as"].f1 == 1.0
    assert scores.fields["refers_to"].f1 == 1.0


def test_claims_hold_their_place_and_say_which_rules_made_them(article: str, bundled: Pipeline) -> None:
    for claim in bundled.extract(article):
        assert article[claim.start : claim.end] == claim.text
        assert claim.rules
        assert claim.sentence is not None
        assert claim.sentence.start <= claim.start < claim.end <= claim.sentence.end


def test_many_documents_stream_in_input_order(rules: Pipeline) -> None:
    read = []

    def documents() -> object:
        for number in range(3):
            read.append(number)
            yield {"id": f"d{number}", "text": f"Costa {number + 2} euro."}

    results = rules.extract_many(documents())  # type: ignore[arg-type]
    assert next(results)[0].doc_id == "d0"
    assert read == [0]
    assert [claims[0].value for claims in results] == [3, 4]


def test_a_blank_pipeline_is_made_when_it_is_asked_for(article: str) -> None:
    pipeline = load("blank:it")
    given = Pipeline(spacy.blank("it"), "blank:it")
    assert pipeline.meta == given.meta
    assert pipeline.extract(article) == given.extract(article)
    assert "nlp" not in vars(pipeline)
    assert pipeline.nlp.lang == "it"
    assert pipeline.claims_of(pipeline.nlp(article)) == given.extract(article)


def test_a_document_does_not_depend_on_its_neighbours(article: str, bundled: Pipeline) -> None:
    alone = bundled.extract(article, "a")
    bundled.extract("Il debito è di 3 miliardi di euro.", "b")
    assert bundled.extract(article, "a") == alone


def test_unknown_model_is_named() -> None:
    with pytest.raises(ModelNotFound, match="it_no_such_model"):
        load("it_no_such_model")


def test_a_model_of_another_language_is_refused(tmp_path: object) -> None:
    spacy.blank("de").to_disk(f"{tmp_path}/german")
    with pytest.raises(ModelNotFound, match="'de', not for Italian"):
        load(f"{tmp_path}/german")


def test_public_functions() -> None:
    assert extractor.extract("Ha 3 figli.", doc_id="x")[0].claim_id == "x#1"
    with pytest.raises(TypeError, match="bytes"):
        extractor.extract(b"Ha 3 figli.")  # type: ignore[arg-type]


def test_many_documents_have_the_claims_of_each_alone(article: str, bundled: Pipeline) -> None:
    texts = [article, "Niente.", "", "Costa 3 euro.", *article.split("\n"), "Sono \ud800 12 anni."]
    documents = [{"id": f"d{number}", "text": text} for number, text in enumerate(texts)]
    alone = [bundled.extract(document["text"], document["id"]) for document in documents]
    assert list(bundled.extract_many(documents)) == alone
    assert list(bundled.extract_many(reversed(documents))) == alone[::-1]
