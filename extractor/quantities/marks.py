"""Exclusions by what a number does in a text's layout: marks of notes, plural references, minutes in match
sheets, house numbers, teams, idioms.

Each check returns the name of the rule by which a candidate is no quantity, or None. The words stand in
``lexicon/not_quantities.toml``.
"""

from __future__ import annotations

import re

from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.numerals.words import cardinal
from extractor.quantities.candidate import Candidate
from extractor.quantities.context import function_words, is_content_word, word_after
from extractor.quantities.joints import joints
from extractor.quantities.tables import GAP
from extractor.quantities.trie import trie

_AFTER_IN_BRACKETS = re.compile(r"(?:\s?[,;–-]\s?\d{1,4}){0,12}\]")
_MARK_BEFORE = re.compile(r"\(\d{1,2}\)\s?\Z")
_MARK_AFTER = re.compile(r"\)\s?\(\d{1,2}\)")
_END_OF_ITEM = re.compile(r"\)(?:\s*(?:[,;.–-]|\Z)|\s(?:ed?|o)\s)")
_LONGEST_LIST = 40
_NEXT_MARK = 4000


@per_lexicon
def _before_in_brackets() -> re.Pattern[str]:
    """``[3, 5]``, or a reference to another place (``[v. 1100]``)."""
    see = trie(load_table("not_quantities")["see"]["abbreviations"])
    return re.compile(rf"\[(?:(?:{see})\.\s?)?(?:\d{{1,4}}\s?[,;–-]\s?)*")


def mark_of_note(c: Candidate) -> str | None:
    """``[934]``, ``[3, 5]``; ``(1)`` where such marks count up from it or stand in a row (``(2) (3)``)."""
    text, start, end = c.text, c.mention.start, c.mention.end
    previous = text[start - 1 : start]
    if previous == "(":
        if text[end : end + 1] == ")" and len(c.raw) <= 2 and c.raw.isdecimal() and _counts_up(c):
            return "not.footnote"
        return None
    if previous == " ":
        previous = text[start - 2 : start - 1]
    if previous not in ("[", ",", ";", "-", "–", "."):
        return None
    opening = text.rfind("[", max(0, start - _LONGEST_LIST), start)
    inside = (
        opening >= 0 and _before_in_brackets().fullmatch(text, opening, start) and _AFTER_IN_BRACKETS.match(text, end)
    )
    return "not.footnote" if inside else None


def _counts_up(c: Candidate) -> bool:
    text, start, end = c.text, c.mention.start - 1, c.mention.end
    if _MARK_AFTER.match(text, end) or _MARK_BEFORE.search(text[max(0, start - 5) : start]):
        return True
    counted = c.before_as_written[1:2]
    if counted and counted[0][0].isupper() and _END_OF_ITEM.match(text, end):
        return False  # Molise (1), Lazio (2): of each so many
    number = int(c.raw)
    if number == 1:
        return "(2)" in text[end : end + _NEXT_MARK]
    earlier = text[max(0, start - _NEXT_MARK) : start]
    return f"({number - 1})" in earlier and "(1)" in earlier


_FROM = frozenset({"da", "dal", "dall"})
_SEVERAL = re.compile(
    rf"(?:{GAP}?[,–-]{GAP}?\d{{1,4}}){{0,12}}?(?:,?{GAP}(?:e|ed|o){GAP}(?:(?:il|i|gli|le){GAP})?|{GAP}?[–-]{GAP}?)\d{{1,4}}(?![\d%]|[.,]\d)"
)


# how `e seguenti` and its abbreviations begin
_FOLLOWING = frozenset({"e", "ss", "segg"})


@per_lexicon
def _and_those_behind() -> re.Pattern[str]:
    return re.compile(rf"{GAP}(?:{trie(load_table('not_quantities')['plurals']['following'])})(?!\w)")


def plural_reference(c: Candidate) -> str | None:
    """``paragrafi 4, 5 e 6``, ``gli articoli da 3 a 7``, ``i gruppi 4 e 5``: the first of the list."""
    known, before = c.known, c.word_before
    if c.following in _FOLLOWING and _and_those_behind().match(c.text, c.mention.end):
        return "not.reference"
    if before in known["referring_to_several"]:
        several = _SEVERAL.match(c.text, c.mention.end)
        following = word_after(c.text, several.end()) if several else c.following
        referring = several is not None
    else:
        following = c.following
        referring = before in known["plural_references"] or (
            before in _FROM and c.before[1:2] != [] and c.before[1] in known["referring_from"]
        )
    return "not.reference" if referring and not (is_content_word(following) and following[0].islower()) else None


_SHORTEST_NOUN = 4


