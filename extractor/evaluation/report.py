"""The scores as plain text for a terminal: a table, then every difference with its sentence."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from extractor.evaluation.differences import Difference, Outcome, readable_quantity
from extractor.evaluation.gold import GoldClaim
from extractor.evaluation.metrics import (
    FIELDS,
    KIND_MEASURES,
    LINK_FIELDS,
    PHRASE_FIELDS,
    Evaluation,
    Score,
)
from extractor.schema import Claim

WIDTH = 100
_NAME = 30

_SPAN_LABELS = {
    "exact": "equal spans (exact)",
    "overlap": "overlapping spans",
    "partial": "  the same, half credit (partial)",
    "strict": "equal spans, same kind (strict)",
    "type": "overlap, same kind (type)",
}
_FIELD_LABELS = {
    "subject": "subject, where gold has one",
    "modifier_marked": "  modifier, where not exact",
    "change_marked": "  change, where there is one",
    "modality": "modality, where not asserted",
} | {name: f"{name}, where there is one" for name in (*PHRASE_FIELDS, *LINK_FIELDS)}


def render(evaluation: Evaluation, *, differences: bool = True) -> str:
    """Return the whole report: :func:`table`, then the differences unless they are not wanted."""
    parts = [table(evaluation)]
    if differences:
        parts.append(difference_list(evaluation.differences))
    return "\n\n".join(parts) + "\n"


def table(evaluation: Evaluation) -> str:
    """Return the scores in per cent: overall, by kind, by field; ``-`` where there is nothing to score."""
    micro = evaluation.micro
    counts = f"{micro.whole.gold} claims in gold, {micro.whole.predicted} predicted"
    lines = [f"{len(evaluation.documents)} documents, {counts}"]
    if evaluation.unscored:
        lines.append(f"not scored, for they have no gold: {', '.join(evaluation.unscored)}")
    lines += ["", _header("overall")]
    lines.append(_row("whole claim", micro.whole))
    lines += (_row(label, micro.spans[name]) for name, label in _SPAN_LABELS.items())
    by_document, by_kind = evaluation.macro_over_documents(), evaluation.macro_over_kinds()
    lines.append(
        f"macro F1: whole claim {_percent(by_document['whole'])} over documents, "
        f"{_percent(by_kind['whole'])} over kinds; overlap {_percent(by_document['overlap'])} over documents"
    )
    lines += ["", _header("by kind")]
    for kind, scores in micro.kinds.items():
        labels = {"strict": "equal span", "type": "overlap", "whole": "whole claim"}
        lines += (_row(f"{kind.value}: {labels[name]}", scores[name]) for name in KIND_MEASURES)
    lines += ["", _header("by field (matched claims)")]
    for name in FIELDS:
        lines.append(_row(_FIELD_LABELS.get(name, name), micro.fields.get(name, Score())))
    return "\n".join(lines)


def difference_list(differences: Iterable[Difference]) -> str:
    """Return one short block a difference, under the heading of its document."""
    blocks: list[str] = []
    document = None
    found = list(differences)
    counts = ", ".join(f"{sum(d.outcome is outcome for d in found)} {outcome.value}" for outcome in Outcome)
    for difference in found:
        if difference.doc_id != document:
            document = difference.doc_id
            blocks.append(f"== {document}")
        blocks.append("\n".join(_block(difference)))
    return "\n\n".join([f"differences: {counts}", *blocks])


def _header(title: str) -> str:
    return f"{title:<{_NAME + 4}}{'P':>7}{'R':>7}{'F1':>7}{'right':>9}{'predicted':>11}{'gold':>7}"


def _row(name: str, score: Score) -> str:
    right = f"{score.credit:g}"
    return (
        f"{name:<{_NAME + 4}}{_percent(score.precision):>7}{_percent(score.recall):>7}"
        f"{_percent(score.f1):>7}{right:>9}{score.predicted:>11}{score.gold:>7}"
    )


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}"


def _block(difference: Difference) -> Iterator[str]:
    if difference.gold is not None:
        yield f"{difference.outcome.value.upper()}  {_claim_line(difference.gold)}"
    elif difference.predicted is not None:
        yield f"{difference.outcome.value.upper()}  {_claim_line(difference.predicted)}"
    for wrong in difference.fields:
        yield f"    {wrong.field}: {_shown(wrong.gold)} -> {_shown(wrong.predicted)}"
    if difference.predicted is not None and difference.predicted.rules:
        yield f"    rules: {', '.join(difference.predicted.rules)}"
    yield textwrap.fill(
        difference.sentence,
        WIDTH,
        initial_indent="    | ",
        subsequent_indent="    | ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _claim_line(claim: GoldClaim | Claim) -> str:
    parts = [f"[{claim.text}]", claim.kind.value, readable_quantity(claim), claim.modifier.value]
    if claim.change is not None:
        parts.append(claim.change.value)
    if claim.subject is not None:
        parts.append(f"subject: {claim.subject.text}")
    return f"{claim.claim_id} {claim.start}:{claim.end}  " + " · ".join(parts)


def _shown(value: str | None) -> str:
    return "none" if value is None else value
