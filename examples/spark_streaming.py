"""Claims of new articles as they come: watch a folder with Spark's Structured Streaming, each claim once.

Usage::

    python examples/spark_streaming.py inbox/ claims/ [--once] [--every TIME] [--model NAME] [--master MASTER]

Articles come as .jsonl files (fields ``id`` and ``text``, and perhaps ``date`` and ``title``) or as .txt files, whose
name is the id. Move them into the folder whole: a file is read once, at the moment it is seen. How far the stream has
come is kept in ``claims/_checkpoint``: killed at any moment, the same command goes on. What reads ``claims/`` without
Spark takes the files that :func:`extractor.spark.committed_files` names.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.streaming.query import StreamingQuery
from pyspark.sql.streaming.readwriter import DataStreamReader

from extractor.spark import claims

FIELDS = "id string, text string, date string, title string"
# Files in a step: what is done again after a kill, and what must be done before the next claims can be seen.
FILES = 500


def articles(spark: SparkSession, inbox: str) -> DataFrame:
    """Return the articles that come into a folder, as a stream."""

    def files(ending: str) -> DataStreamReader:
        return spark.readStream.option("maxFilesPerTrigger", FILES).option("pathGlobFilter", f"*{ending}")

    lines = files(".jsonl").schema(FIELDS).json(inbox)
    texts = files(".txt").text(inbox, wholetext=True)
    name = r"regexp_replace(_metadata.file_name, '\\.txt$', '')"
    return lines.union(texts.selectExpr(f"{name} AS id", "value AS text", "NULL AS date", "NULL AS title"))


def start(spark: SparkSession, inbox: str, folder: Path, model: str | None, every: str | None) -> StreamingQuery:
    """Start to write the claims of what comes into ``inbox``.

    Args:
        folder: where the claims and the checkpoint are; those of an earlier run are gone on with.
        model: as for :func:`extractor.load`.
        every: time between two steps (``10 seconds``); None does what is there, and ends.
    """
    found = claims(articles(spark, inbox), model, date_col="date", title_col="title")
    writer = found.writeStream.format("parquet").option("checkpointLocation", str(folder / "_checkpoint"))
    writer = writer.trigger(availableNow=True) if every is None else writer.trigger(processingTime=every)
    return writer.start(str(folder))


def main() -> None:
    """Read the command line and watch the folder until interrupted."""
    parser = argparse.ArgumentParser(description="Extract the claims of the articles that come into a folder.")
    parser.add_argument("inbox", help="folder to watch")
    parser.add_argument("claims", type=Path, help="folder to write Parquet files into")
    parser.add_argument("--once", action="store_true", help="do what is there, and end")
    parser.add_argument("--every", default="10 seconds", help="time between two looks (default: %(default)s)")
    parser.add_argument("--model", help="as for cifre extract")
    # the 4: a task is tried so often, where Spark's default for one machine is once
    parser.add_argument("--master", default="local[*,4]", help="where Spark runs (default: %(default)s)")
    options = parser.parse_args()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers run in this environment, not in any python3
    spark = SparkSession.builder.appName("cifre").master(options.master).getOrCreate()
    query = start(spark, options.inbox, options.claims, options.model, None if options.once else options.every)
    try:
        query.awaitTermination()
    except KeyboardInterrupt:
        query.stop()
    spark.stop()


if __name__ == "__main__":
    main()
