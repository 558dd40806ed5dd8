"""Time expressions and their values: the grammar of Italian dates, periods and deictic words.

Values are ISO 8601 or EDTF (ISO 8601-2): ``2024``, ``2024-05``, ``2024-Q3``, ``2024-01/2024-09``,
``198X`` (a decade), ``2024-22`` (a summer), ``T23:00``. What only the day of the text can tell
(*ieri*, *maggio*) has a value where that day is given, else None. The words are those of TIMEX3's
DATE, TIME and DURATION with an anchor; a duration without one is a quantity, never a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from extractor.claims.clauses import alternatives, fold, folded, noted
from extractor.claims.timevalues import (
    Lexicon,
    day_value,
    distance_value,
    lexicon,
    month_span,
    month_value,
    part_value,
    run_value,
    shift_months,
    year_value,
)
from extractor.claims.view import Found, SentenceView

_YEAR = r"(?:1[0-9]{3}|2[01][0-9]{2})(?![0-9%]|[.,:][0-9])"
_YY = rf"(?:{_YEAR}|'[0-9]{{2}}(?![0-9]))"
_DAY = r"(?:[12][0-9]|3[01]|0?[1-9]|primo)"
_OF_YEAR = r"(?:del\s+|dell'anno\s+|dell'esercizio\s+|di\s+|nel\s+|anno\s+)?"
_EARLIEST, _LATEST = 1000, 2199

Evaluate = Callable[[re.Match[str], "date | None"], "str | None"]


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    pattern: re.Pattern[str]
    evaluate: Evaluate


def _relative_year(words: Lexicon) -> str:
    return rf"(?:anno\s+(?:{words.placed})|(?:{words.placed})\s+anno|quest'anno|anno)"


def _number(words: Lexicon) -> str:
    return rf"(?:[0-9]{{1,3}}|{alternatives(words.numbers)})"


@lru_cache(maxsize=1)
def _rules() -> dict[str, _Rule]:
    words = lexicon()
    month, month_any = alternatives(words.months_full), rf"(?:{alternatives(words.months)})\.?"
    weekday, unit = alternatives(words.weekdays), alternatives(words.singular)
    units, number = alternatives(words.units), _number(words)
    placed, runs = words.placed, alternatives(words.run_words)
    relative_year = _relative_year(words)
    adverbs = alternatives(words.adverbs)
    year = rf"(?P<year>{_YY})"
    of_period = rf"(?:\s+{_OF_YEAR}{year}|\s+(?:del|dell'|dello\s|di)\s*(?P<rel>{relative_year}))?"
    ordinal = alternatives(words.ordinals)
    part_of = alternatives(words.part_of)
    noun, month_nouns = alternatives(words.year_nouns), alternatives(words.month_nouns)
    clock = "|".join(f"(?<={re.escape(w)} )" if not w.endswith("'") else f"(?<={w})" for w in words.clock_after)
    patterns: list[tuple[str, str, Evaluate]] = [
        ("iso", rf"(?P<year>{_YEAR})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])(?![0-9])", _day),
        (
            "numeric",
            rf"(?P<day>[0-3]?[0-9])(?P<sign>[/.])(?P<month>[01]?[0-9])(?:(?P=sign))(?P<year>{_YEAR}|[0-9]{{2}}(?![0-9/.]))",
            _day,
        ),
        (
            "clock",
            rf"(?:(?:ore\s+|{clock})(?P<hour>2[0-4]|[01]?[0-9])(?:[:.](?P<minute>[0-5][0-9]))?|(?P<hour2>2[0-4]|[01]?[0-9]):(?P<minute2>[0-5][0-9]))"
            rf"(?![0-9%]|[.,:][0-9])(?:\s*\([a-z]{{2,5}}\))?(?:\s+(?:di|del)\s+(?P<day>{adverbs}|{weekday}))?",
            _clock,
        ),
        (
            "days",
            rf"(?P<day>{_DAY})[°º]?(?:\s+(?P<month>{month_any}))?(?:\s*[-/]\s*|\s+(?:al|e\s+il|e|ed)\s+|\s+(?:all'|e\s+l'))(?P<day2>{_DAY})[°º]?\s+(?P<month2>{month_any})(?:\s+(?:del\s+)?{year})?",
            _days,
        ),
        (
            "day",
            rf"(?:(?P<weekday>{weekday}|{adverbs}),?\s+(?:il\s+)?)?(?P<day>{_DAY})[°º]?\s+(?P<month>{month_any})(?:,?\s+(?:del\s+|dell'anno\s+)?{year}|\s+(?P<placed>{placed}))?",
            _day,
        ),
        ("month_years", rf"(?P<month>{month})\s+(?P<year>{_YEAR})\s*[-/]\s*(?P<year2>{_YEAR})", _month_years),
        (
            "months",
            rf"(?:(?:{month_nouns})\s+(?:di\s+)?)?(?P<month>{month})(?:\s+(?:del\s+)?(?P<year1>{_YEAR}))?(?:\s*[-/]\s*|\s+(?:ad?|e|ed)\s+)(?P<month2>{month}){of_period}",
            _months,
        ),
        (
            "part_code",
            rf"(?:(?P<code>[qh])(?P<n>[1-4])|(?P<n2>[1-4])(?P<code2>[qh]))(?:\s*['-]?\s*(?P<year>{_YEAR}|'?[0-9]{{2}}(?![0-9])))?",
            _part_code,
        ),
        (
            "part",
            rf"(?P<n>{ordinal}|ultimo)(?:\s+e\s+(?P<n2>{ordinal}))?\s+(?P<part>{alternatives(words.parts)})(?P<fiscal>\s+fiscale)?{of_period}",
            _part,
        ),
        (
            "run",
            rf"(?P<run>{runs})(?:\s+(?P<n>{number}))?\s+(?P<unit>{alternatives(words.plural)})"
            rf"(?:\s+{_OF_YEAR}{year}|\s+(?:del|dell'|dello\s|di)\s*(?P<rel>{relative_year})|\s+di\s+(?:{month}))?",
            _run,
        ),
        ("run_after", rf"(?P<n>{number})\s+(?P<unit>{alternatives(words.plural)})\s+(?P<run>{runs})", _run),
        (
            "distance",
            rf"(?:(?P<n>{number}|un|una|{alternatives(words.vague)})\s+|(?P<elided>un|{alternatives(words.elided)})')(?P<unit>{units})\s+(?P<way>{alternatives(words.distance)})",
            _distance,
        ),
        (
            "same_period",
            rf"(?:{alternatives(words.same)})\s+(?:periodo|{unit}|{month})(?:\s+(?:del|dell'|dello\s|di|della)\s*(?:{_YY}|{relative_year}|{month}(?:\s+{_YEAR})?)|\s+(?:{placed}))?",
            _nothing,
        ),
        ("this", rf"(?P<place>quest[oa]\s+|quest')(?P<unit>{unit})", _deictic),
        ("placed_before", rf"(?P<place>{placed}|ultim[oa])\s+(?P<unit>{unit})", _deictic),
        (
            "placed_after",
            rf"(?:fine\s+)?(?P<unit>{unit}|periodo)\s+(?P<place>{placed})(?!\s+(?:{unit})(?!\w))",
            _deictic,
        ),
        ("edge", rf"(?:{part_of})\s+(?:d'|del\s+|dell'|di\s+)?(?:{unit})", _nothing),
        (
            "decade",
            rf"anni\s+(?:'(?P<digit>[0-9])0|(?P<word>{alternatives(words.decades)})|(?P<century>1[0-9])(?P<digit2>[0-9])0)",
            _decade,
        ),
        ("century", r"[ivx]{1,5}\s+secolo", _nothing),
        (
            "years_between",
            rf"(?:{alternatives(words.between)})\s+(?P<span>(?P<year>{_YEAR})\s+(?:e\s+il|e|ed\s+il|al|alla\s+fine\s+del)\s+(?P<year2>{_YEAR}))",
            _years,
        ),
        ("years", rf"(?:(?:{noun})\s+)?(?P<year>{_YEAR})\s*[-/]\s*(?P<year2>{_YEAR}|[0-9]{{2}}(?![0-9/-]))", _years),
        ("part_of_year", rf"(?P<part_of>{part_of})\s+(?:del\s+|dell'|d'|di\s+|dell'anno\s+)?{year}", _part_of_year),
        (
            "season",
            rf"(?:(?:{placed})\s+)?(?P<season>{alternatives(words.seasons)})(?:\s+(?:{placed})|\s+(?:del\s+)?{year})?",
            _season,
        ),
        (
            "month",
            rf"(?:(?:{part_of}|{month_nouns})\s+(?:di\s+)?|(?P<place>{placed})\s+)?(?P<month>{month})(?:\s+{_OF_YEAR}{year}|\s+(?:del|dell'|dello\s|di)\s*(?P<rel>{relative_year})|\s+(?P<place2>{placed}))?",
            _month,
        ),
        (
            "weekday",
            rf"(?:(?P<place>{placed})\s+)?(?P<weekday>{weekday})(?:(?:\s+(?:ad?|al|e)\s+|\s*-\s*)(?P<weekday2>{weekday}))?(?:\s+(?P<place2>{placed}))?(?:\s+(?:{alternatives(words.day_parts)}))?",
            _weekday,
        ),
        ("adverb", rf"(?P<adverb>{adverbs})", _adverb),
        ("year", rf"(?:(?:{noun})\s+)?{year}", _year),
    ]
    return {name: _Rule(name, re.compile(rf"(?:{pattern})(?!\w)"), evaluate) for name, pattern, evaluate in patterns}


@lru_cache(maxsize=1)
def _any() -> re.Pattern[str]:
    """One search for where any rule may match; names inside the rules are dropped, the rules' own kept."""
    bodies = []
    for rule in _rules().values():
        body = re.sub(r"\(\?P=\w+\)", "[/.]", re.sub(r"\(\?P<\w+>", "(?:", rule.pattern.pattern))
        bodies.append(f"(?P<{rule.name}>{body})")
    return re.compile(rf"(?<![\w€$£])(?<![0-9][.,/:-])(?<!/)(?:{'|'.join(bodies)})")


