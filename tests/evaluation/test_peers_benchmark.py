"""The rules by which the benchmark of peers' cases judges, on results made by hand."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from extractor.schema import Quantity

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "peers.py"


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("peers_benchmark", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


peers = _load()


def case(*expected: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "id": "caso-1", "suite": "suite", "category": "number", "text": "testo", "expected": list(expected),
        "mode": "extract", "exhaustive": True, "in_scope": True, "tags": [],
    } | fields  # fmt: skip


def quantity(**fields: Any) -> Quantity:
    return Quantity.model_validate({"kind": "count"} | fields)


@pytest.mark.parametrize(
    ("expected", "result", "fields", "right"),
    [
        ({"value": "3.50"}, {"value": "3.5"}, {}, True),
        ({"value": "3.5"}, {"value": "3.51"}, {}, False),
        ({"value": "3"}, {"low": "3", "high": "4"}, {}, False),
        # endless fractions
        ({"value": "0.6666666666667", "approx": True}, {"value": "0.66666666666666666"}, {}, True),
        ({"value": "0.6666666666667", "approx": True}, {"value": "0.6667"}, {}, False),
        ({"value": "0.6666666666667"}, {"value": "0.6667", "kind": "ratio"}, {}, True),
        ({"value": "0.6666666666667"}, {"value": "0.6667", "kind": "ratio"}, {"mode": "parse"}, False),
        ({"value": "0.6666666666667"}, {"value": "0.66674", "kind": "ratio"}, {}, False),
        # ranges and bounds
        ({"low": "2", "high": "5"}, {"low": "2", "high": "5"}, {}, True),
        ({"low": "2", "high": "5"}, {"low": "2", "high": "6"}, {}, False),
        ({"low": "2"}, {"value": "2", "modifier": "at_least"}, {}, True),
        ({"low": "2"}, {"value": "2"}, {}, False),
        ({"low": "2"}, {"value": "2", "modifier": "at_most"}, {}, False),
        ({"high": "2"}, {"value": "2", "modifier": "less_than"}, {}, True),
        ({"high": "2"}, {"value": "3", "modifier": "less_than"}, {}, False),
        # units
        ({"value": "3", "unit_norm": "ft"}, {"value": "3", "kind": "measure", "unit": "[ft_i]"}, {}, True),
        ({"value": "3", "unit_norm": "l"}, {"value": "3", "kind": "measure", "unit": "L"}, {}, True),
        ({"value": "3", "unit_norm": "km"}, {"value": "3", "kind": "measure", "unit": "km"}, {}, True),
        ({"value": "3", "unit_norm": "km"}, {"value": "3", "kind": "measure", "unit": "m"}, {}, False),
        ({"value": "3", "unit_norm": "km"}, {"value": "3"}, {}, False),
        ({"value": "3"}, {"value": "3", "kind": "measure", "unit": "m"}, {}, True),
        # money
        ({"value": "3", "currency": "EUR"}, {"value": "3", "kind": "money", "unit": "EUR"}, {}, True),
        ({"value": "3", "currency": "EUR"}, {"value": "3", "kind": "money", "unit": "USD"}, {}, False),
        ({"value": "3", "unit": "Corona"}, {"value": "3"}, {"category": "currency"}, False),
        ({"value": "3", "unit": "Corona"}, {"value": "3", "kind": "money"}, {"category": "currency"}, True),
        (
            {"value": "85", "unit": "Pence", "currency": "GBP"},
            {"value": "0.85", "kind": "money", "unit": "GBP"},
            {"category": "currency"},
            True,
        ),
        ({"value": "85", "unit": "Cent"}, {"value": "85", "kind": "money"}, {"category": "currency"}, True),
        ({"value": "85", "unit": "Cent"}, {"value": "8.5", "kind": "money"}, {"category": "currency"}, False),
        ({"value": "85", "unit": "EUR"}, {"value": "0.85", "kind": "money"}, {"category": "currency"}, False),
    ],
)
def test_one_expectation(expected: dict[str, Any], result: dict[str, Any], fields: dict[str, Any], right: bool) -> None:
    assert peers.agrees(case(expected, **fields), [quantity(**result)]) is right


def test_extras_count_only_when_exhaustive() -> None:
    found = [quantity(value="3"), quantity(value="9")]
    assert not peers.agrees(case({"value": "3"}), found)
    assert peers.agrees(case({"value": "3"}, exhaustive=False), found)


def test_each_expectation_needs_its_own_result() -> None:
    two = case({"value": "3"}, {"value": "3"})
    assert not peers.agrees(two, [quantity(value="3")])
    assert peers.agrees(two, [quantity(value="3"), quantity(value="3")])


def test_errors_are_misses_but_refusing_what_is_none_is_right() -> None:
    def refuse(text: str) -> Any:
        raise ValueError(f"{text} is no quantity\nsecond line")

    def crash(text: str) -> Any:
        raise TypeError("oops")

    missed = peers.run_case(case({"value": "3"}, mode="parse"), refuse, crash)
    assert (missed.right, missed.got) == (False, ("ValueError: testo is no quantity",))
    assert peers.run_case(case(mode="parse"), refuse, crash).right
    assert not peers.run_case(case(mode="parse"), crash, refuse).right
    crashed = peers.run_case(case(), refuse, crash)
    assert (crashed.right, crashed.got) == (False, ("TypeError: oops",))


def test_summary_keeps_bare_and_disputed_apart(tmp_path: Path) -> None:
    cases = [
        case({"value": "3"}, id="a"),
        case({"value": "4"}, id="b"),
        case({"value": "3"}, id="c", tags=["bare-number"]),
        case({"value": "3"}, id="d"),
        case({"value": "5"}, id="e"),
        case({"value": "3"}, id="f", in_scope=False),
    ]
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(json.dumps(each) for each in cases), encoding="utf-8")
    listed = tmp_path / "disputed.toml"
    listed.write_text("".join(f'[[disputed]]\nid = "{name}"\nreason = "altra regola"\n' for name in "de"))
    three = quantity(value="3")
    outcomes = peers.run(peers.load_cases(path), lambda text: three, lambda text: [three], peers.load_disputed(listed))
    report = peers.summary(outcomes)
    assert report["quantities"] == {"right": 1, "cases": 2}
    assert report["bare_numbers"] == {"right": 1, "cases": 1}
    assert report["disputed"] == {"right": 1, "cases": 2}
    assert report["suites"] == {"suite": {"right": 1, "cases": 2}}
    assert [miss["id"] for miss in report["misses"]] == ["b"]
    text = peers.render(json.loads(json.dumps(report)))
    assert "b (extract, nothing else): testo\n    expected [] 4\n    got      count 3 (exact)" in text
    assert "right all the same: altra regola" in text
    assert "not met: altra regola" in text


def test_disputes_need_reasons(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    assert peers.load_disputed(path) == {}
    path.write_text('[[disputed]]\nid = "a"\nreason = " "\n')
    with pytest.raises(ValueError, match="a reason"):
        peers.load_disputed(path)


def test_malformed_cases_are_errors() -> None:
    with pytest.raises(ValueError, match="unknown mode 'guess'"):
        peers.run_case(case(mode="guess"), quantity, quantity)
    with pytest.raises(ValueError, match="neither value nor bound"):
        peers.agrees(case({"unit": "m"}), [quantity(value="3")])


def test_every_listed_unit_is_a_ucum_code_list() -> None:
    units = peers._units()
    assert all(codes and all(isinstance(code, str) and code for code in codes) for codes in units.values())
