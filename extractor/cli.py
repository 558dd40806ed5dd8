"""The ``cifre`` command. Everything heavy is imported inside the commands, so that help is immediate."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from extractor import __version__

if TYPE_CHECKING:
    from extractor.pipeline import Pipeline
    from extractor.schema import Claim

FAILED, USAGE = 1, 2
_MODEL = click.option(
    "--model",
    metavar="NAME",
    help="Italian spaCy pipeline: a name, a path, or blank:it for rules alone. "
    "Default: it_core_news_sm where installed, else the bundled it_cifre_sm.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cifre")
def main() -> None:
    """The numbers that Italian news states, as data.

    Exit codes: 0 all right, 1 some documents failed or a score is too low, 2 wrong usage.
    """


def _say(message: str) -> None:
    click.echo(message, err=True)


def _load(model: str | None) -> Pipeline:
    from extractor.pipeline import ModelNotFound, load

    try:
        pipeline = load(model)
    except ModelNotFound as error:
        raise click.UsageError(str(error)) from error
    return pipeline


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write JSON lines to FILE.")
@_MODEL
@click.option("--summary", is_flag=True, help="Print a readable summary on stderr.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but errors.")
def extract(paths: tuple[str, ...], output: Path | None, model: str | None, summary: bool, quiet: bool) -> None:
    """Extract claims from .txt files, folders of them, or - (standard input).

    One JSON object a claim a line, documents in input order; doc_id is the file's name without its ending.
    """
    from extractor.io.readers import BadArticle, articles

    pipeline = _load(model)
    if not quiet:
        _say(f"model: {pipeline.meta['model']} {pipeline.meta['model_version']}".rstrip())
    target: TextIO
    try:
        target = output.open("w", encoding="utf-8") if output else sys.stdout
    except OSError as error:
        raise click.UsageError(f"cannot write {output}: {error.strerror}") from error
    claims: list[Claim] = []
    done = failed = 0
    try:
        for item in articles(paths):
            if isinstance(item, BadArticle):
                failed += 1
                _say(f"error: {item.source}: {item.reason}")
                continue
            found = pipeline.extract(item.text, item.doc_id)
            target.writelines(claim.to_json() + "\n" for claim in found)
            done += 1
            if summary:
                claims += found
    except BrokenPipeError:  # the reader (head, less) has seen enough
        sys.stderr.close()
        sys.exit(0)
    finally:
        if output:
            target.close()
    if output:
        meta = pipeline.meta | {"documents": done, "failed": failed}
        output.with_suffix(".meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    if summary:
        _summary(claims, done, failed, output)
    sys.exit(FAILED if failed else 0)


def _summary(claims: list[Claim], done: int, failed: int, output: Path | None) -> None:
    from extractor.evaluation.differences import readable_quantity

    for claim in claims:
        change = f" ({claim.change})" if claim.change else ""
        modifier = f"{claim.modifier.replace('_', ' ')} " if claim.modifier != "exact" else ""
        subject = claim.subject.text if claim.subject else "-"
        _say(f"  {claim.text:<28.28}  {claim.kind:<10}  {modifier}{readable_quantity(claim)}{change}  | {subject}")
    kinds = ", ".join(f"{count} {kind}" for kind, count in Counter(str(c.kind) for c in claims).most_common())
    _say(f"{len(claims)} claims in {done} documents ({kinds})" + (f"; {failed} documents failed" if failed else ""))
    if output:
        _say(f"JSON lines: {output}")


@main.command()
@click.option("--gold", default="gold", metavar="PATH", show_default=True, help="Folder of gold files, or one .jsonl.")
@click.option("--pred", type=click.Path(dir_okay=False), help="Score these JSON lines instead of extracting.")
@_MODEL
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
        pipeline = _load(model)
        _say(f"model: {pipeline.meta['model']} {pipeline.meta['model_version']}".rstrip())
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
        _say(f"whole-claim F1 {0 if reached is None else reached:.4f} is below {min_f1}")
        sys.exit(FAILED)


@main.command()
def schema() -> None:
    """Print the JSON Schema of a claim."""
    from extractor.schema import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))


@main.command()
@click.argument("text")
@_MODEL
def explain(text: str, model: str | None) -> None:
    """Show the claims of TEXT, their fields, and the rules and words that decided each."""
    from extractor.explain import explain as explained

    pipeline = _load(model)
    _say(f"model: {pipeline.meta['model']} {pipeline.meta['model_version']}".rstrip())
    click.echo(explained(pipeline, text))


if __name__ == "__main__":
    main()
