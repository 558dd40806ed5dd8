"""Pairing gold claims with predicted ones by their spans alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Spanned(Protocol):
    """Anything with a start and an exclusive end, in code points."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which gold claim stands opposite which predicted claim, as places in the two lists.

    Attributes:
        pairs: (gold, predicted) in the order of the gold spans in the text; each place at most once.
        missed: gold without a counterpart, in list order.
        spurious: predictions without one, in list order.
    """

    pairs: tuple[tuple[int, int], ...]
    missed: tuple[int, ...]
    spurious: tuple[int, ...]


def overlap(a: Spanned, b: Spanned) -> int:
    """Return how many characters two spans share."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def align(gold: Sequence[Spanned], predicted: Sequence[Spanned]) -> Alignment:
    """Match two lists of spans one to one, whatever their kinds.

    Equal spans are paired first, then always the pair that shares most characters among what is
    left (ties: the one that stands first in the text, the shorter, the earlier in its list). This
    is greedy on purpose: a pair that a reader would make is never broken up to save another.
    """
    candidates = []
    for g, wanted in enumerate(gold):
        for p, got in enumerate(predicted):
            shared = overlap(wanted, got)
            if shared:
                same = (wanted.start, wanted.end) == (got.start, got.end)
                order = (not same, -shared, wanted.start, wanted.end, got.start, got.end, g, p)
                candidates.append(order)
    taken_gold: set[int] = set()
    taken_predicted: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for *_, g, p in sorted(candidates):
        if g not in taken_gold and p not in taken_predicted:
            taken_gold.add(g)
            taken_predicted.add(p)
            pairs.append((g, p))
    return Alignment(
        pairs=tuple(sorted(pairs, key=lambda pair: (gold[pair[0]].start, gold[pair[0]].end, pair))),
        missed=tuple(g for g in range(len(gold)) if g not in taken_gold),
        spurious=tuple(p for p in range(len(predicted)) if p not in taken_predicted),
    )
