"""What is in force: every entry of the tables with the file it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from importlib import resources
from typing import Any

from extractor.lexicon.active import Lexicon
from extractor.lexicon.loader import built_in_table
from extractor.lexicon.own import OwnLexicon
from extractor.lexicon.units import KINDS_OF, UnitEntry, added_entries, currencies, units

Entry = dict[str, Any]


def tables() -> list[str]:
    """Return the names of the built-in tables."""
    files = resources.files(__package__).iterdir()
    return sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml"))


def entries(lexicon: Lexicon, table: str) -> Iterator[Entry]:
    """Yield the entries of a table in force: lists, rows and settings of the built-in one, then the user's.

    Each has ``table``, ``section``, ``source`` (a file) and ``values``; forms of the built-in tables that the user
    has given another meaning are not there.

    Raises:
        LexiconError: there is no such table.
    """
    added = lexicon.additions.get(table, {})
    name = lexicon.name if isinstance(lexicon, OwnLexicon) else ""
    if table in KINDS_OF:
        with lexicon.in_force():
            yield from _units(table, name)
        return
    for source, content in ((f"{table}.toml", built_in_table(table)), (name, added)):
        for section, values in _parts(content):
            yield {"table": table, "section": section, "source": source, "values": values}


def _parts(content: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every list of words by itself, every row, and the settings of a section together."""
    for section, value in content.items():
        if isinstance(value, Mapping):
            lists = {key: words for key, words in value.items() if isinstance(words, list)}
            yield from ((f"{section}.{key}", {"words": words}) for key, words in lists.items())
            if settings := {key: setting for key, setting in value.items() if key not in lists}:
                yield section, settings
        elif isinstance(value[0], Mapping):
            yield from ((section, dict(row)) for row in value)
        else:
            yield section, {"words": value}


def _units(table: str, name: str) -> Iterator[Entry]:
    own = set(map(id, added_entries(table)))
    for entry in currencies() if table == "currencies" else units():
        source = name if id(entry) in own else f"{table}.toml"
        yield {"table": table, "section": entry.kind, "source": source, "values": _said(entry)}


def _said(entry: UnitEntry) -> dict[str, Any]:
    """What an entry says beside the defaults."""
    values = {field.name: getattr(entry, field.name) for field in fields(entry) if field.name != "kind"}
    defaults = {field.name: field.default for field in fields(entry)}
    return {
        key: format(value, "f") if isinstance(value, Decimal) else list(value) if isinstance(value, tuple) else value
        for key, value in values.items()
        if value != defaults[key]
    }
