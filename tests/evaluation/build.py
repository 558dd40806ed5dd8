"""Claims for tests, found in their sentence by the words of the claim."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from extractor.evaluation.gold import GoldClaim, GoldDocument, GoldSpan
from extractor.schema import Claim, TextSpan, ValuedSpan

DOC = "prova"


def gold_claim(text: str, words: str, claim_id: str = "c1", **fields: Any) -> GoldClaim:
    """Make a gold claim on the first place of ``words``; a phrase field is given as its bare words."""
    for name in ("subject", "time", "baseline", "attribution"):
        if isinstance(fields.get(name), str):
            fields[name] = GoldSpan(text=fields[name])
    return GoldClaim(**_common(text, words, claim_id, fields))


def claim(text: str, words: str, claim_id: str = "n1", **fields: Any) -> Claim:
    """Make a predicted claim on the first place of ``words``."""
    for name, model in (
        ("subject", TextSpan),
        ("attribution", TextSpan),
        ("time", ValuedSpan),
        ("baseline", ValuedSpan),
    ):
        if phrase := fields.get(name):
            start = text.index(phrase)
            fields[name] = model(text=phrase, start=start, end=start + len(phrase))
    return Claim(doc_id=DOC, **_common(text, words, claim_id, fields))


def gold_document(text: str, *claims: GoldClaim, doc_id: str = DOC) -> GoldDocument:
    return GoldDocument(doc_id=doc_id, text=text, claims=claims)


def _common(text: str, words: str, claim_id: str, fields: dict[str, Any]) -> dict[str, Any]:
    start = text.index(words)
    place = {"claim_id": claim_id, "text": words, "start": start, "end": start + len(words), "kind": "count"}
    if "value" not in fields and "low" not in fields:
        fields["value"] = Decimal(1)
    return place | fields
