"""``cifre extract``: articles in, JSON lines out."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from extractor.cli.common import FAILED, MODEL, load_pipeline, say

if TYPE_CHECKING:
    from extractor.schema import Claim


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write JSON lines to FILE.")
@MODEL
@click.option("--summary", is_flag=True, help="Print a readable summary on stderr.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but errors.")
def extract(paths: tuple[str, ...], output: Path | None, model: str | None, summary: bool, quiet: bool) -> None:
    """Extract claims from .txt files, folders of them, or - (standard input).

    One JSON object a claim a line, documents in input order; doc_id is the file's name without its ending.
    """
    from extractor.io.article import BadArticle
    from extractor.io.readers import articles

    pipeline = load_pipeline(model)
    if not quiet:
        say(f"model: {pipeline.meta['model']} {pipeline.meta['model_version']}".rstrip())
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
                say(f"error: {item.source}: {item.reason}")
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
        say(f"  {claim.text:<28.28}  {claim.kind:<10}  {modifier}{readable_quantity(claim)}{change}  | {subject}")
    kinds = ", ".join(f"{count} {kind}" for kind, count in Counter(str(c.kind) for c in claims).most_common())
    say(f"{len(claims)} claims in {done} documents ({kinds})" + (f"; {failed} documents failed" if failed else ""))
    if output:
        say(f"JSON lines: {output}")
