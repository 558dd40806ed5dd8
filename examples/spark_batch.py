"""Claims of an archive on Apache Spark: JSON lines in, Parquet out.

Usage::

    python examples/spark_batch.py articles.jsonl claims/ [--model NAME] [--master MASTER]

ARTICLES is a file or folder of JSON lines with the fields ``id`` and ``text``, and perhaps ``date`` and ``title``. The
exit code is 1 if some articles failed; ``error`` in their rows says why.
"""

from __future__ import annotations

import argparse
import os
import sys

from pyspark.sql import SparkSession

from extractor.spark import claims

FIELDS = "id string, text string, date string, title string"


def main() -> None:
    """Read the command line and run the job."""
    parser = argparse.ArgumentParser(description="Extract the claims of an archive on Apache Spark.")
    parser.add_argument("articles", help="file or folder of JSON lines")
    parser.add_argument("claims", help="folder to write Parquet files into; must not exist")
    parser.add_argument("--model", help="as for cifre extract")
    # the 4: a task is tried so often, where Spark's default for one machine is once
    parser.add_argument("--master", default="local[*,4]", help="where Spark runs (default: %(default)s)")
    options = parser.parse_args()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers run in this environment, not in any python3
    spark = SparkSession.builder.appName("cifre").master(options.master).getOrCreate()
    articles = spark.read.schema(FIELDS).json(options.articles)
    # several tasks a core, so that none waits long for the last one
    articles = articles.repartition(4 * spark.sparkContext.defaultParallelism)
    claims(articles, options.model, date_col="date", title_col="title").write.parquet(options.claims)

    written = spark.read.parquet(options.claims)
    failed = written.where("error IS NOT NULL").select("doc_id", "error").collect()
    for row in failed:
        print(f"error: {row.doc_id}: {row.error}", file=sys.stderr)
    print(f"{written.count() - len(failed)} claims; {len(failed)} articles failed", file=sys.stderr)
    spark.stop()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
