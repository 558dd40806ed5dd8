"""Moves from one level to another."""

from __future__ import annotations

import pytest

from extractor.claims.moves import is_left
from extractor.claims.view import SentenceView
from extractor.quantities import find_quantities
from tests.claims.parsed import parsed


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Il prezzo passa da 5 a 8 euro.", [True, False]),
        ("La quota scende dal 4,9% di marzo al 3%.", [True, False]),
        ("Il prezzo sale a 8 euro.", [False]),
        ("Dal 3% del totale; a 8 soci non va bene.", [False, False]),
    ],
)
def test_the_level_left(text: str, left: list[bool]) -> None:
    mentions = find_quantities(text)
    view = SentenceView(text, 0, len(text), mentions, lambda: parsed("a/X/dep/0"), network=False)
    assert [is_left(view, mention) for mention in mentions] == left
