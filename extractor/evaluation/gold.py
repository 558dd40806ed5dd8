"""Hand-annotated gold: reading it, and saying precisely what is wrong with it.

Two formats become the same frozen models.

*One JSON file an article* (``gold/NAME.json``)::

    {"doc_id": "NAME", "article": "../corpus/NAME.txt", "claims": [
      {"claim_id": "c1", "kind": "count", "start": 0, "end": 2, "text": "37", "value": "37",
       "low": null, "high": null, "unit": null, "modifier": "exact", "change": null,
       "subject": {"text": "scuole", "start": 3, "end": 9},
       "time": {"text": "2024", "start": 13, "end": 17, "value": "2024"}, "baseline": null,
       "attribution": null, "modality": "asserted", "same_as": null, "refers_to": "c0"}]}

``article`` is relative to the gold file; ``value``, ``low`` and ``high`` are plain decimal strings;
``same_as`` and ``refers_to`` hold a ``claim_id`` of the same file. A key that is absent is null.

*JSON lines*, one document a line: ``{"doc_id": ..., "text": ..., "claims": [...]}``. Here subject, time,
baseline and attribution may be bare strings (their place is unknown, so it is not checked), ``same_as`` and
``refers_to`` may be places in the list counted from 0, and a claim without ``claim_id`` is named by its own
place: ``c1``, ``c2`` ...
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import Field, StringConstraints, ValidationError

from extractor.schema import Change, Modality, Model, QuantityFields

#: Files of a gold folder that hold figures about the gold, not gold.
NOT_GOLD = frozenset({"agreement.json"})

#: Fields of a claim that are phrases, and those that name another claim.
SPAN_FIELDS = ("subject", "time", "baseline", "attribution")
LINK_FIELDS = ("same_as", "refers_to")

_PLAIN_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_Text = Annotated[str, StringConstraints(min_length=1)]
_DOCUMENT_KEYS = {"doc_id", "article", "claims"}


class GoldError(ValueError):
    """Gold that breaks its format; every problem found is one line of the message.

    Attributes:
        problems: the lines, each naming file, claim and what is wrong.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


class GoldSpan(Model):
    """A phrase of the article; its offsets are null where the format gives the phrase alone."""

    text: _Text
    start: Annotated[int, Field(ge=0)] | None = None
    end: int | None = None
    value: _Text | None = None


class GoldClaim(QuantityFields):
    """One claim as an annotator wrote it down; its fields are those of :class:`~extractor.schema.Claim`."""

    claim_id: _Text
    start: Annotated[int, Field(ge=0)]
    end: int
    text: _Text
    unit: _Text | None = None
    change: Change | None = None
    subject: GoldSpan | None = None
    time: GoldSpan | None = None
    baseline: GoldSpan | None = None
    attribution: GoldSpan | None = None
    modality: Modality = Modality.ASSERTED
    same_as: str | None = None
    refers_to: str | None = None


class GoldDocument(Model):
    """An article with its gold claims, in the order of the file."""

    doc_id: str
    text: str
    claims: tuple[GoldClaim, ...] = ()


class RawDocument(NamedTuple):
    """A gold document as a file has it, before its claims are checked.

    Attributes:
        source: the file, for messages; with the line where it holds several documents.
        doc_id: its name.
        text: its text.
        claims: the fields of :class:`GoldClaim`, numbers as plain decimal strings.
        names: what each claim is called in messages; its ``claim_id`` where there are none.
    """

    source: str
    doc_id: str
    text: str
    claims: Sequence[Mapping[str, Any]]
    names: Sequence[str] = ()


def load_gold(path: str | Path) -> list[GoldDocument]:
    """Read gold from a folder of ``.json`` files, one such file, or a ``.jsonl`` file.

    The files of a folder are read in the order of their names; :data:`NOT_GOLD` is left out.

    Raises:
        GoldError: something in the gold is wrong; all problems of all files are in it.
        OSError: ``path`` itself cannot be read.
    """
    path = Path(path)
    problems: list[str] = []
    raw: list[RawDocument] = []
    if path.suffix == ".jsonl" and not path.is_dir():
        raw += _json_lines(path, problems)
    else:
        files = gold_files(path)
        if not files:
            problems.append(f"{path}: no gold files (*.json) in this folder")
        for file in files:
            raw += _own_format(file, problems)
    return checked_documents(raw, problems)


