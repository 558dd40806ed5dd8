"""Reading articles: text files, folders of them, standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = frozenset({".txt"})
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read: ``doc_id`` is the file's name without its ending, ``text`` its characters unchanged."""

    doc_id: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class BadArticle:
    """An article that could not be read, and why."""

    source: str
    reason: str


def articles(paths: Iterable[str]) -> Iterator[Article | BadArticle]:
    """Yield the articles of files, folders (in the order of their names) and ``-`` (standard input).

    What cannot be read is yielded as a :class:`BadArticle`; the others still come. Two articles of one
    name would have claims of one id, so the second is a bad one.
    """
    seen: dict[str, str] = {}
    for path in paths:
        for item in _read(path):
            if isinstance(item, Article) and item.doc_id in seen:
                yield BadArticle(item.source, f"another document is called {item.doc_id!r} too: {seen[item.doc_id]}")
                continue
            if isinstance(item, Article):
                seen[item.doc_id] = item.source
            yield item


def _read(path: str) -> Iterator[Article | BadArticle]:
    if path == STDIN:
        yield _decoded("stdin", "standard input", sys.stdin.buffer.read())
        return
    place = Path(path)
    if place.is_dir():
        files = sorted(p for p in place.iterdir() if p.suffix.lower() in SUFFIXES and p.is_file())
        if not files:
            yield BadArticle(path, "no .txt files in this folder")
        for file in files:
            yield _file(file)
    elif place.suffix.lower() not in SUFFIXES and place.exists():
        yield BadArticle(path, f"not a .txt file (ending {place.suffix or 'missing'!r})")
    else:
        yield _file(place)


def _file(path: Path) -> Article | BadArticle:
    try:
        content = path.read_bytes()
    except OSError as error:
        return BadArticle(str(path), error.strerror or str(error))
    return _decoded(path.stem, str(path), content)


def _decoded(doc_id: str, source: str, content: bytes) -> Article | BadArticle:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return BadArticle(source, f"not UTF-8: byte {content[error.start]:#04x} at position {error.start}")
    if text.startswith("\ufeff"):
        text = text[1:]
    if "\0" in text:
        return BadArticle(source, f"binary: a NUL character at position {text.index(chr(0))}")
    if not text.strip():
        return BadArticle(source, "empty: no text in it")
    return Article(doc_id, text, source)
