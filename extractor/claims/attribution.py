"""The source: who says what a quantity states (*secondo l'Istat*, *ha detto Rossi*).

Words stand in ``lexicon/attributions.toml``. A source governs its own sentence (from itself on, where
it is the subject of a verb of saying) and the following ones that take the statement up (*La cifra …*).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractor.claims.phrases import Range, surface_left, surface_right
from extractor.claims.view import Found, SentenceView
from extractor.lexicon.loader import load_table

_B = r"[\s\u00a0]+"


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], frozenset[str]]:
    table = load_table("attributions")

    def words(forms: list[str]) -> str:
        return "|".join(re.escape(f).replace("\\ ", _B) for f in sorted(forms, key=len, reverse=True))

    before = re.compile(rf"(?i)(?<!\w)(?:{words(table['before']['words'])}){_B}")
    after = re.compile(
        rf"(?i)(?<!\w)(?:{words(table['after']['verbs'])})(?:{_B}che(?!\w)|:|{_B}(?:un|una|il|la)(?!\w))"
    )
    carried = re.compile(rf"(?i)(?:{words(table['carried']['openers'])})(?!\w)")
    return before, after, carried, frozenset(table["not_sources"]["words"])


def attribute(views: Sequence[SentenceView]) -> dict[Range, Found]:
    """Return the source of each quantity that has one, by the quantity's offsets.

    Args:
        views: all sentences of an article, in order.
    """
    result: dict[Range, Found] = {}
    current: Found | None = None
    for view in views:
        source, governed_from = _source(view)
        if source is None and not (current is not None and _patterns()[2].match(view.sentence)):
            current = None
            continue
        if source is not None:
            current = source
        else:
            governed_from = view.start
        for mention in view.mentions:
            if current is not None and mention.start >= governed_from:
                result[mention.start, mention.end] = current
    return result


def _source(view: SentenceView) -> tuple[Found | None, int]:
    """The sentence's source, and from where on it governs."""
    before, after, _, none = _patterns()
    for match in before.finditer(view.text, view.start, view.end):
        found = surface_right(view.text, match.end(), min(view.end, match.end() + 60))
        if found is None:
            continue
        first = view.text[found[0] : found[1]].split()[0].lower()
        article = view.text[match.end() : found[0]].strip()
        name = view.text[found[0]].isupper()
        if first in none or (not article and not name and match.group().strip().lower() == "secondo"):
            continue
        if not match.group().lower().startswith(("secondo", "a detta", "stando", "in base", "come")) and not (
            name or article
        ):
            continue
        return Found(found[0], found[1], "attribution.before"), view.start
    verb = after.search(view.text, view.start, view.end)
    if verb is not None:
        found = surface_left(view.text, view.start, verb.start())
        if found is not None and found[1] > found[0]:
            return Found(found[0], found[1], "attribution.subject"), verb.start()
    return None, view.start
