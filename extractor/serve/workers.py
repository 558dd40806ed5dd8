"""Worker processes for a server: each loads the pipeline once, and one that takes too long is ended.

The event loop stays free, whatever an article asks for, and a time limit holds: a thread could not be stopped.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from extractor.batch.pool import one_worker
from extractor.io.article import ReadOptions
from extractor.lexicon.active import BUILT_IN, Lexicon
from extractor.pipeline import ModelNotFound

_T = TypeVar("_T")
# Between two tries to start a worker, in seconds.
_PAUSE = 1.0


class Busy(RuntimeError):
    """All workers have work, and enough requests wait for them already."""


class TooLong(RuntimeError):
    """A job took more than its time; its worker is ended."""


class WorkerDied(RuntimeError):
    """The worker process of a job ended without an answer."""


class Workers:
    """Runs jobs on several processes.

    Args:
        processes: how many.
        model: the pipeline that each of them loads.
        seconds: the most time from a request to its answer.
        waiting: how many requests may wait for a worker.
        lexicon: the tables that its rules read.
    """

    def __init__(self, processes: int, model: str, seconds: float, waiting: int, lexicon: Lexicon = BUILT_IN) -> None:
        self._processes, self._model, self._lexicon = processes, model, lexicon
        self._seconds, self._most_waiting = seconds, waiting
        self._idle: asyncio.Queue[_Process] = asyncio.Queue()
        self._all: set[_Process] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self.waiting = 0

    @property
    def ready(self) -> int:
        """How many workers have loaded the pipeline."""
        return len(self._all)

    def start(self) -> None:
        """Start the workers; jobs wait until the first is ready."""
        for _ in range(self._processes):
            self._add()

    async def stop(self) -> None:
        """End all workers."""
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        for process in self._all:
            process.end()

    async def run(self, job: Callable[..., _T], *arguments: object) -> _T:
        """Run a job, a function of a module, in a worker process and return what it returns.

        Raises:
            Busy: no worker came free in time, or too many requests wait.
            TooLong: the job did not end in time.
            WorkerDied: its process did.
        """
        end = asyncio.get_running_loop().time() + self._seconds
        process = await self._next(end)
        try:
            async with asyncio.timeout_at(end):
                answer = await asyncio.wrap_future(process.pool.submit(job, *arguments))
        except (TimeoutError, BrokenProcessPool, asyncio.CancelledError) as error:
            self._all.discard(process)
            process.end()
            self._add()
            if isinstance(error, TimeoutError):
                raise TooLong from error
            if isinstance(error, BrokenProcessPool):
                raise WorkerDied from error
            raise
        except BaseException:
            self._idle.put_nowait(process)
            raise
        self._idle.put_nowait(process)
        return answer

    async def _next(self, end: float) -> _Process:
        if self.waiting >= self._most_waiting and self._idle.empty():
            raise Busy
        self.waiting += 1
        try:
            async with asyncio.timeout_at(end):
                return await self._idle.get()
        except TimeoutError as error:
            raise Busy from error
        finally:
            self.waiting -= 1

    def _add(self) -> None:
        task = asyncio.create_task(self._start_one())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _start_one(self) -> None:
        while True:
            process = _Process(self._model, self._lexicon)
            try:
                await process.loaded()
            except (BrokenProcessPool, ModelNotFound):
                process.end()
                await asyncio.sleep(_PAUSE)
                continue
            except asyncio.CancelledError:
                process.end()
                raise
            self._all.add(process)
            self._idle.put_nowait(process)
            return


class _Process:
    """One worker process."""

    def __init__(self, model: str, lexicon: Lexicon) -> None:
        self.pool, self._ready = one_worker(model, ReadOptions(), lexicon)
        self._pid: int | None = None

    async def loaded(self) -> None:
        """Wait until it has loaded the pipeline.

        Raises:
            BrokenProcessPool: it could not.
            ModelNotFound: its model is gone.
        """
        ready = await asyncio.wrap_future(self._ready)
        self._pid = ready[0]

    def end(self) -> None:
        """End it, whatever it does."""
        self.pool.shutdown(wait=False, cancel_futures=True)
        if self._pid is not None:
            with contextlib.suppress(OSError):
                os.kill(self._pid, signal.SIGKILL)
