"""The twin of it_cifre_sm for commercial use too: `spacy.load("it_cifre_sm_by")` or `it_cifre_sm_by.load()`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import get_model_meta, load_model_from_path

__version__: str = get_model_meta(Path(__file__).parent)["version"]


def load(**overrides: Any) -> Language:
    """Load the pipeline.

    Args:
        overrides: the keyword arguments of `spacy.load` (`vocab`, `disable`, `enable`, `exclude`, `config`).

    Returns:
        The pipeline: tokenizer, tok2vec, morphologizer, parser, lemmatizer.
    """
    return load_model_from_path(Path(__file__).parent, **overrides)
