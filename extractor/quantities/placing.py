"""Lengths of time that only place in time (*tre anni fa*, *entro 5 giorni*, *da 10 anni*): no quantities.

The words stand in ``lexicon/calendar.toml``.
"""

from __future__ import annotations

import re

from extractor.quantities.candidate import Candidate

DURATIONS = frozenset({"a", "mo", "wk", "d", "h", "min", "s"})
"""The units of time."""

# what may stand between a preposition and a duration
_BLURRING = frozenset(
    {
        "circa", "oltre", "quasi", "almeno", "appena", "soli", "sole", "solo", "ben", "più", "meno", "di", "'", "’",
        "poco", "un", "ormai", "i", "gli", "le",
    }
)  # fmt: skip
_AT_A_DISTANCE = re.compile(r"(?i)(?<!\w)a distanza di (?:\w+ ){0,4}\Z")
_ONE_HAS_PASSED = re.compile(rf"(?i)(?<!\w)(?:passat|trascors)[oa] (?:(?:{'|'.join(sorted(_BLURRING))}) )?\Z")
_COMING = frozenset({"prossimi", "prossime", "successivi", "successive", "seguenti"})


def placing(c: Candidate) -> str | None:
    """A duration that only places in time: *negli ultimi 3 anni*, *tre anni fa*, *entro 5 giorni*, *da 10 anni*."""
    mention = c.mention
    if mention.unit not in DURATIONS or mention.kind != "measure" or mention.form == "elapsed":
        return None
    known, direct = c.known, c.word_before
    if c.plain_word_before and direct not in _BLURRING:
        nearest = direct
    else:
        nearest = next((w for w in c.clause_before if w not in _BLURRING), "")
    after = c.following.lower()
    if after in known["placing_begins"]:
        two = " ".join(c.after[:2])
        behind = after in known["placing_after"] or two in known["placing_after"]
        if behind and not (two == "prima del" and nearest == "per"):
            return "not.placing"
    if mention.unit == "mo" and direct in known["accounts"] and (after[:1].isdigit() or after == "a"):
        return "not.placing"  # UTILE NETTO 9 MESI 412 MLN: the period that the figure is of
    if (
        direct in known["placing_before"]
        and not (direct in ("tra", "fra") and mention.low is not None)
        and not (direct in _COMING and c.clause_before[2:3] == ["per"])  # per i prossimi due anni: how long
        and not (direct in ("passati", "passate") and c.before[1:2] and c.before[1] in ("sono", "erano", "saranno"))
    ):
        return "not.placing"
    if nearest == "da":
        before = [w for w in c.clause_before if w not in _BLURRING]
        if len(before) < 2 or before[1] not in known["since_nouns"]:
            return "not.since"
    if nearest == "termine" and after.startswith("da"):
        return "not.placing"  # nel termine di 30 giorni dalla notifica
    if nearest in ("dopo", "entro") and not (nearest == "dopo" and after in ("di", "d")):
        return "not.placing"
    if nearest in ("a", "ad") and after in known["distance"]:
        return "not.placing"
    if nearest == "a" and "qui" in c.clause_before[1:3]:
        return "not.placing"  # da qui a cinque anni
    if after.startswith("da") and _AT_A_DISTANCE.search(c.text[max(0, mention.start - 48) : mention.start]):
        return "not.placing"  # a distanza di due ore dalla scomparsa
    if (
        mention.value == 1
        and after.startswith("da")
        and _ONE_HAS_PASSED.search(c.text, max(0, mention.start - 48), mention.start)
    ):
        return "not.placing"  # è passata una settimana dalla strage
    if direct in known["lasting"] and after == "che":
        return "not.since"  # sono vent'anni che lo faccio
    if direct in known["events"] and mention.form == "words" and mention.unit == "d":
        return "not.event"
    return None
