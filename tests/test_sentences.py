"""Sentence boundaries by rule."""

from __future__ import annotations

import itertools

import pytest

from extractor.sentences import sentence_at, sentences


@pytest.mark.parametrize(
    "parts",
    [
        ["Il Pil cresce.", "L'Istat conferma."],
        ["Lo dice il dott. Rossi, per l'art. 12 del decreto.", "Fine."],
        ["Sono 3.000 euro, circa il 2.5% del totale.", "Pochi."],
        ["G. B. Vico nacque a Napoli.", "Morì lì."],
        ["«Bene!»", "Così Rossi."],
        ["Un titolo senza punto", "Il testo comincia."],
        ["Costa 20 mln. di euro."],
    ],
)
def test_boundaries(parts: list[str]) -> None:
    text = "\n".join(parts) if "senza punto" in parts[0] else " ".join(parts)
    assert [text[s.start : s.end] for s in sentences(text)] == parts


def test_nothing_but_blanks_is_left_out() -> None:
    text = "  Uno. \n\n Due? Tre \u00a0 "
    kept = sentences(text)
    inside = {i for s in kept for i in range(s.start, s.end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in inside)


def test_text_without_stops_is_cut() -> None:
    parts = sentences("parola " * 5000)
    assert len(parts) > 5
    assert all(a.end <= b.start for a, b in itertools.pairwise(parts))


def test_sentence_at_finds_the_one_that_holds_a_place() -> None:
    parts = sentences("Uno è qui. Due sono là.")
    assert [sentence_at(parts, p) for p in (0, 5, 11, 20)] == [0, 0, 1, 1]


@pytest.mark.parametrize("run", [".", "?!", "…", ".'", "\n", " "])
def test_a_long_run_of_marks_is_read_once(run: str) -> None:
    text = f"Uno{run * 300_000}x"  # with a look back over the run from each mark this would take an hour
    parts = sentences(text)
    assert (parts[0].start, parts[-1].end) == (0, len(text))
