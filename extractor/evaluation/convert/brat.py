"""brat's standoff: a folder with a ``.txt`` and an ``.ann`` file a document.

A claim is a text-bound annotation (``T``) of the type of its kind, and so is each phrase, of the type of its field;
relations (``R``) lead from the claim to its phrases and to other claims; modifier, change and modality are attributes
(``A``); the rest stands in the annotator's note (``#``). A span over a line break is written in fragments, as
brat does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from extractor.evaluation.convert.notes import read_note, write_note
from extractor.evaluation.convert.own import ConvertError, Files, doc_id_of, file_name
from extractor.evaluation.convert.regions import CHOICES, KINDS, Link, Region, from_regions, to_regions
from extractor.evaluation.gold import LINK_FIELDS, SPAN_FIELDS, GoldDocument, RawDocument, read_article

ANN, TXT = ".ann", ".txt"
_LABELS = {label.capitalize(): label for label in (*KINDS, *SPAN_FIELDS)}
_RELATIONS = {f"has_{name}": name for name in SPAN_FIELDS} | {name: name for name in LINK_FIELDS}
_ATTRIBUTES = {name.capitalize(): name for name in CHOICES}
_LINKED = {label: name for name, label in _RELATIONS.items()}
# brat's server reads lines as str.splitlines does
_BREAK = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_FRAGMENT = re.compile(f"[^{_BREAK}]+")
_CLAIM_ID = "id"


def to_brat(documents: Sequence[GoldDocument], out: Path) -> Files:
    """Write documents to a folder, with the configuration that lets a brat server show them.

    Raises:
        ConvertError: a span begins or ends with a line break.
    """
    files = {out / "annotation.conf": _configuration().encode("utf-8")}
    for document in documents:
        name = file_name(document.doc_id)
        files[out / f"{name}{TXT}"] = document.text.encode("utf-8")
        files[out / f"{name}{ANN}"] = "".join(f"{line}\n" for line in _lines(document)).encode("utf-8")
    return files


def _lines(document: GoldDocument) -> Iterator[str]:
    regions, links = to_regions(document)
    names = {region.id: f"T{number}" for number, region in enumerate(regions, start=1)}
    attributes = notes = 0
    for region in regions:
        yield _text_bound(region, names[region.id], document.doc_id)
        rest = dict(region.fields)
        for name in CHOICES:
            if name in rest:
                attributes += 1
                yield f"A{attributes}\t{name.capitalize()} {names[region.id]} {rest.pop(name)}"
        rest = ({_CLAIM_ID: region.id} if region.is_claim else {}) | rest
        if rest:
            notes += 1
            yield f"#{notes}\tAnnotatorNotes {names[region.id]}\t{write_note(rest)}"
    for number, link in enumerate(links, start=1):
        yield f"R{number}\t{_LINKED[str(link.label)]} Arg1:{names[link.source]} Arg2:{names[link.target]}"


def _text_bound(region: Region, name: str, doc_id: str) -> str:
    fragments = list(_FRAGMENT.finditer(region.text))
    if not fragments or fragments[0].start() > 0 or fragments[-1].end() < len(region.text):
        raise ConvertError(
            f"{doc_id}: {region.label} {region.id} {region.text!r} begins or ends with a line break, "
            "and brat has no such spans"
        )
    places = ";".join(f"{region.start + part.start()} {region.start + part.end()}" for part in fragments)
    return f"{name}\t{region.label.capitalize()} {places}\t{' '.join(part[0] for part in fragments)}"


def _configuration() -> str:
    kinds, phrases = ([name.capitalize() for name in names] for names in (KINDS, SPAN_FIELDS))
    claim = "|".join(kinds)
    relations = [f"{_LINKED[name]}\tArg1:{claim}, Arg2:{name.capitalize()}" for name in SPAN_FIELDS]
    relations += [f"{name}\tArg1:{claim}, Arg2:{claim}" for name in LINK_FIELDS]
    overlap = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    attributes = [f"{name.capitalize()}\tArg:{claim}, Value:{'|'.join(values)}" for name, values in CHOICES.items()]
    sections = {
        "entities": [*kinds, *phrases],
        "relations": [*relations, overlap],
        "events": [],
        "attributes": attributes,
    }
    return "\n".join(f"[{title}]\n" + "".join(f"{line}\n" for line in lines) for title, lines in sections.items())


def read_brat(path: Path, problems: list[str]) -> list[RawDocument]:
    """Read a folder, or the one document of an ``.ann`` file; what is wrong goes to ``problems``, a line each.

    Raises:
        ConvertError: the folder holds no ``.ann`` file.
        OSError: a file cannot be read.
    """
    files = sorted(path.glob(f"*{ANN}")) if path.is_dir() else [path]
    if not files:
        raise ConvertError(f"{path}: no {ANN} files in this folder")
    documents = []
    for file in files:
        try:
            text, content = read_article(file.with_suffix(TXT)), file.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            problems.append(f"{file.name}: it, or the {TXT} beside it, is not UTF-8: {error}")
            continue
        reading = _Reading(file.name, text)
        for number, line in enumerate(content.split("\n"), start=1):
            try:
                reading.line(line.removesuffix("\r"), number)
            except ValueError as error:
                problems.append(f"{file.name}:{number}: {error}")
        documents.append(reading.document(doc_id_of(file.stem), problems))
    return documents


@dataclass(slots=True)
class _Reading:
    """An ``.ann`` file as it is read: the regions by brat's names, and what is said of them."""

    source: str
    text: str
    regions: dict[str, Region] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    said: list[tuple[int, str, dict[str, str]]] = field(default_factory=list)

    def line(self, line: str, number: int) -> None:
        """Read a line.

        Raises:
            ValueError: it is none that has a meaning here.
        """
        if not line.strip():
            return
        name, _, rest = line.partition("\t")
        if name.startswith("T"):
            self.regions[name] = self._region(name, rest, number)
        elif name.startswith("R"):
            self.links.append(_relation(rest, f"line {number}"))
        elif name.startswith(("A", "M")):
            kind, target, *value = rest.split()
            if kind not in _ATTRIBUTES or len(value) != 1:
                raise ValueError(f"not one of the attributes {', '.join(_ATTRIBUTES)} with a value: {rest!r}")
            self.said.append((number, target, {_ATTRIBUTES[kind]: value[0]}))
        elif name.startswith("#"):
            about, _, note = rest.partition("\t")
            _, _, target = about.partition(" ")
            self.said.append((number, target, read_note(note)))
        else:
            raise ValueError(f"neither T, R, A nor #: {line!r}")

    def _region(self, name: str, rest: str, number: int) -> Region:
        about, _, shown = rest.partition("\t")
        label, _, places = about.partition(" ")
        if label not in _LABELS:
            raise ValueError(f"no type {label!r} here: there are {', '.join(_LABELS)}")
        try:
            fragments = [(int(start), int(end)) for start, end in (place.split(" ") for place in places.split(";"))]
        except ValueError as error:
            raise ValueError(f"not 'START END' or 'START END;START END': {places!r}") from error
        found = " ".join(self.text[start:end] for start, end in fragments)
        if found != shown:
            raise ValueError(f"the text at {places} is {found!r}, not {shown!r}")
        for (_, end), (start, _) in pairwise(fragments):
            if self.text[end:start].strip() or start < end:
                raise ValueError(f"a span with a gap, {self.text[end:start]!r}: only line breaks may interrupt one")
        start, end = fragments[0][0], fragments[-1][1]
        return Region(name, _LABELS[label], start, end, self.text[start:end], line=number)

    def document(self, doc_id: str, problems: list[str]) -> RawDocument:
        """Put together what was read; what is wrong goes to ``problems``."""
        for number, target, fields in self.said:
            region = self.regions.get(target)
            if region is None:
                problems.append(f"{self.source}:{number}: {target!r} marks nothing")
            elif twice := fields.keys() & region.fields.keys():
                problems.append(f"{self.source}:{number}: {target} has {', '.join(sorted(twice))} already")
            else:
                region.fields |= fields
        for region in self.regions.values():
            if region.is_claim:
                region.claim_id = region.fields.pop(_CLAIM_ID, None)
        return from_regions(self.source, doc_id, self.text, list(self.regions.values()), self.links, problems)


def _relation(rest: str, place: str) -> Link:
    kind, *arguments = rest.split()
    ends = dict(argument.split(":", 1) for argument in arguments if ":" in argument)
    if kind not in _RELATIONS or ends.keys() != {"Arg1", "Arg2"}:
        raise ValueError(f"not one of the relations {', '.join(_RELATIONS)} with Arg1 and Arg2: {rest!r}")
    return Link(ends["Arg1"], ends["Arg2"], _RELATIONS[kind], place)
