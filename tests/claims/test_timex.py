"""Time expressions: where they begin and end, and what they are worth with and without the day of the text."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from extractor.claims.clauses import fold
from extractor.claims.timegrammar import opening, rules
from extractor.claims.timex import day_named, time_expressions
from extractor.claims.view import SentenceView
from tests.claims.parsed import parsed

CORPUS = Path(__file__).parents[2] / "corpus"
TUESDAY = date(2024, 9, 10)


def expressions(text: str, day: date | None = None) -> list[tuple[str, str | None]]:
    view = SentenceView(text, 0, len(text), (), lambda: parsed("a/X/dep/0"), network=False, date=day)
    return [(text[found.start : found.end], found.value) for found in time_expressions(view)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nel 2024", ("2024", "2024")),
        ("nell'estate '24", ("estate '24", "2024-22")),
        ("il 3 maggio 2024", ("3 maggio 2024", "2024-05-03")),
        ("il 3/5/2024", ("3/5/2024", "2024-05-03")),
        ("dal 3 al 5 maggio 2024", ("3 al 5 maggio 2024", "2024-05-03/2024-05-05")),
        ("a maggio 2024", ("maggio 2024", "2024-05")),
        ("da gennaio a settembre 2024", ("gennaio a settembre 2024", "2024-01/2024-09")),
        ("nel terzo trimestre del 2024", ("terzo trimestre del 2024", "2024-Q3")),
        ("nel Q3 2024", ("Q3 2024", "2024-Q3")),
        ("nel primo semestre 2024", ("primo semestre 2024", "2024-01/2024-06")),
        ("nei primi tre trimestri del 2024", ("primi tre trimestri del 2024", "2024-01/2024-09")),
        ("nel triennio 2019-2022", ("triennio 2019-2022", "2019/2022")),
        ("tra il 2019 e il 2023", ("2019 e il 2023", "2019/2023")),
        ("negli anni Ottanta", ("anni Ottanta", "198X")),
        ("a fine 2024", ("fine 2024", "2024")),
        ("nella prima metà del 2024", ("prima metà del 2024", "2024-01/2024-06")),
        ("alle 17.30", ("17.30", "T17:30")),
        ("alle 8 di sera", ("8 di sera", "T20:00")),
        ("alle 9 del mattino", ("9 del mattino", "T09:00")),
        ("alle 22.07 CEST", ("22.07 CEST", "T22:07")),
        ("al secondo turno", ("secondo turno", None)),
        ("quell'anno", ("quell'anno", None)),
    ],
)
def test_value_from_the_text_alone(text: str, expected: tuple[str, str | None]) -> None:
    (found,) = expressions(text)
    assert found[0].endswith(expected[0])
    assert found[1] == expected[1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ieri", "2024-09-09"),
        ("domani", "2024-09-11"),
        ("l'altro ieri", "2024-09-08"),
        ("a settembre", "2024-09"),
        ("a dicembre", "2023-12"),
        ("lo scorso ottobre", "2023-10"),
        ("l'anno scorso", "2023"),
        ("quest'anno", "2024"),
        ("il mese prossimo", "2024-10"),
        ("nel terzo trimestre", "2024-Q3"),
        ("nel quarto trimestre", "2023-Q4"),
        ("nel secondo trimestre dell'anno scorso", "2023-Q2"),
        ("nei primi otto mesi dell'anno", "2024-01/2024-08"),
        ("negli ultimi cinque anni", "2019/2024"),
        ("lunedì", "2024-09-09"),
        ("venerdì prossimo", "2024-09-13"),
        ("il 5 settembre", "2024-09-05"),
        ("due anni fa", "2022"),
        ("tre mesi fa", "2024-06"),
        ("tra gennaio e agosto", "2024-01/2024-08"),
    ],
)
def test_value_against_the_day_of_the_text(text: str, value: str) -> None:
    assert [found for _, found in expressions(text, TUESDAY)] == [value]
    assert [found for _, found in expressions(text)] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "la legge 194 del 1978",
        "il secondo posto",
        "ogni lunedì",
        "la via dei Mille",
        "il Natale di Rossi",
        "il motore 3",
    ],
)
def test_no_time(text: str) -> None:
    assert expressions(text) == []


@pytest.mark.parametrize(
    "text", ["2024-09-10", "2024-09-10T08:30:00+02:00", "10/9/2024", "martedì 10 settembre 2024", "Roma, 10 set. 2024"]
)
def test_a_day_named_in_full(text: str) -> None:
    assert day_named(text) == TUESDAY


@pytest.mark.parametrize("text", ["", "ieri", "settembre 2024", "10 settembre", "2024-02-31"])
def test_no_day_in_full(text: str) -> None:
    assert day_named(text) is None


def test_no_rule_begins_where_the_search_does_not_look() -> None:
    begins = re.compile(opening())
    texts = [fold(path.read_text(encoding="utf-8")) for path in sorted(CORPUS.glob("*.txt"))]
    found = [
        (text, match.start()) for text in texts for rule in rules().values() for match in rule.pattern.finditer(text)
    ]
    words = [(text, start) for text, start in found if not re.match(r"[\w€$£]", text[start - 1 : start])]
    assert len(words) > 500
    assert [text[start : start + 20] for text, start in words if begins.match(text, start) is None] == []
