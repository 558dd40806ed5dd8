"""Make a bundled pipeline from nothing: `python -m training.make EDITION UD_FOLDER BUILD_FOLDER [OVERRIDES]`.

The edition (`it_cifre_sm` or `it_cifre_sm_by`) is also the folder of the package that is written.

The steps: convert the treebanks, make the lexicon's vectors, list the labels, train, package and score. The seed
stands in `config.cfg`; one thread is used, so that the same machine gives the same network. Overrides
are settings for `spacy train`, such as `--training.max_steps 300` for a trial of the whole recipe.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from training.editions import EDITIONS, Edition

CONFIG = Path(__file__).parent / "config.cfg"
READER = Path(__file__).parent / "corpus.py"
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1"}


def run(*arguments: str | Path) -> None:
    """Run one step with this interpreter, from the project's root.

    Raises:
        subprocess.CalledProcessError: if the step fails.
    """
    root = Path(__file__).resolve().parent.parent
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": str(root)}
    command = [sys.executable, "-m", *map(str, arguments)]
    print("+", " ".join(command[1:]), flush=True)
    subprocess.run(command, check=True, env=environment)


def make(edition: Edition, treebanks: Path, build: Path, overrides: Sequence[str] = ()) -> None:
    """All steps in order; each one's results stay in `build`."""
    data, lexicon, labels, trained = (build / name for name in ("data", "lexicon", "labels", "trained"))
    paths: list[str | Path] = ["--code", READER, "--paths.vectors", lexicon, "--paths.labels", labels]
    paths += ["--paths.train", data / "train.spacy", "--paths.dev", data / "dev.spacy"]
    run("training.convert", edition.package, treebanks, data)
    run("training.lexicon", lexicon)
    # The labels come from one whole epoch: while training, spaCy would look at the first hundred documents only.
    run("spacy", "init", "labels", CONFIG, labels, *paths, "--training.max_epochs", "0")
    run("spacy", "train", CONFIG, "--output", trained, *paths, *edition.settings, *overrides)
    run("training.package", edition.package, trained / "model-best", data)


if __name__ == "__main__":
    make(EDITIONS[sys.argv[1]], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
