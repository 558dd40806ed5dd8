"""The command line, as a user types it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractor.cli import main
from tests.conftest import ROOT

RULES = ["--model", "blank:it"]


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


def test_extract_a_file_a_folder_and_standard_input(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Sono 12 euro.", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Pesa 3 kg.", encoding="utf-8")
    for arguments, ids in (([str(tmp_path / "b.txt")], ["b"]), ([str(tmp_path)], ["a", "b"])):
        result = run("extract", *RULES, *arguments)
        assert result.exit_code == 0
        assert [json.loads(line)["doc_id"] for line in result.stdout.splitlines()] == ids
    result = run("extract", *RULES, "-", stdin="Sono 12 euro.")
    assert json.loads(result.stdout)["value"] == 12
    assert "model: blank:it" in result.stderr


def test_output_file_and_its_metadata(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Pesa 3 kg.", encoding="utf-8")
    target = tmp_path / "claims.jsonl"
    result = run("extract", *RULES, str(tmp_path / "a.txt"), "-o", str(target), "--summary")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "1 claims in 1 documents" in result.stderr
    assert json.loads(target.read_text(encoding="utf-8"))["unit"] == "kg"
    meta = json.loads((tmp_path / "claims.meta.json").read_text(encoding="utf-8"))
    assert meta["model"] == "blank:it"
    assert meta["documents"] == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"caff\xe8 a 2 euro", "not UTF-8"), (b"a\0b 2 euro", "binary"), (b" \n", "empty"), (None, "No such file")],
)
def test_a_bad_document_is_named_and_the_others_come(tmp_path: Path, content: bytes | None, reason: str) -> None:
    bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
    if content is not None:
        bad.write_bytes(content)
    good.write_text("Sono 12 euro.", encoding="utf-8")
    result = run("extract", *RULES, str(bad), str(good))
    assert result.exit_code == 1
    assert "bad.txt" in result.stderr
    assert reason in result.stderr
    assert json.loads(result.stdout)["doc_id"] == "good"


def test_two_documents_of_one_name(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    for folder in (tmp_path, tmp_path / "x"):
        (folder / "a.txt").write_text("Sono 12 euro.", encoding="utf-8")
    result = run("extract", *RULES, str(tmp_path / "a.txt"), str(tmp_path / "x" / "a.txt"))
    assert result.exit_code == 1
    assert "'a' too" in result.stderr


def test_evaluate_says_when_the_score_is_too_low(tmp_path: Path) -> None:
    gold = ["evaluate", "--gold", str(ROOT / "gold"), *RULES]
    assert run(*gold, "--min-f1", "0.99").exit_code == 0
    empty = tmp_path / "none.jsonl"
    empty.write_text("", encoding="utf-8")
    result = run(*gold, "--pred", str(empty), "--min-f1", "0.5")
    assert result.exit_code == 1
    assert "below 0.5" in result.stderr


def test_evaluate_for_programs() -> None:
    result = run("evaluate", "--gold", str(ROOT / "gold"), *RULES, "--json")
    assert json.loads(result.stdout)["micro"]["whole"]["f1"] == 1.0


@pytest.mark.parametrize(
    "arguments", [["extract"], ["evaluate", "--gold", "no-such-folder"], ["extract", "--model", "no_model", "-"]]
)
def test_wrong_usage(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_schema_and_explain() -> None:
    assert json.loads(run("schema").stdout)["properties"]["value"]
    explained = run("explain", *RULES, "I ricavi salgono di oltre il 5%.").stdout
    assert "more_than" in explained
    assert 'from "oltre il"' in explained
    assert "change.verb" in explained
    assert "No numeric claim" in run("explain", *RULES, "Niente.").stdout


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from extractor.cli import main; print([m for m in ('spacy', 'pydantic') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert out.stdout.strip() == "[]"
