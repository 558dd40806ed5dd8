"""The ``cifre`` command, one module a subcommand.

Everything heavy (spaCy, pydantic) is imported inside the commands, so that help is immediate.
"""

from __future__ import annotations

import click

from extractor import __version__
from extractor.cli.check import check
from extractor.cli.convert import convert
from extractor.cli.evaluate import evaluate
from extractor.cli.explain import explain
from extractor.cli.extract import extract
from extractor.cli.gold import gold
from extractor.cli.lexicon import lexicon
from extractor.cli.schema import schema
from extractor.cli.serve import serve
from extractor.cli.view import view
from extractor.collector import collect_rarely


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cifre")
def main() -> None:
    """The numbers that Italian news states, as data.

    Exit codes: 0 all right, 1 some documents failed or a score is too low, 2 wrong usage.
    """
    collect_rarely()


for command in (extract, check, view, serve, evaluate, explain, lexicon, gold, convert, schema):
    main.add_command(command)
