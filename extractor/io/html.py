"""HTML pages: the main text, its title and date, found by trafilatura (extra ``html``)."""

from __future__ import annotations

import importlib.util
from functools import lru_cache

from extractor.io.article import Article, BadArticle, Page, ReadOptions, checked
from extractor.io.compressed import MissingExtra, reason_of
from extractor.io.encodings import decode_page


@lru_cache(maxsize=1)
def version() -> str:
    """Return the version of trafilatura, on which the main text depends.

    Raises:
        MissingExtra: it is not installed.
    """
    if importlib.util.find_spec("trafilatura") is None:
        raise MissingExtra("HTML pages need trafilatura: pip install 'cifre[html]'")
    from importlib.metadata import version as installed

    return installed("trafilatura")


def article_of(page: Page, options: ReadOptions) -> Article | BadArticle:
    """Return the article of a page: its main text, its title, and its date of publication (ISO 8601)."""
    from trafilatura import bare_extraction

    if len(page.content) > options.max_bytes:
        return BadArticle(page.source, f"too long: more than {options.max_bytes} bytes of HTML (--max-chars)")
    markup = decode_page(page.content, options.encoding)
    if "\0" in markup:
        return BadArticle(page.source, f"binary: a NUL character at position {markup.index(chr(0))}")
    if not markup.strip():
        return BadArticle(page.source, "empty: no text in it")
    try:
        found = bare_extraction(markup, with_metadata=True, include_comments=False)
    except Exception as error:  # a page may be broken in any way, and the library with it
        return BadArticle(page.source, f"this HTML cannot be read: {type(error).__name__}: {reason_of(error)}")
    if found is None or isinstance(found, dict):
        return BadArticle(page.source, "no main text found in this page")
    article = Article(page.doc_id, found.text or "", page.source, found.date or None, found.title or None)
    return checked(article, options)
