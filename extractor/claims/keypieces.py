"""What has to stand in a text before a pattern can match: one word of it, as a pattern of its own.

Most sentences have none of the words that a table is about. Asked word by word, with the answers kept, that costs a
small part of a search.
"""

from __future__ import annotations

import re

_LETTER = re.compile(r"[^\W\d_]")
_QUANTIFIER = re.compile(r"[?*+]|\{(?P<least>\d*)[^}]*\}")
_LOOKAROUND = ("(?=", "(?!", "(?<")
_PARTS = re.compile("[ ']")


def key_piece(entry: str) -> str:
    """Return a pattern of one whole word that every match of ``entry`` has; any word where none is sure.

    Args:
        entry: a regular expression over folded words, with blanks between them.

    >>> key_piece("destinat[oaie] ad? \\\\w+(?:are|ere)")
    'destinat[oaie]'
    >>> key_piece("(?:con )?l'intenzione di")
    'intenzione'
    """
    pieces = [piece for piece in _pieces(entry) if _LETTER.search(piece)]
    return max(pieces, key=_letters, default=r"\w+")


def _letters(piece: str) -> int:
    """How many letters are sure, about: those outside of classes and groups."""
    bare = re.sub(r"\[[^\]]*\]|\([^)]*\)[?]?|\\.|\{[^}]*\}", "", piece)
    return len(_LETTER.findall(bare))


def _pieces(entry: str) -> list[str]:
    """The words of an entry that are whole at its outermost level; those that cannot be told for sure are left out."""
    pieces, piece, whole, position = [], "", True, 0

    def end() -> None:
        nonlocal piece, whole
        if piece and whole:
            pieces.append(piece)
        piece, whole = "", True

    while position < len(entry):
        atom = _atom(entry, position)
        position += len(atom)
        repeated = _QUANTIFIER.match(entry, position)
        position += 0 if repeated is None else repeated.end() - repeated.start()
        if atom.startswith(_LOOKAROUND):
            continue
        optional = repeated is not None and (repeated.group() in "?*" or repeated["least"] == "0")
        if atom.startswith("("):
            if _PARTS.search(atom):
                # words that may stand behind this one, or before it; any others can be glued to it
                if optional and atom.startswith("(?: "):
                    end()
                elif not (optional and atom.endswith((" )", "')"))):
                    whole = False
                continue
        elif not (atom == "\\w" or atom.startswith("[") or atom.isalpha()):
            # a sign: the word ends, if the sign is sure to be there
            whole = whole and not optional
            end()
            whole = not optional
            continue
        piece += atom + ("" if repeated is None else repeated.group())
    end()
    return pieces


def _atom(entry: str, position: int) -> str:
    """What stands at a place of a regular expression: a group, a class, an escape or a character."""
    opening = entry[position]
    if opening == "\\":
        return entry[position : position + 2]
    if opening == "[":
        return entry[position : entry.index("]", position) + 1]
    if opening != "(":
        return opening
    depth, end = 0, position
    while True:
        inside = entry[end]
        if inside == "\\":
            end += 1
        elif inside == "[":
            end = entry.index("]", end)
        depth += (inside == "(") - (inside == ")")
        end += 1
        if depth == 0:
            return entry[position:end]
