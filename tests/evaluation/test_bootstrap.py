from __future__ import annotations

from itertools import product

import pytest

from extractor.evaluation.bootstrap import MACRO_DOCUMENTS, MACRO_KINDS, Interval, intervals, paired
from extractor.evaluation.tally import Score, Tally, total
from extractor.schema import Kind


def tally(right: int, of: int = 10) -> Tally:
    """One article with so many claims right of those that it has."""
    whole = Score(right, of, of)
    return Tally(whole, {"strict": whole}, {Kind.COUNT: {"whole": whole}}, {"subject": Score(right, right, right)})


def test_interval_of_two_articles_is_their_spread() -> None:
    found = intervals([tally(10), tally(0)])
    # Both drawn twice are as likely as one of each, so the tails are the two articles themselves.
    assert found["whole"] == Interval(0.0, 1.0)
    assert found[MACRO_DOCUMENTS] == found[MACRO_KINDS] == Interval(0.0, 1.0)


def test_interval_narrows_with_articles_and_holds_the_score() -> None:
    few = [tally(8), tally(6), tally(9), tally(5)]
    many = few * 16
    wide, narrow = intervals(few)["whole"], intervals(many)["whole"]
    score = total(few).whole.f1
    assert score == pytest.approx(0.7)
    assert wide.low < narrow.low < score < narrow.high < wide.high
    # The standard error of the mean of 64 articles is 0.158 / 8 = 0.02.
    assert narrow.high - narrow.low == pytest.approx(2 * 1.96 * 0.0198, rel=0.1)


def test_same_seed_same_interval() -> None:
    documents = [tally(right) for right in (3, 8, 9, 10, 10)]
    assert intervals(documents) == intervals(documents)
    assert intervals(documents, resamples=50, seed=1) != intervals(documents, resamples=50, seed=2)


def test_no_interval_without_articles_or_counts() -> None:
    assert intervals([tally(3)]) == {}
    assert "field.time" not in intervals([tally(3), Tally(fields={"time": Score()})])
    # An article without subjects gives resamples without any: they say nothing and are left out.
    assert intervals([tally(10), Tally()])["field.subject"] == Interval(1.0, 1.0)


def test_p_is_that_of_all_assignments() -> None:
    old, new = [tally(5), tally(6), tally(5), tally(7), tally(6)], [tally(9), tally(8), tally(4), tally(9), tally(9)]
    gains = [after.whole.correct - before.whole.correct for before, after in zip(old, new, strict=True)]
    sums = [abs(sum(sign * gain for sign, gain in zip(s, gains, strict=True))) for s in product((1, -1), repeat=5)]
    exact = sum(each >= abs(sum(gains)) for each in sums) / len(sums)
    result = paired(old, new)["whole"]
    assert (result.old, result.new) == (pytest.approx(0.58), pytest.approx(0.78))
    assert result.difference == pytest.approx(0.2)
    assert result.p == pytest.approx(exact, abs=0.02)
    assert result.interval is not None
    assert result.interval.low < 0.2 < result.interval.high


def test_two_equal_runs_do_not_differ() -> None:
    run = [tally(5), tally(9), tally(7)]
    result = paired(run, run)["whole"]
    assert (result.difference, result.p, result.interval) == (0.0, 1.0, Interval(0.0, 0.0))


def test_one_article_has_no_p_and_other_lengths_are_refused() -> None:
    assert paired([tally(1)], [tally(2)])["whole"].p is None
    with pytest.raises(ValueError, match="1 documents against 2"):
        paired([tally(1)], [tally(1), tally(2)])


def test_a_measure_that_one_run_does_not_have() -> None:
    result = paired([Tally(), Tally()], [tally(1), tally(2)])["whole"]
    assert (result.old, result.difference, result.p) == (None, None, None)
