"""Sentence boundaries by rule, on the raw text.

The same boundaries hold whichever model runs (they decide which sentences the network reads at all),
and no model is needed for them. A stop ends a sentence when what follows begins like one; stops of
abbreviations, initials, numbers and the like do not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.lexicon.loader import load_table

# One class of characters comes first, since the engine looks for a class at full speed.
_CANDIDATE = re.compile(
    r"[.!?…\n](?:(?<=\n)\n*|(?<=[.!?…])(?<![.!?…]{2})[.!?…]*[»”\"')\]]*(?=\s)|(?<=[a-zà-ù]{2}\.)(?=[A-ZÀ-Ý][a-zà-ù]))"
)
_LAST_WORD = re.compile(r"([^\W\d_].*|\d[\d.,]*)\Z")
_OPENER = re.compile(r"\s*[«“\"'(\[–—-]*\s*(.)", re.DOTALL)
_MAX_SENTENCE = 1500


class Sentence(NamedTuple):
    """A stretch of text: code point offsets, end exclusive, blanks at the edges left out."""

    start: int
    end: int


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset(load_table("abbreviations")["words"])


def sentences(text: str) -> list[Sentence]:
    """Split ``text``; the sentences are in order, do not overlap, and leave out only blanks."""
    result: list[Sentence] = []
    start = 0
    for match in _CANDIDATE.finditer(text):
        first, end = match.span()
        if first < start or not _ends_sentence(text, first, end):
            continue
        _append(result, text, start, end)
        start = end
    _append(result, text, start, len(text))
    return result


def _append(result: list[Sentence], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _MAX_SENTENCE:  # a text without stops (a table, a dump) is cut at a blank
        cut = text.rfind(" ", start + 1, start + _MAX_SENTENCE)
        cut = cut if cut > start else start + _MAX_SENTENCE
        result.append(Sentence(start, cut))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if end > start:
        result.append(Sentence(start, end))


def _ends_sentence(text: str, start: int, end: int) -> bool:
    """Whether the signs at ``[start, end)`` end a sentence."""
    mark = text[start]
    if mark == "\n":
        return end - start > 1 or not text[end : end + 1].islower()
    following = text[end + 1 : end + 2]  # behind a blank, as a rule
    if not (following.isalnum() and text[end].isspace()):
        opener = _OPENER.match(text, end)
        if opener is None:
            return True
        following = opener[1]
    if following.islower():
        return False
    if mark in "!?…" or end - start > 1:
        return True
    before = text[max(0, start - 24) : start]
    if not before or before[-1].isspace():
        return True
    return _ends_before_stop(before.rsplit(None, 1)[-1])


@lru_cache(maxsize=8192)
def _ends_before_stop(token: str) -> bool:
    """Whether a stop behind a token is one: not behind an abbreviation or an initial."""
    last = _LAST_WORD.search(token)
    if last is None:
        return True
    word = last[1].replace("’", "'").rpartition("'")[2]
    if word.lower().strip("(«“\"'") in _abbreviations():
        return False
    return not (len(word) == 1 and word.isalpha() and word.isupper())


def sentence_at(parts: Sequence[Sentence], position: int) -> int:
    """Return the index of the sentence that holds ``position`` (the last that begins at or before it)."""
    low, high = 0, len(parts)
    while low < high:
        middle = (low + high) // 2
        if parts[middle].start <= position:
            low = middle + 1
        else:
            high = middle
    return max(0, low - 1)
