"""The corpus reader of the training configuration: sentences, weighted by treebank, varied, in short documents.

Registered as `cifre.TrainingCorpus.v1`; `spacy train --code training/corpus.py` makes it known to spaCy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.util import registry

from training.augment import Substitutes, augment
from training.conllu import Word, parse_feats


def words_of(doc: Doc) -> list[Word]:
    """The annotation of a document of one sentence as editable words."""
    return [
        Word(
            token.text,
            token.lemma_,
            token.pos_,
            parse_feats(str(token.morph) or "_"),
            -1 if token.head.i == token.i else token.head.i,
            token.dep_,
            bool(token.whitespace_),
        )
        for token in doc
    ]


def joined(nlp: Language, sentences: list[list[Word]]) -> Example:
    """One document of several sentences, as prediction and reference over the same tokens."""
    words = [word for sentence in sentences for word in sentence]
    starts: list[int] = []
    for sentence in sentences:
        starts.extend([len(starts)] * len(sentence))
    forms = [word.form for word in words]
    spaces = [word.space_after for word in words]
    edge = -1
    for sentence in sentences[:-1]:
        edge += len(sentence)
        spaces[edge] = True
    reference = Doc(
        nlp.vocab,
        words=forms,
        spaces=spaces,
        pos=[word.upos for word in words],
        morphs=["|".join(f"{name}={value}" for name, value in sorted(word.feats.items())) for word in words],
        lemmas=[word.lemma for word in words],
        heads=[
            start + word.head if word.head >= 0 else index
            for index, (start, word) in enumerate(zip(starts, words, strict=True))
        ],
        deps=[word.deprel for word in words],
    )
    return Example(Doc(nlp.vocab, words=forms, spaces=spaces), reference)


@registry.readers("cifre.TrainingCorpus.v1")  # type: ignore[untyped-decorator]
def training_corpus(
    path: Path,
    forms: Path,
    weights: dict[str, float],
    single: float,
    longest: int,
    vary: float,
    seed: int,
) -> Callable[[Language], Iterator[Example]]:
    """Make the reader.

    Args:
        path: the `.spacy` file of one-sentence documents with their treebank in `user_data["source"]`.
        forms: the lexicon's `forms.tsv`.
        weights: how often a sentence of a treebank is drawn an epoch (0.3 = in three epochs of ten, 2 = twice).
        single: share of documents that are one sentence; the others have 2 to `longest`.
        longest: sentences of the longest document.
        vary: share of sentences that are augmented.
        seed: of the random generator.

    Returns:
        A function that yields one epoch of examples at each call, differently each time.
    """
    rng = Random(seed)
    loaded: dict[str, list[list[Word]]] = {}
    substitutes = Substitutes(Path(forms))

    def read(nlp: Language) -> Iterator[Example]:
        if not loaded:
            for doc in DocBin().from_disk(path).get_docs(nlp.vocab):
                loaded.setdefault(doc.user_data["source"], []).append(words_of(doc))
        documents: list[list[list[Word]]] = []
        for source, sentences in loaded.items():
            weight = weights.get(source, 1.0)
            drawn: list[list[Word]] = []
            for sentence in sentences:
                copies = int(weight) + (rng.random() < weight % 1)
                for _ in range(copies):
                    drawn.append(augment(sentence, rng, substitutes) if rng.random() < vary else sentence)
            at = 0
            while at < len(drawn):
                size = 1 if rng.random() < single else rng.randint(2, longest)
                documents.append(drawn[at : at + size])
                at += size
        rng.shuffle(documents)
        for document in documents:
            yield joined(nlp, document)

    return read
