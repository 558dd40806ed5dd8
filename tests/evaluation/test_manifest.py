from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from extractor.evaluation.gold import GoldDocument, load_gold
from extractor.evaluation.manifest import (
    ManifestError,
    Split,
    load_manifest,
    manifest_for,
    manifest_problems,
    of_split,
)
from tests.conftest import ROOT

TEXT = "Un forno, 12 pani.\r\n"


def entry(name: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": name, "title": "Un forno", "date": "2026-11-02", "topic": "bread", "licence": "CC0-1.0",
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "split": "dev",
    } | fields  # fmt: skip


def write(folder: Path, *entries: dict[str, Any]) -> Path:
    for each in entries:
        (folder / f"{each['id']}.txt").write_bytes(TEXT.encode())
    path = folder / "manifest.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in entries), encoding="utf-8")
    return path


def document(name: str) -> GoldDocument:
    return GoldDocument(doc_id=name, text=TEXT)


def test_splits(tmp_path: Path) -> None:
    entries = load_manifest(write(tmp_path, entry("a"), entry("b", split="test", date=None)))
    documents = [document("b"), document("a")]
    assert [each.doc_id for each in of_split(documents, entries, Split.TEST)] == ["b"]
    assert [each.doc_id for each in of_split(documents, entries, Split.DEV)] == ["a"]
    with pytest.raises(ManifestError, match="no split, for c"):
        of_split([document("c")], entries, Split.DEV)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"split": "train"}, r"manifest.jsonl:2: split: "),
        ({"sha256": "12"}, r"manifest.jsonl:2: sha256: "),
        ({"date": "2 novembre"}, r"manifest.jsonl:2: date: "),
        ({"author": "x"}, r"manifest.jsonl:2: author: "),
        ({"id": "a"}, r"manifest.jsonl:2: id 'a' stands there twice"),
    ],
)
def test_wrong_lines_are_named(tmp_path: Path, fields: dict[str, Any], problem: str) -> None:
    with pytest.raises(ManifestError, match=problem):
        load_manifest(write(tmp_path, entry("a"), entry("b", **fields)))


def test_what_does_not_fit(tmp_path: Path) -> None:
    path = write(tmp_path, entry("a"), entry("b"), entry("c"))
    assert manifest_problems(path, [document("a"), document("b"), document("c")]) == []
    (tmp_path / "a.txt").write_bytes(TEXT.replace("\r\n", "\n").encode())
    (tmp_path / "b.txt").unlink()
    (tmp_path / "z.txt").write_text("altro", encoding="utf-8")
    assert manifest_problems(path, [document("a"), document("b"), document("y")]) == [
        "manifest.jsonl: a: a.txt has changed: its sha256 is another",
        "manifest.jsonl: b: there is no b.txt beside it",
        "z.txt: has no line in manifest.jsonl",
        "manifest.jsonl: c: has no gold",
        "y: has gold, but no line in manifest.jsonl",
    ]


def test_where_it_is_looked_for(tmp_path: Path) -> None:
    gold, corpus = tmp_path / "gold", tmp_path / "corpus"
    for folder in (gold, corpus):
        folder.mkdir()
    assert manifest_for(gold) is None
    beside = write(corpus, entry("a"))
    assert manifest_for(gold) == beside
    inside = write(gold, entry("a"))
    assert manifest_for(gold) == inside
    assert manifest_for(gold / "a.json") is None


def test_the_corpus_fits_its_gold() -> None:
    path = manifest_for(ROOT / "gold")
    assert path is not None
    assert manifest_problems(path, load_gold(ROOT / "gold")) == []
