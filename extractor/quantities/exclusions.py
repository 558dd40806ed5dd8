"""What is not a quantity: dates, years, times, references, names and the other traps.

A scanner of its own, run on each candidate. Every check is a small function that looks at the words
around the candidate and returns the name of the rule that excludes it; the words stand in
``lexicon/not_quantities.toml`` and ``lexicon/calendar.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cached_property, lru_cache

from extractor.lexicon.loader import load_table
from extractor.numerals.words import cardinal
from extractor.quantities.context import function_words, noun_follows, words_after, words_before
from extractor.quantities.mention import ONE, Mention
from extractor.quantities.tables import GAP

_TIME_UNITS = frozenset({"a", "mo", "wk", "d", "h", "min", "s"})


class Candidate:
    """A mention with its surroundings; the words are looked up once, and only when a check asks."""

    def __init__(self, text: str, mention: Mention) -> None:
        self.text = text
        self.mention = mention
        self.raw = text[mention.start : mention.end]

    @cached_property
    def before(self) -> list[str]:
        """Tokens before it, nearest first, lower case, without the abbreviation points between them."""
        return [w.lower() for w in words_before(self.text, self.mention.start, 5)]

    @cached_property
    def before_as_written(self) -> list[str]:
        """Tokens before it, nearest first, as written."""
        return words_before(self.text, self.mention.start, 5)

    @cached_property
    def after(self) -> list[str]:
        """Tokens after it, as written."""
        return words_after(self.text, self.mention.end, 3)

    @cached_property
    def noun_follows(self) -> bool:
        """Whether a content word follows."""
        return noun_follows(self.text, self.mention.end)

    @property
    def word_before(self) -> str:
        """The nearest word before it, skipping an abbreviation point (``art. 12``)."""
        words = self.before
        if words and words[0] == "." and len(words) > 1:
            return words[1]
        return words[0] if words else ""

    @property
    def plain_integer(self) -> bool:
        """Digits without separators, magnitude or unit."""
        mention = self.mention
        return mention.bare and mention.form == "digits" and "numeral.integer" in mention.rules


def exclusion(text: str, mention: Mention) -> str | None:
    """Return the name of the rule by which ``mention`` is no quantity, or None when it is one."""
    candidate = Candidate(text, mention)
    for check in _CHECKS:
        rule = check(candidate)
        if rule is not None:
            return rule
    return None


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    table = load_table("not_quantities")
    calendar = load_table("calendar")
    return {
        "reference": frozenset(table["before"]["reference"]),
        "identifier": frozenset(table["before"]["identifier"]),
        "place_in_text": frozenset(table["before"]["place_in_text"]),
        "label": frozenset(table["before"]["label"]),
        "weak": frozenset(table["weak"]["labels"]),
        "clock": frozenset(table["clock"]["before"]),
        "anaphora": frozenset(table["anaphora"]["before"]),
        "events": frozenset(table["events"]["articles"]),
        "sei_before": frozenset(table["homographs"]["sei_before"]),
        "sei_after": frozenset(table["homographs"]["sei_after"]),
        "venti_before": frozenset(table["homographs"]["venti_before"]),
        "venti_after": frozenset(table["homographs"]["venti_after"]),
        "months": frozenset(calendar["months"]),
        "year_before": frozenset(calendar["year"]["before"]) | frozenset(calendar["months"]),
        "year_not_before": frozenset(calendar["year"]["not_before"]),
        "placing_before": frozenset(calendar["placing"]["before"]),
        "placing_after": frozenset(calendar["placing"]["after"]),
        "since_nouns": frozenset(calendar["placing"]["since_nouns"]),
        "distance": frozenset(calendar["placing"]["distance"]),
        "days": frozenset(calendar["days"]["words"]),
        "dialled": frozenset(table["dialled"]["verbs"]),
        "zero_before": frozenset(table["zero"]["before"]),
        "names_before": frozenset(table["names_before"]["words"]),
    }


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    table, calendar = load_table("not_quantities"), load_table("calendar")
    months = "|".join(sorted(calendar["months"], key=len, reverse=True))
    streets = "|".join(map(re.escape, table["address"]["before"]))
    phrases = "|".join(re.escape(p).replace("\\ ", r"\s") for p in table["phrases"]["from_number"])
    return {
        # `12 marzo`, `12 e 13 marzo`, `dal 5 al 9 giugno`, `3, 4 e 5 maggio`
        "day_of_month": re.compile(
            rf"(?i)(?:{GAP}?(?:[-–,/]|{GAP}(?:ed?|o|al|all['’]|ai|agli|a)(?:{GAP}(?:il|l['’]|i))?){GAP}?\d{{1,2}}(?!\d))"
            rf"{{0,4}}(?:°|º)?{GAP}(?:di{GAP})?(?:{months})(?!\w)"
        ),
        "address": re.compile(
            rf"(?<!\w)(?i:{streets}){GAP}(?:(?:d[aei]l?l?[aoe]?|degli|di|dell['’]|[A-ZÀ-Ý0-9][\w.'’]*){GAP}?){{1,5}},?{GAP}?\Z"
        ),
        "phrases": re.compile(rf"(?i)(?:{phrases})(?!\w)"),
    }


# --- what is glued to the number -------------------------------------------------------------------

_NUMERIC_DATE = re.compile(
    r"\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})(?!\d)|\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}/(?:19|20)\d\d(?!\d)"
)
_CLOCK = re.compile(r"[012]?\d[:.,][0-5]\d(?![\d,%])")
_SCORE = re.compile(r"(\d{1,3})[-–](\d{1,3})(?:[-–]\d{1,3})*(?![\d,.]\d|\w|%)")
_SCORE_WORDS = re.compile(r"\d{1,2} a \d{1,2}(?![\d,.]\d|\w|%)")
_SET_SCORES = re.compile(r"(?:,| e)? \d{1,2}[-–]\d{1,2}(?![\d%])")
_SET_SCORES_BEFORE = re.compile(r"\d{1,2}[-–]\d{1,2}(?:,| e)? \Z")
_DOTTED = re.compile(r"\d+(?:\.\d+){2,}")
_SLASHED = re.compile(r"\d+\s?/\s?(?:\d|[A-Z])")
_PHONE = re.compile(r"(?:\+\d{1,3}[\s.-]?)?\d{2,4}(?:[\s./-]\d{2,8}){1,4}(?!\d)")
_SUMMED = re.compile(r"[\d%]\s?\Z")
_PAST_THE_HOUR = re.compile(r"(?i)(?:l['’](?P<one>una)|\b(?:alle|le|dalle) (?P<hour>\w+)) e \Z")
_AFTER_DIGITS = re.compile(r"(?:\+\d\d[\s.-]|(?<!\d)0\d{1,3}[\s./-])(?:\d+[\s./-])*\Z")
_OPENERS = " \t\n\r\u00a0\u2009\u202f\u2007([{«“\"‘„—–-+−~≈<>≥≤=%€$£¥|*•·…;!?>/'’,:."
_CHUNK = re.compile(r"\S{1,80}\Z")


def _glued(c: Candidate) -> str | None:
    """Letters, digits or signs glued to it make it part of a name or code (``G20``, ``Covid-19``, ``59esima``)."""
    text, start, end = c.text, c.mention.start, c.mention.end
    following = text[end : end + 1]
    if following and (following.isalnum() or following == "_") and text[end - 1] not in "%€$£'’°":
        return "not.glued"
    if following in ("°", "º", "ª") and c.mention.bare:
        return "not.ordinal"
    if following in ("'", "’", "′") and c.plain_integer:
        return "not.game_minute"
    if following == "-" and text[end + 1 : end + 2].isalpha() and c.mention.form == "digits" and c.mention.bare:
        return "not.glued"
    if start == 0:
        return None
    if text[start] == "+" and _SUMMED.search(text[max(0, start - 3) : start]):
        return "not.glued"  # km 43 + 170, 50% + 1
    previous, earlier = text[start - 1], text[start - 2 : start - 1]
    if previous not in _OPENERS:
        return "not.glued"
    if previous in "-–/.,:_=+" and earlier and (earlier.isalnum() or earlier in "-./:@_"):
        if previous == "/" and c.raw[0].isdigit() is False:
            return None
        if previous in ",." and earlier.isalpha() and earlier.islower():
            return None  # a blank left out after a stop
        if previous == ":" and earlier.isalpha():
            return None
        if previous in "-–" and earlier.isalpha() and c.mention.kind != "count":
            return None
        return "not.glued"
    if previous in "'’" and not earlier.isalpha() and c.plain_integer and len(c.raw) == 2:
        return "not.decade"
    chunk = _CHUNK.search(text[max(0, start - 80) : start])
    if chunk is not None and ("://" in chunk[0] or "www." in chunk[0] or "@" in chunk[0] or "#" in chunk[0]):
        return "not.url"
    return None


def _date(c: Candidate) -> str | None:
    """Calendar dates in digits or with a month's name."""
    mention = c.mention
    if not mention.bare or mention.low is not None:
        return None
    if mention.form == "digits":
        if _NUMERIC_DATE.match(c.text, mention.start):
            return "not.date"
        if mention.value is not None and mention.value <= 31 and _patterns()["day_of_month"].match(c.text, mention.end):
            return "not.date"
        if (
            c.word_before in _words()["months"]
            and mention.value is not None
            and mention.value <= 31
            and not c.noun_follows
        ):
            return "not.date"
        if (
            c.word_before in _words()["days"]
            and c.plain_integer
            and mention.value <= Decimal(31)
            and not c.noun_follows
        ):
            return "not.date"
    elif c.after and c.after[0].lower() in _words()["months"] and len(c.after[0]) > 4:
        return "not.date"
    return None


