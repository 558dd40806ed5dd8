"""The gate: every model that has floors, on every split, against them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.evaluation.floors import Below, Floors, FloorsError, Measured, below, fingerprint
from extractor.evaluation.gold import GoldDocument, load_gold
from extractor.evaluation.manifest import ALL, Split, load_manifest, manifest_for, of_split
from extractor.evaluation.metrics import evaluate
from extractor.evaluation.models import predict
from extractor.pipeline import BLANK_MODEL, BUNDLED_MODEL, Pipeline

#: Models that get floors where none are named and none are set.
USUAL = (BLANK_MODEL, BUNDLED_MODEL)


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold to be held against floors.

    Attributes:
        splits: documents by split; one split ``all`` where the corpus has no manifest.
        fingerprint: of texts, claims and splits.
    """

    splits: dict[str, list[GoldDocument]]
    fingerprint: str


def gold_of(folder: Path) -> Gold:
    """Read gold and its splits; a split without documents is left out.

    Raises:
        GoldError, ManifestError, OSError: gold or manifest cannot be read.
    """
    documents, path = load_gold(folder), manifest_for(folder)
    if path is None:
        return Gold({ALL: documents}, fingerprint(documents, {}))
    entries = load_manifest(path)
    splits = {split.value: of_split(documents, entries, split) for split in Split}
    names = {name: entry.split.value for name, entry in entries.items()}
    return Gold({name: inside for name, inside in splits.items() if inside}, fingerprint(documents, names))


def measure(gold: Gold, models: Sequence[str], load: Callable[[str], Pipeline]) -> Iterator[Measured]:
    """Yield what each model reaches on each split."""
    for model in models:
        pipeline = load(model)
        for split, documents in gold.splits.items():
            tally = evaluate(documents, predict(pipeline, documents)).micro
            yield Measured(model, pipeline.meta["model_version"], split, tally)


def models_of(floors: Floors | None, model: str | None) -> list[str]:
    """Return the models to measure: the one named, else those that have floors, else :data:`USUAL`."""
    if model is not None:
        return [model]
    return list(dict.fromkeys(floor.model for floor in floors.floors)) if floors and floors.floors else list(USUAL)


def pass_gate(floors: Floors, gold: Gold, measured: Sequence[Measured]) -> Iterator[tuple[Measured, list[Below]]]:
    """Yield what does not reach its floor, model by model and split by split; empty lists when all is well.

    Raises:
        FloorsError: corpus or gold are not those of the floors, or a model has none on a split.
    """
    if floors.corpus_and_gold != gold.fingerprint:
        raise FloorsError(
            "corpus or gold have changed since the floors were set "
            f"({floors.corpus_and_gold[:12]}, now {gold.fingerprint[:12]}): cifre evaluate --set-floors"
        )
    for each in measured:
        floor = floors.of(each.model, each.split)
        if floor is None:
            raise FloorsError(f"no floors are set for {each.model} on {each.split}: cifre evaluate --set-floors")
        yield each, below(floor, each)
