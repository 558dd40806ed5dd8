"""What a difference or a multiple is measured against: *12 euro meno della media*, *il 2% sotto i livelli del 2019*.

The words that compare stand right behind the quantity, so that its kind does not matter, nor whether it was found to
be the size of a change.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from extractor.claims.clauses import alternatives, folded, inside
from extractor.claims.view import Found, SentenceView
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention

_OF = r"(?:di|de(?:l|llo|lla|i|gli|lle))\s+|dell'|d'"
_SINGULAR_OF = r"(?:di\s+(?=quant|quell)|de(?:l|llo|lla)\s+|dell')"
_THE = r"(?:(?:il|lo|la|i|gli|le)\s+|l'|(?=quell))"
_OF_THAT = re.compile(r"\s+di\s+(?=quell[oaie]\s+(?:d|che\s)|quel\s+che\s|quanto\s)")
_FINITE = re.compile(r"(?<!\w)(?:quant[oaie]|cui|quel(?:l[oaie])?\s+che)(?!\w)")
_STOP = re.compile(r"[,;:()»]|\.(?=\s|\Z)")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = load_table("baselines")["differences"]
    between = rf"(?:\s+(?:(?!{alternatives([*table['than'], *table['beyond']])}\s)[^\W\d_]+)){{0,1}}"
    return (
        re.compile(rf"{between}\s+(?:{alternatives(table['than'])})\s+(?:{_OF})"),
        re.compile(
            rf"{between}\s+(?:{alternatives(table['beyond'])})\s+(?:(?:a|al|allo|alla|ai|agli|alle)\s+|all'|{_THE})"
        ),
        re.compile(rf"(?:\s+(?:{alternatives(table['scaled'])}))?\s+{_SINGULAR_OF}"),
        re.compile(rf"(?:{alternatives(table['verbs'])})\s+(?:di|del|dello|dell'|della)\s*(?:\w+\s+)?\Z"),
    )


def difference_from(
    view: SentenceView, mention: Mention, changes: bool, thing_end: Callable[[int], int]
) -> Found | None:
    """Return what a quantity is more, less or a multiple of, by the words right behind it.

    Args:
        changes: whether the quantity is the size of a change: only then *sotto* and *sopra* compare.
        thing_end: where the noun phrase ends that begins at an offset from the sentence's start.
    """
    text, (low, high) = folded(view), inside(view, mention)
    than, beyond, multiple, surpassed = _patterns()
    match = than.match(text, high)
    rule = "baseline.difference"
    if match is None and (changes or mention.kind == "percentage"):
        match = beyond.match(text, high)
    if (
        match is None
        and mention.kind == "ratio"
        and text[low:high] in load_table("baselines")["differences"]["multiples"]
    ):
        match, rule = multiple.match(text, high), "baseline.multiple"
    if match is None and mention.kind in ("percentage", "ratio"):  # il 60% di quello del Nord, metà di quanto spende
        match = _OF_THAT.match(text, high)
    if match is None and surpassed.search(text, 0, low) is not None:
        match, rule = re.compile(rf"\s+{_THE}").match(text, high), "baseline.surpassed"
    if match is None:
        return None
    start = match.end()
    if _FINITE.match(text, start):  # a clause (il doppio di quanto si spendeva nel 2019)
        stop = _STOP.search(text, start)
        end = stop.start() if stop else len(text)
    else:
        end = thing_end(start)
    return Found(view.start + start, view.start + end, rule) if end > start else None
