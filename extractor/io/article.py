"""What readers yield: articles, pages whose main text is still to be found, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

# Longer than any article (some 30,000 words). A text of nothing but numbers of this length takes half a minute.
MAX_CHARS = 200_000


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read.

    Attributes:
        doc_id: its name: of a file the name without endings, of a JSON line its ``id``.
        text: its characters, unchanged; the offsets of claims count them.
        source: where it was read (file, or file and line), for messages.
        date: when it was published, as the source says it, else as the options do, or None.
        title: its title, or None.
    """

    doc_id: str
    text: str
    source: str
    date: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page as bytes; :func:`extractor.io.html.article_of` makes an article of it."""

    doc_id: str
    content: bytes
    source: str


@dataclass(frozen=True, slots=True)
class BadArticle:
    """An article that could not be read or worked on, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How sources are read.

    Attributes:
        max_chars: an article of more code points is a bad one; bounds time and memory for one document.
        encoding: what files are read in that are not UTF-8; None makes them bad ones.
        form: ``txt``, ``html`` or ``jsonl``: what standard input holds, and files without a known ending.
        id_field, text_field, date_field, title_field: names of the fields of JSON lines.
        date: the day of articles whose source gives none; None leaves it unknown.
        leave_out: files (resolved paths) that folders do not give, such as the output of this very run.
    """

    max_chars: int = MAX_CHARS
    encoding: str | None = None
    form: str = "txt"
    id_field: str = "id"
    text_field: str = "text"
    date_field: str = "date"
    title_field: str = "title"
    date: str | None = None
    leave_out: frozenset[Path] = frozenset()

    @property
    def max_bytes(self) -> int:
        """The most bytes of one document that are looked at: markup and escapes need more than the text."""
        return 8 * self.max_chars + 65536


def checked(article: Article, options: ReadOptions) -> Article | BadArticle:
    """Return the article, or a bad one where it is empty, binary, or longer than ``options.max_chars``.

    An article without a date gets that of the options.
    """
    text = article.text
    if len(text) > options.max_chars:
        return BadArticle(article.source, f"too long: more than {options.max_chars} characters (--max-chars)")
    if "\0" in text:
        return BadArticle(article.source, f"binary: a NUL character at position {text.index(chr(0))}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return BadArticle(article.source, f"a lone surrogate at position {error.start}")
    if not text.strip():
        return BadArticle(article.source, "empty: no text in it")
    return article if article.date is not None else replace(article, date=options.date)
