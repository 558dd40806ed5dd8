from __future__ import annotations

import re

import pytest

from extractor.claims.clauses import Patterns
from extractor.claims.subject_clause import is_verb


def test_a_pattern_is_compiled_when_it_is_first_asked_for() -> None:
    patterns = Patterns({"number": r"\d+", "wrong": "("})
    assert patterns["number"].match("12") is not None
    assert patterns["number"] is patterns["number"]
    with pytest.raises(re.error):
        patterns["wrong"]
    with pytest.raises(KeyError):
        patterns["other"]


@pytest.mark.parametrize("word", ["aumenta", "aumentano", "riduce", "registrasi", "calandone", "è", "salì", "crebbero"])
def test_finite_verbs_and_gerunds(word: str) -> None:
    assert is_verb(word)


@pytest.mark.parametrize("word", ["aumento", "aumentato", "piano", "milano", "casi", "nove", "crescita"])
def test_nouns_participles_and_numbers_are_no_verbs(word: str) -> None:
    assert not is_verb(word)
