"""The words of ``lexicon/changes.toml`` as patterns: what tells of a change, and what joins it to its size."""

from __future__ import annotations

import re

from extractor.claims.clauses import WordMemo, key_words
from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table

B = r"\s+"
_DI = (
    rf"(?:(?:di|del|dello|della|dei|degli|delle|pari{B}a(?:l|llo|lla|gli|lle|i|d)?|per|da|tra|"
    rf"fra|(?:superior|inferior|vicin|prossim)[aeio]{B}a(?:l|llo|lla|gli|lle|i|d)?){B}|"
    rf"(?:dell|d|(?:pari|superior[ei]|inferior[ei]|vicin[oaie]|prossim[oaie]){B}all)['’])"
)
BLUR = (
    rf"(?:(?:circa|oltre|quasi|almeno|appena|solo|soltanto|ben|più{B}(?:di|del|dell['’])|"
    rf"meno{B}(?:di|del|dell['’])|poco{B}(?:più|meno){B}(?:di|del|dell['’])|un|uno|una|il|"
    rf"lo|la|l['’]|ulteriori|altri|complessivi|addirittura|fino{B}a(?:l|ll['’]|d)?)(?:{B}|"
    rf"(?<=['’])))*"
)
SIZE_OF = re.compile(rf"(?i)(?<!\w){_DI}{BLUR}\Z")
AS_OBJECT = re.compile(
    rf"(?i)(?:{B}(?:circa|oltre|quasi|almeno|appena|solo|ben|il|lo|la|i|gli|le|l['’]|un|altri|"
    rf"altre|più{B}di|meno{B}di|ulteriori|un{B}altro|sul{B}terreno|sul{B}campo|così|anche|"
    rf"ancora|però|invece)){{0,4}}(?:{B}|(?<=['’]))\Z"
)
DIRECTIONS = ("increase", "decrease")
# So many letters tell most words of a text from those of change.
_BEGIN = 3


def _verbs(entries: list[str]) -> str:
    """A pattern for the forms of verbs: stems of one conjugation share their endings, those with a tail go first."""
    endings = load_table("modifiers")["verb_endings"] | load_table("changes")["endings"]
    stems: dict[tuple[str, str], list[str]] = {}
    for entry in entries:
        stem, _, rest = entry.partition(":")
        conjugation, _, tail = rest.partition(" ")
        stems.setdefault((conjugation, tail), []).append(stem)
    return "|".join(
        f"(?:{'|'.join(stems[conjugation, tail])})(?:{'|'.join(sorted(endings[conjugation], key=len, reverse=True))})"
        + (B + tail.replace(" ", B) if tail else "")
        for conjugation, tail in sorted(stems, key=lambda group: not group[1])
    )


@per_lexicon
def change_words() -> dict[str, re.Pattern[str]]:
    """Return the patterns of each direction: its words, ``object.`` its verbs with an object, ``after.`` a number."""
    table = load_table("changes")
    patterns = {}
    for direction in DIRECTIONS:
        nouns = "|".join(sorted(table["nouns"][direction], key=len, reverse=True))
        forms = "|".join(table["forms"][direction])
        comparatives = "|".join(table["comparatives"][direction]).replace(" ", B)
        patterns[direction] = re.compile(
            rf"(?i)(?<!\w)(?:(?P<noun>{nouns})|(?P<verb>{_verbs(table['verbs'][direction])}|{forms})|"
            rf"(?P<comparative>{comparatives}))"
            r"(?:si|ne|lo|la|li|le)?(?!\w)"
        )
        objects = _verbs(table["object_verbs"][direction])
        irregular = "|".join(f for f in table["forms"][direction] if f.startswith(("pers", "aggiun")))
        patterns[f"object.{direction}"] = re.compile(rf"(?i)(?<!\w)(?:{objects}|{irregular})(?!\w)")
        after = "|".join(p.replace(" ", B) for p in sorted(table["after"][direction], key=len, reverse=True))
        patterns[f"after.{direction}"] = re.compile(rf"(?i)(?:{B}[^\W\d_]+){{0,3}}?{B}(?P<words>{after})(?!\w)")
    return patterns


