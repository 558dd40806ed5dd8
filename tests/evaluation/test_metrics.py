from __future__ import annotations

import json
from typing import Any

import pytest

from extractor.evaluation.metrics import (
    FIELDS,
    Evaluation,
    Score,
    Tally,
    evaluate,
    score_document,
    total,
)
from extractor.schema import Kind

from .build import DOC, claim, gold_claim, gold_document

TEXT = (
    "Secondo la Lega Coop i 12 panifici hanno aumentato i prezzi del 4% nel 2023. "
    "Il fatturato vale circa 30 milioni di euro (33 milioni di dollari) e la metà viene da Bari."
)
GOLD = gold_document(
    TEXT,
    gold_claim(TEXT, "12", "g1", value="12", subject="panifici", attribution="Lega Coop"),
    gold_claim(
        TEXT, "4%", "g2", kind="percentage", value="4", unit="%", change="increase", subject="prezzi", time="2023"
    ),
    gold_claim(
        TEXT, "30 milioni di euro", "g3", kind="money", value="30000000", unit="EUR", modifier="approx",
        subject="fatturato",
    ),
    gold_claim(
        TEXT, "33 milioni di dollari", "g4", kind="money", value="33000000", unit="USD", same_as="g3"
    ),
    gold_claim(TEXT, "metà", "g5", kind="ratio", value="0.5", refers_to="g3", modality="forecast"),
)  # fmt: skip

# The same claims as the gold, to be spoilt one field at a time.
PERFECT: dict[str, dict[str, Any]] = {
    "12": {"value": "12", "subject": "panifici", "attribution": "Lega Coop"},
    "4%": {
        "kind": "percentage", "value": "4", "unit": "%", "change": "increase", "subject": "prezzi", "time": "2023",
    },
    "30 milioni di euro": {
        "kind": "money", "value": "30000000", "unit": "EUR", "modifier": "approx", "subject": "fatturato",
    },
    "33 milioni di dollari": {"kind": "money", "value": "33000000", "unit": "USD", "same_as": "n3"},
    "metà": {"kind": "ratio", "value": "0.5", "refers_to": "n3", "modality": "forecast"},
}  # fmt: skip


def run(changes: dict[str, dict[str, Any] | None] | None = None, *extra: Any) -> Evaluation:
    """Score PERFECT with some claims changed, or dropped (None), and others added."""
    predicted = []
    for number, (words, fields) in enumerate(PERFECT.items(), start=1):
        change = (changes or {}).get(words, {})
        if change is not None:
            change = dict(change)
            predicted.append(claim(TEXT, change.pop("words", words), f"n{number}", **fields | change))
    return evaluate([GOLD], {DOC: [*predicted, *extra]})


def test_perfect_scores_one_everywhere() -> None:
    result = run()
    assert result.differences == ()
    assert result.documents[0].whole_right == ("g1", "g2", "g3", "g4", "g5")
    fields = dict(result.micro.fields)
    assert fields.pop("baseline") == Score()  # the gold has none
    scores = [result.micro.whole, *result.micro.spans.values(), *fields.values()]
    scores += [score for kind in result.micro.kinds.values() for score in kind.values()]
    assert {score.f1 for score in scores} == {1.0}
    assert set(result.micro.fields) == set(FIELDS)
    assert set(result.macro_over_documents().values()) == set(result.macro_over_kinds().values()) == {1.0}


@pytest.mark.parametrize(
    ("words", "change", "field", "score", "whole"),
    [
        ("12", {"kind": "measure"}, "kind", Score(4, 5, 5), 4),
        ("12", {"value": "13"}, "quantity", Score(4, 5, 5), 4),
        ("30 milioni di euro", {"unit": None}, "quantity", Score(4, 5, 5), 4),
        ("30 milioni di euro", {"value": None, "low": "1", "high": "2"}, "quantity", Score(4, 5, 5), 4),
        ("30 milioni di euro", {"modifier": "exact"}, "modifier", Score(4, 5, 5), 4),
        ("30 milioni di euro", {"modifier": "exact"}, "modifier_marked", Score(0, 0, 1), 4),
        ("30 milioni di euro", {"modifier": "at_least"}, "modifier_marked", Score(0, 1, 1), 4),
        ("12", {"modifier": "approx"}, "modifier_marked", Score(1, 2, 1), 4),
        ("4%", {"change": "decrease"}, "change", Score(4, 5, 5), 4),
        ("4%", {"change": None}, "change_marked", Score(0, 0, 1), 4),
        # Three gold subjects; one that gold leaves null is not scored, one left out is wrong.
        ("12", {"subject": "prezzi"}, "subject", Score(2, 3, 3), 5),
        ("12", {"subject": None}, "subject", Score(2, 3, 3), 5),
        ("metà", {"subject": "fatturato"}, "subject", Score(3, 3, 3), 5),
        ("4%", {"time": None}, "time", Score(0, 0, 1), 5),
        ("12", {"time": "2023"}, "time", Score(1, 2, 1), 5),
        ("12", {"attribution": "Bari"}, "attribution", Score(0, 1, 1), 5),
        ("12", {"attribution": "Coop"}, "attribution", Score(1, 1, 1), 5),
        ("4%", {"baseline": "2023"}, "baseline", Score(0, 1, 0), 5),
        ("metà", {"modality": "target"}, "modality", Score(0, 1, 1), 5),
        ("metà", {"modality": "asserted"}, "modality", Score(0, 0, 1), 5),
        ("33 milioni di dollari", {"same_as": "n1"}, "same_as", Score(0, 1, 1), 5),
        ("33 milioni di dollari", {"same_as": None}, "same_as", Score(0, 0, 1), 5),
        ("metà", {"same_as": "n1"}, "same_as", Score(1, 2, 1), 5),
        ("metà", {"refers_to": "n2"}, "refers_to", Score(0, 1, 1), 5),
    ],
)
def test_one_wrong_field(words: str, change: dict[str, Any], field: str, score: Score, whole: int) -> None:
    result = run({words: change})
    assert result.micro.fields[field] == score
    assert result.micro.whole == Score(whole, 5, 5)
    if score.correct < max(score.gold, score.predicted):
        [difference] = result.differences
        assert field.removesuffix("_marked") in [wrong.field for wrong in difference.fields]


