"""How far two annotators agree who read the same articles without seeing each other's claims.

Spans are compared as those of a prediction against gold, so that the figure is one that a score can be held
against (F1 is symmetric); fields on the claims whose spans overlap. Cohen's kappa takes out of a categorical
field what chance would agree on: J. Cohen (1960), A Coefficient of Agreement for Nominal Scales.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from extractor.evaluation.align import align
from extractor.evaluation.fields import same_phrase, same_quantity, same_subject
from extractor.evaluation.gold import GoldClaim, GoldDocument

_CATEGORIES = ("kind", "modifier", "change", "modality")
_PHRASES = ("subject", "time", "baseline", "attribution")
_LINKS = ("same_as", "refers_to")
_DIGITS = 4

Pair = tuple[GoldClaim, GoldClaim]


def agreement(first: Sequence[GoldDocument], second: Sequence[GoldDocument]) -> dict[str, Any]:
    """Return the agreement of two annotations of the same documents, ready for JSON.

    Phrases agree when both are absent, or when both are there and share half of their words (a subject: or its
    head); ``marked`` counts only claims where at least one annotator filled the field.

    Raises:
        ValueError: the documents of the two are not the same, or not over the same text.
    """
    ours, theirs = ({document.doc_id: document for document in side} for side in (first, second))
    if ours.keys() != theirs.keys():
        raise ValueError(f"not in both annotations: {', '.join(sorted(ours.keys() ^ theirs.keys()))}")
    pairs: list[Pair] = []
    links: dict[str, list[bool]] = {name: [] for name in _LINKS}
    equal = claims_first = claims_second = 0
    for doc_id, document in ours.items():
        other = theirs[doc_id]
        if document.text != other.text:
            raise ValueError(f"{doc_id}: the two annotations are not over the same text")
        aligned = [(document.claims[a], other.claims[b]) for a, b in align(document.claims, other.claims).pairs]
        opposite = {a.claim_id: b.claim_id for a, b in aligned}
        for name in _LINKS:
            for a, b in aligned:
                target, their_target = getattr(a, name), getattr(b, name)
                if target is not None or their_target is not None:
                    links[name].append(target is not None and opposite.get(target) == their_target)
        pairs += aligned
        equal += sum((a.start, a.end) == (b.start, b.end) for a, b in aligned)
        claims_first += len(document.claims)
        claims_second += len(other.claims)
    both = claims_first + claims_second
    return {
        "articles": len(ours),
        "claims": [claims_first, claims_second],
        "span_f1": {"equal": _rate(2 * equal, both), "overlap": _rate(2 * len(pairs), both)},
        "fields": {"quantity": _field([same_quantity(a, b) for a, b in pairs])}
        | {name: _category(name, pairs) for name in _CATEGORIES}
        | {name: _phrase(name, pairs) for name in _PHRASES},
        "links": {name: _field(same) for name, same in links.items()},
    }


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, _DIGITS) if whole else None


def _field(same: Sequence[bool]) -> dict[str, Any]:
    return {"agreement": _rate(sum(same), len(same)), "of": len(same)}


def _category(name: str, pairs: Sequence[Pair]) -> dict[str, Any]:
    values = [(getattr(a, name), getattr(b, name)) for a, b in pairs]
    return _field([a == b for a, b in values]) | {"kappa": _kappa(values)}


def _kappa(values: Sequence[tuple[Any, Any]]) -> float | None:
    """Cohen's kappa; None where both always said the same one thing, so that chance is all there is."""
    if not values:
        return None
    total = len(values)
    observed = sum(a == b for a, b in values) / total
    left, right = Counter(a for a, _ in values), Counter(b for _, b in values)
    chance = sum(count * right[value] for value, count in left.items()) / total**2
    return None if chance == 1 else round((observed - chance) / (1 - chance), _DIGITS)


def _phrase(name: str, pairs: Sequence[Pair]) -> dict[str, Any]:
    compare = same_subject if name == "subject" else same_phrase
    same, marked = [], []
    for a, b in pairs:
        ours, theirs = getattr(a, name), getattr(b, name)
        agrees = ours is theirs is None or (ours is not None and theirs is not None and compare(ours.text, theirs.text))
        same.append(agrees)
        if ours is not None or theirs is not None:
            marked.append(agrees)
    return _field(same) | {"marked": _field(marked)}
