"""The long run's articles, and that it sees the memory of each process."""

from __future__ import annotations

import sys

import pytest

from benchmarks.longrun import articles, halves, measure, page


def test_articles_are_ever_new_and_the_same_every_time() -> None:
    made = list(articles(50))
    assert made == list(articles(50))
    assert len(set(made)) == 50
    names = [word for article in made for word in article.split() if word.istitle() and len(word) > 8]
    assert len(set(names)) > 0.9 * len(names) > 100


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
def test_a_short_run_is_watched() -> None:
    run = measure(400, 2, "blank:it")
    assert (run["model"], run["documents"]) == ("blank:it", 400)
    assert run["claims"] > 400
    assert run["steps"][-1]["documents"] == 400
    found = halves(run)
    assert list(found) == ["command", "worker 1", "worker 2"]
    assert all(max(sizes) > 30 for sizes in found.values())


def test_the_page() -> None:
    steps = [{"documents": n, "seconds": n / 2, "mb": {"command": 50.0 + n, "worker 1": 90.0 - n}} for n in (10, 20)]
    run = {"model": "m", "documents": 20, "claims": 9, "words": 2000, "seconds": 10, "words_per_s": 200.0}
    system = {"date": "2024-01-01", "processor": "P", "cores": 2, "python": "3", "packages": {"spacy": "3"}}
    text = page({"machine": system, "processes": 1, "runs": [run | {"steps": steps}]})
    for line in (
        "## `m`: 20 articles, 2,000 words, 9 claims",
        "| articles | seconds | command | worker 1 |",
        "| 20 | 10 | 70 | 70 |",
        "| most in the first half | | 60 | 80 |",
    ):
        assert line in text.splitlines()
