"""The project's own gold: one JSON file an article, a folder of them, or JSON lines with the texts in them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from extractor.evaluation.gold import LINK_FIELDS, NOT_GOLD, GoldClaim, GoldDocument, GoldSpan, read_article

Files = dict[Path, bytes]
_NUMBERS = ("value", "low", "high")
# What file systems do not take in a name, and a leading dot, which hides a file.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f"%*/:<>?\\|]|^\.')


class ConvertError(ValueError):
    """Documents cannot be written in a format, or a file is not of a format; the message names what and why."""


def claim_record(claim: GoldClaim) -> dict[str, Any]:
    """Return a claim as the project's own JSON has it: every field, numbers as plain decimal strings."""
    record: dict[str, Any] = {}
    for name in _ORDER:
        value = getattr(claim, name)
        if isinstance(value, GoldSpan):
            record[name] = _span_record(name, value)
        elif name in _NUMBERS and value is not None:
            record[name] = format(value, "f")
        else:
            record[name] = value.value if isinstance(value, StrEnum) else value
    return record


_ORDER = (
    "claim_id",
    "kind",
    "start",
    "end",
    "text",
    *_NUMBERS,
    "unit",
    "modifier",
    "change",
    "subject",
    "time",
    "baseline",
    "attribution",
    "modality",
    *LINK_FIELDS,
)


def _span_record(name: str, span: GoldSpan) -> dict[str, Any]:
    place = {} if span.start is None else {"start": span.start, "end": span.end}
    value = {"value": span.value} if span.value is not None or name in ("time", "baseline") else {}
    return {"text": span.text, **place, **value}


def gold_json(document: GoldDocument, article: str) -> bytes:
    """Return a gold file; ``article`` is the path of the article from that file."""
    record = {"doc_id": document.doc_id, "article": article, "claims": [claim_record(c) for c in document.claims]}
    return json_bytes(record)


def json_bytes(record: object) -> bytes:
    """Return JSON as people edit it: one space of indent, letters as they are."""
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def to_folder(documents: Sequence[GoldDocument], out: Path, articles: Path) -> Files:
    """Write one gold file a document to a folder.

    Raises:
        ConvertError: see :func:`article_files`; or a document's file would be none of gold.
    """
    if taken := [f"{d.doc_id}.json" for d in documents if f"{d.doc_id}.json" in NOT_GOLD]:
        raise ConvertError(f"{out}: {', '.join(taken)} in a gold folder is no gold: give the document another doc_id")
    return _with_articles(documents, {d.doc_id: out / f"{file_name(d.doc_id)}.json" for d in documents}, articles)


def to_file(documents: Sequence[GoldDocument], out: Path, articles: Path) -> Files:
    """Write one document to one gold file.

    Raises:
        ConvertError: see :func:`article_files`; or there are more documents, or none.
    """
    if len(documents) != 1:
        raise ConvertError(f"{out}: a gold file holds one document, not {len(documents)}: give a folder, or a .jsonl")
    return _with_articles(documents, {documents[0].doc_id: out}, articles)


def _with_articles(documents: Sequence[GoldDocument], places: Mapping[str, Path], articles: Path) -> Files:
    files = article_files(documents, articles)
    for document in documents:
        place = places[document.doc_id]
        article = relative(article_path(document, articles), place.parent)
        files[place] = gold_json(document, article)
    return files


def to_lines(documents: Iterable[GoldDocument], out: Path) -> Files:
    """Write JSON lines: a document with its text and claims a line."""
    lines = []
    for document in documents:
        claims = [claim_record(claim) for claim in document.claims]
        record = {"doc_id": document.doc_id, "text": document.text, "claims": claims}
        lines.append(json.dumps(record, ensure_ascii=False).encode("utf-8") + b"\n")
    return {out: b"".join(lines)}


def article_path(document: GoldDocument, articles: Path) -> Path:
    """Return where the text of a document stands, or belongs, in a folder of articles.

    A ``/`` in the name is a folder below it, as ``cifre extract`` names the articles of a folder.
    """
    parts = document.doc_id.split("/")
    folders, name = (parts[:-1], parts[-1]) if all(parts) else ([], document.doc_id)
    return articles.joinpath(*map(file_name, folders), f"{file_name(name)}.txt")


def article_files(documents: Iterable[GoldDocument], articles: Path) -> Files:
    """Return the article files that are not there yet.

    Raises:
        ConvertError: one is there with another text, or cannot be read.
    """
    files = {}
    for document in documents:
        place = article_path(document, articles)
        if not place.exists():
            files[place] = document.text.encode("utf-8")
            continue
        try:
            same = read_article(place) == document.text
        except UnicodeDecodeError:
            same = False
        if not same:
            raise ConvertError(
                f"{place}: this is not the text of {document.doc_id!r}, whose claims it would be read by"
            )
    return files


def relative(path: Path, folder: Path) -> str:
    """Return the path from a folder to a file, with ``/`` on every system; absolute where there is none."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive
        return path.resolve().as_posix()


def file_name(doc_id: str) -> str:
    """Return a document's name as a file name without ending; what no name can hold is ``%`` and its code.

    >>> file_name("economia/a: b")
    'economia%2Fa%3A b'
    """
    return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", doc_id)


def doc_id_of(name: str) -> str:
    """Return the document's name that :func:`file_name` has written."""
    return unquote(name)
