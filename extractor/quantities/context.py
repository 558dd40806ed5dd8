"""The words around a position, cut from a short window so that the cost does not grow with the text."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.lexicon.loader import load_table

_TOKEN = re.compile(r"[^\W\d_]+(?:(?:\.[^\W\d_]+)+|[°º])?|\d+|[^\w\s]")
_ONE_AFTER = r"[ \t\u00a0\u2009\u202f]*\n?[ \t]*([^\W\d_]+|\d[\d.,]*|[^\w\s])"
_NEXT = tuple(re.compile(_ONE_AFTER + f"(?:{_ONE_AFTER}" * more + ")?" * more) for more in range(3))
_WINDOW = 64
# So many characters a token nearly always hold the few asked for; where they do not, the whole window is read.
_NEAR = 8


def words_before(text: str, pos: int, count: int = 4) -> list[str]:
    """Return up to ``count`` tokens that end before ``pos``, nearest first, as written."""
    near = pos - _NEAR * (count + 1)
    if near > 0:
        tokens: list[str] = _TOKEN.findall(text, near, pos)
        if len(tokens) > count:  # the first may be cut
            return tokens[: -count - 1 : -1]
    return _TOKEN.findall(text, max(0, pos - _WINDOW), pos)[: -count - 1 : -1]


def words_after(text: str, pos: int, count: int = 2) -> list[str]:
    """Return up to ``count`` tokens (at most three) that begin after ``pos``, as written."""
    match = _NEXT[count - 1].match(text, pos)
    return [] if match is None else [token for token in match.groups() if token is not None]


def word_after(text: str, pos: int) -> str:
    """Return the token that begins after ``pos``, as written; nothing where none does."""
    match = _NEXT[0].match(text, pos)
    return "" if match is None else match[1]


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Closed-class words and auxiliaries: never the head of a counted noun phrase."""
    return frozenset(word for words in load_table("function_words").values() for word in words)


@lru_cache(maxsize=1)
def prepositions() -> frozenset[str]:
    """Plain and articulated prepositions."""
    table = load_table("function_words")
    return frozenset(table["prepositions"]) | frozenset(table["articulated"])


def noun_follows(text: str, pos: int) -> bool:
    """Whether a content word (a candidate for the counted noun) stands right after ``pos``."""
    return is_content_word(word_after(text, pos))


def is_content_word(word: str) -> bool:
    """Whether a token is a word outside the closed classes."""
    return len(word) > 2 and word[0].isalpha() and (word[0].isupper() or word not in function_words())


def in_brackets(text: str, pos: int, reach: int) -> bool:
    """Whether a round bracket that opens at most ``reach`` characters before ``pos`` is still open there."""
    before = text[max(0, pos - reach) : pos]
    return before.rfind("(") > before.rfind(")")


_NEW_LINE = re.compile(r"[ \t]*\n")


def counted_noun_follows(text: str, pos: int) -> bool:
    """Whether the noun that a number counts can stand right after ``pos``.

    What begins the next line with a capital letter is another line's: lines of an agency, items, headlines.
    """
    following = word_after(text, pos)
    return is_content_word(following) and not (following[0].isupper() and _NEW_LINE.match(text, pos))