def time_expressions(view: SentenceView) -> list[Found]:
    """Return every expression of the sentence that can place a quantity in time, in order.

    Spans leave out a leading preposition or article. An expression that overlaps a quantity is none
    (a duration is a claim; a number with a noun is not a year). ``value`` is None where only the day of
    the text, or another sentence, tells it.
    """
    return list(noted(view, "times", lambda: _expressions(view)))


def _expressions(view: SentenceView) -> list[Found]:
    text = folded(view)
    taken = [(m.start - view.start, m.end - view.start) for m in view.mentions]
    found: list[Found] = []
    position = 0
    while (match := _any().search(text, position)) is not None:
        rule = _rules()[str(match.lastgroup)]
        own = rule.pattern.match(text, match.start())
        if own is None:  # the numeric date with two different signs
            position = match.end()
            continue
        group = "span" if "span" in rule.pattern.groupindex else 0
        low, high = own.span(group)
        clash = next((span for span in taken if span[0] < high and low < span[1]), None)
        if clash is not None:
            # what stands behind the quantity may still be one: `[dieci giorni] del 2024`
            position = (
                max(clash[1], match.start() + 1) if clash[0] <= match.start() else _next_word(text, match.start())
            )
            continue
        if not _fits(view, text, rule.name, own):
            position = _next_word(text, match.start())
            continue
        found.append(Found(view.start + low, view.start + high, f"time.{rule.name}", rule.evaluate(own, None)))
        position = high
    return found


