"""The command line, as a user types it."""

from __future__ import annotations

import hashlib
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
    gold = ["evaluate", "--gold", str(ROOT / "gold" / "article_pechino.json"), *RULES]
    assert run(*gold, "--min-f1", "0.99").exit_code == 0
    empty = tmp_path / "none.jsonl"
    empty.write_text("", encoding="utf-8")
    result = run(*gold, "--pred", str(empty), "--min-f1", "0.5")
    assert result.exit_code == 1
    assert "below 0.5" in result.stderr


def test_evaluate_for_programs() -> None:
    result = run("evaluate", "--gold", str(ROOT / "gold" / "article_pechino.json"), *RULES, "--json")
    assert json.loads(result.stdout)["micro"]["whole"]["f1"] == 1.0


def test_evaluate_against_an_earlier_run(tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.jsonl"
    assert run("extract", *RULES, str(ROOT / "corpus" / "article_pechino.txt"), "-o", str(earlier)).exit_code == 0
    lines = earlier.read_text(encoding="utf-8").splitlines(keepends=True)
    earlier.write_text("".join(lines[2:]), encoding="utf-8")
    result = run("evaluate", "--gold", str(ROOT / "gold" / "article_pechino.json"), *RULES, "--against", str(earlier))
    assert result.exit_code == 0
    assert "2 whole claims won, 0 whole claims lost" in result.stdout
    assert "WON  whole claim  == article_pechino\n  MISSED  c1 90:112" in result.stdout


def gold_with_splits(folder: Path) -> Path:
    """Make two articles with one claim each, the second for testing only."""
    (folder / "gold").mkdir()
    (folder / "corpus").mkdir()
    entries = []
    for name, split in (("primo", "dev"), ("secondo", "test")):
        text = f"Il {name} forno ha 12 dipendenti."
        (folder / "corpus" / f"{name}.txt").write_text(text, encoding="utf-8")
        start = text.index("12")
        claim = {"claim_id": "c1", "kind": "count", "start": start, "end": start + 2, "text": "12", "value": "13"}
        record = {"doc_id": name, "article": f"../corpus/{name}.txt", "claims": [claim]}
        (folder / "gold" / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        entries.append({"id": name, "title": name, "date": None, "topic": "bread", "licence": "CC0-1.0"})
        entries[-1] |= {"sha256": sha256, "split": split}
    manifest = "".join(json.dumps(entry) + "\n" for entry in entries)
    (folder / "corpus" / "manifest.jsonl").write_text(manifest, encoding="utf-8")
    return folder / "gold"


def test_evaluate_keeps_to_dev_and_the_test_split_closed(tmp_path: Path) -> None:
    gold = ["evaluate", "--gold", str(gold_with_splits(tmp_path)), *RULES]
    default = run(*gold)
    assert "1 documents, 1 claims in gold" in default.stdout
    assert "== primo" in default.stdout
    everything = run(*gold, "--split", "all")
    assert "2 documents, 2 claims in gold" in everything.stdout
    assert "== secondo" not in everything.stdout
    assert "errors of 1 test documents stay closed" in everything.stderr
    closed = json.loads(run(*gold, "--split", "test", "--json").stdout)
    assert closed["micro"]["whole"]["f1"] == 0
    assert closed["differences"] == []
    assert "== secondo" in run(*gold, "--split", "test", "--open-test").stdout


def test_gate(tmp_path: Path) -> None:
    gold = gold_with_splits(tmp_path)
    command = ["evaluate", "--gold", str(gold), *RULES]
    assert "there are no floors yet" in run(*command, "--gate").stderr
    assert run(*command, "--set-floors").exit_code == 0
    passed = run(*command, "--gate")
    assert passed.exit_code == 0
    assert passed.stdout.splitlines() == [f"blank:it, {split}: whole claim 0.0: passed" for split in ("dev", "test")]
    floors = gold / "floors.toml"
    content = floors.read_text(encoding="utf-8")
    floors.write_text(content.replace("whole = 0.0", "whole = 0.5", 1), encoding="utf-8")
    failed = run(*command, "--gate")
    assert failed.exit_code == 1
    assert "  whole 0.0 is below 50.0" in failed.stdout
    refused = run(*command, "--set-floors")
    assert refused.exit_code == 1
    assert "blank:it, dev: whole 0.5000 -> 0.0000" in refused.stderr
    assert run(*command, "--set-floors", "--lower-because", "the gold was wrong").exit_code == 0
    assert 'reason = "the gold was wrong"' in floors.read_text(encoding="utf-8")
    assert run(*command, "--gate").exit_code == 0
    (gold.parent / "corpus" / "primo.txt").write_text("Il primo forno ha 12 cuochi....", encoding="utf-8")
    changed = run(*command, "--gate")
    assert changed.exit_code == 1
    assert "corpus or gold have changed" in changed.stderr


def test_every_model_in_one_table(tmp_path: Path) -> None:
    gold = gold_with_splits(tmp_path)
    result = run("evaluate", "--gold", str(gold), "--split", "all", "--all-models")
    assert result.exit_code == 0
    first, header, whole, *_ = result.stdout.splitlines()
    assert first.startswith("2 documents, 2 claims in gold")
    assert header.split()[:2] == ["blank:it", "it_cifre_sm"]
    assert whole.startswith("whole claim")
    assert whole.count("0.0 [0.0, 0.0]") >= 2
    record = json.loads(run("evaluate", "--gold", str(gold), "--all-models", "--json").stdout)
    assert record["blank:it"]["micro"]["spans"]["strict"]["f1"] == 1.0


@pytest.mark.parametrize(
    "more", [["--gate", "--split", "dev"], ["--all-models", "--model", "x"], ["--lower-because", "x"]]
)
def test_choices_that_do_not_go_together(more: list[str]) -> None:
    assert run("evaluate", *more).exit_code == 2


def test_split_of_gold_without_any(tmp_path: Path) -> None:
    gold = gold_with_splits(tmp_path)
    (tmp_path / "corpus" / "manifest.jsonl").unlink()
    result = run("evaluate", "--gold", str(gold), *RULES, "--split", "test")
    assert result.exit_code == 2
    assert "has no splits" in result.stderr


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


def test_rules_alone_do_without_spacy(tmp_path: Path) -> None:
    code = (
        "import sys; from extractor.cli import main\n"
        "try: main(['extract', '--fast', *sys.argv[1:]])\n"
        "finally: print([m for m in ('spacy', 'thinc', 'numpy') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(ROOT / "corpus"), "-o", str(tmp_path / "claims.jsonl")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
    assert len((tmp_path / "claims.jsonl").read_text(encoding="utf-8").splitlines()) > 500


def test_the_day_of_articles_that_give_none(tmp_path: Path) -> None:
    lines = '{"id": "a", "text": "Ieri 3 morti.", "date": "2023-01-02"}\n{"id": "b", "text": "Ieri 3 morti."}\n'
    (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
    result = run("extract", *RULES, str(tmp_path / "a.jsonl"), "--date", "2024-09-10")
    claims = [json.loads(line) for line in result.stdout.splitlines()]
    assert [claim["time"]["value"] for claim in claims] == ["2023-01-01", "2024-09-09"]
    assert [claim["provenance"]["date"] for claim in claims] == ["2023-01-02", "2024-09-10"]
    result = run("extract", *RULES, str(tmp_path / "a.jsonl"), "--date", "ieri")
    assert result.exit_code == 2
    assert "no day in full" in result.stderr