def _year(c: Candidate) -> str | None:
    """A four-digit number without separators is a year unless something makes it a count."""
    mention = c.mention
    value = mention.value
    if value is None or not c.plain_integer or not 1000 <= value <= 2100 or len(c.raw) != 4:
        return _short_year(c)
    words, before = _words(), c.word_before
    if before in words["year_before"]:
        return "not.year"
    if before in words["year_not_before"]:
        return (
            None
            if value < 1900 or c.noun_follows or before in ("circa", "oltre", "quasi", "almeno", "ben")
            else "not.year"
        )
    if c.noun_follows and c.after[0][-1:] in "aeiàù" and c.after[0][0].islower() and before != "(":
        return None
    if c.after and c.after[0].lower() in ("i", "gli", "le", "in", "tra", "fra") and 1000 <= value < 1900:
        return None
    if value < 1400:
        return None
    return "not.year"


_SHORT_YEAR_BEFORE = frozenset({"nell", "dell", "all", "dall", "nel", "anni", "dal", "stagione"})


def _short_year(c: Candidate) -> str | None:
    """Decades and two-digit years: ``anni 80``, ``anni Ottanta``, ``nel '98``, ``2024/25``."""
    mention = c.mention
    if not mention.bare or mention.value is None:
        return None
    if c.word_before == "anni" and 10 <= mention.value < 100 and mention.value % 10 == 0:
        return "not.decade"
    if (
        c.plain_integer
        and len(c.raw) == 2
        and c.word_before in ("'", "’")
        and c.before[1:2]
        and c.before[1] in _SHORT_YEAR_BEFORE
    ):
        return None if c.noun_follows else "not.year"
    return None


