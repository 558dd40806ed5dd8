"""Exclusions by shape: dates, years, clock times, codes, scores, list markers, addresses.

Each check returns the name of the rule by which a candidate is no quantity, or None.
"""

from __future__ import annotations

import re

from extractor.numerals.words import cardinal
from extractor.quantities.candidate import DAY_GOES_ON, Candidate, patterns
from extractor.quantities.context import in_brackets, is_content_word, noun_follows, word_after
from extractor.quantities.marks import counts_broken
from extractor.quantities.mention import ONE
from extractor.quantities.slashes import two_by_slash

_NUMERIC_DATE = re.compile(
    r"\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})(?!\d)|\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}/(?:19|20)\d\d(?!\d)"
)
_DATE_JOINTS = frozenset("/.-")
_COLON_CLOCK = re.compile(r"[012]?\d:[0-5]\d(?!\d)")
_CLOCK = re.compile(r"[012]?\d[:.,][0-5]\d(?![\d,%])")
_HOUR = re.compile(r"(?i)(?<!\w)(?:ore|alle|dalle)\s[012]?\d\s?:\s\Z")
_LETTERED = re.compile(r"\.[a-z](?!\w)")
_POINT_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])\.[0-5]\d(?![\d,%])")
_HEADS_A_LINE = re.compile(r"\s?[-–—:]\s|\s\(|\s[A-ZÀ-Ý]{3}")
_SCORE = re.compile(r"(\d{1,3})[-–](\d{1,3})(?:[-–]\d{1,3})*(?![\d,.]\d|\w|%)")
_SCORE_WORDS = re.compile(r"\d{1,2} a \d{1,2}(?![\d,.]\d|\w|%)")
_SET_SCORES = re.compile(r"(?:,| e)? \d{1,2}[-–]\d{1,2}(?![\d%])")
_SET_SCORES_BEFORE = re.compile(r"\d{1,2}[-–]\d{1,2}(?:,| e)? \Z")
_DOTTED = re.compile(r"\d+(?:\.\d+){2,}")
# the name of one thing: an article, its noun in the singular, five digits or more without a point
_ONE_THING = re.compile(r"(?i)(?:(?<!\w)(?:il|lo|la|d[ae]l|d[ae]ll[oa]|al|all[oa])\s|l['’])[a-zà-ù]{4,}\s\Z")
_SERIAL = 5
_SLASHED = re.compile(r"\d+\s?/\s?(?:\d|[A-Z])")
_RANGE_OF_COUNTS = re.compile(r"\s?[-–]\s?(?P<high>\d{4,6})\s[a-zà-ù]{4,}")
_LAST_YEAR = 2100
_LONGEST_BRACKET = 200
_DEGREES = frozenset("°º")
_NUMERO = re.compile(r"(?<!\w)[Nn]\.?\s?[°º]\s?\Z")
_PHONE = re.compile(r"(?:\+\d{1,3}[\s.-]?)?\d{2,4}(?:[\s./-]\d{2,8}){1,4}(?!\d)")
_SUMMED = re.compile(r"[\d%]\s?\Z")
_OFFSET_SIGNS = frozenset("+-−–")
_PAST_THE_HOUR = re.compile(r"(?i)(?:l['’](?P<one>una)|\b(?:alle|le|dalle) (?P<hour>\w+)) (?:e|meno) \Z")
_DAY_PART = re.compile(r" (?:di|del|della) (?:notte|mattin[oa]|pomeriggio|sera)(?!\w)")
# before a day of the month; among shares `il 25` may be one of them
_BEFORE_DAY = frozenset({"del", "dell", "al", "il"})
_LAST_DAY = 31
_SHARES = re.compile("%|per cento")
# endings of verbs that no plural noun has
_VERB = re.compile(r"(?:r(?:à|anno)|[aei]va(?:no)?|rono|ò)\Z")
_AFTER_DIGITS = re.compile(r"(?:\+\d\d[\s.-]|(?<!\d)0\d{1,3}[\s./-])(?:\d+[\s./-])*\Z")
_OPENERS = " \t\n\r\u00a0\u2009\u202f\u2007([{«“\"‘„—–-+−~≈<>≥≤=%€$£¥|*•·…;!?>/'’,:."
_PARAGRAPH = re.compile(r"\d-?(?:bis|ter|quater|quinquies|sexies|septies|octies)\.\Z")
_CHUNK = re.compile(r"\S{1,80}\Z")


