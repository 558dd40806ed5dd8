"""Words a second of each component of a pipeline, on one core.

Run as `OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python -m training.speed MODEL [DATA.spacy]`. Without data it reads
Italian sentences of its own making, which is enough to compare components on one machine. Words are the tokens that are
neither punctuation nor space; the rate in tokens, which other projects often report, is printed as well.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

TEXT = (
    "Nel terzo trimestre l'azienda ha registrato ricavi per 15,3 miliardi di euro, in crescita del 12% rispetto "
    "all'anno precedente, mentre il debito è sceso a 2,4 miliardi. Secondo gli analisti il titolo potrebbe guadagnare "
    "ancora il 5 per cento entro la fine dell'anno. I lavoratori coinvolti sono circa 3.000, in dodici stabilimenti."
)
REPEAT = 5
COPIES = 300
BATCH = 64


def best_of(run: Callable[[], object]) -> float:
    """Seconds of the fastest of several runs."""
    times = []
    for _ in range(REPEAT):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def texts_of(path: Path | None) -> list[str]:
    """The texts to measure on: sentences of a data file, or the built-in ones."""
    if path is None:
        return [TEXT] * COPIES
    return [doc.text for doc in DocBin().from_disk(path).get_docs(Vocab())]


def measure(nlp: Language, texts: list[str]) -> dict[str, float]:
    """Seconds for the tokenizer, for each component after it, and for the whole (`nlp.pipe`)."""

    def tokenized() -> list[Doc]:
        return [nlp.make_doc(text) for text in texts]

    tokenized()
    seconds = {"tokenizer": best_of(tokenized)}
    for name, component in nlp.pipeline:
        times = []
        for _ in range(REPEAT):
            docs = tokenized()
            for earlier, before in nlp.pipeline:
                if earlier == name:
                    break
                docs = list(before.pipe(docs, batch_size=BATCH))  # type: ignore[attr-defined]
            start = time.perf_counter()
            list(component.pipe(docs, batch_size=BATCH))  # type: ignore[attr-defined]
            times.append(time.perf_counter() - start)
        seconds[name] = min(times)
    seconds["whole"] = best_of(lambda: list(nlp.pipe(texts, batch_size=BATCH)))
    return seconds


def main(model: str, path: Path | None) -> None:
    """Print a table of one line a component."""
    nlp = spacy.load(model)
    texts = texts_of(path)
    tokens = [token for text in texts for token in nlp.make_doc(text)]
    words = sum(not (token.is_punct or token.is_space) for token in tokens)
    print(f"{len(texts)} texts, {len(tokens)} tokens, {words} words")
    for name, seconds in measure(nlp, texts).items():
        print(f"{name:14} {words / seconds:12,.0f} words/s {len(tokens) / seconds:12,.0f} tokens/s")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]) if len(sys.argv) > 2 else None)
