"""The subject: the noun phrase that a quantity is about.

For a count the counted phrase; otherwise the property or thing measured. Where the sentence is parsed,
the search walks up from the number through the words that govern it; where it is not, it reads the
words around by closed classes. Either way the steps are tried in the order of how sure they are, and
each gives the name of the rule that it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from extractor.claims.phrases import Range, noun_phrase, surface_left, surface_right, tidy
from extractor.claims.view import Found, SentenceView
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

_B = r"[\s\u00a0]+"
_OF_RIGHT = re.compile(
    rf"(?i){_B}(?:circa{_B})?(?:(?:di|del|dello|della|dei|degli|delle){_B}|(?:d|dell)['’])(?=[^\W\d_])"
)
_OF_LEFT = re.compile(
    rf"(?i)(?:{_B}(?:di|da|del|dal|della|dalla|dello|dei|dai|pari{_B}(?:a|al|ad|allo|alla|agli|"
    rf"ai)|per|in){_B}|{_B}(?:dell|dall|d|pari{_B}all)['’])"
    rf"(?:(?:circa|oltre|quasi|almeno|appena|solo|soli|ben|più{_B}di|meno{_B}di|poco{_B}(?:più|"
    rf"meno){_B}di|un|i|gli|le|il|la|lo|l['’]){_B}?)*\Z"
)
_HANGS_ON = re.compile(
    rf"(?i)(?:{_B}(?:di|da|del|della|dello|dei|pari{_B}a(?:l|d|llo|lla)?|per){_B}|{_B}(?:dell|d|pari{_B}all)['’])"
    rf"(?:(?:circa|oltre|quasi|almeno|appena|solo|ben|più{_B}di|meno{_B}di|complessivi|un){_B}|un['’])*\Z"
)
_BRACKET = re.compile(rf"[(\[](?:{_B}?(?:circa|oltre|quasi|pari{_B}a|almeno|\+){_B})?\Z")
_SERIES = re.compile(
    rf"[\s,;:)]*(?:(?:e|ed|seguito da|poi|la|il|"
    rf"l['’]){_B}?)*(?P<name>[A-ZÀ-Ý][\w'’.]*(?:{_B}(?:d[aei]l?l?[aoe]?{_B})?[A-ZÀ-Ý][\w'’.]*){{0,3}})(?:{_B}(?:primo|"
    rf"prima|secondo))?(?:{_B}(?:a|al|ad|allo|con|col|oltre|il|lo)|{_B}(?:al)?l['’]|"
    rf"{_B}con{_B}il)?[\s:(]*"
)
_COMPARED = re.compile(
    rf"(?i){_B}(?:(?:non|poco|di{_B}poco|nettamente){_B})?(?:superior|inferior|pari|ugual|"
    rf"maggior|minor)(?:i|e)?{_B}(?:ad?|al|allo|alla|ai|agli|alle|di|dei){_B}(?:(?:circa|oltre|"
    rf"quasi|i|gli|le){_B})*\Z|{_B}(?:pari|superiore|inferiore|superiori|"
    rf"inferiori){_B}all['’]\Z"
)
_NOUNS = frozenset({"NOUN", "PROPN", "X", "SYM"})
_OF_WORDS = frozenset({"di", "del", "dello", "della", "dell'", "dell’", "dei", "degli", "delle", "d'", "d’"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    table = load_table("subjects")
    change = load_table("changes")["nouns"]
    return {
        "carriers": frozenset(table["carriers"]["words"]),
        "time_nouns": frozenset(table["time_nouns"]["words"]),
        "change": frozenset(change["increase"]) | frozenset(change["decrease"]),
    }


@lru_cache(maxsize=1)
def _causative() -> re.Pattern[str]:
    return re.compile("|".join(load_table("subjects")["causative"]["stems"]), re.IGNORECASE)


def subject_of(view: SentenceView, mention: Mention) -> Found | None:
    """Return the subject of a quantity in its sentence, or None where the sentence names none."""
    steps = _PARSED_STEPS if view.parsed else _SURFACE_STEPS
    for rule, step in steps:
        found = step(view, mention)
        if found is not None and found[1] > found[0]:
            counted = _NUMBER_OF.match(view.text, found[0], found[1]) if mention.kind == "count" else None
            return Found(counted.end() if counted else found[0], found[1], f"subject.{rule}")
    return None


# a count is of what `il numero di` counts
_NUMBER_OF = re.compile(rf"(?i)numero{_B}(?:(?:di|del|dei|degli|delle|della|dello){_B}|(?:d|dell)['’])(?=\w)")
_DURATIONS = frozenset({"a", "mo", "wk", "d", "h", "min", "s"})
_INSIDE = frozenset({"in", "nel", "nello", "nella", "nei", "negli", "nelle", "nell'", "nell’", "per"})


def _is_time(view: SentenceView, span: Range) -> bool:
    word = re.match(r"[^\W\d_]+|\d+", view.text[span[0] : span[1]])
    return word is None or word.group().lower() in _words()["time_nouns"] or word.group().isdigit()


# --- with or without a parse -----------------------------------------------------------------------


def _counted_right(view: SentenceView, mention: Mention) -> Range | None:
    """``circa 2.400 imprese di …``, ``3 milioni di persone``: the phrase right of a count."""
    if mention.kind != "count":
        return None
    pos = mention.end
    joint = _OF_RIGHT.match(view.text, pos, view.end)
    if joint is not None:
        pos = joint.end()
    elif not view.text[pos : pos + 1].isspace():
        return None
    if view.parsed:
        noun = _first_noun(view, pos, joint is not None)
        if noun is None:
            return None
        if noun.text.lower() == "unità":
            return None
        low, high = noun_phrase(view, noun, (mention.start, mention.end))
        return (max(low, tidy(view.text, pos, high)[0]) if low < pos else low), high
    return surface_right(view.text, pos, view.end)


def _first_noun(view: SentenceView, pos: int, after_of: bool) -> Token | None:
    """The noun that heads what begins at ``pos``: adjectives and participles may stand before it."""
    for token in view.doc:
        start = view.start + token.idx
        if start + len(token.text) <= pos:
            continue
        if token.pos_ in _NOUNS and token.text[0].isalnum():
            head = token
            while (
                head.dep_ in ("compound", "flat", "flat:name")
                and head.head.i < head.i
                and view.start + head.head.idx >= pos
            ):
                head = head.head
            return head
        if token.pos_ in ("ADJ", "DET", "NUM") or (
            token.pos_ == "ADV" and token.dep_ == "advmod" and token.head.pos_ == "ADJ"
        ):
            if token.pos_ == "ADJ" and token.dep_ not in ("amod", "nummod") and token.head.pos_ not in _NOUNS:
                return token if after_of or token.dep_ in ("nsubj", "obj", "root", "obl") else None
            continue
        return None
    return None


def _share_of(view: SentenceView, mention: Mention) -> Range | None:
    """``il 25% dei contribuenti``, ``la metà del totale``, ``40 milioni di euro di aiuti``."""
    if mention.kind == "count":
        return None
    joint = _OF_RIGHT.match(view.text, mention.end, view.end)
    if joint is None:
        return None
    found: Range | None
    if view.parsed:
        noun = _first_noun(view, joint.end(), True)
        if noun is None or noun.text.lower() in _words()["time_nouns"]:
            return None
        found = noun_phrase(view, noun, (mention.start, mention.end))
        carried = next((c for c in noun.children if c.dep_ == "nmod" and c.pos_ in _NOUNS), None)
        if noun.text.lower() in ("totale", "complesso") and carried is not None:
            return found
    else:
        found = surface_right(view.text, joint.end(), view.end)
    if found is None or _is_time(view, found):
        return None
    return found


def _in_brackets(view: SentenceView, mention: Mention) -> Range | None:
    """``Eni (93,7 mld)``: the phrase before the bracket."""
    opening = _BRACKET.search(view.left(mention))
    if opening is None:
        return None
    end = mention.start - (len(view.left(mention)) - opening.start())
    while end > view.start and view.text[end - 1].isspace():
        end -= 1
    if any(other.end == end for other in view.mentions):
        return None  # a conversion: the subject is that of the quantity before
    return _phrase_ending_at(view, end)


def _phrase_ending_at(view: SentenceView, end: int) -> Range | None:
    if not view.parsed:
        return surface_left(view.text, view.start, end)
    tokens = [t for t in view.tokens(view.start, end) if t.pos_ != "PUNCT"]
    if not tokens:
        return None
    token = tokens[-1]
    if token.pos_ not in (*_NOUNS, "ADJ"):
        return None
    head = token
    while head.head.i < head.i and head.dep_ in (
        "nmod",
        "amod",
        "compound",
        "flat",
        "flat:name",
        "flat:foreign",
        "fixed",
        "acl",
    ):
        head = head.head
    if head.pos_ not in _NOUNS:
        return None
    low, high = noun_phrase(view, head)
    return low, min(max(high, view.start + token.idx + len(token.text)), end)


# --- with a parse ----------------------------------------------------------------------------------


def _listed(view: SentenceView, mention: Mention) -> Range | None:
    """``Rossi 34%, Bianchi al 25%``: in a series without verbs the name right before the number."""
    if mention.kind == "count" and mention.end != view.end and view.text[mention.end : mention.end + 1] not in ",;).":
        return None
    begin = max((m.end for m in view.mentions if m.end <= mention.start), default=view.start)
    segment = view.text[begin : mention.start]
    found = _SERIES.fullmatch(segment)
    if found is None:
        return None
    return tidy(view.text, begin + found.start("name"), begin + found.end("name"))


def _compared(view: SentenceView, mention: Mention) -> Range | None:
    """``un'età inferiore ai cinque anni``, ``una dote pari a``: the phrase before the adjective."""
    found = _COMPARED.search(view.left(mention))
    if found is None:
        return None
    end = mention.start - (len(view.left(mention)) - found.start())
    while end > view.start and not view.text[end - 1].isalnum():
        end -= 1
    return _phrase_ending_at(view, end)


