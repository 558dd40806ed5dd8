from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from extractor.quantities.trie import trie

_LETTERS = "abà .²'"
_WORDS = st.lists(st.text(_LETTERS, min_size=1, max_size=5), min_size=1, max_size=12)


def spelt(character: str) -> str:
    return r"\s+" if character == " " else re.escape(character)


def test_words_share_their_beginnings() -> None:
    assert trie(["mille", "mila", "milioni", "due"]) == "(?:due|mil(?:a|ioni|le))"
    assert trie(["a b", "a"], escape=spelt) == r"a(?:\s+b)?"
    assert trie(["mil", "mille", "due"], prefixes=True) == "(?:due|mil)"
    assert trie([]) == ""


@given(_WORDS, st.text(_LETTERS, max_size=8))
def test_the_longest_word_matches_as_in_a_plain_alternation(words: list[str], text: str) -> None:
    plain = "|".join(spelt_out(word) for word in sorted(words, key=len, reverse=True))
    assert span(trie(words, escape=spelt), text) == span(plain, text)
    assert (span(trie(words, prefixes=True, escape=spelt), text) is None) == (span(plain, text) is None)


def spelt_out(word: str) -> str:
    return "".join(map(spelt, word))


def span(pattern: str, text: str) -> tuple[int, int] | None:
    found = re.match(pattern, text)
    return None if found is None else found.span()
