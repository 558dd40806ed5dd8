"""What the commands share: messages for people, the --model, --lexicon and --date options, loading a pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from extractor.lexicon.active import Lexicon
    from extractor.pipeline import Pipeline

FAILED = 1
MODEL = click.option(
    "--model",
    metavar="NAME",
    help="Italian spaCy pipeline: a name, a path, or blank:it for rules alone. "
    "Default: it_core_news_sm where installed, else the bundled it_cifre_sm.",
)

LEXICON = click.option(
    "--lexicon",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="TOML with units, currencies and words of your own, beside the built-in ones.",
)


def _day(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    from extractor.claims.timex import day_named

    found = day_named(value)
    if found is None:
        raise click.BadParameter(f"{value!r} is no day in full: give it as 2024-09-10")
    return found.isoformat()


DAY = click.option(
    "--date", "day", callback=_day, metavar="DAY", help="Day of articles that give none: ieri then has a value."
)


def say(message: str) -> None:
    """Print a message for people, on stderr."""
    click.echo(message, err=True)


def load_pipeline(model: str | None, lexicon: Path | None = None) -> Pipeline:
    """Load the pipeline that ``--model`` names, with the tables that ``--lexicon`` adds to.

    Raises:
        click.UsageError: one of them cannot be loaded.
    """
    from extractor.pipeline import ModelNotFound, load

    try:
        return load(model, load_tables(lexicon))
    except ModelNotFound as error:
        raise click.UsageError(str(error)) from error


def load_tables(lexicon: Path | None) -> Lexicon | None:
    """Return the built-in tables with those that ``--lexicon`` names; None without it.

    Raises:
        click.UsageError: the file cannot be read, or an entry is wrong.
    """
    if lexicon is None:
        return None
    from extractor.lexicon.loader import LexiconError
    from extractor.lexicon.own import read_lexicon

    try:
        return read_lexicon(lexicon)
    except LexiconError as error:
        raise click.UsageError(str(error)) from error


def put(files: dict[Path, bytes], force: bool) -> None:
    """Write files, and say which; none is written where one of them is there already, unless ``force``.

    Raises:
        click.UsageError: one is there, or cannot be written.
    """
    from extractor.evaluation.convert import write

    if not force and (there := [str(path) for path in files if path.exists()]):
        raise click.UsageError(f"not written over without --force: {', '.join(there)}")
    try:
        write(files)
    except OSError as error:
        raise click.UsageError(f"cannot write {error.filename}: {error.strerror}") from error
    for path in files:
        say(f"written: {path}")
