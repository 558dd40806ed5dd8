from __future__ import annotations

import re

from extractor.evaluation.metrics import evaluate
from extractor.evaluation.report import render, table

from .build import DOC, claim, gold_claim, gold_document

TEXT = "Il bando vale quasi 8 milioni. Arrivano 45 domande, poi altre."
GOLD = gold_document(
    TEXT,
    gold_claim(TEXT, "8 milioni", kind="money", value="8000000", modifier="less_than", subject="bando"),
    gold_claim(TEXT, "45", "c2", value="45", subject="domande"),
)
RESULT = evaluate(
    [GOLD],
    {DOC: [claim(TEXT, "8 milioni", value="8000000", rules=("count-magnitude",)), claim(TEXT, "altre", "n2")],
     "senza": []},
)  # fmt: skip


def cells(label: str) -> list[str]:
    [line] = [line for line in table(RESULT).splitlines() if line.startswith(label)]
    return line.removeprefix(label).split()


def test_table() -> None:
    assert table(RESULT).startswith("1 documents, 2 claims in gold, 2 predicted\n")
    assert cells("whole claim   ") == ["0.0", "0.0", "0.0", "-", "0", "2", "2"]
    assert cells("overlap   ") == ["50.0", "50.0", "50.0", "-", "1", "2", "2"]
    assert cells("money: overlap") == ["-", "0.0", "0.0", "-", "0", "0", "1"]
    assert cells("quantity") == ["100.0", "100.0", "100.0", "-", "1", "1", "1"]
    assert cells("baseline, where there is one") == ["-", "-", "-", "-", "0", "0", "0"]
    assert "not scored, for they have no gold: senza" in table(RESULT)


def test_differences_with_their_sentences() -> None:
    report = render(RESULT)
    assert "differences: 1 missed, 1 spurious, 1 wrong" in report
    assert f"== {DOC}" in report
    wrong, missed, spurious = re.findall(r"^(?:WRONG|MISSED|SPURIOUS) .*(?:\n    .*)+", report, re.MULTILINE)
    assert wrong.splitlines() == [
        "WRONG  c1 20:29  [8 milioni] · money · 8000000 · less_than · subject: bando",
        "    kind: money -> count",
        "    modifier: less_than -> exact",
        "    subject: bando -> none",
        "    rules: count-magnitude",
        "    | Il bando vale quasi 8 milioni.",
    ]
    assert missed.startswith("MISSED  c2 40:42  [45] · count · 45 · exact · subject: domande")
    assert spurious.startswith("SPURIOUS  n2 56:61  [altre] · count")
    assert report.rstrip().endswith("| Arrivano 45 domande, poi altre.")


def test_differences_can_be_left_out() -> None:
    assert "MISSED" not in render(RESULT, differences=False)
