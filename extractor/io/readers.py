"""Reading articles: files, folders, globs, standard input; text, HTML and JSON lines, compressed or not."""

from __future__ import annotations

import glob
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from extractor.io import html
from extractor.io.article import Article, BadArticle, Page, ReadOptions, checked
from extractor.io.compressed import READ_ERRORS, bare_name, open_binary, reason_of
from extractor.io.encodings import WrongEncoding, decode
from extractor.io.jsonl import json_articles

FORMS = {".txt": "txt", ".html": "html", ".htm": "html", ".jsonl": "jsonl"}
STDIN = "-"
#: Tells of the articles of a folder (title, licence, split); it holds none itself.
MANIFEST = "manifest.jsonl"
_KNOWN = "txt, .html, .htm, .jsonl file, or .gz or .zst of one"


def articles(paths: Iterable[str], options: ReadOptions | None = None) -> Iterator[Article | BadArticle]:
    """Yield the articles of files, folders, globs and ``-`` (standard input), in input order.

    A folder gives the files in it and below it that have a known ending, in the order of their names; files
    and folders whose name begins with a dot are left out, and so is a :data:`MANIFEST`. What cannot be read is
    yielded as a :class:`BadArticle`; the others still come. Two articles of one name would have claims of one
    id, so the second is a bad one.

    Raises:
        MissingExtra: a file needs trafilatura or zstandard, and it is not installed.
    """
    options = options or ReadOptions()
    for item in sources(paths, options):
        yield html.article_of(item, options) if isinstance(item, Page) else item


def sources(paths: Iterable[str], options: ReadOptions) -> Iterator[Article | Page | BadArticle]:
    """Yield as :func:`articles` does, but pages unread: their main text costs time, and workers can share it."""
    with closing(_Names()) as names:
        for path in paths:
            for item in _read(path, options):
                if isinstance(item, BadArticle) or (earlier := names.taken(item.doc_id, item.source)) is None:
                    yield item
                else:
                    yield BadArticle(item.source, f"another document is called {item.doc_id!r} too: {earlier}")


class _Names:
    """The names of documents so far, and where they come from: on disk, for an archive has millions of them."""

    def __init__(self) -> None:
        # without a name it is a temporary file, removed when closed; a generator may go on in another thread
        self._table = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._table.execute("PRAGMA journal_mode = OFF")
        self._table.execute("CREATE TABLE names (name BLOB PRIMARY KEY, source BLOB) WITHOUT ROWID")
        self._table.execute("BEGIN")

    def taken(self, name: str, source: str) -> str | None:
        """Return the source of an earlier document of this name; None where there is none, and keep the name."""
        row = (name.encode("utf-8", "surrogatepass"), source.encode("utf-8", "surrogatepass"))
        if self._table.execute("INSERT OR IGNORE INTO names VALUES (?, ?)", row).rowcount:
            return None
        found: bytes = self._table.execute("SELECT source FROM names WHERE name = ?", row[:1]).fetchone()[0]
        return found.decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Forget all names."""
        self._table.close()


def _read(path: str, options: ReadOptions) -> Iterator[Article | Page | BadArticle]:
    if path == STDIN:
        yield from _content(sys.stdin.buffer, "stdin", "standard input", options.form, options)
        return
    place = Path(path)
    if place.is_dir():
        files = [file for file in _files_of(place) if file.resolve() not in options.leave_out]
        if not files:
            yield BadArticle(path, f"no articles in this folder (endings: .{_KNOWN})")
        for file in files:
            name = bare_name(file.relative_to(place)).with_suffix("").as_posix()
            yield from _file(file, name, _form(file) or options.form, options)
    elif glob.has_magic(path) and not place.exists():
        found = sorted(p for p in glob.glob(path, recursive=True) if Path(p).is_file())
        if not found:
            yield BadArticle(path, "no file matches")
        for match in found:
            yield from _named(Path(match), options)
    else:
        yield from _named(place, options)


def _named(path: Path, options: ReadOptions) -> Iterator[Article | Page | BadArticle]:
    form = _form(path)
    if form is None and bare_name(path).suffix and path.exists():
        yield BadArticle(str(path), f"not a .{_KNOWN} (ending {bare_name(path).suffix!r})")
        return
    yield from _file(path, bare_name(path).stem, form or options.form, options)


def _form(path: Path) -> str | None:
    return FORMS.get(bare_name(path).suffix.lower())


def _files_of(folder: Path) -> list[Path]:
    inside = (p for p in folder.rglob("*") if _form(p) is not None and p.name != MANIFEST)
    visible = (p for p in inside if not any(part.startswith(".") for part in p.relative_to(folder).parts))
    return sorted(p for p in visible if p.is_file())


def _file(path: Path, doc_id: str, form: str, options: ReadOptions) -> Iterator[Article | Page | BadArticle]:
    try:
        with open_binary(path) as stream:
            yield from _content(stream, doc_id, str(path), form, options)
    except READ_ERRORS as error:
        yield BadArticle(str(path), reason_of(error))


def _content(
    stream: BinaryIO, doc_id: str, source: str, form: str, options: ReadOptions
) -> Iterator[Article | Page | BadArticle]:
    if form == "jsonl":
        yield from json_articles(stream, source, options)
        return
    content = _at_most(stream, options.max_bytes + 1)
    if form == "html":
        html.version()  # says what is missing, if anything
        yield Page(doc_id, content, source)
        return
    if len(content) > options.max_bytes:
        yield BadArticle(source, f"too long: more than {options.max_chars} characters (--max-chars)")
        return
    try:
        yield checked(Article(doc_id, decode(content, options.encoding), source), options)
    except WrongEncoding as error:
        yield BadArticle(source, str(error))


def _at_most(stream: BinaryIO, limit: int) -> bytes:
    """Read up to ``limit`` bytes; a pipe or an archive may hand them out in pieces."""
    pieces = []
    while limit > 0 and (piece := stream.read(min(limit, 1 << 20))):
        pieces.append(piece)
        limit -= len(piece)
    return b"".join(pieces)
