"""Speed and memory of every stage, beside what others have: one run, in turn, on the same text.

Usage::

    python -m benchmarks.bench [--text FOLDER]... [--rounds N] [--only NAME]...

The contenders run one after the other, and that several times over, so that whatever else the machine does meets all of
them; ratios are taken round by round and are what counts. Each gets as much of the text as it reads in about half a
second, commands in most of a minute (their start counts, as in a batch). Peak memory is that of a process of its
own that loads the contender and reads the same text once; that of commands is watched by ``benchmarks.longrun``. The
results go to ``benchmarks/results.json``, ``docs/benchmark.md`` and ``docs/benchmark.svg``.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.metadata
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import bench_report
from benchmarks.contenders import COMMANDS, GAINS, MAKERS, Run, Skip
from benchmarks.texts import Text, corpus, named
from extractor import pipeline
from extractor.evaluation.gate import gold_of
from extractor.evaluation.manifest import Split
from extractor.evaluation.metrics import evaluate
from extractor.evaluation.models import predict

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = "quantity stage"
_CORPUS_WORDS = 200_000
_ENOUGH, _ENOUGH_FOR_A_COMMAND = 0.5, 60.0  # seconds
_FIRST_WORDS = 400
# The modes that have scores of their own, which stand beside their speed.
_SCORED = {"rules, no network": pipeline.BLANK_MODEL, "pipeline": pipeline.BUNDLED_MODEL}
_MEASURES = {"whole claim": "whole", "subject": "field.subject"}
_PACKAGES = ("spacy", "pydantic", "ms-recognizers-text-suite", "text2num", "quantulum3")


def machine() -> dict[str, Any]:
    """Return what the figures depend on: processor, Python, packages, date; nothing that names the machine."""
    model = ""
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")
    versions = {}
    for name in _PACKAGES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return {
        "processor": model or platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "packages": versions,
        "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
    }


def seconds(run: Run, documents: Sequence[str]) -> float:
    """Return the wall time of one run."""
    start = time.perf_counter()
    run(documents)
    return time.perf_counter() - start


def sample(run: Run, text: Text, enough: float) -> Text:
    """Return as much of a text as a contender reads in about ``enough`` seconds; that warms it up, too."""
    words = _FIRST_WORDS
    while True:
        part = text.first(words)
        spent = seconds(run, part.documents)
        if spent >= enough / 2 or part.words >= 50 * _CORPUS_WORDS:
            return part
        words = int(part.words * min(8.0, max(1.5, 0.8 * enough / max(spent, 1e-4))))


def measure(text: Text, runs: dict[str, Run], rounds: int) -> dict[str, Any]:
    """Measure all contenders on one text, in turn, ``rounds`` times."""
    samples: dict[str, Text] = {}
    for name, run in runs.items():
        settled = samples.get(COMMANDS.get(name, ""))
        samples[name] = settled or sample(run, text, _ENOUGH_FOR_A_COMMAND if name in COMMANDS else _ENOUGH)
    rates: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(rounds):
        for name, run in runs.items():
            rates[name].append(samples[name].words / seconds(run, samples[name].documents))
        print(f"{text.name}: round {number + 1} of {rounds}", file=sys.stderr)
    reference = rates[REFERENCE]
    bytes_a_word = text.size / text.words
    return {
        "words": text.words,
        "bytes": text.size,
        "documents": len(text.documents),
        "quantities_per_1000_words": round(1000 * runs[REFERENCE](text.documents) / text.words, 1),
        "contenders": {
            name: {
                "words_per_s": _spread(found),
                "mb_per_s": _rounded(statistics.median(found) * bytes_a_word / 1e6),
                "ratio": _spread([rate / base for rate, base in zip(found, reference, strict=True)]),
                "sample_words": samples[name].words,
            }
            for name, found in rates.items()
        },
        "gains": {
            name: _spread([rate / base for rate, base in zip(rates[ours], rates[other], strict=True)])
            for name, (ours, other) in GAINS.items()
            if ours in rates and other in rates
        },
    }


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {
        "median": _rounded(statistics.median(values)),
        "min": _rounded(min(values)),
        "max": _rounded(max(values)),
    }


def _rounded(value: float) -> float:
    """Three significant digits: no figure here is more exact."""
    return float(f"{value:.3g}")


def peak_megabytes() -> float:
    """Return the peak memory of this process so far."""
    status = Path("/proc/self/status")
    if status.exists():  # `ru_maxrss` would begin with the memory of the process that started this one
        line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
        return _rounded(int(line.split()[1]) / 1024)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return _rounded(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit)


def peak_of(name: str, documents: Sequence[str]) -> float:
    """Return the peak memory in MB of a process of its own in which a contender reads some documents."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(list(documents), file)
        file.flush()
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.bench", "--peak", name, "--documents", file.name],
            cwd=ROOT, check=True, capture_output=True, text=True,
        )  # fmt: skip
    return float(done.stdout.strip().splitlines()[-1])