def _phrase_before(view: SentenceView, mention: Mention) -> Range | None:
    """``un complesso da 2 miliardi``, ``appalti per 25 milioni``: the noun phrase that the preposition hangs on."""
    left = view.left(mention)
    opening = _HANGS_ON.search(left)
    if opening is None or (mention.kind == "count" and not mention.unit and mention.bare):
        return None
    found = _phrase_ending_at(view, mention.start - (len(left) - opening.start()))
    if found is None or _is_time(view, found):
        return None
    words = view.text[found[0] : found[1]].lower().split()
    skipped = _words()["change"] | _words()["carriers"]
    return None if any(word in skipped for word in words) else found


def _governed(view: SentenceView, mention: Mention) -> Range | None:
    """Climb from the number: a noun that it belongs to, or the subject (or object) of its verb."""
    token = view.head(mention)
    if token is None:
        return None
    if mention.kind == "count" and token.dep_ == "nummod" and token.head.pos_ in _NOUNS:
        return noun_phrase(view, token.head, (mention.start, mention.end))
    avoid = (mention.start, mention.end)
    timed = mention.unit in _DURATIONS and any(c.dep_ == "case" and c.text.lower() in _INSIDE for c in token.children)
    seen: set[int] = set()
    current = token
    while current.head.i != current.i and current.i not in seen:
        seen.add(current.i)
        label, parent = current.dep_, current.head
        if _within(view, parent, mention) or (timed and not _is_event(parent)):
            current = parent  # `in 90 giorni` is said of what happens, not of the noun before it
            continue
        if parent.pos_ in _NOUNS and label in (
            "nmod",
            "nummod",
            "appos",
            "acl",
            "amod",
            "dep",
            "conj",
            "compound",
            "flat",
        ):
            found = _of_noun(view, parent, current, avoid)
            if found is not None:
                return found
        elif parent.pos_ in ("VERB", "AUX", "ADJ", "NOUN", "PROPN", "NUM", "ADV", "PRON", "DET"):
            found = _of_verb(view, parent, current, mention, avoid, timed)
            if found is not None:
                return found
        current = parent
    return _of_verb(view, current, token, mention, avoid, timed)