def gold_files(path: Path) -> list[Path]:
    """Return the files of one article each: those of a folder, the file itself, none where it is JSON lines."""
    if path.is_dir():
        return [file for file in sorted(path.glob("*.json")) if file.name not in NOT_GOLD]
    return [] if path.suffix == ".jsonl" else [path]


def checked_documents(raw: Iterable[RawDocument], problems: Iterable[str] = ()) -> list[GoldDocument]:
    """Check documents read from any format, one by one and all together.

    Args:
        raw: what was read.
        problems: what was already found wrong while reading.

    Raises:
        GoldError: something is wrong, now or before.
    """
    problems = list(problems)
    documents: list[GoldDocument] = []
    seen: dict[str, str] = {}
    for entry in raw:
        if entry.doc_id in seen:
            problems.append(f"{entry.source}: doc_id {entry.doc_id!r} is also that of {seen[entry.doc_id]}")
        seen[entry.doc_id] = entry.source
        claims = _checked_claims(entry, problems)
        documents.append(GoldDocument(doc_id=entry.doc_id, text=entry.text, claims=tuple(claims)))
    if problems:
        raise GoldError(problems)
    return documents


def read_article(path: Path) -> str:
    """Return an article exactly as it stands (UTF-8, line ends untouched: offsets count them).

    Raises:
        OSError: the file cannot be read.
        UnicodeDecodeError: it is not UTF-8.
    """
    return path.read_bytes().decode("utf-8")


def _own_format(path: Path, problems: list[str]) -> list[RawDocument]:
    content = path.read_bytes()
    source = path.name
    data = _json_object(content, source, problems)
    if data is None:
        return []
    if unknown := sorted(set(data) - _DOCUMENT_KEYS):
        problems.append(f"{source}: unknown keys {', '.join(unknown)}")
    article = data.get("article")
    if not isinstance(article, str):
        problems.append(f"{source}: 'article' must be the path of the article, relative to this file")
        return []
    try:
        text = read_article(path.parent / article)
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{source}: article {article!r} cannot be read: {error}")
        return []
    return _gold_file(source, data, text, problems)


def _json_lines(path: Path, problems: list[str]) -> list[RawDocument]:
    files: list[RawDocument] = []
    # Not splitlines: it also splits at U+2028 and the like, which may stand inside a JSON string.
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        source = f"{path.name}:{number}"
        if not line.strip() or (data := _json_object(line, source, problems)) is None:
            continue
        text = data.get("text")
        if not isinstance(text, str):
            problems.append(f"{source}: 'text' must be the text of the document")
            continue
        for entry in _gold_file(source, data, text, problems):
            files.append(entry._replace(claims=_with_ids_and_spans(entry, problems)))
    return files


def _json_object(content: bytes, source: str, problems: list[str]) -> dict[str, Any] | None:
    try:
        data = json.loads(content.decode("utf-8"))
    except ValueError as error:
        problems.append(f"{source}: not JSON in UTF-8: {error}")
        return None
    if not isinstance(data, dict):
        problems.append(f"{source}: not a JSON object")
        return None
    return data


def _gold_file(source: str, data: Mapping[str, Any], text: str, problems: list[str]) -> list[RawDocument]:
    doc_id, claims = data.get("doc_id"), data.get("claims")
    if not isinstance(doc_id, str) or not doc_id:
        problems.append(f"{source}: 'doc_id' must be a string")
    elif not isinstance(claims, list) or not all(isinstance(claim, dict) for claim in claims):
        problems.append(f"{source}: 'claims' must be a list of objects")
    else:
        return [RawDocument(source, doc_id, text, claims)]
    return []


def _with_ids_and_spans(entry: RawDocument, problems: list[str]) -> list[Mapping[str, Any]]:
    """Turn list places into claim ids, and bare strings into spans without offsets."""
    claims: list[Mapping[str, Any]] = []
    for number, raw in enumerate(entry.claims, start=1):
        claim = {"claim_id": f"c{number}"} | dict(raw)
        for name in SPAN_FIELDS:
            if isinstance(claim.get(name), str):
                claim[name] = {"text": claim[name]}
        for name in LINK_FIELDS:
            place = claim.get(name)
            if place is None or isinstance(place, str):
                continue
            if isinstance(place, int) and 0 <= place < len(entry.claims):
                claim[name] = f"c{place + 1}"
            else:
                problems.append(f"{entry.source}: claim c{number}: {name} is {place!r}, no place in the list")
                claim[name] = None
        claims.append(claim)
    return claims


