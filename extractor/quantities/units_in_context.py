"""Units whose reading depends on the words around: degrees, and names that are ordinary nouns too."""

from __future__ import annotations

from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.lexicon.units import UnitEntry, units
from extractor.quantities.mention import ONE, Mention

_AROUND = 70


@per_lexicon
def _degrees() -> UnitEntry:
    return next(entry for entry in units() if entry.angle_code)


@per_lexicon
def _plain_nouns() -> frozenset[str]:
    return frozenset(load_table("not_quantities")["plain_nouns"]["after_one"])


def settle_unit(text: str, mention: Mention) -> None:
    """Settle *gradi* and ``°`` (temperature or angle), and take back a unit that is a plain noun here."""
    if mention.kind not in ("measure", "money"):
        return
    named = text[mention.number_end : mention.end].strip().lower()
    if mention.unit == "Cel" and named in ("°", "gradi", "grado"):
        entry = _degrees()
        around = text[max(0, mention.start - _AROUND) : mention.end + _AROUND].lower()
        if any(w in around for w in entry.angle_context) and not any(w in around for w in entry.context):
            mention.unit = entry.angle_code
    if mention.value == 1 and mention.scale == ONE and mention.form == "words" and named in _plain_nouns():
        mention.kind, mention.unit, mention.end = "count", None, mention.number_end
        mention.rules.append("unit.plain_noun")
