"""``cifre schema``: the output contract."""

from __future__ import annotations

import json

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of a claim."""
    from extractor.schema import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))
