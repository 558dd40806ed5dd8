"""What a change is measured against: what it is added to or taken from."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline


def baselines(rules: Pipeline, text: str) -> list[str | None]:
    return [claim.baseline.text if claim.baseline else None for claim in rules.extract(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il fondo aggiunge il 40% al totale nazionale.", "totale nazionale"),
        ("La riforma toglie il 5% alle pensioni.", "pensioni"),
        ("I dazi hanno aggiunto il 3% ai prezzi finali, dice il ministro.", "prezzi finali"),
        ("Il fondo dà il 40% ai soci.", None),
        ("La spesa è salita del 3% a Roma.", None),
    ],
)
def test_what_a_share_is_added_to(text: str, expected: str | None, rules: Pipeline) -> None:
    assert baselines(rules, text) == [expected]
