"""Offsets of gold files put right: what a claim quotes is looked for near the place that it names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor.evaluation.convert.own import json_bytes
from extractor.evaluation.gold import SPAN_FIELDS, read_article


def fix_offsets(path: Path) -> tuple[bytes | None, list[str]]:
    """Move the spans of a gold file whose offsets do not fit to the nearest place that has their text.

    A span without offsets, as typed in by hand, is given some: a claim where its text stands only once in the article,
    a phrase nearest to its claim. What is found nowhere stays as it is, and a file without sense too: both are
    for the check to tell.

    Args:
        path: one gold file in the project's own format.

    Returns:
        The file's new content, None where nothing moves, and a line for each span that does.

    Raises:
        OSError: the file cannot be read.
    """
    content = path.read_bytes()
    try:
        record = json.loads(content)
        text = read_article(path.parent / record["article"])
    except (OSError, ValueError, KeyError, TypeError):
        return None, []
    moved: list[str] = []
    for claim in _objects(record.get("claims")):
        name = f"{path.name}: claim {claim.get('claim_id')}"
        moved += (f"{name}: {move}" for move in _settle(claim, text, claim.get("start")))
        for field in SPAN_FIELDS:
            for phrase in _objects([claim.get(field)]):
                near = claim.get("start") if phrase.get("start") is None else phrase["start"]
                moved += (f"{name}: {field}: {move}" for move in _settle(phrase, text, near))
    return (json_bytes(record) if moved else None), moved


def _objects(items: Any) -> Iterator[dict[str, Any]]:
    if isinstance(items, list):
        yield from (item for item in items if isinstance(item, dict))


def _settle(span: dict[str, Any], text: str, near: Any) -> Iterator[str]:
    """Give a span the place of its text that is nearest to ``near``, or the only one; tell if that moves it."""
    quoted, start, end = span.get("text"), span.get("start"), span.get("end")
    if not isinstance(quoted, str) or not quoted:
        return
    places = [match.start() for match in re.finditer(f"(?={re.escape(quoted)})", text)]
    if start in places and end == start + len(quoted):
        return
    if isinstance(near, int) and places:
        found = min(places, key=lambda place: abs(place - near))
    elif len(places) == 1:
        found = places[0]
    else:
        return
    span["start"], span["end"] = found, found + len(quoted)
    before = "" if start is None and end is None else f", not at [{start}:{end}]"
    yield f"{quoted!r} is at [{found}:{found + len(quoted)}]{before}"
