"""Span counts against nervaluate, an independent implementation of SemEval-2013 task 9."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.evaluation.gold import GoldClaim, GoldDocument
from extractor.evaluation.metrics import evaluate
from extractor.schema import Claim

nervaluate = pytest.importorskip("nervaluate", reason="nervaluate, of the dev extra, is not installed")

KINDS = ("money", "count", "measure", "ratio")
SLOT = 12
# nervaluate's name of each measure, and ours.
MEASURES = {"strict": "strict", "exact": "exact", "partial": "partial", "ent_type": "type"}


@st.composite
def slot(draw: st.DrawFn) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """A gold and a predicted span inside one slot of text: either may be absent, they may not touch.

    At most one of each a slot, because nervaluate takes overlaps in list order and not the largest
    first, so that crossing overlaps are not comparable.
    """
    both = []
    for _ in range(2):
        start = draw(st.integers(0, SLOT - 2))
        end = draw(st.integers(start + 1, SLOT - 1))
        span = {"start": start, "end": end, "kind": draw(st.sampled_from(KINDS))}
        both.append(draw(st.sampled_from((span, span, span, None))))
    if both[0] and draw(st.booleans()):
        both[1] = both[0] | {"kind": draw(st.sampled_from(KINDS))}
    return both[0], both[1]


@settings(deadline=None)
@given(st.lists(st.lists(slot(), max_size=6), min_size=1, max_size=4))
def test_counts_agree(
    documents: list[list[tuple[dict[str, Any] | None, dict[str, Any] | None]]],
) -> None:
    gold, predicted, true_spans, predicted_spans = [], {}, [], []
    for number, slots in enumerate(documents):
        doc_id, text = f"d{number}", "x" * SLOT * len(slots)
        wanted, got = (
            [
                each | {"start": each["start"] + SLOT * place, "end": each["end"] + SLOT * place}
                for place, pair in enumerate(slots)
                if (each := pair[side]) is not None
            ]
            for side in (0, 1)
        )
        gold.append(GoldDocument(doc_id=doc_id, text=text, claims=tuple(_claims(GoldClaim, wanted, text))))
        predicted[doc_id] = list(_claims(Claim, got, text, doc_id=doc_id))
        true_spans.append(_inclusive(wanted))
        predicted_spans.append(_inclusive(got))
    theirs = nervaluate.Evaluator(true_spans, predicted_spans, tags=list(KINDS), loader="dict").evaluate()
    ours = evaluate(gold, predicted).micro.spans
    for name, measure in MEASURES.items():
        result, score = theirs["overall"][name], ours[measure]
        assert (result.correct, result.partial) == (score.correct, score.partial), name
        assert (result.actual, result.possible) == (score.predicted, score.gold), name
        assert result.f1 == pytest.approx(score.f1 or 0.0), name


def _claims(model: type[Any], spans: list[dict[str, Any]], text: str, **more: Any) -> Any:
    for number, span in enumerate(spans):
        words = text[span["start"] : span["end"]]
        yield model(claim_id=f"c{number}", text=words, value=Decimal(1), **span, **more)


def _inclusive(spans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Spans as nervaluate wants them: the end is the last position."""
    return [{"label": span["kind"], "start": span["start"], "end": span["end"] - 1} for span in spans]
