"""What the server takes and gives, as its OpenAPI document describes it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from extractor.facts import DerivedFact, Inconsistency
from extractor.io.article import Article
from extractor.schema import Claim

_Day = Annotated[str | None, Field(description="Its day, as 2024-09-10: *ieri* then has a value.")]


class Request(BaseModel):
    """An article that a program sends."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(description="The article, in Italian; offsets of the claims count its code points.")]
    doc_id: Annotated[str, Field(min_length=1, max_length=200, description="A name; goes into every claim.")] = (
        "document"
    )
    date: _Day = None
    title: Annotated[str | None, Field(max_length=500)] = None

    def article(self) -> Article:
        """Return it as other parts of the project take it; an empty date or title is none."""
        return Article(self.doc_id, self.text, self.doc_id, self.date or None, self.title or None)


class Claims(BaseModel):
    """The claims of an article, in text order."""

    doc_id: str
    claims: list[Claim]


class Check(BaseModel):
    """What follows from the figures of an article, and where they do not agree."""

    doc_id: str
    derived: list[DerivedFact]
    inconsistencies: list[Inconsistency]


class Health(BaseModel):
    """How the server is.

    Attributes:
        status: ``ok``, or ``starting`` while no worker is ready.
        ready: workers that have loaded the pipeline.
        waiting: requests that wait for a worker.
    """

    status: str
    version: str
    model: str
    ready: int
    waiting: int


class Problem(BaseModel):
    """Why a request was not answered, for people."""

    detail: str
