"""Every shell snippet of the docs (```sh) runs, those of one page one after the other in one folder."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_docs import PAGES

SNIPPET = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
SNIPPETS = [
    pytest.param(page, snippet, id=f"{page.stem}-{number}")
    for page in PAGES
    for number, snippet in enumerate(SNIPPET.findall(page.read_text(encoding="utf8")), 1)
]
TOOLS = ("bash", "jq")
_ARTICLES = {
    "a": "I ricavi salgono del 5% a 15,3 milioni di euro. Nel 2026 saliranno di altri 2 milioni.",
    "b": "Il ponte è lungo 300 metri ed è costato 4 milioni di euro.",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the pages take for granted: articles, and the command."""
    folder = tmp_path_factory.mktemp("docs")
    (folder / "articles").mkdir()
    for name, text in _ARTICLES.items():
        (folder / "articles" / f"{name}.txt").write_text(text, encoding="utf-8")
    wire = [json.dumps({"guid": n, "body": text, "published": "2024-05-02"}) for n, text in _ARTICLES.items()]
    (folder / "wire.jsonl").write_text("\n".join(wire), encoding="utf-8")
    command = folder / "bin" / "cifre"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m extractor.cli "$@"\n')
    command.chmod(0o755)
    return folder


@pytest.mark.parametrize(("page", "snippet"), SNIPPETS)
def test_shell_snippets_run(page: Path, snippet: str, folder: Path) -> None:
    for tool in TOOLS:
        if (tool == "bash" or re.search(rf"\b{tool}\b", snippet)) and shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    path = os.pathsep.join([str(folder / "bin"), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", snippet],
        cwd=folder, env=os.environ | {"PATH": path}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout or "claims in" in done.stderr, "it has said nothing"
