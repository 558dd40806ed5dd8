"""What the extractor found, as gold: proposals for an annotator."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from extractor.evaluation.convert.own import ConvertError, claim_record
from extractor.evaluation.gold import LINK_FIELDS, GoldClaim, GoldDocument, RawDocument
from extractor.evaluation.predictions import load_predictions
from extractor.io.article import Article
from extractor.io.readers import articles
from extractor.schema import Claim


def gold_document(doc_id: str, text: str, claims: Sequence[Claim]) -> GoldDocument:
    """Make gold of the claims found in a text; they are named ``c1``, ``c2`` ... in their order."""
    names = {claim.claim_id: f"c{number}" for number, claim in enumerate(claims, start=1)}
    made = []
    for claim in claims:
        fields = claim.model_dump(include=set(GoldClaim.model_fields))
        made.append(GoldClaim(**fields | {key: names.get(fields[key]) for key in ("claim_id", *LINK_FIELDS)}))
    return GoldDocument(doc_id=doc_id, text=text, claims=tuple(made))


def is_extracted(path: Path) -> bool:
    """Tell whether a file of JSON lines holds claims as ``cifre extract`` writes them, not gold.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        first = next((line for line in file if line.strip()), b"")
    try:
        record = json.loads(first)
    except ValueError:
        return False
    return isinstance(record, dict) and "claim_id" in record and "claims" not in record


def read_extracted(path: Path, folder: Path, problems: list[str]) -> list[RawDocument]:
    """Read claims and the articles that they were found in, which may have none; problems get a line each.

    Raises:
        ConvertError: a line is no claim, or repeats one.
        OSError: the claims cannot be read.
    """
    try:
        claims = load_predictions(path)
    except ValueError as error:
        raise ConvertError(str(error)) from error
    documents = []
    for article in articles([str(folder)]):
        if not isinstance(article, Article):
            problems.append(f"{article.source}: {article.reason}")
            continue
        found = claims.pop(article.doc_id, [])
        digest = sha256(article.text.encode("utf-8")).hexdigest()
        if any(claim.provenance and claim.provenance.document_sha256 != digest for claim in found):
            problems.append(f"{path.name}: {article.doc_id}: {article.source} has changed since its claims were found")
        records = [claim_record(claim) for claim in gold_document(article.doc_id, article.text, found).claims]
        documents.append(RawDocument(path.name, article.doc_id, article.text, records))
    problems += (f"{path.name}: {name}: no such article in {folder}" for name in claims)
    return documents
