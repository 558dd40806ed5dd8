"""The modality: whether a quantity is stated as a fact, a forecast, an aim, a case, or denied.

Words stand in ``lexicon/modalities.toml``. They govern the quantities of their own clause.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.claims.view import SentenceView
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention

# Denial first, since `non ci sono` may stand in a forecast; an aim is more than the forecast that it implies.
_ORDER = ("negated", "hypothetical", "target", "forecast")
_CLAUSE = re.compile(r"[;:()!?]|,\s(?:ma|mentre|che|contro|dopo|e)\s|\s(?:mentre|ma)\s")
_REACH = 110


@lru_cache(maxsize=1)
def _patterns() -> dict[str, tuple[re.Pattern[str], re.Pattern[str] | None]]:
    table = load_table("modalities")
    result: dict[str, tuple[re.Pattern[str], re.Pattern[str] | None]] = {}
    for name in _ORDER:
        adjacent = r"\s(?:\w+\s){0,1}\Z" if name == "negated" else r"(?!\w)"
        left = re.compile(rf"(?i)(?<!\w)(?:{'|'.join(table[name]['left'])}){adjacent}")
        words = table[name]["right"]
        right = re.compile(rf"(?i)(?:\s\w+){{0,3}}?\s(?:{'|'.join(words)})(?!\w)") if words else None
        result[name] = left, right
    return result


def modality_of(view: SentenceView, mention: Mention) -> tuple[str, str]:
    """Return the modality of a quantity and the name of its rule (``asserted`` and "" by default)."""
    left = _CLAUSE.split(view.left(mention, _REACH))[-1]
    right = _CLAUSE.split(view.right(mention, 60))[0]
    for name, (before, behind) in _patterns().items():
        if before.search(left) or (behind is not None and behind.match(right)):
            return name, f"modality.{name}"
    return "asserted", ""
