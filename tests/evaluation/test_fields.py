from __future__ import annotations

import pytest

from extractor.evaluation.fields import content_words, head_word, same_quantity, same_subject, token_overlap
from extractor.schema import Quantity


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("il tasso di crescita dell'export", ["tasso", "crescita", "export"]),
        ("L’Aquila", ["aquila"]),
        ("work-station degli uffici", ["work-station", "uffici"]),
        ("il", ["il"]),
        ("perche\u0301", ["perch\u00e9"]),
    ],
)
def test_content_words(phrase: str, words: list[str]) -> None:
    assert content_words(phrase) == words


def test_head_word() -> None:
    assert head_word("dei ricavi della società") == "ricavi"
    assert head_word("...") is None


@pytest.mark.parametrize(
    ("a", "b", "share"),
    [
        ("famiglie povere", "famiglie povere", 1),
        ("famiglie povere", "famiglie", 0.5),
        ("famiglie povere del Sud", "famiglie", 1 / 3),
        ("costo", "", 0),
        ("di di", "di", 0.5),  # words count as often as they stand there
        ("la casa di Anna", "la scuola di Marta", 0),  # function words are not common words
    ],
)
def test_token_overlap(a: str, b: str, share: float) -> None:
    assert token_overlap(a, b) == pytest.approx(share)
    assert token_overlap(b, a) == pytest.approx(share)


@pytest.mark.parametrize(
    ("gold", "predicted", "right"),
    [
        ("imprese di pulizie", "Imprese", True),  # head
        ("imprese di pulizie", "pulizie", True),  # half of the words
        ("grandi imprese", "imprese", True),
        ("costo degli abbonamenti mensili", "abbonamenti", False),
        ("reddito", "redditi", False),
    ],
)
def test_same_subject(gold: str, predicted: str, right: bool) -> None:
    assert same_subject(gold, predicted) is right


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ({"value": "0.3333"}, {"value": "0.33330"}, True),
        ({"value": "3"}, {"value": "3.0001"}, False),
        ({"value": "3", "kind": "money", "unit": "EUR"}, {"value": "3", "kind": "money"}, False),
        ({"low": "1", "high": "2"}, {"low": "1", "high": "2.0"}, True),
        ({"low": "1", "high": "2"}, {"low": "1", "high": "3"}, False),
        ({"low": "1", "high": "2"}, {"value": "1"}, False),
        ({"value": "3", "kind": "ratio"}, {"value": "3"}, True),  # kind is scored by itself
    ],
)
def test_same_quantity(a: dict[str, str], b: dict[str, str], same: bool) -> None:
    first, second = (Quantity.model_validate({"kind": "count"} | each) for each in (a, b))
    assert same_quantity(first, second) is same
