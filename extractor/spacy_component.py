"""The spaCy component ``cifre``: claims in anybody's Italian pipeline.

    nlp.add_pipe("cifre")
    doc = nlp("I ricavi salgono del 5% a 15,3 miliardi di euro.")
    doc._.claims, doc.spans["claims"]

It uses the tags and the parse that the components before it have set; without any it works by its rules alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, Span, SpanGroup
from spacy.training import Example
from spacy.util import registry

from extractor.lexicon.active import BUILT_IN, Lexicon
from extractor.lexicon.own import read_lexicon
from extractor.schema import Claim

if TYPE_CHECKING:
    from extractor.pipeline import Pipeline

SPANS_KEY = "claims"
# JSON lines in `user_data`: what DocBin stores and worker processes hand back
_STORED = "cifre.claims"


def claims_of(doc: Doc) -> list[Claim]:
    """Return the claims that the component has found in a document; none where it has not run."""
    return [Claim.model_validate_json(line) for line in doc.user_data.get(_STORED, [])]


# `force`: the module may be loaded twice, by an import and through the entry point
Doc.set_extension("claims", getter=claims_of, force=True)


def score(examples: Iterable[Example], spans_key: str = SPANS_KEY, **_: Any) -> dict[str, Any]:
    """Return precision, recall and F1 of the spans with their kinds, all together and by kind.

    A claim counts when its tokens and its kind are those of the reference.
    """
    attribute = f"spans_{spans_key}"
    found = Scorer.score_spans(
        examples,
        attribute,
        getter=lambda doc, _: doc.spans.get(spans_key, []),
        has_annotation=lambda doc: spans_key in doc.spans,
        allow_overlap=True,
        labeled=True,
    )
    return dict(found)


def make_scorer() -> Callable[..., dict[str, Any]]:
    """Return the scorer, for ``@scorers = "cifre.claims_scorer.v1"`` in a configuration."""
    return score


class ClaimsComponent:
    """Sets ``doc._.claims`` (claims) and ``doc.spans["claims"]`` (their tokens, labelled with the kind).

    Attributes:
        spans_key: the key in ``doc.spans``.
        lexicon: the tables that the rules read.
        scorer: what ``nlp.evaluate`` and ``spacy benchmark accuracy`` call.
    """

    def __init__(
        self,
        nlp: Language,
        spans_key: str,
        scorer: Callable[..., dict[str, Any]] | None,
        lexicon: Lexicon = BUILT_IN,
    ) -> None:
        self._nlp = nlp
        self._pipeline: Pipeline | None = None
        self.lexicon = lexicon
        self.spans_key = spans_key
        self.scorer = scorer

    def __call__(self, doc: Doc) -> Doc:
        """Find the claims of a document; their ``doc_id`` is ``doc.user_data["doc_id"]`` or ``document``.

        ``doc.user_data["date"]`` may hold the day of the text, which gives *ieri* a value.

        Raises:
            ValueError: that is a string which names no day in full.
        """
        if self._pipeline is None:
            from extractor.pipeline import Pipeline

            self._pipeline = Pipeline(self._nlp, str(self._nlp.meta.get("name", "")), self.lexicon)
        claims = self._pipeline.claims_of(doc, str(doc.user_data.get("doc_id", "document")), doc.user_data.get("date"))
        doc.user_data[_STORED] = [claim.model_dump_json() for claim in claims]
        spans = (
            doc.char_span(claim.start, claim.end, label=claim.kind, span_id=claim.claim_id, alignment_mode="expand")
            for claim in claims
        )
        doc.spans[self.spans_key] = SpanGroup(doc, spans=[span for span in spans if isinstance(span, Span)])
        return doc

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Score predicted documents against their references."""
        return {} if self.scorer is None else self.scorer(examples, spans_key=self.spans_key)


@Language.factory(
    "cifre",
    assigns=["doc._.claims", "doc.spans"],
    default_config={"spans_key": SPANS_KEY, "lexicon": None, "scorer": {"@scorers": "cifre.claims_scorer.v1"}},
    default_score_weights={f"spans_{SPANS_KEY}_f": 1.0, f"spans_{SPANS_KEY}_p": 0.0, f"spans_{SPANS_KEY}_r": 0.0},
)
def make(
    nlp: Language, name: str, spans_key: str, lexicon: str | None, scorer: Callable[..., dict[str, Any]] | None
) -> ClaimsComponent:
    """Make the component.

    Args:
        nlp: the pipeline that it becomes part of.
        name: of the component.
        spans_key: the key in ``doc.spans``.
        lexicon: path of a TOML file with words and units of your own.
        scorer: see :func:`score`.

    Raises:
        ValueError: the pipeline is for another language, or the lexicon cannot be read (a ``LexiconError``).
    """
    if nlp.lang != "it":
        raise ValueError(f"component {name!r} reads Italian; this pipeline is for {nlp.lang!r}")
    return ClaimsComponent(nlp, spans_key, scorer, BUILT_IN if lexicon is None else read_lexicon(lexicon))


registry.scorers("cifre.claims_scorer.v1", func=make_scorer)
