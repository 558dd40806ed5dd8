"""Score a pipeline on a `.spacy` file of one-sentence gold documents.

Run as `python -m training.evaluate MODEL DATA [OUT.json]`. The text is tokenised by the pipeline itself. Two views:
each sentence by itself (as the extractor runs the network), and documents of ten sentences (as spaCy scores its own
pipelines), which also shows how well the parser finds sentence boundaries.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, DocBin
from spacy.training import Example

LABELS = ("nummod", "nsubj", "nsubj:pass", "obj", "obl", "nmod", "amod", "case", "appos", "conj", "ROOT", "acl:relcl")
GROUP = 10
WINDOW = 3


def joined_gold(docs: list[Doc], size: int) -> list[Doc]:
    """Documents of `size` consecutive sentences each, with a space between sentences."""
    groups = []
    for at in range(0, len(docs), size):
        part = docs[at : at + size]
        groups.append(Doc.from_docs(part, ensure_whitespace=True, exclude=["user_data"]))  # type: ignore[call-arg]
    return groups


def examples_of(nlp: Language, docs: list[Doc]) -> list[Example]:
    """The pipeline's analysis of each document beside its gold."""
    return [Example(guess, gold) for guess, gold in zip(nlp.pipe(doc.text for doc in docs), docs, strict=True)]


def near_numbers(examples: list[Example]) -> dict[str, float]:
    """Accuracy of NOUN and of VERB on gold tokens within three tokens of a numeral."""
    right = {"NOUN": 0, "VERB": 0}
    total = {"NOUN": 0, "VERB": 0}
    for example in examples:
        gold = example.reference
        guess = {(token.idx, len(token)): token.pos_ for token in example.predicted}
        numbers = [token.i for token in gold if token.pos_ == "NUM"]
        for token in gold:
            if token.pos_ in total and any(abs(token.i - number) <= WINDOW for number in numbers):
                total[token.pos_] += 1
                right[token.pos_] += guess.get((token.idx, len(token))) == token.pos_
    return {pos: round(100 * right[pos] / max(total[pos], 1), 1) for pos in total}


def scores_of(examples: list[Example]) -> dict[str, Any]:
    """The usual scores in per cent, and F by relation."""
    scorer = Scorer()
    found: dict[str, Any] = {}
    found.update(scorer.score_tokenization(examples))
    found.update(Scorer.score_token_attr(examples, "pos"))
    found.update(Scorer.score_token_attr(examples, "morph", getter=lambda token, attr: str(token.morph)))
    found.update(Scorer.score_token_attr(examples, "lemma"))
    found.update(
        Scorer.score_deps(
            examples,
            "dep",
            getter=lambda token, attr: token.dep_,
            ignore_labels=("p", "punct"),
        )
    )
    found.update(Scorer.score_spans(examples, "sents", getter=lambda doc, attr: list(doc.sents)))
    by_label = found["dep_las_per_type"]
    result: dict[str, Any] = {
        name: round(100 * found[name], 2)
        for name in ("token_acc", "token_f", "pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f")
    }
    result["by_relation"] = {label: round(100 * by_label[label]["f"], 1) for label in LABELS if label in by_label}
    return result


def evaluate(model: str | Language, data: Path) -> dict[str, Any]:
    """All scores of one pipeline on one file.

    Raises:
        OSError: if the model or the file cannot be read.
    """
    nlp = spacy.load(model) if isinstance(model, str) else model
    docs = list(DocBin().from_disk(data).get_docs(nlp.vocab))
    single = examples_of(nlp, docs)
    report = {"sentences": scores_of(single), "documents": scores_of(examples_of(nlp, joined_gold(docs, GROUP)))}
    report["sentences"]["near_numbers"] = near_numbers(single)
    return report


if __name__ == "__main__":
    text = json.dumps(evaluate(sys.argv[1], Path(sys.argv[2])), indent=1)
    print(text)
    if len(sys.argv) > 3:
        Path(sys.argv[3]).write_text(text + "\n", encoding="utf8")
