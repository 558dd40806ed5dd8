"""Read CoNLL-U files into plain sentences that the other training steps can edit.

The format is that of Universal Dependencies (https://universaldependencies.org/format.html): one syntactic word a
line, multiword tokens announced by a line with a range of numbers, a blank line after each sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Word:
    """One syntactic word.

    Attributes:
        form: the word as written.
        lemma: its dictionary form.
        upos: universal part of speech.
        feats: morphological features, name to value.
        head: index of the governor in the sentence, counted from 0; -1 for the root.
        deprel: universal relation to the governor.
        space_after: whether white space follows in the text.
    """

    form: str
    lemma: str
    upos: str
    feats: dict[str, str]
    head: int
    deprel: str
    space_after: bool = True


@dataclass
class Sentence:
    """One sentence of a treebank.

    Attributes:
        source: short name of the treebank, such as `isdt`.
        sent_id: the treebank's own identifier.
        words: the syntactic words in order.
        spans: surface tokens made of several words: (first index, last index inclusive, form, space_after).
    """

    source: str
    sent_id: str
    words: list[Word] = field(default_factory=list)
    spans: list[tuple[int, int, str, bool]] = field(default_factory=list)


def parse_feats(column: str) -> dict[str, str]:
    """Split the sixth column (`Gender=Fem|Number=Sing`, or `_`) into a dictionary."""
    if column == "_":
        return {}
    return dict(item.split("=", 1) for item in column.split("|"))


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of one file; empty nodes of enhanced graphs (`8.1`) are left out.

    Raises:
        ValueError: if a line does not have ten columns.
    """
    source = path.name.split("-")[0].removeprefix("it_")
    sentence = Sentence(source, "")
    for number, raw in enumerate(path.read_text(encoding="utf8").splitlines(), start=1):
        line = raw.strip("\n")
        if not line.strip():
            if sentence.words:
                yield sentence
            sentence = Sentence(source, "")
        elif line.startswith("#"):
            name, _, value = line[1:].partition("=")
            if name.strip() == "sent_id":
                sentence.sent_id = value.strip()
        else:
            columns = line.split("\t")
            if len(columns) != 10:
                raise ValueError(f"{path.name}:{number}: {len(columns)} columns instead of 10")
            ident, form, lemma, upos, _xpos, feats, head, deprel, _deps, misc = columns
            space_after = "SpaceAfter=No" not in misc.split("|")
            if "-" in ident:
                first, last = (int(part) - 1 for part in ident.split("-"))
                sentence.spans.append((first, last, form, space_after))
            elif "." not in ident:
                word = Word(form, lemma, upos, parse_feats(feats), int(head) - 1, deprel, space_after)
                sentence.words.append(word)
    if sentence.words:
        yield sentence
