"""The labelling configuration of a Label Studio project for claims, made of the same lists as the schema."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from extractor.evaluation.convert.label_studio import LABELS, NOTE, TEXT
from extractor.evaluation.convert.regions import CHOICES, KINDS, UNSAID
from extractor.evaluation.gold import LINK_FIELDS, SPAN_FIELDS

# Kinds warm, phrases cool: what a claim is made of stands out from what goes with it.
_COLOURS = {
    "money": "#d97706",
    "percentage": "#dc2626",
    "count": "#b45309",
    "measure": "#be185d",
    "ratio": "#9a3412",
    "subject": "#2563eb",
    "time": "#0891b2",
    "baseline": "#4f46e5",
    "attribution": "#15803d",
}
_ASKED = {
    "value": "value, multiplied out: 2400000 (of a time or baseline: 2024-Q3, yoy)",
    "low": "low, of a range",
    "high": "high, of a range",
    "unit": "unit: EUR, %, pp, km",
    NOTE: "note: KEY=VALUE; KEY=VALUE, for a phrase whose place is unknown",
}


def label_studio_config() -> str:
    """Return the XML that Label Studio takes under Settings, Labeling Interface, Code."""
    view = Element("View")
    labels = SubElement(view, "Labels", name=LABELS, toName=TEXT)
    for name in (*KINDS, *SPAN_FIELDS):
        SubElement(labels, "Label", value=name, background=_COLOURS[name])
    relations = SubElement(view, "Relations")
    for name in (*SPAN_FIELDS, *LINK_FIELDS):
        SubElement(relations, "Relation", value=name)
    SubElement(view, "Text", name=TEXT, value=f"${TEXT}")
    valued = _shown_for(view, (*KINDS, "time", "baseline"))
    _text_area(valued, "value")
    claims = _shown_for(view, KINDS)
    for name in ("low", "high", "unit"):
        _text_area(claims, name)
    for name, choices in CHOICES.items():
        SubElement(claims, "Header", value=f"{name} (none chosen: {UNSAID.get(name, 'none')})", size="5")
        control = SubElement(claims, "Choices", name=name, toName=TEXT, perRegion="true", choice="single-radio")
        for choice in choices:
            SubElement(control, "Choice", value=choice)
    _text_area(claims, NOTE)
    indent(view)
    return tostring(view, encoding="unicode") + "\n"


def _shown_for(view: Element, labels: Sequence[str]) -> Element:
    """A part that is there only while a region with one of the labels is selected."""
    return SubElement(view, "View", visibleWhen="region-selected", whenLabelValue=",".join(labels))


def _text_area(parent: Element, name: str) -> None:
    SubElement(
        parent,
        "TextArea",
        name=name,
        toName=TEXT,
        perRegion="true",
        maxSubmissions="1",
        editable="true",
        rows="1",
        placeholder=_ASKED[name],
    )
