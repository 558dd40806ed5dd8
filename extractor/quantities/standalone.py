"""A quantity expression standing alone, without a sentence around it."""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.claims.modifier import modifier_around
from extractor.lexicon.units import UnitEntry, currencies, units
from extractor.numerals.digits import EXACT, fraction
from extractor.quantities.compose import combine, share_in_lists
from extractor.quantities.expression import mention_of
from extractor.quantities.grammar import number_at
from extractor.quantities.mention import Mention
from extractor.quantities.ratios import ratio_word_at, times_after
from extractor.quantities.units_in_context import settle_unit
from extractor.schema import Kind, Modifier, Quantity

_DETERMINER = re.compile(
    r"(?i)(?:(?:il|lo|la|i|gli|le|tra|fra|da|dai|dal|un|una|compres[oaie] tra|esattamente)\s+|(?:l|un)['’])*"
)
# Only where nothing else stands may a numeral leave out its zero (,77), a fraction be of any size (123/456),
# a billion be a G, and a stop end the expression (30 min.)
_NO_ZERO = re.compile(r"\A([+\-−–]?\s?)(?=[.,]\d)")
_ANY_FRACTION = re.compile(r"(\d{1,6})/(\d{1,6})")
_YEAR = re.compile(r"\d{1,2}/(?:19|20)\d\d\Z")
_GIGA = re.compile(r"(?<=\d)G\Z")
_STOP = re.compile(r"\s?[.,;:!?]\Z")
_BELOW_ZERO = re.compile(r"(?i)\s(?:sotto(?:\s(?:lo\s)?|lo\s)?zero)\Z")
_STARTS = re.compile(r"[\s+\-−–€$£¥'’~≈]+|(?=\d)")


def parse(text: str) -> Quantity:
    """Return the quantity that the whole of ``text`` expresses.

    Raises:
        ValueError: it is none; the message says why.
    """
    stripped = text.strip()
    if not stripped:
        raise ValueError("an empty text is no quantity")
    stop = _STOP.search(stripped)
    if stop is not None and stop.start():
        try:
            return _parse(stripped)
        except ValueError:
            return _parse(stripped[: stop.start()])
    return _parse(stripped)


def _parse(stripped: str) -> Quantity:
    any_fraction = _ANY_FRACTION.fullmatch(stripped)
    if any_fraction is not None and 0 < int(any_fraction[1]) < int(any_fraction[2]) and not _YEAR.match(stripped):
        value = fraction(int(any_fraction[1]), int(any_fraction[2]))
        return Quantity(kind=Kind.RATIO, value=value, modifier=Modifier.EXACT)
    stripped = _GIGA.sub(" miliardi", _NO_ZERO.sub(r"\g<1>0", stripped))
    cold = _BELOW_ZERO.search(stripped)
    if cold is not None and not stripped.startswith("-"):
        degrees = _parse(stripped[: cold.start()])
        if degrees.unit == "Cel" and degrees.value is not None and degrees.value > 0:
            return degrees.model_copy(update={"value": -degrees.value})
    best: Mention | None = None
    for start in sorted({0, *(m.end() for m in _STARTS.finditer(stripped) if m.end() < len(stripped))}):
        mention = _mention_at(stripped, start)
        if mention is None:
            continue
        best = best or mention
        mention = _per_unit(stripped, mention)
        modifier, low, high = modifier_around(stripped, mention)
        if _DETERMINER.fullmatch(stripped[:low]) and not stripped[high:].strip():
            return Quantity(
                kind=Kind(mention.kind), value=mention.value, low=mention.low, high=mention.high,
                unit=mention.unit, modifier=Modifier(modifier),
            )  # fmt: skip
    if best is None:
        raise ValueError(f"{stripped!r} is no quantity: no numeral in it")
    raise ValueError(
        f"{stripped!r} is not only a quantity: {stripped[best.start : best.end]!r} is one, the rest is not"
    )


def _mention_at(text: str, start: int) -> Mention | None:
    ratio = ratio_word_at(text, start)
    if ratio is not None:
        return ratio
    number = number_at(text, start)
    if number is None:
        return None
    mention = mention_of(text, number)
    settle_unit(text, mention)
    if times_after(text, mention):
        return mention
    combined = combine(text, mention)
    if len(combined) > 1:
        return None
    share_in_lists(text, combined)
    return combined[0]


def _names(entry: UnitEntry, plain: bool) -> tuple[str, ...]:
    return (*entry.per_names, *entry.weak_names, *(entry.names if plain else ()))


def _per_unit(text: str, mention: Mention) -> Mention:
    """Read on where the rest is a worded per-phrase or a weak unit name: alone, nothing else can be meant."""
    rest = re.sub(r"\s+", " ", text[mention.number_end :].strip().lower().replace("’", "'"))
    plain = "unit.plain_noun" in mention.rules  # un grado, un giorno
    entry = next((e for e in (*units(), *currencies()) if rest in _names(e, plain)), None)
    if entry is None and mention.end < len(text):
        symbol = text[mention.number_end :].strip()
        entry = next((e for e in (*units(), *currencies()) if symbol in e.weak_symbols), None)
    if entry is None or mention.value is None or mention.kind not in ("count", "measure") or not rest:
        return mention
    number = number_at(text, mention.start)
    value = number.value if number is not None else mention.value
    return replace(
        mention, kind=entry.kind, unit=entry.code or None, end=len(text), value=EXACT.multiply(value, entry.factor)
    )
