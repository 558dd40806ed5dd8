"""Worker processes that may die: their work is done again, and a document that kills them is put aside.

Every worker is a pool of its own that does one task at a time, in order. So a death breaks one pool only, and it is
known which documents it was at: those of the first task that has no result.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import cached_property

from extractor.batch import worker
from extractor.batch.pool import one_worker
from extractor.batch.shards import Item
from extractor.batch.worker import About, Result, WorkersFail, combined
from extractor.io.article import BadArticle, ReadOptions
from extractor.lexicon.active import Lexicon

# A document is put aside after it has killed so many workers while alone with them.
_DEATHS = 2
# So many deaths in a row while starting mean that no worker can start.
_FALSE_STARTS = 3
_NO_START = f"{_FALSE_STARTS} worker processes in a row died while starting"
# Documents that a worker takes at a time; of the last shard fewer, for else one would be busy and the others idle.
_AT_A_TIME, _AT_THE_END = 32, 4
# So many pieces are with a worker, that it need not wait for the next one.
_IN_HAND = 2
# Shards in work or waiting for an earlier one, for each worker.
_AHEAD = 4


@dataclass(slots=True)
class _Piece:
    """A stretch of a shard that is worked on as one."""

    shard: int
    first: int
    items: Sequence[Item]
    deaths: int = 0


@dataclass(slots=True)
class _Progress:
    """The pieces of a shard that are done, by the place of their first document."""

    size: int
    done: dict[int, Result] = field(default_factory=dict)
    covered: int = 0

    def result(self) -> Result | None:
        """The shard's result once all of its documents are done."""
        if self.covered < self.size:
            return None
        return combined([self.done[first] for first in sorted(self.done)])


class _Slot:
    """One worker process, replaced when it dies, and the pieces that it has, in order."""

    def __init__(self, model: str | None, options: ReadOptions, lexicon: Lexicon | None) -> None:
        self._arguments = (model, options, lexicon)
        self.work: deque[tuple[Future[Result], _Piece]] = deque()
        self.replace()

    def replace(self) -> None:
        self._pool, self._ready = one_worker(*self._arguments)

    def take_from(self, queue: deque[_Piece]) -> None:
        """Hand the first piece to the worker, unless it has just died with others; that is seen with those."""
        try:
            future = self._pool.submit(worker.work, queue[0].items)
        except BrokenProcessPool:
            if self.work:
                return
            self.replace()  # it died while it had nothing to do
            future = self._pool.submit(worker.work, queue[0].items)
        self.work.append((future, queue.popleft()))

    @property
    def about(self) -> About:
        return self._ready.result()[1]

    @property
    def started(self) -> bool:
        return self._ready.done() and self._ready.exception() is None

    def end(self, at_once: bool) -> None:
        if at_once and self.started:
            with contextlib.suppress(OSError):
                os.kill(self._ready.result()[0], signal.SIGTERM)
        # waits for its end: a pool that is about to end when Python does can fail
        self._pool.shutdown(cancel_futures=True)


