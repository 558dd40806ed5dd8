"""Workers are killed at random moments of a batch; the output is that of an undisturbed one."""

from __future__ import annotations

import json
import multiprocessing
import random
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from extractor.batch.run import Batch, Workers, to_file
from extractor.batch.store import Store
from extractor.batch.supervisor import Supervisor
from extractor.batch.worker import Result, Worker
from extractor.io.article import BadArticle, ReadOptions
from extractor.pipeline import Pipeline, load
from tests.batch.mortal import write_model
from tests.stress import rounds

_PROCESSES = 2
_KILLS = 3  # fewer than make an innocent document look guilty: two of its shard, one a half, two of its own
# So many shards at the most are in work or waiting: when more have come since a kill, a worker has been at work.
_BETWEEN = 4 * _PROCESSES + 1
# Enough for the last kill to fall before the end.
_DOCUMENTS, _FATAL = 4000, 700


class Killer:
    """Sees the results of a batch, and kills some worker a moment after some of them."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._next = self._chance.randint(1, _BETWEEN)
        self._timers: list[threading.Timer] = []
        self._seen = self.killed = 0

    def __call__(self, _: Result) -> None:
        self._seen += 1
        if self._seen == self._next and len(self._timers) < _KILLS:
            self._next += _BETWEEN + self._chance.randint(0, 2)
            self._timers.append(threading.Timer(self._chance.random() * 0.2, self._kill))
            self._timers[-1].start()

    def _kill(self) -> None:
        if workers := multiprocessing.active_children():
            self._chance.choice(workers).kill()
            self.killed += 1

    def finish(self) -> None:
        """Wait for the kills that are still to come."""
        for timer in self._timers:
            timer.join()


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    folder = tmp_path_factory.mktemp("model")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        yield load(write_model(folder))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("in") / "articles.jsonl"
    texts = ("" if n % 97 == 50 else f"Ne restano {n + 2}, il {n % 90 + 2}% in meno." for n in range(_DOCUMENTS))
    path.write_text("".join(json.dumps({"id": f"d{n}", "text": text}) + "\n" for n, text in enumerate(texts)))
    return path


def run(source: Path, output: Path, pipeline: Pipeline, killer: Killer | None = None) -> tuple[bytes, list[BadArticle]]:
    """The output of a batch and its error records."""
    results: list[Result] = []

    def seen(result: Result) -> None:
        results.append(result)
        if killer is not None:
            killer(result)

    options = ReadOptions()
    with ExitStack() as stack:
        workers: Workers = Worker(pipeline, options)
        if killer is not None:
            workers = stack.enter_context(Supervisor(_PROCESSES, pipeline.model, options))
        to_file(Batch([str(source)], workers), Store(output, resume=False), seen)
    return output.read_bytes(), [error for result in results for error in result.errors]


@pytest.fixture(scope="module")
def undisturbed(
    source: Path, mortal: Pipeline, tmp_path_factory: pytest.TempPathFactory
) -> tuple[bytes, list[BadArticle]]:
    return run(source, tmp_path_factory.mktemp("out") / "claims.jsonl", mortal)


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
@rounds
def test_workers_killed_at_random_moments(
    seed: int, source: Path, mortal: Pipeline, undisturbed: tuple[bytes, list[BadArticle]], tmp_path: Path
) -> None:
    killer = Killer(seed)
    found = run(source, tmp_path / "claims.jsonl", mortal, killer)
    killer.finish()
    assert killer.killed == _KILLS
    assert found == undisturbed


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
@rounds
def test_a_document_that_kills_is_put_aside_while_others_are_killed(
    seed: int, source: Path, mortal: Pipeline, undisturbed: tuple[bytes, list[BadArticle]], tmp_path: Path
) -> None:
    lines = source.read_bytes().splitlines(keepends=True)
    doc_id = b'"doc_id": "d%d"' % _FATAL
    lines[_FATAL] = b'{"id": "d%d", "text": "FATALE: 3 euro"}\n' % _FATAL
    fatal = tmp_path / "articles.jsonl"
    fatal.write_bytes(b"".join(lines))
    output, errors = run(fatal, tmp_path / "claims.jsonl", mortal, Killer(seed))
    assert output.splitlines() == [line for line in undisturbed[0].splitlines() if doc_id not in line]
    put_aside = [error for error in errors if not error.reason.startswith("empty")]
    assert [error.source for error in put_aside] == [f"{fatal}:{_FATAL + 1}"]
    assert "killed 2 worker processes" in put_aside[0].reason
    assert len(errors) == len(undisturbed[1]) + 1