def _checked_claims(entry: RawDocument, problems: list[str]) -> list[GoldClaim]:
    """Check each claim by itself and all of them together; add what is wrong to ``problems``."""
    found: list[str] = []
    claims: list[GoldClaim] = []
    for number, raw in enumerate(entry.claims, start=1):
        name = entry.names[number - 1] if entry.names else f"claim {raw.get('claim_id', f'number {number}')}"
        bad_numbers = _number_problems(raw)
        found += (f"{name}: {problem}" for problem in bad_numbers.values())
        try:
            claim = GoldClaim.model_validate(raw)
        except ValidationError as error:
            found += (f"{name}: {problem}" for problem in _readable(error, already_told=bad_numbers))
            continue
        found += (f"{name}: {problem}" for problem in _place_problems(claim, entry.text))
        claims.append(claim)
    # A claim that could not be read is still one that a link may name.
    ids = [raw.get("claim_id") for raw in entry.claims]
    found += _link_problems(claims, ids)
    found += _overlaps(claims)
    problems += (f"{entry.source}: {problem}" for problem in found)
    return claims


def _number_problems(raw: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: f'{name} must be a plain decimal string such as "-1234.5", not {number!r}'
        for name in ("value", "low", "high")
        if (number := raw.get(name)) is not None and not (isinstance(number, str) and _PLAIN_DECIMAL.fullmatch(number))
    }


def _readable(error: ValidationError, already_told: Collection[str]) -> Iterable[str]:
    for detail in error.errors():
        place = ".".join(str(part) for part in detail["loc"])
        message = detail["msg"].removeprefix("Value error, ")
        if place not in already_told:
            yield f"{place}: {message}" if place else message


def _place_problems(claim: GoldClaim, text: str) -> Iterable[str]:
    if problem := _misplaced(claim.text, claim.start, claim.end, text):
        yield problem
    if claim.low is not None and claim.high is not None and claim.low > claim.high:
        yield f"low {claim.low} is above high {claim.high}"
    for name in SPAN_FIELDS:
        span: GoldSpan | None = getattr(claim, name)
        if span is None or (span.start is None and span.end is None):
            continue
        if span.start is None or span.end is None:
            yield f"{name}: has one of start and end without the other"
        elif problem := _misplaced(span.text, span.start, span.end, text):
            yield f"{name}: {problem}"


def _misplaced(phrase: str, start: int, end: int, text: str) -> str | None:
    if end > len(text):
        return f"[{start}:{end}] ends after the text, which has {len(text)} characters"
    if text[start:end] == phrase:
        return None
    places = [match.start() for match in re.finditer(re.escape(phrase), text)]
    # The commonest slip is an offset counted by hand, so the nearest right place is worth telling.
    hint = f"; nearest is {min(places, key=lambda place: abs(place - start))}" if places else ""
    return f"the text at [{start}:{end}] is {text[start:end]!r}, not {phrase!r}{hint}"


def _link_problems(claims: Sequence[GoldClaim], ids: Sequence[Any]) -> Iterable[str]:
    for repeated in sorted({str(name) for name in ids if name is not None and ids.count(name) > 1}):
        yield f"claim {repeated}: this claim_id is used more than once"
    for claim in claims:
        for name in LINK_FIELDS:
            target = getattr(claim, name)
            if target == claim.claim_id:
                yield f"claim {claim.claim_id}: {name} is the claim itself"
            elif target is not None and target not in ids:
                yield f"claim {claim.claim_id}: {name} is {target!r}, which no claim here has"


def _overlaps(claims: Sequence[GoldClaim]) -> Iterable[str]:
    furthest: GoldClaim | None = None
    for claim in sorted(claims, key=lambda claim: (claim.start, claim.end)):
        if furthest is not None and claim.start < furthest.end:
            yield (
                f"claim {claim.claim_id}: [{claim.start}:{claim.end}] {claim.text!r} overlaps "
                f"claim {furthest.claim_id} [{furthest.start}:{furthest.end}] {furthest.text!r}"
            )
        if furthest is None or claim.end > furthest.end:
            furthest = claim
