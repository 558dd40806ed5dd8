from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor.evaluation.gold import GoldError, load_gold

ARTICLE = (
    "Nel 2023 i 37 forni del paese hanno venduto 1,5 tonnellate di pane, dice Anna.\r\n"
    "Di queste 0,4 tonnellate sono al farro."
)
ROOT = Path(__file__).resolve().parents[2]


def record(words: str, claim_id: str, **fields: Any) -> dict[str, Any]:
    start = ARTICLE.index(words)
    return {
        "claim_id": claim_id,
        "kind": "count",
        "start": start,
        "end": start + len(words),
        "text": words,
        "value": "1",
        "unit": None,
    } | fields


def span(words: str, **extra: Any) -> dict[str, Any]:
    start = ARTICLE.index(words)
    return {"text": words, "start": start, "end": start + len(words)} | extra


FORNI = record("37", "c1", value="37", subject=span("forni"), time=span("2023", value="2023"))
PANE = record("1,5 tonnellate", "c2", kind="measure", value="1.5", unit="t", attribution=span("Anna"), refers_to="c1")


def write(folder: Path, claims: list[dict[str, Any]], name: str = "pane", **top: Any) -> Path:
    (folder / "corpus").mkdir(exist_ok=True)
    (folder / "gold").mkdir(exist_ok=True)
    (folder / "corpus" / f"{name}.txt").write_bytes(ARTICLE.encode())
    data = {"doc_id": name, "article": f"../corpus/{name}.txt", "claims": claims} | top
    path = folder / "gold" / f"{name}.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def problems(path: Path) -> tuple[str, ...]:
    with pytest.raises(GoldError) as caught:
        load_gold(path)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


def test_own_format(tmp_path: Path) -> None:
    [document] = load_gold(write(tmp_path, [FORNI, PANE]))
    assert (document.doc_id, document.text) == ("pane", ARTICLE)
    forni, pane = document.claims
    assert forni.value == Decimal(37)
    assert forni.time is not None
    assert (forni.time.text, forni.time.value) == ("2023", "2023")
    assert (pane.unit, pane.refers_to, pane.low, pane.modality) == ("t", "c1", None, "asserted")


def test_offsets_count_carriage_returns(tmp_path: Path) -> None:
    farro = record("0,4 tonnellate", "c1", kind="measure", value="0.4", unit="t")
    [document] = load_gold(write(tmp_path, [farro]))
    assert document.text[document.claims[0].start : document.claims[0].end] == "0,4 tonnellate"


def test_folder_in_order_of_names_without_figures_about_gold(tmp_path: Path) -> None:
    write(tmp_path, [PANE | {"refers_to": None}], name="zeta")
    write(tmp_path, [FORNI], name="alfa")
    (tmp_path / "gold" / "agreement.json").write_text("{}")
    assert [document.doc_id for document in load_gold(tmp_path / "gold")] == ["alfa", "zeta"]


def test_json_lines(tmp_path: Path) -> None:
    claims = [
        {key: value for key, value in claim.items() if key != "claim_id"}
        for claim in (FORNI | {"subject": "forni", "time": "2023"}, PANE | {"attribution": "Anna", "refers_to": 0})
    ]
    line = json.dumps({"doc_id": "pane", "text": ARTICLE, "claims": claims}, ensure_ascii=False)
    path = tmp_path / "gold.jsonl"
    path.write_text(line + "\n\n", encoding="utf-8")
    [document] = load_gold(path)
    forni, pane = document.claims
    assert (forni.claim_id, pane.claim_id, pane.refers_to) == ("c1", "c2", "c1")
    assert forni.subject is not None
    assert (forni.subject.text, forni.subject.start) == ("forni", None)


