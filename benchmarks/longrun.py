"""Memory over a long run: the batch command reads ever new words, and the memory of each of its processes is watched.

Usage::

    python -m benchmarks.longrun [--documents N] [--fast-documents N] [--processes N]

The articles are made up: sentences as news has them, with names that never come twice and ever other figures, the
worst case for whatever keeps words. They go into ``cifre extract -`` through a pipe, first with rules alone, then with
the network. The results go to ``benchmarks/longrun.json`` and ``docs/longrun.md``. Linux only: memory is read from
``/proc``.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from benchmarks.bench import ROOT, machine

_SEED = 20
_LENGTH = 3  # sentences
_EVERY = 0.2  # seconds between two looks
_STEPS = 20
_SYLLABLES = [c + v for c in ("b", "ch", "d", "f", "gl", "l", "m", "n", "pr", "r", "s", "t", "v", "z") for v in "aeiou"]
_SENTENCES = (
    "La {name} di {name} ha chiuso l'anno con ricavi per {figure} milioni di euro, in crescita del {figure}%.",
    "Secondo {name} {name}, nel 2023 gli addetti erano {figure} e i {name} più di {figure}.",
    "Il comune di {name} si affaccia sul lago {name} e confina con {name} e {name}.",
    "«Per la {name} servono almeno {figure} metri di {name}», ha detto {name} {name}.",
    "In quegli anni la famiglia {name} lasciò {name} per la valle di {name}, dove il {name} era già noto.",
    "Il prezzo del {name} è sceso da {figure} a {figure} euro al chilo, spiega {name}.",
)


class _Fresh(Mapping[str, str]):
    """Another ``name`` and another ``figure`` every time that one is asked for."""

    def __init__(self) -> None:
        self._chance = random.Random(_SEED)

    def __getitem__(self, key: str) -> str:
        if key == "figure":
            return str(self._chance.randint(2, 9999))
        name = "".join(self._chance.choices(_SYLLABLES, k=self._chance.randint(3, 5)))
        return name.capitalize() if self._chance.random() < 0.5 else name

    def __iter__(self) -> Iterator[str]:
        return iter(("name", "figure"))

    def __len__(self) -> int:
        return 2


def articles(count: int) -> Iterator[str]:
    """Yield so many made-up articles; the same ones every time."""
    fresh, chance = _Fresh(), random.Random(_SEED)
    for _ in range(count):
        yield " ".join(sentence.format_map(fresh) for sentence in chance.sample(_SENTENCES, _LENGTH))


@dataclass
class Feed:
    """Articles on their way into the pipe of a command.

    Attributes:
        documents: how many have gone in.
        words: how many words they have.
    """

    count: int
    documents: int = 0
    words: int = 0

    def into(self, pipe: IO[bytes]) -> None:
        """Write all articles and close the pipe; a command that ends early is no error here."""
        try:
            with pipe:
                for text in articles(self.count):
                    pipe.write(json.dumps({"id": f"d{self.documents}", "text": text}).encode() + b"\n")
                    self.documents += 1
                    self.words += len(text.split())
        except BrokenPipeError:
            return


@dataclass
class Watch:
    """The most memory that each process had, step by step.

    Attributes:
        steps: of each step the documents so far, the seconds, and MB by the name of the process.
    """

    pid: int
    names: dict[int, str] = field(default_factory=dict)
    steps: list[dict[str, Any]] = field(default_factory=list)
    _peaks: dict[str, float] = field(default_factory=dict)

    def look(self) -> None:
        """Read the memory of the command and its workers."""
        for pid in (self.pid, *_workers(self.pid)):
            name = self.names.setdefault(pid, f"worker {len(self.names)}" if self.names else "command")
            if (size := _megabytes(pid)) is not None:
                self._peaks[name] = max(size, self._peaks.get(name, 0.0))

    def step(self, documents: int, seconds: float) -> None:
        """Close a step."""
        self.steps.append({"documents": documents, "seconds": round(seconds, 1), "mb": self._peaks})
        self._peaks = {}


def _workers(pid: int) -> list[int]:
    """The workers of a command; the helper that multiprocessing starts for itself is none."""
    found = []
    try:
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split():
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(int(child))
    except OSError:  # ended between two looks
        pass
    return found


def _megabytes(pid: int) -> float | None:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return None
    line = next((line for line in status.splitlines() if line.startswith("VmRSS")), None)
    return None if line is None else round(int(line.split()[1]) / 1024, 1)


def measure(count: int, processes: int, model: str) -> dict[str, Any]:
    """Run the command on so many articles and watch it.

    Raises:
        RuntimeError: the command failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        call = [sys.executable, "-m", "extractor.cli", "extract", "-", "--format", "jsonl"]
        call += ["-o", f"{folder}/claims.jsonl", "--processes", str(processes), "--model", model]
        begin = time.monotonic()
        process = subprocess.Popen(call, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdin is not None
        feed, watch = Feed(count), Watch(process.pid)
        threading.Thread(target=feed.into, args=(process.stdin,), daemon=True).start()
        while process.poll() is None:
            time.sleep(_EVERY)
            watch.look()
            if len(watch.steps) < _STEPS - 1 and feed.documents * _STEPS >= (len(watch.steps) + 1) * count:
                watch.step(feed.documents, time.monotonic() - begin)
        seconds = time.monotonic() - begin
        watch.step(feed.documents, seconds)
        said = process.stderr.read().decode() if process.stderr else ""
        if process.returncode:
            raise RuntimeError(f"the command failed: {said}")
        meta = json.loads(Path(folder, "claims.meta.json").read_text(encoding="utf-8"))
    return {
        "model": meta["model"],
        "documents": meta["documents"],
        "claims": meta["claims"],
        "words": feed.words,
        "seconds": round(seconds),
        "words_per_s": round(feed.words / seconds, -2),
        "steps": watch.steps,
    }


def halves(run: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    """Return the most memory in MB that each process had in the first and in the second half of a run."""
    steps = run["steps"]
    middle = len(steps) // 2
    names = dict.fromkeys(name for step in steps for name in step["mb"])

    def most(part: Sequence[Mapping[str, Any]], name: str) -> float:
        return max((float(step["mb"].get(name, 0.0)) for step in part), default=0.0)

    return {name: (most(steps[:middle], name), most(steps[middle:], name)) for name in names}


def page(results: Mapping[str, Any]) -> str:
    """Return the results as a page of Markdown."""
    system = results["machine"]
    lines = [
        "# Memory over a long run",
        "",
        f"What `make bench-long` measured: `cifre extract - --processes {results['processes']}` on made-up articles",
        "with ever new names, and the most resident memory (MB) of each process in each twentieth of the run.",
        "",
        f"{system['date']}, {system['processor']}, {system['cores']} cores, shared with other work; "
        f"Python {system['python']}, spaCy {system['packages']['spacy']}.",
    ]
    for run in results["runs"]:
        found = halves(run)
        lines += [
            "",
            f"## `{run['model']}`: {run['documents']:,} articles, {run['words']:,} words, {run['claims']:,} claims",
            "",
            f"{run['seconds']:,} s, {run['words_per_s']:,.0f} words/s in all.",
            "",
            "| articles | seconds | " + " | ".join(found) + " |",
            "| ---: | ---: |" + " ---: |" * len(found),
        ]
        for step in run["steps"]:
            sizes = " | ".join(f"{step['mb'].get(name, 0):.0f}" for name in found)
            lines.append(f"| {step['documents']:,} | {step['seconds']:,.0f} | {sizes} |")
        for title, half in (("most in the first half", 0), ("most in the second half", 1)):
            lines.append(f"| {title} | | " + " | ".join(f"{sizes[half]:.0f}" for sizes in found.values()) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Read the command line, run, write results and page."""
    parser = argparse.ArgumentParser(description="Watch the memory of the batch command over a long run.")
    parser.add_argument("--fast-documents", type=int, default=200_000, help="articles for the rules alone")
    parser.add_argument("--documents", type=int, default=20_000, help="articles for the network")
    parser.add_argument("--processes", type=int, default=2, help="worker processes")
    options = parser.parse_args()
    runs = []
    for count, model in ((options.fast_documents, "blank:it"), (options.documents, "it_cifre_sm")):
        if count:
            runs.append(measure(count, options.processes, model))
            print(json.dumps({name: value for name, value in runs[-1].items() if name != "steps"}), halves(runs[-1]))
    results = {"machine": machine(), "processes": options.processes, "runs": runs}
    text = json.dumps(results, ensure_ascii=False, indent=1)
    (ROOT / "benchmarks" / "longrun.json").write_text(text + "\n", encoding="utf-8")
    (ROOT / "docs" / "longrun.md").write_text(page(results), encoding="utf-8")


if __name__ == "__main__":
    main()
