"""Currencies, percentages and units of measure, as the tables list them.

``currencies.toml`` and ``units.toml`` are for linguists; this module turns their rows into
:class:`UnitEntry` objects for the grammar, each checked when the table is first asked for.

How forms are matched:

========================  =====================  ==================================================
field                     case                   place
========================  =====================  ==================================================
names, weak_names         any                    after the number, a magnitude, or ``di``/``d'``
per_names                 any                    the same
symbols, weak_symbols     as written             after the number, glued or spaced
prefix_symbols            any                    before the number, glued or spaced
========================  =====================  ==================================================

Any-case forms are listed in lower case, except ``prefix_symbols``, which keep their usual look.
A single space inside a form stands for any run of blanks, ``'`` for either apostrophe.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from extractor.lexicon.active import in_force, per_lexicon
from extractor.lexicon.loader import (
    DECIMAL,
    FLAG,
    TEXT,
    TEXTS,
    Row,
    built_in_table,
    check_sections,
    check_unique,
    rows,
)

UnitKind = Literal["money", "percentage", "measure"]

PERCENTAGE_CODES = frozenset({"%", "pp", "bp"})

_REQUIRED = {"code": TEXT}
_FORMS = {
    "factor": DECIMAL,
    "names": TEXTS,
    "weak_names": TEXTS,
    "symbols": TEXTS,
    "weak_symbols": TEXTS,
    "prefix_symbols": TEXTS,
}
_OPTIONAL: dict[UnitKind, dict[str, str]] = {
    "money": _FORMS | {"signs": TEXTS, "candidates": TEXTS, "any_currency": FLAG, "historic": FLAG, "iso": FLAG},
    "percentage": _FORMS,
    "measure": _FORMS
    | {"per_names": TEXTS, "context": TEXTS, "angle_context": TEXTS, "angle_code": TEXT, "ucum": FLAG},
}
_TYPES = {kind: _REQUIRED | optional for kind, optional in _OPTIONAL.items()}
# A form found in a fold cannot be claimed by another row under any key of the same fold.
_ANY_CASE_KEYS = ("names", "weak_names", "per_names")
_FOLDS: tuple[tuple[tuple[str, ...], bool], ...] = (
    (_ANY_CASE_KEYS, True),
    (("symbols", "weak_symbols"), False),
    (("prefix_symbols",), True),
)
KINDS_OF: dict[str, tuple[UnitKind, ...]] = {"currencies": ("money",), "units": ("percentage", "measure")}
"""Which sections the tables have."""


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """One currency, percentage or unit of measure with all its surface forms.

    Attributes:
        kind: ``money``, ``percentage`` or ``measure``.
        code: ISO 4217 code; ``%``, ``pp`` or ``bp``; UCUM code. Empty for a currency that the name
            does not determine (``corone``), see ``candidates``.
        factor: what one of these is worth in units of ``code`` (a cent: 0.01 EUR); exact, above 0.
        names: words after the number, in lower case.
        symbols: symbols after the number, case-sensitive.
        prefix_symbols: symbols before the number, any case.
        weak_names: like ``names``, but everyday words too; a match needs more evidence.
        weak_symbols: like ``symbols``, but words, letters or magnitudes too; needs more evidence.
        per_names: worded forms that end in a per-phrase (``chilometri all'ora``).
        context: words nearby that support this reading, in lower case.
        angle_code: what ``gradi`` and ``°`` are worth when an angle is meant, else empty.
        angle_context: words nearby that tell that an angle is meant, in lower case.
        candidates: codes of the currencies that share an undetermined name, likeliest first.
        any_currency: a hundredth of whatever currency the text has just named, else of ``code``.
        historic: no longer legal tender.
        iso: whether ``code`` is of ISO 4217 (money).
        ucum: whether ``code`` is of UCUM (measures).
    """

    kind: UnitKind
    code: str
    factor: Decimal = Decimal(1)
    names: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    prefix_symbols: tuple[str, ...] = ()
    weak_names: tuple[str, ...] = ()
    weak_symbols: tuple[str, ...] = ()
    per_names: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    angle_code: str = ""
    angle_context: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    any_currency: bool = False
    historic: bool = False
    iso: bool = True
    ucum: bool = True


@per_lexicon
def currencies() -> tuple[UnitEntry, ...]:
    """Return the currencies: those of ``currencies.toml`` in its order, then those that the lexicon in force adds.

    Raises:
        LexiconError: a row of the table is wrong.
    """
    return _with_added("currencies")


@per_lexicon
def units() -> tuple[UnitEntry, ...]:
    """Return percentages, then units of measure, in the order of ``units.toml``, then those that are added.

    Raises:
        LexiconError: a row of the table is wrong.
    """
    return _with_added("units")


@cache
def _built_in(table: str) -> tuple[UnitEntry, ...]:
    return read_entries(built_in_table(table), KINDS_OF[table])


@per_lexicon
def added_entries(table: str) -> tuple[UnitEntry, ...]:
    """Return what the lexicon in force adds to ``units`` or ``currencies``.

    Raises:
        LexiconError: a row of it is wrong.
    """
    additions = in_force().additions
    return read_entries(additions[table], KINDS_OF[table]) if table in additions else ()


def _with_added(table: str) -> tuple[UnitEntry, ...]:
    """Entries with those of a user behind them; a form that the user has given a meaning loses the built-in one."""
    added = {name: added_entries(name) for name in KINDS_OF}
    taken = [
        {form for own in added.values() for entry in own for form in _folded(entry, keys, fold)}
        for keys, fold in _FOLDS
    ]
    kept = (_without(entry, taken) for entry in _built_in(table))
    return tuple(entry for entry in kept if entry is not None) + added[table]


def _without(entry: UnitEntry, taken: list[set[str]]) -> UnitEntry | None:
    """An entry without the forms that are taken; None where it has no form left."""
    changed: dict[str, Any] = {}
    for (keys, fold), forms in zip(_FOLDS, taken, strict=True):
        if forms.isdisjoint(_folded(entry, keys, fold)):
            continue
        for key in keys:
            changed[key] = tuple(f for f in getattr(entry, key) if (f.casefold() if fold else f) not in forms)
    if not changed:
        return entry
    left = replace(entry, **changed)
    return left if any(getattr(left, key) for keys, _ in _FOLDS for key in keys) else None


def _folded(entry: UnitEntry, keys: tuple[str, ...], fold: bool) -> Iterator[str]:
    for key in keys:
        for form in getattr(entry, key):
            yield form.casefold() if fold else form


def read_entries(
    table: Mapping[str, Any], kinds: tuple[UnitKind, ...] = ("money", "percentage", "measure")
) -> tuple[UnitEntry, ...]:
    """Turn the rows of a parsed table into entries; no form may be claimed by two of its rows.

    Args:
        table: what :func:`~extractor.lexicon.loader.load_table` or ``parse_table`` returned.
        kinds: the sections the table may have.

    Raises:
        LexiconError: a section or key is unknown, a value wrong, a form claimed twice.
    """
    check_sections(table, kinds)
    found = [
        (row, _entry(row, kind))
        for kind in kinds
        for row in rows(table, kind, required=_REQUIRED, optional=_OPTIONAL[kind])
    ]
    for keys, fold in _FOLDS:
        check_unique(_claims(found, keys, fold=fold))
    return tuple(entry for _, entry in found)


def _claims(found: list[tuple[Row, UnitEntry]], keys: tuple[str, ...], *, fold: bool) -> Iterator[tuple[str, Row, str]]:
    for row, entry in found:
        for key in keys:
            for form in getattr(entry, key):
                yield (form.casefold() if fold else form), row, key


def _entry(row: Row, kind: UnitKind) -> UnitEntry:
    values = row.values(_TYPES[kind])
    signs = values.pop("signs", ())
    if signs:
        values["symbols"] = tuple(dict.fromkeys([*_cases(signs), *values.get("symbols", ())]))
        values["prefix_symbols"] = (*signs, *values.get("prefix_symbols", ()))
    entry = UnitEntry(kind=kind, **values)
    _check(row, entry)
    return entry


def _cases(signs: tuple[str, ...]) -> Iterator[str]:
    """Yield each sign as written, in lower case, and capitalised: ``EUR``, ``eur``, ``Eur``."""
    for sign in signs:
        yield sign
        if sign.lower() != sign:
            yield sign.lower()
            yield sign[0] + sign[1:].lower()


def _check(row: Row, entry: UnitEntry) -> None:
    if entry.factor <= 0:
        raise row.error(f"must be above 0, not {entry.factor}", "factor")
    if entry.kind == "percentage" and entry.code not in PERCENTAGE_CODES:
        raise row.error(f"must be one of {', '.join(sorted(PERCENTAGE_CODES))}, not {entry.code!r}", "code")
    if entry.kind == "measure" and not entry.code:
        raise row.error("is empty", "code")
    if entry.kind == "money" and (entry.code == "") != bool(entry.candidates):
        raise row.error("go with an empty code, and only with one", "candidates")
    if bool(entry.angle_code) != bool(entry.angle_context):
        raise row.error("goes together with angle_context", "angle_code")
    for key in (*_ANY_CASE_KEYS, "context", "angle_context"):
        for form in getattr(entry, key):
            if form != form.lower():
                raise row.error(f"{form!r} must be in lower case", key)
            if not form[0].isalnum():
                raise row.error(f"{form!r} must begin with a letter; a sign belongs to the symbols", key)
    if not any((entry.names, entry.weak_names, entry.per_names, entry.symbols, entry.weak_symbols)):
        raise row.error("no form to find it by: give names or symbols")