def glued(c: Candidate) -> str | None:
    """Letters, digits or signs glued to it make it part of a name or code (``G20``, ``Covid-19``, ``59esima``)."""
    text, start, end = c.text, c.mention.start, c.mention.end
    following = text[end : end + 1]
    if c.plain_word_before and following == " " and text[end + 1 : end + 2] not in ("°", "º") and text[start] != "+":
        return None
    if following and (following.isalnum() or following == "_") and text[end - 1] not in "%€$£'’°":
        return "not.glued"
    if following == "." and c.bare and _LETTERED.match(text, end):
        return "not.glued"  # i punti 4.a e 4.b
    if following in ("°", "º", "ª") and c.bare:
        return "not.ordinal"
    if text[end : end + 2] in (" °", " º") and c.bare:
        return "not.ordinal"  # `70 ° anniversario`; degrees have been read as a unit
    if following in ("'", "’", "′") and c.plain_integer:
        return "not.game_minute"
    if following == "-" and text[end + 1 : end + 2].isalpha() and c.mention.form == "digits" and c.bare:
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
            # a blank left out after a stop; in `648-ter.1` the number goes on
            return "not.glued" if _PARAGRAPH.search(text[max(0, start - 16) : start]) else None
        if previous == ":" and earlier.isalpha():
            return None
        if previous in "-–" and earlier.isalpha() and c.mention.kind != "count":
            return None
        return "not.glued"
    if previous in "'’" and not earlier.isalpha() and c.plain_integer and len(c.raw) == 2:
        return "not.decade"
    if previous.isspace():
        return None
    chunk = _CHUNK.search(text[max(0, start - 80) : start])
    if chunk is not None and ("://" in chunk[0] or "www." in chunk[0] or "@" in chunk[0] or "#" in chunk[0]):
        return "not.url"
    return None


def date(c: Candidate) -> str | None:
    """Calendar dates in digits or with a month's name."""
    mention = c.mention
    if not c.bare or mention.low is not None:
        return None
    if c.plain_integer and c.word_before in _BEFORE_DAY and mention.value is not None and mention.value <= _LAST_DAY:
        if not c.noun_follows and c.before[1:2] and c.before[1] in c.known["day_parts"]:
            return "not.date"
        earlier = max(0, mention.start - _LONGEST_BRACKET)
        if c.word_before == "il" and _VERB.search(c.following) and not _SHARES.search(c.text, earlier, mention.start):
            return "not.date"  # il 25 comincerà
    if mention.form == "digits":
        if c.text[mention.end : mention.end + 1] in _DATE_JOINTS and _NUMERIC_DATE.match(c.text, mention.start):
            return "not.date"
        if mention.value is None or mention.value > 31:
            return None
        following = c.following.lower()
        day = c.plain_integer and (not following or following in DAY_GOES_ON or following in c.known["months"])
        if day and patterns()["day_of_month"].match(c.text, mention.end):
            return "not.date"
        if c.word_before in c.known["months"] and not c.noun_follows:
            return "not.date"
        if c.word_before in c.known["days"] and c.plain_integer and not c.noun_follows:
            return "not.date"
    elif c.following.lower() in c.known["months"] and len(c.following) > 4:
        return "not.date"
    return None


def year(c: Candidate) -> str | None:
    """A four-digit number without separators is a year unless something makes it a count."""
    mention = c.mention
    value = mention.value
    if c.plain_integer and c.following in _ERA_BEGINS and _ERA.match(c.text, mention.end):
        return "not.year"
    if c.plain_integer and c.word_before == "nel" and not c.noun_follows and not c.following.startswith("de"):
        return "not.year"  # nel 352 aveva
    if value is None or not c.plain_integer or not 1000 <= value <= 2100 or len(c.raw) != 4:
        return _short_year(c)
    onward = _RANGE_OF_COUNTS.match(c.text, mention.end)
    if onward is not None and int(onward["high"]) > _LAST_YEAR:
        return None  # 2000 - 3500 uomini
    before = c.word_before
    if before in c.known["year_before"] or before == "un":
        return "not.year"
    if before in c.known["year_not_before"]:
        return (
            None
            if value < 1900 or c.noun_follows or before in ("circa", "oltre", "quasi", "almeno", "ben")
            else "not.year"
        )
    if c.noun_follows and c.following[-1:] in "aeiàù" and c.following[0].islower() and before != "(":
        return None
    if c.following and c.following.lower() in ("i", "gli", "le", "in", "tra", "fra") and 1000 <= value < 1900:
        return None
    if value < 1400:
        return None
    return "not.year"


_ERA_BEGINS = frozenset("adAD")
_ERA = re.compile(r"(?i)\s(?:[ad]\.?\s?C\.|[ad]\.?C(?!\w))")
_SHORT_YEAR_BEFORE = frozenset({"nell", "dell", "all", "dall", "nel", "anni", "dal", "stagione"})


def _short_year_before(c: Candidate) -> bool:
    """``17 maggio 95``, ``il 7 novembre del settantasette``; in words also ``nel novantuno``."""
    before, months = c.word_before, c.known["months"]
    if before == "nel":  # of some share it would be: nel trenta dei casi
        return c.mention.form == "words" and not c.following.startswith("de")
    after_month = before in months or (before == "del" and c.before[1:2] != [] and c.before[1] in months)
    return after_month and (c.mention.value or 0) > _LAST_DAY


