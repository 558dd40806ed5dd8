"""A stream is killed with all that belongs to it, and every claim is there once; the log says in which files."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extractor.pipeline import Pipeline
from extractor.spark import committed_files
from tests.batch.documents import text_of
from tests.conftest import ROOT
from tests.spark.conftest import MASTER
from tests.stress import rounds

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_FILES, _ARTICLES = 24, 8


def _put(inbox: Path, number: int) -> None:
    """Move a file of new articles into a folder: JSON lines, and now and then a text."""
    if number % 6 == 5:
        name, content = f"t{number}.txt", text_of(number)
    else:
        ids = range(number * _ARTICLES, (number + 1) * _ARTICLES)
        name = f"n{number}.jsonl"
        content = "".join(json.dumps({"id": f"d{n}", "text": text_of(n)}) + "\n" for n in ids)
    hidden = inbox / f".{name}"
    hidden.write_text(content, encoding="utf-8")
    hidden.rename(inbox / name)


def _expected(inbox: Path, rules: Pipeline) -> set[str]:
    found: set[str] = set()
    for path in inbox.glob("[a-z]*"):
        text = path.read_text(encoding="utf-8")
        rows = [{"id": path.stem, "text": text}] if path.suffix == ".txt" else map(json.loads, text.splitlines())
        found.update(f"{c.claim_id} {c.text}" for claims in rules.extract_many(rows) for c in claims)
    return found


def _read(folder: Path) -> Counter[str]:
    from pyarrow import parquet

    tables = [parquet.read_table(file) for file in committed_files(folder)]
    rows = [row for table in tables for row in table.select(["claim_id", "text", "error"]).to_pylist()]
    assert not [row for row in rows if row["error"] is not None]
    return Counter(f"{row['claim_id']} {row['text']}" for row in rows)


def _wait(condition: Iterable[bool], process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 120
    for done in condition:
        if done:
            return
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
@rounds
def test_a_killed_stream_has_every_claim_once(
    seed: int, spark: SparkSession, spark_folder: Path, rules: Pipeline, tmp_path: Path
) -> None:
    from examples import spark_streaming

    chance = random.Random(seed)
    inbox, folder = tmp_path / "inbox", tmp_path / "claims"
    inbox.mkdir()
    _put(inbox, 0)
    options = ["--every", "0 seconds", "--model", "blank:it", "--master", MASTER]
    process = subprocess.Popen(
        [sys.executable, ROOT / "examples" / "spark_streaming.py", inbox, folder, *options],
        text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    log = folder / "_spark_metadata"
    _wait(iter(lambda: (log / "0").exists(), None), process)
    for number in range(1, _FILES // 2):
        _put(inbox, number)
        time.sleep(chance.random() * 0.3)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    for number in range(_FILES // 2, _FILES):
        _put(inbox, number)
    query = spark_streaming.start(spark, str(inbox), folder, "blank:it", None)
    assert query.awaitTermination(120)
    found = _read(folder)
    assert set(found) == _expected(inbox, rules)
    assert set(found.values()) == {1}


def _log(folder: Path, name: str, files: Iterable[Path], version: str = "v1") -> None:
    log = folder / "_spark_metadata"
    log.mkdir(exist_ok=True)
    lines = [json.dumps({"path": file.as_uri(), "size": 1, "action": "add"}) for file in files]
    (log / name).write_text("\n".join([version, *lines]), encoding="utf-8")


def test_files_of_batches_that_were_not_finished_are_left_out(tmp_path: Path) -> None:
    files = [tmp_path / f"part {n} è.parquet" for n in range(4)]
    for file in [*files, tmp_path / "part-torn.parquet"]:
        file.touch()
    _log(tmp_path, "0", files[:1])
    _log(tmp_path, "1", files[1:2])
    (tmp_path / "_spark_metadata" / ".2.0a1b.tmp").write_text("v1\n{")
    (tmp_path / "_spark_metadata" / ".1.crc").write_bytes(b"\xff")
    assert committed_files(tmp_path) == files[:2]
    _log(tmp_path, "2", [])
    _log(tmp_path, "10", files[3:])
    _log(tmp_path, "9.compact", files[:3])
    assert committed_files(str(tmp_path)) == files


def test_logs_that_say_nothing_of_files_here(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no log of a stream"):
        committed_files(tmp_path)
    _log(tmp_path, "0", [], version="v2")
    with pytest.raises(ValueError, match="version 'v2'"):
        committed_files(tmp_path)
    (tmp_path / "_spark_metadata" / "0").write_text('v1\n{"path": "hdfs://host/part.parquet"}')
    with pytest.raises(ValueError, match="'hdfs'"):
        committed_files(tmp_path)
