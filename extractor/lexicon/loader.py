"""Read the TOML tables of this package and check their rows.

Every table goes through :class:`Row`, so that a slip of the pen (a misspelt key, a number where a
text belongs, a stray blank, the same word in two rows) is an error that names table, row, line and
key instead of a rule that silently never fires. Pure standard library.

A list of surface forms may be written as a TOML array or, which reads better and loads faster, as
one text with commas between the forms: ``names = "dollaro canadese, dollari canadesi"``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any

from extractor.lexicon.active import in_force, per_lexicon
from extractor.lexicon.positions import line_of

#: What a key may hold: one text; several texts; a number exact to the last digit, written as a
#: text; a whole number; true or false.
TEXT, TEXTS, DECIMAL, INTEGER, FLAG = "text", "texts", "decimal", "integer", "flag"

_PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    TEXT: (str,),
    TEXTS: (str, list),
    DECIMAL: (str,),
    INTEGER: (int,),
    FLAG: (bool,),
}
_SINGLE_SPACED = re.compile(r"\S+(?: \S+)*")
_EXACT_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


class LexiconError(ValueError):
    """A table cannot be read, or one of its rows is wrong.

    Attributes:
        table: name of the table (``currencies.toml``).
        row: place of the row in the table (``[[money]] row 12, line 140``), or None.
        key: key inside the row, or None.
    """

    def __init__(self, table: str, message: str, *, row: str | None = None, key: str | None = None) -> None:
        self.table, self.row, self.key = table, row, key
        place = ", ".join(part for part in (table, row, key and f"key {key!r}") if part)
        super().__init__(f"{place}: {message}")


class Table(dict[str, Any]):
    """A parsed TOML table that remembers its name and text, to say where an error stands.

    Attributes:
        name: what errors call the text it comes from.
        text: that text.
        inside: the name of the table in its text, where that holds several.
    """

    def __init__(self, data: Mapping[str, Any], name: str, text: str, inside: str = "") -> None:
        super().__init__(data)
        self.name = name
        self.text = text
        self.inside = inside

    def place(self, section: str, number: int | None = None, key: str | None = None) -> str:
        """Return where something stands: section, number of the row from 1, and line where it is known."""
        path = tuple(part for part in (self.inside, section) if part)
        title = f"[{'.'.join(path)}]" if number is None else f"[[{'.'.join(path)}]] row {number}"
        line = line_of(self.text, tuple(part for part in (*path, number, key) if part is not None))
        return title if line is None else f"{title}, line {line}"


class Row:
    """One row of a table: typed access to its values, errors that say where it stands."""

    __slots__ = ("_data", "number", "section", "table")

    def __init__(self, table: Table, section: str, number: int, data: Mapping[str, Any]) -> None:
        self.table, self.section, self.number, self._data = table, section, number, data

    def place(self, key: str | None = None) -> str:
        """Where the row stands, or ``key`` in it: section, number from 1, and line of the file where it is known."""
        is_array = isinstance(self.table.get(self.section), list)
        return self.table.place(self.section, self.number if is_array else None, key)

    def error(self, message: str, key: str | None = None) -> LexiconError:
        """Return (not raise) an error that names table, row and ``key``."""
        return LexiconError(self.table.name, message, row=self.place(key), key=key)

    def check_keys(self, required: Mapping[str, str], optional: Mapping[str, str]) -> None:
        """Check that every required key is there, none is unknown, and every value has its type.

        Args:
            required, optional: key to one of :data:`TEXT`, :data:`TEXTS`, :data:`DECIMAL`,
                :data:`INTEGER`, :data:`FLAG`.

        Raises:
            LexiconError: a key is missing, unknown, or holds a value of another type.
        """
        for key in required:
            if key not in self._data:
                raise self.error("is missing", key)
        for key, value in self._data.items():
            expected = required.get(key) or optional.get(key)
            if expected is None:
                raise self.error(f"is unknown; known are {', '.join([*required, *optional])}", key)
            # bool is an int to Python, not to a reader of the table.
            wrong_bool = isinstance(value, bool) and expected != FLAG
            if wrong_bool or not isinstance(value, _PYTHON_TYPES[expected]):
                raise self.error(f"must be of type {expected}, not {value!r}", key)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that the row has."""
        return tuple(self._data)

    def text(self, key: str, default: str = "") -> str:
        """Return a text as written."""
        return str(self._data.get(key, default))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the forms under ``key``; an absent key gives none.

        Raises:
            LexiconError: a form is empty, twice there, not a text, not in Unicode normal form C, or
                has a typographic apostrophe, a blank at an end, or any blank but single spaces.
        """
        value = self._data.get(key)
        if value is None:
            return ()
        forms = tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else tuple(value)
        for form in forms:
            if not isinstance(form, str):
                raise self.error(f"must hold texts only, not {form!r}", key)
            if not form:
                raise self.error("has an empty form", key)
            if _SINGLE_SPACED.fullmatch(form) is None:
                raise self.error(f"{form!r} has a blank other than single spaces inside", key)
            if form.isascii():
                continue
            if "\N{RIGHT SINGLE QUOTATION MARK}" in form:
                raise self.error(f"{form!r}: write the apostrophe as ' (both forms are matched)", key)
            if not unicodedata.is_normalized("NFC", form):
                raise self.error(f"{form!r} is not in Unicode normal form C", key)
        if len(set(forms)) != len(forms):
            twice = next(form for position, form in enumerate(forms) if form in forms[:position])
            raise self.error(f"has {twice!r} twice", key)
        return forms

    def decimal(self, key: str, default: str) -> Decimal:
        """Return an exact number, written as a text of digits (``"0.01"``).

        Raises:
            LexiconError: the text is not a plain decimal.
        """
        text = self.text(key, default)
        if _EXACT_DECIMAL.fullmatch(text) is None:
            raise self.error(f'must be a plain decimal such as "0.01", not {text!r}', key)
        return Decimal(text)

    def integer(self, key: str, default: int) -> int:
        """Return a whole number."""
        return int(self._data.get(key, default))

    def flag(self, key: str, default: bool = False) -> bool:
        """Return true or false."""
        return bool(self._data.get(key, default))

    def values(self, types: Mapping[str, str]) -> dict[str, Any]:
        """Return what the row says, read by the ``types`` of its keys; absent keys stay absent.

        Raises:
            LexiconError: see :meth:`texts` and :meth:`decimal`.
        """
        found = {key: value for key, value in self._data.items() if key in types}
        for key in found:
            if types[key] == TEXTS:
                found[key] = self.texts(key)
            elif types[key] == DECIMAL:
                found[key] = self.decimal(key, "")
        return found


@per_lexicon
def load_table(name: str) -> dict[str, Any]:
    """Return the TOML table ``name`` (``"units"`` or ``"units.toml"``) with what the lexicon in force adds to it.

    Returns:
        A :class:`Table`, which is a dict of the parsed TOML, shared by all callers: it is not to be changed.

    Raises:
        LexiconError: there is no such table, or it is not valid TOML in UTF-8.
    """
    stem = name.removesuffix(".toml")
    table, added = built_in_table(stem), in_force().additions.get(stem)
    return table if added is None else Table(_joined(table, added), table.name, table.text)


@lru_cache(maxsize=64)
def built_in_table(name: str) -> Table:
    """Read the table ``name`` of this package, once a process.

    Raises:
        LexiconError: there is no such table, or it is not valid TOML in UTF-8.
    """
    file_name = f"{name}.toml"
    try:
        data = resources.files(__package__).joinpath(file_name).read_bytes()
    except OSError as error:
        raise LexiconError(file_name, f"cannot be read: {error}") from error
    return parse_table(data, file_name)


def _joined(table: Mapping[str, Any], added: Mapping[str, Any]) -> dict[str, Any]:
    """A table with the items of another behind its own, list by list."""
    return dict(table) | {
        key: _joined(table[key], value) if isinstance(value, Mapping) else [*table.get(key, ()), *value]
        for key, value in added.items()
    }


def parse_table(data: bytes | str, name: str) -> Table:
    """Parse a TOML text; ``name`` (a file's name or path) is what errors call it.

    Raises:
        LexiconError: the text is not valid TOML in UTF-8.
    """
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        return Table(tomllib.loads(text), name, text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(name, f"is not valid TOML in UTF-8: {error}") from error


def rows(
    table: Mapping[str, Any],
    section: str,
    *,
    required: Mapping[str, str] | None = None,
    optional: Mapping[str, str] | None = None,
    name: str = "",
) -> Iterator[Row]:
    """Yield the checked rows of ``[[section]]``, or the one row of a plain ``[section]``.

    An absent section yields none. Types of keys: see :meth:`Row.check_keys`.

    Args:
        table: what :func:`load_table` or :func:`parse_table` returned, or a plain dict.
        name: what errors call a plain dict.

    Raises:
        LexiconError: the section is no table, or a row breaks the rules of its keys.
    """
    source = table if isinstance(table, Table) else Table(table, name, "")
    content = source.get(section, [])
    for number, data in enumerate(content if isinstance(content, list) else [content], start=1):
        row = Row(source, section, number, data if isinstance(data, dict) else {})
        if not isinstance(data, dict):
            raise row.error(f"must be a table of keys and values, not {data!r}")
        row.check_keys(required or {}, optional or {})
        yield row


def check_sections(table: Mapping[str, Any], known: Iterable[str], name: str = "") -> None:
    """Check that a table has no section but the ``known`` ones.

    Raises:
        LexiconError: a section is unknown.
    """
    allowed = tuple(known)
    for section in table:
        if section not in allowed:
            title = table.name if isinstance(table, Table) else name
            row = table.place(section) if isinstance(table, Table) else None
            raise LexiconError(title, f"section [{section}] is unknown; known are {', '.join(allowed)}", row=row)


def check_unique(claims: Iterable[tuple[str, Row, str]]) -> None:
    """Check that no form is claimed twice, in one row or by two.

    Args:
        claims: (form, row, key); fold the form first where case does not matter.

    Raises:
        LexiconError: names the second place, and the first in its message.
    """
    seen: dict[str, tuple[Row, str]] = {}
    for form, row, key in claims:
        if form in seen:
            first_row, first_key = seen[form]
            raise row.error(f"{form!r} stands already in {first_row.place(first_key)}, key {first_key!r}", key)
        seen[form] = (row, key)
