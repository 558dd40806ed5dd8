"""``cifre evaluate``: scores against hand-annotated gold."""

from __future__ import annotations

import json
import sys

import click

from extractor.cli.common import FAILED, MODEL, load_pipeline, say


@click.command()
@click.option("--gold", default="gold", metavar="PATH", show_default=True, help="Folder of gold files, or one .jsonl.")
@click.option("--pred", type=click.Path(dir_okay=False), help="Score these JSON lines instead of extracting.")
@MODEL
@click.option("--json", "as_json", is_flag=True, help="Print scores for programs.")
@click.option("--min-f1", type=float, metavar="X", help="Exit with 1 when whole-claim F1 is below X (0 to 1).")
@click.option("-q", "--quiet", is_flag=True, help="Leave the differences out.")
def evaluate(gold: str, pred: str | None, model: str | None, as_json: bool, min_f1: float | None, quiet: bool) -> None:
    """Score claims against hand-annotated gold."""
    from extractor.evaluation import GoldError, load_gold, load_predictions, render
    from extractor.evaluation import evaluate as score

    try:
        documents = load_gold(gold)
        predicted = load_predictions(pred) if pred else None
    except (GoldError, OSError, ValueError) as error:
        raise click.UsageError(str(error)) from error
    if predicted is None:
        pipeline = load_pipeline(model)
        say(f"model: {pipeline.meta['model']} {pipeline.meta['model_version']}".rstrip())
        predicted = {d.doc_id: pipeline.extract(d.text, d.doc_id) for d in documents}
    try:
        evaluation = score(documents, predicted)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        click.echo(json.dumps(evaluation.to_dict(), ensure_ascii=False, indent=1))
    else:
        click.echo(render(evaluation, differences=not quiet))
    reached = evaluation.micro.whole.f1
    if min_f1 is not None and (reached is None or reached < min_f1):
        say(f"whole-claim F1 {0 if reached is None else reached:.4f} is below {min_f1}")
        sys.exit(FAILED)
