"""Quantities that the time of their clause does not touch: lengths of time, ages, dimensions, what is given."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.claims.clauses import alternatives, folded, inside, is_given, words_in
from extractor.claims.view import Found, SentenceView
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention


def stands_alone(view: SentenceView, mention: Mention) -> bool:
    """Whether only a time beside a quantity can be its own: lengths of time, ages, and what is given."""
    if mention.kind == "measure" and _dimension().search(folded(view), 0, inside(view, mention)[0]):
        return True
    if mention.kind == "measure" and mention.unit in load_table("times")["durations"]["units"]:
        if (mention.unit == "a" and _is_age_then(view, mention)) or _is_sentence(view, mention):
            return False
        if not view.parsed:
            return True
        head = view.head(mention)
        return head is None or not any(child.dep_ == "cop" for child in head.children)
    return is_given(view, mention) or is_whole(view, mention) or _is_feature(view, mention) or _is_aside(view, mention)


@lru_cache(maxsize=1)
def _asides() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands behind a count between commas that says who somebody is, and behind a measure that says where."""
    verbs = alternatives(load_table("function_words")["auxiliaries"])
    return (
        re.compile(
            rf"[^,;:()]{{3,80}},\s+(?:(?:non|si|ne|lo|la|li|gli)\s+)?"
            rf"(?:(?:{verbs})|\w{{2,}}(?:[aei]rono|[aei]vano|[aei]va|[òì]))(?!\w)"
        ),
        re.compile(r"\s+(?:più\s+)?(?:a\s+(?:nord|sud|est|ovest)|(?:di\s+distanza\s+)?da(?:l|lla|llo|ll')?)(?!\w)"),
    )


_NAME_AND_COMMA = re.compile(r"(?<!\w)[A-ZÀ-Ú][\w'’-]+,\s+(?:circa\s+)?\Z")
_COMMA = re.compile(r",\s+(?:(?:circa|a)\s+){0,2}\Z")
_CLOSE = 40


def _is_aside(view: SentenceView, mention: Mention) -> bool:
    """``Neri e Rossi, due amici, pubblicarono``, ``a Kirkuk, 250 km a nord di Baghdad``: what a name is."""
    if mention.kind not in ("count", "measure"):
        return False
    low, high = inside(view, mention)
    if mention.kind == "measure":
        return _COMMA.search(view.sentence, 0, low) is not None and _asides()[1].match(folded(view), high) is not None
    named = _NAME_AND_COMMA.search(view.sentence, max(0, low - _CLOSE), low) is not None
    return named and _asides()[0].match(folded(view), high) is not None


@lru_cache(maxsize=1)
def _dimension() -> re.Pattern[str]:
    """An adjective of extent that is no predicate (*un muro alto 3 metri*), right before the measure."""
    forms = alternatives(load_table("times")["dimensions"]["words"])
    copulas = alternatives(load_table("function_words")["auxiliaries"])
    return re.compile(rf"(?:^|[^\w\s]\s*|(?<!\w)(?!(?:{copulas})\s)[\w']+\s+)(?:{forms})\s+(?:\w+\s+){{0,2}}?\Z")


# a 9 anni di reclusione: how long
_OF = re.compile(r"\s+di\s+(?!età)")


def _is_age_then(view: SentenceView, mention: Mention) -> bool:
    """``ieri avrebbe compiuto 80 anni``, ``salì al trono a 42 anni``: the age that somebody had when it happened."""
    text, (low, high) = folded(view), inside(view, mention)
    return _birthday().search(text, 0, low) is not None and _OF.match(text, high) is None


def _is_sentence(view: SentenceView, mention: Mention) -> bool:
    """``condannati nel 2017 il sindaco (2 anni) e …``: how long a sentence is, in brackets behind who is condemned."""
    text, low = folded(view), inside(view, mention)[0]
    return text[low - 1 : low] == "(" and _condemned().search(text, 0, low) is not None


@lru_cache(maxsize=1)
def _condemned() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(load_table('times')['convictions']['stems'])})\w*[^.;:]*\Z")


@lru_cache(maxsize=1)
def _birthday() -> re.Pattern[str]:
    table = load_table("times")["birthdays"]
    stems, then = alternatives(table["stems"]), alternatives(table["then"])
    blur = alternatives(load_table("ellipsis")["blur"]["words"])
    return re.compile(rf"(?<!\w)(?:(?:{stems})\w*\s+(?:[^\W\d_]+\s+){{0,3}}|(?:{then})\s+(?:(?:{blur})\s+)?)\Z")


_OUT_OF = re.compile(r"\s+(?:(?!su\s)[^\W\d_]+\s+){0,3}su(?:\s+un\s+totale\s+di)?\s+")


def is_whole(view: SentenceView, mention: Mention) -> bool:
    """``hanno votato oggi 153 deputati su 300``: how many there are in all was not decided today."""
    if mention.kind != "count" or "su" not in words_in(view):
        return False
    earlier = next((m for m in reversed(view.mentions) if m.end <= mention.start), None)
    if earlier is None or earlier.kind != "count":
        return False
    return _OUT_OF.fullmatch(folded(view), inside(view, earlier)[1], inside(view, mention)[0]) is not None


@lru_cache(maxsize=1)
def _features() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = load_table("times")["features"]
    before = re.compile(rf"[a-zà-ù]\s+(?:{alternatives(table['prepositions'])})\s+(?:circa\s+|oltre\s+|quasi\s+)?\Z")
    return before, re.compile(rf"\s+(?:{alternatives(table['nouns'])})(?!\w)")


def _is_feature(view: SentenceView, mention: Mention) -> bool:
    """``un edificio di 6 piani``: of how many parts a thing is made."""
    if mention.kind != "count":
        return False
    before, behind = _features()
    low, high = inside(view, mention)
    return (
        behind.match(folded(view), high) is not None and before.search(folded(view), max(0, low - 40), low) is not None
    )


@lru_cache(maxsize=1)
def _state() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = load_table("times")["things"]
    verbs = alternatives(load_table("function_words")["auxiliaries"])
    return (
        re.compile(rf"(?:\s+(?!(?:{verbs})(?!\w))[\w']+){{1,4}}?(?:\s+che\s+(?:{verbs}))?\s+"),
        re.compile(rf"(?:{alternatives(table['states'])})\s+\w{{2,}}[aiu]t[oaie](?!\w)"),
    )


def is_state(view: SentenceView, time: Found, high: int) -> bool:
    """``3 quadri oggi attribuiti a Giotto``: an adverb told of the state of the things counted, not of their number."""
    if time.rule != "time.adverb":
        return False
    between, adverb = _state()
    start, text = time.start - view.start, folded(view)
    return adverb.match(text, start) is not None and between.fullmatch(text, high, start) is not None
