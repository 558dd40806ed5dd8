"""Every marked-up sentence, through the rules alone."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline
from tests.marked import Case, cases

# Sentences that the rules still get wrong. One that comes right must leave this list.
KNOWN_WRONG = {
    ("exclusions_dates", 23): "a count that looks like a year, before a noun without a plural ending",
    ("measures", 121): "a height in apposition, without any word of height",
    ("money", 80): "an amount left out after a capitalised place",
}


def _right(case: Case, pipeline: Pipeline) -> tuple[bool, str]:
    expected = [(e.text, e.start, e.kind, e.value, e.low, e.high, e.unit, e.modifier, e.change) for e in case.claims]
    got = [
        (c.text, c.start, c.kind, c.value, c.low, c.high, c.unit, c.modifier, c.change)
        for c in pipeline.extract(case.text)
    ]
    return expected == got, f"{case.text}\nexpected {expected}\ngot      {got}"


@pytest.mark.parametrize("case", cases(), ids=lambda c: f"{c.file}:{c.line}")
def test_sentence(case: Case, rules: Pipeline) -> None:
    right, why = _right(case, rules)
    if (case.file, case.line) in KNOWN_WRONG:
        assert not right, "this sentence is right now: take it off KNOWN_WRONG"
    else:
        assert right, why
