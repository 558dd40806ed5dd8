"""Turn a trained pipeline into the package `it_cifre_sm`: add the lemmatizer, score it, write data and metadata.

Run as `python -m training.package TRAINED DATA_FOLDER PACKAGE`. The package's `__init__.py` and `README.md` are
written by hand and stay; everything else in it is written anew.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import spacy
import srsly  # type: ignore[import-untyped]
from spacy.language import Language

from training.evaluate import evaluate
from training.lemmas import add_lemmatizer
from training.lexicon import candidates

VERSION = "0.1.0"
SPACY_VERSION = ">=3.8.0,<3.9.0"
LICENSE = "CC BY-NC-SA 4.0"
KEPT = frozenset({"__init__.py", "README.md", "py.typed"})
UD = "https://universaldependencies.org/treebanks/"
SOURCES = [
    ("UD Italian ISDT (dev)", "it_isdt", "CC BY-NC-SA 3.0", "Bosco, Montemagni, Simi"),
    ("UD Italian VIT (dev, test)", "it_vit", "CC BY-NC-SA 3.0", "Delmonte, Bristot, Tonelli; Alfieri, Tamburini"),
    ("UD Italian ParTUT", "it_partut", "CC BY-NC-SA 4.0", "Sanguinetti, Bosco"),
    ("UD Italian PUD (part)", "it_pud", "CC BY-SA 3.0", "Zeman et al."),
    ("UD Italian ParlaMint", "it_parlamint", "CC BY-SA 4.0", "Alzetta, Montemagni, Sartor, Venturi"),
    ("UD Italian TWITTIRO", "it_twittiro", "CC BY-SA 4.0", "Cignarella, Bosco, Rosso"),
    ("UD Italian MarkIT", "it_markit", "CC BY 4.0", "Paccosi, Palmero Aprosio, Tonelli"),
]
LEXICON = {
    "name": "Morph-it! (through spacy-lookups-data)",
    "url": "https://docs.sslmit.unibo.it/doku.php?id=resources:morph-it",
    "license": "CC BY-SA 2.0, LGPL",
    "author": "Marco Baroni, Eros Zanchetta",
}


def metadata(nlp: Language, report: dict[str, Any]) -> dict[str, Any]:
    """The fields of `meta.json` that say what the package is, where it comes from and how good it is."""
    return {
        "lang": "it",
        "name": "cifre_sm",
        "version": VERSION,
        "description": "Italian pipeline for short news sentences: tok2vec, morphologizer, parser, rule lemmatizer",
        "author": "The cifre authors",
        "email": "",
        "url": "",
        "license": LICENSE,
        "spacy_version": SPACY_VERSION,
        "sources": [
            {"name": name, "url": f"{UD}{code}/index.html", "license": licence, "author": author}
            for name, code, licence, author in SOURCES
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


def build(trained: Path, data: Path, package: Path) -> dict[str, Any]:
    """Write the package and return its scores on the test file.

    Args:
        trained: folder of the trained pipeline (`model-best`).
        data: folder of `train.spacy` and `test.spacy`.
        package: folder of the package.
    """
    nlp = spacy.load(trained)
    add_lemmatizer(nlp, data / "train.spacy", candidates())
    without_paths(nlp)
    clear(package)
    nlp.to_disk(package)
    report = evaluate(str(package), data / "test.spacy")
    meta_path = package / "meta.json"
    meta = {**srsly.read_json(meta_path), **metadata(nlp, report)}
    srsly.write_json(meta_path, meta)
    info = (
        "Metadata-Version: 2.1",
        "Name: it_cifre_sm",
        f"Version: {VERSION}",
        f"Summary: {meta['description']}",
        f"License: {LICENSE}",
    )
    (package / "PKG-INFO").write_text("\n".join(info) + "\n", encoding="utf8")
    return report


if __name__ == "__main__":
    scores = build(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
    for view in ("sentences", "documents"):
        print(view, scores[view])
