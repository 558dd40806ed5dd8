from __future__ import annotations

import json

import pytest

from extractor.evaluation.compare import SPURIOUS, WHOLE, Turn, compare
from extractor.evaluation.metrics import Evaluation, evaluate
from extractor.evaluation.report import comparison_table, turned_list
from extractor.schema import Claim

from .build import DOC, claim, gold_claim, gold_document

TEXT = "Nel 2020 i 12 panifici vendono 45 torte e 80 pani, non 7."
GOLD = gold_document(
    TEXT,
    gold_claim(TEXT, "12", "g1", value="12", subject="panifici"),
    gold_claim(TEXT, "45", "g2", value="45", subject="torte"),
    gold_claim(TEXT, "80", "g3", value="80", subject="pani"),
)
TWELVE = claim(TEXT, "12", "n1", value="12", subject="panifici")
FORTY_FIVE = claim(TEXT, "45", "n2", value="45", subject="torte")
EIGHTY = claim(TEXT, "80", "n3", value="80", subject="pani")


def run(*claims: Claim) -> Evaluation:
    return evaluate([GOLD], {DOC: claims})


def turns(old: Evaluation, new: Evaluation) -> list[tuple[Turn, str, int]]:
    return [(each.turn, each.what, each.wrong.start) for each in compare(old, new).turned]


def test_won_and_lost_claims() -> None:
    missing, wrong = run(FORTY_FIVE, EIGHTY), run(TWELVE, claim(TEXT, "45", "n2", value="46", subject="torte"), EIGHTY)
    assert turns(missing, wrong) == [(Turn.WON, WHOLE, 11), (Turn.LOST, WHOLE, 31)]
    comparison = compare(missing, wrong)
    assert comparison.turned[0].wrong.outcome == "missed"
    assert comparison.turned[1].wrong.fields[0].predicted == "46"
    assert turns(wrong, missing) == [(Turn.LOST, WHOLE, 11), (Turn.WON, WHOLE, 31)]


def test_fields_of_claims_that_both_found() -> None:
    weak = claim(TEXT, "80", "n3", value="80", subject="torte")
    assert turns(run(TWELVE, FORTY_FIVE, weak), run(TWELVE, FORTY_FIVE, EIGHTY)) == [(Turn.WON, "subject", 42)]
    # A claim that is missed in one run has no subject that could be won.
    assert turns(run(TWELVE, FORTY_FIVE), run(TWELVE, FORTY_FIVE, weak)) == [(Turn.WON, WHOLE, 42)]
    # A wrong claim that gets better without getting right is told by its field.
    worse = claim(TEXT, "80", "n3", value="8", modifier="approx", subject="pani")
    better = claim(TEXT, "80", "n3", value="80", modifier="approx", subject="pani")
    assert turns(run(worse), run(better)) == [(Turn.WON, "quantity", 42)]


def test_spurious_claims_gone_and_new() -> None:
    year, seven = claim(TEXT, "2020", "n8"), claim(TEXT, "7", "n9")
    assert turns(run(year), run(seven)) == [(Turn.WON, SPURIOUS, 4), (Turn.LOST, SPURIOUS, 55)]


def test_same_runs() -> None:
    comparison = compare(run(TWELVE), run(TWELVE))
    assert comparison.turned == ()
    assert comparison.measures["whole"].difference == 0
    assert "0 whole claims won, 0 whole claims lost" in comparison_table(comparison)


def test_report_and_json() -> None:
    comparison = compare(run(FORTY_FIVE), run(TWELVE, FORTY_FIVE))
    assert "WON  whole claim  == prova\n  MISSED  g1 11:13  [12]" in turned_list(comparison)
    [row] = [line for line in comparison_table(comparison).splitlines() if line.startswith("whole claim")]
    assert row.split()[2:] == ["50.0", "80.0", "+30.0", "-", "-"]
    data = json.loads(json.dumps(comparison.to_dict()))
    assert data["measures"]["whole"]["difference"] == pytest.approx(0.3)
    assert (data["turned"][0]["turn"], data["turned"][0]["wrong"]["outcome"]) == ("won", "missed")
    assert comparison.without({DOC}).turned == ()


def test_other_documents_are_refused() -> None:
    with pytest.raises(ValueError, match="different documents"):
        compare(run(), evaluate([GOLD, gold_document(TEXT, doc_id="b")], {}))
