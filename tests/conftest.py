"""Pipelines that several test modules share; each is loaded once a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.pipeline import Pipeline, load

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def rules() -> Pipeline:
    """The rules alone, without a network."""
    return load("blank:it")


@pytest.fixture(scope="session")
def bundled() -> Pipeline:
    """The bundled pipeline."""
    return load("it_cifre_sm")


@pytest.fixture(scope="session")
def article() -> str:
    """The first article of the corpus."""
    return (ROOT / "corpus" / "article_pechino.txt").read_text(encoding="utf-8")