def resolve(text: str, value: str | None, article_date: date | None) -> str | None:
    """Return the value of a time expression, with the day of the text where that is known.

    Args:
        text: the expression as written (``ieri``, ``primi nove mesi``, ``maggio``).
        value: the value that the text alone gave; it stands where there is one.
        article_date: the day of the text, or None.
    """
    if value is not None or article_date is None:
        return value
    folded_text = fold(text)
    for prefix in ("", "alle ", "tra il "):  # what a rule wants to see before the expression
        match = _any().match(prefix + folded_text, 0) or _any().match(prefix + folded_text, len(prefix))
        if match is not None:
            rule = _rules()[str(match.lastgroup)]
            own = rule.pattern.match(prefix + folded_text, match.start())
            if own is not None and (found := rule.evaluate(own, article_date)) is not None:
                return found
    return None


def _next_word(text: str, position: int) -> int:
    match = re.compile(r"\w+|\W").match(text, position)
    return match.end() if match else position + 1


_LEFT = re.compile(r"(\w+'?|[^\w\s])\s*\Z")


def _left_word(text: str, position: int) -> str:
    match = _LEFT.search(text, max(0, position - 24), position)
    return match[1].rstrip("'") if match else ""


def _fits(view: SentenceView, text: str, name: str, match: re.Match[str]) -> bool:
    """Whether the words around allow the reading: identifiers and habits are no times."""
    words = lexicon()
    start = match.start()
    if name == "weekday":
        habitual = words.habit
        return not any(text[:start].endswith(h + " ") for h in habitual) or any(
            match[g] is not None for g in ("place", "place2")
        )
    if name in ("year", "years", "part_code"):
        first = match["year"]
        if name == "part_code":
            return True
        left = _left_word(text, start)
        if first.startswith("'"):
            return left in words.year_before
        if left in words.norms or left in words.year_not_before or left in "#°º€$£%+":
            return not left
        if not (_EARLIEST <= int(first) <= _LATEST):
            return False
        # a bare number below the age of newspapers needs a word that makes it a year
        if int(first) < 1500 and left not in words.year_before:
            return False
        return (
            re.search(rf"(?<!\w)(?:{words.norms_pattern})(?!\w)[^,;:]{{0,24}}\Z", text[max(0, start - 40) : start])
            is None
        )
    if name == "part":
        # `i trimestre` is roman only in capitals
        ordinal = view.sentence[match.start("n") : match.end("n")]
        return ordinal.lower() not in words.roman or ordinal.isupper()
    if name == "season" and match["year"] is None and match["season"] in words.feasts:
        return _left_word(text, start) in words.feast_before
    if name == "century":
        return view.sentence[start : start + 1].isupper()
    return True


