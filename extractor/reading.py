"""A document before a network runs: its quantities, its sentences, and the gate: those that a network has to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from extractor.claims.timex import day_named
from extractor.quantities import Mention, find_quantities
from extractor.sentences import Sentence, sentence_at, sentences

_WHITE_SPACE = re.compile(r"\s")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A document before the network: its sentences, the quantities of those that have any, by index, and its day."""

    text: str
    parts: Sequence[Sentence]
    with_claims: Mapping[int, Sequence[Mention]]
    day: date | None

    def for_network(self) -> Iterator[str]:
        """Yield the sentences that hold a quantity, as a network reads them."""
        for index in self.with_claims:
            yield one_blank(self.text[self.parts[index].start : self.parts[index].end])


def day_of(given: date | str | None) -> date | None:
    """Return the day of an article, from what a caller gives.

    Raises:
        ValueError: a string that names no day in full.
    """
    day = day_named(given) if isinstance(given, str) else given
    if given is not None and day is None:
        raise ValueError(f"not a day in full (2024-09-10, 10 settembre 2024): {given!r}")
    return day


def read(text: str, day: date | None) -> Reading:
    """Find the quantities of a document and the sentences that they stand in."""
    mentions = find_quantities(text)
    parts = sentences(text) if mentions else []
    with_claims: dict[int, list[Mention]] = {}
    for mention in mentions:
        with_claims.setdefault(sentence_at(parts, mention.start), []).append(mention)
    return Reading(text, parts, with_claims, day)


def readable(text: str) -> str:
    """Replace lone surrogates, one character for one: neither spaCy nor UTF-8 output can hold them."""
    try:
        text.encode()  # faster than a search
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def one_blank(sentence: str) -> str:
    """Make every white-space character a plain blank: no offset moves, and the network knows no others well."""
    return _WHITE_SPACE.sub(" ", sentence)
