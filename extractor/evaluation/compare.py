"""Two runs over the same gold: which claims the later one won and lost, and whether that is more than chance."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from extractor.evaluation.bootstrap import RESAMPLES, Paired, paired
from extractor.evaluation.differences import Difference, Outcome
from extractor.evaluation.gold import GoldClaim
from extractor.evaluation.metrics import WHOLE_FIELDS, DocumentResult, Evaluation

WHOLE = "whole claim"
SPURIOUS = "spurious claim"


class Turn(StrEnum):
    """Which way a claim, or a field of one, has gone from the earlier run to the later."""

    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Turned:
    """One thing that is right in one run and wrong in the other.

    Attributes:
        what: ``whole claim``, ``spurious claim`` (one that only one of the runs makes up), or the field.
        wrong: what the run that has it wrong says.
    """

    doc_id: str
    turn: Turn
    what: str
    wrong: Difference

    def to_dict(self) -> dict[str, Any]:
        """Return a form that :func:`json.dumps` takes."""
        return {
            "doc_id": self.doc_id,
            "turn": self.turn.value,
            "what": self.what,
            "wrong": self.wrong.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two runs over the same gold."""

    turned: tuple[Turned, ...]
    measures: dict[str, Paired]

    def count(self, turn: Turn, what: str) -> int:
        """Return how many were won or lost of one sort."""
        return sum(each.turn is turn and each.what == what for each in self.turned)

    def without(self, documents: Collection[str]) -> Comparison:
        """Return the same figures, with nothing said of what was won and lost in some documents."""
        kept = (each for each in self.turned if each.doc_id not in documents)
        return Comparison(tuple(kept), self.measures)

    def to_dict(self) -> dict[str, Any]:
        """Return a form that :func:`json.dumps` takes."""
        return {
            "measures": {name: pair.to_dict() for name, pair in self.measures.items()},
            "turned": [each.to_dict() for each in self.turned],
        }


def compare(old: Evaluation, new: Evaluation, *, resamples: int = RESAMPLES) -> Comparison:
    """Compare two evaluations of the same gold.

    Raises:
        ValueError: they are not of the same documents.
    """
    if [document.doc_id for document in old.documents] != [document.doc_id for document in new.documents]:
        raise ValueError("the two runs were scored on different documents")
    turned = [
        each
        for before, after in zip(old.documents, new.documents, strict=True)
        for each in sorted(_turned(before, after), key=lambda each: (each.wrong.start, each.what, each.turn))
    ]
    return Comparison(tuple(turned), paired(old.tallies, new.tallies, resamples=resamples))


def _turned(old: DocumentResult, new: DocumentResult) -> Iterator[Turned]:
    before, after = _by_claim(old), _by_claim(new)
    right_before, right_after = set(old.whole_right), set(new.whole_right)
    for claim_id in right_after - right_before:
        yield Turned(old.doc_id, Turn.WON, WHOLE, before[claim_id])
    for claim_id in right_before - right_after:
        yield Turned(old.doc_id, Turn.LOST, WHOLE, after[claim_id])
    made_up_before, made_up_after = _made_up(old), _made_up(new)
    for place in made_up_before.keys() - made_up_after.keys():
        yield Turned(old.doc_id, Turn.WON, SPURIOUS, made_up_before[place])
    for place in made_up_after.keys() - made_up_before.keys():
        yield Turned(old.doc_id, Turn.LOST, SPURIOUS, made_up_after[place])
    for claim_id in before.keys() | after.keys():
        was, now = before.get(claim_id), after.get(claim_id)
        # Fields are scored on matched claims only: one that was not found has no right or wrong subject.
        if any(each is not None and each.outcome is Outcome.MISSED for each in (was, now)):
            continue
        wrong_before, wrong_after = _wrong(was), _wrong(now)
        if (claim_id in right_before) != (claim_id in right_after):  # told above, as a whole claim
            wrong_before, wrong_after = wrong_before - set(WHOLE_FIELDS), wrong_after - set(WHOLE_FIELDS)
        for field in wrong_before - wrong_after:
            assert was is not None
            yield Turned(old.doc_id, Turn.WON, field, was)
        for field in wrong_after - wrong_before:
            assert now is not None
            yield Turned(old.doc_id, Turn.LOST, field, now)


def _by_claim(result: DocumentResult) -> dict[str, Difference]:
    return {each.gold.claim_id: each for each in result.differences if isinstance(each.gold, GoldClaim)}


def _made_up(result: DocumentResult) -> dict[tuple[int, int], Difference]:
    return {
        (each.predicted.start, each.predicted.end): each
        for each in result.differences
        if each.outcome is Outcome.SPURIOUS and each.predicted is not None
    }


def _wrong(difference: Difference | None) -> set[str]:
    return set() if difference is None else {wrong.field for wrong in difference.fields}
