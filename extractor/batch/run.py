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
from typing import TYPE_CHECKING, Any, BinaryIO

from extractor.batch.shards import Item, Shard, shards
from extractor.batch.store import Store
from extractor.batch.worker import Result, Worker
from extractor.io.article import ReadOptions
from extractor.io.readers import sources

if TYPE_CHECKING:
    from extractor.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch is to do.

    Attributes:
        paths: files, folders, globs, ``-``.
        pipeline: the pipeline; with several processes each loads its own of the same name, with the same lexicon.
        options: how the paths are read.
        processes: 1 works in this process; more start workers that may die without harm.
    """

    paths: Sequence[str]
    pipeline: Pipeline
    options: ReadOptions
    processes: int = 1


def to_stream(
    batch: Batch, stream: BinaryIO, seen: Callable[[Result], None], note: Callable[[str], None] = lambda _: None
) -> None:
    """Write the claims of a batch to a stream, as JSON lines in input order.

    Args:
        seen: called with each result after it is written.
        note: called with messages for people.
    """
    found = shards(sources(batch.paths, batch.options), "")  # no output is kept that a key would find again
    for result in _results(batch, (shard.items for shard in found), note):
        stream.write(result.lines)
        stream.flush()
        seen(result)


def to_file(
    batch: Batch, store: Store, seen: Callable[[Result], None], note: Callable[[str], None] = lambda _: None
) -> None:
    """Write the claims of a batch to the file of ``store``; killed at any moment, it can be run again.

    Args:
        seen: called with each result after it is safe on disk.
        note: called with messages for people.

    Raises:
        OSError: something cannot be written; the finished shards stay good.
    """
    keys: deque[str] = deque()  # of the shards that are in work, in order
    documents = failed = claims = 0

    def known_or_not(found: Iterable[Shard]) -> Iterator[Sequence[Item] | Result]:
        for shard in found:
            keys.append(shard.key)
            yield store.find(shard.key) or shard.items

    found = shards(sources(batch.paths, batch.options), settings(batch))
    for result in _results(batch, known_or_not(found), note):
        store.add(keys.popleft(), result)
        documents += result.documents
        failed += len(result.errors)
        claims += result.claims
        seen(result)
    counts: dict[str, Any] = {"documents": documents, "failed": failed, "claims": claims}
    store.finish(batch.pipeline.meta | counts)


def _results(batch: Batch, found: Iterable[Sequence[Item] | Result], note: Callable[[str], None]) -> Iterator[Result]:
    if batch.processes > 1:
        from extractor.batch.supervisor import Supervisor

        pipeline = batch.pipeline
        yield from Supervisor(batch.processes, pipeline.model, batch.options, note, pipeline.lexicon).run(found)
        return
    worker = Worker(batch.pipeline, batch.options)
    for shard in found:
        yield shard if isinstance(shard, Result) else worker.run(shard)


def settings(batch: Batch) -> str:
    """Return a hash that changes when the same document may get other output.

    It is that of the configuration, the model's own description, the versions, the user's lexicon, and the hash of
    this package's rules and tables.
    """
    pipeline = batch.pipeline
    options = asdict(batch.options) | {"leave_out": None}
    described = pipeline.nlp.meta if pipeline.network else {}
    parts = [options, pipeline.meta, described, _versions(), _code()]
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
