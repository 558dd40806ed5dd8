"""What the benchmark measures: each contender reads documents and returns how many things it found.

A contender is made in its own function, which imports what it needs and raises :class:`Skip` where that is not
installed.
"""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor import pipeline
from extractor.quantities import find_quantities
from extractor.reading import one_blank
from extractor.sentences import sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc

Run = Callable[[Sequence[str]], int]
_BATCH = 16
_ROOT = Path(__file__).resolve().parents[1]


class Skip(Exception):
    """A contender cannot run here; the message says why."""


def digit_scan() -> Run:
    """The least that any extractor does: one pass of the standard library's engine for digits."""
    pattern = re.compile(r"\d+(?:[.,]\d+)*")
    return lambda texts: sum(len(pattern.findall(text)) for text in texts)


def spacy_tokenizer() -> Run:
    """spaCy's Italian tokenizer alone; what it finds are tokens."""
    import spacy

    nlp = spacy.blank("it")
    return lambda texts: sum(len(nlp.make_doc(text)) for text in texts)


def quantity_stage() -> Run:
    """Spans and values, from the raw text."""
    return lambda texts: sum(len(find_quantities(text)) for text in texts)


def fast() -> Run:
    """``--fast``: all fields by rule, without a network."""
    return _pipeline(pipeline.load(pipeline.BLANK_MODEL))


def gated() -> Run:
    """The whole pipeline; the network reads the sentences that hold a quantity."""
    return _pipeline(_with_network())


class _Ungated(pipeline.Pipeline):
    """The same rules, with a network that reads every sentence."""

    def _docs(self, readings: Iterable[Any]) -> Iterator[Doc]:
        parts = (
            (one_blank(reading.text[part.start : part.end]), index in reading.with_claims)
            for reading in readings
            for index, part in enumerate(sentences(reading.text))
        )
        for doc, wanted in self.nlp.pipe(parts, as_tuples=True, batch_size=_BATCH):
            if wanted:
                yield doc


def ungated() -> Run:
    """The whole pipeline with a network that reads every sentence: what the gate saves."""
    loaded = _with_network()
    return _pipeline(_Ungated(loaded.nlp, loaded.model))


def model_alone() -> Run:
    """The model's own ``nlp.pipe`` over whole documents, without any rule of ours; what it finds are tokens."""
    nlp = _with_network().nlp
    return lambda texts: sum(len(doc) for doc in nlp.pipe(texts, batch_size=_BATCH))


def batch(*arguments: str, commands: int = 1) -> Run:
    """``cifre extract`` over a file of documents, as a command: from its start to the finished JSON lines.

    Several commands have a part of the documents each, and know nothing of each other.
    """

    def run(texts: Sequence[str]) -> int:
        with tempfile.TemporaryDirectory() as folder:
            running, outputs = [], []
            for number in range(commands):
                path, claims = Path(folder) / f"{number}.jsonl", Path(folder) / f"{number}.claims.jsonl"
                with path.open("w", encoding="utf-8") as lines:
                    for name, text in enumerate(texts[number::commands]):
                        lines.write(json.dumps({"id": str(name), "text": text}) + "\n")
                command = [sys.executable, "-m", "extractor.cli", "extract", "--quiet", *arguments]
                running.append(subprocess.Popen([*command, "--output", str(claims), str(path)], cwd=_ROOT))
                outputs.append(claims)
            failed = [process.args for process in running if process.wait() != 0]
            if failed:
                raise RuntimeError(f"failed: {failed}")
            return sum(map(_lines, outputs))

    return run


def _lines(path: Path) -> int:
    with path.open("rb") as lines:
        return sum(1 for _ in lines)


def recognizers() -> Run:
    """Microsoft's Recognizers-Text, Italian: numbers, percentages, currencies."""
    culture = module("ms_recognizers_text").Culture.Italian
    number, unit = module("ms_recognizers_number"), module("ms_recognizers_number_with_unit")
    models = (number.recognize_number, number.recognize_percentage, unit.recognize_currency)
    return lambda texts: sum(len(model(text, culture)) for text in texts for model in models)


def recognizers_numbers() -> Run:
    """Recognizers-Text, Italian: numbers alone, without a unit."""
    culture = module("ms_recognizers_text").Culture.Italian
    recognize = module("ms_recognizers_number").recognize_number
    return lambda texts: sum(len(recognize(text, culture)) for text in texts)


def text2num() -> Run:
    """text2num, Italian: number words rewritten as digits; what it finds are changed documents."""
    rewrite = module("text_to_num").alpha2digit
    return lambda texts: sum(rewrite(text, "it") != text for text in texts)


def quantulum3() -> Run:
    """quantulum3, which knows English units and words only; for its speed."""
    parse = module("quantulum3.parser").parse
    return lambda texts: sum(len(parse(text)) for text in texts)


MAKERS: dict[str, Callable[[], Run]] = {
    "digits by re": digit_scan,
    "spaCy tokenizer": spacy_tokenizer,
    "quantity stage": quantity_stage,
    "rules, no network": fast,
    "pipeline": gated,
    "pipeline, no gate": ungated,
    "model alone": model_alone,
    "command, rules, 1 process": lambda: batch("--fast", "--processes", "1"),
    "command, rules, 2 processes": lambda: batch("--fast", "--processes", "2"),
    "command, rules, 2 commands": lambda: batch("--fast", "--processes", "1", commands=2),
    "command, pipeline, 1 process": lambda: batch("--processes", "1"),
    "command, pipeline, 2 processes": lambda: batch("--processes", "2"),
    "command, pipeline, 2 commands": lambda: batch("--processes", "1", commands=2),
    "Recognizers-Text": recognizers,
    "Recognizers-Text, numbers": recognizers_numbers,
    "text2num": text2num,
    "quantulum3": quantulum3,
}
# A start takes seconds whatever is read behind it: commands need much text to tell anything, and the same whatever the
# number of processes. The value names the contender that settles how much.
COMMANDS = {name: f"{name.rsplit(', ', 1)[0]}, 1 process" for name in MAKERS if name.startswith("command")}
# What is gained where: the rate of one contender to that of another.
GAINS = {
    "the gate: the network reads only sentences with a quantity": ("pipeline", "pipeline, no gate"),
    "no network": ("rules, no network", "pipeline"),
    "two processes, rules": ("command, rules, 2 processes", "command, rules, 1 process"),
    "two processes, pipeline": ("command, pipeline, 2 processes", "command, pipeline, 1 process"),
    "two commands side by side, rules: what the machine gives": (
        "command, rules, 2 commands",
        "command, rules, 1 process",
    ),
    "two commands side by side, pipeline: what the machine gives": (
        "command, pipeline, 2 commands",
        "command, pipeline, 1 process",
    ),
}


def module(name: str) -> Any:
    """Import what a contender needs.

    Raises:
        Skip: it is not installed.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return importlib.import_module(name)
        except ImportError as error:
            raise Skip(f"{name.split('.')[0]} cannot be imported: {error}; pip install 'cifre[bench]'") from error


def _with_network() -> pipeline.Pipeline:
    name = pipeline.default_model()
    if name == pipeline.BLANK_MODEL:
        raise Skip("no Italian model is installed")
    return pipeline.load(name)


def _pipeline(loaded: pipeline.Pipeline) -> Run:
    def run(texts: Sequence[str]) -> int:
        documents = ({"id": str(number), "text": text} for number, text in enumerate(texts))
        return sum(len(claims) for claims in loaded.extract_many(documents))

    return run
