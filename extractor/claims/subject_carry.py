"""Subjects that a quantity takes over from one before it: ellipsis, parallel members, parts of a set.

*54 sono state contagiate*, *il 49% a Rossi e il 51% ai soci*, *ne servono 276*, *di cui 30 gravi*: the
sentence leaves out what the figure before has named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.claims.clauses import alternatives, fold
from extractor.claims.subject_clause import is_verb
from extractor.claims.subject_words import opening
from extractor.claims.view import Found, SentenceView
from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention

# Rules that only guess: a parallel figure before is surer.
_WEAK = frozenset({"subject.governed", "subject.clause", "subject.nearest", "subject.base", "subject.before"})
_GUESSED = frozenset({"subject.nearest"})
_GAP = r"(?:\s+|(?<='))"


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity in its sentence, with the subject found so far."""

    view: SentenceView
    mention: Mention
    subject: Found | None

    @property
    def rule(self) -> str:
        """The rule that found the subject; the empty text where none did."""
        return "" if self.subject is None else self.subject.rule


@per_lexicon
def _patterns() -> dict[str, re.Pattern[str]]:
    subjects, functions = load_table("subjects"), load_table("function_words")
    blur = alternatives(subjects["blur"]["words"])
    light = alternatives(
        [*subjects["blur"]["words"], *(w for n in ("prepositions", "articulated") for w in functions[n])]
    )
    light = "|".join([light, alternatives(subjects["compared"]["words"])])
    parts = alternatives(subjects["coordination"]["words"])
    forms = "|".join(sorted(subjects["winning"]["stems"], key=len, reverse=True))
    return {
        # the tail of the text between two figures: coordination, then nothing but small words
        "parallel": re.compile(rf"(?:(?<![\w'])(?:{parts})\s|[,;]\s)\s*(?:(?:{light}){_GAP})*\Z"),
        # a place or a group in front of the number in place of a verb (al Centro il 13%, a Roma di 15)
        "gapped": re.compile(
            rf"[,;]\s+(?:e\s+)?(?:(?:{light}){_GAP})+(?P<words>(?:[\w'-]+\s+){{1,3}}?)(?:(?:{light}){_GAP})+\Z"
        ),
        "bracketed": re.compile(rf"\s*\(\s*(?:(?:{light}){_GAP})*"),
        "ne": re.compile(rf"(?<![\w'])ne\s+(?:\w+\s+){{1,3}}?(?:(?:{blur}){_GAP})*\Z"),
        "partitive": re.compile(
            rf"(?:{alternatives(subjects['partitive']['words'])})\s+(?:\w+\s+){{0,2}}?(?:(?:{blur}){_GAP})*\Z"
        ),
        "against": re.compile(rf"(?<![\w'])(?:contro|rispetto\s+al?)\s+(?:(?:{blur}|[ai]l?){_GAP})*\Z"),
        "winning": re.compile(rf"(?<![\w'])(?:{forms})\w*\s+(?:(?:{light}){_GAP})*\Z"),
    }


def carried_subject(figures: Sequence[Figure], index: int) -> Found | None:
    """Return the subject that figure ``index`` takes over from an earlier one, or None for its own.

    Args:
        figures: the quantities of a document in order; those before ``index`` have their final subjects.
    """
    if index == 0:
        return None
    figure, earlier = figures[index], figures[index - 1]
    for rule, take in _STEPS:
        source = take(figure, earlier, figures[:index])
        if source is not None and source.subject is not None:
            return Found(source.subject.start, source.subject.end, f"subject.{rule}")
    return None


def _gap(figure: Figure, earlier: Figure) -> str:
    return fold(figure.view.text[earlier.mention.end : figure.mention.start])


def _alike(figure: Figure, earlier: Figure) -> bool:
    same_unit = figure.mention.unit == earlier.mention.unit or figure.mention.unit is None
    return figure.mention.kind == earlier.mention.kind and same_unit


def _left(figure: Figure) -> str:
    return fold(figure.view.left(figure.mention, 80))


def _parallel(figure: Figure, earlier: Figure, _: Sequence[Figure]) -> Figure | None:
    """``per il 49% a Rossi e per il 51% ai soci``, ``20 euro per gli adulti, 10 per i bambini``."""
    if figure.view.index != earlier.view.index or not _alike(figure, earlier):
        return None
    predicated = figure.rule == "subject.share" and opening(earlier.view, earlier.mention, "predicating") is not None
    if figure.rule and figure.rule not in _WEAK and not predicated:
        return None
    if figure.mention.kind == "count" and figure.rule not in (
        "",
        "subject.nearest",
        "subject.governed",
        "subject.clause",
    ):
        return None
    gap = _gap(figure, earlier)
    if len(gap) >= 120:
        return None
    gapped = _patterns()["gapped"].search(gap)
    if gapped is not None and figure.mention.kind != "count" and not any(map(is_verb, gapped["words"].split())):
        return earlier
    tail = _patterns()["parallel"].search(gap)
    return None if tail is None or "," in gap[: tail.start()] else earlier


def _bracketed(figure: Figure, earlier: Figure, _: Sequence[Figure]) -> Figure | None:
    """``è salito del 50% (da 1 a 1,5 euro)``: the levels of a change, right behind it in brackets."""
    if figure.view.index != earlier.view.index or figure.rule not in (*_WEAK, ""):
        return None
    return earlier if _patterns()["bracketed"].fullmatch(_gap(figure, earlier)) else None


def _part(figure: Figure, earlier: Figure, before: Sequence[Figure]) -> Figure | None:
    """``180 morti, dei quali la metà``, ``ne servono 276``: the set that was counted before."""
    if figure.rule in ("subject.counted", "subject.share", "subject.brackets"):
        return None
    left = _left(figure)
    if figure.rule == "subject.part_of" or _patterns()["partitive"].search(left):
        return earlier if earlier.view.index == figure.view.index and earlier.mention.kind == "count" else None
    if figure.mention.kind not in ("count", "ratio", "percentage") or not _patterns()["ne"].search(left):
        return None
    return next((f for f in reversed(before[-3:]) if f.mention.kind == "count" and f.subject is not None), None)


def _base(figure: Figure, earlier: Figure, before: Sequence[Figure]) -> Figure | None:
    """``Rossi ha il 31% dei voti, Bianchi ha preso il 25%``: the share of what an earlier share is of."""
    if figure.mention.kind != "percentage":
        return None
    left = _left(figure)
    against = _patterns()["against"].search(left) is not None
    winning = figure.rule in (*_WEAK, "") and _patterns()["winning"].search(left) is not None
    if not (against or winning) or figure.view.index - earlier.view.index > 1:
        return None
    return next(
        (
            f
            for f in reversed(before[-3:])
            if f.mention.kind == "percentage" and f.rule in ("subject.share", "subject.base_carried")
        ),
        None,
    )


def _elided(figure: Figure, earlier: Figure, _: Sequence[Figure]) -> Figure | None:
    """``54 sono state contagiate``: nothing in the sentence names what is counted."""
    distance = figure.view.index - earlier.view.index
    if figure.subject is not None and figure.rule not in _GUESSED:
        return None
    if figure.mention.kind != earlier.mention.kind or figure.mention.unit != earlier.mention.unit:
        return None
    return earlier if distance <= (1 if figure.subject is None else 0) else None


_STEPS = (
    ("base_carried", _base),
    ("part_carried", _part),
    ("bracket_carried", _bracketed),
    ("parallel", _parallel),
    ("carried", _elided),
)