def numbered(c: Candidate) -> str | None:
    """``il pilone 9``, ``dell'obiettivo 1``: a noun with the article of one thing is told apart by a bare number.

    It counts nothing, unless the noun is itself what a number measures (``l'indice 54``), or one of several that have
    a number each (``la destra ha 12 seggi, la sinistra 8``).
    """
    noun, known = c.plain_word_before, c.known
    if len(noun) < _SHORTEST_NOUN or not noun.islower() or noun[-1] not in "oae" or c.noun_follows:
        return None
    if noun in known["measured"] or noun in function_words():
        return None
    before = [word for word in c.clause_before[1:4] if word not in ("'", "’")]
    if len(before) < 2 or before[0] not in known["articles_of_one"]:
        return None
    governed = before[1].isalpha() and before[1] not in known["gapping"]
    return "not.label" if governed or before[0].startswith("d") else None


_SCORE_IN_BRACKETS = re.compile(r"\(\d{1,3}[-–]\d{1,3}\)")
_LAST_MINUTE = 130
_LONGEST_SHEET = 800
_LONGEST_ITEM = 60


@per_lexicon
def _sheet() -> tuple[re.Pattern[str], frozenset[str]]:
    table = load_table("not_quantities")["match_sheets"]
    before_names = frozenset([*table["codes"], *table["before_names"]])
    return re.compile(rf"(?i)(?<!\w)(?:{trie(table['headings'])})\s?:"), before_names


def sheet_minute(c: Candidate) -> str | None:
    """``Marcatori: 8 Neri (0-5); 30 Galli (3-5)``: the minute of each score, before the name of who scored;
    ``Sio (59 Slipper), Kepu (62 Holmes)``: of each change; ``Ammonizioni: 42 Fuser``."""
    text, start = c.text, c.mention.start
    value = c.mention.value
    if value is None or value > _LAST_MINUTE:
        return None
    if text[start - 1 : start] == "(":
        return "not.game_minute" if _changes_around(c) else None
    if text[start - 2 : start - 1] not in (":", ";", ",", "t", "-"):
        return None
    if _cards().search(text[max(0, start - _LONGEST_ITEM) : start]) and _CARD.match(text, c.mention.end):
        return "not.game_minute"
    heading, before_names = _sheet()
    if c.following and not c.following[0].isupper() and c.following not in before_names:
        return None
    first = max(0, start - _LONGEST_SHEET)
    line = text[max(first, text.rfind("\n", first, start)) : start]
    found = heading.search(line)
    if found is None:
        return None
    item = text[start : start + _LONGEST_ITEM].partition(";")[0]
    scored = _SCORE_IN_BRACKETS.search(line, found.end()) or _SCORE_IN_BRACKETS.search(item)
    return "not.game_minute" if scored else None


_CHANGE = re.compile(r"[A-ZÀ-Ý][\w'’.-]+\s\((\d{1,3})\s[A-ZÀ-Ý][\w'’. -]*\)")
# behind the minute of a card the name, or the minute in which the time off ends (42 - 52 Fuser)
_CARD = re.compile(r"(?:\s?[-–]\s?\d{1,3})?\s[A-ZÀ-Ý]")
_SEVERAL_CHANGES = 3


def _changes_around(c: Candidate) -> bool:
    first = max(0, c.mention.start - _LONGEST_SHEET)
    minutes = [int(m[1]) for m in _CHANGE.finditer(c.text, first, c.mention.end + _LONGEST_SHEET)]
    return c.following[:1].isupper() and len(minutes) >= _SEVERAL_CHANGES and max(minutes) <= _LAST_MINUTE


@per_lexicon
def _cards() -> re.Pattern[str]:
    headings = trie(load_table("not_quantities")["match_sheets"]["cards"])
    return re.compile(rf"(?i)(?<!\w)(?:{headings})(?:\s\w+)?\s?:\s(?:[^:\n]*[,;]\s|\d{{1,3}}\s?[-–]\s?)?\Z")


_BEFORE_HOUSES = frozenset({"al", "dal", "del", "il", "civico"})
_BETWEEN_HOUSE_AND_STREET = frozenset({"di", "del", "della", "dell", "in", ","})


@per_lexicon
def _houses() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = load_table("not_quantities")["address"]
    foreign = rf"(?:[A-ZÀ-Ý][\w.'’]*{GAP}){{1,3}}(?:{'|'.join(table['foreign'])})(?!\w)"
    joint = rf"(?:,{GAP}(?:in{GAP})?|{GAP}(?:di|in|del|della){GAP}|{GAP}dell['’])"
    return (
        re.compile(rf"{joint}(?:(?i:{trie(table['before'])}){GAP}[\w'’]+|{foreign})"),
        re.compile(rf",?{GAP}{foreign}"),
    )


