from __future__ import annotations

import pytest

from extractor.evaluation.differences import readable_quantity, sentence_around

from .build import gold_claim

TEXT = (
    "Il titolo perde 1.200 punti\n\nLa banca ha 3.400 sportelli. «Ne chiuderemo 50!» Poi il 12 si vota.\n"
    "Costa 4,5 euro. e così via fino a 9"
)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("1.200", "Il titolo perde 1.200 punti"),
        ("3.400", "La banca ha 3.400 sportelli."),
        ("50", "«Ne chiuderemo 50!»"),
        ("12", "Poi il 12 si vota."),
        ("9", "Costa 4,5 euro. e così via fino a 9"),
    ],
)
def test_sentence_around(words: str, sentence: str) -> None:
    start = TEXT.rindex(words)
    assert sentence_around(TEXT, start, start + len(words)) == sentence


def test_readable_quantity() -> None:
    assert readable_quantity(gold_claim("0", "0", value="0.0000001")) == "0.0000001"
    claim = gold_claim("1-20 kg", "1-20 kg", kind="measure", unit="kg", low="1", high="20")
    assert readable_quantity(claim) == "1 .. 20 kg"
