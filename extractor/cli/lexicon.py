"""``cifre lexicon``: the words, units and currencies in force."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.common import LEXICON, load_tables

if TYPE_CHECKING:
    from extractor.lexicon.listing import Entry


@click.command()
@click.argument("table", required=False)
@LEXICON
@click.option("--json", "as_json", is_flag=True, help="One JSON object an entry a line.")
def lexicon(table: str | None, lexicon: Path | None, as_json: bool) -> None:
    """List the words, units and currencies in force, each with the file that it comes from.

    Without TABLE: the tables, how many entries they have, and which of them --lexicon can add to.
    """
    from extractor.lexicon.active import BUILT_IN
    from extractor.lexicon.listing import entries, tables

    tables_in_force = load_tables(lexicon) or BUILT_IN
    names = tables()
    if table is not None and table not in names:
        raise click.UsageError(f"no table is called {table!r}; there are {', '.join(names)}")
    found = {name: list(entries(tables_in_force, name)) for name in ([table] if table else names)}
    if as_json:
        for entry in (entry for listed in found.values() for entry in listed):
            click.echo(json.dumps(entry, ensure_ascii=False))
    elif table:
        for entry in found[table]:
            click.echo(_line(entry))
    else:
        for name, listed in found.items():
            click.echo(_overview(name, listed))


def _line(entry: Entry) -> str:
    values = "; ".join(f"{key}: {_shown(value)}" for key, value in entry["values"].items())
    return f"{entry['source']}  [{entry['section']}]  {values}"


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _overview(name: str, listed: list[Entry]) -> str:
    from extractor.lexicon.own import EXTENDABLE

    counts = Counter(entry["source"] for entry in listed)
    sources = ", ".join(f"{count} from {source}" for source, count in counts.items())
    return f"{name:<16}{len(listed):>5} entries ({sources}){'' if name in EXTENDABLE else '  fixed'}"
