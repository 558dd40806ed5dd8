"""Label Studio's JSON: a list of tasks, each with its text and the annotations, or predictions, of it.

A claim and each of its phrases is a region (``type: labels``); the other controls repeat the region's ``id``;
arrows between regions are results of ``type: relation``. See :mod:`label_studio_config` for the controls.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from extractor.evaluation.convert.notes import read_note, write_note
from extractor.evaluation.convert.own import ConvertError, Files, json_bytes
from extractor.evaluation.convert.regions import CHOICES, KINDS, Link, Region, from_regions, to_regions
from extractor.evaluation.gold import SPAN_FIELDS, GoldDocument, RawDocument

#: Names of the controls of the labelling configuration.
LABELS, TEXT, NOTE = "label", "text", "note"
TYPED = ("value", "low", "high", "unit")
_LABELS = frozenset((*KINDS, *SPAN_FIELDS))


class Holder(StrEnum):
    """What of a task holds the claims: somebody's annotation, or a proposal that is shown to annotators."""

    ANNOTATIONS = "annotations"
    PREDICTIONS = "predictions"


def to_label_studio(documents: Sequence[GoldDocument], out: Path, holder: Holder) -> Files:
    """Write tasks, their claims as annotations or as predictions."""
    return {out: json_bytes([_task(document, holder) for document in documents])}


def _task(document: GoldDocument, holder: Holder) -> dict[str, Any]:
    regions, links = to_regions(document)
    results = [result for region in regions for result in _results(region)]
    results += [
        {"type": "relation", "from_id": link.source, "to_id": link.target, "direction": "right", "labels": [link.label]}
        for link in links
    ]
    held: dict[str, Any] = {"result": results}
    if holder is Holder.PREDICTIONS:
        held = {"model_version": "cifre", **held}
    return {"data": {TEXT: document.text, "doc_id": document.doc_id}, holder.value: [held]}


def _results(region: Region) -> list[dict[str, Any]]:
    place = {"start": region.start, "end": region.end}

    def result(control: str, kind: str, **value: Any) -> dict[str, Any]:
        return {"id": region.id, "from_name": control, "to_name": TEXT, "type": kind, "value": place | value}

    results = [result(LABELS, "labels", text=region.text, labels=[region.label])]
    rest = dict(region.fields)
    results += [result(name, "choices", choices=[rest.pop(name)]) for name in CHOICES if name in rest]
    results += [result(name, "textarea", text=[rest.pop(name)]) for name in TYPED if name in rest]
    if rest:
        results.append(result(NOTE, "textarea", text=[write_note(rest)]))
    return results


def read_label_studio(path: Path, holder: Holder, problems: list[str]) -> list[RawDocument]:
    """Read an export in Label Studio's JSON (not JSON-MIN); what is wrong goes to ``problems``, a line each.

    Raises:
        ConvertError: the file is not such an export.
        OSError: it cannot be read.
    """
    try:
        tasks = json.loads(path.read_bytes().decode("utf-8-sig"))
    except ValueError as error:
        raise ConvertError(f"{path}: not JSON in UTF-8: {error}") from error
    if not isinstance(tasks, list):
        raise ConvertError(f"{path}: not an export of Label Studio: that is a list of tasks")
    documents = []
    for number, task in enumerate(tasks, start=1):
        source = f"{path.name}: task {number}"
        try:
            documents.append(_document(task, source, holder, problems))
        except _BadTask as error:
            problems.append(f"{source}: {error}")
        except (KeyError, TypeError, AttributeError) as error:
            problems.append(f"{source}: not as Label Studio writes tasks: {type(error).__name__} {error}")
    return documents


class _BadTask(ValueError):
    """A task, or a result in it, that cannot be read."""


def _document(task: Mapping[str, Any], source: str, holder: Holder, problems: list[str]) -> RawDocument:
    text = task["data"].get(TEXT)
    if not isinstance(text, str):
        raise _BadTask(f"its data have no {TEXT!r}")
    doc_id = task["data"].get("doc_id") or task.get("id")
    if doc_id is None:
        raise _BadTask("its data have no 'doc_id', and it has no 'id'")
    held = [each for each in task.get(holder.value) or [] if not each.get("was_cancelled")]
    if len(held) != 1:
        other = next(each for each in Holder if each is not holder)
        hint = f"; it has {other.value}: --as {other.value}" if not held and task.get(other.value) else ""
        raise _BadTask(f"it has {len(held)} {holder.value}, and one is wanted{hint}")
    regions: dict[str, Region] = {}
    links: list[Link] = []
    for result in held[0]["result"]:
        if result["type"] == "relation":
            links.append(_link(result))
        elif result["from_name"] == LABELS:
            regions[result["id"]] = _region(result)
    for result in held[0]["result"]:
        if result["type"] != "relation" and result["from_name"] != LABELS:
            _enter(result, regions)
    return from_regions(source, str(doc_id), text, list(regions.values()), links, problems)


def _region(result: Mapping[str, Any]) -> Region:
    value, name = result["value"], result["id"]
    labels = value["labels"]
    if len(labels) != 1 or labels[0] not in _LABELS:
        raise _BadTask(
            f"region {name} {value['text']!r}: labelled {labels}; one of {', '.join(sorted(_LABELS))} is wanted"
        )
    return Region(name, labels[0], value["start"], value["end"], value["text"])


def _enter(result: Mapping[str, Any], regions: Mapping[str, Region]) -> None:
    """Enter what a control says of a region in its fields."""
    control, region = result["from_name"], regions.get(str(result.get("id")))
    if region is None:
        raise _BadTask(f"{control} is filled in for {result.get('id')}, which marks nothing")
    given = result["value"].get("choices" if control in CHOICES else "text")
    texts = [given] if isinstance(given, str) else [each for each in given or [] if each]
    if control not in (*CHOICES, *TYPED, NOTE):
        raise _BadTask(f"region {region.id} {region.text!r}: no control is called {control!r} here")
    if len(texts) > 1:
        raise _BadTask(f"region {region.id} {region.text!r}: more than one {control}: {texts}")
    if not texts:
        return
    try:
        fields = read_note(texts[0]) if control == NOTE else {control: texts[0]}
    except ValueError as error:
        raise _BadTask(f"region {region.id} {region.text!r}: {error}") from error
    region.fields |= fields


def _link(result: Mapping[str, Any]) -> Link:
    ends = (result["from_id"], result["to_id"])
    labels = result.get("labels") or [None]
    if len(labels) > 1:
        raise _BadTask(f"the relation from {ends[0]} to {ends[1]} has more than one label: {labels}")
    source, target = reversed(ends) if result.get("direction") == "left" else ends
    return Link(source, target, labels[0])
