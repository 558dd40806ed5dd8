"""The words of ``lexicon/changes.toml`` as patterns: what tells of a change, and what joins it to its size."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.claims.clauses import WordMemo, key_words
from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.quantities.joints import any_of

B = r"\s+"
_APOSTROPHE = "['’]"
DIRECTIONS = ("increase", "decrease")
# So many letters tell most words of a text from those of change.
_BEGIN = 4


def opening(forms: Iterable[str]) -> str:
    """A pattern for words before others: a blank follows them, or their own apostrophe."""
    elided = [form[:-1] for form in forms if form.endswith("'")]
    whole = [form for form in forms if not form.endswith("'")]
    parts = [f"{_any_of(whole)}{B}"] if whole else []
    parts += [f"{_any_of(elided)}{_APOSTROPHE}"] if elided else []
    return f"(?:{'|'.join(parts)})"


def _any_of(phrases: Iterable[str]) -> str:
    """Any of some phrases, with any white space for their blanks and either apostrophe."""
    return any_of(phrases, blank=B).replace("'", _APOSTROPHE)


@per_lexicon
def blur() -> str:
    """Return a pattern for all that may blur or number a size right before it."""
    return f"{opening(load_table('changes')['between']['blur'])}*"


@per_lexicon
def size_of() -> re.Pattern[str]:
    """Return what gives a size to a word of change, right before the size."""
    table = load_table("changes")["between"]
    return re.compile(
        rf"(?i)(?<!\w)(?:{opening(table['of'])}|{_any_of(table['bounded'])}{B}{opening(table['to'])}){blur()}\Z"
    )


@per_lexicon
def as_object() -> re.Pattern[str]:
    """Return what may stand between a verb of change and the size that is its object."""
    between = opening(load_table("changes")["between"]["object"])
    return re.compile(rf"(?i){B}{between}{{0,4}}\Z")


@per_lexicon
def equal() -> re.Pattern[str]:
    """Return what stands between a size and another way to say it."""
    table = load_table("changes")["between"]
    return re.compile(
        rf"(?i)(?:{B}[^\W\d_]+){{0,4}}\s*[,(]?\s*{_any_of(table['equal'])}\s*(?:{_any_of(table['to'])})?\s*{blur()}\Z"
    )


@per_lexicon
def copula() -> re.Pattern[str]:
    """Return a copula at the end of what stands between a noun and its size."""
    table = load_table("changes")["between"]
    be, participles = _any_of(table["copulas"]), _any_of(table["participles"])
    return re.compile(rf"(?i)(?<!\w){be}(?:{B}stat[oaie])?(?:{B}{participles})?{B}?\Z")


@per_lexicon
def stopper() -> re.Pattern[str]:
    """Return the words between which and a size no word of change belongs to it."""
    return re.compile(rf"(?i)(?<!\w){_any_of(load_table('changes')['between']['stoppers'])}{B}")


@per_lexicon
def signed() -> re.Pattern[str]:
    """Return the sign of a balance, put in words right before its size."""
    row = load_table("changes")["signed"]
    return re.compile(
        rf"(?i)(?:(?<!\w){_any_of(row['nouns'])}[^.;,]*\s)?"
        rf"(?<!\w)(?:(?P<increase>{row['increase']})|{row['decrease']}){B}(?P<by>per|di|a){B}{blur()}\Z"
    )


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
        after = _any_of(table["after"][direction])
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
    return re.compile(rf"(?i){B}{_any_of(table['measured'])}(?!\w)")


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
    between = load_table("changes")["between"]
    verbs, adverbs, opens = _any_of(table["verbs"]), _any_of(between["verb_adverbs"]), opening(between["verb_opens"])
    return re.compile(
        rf"(?i)(?:{B}(?!che(?!\w))[^\W\d_][\w'’]*){{0,5}}?\s*\(?(?:{B}|(?<=\()){verbs}(?:{B}{adverbs})?"
        rf"(?:{B}{opens})?\s*{blur()}\Z"
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