def _nothing(match: re.Match[str], today: date | None) -> str | None:
    return None


def _groups(match: re.Match[str], names: Sequence[str]) -> list[str | None]:
    have = match.re.groupindex
    return [match[name] if name in have else None for name in names]


def _day(match: re.Match[str], today: date | None) -> str | None:
    day, month, year, placed = _groups(match, ("day", "month", "year", "placed"))
    return day_value(day, month, year, placed, today)


def _days(match: re.Match[str], today: date | None) -> str | None:
    first = day_value(match["day"], match["month"] or match["month2"], match["year"], None, today)
    last = day_value(match["day2"], match["month2"], match["year"], None, today)
    return f"{first}/{last}" if first and last and first <= last else None


def _clock(match: re.Match[str], today: date | None) -> str | None:
    hour, minute = match["hour"] or match["hour2"], match["minute"] or match["minute2"] or "00"
    time = f"T{int(hour):02d}:{minute}"
    named = match["day"]
    if named is None:
        return time
    days = lexicon().adverbs.get(named)
    return None if today is None or days is None else (today + timedelta(days)).isoformat() + time


def _month_years(match: re.Match[str], today: date | None) -> str | None:
    month = lexicon().months[match["month"]]
    return f"{match['year']}-{month:02d}/{match['year2']}-{month:02d}"


def _period_year(match: re.Match[str], today: date | None) -> int | None:
    """The year that *del 2024*, *dell'anno scorso* or *dell'anno* names, if it can be told."""
    if match["year"] is not None:
        return year_value(match["year"])
    relative = match["rel"]
    if relative is None or today is None:
        return None
    shift = lexicon().year_shift(relative)
    return None if shift is None else today.year + shift


def _months(match: re.Match[str], today: date | None) -> str | None:
    first, last = (lexicon().months[match[g]] for g in ("month", "month2"))
    end = _period_year(match, today)
    if end is None:
        if today is None or match["rel"] is not None:
            return None
        end = today.year if last <= today.month else today.year - 1
    begin = int(match["year1"]) if match["year1"] else end if first <= last else end - 1
    return f"{begin}-{first:02d}/{end}-{last:02d}"


def _part_code(match: re.Match[str], today: date | None) -> str | None:
    number, code = match["n"] or match["n2"], match["code"] or match["code2"]
    year = match["year"]
    if year is None:
        return None
    length = 3 if code == "q" else 6
    return part_value(int(number), None, length, year_value(year if len(year) != 2 else f"'{year}"))


