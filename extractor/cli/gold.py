"""``cifre gold``: annotating articles of one's own."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.common import FAILED, LEXICON, MODEL, load_pipeline, put, say

if TYPE_CHECKING:
    from extractor.evaluation import GoldDocument
    from extractor.schema import Claim

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def gold() -> None:
    """Annotate articles of your own: make gold files, and check them."""


@gold.command()
@click.argument("article", type=_FILE)
@click.option("-o", "--output", type=_FILE, help="The gold file. Default: ARTICLE with the ending .json.")
@click.option("--empty", is_flag=True, help="No proposals: every claim is the annotator's own.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@MODEL
@LEXICON
def new(article: Path, output: Path | None, empty: bool, force: bool, model: str | None, lexicon: Path | None) -> None:
    """Make a gold file for ARTICLE, a text file in UTF-8, with the claims found in it as proposals to correct."""
    from extractor.evaluation.convert.extracted import gold_document
    from extractor.evaluation.convert.own import gold_json, relative

    if empty and (model or lexicon):
        raise click.UsageError("--empty makes no proposals: leave --model and --lexicon out")
    target = output or article.with_suffix(".json")
    if target.resolve() == article.resolve():
        raise click.UsageError(f"{target} is the article itself")
    text = _text(article)
    claims: list[Claim] = []
    made_by = ""
    if not empty:
        pipeline = load_pipeline(model, lexicon)
        made_by = f"{pipeline.meta['model']} {pipeline.meta['model_version']}".rstrip()
        claims = pipeline.extract(text, article.stem)
    document = gold_document(article.stem, text, claims)
    put({target: gold_json(document, relative(article, target.parent))}, force)
    if not empty:
        say(f"{len(claims)} proposals by {made_by}: correct each, and read the article for what is missing.")
        say("Proposals bias an annotator towards them: gold that is to measure the extractor begins with --empty.")


def _text(article: Path) -> str:
    """The text of an article as gold counts it; ends the command where there is none."""
    from extractor.evaluation.gold import read_article
    from extractor.io.article import Article, BadArticle, ReadOptions, checked

    try:
        found = checked(Article(article.stem, read_article(article), str(article)), ReadOptions())
    except UnicodeDecodeError as error:
        found = BadArticle(str(article), f"not UTF-8, in which gold files count their articles: {error}")
    except OSError as error:
        found = BadArticle(str(article), error.strerror or str(error))
    if isinstance(found, BadArticle):
        say(f"error: {found.source}: {found.reason}")
        sys.exit(FAILED)
    return found.text


@gold.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option(
    "--fix-offsets", is_flag=True, help="First move spans of .json files to the nearest place that has their text."
)
def check(paths: tuple[Path, ...], fix_offsets: bool) -> None:
    """Check gold: .json files, folders of them, .jsonl files.

    Each problem is a line with its file and claim. Where all is right: how many documents and claims there are.
    """
    from extractor.evaluation import GoldError, load_gold

    documents: list[GoldDocument] = []
    problems: list[str] = []
    for path in paths:
        try:
            if fix_offsets:
                _fix(path)
            documents += load_gold(path)
        except GoldError as error:
            problems += error.problems
        except OSError as error:
            problems.append(f"{path}: {error.strerror or error}")
    for problem in problems:
        click.echo(problem)
    if problems:
        say(f"{len(problems)} problems")
        sys.exit(FAILED)
    kinds = Counter(claim.kind.value for document in documents for claim in document.claims)
    by_kind = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    click.echo(f"{len(documents)} documents, {kinds.total()} claims" + (f": {by_kind}" if by_kind else ""))


def _fix(path: Path) -> None:
    from extractor.evaluation.gold import gold_files
    from extractor.evaluation.offsets import fix_offsets

    for file in gold_files(path):
        content, moved = fix_offsets(file)
        for line in moved:
            say(f"moved: {line}")
        if content is not None:
            put({file: content}, force=True)


@gold.command()
@click.argument("first", type=click.Path(exists=True, path_type=Path))
@click.argument("second", type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--output", type=_FILE, help="Write here instead of on stdout.")
def agree(first: Path, second: Path, output: Path | None) -> None:
    """Compare two annotations of the same articles: span F1 and the agreement of every field, as JSON."""
    import json

    from extractor.evaluation import GoldError, load_gold
    from extractor.evaluation.agreement import agreement

    try:
        record = agreement(load_gold(first), load_gold(second))
    except GoldError as error:
        for problem in error.problems:
            say(problem)
        sys.exit(FAILED)
    except (OSError, ValueError) as error:
        say(f"error: {error}")
        sys.exit(FAILED)
    content = json.dumps(record, indent=1) + "\n"
    if output is None:
        click.echo(content, nl=False)
    else:
        put({output: content.encode()}, force=True)
