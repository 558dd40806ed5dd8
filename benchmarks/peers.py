"""Run other projects' Italian test cases, brought to one neutral format, through the extractor.

Usage::

    python benchmarks/peers.py CASES.jsonl [--json]

A case in mode ``parse`` goes through ``extractor.parse_quantity``, one in mode ``extract`` through
``extractor.extract``. It is right when every expected value has a result of its own with an equal
number and an agreeing unit, and, if the case is exhaustive, when nothing else is found:

* numbers are equal as numbers; an ``approx`` one within 1e-9 of itself, a ratio in running text
  within 5e-5, because claims round endless fractions to four places;
* ``low`` and ``high`` together are a range; ``low`` alone is a value that is more than or at least
  so much, ``high`` alone one that is less than or at most so much;
* ``unit_norm`` agrees with the UCUM codes that ``peers_units.toml`` gives it, ``currency`` with the
  ISO 4217 code; currency cases without a code must be money;
* minor units of money (pence, cents) may be given as such or as a hundredth of the main unit.

Cases whose expectation contradicts the annotation guideline may be listed in
``peers_disputed.toml`` beside this file (``[[disputed]]``, ``id``, ``reason``). They run, and are
reported apart; no total counts them as right.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Protocol

HERE = Path(__file__).resolve().parent
BARE = "bare-number"
RELATIVE, RATIO_ABSOLUTE = Decimal("1e-9"), Decimal("5e-5")
# How the peers call a hundredth of a currency's main unit.
MINOR_UNITS = frozenset({"Cent", "Pence", "Penny", "Centesimo"})


class Result(Protocol):
    """What a case is compared with: a quantity or a claim."""

    @property
    def kind(self) -> str: ...

    @property
    def value(self) -> Decimal | None: ...

    @property
    def low(self) -> Decimal | None: ...

    @property
    def high(self) -> Decimal | None: ...

    @property
    def unit(self) -> str | None: ...

    @property
    def modifier(self) -> str: ...


@dataclass(frozen=True)
class Outcome:
    """One case with what came out: the results, or the error that was raised."""

    case: Mapping[str, Any]
    got: tuple[str, ...]
    right: bool
    disputed: str | None = None

    @property
    def bare(self) -> bool:
        """Whether the case is a number alone, without unit or noun."""
        return BARE in self.case["tags"]


Parse = Callable[[str], Result]
Extract = Callable[[str], Sequence[Result]]


def run_case(case: Mapping[str, Any], parse: Parse, extract: Extract) -> Outcome:
    """Run one case and judge it.

    Raises:
        ValueError: the case has a mode that is neither parse nor extract.
    """
    mode = case["mode"]
    if mode not in ("parse", "extract"):
        raise ValueError(f"case {case['id']}: unknown mode {mode!r}")
    try:
        results = [parse(case["text"])] if mode == "parse" else list(extract(case["text"]))
    except ImportError:  # the installation is broken, not the extractor
        raise
    except Exception as error:  # a crash is a miss to be seen, not the end of the run
        # No result is no success, not even where none is expected: then extract must return none.
        refused = mode == "parse" and isinstance(error, ValueError)
        got = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
        return Outcome(case, (got,), right=refused and not case["expected"])
    return Outcome(case, tuple(shown(result) for result in results), agrees(case, results))


def agrees(case: Mapping[str, Any], results: Sequence[Result]) -> bool:
    """Tell whether every expectation has a result of its own, and an exhaustive case no other."""
    left = list(results)
    for expected in case["expected"]:
        match = next((result for result in left if matches(expected, result, case)), None)
        if match is None:
            return False
        left.remove(match)
    return not (case["exhaustive"] and left)


def matches(expected: Mapping[str, Any], result: Result, case: Mapping[str, Any]) -> bool:
    """Tell whether one result has the expected number and an agreeing unit."""
    return _unit_agrees(expected, result, case) and _number_agrees(expected, result, case)


def _unit_agrees(expected: Mapping[str, Any], result: Result, case: Mapping[str, Any]) -> bool:
    if currency := expected.get("currency"):
        return bool(result.unit == currency)
    if case["category"] == "currency":
        return result.kind == "money"
    if symbol := expected.get("unit_norm"):
        return result.unit in unit_codes(symbol)
    return True


def _number_agrees(expected: Mapping[str, Any], result: Result, case: Mapping[str, Any]) -> bool:
    def same(name: str, got: Decimal | None) -> bool:
        return got is not None and _equal(Decimal(expected[name]), got, expected, result, case)

    if expected.get("value") is not None:
        return same("value", result.value)
    has_low, has_high = expected.get("low") is not None, expected.get("high") is not None
    if has_low and has_high:
        return same("low", result.low) and same("high", result.high)
    if has_low:
        return result.modifier in ("more_than", "at_least") and same("low", result.value)
    if has_high:
        return result.modifier in ("less_than", "at_most") and same("high", result.value)
    raise ValueError(f"case {case['id']}: an expectation has neither value nor bound")


def _equal(wanted: Decimal, got: Decimal, expected: Mapping[str, Any], result: Result, case: Mapping[str, Any]) -> bool:
    tolerance = abs(wanted) * RELATIVE if expected.get("approx") else Decimal(0)
    if case["mode"] == "extract" and result.kind == "ratio":
        tolerance = max(tolerance, RATIO_ABSOLUTE)
    candidates = [got]
    if expected.get("unit") in MINOR_UNITS or expected.get("currency_source") == "minor-unit":
        candidates.append(100 * got)
    return any(abs(wanted - candidate) <= tolerance for candidate in candidates)


@cache
def _units() -> dict[str, list[str]]:
    return tomllib.loads((HERE / "peers_units.toml").read_text(encoding="utf-8"))


def unit_codes(symbol: str) -> list[str]:
    """Return the UCUM codes that agree with a neutral unit symbol; unlisted, it is its own code."""
    return _units().get(symbol, [symbol])


def shown(result: Result) -> str:
    """Return a result on one line: ``measure 3 km (exact)``, a claim with its words in brackets."""
    numbers = [result.low, result.high] if result.value is None else [result.value]
    number = " .. ".join(f"{number:f}" for number in numbers if number is not None)
    words = getattr(result, "text", None)
    place = f"[{words}] " if words else ""
    return f"{place}{result.kind} {number}{f' {result.unit}' if result.unit else ''} ({result.modifier})"


def shown_expectation(expected: Mapping[str, Any]) -> str:
    """Return an expectation on one line."""
    number = expected.get("value") or f"{expected.get('low', '')} .. {expected.get('high', '')}"
    unit = expected.get("currency") or expected.get("unit_norm") or expected.get("unit")
    return f"[{expected.get('text', '')}] {number}{f' {unit}' if unit else ''}"


def load_cases(path: Path) -> list[dict[str, Any]]:
    """Read the in-scope cases of a file of JSON lines."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [case for line in lines if line.strip() and (case := json.loads(line))["in_scope"]]


