"""Test sentences with their claims marked up: the sentence is the test.

``Costa [[20 euro|money|20|EUR|exact|-]] al chilo.`` A range is ``low..high``; ``-`` stands for null.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

CASES = Path(__file__).parent / "cases"
_MARK = re.compile(
    r"\[\[(?P<text>[^|\n]+)\|(?P<kind>money|percentage|count|measure|ratio)\|(?P<value>-?[\d.]+?)(?:\.\.(?P<high>-?[\d.]+))?"
    r"\|(?P<unit>[^|\s]+)\|(?P<modifier>[a-z_]+)\|(?P<change>increase|decrease|-)\]\]"
)


@dataclass(frozen=True)
class Expected:
    """One marked claim; offsets count in the unmarked sentence."""

    start: int
    end: int
    text: str
    kind: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    modifier: str
    change: str | None


@dataclass(frozen=True)
class Case:
    """One sentence of a case file, with the sub-class that the comment above it names."""

    file: str
    line: int
    group: str
    text: str
    claims: tuple[Expected, ...]


def parse(marked: str) -> tuple[str, tuple[Expected, ...]]:
    """Return the plain sentence and its expected claims."""
    plain, claims, last = "", [], 0
    for match in _MARK.finditer(marked):
        plain += marked[last : match.start()]
        start = len(plain)
        plain += match["text"]
        value, high = Decimal(match["value"]), match["high"]
        claims.append(
            Expected(
                start, len(plain), match["text"], match["kind"],
                None if high else value, value if high else None, Decimal(high) if high else None,
                None if match["unit"] == "-" else match["unit"], match["modifier"],
                None if match["change"] == "-" else match["change"],
            )
        )  # fmt: skip
        last = match.end()
    return plain + marked[last:], tuple(claims)


def cases(name: str | None = None) -> list[Case]:
    """Read the cases of one file, or of all."""
    found = []
    for path in sorted(CASES.glob("*.txt")):
        if name is not None and path.stem != name:
            continue
        group = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            if line.startswith("#"):
                group = line.lstrip("# ")
            elif line.strip():
                text, claims = parse(line)
                found.append(Case(path.stem, number, group, text, claims))
    return found
