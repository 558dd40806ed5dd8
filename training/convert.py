"""Turn a folder of Italian Universal Dependencies files into the training, development and test data of the pipeline.

Run as `python -m training.convert EDITION UD_FOLDER OUT_FOLDER`. Writes `train.spacy`, `dev.spacy` (both over the
tokenizer's own tokens, one sentence a document, the treebank's name in `user_data["source"]`) and `test.spacy` (the
gold tokens of the held-out test file, multiword tokens merged, otherwise as the treebank has them).
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from training.conllu import Sentence, Word, read_conllu
from training.editions import EDITIONS, Edition
from training.harmonise import Reference, harmonise
from training.merge import merge_multiword, retokenize, text_of

TEST_FILE = "it_isdt-ud-test.conllu"
SHINGLE = 4
NEAR_DUPLICATE = 0.5


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """All runs of four words of a text, without case and punctuation; the whole text where it is shorter."""
    words = re.findall(r"\w+", text.lower())
    if len(words) <= SHINGLE:
        return frozenset({tuple(words)})
    return frozenset(tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))


class DuplicateFinder:
    """Tells whether a sentence stands, literally or nearly, in a set of sentences."""

    def __init__(self, texts: list[str]) -> None:
        """Index the texts that must not be repeated."""
        self.sets = [shingles(text) for text in texts]
        self.index: dict[tuple[str, ...], list[int]] = {}
        for number, found in enumerate(self.sets):
            for shingle in found:
                self.index.setdefault(shingle, []).append(number)

    def __contains__(self, text: str) -> bool:
        """Whether one indexed text shares half of the smaller one's runs of four words with `text`."""
        own = shingles(text)
        shared = Counter(number for shingle in own for number in self.index.get(shingle, ()))
        return any(count >= NEAR_DUPLICATE * min(len(own), len(self.sets[number])) for number, count in shared.items())


def make_doc(nlp: Language, words: list[Word], source: str) -> Doc:
    """An annotated document of one sentence."""
    doc = Doc(
        nlp.vocab,
        words=[word.form for word in words],
        spaces=[word.space_after for word in words],
        pos=[word.upos for word in words],
        morphs=["|".join(f"{name}={value}" for name, value in sorted(word.feats.items())) for word in words],
        lemmas=[word.lemma for word in words],
        heads=[word.head if word.head >= 0 else index for index, word in enumerate(words)],
        deps=["ROOT" if word.head < 0 else word.deprel for word in words],
    )
    doc.user_data["source"] = source
    return doc


def test_docs(nlp: Language, path: Path) -> list[Doc]:
    """The test file's sentences; only `ExtPos`, which is no inflection, is left out."""
    docs = []
    for sentence in read_conllu(path):
        for word in sentence.words:
            word.feats.pop("ExtPos", None)
        docs.append(make_doc(nlp, merge_multiword(sentence), sentence.source))
    return docs


def is_tree(words: list[Word]) -> bool:
    """Whether there is one root and every word leads up to it (a merged token can govern its own governor)."""
    if sum(word.head < 0 for word in words) != 1:
        return False
    for start in range(len(words)):
        at, steps = start, 0
        while at >= 0 and steps <= len(words):
            at, steps = words[at].head, steps + 1
        if at >= 0:
            return False
    return True


def training_words(nlp: Language, sentence: Sentence) -> list[Word] | None:
    """A harmonised sentence over the tokenizer's tokens; None where it cannot be laid over them."""
    words = retokenize(merge_multiword(sentence), nlp)
    return words if words is not None and is_tree(words) else None


def convert(edition: Edition, folder: Path, out: Path) -> None:
    """Write the three data files and print what was kept and dropped.

    Args:
        edition: says which treebanks are read.
        folder: of the `it_*.conllu` files.
        out: folder of the results.

    Raises:
        FileNotFoundError: if the test or a development file is missing.
    """
    nlp = spacy.blank("it")
    out.mkdir(parents=True, exist_ok=True)
    tests = test_docs(nlp, folder / TEST_FILE)
    read: list[tuple[str, Sentence]] = []
    for path in sorted(folder.glob("it_*.conllu")):
        if path.name != TEST_FILE:
            sentences = (sentence for sentence in read_conllu(path) if sentence.source in edition.codes)
            read.extend((path.name, sentence) for sentence in sentences)
    reference = Reference((sentence for _, sentence in read), edition.reference, edition.passives)
    dev: list[Doc] = []
    rest: list[tuple[str, list[Word]]] = []
    dropped: Counter[tuple[str, str]] = Counter()
    seen: Counter[str] = Counter()
    for name, sentence in read:
        harmonise(sentence, reference)
        words = training_words(nlp, sentence)
        if words is None:
            dropped[sentence.source, "tokens cross"] += 1
            continue
        seen[name] += 1
        step = edition.held_out.get(name)
        if step is not None and seen[name] % step == 0:
            dev.append(make_doc(nlp, words, sentence.source))
        else:
            rest.append((sentence.source, words))
    in_test = DuplicateFinder([doc.text for doc in tests])
    in_dev = DuplicateFinder([doc.text for doc in dev])
    train: list[Doc] = []
    for source, words in rest:
        text = text_of(words)
        if text in in_test:
            dropped[source, "in test"] += 1
        elif text in in_dev:
            dropped[source, "in dev"] += 1
        else:
            train.append(make_doc(nlp, words, source))
    dev = [doc for doc in dev if doc.text not in in_test]
    for name, docs in (("train", train), ("dev", dev), ("test", tests)):
        DocBin(docs=docs, store_user_data=True).to_disk(out / f"{name}.spacy")
        sizes: Counter[str] = Counter()
        for doc in docs:
            sizes[doc.user_data["source"]] += len(doc)
        print(f"{name}: {len(docs)} sentences, {sum(sizes.values())} tokens {dict(sizes)}")
    print("dropped:", {f"{source}, {why}": count for (source, why), count in sorted(dropped.items())})


if __name__ == "__main__":
    convert(EDITIONS[sys.argv[1]], Path(sys.argv[2]), Path(sys.argv[3]))
