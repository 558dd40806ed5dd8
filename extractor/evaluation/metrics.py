"""Scores of predicted claims against gold: spans, kinds, fields, whole claims.

Names of the span measures are those of SemEval-2013 task 9:

=========== ========================== ================== =================
measure     span                       kind               half credit
=========== ========================== ================== =================
``strict``  equal                      right              no
``exact``   equal                      not looked at      no
``partial`` equal or overlapping       not looked at      if not equal
``type``    equal or overlapping       right              no
``overlap`` equal or overlapping       not looked at      no
=========== ========================== ================== =================

``overlap`` is not SemEval's: it is the matching on which fields and whole claims are scored. Fields
are scored on matched claims only. A document's score is a :class:`Tally` of plain counts that adds
up, so that any set of documents (a split, a resample) is scored by adding its tallies.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractor.evaluation.align import Alignment, align
from extractor.evaluation.differences import (
    Difference,
    FieldDifference,
    Outcome,
    readable_quantity,
    sentence_around,
)
from extractor.evaluation.fields import same_phrase, same_quantity, same_subject
from extractor.evaluation.gold import GoldClaim, GoldDocument
from extractor.evaluation.tally import Score, Tally, total
from extractor.schema import Claim, Kind, Modality, Modifier

SPAN_MEASURES = ("strict", "exact", "partial", "type", "overlap")
KIND_MEASURES = ("strict", "type", "whole")
#: Scored on every matched claim, so precision and recall are one accuracy; subject only where the
#: gold has one (a prediction without any is wrong then).
CORE_FIELDS = ("kind", "quantity", "modifier", "change", "subject")
#: modifier and change once more, only where they say something (not ``exact``, not null).
MARKED_FIELDS = ("modifier_marked", "change_marked")
#: Precision over the matched claims that are predicted to have them, recall over those that do;
#: a modality counts as had when it is not ``asserted``.
PHRASE_FIELDS = ("time", "baseline", "attribution")
LINK_FIELDS = ("same_as", "refers_to")
EXTENDED_FIELDS = (*PHRASE_FIELDS, "modality", *LINK_FIELDS)
FIELDS = (*CORE_FIELDS, *MARKED_FIELDS, *EXTENDED_FIELDS)
#: The fields that a whole claim needs, besides the overlap.
WHOLE_FIELDS = ("kind", "quantity", "modifier", "change")


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """How one document scored.

    Attributes:
        whole_right: ids of the gold claims that are right as whole claims, in text order.
        differences: all that is not right, in text order.
    """

    doc_id: str
    tally: Tally
    alignment: Alignment
    whole_right: tuple[str, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of a set of documents.

    Attributes:
        documents: one result a gold document, in the order of the gold.
        micro: counts over all claims.
        unscored: ids of predicted documents for which there is no gold, sorted.
    """

    documents: tuple[DocumentResult, ...]
    micro: Tally
    unscored: tuple[str, ...] = ()

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """The counts of each document, for :func:`~extractor.evaluation.bootstrap.intervals`."""
        return tuple(document.tally for document in self.documents)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Everything that is not right, document by document."""
        return tuple(difference for document in self.documents for difference in document.differences)

    def without_differences(self, documents: Collection[str]) -> Evaluation:
        """Return the same scores, with nothing said of what is wrong in some documents."""
        kept = (replace(each, differences=()) if each.doc_id in documents else each for each in self.documents)
        return replace(self, documents=tuple(kept))

    def macro_over_documents(self) -> dict[str, float | None]:
        """Return the mean F1 of the documents, ``whole`` and each span measure.

        A document without claims in gold and prediction has no F1 and is left out.
        """
        tallies = [document.tally for document in self.documents]
        means = {"whole": _mean(tally.whole.f1 for tally in tallies)}
        for name in SPAN_MEASURES:
            means[name] = _mean(tally.spans[name].f1 for tally in tallies)
        return means

    def macro_over_kinds(self) -> dict[str, float | None]:
        """Return the mean F1 of the kinds that the gold has, each kind with the same weight."""
        kinds = [scores for scores in self.micro.kinds.values() if scores["type"].gold]
        return {name: _mean(scores[name].f1 for scores in kinds) for name in KIND_MEASURES}

    def to_dict(self) -> dict[str, Any]:
        """Return all scores and differences in a form that :func:`json.dumps` takes."""
        return {
            "documents": len(self.documents),
            "micro": self.micro.to_dict(),
            "macro": {"documents": self.macro_over_documents(), "kinds": self.macro_over_kinds()},
            "by_document": {
                document.doc_id: document.tally.to_dict() | {"whole_right": list(document.whole_right)}
                for document in self.documents
            },
            "differences": [difference.to_dict() for difference in self.differences],
            "unscored": list(self.unscored),
        }


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def evaluate(gold: Iterable[GoldDocument], predicted: Mapping[str, Sequence[Claim]]) -> Evaluation:
    """Score predicted claims, by document id, against gold.

    A gold document without predictions counts with all its claims missed; predictions for a
    document without gold are not scored, only named in ``unscored``.

    Raises:
        ValueError: a predicted claim is not at its place in the gold's text, so prediction and
            gold were made from different texts.
    """
    documents = tuple(score_document(document, predicted.get(document.doc_id, ())) for document in gold)
    unscored = sorted(set(predicted) - {document.doc_id for document in documents})
    return Evaluation(documents, total(document.tally for document in documents), tuple(unscored))


def score_document(gold: GoldDocument, predicted: Sequence[Claim]) -> DocumentResult:
    """Score the claims predicted for one document; see :func:`evaluate`."""
    for claim in predicted:
        if gold.text[claim.start : claim.end] != claim.text:
            raise ValueError(
                f"document {gold.doc_id!r}: claim {claim.claim_id} says {claim.text!r} at "
                f"[{claim.start}:{claim.end}], where the gold's text has "
                f"{gold.text[claim.start : claim.end]!r}: the two were made from different texts"
            )
    alignment = align(gold.claims, predicted)
    pairs = [(gold.claims[g], predicted[p]) for g, p in alignment.pairs]
    counterparts = {wanted.claim_id: got.claim_id for wanted, got in pairs}
    differences: list[Difference] = []
    right: list[str] = []
    right_kinds: list[Kind] = []
    fields: dict[str, Score] = dict.fromkeys(FIELDS, Score())
    for wanted, got in pairs:
        judged = _judge(wanted, got, counterparts)
        for name, score in judged.items():
            fields[name] += score
        if all(judged[name].correct for name in WHOLE_FIELDS):
            right.append(wanted.claim_id)
            right_kinds.append(wanted.kind)
        if wrong := _wrong_fields(wanted, got, judged):
            sentence = sentence_around(gold.text, wanted.start, wanted.end)
            differences.append(Difference(gold.doc_id, Outcome.WRONG, sentence, wanted, got, wrong))
    for missed in (gold.claims[g] for g in alignment.missed):
        sentence = sentence_around(gold.text, missed.start, missed.end)
        differences.append(Difference(gold.doc_id, Outcome.MISSED, sentence, gold=missed))
    for extra in (predicted[p] for p in alignment.spurious):
        sentence = sentence_around(gold.text, extra.start, extra.end)
        differences.append(Difference(gold.doc_id, Outcome.SPURIOUS, sentence, predicted=extra))
    tally = Tally(
        whole=Score(len(right), len(predicted), len(gold.claims)),
        spans=_span_scores(pairs, len(predicted), len(gold.claims)),
        kinds=_kind_scores(gold.claims, predicted, pairs, right_kinds),
        fields=fields,
    )
    differences.sort(key=lambda difference: difference.start)
    return DocumentResult(gold.doc_id, tally, alignment, tuple(right), tuple(differences))


def _same_span(wanted: GoldClaim, got: Claim) -> bool:
    return (wanted.start, wanted.end) == (got.start, got.end)


def _span_scores(pairs: Sequence[tuple[GoldClaim, Claim]], predicted: int, gold: int) -> dict[str, Score]:
    equal = sum(_same_span(wanted, got) for wanted, got in pairs)
    same_kind = sum(wanted.kind == got.kind for wanted, got in pairs)
    both = sum(_same_span(wanted, got) and wanted.kind == got.kind for wanted, got in pairs)
    return {
        "strict": Score(both, predicted, gold),
        "exact": Score(equal, predicted, gold),
        "partial": Score(equal, predicted, gold, partial=len(pairs) - equal),
        "type": Score(same_kind, predicted, gold),
        "overlap": Score(len(pairs), predicted, gold),
    }


def _kind_scores(
    gold: Sequence[GoldClaim],
    predicted: Sequence[Claim],
    pairs: Sequence[tuple[GoldClaim, Claim]],
    right_kinds: Sequence[Kind],
) -> dict[Kind, dict[str, Score]]:
    scores = {}
    for kind in Kind:
        wanted_count = sum(claim.kind == kind for claim in gold)
        got_count = sum(claim.kind == kind for claim in predicted)
        if wanted_count or got_count:
            agreed = [(wanted, got) for wanted, got in pairs if wanted.kind == got.kind == kind]
            equal = sum(_same_span(wanted, got) for wanted, got in agreed)
            scores[kind] = {
                "strict": Score(equal, got_count, wanted_count),
                "type": Score(len(agreed), got_count, wanted_count),
                "whole": Score(right_kinds.count(kind), got_count, wanted_count),
            }
    return scores


def _judge(wanted: GoldClaim, got: Claim, counterparts: Mapping[str, str]) -> dict[str, Score]:
    """Score each field of one matched pair: counts of 0 or 1."""
    judged = {
        "kind": _accuracy(wanted.kind == got.kind),
        "quantity": _accuracy(same_quantity(wanted, got)),
        "modifier": _accuracy(wanted.modifier == got.modifier),
        "change": _accuracy(wanted.change == got.change),
        "subject": Score(),
        "modifier_marked": _stated(
            wanted.modifier != Modifier.EXACT,
            got.modifier != Modifier.EXACT,
            wanted.modifier == got.modifier,
        ),
        "change_marked": _stated(wanted.change is not None, got.change is not None, wanted.change == got.change),
        "modality": _stated(
            wanted.modality != Modality.ASSERTED,
            got.modality != Modality.ASSERTED,
            wanted.modality == got.modality,
        ),
    }
    if wanted.subject is not None:
        right = got.subject is not None and same_subject(wanted.subject.text, got.subject.text)
        judged["subject"] = _accuracy(right)
    for name in PHRASE_FIELDS:
        phrase, other = getattr(wanted, name), getattr(got, name)
        right = phrase is not None and other is not None and same_phrase(phrase.text, other.text)
        judged[name] = _stated(phrase is not None, other is not None, right)
    for name in LINK_FIELDS:
        target, other = getattr(wanted, name), getattr(got, name)
        right = other is not None and counterparts.get(target) == other
        judged[name] = _stated(target is not None, other is not None, right)
    return judged


def _accuracy(right: bool) -> Score:
    return Score(int(right), 1, 1)


def _stated(wanted: bool, got: bool, right: bool) -> Score:
    return Score(int(wanted and got and right), int(got), int(wanted))


def _wrong_fields(wanted: GoldClaim, got: Claim, judged: Mapping[str, Score]) -> tuple[FieldDifference, ...]:
    wrong = []
    if not _same_span(wanted, got):
        wrong.append(FieldDifference("span", wanted.text, got.text))
    for name in (*CORE_FIELDS, *EXTENDED_FIELDS):
        score = judged[name]
        if score.correct < max(score.gold, score.predicted):
            wrong.append(FieldDifference(name, _readable_field(wanted, name), _readable_field(got, name)))
    return tuple(wrong)


def _readable_field(claim: GoldClaim | Claim, name: str) -> str | None:
    if name == "quantity":
        return readable_quantity(claim)
    value = getattr(claim, name)
    if value is None or isinstance(value, str):
        return None if value is None else str(value)
    return str(value.text)
