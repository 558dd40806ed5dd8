"""The benchmark's texts, its measuring and its page, without measuring anything for real."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks import bench, bench_report, contenders
from benchmarks.texts import Text, corpus, named


def test_the_corpus_is_repeated_with_other_digits(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nel 2024 i 1.250 soci hanno versato 35,5 euro.", encoding="utf-8")
    text = corpus(tmp_path, 30)
    assert text.words >= 30
    assert len(set(text.documents)) == len(text.documents)
    assert all(re.fullmatch(r"Nel 2024 i \d\.\d{3} soci hanno versato \d\d,\d euro\.", d) for d in text.documents)
    assert corpus(tmp_path, 30) == text


def test_folders_of_other_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("uno", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text('{"text": "due"}\n', encoding="utf-8")
    (tmp_path / "c.conllu").write_text("# text = tre\n1\ttre\n\n# text = sì\n", encoding="utf-8")
    assert sorted(named(tmp_path).documents) == ["due", "tre\nsì", "uno"]


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no text files"):
        corpus(tmp_path, 10)
    with pytest.raises(ValueError, match=r"no \.txt"):
        named(tmp_path)


def test_as_much_text_as_asked_for() -> None:
    text = Text("t", ("uno due tre", "quattro"))
    assert text.first(2).documents == ("uno due tre",)
    assert text.first(6).documents == ("uno due tre", "quattro", "uno due tre")


def test_measuring_takes_ratios_round_by_round() -> None:
    text = Text("t", ("uno due tre " * 50,))
    found: dict[str, Any] = bench.measure(text, {bench.REFERENCE: _slow, "other": _slow}, rounds=2)
    assert found["contenders"][bench.REFERENCE]["ratio"] == {"median": 1.0, "min": 1.0, "max": 1.0}
    assert 0.2 < found["contenders"]["other"]["ratio"]["median"] < 5


def test_gains_are_of_contenders_that_ran() -> None:
    text = Text("t", ("uno due tre " * 50,))
    runs = {bench.REFERENCE: _slow, "pipeline": _slow, "pipeline, no gate": _slow, "rules, no network": _slow}
    found: dict[str, Any] = bench.measure(text, runs, rounds=1)
    assert set(found["gains"]) == {gain for gain, pair in bench.GAINS.items() if set(pair) <= set(runs)}
    assert len(found["gains"]) == 2


def test_a_command_counts_its_claims() -> None:
    documents = ["Costa 12 euro.", "Non costa niente.", "I soci sono 30 su 70."]
    assert contenders.batch("--fast")(documents) == 3
    assert contenders.batch("--fast", commands=2)(documents) == 3


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match="--model"):
        contenders.batch("--model", "xx_none")(["Costa 12 euro."])


def test_commands_read_as_much_as_the_one_with_one_process() -> None:
    assert set(contenders.COMMANDS.values()) == {"command, rules, 1 process", "command, pipeline, 1 process"}
    assert set(contenders.COMMANDS.values()) <= set(contenders.MAKERS)


def _slow(texts: Any) -> int:
    return sum(hash(text[:i]) % 2 for text in texts for i in range(len(text)) for _ in range(9))


def test_the_machine_has_no_name() -> None:
    assert set(bench.machine()) == {"processor", "cores", "system", "python", "packages", "date"}


def test_the_page() -> None:
    rate = {"median": 1000.0, "min": 900.0, "max": 1100.0}
    row = {"words_per_s": rate, "mb_per_s": 0.1, "ratio": rate, "sample_words": 10, "peak_mb": 50}
    page = bench_report.table(
        {
            "machine": {
                "date": "2024-01-01", "processor": "P", "cores": 2, "system": "S", "python": "3", "packages": {"a": "1"}
            },
            "rounds": 5,
            "texts": {
                "t": {
                    "words": 10, "bytes": 60, "documents": 1, "quantities_per_1000_words": 3, "contenders": {"x": row},
                    "gains": {"the gate": {"median": 5.0, "min": 4.5, "max": 5.5}},
                }
            },
            "growth": [{"megabytes": 1, "seconds": 0.1, "words_per_s": 1000, "peak_mb": 40}],
            "start_up_s": {"extract": 0.5},
            "scores": {"x": {"whole claim": 80.5, "subject": 70.0}},
            "skipped": {"y": "not installed"},
        }
    )  # fmt: skip
    for line in (
        "| x | 1,000 | 900 to 1,100 | 0.1 | 1000 | 50 |",
        "- y: not installed",
        "| the gate | 5 | 4.5 to 5.5 |",
        "- `extract`: 0.5 s",
        "| x | 80.5 | 70 |",
    ):
        assert line in page
