"""The objects of this package: derived facts and inconsistencies."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from extractor.schema import Model, Number, TextSpan


class FactKind(StrEnum):
    """What follows from claims."""

    EXCHANGE_RATE = "exchange_rate"
    PREVIOUS_VALUE = "previous_value"
    TOTAL = "total"


class DerivedFact(Model):
    """A number that the article does not state and that follows from claims which it does state.

    Attributes:
        doc_id: of the article.
        kind: what sort of fact it is.
        value: the number, with no more digits than the claims bear.
        unit: for an exchange rate two ISO 4217 codes, as in ``CNY/USD`` (yuan for a dollar); else the claim's unit.
        exact: false where one of the claims is blurred or bounded (``circa``, ``oltre``).
        claims: the ``claim_id`` of each claim that it follows from.
        working: the calculation, for people.
    """

    doc_id: str
    kind: FactKind
    value: Number
    unit: str | None = None
    exact: bool
    claims: Annotated[tuple[str, ...], Field(min_length=1)]
    working: str


class InconsistencyKind(StrEnum):
    """In which way claims do not agree."""

    CONVERSION = "conversion"
    SHARE = "share"
    RANGE = "range"
    SUM = "sum"


class Inconsistency(Model):
    """Claims of one article that do not agree with each other, or one that cannot be.

    Attributes:
        doc_id: of the article.
        kind: in which way.
        claims: the ``claim_id`` of each claim.
        message: what does not agree, for people.
        sentences: the sentences of the claims, each once, in text order.
    """

    doc_id: str
    kind: InconsistencyKind
    claims: Annotated[tuple[str, ...], Field(min_length=1)]
    message: str
    sentences: tuple[TextSpan, ...]
