"""Pinned floors: the scores below which a change is not let in, and the record of every time one was lowered.

The file (``floors.toml`` in the gold folder) holds, for each model and split, the F1 of every measure when the
floors were set, with the hash of corpus and gold that they were measured on. Only ``--set-floors`` writes it, and
it lowers a floor only with a reason, which stays in the file.
"""

from __future__ import annotations

import hashlib
import json
import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from extractor.evaluation.gold import GoldDocument
from extractor.evaluation.tally import Score, Tally
from extractor.pipeline import BLANK_MODEL
from extractor.schema import Model

FLOORS = "floors.toml"
_PLACES = 10_000
_HEADER = """\
# Floors of the scores. `cifre evaluate --gate` compares with them and `cifre evaluate --set-floors` writes them:
# not by hand. A floor goes down only with --lower-because "reason", and the reason is kept below.
"""


class FloorsError(ValueError):
    """The floors cannot be read, do not fit the gold, or may not be set so."""


class Floor(Model):
    """The floors of one model on one split.

    Attributes:
        gold_claims: how many claims the split had.
        slack: how many claims a measure may lose unpunished: none for rules alone, one for a network, whose
            arithmetic differs in the last digits from processor to processor.
        f1: the floors, by the names of :meth:`~extractor.evaluation.tally.Tally.flat`, from 0 to 1.
    """

    model: str
    version: str
    split: str
    gold_claims: int
    slack: Annotated[int, Field(ge=0)]
    f1: dict[str, float]


class Lowered(Model):
    """One floor that was lowered, when and why; ``now`` is None where the measure is gone."""

    date: str
    reason: Annotated[str, Field(min_length=1)]
    model: str
    split: str
    measure: str
    was: float
    now: float | None = None


class Floors(Model):
    """A floors file."""

    corpus_and_gold: str
    floors: tuple[Floor, ...] = ()
    lowered: tuple[Lowered, ...] = ()

    def of(self, model: str, split: str) -> Floor | None:
        """Return the floors of a model on a split, None where none are set."""
        return next((floor for floor in self.floors if (floor.model, floor.split) == (model, split)), None)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one model reaches now on one split."""

    model: str
    version: str
    split: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Below:
    """One measure that does not reach its floor."""

    measure: str
    reached: float | None
    floor: float


def fingerprint(documents: Iterable[GoldDocument], splits: Mapping[str, str]) -> str:
    """Return a hash of all that scores depend on: texts, gold claims and splits; not of how files are laid out."""
    digest = hashlib.sha256()
    for document in sorted(documents, key=lambda each: each.doc_id):
        record = [document.doc_id, splits.get(document.doc_id), document.model_dump(mode="json")]
        digest.update(json.dumps(record, ensure_ascii=False, sort_keys=True).encode("utf-8") + b"\n")
    return digest.hexdigest()


def load_floors(path: Path) -> Floors:
    """Read a floors file.

    Raises:
        FloorsError: it is not there, or is no floors file.
    """
    try:
        return Floors.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise FloorsError(f"{path}: there are no floors yet: cifre evaluate --set-floors sets them") from error
    except (ValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FloorsError(f"{path}: no floors file: {error}") from error


def below(floor: Floor, measured: Measured) -> list[Below]:
    """Return the measures that fall below their floors by more than the slack.

    Raises:
        FloorsError: the floors were set with another version of the model.
    """
    if floor.version != measured.version:
        raise FloorsError(
            f"the floors of {floor.model} were set with version {floor.version or 'none'}, "
            f"this is {measured.version or 'none'}: set them again"
        )
    scores = measured.tally.flat()
    found = []
    for measure, least in floor.f1.items():
        score = scores.get(measure, Score())
        if not _reaches(score, least, floor.slack):
            found.append(Below(measure, score.f1, least))
    return found


def set_floors(
    old: Floors | None, fingerprint: str, measured: Sequence[Measured], *, reason: str | None, date: str
) -> Floors:
    """Return floors at what is measured now; what was not measured keeps its floors.

    A score that is lower than its floor by no more than the slack leaves the floor where it is, as long as
    corpus, gold and model are the same.

    Args:
        old: the floors so far.
        fingerprint: of corpus and gold.
        measured: what the models reach.
        reason: why floors may go down; without one they may not.
        date: of today, for the record (ISO 8601).

    Raises:
        FloorsError: a floor would go down and there is no reason; floors of another corpus or gold would be kept.
    """
    same = old is not None and old.corpus_and_gold == fingerprint
    floors = {(each.model, each.split): each for each in old.floors} if old else {}
    new = {(each.model, each.split): each for each in measured}
    if not same and (left := sorted(floors.keys() - new.keys())):
        names = ", ".join(f"{model} on {split}" for model, split in left)
        raise FloorsError(f"corpus or gold have changed, so all floors are set again; not measured: {names}")
    lowered: list[Lowered] = []
    for key, each in new.items():
        before = floors.get(key)
        kept = before.f1 if before is not None and same and before.version == each.version else {}
        slack = 0 if each.model == BLANK_MODEL else 1
        f1 = {
            name: kept[name] if name in kept and _reaches(score, kept[name], slack) else 0.0
            for name, score in each.tally.flat().items()
            if score.f1 is not None
        }
        f1 = {name: max(least, _floored(each.tally.flat()[name])) for name, least in f1.items()}
        for name, was in before.f1.items() if before else ():
            if f1.get(name, -1.0) < was:
                lowered.append(
                    Lowered(
                        date=date, reason=reason or "-", model=each.model, split=each.split,
                        measure=name, was=was, now=f1.get(name),
                    )
                )  # fmt: skip
        floors[key] = Floor(
            model=each.model, version=each.version, split=each.split,
            gold_claims=each.tally.whole.gold, slack=slack, f1=f1,
        )  # fmt: skip
    if lowered and not (reason and reason.strip()):
        lines = [
            f"  {each.model}, {each.split}: {each.measure} {each.was:.4f} -> "
            + ("gone" if each.now is None else f"{each.now:.4f}")
            for each in lowered
        ]
        raise FloorsError('floors would go down; --lower-because "reason" allows it:\n' + "\n".join(lines))
    return Floors(
        corpus_and_gold=fingerprint,
        floors=tuple(floors[key] for key in sorted(floors)),
        lowered=(*(old.lowered if old else ()), *lowered),
    )


def write_floors(floors: Floors, path: Path) -> None:
    """Write a floors file.

    Raises:
        OSError: it cannot be written.
    """
    parts = [_HEADER + f"corpus_and_gold = {_toml(floors.corpus_and_gold)}"]
    for floor in floors.floors:
        own = _table("[[floors]]", floor.model_dump(exclude={"f1"}))
        parts.append(own + "\n" + _table("[floors.f1]", floor.f1))
    parts += (_table("[[lowered]]", each.model_dump(exclude_none=True)) for each in floors.lowered)
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8", newline="\n")


def _reaches(score: Score, least: float, slack: int) -> bool:
    if score.f1 is None:
        return False
    return score.f1 + 2 * slack / (score.predicted + score.gold) >= least


def _floored(score: Score) -> float:
    """Return F1 cut off, not rounded, so that the score itself is never below it."""
    assert score.f1 is not None
    return math.floor(score.f1 * _PLACES) / _PLACES


def _table(heading: str, values: Mapping[str, Any]) -> str:
    return "\n".join([heading, *(f"{_key(name)} = {_toml(value)}" for name, value in values.items())])


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() else _toml(name)


def _toml(value: str | float) -> str:
    # JSON's strings are TOML's basic strings, but for DEL, which a reason on one line does not hold.
    return json.dumps(value, ensure_ascii=False)
