"""``cifre gold`` and ``cifre convert``, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from click.testing import CliRunner, Result

from extractor.cli import main
from extractor.evaluation.gold import load_gold
from tests.conftest import ROOT

TEXT = "I ricavi salgono del 5% a 15,3 miliardi di euro.\r\nNe restano 12."
RULES = ["--model", "blank:it"]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "corpus" / "ricavi.txt"
    path.parent.mkdir()
    path.write_bytes(TEXT.encode())
    return path


def test_new_check_evaluate(tmp_path: Path, article: Path) -> None:
    target = tmp_path / "ricavi.json"
    made = run("gold", "new", article, "-o", target, *RULES)
    assert made.exit_code == 0
    assert made.stdout == ""
    assert "3 proposals by blank:it" in made.stderr
    assert "bias" in made.stderr
    assert json.loads(target.read_text(encoding="utf-8"))["article"] == "corpus/ricavi.txt"
    [document] = load_gold(target)
    assert (document.doc_id, document.text) == ("ricavi", TEXT)
    assert [claim.claim_id for claim in document.claims] == ["c1", "c2", "c3"]
    checked = run("gold", "check", target)
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert checked.stdout == "1 documents, 3 claims: 1 percentage, 1 money, 1 count\n"
    assert run("evaluate", "--gold", target, *RULES, "--min-f1", "1").exit_code == 0


def test_new_writes_over_nothing_and_can_leave_proposals_out(article: Path) -> None:
    target = article.with_suffix(".json")
    empty = run("gold", "new", article, "--empty")
    assert empty.exit_code == 0
    assert "proposals" not in empty.stderr
    before = target.read_bytes()
    assert load_gold(target)[0].claims == ()
    again = run("gold", "new", article, *RULES)
    assert again.exit_code == 2
    assert "--force" in again.stderr
    assert target.read_bytes() == before
    assert run("gold", "new", article, *RULES, "--force").exit_code == 0
    assert len(load_gold(target)[0].claims) == 3


def test_new_says_what_is_wrong(tmp_path: Path, article: Path) -> None:
    for content, reason in ((b"caff\xe8", "not UTF-8"), (b" ", "empty"), (None, "No such file")):
        path = tmp_path / "x.txt"
        path.unlink(missing_ok=True)
        if content is not None:
            path.write_bytes(content)
        result = run("gold", "new", path, "--empty")
        assert result.exit_code == 1
        assert "x.txt" in result.stderr
        assert reason in result.stderr
    for arguments in (["--empty", *RULES], ["--empty", "-o", article], ["--empty", "-o", article / "x.json"]):
        assert run("gold", "new", article, *arguments).exit_code == 2


def test_check_names_each_problem_and_fix_offsets_mends_some(tmp_path: Path, article: Path) -> None:
    target = tmp_path / "ricavi.json"
    run("gold", "new", article, "-o", target, *RULES)
    right = target.read_bytes()
    record = json.loads(right)
    record["claims"][0]["start"] -= 3
    record["claims"][1]["value"] = "15,3"
    target.write_text(json.dumps(record), encoding="utf-8")
    wrong = run("gold", "check", target, tmp_path / "none.json")
    assert wrong.exit_code == 1
    lines = wrong.stdout.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("ricavi.json: claim c1: ")
    assert lines[1].startswith("ricavi.json: claim c2: value must be a plain decimal")
    assert lines[2].endswith("none.json: No such file or directory")
    fixed = run("gold", "check", "--fix-offsets", tmp_path)
    assert fixed.exit_code == 1
    assert len(fixed.stdout.splitlines()) == 1
    assert "moved: ricavi.json: claim c1: '5%' is at [21:23]" in fixed.stderr
    assert json.loads(target.read_text(encoding="utf-8"))["claims"][0] == json.loads(right)["claims"][0]


@pytest.mark.parametrize("name", ["tasks.json", "brat", "claims.spacy", "claims.csv", "gold.jsonl"])
def test_convert_and_back_beside_the_articles(tmp_path: Path, article: Path, name: str) -> None:
    run("gold", "new", article, "-o", tmp_path / "gold" / "ricavi.json", *RULES)
    to = {"tasks.json": ["--to", "label-studio"], "brat": ["--to", "brat"]}.get(name, [])
    there = run("convert", tmp_path / "gold", tmp_path / name, *to)
    assert there.exit_code == 0, there.stderr
    assert "1 documents, 3 claims" in there.stderr
    back = run("convert", tmp_path / name, tmp_path / "back", "--articles", tmp_path / "corpus")
    assert back.exit_code == 0, back.stderr
    assert [path.name for path in (tmp_path / "back").iterdir()] == ["ricavi.json"]
    assert (tmp_path / "back" / "ricavi.json").read_bytes() == (tmp_path / "gold" / "ricavi.json").read_bytes()
    again = run("convert", tmp_path / name, tmp_path / "back", "--articles", tmp_path / "corpus")
    assert again.exit_code == 2
    assert "--force" in again.stderr


def test_convert_makes_proposals_of_extracted_claims(tmp_path: Path, article: Path) -> None:
    (article.parent / "vuoto.txt").write_text("Nulla da dire.", encoding="utf-8")
    claims = tmp_path / "claims.jsonl"
    assert run("extract", article.parent, "-o", claims, *RULES).exit_code == 0
    assert run("convert", claims, tmp_path / "t.json", "--to", "label-studio").exit_code == 2
    options = ["--articles", article.parent, "--to", "label-studio", "--as", "predictions"]
    assert run("convert", claims, tmp_path / "t.json", *options).exit_code == 0
    tasks = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert [(task["data"]["doc_id"], len(task["predictions"])) for task in tasks] == [("ricavi", 1), ("vuoto", 1)]
    assert run("convert", claims, tmp_path / "own", "--articles", article.parent).exit_code == 0
    assert run("evaluate", "--gold", tmp_path / "own", *RULES, "--min-f1", "1").exit_code == 0
    article.write_text(f" {TEXT}", encoding="utf-8")
    changed = run("convert", claims, tmp_path / "t2.json", *options)
    assert changed.exit_code == 1
    assert "claims.jsonl: ricavi: " in changed.stderr
    assert "has changed" in changed.stderr
    article.unlink()
    assert "claims.jsonl: ricavi: no such article" in run("convert", claims, tmp_path / "t2.json", *options).stderr
    claims.write_text('{"claim_id": "c1"}\n', encoding="utf-8")
    assert "claims.jsonl:1: not a claim" in run("convert", claims, tmp_path / "t2.json", *options).stderr


def test_convert_says_what_is_wrong(tmp_path: Path) -> None:
    gold = ROOT / "gold" / "article_pechino.json"
    for out, message in (("a.txt", "which format"), ("a.jsonl/b.jsonl", None)):
        result = run("convert", gold, tmp_path / out)
        assert result.exit_code == (1 if message else 0)
        assert (message or "written") in result.stderr
    assert run("convert", tmp_path / "none", tmp_path / "b").exit_code == 2
    (tmp_path / "bad.csv").write_text("a,b\n", encoding="utf-8")
    result = run("convert", tmp_path / "bad.csv", tmp_path / "b")
    assert result.exit_code == 1
    assert "bad.csv: not a table of claims" in result.stderr
    (tmp_path / "only.ann").write_text("", encoding="utf-8")
    result = run("convert", tmp_path / "only.ann", tmp_path / "b")
    assert result.exit_code == 1
    assert "only.txt: No such file" in result.stderr


def test_the_labelling_configuration_alone() -> None:
    result = run("convert", "--label-studio-config")
    assert result.exit_code == 0
    assert fromstring(result.stdout).tag == "View"
