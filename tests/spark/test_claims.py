"""Claims on Spark are the claims of one process, whatever dies."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from extractor.io.compressed import MissingExtra
from extractor.io.writers import arrow_row
from extractor.lexicon.own import read_lexicon
from extractor.pipeline import Pipeline, load
from extractor.spark import claims, spark_schema
from tests.batch.documents import text_of
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Documents = Sequence[dict[str, Any]]


def documents(count: int, changed: dict[int, str] | None = None) -> Documents:
    texts = {number: text_of(number) for number in range(count)} | (changed or {})
    return [{"id": f"d{n}", "text": text, "date": f"2024-03-{1 + n % 28:02}"} for n, text in texts.items()]


def frame(spark: SparkSession, rows: Iterable[dict[str, Any]], partitions: int = 2) -> DataFrame:
    fields = [(row["id"], row["text"], row.get("date")) for row in rows]
    return spark.createDataFrame(fields, "id string, text string, date string").repartition(partitions)


def collected(found: DataFrame) -> tuple[list[dict[str, Any]], dict[str | None, str]]:
    """The claims, sorted and without provenance, and the errors."""
    rows = [row.asDict(recursive=True) for row in found.collect()]
    good = [{k: v for k, v in row.items() if k not in ("provenance", "error")} for row in rows if row["error"] is None]
    errors = [(row["doc_id"], row["error"]) for row in rows if row["error"] is not None]
    assert len(dict(errors)) == len(errors)
    return sorted(good, key=_place), dict(errors)


def expected(pipeline: Pipeline, rows: Documents) -> list[dict[str, Any]]:
    found = [claim for claims in pipeline.extract_many(rows) for claim in claims]
    made = [arrow_row(json.loads(claim.to_json(), parse_float=Decimal)) for claim in found]
    return sorted(({k: v for k, v in row.items() if k != "provenance"} for row in made), key=_place)


def _place(row: dict[str, Any]) -> tuple[str, int]:
    return row["doc_id"], row["start"]


def test_the_same_claims_as_one_process(spark: SparkSession, rules: Pipeline) -> None:
    rows = documents(150)
    found = claims(frame(spark, rows, 3), "blank:it", date_col="date")
    assert collected(found) == (expected(rules, rows), {})
    provenance = found.select("provenance.*").where("document_sha256 IS NOT NULL").first()
    assert provenance is not None
    assert provenance.model == "blank:it"
    assert provenance.date.startswith("2024-03-")
    assert found.schema == spark_schema()


def test_a_lexicon_goes_to_the_workers(spark: SparkSession) -> None:
    rows = [{"id": f"d{n}", "text": "La domanda arriva a 320 TWh/anno, nell'intorno di 20 MW."} for n in range(8)]
    own = read_lexicon(ROOT / "examples" / "energy.toml")
    expectation = expected(load("blank:it", own), rows), {}
    assert collected(claims(frame(spark, rows), "blank:it", lexicon=ROOT / "examples" / "energy.toml")) == expectation
    assert collected(claims(frame(spark, rows), "blank:it")) != expectation


def test_other_columns_and_types(spark: SparkSession, rules: Pipeline) -> None:
    found = spark.sql(
        "SELECT 7 AS `n.`, 'Ieri 3 euro.' AS testo, DATE '2024-03-05' AS giorno, 'Titolo' AS titolo, 0 AS altro"
    )
    row = claims(found, "blank:it", "n.", "testo", "giorno", "titolo").first()
    assert row is not None
    assert (row.claim_id, row.time.value, row.provenance.title) == ("7#1", "2024-03-04", "Titolo")


def test_documents_that_fail_have_a_row_that_says_why(spark: SparkSession) -> None:
    bad = [
        {"id": None, "text": "3 euro"},
        {"id": "null", "text": None},
        {"id": "empty", "text": " \n"},
        {"id": "long", "text": "3 euro " * 200},
        {"id": "day", "text": "Ieri 3 euro.", "date": "un giorno"},
    ]
    rows = [*documents(5), *bad, *documents(5)]
    good, errors = collected(claims(frame(spark, rows, 1), "blank:it", date_col="date", max_chars=1000))
    assert {name: reason.partition(":")[0] for name, reason in errors.items()} == {
        None: "no id", "null": "no text", "empty": "empty", "long": "too long",
    }  # fmt: skip
    ids = [row["claim_id"] for row in good]
    assert "day#1" in ids
    assert ids.count("d4#1") == 2  # names that occur twice are told apart by nobody, and lose nothing


def test_killed_workers_lose_nothing_and_a_document_that_kills_is_put_aside(
    spark: SparkSession, spark_folder: Path, mortal: str, rules: Pipeline
) -> None:
    bad = {3: "SFORTUNA: 3 euro una", 9: "FATALE: 3 euro due"}
    rows = documents(12, bad)
    good, errors = collected(claims(frame(spark, rows), mortal, date_col="date"))
    assert {path.name for path in spark_folder.glob("killed-*")} == {"killed-una", "killed-due"}
    assert list(errors) == ["d9"]
    assert "killed 2 worker processes" in errors["d9"]
    assert good == expected(rules, [row for row in rows if row["id"] != "d9"])


def test_columns_that_are_not_there(spark: SparkSession) -> None:
    found = spark.sql("SELECT 'a' AS id, 3 AS text")
    with pytest.raises(ValueError, match="no column 'testo'; there are 'id', 'text'"):
        claims(found, text_col="testo")
    with pytest.raises(ValueError, match="no column 'date'"):
        claims(found, date_col="date")
    with pytest.raises(ValueError, match="'text' is not of strings but of int"):
        claims(found)


@pytest.mark.parametrize("package", ["pandas", "pyspark"])
def test_without_the_extra(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=rf"needs {package}.*cifre\[spark\]"):
        spark_schema()