def _clock(c: Candidate) -> str | None:
    """Clock times: ``ore 23:00``, ``alle 17.30``, ``dalle 9 alle 13``."""
    mention = c.mention
    if mention.kind != "count" or mention.scale != ONE or mention.low is not None:
        return None
    text, start = c.text, mention.start
    hour = _PAST_THE_HOUR.search(text[max(0, start - 24) : start])
    if hour is not None and (hour["one"] or hour["hour"].isdigit() or cardinal(hour["hour"])) and not c.noun_follows:
        return "not.clock"
    before = c.word_before if c.word_before not in ("'", "’") else (c.before[1] if len(c.before) > 1 else "")
    if mention.form == "digits":
        if re.compile(r"[012]?\d:[0-5]\d(?!\d)").match(text, start):
            return "not.clock"
        if before in _words()["clock"] and _CLOCK.match(text, start):
            return "not.clock"
    if before in ("all", "dall") and mention.value != 1 and not _CLOCK.match(text, start):
        return None
    if mention.value is not None and mention.value <= 24 and before in _words()["clock"] and "," not in c.raw:
        if before in ("ore", "h", "orario"):
            return "not.clock"
        if not c.noun_follows or c.after[0].lower() in ("precise", "locali", "circa", "italiane"):
            return "not.clock"
    return None


