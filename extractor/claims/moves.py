"""Moves from one level to another: *salirà da 5 a 8 euro*, *passando dal 4,9% all'8,3%*."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.claims.clauses import alternatives, folded, inside
from extractor.claims.view import SentenceView
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention

_LEFT = 40


@lru_cache(maxsize=1)
def _move() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before the level that a move leaves, and between it and the level reached."""
    table = load_table("modalities")["move"]
    origin, goal, vague = (alternatives(table[name]) for name in ("from", "to", "vague"))
    return (
        re.compile(rf"(?<!\w)(?:{origin})(?:\s+|(?<='))(?:(?:{vague})\s+)?\Z"),
        re.compile(rf"\s+(?:[^\W\d_][^\s.,;:()]*\s+){{0,4}}?(?:{goal})(?:\s+|(?<='))(?:(?:{vague})\s+)?"),
    )


def is_left(view: SentenceView, mention: Mention) -> bool:
    """Whether a quantity is the level that a move starts from."""
    following = next((m for m in view.mentions if m.start > mention.start), None)
    if following is None:
        return False
    origin, goal = _move()
    text, (start, end) = folded(view), inside(view, mention)
    return (
        origin.search(text, max(0, start - _LEFT), start) is not None
        and goal.fullmatch(text, end, inside(view, following)[0]) is not None
    )
