"""Alternations as tries: the engine looks at each character once instead of trying word after word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

_END = ""


def trie(words: Iterable[str], *, prefixes: bool = False, escape: Callable[[str], str] = re.escape) -> str:
    """Return a pattern that matches the longest of ``words`` that stands at a place.

    Args:
        words: the alternatives.
        prefixes: whether the shortest suffices, since only a beginning is looked for.
        escape: the pattern of one character.
    """
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[_END] = {}
    return _pattern(root, prefixes, escape)


def _pattern(node: dict[str, Any], prefixes: bool, escape: Callable[[str], str]) -> str:
    if prefixes and _END in node:
        return ""
    branches = [escape(c) + _pattern(sub, prefixes, escape) for c, sub in sorted(node.items()) if c != _END]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and _END not in node else f"(?:{'|'.join(branches)})"
    return joined + ("?" if _END in node else "")