def _reference(c: Candidate) -> str | None:
    """References, identifiers and labels: ``art. 28``, ``n. 312``, ``pagina 4``, ``fase 2``."""
    mention = c.mention
    if not mention.bare:
        if c.word_before == "numero" and mention.kind == "count" and not c.noun_follows:
            return "not.identifier"
        if not (mention.kind == "measure" and c.raw[-1].isalpha() and c.word_before in ("articolo", "art")):
            return None
    words, before = _words(), c.word_before
    for name in ("reference", "identifier", "place_in_text", "label"):
        if before in words[name]:
            if before in words["weak"] and (c.noun_follows or mention.form == "words") and "." not in c.before[:1]:
                continue
            if (
                len(before) == 1
                and c.before[:1]
                != [
                    ".",
                ]
                and before != "n"
            ):
                continue
            return f"not.{name}"
    return None


def _code(c: Candidate) -> str | None:
    """Versions, law numbers, phone numbers and the like, by their shape."""
    mention = c.mention
    if mention.form not in ("digits", "fraction", "negative") or mention.kind not in ("count", "ratio"):
        return None
    text, start = c.text, mention.start
    if _DOTTED.match(text, start) and mention.bare and "numeral.dotted" not in mention.rules:
        return "not.version"
    if _SLASHED.match(text, start) and mention.form != "fraction" and mention.scale == ONE:
        return "not.code"
    if mention.scale != ONE:
        return None
    raw = c.raw.lstrip("+-−")
    if raw[0] == "0" and len(raw) > 1 and raw[1].isdigit():
        return "not.code"
    if c.raw[0] == "+" and len(raw) == 2 and _PHONE.match(text, start):
        return "not.phone"
    if _AFTER_DIGITS.search(text[max(0, start - 12) : start]):
        return "not.phone"
    if c.plain_integer and any(w in _words()["dialled"] for w in c.before[:2]):
        return "not.phone"
    if c.plain_integer and len(raw) >= 9:
        return "not.code"
    if (
        c.plain_integer
        and len(raw) == 5
        and c.after
        and c.after[0][0].isupper()
        and c.word_before in (",", "-", "–", ".")
    ):
        return "not.postcode"
    return None


def _address(c: Candidate) -> str | None:
    """A house number after a street's name."""
    if not c.plain_integer or c.noun_follows:
        return None
    return (
        "not.address" if _patterns()["address"].search(c.text[max(0, c.mention.start - 60) : c.mention.start]) else None
    )


