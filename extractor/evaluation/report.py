"""The scores as plain text for a terminal: a table, then every difference with its sentence."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from extractor.evaluation.bootstrap import MACRO_DOCUMENTS, MACRO_KINDS, Interval
from extractor.evaluation.compare import SPURIOUS, WHOLE, Comparison, Turn
from extractor.evaluation.differences import Difference, Outcome, readable_quantity
from extractor.evaluation.gold import GoldClaim
from extractor.evaluation.labels import sections
from extractor.evaluation.metrics import Evaluation
from extractor.evaluation.tally import Score
from extractor.schema import Claim

WIDTH = 100
_NAME = 34


def render(evaluation: Evaluation, intervals: Mapping[str, Interval] | None = None, *, differences: bool = True) -> str:
    """Return the whole report: :func:`table`, then the differences unless they are not wanted."""
    parts = [table(evaluation, intervals)]
    if differences:
        parts.append(difference_list(evaluation.differences))
    return "\n\n".join(parts) + "\n"


def table(evaluation: Evaluation, intervals: Mapping[str, Interval] | None = None) -> str:
    """Return the scores in per cent: overall, by kind, by field; ``-`` where there is nothing to score.

    Args:
        evaluation: what was scored.
        intervals: of each F1, as :func:`~extractor.evaluation.bootstrap.intervals` gives them.
    """
    micro, known = evaluation.micro, intervals or {}
    counts = f"{micro.whole.gold} claims in gold, {micro.whole.predicted} predicted"
    lines = [f"{len(evaluation.documents)} documents, {counts}"]
    if evaluation.unscored:
        lines.append(f"not scored, for they have no gold: {', '.join(evaluation.unscored)}")
    scores = micro.flat()
    for title, rows in sections(scores):
        lines += ["", _header(title)]
        lines += (_row(label, scores.get(name, Score()), known.get(name)) for name, label in rows)
        if title == "overall":
            lines += _macro(evaluation, known)
    return "\n".join(lines)


def comparison_table(comparison: Comparison) -> str:
    """Return the paired differences of F1 in points, with interval and p, and what was won and lost."""
    counts = [f"{comparison.count(turn, WHOLE)} whole claims {turn.value}" for turn in Turn]
    counts.append(f"{comparison.count(Turn.WON, SPURIOUS)} spurious ones gone")
    counts.append(f"{comparison.count(Turn.LOST, SPURIOUS)} new")
    header = f"{'against the earlier run':<{_NAME}}{'old':>8}{'new':>8}{'change':>9}{'95% of the change':>20}{'p':>9}"
    lines = [", ".join(counts), "", header]
    for _, rows in sections({name: Score() for name in comparison.measures}):
        for name, label in rows:
            pair = comparison.measures.get(name)
            if pair is None or pair.difference is None or (pair.difference == 0 and name != "whole"):
                continue
            bounds = f"{100 * pair.interval.low:+.1f} .. {100 * pair.interval.high:+.1f}" if pair.interval else "-"
            p = "-" if pair.p is None else f"{pair.p:.4f}"
            change = f"{100 * pair.difference:+.1f}"
            lines.append(f"{label:<{_NAME}}{percent(pair.old):>8}{percent(pair.new):>8}{change:>9}{bounds:>20}{p:>9}")
    return "\n".join(lines)


def turned_list(comparison: Comparison) -> str:
    """Return what was won and lost, each with what the run that has it wrong says."""
    blocks = []
    for each in comparison.turned:
        first = f"{each.turn.value.upper()}  {each.what}  == {each.doc_id}"
        blocks.append("\n".join([first, *(f"  {line}" for line in _block(each.wrong))]))
    return "\n\n".join(blocks)


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


def percent(share: float | None) -> str:
    """Return a share in per cent with one decimal, ``-`` for None."""
    return "-" if share is None else f"{100 * share:.1f}"


def _macro(evaluation: Evaluation, intervals: Mapping[str, Interval]) -> Iterator[str]:
    by_document, by_kind = evaluation.macro_over_documents(), evaluation.macro_over_kinds()
    for label, mean, name in (
        ("whole claim, mean of documents", by_document["whole"], MACRO_DOCUMENTS),
        ("whole claim, mean of kinds", by_kind["whole"], MACRO_KINDS),
    ):
        yield f"{label:<{_NAME}}{'':>14}{percent(mean):>7}{_bounds(intervals.get(name)):>16}"


def _header(title: str) -> str:
    return f"{title:<{_NAME}}{'P':>7}{'R':>7}{'F1':>7}{'95% of F1':>16}{'right':>8}{'predicted':>11}{'gold':>7}"


def _row(name: str, score: Score, interval: Interval | None) -> str:
    right = f"{score.credit:g}"
    return (
        f"{name:<{_NAME}}{percent(score.precision):>7}{percent(score.recall):>7}"
        f"{percent(score.f1):>7}{_bounds(interval):>16}{right:>8}{score.predicted:>11}{score.gold:>7}"
    )


def _bounds(interval: Interval | None) -> str:
    return "-" if interval is None else f"{percent(interval.low)} .. {percent(interval.high)}"


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
