"""spaCy's DocBin: claims as ``doc.spans["claims"]`` for training and scoring, all their fields in the user data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin, Span, SpanGroup

from extractor.evaluation.convert.extracted import gold_document
from extractor.evaluation.convert.own import ConvertError, Files, claim_record
from extractor.evaluation.gold import GoldDocument, RawDocument
from extractor.spacy_component import SPANS_KEY, claims_of

# JSON in `user_data`: the claims of gold, with their exact offsets; token spans cannot hold those
_STORED = "cifre.gold"


def to_docbin(documents: Sequence[GoldDocument], out: Path) -> Files:
    """Write a ``.spacy`` file; where a claim cuts a token, its span has the whole token.

    Raises:
        ConvertError: a text is not the same again after spaCy has split it into tokens.
    """
    nlp = spacy.blank("it")
    nlp.max_length = max([nlp.max_length, *(len(document.text) for document in documents)])
    return {out: DocBin(docs=[_doc(nlp.make_doc(d.text), d) for d in documents], store_user_data=True).to_bytes()}


def _doc(doc: Doc, document: GoldDocument) -> Doc:
    if doc.text != document.text:
        raise ConvertError(f"{document.doc_id}: spaCy cannot hold its text unchanged")
    doc.user_data["doc_id"] = document.doc_id
    doc.user_data[_STORED] = [json.dumps(claim_record(claim)) for claim in document.claims]
    spans = (
        doc.char_span(c.start, c.end, label=c.kind, span_id=c.claim_id, alignment_mode="expand")
        for c in document.claims
    )
    doc.spans[SPANS_KEY] = SpanGroup(doc, spans=[span for span in spans if isinstance(span, Span)])
    return doc


def read_docbin(path: Path) -> list[RawDocument]:
    """Read a ``.spacy`` file with the claims of gold, or with those that the component ``cifre`` found.

    Raises:
        ConvertError: the file is no DocBin, or has documents without claims in their user data.
        OSError: it cannot be read.
    """
    content = path.read_bytes()
    try:
        docs = list(DocBin().from_bytes(content).get_docs(spacy.blank("it").vocab))
    except Exception as error:  # zlib, msgpack and spaCy each raise their own
        raise ConvertError(f"{path}: not a DocBin of spaCy: {error}") from error
    return [_document(doc, f"{path.name}: document {number}", number) for number, doc in enumerate(docs, start=1)]


def _document(doc: Doc, source: str, number: int) -> RawDocument:
    doc_id = str(doc.user_data.get("doc_id", f"document{number}"))
    stored = doc.user_data.get(_STORED)
    if stored is None:
        if not (claims := claims_of(doc)) and doc.spans.get(SPANS_KEY):
            raise ConvertError(f"{source}: it has spans, but no claims in its user data (store_user_data=True)")
        stored = [json.dumps(claim_record(claim)) for claim in gold_document(doc_id, doc.text, claims).claims]
    return RawDocument(source, doc_id, doc.text, [json.loads(claim) for claim in stored])
