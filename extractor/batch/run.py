"""A whole batch: from paths to one output file, or to a stream."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, BinaryIO, Protocol

from extractor.batch.shards import Item, Shard, shards
from extractor.batch.store import Store
from extractor.batch.worker import About, Result
from extractor.io.article import ReadOptions
from extractor.io.readers import sources


class Workers(Protocol):
    """What does the work of a batch: a :class:`~extractor.batch.worker.Worker` in this process, or a
    :class:`~extractor.batch.supervisor.Supervisor` of others, which may die without harm."""

    @property
    def options(self) -> ReadOptions:
        """How sources are read."""

    @property
    def about(self) -> About:
        """What makes the claims."""

    def results(self, shards: Iterable[Sequence[Item] | Result]) -> Iterator[Result]:
        """Yield the result of each shard, in order; what is a result already passes through."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch is to do.

    Attributes:
        paths: files, folders, globs, ``-``.
        workers: who does it; their options say how the paths are read.
    """

    paths: Sequence[str]
    workers: Workers


def to_stream(batch: Batch, stream: BinaryIO, seen: Callable[[Result], None]) -> None:
    """Write the claims of a batch to a stream, as JSON lines in input order.

    Args:
        seen: called with each result after it is written.
    """
    found = shards(sources(batch.paths, batch.workers.options), "")  # no output is kept that a key would find again
    for result in batch.workers.results(shard.items for shard in found):
        stream.write(result.lines)
        stream.flush()
        seen(result)


def to_file(batch: Batch, store: Store, seen: Callable[[Result], None]) -> None:
    """Write the claims of a batch to the file of ``store``; killed at any moment, it can be run again.

    Args:
        seen: called with each result after it is safe on disk.

    Raises:
        OSError: something cannot be written; the finished shards stay good.
    """
    keys: deque[str] = deque()  # of the shards that are in work, in order
    documents = failed = claims = 0

    def known_or_not(found: Iterable[Shard]) -> Iterator[Sequence[Item] | Result]:
        for shard in found:
            keys.append(shard.key)
            yield store.find(shard.key) or shard.items

    found = shards(sources(batch.paths, batch.workers.options), settings(batch.workers))
    for result in batch.workers.results(known_or_not(found)):
        store.add(keys.popleft(), result)
        documents += result.documents
        failed += len(result.errors)
        claims += result.claims
        seen(result)
    counts: dict[str, Any] = {"documents": documents, "failed": failed, "claims": claims}
    store.finish(batch.workers.about.meta | counts)


def settings(workers: Workers) -> str:
    """Return a hash that changes when the same document may get other output.

    It is that of the configuration, the model's own description, the versions, the user's lexicon, and the hash of
    this package's rules and tables.
    """
    about = workers.about
    options = asdict(workers.options) | {"leave_out": None}
    parts = [options, about.meta, about.network, _versions(), _code()]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def _versions() -> dict[str, str]:
    from importlib import metadata

    found = {}
    for package in ("spacy", "trafilatura"):
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found


@lru_cache(maxsize=1)
def _code() -> str:
    digest = hashlib.sha256()

    def add(folder: Traversable) -> None:
        for entry in sorted(folder.iterdir(), key=lambda e: e.name):
            if entry.is_dir():
                add(entry)
            elif entry.name.endswith((".py", ".toml")):
                digest.update(entry.read_bytes())

    add(resources.files("extractor"))
    return digest.hexdigest()
