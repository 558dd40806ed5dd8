"""Cutting the input into shards: the unit that is worked on, kept and found again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor.io.article import Article, BadArticle, Page

Item = Article | Page | BadArticle

# A shard ends where the documents themselves say so (about one in _ONE_IN, by hash), so that a document
# added to an archive moves the boundaries of its own shard only; the others are found again by their key.
_AT_LEAST, _ONE_IN, _AT_MOST = 32, 32, 128
_MAX_SIZE = 1_000_000


@dataclass(frozen=True, slots=True)
class Shard:
    """Some documents in a row.

    Attributes:
        key: hash of all that its output depends on: the documents and the settings.
        items: the documents, and what could not be read among them.
    """

    key: str
    items: tuple[Item, ...]


def shards(items: Iterable[Item], settings: str) -> Iterator[Shard]:
    """Cut the input into shards; the same input and settings always give the same ones.

    Args:
        settings: a text that changes when the same document may get other output.
    """
    inside: list[Item] = []
    key = hashlib.sha256(settings.encode())
    size = 0
    for item in items:
        digest = _digest(item)
        inside.append(item)
        key.update(digest)
        size += _size(item)
        may_end = len(inside) >= _AT_LEAST and digest[0] % _ONE_IN == 0
        if may_end or len(inside) == _AT_MOST or size >= _MAX_SIZE:
            yield Shard(key.hexdigest(), tuple(inside))
            inside, size = [], 0
            key = hashlib.sha256(settings.encode())
    if inside:
        yield Shard(key.hexdigest(), tuple(inside))


def _size(item: Item) -> int:
    if isinstance(item, Article):
        return len(item.text)
    return len(item.content) if isinstance(item, Page) else 0


def _digest(item: Item) -> bytes:
    digest = hashlib.sha256(type(item).__name__.encode())
    for name in item.__slots__:
        value = getattr(item, name)
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "backslashreplace")
        digest.update(b"-" if value is None else b"%d:" % len(data))
        digest.update(data)
    return digest.digest()
