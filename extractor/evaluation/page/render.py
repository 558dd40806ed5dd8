"""Filling the page of scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.evaluation.bootstrap import Interval, Paired
from extractor.evaluation.compare import Comparison
from extractor.evaluation.gold import GoldDocument
from extractor.evaluation.labels import sections
from extractor.evaluation.page.cases import FIELD_ROWS, Case, Run, cases_of
from extractor.evaluation.tally import Score
from extractor.view import frame

_HERE = "extractor.evaluation.page"


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart; shares are from 0 to 1."""

    label: str
    score: Score
    interval: Interval | None
    earlier: Score | None
    paired: Paired | None


def render_page(
    documents: Sequence[GoldDocument],
    run: Run,
    *,
    title: str,
    earlier: Run | None = None,
    comparison: Comparison | None = None,
    closed: int = 0,
) -> str:
    """Return the page: charts of the scores with their intervals, and every error with its sentence.

    Args:
        documents: the gold that was scored, in the order of the evaluation.
        run: the run that is shown.
        title: heading of the page.
        earlier: a run that it is compared with, shown beside it.
        comparison: of the two, needed with ``earlier``.
        closed: how many documents have their errors left out, because they are for testing only.
    """
    cases = list(cases_of(documents, run, earlier))
    values = {
        "title": title,
        "run": run,
        "earlier": earlier,
        "comparison": comparison,
        "closed": closed,
        "charts": _charts(run, earlier, comparison),
        "cases": cases,
        "matrix": _matrix(cases),
        "options": _options(cases),
    }
    filters = {"percent": _percent, "points": _points}
    return frame.render(_HERE, "report.html", values, style="report.css", script="report.js", filters=filters)


def _charts(run: Run, earlier: Run | None, comparison: Comparison | None) -> list[tuple[str, list[Bar]]]:
    scores = run.evaluation.micro.flat()
    before = earlier.evaluation.micro.flat() if earlier else {}
    measures: Mapping[str, Paired] = comparison.measures if comparison else {}
    charts = []
    for heading, rows in sections(scores):
        bars = [
            Bar(
                label,
                scores.get(name, Score()),
                run.bounds.get(name),
                before.get(name, Score()) if earlier else None,
                measures.get(name),
            )
            for name, label in rows
        ]
        charts.append((heading, bars))
    return charts


def _matrix(cases: Sequence[Case]) -> dict[str, Any]:
    """Count errors by class and kind; a claim with two wrong fields counts in both rows."""
    counts: Counter[tuple[str, str]] = Counter()
    for case in cases:
        if case.outcome in ("missed", "spurious"):
            counts[case.outcome, case.kind] += 1
        elif case.outcome == "wrong":
            counts.update((field, case.kind) for field in case.wrong_now)
    kinds = list(dict.fromkeys(case.kind for case in cases))
    order = ("missed", "spurious", *FIELD_ROWS)
    rows = [name for name in order if any(counts[name, kind] for kind in kinds)]
    return {"kinds": kinds, "rows": [(name, [counts[name, kind] for kind in kinds]) for name in rows]}


def _options(cases: Sequence[Case]) -> dict[str, list[tuple[str, int]]]:
    """Return what can be filtered by, each value with the number of its cases."""
    return {
        "class": _counted(case.outcome for case in cases),
        "kind": _counted(case.kind for case in cases),
        "field": _counted(field for case in cases for field in case.fields),
        "turn": _counted(case.turn for case in cases if case.turn),
        "document": _counted(case.doc_id for case in cases),
    }


def _counted(values: Iterable[str]) -> list[tuple[str, int]]:
    return list(Counter(values).items())


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}"


def _points(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:+.1f}".replace("-", "−")
