"""What the commands share: messages for people, the --model option, loading a pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from extractor.pipeline import Pipeline

FAILED, USAGE = 1, 2
MODEL = click.option(
    "--model",
    metavar="NAME",
    help="Italian spaCy pipeline: a name, a path, or blank:it for rules alone. "
    "Default: it_core_news_sm where installed, else the bundled it_cifre_sm.",
)


def say(message: str) -> None:
    """Print a message for people, on stderr."""
    click.echo(message, err=True)


def load_pipeline(model: str | None) -> Pipeline:
    """Load the pipeline that ``--model`` names.

    Raises:
        click.UsageError: it cannot be loaded.
    """
    from extractor.pipeline import ModelNotFound, load

    try:
        pipeline = load(model)
    except ModelNotFound as error:
        raise click.UsageError(str(error)) from error
    return pipeline
