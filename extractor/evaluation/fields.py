"""When a field of a predicted claim is right: one small comparison for each sort of field."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from extractor.lexicon.loader import load_table
from extractor.schema import QuantityFields

# Of two phrases, at least this part of the longer must be common.
ENOUGH_OVERLAP = 0.5

_WORD = re.compile(r"\w+(?:-\w+)*")


@cache
def _function_words() -> frozenset[str]:
    table = load_table("function_words")
    return frozenset(word for name in ("articles", "prepositions", "articulated") for word in table[name])


def content_words(phrase: str) -> list[str]:
    """Return the words of an Italian phrase without its articles and prepositions, case folded.

    An apostrophe separates (``dell'inflazione`` gives ``inflazione``), a hyphen does not. A phrase
    of nothing but articles and prepositions keeps its words, so that it can still be compared.

    >>> content_words("il tasso di crescita dell'export")
    ['tasso', 'crescita', 'export']
    """
    words = _WORD.findall(unicodedata.normalize("NFC", phrase).casefold())
    return [word for word in words if word not in _function_words()] or words


def head_word(noun_phrase: str) -> str | None:
    """Return the head of an Italian noun phrase: its first content word.

    In Italian what modifies a noun mostly follows it, so once articles and prepositions are
    stripped the first word is the head. An adjective in front (``grandi imprese``) is taken for the
    head: a scorer must not depend on a parser, and the token overlap covers such phrases.
    """
    return next(iter(content_words(noun_phrase)), None)


def token_overlap(a: str, b: str) -> float:
    """Return the part of the longer phrase's content words that both have, from 0 to 1.

    That is |intersection| / max(|a|, |b|) over multisets of :func:`content_words`: symmetric, and
    stricter than Dice, so that one word out of a long phrase is not half of it.
    """
    words_a, words_b = Counter(content_words(a)), Counter(content_words(b))
    longer = max(words_a.total(), words_b.total())
    return (words_a & words_b).total() / longer if longer else 0.0


def same_phrase(gold: str, predicted: str) -> bool:
    """Tell whether two phrases share at least half of their words (:func:`token_overlap`)."""
    return token_overlap(gold, predicted) >= ENOUGH_OVERLAP


def same_subject(gold: str, predicted: str) -> bool:
    """Tell whether a subject is right: the same head word, or half of the words in common."""
    head = head_word(gold)
    return (head is not None and head == head_word(predicted)) or same_phrase(gold, predicted)


def same_quantity(gold: QuantityFields, predicted: QuantityFields) -> bool:
    """Tell whether value, low, high and unit are all right; numbers compare as numbers."""
    return all(getattr(gold, name) == getattr(predicted, name) for name in ("value", "low", "high", "unit"))
