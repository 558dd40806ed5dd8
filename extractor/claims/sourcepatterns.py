"""Where sources stand in a sentence, as patterns made of the table of attributions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from extractor.claims.clauses import Patterns, alternatives, key_words
from extractor.claims.sources import ARTICLE, saying_keys
from extractor.lexicon.active import per_lexicon
from extractor.lexicon.conjugation import gerund, participles, third_persons
from extractor.lexicon.loader import load_table

_GAP = r"(?:\s+|(?<='))"


@per_lexicon
def source_patterns() -> Patterns:
    """Return the patterns by name, for a folded text (but ``apposition``, which needs capitals)."""
    table = load_table("attributions")
    agents, verbs = table["agents"], table["verbs"]
    institutions = alternatives(table["institutions"]["words"])
    bodies = alternatives([*table["institutions"]["words"], *table["institutions"]["telegraphic"]])
    agent_forms = [*agents["participles"], *(form for verb in agents["regular"] for form in participles(verb))]
    relatives, speakers = table["relatives"], table["speakers"]
    adverbs = alternatives([*verbs["adverbs"], "invece"])
    spoken = alternatives([*speakers["bodies"], *speakers["publications"], *table["institutions"]["words"]])
    publications = table["publications"]
    return Patterns(
        {
            "before": rf"(?<![\w'])(?:{_articulated(table['before']['words'], table['contractions'])})",
            # what stands between a source and its verb (l'Ansa in un primo momento riferiva)
            "between": rf"(?<![\w'])(?:{alternatives(table['between']['words'])})\s+\Z",
            "that": (
                rf"(?:\s+(?:(?:{adverbs})|\w{{3,}}mente)|\s*,[^,;:.]{{2,40}},){{0,2}}"
                r"\s*(?:che(?!\w)|:|di(?!\w)|d'|del(?:l[oae]?)?(?!\w)|dell')"
            ),
            "agent": (
                rf"(?<![\w'])(?:{alternatives(agent_forms)})"
                rf"(?:\s+(?:(?:{adverbs})|(?:nel|a|in|lo|la)\s+\w+(?:\s+scors[oa])?))?\s+"
                rf"(?:{alternatives(agents['words'])}){_GAP}"
            ),
            "agent_form": alternatives(agent_forms),
            "carried_agent": rf"(?<!\w)(?:{alternatives(table['carriers']['words'])})\s+(?:\w+\s+)?\Z",
            "headline": rf"(?:\W*|.{{1,40}}?(?:[:,]|\s-)\s+)(?P<name>{institutions})\s*:\s",
            "telegraphic": (
                rf"[^:]{{3,60}}:\s+(?P<name>{bodies})(?:\s*,|\s+(?:{alternatives(table['institutions']['verbs'])})(?!\w))"
            ),
            "for": rf"(?<![\w'])per\s+(?P<name>{institutions})(?!\w)",
            "hearsay": _hearsay(table),
            "gerund": rf"(?<!\w)(?:{alternatives(_gerunds(table))})(?:\s+(?:{adverbs}))?\s+che(?!\w)",
            "contrast": rf"(?<!\w)(?:{alternatives(table['contrast']['words'])})(?!\w)",
            "relative": (
                rf"\s*,?\s*(?<![\w'])(?P<way>{alternatives(relatives['before'])})\s+(?:{alternatives(relatives['words'])})(?!\w)"
            ),
            "pronoun": rf"\s*,?\s+(?:che|{alternatives(relatives['words'])})\s+\Z",
            "carried": rf"(?:{alternatives(table['carried']['openers'])})(?!\w)",
            "backward": rf"(?:{alternatives(table['backward']['openers'])})(?!\w)",
            "apposition": r"(?P<name>[A-ZÀ-Ý][\w'’.-]*(?:\s+[A-ZÀ-Ýd][\w'’.-]*){0,3}),\s[^,.;:()«»]{3,90},\s*\Z",
            "published": (
                rf"(?:{ARTICLE}|quest[oa]\s+|quest')(?P<name>{alternatives(publications['words'])})(?:\s+[^\W\d_]+){{0,4}}?\s+"
                rf"(?:{alternatives(publications['passives'])})\s+(?:{alternatives(publications['participles'])})(?!\w)"
            ),
            "speakers": rf"(?:\w+\s+)?(?:{spoken})(?!\w)",
            "plans": rf"(?:\w+\s+)?(?:{alternatives(speakers['publications'])})(?!\w)",
            "provides": rf"(?<![\w'])(?:{alternatives(table['provides']['finite'])})(?!\w)",
        }
    )


@per_lexicon
def source_keys() -> dict[str, frozenset[str]]:
    """Return words by the name of what needs one of them: without any, its pattern cannot match.

    ``institution`` is for the patterns of institutions, ``saying`` for the verbs of saying.
    """
    table = load_table("attributions")
    agents, bodies = table["agents"], table["institutions"]
    return {
        "before": key_words(table["before"]["words"], table["contractions"]),
        "hearsay": frozenset({"quanto"}),
        "gerund": key_words(_gerunds(table)),
        "relative": key_words(table["relatives"]["words"]),
        "institution": key_words([*bodies["words"], *bodies["telegraphic"]]),
        "agent": key_words([*agents["participles"], *(f for verb in agents["regular"] for f in participles(verb))]),
        "saying": saying_keys(),
        "provides": key_words(table["provides"]["finite"]),
    }


def _gerunds(table: Mapping[str, Any]) -> list[str]:
    regular = [verb for section in ("verbs", "only_with_that") for verb in table[section]["regular"]]
    return [*table["verbs"]["gerunds"], *map(gerund, regular)]


def _hearsay(table: Mapping[str, Any]) -> str:
    """The pattern of *secondo quanto riferisce* and its like; the source begins where it ends."""
    row, contractions = table["hearsay"], table["contractions"]
    said = alternatives([*row["participles"], *(participles(verb)[0] for verb in row["regular"])])
    says = alternatives([*row["finite"], *(form for verb in row["regular"] for form in third_persons(verb))])
    by = alternatives(table["agents"]["words"])
    behind = alternatives(form for word in row["prepositions"] for form in contractions[word])
    adverbs, auxiliaries = (alternatives(table["verbs"][name]) for name in ("adverbs", "auxiliaries"))
    return (
        rf"(?:(?<![\w'])(?=(?:{alternatives(row['anywhere'])})(?!\w))|(?:\A\W*|[,;:(-]\s+)(?=(?:{alternatives(row['first'])})\s))"
        rf"(?P<opener>(?:stando\s+)?\w+)\s+quanto\s+(?:ci\s+|ne\s+)?(?:"
        rf"(?:(?:{alternatives(row['passives'])})\s+)?(?:{said})(?:\s+(?:{adverbs}))?\s+(?:{by}){_GAP}"
        rf"|(?:{alternatives(row['reaching'])})\s+(?:{behind}){_GAP}"
        rf"|(?P<verb>{says}|(?:{auxiliaries})\s+(?:(?:{adverbs})\s+)?(?:{said}))\s+)"
    )


def _articulated(phrases: Sequence[str], contractions: dict[str, list[str]]) -> str:
    """Patterns of the phrases, the preposition that ends one in all its articulated forms."""
    made = []
    for phrase in sorted(phrases, key=len, reverse=True):
        head, _, last = phrase.rpartition(" ")
        forms = contractions.get(last)
        made.append(
            rf"(?:{alternatives([phrase])}){_GAP}"
            if forms is None or not head
            else rf"(?:{alternatives([head])})\s+(?:{alternatives(forms)}){_GAP}"
        )
    return "|".join(made)
