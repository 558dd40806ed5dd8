"""Notes: the fields that an annotation tool has no control for, as one line that a person can type.

value=2400000; unit=EUR; subject="a; b"
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

_FIELD = re.compile(r'\s*(?P<key>[a-z_.]+)\s*=\s*(?:(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<plain>[^";]*?))\s*(?:;|$)')
_NEEDS_QUOTES = re.compile(r'[";]|^\s|\s$|[^\S ]|[\x00-\x1f\x7f-\x9f]|^$')


def write_note(fields: Mapping[str, str]) -> str:
    """Return fields as one line.

    >>> write_note({"value": "12", "unit": "EUR"})
    'value=12; unit=EUR'
    """
    return "; ".join(f"{key}={_quoted(value)}" for key, value in fields.items())


def _quoted(value: str) -> str:
    return json.dumps(value) if _NEEDS_QUOTES.search(value) else value


def read_note(note: str) -> dict[str, str]:
    """Return the fields of a note.

    Raises:
        ValueError: it is not ``key=value; key=value``, or has a key twice.

    >>> read_note(" value = 12;unit=EUR ")
    {'value': '12', 'unit': 'EUR'}
    """
    fields: dict[str, str] = {}
    at = 0
    while note[at:].strip():
        found = _FIELD.match(note, at)
        if found is None:
            raise ValueError(f"the note {note!r} is not KEY=VALUE; KEY=VALUE from {note[at:].strip()!r} on")
        key = found["key"]
        if key in fields:
            raise ValueError(f"the note {note!r} has {key} twice")
        fields[key] = found["plain"] if found["quoted"] is None else json.loads(found["quoted"])
        at = found.end()
    return fields