def _score(c: Candidate) -> str | None:
    """Match scores: ``3-1``, ``6-4``; a range ascends and has a unit, a noun or a modifier."""
    mention = c.mention
    if mention.form != "digits" or mention.kind != "count" or mention.scale != ONE:
        return None
    spoken = _SCORE_WORDS.match(c.text, mention.start)
    if spoken is not None and c.word_before not in ("da", "dai", "dal") and not noun_follows(c.text, spoken.end()):
        return "not.score"
    found = _SCORE.match(c.text, mention.start)
    if found is None:
        return None
    if _SET_SCORES.match(c.text, found.end()) or _SET_SCORES_BEFORE.search(
        c.text[max(0, mention.start - 8) : mention.start]
    ):
        return "not.score"
    low, high = int(found[1]), int(found[2])
    if found.group().count("-") + found.group().count("–") > 1 or low >= high:
        return "not.score"
    if noun_follows(c.text, found.end()) or c.word_before in ("circa", "tra", "fra", "sono", "di", "da", "intorno"):
        return None
    return (
        "not.score"
        if high < 200
        and c.word_before
        in (
            "per",
            "finisce",
            "finita",
            "finito",
            "vince",
            "vinto",
            "chiuso",
            "il",
            "sul",
            "con",
            "un",
            "al",
            ",",
            "(",
            "vittoria",
            "sconfitta",
            "pareggio",
            "batte",
            "ko",
        )
        else None
    )


def _list_marker(c: Candidate) -> str | None:
    """``1.`` or ``2)`` at the beginning of a line."""
    if not c.plain_integer or len(c.raw) > 2:
        return None
    start, end, text = c.mention.start, c.mention.end, c.text
    line = text.rfind("\n", max(0, start - 4), start)
    at_line_start = not text[line + 1 : start].strip(" \t(") if line >= 0 or start < 4 else False
    if at_line_start and re.match(r" ?\)|\.\s|°\)|\.-|\s?[-–]\s", text[end : end + 3]):
        return "not.list_marker"
    if (
        text[end : end + 1] == ")"
        and "(" not in text[max(0, start - 30) : start]
        and start
        and text[start - 1] in " \n"
    ):
        return "not.list_marker"
    if text[end : end + 2] == " )" and "(" not in text[max(0, start - 30) : start]:
        return "not.list_marker"
    return None


def _name(c: Candidate) -> str | None:
    """A number after a capitalised name is part of it (``Boeing 737``, ``Android 2.1``) unless it counts what follows."""
    mention = c.mention
    if c.word_before in _words()["names_before"] and mention.kind == "measure":
        return "not.name"
    if not mention.bare:
        return None
    if mention.form == "words" and c.raw[0].isupper() and not c.raw.isupper():
        previous = c.before_as_written[0] if c.before_as_written else ""
        if previous and (previous[-1].isalpha() or previous in "'’") and previous.lower() not in ("o", "e"):
            return "not.name"
    if mention.form != "digits" or not c.before_as_written:
        return None
    previous = c.before_as_written[0]
    camel = any(character.isupper() for character in previous[1:])
    if not (previous[0].isupper() or camel) or len(previous) < 2 or previous.lower() in function_words():
        return None
    if c.text[mention.start - 1] not in " \u00a0":
        return None
    sentence_start = (len(c.before_as_written) > 1 and c.before_as_written[1] in ".!?:") or len(c.before_as_written) == 1
    if c.noun_follows and c.after[0][0].islower() and c.after[0][-1] in "ie":
        return None
    return None if sentence_start and c.noun_follows else "not.name"


