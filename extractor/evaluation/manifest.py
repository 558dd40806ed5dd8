"""The manifest of a corpus: one JSON line an article, with its hash, its licence and the split it belongs to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError

from extractor.evaluation.gold import GoldDocument
from extractor.io.readers import MANIFEST
from extractor.schema import Model

#: Both splits together.
ALL = "all"
_Text = Annotated[str, StringConstraints(min_length=1)]


class Split(StrEnum):
    """Which part of the gold an article belongs to: rules are made with ``dev``; ``test`` only scores them."""

    DEV = "dev"
    TEST = "test"


class ManifestError(ValueError):
    """A manifest breaks its format, or does not fit the articles; every problem is one line of the message."""


class Entry(Model):
    """One article of a corpus; ``sha256`` is that of the file's bytes."""

    id: _Text
    title: _Text
    date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None
    topic: _Text
    licence: _Text
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    split: Split


def manifest_for(gold: Path) -> Path | None:
    """Return the manifest that belongs to a gold folder: in it, or in the folder ``corpus`` beside it."""
    if not gold.is_dir():
        return None
    places = (gold / MANIFEST, gold.parent / "corpus" / MANIFEST)
    return next((place for place in places if place.is_file()), None)


def load_manifest(path: Path) -> dict[str, Entry]:
    """Read a manifest, by the articles' ids.

    Raises:
        ManifestError: a line is no entry, or repeats an id.
        OSError: the file cannot be read.
    """
    entries: dict[str, Entry] = {}
    problems: list[str] = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = Entry.model_validate_json(line)
        except ValidationError as error:
            detail = error.errors()[0]
            place = ".".join(str(part) for part in detail["loc"])
            problems.append(f"{path.name}:{number}: {f'{place}: ' if place else ''}{detail['msg']}")
            continue
        if entry.id in entries:
            problems.append(f"{path.name}:{number}: id {entry.id!r} stands there twice")
        entries[entry.id] = entry
    if problems:
        raise ManifestError("\n".join(problems))
    return entries


def manifest_problems(path: Path, documents: Iterable[GoldDocument]) -> list[str]:
    """Return, one line each, what does not fit between a manifest, the articles beside it and their gold."""
    entries = load_manifest(path)
    problems = []
    files = {file.stem: file for file in sorted(path.parent.glob("*.txt"))}
    for name, entry in entries.items():
        if name not in files:
            problems.append(f"{path.name}: {name}: there is no {name}.txt beside it")
        elif hashlib.sha256(files[name].read_bytes()).hexdigest() != entry.sha256:
            problems.append(f"{path.name}: {name}: {name}.txt has changed: its sha256 is another")
    problems += (f"{file.name}: has no line in {path.name}" for name, file in files.items() if name not in entries)
    known = {document.doc_id for document in documents}
    problems += (f"{path.name}: {name}: has no gold" for name in entries if name not in known)
    problems += (f"{name}: has gold, but no line in {path.name}" for name in sorted(known - set(entries)))
    return problems


def of_split(documents: Iterable[GoldDocument], entries: Mapping[str, Entry], split: Split) -> list[GoldDocument]:
    """Return the documents of one split, in their order.

    Raises:
        ManifestError: a document has no entry, so its split is unknown.
    """
    documents = list(documents)
    if unknown := [document.doc_id for document in documents if document.doc_id not in entries]:
        raise ManifestError(f"no line in {MANIFEST}, so no split, for {', '.join(unknown)}")
    return [document for document in documents if entries[document.doc_id].split is split]


def chosen(documents: list[GoldDocument], gold: Path, split: str | None) -> tuple[list[GoldDocument], frozenset[str]]:
    """Return the documents of a split, and the ids of those among them that are for testing only.

    Args:
        documents: all of the gold.
        gold: where it was read from; its manifest is looked for there.
        split: ``dev``, ``test`` or ``all``. None is ``dev`` where there is a manifest, else all.

    Raises:
        ManifestError: the manifest is wrong, has no line for a document, or no document for the split.
        OSError: the manifest cannot be read.
    """
    path = manifest_for(gold)
    if path is None:
        if split in tuple(Split):
            raise ManifestError(f"{gold} has no splits: no {MANIFEST} is in it or in a corpus/ beside it")
        return documents, frozenset()
    entries = load_manifest(path)
    test = frozenset(document.doc_id for document in of_split(documents, entries, Split.TEST))
    if split == ALL:
        return documents, test
    wanted = Split(split or Split.DEV)
    if not (inside := of_split(documents, entries, wanted)):
        raise ManifestError(f"{path}: no article is in the split {wanted}")
    return inside, test & {document.doc_id for document in inside}
