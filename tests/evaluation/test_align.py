from __future__ import annotations

from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.evaluation.align import align, overlap


class Span(NamedTuple):
    start: int
    end: int


spans = st.lists(
    st.builds(lambda start, length: Span(start, start + length), st.integers(0, 40), st.integers(1, 9)), max_size=9
)


@pytest.mark.parametrize(
    ("gold", "predicted", "pairs"),
    [
        ([Span(0, 5)], [Span(0, 5)], [(0, 0)]),
        ([Span(0, 5)], [Span(5, 9)], []),  # touching is not overlapping
        ([Span(0, 5)], [Span(4, 9)], [(0, 0)]),
        # An equal span wins over an earlier and larger overlap.
        ([Span(2, 4)], [Span(0, 9), Span(2, 4)], [(0, 1)]),
        # Among unequal spans the largest overlap wins.
        ([Span(0, 10)], [Span(0, 3), Span(4, 9)], [(0, 1)]),
        # One prediction over two gold claims counts once.
        ([Span(0, 4), Span(5, 12)], [Span(0, 12)], [(1, 0)]),
        # Ties go to what stands first.
        ([Span(0, 4), Span(5, 9)], [Span(2, 7)], [(0, 0)]),
        # Lists need not be in text order, pairs are.
        ([Span(20, 22), Span(0, 2)], [Span(0, 2), Span(20, 22)], [(1, 0), (0, 1)]),
    ],
)
def test_pairs(gold: list[Span], predicted: list[Span], pairs: list[tuple[int, int]]) -> None:
    assert align(gold, predicted).pairs == tuple(pairs)


def test_leftovers() -> None:
    result = align([Span(0, 2), Span(9, 12)], [Span(4, 6), Span(9, 11)])
    assert (result.pairs, result.missed, result.spurious) == (((1, 1),), (0,), (0,))


@given(spans, spans)
def test_one_to_one_and_complete(gold: list[Span], predicted: list[Span]) -> None:
    result = align(gold, predicted)
    left, right = [g for g, _ in result.pairs], [p for _, p in result.pairs]
    assert sorted([*left, *result.missed]) == list(range(len(gold)))
    assert sorted([*right, *result.spurious]) == list(range(len(predicted)))
    assert all(overlap(gold[g], predicted[p]) > 0 for g, p in result.pairs)
    # Nothing that could still be paired is left over.
    assert not any(overlap(gold[g], predicted[p]) for g in result.missed for p in result.spurious)


@given(spans, spans, st.randoms())
def test_spans_paired_do_not_depend_on_list_order(gold: list[Span], predicted: list[Span], random: Random) -> None:
    def paired(wanted: list[Span], got: list[Span]) -> list[tuple[Span, Span]]:
        return sorted((wanted[g], got[p]) for g, p in align(wanted, got).pairs)

    before = paired(gold, predicted)
    shuffled = list(gold), list(predicted)
    for each in shuffled:
        random.shuffle(each)
    assert paired(*shuffled) == before
