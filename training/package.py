"""Turn a trained pipeline into its package: add the lemmatizer, score it, write data and metadata.

Run as `python -m training.package EDITION TRAINED DATA_FOLDER`; writes to the folder of the edition's name. The
package's `__init__.py` and `README.md` are written by hand and stay; everything else in it is written anew.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import spacy
import srsly  # type: ignore[import-untyped]
from spacy.language import Language

from training.editions import EDITIONS, Edition
from training.evaluate import evaluate
from training.lemmas import add_lemmatizer
from training.lexicon import candidates

SPACY_VERSION = ">=3.8.0,<3.9.0"
KEPT = frozenset({"__init__.py", "README.md", "py.typed"})
LEXICON = {
    "name": "Morph-it! (through spacy-lookups-data)",
    "url": "https://docs.sslmit.unibo.it/doku.php?id=resources:morph-it",
    "license": "CC BY-SA 2.0, LGPL",
    "author": "Marco Baroni, Eros Zanchetta",
}


def metadata(edition: Edition, report: dict[str, Any]) -> dict[str, Any]:
    """The fields of `meta.json` that say what the package is, where it comes from and how good it is."""
    return {
        "lang": "it",
        "name": edition.package.removeprefix("it_"),
        "version": edition.version,
        "description": "Italian pipeline for short news sentences: tok2vec, morphologizer, parser, rule lemmatizer",
        "author": "The cifre authors",
        "email": "",
        "url": "",
        "license": edition.licence,
        "spacy_version": SPACY_VERSION,
        "sources": [
            {"name": bank.name, "url": bank.url, "license": bank.licence, "author": bank.author}
            for bank in edition.treebanks
        ]
        + [LEXICON],
        "performance": report,
    }


def without_paths(nlp: Language) -> None:
    """Leave the machine's own folders out of the saved configuration."""
    config = nlp.config.copy()
    config["paths"] = dict.fromkeys(config.get("paths", {}))
    config["corpora"] = {}
    config["initialize"] = {"vectors": None, "components": {}, "tokenizer": {}}
    nlp.config = config


def clear(package: Path) -> None:
    """Remove the data of an earlier build."""
    package.mkdir(parents=True, exist_ok=True)
    for entry in package.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        elif entry.name not in KEPT:
            entry.unlink()


def build(edition: Edition, trained: Path, data: Path) -> dict[str, Any]:
    """Write the package and return its scores on the test file.

    Args:
        edition: says the package's folder, licence and sources.
        trained: folder of the trained pipeline (`model-best`).
        data: folder of `train.spacy` and `test.spacy`.
    """
    package = Path(edition.package)
    nlp = spacy.load(trained)
    add_lemmatizer(nlp, data / "train.spacy", candidates())
    without_paths(nlp)
    clear(package)
    nlp.to_disk(package)
    report = evaluate(str(package), data / "test.spacy")
    meta_path = package / "meta.json"
    meta = {**srsly.read_json(meta_path), **metadata(edition, report)}
    srsly.write_json(meta_path, meta)
    info = (
        "Metadata-Version: 2.1",
        f"Name: {edition.package}",
        f"Version: {edition.version}",
        f"Summary: {meta['description']}",
        f"License: {edition.licence}",
    )
    (package / "PKG-INFO").write_text("\n".join(info) + "\n", encoding="utf8")
    return report


if __name__ == "__main__":
    scores = build(EDITIONS[sys.argv[1]], Path(sys.argv[2]), Path(sys.argv[3]))
    for view in ("sentences", "documents"):
        print(view, scores[view])
