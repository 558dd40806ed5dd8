"""How far chance reaches into a score: bootstrap intervals and a randomisation test, both over articles.

The article is what is drawn, not the claim: the claims of one article share its style and its subjects, so
they are not independent (Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter 8; for the
test, Yeh, *More accurate tests for the statistical significance of result differences*, 2000).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractor.evaluation.tally import Score, Tally

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RESAMPLES = 4000
SEED = 20130709
LEVEL = 0.95
#: Macro means that have an interval too: over documents, and over kinds.
MACRO_DOCUMENTS, MACRO_KINDS = "macro.documents.whole", "macro.kinds.whole"


@dataclass(frozen=True, slots=True)
class Interval:
    """The bounds between which 95% of the resampled scores lie, from 0 to 1."""

    low: float
    high: float

    def to_dict(self) -> dict[str, float]:
        """Return a form that :func:`json.dumps` takes."""
        return {"low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class Paired:
    """One measure of two runs over the same articles.

    Attributes:
        old: F1 of the earlier run; None where there is nothing to score.
        new: F1 of the later run.
        interval: of ``new - old``, from resampling the articles for both runs together.
        p: how often a difference at least this large comes up when every article's two results are swapped
            by the toss of a coin; None with a single article.
    """

    old: float | None
    new: float | None
    interval: Interval | None
    p: float | None

    @property
    def difference(self) -> float | None:
        """What the later run has more; None where one of the two has no score."""
        return None if self.old is None or self.new is None else self.new - self.old

    def to_dict(self) -> dict[str, Any]:
        """Return a form that :func:`json.dumps` takes."""
        return {
            "old": self.old,
            "new": self.new,
            "difference": self.difference,
            "interval": self.interval.to_dict() if self.interval else None,
            "p": self.p,
        }


def intervals(documents: Sequence[Tally], *, resamples: int = RESAMPLES, seed: int = SEED) -> dict[str, Interval]:
    """Return the 95% percentile interval of each F1, by the names of :meth:`Tally.flat`, and of the macro means.

    A measure that nothing in the documents touches has no interval; nor has any with fewer than two documents.

    Args:
        documents: one tally an article.
        resamples: how many sets of articles are drawn, with replacement.
        seed: of the random numbers, so that the same run gives the same intervals.
    """
    import numpy as np

    if len(documents) < 2:
        return {}
    flat = [tally.flat() for tally in documents]
    names = _names(flat)
    counts = _counts(flat, names)
    weights = _resampled(len(documents), resamples, seed)
    scores = _f1(np.tensordot(weights, counts, axes=1))
    found = {name: _bounds(scores[:, place]) for place, name in enumerate(names)}
    own = _f1(counts[:, names.index("whole")])
    known = ~np.isnan(own)
    with np.errstate(invalid="ignore", divide="ignore"):
        found[MACRO_DOCUMENTS] = _bounds(weights @ np.where(known, own, 0.0) / (weights @ known))
    kinds = [place for place, name in enumerate(names) if name.startswith("kind.") and name.endswith(".whole")]
    if kinds:
        by_kind = scores[:, kinds]
        there = ~np.isnan(by_kind)
        with np.errstate(invalid="ignore", divide="ignore"):
            found[MACRO_KINDS] = _bounds(np.where(there, by_kind, 0.0).sum(axis=1) / there.sum(axis=1))
    return {name: interval for name, interval in found.items() if interval is not None}


def paired(
    old: Sequence[Tally], new: Sequence[Tally], *, resamples: int = RESAMPLES, seed: int = SEED
) -> dict[str, Paired]:
    """Compare two runs measure by measure; the two lists are of the same articles in the same order.

    Raises:
        ValueError: the lists differ in length.
    """
    import numpy as np

    if len(old) != len(new):
        raise ValueError(f"{len(old)} documents against {len(new)}: two runs are compared on the same ones")
    flat_old, flat_new = [tally.flat() for tally in old], [tally.flat() for tally in new]
    names = _names([*flat_old, *flat_new])
    before, after = _counts(flat_old, names), _counts(flat_new, names)
    observed_old, observed_new = _f1(before.sum(axis=0)), _f1(after.sum(axis=0))
    bounds: list[Interval | None] = [None] * len(names)
    p_values: list[float | None] = [None] * len(names)
    if len(old) > 1:
        weights = _resampled(len(old), resamples, seed)
        differences = _f1(np.tensordot(weights, after, axes=1)) - _f1(np.tensordot(weights, before, axes=1))
        bounds = [_bounds(differences[:, place]) for place in range(len(names))]
        p_values = _randomised(before, after, resamples, seed)
    return {
        name: Paired(_known(observed_old[place]), _known(observed_new[place]), bounds[place], p_values[place])
        for place, name in enumerate(names)
    }


def _randomised(
    before: NDArray[np.float64], after: NDArray[np.float64], resamples: int, seed: int
) -> list[float | None]:
    """Approximate randomisation: the two-sided p of each measure's difference."""
    import numpy as np

    observed = np.abs(_f1(after.sum(axis=0)) - _f1(before.sum(axis=0)))
    swapped = np.random.default_rng(seed).integers(0, 2, size=(resamples, len(before))).astype(np.float64)
    moved = np.tensordot(swapped, after - before, axes=1)
    shuffled = np.abs(_f1(after.sum(axis=0) - moved) - _f1(before.sum(axis=0) + moved))
    # The observed assignment is one of those possible, so it counts as well (p is never 0).
    reached = (shuffled >= observed - 1e-12).sum(axis=0) + 1
    return [None if np.isnan(o) else float(n) / (resamples + 1) for o, n in zip(observed, reached, strict=True)]


def _names(flat: Sequence[Mapping[str, Score]]) -> list[str]:
    return list(dict.fromkeys(name for scores in flat for name in scores))


def _counts(flat: Sequence[Mapping[str, Score]], names: Sequence[str]) -> NDArray[np.float64]:
    """Return an array of documents by measures by (credit, predicted + gold): all that an F1 needs."""
    import numpy as np

    empty = Score()
    rows = [[(s.credit, s.predicted + s.gold) for s in (scores.get(name, empty) for name in names)] for scores in flat]
    return np.array(rows, dtype=np.float64)


def _f1(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return F1 along the last axis; not a number where there is nothing to score."""
    import numpy as np

    with np.errstate(invalid="ignore", divide="ignore"):
        scores: NDArray[np.float64] = 2 * counts[..., 0] / counts[..., 1]
    return scores


def _resampled(documents: int, resamples: int, seed: int) -> NDArray[np.float64]:
    """Return how often each document is drawn in each resample."""
    import numpy as np

    drawn = np.random.default_rng(seed).multinomial(documents, [1 / documents] * documents, size=resamples)
    return drawn.astype(np.float64)


def _bounds(scores: NDArray[np.float64]) -> Interval | None:
    import numpy as np

    known = scores[~np.isnan(scores)]
    if not known.size:
        return None
    low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(low), float(high))


def _known(value: float) -> float | None:
    return None if value != value else float(value)
