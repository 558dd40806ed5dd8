"""Noun phrases: their boundaries from a parse, or from the closed classes where none is at hand."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from extractor.claims.view import SentenceView
from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.quantities.context import function_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEFT = frozenset({"amod", "compound", "flat", "flat:name", "flat:foreign"})
_RIGHT = frozenset({"amod", "compound", "flat", "flat:name", "flat:foreign", "nmod", "acl", "fixed"})
Range = tuple[int, int]


def noun_phrase(view: SentenceView, noun: Token, avoid: Range | None = None) -> Range:
    """Return the document offsets of the noun phrase that ``noun`` heads, without its determiners.

    Prenominal adjectives, names, adjectives and complements with a preposition after it belong to it;
    clauses and appositions do not. The phrase never runs into ``avoid`` (the quantity itself).
    """
    members = {noun.i}
    _extend(noun, members, depth=0)
    left = right = noun.i
    while left - 1 in members:
        left -= 1
    while left - 2 >= 0 and _counts_within(view.doc[left - 1], noun) and _is_adjective(view.doc[left - 2], noun):
        left -= 2  # gli altri sette candidati, le prime centomila auto
    while right + 1 in members:
        right += 1
    low = view.start + view.doc[left].idx
    high = view.start + view.doc[right].idx + len(view.doc[right].text)
    head = view.start + noun.idx
    if avoid is not None:
        if avoid[0] <= low < avoid[1] <= head:
            low = avoid[1]
        if head < avoid[0] < high:
            high = avoid[0]
        if avoid[0] > low and avoid[1] <= head:
            low = avoid[1]
    return tidy(view.text, low, high)


def _counts_within(token: Token, noun: Token) -> bool:
    return token.dep_ == "nummod" and token.head.i == noun.i


def _is_adjective(token: Token, noun: Token) -> bool:
    return token.head.i == noun.i and (token.dep_ == "amod" or token.text.lower() in ("altri", "altre"))


def _extend(token: Token, members: set[int], depth: int) -> None:
    for child in token.children:
        before = child.i < token.i
        label = child.dep_
        if label == "punct":
            continue
        if (before and label in _LEFT) or (not before and label in _RIGHT and depth < 3):
            if label == "acl" and child.pos_ not in ("VERB", "ADJ"):
                continue
            if label == "nmod" and any(g.dep_ == "nummod" for g in child.children) and depth:
                continue
            members.add(child.i)
            members.update(g.i for g in child.lefts if g.dep_ in ("case", "det", "det:poss", "amod", "mark", "nummod"))
            if label != "acl":
                _extend(child, members, depth + 1)


def tidy(text: str, low: int, high: int) -> Range:
    """Drop leading articles and prepositions and trailing blanks, punctuation and function words."""
    while low < high and not (text[low].isalnum()):
        low += 1
    found = _determiners().match(text, low, high)
    if found is not None and found.end() < high:
        low = found.end()
    while high > low and not (text[high - 1].isalnum() or text[high - 1] in ")%"):
        high -= 1
    words = re.findall(r"[^\W_]+", text[low:high])
    while len(words) > 1 and words[-1].lower() in function_words():
        high = low + text[low:high].rindex(words[-1])
        while high > low and not text[high - 1].isalnum():
            high -= 1
        words.pop()
    if text[high - 1 : high] == ")" and "(" not in text[low:high]:
        high -= 1
    return low, high


_WORD = re.compile(r"[^\W\d_]+(?:['’&-][^\W\d_]+)*['’]?|\d[\d.,]*|[^\w\s]")


@per_lexicon
def _determiners() -> re.Pattern[str]:
    """Any number of determiners at the beginning of a phrase."""
    words = subject_words("determiners")
    elided = "|".join(sorted(word.rstrip("'") for word in words if word.endswith("'")))
    plain = "|".join(sorted((word for word in words if not word.endswith("'")), key=len, reverse=True))
    return re.compile(rf"(?i)(?:(?:{plain})[\s\u00a0]+|(?:{elided})['’])+")


@lru_cache(maxsize=1)
def _articles() -> frozenset[str]:
    return frozenset(load_table("function_words")["articles"])


@per_lexicon
def subject_words(name: str) -> frozenset[str]:
    """Return the word list ``name`` of the table of subjects."""
    return frozenset(load_table("subjects")[name]["words"])


@per_lexicon
def of_words() -> frozenset[str]:
    """The forms of *di*, elided ones without their apostrophe."""
    return frozenset(word.rstrip("'") for word in subject_words("of"))


@per_lexicon
def change_nouns() -> frozenset[str]:
    """Nouns that name a change: the thing measured is what changes."""
    nouns = load_table("changes")["nouns"]
    return frozenset(nouns["increase"]) | frozenset(nouns["decrease"])


_BEFORE_INNER = re.compile(r"(?i)(?<!\w)(?:(?P<of>d[ei]l?l?[aoei]?|degli)[\s\u00a0]+|(?:dell|d)['’])(?=\w)")


def at_property(text: str, found: Range) -> Range:
    """Cut a phrase to the property in it that the figure is of (*una casa del valore di …* to *valore*).

    Of *crescita dei prezzi* likewise *prezzi* is left: what changes is measured, not the change.
    """
    words = list(_WORD.finditer(text, *found))
    for position, match in enumerate(words):
        word = match.group().lower().replace("’", "'").rpartition("'")[2]
        if word in subject_words("properties"):
            return (match.end() - len(word), found[1]) if position else found
        if position == 0 and word in change_nouns():
            inner = _BEFORE_INNER.search(text, match.end(), found[1])
            if inner is not None:
                return tidy(text, inner.end(), found[1])
    return found


# Between a numeral and its noun (un solo voto)
ALONE = frozenset({"solo", "sola", "soli", "sole"})
# an article or a preposition that is written with the next word, but for those of *di*
_ELIDED = re.compile(r"(?:l|un|all|dall|nell|sull|c|v)['’]\w")


def surface_right(text: str, pos: int, limit: int) -> Range | None:
    """Return the noun phrase that begins at or right after ``pos``, by closed-class words alone.

    Content words, then any number of *di* complements: it ends at another preposition, a verb of the
    closed list, a number or punctuation.
    """
    functions = function_words()
    low = high = -1
    content, allow_of = 0, False
    for match in _WORD.finditer(text, pos, min(limit, pos + 120)):
        word = match.group().lower().rstrip("'’")
        if low >= 0 and _ELIDED.match(word):
            break  # il quotidiano Tempo Nuovo l'altro ieri
        if text[high if high > 0 else pos : match.start()].count("\n"):
            break
        if word[:1].isalpha() and word not in functions and len(word) > 1:
            low = match.start() if low < 0 else low
            high = match.end()
            content += 1
            allow_of = True
            if content >= 7:
                break
            continue
        head, _, tail = match.group().lower().replace("’", "'").partition("'")
        if head in of_words() and allow_of:
            if tail:
                high, content = match.end(), content + 1
            allow_of = bool(tail)
            continue
        if low < 0 and (word in _articles() or word in ALONE):
            continue
        break
    return None if low < 0 else tidy(text, low, high)