def _is_event(token: Token) -> bool:
    """Whether a token is what lasts or takes time: a verb that is no mere attribute, or the head of the sentence."""
    if token.head.i == token.i:
        return True
    participle = "Part" in token.morph.get("VerbForm", [])
    auxiliary = any(child.dep_ in ("aux", "aux:pass", "nsubj", "nsubj:pass") for child in token.children)
    return token.pos_ in ("VERB", "AUX") and (auxiliary or not participle or token.dep_ != "acl")


def _within(view: SentenceView, token: Token, mention: Mention) -> bool:
    return mention.start <= view.start + token.idx < mention.end


def _of_noun(view: SentenceView, noun: Token, child: Token, avoid: Range) -> Range | None:
    """The phrase of a noun that governs the number; of a noun of change, what changes."""
    lower = noun.text.lower()
    if any(_within(view, noun, other) for other in view.mentions):
        return None
    if lower in _words()["time_nouns"]:
        return None
    of = any(c.dep_ == "case" and c.text.lower() in _OF_WORDS for c in noun.children)
    inner = noun.dep_ == "nmod" and of and noun.head.pos_ == "NOUN" and noun.head.i < noun.i
    if inner and not _numeric(view, noun.head):
        return _of_noun(view, noun.head, noun, avoid)  # a figure is said of the whole phrase
    if lower in _words()["change"]:
        for other in noun.children:
            if _is_what_changes(view, other):
                return noun_phrase(view, other, avoid)
        return None
    return noun_phrase(view, noun, avoid)


def _is_what_changes(view: SentenceView, token: Token) -> bool:
    """Whether a complement of a noun of change names what changes (*dei prezzi*, not *su base annua*)."""
    cases = {c.text.lower() for c in token.children if c.dep_ == "case"}
    if token.dep_ != "nmod" or token.pos_ not in _NOUNS or _numeric(view, token):
        return False
    return bool(cases & (_OF_WORDS | _INSIDE)) and token.text.lower() not in _words()["time_nouns"]


