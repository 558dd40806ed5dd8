from __future__ import annotations

from pathlib import Path

import pytest

from extractor.evaluation.predictions import load_predictions

from .build import DOC, claim

TEXT = "Servono 12 euro e 0,10 centesimi."


def test_round_trip(tmp_path: Path) -> None:
    claims = [claim(TEXT, "12", "n1", value="12"), claim(TEXT, "0,10", "n2", value="0.1")]
    path = tmp_path / "claims.jsonl"
    path.write_text("".join(each.to_json() + "\n" for each in claims), encoding="utf-8")
    assert load_predictions(path) == {DOC: claims}


@pytest.mark.parametrize(
    ("second", "message"),
    [("{}", r"p.jsonl:2: not a claim"), ("{", r"p.jsonl:2: not a claim"), (None, r"p.jsonl:2: .* n1 twice")],
)
def test_errors_name_the_line(tmp_path: Path, second: str | None, message: str) -> None:
    line = claim(TEXT, "12").to_json()
    path = tmp_path / "p.jsonl"
    path.write_text(f"{line}\n{second or line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_predictions(path)
