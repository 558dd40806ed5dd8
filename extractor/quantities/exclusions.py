"""What is not a quantity: dates, years, times, references, names and the other traps.

A scanner of its own, run on each candidate. Every check is a small function that looks at the words
around the candidate and returns the name of the rule that excludes it; the words stand in
``lexicon/not_quantities.toml`` and ``lexicon/calendar.toml``. The checks by shape are in
:mod:`extractor.quantities.shapes`, those by the words around here; their order stands at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from extractor.quantities import marks, shapes
from extractor.quantities.candidate import Candidate, patterns
from extractor.quantities.compose import second_at
from extractor.quantities.context import function_words, noun_follows
from extractor.quantities.joints import joints
from extractor.quantities.mention import ONE, Mention
from extractor.quantities.placing import placing
from extractor.quantities.slashes import two_by_slash


def exclusion(text: str, mention: Mention) -> str | None:
    """Return the name of the rule by which ``mention`` is no quantity, or None when it is one."""
    candidate = Candidate(text, mention)
    for check in _CHECKS_OF[_sort(candidate)]:
        rule = check(candidate)
        if rule is not None:
            return rule
    return None


# behind a law's number its year
_OF_YEAR = re.compile(r"/\d\d\Z")


def _reference(c: Candidate) -> str | None:
    """References, identifiers and labels: ``art. 28``, ``n. 312``, ``pagina 4``, ``fase 2``."""
    mention = c.mention
    slashed = mention.form == "fraction" and "/" in c.raw  # art. 3/4
    if slashed and c.word_before in c.known["of_one"] and _OF_YEAR.search(c.raw):
        return "not.reference"  # la 66/96
    if not c.bare and not slashed:
        if mention.kind == "count" and c.word_before == "numero" and not c.noun_follows:
            return "not.identifier"
        if not (mention.kind == "measure" and c.raw[-1].isalpha() and c.word_before in ("articolo", "art")):
            return None
    known, before = c.known, c.word_before
    if before not in known["referring"]:
        return None
    for name in ("reference", "identifier", "place_in_text", "label"):
        if before in known[name]:
            stopped = "." in c.before[:1]
            counts = c.noun_follows and not _verb_follows(c) and not _is_emission_class(c)
            counts = counts and c.following not in known["reference"]  # punto 1 lettera c
            if before in known["weak"] and (counts or mention.form == "words") and not stopped:
                continue
            if before in known["abbreviated_numbers"] and c.plural_follows:
                continue
            if stopped and mention.form == "words" and c.raw[0].isupper():
                continue  # a new sentence
            if len(before) == 1 and not stopped and before != "n":
                continue
            return f"not.{name}"
    return None


_LAST_EMISSION_CLASS = 7


def _is_emission_class(c: Candidate) -> bool:
    """``i diesel Euro 5 vietati``: no amount is so small and has its currency in front."""
    small = c.plain_integer and c.mention.value is not None and c.mention.value <= _LAST_EMISSION_CLASS
    return small and c.word_before == "euro" and not any(word.isdigit() for word in c.before[1:2])


_INITIALS = re.compile(r"[A-Z](?:\.[A-Z])+")


def _name(c: Candidate) -> str | None:
    """A number after a capitalised name is part of it (``Boeing 737``) unless it counts what follows."""
    mention = c.mention
    if c.word_before in c.known["names_before"] and mention.kind == "measure":
        return "not.name"
    if c.word_before in c.known["of_one"] and mention.rules[0] == "numeral.integer" and mention.scale == ONE:
        return "not.name" if (mention.value or 0) > 1 else None  # la 125, la 500 Miglia
    if not c.bare:
        return None
    if c.word_before == "a" and c.before[0] == "a" and c.before[1:2] and c.before[1] in c.known["games"]:
        return "not.name"
    if mention.form == "digits" and c.plain_word_before.islower():
        return None
    if mention.form == "words" and c.raw[0].isupper() and not c.raw.isupper():
        previous = c.before_as_written[0] if c.before_as_written else ""
        if previous[:1].islower() and len(previous) > 3 and c.plural_follows:
            return None  # a headline without its stop: … vittime italiane Cinque vittime …
        if previous and (previous[-1].isalpha() or previous in "'’") and previous.lower() not in ("o", "e"):
            return "not.name"
    if mention.form != "digits" or not c.before_as_written or mention.rules == ["numeral.slash"]:
        return None
    if c.text[mention.end : mention.end + 1] == "/" and two_by_slash(c.text, mention.start):
        return None  # Costa 300/400 euro
    if "numeral.dotted" in mention.rules or "numeral.comma" in mention.rules or c.word_before in c.known["not_names"]:
        return None  # no name ends in thousands or in an Italian decimal
    previous = c.before_as_written[0]
    if previous == "." and c.plain_integer and not c.noun_follows and _INITIALS.fullmatch(c.before_as_written[-1]):
        return "not.name"  # B.G. 2
    if previous in ("P", "S") and c.before_as_written[1:2] == ["&"]:
        return "not.name"
    if previous.isupper() and len(previous) > 2 and c.noun_follows and c.following.isupper() and len(c.following) > 2:
        return None  # a line in capitals: SONO AL LAVORO 210 UOMINI
    camel = any(character.isupper() for character in previous[1:])
    if not (previous[0].isupper() or camel) or len(previous) < 2 or previous.lower() in function_words():
        return None
    if c.text[mention.start - 1] not in " \u00a0":
        return None
    sentence_start = (len(c.before_as_written) > 1 and c.before_as_written[1] in ".!?:") or len(
        c.before_as_written
    ) == 1
    if c.plural_follows:
        return None
    return None if sentence_start and c.noun_follows and not _verb_follows(c) else "not.name"


def _verb_follows(c: Candidate) -> bool:
    """Whether the word behind is no plural, by its ending: a verb (``Android 14 arriva``, ``Windows 12 uscirà``)."""
    word = c.after[0]
    return word[0].islower() and word.endswith(("a", "rà")) and word not in c.known["plurals_in_a"]


_PARTICIPLE = re.compile(r"\w{2,}(?:[ai]t|[^a]ut)[oa]")


def _homograph(c: Candidate) -> str | None:
    """Number words that are other words: *sei* (you are), *venti* (winds), *i Mille*, *una*."""
    mention = c.mention
    if mention.form == "words" and mention.kind == "count" and mention.scale == ONE:
        word, known = c.raw.lower(), c.known
        following = c.following.lower()
        if word == "sei" and (c.word_before in known["sei_before"] or following in known["sei_after"]):
            return "not.homograph"
        if word == "sei" and _PARTICIPLE.fullmatch(following):
            return "not.homograph"  # sei marchiato
        if word == "zero":
            before = c.before[1:2] if c.word_before == "lo" else [c.word_before]
            if before and before[0] in known["zero_before"] and (c.word_before == "lo" or not c.noun_follows):
                return "not.phrase"
        if word == "venti" and _is_winds(c, following):
            return "not.homograph"
        if word in ("un", "uno", "una"):
            return "not.article"
        if word in known["centuries"] and c.word_before in known["century_before"] and not c.noun_follows:
            return "not.name"  # la metà del cinquecento
        if word == "mille" and c.raw[0].isupper() and c.word_before in ("i", "dei", "ai"):
            return "not.name"
    return "not.phrase" if patterns()["phrases"].match(c.text, mention.start) else None


_ARTICLES = frozenset({"i", "gli", "le"})
_FINITE = re.compile(r"(?:\w{2,}[aei]vano|\w{2,}[aei]rono|\w{2,}ranno|\w{4,}[^oò]ò)\Z")


def _finite(word: str) -> bool:
    """Whether a word is a verb by its ending: a third person of the imperfect, the remote past or the future."""
    return word.islower() and _FINITE.match(word) is not None


def _is_winds(c: Candidate, following: str) -> bool:
    known = c.known
    if following in ("di", "che") or following in known["winds"]:
        return True
    if c.word_before in known["blowing"]:
        return not c.plural_follows
    if following == "e" and c.after[1:2] and c.after[1] in known["weather"]:
        return True  # venti e piogge
    return following in known["venti_after"] and c.word_before in known["venti_before"]


def _anaphora(c: Candidate) -> str | None:
    """A bare number word after an article takes something up again: *i due*, *tra i due*."""
    mention = c.mention
    if mention.form != "words" or not c.bare or mention.low is not None:
        return None
    if c.word_before == "un" and mention.value != 1:
        return "not.name"  # un tre stelle
    if c.noun_follows and not _finite(c.following):
        return None
    if c.word_before in c.known["anaphora"]:
        if joints().goes_on.match(c.text, mention.end) and _range_goes_on(c):
            return None  # tra i due e i quattro anni
        if (
            c.word_before == "e"
            and c.following in _ARTICLES
            and noun_follows(c.text, c.mention.end + len(c.following) + 1)
        ):
            return None  # tutti e quattro gli scrutini
        if c.word_before in ("altri", "altre") and c.before[1:2] and c.before[1] in c.known["anaphora"]:
            return "not.anaphora"  # agli altri cinque
        if c.word_before in ("e", "altri", "altre") and (
            not c.before[1:2] or c.before[1] not in ("tutti", "tutte", "gli", "le")
        ):
            return None
        return "not.anaphora"
    return None


_DASH = re.compile(r"[-–](?=[^\W\d_])")


def _range_goes_on(c: Candidate) -> bool:
    dash = _DASH.match(c.text, c.mention.end)
    if dash is not None and second_at(c.text, dash.end()) is not None:
        return True  # una delle quattro-cinque squadre
    between = c.before[1:2] in (["tra"], ["fra"])
    joint = (joints().to_and if between else joints().either).match(c.text, c.mention.end)
    if joint is None and c.word_before in ("dai", "dagli", "dalle"):
        joint = joints().to.match(c.text, c.mention.end)  # dai quindici ai venti minuti
    return joint is not None and second_at(c.text, joint.end()) is not None


def _is_season(raw: str) -> bool:
    """Whether two years of two digits follow each other: ``83/84``."""
    first, slash, second = raw.partition("/")
    return bool(slash) and len(first) == len(second) == len("83") and int(second) == int(first) + 1


def _ordinal(c: Candidate) -> str | None:
    """``un terzo candidato``: an ordinal adjective before its noun, not a fraction."""
    mention = c.mention
    if mention.form == "fraction" and c.after and c.after[0].lower() in c.known["months"]:
        return "not.date"  # il 4/5 marzo
    if mention.form == "fraction" and mention.kind == "ratio" and mention.value is not None and c.noun_follows:
        if c.following.lower() in c.known["blurs_behind"]:
            return None
        return "not.ordinal" if c.raw[0].lower() == "u" else None
    school = c.word_before == "s" and c.before[1:2] == ["a"]
    if mention.form == "fraction" and _is_season(c.raw) and (school or not c.following.startswith("de")):
        return "not.year"  # l'anno scolastico 83/84
    if mention.form == "fraction" and c.raw.lower() == "un mezzo" and _OTHER_THAN_OF.match(c.following):
        return "not.homograph"  # un mezzo in partenza
    if mention.form == "fraction" and mention.kind == "ratio" and c.raw.lower() == "un terzo":
        following = c.following.lower()
        if following in c.known["third_after"] and _TWO.search(c.text[max(0, mention.start - 150) : mention.start]):
            return "not.ordinal"  # due sono morti, un terzo è stato salvato
    return None


# a word behind `un mezzo` of what is no half
_OTHER_THAN_OF = re.compile(r"(?!(?:de(?:l|ll[oae]?|gli|i)|e)\Z)[^\W\d_]")
_TWO = re.compile(r"(?i)(?<![\w.,])(?:due|2)(?![\w.,]\d)\s[^.;!?\n]*\Z")


_BASES = frozenset((100, 1000))
_MEASURED = re.compile(r"\d\s?(?:[^\W\d_]+|€)\sper\s\Z")
_CASES = re.compile(r"\d\s[^\W\d_]{3,}\s(?:[^\W\d_]+\s)?per\s\Z")


def _rate_base(c: Candidate) -> str | None:
    """The base of a rate is no claim: *per 100.000 abitanti*, *ogni mille nati*, *ogni due partite*."""
    mention, before = c.mention, c.word_before
    if before not in ("ogni", "per"):
        return None
    left = c.text[max(0, mention.start - 6) : mention.start].lower()
    if "ogni" in left and mention.kind != "ratio" and before == "ogni":
        return "not.rate_base"
    if (
        mention.kind == "measure"
        and mention.value in _BASES
        and before == "per"
        and _MEASURED.search(c.text[max(0, mention.start - 24) : mention.start])
    ):
        return "not.rate_base"  # 5,2 litri per 100 km
    if (
        mention.value == 1000
        and mention.form == "words"
        and before == "per"
        and _CASES.search(c.text[max(0, mention.start - 40) : mention.start])
    ):
        return "not.rate_base"  # 17,6 casi per mille
    if (
        "per" in left
        and mention.kind == "count"
        and before == "per"
        and mention.value is not None
        and mention.value >= 100
        and c.noun_follows
    ):
        digits = mention.value.normalize().as_tuple().digits
        if digits == (1,):
            return "not.rate_base"
    return None


_Check = Callable[[Candidate], str | None]
# How a candidate is written decides which checks can say anything about it.
_INTEGER, _DIGITS, _WORDS, _MEASURE, _OTHER = range(5)
_BARE = frozenset({_INTEGER, _DIGITS, _WORDS})
_ANY = frozenset(range(5))


def _sort(c: Candidate) -> int:
    mention = c.mention
    if c.bare:
        if c.plain_integer:
            return _INTEGER
        return _WORDS if mention.form == "words" else _DIGITS
    return _MEASURE if mention.kind == "measure" else _OTHER


_CHECKS: tuple[tuple[_Check, frozenset[int]], ...] = (
    (shapes.glued, _ANY),
    (shapes.date, _BARE),
    (shapes.year, _BARE),
    (shapes.clock, _BARE),
    (shapes.list_marker, frozenset({_INTEGER})),
    (marks.mark_of_note, frozenset({_INTEGER})),
    (marks.document, frozenset({_INTEGER})),
    (marks.those_that_follow, frozenset({_INTEGER, _WORDS})),
    (marks.day_behind_letter, frozenset({_MEASURE})),
    (marks.plural_reference, frozenset({_INTEGER, _DIGITS})),
    (_reference, _ANY),
    (shapes.code, frozenset({_INTEGER, _DIGITS, _OTHER})),
    (shapes.score, frozenset({_INTEGER, _DIGITS})),
    (shapes.address, frozenset({_INTEGER})),
    (marks.house_number, frozenset({_INTEGER})),
    (marks.sheet_minute, frozenset({_INTEGER, _MEASURE})),
    (marks.numbered, frozenset({_INTEGER})),
    (marks.team, frozenset({_WORDS})),
    (marks.idiom, frozenset({_WORDS, _MEASURE})),
    (_homograph, _ANY),
    (_name, _BARE | {_MEASURE}),
    (_anaphora, frozenset({_WORDS})),
    (_ordinal, frozenset({_OTHER})),
    (placing, frozenset({_MEASURE})),
    (_rate_base, _ANY),
)
_CHECKS_OF = tuple(tuple(check for check, sorts in _CHECKS if sort in sorts) for sort in range(5))
