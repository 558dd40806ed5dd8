"""What the grammar looks up: magnitudes, units and their patterns, built once from the lexicon."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.lexicon.units import UnitEntry, currencies, units
from extractor.quantities.trie import trie

GAP = "[ \\t\u00a0\u2007\u2009\u202f]"
"""Blanks that may stand inside a quantity (a line break may not, save one inside running text)."""

GAPS = frozenset(" \t\u00a0\u2007\u2009\u202f")
"""The same as characters."""

_GAPS = f"(?:{GAP}{{1,3}}|{GAP}?\\n{GAP}?)"


@dataclass(frozen=True, slots=True)
class Magnitudes:
    """Patterns of magnitude words after a numeral, and their values."""

    pattern: re.Pattern[str]
    values: dict[str, Decimal]


@lru_cache(maxsize=1)
def magnitudes() -> Magnitudes:
    """Magnitude words: spaced or glued to digits (``3 mld``, ``2,5mln``, ``100mila``, ``1,2M``)."""
    words: dict[str, Decimal] = {}
    glued: dict[str, Decimal] = {}
    for row in load_table("numerals")["magnitude"]:
        value = Decimal(10) ** row["exponent"]
        words |= dict.fromkeys(row["words"], value)
        glued |= dict.fromkeys(row["glued"], value)
    word_forms = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    glued_forms = "|".join(sorted(map(re.escape, glued), key=len, reverse=True))
    pattern = re.compile(
        rf"{_GAPS}?(?P<word>(?i:{word_forms}))(?!\w)(?:\.(?={GAP}(?:di\b|d['’]|euro|dollari|€)))?"
        rf"|(?P<glued>{glued_forms})(?![^\W_])"
    )
    return Magnitudes(pattern, words | glued)


class UnitMatch(NamedTuple):
    """A unit found in the text: its lexicon row, where it ends, and whether its form is an everyday word too."""

    entry: UnitEntry
    end: int
    weak: bool = False


class UnitIndex:
    """Units by the first word of their names, and by symbol, after or before a numeral."""

    def __init__(self, entries: tuple[UnitEntry, ...]) -> None:
        self._alone: dict[str, tuple[UnitEntry, bool]] = {}
        self._longer: dict[str, dict[str, _Names]] = {}
        symbols: dict[str, UnitEntry] = {}
        weak: dict[str, UnitEntry] = {}
        prefixes: dict[str, UnitEntry] = {}
        for entry in entries:
            for sort in ("names", "weak_names"):
                for name in getattr(entry, sort):
                    words = re.findall(r"\w+", name)
                    if words[0] == name:
                        self._alone[name] = entry, sort == "weak_names"
                        continue
                    longer = self._longer.setdefault(words[0], {})
                    second = words[1] if len(words) > 1 else ""
                    longer.setdefault(second, _Names()).add(name, entry, sort == "weak_names")
            symbols |= {_compact(s): entry for s in entry.symbols}
            weak |= {_compact(s): entry for s in entry.weak_symbols}
            prefixes |= {p.lower(): entry for p in entry.prefix_symbols}
        self.first_words = frozenset(self._alone) | frozenset(self._longer)
        self._symbols = symbols
        self._weak = weak
        self._prefixes = prefixes
        self._symbol_beginnings = frozenset(s[0] for s in (*symbols, *weak))
        self._symbol_words = frozenset(word for s in (*symbols, *weak) for word in _first_words(s))
        self._symbol_pattern = re.compile(rf"{GAP}{{0,2}}(?P<s>{_alternatives(symbols)})")
        self._weak_pattern = re.compile(
            rf"(?P<glued>{_alternatives(weak)})(?![\w'’]|\.\w)"
            rf"|{GAP}(?P<s>{_alternatives(weak)})(?![\w'’]|\.\w|{GAP}[A-Z]|{GAP}\d(?!\d?{GAP}?(?:min|sec|s)(?!\w)))"
        )
        self._prefix_pattern = re.compile(rf"(?<![^\W_])(?P<s>(?i:{_alternatives(prefixes)})){GAP}{{0,2}}\Z")
        self._prefix_lengths: dict[str, set[int]] = {}
        for prefix in prefixes:
            self._prefix_lengths.setdefault(prefix[-2:], set()).add(len(prefix))

    def begins_at(self, text: str, pos: int) -> bool:
        """Whether the word at ``pos`` begins the name or the symbol of a unit."""
        word = _WORD.match(text, pos)
        return word is not None and (word.group() in self._symbol_words or word.group().lower() in self.first_words)

    def by_name(self, text: str, pos: int) -> UnitMatch | None:
        """Return the longest unit name that begins at ``pos``."""
        word = _WORD.match(text, pos)
        if word is None:
            return None
        first, end = word.group().lower(), word.end()
        longer = self._longer.get(first)
        if longer is not None:
            second = _SECOND_WORD.match(text, end)
            for key in (second[1].lower() if second is not None else "", ""):
                found = longer[key].match(text, pos) if key in longer else None
                if found is not None:
                    return found
        following = text[end : end + 1]
        if first not in self._alone or following.isalnum() or following == "_":
            return None
        return UnitMatch(self._alone[first][0], end, self._alone[first][1])

    def by_symbol(self, text: str, pos: int) -> UnitMatch | None:
        """Return the unit whose symbol stands right after a numeral that ends at ``pos``."""
        first = text[pos : pos + 1]
        if first in GAPS:
            first = text[pos + 1 : pos + 3].lstrip()[:1]
        if first not in self._symbol_beginnings:
            return None
        if first.isalpha():  # mostly a word that follows, and no symbol begins with it
            word = _WORD.search(text, pos)
            if word is not None and word.group() not in self._symbol_words:
                return None
        found = self._symbol_pattern.match(text, pos)
        if found is not None:
            symbol = _compact(found["s"])
            end = found.start("s") + len(found["s"].rstrip())
            if not (symbol[-1].isalnum() and end < len(text) and (text[end].isalnum() or text[end] == "_")):
                return UnitMatch(self._symbols[symbol], end)
        found = self._weak_pattern.match(text, pos)
        if found is not None:
            form = found["glued"] or found["s"]
            end = found.end() - len(form) + len(form.rstrip())
            return UnitMatch(self._weak[_compact(form)], end, weak=True)
        return None

    def before(self, text: str, pos: int) -> tuple[UnitEntry, int] | None:
        """Return the currency sign or code that stands right before ``pos``, and where it begins."""
        ends = pos - 1 if text[pos - 1] == " " else pos
        last = text[max(0, ends - 2) : ends].lower()
        if not (last in self._prefix_lengths or last[-1:] in self._prefix_lengths or last[-1:].isspace()):
            return None
        window = text[max(0, pos - 8) : pos]
        tail = window.rstrip().lower()
        for length in (*self._prefix_lengths.get(tail[-2:], ()), *self._prefix_lengths.get(tail[-1:], ())):
            if tail[-length:] in self._prefixes:
                break
        else:
            return None
        found = self._prefix_pattern.search(window)
        if found is None:
            return None
        return self._prefixes[found["s"].lower()], pos - len(window) + found.start()


class _Names:
    """Names of units that have their first two words in common; the longest that stands in the text is meant."""

    def __init__(self) -> None:
        self._entries: dict[str, tuple[UnitEntry, bool]] = {}

    def add(self, name: str, entry: UnitEntry, weak: bool) -> None:
        self._entries[name] = entry, weak
        self._entries = dict(sorted(self._entries.items(), key=lambda item: len(item[0]), reverse=True))

    def match(self, text: str, pos: int) -> UnitMatch | None:
        for name, (entry, weak) in self._entries.items():
            end = _end_of_name(name, text, pos)
            if end is not None:
                return UnitMatch(entry, end, weak)
        return None


def _end_of_name(name: str, text: str, pos: int) -> int | None:
    """Where the name that begins at ``pos`` ends: any blank between words, either apostrophe."""
    end = pos
    for part in name.split(" "):
        if end > pos:
            blank = _BETWEEN_WORDS.match(text, end)
            if blank is None:
                return None
            end = blank.end()
        if text[end : end + len(part)].lower().replace("’", "'") != part:
            return None
        end += len(part)
    return None if _WORD_GOES_ON.match(text, end) else end


_WORD = re.compile(r"[^\W\d_]+")
_SECOND_WORD = re.compile(r"\W{1,8}(\w+)")
_BETWEEN_WORDS = re.compile(f"{GAP}?\\n{GAP}?|{GAP}{{1,3}}")
_WORD_GOES_ON = re.compile(r"\w")


def _first_words(symbol: str) -> list[str]:
    """The word that a symbol begins with, if any; a blank may part it where :func:`_character` allows one."""
    parted = re.sub("[²³]", r" \g<0>", re.sub("[°º]", r"\g<0> ", symbol))
    return [found.group() for found in map(_WORD.match, (symbol, parted)) if found is not None]


def _compact(symbol: str) -> str:
    return re.sub(r"\s", "", symbol)


def _alternatives(forms: dict[str, UnitEntry]) -> str:
    """Symbols as one pattern; a blank may stand before an exponent, and behind a degree, a per cent or a zero."""
    return trie(forms, escape=_character)


def _character(character: str) -> str:
    if character in "²³":
        return f"{GAP}?{character}"
    if character == "/":  # km / h
        return f"{GAP}?/{GAP}?"
    if character in "0%":  # l/100 km, 12% vol
        return f"{character}{GAP}?"
    return f"{character}{GAP}?" if character in "°º" else re.escape(character)


@per_lexicon
def unit_index() -> UnitIndex:
    """All units and currencies of the lexicon."""
    return UnitIndex(currencies() + units())
