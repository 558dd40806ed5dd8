"""JSON lines: one article a line, under names of fields that can be set."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from extractor.io.article import Article, BadArticle, ReadOptions, checked
from extractor.io.compressed import READ_ERRORS, reason_of

# A line longer than this many times the limit ends the reading of its file: it may be a bomb.
_SKIP = 16


def json_articles(stream: BinaryIO, source: str, options: ReadOptions) -> Iterator[Article | BadArticle]:
    """Yield the articles of a stream of JSON lines; ``source`` with the line's number is their source."""
    number = 0
    while True:
        number += 1
        place = f"{source}:{number}"
        try:
            line = stream.readline(options.max_bytes + 1)
            if not line:
                return
            if len(line) > options.max_bytes:
                yield BadArticle(place, f"too long: a line of more than {options.max_bytes} bytes (--max-chars)")
                if not _skip_line(stream, line, options.max_bytes):
                    yield BadArticle(source, f"line {number} does not end; the rest of the file was not read")
                    return
                continue
        except READ_ERRORS as error:
            yield BadArticle(place, f"reading stopped here: {reason_of(error)}")
            return
        if line.strip():
            yield _article(line, place, options)


def _skip_line(stream: BinaryIO, line: bytes, limit: int) -> bool:
    for _ in range(_SKIP):
        if line.endswith(b"\n") or not line:
            return True
        line = stream.readline(limit)
    return line.endswith(b"\n") or not line


def _article(line: bytes, place: str, options: ReadOptions) -> Article | BadArticle:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return BadArticle(place, f"not UTF-8: byte {line[error.start]:#04x} at position {error.start}")
    except (ValueError, RecursionError) as error:
        return BadArticle(place, f"not JSON: {error}")
    if not isinstance(record, dict):
        return BadArticle(place, "not a JSON object")
    for field in (options.id_field, options.text_field):
        if record.get(field) is None:
            return BadArticle(place, f"no field {field!r}; there are {', '.join(map(repr, record)) or 'none'}")
    doc_id, text = record[options.id_field], record[options.text_field]
    if isinstance(doc_id, bool) or not isinstance(doc_id, str | int):
        return BadArticle(place, f"field {options.id_field!r} is not a text or a whole number")
    if not isinstance(text, str):
        return BadArticle(place, f"field {options.text_field!r} is not a text")
    try:
        str(doc_id).encode("utf-8")
    except UnicodeEncodeError:
        return BadArticle(place, f"field {options.id_field!r} has a lone surrogate")
    date, title = (_optional(record.get(f)) for f in (options.date_field, options.title_field))
    return checked(Article(str(doc_id), text, place, date, title), options)


def _optional(value: object) -> str | None:
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return None
    return str(value).encode("utf-8", "replace").decode("utf-8").strip() or None
