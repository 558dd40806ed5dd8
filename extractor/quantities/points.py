"""Points and tenths: percentage points after a percentage, basis points of a spread, else a count.

*Il Pd è al 24%, due punti in più di maggio*; *lo spread chiude a 79 punti*; *il tasso scende di due decimi*; *un taglio
da un quarto di punto*. Points of a score or of a stock index stay a count. The words around stand in
``lexicon/kinds.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.quantities.context import counted_noun_follows
from extractor.quantities.mention import Mention
from extractor.quantities.tables import GAP

_AROUND_LEFT, _AROUND_RIGHT = 120, 60
# How what may stand behind a count begins: *punti*, *di punto*, *decimali*
_BEGINNINGS = ("p", "P", "d", "D")
_HIGHEST = Decimal(100)
# An index moves by less than so many per cent; more points are its own.
_HIGHEST_OF_AN_INDEX = Decimal(12)
_POINTS = re.compile(
    rf"(?i){GAP}punt[oi](?!\w)(?!{GAP}(?:percentual|base|vendita|nascita|luce|di{GAP}vista|di{GAP}riferimento))"
)
_OF_A_POINT = re.compile(rf"(?i){GAP}di{GAP}punto(?:{GAP}percentuale)?(?!\w)")
_TENTHS = re.compile(r"(?i)decim[oi]\Z")
_DECIMAL_PLACE = re.compile(rf"(?i){GAP}decimal[ei](?!\w)")


@per_lexicon
def _words() -> dict[str, re.Pattern[str]]:
    table = load_table("kinds")["points"]
    return {name: re.compile(rf"(?i)(?<!\w)(?:{'|'.join(words)})") for name, words in table.items()}


def settle_points(text: str, sentences: Sequence[Sequence[Mention]]) -> None:
    """Make percentages of points where they are; the quantities, by sentence in order, are changed in place."""
    spreads = "pread" in text or "ifferenzial" in text  # a look that costs nothing
    before_last = last = False
    for mentions in sentences:
        percentages, own = before_last or last, False
        for mention in mentions:
            if mention.kind == "count":
                if spreads or text[mention.end + 1 : mention.end + 2] in _BEGINNINGS:
                    _settle(text, mention, percentages or own)
            elif mention.kind == "ratio" and mention.form not in ("multiple", "proportion"):
                _settle(text, mention, percentages or own)
            own = own or mention.kind == "percentage"
        before_last, last = last, own


def _settle(text: str, mention: Mention, percentages: bool) -> None:
    if mention.form == "only":
        return
    if mention.kind == "ratio":
        found = _OF_A_POINT.match(text, mention.end)
        if found is not None:
            _apply(mention, found.end(), "pp")
        elif _TENTHS.search(text[mention.start : mention.end]) and _unit(text, mention, percentages) == "pp":
            _apply(mention, mention.end, "pp")
        return
    places = _DECIMAL_PLACE.match(text, mention.end)
    if places is not None and mention.value is not None and _unit(text, mention, percentages) == "pp":
        mention.value /= 10
        _apply(mention, places.end(), "pp")
        return
    if mention.bare and mention.form == "digits" and _is_bare_spread(text, mention):
        _apply(mention, mention.end, "bp")
        return
    found = _POINTS.match(text, mention.end)
    unit = _unit(text, mention, percentages) if found is not None else None
    if found is not None and unit is not None:
        _apply(mention, found.end(), unit)


def _is_bare_spread(text: str, mention: Mention) -> bool:
    """``il differenziale viaggiava intorno ai 115``: the points are left out."""
    window = text[max(0, mention.start - _AROUND_LEFT) : mention.start]
    before = _CLAUSE.split(window)[-1]
    found = _words()["spread"].search(before)
    near = found is not None and not re.search(r"\d", before[found.end() :])
    return near and not counted_noun_follows(text, mention.end) and _POINTS.match(text, mention.end) is None


_CLAUSE = re.compile(r"[;!?\n]|[.,]\s")


def _unit(text: str, mention: Mention, percentages: bool) -> str | None:
    """``bp``, ``pp``, or None where the points are those of a score or an index."""
    words = _words()
    low = max(0, mention.start - _AROUND_LEFT)
    if words["spread"].search(text[low : mention.start]):
        return "bp"
    around = text[low : mention.end + _AROUND_RIGHT]
    value = mention.value if mention.value is not None else mention.high
    if value is None or abs(value) > _HIGHEST or words["score"].search(around):
        return None
    if words["index"].search(around):
        return "pp" if percentages and abs(value) < _HIGHEST_OF_AN_INDEX else None
    return "pp" if percentages or words["rate"].search(around) else None


def _apply(mention: Mention, end: int, unit: str) -> None:
    mention.kind, mention.unit, mention.end = "percentage", unit, end
    mention.rules.append(f"points.{unit}")
