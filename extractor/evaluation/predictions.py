"""Reading predicted claims back from JSON lines."""

from __future__ import annotations

from pathlib import Path

from extractor.schema import Claim


def load_predictions(path: str | Path) -> dict[str, list[Claim]]:
    """Read claims, one JSON object a line as ``Claim.to_json`` writes them, grouped by document.

    A document without claims leaves no line, so it is absent here.

    Raises:
        ValueError: a line is no claim, or repeats the ``claim_id`` of its document; the message
            names file and line.
        OSError: the file cannot be read.
    """
    path = Path(path)
    documents: dict[str, list[Claim]] = {}
    seen: set[tuple[str, str]] = set()
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            claim = Claim.from_json(line)
        except ValueError as error:
            raise ValueError(f"{path.name}:{number}: not a claim: {error}") from error
        if (claim.doc_id, claim.claim_id) in seen:
            raise ValueError(f"{path.name}:{number}: document {claim.doc_id!r} has claim {claim.claim_id} twice")
        seen.add((claim.doc_id, claim.claim_id))
        documents.setdefault(claim.doc_id, []).append(claim)
    return documents
