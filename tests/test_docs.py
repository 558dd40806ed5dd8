"""Every Python snippet of the README and the docs runs; those of one page run one after the other.

Where a page says so (``<!-- commands: run -->``), its commands run too, and what it shows of their output is compared:
``...`` stands for anything. A block with a ``title`` is a file of that name.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
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
WITH_COMMANDS = [page for page in PAGES if "<!-- commands: run -->" in page.read_text(encoding="utf8")]
BLOCK = re.compile(r'^```(?:\w+ title="(?P<file>[^"]+)"|console)\n(?P<body>.*?)^```', re.DOTALL | re.MULTILINE)
# they make the environment that the tests run in
SETTING_UP = ("python3 -m venv ", ". ", "pip ", "make ")


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
    environment = _environment() | {"SPARK_CONF_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=240
    )
    if found := NEEDED.search(done.stderr):
        pytest.skip(f"{found[1]} is not installed")
    if "[E002]" in done.stderr:  # spaCy finds the component through the entry points of an installed cifre only
        pytest.skip("cifre is not installed with its entry points (a checkout whose environment is older)")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_give_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    shell = shutil.which("bash")
    if shell is None:
        pytest.skip("no bash to run commands with")
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "cifre"
    command.write_text(f'#!{sys.executable}\nfrom extractor.cli import main\nmain(prog_name="cifre")\n')
    command.chmod(0o755)
    environment = _environment() | {"PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "80"}
    for block in BLOCK.finditer(page.read_text(encoding="utf8")):
        if block["file"]:
            path = tmp_path / block["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["body"], encoding="utf8")
            continue
        for line, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block["body"], re.MULTILINE):
            if line.startswith(SETTING_UP):
                continue
            done = subprocess.run(
                [shell, "-c", line], cwd=tmp_path, env=environment, text=True, timeout=120,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
            same = doctest.OutputChecker().check_output(shown, done.stdout, doctest.ELLIPSIS)
            assert same, f"$ {line}\n{done.stdout}\n--- the page shows\n{shown}"


def _environment() -> dict[str, str]:
    """This checkout's code, whatever is installed."""
    return os.environ | {"PYTHONPATH": str(ROOT)}
