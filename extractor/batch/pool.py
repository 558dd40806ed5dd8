"""One worker process, as a pool of its own: its death breaks no other, and it is known what it was doing."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

from extractor.batch import worker
from extractor.batch.worker import About
from extractor.io.article import ReadOptions
from extractor.lexicon.active import Lexicon


def one_worker(
    model: str | None, options: ReadOptions, lexicon: Lexicon | None
) -> tuple[ProcessPoolExecutor, Future[tuple[int, About]]]:
    """Start a worker process.

    Args:
        model: the pipeline that it loads.
        options: how it reads pages.
        lexicon: the tables that its rules read.

    Returns:
        The pool that it is alone in, for one job at a time, and what :func:`worker.ready` says when it has started.
        When it dies, however that happens, its job and all later ones raise ``BrokenProcessPool``.
    """
    pool = ProcessPoolExecutor(
        max_workers=1,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=worker.start,
        initargs=(model, options, lexicon),
    )
    ready = pool.submit(worker.ready)  # this starts it
    # A worker killed in the middle of an answer leaves a part of a message. This process would wait for the rest
    # without end, for as long as it holds the writing end of the pipe itself; so it leaves it to the worker alone.
    answers: Any = getattr(pool, "_result_queue", None)
    if answers is not None:
        answers._writer.close()
    return pool, ready
