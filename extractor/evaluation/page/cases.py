"""What the page shows of each claim that is wrong: its sentence, and gold and prediction field by field."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractor.evaluation.bootstrap import Interval, intervals
from extractor.evaluation.differences import Difference, Outcome, readable_quantity, sentence_parts
from extractor.evaluation.gold import GoldClaim, GoldDocument
from extractor.evaluation.metrics import CORE_FIELDS, EXTENDED_FIELDS, LINK_FIELDS, WHOLE_FIELDS, Evaluation
from extractor.schema import Claim, Modality, Modifier

#: What a case shows, in this order.
FIELD_ROWS = ("span", *CORE_FIELDS, *EXTENDED_FIELDS)
#: Said only when it is not the usual.
_USUAL = {"modifier": Modifier.EXACT.value, "modality": Modality.ASSERTED.value}


@dataclass(frozen=True)
class Run:
    """One version to show: what it predicted and how that scored.

    Attributes:
        name: for people: the model, or the file that the predictions came from.
    """

    name: str
    evaluation: Evaluation
    predicted: Mapping[str, Sequence[Claim]]

    @cached_property
    def bounds(self) -> dict[str, Interval]:
        """The intervals of its scores."""
        return intervals(self.evaluation.tallies)

    def closed(self, documents: Collection[str]) -> Run:
        """Return the same run with nothing to show of what is wrong in some documents."""
        return Run(self.name, self.evaluation.without_differences(documents), self.predicted)


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of one claim as people read it.

    Attributes:
        said: whether the claim says something here, beyond what is usual.
    """

    text: str
    wrong: bool
    said: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One side of a case: gold, the run, or the earlier run; ``rules`` are those of a prediction."""

    title: str
    cells: Mapping[str, Cell] | None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One claim that a run has wrong.

    Attributes:
        outcome: in the run that is shown; ``right`` where only the earlier run was wrong.
        turn: ``won``, ``lost``, or empty when both runs fare alike or there is one only.
        fields: what is wrong with it, in the run or in the earlier one; ``wrong_now`` in the run alone.
        before: the sentence up to the claim; then the claim itself, and what comes after.
        rows: the fields that any column says something of, in the order of the schema.
    """

    doc_id: str
    kind: str
    outcome: str
    turn: str
    fields: tuple[str, ...]
    wrong_now: tuple[str, ...]
    before: str
    marked: str
    after: str
    rows: tuple[str, ...]
    columns: tuple[Column, ...]


def cases_of(documents: Sequence[GoldDocument], run: Run, earlier: Run | None = None) -> Iterator[Case]:
    """Yield a case for each claim that one of the runs has wrong, in text order.

    Documents whose differences are left out of an evaluation
    (:meth:`~extractor.evaluation.metrics.Evaluation.without_differences`) have no cases.
    """
    runs = [run] if earlier is None else [run, earlier]
    for place, document in enumerate(documents):
        sides = [_Side(each, document, place) for each in runs]
        wrong: dict[tuple[str, str], int] = {}
        for side in sides:
            for key, difference in side.differences.items():
                wrong.setdefault(key, difference.start)
        for key in sorted(wrong, key=lambda key: wrong[key]):
            yield _case(document, key, sides)


class _Side:
    """What one run says of one document, by claim: a gold claim by its id, a spurious one by its place."""

    def __init__(self, run: Run, document: GoldDocument, place: int) -> None:
        self.name = run.name
        result = run.evaluation.documents[place]
        predicted = run.predicted.get(document.doc_id, ())
        self.texts = {claim.claim_id: claim.text for claim in predicted}
        self.claims = {("gold", document.claims[g].claim_id): predicted[p] for g, p in result.alignment.pairs}
        self.claims |= {_place(predicted[p]): predicted[p] for p in result.alignment.spurious}
        self.differences = {_key(difference): difference for difference in result.differences}


def _key(difference: Difference) -> tuple[str, str]:
    if difference.gold is not None:
        return "gold", difference.gold.claim_id
    assert difference.predicted is not None
    return _place(difference.predicted)


def _place(claim: Claim) -> tuple[str, str]:
    return "spurious", f"{claim.start}:{claim.end}"


def _case(document: GoldDocument, key: tuple[str, str], sides: Sequence[_Side]) -> Case:
    gold = next((c for c in document.claims if key == ("gold", c.claim_id)), None)
    found = [side.claims.get(key) for side in sides]
    shown = gold or next(claim for claim in found if claim is not None)
    texts = {claim.claim_id: claim.text for claim in document.claims}
    columns = [Column("gold", None if gold is None else _cells(gold, texts, frozenset()))]
    wrong: list[frozenset[str]] = []
    for side, claim in zip(sides, found, strict=True):
        difference = side.differences.get(key)
        fields = frozenset(each.field for each in difference.fields) if difference else frozenset()
        wrong.append(fields)
        cells = None if claim is None else _cells(claim, side.texts, fields)
        columns.append(Column(side.name, cells, claim.rules if claim is not None else ()))
    if len(sides) > 1:  # gold, earlier, now: as one reads
        columns = [columns[0], columns[2], columns[1]]
    outcomes = [side.differences[key].outcome.value if key in side.differences else "right" for side in sides]
    ranks = [_rank(outcome, fields) for outcome, fields in zip(outcomes, wrong, strict=True)]
    turn = "" if ranks[0] == ranks[-1] else "won" if ranks[0] > ranks[-1] else "lost"
    before, marked, after = sentence_parts(document.text, shown.start, shown.end)
    filled = [column.cells for column in columns if column.cells is not None]
    rows = tuple(row for row in FIELD_ROWS if any(cells[row].said or cells[row].wrong for cells in filled))
    return Case(
        doc_id=document.doc_id,
        kind=shown.kind.value,
        outcome=outcomes[0],
        turn=turn,
        fields=tuple(row for row in FIELD_ROWS if any(row in each for each in wrong)),
        wrong_now=tuple(row for row in FIELD_ROWS if row in wrong[0]),
        before=before,
        marked=marked,
        after=after,
        rows=rows,
        columns=tuple(columns),
    )


def _rank(outcome: str, wrong: frozenset[str]) -> tuple[int, int]:
    """Return how good a run is at one claim: right, whole claim right, found, or not even that."""
    if outcome != Outcome.WRONG.value:
        return (3 if outcome == "right" else 0), 0
    return (1 if wrong.intersection(WHOLE_FIELDS) else 2), -len(wrong)


def _cells(claim: GoldClaim | Claim, texts: Mapping[str, str], wrong: frozenset[str]) -> dict[str, Cell]:
    """Return each field as people read it; a link as the words of the claim that it leads to."""
    values: dict[str, str | None] = {"span": claim.text, "quantity": readable_quantity(claim)}
    for name in (*CORE_FIELDS, *EXTENDED_FIELDS):
        if name == "quantity":
            continue
        value = getattr(claim, name)
        if name in LINK_FIELDS:
            values[name] = texts.get(value, value)
        else:
            values[name] = value if value is None or isinstance(value, str) else value.text
    return {
        name: Cell(str(value or "none"), name in wrong, value is not None and value != _USUAL.get(name))
        for name, value in values.items()
    }
