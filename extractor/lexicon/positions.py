"""Where in a TOML text a key stands: :mod:`tomllib` does not tell, and an error message should."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

#: Names of tables and keys from the outside in; the number of a row, from 1, follows the name of its array.
Place = tuple[str | int, ...]

_NAME = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_NAMES = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_HEADER = re.compile(rf"[ \t]*(?P<array>\[\[)?(?(array)|\[)[ \t]*(?P<names>{_NAMES})[ \t]*\]")
_KEY = re.compile(rf"[ \t]*(?P<names>{_NAMES})[ \t]*=")


def line_of(text: str, place: Sequence[str | int]) -> int | None:
    """Return the line (from 1) where ``place`` stands, or else what is around it or in it; None where nothing is found.

    Args:
        text: valid TOML.
        place: such as ``("units", "measure", 2, "names")`` for the key of a second ``[[units.measure]]``.
    """
    wanted = tuple(place)
    best, line = 0, None
    for number, found in _places(text):
        both = min(len(found), len(wanted))
        if both > best and found[:both] == wanted[:both]:
            best, line = both, number
    return line


def _places(text: str) -> Iterator[tuple[int, Place]]:
    """Yield the place of every header and of every key at the beginning of a line."""
    rows: Counter[tuple[str, ...]] = Counter()
    inside: Place = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            names = _split(header["names"])
            if header["array"]:
                rows[names] += 1
            inside = tuple(part for upto in range(1, len(names) + 1) for part in _numbered(names[:upto], rows))
            yield number, inside
        elif key := _KEY.match(line):
            yield number, (*inside, *_split(key["names"]))


def _numbered(names: tuple[str, ...], rows: Counter[tuple[str, ...]]) -> Place:
    return (names[-1], rows[names]) if rows[names] else (names[-1],)


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.strip("\"'") for name in re.findall(_NAME, names))
