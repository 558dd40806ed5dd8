"""``cifre evaluate``: scores against hand-annotated gold."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.common import FAILED, LEXICON, MODEL, load_pipeline, say

if TYPE_CHECKING:
    from extractor.evaluation import Evaluation, GoldDocument
    from extractor.evaluation.page import Run

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option(
    "--gold",
    type=click.Path(path_type=Path),
    default="gold",
    metavar="PATH",
    show_default=True,
    help="Folder of gold files, or one .jsonl.",
)
@click.option(
    "--split",
    type=click.Choice(["dev", "test", "all"]),
    help="Which part of the gold. Default: dev where the corpus has a manifest with splits, else all.",
)
@click.option("--pred", type=_FILE, help="Score these JSON lines instead of extracting.")
@click.option("--against", type=_FILE, help="Compare with these JSON lines of an earlier run.")
@MODEL
@LEXICON
@click.option("--all-models", is_flag=True, help="One table of every model that is installed.")
@click.option("--json", "as_json", is_flag=True, help="Print scores for programs.")
@click.option("--html", "page", type=_FILE, metavar="FILE", help="Write a page with charts and every error.")
@click.option("--open-test", is_flag=True, help="Show the errors of test articles too.")
@click.option("--min-f1", type=float, metavar="X", help="Exit with 1 when whole-claim F1 is below X (0 to 1).")
@click.option("--gate", is_flag=True, help="Exit with 1 when a score falls below its floor in floors.toml.")
@click.option("--set-floors", is_flag=True, help="Write floors.toml: the floors are what is reached now.")
@click.option("--lower-because", metavar="REASON", help="With --set-floors: let floors go down, and keep the reason.")
@click.option("-q", "--quiet", is_flag=True, help="Leave the differences out.")
def evaluate(
    gold: Path,
    split: str | None,
    pred: Path | None,
    against: Path | None,
    model: str | None,
    lexicon: Path | None,
    all_models: bool,
    as_json: bool,
    page: Path | None,
    open_test: bool,
    min_f1: float | None,
    gate: bool,
    set_floors: bool,
    lower_because: str | None,
    quiet: bool,
) -> None:
    """Score claims against hand-annotated gold.

    Scores are in per cent, with 95% intervals over articles. The errors of test articles stay closed, so that
    nobody fits a rule to them.
    """
    from extractor.evaluation import load_gold
    from extractor.evaluation.manifest import chosen

    if gate or set_floors:
        if pred or against or all_models or split or lexicon or (gate and set_floors):
            raise click.UsageError(
                "--gate and --set-floors measure models on every split: no other choice goes with it"
            )
        sys.exit(_floors(gold, model, set_floors, lower_because))
    if lower_because:
        raise click.UsageError("--lower-because goes with --set-floors")
    if pred and lexicon:
        raise click.UsageError("--lexicon is for extracting: --pred has the claims already")
    if all_models and (pred or against or model or page):
        raise click.UsageError("--all-models makes a table of its own: no --pred, --against, --model, --html")
    try:  # GoldError, ManifestError and what predictions raise are all ValueErrors
        documents, closed = chosen(load_gold(gold), gold, split)
        if all_models:
            _all_models(documents, as_json, lexicon)
            return
        run, earlier = _run(documents, pred, model, lexicon), _earlier(documents, against)
    except (OSError, ValueError) as error:
        raise click.UsageError(str(error)) from error
    hidden = frozenset() if open_test else closed
    _report(documents, run, earlier, hidden, as_json, quiet or page is not None)
    if page:
        _page(page, f"Scores of {gold.name}" + (f", {split}" if split else ""), documents, run, earlier, hidden)
    _judge(run.evaluation, min_f1)


def _run(documents: list[GoldDocument], pred: Path | None, model: str | None, lexicon: Path | None) -> Run:
    from extractor.evaluation import evaluate, load_predictions
    from extractor.evaluation.models import full_name, predict
    from extractor.evaluation.page import Run

    if pred:
        predicted, name = load_predictions(pred), pred.name
    else:
        pipeline = load_pipeline(model, lexicon)
        name = full_name(pipeline)
        say(f"model: {name}")
        predicted = predict(pipeline, documents)
    return Run(name, evaluate(documents, predicted), predicted)


def _earlier(documents: list[GoldDocument], against: Path | None) -> Run | None:
    from extractor.evaluation import evaluate, load_predictions
    from extractor.evaluation.page import Run

    if against is None:
        return None
    predicted = load_predictions(against)
    return Run(against.name, evaluate(documents, predicted), predicted)


def _report(
    documents: list[GoldDocument], run: Run, earlier: Run | None, hidden: frozenset[str], as_json: bool, brief: bool
) -> None:
    from extractor.evaluation import compare, render
    from extractor.evaluation.report import comparison_table, turned_list

    shown = run.evaluation.without_differences(hidden)
    comparison = compare(earlier.evaluation, run.evaluation) if earlier else None
    if as_json:
        record = shown.to_dict() | {"intervals": {name: bound.to_dict() for name, bound in run.bounds.items()}}
        if comparison:
            record["against"] = comparison.without(hidden).to_dict()
        click.echo(json.dumps(record, ensure_ascii=False, indent=1))
        return
    click.echo(render(shown, run.bounds, differences=not brief), nl=False)
    if comparison:
        click.echo(f"\n{comparison_table(comparison)}")
        if not brief:
            click.echo(f"\n{turned_list(comparison.without(hidden))}")
    if hidden and not brief:
        say(f"the errors of {len(hidden)} test documents stay closed (--open-test shows them)")


def _page(
    path: Path, title: str, documents: list[GoldDocument], run: Run, earlier: Run | None, hidden: frozenset[str]
) -> None:
    from extractor.evaluation import compare
    from extractor.evaluation.page import render_page

    content = render_page(
        documents,
        run.closed(hidden),
        title=title,
        earlier=earlier.closed(hidden) if earlier else None,
        comparison=compare(earlier.evaluation, run.evaluation) if earlier else None,
        closed=len(hidden),
    )
    try:
        path.write_text(content, encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.UsageError(f"cannot write {path}: {error.strerror}") from error
    say(f"written: {path}")


def _all_models(documents: list[GoldDocument], as_json: bool, lexicon: Path | None) -> None:
    from extractor.evaluation import evaluate
    from extractor.evaluation.models import full_name, installed, models_record, models_table, predict

    pipelines = [load_pipeline(name, lexicon) for name in installed()]
    evaluations = {full_name(each): evaluate(documents, predict(each, documents)) for each in pipelines}
    if as_json:
        click.echo(json.dumps(models_record(evaluations), ensure_ascii=False, indent=1))
    else:
        click.echo(models_table(evaluations))


def _floors(gold: Path, model: str | None, setting: bool, reason: str | None) -> int:
    """Set floors or compare with them; return the exit code."""
    from datetime import date

    from extractor.evaluation.floors import FLOORS, FloorsError, load_floors, set_floors, write_floors
    from extractor.evaluation.gate import gold_of, measure, models_of, pass_gate
    from extractor.evaluation.report import percent

    try:
        if not gold.is_dir():
            raise click.UsageError(f"{gold}: floors stand in a gold folder, as {FLOORS}")
        path = gold / FLOORS
        floors = load_floors(path) if path.exists() or not setting else None
        annotated = gold_of(gold)
        measured = list(measure(annotated, models_of(floors, model), load_pipeline))
        if setting:
            today = date.today().isoformat()
            write_floors(set_floors(floors, annotated.fingerprint, measured, reason=reason, date=today), path)
            say(f"written: {path}")
            return 0
        failed = 0
        for each, low in pass_gate(floors, annotated, measured) if floors else ():
            name = f"{each.model} {each.version}".rstrip()
            whole = percent(each.tally.whole.f1)
            click.echo(f"{name}, {each.split}: whole claim {whole}: {'below its floors' if low else 'passed'}")
            for measure_ in low:
                click.echo(f"  {measure_.measure} {percent(measure_.reached)} is below {percent(measure_.floor)}")
            failed += bool(low)
    except FloorsError as error:
        say(str(error))
        return FAILED
    except (OSError, ValueError) as error:
        raise click.UsageError(str(error)) from error
    return FAILED if failed else 0


def _judge(evaluation: Evaluation, min_f1: float | None) -> None:
    reached = evaluation.micro.whole.f1
    if min_f1 is not None and (reached is None or reached < min_f1):
        say(f"whole-claim F1 {0 if reached is None else reached:.4f} is below {min_f1}")
        sys.exit(FAILED)
