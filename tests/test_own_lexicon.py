"""A desk's own lexicon from end to end: the example, through everything that takes one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import spacy
from click.testing import CliRunner, Result

import extractor
import extractor.spacy_component
from extractor.cli import main
from extractor.lexicon.own import read_lexicon
from extractor.pipeline import Pipeline
from tests.conftest import ROOT

ENERGY = ROOT / "examples" / "energy.toml"
TEXT = """\
La domanda arriva nell'intorno di 320 TWh/anno, e il PUN sale a 112,5 €/MWh.
Servono 1,2 milioni di barili al giorno. Un derating di 200 MW ferma la centrale, spento il reattore 3.
Il Consorzio annuncia un repowering da 40 milioni, per una centrale della producibilità di 900 GWh.
Arera: bollette a 500 euro.
"""
# text, kind, unit, modifier, change
FOUND = [
    ("320 TWh/anno", "measure", "TW.h/a", "approx", None),
    ("112,5 €/MWh", "measure", "EUR/(MW.h)", "exact", None),
    ("1,2 milioni di barili al giorno", "measure", "[bbl]/d", "exact", None),
    ("200 MW", "measure", "MW", "exact", "decrease"),
    ("40 milioni", "money", None, "exact", None),
    ("900 GWh", "measure", "GW.h", "exact", None),
    ("500 euro", "money", "EUR", "exact", None),
]


@pytest.fixture(scope="module")
def own() -> Pipeline:
    return extractor.load("blank:it", lexicon=ENERGY)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def rows(claims: list[extractor.Claim]) -> list[tuple[str, str, str | None, str, str | None]]:
    return [(c.text, c.kind, c.unit, c.modifier, c.change) for c in claims]


def test_the_entries_of_the_example_decide(own: Pipeline, rules: Pipeline) -> None:
    claims = own.extract(TEXT)
    assert rows(claims) == FOUND
    assert not set(FOUND[:5]) & set(rows(rules.extract(TEXT)))
    assert claims[5].subject.text == "producibilità"
    assert claims[6].attribution.text == "Arera"
    assert own.parse_quantity("3 petajoule").unit == "PJ"
    with pytest.raises(ValueError, match="not only a quantity"):
        extractor.parse_quantity("3 petajoule")


def test_the_bundled_model_takes_it_too(bundled: Pipeline) -> None:
    own = Pipeline(bundled.nlp, bundled.model, extractor.load("blank:it", ENERGY).lexicon)
    assert [(c.text, c.unit) for c in own.extract(TEXT)] == [(text, unit) for text, _, unit, _, _ in FOUND]


def test_extract_on_one_process_and_on_several(tmp_path: Path) -> None:
    documents = [json.dumps({"id": f"d{n}", "text": TEXT}) for n in range(40)]
    (tmp_path / "in.jsonl").write_text("\n".join(documents), encoding="utf-8")
    outputs = []
    for processes in (1, 2):
        output = tmp_path / f"{processes}.jsonl"
        options = ("--fast", "--lexicon", ENERGY, "--processes", processes)
        assert run("extract", tmp_path / "in.jsonl", "-o", output, *options).exit_code == 0
        outputs.append(output.read_bytes())
    assert outputs[0] == outputs[1]
    texts = [json.loads(line)["text"] for line in outputs[0].splitlines()]
    assert texts == [row[0] for row in FOUND] * 40
    meta = json.loads((tmp_path / "2.meta.json").read_text(encoding="utf-8"))
    assert meta["lexicon"] == "energy.toml"
    assert len(meta["lexicon_sha256"]) == 64


def test_a_changed_lexicon_is_a_reason_to_do_a_batch_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sono 20 petajoule.", encoding="utf-8")
    lexicon = tmp_path / "mine.toml"

    def extracted(*options: object) -> tuple[str | None, str]:
        result = run("extract", "--fast", tmp_path / "a.txt", "-o", tmp_path / "out.jsonl", "--resume", *options)
        assert result.exit_code == 0
        return json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))["unit"], result.stderr

    assert extracted()[0] is None
    for code in ("PJ", "J"):
        lexicon.write_text(f'[[units.measure]]\ncode = "{code}"\nnames = "petajoule"\n', encoding="utf-8")
        unit, said = extracted("--lexicon", lexicon)
        assert unit == code
        assert "earlier run" not in said
        assert "earlier run" in extracted("--lexicon", lexicon)[1]


def test_explain_check_and_evaluate(tmp_path: Path) -> None:
    explained = run("explain", "--model", "blank:it", "--lexicon", ENERGY, "Sono 20 petajoule.")
    assert "measure: 20 PJ" in explained.stdout
    (tmp_path / "a.txt").write_text("La potenza ha un derating del 10% a 90 MW.", encoding="utf-8")
    options = ("--model", "blank:it", "--json", tmp_path / "a.txt")
    assert json.loads(run("check", "--lexicon", ENERGY, *options).stdout)["kind"] == "previous_value"
    assert run("check", *options).stdout == ""
    scored = run("evaluate", "--gold", ROOT / "gold", "--model", "blank:it", "--lexicon", ENERGY, "-q")
    assert scored.exit_code == 0
    for clash in (["--pred", tmp_path / "a.txt"], ["--gate"]):
        assert run("evaluate", "--gold", ROOT / "gold", "--lexicon", ENERGY, *clash).exit_code == 2


def test_the_page_and_the_server_read_with_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("La potenza ha un derating del 10% a 90 MW, 20 petajoule.", encoding="utf-8")
    options = ("--model", "blank:it", tmp_path / "a.txt")
    marked = [">20 petajoule</" in run("view", *lexicon, *options).stdout for lexicon in (("--lexicon", ENERGY), ())]
    assert marked == [True, False]
    testclient = pytest.importorskip("fastapi.testclient", reason="the extra `serve` is not installed")
    from extractor.serve.app import create_app

    with testclient.TestClient(create_app("blank:it", lexicon=read_lexicon(ENERGY))) as client:
        text = (tmp_path / "a.txt").read_text(encoding="utf-8")
        claims = client.post("/claims", json={"text": text}).json()["claims"]
        assert [claim["unit"] for claim in claims] == ["%", "MW", "PJ"]
        (derived,) = client.post("/check", json={"text": text}).json()["derived"]
        assert derived["kind"] == "previous_value"


def test_a_wrong_lexicon_is_wrong_usage_that_names_file_line_and_key(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('# mine\n[[units.measure]]\ncode = "PJ"\nname = "petajoule"\n', encoding="utf-8")
    for command in (["extract", "-"], ["explain", "20 petajoule"], ["check", "-"], ["evaluate"], ["lexicon"]):
        result = run(*command, "--lexicon", wrong)
        assert result.exit_code == 2
        assert f"{wrong}, [[units.measure]] row 1, line 4, key 'name': is unknown; known are code" in result.stderr


def test_the_command_lists_what_is_in_force() -> None:
    overview = run("lexicon", "--lexicon", ENERGY).stdout.splitlines()
    assert any(line.startswith("units ") and f"6 from {ENERGY}" in line for line in overview)
    assert any(line.startswith("calendar ") and line.endswith("fixed") for line in overview)
    lines = run("lexicon", "changes", "--lexicon", ENERGY).stdout.splitlines()
    assert f"{ENERGY}  [nouns.decrease]  words: derating, curtailment" in lines
    assert any(line.startswith("changes.toml  [nouns.decrease]  words: calo, ") for line in lines)
    records = [json.loads(line) for line in run("lexicon", "units", "--json", "--lexicon", ENERGY).stdout.splitlines()]
    assert [r["values"]["code"] for r in records if r["source"] == str(ENERGY)][:2] == ["TW.h/a", "[bbl]/d"]
    assert not [r for r in records if r["source"] == "units.toml" and "barili al giorno" in str(r["values"])]
    assert run("lexicon", "no_such_table").exit_code == 2


def test_the_spacy_component_takes_it_from_its_configuration(tmp_path: Path) -> None:
    nlp = spacy.blank("it")
    nlp.add_pipe("cifre", config={"lexicon": str(ENERGY)})
    assert rows(nlp(TEXT)._.claims) == FOUND
    nlp.to_disk(tmp_path / "model")
    assert rows(spacy.load(tmp_path / "model")(TEXT)._.claims) == FOUND
    processed = nlp.pipe([TEXT] * 4, n_process=2, batch_size=2)
    assert [rows(doc._.claims) for doc in processed] == [FOUND] * 4
    with pytest.raises(ValueError, match=r"none\.toml: cannot be read"):
        spacy.blank("it").add_pipe("cifre", config={"lexicon": "none.toml"})


def test_the_tables_are_read_only_when_a_command_needs_them() -> None:
    import subprocess

    code = "import sys, extractor.cli; print([m for m in sys.modules if m.startswith('extractor.lexicon')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
