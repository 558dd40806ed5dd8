"""What a time expression is worth: one reading a rule of the grammar (:mod:`extractor.claims.timegrammar`).

Each takes the rule's match over the folded text and the day of the text, or None where that is not known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from extractor.claims.timevalues import (
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


def read_nothing(match: re.Match[str], today: date | None) -> str | None:
    """A period that only another time of the text tells."""
    return None


def _groups(match: re.Match[str], names: Sequence[str]) -> list[str | None]:
    have = match.re.groupindex
    return [match[name] if name in have else None for name in names]


def read_day(match: re.Match[str], today: date | None) -> str | None:
    """``3 maggio 2024``, ``2024-05-03``, ``3/5/24``."""
    day, month, year, placed = _groups(match, ("day", "month", "year", "placed"))
    return day_value(day, month, year, placed, today)


def read_days(match: re.Match[str], today: date | None) -> str | None:
    """``dal 3 al 5 maggio``."""
    first = day_value(match["day"], match["month"] or match["month2"], match["year"], None, today)
    last = day_value(match["day2"], match["month2"], match["year"], None, today)
    return f"{first}/{last}" if first and last and first <= last else None


def read_clock(match: re.Match[str], today: date | None) -> str | None:
    """``alle 17.30``, with the day where one is named."""
    hour, minute = match["hour"] or match["hour2"], match["minute"] or match["minute2"] or "00"
    late = 12 if match["late"] and int(hour) < 12 else 0
    time = f"T{int(hour) + late:02d}:{minute}"
    named = match["day"]
    if named is None:
        return time
    days = lexicon().adverbs.get(named)
    return None if today is None or days is None else (today + timedelta(days)).isoformat() + time


def read_month_years(match: re.Match[str], today: date | None) -> str | None:
    """``maggio 2023-2024``."""
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


def read_months(match: re.Match[str], today: date | None) -> str | None:
    """``da gennaio a settembre``."""
    first, last = (lexicon().months[match[g]] for g in ("month", "month2"))
    end = _period_year(match, today)
    if end is None:
        if today is None or match["rel"] is not None:
            return None
        end = today.year if last <= today.month else today.year - 1
    begin = int(match["year1"]) if match["year1"] else end if first <= last else end - 1
    return f"{begin}-{first:02d}/{end}-{last:02d}"


def read_part_code(match: re.Match[str], today: date | None) -> str | None:
    """``Q3 2024``, ``1H24``."""
    number, code = match["n"] or match["n2"], match["code"] or match["code2"]
    year = match["year"]
    if year is None:
        return None
    length = 3 if code == "q" else 6
    return part_value(int(number), None, length, year_value(year if len(year) != 2 else f"'{year}"))


def read_part(match: re.Match[str], today: date | None) -> str | None:
    """``terzo trimestre del 2024``."""
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


def read_run(match: re.Match[str], today: date | None) -> str | None:
    """``primi nove mesi del 2024``, ``ultimi dieci giorni``."""
    year_text, relative = _groups(match, ("year", "rel"))
    year = year_value(year_text) if year_text else None
    if relative is not None:
        shift = lexicon().year_shift(relative)
        if today is None or shift is None:
            return None
        year = today.year + shift
    return run_value(match["run"], match["n"], match["unit"], year, year_text is None and relative is None, today)


def read_distance(match: re.Match[str], today: date | None) -> str | None:
    """``due anni fa``."""
    number = match["n"] if match["n"] is not None else match["elided"]
    return distance_value(number, match["unit"], match["way"], today)


def read_deictic(match: re.Match[str], today: date | None) -> str | None:
    """``anno scorso``, ``questo mese``."""
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


def read_decade(match: re.Match[str], today: date | None) -> str | None:
    """``anni '80``: EDTF ``198X``."""
    digit = match["digit"] or match["digit2"] or str(lexicon().decades[match["word"]])
    return f"{match['century'] or '19'}{digit}X"


def read_years(match: re.Match[str], today: date | None) -> str | None:
    """``2019-2023``, ``2019/20``."""
    first, last = match["year"], match["year2"]
    if len(last) == 2:
        last = first[:2] + last
    return f"{first}/{last}" if first < last else None


def read_part_of_year(match: re.Match[str], today: date | None) -> str | None:
    """``fine 2024``, ``estate 2024``."""
    year, part = year_value(match["year"]), match["part_of"]
    season = lexicon().seasons.get(part)
    if season:
        return f"{year:04d}-{season}"
    if part in ("prima metà", "seconda metà"):
        return month_span(year, 1, 6) if part == "prima metà" else month_span(year, 7, 12)
    return f"{year:04d}"


def read_season(match: re.Match[str], today: date | None) -> str | None:
    """``estate``: a value only with a year."""
    code = lexicon().seasons.get(match["season"])
    return f"{year_value(match['year']):04d}-{code}" if match["year"] and code else None


def read_month(match: re.Match[str], today: date | None) -> str | None:
    """``maggio``, ``fine maggio 2024``: without a year the last one begun."""
    month = lexicon().months[match["month"]]
    year = _period_year(match, today)
    if year is None and match["rel"] is None and today is not None:
        place = match["place"] or match["place2"]
        shift = lexicon().place_shift(place) if place is not None else None
        passed = month > today.month or (shift == -1 and month == today.month)
        year = today.year + (month <= today.month if shift == 1 else -passed)
    return f"{year:04d}-{month:02d}" if year is not None else None


def read_weekday(match: re.Match[str], today: date | None) -> str | None:
    """``lunedì``: the last one, the next where the text says so."""
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


def read_adverb(match: re.Match[str], today: date | None) -> str | None:
    """``ieri``."""
    days = lexicon().adverbs[match["adverb"]]
    return None if today is None or days is None else (today + timedelta(days)).isoformat()


def read_year(match: re.Match[str], today: date | None) -> str | None:
    """``2024``, ``nel '24``."""
    return f"{year_value(match['year']):04d}"