def _part(match: re.Match[str], today: date | None) -> str | None:
    words = lexicon()
    length = words.parts[match["part"]]
    year = _period_year(match, today)
    if match["fiscal"]:
        return None
    number = 12 // length if match["n"] == "ultimo" else words.ordinals[match["n"]]
    last = words.ordinals[match["n2"]] if match["n2"] else None
    if year is None:
        if today is None or match["rel"] is not None or match["n"] == "ultimo":
            return None
        # the last one that had begun by the day of the text
        year = today.year if (number - 1) * length < today.month else today.year - 1
    return part_value(number, last, length, year)


def _run(match: re.Match[str], today: date | None) -> str | None:
    year_text, relative = _groups(match, ("year", "rel"))
    year = year_value(year_text) if year_text else None
    if relative is not None:
        shift = lexicon().year_shift(relative)
        if today is None or shift is None:
            return None
        year = today.year + shift
    return run_value(match["run"], match["n"], match["unit"], year, year_text is None and relative is None, today)


def _distance(match: re.Match[str], today: date | None) -> str | None:
    number = match["n"] if match["n"] is not None else match["elided"]
    return distance_value(number, match["unit"], match["way"], today)


def _deictic(match: re.Match[str], today: date | None) -> str | None:
    if today is None:
        return None
    words = lexicon()
    place = match["place"].strip()
    shift = 0 if place.startswith("quest") else words.place_shift(place)
    length = words.unit_months.get(match["unit"])
    if shift is None or length is None:
        return None
    if length == 12:
        return f"{today.year + shift:04d}"
    if length == 1:
        return month_value(shift_months(today.year, today.month, shift))
    if length in (3, 6):
        number, year = (today.month - 1) // length + shift, today.year
        year, number = year + number // (12 // length), number % (12 // length)
        return part_value(number + 1, None, length, year)
    return None


def _decade(match: re.Match[str], today: date | None) -> str | None:
    digit = match["digit"] or match["digit2"] or str(lexicon().decades[match["word"]])
    return f"{match['century'] or '19'}{digit}X"


def _years(match: re.Match[str], today: date | None) -> str | None:
    first, last = match["year"], match["year2"]
    if len(last) == 2:
        last = first[:2] + last
    return f"{first}/{last}" if first < last else None


def _part_of_year(match: re.Match[str], today: date | None) -> str | None:
    year, part = year_value(match["year"]), match["part_of"]
    season = lexicon().seasons.get(part)
    if season:
        return f"{year:04d}-{season}"
    if part in ("prima metà", "seconda metà"):
        return month_span(year, 1, 6) if part == "prima metà" else month_span(year, 7, 12)
    return f"{year:04d}"


def _season(match: re.Match[str], today: date | None) -> str | None:
    code = lexicon().seasons.get(match["season"])
    return f"{year_value(match['year']):04d}-{code}" if match["year"] and code else None


def _month(match: re.Match[str], today: date | None) -> str | None:
    month = lexicon().months[match["month"]]
    year = _period_year(match, today)
    if year is None and match["rel"] is None and today is not None:
        place = match["place"] or match["place2"]
        shift = lexicon().place_shift(place) if place is not None else None
        passed = month > today.month or (shift == -1 and month == today.month)
        year = today.year + (month <= today.month if shift == 1 else -passed)
    return f"{year:04d}-{month:02d}" if year is not None else None


def _weekday(match: re.Match[str], today: date | None) -> str | None:
    if today is None:
        return None
    words = lexicon()
    place = match["place"] or match["place2"]
    coming = place is not None and words.place_shift(place) == 1
    behind = (today.weekday() - words.weekdays[match["weekday2"] or match["weekday"]]) % 7
    last = today + timedelta((7 - behind) if coming else -(7 if place and behind == 0 else behind))
    if match["weekday2"] is None:
        return last.isoformat()
    length = (words.weekdays[match["weekday2"]] - words.weekdays[match["weekday"]]) % 7
    return f"{(last - timedelta(length)).isoformat()}/{last.isoformat()}"


def _adverb(match: re.Match[str], today: date | None) -> str | None:
    days = lexicon().adverbs[match["adverb"]]
    return None if today is None or days is None else (today + timedelta(days)).isoformat()


def _year(match: re.Match[str], today: date | None) -> str | None:
    return f"{year_value(match['year']):04d}"
