"""The texts that the benchmark reads: the project's own corpus, or folders that are named.

The corpus is repeated until there is enough of it, each time with other digits, so that no cache of a contender
has seen the numbers before. Four digits that look like a year are left alone: a year is no quantity, and its rule is
part of the cost.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_NUMBER = re.compile(r"(?<!\d)\d+(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SENTENCES_A_DOCUMENT = 20
_SEED = 20


@dataclass(frozen=True)
class Text:
    """Documents to read, with their size.

    Attributes:
        name: what it is called in the results.
        words: stretches between white space.
        size: bytes of UTF-8.
    """

    name: str
    documents: tuple[str, ...]

    @property
    def words(self) -> int:
        return sum(len(document.split()) for document in self.documents)

    @property
    def size(self) -> int:
        return sum(len(document.encode()) for document in self.documents)

    def first(self, words: int) -> Text:
        """Return the first documents, until there are as many words; again from the first where they run out."""
        taken: list[str] = []
        while words > 0:
            for document in self.documents:
                taken.append(document)
                words -= len(document.split())
                if words <= 0:
                    break
        return Text(self.name, tuple(taken))


def corpus(folder: Path, words: int) -> Text:
    """Return the articles of a folder, repeated with other digits until there are so many words.

    Raises:
        ValueError: the folder holds no text file.
    """
    articles = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))]
    if not any(articles):
        raise ValueError(f"{folder.name}: no text files in it")
    chance = random.Random(_SEED)
    documents: list[str] = []
    while words > 0:
        for article in articles:
            documents.append(_NUMBER.sub(lambda found: _other(found.group(), chance), article))
            words -= len(article.split())
    return Text(folder.name, tuple(documents))


def _other(digits: str, chance: random.Random) -> str:
    if _YEAR.fullmatch(digits):
        return digits
    first = digits[0] if digits[0] == "0" else str(chance.randint(1, 9))
    return first + "".join(str(chance.randint(0, 9)) for _ in digits[1:])


def named(folder: Path) -> Text:
    """Return the texts of a folder: ``.txt``, ``.jsonl`` with a field ``text``, treebanks in ``.conllu``.

    The documents are shuffled (always in the same way), so that the first ones stand for all.

    Raises:
        ValueError: the folder holds none of these.
    """
    documents = [document for path in sorted(folder.rglob("*")) for document in _documents(path) if document.strip()]
    if not documents:
        raise ValueError(f"{folder.name}: no .txt, .jsonl or .conllu files with text in it")
    random.Random(_SEED).shuffle(documents)
    return Text(folder.name, tuple(documents))


def _documents(path: Path) -> Iterator[str]:
    if path.suffix == ".txt":
        yield path.read_text(encoding="utf-8")
    elif path.suffix == ".jsonl":
        with path.open(encoding="utf-8") as lines:
            yield from (str(json.loads(line)["text"]) for line in lines if line.strip())
    elif path.suffix == ".conllu":
        with path.open(encoding="utf-8") as lines:
            sentences = [line.removeprefix("# text = ").strip() for line in lines if line.startswith("# text = ")]
        for start in range(0, len(sentences), _SENTENCES_A_DOCUMENT):
            yield "\n".join(sentences[start : start + _SENTENCES_A_DOCUMENT])