def _numeric(view: SentenceView, token: Token) -> bool:
    return any(_within(view, token, other) for other in view.mentions) or token.text[0].isdigit()


def _of_verb(
    view: SentenceView, verb: Token, child: Token, mention: Mention, avoid: Range, timed: bool
) -> Range | None:
    subject = next((c for c in verb.children if c.dep_ in _SUBJECTS and c.i != child.i), None)
    if not timed and (mention.kind != "count" or child.dep_ != "obj"):
        thing = next((c for c in verb.children if c.dep_ == "obj" and c.i != child.i and c.pos_ in _NOUNS), None)
        if (
            thing is not None
            and not _numeric(view, thing)
            and (_causative().match(verb.text) or child.dep_ in ("obl", "nmod"))
        ):
            if thing.text.lower() in _words()["change"]:
                inner = next(
                    (c for c in thing.children if c.dep_ == "nmod" and c.pos_ in _NOUNS and not _numeric(view, c)), None
                )
                if inner is not None:
                    return noun_phrase(view, inner, avoid)
            elif _causative().match(verb.text) or subject is None:
                return noun_phrase(view, thing, avoid)
    if subject is not None:
        if subject.pos_ in _NOUNS and not _numeric(view, subject):
            return noun_phrase(view, subject, avoid)
        if subject.pos_ == "PRON" and verb.dep_ in ("acl:relcl", "acl") and verb.head.pos_ in _NOUNS:
            return noun_phrase(view, verb.head, avoid)
        if subject.pos_ in ("ADJ", "VERB", "DET", "PRON") and not _numeric(view, subject) and subject.pos_ != "PRON":
            return noun_phrase(view, subject, avoid)
    if verb.dep_ in ("acl", "acl:relcl") and verb.head.pos_ in _NOUNS and not _numeric(view, verb.head):
        return noun_phrase(view, verb.head, avoid)
    if verb.pos_ in _NOUNS and verb.i != child.i and not _numeric(view, verb) and child.dep_ not in ("parataxis",):
        lower = verb.text.lower()
        if lower not in _words()["time_nouns"] and lower not in _words()["change"]:
            return noun_phrase(view, verb, avoid)
    return None


def _nearest_left(view: SentenceView, mention: Mention) -> Range | None:
    """The last resort: the nearest noun before the number in its sentence."""
    for token in reversed(view.tokens(view.start, mention.start)):
        if token.pos_ in ("NOUN", "PROPN") and not _numeric(view, token):
            lower = token.text.lower()
            if lower in _words()["time_nouns"] or lower in _words()["change"]:
                continue
            head = token
            while (
                head.head.i < head.i
                and head.dep_ in ("nmod", "compound", "flat", "flat:name")
                and head.head.pos_ in _NOUNS
            ):
                head = head.head
            return noun_phrase(view, head, (mention.start, mention.end))
    return None


# --- without a parse -------------------------------------------------------------------------------


def _surface_of(view: SentenceView, mention: Mention) -> Range | None:
    """``un valore cumulativo di oltre …``: the phrase before the preposition."""
    left = view.left(mention)
    opening = _OF_LEFT.search(left)
    if opening is None:
        return None
    found = surface_left(view.text, view.start, mention.start - (len(left) - opening.start()))
    if found is None or _is_time(view, found):
        return None
    first = view.text[found[0] : found[1]].split()[0].lower()
    return None if first in _words()["change"] else found


def _surface_clause(view: SentenceView, mention: Mention) -> Range | None:
    """The phrase at the beginning of the clause: in Italian news mostly its grammatical subject."""
    left = view.text[view.start : mention.start]
    begin = view.start
    for match in re.finditer(r"[;:,(]\s|\s[–—-]\s", left):
        if not re.match(r"(?i)\s*(?:con|a|per|in|di|da|pari|oltre|circa|di cui)\b", left[match.end() :]):
            begin = view.start + match.end()
    return surface_right(view.text, begin, mention.start)


_PARSED_STEPS = (
    ("counted", _counted_right),
    ("share", _share_of),
    ("brackets", _in_brackets),
    ("listed", _listed),
    ("compared", _compared),
    ("before", _phrase_before),
    ("governed", _governed),
    ("nearest", _nearest_left),
)
_SURFACE_STEPS = (
    ("counted", _counted_right),
    ("share", _share_of),
    ("brackets", _in_brackets),
    ("listed", _listed),
    ("compared", _compared),
    ("before", _surface_of),
    ("clause", _surface_clause),
)
