"""No input makes the quantity stage blow up: its cost grows with the length of the text and no faster."""

from __future__ import annotations

import time

import pytest

from extractor.quantities import find_quantities

# Texts that tempt a pattern to read on and on, or a rule to look back over all that was found.
_PIECES = [
    *["7", "7 ", "1 ", "123 ", "000.", ",000", "1.", "1.000.", "5,5,", "1'000", "1/1/1/1/", "1/2 ", "3-"],
    *["mila ", "mila mila ", "due o ", "due e ", "tra ", "tra 3 e ", "tra 3 e 5 ", "dal 2 al ", "dai 20 ai 30 euro "],
    *["3 milioni e ", "3 mila milioni ", "5 miliardi, 6 ", "un ", "una decina di ", "un terzo ", "uno su ", "e mezzo "],
    *["due virgola ", "trent'", "centocento", "(", "((1", "[]", "€ ", "€1 ", "5% ", "5 km ", "5 m²", "5 gradi ", "½"],
    *["su ", "di ", "3 volte ", "12 marzo ", "12, 13, ", "via A B C D E ", "alle 5 e ", "n. 1, ", "\n1. ", "+39 "],
]  # fmt: skip
_BASE = 8_000
_TRIES = 3


def _seconds(piece: str, length: int) -> float:
    text = (piece * (length // len(piece) + 1))[:length]
    start = time.process_time()
    find_quantities(text)
    return time.process_time() - start


@pytest.mark.parametrize("piece", _PIECES)
def test_cost_is_linear(piece: str) -> None:
    """Four times the text costs about four times as much; eight allows for noise, a quadratic cost is sixteen."""
    ratios = []
    for _ in range(_TRIES):
        small, large = _seconds(piece, _BASE), _seconds(piece, 4 * _BASE)
        ratios.append(large / max(small, 0.001))
        if ratios[-1] < 8:
            return
    pytest.fail(f"four times {piece!r} costs {', '.join(f'{ratio:.1f}' for ratio in ratios)} times as much")


@pytest.mark.parametrize(
    "piece",
    [
        *["7", "mila mila mila ", "tra tra tra ", "(", "[]", "di di di ", "non c'è niente "],
        *[f"{'x' * 100} 7 ", f"{'x' * 100} trentatre' "],
        *[
            f"{'x ' * 1000}{found} "
            for found in ("vota 12 su 30", "il 7.45", "ore 9.30", "e 3)", "3 volte su 20", "ogni 5")
        ],
    ],
)
def test_ten_megabytes(piece: str) -> None:
    """Nothing is copied for what lies before it: the ratio to one megabyte is that of the lengths."""
    assert _seconds(piece, 10_000_000) < 30 * max(_seconds(piece, 1_000_000), 0.01)
