"""What other projects' extractors find in Italian text, brought to one form: places and the numbers in them.

Each is asked in the way its own documentation shows, for Italian where it knows Italian. A finder is made in its own
function, which raises :class:`~benchmarks.contenders.Skip` where the project is not installed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from importlib import metadata
from typing import Any

from benchmarks.contenders import module
from extractor.quantities import find_quantities
from extractor.sentences import sentences


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity: its place (code points, end exclusive) and its number, or both ends of a range."""

    start: int
    end: int
    numbers: tuple[Decimal, ...]


Finder = Callable[[str], list[Found]]


def cifre() -> Finder:
    """This project's quantity stage: places and values are those of the claims."""

    def find(text: str) -> list[Found]:
        return [
            Found(m.start, m.end, tuple(n for n in (m.value, m.low, m.high) if n is not None))
            for m in find_quantities(text)
        ]

    return find


def digits() -> Finder:
    """A pattern for digits with Italian points and comma: what a few lines of one's own do."""
    pattern = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")
    return lambda text: [
        Found(m.start(), m.end(), (Decimal(m.group().replace(".", "").replace(",", ".")),))
        for m in pattern.finditer(text)
    ]


def recognizers() -> Finder:
    """Recognizers-Text, Italian: numbers, percentages, currencies; the rest of it has no Italian outside of .NET.

    It gets a sentence at a time, as in the chats that it is made for: where it fails on one number, it gives nothing
    for the whole of its text.
    """
    culture = module("ms_recognizers_text").Culture.Italian
    number, unit = module("ms_recognizers_number"), module("ms_recognizers_number_with_unit")
    models = (number.recognize_number, number.recognize_percentage, unit.recognize_currency)

    def find(text: str) -> list[Found]:
        found = []
        for part in sentences(text):
            for result in (each for model in models for each in model(text[part.start : part.end], culture)):
                value = _decimal(str((result.resolution or {}).get("value") or "").rstrip("%"))
                if value is not None:
                    found.append(Found(part.start + result.start, part.start + result.end + 1, (value,)))
        return found

    return find


def text2num() -> Finder:
    """text2num, Italian: cardinal numbers in words; digits are left to others by design."""
    find_numbers = module("text_to_num").find_numbers
    word = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")

    class Token:
        def __init__(self, match: re.Match[str]) -> None:
            self.match = match

        def text(self) -> str:
            return self.match.group()

        def nt_separated(self, previous: Token) -> bool:
            return False

        def not_a_number_part(self) -> bool:
            return False

    def find(text: str) -> list[Found]:
        tokens = [Token(match) for match in word.finditer(text)]
        numbers = (o for o in find_numbers(tokens, "it", 0.0) if not o.is_ordinal)
        return [
            Found(tokens[o.start].match.start(), tokens[o.end - 1].match.end(), (Decimal(str(o.value)),))
            for o in numbers
        ]

    return find


def quantulum3() -> Finder:
    """quantulum3: English; on Italian text it shows what a grammar of another language makes of it."""
    parse = module("quantulum3.parser").parse
    return lambda text: [Found(q.span[0], q.span[1], (Decimal(str(q.value)),)) for q in parse(text)]


def edsnlp() -> Finder:
    """edsnlp's quantities: French, clinical; numbers with any of its units, ranges too."""
    library, pipes = module("edsnlp"), module("edsnlp.pipes")
    nlp = library.blank("eds")
    nlp.add_pipe(pipes.sentences())
    nlp.add_pipe(pipes.quantities(quantities="all", extract_ranges=True, use_tables=False))

    def find(text: str) -> list[Found]:
        return [
            Found(span.start_char, span.end_char, tuple(_ends(span._.value.value)))
            for span in nlp(text).spans["quantities"]
        ]

    return find


FINDERS: dict[str, tuple[Callable[[], Finder], str]] = {
    "cifre": (cifre, "cifre"),
    "digits by a pattern": (digits, ""),
    "Recognizers-Text": (recognizers, "ms-recognizers-text-suite"),
    "text2num": (text2num, "text2num"),
    "quantulum3": (quantulum3, "quantulum3"),
    "edsnlp": (edsnlp, "edsnlp"),
}
"""Each finder's maker and the distribution that it comes from."""


def version(distribution: str) -> str:
    """Return the version of an installed distribution, nothing where there is none."""
    return metadata.version(distribution) if distribution else ""


def _ends(value: Any) -> Iterator[Decimal]:
    """One number, or the two ends of a range."""
    return (Decimal(str(end)) for end in (value if isinstance(value, tuple) else (value,)) if end is not None)


def _decimal(text: str) -> Decimal | None:
    """The number that a resolution states, with a decimal comma as Italian has it."""
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
