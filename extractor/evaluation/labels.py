"""What each measure is called for people, and in which order: shared by the table and the page."""

from __future__ import annotations

from collections.abc import Mapping

from extractor.evaluation.metrics import FIELDS, KIND_MEASURES, LINK_FIELDS, PHRASE_FIELDS
from extractor.evaluation.tally import Score

_SPANS = {
    "strict": "equal span, same kind (strict)",
    "exact": "equal span (exact)",
    "partial": "half credit for overlap (partial)",
    "type": "overlap, same kind (type)",
    "overlap": "overlap",
}
_KINDS = {"strict": "equal span", "type": "overlap", "whole": "whole claim"}
_FIELDS = {
    "subject": "subject, where gold has one",
    "modifier_marked": "modifier, where not exact",
    "change_marked": "change, where there is one",
    "modality": "modality, where not asserted",
} | {name: f"{name}, where there is one" for name in (*PHRASE_FIELDS, *LINK_FIELDS)}


def sections(scores: Mapping[str, Score]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return titles with their rows of (name of the measure, label), for the measures of :meth:`Tally.flat`."""
    overall = [("whole", "whole claim"), *((f"span.{name}", label) for name, label in _SPANS.items())]
    kinds = dict.fromkeys(name.split(".")[1] for name in scores if name.startswith("kind."))
    by_kind = [(f"kind.{kind}.{name}", f"{kind}: {_KINDS[name]}") for kind in kinds for name in KIND_MEASURES]
    by_field = [(f"field.{name}", _FIELDS.get(name, name)) for name in FIELDS]
    return [("overall", overall), ("by kind", by_kind), ("by field (matched claims)", by_field)]
