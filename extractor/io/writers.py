"""Writing claims: JSON lines, CSV, and Parquet (extra ``parquet``).

JSON lines are what the extractor makes; the other two are tables made of them, one row a claim. Their
columns are read off :class:`~extractor.schema.Claim`, so a new field has its column without more ado.
"""

from __future__ import annotations

import csv
import json
import types
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from extractor.io.compressed import MissingExtra
from extractor.schema import Claim

if TYPE_CHECKING:
    import pyarrow as pa

JSONL, CSV, PARQUET = "jsonl", "csv", "parquet"
_ROWS_A_GROUP = 10_000  # five times as many took half a gigabyte


def form_of(path: Path) -> str:
    """Return the format that a file's ending stands for; JSON lines where it stands for none."""
    return {".csv": CSV, ".parquet": PARQUET}.get(path.suffix.lower(), JSONL)


def check_writable(form: str) -> None:
    """Check that a format can be written here.

    Raises:
        MissingExtra: Parquet without pyarrow.
    """
    if form == PARQUET:
        try:
            import pyarrow  # noqa: F401 - only whether it is there
        except ImportError as error:
            raise MissingExtra("Parquet output needs pyarrow: pip install 'cifre[parquet]'") from error


def write_table(lines: Iterable[bytes], path: Path, form: str) -> None:
    """Write claims, given as JSON lines, as a CSV or Parquet file.

    Raises:
        OSError: the file cannot be written.
        MissingExtra: see :func:`check_writable`.
    """
    check_writable(form)
    records = (json.loads(line, parse_float=Decimal) for line in lines)
    if form == CSV:
        _write_csv(records, path)
    else:
        _write_parquet(records, path)


def columns() -> list[str]:
    """Return the names of the CSV columns: nested fields are joined by ``_`` (``subject_text``)."""
    return [name for name, _ in flat_columns(Claim)]


def flat_columns(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the columns of a model, each with the keys that lead to its value in a record."""
    for name, field in model.model_fields.items():
        inner = _plain_type(field.annotation)
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            for column, path in flat_columns(inner):
                yield f"{prefix}{name}_{column}", (name, *path)
        else:
            yield prefix + name, (name,)


def _write_csv(records: Iterable[dict[str, Any]], path: Path) -> None:
    flat = list(flat_columns(Claim))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([name for name, _ in flat])
        writer.writerows([cell(at(record, place)) for _, place in flat] for record in records)


def at(record: dict[str, Any] | None, place: tuple[str, ...]) -> Any:
    """Return what stands in a record under the keys of :func:`flat_columns`; None where a part of it is null."""
    value: Any = record
    for key in place:
        value = None if value is None else value.get(key)
    return value


def cell(value: Any) -> str:
    """Return a value as a cell of a table; null is an empty one."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str(value)


def _write_parquet(records: Iterable[dict[str, Any]], path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    schema = arrow_schema()
    group: list[dict[str, Any]] = []
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for record in records:
            group.append(arrow_row(record))
            if len(group) == _ROWS_A_GROUP:
                writer.write_table(pa.Table.from_pylist(group, schema=schema))
                group = []
        writer.write_table(pa.Table.from_pylist(group, schema=schema))


def arrow_schema() -> pa.Schema:
    """Return the Arrow schema of a claim.

    Spans and the provenance are structs. A number is a double beside its exact decimal text
    (``value``, ``value_exact``), since a double rounds and no decimal type holds every number.
    """
    import pyarrow as pa

    return pa.schema(_arrow_fields(Claim))


def arrow_row(record: dict[str, Any]) -> dict[str, Any]:
    """Return the row of :func:`arrow_schema` for a claim read from its JSON line with exact decimals."""
    numbers = {name: record.get(name) for name in _numbers()}
    doubles = {name: None if value is None else float(value) for name, value in numbers.items()}
    exact = {f"{name}_exact": None if value is None else cell(value) for name, value in numbers.items()}
    return record | doubles | exact


def _numbers() -> list[str]:
    return [name for name, field in Claim.model_fields.items() if _plain_type(field.annotation) is Decimal]


def _arrow_fields(model: type[BaseModel]) -> list[pa.Field[Any]]:
    import pyarrow as pa

    fields = []
    for name, field in model.model_fields.items():
        inner = _plain_type(field.annotation)
        fields.append(pa.field(name, _arrow_type(inner)))
        if inner is Decimal:
            fields.append(pa.field(f"{name}_exact", pa.string()))
    return fields


def _arrow_type(annotation: Any) -> pa.DataType:
    import pyarrow as pa

    if get_origin(annotation) is tuple:
        return pa.list_(_arrow_type(get_args(annotation)[0]))
    if isinstance(annotation, type):
        if issubclass(annotation, BaseModel):
            return pa.struct(_arrow_fields(annotation))
        if annotation is Decimal:
            return pa.float64()
        if annotation is bool:
            return pa.bool_()
        if annotation is int:
            return pa.int64()
    return pa.string()  # texts, and enumerations and literals of texts


def _plain_type(annotation: Any) -> Any:
    """Strip ``Annotated`` and ``| None`` from a type."""
    if get_origin(annotation) is Annotated:
        return _plain_type(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        members = [member for member in get_args(annotation) if member is not type(None)]
        return _plain_type(members[0])
    return annotation
