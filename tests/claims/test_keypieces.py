"""A text without the key piece of a pattern has no match of the pattern."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.claims.keypieces import key_piece
from extractor.lexicon.loader import load_table

_KINDS = ("open", "govern", "wills", "conditions", "adjacent", "against", "behind")
_ENTRIES = [e for row in load_table("modalities").values() for kind in _KINDS for e in row.get(kind, ())]


@pytest.mark.parametrize(
    ("entry", "piece"),
    [
        ("in vista di", "vista"),
        ("l'obiettivo", "obiettivo"),
        ("piano(?: \\w+){0,3} (?:ne )?(?:prevede|chiede)", "piano"),
        ("(?:con )?l'intenzione di", "intenzione"),
        ("obiettiv[oi]:(?= (?:\\w+ )?\\d)", "obiettiv[oi]"),
        ("(?<!.)senza", "senza"),
        ("\\w{2,}rebbe(?:ro)?", "\\w{2,}rebbe(?:ro)?"),
        ("(?:in|di|d'|una|dell') ?attes[ae]", "\\w+"),
        ("(?:ben |assai)lontano", "\\w+"),
        ("lontano(?: da|issimo)", "\\w+"),
        ("mezz'?ora", "\\w+"),
    ],
)
def test_a_word_that_every_match_has(entry: str, piece: str) -> None:
    assert key_piece(entry) == piece


@pytest.mark.parametrize("entry", _ENTRIES)
def test_entries_of_the_table_never_match_without_it(entry: str) -> None:
    piece = key_piece(entry)
    assert piece != "\\w+"
    # what is looked at around a match is not made up
    bare = re.sub(r"\(\?<?[=!](?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)", "", entry)

    @given(st.from_regex(bare, fullmatch=True))
    def holds(match: str) -> None:
        assert any(re.fullmatch(piece, word) for word in re.findall(r"\w+", match))

    holds()
