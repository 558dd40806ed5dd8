"""How much `cifre serve` answers, and how it turns the rest away: clients of its own against a real server.

Usage::

    python -m benchmarks.serve_load [--workers N] [--model NAME] [--seconds S] [--clients N]...

The articles are the corpus with other digits in each, 400 words long. In one run: the server at each number of clients,
then many more clients than may wait; before each, the library alone in this process, since other work on the machine
comes and goes. Ratios are to that. While the server is loaded, /health is asked for every 50 ms: its delay tells
whether the event loop is free.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import multiprocessing
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.bench import machine
from benchmarks.texts import corpus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.pipeline import Pipeline

CORPUS = Path(__file__).parent.parent / "corpus"
_ARTICLES = 64
_WORDS = 400
_EVERY = 0.05


@dataclass(slots=True)
class Measured:
    """What some clients saw in some seconds: delays of answers in ms, and how often each status came."""

    seconds: float
    delays: list[float] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Articles that were answered in a second."""
        return self.statuses[200] / self.seconds


def articles() -> list[str]:
    """Return texts of about the same length, no two alike."""
    words = " ".join(corpus(CORPUS, (_ARTICLES + 4) * _WORDS).documents).split(" ")
    return [" ".join(words[at : at + _WORDS]) for at in range(0, _ARTICLES * _WORDS, _WORDS)]


def library(pipeline: Pipeline, texts: Sequence[str], seconds: float) -> float:
    """Return how many articles a second the library reads in this process, one after the other."""
    count, begin = 0, time.perf_counter()
    for text in itertools.cycle(texts):
        pipeline.extract(text)
        count += 1
        if time.perf_counter() > begin + seconds:
            break
    return count / (time.perf_counter() - begin)


@contextmanager
def server(*options: str) -> Iterator[str]:
    """Start a server on a free port and give its address once it is ready."""
    import httpx

    command = [sys.executable, "-m", "extractor.cli", "serve", "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        address = next(found[0] for line in process.stderr if (found := re.search(r"http://[\d.]+:\d+", line)))
        while httpx.get(f"{address}/health").status_code != 200:
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait()


async def load(address: str, path: str, texts: Sequence[str], clients: int, seconds: float) -> Measured:
    """Let some clients ask without a pause for some seconds; those that are turned away wait a tenth of a second.

    Raises:
        RuntimeError: an answer is neither an article's nor a refusal.
    """
    import httpx

    measured = Measured(seconds)
    supply = itertools.cycle(texts)
    end = time.perf_counter() + seconds
    limits = httpx.Limits(max_connections=clients)
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits) as client:

        async def ask() -> None:
            while time.perf_counter() < end:
                begin = time.perf_counter()
                content = {"data": {"text": next(supply)}} if path == "/page" else {"json": {"text": next(supply)}}
                answer = await client.post(path, **content)  # type: ignore[arg-type]
                measured.statuses[answer.status_code] += 1
                if answer.status_code == 200:
                    measured.delays.append(1000 * (time.perf_counter() - begin))
                elif answer.status_code == 503:
                    await asyncio.sleep(0.1)
                else:
                    raise RuntimeError(f"{answer.status_code}: {answer.text}")

        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            health = asyncio.wrap_future(pool.submit(watch, address, seconds))
            await asyncio.gather(*(ask() for _ in range(clients)))
            measured.health = await health
    return measured


def watch(address: str, seconds: float) -> list[float]:
    """Return the delays of /health in ms; a process of its own, so that no other client delays it."""
    import httpx

    delays = []
    end = time.perf_counter() + seconds
    with httpx.Client(base_url=address) as client:
        while time.perf_counter() < end:
            begin = time.perf_counter()
            client.get("/health")
            delays.append(1000 * (time.perf_counter() - begin))
            time.sleep(_EVERY)
    return delays


def row(path: str, clients: int, measured: Measured, alone: float) -> str:
    """Return a line of the table."""
    delays = sorted(measured.delays)
    p95 = delays[int(0.95 * (len(delays) - 1))]
    cells = [path, clients, f"{measured.rate:.1f}", f"{alone:.1f}", f"{measured.rate / alone:.2f}"]
    cells += [f"{statistics.median(delays):.0f}", f"{p95:.0f}", measured.statuses[503]]
    cells += [f"{statistics.median(measured.health):.0f}", f"{max(measured.health):.0f}"]
    return f"| {' | '.join(map(str, cells))} |"


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--model", default="it_cifre_sm")
    parser.add_argument("--seconds", type=float, default=8.0, help="of each measurement")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 4, 16])
    parser.add_argument("--crowd", type=int, default=64, help="clients that are more than may wait")
    arguments = parser.parse_args()
    from extractor import load as load_pipeline

    texts, pipeline = articles(), load_pipeline(arguments.model)
    print(machine(), {name: version(name) for name in ("fastapi", "uvicorn", "httpx")})
    print(f"{arguments.model}, {arguments.workers} workers, articles of {_WORDS} words\n")
    heads = "address, clients, articles/s, library alone, ratio, median ms, 95% ms, refused, /health ms, at most"
    print(f"| {heads.replace(', ', ' | ')} |")
    print("| --- " * 10 + "|")
    with server("--workers", str(arguments.workers), "--model", arguments.model) as address:
        for path, clients in [("/claims", each) for each in arguments.clients] + [
            ("/page", arguments.clients[-1]),
            ("/claims", arguments.crowd),
        ]:
            alone = library(pipeline, texts, arguments.seconds / 2)
            measured = asyncio.run(load(address, path, texts, clients, arguments.seconds))
            print(row(path, clients, measured, alone), flush=True)


if __name__ == "__main__":
    main()
