"""The comparison with other projects: how it counts, and that what is installed gives places and numbers."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from benchmarks.compare import OnGold, compare, is_right, on_gold, tables
from benchmarks.contenders import Skip
from benchmarks.finders import FINDERS, Found
from extractor.evaluation import load_gold
from tests.conftest import ROOT

TEXT = "Nel 2024 tra 8 e 10 euro, 3,5 kg e due gatti."
GOLD = """{"doc_id": "a", "text": "%s", "claims": [
 {"kind": "money", "start": 13, "end": 24, "text": "8 e 10 euro", "low": "8", "high": "10", "unit": "EUR"},
 {"kind": "measure", "start": 26, "end": 32, "text": "3,5 kg", "value": "3.5", "unit": "kg"},
 {"kind": "count", "start": 35, "end": 38, "text": "due", "value": "2"}]}""".replace("\n", "")


def found(start: int, end: int, *numbers: str) -> Found:
    return Found(start, end, tuple(map(Decimal, numbers)))


def expected(**fields: Any) -> dict[str, Any]:
    return {"peer": "p", "text": TEXT, "expected": [{"start": 13, "end": 24, **fields}]}


@pytest.mark.parametrize(
    ("case", "results", "right"),
    [
        (expected(value="8"), [found(13, 14, "8")], True),
        (expected(value="8"), [found(13, 14, "9"), found(0, 3, "8")], False),
        (expected(value="8"), [], False),
        (expected(low="8", high="10"), [found(13, 14, "8"), found(17, 24, "10")], True),
        (expected(low="8", high="10"), [found(13, 24, "8", "10")], True),
        (expected(low="8", high="10"), [found(13, 24, "8")], False),
        (expected(high="10"), [found(13, 24, "8", "10")], True),
        (expected(value="0.333333333"), [found(13, 24, "0.3333")], True),
        (expected(value="50", currency_source="minor-unit"), [found(13, 24, "0.5")], True),
        (expected(value="50"), [found(13, 24, "0.5")], False),
        ({"peer": "p", "text": TEXT, "expected": [{"value": "8"}]}, [found(40, 41, "8")], True),
    ],
)
def test_a_case_is_right_by_its_numbers_in_their_place(case: dict[str, Any], results: list[Found], right: bool) -> None:
    assert is_right(case, results) is right


def test_claims_placed_and_valued(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(GOLD % TEXT, encoding="utf-8")
    documents = load_gold(tmp_path / "gold.jsonl")
    results = [found(4, 8, "2024"), found(13, 14, "8"), found(17, 19, "10"), found(26, 29, "35")]
    assert on_gold(lambda _: results, documents) == OnGold(claims=3, placed=2, valued=1, others=1)
    report = compare(None, [tmp_path / "gold.jsonl"])
    (shares,) = report["projects"]["cifre"]["gold"].values()
    assert shares == {"claims": 3, "placed": 3, "valued": 3, "others": 0}
    assert "| 100.0% | 100.0% | 0 |" in tables(report)
    assert set(report["projects"]) | set(report["skipped"]) == set(FINDERS)


@pytest.mark.parametrize(
    ("name", "text", "place", "number"),
    [
        ("cifre", "Costa 1.200,5 euro", "1.200,5 euro", "1200.5"),
        ("digits by a pattern", "Costa 1.200,5 euro", "1.200,5", "1200.5"),
        ("Recognizers-Text", "Costa 15,3 miliardi di euro", "15,3 miliardi di euro", "15300000000"),
        ("text2num", "Ne ha ventuno e basta", "ventuno", "21"),
        ("quantulum3", "It weighs 12 kg", "12 kg", "12"),
        ("edsnlp", "Un poids de 12 kg", "12 kg", "12"),
    ],
)
def test_what_is_installed_gives_places_and_numbers(name: str, text: str, place: str, number: str) -> None:
    make, _ = FINDERS[name]
    try:
        find = make()
    except Skip as reason:
        pytest.skip(str(reason))
    start = text.index(place)
    assert found(start, start + len(place), number) in find(text)


def test_the_command_reads_the_project_s_own_gold() -> None:
    report = compare(None, [ROOT / "gold"])
    found = report["projects"]["cifre"]["gold"]
    assert set(found) == {f"{ROOT / 'gold'}, dev", f"{ROOT / 'gold'}, test"}
    assert all(shares["claims"] > 0 for shares in found.values())
