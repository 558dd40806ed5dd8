"""One Spark session for the tests of this folder, with settings that start fast; skipped where Spark cannot run."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.batch.mortal import write_model
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MASTER = "local[2,4]"
_SETTINGS = """
spark.ui.enabled false
spark.log.level ERROR
spark.ui.showConsoleProgress false
spark.sql.shuffle.partitions 2
spark.driver.host 127.0.0.1
spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
"""


def missing() -> str | None:
    """What keeps Spark from running here, if anything."""
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark is not installed (extra spark)"
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        return "Spark needs Java, and there is none"
    return None


def write_settings(folder: Path) -> None:
    """Write settings of Spark; it reads them from the folder that ``SPARK_CONF_DIR`` names."""
    (folder / "spark-defaults.conf").write_text(_SETTINGS)


@pytest.fixture(scope="session")
def spark_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with settings of Spark and modules for its workers, made known to all that starts from here."""
    if reason := missing():
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("spark")
    write_settings(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(folder))
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), str(folder)]))
        yield folder


@pytest.fixture(scope="session")
def mortal(spark_folder: Path) -> str:
    """The name of a pipeline that some sentences kill."""
    return write_model(spark_folder)


@pytest.fixture(scope="session")
def spark(spark_folder: Path) -> Iterator[SparkSession]:
    """A session on this machine that tries a task four times."""
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master(MASTER).getOrCreate()
    yield session
    session.stop()
