"""Subjects in tables of plain text: the head of the column, or of the row.

A table is a block of lines with cells parted by tabs, bars or several blanks; lines of dashes may stand
between. Its first line heads the columns. Where that names a time or nothing (*2023*, *2024*) the first
cell of the row says what is measured; a column of changes is of what the column before it holds.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.claims.clauses import alternatives, fold
from extractor.claims.phrases import Range, subject_words
from extractor.claims.view import SentenceView
from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention

_CELL = re.compile(r"[^\s|]+(?:[ \u00a0][^\s|]+)*")
_PARTED = re.compile(r"\S(?:[ ]{2,}|[ ]*\t\s*|[ ]*\|[ ]*)\S")
# Without one of these nothing parts the cells of a line.
_PARTING = ("  ", "\t", "|")
_RULED = re.compile(r"[\s|+=_—–:-]+\Z")
_LETTER = re.compile(r"[^\W\d_]")
_YEAR = re.compile(r"\d{4}")
_LONGEST = 400


def in_table(view: SentenceView, mention: Mention) -> Range | None:
    """Return what the column (or the row) of a figure in a table is headed with."""
    near = max(0, mention.start - _LONGEST)
    if near and view.text.rfind("\n", near, mention.start) < 0:
        return None  # no line of a table is as long as that
    row = _line(view.text, mention.start)
    if not any(view.text.find(sign, *row) >= 0 for sign in _PARTING):
        return None
    cells = _cells(view.text, row)
    column = next((i for i, cell in enumerate(cells) if cell[0] <= mention.start < cell[1]), 0)
    if not column:
        return None
    heads = _heads_of_lines(view.text).get(row[0])
    if heads is None:
        return None
    offset = len(cells) - len(heads)  # the first column may have no head
    if offset not in (0, 1):
        return None
    column -= offset
    while column > 0 and _of_change(view.text, heads[column]):
        column -= 1
    found = heads[column]
    return found if (column or offset) and _names(view.text, found) else _named_row(view.text, cells[0])


def _named_row(text: str, cell: Range) -> Range | None:
    return cell if _names(text, cell) else None


def _line(text: str, position: int) -> Range:
    end = text.find("\n", position)
    return text.rfind("\n", 0, position) + 1, len(text) if end < 0 else end


def _cells(text: str, line: Range) -> list[Range]:
    """The cells of a line; none where nothing parts it."""
    if line[1] - line[0] > _LONGEST or _PARTED.search(text, *line) is None:
        return []
    return [match.span() for match in _CELL.finditer(text, *line)]


@lru_cache(maxsize=8)
def _heads_of_lines(text: str) -> dict[int, tuple[Range, ...]]:
    """For the beginning of every line of a table but its first: the cells of that first line."""
    result: dict[int, tuple[Range, ...]] = {}
    heads: tuple[Range, ...] = ()
    start = 0
    while start < len(text):
        line = _line(text, start)
        cells = _cells(text, line)
        if len(cells) > 1:
            if heads:
                result[start] = heads
            else:
                heads = tuple(cells)
        elif not (line[1] > line[0] and _RULED.match(text, *line)):
            heads = ()
        start = line[1] + 1
    return result


def _names(text: str, cell: Range) -> bool:
    """Whether a cell names a thing: letters, no time."""
    words = fold(text[cell[0] : cell[1]])
    first = re.match(r"\w*", words)
    assert first is not None
    return (
        _LETTER.search(words) is not None
        and first.group() not in subject_words("time_nouns")
        and _YEAR.search(words) is None
    )


@per_lexicon
def _changes() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(load_table('subjects')['columns_of_change']['words'])})(?!\w)|[^\w]+\Z")


def _of_change(text: str, cell: Range) -> bool:
    return _changes().match(fold(text[cell[0] : cell[1]])) is not None
