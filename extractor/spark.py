"""Claims on Apache Spark (extra ``spark``): a DataFrame of articles in, a DataFrame of claims out.

Every Python worker of Spark loads the pipeline once and works on it as a worker process of a batch does
(:class:`extractor.batch.worker.Worker`). The first attempt at a task runs in Spark's own worker. If that dies, Spark
tries again, and every later attempt runs under a :class:`~extractor.batch.supervisor.Supervisor`, which puts a document
aside that kills whatever reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from extractor.batch.run import Workers
from extractor.batch.shards import Item, shards
from extractor.batch.supervisor import Supervisor
from extractor.batch.worker import Result, Worker
from extractor.io.article import MAX_CHARS, Article, BadArticle, ReadOptions, checked
from extractor.io.compressed import MissingExtra
from extractor.io.writers import arrow_row, arrow_schema
from extractor.lexicon.active import Lexicon
from extractor.lexicon.own import read_lexicon
from extractor.pipeline import default_model, load

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

_LOG = "_spark_metadata"


def claims(
    documents: DataFrame,
    model: str | None = None,
    id_col: str = "id",
    text_col: str = "text",
    date_col: str | None = None,
    title_col: str | None = None,
    max_chars: int = MAX_CHARS,
    lexicon: Lexicon | Path | str | None = None,
) -> DataFrame:
    """Return the claims of articles: a row for each claim, and one for each article that failed.

    The columns are those of a claim in Parquet, and ``error``. A claim has a null ``error``; the row of an article
    that failed has nothing but ``doc_id`` and ``error``, what is wrong. An article without claims has no row.

    Args:
        documents: the articles, one a row; may be a stream.
        model: as for :func:`extractor.load`. Without it the default on this machine is taken for all of them.
        id_col: name of the column of names. They should differ; ``claim_id`` is made of them.
        text_col: name of the column of texts.
        date_col: name of the column of days, as strings, dates or timestamps; None where there is none.
        title_col: name of the column of titles; None where there is none.
        max_chars: a longer article (in code points) has an error.
        lexicon: as for :func:`extractor.load`; a file is read here, once, and its content goes to the workers.

    Raises:
        LexiconError: the lexicon cannot be read, or an entry is wrong.
        MissingExtra: pyspark, pyarrow or pandas is missing.
        ValueError: ``documents`` has no such column, or the texts are no strings.
    """
    schema = spark_schema()
    given = {"id": id_col, "text": text_col, "date": date_col, "title": title_col}
    types = dict(documents.dtypes)
    for name in filter(None, given.values()):
        if name not in types:
            raise ValueError(f"no column {name!r}; there are {', '.join(map(repr, types)) or 'none'}")
    if types[text_col] != "string":
        raise ValueError(f"column {text_col!r} is not of strings but of {types[text_col]}")
    columns = [
        documents[_quoted(name)].cast("string").alias(field) for field, name in given.items() if name is not None
    ]
    own = read_lexicon(lexicon) if isinstance(lexicon, str | Path) else lexicon
    work = partial(_work, model or default_model(), max_chars, own)
    return documents.select(*columns).mapInArrow(work, schema)


def spark_schema() -> StructType:
    """Return the schema of the rows of :func:`claims`.

    Raises:
        MissingExtra: pyspark, pyarrow or pandas is missing.
    """
    try:
        import pandas  # noqa: F401 - Spark needs it for the conversion
        from pyspark.sql.pandas.types import from_arrow_schema
    except ImportError as error:
        raise MissingExtra(f"Spark needs {error.name}: pip install 'cifre[spark]'") from error
    return from_arrow_schema(_row_schema())


def committed_files(folder: str | Path) -> list[Path]:
    """Return the files of a folder that a Spark stream writes which hold committed rows, by the order of its log.

    A stream that was killed leaves files behind that belong to no finished batch: empty, torn, or with rows that the
    next run writes once more. Spark passes over them by the log of the stream; whatever else reads the folder
    (pandas, DuckDB) must be given these files.

    Args:
        folder: on a disk of this machine, where it was written.

    Raises:
        FileNotFoundError: no stream has finished a batch there.
        ValueError: the log cannot be read, or tells of files elsewhere.
    """
    log = Path(folder) / _LOG
    batches = {int(path.stem): path for path in log.glob("[0-9]*") if path.stem.isdecimal()}
    if not batches:
        raise FileNotFoundError(f"{log}: no log of a stream there")
    # a compact entry repeats all before it, which Spark may have removed since
    compact = max((number for number, path in batches.items() if path.suffix == ".compact"), default=0)
    files: dict[Path, None] = {}
    for number in sorted(number for number in batches if number >= compact):
        version, *entries = batches[number].read_text(encoding="utf-8").splitlines()
        if version != "v1":
            raise ValueError(f"{batches[number]}: a log of version {version!r}, not 'v1'")
        for entry in entries:
            place = urlsplit(json.loads(entry)["path"])
            if place.scheme not in ("", "file"):
                raise ValueError(f"{batches[number]}: tells of files on {place.scheme!r}, not on a disk")
            files[Path(unquote(place.path))] = None
    return list(files)


def _quoted(name: str) -> str:
    """A column's name for Spark, which takes a dot for a field of a struct."""
    return "`" + name.replace("`", "``") + "`"


def _row_schema() -> pa.Schema:
    import pyarrow as pa

    return arrow_schema().append(pa.field("error", pa.string()))


def _work(
    model: str, max_chars: int, lexicon: Lexicon | None, batches: Iterable[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """Run in a Python worker of Spark: give a record batch for every shard of the articles of a partition."""
    import pyarrow as pa
    from pyspark import TaskContext

    options = ReadOptions(max_chars=max_chars)
    items = (_item(row, options) for batch in batches for row in batch.to_pylist())
    parts = (shard.items for shard in shards(items, model))
    context = TaskContext.get()
    died_before = context is not None and context.attemptNumber() > 0
    schema = _row_schema()
    with ExitStack() as stack:
        workers: Workers
        if died_before:
            workers = stack.enter_context(Supervisor(1, model, options, lexicon=lexicon))
        else:
            workers = _worker(model, options, lexicon)
        for result in workers.results(parts):
            if rows := _rows(result):
                yield pa.RecordBatch.from_pylist(rows, schema=schema)


def _item(row: dict[str, str | None], options: ReadOptions) -> Item:
    doc_id, text = row["id"], row["text"]
    if doc_id is None:
        return BadArticle("", "no id")
    if text is None:
        return BadArticle(doc_id, "no text")
    return checked(Article(doc_id, text, doc_id, row.get("date"), row.get("title")), options)


def _rows(result: Result) -> list[dict[str, Any]]:
    found = [arrow_row(json.loads(line, parse_float=Decimal)) for line in result.lines.splitlines()]
    return found + [{"doc_id": error.source or None, "error": error.reason} for error in result.errors]


@lru_cache(maxsize=1)
def _worker(model: str, options: ReadOptions, lexicon: Lexicon | None) -> Worker:
    return Worker(load(model, lexicon), options)