def house_number(c: Candidate) -> str | None:
    """``al 12 di via Roma``, ``al 221 di Baker Street``, ``10 Downing Street``: a house number before its street."""
    following = c.following
    if following[:1].isupper():
        return "not.address" if _houses()[1].match(c.text, c.mention.end) else None
    if c.word_before not in _BEFORE_HOUSES or following not in _BETWEEN_HOUSE_AND_STREET:
        return None
    return "not.address" if _houses()[0].match(c.text, c.mention.end) else None


_ELIDED = frozenset({"l", "dell", "all", "nell", "dall", "sull", "quell"})


def team(c: Candidate) -> str | None:
    """``l'undici titolare``: the article is singular, so nobody is counted; *dall'otto all'undici* is a range."""
    if c.word_before not in ("'", "’") or c.before[1:2] == [] or c.before[1] not in _ELIDED:
        return None
    return None if joints().goes_on.match(c.text, c.mention.end) else "not.name"


@per_lexicon
def _idioms() -> dict[str, list[tuple[re.Pattern[str], re.Pattern[str]]]]:
    """Set phrases by the number in them: what stands before it and behind."""
    found: dict[str, list[tuple[re.Pattern[str], re.Pattern[str]]]] = {}
    for phrase in load_table("not_quantities")["phrases"]["whole"]:
        before, number, after = _parts(phrase)
        patterns = re.compile(rf"(?i)(?<!\w){re.escape(before)}\Z"), re.compile(rf"(?i){re.escape(after)}(?!\w)")
        found.setdefault(number, []).append(patterns)
    return found


def _parts(phrase: str) -> tuple[str, str, str]:
    """A phrase before its first number word, that word, and the rest."""
    word = next((w for w in re.finditer(r"[^\W\d_]+", phrase) if (cardinal(w.group()) or 0) > 1), None)
    return (phrase, "", "") if word is None else (phrase[: word.start()], word.group(), phrase[word.end() :])


_LONGEST_IDIOM = 40


def idiom(c: Candidate) -> str | None:
    """``a due passi dal mare``, ``su due piedi``: set phrases that count nothing."""
    mention = c.mention
    rows = _idioms().get(c.text[mention.start : mention.number_end].lower()) if mention.form == "words" else None
    if rows is None:
        return None
    left = c.text[max(0, mention.start - _LONGEST_IDIOM) : mention.start]
    for before, after in rows:
        found = after.match(c.text, mention.number_end)
        if found is not None and before.search(left):
            mention.end = found.end()  # nothing in the rest of it counts either: in quattro e quattr'otto
            return "not.phrase"
    return None


_DAY_AND_MONTH = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\.00\Z")
_SHARE = re.compile(r"\s?\([\d.,]+\s?%")


def counts_broken(c: Candidate) -> bool:
    """Whether broken thousands (``25.00.00 persone``) count what follows, or have their share behind them."""
    if "numeral.broken" not in c.mention.rules or _DAY_AND_MONTH.match(c.raw):
        return False
    counts = c.plural_follows or (c.noun_follows and c.following.endswith("à"))
    return counts or c.word_before in c.known["counting"] or _SHARE.match(c.text, c.mention.end) is not None


@per_lexicon
def _documents() -> re.Pattern[str]:
    codes = trie(load_table("not_quantities")["documents"]["codes"])
    return re.compile(rf"(?<!\w)(?:{codes})\s?\((?:\d{{2,4}}\)\s)?\Z")


def document(c: Candidate) -> str | None:
    """``COM (1999) 344``, ``COM(98) 586``: the year and the number of a document of the Union."""
    text, start, end = c.text, c.mention.start, c.mention.end
    if text[start - 1] == "(" and text[end : end + 1] != ")":
        return None
    if text[start - 1] != "(" and text[start - 2 : start] != ") ":
        return None
    return "not.reference" if _documents().search(text, max(0, start - 16), start) else None


def day_behind_letter(c: Candidate) -> str | None:
    """``m 14 luglio``: a letter before a day of the month is no unit."""
    day = c.raw.partition(" ")[2]
    dated = c.following in c.known["months"] and c.raw[0].isalpha() and day.isdecimal() and len(day) <= _LONGEST_DAY
    return "not.date" if dated else None


_LONGEST_DAY = 2


def those_that_follow(c: Candidate) -> str | None:
    """``entro i 7 successivi``: their unit of time is left out, and they only place something in time."""
    if c.following not in c.known["in_order"] or c.word_before not in c.known["order_articles"]:
        return None
    joined = c.word_before in c.known["joined_articles"]
    if not joined and c.before[1:2] != ["entro"]:
        return None
    noun = word_after(c.text, c.mention.end + 1 + len(c.following))
    return None if is_content_word(noun) and noun[-1] in "ie" else "not.placing"