def test_json_lines_name_line_and_dangling_place(tmp_path: Path) -> None:
    bad = {key: value for key, value in FORNI.items() if key != "claim_id"} | {"same_as": 1}
    path = tmp_path / "g.jsonl"
    path.write_text("{\n" + json.dumps({"doc_id": "a", "text": ARTICLE, "claims": [bad]}), encoding="utf-8")
    first, second = problems(path)
    assert first.startswith("g.jsonl:1: not JSON")
    assert second == "g.jsonl:2: claim c1: same_as is 1, no place in the list"


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([FORNI | {"text": "38"}], "pane.json: claim c1: the text at [11:13] is '37', not '38'"),
        ([FORNI | {"start": 12, "end": 14}], "claim c1: the text at [12:14] is '7 ', not '37'; nearest is 11"),
        ([FORNI | {"start": 900, "end": 902}], "claim c1: [900:902] ends after the text, which has 119 characters"),
        ([FORNI | {"value": 37}], 'claim c1: value must be a plain decimal string such as "-1234.5", not 37'),
        ([FORNI | {"value": "3,7"}], "claim c1: value must be a plain decimal string such as \"-1234.5\", not '3,7'"),
        ([FORNI | {"value": "1e3"}], "claim c1: value must be a plain decimal string such as \"-1234.5\", not '1e3'"),
        ([FORNI | {"value": None}], "claim c1: a quantity has either a value or a range (low and high), never both"),
        ([FORNI | {"value": None, "low": "4", "high": "3"}], "claim c1: low 4 is above high 3"),
        ([FORNI | {"unit": "t"}], "claim c1: a count has no unit, not 't'"),
        ([FORNI | {"modifer": "approx"}], "claim c1: modifer: Extra inputs are not permitted"),
        ([FORNI | {"subject": span("forni") | {"start": 13, "end": 18}}], "subject: the text at [13:18] is ' forn'"),
        ([FORNI | {"subject": {"text": "forni", "start": 14}}], "claim c1: subject: has one of start and end"),
        ([FORNI, FORNI | {"start": 44, "end": 46, "text": "1,"}], "claim c1: this claim_id is used more than once"),
        ([FORNI, record("37 forni", "c2")], "claim c2: [11:19] '37 forni' overlaps claim c1 [11:13] '37'"),
        ([FORNI | {"same_as": "c9"}], "claim c1: same_as is 'c9', which no claim here has"),
        ([FORNI | {"refers_to": "c1"}], "claim c1: refers_to is the claim itself"),
    ],
)
def test_each_slip_is_named(tmp_path: Path, claims: list[dict[str, Any]], expected: str) -> None:
    found = problems(write(tmp_path, claims))
    assert len(found) == 1
    assert expected in found[0]
    assert found[0].startswith("pane.json: ")


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    write(tmp_path, [FORNI | {"value": "x"}], name="a")
    write(tmp_path, [PANE], name="b", doc_id="a")
    found = problems(tmp_path / "gold")
    assert [line.split(":")[0] for line in found] == ["a.json", "b.json", "b.json"]
    assert "doc_id 'a' is also that of a.json" in found[1]
    assert "refers_to is 'c1'" in found[2]


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        ({"article": "../corpus/nessuno.txt"}, "article '../corpus/nessuno.txt' cannot be read"),
        ({"article": None}, "'article' must be the path"),
        ({"doc_id": ""}, "'doc_id' must be a string"),
        ({"claims": ["37"]}, "'claims' must be a list of objects"),
        ({"autor": "A"}, "unknown keys autor"),
    ],
)
def test_top_level_slips(tmp_path: Path, top: dict[str, Any], expected: str) -> None:
    [problem] = problems(write(tmp_path, **{"claims": [FORNI]} | top))
    assert expected in problem


def test_empty_folder_is_an_error(tmp_path: Path) -> None:
    assert "no gold files" in problems(tmp_path)[0]


def test_optional_real_gold_reads() -> None:
    path = ROOT.parent / "shared" / "real_dev" / "gold.jsonl"
    if not path.exists():
        pytest.skip("the optional shared data is not here")
    documents = load_gold(path)
    assert len(documents) == 94
    assert sum(len(document.claims) for document in documents) == 274
