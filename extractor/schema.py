"""The output contract: what a numeric claim looks like.

One flat, frozen pydantic model a claim; :func:`json_schema` is what programs that read the output
may rely on. Numbers are exact :class:`~decimal.Decimal` values from the text to the JSON line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import partial
from json.encoder import encode_basestring
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    model_validator,
)

SCHEMA_VERSION: Literal["1.0"] = "1.0"


class Kind(StrEnum):
    """What sort of quantity a claim states."""

    MONEY = "money"
    PERCENTAGE = "percentage"
    COUNT = "count"
    MEASURE = "measure"
    RATIO = "ratio"


class Modifier(StrEnum):
    """How the text bounds or blurs the number (TIMEX3 ``mod``, carried over to quantities)."""

    EXACT = "exact"
    APPROX = "approx"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Change(StrEnum):
    """Direction of a change whose size the quantity is."""

    INCREASE = "increase"
    DECREASE = "decrease"


class Modality(StrEnum):
    """Whether the text states the quantity as a fact, a forecast, an aim, a case or denies it."""

    ASSERTED = "asserted"
    FORECAST = "forecast"
    TARGET = "target"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"


def plain_decimal(value: Decimal) -> Decimal:
    """Return ``value`` without exponent and without trailing zeros after the point.

    >>> plain_decimal(Decimal("1E+3")), plain_decimal(Decimal("1.50"))
    (Decimal('1000'), Decimal('1.5'))
    """
    if not value.is_finite():
        raise ValueError("a quantity is a finite number")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Decimal(0) if text in ("-0", "-") else Decimal(text)


def _json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[
    Decimal,
    AfterValidator(plain_decimal),
    PlainSerializer(_json_number, return_type=int | float, when_used="json"),
    Field(json_schema_extra={"type": "number"}),
]

PERCENTAGE_UNITS = frozenset({"%", "pp", "bp"})


class Model(BaseModel):
    """Base of every model here: frozen, and an unknown field is an error."""

    # `Field` describes fields: texts under them would be read from this file's source at every import
    model_config = ConfigDict(frozen=True, extra="forbid")


class TextSpan(Model):
    """A stretch of the document: code point offsets, end exclusive."""

    text: Annotated[str, StringConstraints(min_length=1)]
    start: Annotated[int, Field(ge=0)]
    end: int

    @model_validator(mode="after")
    def _offsets_agree(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError(f"span [{self.start}:{self.end}] does not have the length of {self.text!r}")
        return self


class ValuedSpan(TextSpan):
    """A time expression or a baseline, with its normalised value.

    ``value`` of a time is ISO 8601 or EDTF (``2024``, ``2024-Q3``, ``2024-01/2024-09``); of a
    baseline ``yoy``, ``qoq``, ``mom`` or a date. It is null where the text alone does not tell it.
    """

    value: str | None = None


class QuantityFields(Model):
    """The fields that a quantity has on its own, whatever text it stands in."""

    kind: Kind
    value: Number | None = Field(
        default=None, description="The plain number, magnitudes multiplied out; null for a range."
    )
    low: Number | None = Field(default=None, description="Where a range begins.")
    high: Number | None = Field(default=None, description="Where a range ends.")
    unit: str | None = Field(
        default=None, description="ISO 4217 code of money; %, pp or bp; UCUM code of a measure; else null."
    )
    modifier: Modifier = Field(default=Modifier.EXACT, description="How the text bounds or blurs the number.")

    @model_validator(mode="after")
    def _value_or_range(self) -> Self:
        is_range = self.low is not None or self.high is not None
        if is_range and (self.low is None or self.high is None):
            raise ValueError("a range has both low and high")
        if is_range == (self.value is not None):
            raise ValueError("a quantity has either a value or a range (low and high), never both")
        return self

    @model_validator(mode="after")
    def _unit_fits_kind(self) -> Self:
        if self.kind is Kind.PERCENTAGE and self.unit not in PERCENTAGE_UNITS:
            raise ValueError(f"a percentage has one of the units {sorted(PERCENTAGE_UNITS)}, not {self.unit!r}")
        if self.kind in (Kind.COUNT, Kind.RATIO) and self.unit is not None:
            raise ValueError(f"a {self.kind} has no unit, not {self.unit!r}")
        return self


class Quantity(QuantityFields):
    """A quantity expression standing alone, as :func:`extractor.parse_quantity` returns it."""


class Provenance(Model):
    """Where a claim comes from: what made it, and of which document.

    ``document_sha256`` is that of the document's text in UTF-8, the text that the offsets count;
    ``title`` and ``date`` are as the document's source gives them.
    """

    extractor_version: str
    model: str
    model_version: str
    document_sha256: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
    title: str | None = None
    date: str | None = None


class Claim(QuantityFields):
    """One numeric claim of a document.

    Offsets are Unicode code points into the text as read, end exclusive. ``unit`` is an ISO 4217
    code for money, ``%``/``pp``/``bp`` for percentages, a UCUM code for measures, else null.
    ``provenance`` is there in the lines that ``cifre extract`` writes.
    """

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    doc_id: str
    claim_id: Annotated[
        str, Field(description="Of its document's claims, in text order: the document's id, # and a number.")
    ]
    start: Annotated[int, Field(ge=0, description="Where the quantity begins in the text.")]
    end: Annotated[int, Field(description="Where it ends, exclusive.")]
    text: Annotated[
        str, StringConstraints(min_length=1), Field(description="Number, magnitude, unit and sign, as written.")
    ]
    change: Change | None = Field(
        default=None, description="The direction, where the quantity is the size of a change and not a level."
    )
    subject: TextSpan | None = Field(default=None, description="What is counted, or the property measured.")
    time: ValuedSpan | None = Field(default=None, description="When it holds; value in ISO 8601 or EDTF.")
    baseline: ValuedSpan | None = Field(
        default=None, description="What it is measured against; value yoy, qoq, mom or a date."
    )
    attribution: TextSpan | None = Field(default=None, description="Who says so.")
    modality: Modality = Field(
        default=Modality.ASSERTED, description="Whether it is stated, foreseen, aimed at, supposed or denied."
    )
    same_as: str | None = Field(default=None, description="The claim that it restates in another unit.")
    refers_to: str | None = Field(
        default=None, description="The claim that its subject (la cifra, il numero) takes up."
    )
    sentence: TextSpan | None = Field(default=None, description="The sentence that it stands in.")
    rules: tuple[str, ...] = Field(default=(), description="The rules that decided, those of the quantity first.")
    provenance: Provenance | None = Field(default=None, description="What made it, and of which document.")

    @model_validator(mode="after")
    def _offsets_agree(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"end {self.end} is not after start {self.start}")
        if self.end - self.start != len(self.text):
            raise ValueError(f"claim [{self.start}:{self.end}] does not have the length of {self.text!r}")
        if self.claim_id in (self.same_as, self.refers_to):
            raise ValueError("a claim cannot restate or refer to itself")
        return self

    def to_json(self) -> str:
        """Return the claim as one line of JSON, its numbers plain and exact."""
        return _object(self.__dict__, _KEY_ORDER)

    @classmethod
    def from_json(cls, line: str | bytes) -> Self:
        """Read a claim back from :meth:`to_json`, numbers exact.

        Raises:
            ValueError: the line is not JSON, or not a claim (pydantic's ``ValidationError``).
        """
        return cls.model_validate(json.loads(line, parse_float=Decimal))


# The order of the keys in a JSON line: identity, quantity, meaning, links, provenance.
_KEY_ORDER = [
    "schema_version",
    "doc_id",
    "claim_id",
    "kind",
    "start",
    "end",
    "text",
    "value",
    "low",
    "high",
    "unit",
    "modifier",
    "change",
    "subject",
    "time",
    "baseline",
    "attribution",
    "modality",
    "same_as",
    "refers_to",
    "sentence",
    "rules",
    "provenance",
]


def json_line(record: dict[str, Any]) -> str:
    """Serialise a record, models in it too, on one line; a Decimal becomes a plain JSON number of the same digits.

    The standard encoder knows only floats, which would round (0.1234567890123456789) or write an
    exponent (1e-08), so the members are joined here.
    """
    return _object(record, record)


def _object(record: dict[str, Any], keys: Iterable[str]) -> str:
    return "{" + ", ".join([_NAMES[k] + _WRITERS[type(value := record[k])](value) for k in keys]) + "}"


def _list(values: Sequence[Any]) -> str:
    return "[" + ", ".join([_WRITERS[type(value)](value) for value in values]) + "]"


def _model(value: BaseModel) -> str:
    return _object(value.__dict__, value.__dict__)


class _Names(dict[str, str]):
    """How the names of members are written; those of the models are kept."""

    def __missing__(self, name: str) -> str:
        return encode_basestring(name) + ": "


_NAMES = _Names(
    {
        name: encode_basestring(name) + ": "
        for model in (Claim, TextSpan, ValuedSpan, Provenance)
        for name in model.model_fields
    }
)


class _Writers(dict[type, Callable[[Any], str]]):
    """How a value of a type is written; a type not named here is looked at once."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        write: Callable[[Any], str] = partial(json.dumps, ensure_ascii=False)
        if issubclass(kind, BaseModel):
            write = _model
        elif issubclass(kind, str):
            write = encode_basestring
        self[kind] = write
        return write


_WRITERS = _Writers(
    {
        type(None): lambda _: "null",
        str: encode_basestring,
        int: str,
        Decimal: lambda value: format(value, "f"),
        dict: lambda value: _object(value, value),
        list: _list,
        tuple: _list,
    }
)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a claim as it is written."""
    return Claim.model_json_schema(mode="serialization")
