"""The time that applies to a quantity: the nearest expression of its sentence that places it."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.claims.baseline import baselines_in
from extractor.claims.clauses import count_between, hard_breaks, soft_breaks
from extractor.claims.view import Found, SentenceView
from extractor.quantities.mention import Mention

# A clause boundary between the two counts like this many characters of distance.
_HARD, _SOFT = 120, 25
_REACH = 200


def time_of(view: SentenceView, mention: Mention, expressions: Sequence[Found]) -> Found | None:
    """Return the time expression that applies to ``mention``, or None.

    What a change is measured against (*rispetto al 2023*) does not place it, and neither does an
    expression that another clause keeps to itself; of the others the nearest wins.
    """
    compared = [(view.start + b.low, view.start + b.high) for b in baselines_in(view)]
    best: tuple[int, Found] | None = None
    for found in expressions:
        if any(low <= found.start < high for low, high in compared):
            continue
        if found.start < mention.end and mention.start < found.end:
            continue
        low, high = (found.end, mention.start) if found.end <= mention.start else (mention.end, found.start)
        distance = high - low
        distance += _HARD * count_between(hard_breaks(view), low, high)
        distance += _SOFT * count_between(soft_breaks(view), low, high)
        if distance <= _REACH and (best is None or distance < best[0]):
            best = distance, found
    return None if best is None else best[1]
