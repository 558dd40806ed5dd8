"""Why a claim is as it is, for people: its fields, and the words and rules that decided each."""

from __future__ import annotations

from extractor.evaluation.differences import readable_quantity
from extractor.pipeline import Pipeline
from extractor.schema import Claim

_SHOWN = ("subject", "time", "baseline", "attribution")


def explain(pipeline: Pipeline, text: str) -> str:
    """Return one block a claim of ``text``; a line says so where there is none."""
    claims, words = pipeline.extract_with_words(text)
    if not claims:
        return "No numeric claim in this text."
    return "\n\n".join(_block(claim, words[claim.claim_id]) for claim in claims)


def _block(claim: Claim, words: dict[str, str]) -> str:
    lines = [f"[{claim.text}]  characters {claim.start}-{claim.end}", f"  {claim.kind}: {readable_quantity(claim)}"]

    def line(field: str, value: object, stem: str) -> None:
        rules = ", ".join(rule for rule in claim.rules if rule.startswith(stem))
        because = f' (from "{words[field]}")' if words.get(field) else ""
        lines.append(f"  {field}: {value}{because}{f'  [{rules}]' if rules else ''}")

    lines[1] += f"  [{', '.join(r for r in claim.rules if r.split('.')[0] in _QUANTITY_RULES)}]"
    line("modifier", claim.modifier, "modifier")
    line("change", claim.change or "none", "change")
    for field in _SHOWN:
        span = getattr(claim, field)
        if span is not None:
            value = getattr(span, "value", None)
            line(field, span.text + (f" = {value}" if value else ""), field)
    line("modality", claim.modality, "modality")
    for field in ("same_as", "refers_to"):
        if getattr(claim, field):
            line(field, getattr(claim, field), f"link.{field}")
    return "\n".join(lines)


_QUANTITY_RULES = frozenset({"numeral", "magnitude", "unit", "compose", "range", "ratio", "share", "kind", "sign"})
