"""Forms of regular verbs."""

from __future__ import annotations

import pytest

from extractor.lexicon.conjugation import gerund, participles, third_persons


def test_gerund() -> None:
    assert (gerund("stimare"), gerund("riferire")) == ("stimando", "riferendo")


def test_third_persons() -> None:
    assert third_persons("stimare") == ["stima", "stimano", "stimava", "stimavano", "stimò", "stimarono"]
    assert third_persons("riferire") == ["riferisce", "riferiscono", "riferiva", "riferivano", "riferì", "riferirono"]


def test_participles() -> None:
    assert participles("annunciare") == ["annunciato", "annunciata", "annunciati", "annunciate"]
    assert participles("riferire") == ["riferito", "riferita", "riferiti", "riferite"]


@pytest.mark.parametrize("word", ["scrivere", "are", ""])
def test_irregular_verbs_are_refused(word: str) -> None:
    with pytest.raises(ValueError, match="regular"):
        third_persons(word)
