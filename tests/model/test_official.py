"""What rules expect of any Italian pipeline, checked on spaCy's own `it_core_news_sm` where it is installed."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.util import is_package

import it_cifre_sm

NAME = "it_core_news_sm"
pytestmark = [
    pytest.mark.official_model,
    pytest.mark.skipif(
        not is_package(NAME),
        reason=f"{NAME} is not installed: it is published on its release page only (make model-official)",
    ),
]
RELATIONS = "ROOT acl:relcl advmod amod appos aux case cc conj cop det mark nmod nsubj nsubj:pass nummod obj obl xcomp"
TEXT = "I ricavi della società sono saliti a 15 miliardi di euro nell'ultimo anno."


@pytest.fixture(scope="module")
def official() -> Language:
    return spacy.load(NAME)


def test_relations_that_rules_use_are_known_to_both(official: Language) -> None:
    for nlp in (official, it_cifre_sm.load()):
        assert set(RELATIONS.split()) <= set(nlp.get_pipe("parser").labels)  # type: ignore[attr-defined]


def test_both_cut_the_text_into_the_same_tokens(official: Language) -> None:
    assert [token.text for token in official(TEXT)] == [token.text for token in it_cifre_sm.load()(TEXT)]


def test_articulated_prepositions_are_merged(official: Language) -> None:
    doc = official(TEXT)
    (token,) = (token for token in doc if token.text == "della")
    assert (token.pos_, token.dep_, token.head.text) == ("ADP", "case", "società")
    assert token.morph.to_dict()["Definite"] == "Def"


def test_numerals_hang_on_their_magnitude(official: Language) -> None:
    (token,) = (token for token in official(TEXT) if token.text == "15")
    assert (token.pos_, token.dep_, token.head.text) == ("NUM", "nummod", "miliardi")
