"""How often the tests that kill at random are to run: each round draws other moments."""

from __future__ import annotations

import os

import pytest

ROUNDS = int(os.environ.get("CIFRE_STRESS", "1"))
rounds = pytest.mark.parametrize("seed", range(ROUNDS))
