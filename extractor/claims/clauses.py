"""Clauses of a sentence, from a parse where one ran and from punctuation and closed classes elsewhere.

What a word governs ends with its clause. The rules for time, baseline, attribution and modality ask
the same few questions about that, so the answers stand here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from extractor.claims.view import SentenceView
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention
from extractor.quantities.trie import trie

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

_T = TypeVar("_T")

_SIGNS = tuple(zip("’‘`\u00a0\u2009\u202f\n\t–‐‑", "'''     ---", strict=True))
_BLANKS = r"\s+"
_PAIRS = {"(": ")", "[": "]"}
_HARD = re.compile(r"[;!?]|\.(?=\s)|(?<=\s)[-—](?=\s)|:(?=\s)")

# Where a clause of its own begins that what stands outside does not reach into.
_ISLANDS = frozenset({"acl:relcl", "parataxis"})
# Children of a verb or noun that say how it is meant.
_ATTACHED = frozenset({"aux", "aux:pass", "cop", "mark", "advmod", "expl", "expl:impers", "expl:pass"})


def fold(text: str) -> str:
    """Return ``text`` in lower case with plain apostrophes, hyphens and blanks, offsets unchanged.

    >>> fold("L’ISTAT")
    "l'istat"
    """
    lower = text.lower()
    if len(lower) != len(text):  # the dotted capital I of Turkish becomes two code points
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for sign, plain in _SIGNS:  # faster than `translate`, since most texts have one or two of them
        lower = lower.replace(sign, plain)
    return lower


def noted(view: SentenceView, key: str, make: Callable[[], _T]) -> _T:
    """Return what ``make`` returned for this sentence the first time."""
    if key not in view.notes:
        view.notes[key] = make()
    return view.notes[key]  # type: ignore[return-value]


def folded(view: SentenceView) -> str:
    """The sentence through :func:`fold`; offsets count from the sentence's start."""
    known = view.notes.get("folded")
    if known is None:
        known = view.notes["folded"] = fold(view.sentence)
    return known  # type: ignore[return-value]


_WORD = re.compile(r"\w+")
_MOST_WORDS = 16_384


def words_in(view: SentenceView) -> frozenset[str]:
    """The words of the folded sentence, elided ones without their apostrophe.

    A rule that needs one of some words asks here first: most sentences have none of them, and no pattern need run.
    """
    return noted(view, "words", lambda: frozenset(_WORD.findall(folded(view))))


def has_any(text: str, words: frozenset[str]) -> bool:
    """Whether a folded text has any of some words: :func:`words_in` for what is no sentence."""
    return not words.isdisjoint(_WORD.findall(text))


class WordMemo(dict[str, _T]):
    """What a function says of a word; the answers for some thousands of words are kept, since new ones never end."""

    def __init__(self, function: Callable[[str], _T]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, word: str) -> _T:
        if len(self) >= _MOST_WORDS:
            self.clear()
        answer = self[word] = self._function(word)
        return answer


def key_words(forms: Iterable[str], contractions: Mapping[str, Sequence[str]] = MappingProxyType({})) -> frozenset[str]:
    """The (last) longest word of each form, the rarest as a rule: what has none of these has none of the forms.

    Args:
        contractions: the articulated forms of a preposition; it can end a form in any of them.
    """
    keys = set()
    for form in forms:
        head, _, last = fold(form).rpartition(" ")
        spelt = contractions.get(last, ()) if not head else ()
        found = _WORD.findall(head if head and last in contractions else fold(form))
        keys |= {_WORD.findall(one)[0] for one in spelt} or {max(reversed(found), key=len)}
    return frozenset(keys)


def word_before(text: str, end: int) -> str:
    """The word that ends at ``end``, but for blanks and an apostrophe behind it; empty where none does."""
    low = high = len(text[:end].rstrip().rstrip("'"))
    while low and (text[low - 1].isalnum() or text[low - 1] == "_"):
        low -= 1
    return text[low:high] if high < end else ""


def alternatives(forms: Iterable[str]) -> str:
    """Return a pattern (no group of its own) for any of the forms, the longest first."""
    return trie(map(fold, forms), escape=spelt)


def spelt(character: str) -> str:
    """Return the pattern of one character of a form: any white space for a blank."""
    return _BLANKS if character == " " else re.escape(character)


def words_pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Compile a search for any of the forms as whole words, for a folded text."""
    return re.compile(rf"(?<![\w'])(?:{alternatives(forms)})(?:(?<=')|(?!\w))")


class Patterns(dict[str, re.Pattern[str]]):
    """Patterns by name. Each is compiled when it is first asked for: a short text needs a few of them only."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        super().__init__()
        self._sources = sources

    def __missing__(self, name: str) -> re.Pattern[str]:
        pattern = self[name] = re.compile(self._sources[name])
        return pattern


@lru_cache(maxsize=1)
def _soft() -> re.Pattern[str]:
    table = load_table("clauses")
    return re.compile(
        rf"(?<![\w'])(?:{alternatives(table['openers']['words'])})(?!\w)|,\s+(?=(?:{alternatives(table['openers']['after_comma'])})(?!\w))"
    )


def hard_breaks(view: SentenceView) -> list[int]:
    """Offsets (from the sentence's start) of the signs that part main clauses."""
    return noted(view, "hard_breaks", lambda: [m.start() for m in _HARD.finditer(folded(view)[:-1])])


