"""Workers die; their work does not."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections import deque
from concurrent.futures.process import BrokenProcessPool
from functools import _lru_cache_wrapper
from pathlib import Path

import pytest

from extractor.batch import supervisor as supervisor_module
from extractor.batch import worker as worker_module
from extractor.batch.pool import one_worker
from extractor.batch.shards import Item
from extractor.batch.supervisor import Supervisor
from extractor.batch.worker import Result, Worker, WorkersFail, combined
from extractor.io.article import Article, BadArticle, ReadOptions
from extractor.pipeline import ModelNotFound, Pipeline, load
from tests.batch.documents import text_of
from tests.batch.mortal import half_an_answer, write_model


@pytest.fixture
def mortal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.syspath_prepend(str(tmp_path))
    return write_model(tmp_path)


def articles(count: int, changed: dict[int, str] | None = None) -> list[Item]:
    texts = {number: text_of(number) for number in range(count)} | (changed or {})
    return [Article(f"d{n}", text, f"file:{n}", "2024") for n, text in texts.items()]


def in_shards(items: list[Item], size: int) -> list[list[Item]]:
    return [items[i : i + size] for i in range(0, len(items), size)]


def test_several_processes_give_what_one_gives(bundled: Pipeline) -> None:
    options = ReadOptions()
    items: list[Item] = [*articles(60), BadArticle("file:x", "no such file")]
    worker = Worker(bundled, options)
    known = Result(b"known\n", 1, {"count": 1}, (), 1)
    shards = in_shards(items, 8)
    expected = [known, *(worker.run(shard) for shard in shards), known]
    with Supervisor(2, "it_cifre_sm", options) as supervisor:
        assert list(supervisor.results([known, *shards, known])) == expected
        assert supervisor.about == worker.about
    assert combined(expected).lines == known.lines + worker.run(items).lines + known.lines


def test_documents_that_kill_are_put_aside_and_the_others_come(mortal: str) -> None:
    bad = {13: "FATALE: 3 euro 13", 21: "SFORTUNA: 3 euro 21", 38: "FATALE: 3 euro 38"}
    notes: list[str] = []
    options = ReadOptions()
    with Supervisor(2, mortal, options, notes.append) as supervisor:
        result = combined(list(supervisor.results(in_shards(articles(48, bad), 6))))
    good = [
        item for item in articles(48, {21: bad[21]}) if isinstance(item, Article) and item.doc_id not in ("d13", "d38")
    ]
    expected = Worker(load(mortal), options).run(good)
    assert result.lines == expected.lines
    assert result.documents == 46
    assert [error.source for error in result.errors] == ["file:13", "file:38"]
    assert "killed 2 worker processes" in result.errors[0].reason
    assert "a worker died with 6 documents" in notes[0]


def test_only_what_a_worker_was_at_is_to_blame(mortal: str) -> None:
    notes: list[str] = []
    with Supervisor(1, mortal, ReadOptions(), notes.append) as supervisor:
        result = combined(list(supervisor.results(in_shards(articles(48, {13: "FATALE: 3 euro 13"}), 6))))
    assert [error.source for error in result.errors] == ["file:13"]
    # it had the next shard, too, which is done again and blamed for nothing
    deaths = [note.split("(from ")[1].split(")")[0] for note in notes]
    assert set(deaths) == {"file:12", "file:13"}
    assert result.documents == 47


def test_a_worker_that_has_died_with_a_piece_takes_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    items = articles(48)
    killed: list[int] = []
    take = supervisor_module._Slot.take_from

    def take_when_dead(slot: supervisor_module._Slot, queue: deque[supervisor_module._Piece]) -> None:
        if slot.work and not killed:
            killed.append(slot._ready.result()[0])
            os.kill(killed[0], signal.SIGKILL)
            while not slot._pool._broken:  # type: ignore[attr-defined]
                time.sleep(0.01)
        take(slot, queue)

    monkeypatch.setattr(supervisor_module._Slot, "take_from", take_when_dead)
    with Supervisor(1, "blank:it", ReadOptions()) as supervisor:
        result = combined(list(supervisor.results(in_shards(items, 6))))
    assert killed
    assert result.lines == Worker(load("blank:it"), ReadOptions()).run(items).lines


def test_a_worker_killed_in_the_middle_of_its_answer_is_not_waited_for() -> None:
    pool, _ = one_worker("blank:it", ReadOptions(), None)
    with pytest.raises(BrokenProcessPool):
        pool.submit(half_an_answer).result(timeout=60)


def test_workers_that_cannot_start_are_said_so(mortal: str, tmp_path: Path) -> None:
    (tmp_path / "no-start").touch()
    begin = time.monotonic()
    with Supervisor(2, mortal, ReadOptions()) as supervisor:
        with pytest.raises(WorkersFail, match="died while starting"):
            list(supervisor.results(in_shards(articles(8), 2)))
        with pytest.raises(WorkersFail, match="died while starting"):
            _ = supervisor.about
    assert time.monotonic() - begin < 60


_PARENT = """
import sys
from extractor.batch.supervisor import Supervisor
from extractor.io.article import ReadOptions
with Supervisor(1, "it_cifre_sm", ReadOptions()) as supervisor:
    print(supervisor.about.meta["model"], "spacy" in sys.modules)