def _short_year(c: Candidate) -> str | None:
    """Decades and two-digit years: ``anni 80``, ``anni Ottanta``, ``nel '98``, ``2024/25``."""
    mention = c.mention
    if not c.bare or mention.value is None:
        return None
    if mention.form == "words" and 1900 <= mention.value <= 2100 and not c.noun_follows:
        before = c.word_before if c.word_before not in ("'", "’") else c.before[1] if len(c.before) > 1 else ""
        return "not.year" if before in c.known["year_before"] or before in c.known["seasons"] else None
    if 20 <= mention.value < 100 and mention.value % 1 == 0 and not c.noun_follows and _short_year_before(c):
        return "not.year"
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


_WIDEST_INDENT = 4


def _heads_its_line(text: str, start: int, indent: str) -> bool:
    """Whether nothing but some characters of ``indent`` stands before a number in its line."""
    line = text.rfind("\n", max(0, start - _WIDEST_INDENT), start)
    return (line >= 0 or start < _WIDEST_INDENT) and not text[line + 1 : start].strip(indent)


def clock(c: Candidate) -> str | None:
    """Clock times: ``ore 23:00``, ``alle 17.30``, ``dalle 9 alle 13``."""
    mention = c.mention
    if mention.kind != "count" or mention.scale != ONE or mention.low is not None:
        return None
    text, start = c.text, mention.start
    past = c.word_before in ("e", "meno") and text[start - 1] == " "
    hour = _PAST_THE_HOUR.search(text[max(0, start - 24) : start]) if past else None
    if hour is not None and (hour["one"] or hour["hour"].isdigit() or cardinal(hour["hour"])) and not c.noun_follows:
        return "not.clock"
    before = c.word_before if c.word_before not in ("'", "’") else (c.before[1] if len(c.before) > 1 else "")
    if mention.form == "digits":
        if text[mention.end : mention.end + 1] == ":" and _COLON_CLOCK.match(text, start):
            return "not.clock"
        if before in c.known["clock"] and _CLOCK.match(text, start):
            return "not.clock"
        if before == ":" and _HOUR.search(text[max(0, start - 12) : start]):
            return "not.clock"  # ore 10: 30
        if "numeral.point" in mention.rules and _POINT_CLOCK.match(text, start) and not c.noun_follows:
            heads = _heads_its_line(text, start, " \t") and _HEADS_A_LINE.match(text, mention.end) is not None
            if heads or before in c.known["timetable"]:
                return "not.clock"
        if c.following == "ora" and mention.value not in (None, 1):
            return "not.clock"  # alle 23 ora locale
        if c.following in c.known["zones"] and mention.value is not None and mention.value <= 24:
            return "not.clock"  # le 11 UTC
        if before in _OFFSET_SIGNS or text[start] in _OFFSET_SIGNS:
            zone = c.before_as_written[before in _OFFSET_SIGNS :][:1]
            if zone and zone[0] in c.known["zones"]:
                return "not.clock"  # UTC + 1
    if before == "delle" and mention.value is not None and mention.value <= 24 and not c.noun_follows:
        return "not.clock" if c.before[1:2] == ["prima"] or _DAY_PART.match(text, mention.end) else None
    if before not in c.known["clock"]:
        return None
    if before in ("all", "dall") and mention.value != 1 and not _CLOCK.match(text, start):
        return None
    if mention.value is not None and mention.value <= 24 and "," not in c.raw:
        if before in ("ore", "h", "orario") or "compose.half" in mention.rules:
            return "not.clock"  # alle otto e mezza, whatever follows
        if not c.noun_follows or c.following.lower() in ("precise", "locali", "circa", "italiane"):
            return "not.clock"
        singular = c.following.endswith("a") and c.following.islower() and c.following not in c.known["plurals_in_a"]
        if _VERB.search(c.following) or singular:
            return "not.clock"  # alle 12 chiuderanno i seggi, alle 22 bassa l'affluenza
    return None


