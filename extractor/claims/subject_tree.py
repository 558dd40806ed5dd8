"""Subjects that the parse tells: a climb from the number through the words that govern it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.claims.phrases import Range, at_property, change_nouns, noun_phrase, of_words, subject_words
from extractor.claims.subject_words import NOUNS, numeric, phrase_ending_at, subject_of_predicate
from extractor.claims.view import SentenceView
from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention
from extractor.quantities.placing import DURATIONS

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})
_INSIDE = frozenset({"in", "nel", "nello", "nella", "nei", "negli", "nelle", "nell", "per"})
# `condanna Rossi a 5 anni`, `vende la casa per 3 milioni`: said of the object
_TO = frozenset({"a", "ad", "al", "allo", "alla", "all", "ai", "agli", "alle", "per"})
_AT = frozenset({"a", "ad", "ai"})
_FROM = frozenset(
    {
        "da",
        "dal",
        "dallo",
        "dalla",
        "dall",
        "dai",
        "dagli",
        "dalle",
        "in",
        "nel",
        "nello",
        "nella",
        "nell",
        "nei",
        "nelle",
    }
)
_OF_NOUN = frozenset({"nmod", "nummod", "appos", "acl", "amod", "dep", "conj", "compound", "flat"})
_PREDICATES = frozenset({"VERB", "AUX", "ADJ", "NOUN", "PROPN", "NUM", "ADV", "PRON", "DET", "SYM"})
_RELATIVES = frozenset({"acl", "acl:relcl"})


@per_lexicon
def _causative() -> re.Pattern[str]:
    return re.compile("|".join(load_table("subjects")["causative"]["stems"]), re.IGNORECASE)


def governed(view: SentenceView, mention: Mention) -> Range | None:
    """Climb from the number: a noun that it belongs to, or the subject (or object) of its verb."""
    token = view.head(mention)
    if token is None:
        return None
    avoid = (mention.start, mention.end)
    if mention.kind == "count" and token.dep_ == "nummod" and _is_counted(view, token, token.head):
        return noun_phrase(view, token.head, avoid)
    own = _subject(token, token)
    if own is not None and own.pos_ in NOUNS and not numeric(view, own):
        return noun_phrase(view, own, avoid)  # the number is the predicate
    timed = mention.unit in DURATIONS and bool(_cases(token) & _INSIDE)
    seen: set[int] = set()
    current = token
    while current.head.i != current.i and current.i not in seen:
        seen.add(current.i)
        label, parent = current.dep_, current.head
        if _within(view, parent, mention) or (timed and not _is_event(parent)):
            current = parent  # `in 90 giorni` is said of what happens, not of the noun before it
            continue
        if mention.unit in DURATIONS and _is_aside(parent, current):
            current = parent
            continue
        if mention.kind == "money" and _receives(parent, current):
            current = parent  # ha fruttato al vincitore 3 milioni: said of the verb's subject
            continue
        priced = mention.kind == "money" and bool(_cases(token) & _AT) and bool(_cases(parent) & _FROM)
        if priced:
            found = None  # esce dalla fabbrica a 65 euro: the verb's
        elif parent.pos_ in NOUNS and label in _OF_NOUN:
            found = _of_noun(view, parent, avoid)
        elif parent.pos_ in _PREDICATES:
            found = _of_verb(view, parent, current, mention, timed)
        else:
            found = None
        if found is not None:
            return found
        current = parent
    return _of_verb(view, current, token, mention, timed)


def _is_aside(noun: Token, figure: Token) -> bool:
    """Whether a phrase with a preposition stands between commas before a figure (*è durato, in città, un'ora*)."""
    case = next((c for c in noun.children if c.dep_ == "case" and c.i < noun.i), None)
    if case is None or case.i == 0 or noun.i > figure.i or case.nbor(-1).text != ",":
        return False
    return any(token.text == "," for token in noun.doc[noun.i : figure.left_edge.i + 1])


def _receives(noun: Token, figure: Token) -> bool:
    """Whether a noun is the indirect object before a sum (*è costata al Comune 3 milioni*)."""
    if noun.pos_ not in ("NOUN", "PROPN") or not noun.dep_.startswith("obl") or noun.i > figure.i or _cases(figure):
        return False
    return bool(_cases(noun) & (_TO - {"per"})) and noun.lower_ not in subject_words("properties")


def _is_counted(view: SentenceView, number: Token, noun: Token) -> bool:
    """Whether a number counts the word it hangs on; right behind it even a word that looks like a verb."""
    if numeric(view, noun) or noun.pos_ in NOUNS:
        return not numeric(view, noun)
    return noun.i == number.i + 1 and noun.pos_ == "VERB" and "Part" not in noun.morph.get("VerbForm", [])


def nearest(view: SentenceView, mention: Mention) -> Range | None:
    """The last resort: the nearest noun before the number in its sentence."""
    for token in reversed(view.tokens(view.start, mention.start)):
        if token.pos_ not in ("NOUN", "PROPN") or numeric(view, token) or not _is_thing(token):
            continue
        head = token
        while (
            head.head.i < head.i
            and head.dep_ in ("nmod", "compound", "flat", "flat:name")
            and (head.head.pos_ in NOUNS)
        ):
            head = head.head
        return noun_phrase(view, head, (mention.start, mention.end))
    return None


def _cases(token: Token) -> set[str]:
    return {c.text.lower().rstrip("'’") for c in token.children if c.dep_ == "case"}


def _is_bare(noun: Token) -> bool:
    """Whether a noun is a predicate without a determiner, or one with a preposition."""
    labels = {c.dep_ for c in noun.children}
    return "cop" in labels and ("case" in labels or "det" not in labels)


def _is_thing(noun: Token) -> bool:
    """Whether a noun can be what is measured: neither a time nor a change."""
    lower = noun.text.lower()
    return lower not in subject_words("time_nouns") and lower not in change_nouns()


def _subject(verb: Token, child: Token) -> Token | None:
    """The subject of a verb; a bare noun of time (*ieri pomeriggio*) only where there is no other."""
    found = [c for c in verb.children if c.dep_ in _SUBJECTS and c.i != child.i]
    things = (c for c in found if c.lower_ not in subject_words("time_nouns"))
    return next(things, found[0] if found and _is_determined(found[0]) else None)


def _is_determined(noun: Token) -> bool:
    return noun.lower_ not in subject_words("time_nouns") or any(c.dep_ == "det" for c in noun.children)


def _is_event(token: Token) -> bool:
    """Whether a token is what lasts or takes time: a verb that is no mere attribute, or the head of the sentence."""
    if token.head.i == token.i:
        return True
    participle = "Part" in token.morph.get("VerbForm", [])
    auxiliary = any(child.dep_ in ("aux", "aux:pass", "nsubj", "nsubj:pass") for child in token.children)
    return token.pos_ in ("VERB", "AUX") and (auxiliary or not participle or token.dep_ != "acl")


def _within(view: SentenceView, token: Token, mention: Mention) -> bool:
    return mention.start <= view.start + token.idx < mention.end


def _of_noun(view: SentenceView, noun: Token, avoid: Range) -> Range | None:
    """The phrase of a noun that governs the number; of a noun of change, what changes."""
    if numeric(view, noun) or noun.text.lower() in subject_words("time_nouns"):
        return None
    if noun.lower_ in load_table("times")["carriers"]["words"] and _cases(noun) & _INSIDE:
        return None  # nel corso di 4 anni
    subject = _subject(noun, noun)
    if subject is not None and _is_bare(noun) and not numeric(view, subject):
        return noun_phrase(view, subject, avoid)  # è in vendita a 20 euro: said of what is on sale
    named = subject_of_predicate(noun)
    if named is not None and not numeric(view, named) and "," in view.text[view.start + noun.idx : avoid[0]]:
        return noun_phrase(view, named, avoid)  # Rossi è il primo del gruppo, con 12 voti
    if noun.dep_ == "appos" and noun.head.pos_ == "PROPN" and noun.head.i < noun.i:
        return noun_phrase(view, noun.head, avoid)  # Rossi, imprenditore condannato a 5 anni
    lower = noun.text.lower()
    inner = noun.dep_ == "nmod" and bool(_cases(noun) & of_words()) and noun.head.pos_ == "NOUN"
    if inner and noun.head.i < noun.i and not numeric(view, noun.head) and lower not in subject_words("properties"):
        return _of_noun(view, noun.head, avoid)  # a figure is said of the whole phrase
    if lower in change_nouns() or lower in subject_words("carriers"):
        changing = next((c for c in noun.children if _is_what_changes(view, c)), None)
        return None if changing is None else noun_phrase(view, changing, avoid)
    return at_property(view.text, noun_phrase(view, noun, avoid))


def _is_what_changes(view: SentenceView, token: Token) -> bool:
    """Whether a complement of a noun of change names what changes (*dei prezzi*, not *su base annua*)."""
    if token.dep_ != "nmod" or token.pos_ not in NOUNS or numeric(view, token):
        return False
    return bool(_cases(token) & (of_words() | _INSIDE)) and token.text.lower() not in subject_words("time_nouns")


def _of_verb(view: SentenceView, verb: Token, child: Token, mention: Mention, timed: bool) -> Range | None:
    """The object or the subject of a verb or predicate that governs the number."""
    avoid = (mention.start, mention.end)
    subject = _subject(verb, child)
    if not timed and (mention.kind != "count" or child.dep_ != "obj"):
        thing = _object(view, verb, child, subject)
        if thing is not None:
            return noun_phrase(view, thing, avoid)
    if subject is not None and mention.kind != "count" and _is_magnitude(view, subject):
        subject = next((c for c in subject.children if c.dep_ == "nmod" and c.pos_ in NOUNS), subject)
    if subject is not None and not numeric(view, subject):
        if subject.text.lower() in change_nouns():
            changing = next((c for c in subject.children if _is_what_changes(view, c)), None)
            if changing is None and subject.i > verb.i:
                return None  # si registra un calo del 5%
            return noun_phrase(view, subject if changing is None else changing, avoid)
        relative = subject.lower_ == "che"
        if relative and subject.pos_ != "PRON" and verb.dep_ not in _RELATIVES:
            return phrase_ending_at(view, view.start + subject.idx)
        if not relative and (subject.pos_ in (*NOUNS, "ADJ", "VERB", "DET") or _demonstrative(subject)):
            return noun_phrase(view, subject, avoid)
        if subject.pos_ == "PRON" and verb.dep_ in _RELATIVES:
            return _antecedent(view, verb.head, avoid)
    if verb.dep_ in _RELATIVES and not any(c.lower_ == "dove" for c in verb.children):
        found = _antecedent(view, verb.head, avoid)
        if found is not None:
            return found
    if verb.pos_ in NOUNS and verb.i != child.i and not numeric(view, verb) and child.dep_ != "parataxis":
        return noun_phrase(view, verb, avoid) if _is_thing(verb) else None
    return None


def _is_magnitude(view: SentenceView, noun: Token) -> bool:
    """Whether a noun is inside a count (*un milione di poveri ha più di 65 anni*): what is counted is meant."""
    place = view.start + noun.idx
    return any(m.kind == "count" and m.start <= place < m.end for m in view.mentions)


def _demonstrative(token: Token) -> bool:
    """Whether a pronoun stands for a noun with a complement (*quello dei servizi*)."""
    return token.pos_ == "PRON" and any(c.dep_ == "nmod" for c in token.children)


def _antecedent(view: SentenceView, noun: Token, avoid: Range) -> Range | None:
    """The noun before a relative clause; where that is a counted magnitude, what is counted."""
    if noun.pos_ not in (*NOUNS, "PRON"):
        return None
    if numeric(view, noun):
        counted = next((c for c in noun.children if c.dep_ == "nmod" and c.pos_ in NOUNS), None)
        return None if counted is None or numeric(view, counted) else noun_phrase(view, counted, avoid)
    return noun_phrase(view, noun, avoid)


def _object(view: SentenceView, verb: Token, child: Token, subject: Token | None) -> Token | None:
    """What a verb acts on, where the figure is said of that (*ha ridotto del 5% i costi*)."""
    thing = next((c for c in verb.children if c.dep_ == "obj" and c.i != child.i and c.pos_ in NOUNS), None)
    if thing is None or numeric(view, thing) or thing.text.lower() in subject_words("time_nouns"):
        return None
    causative = _causative().match(verb.text) is not None or (child.dep_ == "obl" and bool(_cases(child) & _TO))
    if not causative and child.dep_ not in ("obl", "nmod"):
        return None
    if thing.text.lower() in change_nouns():
        return next((c for c in thing.children if _is_what_changes(view, c)), None)
    return thing if causative or subject is None else None
