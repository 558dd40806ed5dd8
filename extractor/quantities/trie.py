"""Alternations as tries: the engine looks at each character once instead of trying word after word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache


def trie(words: Iterable[str], *, prefixes: bool = False, escape: Callable[[str], str] = re.escape) -> str:
    """Return a pattern that matches the longest of ``words`` that stands at a place.

    Args:
        words: the alternatives.
        prefixes: whether the shortest suffices, since only a beginning is looked for.
        escape: the pattern of one character.
    """
    ranked = sorted(set(words))
    return _pattern(ranked, 0, prefixes, _spellings(escape)) if ranked else ""


class _Spellings(dict[int, str]):
    """The patterns of characters, for ``str.translate``; each is made once."""

    def __init__(self, escape: Callable[[str], str]) -> None:
        super().__init__()
        self._escape = escape

    def __missing__(self, code: int) -> str:
        spelt = self[code] = self._escape(chr(code))
        return spelt


_spellings = lru_cache(maxsize=16)(_Spellings)


def _pattern(ranked: list[str], known: int, prefixes: bool, spellings: _Spellings) -> str:
    """The pattern of what is left of some words, in order, behind the ``known`` characters that all begin with."""
    ends = len(ranked[0]) == known
    if ends and prefixes:
        return ""
    branches = []
    low, high = int(ends), len(ranked)
    while low < high:
        first, beyond = ranked[low], low + 1
        while beyond < high and ranked[beyond][known] == first[known]:
            beyond += 1
        if beyond - low == 1:
            branches.append(first[known:].translate(spellings))
        else:
            last, shared = ranked[beyond - 1], known + 1
            while first[shared : shared + 1] == last[shared : shared + 1] != "":
                shared += 1
            rest = _pattern(ranked[low:beyond], shared, prefixes, spellings)
            branches.append(first[known:shared].translate(spellings) + rest)
        low = beyond
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
    return joined + ("?" if ends else "")
