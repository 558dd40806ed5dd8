"""What a worker does with the documents of a shard: claims, as finished lines of JSON."""

from __future__ import annotations

import hashlib
import os
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from extractor.batch.shards import Item
from extractor.io.article import Article, BadArticle, Page, ReadOptions
from extractor.io.html import article_of
from extractor.lexicon.active import Lexicon

if TYPE_CHECKING:
    from extractor.pipeline import ModelNotFound, Pipeline
    from extractor.schema import Claim

# So many characters are tokenized before the first memory zone: words that are known outside of the zones
# need not be learned again in each of them.
_WARM_UP = 200_000
# So many lemmas a lemmatizer may remember from one shard to the next; spaCy sets no bound, and new words never end.
_LEMMAS = 10_000


class WorkersFail(RuntimeError):
    """No worker process can be started; the documents are not to blame."""


@dataclass(frozen=True, slots=True)
class About:
    """What makes the claims of a batch.

    Attributes:
        meta: :attr:`Pipeline.meta`.
        network: the spaCy pipeline's description of itself; empty where no network runs.
    """

    meta: dict[str, str]
    network: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of some documents.

    Attributes:
        lines: the claims in input order, a line of JSON each.
        documents: how many documents were worked on, those without claims too.
        kinds: how many claims there are of each kind.
        errors: the documents that failed, and why.
        reused: how many of the documents come from an earlier run.
    """

    lines: bytes
    documents: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    errors: tuple[BadArticle, ...] = ()
    reused: int = 0

    @property
    def claims(self) -> int:
        """How many claims there are."""
        return sum(self.kinds.values())


def combined(results: Sequence[Result]) -> Result:
    """Return one result for several, in their order."""
    kinds: Counter[str] = Counter()
    for result in results:
        kinds.update(result.kinds)
    return Result(
        b"".join(result.lines for result in results),
        sum(result.documents for result in results),
        dict(kinds),
        tuple(error for result in results for error in result.errors),
        sum(result.reused for result in results),
    )


class Worker:
    """A pipeline that takes shards; its memory stays flat, because the words of a shard are forgotten after it."""

    def __init__(self, pipeline: Pipeline, options: ReadOptions) -> None:
        self.pipeline = pipeline
        self.options = options
        self._warm = False

    @property
    def about(self) -> About:
        """What makes the claims."""
        return About(self.pipeline.meta, self.pipeline.nlp.meta if self.pipeline.network else {})

    def results(self, shards: Iterable[Sequence[Item] | Result]) -> Iterator[Result]:
        """Yield the result of each shard, in order; what is a result already passes through."""
        for shard in shards:
            yield shard if isinstance(shard, Result) else self.run(shard)

    def run(self, items: Sequence[Item]) -> Result:
        """Return the claims of some documents. A document that fails is an error record, never an exception."""
        read = [article_of(item, self.options) if isinstance(item, Page) else item for item in items]
        articles = [item for item in read if isinstance(item, Article)]
        lines: list[bytes] = []
        errors: list[BadArticle] = []
        kinds: Counter[str] = Counter()
        with self.zone(articles):
            found = iter(self._extract(articles))
            for item in read:
                outcome = item if isinstance(item, BadArticle) else next(found)
                if isinstance(outcome, BadArticle):
                    errors.append(outcome)
                    continue
                kinds.update(str(claim.kind) for claim in outcome)
                lines += [claim.to_json().encode() + b"\n" for claim in outcome]
        return Result(b"".join(lines), len(read) - len(errors), dict(kinds), tuple(errors))

    @contextmanager
    def zone(self, articles: Sequence[Article]) -> Iterator[None]:
        """Work on some articles inside; what spaCy learns of their words is forgotten afterwards."""
        if not self.pipeline.network:  # nothing of spaCy is used, so that it need not even be imported
            yield
            return
        self._warm_up(articles)
        with self.pipeline.nlp.memory_zone():
            yield
        self._forget_lemmas()

    def _extract(self, articles: Sequence[Article]) -> list[list[Claim] | BadArticle]:
        documents = []
        for article in articles:
            day = day_of(article)
            dated = {} if day is None else {"date": day.isoformat()}
            documents.append({"id": article.doc_id, "text": article.text, **dated})
        try:
            many = list(self.pipeline.extract_many(documents))
        except Exception:  # one of them; the others shall not suffer
            return [self._alone(article) for article in articles]
        return [self._with_provenance(a, claims) for a, claims in zip(articles, many, strict=True)]

    def _alone(self, article: Article) -> list[Claim] | BadArticle:
        try:
            return self._with_provenance(article, self.pipeline.extract(article.text, article.doc_id, day_of(article)))
        except Exception as error:
            return BadArticle(article.source, f"extraction failed: {type(error).__name__}: {error}")

    def _with_provenance(self, article: Article, claims: list[Claim]) -> list[Claim]:
        return with_provenance(self.pipeline, article, claims)

    def _warm_up(self, articles: Sequence[Article]) -> None:
        if self._warm or not articles:
            return
        self._warm = True
        left = _WARM_UP
        for article in articles:
            text = article.text[: min(left, 20_000)]
            left -= len(text)
            self.pipeline.nlp.make_doc(text.encode("utf-8", "replace").decode())

    def _forget_lemmas(self) -> None:
        from spacy.pipeline import Lemmatizer

        for _, component in self.pipeline.nlp.pipeline:
            if isinstance(component, Lemmatizer) and len(component.cache) > _LEMMAS:
                component.cache.clear()


def with_provenance(pipeline: Pipeline, article: Article, claims: list[Claim]) -> list[Claim]:
    """Return the claims of an article with what made them, and of which document."""
    if not claims:
        return []
    from extractor.schema import Provenance

    meta = pipeline.meta
    provenance = Provenance(
        extractor_version=meta["extractor_version"],
        model=meta["model"],
        model_version=meta["model_version"],
        document_sha256=hashlib.sha256(article.text.encode()).hexdigest(),
        title=article.title,
        date=article.date,
    )
    return [claim.model_copy(update={"provenance": provenance}) for claim in claims]


def day_of(article: Article) -> date | None:
    """Return the day of an article; None where its source gives none, or none in full."""
    from extractor.claims.timex import day_named

    return None if article.date is None else day_named(article.date)


_worker: Worker | ModelNotFound | None = None


def start(model: str | None, options: ReadOptions, lexicon: Lexicon | None = None) -> None:
    """Make this process a worker: load the pipeline once. It ends when its parent does, however that ends."""
    global _worker
    import multiprocessing
    import signal

    from extractor.collector import collect_rarely
    from extractor.pipeline import ModelNotFound, load

    collect_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    try:
        _worker = Worker(load(model, lexicon), options)
    except ModelNotFound as error:
        _worker = error  # `ready` raises it: of an error here the parent would learn only that there was one


def _end_with(parent: object) -> None:
    parent.join()  # type: ignore[attr-defined]
    os._exit(1)


def current() -> Worker:
    """Return the worker that this process is.

    Raises:
        ModelNotFound: the pipeline that it was to load is not there.
    """
    assert _worker is not None, "this process is no worker"
    if isinstance(_worker, Exception):
        raise _worker
    return _worker


def ready() -> tuple[int, About]:
    """Return the process id of a worker that has started, and what it works with.

    Raises:
        ModelNotFound: the pipeline that it was to load is not there.
    """
    return os.getpid(), current().about


def work(items: Sequence[Item]) -> Result:
    """Run in a worker process: :meth:`Worker.run`."""
    return current().run(items)
