"""``cifre evaluate``: scores against hand-annotated gold."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.common import FAILED, MODEL, load_pipeline, say

if TYPE_CHECKING:
    from extractor.evaluation import Evaluation, GoldDocument

ALL = "all"
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--gold", default="gold", metavar="PATH", show_default=True, help="Folder of gold files, or one .jsonl.")
@click.option(
    "--split",
    type=click.Choice(["dev", "test", ALL]),
    help="Which part of the gold. Default: dev where the corpus has a manifest with splits, else all.",
)
@click.option("--pred", type=_FILE, help="Score these JSON lines instead of extracting.")
@click.option("--against", type=_FILE, help="Compare with these JSON lines of an earlier run.")
@MODEL
@click.option("--json", "as_json", is_flag=True, help="Print scores for programs.")
@click.option("--html", "page", type=_FILE, metavar="FILE", help="Write a page with charts and every error.")
@click.option("--min-f1", type=float, metavar="X", help="Exit with 1 when whole-claim F1 is below X (0 to 1).")
@click.option("--open-test", is_flag=True, help="List the differences of the test split too.")
@click.option("-q", "--quiet", is_flag=True, help="Leave the differences out.")
def evaluate(
    gold: str,
    split: str | None,
    pred: Path | None,
    against: Path | None,
    model: str | None,
    as_json: bool,
    page: Path | None,
    min_f1: float | None,
    open_test: bool,
    quiet: bool,
) -> None:
    """Score claims against hand-annotated gold.

    Scores are in per cent, with 95% intervals over articles. The differences of test articles stay closed,
    so that nobody fits a rule to them.
    """
    from extractor.evaluation import GoldError, compare, intervals, load_gold, load_predictions, render
    from extractor.evaluation import evaluate as score
    from extractor.evaluation.manifest import ManifestError
    from extractor.evaluation.page import Run, render_page
    from extractor.evaluation.report import comparison_table, turned_list

    name = pred.name if pred else ""
    try:
        documents, closed = choose(load_gold(gold), Path(gold), split)
        predicted = load_predictions(pred) if pred else None
        before = load_predictions(against) if against else {}
        earlier = score(documents, before) if against else None
        if predicted is None:
            pipeline = load_pipeline(model)
            name = f"{pipeline.meta['model']} {pipeline.meta['model_version']}".rstrip()
            say(f"model: {name}")
            predicted = {d.doc_id: pipeline.extract(d.text, d.doc_id) for d in documents}
        evaluation = score(documents, predicted)
        comparison = compare(earlier, evaluation) if earlier else None
    except (GoldError, ManifestError, OSError, ValueError) as error:
        raise click.UsageError(str(error)) from error
    hidden = frozenset() if open_test else closed
    shown = evaluation.without_differences(hidden)
    turned = comparison.without(hidden) if comparison else None
    bounds = intervals(evaluation.tallies)
    if as_json:
        record = shown.to_dict() | {"intervals": {name: bound.to_dict() for name, bound in bounds.items()}}
        if turned:
            record["against"] = turned.to_dict()
        click.echo(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        click.echo(render(shown, bounds, differences=not quiet and page is None), nl=False)
        if comparison and turned:
            click.echo(f"\n{comparison_table(comparison)}")
            if not quiet and page is None:
                click.echo(f"\n{turned_list(turned)}")
    if hidden and not quiet:
        say(f"the differences of {len(hidden)} test documents stay closed (--open-test shows them)")
    if page:
        old = Run(against.name if against else "", earlier.without_differences(hidden), before) if earlier else None
        content = render_page(
            documents,
            Run(name, shown, predicted),
            title=f"Scores of {Path(gold).name}" + (f", {split}" if split else ""),
            earlier=old,
            comparison=comparison,
            closed=len(hidden),
        )
        _write(page, content)
    _judge(evaluation, min_f1)


def _write(path: Path, content: str) -> None:
    try:
        path.write_text(content, encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.UsageError(f"cannot write {path}: {error.strerror}") from error
    say(f"written: {path}")


def choose(documents: list[GoldDocument], gold: Path, split: str | None) -> tuple[list[GoldDocument], frozenset[str]]:
    """Return the documents of a split, and the ids of those among them that are for testing only.

    Raises:
        ManifestError: the manifest is wrong, or has no line for a document.
        click.UsageError: a split of gold without a manifest.
    """
    from extractor.evaluation.manifest import Split, load_manifest, manifest_for, of_split

    path = manifest_for(gold)
    if path is None:
        if split in ("dev", "test"):
            raise click.UsageError(f"{gold} has no splits: no manifest.jsonl is in it or in a corpus/ beside it")
        return documents, frozenset()
    entries = load_manifest(path)
    test = frozenset(document.doc_id for document in of_split(documents, entries, Split.TEST))
    if split == ALL:
        return documents, test
    chosen = of_split(documents, entries, Split(split or "dev"))
    if not chosen:
        raise click.UsageError(f"{path}: no article is in the split {split or 'dev'}")
    return chosen, test & {document.doc_id for document in chosen}


def _judge(evaluation: Evaluation, min_f1: float | None) -> None:
    reached = evaluation.micro.whole.f1
    if min_f1 is not None and (reached is None or reached < min_f1):
        say(f"whole-claim F1 {0 if reached is None else reached:.4f} is below {min_f1}")
        sys.exit(FAILED)
