"""Every Python snippet of the README and the docs runs; those of one page run one after the other."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.spark.conftest import missing, write_settings

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SNIPPET = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
# what recipes use and not everybody has
NEEDED = re.compile(r"No module named '(duckdb|pandas|pyarrow)'")
WITH_SNIPPETS = [page for page in PAGES if SNIPPET.search(page.read_text(encoding="utf8"))]


@pytest.mark.parametrize("page", WITH_SNIPPETS, ids=lambda page: str(page.relative_to(ROOT)))
def test_python_snippets_run(page: Path, tmp_path: Path) -> None:
    code = "\n".join(SNIPPET.findall(page.read_text(encoding="utf8")))
    # worker processes import the script anew, as they would a user's: what runs stands below the guard
    body = "".join(f"    {line}" if line.strip() else line for line in code.splitlines(keepends=True))
    script = tmp_path / "snippets.py"
    script.write_text(f"if __name__ == '__main__':\n{body}\n", encoding="utf8")
    if "pyspark" in code:
        if reason := missing():
            pytest.skip(reason)
        write_settings(tmp_path)
    # this checkout, whichever is installed
    environment = os.environ | {"PYTHONPATH": str(ROOT), "SPARK_CONF_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=240
    )
    if found := NEEDED.search(done.stderr):
        pytest.skip(f"{found[1]} is not installed")
    if "[E002]" in done.stderr:  # spaCy finds the component through the entry points of an installed cifre only
        pytest.skip("cifre is not installed with its entry points (a checkout whose environment is older)")
    assert done.returncode == 0, done.stderr