class Supervisor:
    """Runs shards on several processes and gives their results in input order.

    The workers start when it is entered, and end with it. This process loads no pipeline: it would take as long to
    do so as they do, and they would wait for it.

    Args:
        processes: how many workers.
        model: the pipeline that each of them loads.
        lexicon: the tables that its rules read.
        options: how pages are read.
        note: called with a message for people when a worker has died.
    """

    def __init__(
        self,
        processes: int,
        model: str | None,
        options: ReadOptions,
        note: Callable[[str], None] = lambda _: None,
        lexicon: Lexicon | None = None,
    ) -> None:
        self.options = options
        self._processes = processes
        self._arguments = (model, options, lexicon)
        self._note = note
        self._queue: deque[_Piece] = deque()
        self._shards: dict[int, _Progress] = {}
        self._false_starts = 0
        self._slots: list[_Slot] = []

    def __enter__(self) -> Supervisor:
        self._slots = [_Slot(*self._arguments) for _ in range(self._processes)]
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with ThreadPoolExecutor(len(self._slots)) as together:
            list(together.map(lambda slot: slot.end(at_once=kind is not None), self._slots))

    @cached_property
    def about(self) -> About:
        """What makes the claims; waits for the first worker to say it.

        Raises:
            ModelNotFound: the workers have no such model.
            WorkersFail: no worker can be started.
        """
        slot = self._slots[0]
        for _ in range(_FALSE_STARTS):
            try:
                return slot.about
            except BrokenProcessPool:
                slot.replace()
        raise WorkersFail(_NO_START)

    def results(self, shards: Iterable[Sequence[Item] | Result]) -> Iterator[Result]:
        """Yield the result of each shard, in order; what is a result already passes through.

        Raises:
            WorkersFail: no worker can be started.
        """
        assert self._slots, "the workers start when the supervisor is entered"
        shards = iter(shards)
        following = next(shards, None)
        next_in, next_out, most = 0, 0, _AHEAD * self._processes
        while True:
            while following is not None and len(self._queue) < self._room and next_in - next_out < most:
                shard, following = following, next(shards, None)
                self._take(next_in, shard, _AT_A_TIME if following is not None else _AT_THE_END)
                next_in += 1
            self._hand_out()
            while next_out in self._shards and (result := self._shards[next_out].result()) is not None:
                del self._shards[next_out]
                next_out += 1
                yield result
            busy = [slot for slot in self._slots if slot.work]
            # a piece that is left over although there is room: a worker has died, which its work is about to tell
            if busy and (self._queue or following is None or self._room == 0 or next_in - next_out >= most):
                wait([slot.work[0][0] for slot in busy], return_when=FIRST_COMPLETED)
                for slot in busy:
                    self._collect(slot)
            elif following is None and not self._queue:
                return

    @property
    def _room(self) -> int:
        return sum(_IN_HAND - len(slot.work) for slot in self._slots)

    def _take(self, number: int, shard: Sequence[Item] | Result, at_a_time: int) -> None:
        if isinstance(shard, Result):
            self._shards[number] = _Progress(0, {0: shard})
            return
        self._shards[number] = _Progress(len(shard))
        starts = range(0, len(shard), at_a_time)
        self._queue.extend(_Piece(number, first, shard[first : first + at_a_time]) for first in starts)

    def _hand_out(self) -> None:
        """Give the workers as many pieces as they may have, those with none first."""
        for has in range(_IN_HAND):
            for slot in self._slots:
                if self._queue and len(slot.work) == has:
                    slot.take_from(self._queue)

    def _collect(self, slot: _Slot) -> None:
        """Keep the results that a worker has given, or do what its death asks for."""
        while slot.work and slot.work[0][0].done():
            future, piece = slot.work.popleft()
            try:
                result = future.result()
            except BrokenProcessPool:
                self._replace(slot, piece)
                return
            self._false_starts = 0
            progress = self._shards[piece.shard]
            progress.done[piece.first] = result
            progress.covered += len(piece.items)

    def _replace(self, slot: _Slot, piece: _Piece) -> None:
        """Start a worker for one that died, and do its pieces again; to blame is the one that it was at."""
        started = slot.started
        self._queue.extendleft(piece for _, piece in reversed(slot.work))
        slot.work.clear()
        slot.replace()
        self._false_starts = 0 if started else self._false_starts + 1
        if self._false_starts >= _FALSE_STARTS:
            raise WorkersFail(_NO_START) from None
        self._again(piece, blame=started)

    def _again(self, piece: _Piece, blame: bool) -> None:
        """Queue a piece again: whole at first, for any worker may be killed once; then in halves."""
        piece.deaths += blame
        size = len(piece.items)
        self._note(f"a worker died with {size} documents (from {piece.items[0].source}); doing them again")
        if piece.deaths < _DEATHS:
            self._queue.appendleft(piece)
        elif size > 1:
            half = size // 2
            for first, items in ((half, piece.items[half:]), (0, piece.items[:half])):
                # halves of a guilty piece are halved at their next death; a single document has all its tries
                deaths = _DEATHS - 1 if len(items) > 1 else 0
                self._queue.appendleft(_Piece(piece.shard, piece.first + first, items, deaths))
        else:
            reason = f"put aside: it killed {_DEATHS} worker processes"
            progress = self._shards[piece.shard]
            progress.done[piece.first] = Result(b"", errors=(BadArticle(piece.items[0].source, reason),))
            progress.covered += 1
