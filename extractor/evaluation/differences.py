"""What gold and prediction disagree on, claim by claim, with the sentence it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from extractor.evaluation.gold import GoldClaim
from extractor.schema import Claim
from extractor.sentences import sentences

_BLANKS = re.compile(r"\s+")


class Outcome(StrEnum):
    """How a claim fails to be right."""

    MISSED = "missed"
    SPURIOUS = "spurious"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One wrong field of a matched claim; values as people read them, None where there is none."""

    field: str
    gold: str | None
    predicted: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One claim that is missed, spurious, or matched with wrong fields.

    Attributes:
        gold: the gold claim, None for a spurious one.
        predicted: the predicted claim, None for a missed one.
        fields: the wrong fields of a matched claim; ``span`` among them when only part of it is right.
        sentence: the sentence of the article around the claim.
    """

    doc_id: str
    outcome: Outcome
    sentence: str
    gold: GoldClaim | None = None
    predicted: Claim | None = None
    fields: tuple[FieldDifference, ...] = ()

    @property
    def start(self) -> int:
        """Where in the article the claim begins."""
        return min(claim.start for claim in (self.gold, self.predicted) if claim is not None)

    def to_dict(self) -> dict[str, Any]:
        """Return a form that :func:`json.dumps` takes."""
        return {
            "doc_id": self.doc_id,
            "outcome": self.outcome.value,
            "sentence": self.sentence,
            "gold": self.gold.model_dump(mode="json") if self.gold else None,
            "predicted": self.predicted.model_dump(mode="json") if self.predicted else None,
            "fields": [
                {"field": wrong.field, "gold": wrong.gold, "predicted": wrong.predicted} for wrong in self.fields
            ],
        }


def sentence_parts(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return the sentence of ``text`` that holds ``[start:end]``: before it, itself, after it; single blanks."""
    around = [part for part in sentences(text) if part.start < end and start < part.end]
    if not around:
        return "", text[start:end], ""
    first, last = min(around[0].start, start), max(around[-1].end, end)
    pieces = (text[first:start], text[start:end], text[end:last])
    before, inside, after = (_BLANKS.sub(" ", piece) for piece in pieces)
    return before.lstrip(), inside, after.rstrip()


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence of ``text`` that holds ``[start:end]``, its white space made single blanks."""
    return " ".join("".join(sentence_parts(text, start, end)).split())


def readable_quantity(claim: GoldClaim | Claim) -> str:
    """Return value or range and unit of a claim, such as ``27 .. 28 CNY``."""
    numbers = [claim.low, claim.high] if claim.value is None else [claim.value]
    number = " .. ".join(f"{number:f}" for number in numbers if number is not None)
    return f"{number} {claim.unit}" if claim.unit else number
