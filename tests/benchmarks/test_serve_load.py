"""The load test, for a moment."""

from __future__ import annotations

import asyncio

import pytest

pytest.importorskip("fastapi", reason="fastapi, of the serve extra, is not installed")
pytest.importorskip("httpx", reason="httpx, of the dev extra, is not installed")

from benchmarks import serve_load


def test_articles_are_of_one_length_and_differ() -> None:
    texts = serve_load.articles()
    assert len(set(texts)) == len(texts) == 64
    assert {len(text.split(" ")) for text in texts} == {400}


def test_a_server_is_loaded_and_measured() -> None:
    texts = serve_load.articles()[:4]
    with serve_load.server("--model", "blank:it", "--waiting", "1") as address:
        measured = asyncio.run(serve_load.load(address, "/claims", texts, clients=6, seconds=1.5))
    assert set(measured.statuses) == {200, 503}
    assert len(measured.delays) == measured.statuses[200] > 0
    assert measured.health
    assert serve_load.row("/claims", 6, measured, alone=10.0).startswith("| /claims | 6 | ")