def code(c: Candidate) -> str | None:
    """Versions, law numbers, phone numbers and the like, by their shape."""
    mention = c.mention
    if mention.form not in ("digits", "fraction", "negative") or mention.kind not in ("count", "ratio"):
        return None
    text, start = c.text, mention.start
    dotted = not c.plain_integer and c.bare and "numeral.dotted" not in mention.rules and not counts_broken(c)
    if dotted and _DOTTED.match(text, start):
        return "not.version"
    following = text[mention.end : mention.end + 1]
    if following and following in ":." and mention.bare and text[mention.end + 1 : mention.end + 2].isdigit():
        # 16:9, una proporzione di 1:3; 192.168.1.1
        return "not.score" if following == ":" else "not.version"
    if (
        "/" in text[mention.end : mention.end + 2]
        and _SLASHED.match(text, start)
        and mention.form != "fraction"
        and mention.scale == ONE
        and not two_by_slash(text, start)
    ):
        return "not.code"
    if mention.scale != ONE:
        return None
    raw = c.raw.lstrip("+-−")
    if raw in c.known["emergency"] and c.word_before in c.known["emergency_after"] and not c.noun_follows:
        return "not.phone"
    if raw[0] == "0" and len(raw) > 1 and raw[1].isdigit():
        return "not.code"
    if c.raw[0] == "+" and len(raw) == 2 and _PHONE.match(text, start):
        return "not.phone"
    if text[start - 2 : start - 1].isdigit() and _AFTER_DIGITS.search(text[max(0, start - 12) : start]):
        return "not.phone"
    if c.plain_integer and not c.known["dialled"].isdisjoint(c.before):
        return "not.phone"
    degrees = c.plain_integer and not _DEGREES.isdisjoint(text[max(0, start - 2) : start])
    if degrees and _NUMERO.search(text[max(0, start - 6) : start]) and not c.plural_follows:
        return "not.identifier"  # N ° 49423
    if c.plain_integer and raw.isdigit() and len(raw) >= 9:
        return "not.code"
    serial = c.plain_integer and len(raw) >= _SERIAL and not c.plural_follows
    if serial and _ONE_THING.search(text[max(0, start - 24) : start]):
        return "not.identifier"  # l'asteroide 274301
    if (
        c.plain_integer
        and len(raw) == 5
        and c.following
        and c.following[0].isupper()
        and c.word_before in (",", "-", "–", ".")
    ):
        return "not.postcode"
    return None


def address(c: Candidate) -> str | None:
    """A house number after a street's name."""
    if not c.plain_integer or c.noun_follows:
        return None
    if c.plain_word_before[:1].islower() and c.plain_word_before[0] != "d":
        return None  # a street's name is capitalised, save its prepositions
    return (
        "not.address" if patterns()["address"].search(c.text[max(0, c.mention.start - 60) : c.mention.start]) else None
    )


def score(c: Candidate) -> str | None:
    """Match scores: ``3-1``, ``6-4``; a range ascends and has a unit, a noun or a modifier."""
    mention = c.mention
    if mention.form != "digits" or mention.kind != "count" or mention.scale != ONE:
        return None
    behind = c.text[mention.end : mention.end + 3]
    spoken = _SCORE_WORDS.match(c.text, mention.start) if behind == " a " else None
    if spoken is not None and c.word_before not in ("da", "dai", "dal") and not noun_follows(c.text, spoken.end()):
        return "not.score"
    found = _SCORE.match(c.text, mention.start) if behind.startswith(("-", "–")) else None
    if found is None:
        return None
    if _SET_SCORES.match(c.text, found.end()) or _SET_SCORES_BEFORE.search(
        c.text[max(0, mention.start - 8) : mention.start]
    ):
        return "not.score"
    low, high = int(found[1]), int(found[2])
    if found.group().count("-") + found.group().count("–") > 1 or low >= high:
        return "not.score"
    following = word_after(c.text, found.end())
    counted = is_content_word(following) and following not in c.known["score_behind"]
    if counted or c.word_before in c.known["no_score_before"]:
        return None
    return "not.score" if high < _HIGHEST_SCORE and c.word_before in c.known["score_before"] else None


_HIGHEST_SCORE = 200
_LONGEST_MARKER = 2
# behind the number of a paragraph: its title, or nothing
_TITLE = re.compile(r"\.(?:\s[A-ZÀ-Ý]|[ \t]*(?:\n|\Z))")
_PARAGRAPH_BEGINS = re.compile(r"[.!?:\n]\s*\n\Z")


def list_marker(c: Candidate) -> str | None:
    """``1.`` or ``2)`` at the beginning of a line."""
    if not c.plain_integer or not c.raw.isdecimal():
        return None
    start, end, text = c.mention.start, c.mention.end, c.text
    if len(c.raw) > _LONGEST_MARKER:
        begins = start == 0 or _PARAGRAPH_BEGINS.search(text, max(0, start - 3), start) is not None
        return "not.list_marker" if begins and _TITLE.match(text, end) else None
    if _heads_its_line(text, start, " \t(") and re.match(r" ?\)|\.\s|°\)|\.-|\s?[-–]\s", text[end : end + 3]):
        return "not.list_marker"
    if (
        text[end : end + 1] == ")"
        and start
        and text[start - 1] in " \n"
        and not in_brackets(text, start, _LONGEST_BRACKET)
    ):
        return "not.list_marker"
    if text[end : end + 2] == " )" and not in_brackets(text, start, _LONGEST_BRACKET):
        return "not.list_marker"
    return None
