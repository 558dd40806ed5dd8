"""The words of ``lexicon/times.toml`` and ``calendar.toml``, and the arithmetic of their values."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from extractor.claims.clauses import alternatives, fold
from extractor.lexicon.loader import FLAG, INTEGER, TEXT, TEXTS, load_table, rows
from extractor.numerals.words import cardinal, elided_cardinal

# Two digits after an apostrophe (il '68, il '24) mean the last year of that ending before this one.
_PIVOT = 40


@dataclass(frozen=True)
class Lexicon:
    """The tables, turned so that the grammar can ask them. Every word is folded."""

    months: dict[str, int]
    months_full: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, int]
    feasts: frozenset[str]
    feast_before: frozenset[str]
    ordinals: dict[str, int]
    roman: frozenset[str]
    parts: dict[str, int]
    rounds: tuple[str, ...]
    units: tuple[str, ...]
    singular: tuple[str, ...]
    plural: tuple[str, ...]
    unit_months: dict[str, int]
    unit_days: dict[str, int]
    places: dict[str, str]
    runs: dict[str, str]
    distance: dict[str, str]
    part_of: tuple[str, ...]
    year_nouns: tuple[str, ...]
    month_nouns: tuple[str, ...]
    same: tuple[str, ...]
    day_parts: tuple[str, ...]
    vague: tuple[str, ...]
    decades: dict[str, int]
    adverbs: dict[str, int | None]
    adverb_not_after: dict[str, tuple[str, ...]]
    adverb_not_before: dict[str, tuple[str, ...]]
    adverb_only_after: dict[str, tuple[str, ...]]
    habit: tuple[str, ...]
    norms: frozenset[str]
    norms_pattern: str
    between: tuple[str, ...]
    clock_after: tuple[str, ...]
    zones: tuple[str, ...]
    ahead: tuple[str, ...]
    early: tuple[str, ...]
    late: tuple[str, ...]
    moments: frozenset[str]
    year_before: frozenset[str]
    year_not_before: frozenset[str]
    numbers: tuple[str, ...]
    elided: tuple[str, ...]
    placed: str

    @property
    def run_words(self) -> tuple[str, ...]:
        """What makes a stretch of a plural (*ultimi*, *primi*)."""
        return tuple(self.runs)

    def place_shift(self, word: str) -> int | None:
        """Units that *scorso*, *prossimo* or *in corso* lie from now, None where they count from a named time."""
        if word.startswith("ultim"):
            return -1
        name = self.places.get(word)
        return {"last": -1, "next": 1, "this": 0}[name] if name in ("last", "next", "this") else None

    def year_shift(self, phrase: str) -> int | None:
        """Years that *anno scorso*, *quest'anno* or a bare *anno* lie from now."""
        rest = re.sub(r"\s*anno\s*", " ", phrase).strip()
        return 0 if rest in ("", "quest'") else self.place_shift(rest)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Read the tables once.

    Raises:
        LexiconError: a row is wrong.
    """
    table, calendar = load_table("times"), load_table("calendar")
    months = {fold(word): number for word, number in calendar["months"].items()}
    units: list[str] = []
    singular: list[str] = []
    plural: list[str] = []
    unit_months: dict[str, int] = {}
    unit_days: dict[str, int] = {}
    for row in rows(table, "unit", required={"forms": TEXTS}, optional={"months": INTEGER, "days": INTEGER}):
        forms = row.texts("forms")
        units += forms
        singular.append(forms[0])
        plural += forms[1:]
        unit_months |= dict.fromkeys(forms, row.integer("months", 0)) if row.integer("months", 0) else {}
        unit_days |= dict.fromkeys(forms, row.integer("days", 0)) if row.integer("days", 0) else {}
    places: dict[str, str] = {}
    for row in rows(table, "place", required={"name": TEXT, "anchor": TEXT, "words": TEXTS}):
        if row.text("anchor") not in ("now", "then"):
            raise row.error("must be now or then", "anchor")
        places |= dict.fromkeys(row.texts("words"), row.text("name"))
    adverbs: dict[str, int | None] = {}
    not_after: dict[str, tuple[str, ...]] = {}
    not_before: dict[str, tuple[str, ...]] = {}
    only_after: dict[str, tuple[str, ...]] = {}
    around = {"not_after": TEXTS, "not_before": TEXTS, "only_after": TEXTS}
    for row in rows(table, "adverb", required={"words": TEXTS}, optional={"days": INTEGER, "present": FLAG} | around):
        not_after |= dict.fromkeys(row.texts("words"), tuple(row.texts("not_after")))
        not_before |= dict.fromkeys(row.texts("words"), tuple(row.texts("not_before")))
        only_after |= dict.fromkeys(row.texts("words"), tuple(row.texts("only_after")))
        days = row.integer("days", 99)
        adverbs |= dict.fromkeys(row.texts("words"), None if days == 99 else days)
    ordinals = {fold(form): int(number) for number, forms in table["ordinals"].items() for form in forms}
    spelled = ("un", *(w for w in _spelled()))
    return Lexicon(
        months=months,
        months_full={word: number for word, number in months.items() if len(word) > 4},
        weekdays={fold(word): number for number, word in enumerate(calendar["days"]["words"])},
        seasons=dict(table["seasons"]) | {w: 0 for w in calendar["seasons"]["words"] if w not in table["seasons"]},
        feasts=frozenset(w for w in calendar["seasons"]["words"] if w not in table["seasons"]),
        feast_before=frozenset(table["feasts"]["before"]),
        ordinals=ordinals,
        roman=frozenset(word for word in ordinals if set(word) <= set("iv")),
        parts=dict(table["parts"]),
        rounds=tuple(table["rounds"]["words"]),
        units=tuple(units),
        singular=tuple(singular),
        plural=tuple(plural),
        unit_months=unit_months,
        unit_days=unit_days,
        places=places,
        runs={word: name for name, forms in table["runs"].items() for word in forms},
        distance={word: name for name, forms in table["distance"].items() for word in forms},
        part_of=tuple(table["part_of"]["words"]),
        year_nouns=tuple(table["year_nouns"]["words"]),
        month_nouns=tuple(table["month_nouns"]["words"]),
        same=tuple(table["same"]["words"]),
        day_parts=tuple(table["day_parts"]["words"]),
        vague=tuple(table["vague"]["words"]),
        decades=dict(table["decades"]),
        adverbs=adverbs,
        adverb_not_after=not_after,
        adverb_not_before=not_before,
        adverb_only_after=only_after,
        habit=tuple(table["habit"]["words"]),
        norms=frozenset(table["norms"]["words"]),
        norms_pattern=alternatives(w for w in table["norms"]["words"] if len(w) > 1),
        between=tuple(table["between"]["words"]),
        clock_after=tuple(table["clock"]["after"]),
        zones=tuple(table["clock"]["zones"]),
        ahead=tuple(table["ahead"]["words"]),
        early=tuple(table["clock"]["early"]),
        late=tuple(table["clock"]["late"]),
        moments=frozenset(table["things"]["moments"]),
        year_before=frozenset(calendar["year"]["before"]),
        year_not_before=frozenset(calendar["year"]["not_before"]) - {"in", "per", "con"},
        numbers=spelled[1:],
        elided=tuple(w[:-1] for w in spelled[1:] if len(w) > 4),
        placed=alternatives(places),
    )


def _spelled() -> list[str]:
    numerals = load_table("numerals")["cardinals"]
    return [form for number, forms in numerals.items() if 2 <= int(number) <= 90 for form in forms]


def number_value(text: str | None) -> int | None:
    """The value of a number in digits or words, None for none or a vague one (*qualche*)."""
    if text is None:
        return None
    if text.isdigit():
        return int(text)
    if text in ("un", "una"):
        return 1
    return cardinal(text) or elided_cardinal(text)


def year_value(text: str) -> int:
    """The year that four digits, or two after an apostrophe, write.

    >>> year_value("2024"), year_value("'68"), year_value("'24")
    (2024, 1968, 2024)
    """
    if not text.startswith("'"):
        return int(text)
    short = int(text[1:])
    return (2000 if short < _PIVOT else 1900) + short


def shift_months(year: int, month: int, by: int) -> tuple[int, int]:
    """Year and month that lie ``by`` months from the given ones."""
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def month_value(place: tuple[int, int]) -> str:
    """Year and month in ISO 8601."""
    return f"{place[0]:04d}-{place[1]:02d}"


def month_span(year: int, first: int, last: int) -> str:
    """An ISO 8601 interval of whole months of one year."""
    return f"{year:04d}-{first:02d}/{year:04d}-{last:02d}"


def part_value(number: int, last: int | None, length: int, year: int) -> str | None:
    """The ``number``-th (up to the ``last``-th) part of a year that has parts of ``length`` months."""
    if not 1 <= number <= (last or number) <= 12 // length:
        return None
    if length == 3 and last is None:
        return f"{year:04d}-Q{number}"
    return month_span(year, (number - 1) * length + 1, (last or number) * length)


def day_value(
    day: str | None, month: str | None, year: str | None, placed: str | None, today: date | None
) -> str | None:
    """A calendar day; without a year the one nearest to the day of the text, preferably past."""
    words = lexicon()
    if day is None or month is None:
        return None
    day_number = 1 if day == "primo" else int(day)
    month_number = int(month) if month.isdigit() else words.months[month.rstrip(".")]
    if year is not None:
        number = year_value(f"'{year}" if len(year) == 2 else year)
    elif today is None:
        return None
    else:
        number = today.year
        # up to two months ahead is an announcement, farther ahead is last year's
        if (month_number, day_number) > (today.month, today.day):
            ahead = _safe_date(number, month_number, day_number)
            if (placed is not None and words.place_shift(placed) == -1) or (
                ahead is not None and (ahead - today).days > 62 and placed is None
            ):
                number -= 1
    found = _safe_date(number, month_number, day_number)
    return found.isoformat() if found is not None else None


def _safe_date(year: int, month: int, day: int) -> date | None:
    if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def run_value(run: str, number: str | None, unit: str, year: int | None, bare: bool, today: date | None) -> str | None:
    """The first, last or next so many units, of a named year or counted from the day of the text."""
    words = lexicon()
    way, count = words.runs[run], number_value(number)
    months = words.unit_months.get(unit)
    if count is None or count == 0:
        return None
    if not bare and year is None:
        return None
    if way == "first" and months and count * months <= 12:
        if year is None and today is not None:
            year = today.year if count * months <= today.month else today.year - 1
        return month_span(year, 1, count * months) if year is not None else None
    if way == "past" and year is not None:
        return month_span(year, 13 - count * months, 12) if months and count * months <= 12 else None
    if today is None or way not in ("past", "future") or year is not None:
        return None
    sign = -1 if way == "past" else 1
    if days := words.unit_days.get(unit):
        other = (today + timedelta(sign * count * days)).isoformat()
        ends = sorted([other, today.isoformat()])
    elif months and months % 12 == 0:
        ends = sorted([f"{today.year:04d}", f"{today.year + sign * count * months // 12:04d}"])
    elif months:
        ends = sorted(
            [
                month_value((today.year, today.month)),
                month_value(shift_months(today.year, today.month, sign * count * months)),
            ]
        )
    else:
        return None
    return "/".join(ends)


def distance_value(number: str, unit: str, way: str, today: date | None) -> str | None:
    """So many units ago: a year, a month or a day, as coarse as the unit."""
    words = lexicon()
    count = number_value(number)
    if today is None or count is None or words.distance[way] != "past":
        return None
    if days := words.unit_days.get(unit):
        return (today - timedelta(count * days)).isoformat()
    months = words.unit_months.get(unit)
    if months is None:
        return None
    if months % 12 == 0:
        return f"{today.year - count * months // 12:04d}"
    return month_value(shift_months(today.year, today.month, -count * months))
