"""The sides of a thing: ``150 x 70 x 8 mm``, ``120x60 cm``, ``mt. 3.5 x 2``, ``2 metri per 3``.

Each side is a quantity of its own, and the unit that one of them has is that of all.
"""

from __future__ import annotations

import re

from extractor.quantities.context import noun_follows
from extractor.quantities.expression import mention_of
from extractor.quantities.grammar import number_at
from extractor.quantities.mention import Mention
from extractor.quantities.tables import GAP

LENGTHS = frozenset({"mm", "cm", "dm", "m", "km", "[in_i]", "[ft_i]", "[yd_i]", "pixel"})
_SIGNS = frozenset("x×X")
_OPENINGS = _SIGNS | {"p"}
_BY = re.compile(rf"{GAP}?[x×X]{GAP}?(?=\d)")
_PER = re.compile(rf"{GAP}per{GAP}(?=\d)")


def may_be_side(text: str, end: int) -> bool:
    """A look at what follows a number, which spares nearly all of them the rest."""
    return text[end : end + 1] in _SIGNS or text[end + 1 : end + 2] in _OPENINGS


def sides(text: str, first: Mention) -> list[Mention] | None:
    """Return the sides that begin with ``first``, in order; None where it is none, or no length is named."""
    if not (first.bare or first.unit in LENGTHS):
        return None
    signed = text[first.end : first.end + 2].lstrip()[:1] in _SIGNS
    if not signed and text[first.end + 1 : first.end + 4] != "per":
        return None
    chain = [first]
    while (by := (_BY if signed else _PER).match(text, chain[-1].end)) is not None:
        number = number_at(text, by.end(), joined=False)
        side = mention_of(text, number) if number is not None else None
        if side is None or side.start < by.end() or not (side.bare or side.unit in LENGTHS):
            break
        chain.append(side)
    unit = next((side.unit for side in chain if side.unit is not None), None)
    if unit is None or len(chain) == 1 or (chain[-1].bare and noun_follows(text, chain[-1].end)):
        return None
    for side in chain:
        if side.bare:
            side.kind, side.unit = "measure", unit
            side.rules.append("share.unit")
    return chain