"""


def test_this_process_loads_nothing_that_workers_would_wait_for() -> None:
    done = subprocess.run([sys.executable, "-c", _PARENT], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["it_cifre_sm", "False"]


def test_workers_say_what_model_they_have_not() -> None:
    with (
        Supervisor(2, "it_assente_sm", ReadOptions()) as supervisor,
        pytest.raises(ModelNotFound, match="'it_assente_sm' cannot be loaded"),
    ):
        _ = supervisor.about


def test_a_document_that_fails_does_not_take_others_along(rules: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor import reading as module

    real = module.find_quantities

    def failing(text: str) -> object:
        if "GUASTO" in text:
            raise RecursionError("too deep")
        return real(text)

    monkeypatch.setattr(module, "find_quantities", failing)
    result = Worker(rules, ReadOptions()).run(articles(4, {2: "GUASTO: 3 euro"}))
    assert [error.source for error in result.errors] == ["file:2"]
    assert "RecursionError: too deep" in result.errors[0].reason
    assert result.documents == 3
    assert result.lines == Worker(rules, ReadOptions()).run([a for a in articles(4) if a.source != "file:2"]).lines


def test_memory_is_given_back_after_each_shard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_module, "_LEMMAS", 100)
    worker = Worker(load("it_cifre_sm"), ReadOptions())
    strings, cached = [], []
    for shard in range(6):
        invented = [f"La società Zq{shard}x{n}w ha speso {n} milioni, dice {shard}kz{n}." for n in range(2, 60)]
        worker.run([Article(f"d{n}", text, "s") for n, text in enumerate(invented)])
        strings.append(len(worker.pipeline.nlp.vocab.strings))
        cached.append(_words_in_unbounded_caches())
        assert len(worker.pipeline.nlp.get_pipe("lemmatizer").cache) <= 100
    assert strings[1:] == strings[:1] * 5
    assert cached[1:] == cached[:1] * 5


def _words_in_unbounded_caches() -> dict[str, int]:
    caches = (thing for thing in gc.get_objects() if isinstance(thing, _lru_cache_wrapper))
    ours = (cache for cache in caches if cache.__module__.startswith("extractor."))
    return {c.__qualname__: c.cache_info().currsize for c in ours if c.cache_info().maxsize is None}


def test_a_worker_killed_while_it_sends_a_result_is_noticed(mortal: str) -> None:
    bad = {5: "MONCO: 3 euro 5", 17: "MONCO: 3 euro 17"}
    options = ReadOptions()
    documents = articles(24, bad)
    notes: list[str] = []
    with Supervisor(2, mortal, options, notes.append) as supervisor:
        result = combined(list(supervisor.results(in_shards(documents, 4))))
    assert result.errors == ()
    assert result.lines == Worker(load(mortal), options).run(documents).lines
    assert len(notes) == 2
