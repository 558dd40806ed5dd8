"""An article read to the end: its claims, what follows from them, and where they do not agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.batch.worker import day_of
from extractor.facts import DerivedFact, Inconsistency, check, derive
from extractor.io.article import Article
from extractor.schema import Claim

if TYPE_CHECKING:
    from extractor.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Study:
    """What a page shows of an article.

    Attributes:
        claims: in text order.
        words: by ``claim_id``, the words of the text that decided modifier and change.
    """

    article: Article
    claims: Sequence[Claim]
    words: Mapping[str, Mapping[str, str]]
    facts: Sequence[DerivedFact]
    inconsistencies: Sequence[Inconsistency]


def study(pipeline: Pipeline, article: Article) -> Study:
    """Extract the claims of an article and what follows from them."""
    text = article.text
    claims, words = pipeline.extract_with_words(text, article.doc_id, day_of(article))
    with pipeline.lexicon.in_force():
        return Study(article, claims, words, derive(text, claims), check(text, claims))
