"""``cifre view``: articles with their claims as one page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.common import DAY, FAILED, LEXICON, MODEL, load_pipeline, say

if TYPE_CHECKING:
    from extractor.view import Study

# More of them make a page that browsers open slowly.
_MAX_ARTICLES = 200


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="ARTICLE...")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the page here. Default: standard output.",
)
@click.option("--title", metavar="TEXT", help="Heading of the page. Default: that of the article.")
@DAY
@MODEL
@LEXICON
def view(
    paths: tuple[str, ...],
    output: Path | None,
    title: str | None,
    day: str | None,
    model: str | None,
    lexicon: Path | None,
) -> None:
    """Show articles with their claims as one page for a browser.

    ARTICLE is what `cifre extract` takes. Every claim is marked and has a card with all its fields and how it was
    read; lines tie claims that say or mean the same; what follows from the figures stands below, and what does not
    agree above. The page is one file, needs no network, and runs nothing that an article brings along.
    """
    from extractor.io.article import Article, ReadOptions
    from extractor.io.compressed import MissingExtra
    from extractor.io.readers import articles
    from extractor.view import render_articles, study

    pipeline = load_pipeline(model, lexicon)
    studies: list[Study] = []
    failed = False
    leave_out = frozenset({output.resolve()} if output else ())
    try:
        for article in articles(paths, ReadOptions(date=day, leave_out=leave_out)):
            if not isinstance(article, Article):
                say(f"error: {article.source}: {article.reason}")
                failed = True
                continue
            if len(studies) == _MAX_ARTICLES:
                raise click.UsageError(f"more than {_MAX_ARTICLES} articles are too much for a page: choose some")
            studies.append(study(pipeline, article))
    except MissingExtra as error:
        raise click.UsageError(str(error)) from error
    if not studies:
        sys.exit(FAILED)
    name = f"{pipeline.meta['model']} {pipeline.meta['model_version']}".rstrip()
    with pipeline.lexicon.in_force():
        page = render_articles(studies, title=title, model=name)
    if output is None:
        click.echo(page, nl=False)
    else:
        try:
            output.write_text(page, encoding="utf-8", newline="\n")
        except OSError as error:
            raise click.UsageError(f"cannot write {output}: {error.strerror}") from error
        say(f"written: {output}")
    sys.exit(FAILED if failed else 0)
