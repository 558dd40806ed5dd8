from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.evaluation.offsets import fix_offsets

TEXT = "Ne restano 12 su 120; a Roma sono 12, a Bari 7."


def write(folder: Path, *claims: dict[str, Any]) -> Path:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    path = folder / "a.json"
    path.write_text(json.dumps({"doc_id": "a", "article": "a.txt", "claims": claims}), encoding="utf-8")
    return path


def fixed(path: Path) -> list[dict[str, Any]]:
    content, moved = fix_offsets(path)
    assert content is not None
    assert moved
    found: list[dict[str, Any]] = json.loads(content)["claims"]
    return found


def test_a_span_moves_to_the_nearest_place_that_has_its_text(tmp_path: Path) -> None:
    [claim] = fixed(write(tmp_path, {"claim_id": "c1", "text": "12", "start": 30, "end": 31, "value": "12"}))
    assert (claim["start"], claim["end"], claim["value"]) == (34, 36, "12")


def test_what_was_typed_without_offsets_is_found(tmp_path: Path) -> None:
    path = write(tmp_path, {"claim_id": "c1", "text": "7", "subject": {"text": "a"}})
    [claim] = fixed(path)
    assert (claim["start"], claim["end"]) == (45, 46)
    assert claim["subject"] == {"text": "a", "start": 41, "end": 42}  # of all, the one nearest to its claim
    assert fix_offsets(path)[1][0] == "a.json: claim c1: '7' is at [45:46]"


@pytest.mark.parametrize(
    "claim",
    [
        {"text": "12", "start": 11, "end": 13},  # right already
        {"text": "12"},  # in more than one place
        {"text": "13", "start": 11, "end": 13},  # nowhere
        {"text": ""},
        {"start": 3},
    ],
)
def test_what_stays_as_it_is(tmp_path: Path, claim: dict[str, Any]) -> None:
    assert fix_offsets(write(tmp_path, claim)) == (None, [])


@pytest.mark.parametrize("content", ["{", "[]", '{"article": "b.txt"}', '{"article": 3}'])
def test_a_file_without_sense_is_left_to_the_check(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    assert fix_offsets(path) == (None, [])