def load_disputed(path: Path) -> dict[str, str]:
    """Read the disputed cases, id to reason; none where there is no file.

    Raises:
        ValueError: an entry lacks its id or its reason, or an id stands twice.
    """
    if not path.exists():
        return {}
    disputed: dict[str, str] = {}
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("disputed", []):
        name, reason = entry.get("id"), entry.get("reason", "").strip()
        if not name or not reason or name in disputed:
            raise ValueError(f"{path.name}: entry {name!r} needs an id of its own and a reason")
        disputed[name] = reason
    return disputed


def run(
    cases: Iterable[Mapping[str, Any]], parse: Parse, extract: Extract, disputed: Mapping[str, str]
) -> list[Outcome]:
    """Run all cases, marking the disputed ones."""
    outcomes = []
    for case in cases:
        outcome = run_case(case, parse, extract)
        outcomes.append(Outcome(case, outcome.got, outcome.right, disputed.get(case["id"])))
    return outcomes


def summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the counts and the misses in a form that :func:`json.dumps` takes.

    ``quantities`` and ``bare_numbers`` share no case; ``disputed`` are in neither, and in no suite
    or category.
    """
    settled = [outcome for outcome in outcomes if outcome.disputed is None]
    disputed = [outcome for outcome in outcomes if outcome.disputed is not None]
    bare, full = [o for o in settled if o.bare], [o for o in settled if not o.bare]
    return {
        "quantities": _counts(full),
        "bare_numbers": _counts(bare),
        "disputed": _counts(disputed),
        "suites": _grouped(full, "suite"),
        "categories": _grouped(full, "category"),
        "bare_number_suites": _grouped(bare, "suite"),
        "misses": [_record(outcome) for outcome in settled if not outcome.right],
        "disputed_cases": [
            _record(outcome) | {"reason": outcome.disputed, "right": outcome.right} for outcome in disputed
        ],
    }


def _counts(outcomes: Sequence[Outcome]) -> dict[str, int]:
    return {"right": sum(outcome.right for outcome in outcomes), "cases": len(outcomes)}


def _grouped(outcomes: Sequence[Outcome], key: str) -> dict[str, dict[str, int]]:
    names = sorted({outcome.case[key] for outcome in outcomes})
    return {name: _counts([o for o in outcomes if o.case[key] == name]) for name in names}


def _record(outcome: Outcome) -> dict[str, Any]:
    case = outcome.case
    return {
        "id": case["id"],
        "mode": case["mode"],
        "text": case["text"],
        "exhaustive": case["exhaustive"],
        "expected": [shown_expectation(expected) for expected in case["expected"]],
        "got": list(outcome.got),
    }


def render(report: Mapping[str, Any]) -> str:
    """Return the summary as text: counts, then every miss with what was expected and what came."""
    lines = [_count_line(name.replace("_", " "), report[name]) for name in ("quantities", "bare_numbers")]
    if report["disputed"]["cases"]:
        lines.append(_count_line("disputed (counted nowhere)", report["disputed"]))
    for title, key in (
        ("quantities by suite", "suites"),
        ("quantities by category", "categories"),
        ("bare numbers by suite", "bare_number_suites"),
    ):
        lines += ["", title]
        lines += (_count_line(f"  {name}", counts) for name, counts in report[key].items())
    for title, key in (("misses", "misses"), ("disputed", "disputed_cases")):
        if report[key]:
            lines += ["", f"{title}: {len(report[key])}"]
            lines += (line for record in report[key] for line in _record_lines(record))
    return "\n".join(lines)


def _count_line(name: str, counts: Mapping[str, int]) -> str:
    right, cases = counts["right"], counts["cases"]
    share = f"{100 * right / cases:6.1f}%" if cases else "      -"
    return f"{name:<30}{right:>5} /{cases:>4} {share}"


def _record_lines(record: Mapping[str, Any]) -> Iterable[str]:
    nothing_else = ", nothing else" if record["exhaustive"] and record["mode"] == "extract" else ""
    yield f"  {record['id']} ({record['mode']}{nothing_else}): {record['text']}"
    yield f"    expected {'; '.join(record['expected']) or 'nothing'}"
    yield f"    got      {'; '.join(record['got']) or 'nothing'}"
    if "reason" in record:
        yield f"    {'right all the same' if record['right'] else 'not met'}: {record['reason']}"


def main() -> None:
    """Read the command line, run the cases and print."""
    parser = argparse.ArgumentParser(description="Score the extractor on other projects' Italian test cases.")
    parser.add_argument("cases", type=Path, help="JSON lines of cases")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.add_argument("--disputed", type=Path, default=HERE / "peers_disputed.toml", help="TOML of disputed cases")
    options = parser.parse_args()

    import extractor  # loads spaCy: only once the command line is known to be right

    outcomes = run(
        load_cases(options.cases),
        extractor.parse_quantity,
        lambda text: extractor.extract(text, doc_id="case"),
        load_disputed(options.disputed),
    )
    report = summary(outcomes)
    print(json.dumps(report, ensure_ascii=False, indent=2) if options.json else render(report))


if __name__ == "__main__":
    main()
