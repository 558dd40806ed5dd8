"""An article's text cut into paragraphs, claims, and the words that other fields of claims stand in.

Nothing of the text is lost or doubled: the pieces, with what parts the paragraphs, are the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.schema import Claim
from extractor.view.cards import TRACED

# Each begins with a line feed: a pattern that began with blanks would read a long run of them again and again.
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"\n\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and of which fields of which claims it is part: ``subject-1-3 time-1-4``."""

    text: str
    roles: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The words of a claim; ``claim`` is None for text between claims."""

    claim: Claim | None
    pieces: tuple[Piece, ...]


def paragraphs(text: str, claims: Sequence[Claim], keys: Mapping[str, str]) -> list[list[Mark]]:
    """Return the paragraphs of a text, each as claims and what stands between them.

    Blank lines part paragraphs; in a text without any, every line is one. A claim is never parted.

    Args:
        text: the article.
        claims: its claims, in text order.
        keys: by ``claim_id``, the name of a claim on the page.
    """
    spans = _spans(claims)
    roles = _Roles(claims, keys)
    found: list[list[Mark]] = []
    for low, high in _paragraphs(text, [(start, end) for start, end, _ in spans]):
        marks: list[Mark] = []
        at = low
        for start, end, claim in spans[bisect_left(spans, low, key=_start) : bisect_left(spans, high, key=_start)]:
            if at < start:
                marks.append(Mark(None, roles.pieces(text, at, start)))
            marks.append(Mark(claim, roles.pieces(text, start, end)))
            at = end
        if at < high:
            marks.append(Mark(None, roles.pieces(text, at, high)))
        found.append(marks)
    return found


def _start(span: tuple[int, int, Claim]) -> int:
    return span[0]


def _spans(claims: Sequence[Claim]) -> list[tuple[int, int, Claim]]:
    """The stretches that are marked; of claims that overlap, the later one is marked from where the earlier ends."""
    spans: list[tuple[int, int, Claim]] = []
    at = 0
    for claim in claims:
        start = max(claim.start, at)
        if start < claim.end:
            spans.append((start, claim.end, claim))
            at = claim.end
    return spans


def _paragraphs(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    between = _BLANK_LINE if _BLANK_LINE.search(text.strip()) else _LINE
    at, ends = 0, [end for _, end in spans]
    for found in between.finditer(text):
        place = bisect_right(ends, found.start())
        inside = place < len(spans) and spans[place][0] < found.end()
        if inside:
            continue
        yield from _trimmed(text, at, found.start(), ends[place - 1] if place else 0)
        at = found.end()
    yield from _trimmed(text, at, len(text), ends[-1] if ends else 0)


def _trimmed(text: str, low: int, high: int, claimed: int) -> Iterator[tuple[int, int]]:
    """A paragraph without the blanks at its end, if anything is left; what is claimed stays."""
    end = max(low + len(text[low:high].rstrip()), claimed)
    if low < end:
        yield low, end


class _Roles:
    """Which fields of which claims a place of the text is part of."""

    def __init__(self, claims: Sequence[Claim], keys: Mapping[str, str]) -> None:
        spans = [
            (span.start, span.end, f"{field}-{keys[claim.claim_id]}")
            for claim in claims
            for field in TRACED
            if (span := getattr(claim, field)) is not None
        ]
        self._edges = sorted({edge for start, end, _ in spans for edge in (start, end)})
        self._names: list[list[str]] = [[] for _ in self._edges]
        for start, end, name in spans:
            for place in range(bisect_left(self._edges, start), bisect_left(self._edges, end)):
                self._names[place].append(name)

    def pieces(self, text: str, low: int, high: int) -> tuple[Piece, ...]:
        """Cut ``text[low:high]`` where a field begins or ends."""
        inside = self._edges[bisect_right(self._edges, low) : bisect_left(self._edges, high)]
        cuts = [low, *inside, high]
        return tuple(Piece(text[start:end], self._at(start)) for start, end in pairwise(cuts))

    def _at(self, place: int) -> str:
        index = bisect_right(self._edges, place) - 1
        return " ".join(self._names[index]) if index >= 0 else ""
