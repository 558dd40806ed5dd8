"""Several models on the same gold: which there are, what they predict, one table of their scores."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Mapping, Sequence

from extractor.evaluation.bootstrap import Interval, intervals
from extractor.evaluation.gold import GoldDocument
from extractor.evaluation.labels import sections
from extractor.evaluation.metrics import Evaluation
from extractor.evaluation.report import percent
from extractor.evaluation.tally import Score
from extractor.pipeline import BLANK_MODEL, BUNDLED_MODEL, OFFICIAL_MODEL, Pipeline
from extractor.schema import Claim

#: Models that are compared where they are installed: rules alone, the bundled ones, spaCy's own.
CANDIDATES = (BLANK_MODEL, BUNDLED_MODEL, f"{BUNDLED_MODEL}_by", OFFICIAL_MODEL)
#: Left out of the table of models: variants of the span score that say little more.
_LEFT_OUT = ("span.exact", "span.partial", "span.type")
_NAME, _COLUMN = 34, 24


def installed() -> list[str]:
    """Return those of :data:`CANDIDATES` that can be loaded here."""
    return [name for name in CANDIDATES if name == BLANK_MODEL or importlib.util.find_spec(name) is not None]


def full_name(pipeline: Pipeline) -> str:
    """Return name and version of a pipeline's model, as people read them."""
    return f"{pipeline.meta['model']} {pipeline.meta['model_version']}".rstrip()


def predict(pipeline: Pipeline, documents: Iterable[GoldDocument]) -> dict[str, list[Claim]]:
    """Return what a pipeline extracts from the texts of gold documents, by their ids."""
    documents = list(documents)
    claims = pipeline.extract_many({"id": document.doc_id, "text": document.text} for document in documents)
    return {document.doc_id: found for document, found in zip(documents, claims, strict=True)}


def models_table(evaluations: Mapping[str, Evaluation]) -> str:
    """Return F1 with its interval, in per cent, a row a measure and a column a model."""
    flat = {name: evaluation.micro.flat() for name, evaluation in evaluations.items()}
    bounds = {name: intervals(evaluation.tallies) for name, evaluation in evaluations.items()}
    first = next(iter(evaluations.values()))
    lines = [f"{len(first.documents)} documents, {first.micro.whole.gold} claims in gold; F1 with its 95% interval"]
    lines.append(f"{'':<{_NAME}}" + "".join(f"{name:>{_COLUMN}}" for name in evaluations))
    rows = dict.fromkeys(row for scores in flat.values() for _, part in sections(scores) for row in part)
    for measure, label in rows:
        if measure in _LEFT_OUT or (measure.startswith("kind.") and not measure.endswith(".whole")):
            continue
        cells = [_cell(flat[name].get(measure, Score()), bounds[name].get(measure)) for name in evaluations]
        lines.append(f"{label:<{_NAME}}" + "".join(f"{cell:>{_COLUMN}}" for cell in cells))
    return "\n".join(lines)


def models_record(evaluations: Mapping[str, Evaluation]) -> dict[str, object]:
    """Return the scores of each model, with intervals, in a form that :func:`json.dumps` takes."""
    return {
        name: {
            "micro": evaluation.micro.to_dict(),
            "intervals": {key: bound.to_dict() for key, bound in intervals(evaluation.tallies).items()},
        }
        for name, evaluation in evaluations.items()
    }


def _cell(score: Score, interval: Interval | None) -> str:
    bounds: Sequence[str] = [] if interval is None else [f"[{percent(interval.low)}, {percent(interval.high)}]"]
    return " ".join([percent(score.f1), *bounds])
