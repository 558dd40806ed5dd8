"""Documents annotated by hand, so that the tests of rules hold for any model."""

from __future__ import annotations

from collections.abc import Mapping

import spacy
from spacy.tokens import Doc

from extractor.pipeline import Pipeline
from extractor.schema import Claim

_NLP = spacy.blank("it")
_PIPELINE = Pipeline(_NLP, "by hand")
_NO_SPACE_BEFORE = frozenset(",.;:)%»")
_NO_SPACE_AFTER = frozenset("(«")


def parsed(annotation: str) -> Doc:
    """Make a document from ``word/POS/relation/head`` items; heads count from 1, 0 is the root."""
    items = [item.rsplit("/", 3) for item in annotation.split()]
    words = [item[0] for item in items]
    spaces = [
        not (word in _NO_SPACE_AFTER or word.endswith("'") or after in _NO_SPACE_BEFORE or after == "")
        for word, after in zip(words, [*words[1:], ""], strict=True)
    ]
    heads = [index if head == "0" else int(head) - 1 for index, (*_, head) in enumerate(items)]
    return Doc(
        _NLP.vocab,
        words=words,
        spaces=spaces,
        pos=[item[1] for item in items],
        deps=["ROOT" if item[3] == "0" else item[2] for item in items],
        heads=heads,
    )


def claims_of(annotation: str, forms: Mapping[int, str] | None = None) -> list[Claim]:
    """Return the claims of a document annotated by hand: its parse is used, no model runs.

    Args:
        forms: the morphology of words, by their number from 1.
    """
    doc = parsed(annotation)
    for number, form in (forms or {}).items():
        doc[number - 1].set_morph(form)
    return _PIPELINE.claims_of(doc)