def _homograph(c: Candidate) -> str | None:
    """Number words that are other words: *sei* (you are), *venti* (winds), *i Mille*, *una*."""
    mention = c.mention
    if mention.form == "words" and mention.kind == "count" and mention.scale == ONE:
        word, words = c.raw.lower(), _words()
        following = c.after[0].lower() if c.after else ""
        if word == "sei" and (c.word_before in words["sei_before"] or following in words["sei_after"]):
            return "not.homograph"
        if word == "zero" and c.word_before in words["zero_before"] and not c.noun_follows:
            return "not.phrase"
        if word == "venti" and (
            following == "di"
            or (following in words["venti_after"]
            and c.word_before in words["venti_before"])
            or following in ("forti", "alisei", "impetuosi", "contrari", "gelidi")
        ):
            return "not.homograph"
        if word in ("un", "uno", "una"):
            return "not.article"
        if word == "mille" and c.raw[0].isupper() and c.word_before in ("i", "dei", "ai"):
            return "not.name"
    return "not.phrase" if _patterns()["phrases"].match(c.text, mention.start) else None


def _anaphora(c: Candidate) -> str | None:
    """A bare number word after an article takes something up again: *i due*, *tra i due*."""
    mention = c.mention
    if mention.form != "words" or not mention.bare or mention.low is not None or c.noun_follows:
        return None
    if c.word_before in _words()["anaphora"]:
        if c.word_before in ("e", "altri", "altre") and (
            not c.before[1:2] or c.before[1] not in ("tutti", "tutte", "gli", "le")
        ):
            return None
        return "not.anaphora"
    return None


def _ordinal(c: Candidate) -> str | None:
    """``un terzo candidato``: an ordinal adjective before its noun, not a fraction."""
    mention = c.mention
    if mention.form == "fraction" and mention.kind == "ratio" and mention.value is not None and c.noun_follows:
        return "not.ordinal" if c.raw[0].lower() == "u" else None
    return None


def _placing(c: Candidate) -> str | None:
    """A duration that only places in time: *negli ultimi 3 anni*, *tre anni fa*, *entro 5 giorni*, *da 10 anni*."""
    mention = c.mention
    if mention.unit not in _TIME_UNITS or mention.kind != "measure":
        return None
    words = _words()
    before = [
        w
        for w in c.before
        if w
        not in (
            "circa",
            "oltre",
            "quasi",
            "almeno",
            "appena",
            "soli",
            "sole",
            "solo",
            "ben",
            "più",
            "meno",
            "di",
            "'",
            "’",
            "poco",
            "un",
            "ormai",
            "i",
            "gli",
            "le",
        )
    ]
    nearest = before[0] if before else ""
    direct = c.word_before
    after = [w.lower() for w in c.after]
    if after and (after[0] in words["placing_after"] or " ".join(after[:2]) in words["placing_after"]):
        if not (after[0] == "prima" and after[1:2] == ["del"] and nearest == "per"):
            return "not.placing"
    if direct in words["placing_before"] and not (direct in ("tra", "fra") and mention.low is not None):
        return "not.placing"
    if nearest == "da" and (len(before) < 2 or before[1] not in words["since_nouns"]):
        return "not.since"
    if nearest in ("dopo", "entro") and not (nearest == "dopo" and after and (after[0] == "di" or after[0] == "d")):
        return "not.placing"
    if nearest in ("a", "ad") and after and after[0] in words["distance"]:
        return "not.placing"
    if direct in words["events"] and mention.form == "words" and mention.unit == "d":
        return "not.event"
    return None


def _rate_base(c: Candidate) -> str | None:
    """The base of a rate is no claim: *per 100.000 abitanti*, *ogni mille nati*, *ogni due partite*."""
    mention, before = c.mention, c.word_before
    if before == "ogni" and mention.kind != "ratio":
        return "not.rate_base"
    if (
        before == "per"
        and mention.kind == "count"
        and mention.value is not None
        and mention.value >= 100
        and c.noun_follows
    ):
        digits = mention.value.normalize().as_tuple().digits
        if digits == (1,):
            return "not.rate_base"
    return None


_CHECKS: tuple[Callable[[Candidate], str | None], ...] = (
    _glued,
    _date,
    _year,
    _clock,
    _list_marker,
    _reference,
    _code,
    _score,
    _address,
    _homograph,
    _name,
    _anaphora,
    _ordinal,
    _placing,
    _rate_base,
)