def soft_breaks(view: SentenceView) -> list[int]:
    """Offsets (from the sentence's start) where a subordinate or a contrasting clause begins."""
    return noted(view, "soft_breaks", lambda: [m.start() for m in _soft().finditer(folded(view))])


def count_between(breaks: list[int], low: int, high: int) -> int:
    """How many of the sorted ``breaks`` lie in ``(low, high)``."""
    return max(0, bisect_right(breaks, high - 1) - bisect_right(breaks, low))


def brackets(view: SentenceView) -> list[tuple[int, int]]:
    """Spans (from the sentence's start, signs included) of the outermost brackets; an open one ends it."""

    def find() -> list[tuple[int, int]]:
        text, start, closing = folded(view), -1, ""
        spans: list[tuple[int, int]] = []
        if not any(sign in text for sign in _PAIRS):
            return spans
        for position, sign in enumerate(text):
            if start < 0 and sign in _PAIRS:
                start, closing = position, _PAIRS[sign]
            elif start >= 0 and sign == closing:
                spans.append((start, position + 1))
                start = -1
        return [*spans, (start, len(text))] if start >= 0 else spans

    return noted(view, "brackets", find)


def bracket_of(view: SentenceView, low: int, high: int) -> tuple[int, int] | None:
    """The bracket (offsets from the sentence's start) around ``[low, high)``, if any."""
    return next((span for span in brackets(view) if span[0] < low and high < span[1] + 1), None)


def inside(view: SentenceView, mention: Mention) -> tuple[int, int]:
    """The mention's offsets, counted from the sentence's start."""
    return mention.start - view.start, mention.end - view.start


@lru_cache(maxsize=1)
def _definite() -> tuple[re.Pattern[str], tuple[str, ...], frozenset[str]]:
    table = load_table("clauses")["definite"]
    return (
        re.compile(rf"(?P<word>[^\W\d_]*)['\s]*(?<!\w)(?:{alternatives(table['words'])})\s+\Z"),
        tuple(table["levels"]),
        frozenset(table["words"]),
    )


_TIMES = re.compile(r"\s+volte\s+[a-zà-ù]")


def is_given(view: SentenceView, mention: Mention) -> bool:
    """Whether a count is taken for granted (*le sedi delle 20 società*): how its clause is meant does not touch it."""
    if mention.kind != "count":
        return False
    pattern, levels, words = _definite()
    start, end = inside(view, mention)
    word = word_before(folded(view), start)
    if word in _singular():  # il sette volte campione
        return _TIMES.match(folded(view), end) is not None
    if word not in words:
        return False
    found = pattern.search(folded(view)[max(0, start - 40) : start])
    return found is not None and not found["word"].startswith(levels)


@lru_cache(maxsize=1)
def _singular() -> frozenset[str]:
    return frozenset(load_table("clauses")["definite"]["singular"])


def token_at(view: SentenceView, offset: int) -> Token | None:
    """The token that covers an offset counted from the sentence's start."""
    found = view.tokens(view.start + offset, view.start + offset + 1)
    return found[0] if found else None


def governors(token: Token) -> list[Token]:
    """The token and what governs it, up to the clause that it asserts in: a parse is needed.

    A relative clause and a parenthesis stop the climb, and so does what tells like a relative clause of something
    known; a coordinated clause with a finite verb of its own does too, because tense and auxiliaries of the first do
    not reach it.
    """
    chain = [token]
    while token.head.i != token.i:
        if token.dep_ in _ISLANDS or (token.dep_ == "conj" and _is_finite(token)) or _is_known(token):
            break
        token = token.head
        chain.append(token)
    return chain


def _is_known(token: Token) -> bool:
    """Whether a clause only tells what is meant: *chi guadagna …*, or *il ponte, costruito con …* (not *un ponte*)."""
    if token.pos_ not in ("VERB", "AUX"):
        return False
    if any(c.lower_ == "chi" and c.i < token.i for c in token.children):
        return True
    if token.dep_ not in ("acl", "advcl") or "Part" not in token.morph.get("VerbForm", []) or _is_finite(token):
        return False
    if token.i < 3 or token.nbor(-1).text != ",":
        return False
    noun = token.nbor(-2)
    article = noun.nbor(-1).lower_.rstrip("'’")
    agree = all(noun.morph.get(name, []) == token.morph.get(name, []) for name in ("Gender", "Number"))
    return noun.pos_ == "NOUN" and agree and (article in _singular() or article in _definite()[2])


def _is_finite(token: Token) -> bool:
    if any(child.dep_ in ("aux", "aux:pass", "cop") for child in token.children):
        return True
    return token.pos_ in ("VERB", "AUX") and "Fin" in token.morph.get("VerbForm", [])


def reaches(trigger: Token, token: Token) -> bool:
    """Whether ``trigger`` governs ``token`` in the parse, or is attached to what governs it."""
    chain = governors(token)
    indices = {t.i for t in chain}
    if trigger.i in indices or (trigger.dep_ in _ATTACHED and trigger.head.i in indices):
        return True
    # a copular predicate: the noun that the trigger is the subject of (l'obiettivo è di 300 assunti)
    return trigger.dep_ in ("nsubj", "nsubj:pass", "csubj") and trigger.head.i in indices
