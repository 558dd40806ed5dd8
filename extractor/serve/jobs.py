"""What a worker process does for the server: an article in, a finished answer out."""

from __future__ import annotations

from dataclasses import replace
from textwrap import shorten

from extractor.batch.worker import current, day_of, with_provenance
from extractor.facts import check as inconsistencies
from extractor.facts import derive
from extractor.io.article import Article
from extractor.schema import Claim, json_line
from extractor.view import render_articles, study

_TITLE = 90  # characters


def claims(article: Article) -> str:
    """Return the claims of an article as JSON, numbers exact."""
    worker = current()
    with worker.zone([article]):
        found = with_provenance(worker.pipeline, article, _claims(article))
    return json_line({"doc_id": article.doc_id, "claims": found})


def check(article: Article) -> str:
    """Return derived facts and inconsistencies of an article as JSON, numbers exact."""
    worker = current()
    with worker.zone([article]):
        found = _claims(article)
    with worker.pipeline.lexicon.in_force():
        derived, wrong = derive(article.text, found), inconsistencies(article.text, found)
    return json_line(
        {
            "doc_id": article.doc_id,
            "derived": derived,
            "inconsistencies": wrong,
        }
    )


def page(article: Article) -> str:
    """Return the page of an article, with a way back to the form; its first line is the title where it has none."""
    worker = current()
    if article.title is None:
        article = replace(article, title=shorten(article.text.strip().splitlines()[0], _TITLE, placeholder=" …"))
    with worker.zone([article]):
        read = study(worker.pipeline, article)
    meta = worker.pipeline.meta
    with worker.pipeline.lexicon.in_force():
        return render_articles([read], model=f"{meta['model']} {meta['model_version']}".rstrip(), home="/")


def _claims(article: Article) -> list[Claim]:
    return current().pipeline.extract(article.text, article.doc_id, day_of(article))
