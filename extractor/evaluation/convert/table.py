"""CSV: a row a claim, for a spreadsheet. A document without claims has a row of its own, with its name alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.evaluation.convert.own import ConvertError, Files, article_files, article_path, claim_record, relative
from extractor.evaluation.gold import GoldClaim, GoldDocument, RawDocument, read_article
from extractor.io.writers import at, cell, flat_columns

_DOCUMENT = ("doc_id", "article")


def to_csv(documents: Sequence[GoldDocument], out: Path, articles: Path) -> Files:
    """Write a table; its column ``article`` is the path of the article from the table's folder.

    Raises:
        ConvertError: see :func:`article_files`.
    """
    columns = list(flat_columns(GoldClaim))
    content = io.StringIO(newline="")
    # with \r\n both \r and \n in a cell are quoted
    writer = csv.writer(content, lineterminator="\r\n")
    writer.writerow([*_DOCUMENT, *(name for name, _ in columns)])
    for document in documents:
        own = [document.doc_id, relative(article_path(document, articles), out.parent)]
        records: list[dict[str, Any]] = [claim_record(claim) for claim in document.claims] or [{}]
        writer.writerows([*own, *(cell(at(record, place)) for _, place in columns)] for record in records)
    return article_files(documents, articles) | {out: content.getvalue().encode("utf-8")}


def read_csv(path: Path, problems: list[str]) -> list[RawDocument]:
    """Read a table back; what is wrong goes to ``problems``, a line each.

    Raises:
        ConvertError: the file is not such a table.
        OSError: it cannot be read.
    """
    try:
        # a spreadsheet may have put a byte order mark before it
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConvertError(f"{path}: not UTF-8: {error}") from error
    rows = csv.reader(io.StringIO(content, newline=""), strict=True)
    columns = dict(flat_columns(GoldClaim))
    documents: dict[str, _Document] = {}
    try:
        head = next(rows, [])
        if missing := [name for name in (*_DOCUMENT, *columns) if name not in head]:
            raise ConvertError(f"{path}: not a table of claims: no column {', '.join(missing)}")
        for row in rows:
            place = f"{path.name}:{rows.line_num}"
            cells = dict(zip(head, row, strict=False))
            if len(row) != len(head) or not cells["doc_id"]:
                problems.append(f"{place}: {len(row)} cells under {len(head)} columns, or no doc_id")
                continue
            document = documents.setdefault(cells["doc_id"], _Document(cells["article"], place))
            if document.article != cells["article"]:
                problems.append(f"{place}: another article of {cells['doc_id']!r} than at {document.place}")
            if claim := _claim(cells, columns):
                document.claims.append(claim)
                document.names.append(f"claim {claim.get('claim_id')} (line {rows.line_num})")
    except csv.Error as error:
        raise ConvertError(f"{path}:{rows.line_num}: not CSV: {error}") from error
    return [
        RawDocument(path.name, doc_id, text, document.claims, document.names)
        for doc_id, document in documents.items()
        if (text := _text(path.parent, document, problems)) is not None
    ]


@dataclass(slots=True)
class _Document:
    """What the rows of one document say; ``place`` is the first of them."""

    article: str
    place: str
    claims: list[dict[str, Any]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def _text(folder: Path, document: _Document, problems: list[str]) -> str | None:
    try:
        return read_article(folder / document.article)
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{document.place}: article {document.article!r} cannot be read: {error}")
        return None


def _claim(cells: dict[str, str], columns: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """Return the fields of a row that are not empty, those of phrases together."""
    claim: dict[str, Any] = {}
    for name, (outer, *inner) in columns.items():
        if not cells[name]:
            continue
        if inner:
            claim.setdefault(outer, {})[inner[0]] = cells[name]
        else:
            claim[outer] = cells[name]
    return claim
