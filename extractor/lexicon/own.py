"""A user's own lexicon: one TOML file whose entries are added to the built-in tables.

The file has the shape of the tables, each under its own name: ``[[units.measure]]`` is one more row of ``[[measure]]``
in ``units.toml``, ``[subjects.properties]`` with ``words = [...]`` adds words to that list. Everything is checked when
the file is read; an error names file, line and key.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractor.lexicon.active import Lexicon
from extractor.lexicon.loader import (
    TEXT,
    TEXTS,
    LexiconError,
    Row,
    Table,
    built_in_table,
    check_sections,
    parse_table,
    rows,
)
from extractor.lexicon.units import KINDS_OF, read_entries

EXTENDABLE = (
    "units", "currencies", "modifiers", "changes", "not_quantities", "subjects", "kinds", "attributions",
)  # fmt: skip
"""The tables that a user may add to; grammar and calendar are the language's."""

# Some tables are patterns: a character that means something there would be no word of the text.
_PLAIN = re.compile(r"[\w' .&/°º-]+")
_VERB = re.compile(r"(?P<stem>[\w']+):(?P<conjugation>\w+)(?P<rest> .+)?")


class OwnLexicon(Lexicon):
    """The built-in tables with a user's additions.

    Attributes:
        name: of the file, as errors and lists call it.
        text: its content.
        sha256: hash of the content, in UTF-8.
    """

    def __init__(self, text: str, name: str) -> None:
        """Read and check ``text``.

        Raises:
            LexiconError: it is not valid TOML, or an entry is wrong.
        """
        super().__init__(_checked(parse_table(text, name)))
        self.name = name
        self.text = text
        self.sha256 = hashlib.sha256(text.encode()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OwnLexicon) and (self.text, self.name) == (other.text, other.name)

    def __hash__(self) -> int:
        return hash((self.text, self.name))

    def __reduce__(self) -> tuple[type[OwnLexicon], tuple[str, str]]:
        # a worker process reads the same text again, whatever has become of the file
        return OwnLexicon, (self.text, self.name)


def read_lexicon(path: str | Path) -> OwnLexicon:
    """Read a user's lexicon.

    Raises:
        LexiconError: the file cannot be read, is not valid TOML in UTF-8, or an entry is wrong.
    """
    name = str(path)
    try:
        return OwnLexicon(Path(path).read_bytes().decode("utf-8"), name)
    except OSError as error:
        raise LexiconError(name, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise LexiconError(name, f"is not valid TOML in UTF-8: {error}") from error


def _checked(file: Table) -> dict[str, Table]:
    """The additions of a file by table, with every list as a list.

    Raises:
        LexiconError: see :class:`OwnLexicon`.
    """
    additions = {}
    for name, content in file.items():
        if name not in EXTENDABLE:
            message = f"no table {name!r} can be added to; there are {', '.join(EXTENDABLE)}"
            raise LexiconError(file.name, message, row=file.place(name))
        if not isinstance(content, dict):
            raise LexiconError(file.name, f"must be a table of sections, not {content!r}", row=file.place(name))
        own = Table(content, file.name, file.text, inside=name)
        if name in KINDS_OF:
            read_entries(own, KINDS_OF[name])
            read = {section: rows if isinstance(rows, list) else [rows] for section, rows in own.items()}
        else:
            read = _words(own, built_in_table(name))
        additions[name] = Table(read, file.name, file.text, inside=name)
    return additions


def _words(own: Table, table: Table) -> dict[str, Any]:
    """Read additions by the shape of the built-in table: the lists and rows that it has can grow, and nothing else."""
    read: dict[str, Any] = {}
    check_sections(own, (section for section, known in table.items() if isinstance(known, list) or _lists(known)))
    for section in own:
        known = table[section]
        if isinstance(known, list):
            read[section] = list(_read_rows(own, section, known))
            continue
        lists = _lists(known)
        found = read[section] = {}
        for row in rows(own, section, optional=dict.fromkeys(lists, TEXTS)):
            for key in row.keys:
                found.setdefault(key, []).extend(_forms(row, key, lists[key]))
    return read


def _lists(content: Mapping[str, Any]) -> dict[str, list[str]]:
    return {key: value for key, value in content.items() if isinstance(value, list)}


def _read_rows(own: Table, section: str, known: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows with a name that the built-in ones have, too, and any of their lists."""
    lists = {key: forms for row in known for key, forms in _lists(row).items()}
    names = [row["name"] for row in known]
    for row in rows(own, section, required={"name": TEXT}, optional=dict.fromkeys(lists, TEXTS)):
        name = row.text("name")
        if name not in names:
            raise row.error(f"must be one of {', '.join(names)}, not {name!r}", "name")
        yield {"name": name} | {key: _forms(row, key, lists[key]) for key in row.keys if key != "name"}


def _forms(row: Row, key: str, known: Sequence[str]) -> list[str]:
    forms = row.texts(key)
    of_verbs = ":" in known[0]
    for form in forms:
        if form != form.lower():
            raise row.error(f"{form!r} must be in lower case (capitals are matched, too)", key)
        if of_verbs:
            _check_verb(row, key, form)
        elif _PLAIN.fullmatch(form) is None:
            raise row.error(f"{form!r} has a character other than letters, digits, blanks and '.&/°-", key)
        elif not any(character.isalnum() for character in form):
            raise row.error(f"{form!r} has no letter and no digit", key)
    return list(forms)


def _check_verb(row: Row, key: str, form: str) -> None:
    table = row.table.inside
    conjugations = dict(built_in_table("modifiers")["verb_endings"])
    if table != "modifiers":
        conjugations |= built_in_table("changes")["endings"]
    found = _VERB.fullmatch(form)
    if found is None or (found["rest"] and table != "changes"):
        raise row.error(f'{form!r} must be a stem and its conjugation, such as "aument:1"', key)
    if found["conjugation"] not in conjugations:
        raise row.error(f"{form!r}: no conjugation {found['conjugation']!r}; there are {', '.join(conjugations)}", key)
