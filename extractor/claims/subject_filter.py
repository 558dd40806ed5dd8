"""What cannot be a subject, whichever rule found it: verbs, adjectives, sources, speakers, units of a rate."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from extractor.claims.clauses import alternatives, folded, word_before
from extractor.claims.phrases import Range, subject_words
from extractor.claims.subject_clause import is_verb
from extractor.claims.subject_openings import determiners, first_word, is_time
from extractor.claims.view import Found, SentenceView
from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention

_NO_NOUNS = frozenset({"VERB", "AUX", "ADV", "DET", "ADP", "ADJ", "PUNCT", "SCONJ", "CCONJ"})
# Rules that look far, and of these and others those that take what is near.
_FAR = frozenset({"adjacent", "governed", "clause", "nearest", "base"})
_NEAR = frozenset({"clause", "nearest", "before"})
_CLITICS = frozenset({"lo", "la", "l", "le", "gli"})
_ACCORDING = re.compile(r"(?<!\w)secondo\s+(?:(?:il|lo|la|i|gli|le)\s+|l')?\Z")
_RATE = re.compile(r"\s+(?:al|allo|alla|a|ogni|per(?:\s+ogni)?|il|lo|la|all'|l')\s*\Z")
_SPEAKER = re.compile(r"(?m)^[ \t]*(?P<name>[A-ZÀ-Ý][^\W\d_]*(?:[ ][A-ZÀ-Ý][^\W\d_]*)?)[ ]?:")


@per_lexicon
def _adjacent() -> re.Pattern[str]:
    functions, blur = load_table("function_words"), load_table("subjects")["blur"]["words"]
    light = alternatives([*blur, *functions["prepositions"], *functions["articulated"]])
    return re.compile(rf"\s+(?:(?:{light})(?:\s+|(?<=')))*")


@lru_cache(maxsize=1)
def _auxiliaries() -> frozenset[str]:
    return frozenset(load_table("function_words")["auxiliaries"])


def can_be_subject(view: SentenceView, mention: Mention, found: Range, rule: str, source: Found | None) -> bool:
    """Whether a stretch that ``rule`` found can be what a quantity is about.

    Args:
        source: who says so: a rule that looks far is not to take that for the subject.
    """
    if not view.start <= found[0] < view.end:
        return True  # the head of a column
    if rule in _FAR:
        apposed = source is not None and view.text[found[1] : source.start] == ", "  # il questore, Ugo Neri, dice
        says = source is not None and (apposed or (source.start < found[1] and found[0] < source.end))
        if says and first_word(view, found) not in subject_words("properties"):
            return False
        alone = load_table("subjects")["reports"]["alone"]
        if first_word(view, found) in subject_words("reports") or view.text[found[0] : found[1]] in alone:
            return False
        if _ACCORDING.search(folded(view), 0, found[0] - view.start) is not None:
            return False
    if "ogni" in (first_word(view, found), word_before(folded(view), found[0] - view.start)) and is_time(view, found):
        return False  # i danni sono ogni anno pari a 3 milioni
    if is_speaker(view, found) or _is_unit_of_rate(view, found):
        return False
    return _is_phrase(view, mention, found, lone=rule not in _NEAR)


def _is_phrase(view: SentenceView, mention: Mention, found: Range, lone: bool) -> bool:
    """Whether it is a noun phrase: no verb, and no participle or adjective that the figure belongs to.

    *Pesa meno di 15 quintali* and *lunga 4 metri* leave the thing out; an article makes a noun of any word.

    Args:
        lone: whether a lone adjective will do.
    """
    text = folded(view)
    before = word_before(text, found[0] - view.start)
    tokens = view.tokens(*found) if view.tagged else []
    if before in determiners():
        clitic = before in _CLITICS and is_verb(first_word(view, found))
        return not (clitic and tokens and tokens[0].pos_ == "VERB")
    if found[0] > view.start and view.text[found[0]].isupper() and not view.sentence.isupper():
        return True  # a name, whatever it is taken for
    if before in _auxiliaries() and len(tokens) == 1 and tokens[0].pos_ == "VERB":
        return False  # è iniziata
    initial = found[0] == view.start and len(tokens) == 1  # what begins a sentence is often taken for a name
    first = first_word(view, found)
    if first in subject_words("verbs_alike") and found[0] == mention.end + 1:
        return True  # tre sale da visita
    if is_verb(first) and (not tokens or initial or tokens[0].pos_ in ("VERB", "AUX")):
        return False
    if not lone and len(tokens) == 1 and tokens[0].pos_ in _NO_NOUNS:
        return False
    if not tokens or any(token.pos_ not in _NO_NOUNS for token in tokens):
        return True
    return _adjacent().fullmatch(text, found[1] - view.start, mention.start - view.start) is None


def _is_unit_of_rate(view: SentenceView, found: Range) -> bool:
    """Whether it is what an amount is paid for or measured by (*3.645 dollari l'oncia*, *2 euro al litro*)."""
    amount = next((m for m in reversed(view.mentions) if m.end <= found[0]), None)
    if amount is None or amount.kind not in ("money", "measure"):
        return False
    joined = _RATE.fullmatch(folded(view), amount.end - view.start, found[0] - view.start)
    return joined is not None and first_word(view, found) in subject_words("units_of_rates")


def is_speaker(view: SentenceView, found: Range) -> bool:
    """Whether it is the name of one who speaks, before a colon in several lines (*LIDIA: … TEO: …*)."""
    name = view.text[found[0] : found[1]]
    if found[0] != view.start or view.text[found[1] : found[1] + 2].lstrip()[:1] != ":":
        return False
    return name in _speakers(view.text)


@lru_cache(maxsize=8)
def _speakers(text: str) -> frozenset[str]:
    """The names before a colon at the beginning of more than one line."""
    times = Counter(match.group("name") for match in _SPEAKER.finditer(text))
    return frozenset(name for name, count in times.items() if count > 1)
