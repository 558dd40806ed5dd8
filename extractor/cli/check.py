"""``cifre check``: what follows from an article's figures, and where they do not agree."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.common import FAILED, LEXICON, MODEL, load_pipeline, say

if TYPE_CHECKING:
    from extractor.facts import DerivedFact, Inconsistency


def _share(_: click.Context, __: click.Parameter, value: float) -> Decimal:
    return Decimal(str(value)) / 100


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--tolerance",
    type=click.FloatRange(0, 100),
    default=1.0,
    show_default=True,
    callback=_share,
    metavar="PERCENT",
    help="How far the rates of two conversions may lie apart, beyond what rounding explains.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line instead of a report.")
@MODEL
@LEXICON
def check(paths: tuple[str, ...], tolerance: Decimal, as_json: bool, model: str | None, lexicon: Path | None) -> None:
    """List what follows from the figures of articles, and where the figures do not agree.

    PATH is what `cifre extract` takes. Derived: the exchange rate of a conversion, the value before a change, the
    total of a share. Not in agreement: conversions with different rates, shares above 100%, ranges the wrong
    way round, sums that do not add up. Each comes with its sentences.
    """
    from extractor.batch.worker import day_of
    from extractor.facts import check as inconsistencies
    from extractor.facts import derive
    from extractor.io.article import Article
    from extractor.io.compressed import MissingExtra
    from extractor.io.readers import articles

    pipeline = load_pipeline(model, lexicon)
    failed = False
    try:
        for article in articles(paths):
            if not isinstance(article, Article):
                say(f"{article.source}: {article.reason}")
                failed = True
                continue
            claims = pipeline.extract(article.text, article.doc_id, day_of(article))
            with pipeline.lexicon.in_force():
                facts, found = derive(article.text, claims), inconsistencies(article.text, claims, tolerance)
            if as_json:
                for item in (*facts, *found):
                    click.echo(item.model_dump_json())
            else:
                click.echo(_report(article.source, len(claims), facts, found))
    except MissingExtra as error:
        raise click.UsageError(str(error)) from error
    sys.exit(FAILED if failed else 0)


def _report(source: str, claims: int, facts: list[DerivedFact], found: list[Inconsistency]) -> str:
    """One article's report, for people."""
    lines = [f"{source}: {claims} claims, {len(facts)} derived facts, {len(found)} inconsistencies"]
    for kind in dict.fromkeys(fact.kind for fact in facts):
        lines.append(f"  {_TITLES[kind]}")
        lines.extend(f"    {fact.working}{'' if fact.exact else '  (about)'}" for fact in facts if fact.kind == kind)
    for item in found:
        lines.append(f"  DOES NOT AGREE ({item.kind}): {item.message}")
        lines.extend(f"    > {' '.join(sentence.text.split())}" for sentence in item.sentences)
    return "\n".join(lines)


_TITLES = {
    "exchange_rate": "Exchange rates that conversions imply",
    "previous_value": "Values before a change",
    "total": "Totals that a share implies",
}