def test_link_to_a_claim_that_matches_nothing_is_wrong() -> None:
    result = run({"30 milioni di euro": None})
    assert result.micro.fields["same_as"] == Score(0, 1, 1)


def test_inexact_span_and_wrong_kind() -> None:
    result = run({"30 milioni di euro": {"words": "30 milioni"}, "12": {"kind": "measure"}})
    assert result.micro.spans == {
        "strict": Score(3, 5, 5),
        "exact": Score(4, 5, 5),
        "partial": Score(4, 5, 5, partial=1),
        "type": Score(4, 5, 5),
        "overlap": Score(5, 5, 5),
    }
    assert result.micro.spans["partial"].f1 == pytest.approx(0.9)
    assert result.micro.whole == Score(4, 5, 5)
    kinds = result.micro.kinds
    assert kinds[Kind.MONEY] == {"strict": Score(1, 2, 2), "type": Score(2, 2, 2), "whole": Score(2, 2, 2)}
    assert kinds[Kind.COUNT]["type"] == Score(0, 0, 1)
    assert kinds[Kind.MEASURE]["type"] == Score(0, 1, 0)
    # measure is not in the gold, so it is no part of the macro mean: (0 + 1 + 1 + 1) / 4.
    assert result.macro_over_kinds()["type"] == pytest.approx(0.75)


def test_missed_and_spurious() -> None:
    extra = claim(TEXT, "2023", "n9", value="2023")
    result = run({"4%": None}, extra)
    assert result.micro.whole == Score(4, 5, 5)
    assert [(d.outcome, d.sentence.split()[0]) for d in result.differences] == [
        ("missed", "Secondo"),
        ("spurious", "Secondo"),
    ]
    assert result.micro.fields["kind"] == Score(4, 4, 4)
    assert result.documents[0].whole_right == ("g1", "g3", "g4", "g5")


def test_score_arithmetic() -> None:
    score = Score(3, 4, 6) + Score(0, 1, 2, partial=1)
    assert score.precision == pytest.approx(3.5 / 5)
    assert score.recall == pytest.approx(3.5 / 8)
    assert score.f1 == pytest.approx(7 / 13)
    assert (Score().precision, Score().recall, Score().f1) == (None, None, None)
    assert Score(0, 0, 3).f1 == 0.0


def test_macro_weighs_documents_alike_and_leaves_out_empty_ones() -> None:
    other = gold_document(TEXT, GOLD.claims[0], doc_id="b")
    empty = gold_document(TEXT, doc_id="vuoto")
    right = claim(TEXT, "12", value="12")
    result = evaluate([GOLD, other, empty], {"b": [right], DOC: [right], "altro": [right]})
    assert result.unscored == ("altro",)
    assert result.micro.whole == Score(2, 2, 6)
    assert result.macro_over_documents()["whole"] == pytest.approx((2 / 6 + 1) / 2)


def test_micro_is_the_sum_of_its_documents() -> None:
    other = gold_document(TEXT, *GOLD.claims[:2], doc_id="b")
    result = evaluate([GOLD, other], {"b": [claim(TEXT, "12", value="12")]})
    first, second = (document.tally for document in result.documents)
    assert result.micro == first + second == total([second, first])
    assert total([]) == Tally()
    assert list(result.micro.kinds) == list((second + first).kinds)


def test_other_text_is_refused() -> None:
    stray = claim(TEXT, "12")
    with pytest.raises(ValueError, match=r"document 'prova': claim n1 says '12' at .* different texts"):
        score_document(gold_document("Un altro testo con 12 righe e abbastanza parole."), [stray])


def test_dictionary_is_json() -> None:
    data = json.loads(json.dumps(run({"12": {"value": "13"}, "4%": None}).to_dict()))
    assert data["micro"]["whole"] == {
        "correct": 3, "partial": 0, "predicted": 4, "gold": 5,
        "precision": 0.75, "recall": 0.6, "f1": pytest.approx(2 / 3),
    }  # fmt: skip
    assert set(data["micro"]) == {"whole", "spans", "kinds", "fields"}
    assert data["by_document"][DOC]["whole_right"] == ["g3", "g4", "g5"]
    wrong, missed = data["differences"]
    assert wrong["fields"] == [{"field": "quantity", "gold": "12", "predicted": "13"}]
    assert (missed["outcome"], missed["predicted"], missed["gold"]["claim_id"]) == ("missed", None, "g2")
    assert data["macro"]["documents"]["whole"] == pytest.approx(2 / 3)
