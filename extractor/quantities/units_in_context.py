"""Units whose reading depends on the words around: degrees, and names that are ordinary nouns too."""

from __future__ import annotations

import re

from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.lexicon.units import UnitEntry, units
from extractor.quantities.candidate import patterns
from extractor.quantities.mention import ONE, Mention
from extractor.quantities.trie import trie

_AROUND = 70


@per_lexicon
def _degrees() -> UnitEntry:
    return next(entry for entry in units() if entry.angle_code)


@per_lexicon
def _of_earthquakes() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(load_table('kinds')['earthquakes']['near'])})")


# on the scale of Mercalli
_STRONGEST = 12


@per_lexicon
def _lengths() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = load_table("not_quantities")["plain_nouns"]
    return (
        re.compile(rf"(?i)(?<!\w)(?:{'|'.join(table['length_before'])})\s\Z"),
        re.compile(rf"(?i)\s(?:{'|'.join(table['length_after'])})(?!\w)"),
    )


def _is_length(text: str, mention: Mention) -> bool:
    """``per un giorno``, ``un giorno in meno``: how long, not once."""
    if mention.unit not in ("d", "s", "a"):
        return False
    before, after = _lengths()
    return bool(before.search(text[max(0, mention.start - 16) : mention.start]) or after.match(text, mention.end))


@per_lexicon
def _plain_nouns() -> frozenset[str]:
    return frozenset(load_table("not_quantities")["plain_nouns"]["after_one"])


_GROUP = re.compile(r"(?<!\w)(?:over|(?P<under>under))\s\Z")
_YOUNGEST, _OLDEST, _OLDEST_YOUTH_TEAM = 10, 99, 23


def _age_of_a_group(text: str, mention: Mention) -> None:
    """``gli over 65``: how old they are; *Under 21* with a capital, or of a team, is a name."""
    found = _GROUP.search(text, max(0, mention.start - 8), mention.start)
    value = mention.value
    if found is None or value is None or value % 1 != 0 or not _YOUNGEST <= value <= _OLDEST:
        return
    if not (found["under"] and value <= _OLDEST_YOUTH_TEAM):
        mention.kind, mention.unit = "measure", "a"
        mention.rules.append("unit.age_of_group")


@per_lexicon
def _who() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A full name before an age, the noun of a role behind it, and the words of a tally further left."""
    table = load_table("kinds")["ages"]
    name = r"[A-ZÀ-Ý][^\W\d_]+(?:['’-][^\W\d_]+)?"
    roles = rf"(?:{trie(table['roles'])}|(?![^\W\d_]*mente\b)[^\W\d_]{{3,}}(?:{trie(table['endings'])}))"
    return (
        re.compile(rf"(?<![\w'’]){name}\s(?:(?:{trie(table['particles'])})\s)?{name}(?:\s\(|,\s)\Z"),
        re.compile(rf",\s(?:ex\s)?{roles}(?!\w)(?:(?P<bracket>[^()\d]{{0,60}}\))|[^()\d]{{0,60}}?(?:[,.;]|\Z))"),
        re.compile(rf"(?i)(?<!\w)(?:{'|'.join(table['tallies'])})"),
    )


_OLDEST_PERSON = 110
_OPENS = frozenset({" (", ", "})


def _age_of_a_person(text: str, mention: Mention) -> None:
    """``Piero Sala (43, imprenditore edile)``, ``Ivan Rota, 54, commerciante``: how old who has the name is."""
    value, start = mention.value, mention.start
    if value is None or not 1 <= value <= _OLDEST_PERSON or "numeral.integer" not in mention.rules:
        return
    name, role, tally = _who()
    behind = role.match(text, mention.end)
    if behind is None or (text[start - 1] == "(") != (behind["bracket"] is not None):
        return
    left = text[max(0, start - _AROUND) : start]
    if name.search(left) and not patterns()["address"].search(left) and not tally.search(left):
        mention.kind, mention.unit = "measure", "a"
        mention.rules.append("unit.age_of_person")


def _unit_of_degrees(text: str, mention: Mention) -> str | None:
    """Degrees measure a temperature, an earthquake (without a unit) or an angle, by the words around."""
    entry = _degrees()
    around = text[max(0, mention.start - _AROUND) : mention.end + _AROUND].lower()
    if any(w in around for w in entry.context):
        return mention.unit
    if mention.value is not None and 0 < mention.value <= _STRONGEST and _of_earthquakes().search(around):
        return None
    return entry.angle_code if any(w in around for w in entry.angle_context) else mention.unit


def settle_unit(text: str, mention: Mention) -> None:
    """Settle *gradi* and ``°`` (temperature or angle), and take back a unit that is a plain noun here."""
    if text[mention.start - 2 : mention.start] == "r " and mention.bare and mention.form == "digits":
        _age_of_a_group(text, mention)
    if (
        text[mention.end : mention.end + 1] == ","
        and mention.bare
        and text[mention.start - 2 : mention.start] in _OPENS
    ):
        _age_of_a_person(text, mention)
    if mention.kind not in ("measure", "money"):
        return
    named = text[mention.number_end : mention.end].strip().lower()
    if mention.unit == "Cel" and named in ("°", "gradi", "grado"):
        mention.unit = _unit_of_degrees(text, mention)
    plain = mention.value == 1 and mention.scale == ONE and mention.form == "words" and named in _plain_nouns()
    if plain and not _is_length(text, mention):
        mention.kind, mention.unit, mention.end = "count", None, mention.number_end
        mention.rules.append("unit.plain_noun")
