"""Claims as tables."""

from __future__ import annotations

import csv
import hashlib
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.io.writers import columns, form_of, write_table
from extractor.pipeline import Pipeline
from extractor.schema import Claim, Provenance

TEXT = "La \"Rossi\" ha 1.234,5 euro di debito, tra 3 e 5 milioni di clienti;\nlo 0,1% l'anno, secondo l'Istat."


@pytest.fixture(scope="module")
def claims(rules: Pipeline) -> list[Claim]:
    made = Provenance(
        extractor_version="0",
        model="m",
        model_version="1",
        document_sha256=hashlib.sha256(b"").hexdigest(),
        date="2024",
    )
    huge = Claim(doc_id="d", claim_id="d#9", kind="money", start=0, end=1, text="1", value=Decimal(10**30))
    return [claim.model_copy(update={"provenance": made}) for claim in [*rules.extract(TEXT, "d"), huge]]


def lines(claims: list[Claim]) -> list[bytes]:
    return [claim.to_json().encode() for claim in claims]


def test_csv_has_a_row_a_claim_and_a_column_a_field(tmp_path: Path, claims: list[Claim]) -> None:
    write_table(lines(claims), tmp_path / "c.csv", form_of(tmp_path / "c.csv"))
    with (tmp_path / "c.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(claims)
    assert list(rows[0]) == columns()
    for row, claim in zip(rows, claims, strict=True):
        assert row["text"] == claim.text
        assert (Decimal(row["value"]) if row["value"] else None) == claim.value
        assert row["sentence_text"] == (claim.sentence.text if claim.sentence else "")
        assert row["rules"] == " ".join(claim.rules)
        assert row["provenance_date"] == "2024"
    write_table([], tmp_path / "none.csv", "csv")
    assert (tmp_path / "none.csv").read_text(encoding="utf-8") == ",".join(columns()) + "\n"


def test_parquet_has_typed_columns_and_exact_numbers(tmp_path: Path, claims: list[Claim]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")
    path = tmp_path / "c.parquet"
    write_table(lines(claims), path, form_of(path))
    table = parquet.read_table(path)
    assert {str(table.schema.field(name).type) for name in ("value", "low", "high")} == {"double"}
    assert str(table.schema.field("start").type) == "int64"
    assert str(table.schema.field("rules").type) == "list<element: string>"
    for row, claim in zip(table.to_pylist(), claims, strict=True):
        assert (Decimal(row["value_exact"]) if row["value_exact"] else None) == claim.value
        assert row["subject"] == (claim.subject.model_dump() if claim.subject else None)
        assert row["provenance"]["model"] == "m"
    write_table([], tmp_path / "none.parquet", "parquet")
    assert parquet.read_table(tmp_path / "none.parquet").num_rows == 0
