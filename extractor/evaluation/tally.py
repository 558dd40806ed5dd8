"""The counts behind every score; they add up over documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from extractor.schema import Kind


@dataclass(frozen=True, slots=True)
class Score:
    """Counts behind a precision, a recall and an F1; they add up over documents.

    Attributes:
        correct: how many are right.
        predicted: how many were predicted.
        gold: how many there are.
        partial: how many count half (SemEval ``partial`` only).
    """

    correct: int = 0
    predicted: int = 0
    gold: int = 0
    partial: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.correct + other.correct,
            self.predicted + other.predicted,
            self.gold + other.gold,
            self.partial + other.partial,
        )

    @property
    def credit(self) -> float:
        """What is right, partial matches as a half."""
        return self.correct + self.partial / 2

    @property
    def precision(self) -> float | None:
        """The part of the predicted that is right, from 0 to 1; None where nothing was predicted."""
        return self.credit / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """The part of the gold that is found, from 0 to 1; None where there is none."""
        return self.credit / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where there is nothing on either side."""
        total = self.predicted + self.gold
        return 2 * self.credit / total if total else None

    def to_dict(self) -> dict[str, Any]:
        """Return counts and scores in a form that :func:`json.dumps` takes."""
        return {
            "correct": self.correct,
            "partial": self.partial,
            "predicted": self.predicted,
            "gold": self.gold,
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
        }


@dataclass(frozen=True, slots=True)
class Tally:
    """All counts of one document or of many; ``+`` adds them."""

    whole: Score = Score()
    spans: Mapping[str, Score] = field(default_factory=dict)
    kinds: Mapping[Kind, Mapping[str, Score]] = field(default_factory=dict)
    fields: Mapping[str, Score] = field(default_factory=dict)

    def __add__(self, other: Tally) -> Tally:
        kinds = {
            kind: _added(self.kinds.get(kind, {}), other.kinds.get(kind, {}))
            for kind in Kind
            if kind in self.kinds or kind in other.kinds
        }
        return Tally(
            self.whole + other.whole,
            _added(self.spans, other.spans),
            kinds,
            _added(self.fields, other.fields),
        )

    def flat(self) -> dict[str, Score]:
        """Return every count under one name: ``whole``, ``span.strict``, ``kind.money.whole``, ``field.subject``."""
        named = {"whole": self.whole}
        named |= {f"span.{name}": score for name, score in self.spans.items()}
        for kind, scores in self.kinds.items():
            named |= {f"kind.{kind.value}.{name}": score for name, score in scores.items()}
        return named | {f"field.{name}": score for name, score in self.fields.items()}

    def to_dict(self) -> dict[str, Any]:
        """Return a form that :func:`json.dumps` takes."""
        return {
            "whole": self.whole.to_dict(),
            "spans": {name: score.to_dict() for name, score in self.spans.items()},
            "kinds": {
                kind.value: {name: score.to_dict() for name, score in scores.items()}
                for kind, scores in self.kinds.items()
            },
            "fields": {name: score.to_dict() for name, score in self.fields.items()},
        }


def _added(a: Mapping[str, Score], b: Mapping[str, Score]) -> dict[str, Score]:
    return {name: a.get(name, Score()) + b.get(name, Score()) for name in dict.fromkeys((*a, *b))}


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies: the micro scores of a set of documents."""
    return sum(tallies, Tally())
