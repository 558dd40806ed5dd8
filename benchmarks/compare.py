"""What this project and others find in the same Italian texts.

Usage::

    python -m benchmarks.compare --cases CASES.jsonl --gold GOLD... [--json]

Only what all of them have is compared: *numbers and their places*. Units are left out, because every project names them
in its own way.

*Cases* are other projects' own test cases (the format of ``peers.py``). One is right when every number that it expects
(both ends of a range) is given by a result that overlaps the expected place. Whatever else is found does not count
against anybody.

*Gold* are articles with claims, in the formats that ``cifre evaluate`` reads. A claim is *placed* when a result
overlaps it, *valued* when results there give its number, or both ends of its range. Results that touch no claim are
counted, too; what makes a claim is this project's convention, so they are no errors of the others (a year is a number).
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.contenders import Skip
from benchmarks.finders import FINDERS, Finder, Found, version
from benchmarks.peers import MINOR_UNITS, load_cases
from extractor.evaluation import GoldDocument, load_gold
from extractor.evaluation.gate import gold_of

# Floats and rounded fractions count as equal.
_RELATIVE = 1e-4


@dataclass(frozen=True, slots=True)
class OnGold:
    """How a project did on gold.

    Attributes:
        claims: in the gold.
        placed: of these, with a result that overlaps.
        valued: of these, with the right number.
        others: results that touch no claim.
    """

    claims: int
    placed: int
    valued: int
    others: int


def on_cases(find: Finder, cases: Sequence[Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
    """Return how many cases are right, and how many there are, by the project whose cases they are."""
    counts: dict[str, tuple[int, int]] = {}
    for case in cases:
        right, every = counts.get(case["peer"], (0, 0))
        counts[case["peer"]] = right + is_right(case, find(case["text"])), every + 1
    return counts


def is_right(case: Mapping[str, Any], results: Sequence[Found]) -> bool:
    """Tell whether every number that a case expects is found in its place."""
    return all(
        any(_overlap(result, expected) and _gives(result.numbers, wanted, expected) for result in results)
        for expected in case["expected"]
        for wanted in _wanted(expected)
    )


def _wanted(expected: Mapping[str, Any]) -> list[Decimal]:
    return [Decimal(expected[key]) for key in ("value", "low", "high") if expected.get(key) is not None]


def _overlap(result: Found, expected: Mapping[str, Any]) -> bool:
    return "start" not in expected or (result.start < expected["end"] and expected["start"] < result.end)


def _gives(numbers: Sequence[Decimal], wanted: Decimal, expected: Mapping[str, Any]) -> bool:
    minor = expected.get("unit") in MINOR_UNITS or expected.get("currency_source") == "minor-unit"
    return any(_equal(number, wanted) or (minor and _equal(100 * number, wanted)) for number in numbers)


def _equal(one: Decimal, other: Decimal) -> bool:
    return math.isclose(one, other, rel_tol=_RELATIVE)


def on_gold(find: Finder, documents: Sequence[GoldDocument]) -> OnGold:
    """Return how a project did on articles with claims."""
    placed = valued = others = claims = 0
    for document in documents:
        results = find(document.text)
        claims += len(document.claims)
        for claim in document.claims:
            near = [r for r in results if r.start < claim.end and claim.start < r.end]
            wanted = [n for n in (claim.value, claim.low, claim.high) if n is not None]
            placed += bool(near)
            # the ends of a range may be results of their own
            valued += all(any(_equal(n, w) for r in near for n in r.numbers) for w in wanted)
        others += sum(not any(r.start < c.end and c.start < r.end for c in document.claims) for r in results)
    return OnGold(claims, placed, valued, others)


def compare(cases: Path | None, gold: Sequence[Path]) -> dict[str, Any]:
    """Run every project that is installed; ``skipped`` says why the others do not run."""
    chosen = load_cases(cases) if cases else []
    articles = {title: documents for path in gold for title, documents in _by_split(path)}
    report: dict[str, Any] = {"projects": {}, "skipped": {}}
    for name, (make, distribution) in FINDERS.items():
        try:
            find = make()
        except Skip as reason:
            report["skipped"][name] = str(reason)
            continue
        report["projects"][name] = {
            "version": version(distribution),
            "cases": on_cases(find, chosen),
            "gold": {title: asdict(on_gold(find, documents)) for title, documents in articles.items()},
        }
    return report


def _by_split(path: Path) -> Iterator[tuple[str, list[GoldDocument]]]:
    """A file of gold, or the splits of a folder by themselves."""
    if path.is_dir():
        yield from ((f"{path}, {split}", documents) for split, documents in gold_of(path).splits.items())
    else:
        yield str(path), load_gold(path)


def tables(report: Mapping[str, Any]) -> str:
    """Return the report as Markdown."""
    projects = report["projects"]
    first = next(iter(projects.values()))
    parts = []
    if first["cases"]:
        owners = first["cases"]
        head = [f"{owner} ({every})" for owner, (_, every) in owners.items()]
        rows = [
            [_title(name, project), *(_share(*project["cases"][owner]) for owner in owners)]
            for name, project in projects.items()
        ]
        parts.append(_table(["whose cases", *head], rows))
    for title, counts in first["gold"].items():
        rows = []
        for name, project in projects.items():
            on = project["gold"][title]
            shares = (_share(on[key], on["claims"]) for key in ("placed", "valued"))
            rows.append([_title(name, project), *shares, str(on["others"])])
        parts.append(_table([f"{title}: {counts['claims']} claims", "placed", "valued", "other results"], rows))
    parts += [f"{name} did not run: {reason}" for name, reason in report["skipped"].items()]
    return "\n\n".join(parts)


def _title(name: str, project: Mapping[str, Any]) -> str:
    return f"{name} {project['version']}".rstrip()


def _share(count: int, every: int) -> str:
    return f"{100 * count / every:.1f}%" if every else "-"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Read the command line, run and print."""
    parser = argparse.ArgumentParser(description="Compare what extractors find in Italian texts.")
    parser.add_argument("--cases", type=Path, help="JSON lines of cases")
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="gold: folders or .jsonl files")
    parser.add_argument("--json", action="store_true", help="print JSON instead of Markdown")
    options = parser.parse_args()
    report = compare(options.cases, options.gold)
    print(json.dumps(report, ensure_ascii=False, indent=2) if options.json else tables(report))


if __name__ == "__main__":
    main()