@per_lexicon
def tells_of_change() -> WordMemo[bool]:
    """Return a test whether a phrase of change can have a word: it begins a noun or verb, or ends a longer phrase."""
    table = load_table("changes")
    patterns = [change_words()[f"{prefix}{direction}"] for prefix in ("", "object.") for direction in DIRECTIONS]
    words: set[str] = set()
    stems = (
        "positiv",
        "negativ",
        *(v.partition(":")[0] for d in DIRECTIONS for v in table["object_verbs"][d] if " " in v),
    )
    begins: set[str] = set()
    for direction in DIRECTIONS:
        verbs = [verb.partition(":")[0] for key in ("verbs", "object_verbs") for verb in table[key][direction]]
        forms = (*verbs, *table["nouns"][direction], *table["forms"][direction])
        begins |= {form[:_BEGIN] for form in forms}
        stems += tuple(form for form in forms if len(form) < _BEGIN)
        phrases = [*table["after"][direction], *table["comparatives"][direction], *table["apart"][direction]]
        # `più alt[oaie]` is a pattern: its first word will do
        words |= {(p.split()[-1] if p.split()[-1].isalpha() else p.split()[0]) for p in phrases}
        words.add(table["apart"]["more"][direction])

    def tells(word: str) -> bool:
        if word in words or word.startswith(stems):
            return True
        # most words are left at their first letters
        return word[:_BEGIN] in begins and any(p.match(word) is not None for p in patterns)

    return WordMemo(tells)


@per_lexicon
def compared() -> re.Pattern[str]:
    """Return what a difference is measured from, right behind it."""
    table = load_table("changes")["apart"]
    return re.compile(rf"(?i){B}(?:{'|'.join(w.replace(' ', B) for w in table['measured'])})(?!\w)")


@per_lexicon
def apart_words() -> dict[str, re.Pattern[str]]:
    """Return by direction what stands behind a difference from something named (*2 gradi sotto la media*)."""
    table = load_table("changes")["apart"]
    anchors = "|".join(table["anchors"])
    of = rf"(?:di|del|dello|della|dei|degli|delle|quell[oaie]){B}|dell['’]"
    return {
        direction: re.compile(
            rf"(?i){B}(?:(?:{'|'.join(table[direction])}){B}(?:{anchors})|(?:{table['more'][direction]}){B}(?:{of}))"
        )
        for direction in DIRECTIONS
    }


@per_lexicon
def level_verbs() -> re.Pattern[str]:
    """Return what leads from a noun of change to the size that a verb gives it (*l'incremento arriva a*)."""
    table = load_table("changes")["size_verbs"]
    verbs = "|".join(w.replace(" ", B) for w in sorted(table["verbs"], key=len, reverse=True))
    return re.compile(
        rf"(?i)(?:{B}(?!che(?!\w))[^\W\d_][\w'’]*){{0,5}}?\s*\(?(?:{B}|(?<=\())(?:{verbs})(?:{B}(?:poi|così|anche|invece))?"
        rf"(?:{B}(?:a|ad|al|allo|alla|ai|agli|alle|il|lo|la|i|gli|le)(?={B})|{B}all['’]|{B}l['’])?\s*{BLUR}\Z"
    )


@per_lexicon
def nouns_of_change() -> frozenset[str]:
    """Return the words without any of which a text has no noun of change."""
    nouns = load_table("changes")["nouns"]
    return key_words([*nouns["increase"], *nouns["decrease"]])


@per_lexicon
def only_percentage() -> re.Pattern[str]:
    """Return the verbs whose object is a change only as a percentage (*guadagna il 2%*, not *guadagna 2 euro*)."""
    return re.compile(rf"(?i)(?:{_verbs(load_table('changes')['object_verbs']['percentage_only'])})\Z")


@per_lexicon
def handing_over() -> re.Pattern[str]:
    """Return the verbs whose object is handed over where it is a part of something (*cede il 65% della società*)."""
    return re.compile(rf"(?i)(?:{_verbs(load_table('changes')['object_verbs']['handing'])})\Z")
