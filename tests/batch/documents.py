"""Documents for the tests of batches, and the command as another process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

_SENTENCES = (
    "I ricavi della società numero {n} sono saliti del {n},5% a {n} milioni di euro.",
    "In paese vivono circa {n} famiglie e nessun notaio.",
    "Non si sa altro, ma il ponte è lungo più di {n} metri.",
    "«Siamo in {n}», ha detto il sindaco.",
)


def text_of(number: int) -> str:
    """An article that differs from all others."""
    return "\n".join(
        sentence.format(n=number + 2 + i)
        for i, sentence in enumerate(_SENTENCES * (1 + number % 2))
        if (number + i) % 7
    )


def write_documents(path: Path, count: int) -> Path:
    """Write so many articles as JSON lines, a few of them bad."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            text = "" if number % 97 == 50 else text_of(number)
            file.write(json.dumps({"id": f"d{number}", "text": text, "date": "2024-03-05"}) + "\n")
    return path


def command(*arguments: object) -> list[str]:
    """The command line of ``cifre extract`` with the rules alone."""
    return [sys.executable, "-m", "extractor.cli", "extract", "--fast", *map(str, arguments)]


def start(*arguments: object) -> subprocess.Popen[str]:
    """Start the command in a process group of its own, as a terminal does."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command(*arguments),
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def finish(*arguments: object) -> tuple[int, str]:
    """Run the command to its end; its exit code and what it said."""
    process = start(*arguments)
    _, said = process.communicate(timeout=120)
    return process.returncode, said
