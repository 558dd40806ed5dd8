"""``cifre explain``: why a text has these claims."""

from __future__ import annotations

from pathlib import Path

import click

from extractor.cli.common import LEXICON, MODEL, load_pipeline, say


@click.command()
@click.argument("text")
@MODEL
@LEXICON
def explain(text: str, model: str | None, lexicon: Path | None) -> None:
    """Show the claims of TEXT, their fields, and the rules and words that decided each."""
    from extractor.explain import explain as explained

    pipeline = load_pipeline(model, lexicon)
    say(f"model: {pipeline.meta['model']} {pipeline.meta['model_version']}".rstrip())
    click.echo(explained(pipeline, text))