def growth(text: Text, megabytes: Sequence[int]) -> list[dict[str, float]]:
    """Measure the quantity stage on one document of each size."""
    run, found = MAKERS[REFERENCE](), []
    whole = "\n".join(text.documents)
    for size in megabytes:
        document = (whole * (size * 1_000_000 // len(whole) + 1))[: size * 1_000_000]
        spent = min(seconds(run, [document]) for _ in range(2))
        words = len(document.split())
        found.append({
            "megabytes": size, "seconds": _rounded(spent), "words_per_s": _rounded(words / spent),
            "peak_mb": peak_of(REFERENCE, [document]),
        })  # fmt: skip
    return found


def start_up(document: str) -> dict[str, float]:
    """Return the least wall time in seconds of the command on a short file, with and without network."""
    commands = {"cifre --help": ["--help"], "extract --fast": ["extract", "--fast"], "extract": ["extract"]}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "article.txt"
        path.write_text(document, encoding="utf-8")
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(5):
            for name, arguments in commands.items():
                file = [] if name == "cifre --help" else [str(path)]
                call = [sys.executable, "-m", "extractor.cli", *arguments, *file]
                times[name].append(seconds(_caller(call), []))
    return {name: _rounded(min(found)) for name, found in times.items()}


def scores(gold: Path) -> dict[str, dict[str, float]]:
    """Return what the modes reach on the dev articles of a gold folder: F1 in per cent, by contender and measure."""
    documents = gold_of(gold).splits[Split.DEV.value]
    found = {}
    for name, model in _SCORED.items():
        tally = evaluate(documents, predict(pipeline.load(model), documents)).micro.flat()
        found[name] = {label: _rounded(100 * (tally[key].f1 or 0)) for label, key in _MEASURES.items()}
    return found


def _caller(call: Sequence[str]) -> Callable[[Sequence[str]], int]:
    return lambda _: subprocess.run(call, cwd=ROOT, check=True, capture_output=True).returncode


def _made(names: Sequence[str]) -> tuple[dict[str, Run], dict[str, str]]:
    runs, skipped = {}, {}
    for name in names:
        try:
            runs[name] = MAKERS[name]()
            runs[name](["Costa 12 euro."])  # loads what is loaded late; some fail only here
        except Skip as reason:
            skipped[name] = str(reason)
        except Exception as error:  # another project's crash is a result, too
            skipped[name] = f"{type(error).__name__}: {error}"
            runs.pop(name, None)
    return runs, skipped


def main() -> None:
    """Read the command line, measure, write results, table and chart."""
    parser = argparse.ArgumentParser(description="Measure speed and memory of every stage, beside other projects.")
    parser.add_argument("--text", type=Path, action="append", default=[], help="a folder of other text to read, too")
    parser.add_argument("--rounds", type=int, default=5, help="how often each contender runs")
    parser.add_argument("--only", action="append", choices=list(MAKERS), help="these contenders alone; writes nothing")
    parser.add_argument("--peak", choices=list(MAKERS), help=argparse.SUPPRESS)
    parser.add_argument("--documents", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peak:
        documents = json.loads(options.documents.read_text(encoding="utf-8"))
        MAKERS[options.peak]()(documents)
        print(peak_megabytes())
        return
    names = [REFERENCE, *(n for n in options.only if n != REFERENCE)] if options.only else list(MAKERS)
    runs, skipped = _made(names)
    texts = [corpus(ROOT / "corpus", _CORPUS_WORDS), *map(named, options.text)]
    measured = {text.name: measure(text, runs, options.rounds) for text in texts}
    if options.only:
        print(json.dumps(measured, ensure_ascii=False, indent=2))
        return
    for name in runs.keys() - COMMANDS.keys():
        sample_words = measured[texts[0].name]["contenders"][name]["sample_words"]
        measured[texts[0].name]["contenders"][name]["peak_mb"] = peak_of(name, texts[0].first(sample_words).documents)
    results = {
        "machine": machine(),
        "rounds": options.rounds,
        "texts": measured,
        "growth": growth(texts[-1], [1, 10, 100]),
        "start_up_s": start_up(texts[0].documents[0]),
        "scores": scores(ROOT / "gold"),
        "skipped": skipped,
    }
    (ROOT / "benchmarks" / "results.json").write_text(
        json.dumps(results, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    bench_report.write(results, ROOT / "docs")
    print(bench_report.table(results))


if __name__ == "__main__":
    main()
