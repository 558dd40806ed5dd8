"""Subjects that the words around a quantity tell, with a parse or without one.

The steps share one shape: they take the sentence and the quantity and return the offsets of a noun
phrase, or None. Which words they look for stands in ``lexicon/subjects.toml``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.claims.clauses import alternatives, folded, inside, word_before
from extractor.claims.phrases import (
    ALONE,
    Range,
    at_property,
    change_nouns,
    noun_phrase,
    subject_words,
    surface_right,
    tidy,
)
from extractor.claims.subject_clause import surface_phrase_before
from extractor.claims.subject_openings import first_word, is_time, joint, opening, patterns
from extractor.claims.view import SentenceView
from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.quantities.context import prepositions
from extractor.quantities.mention import Mention
from extractor.quantities.placing import DURATIONS

if TYPE_CHECKING:
    from spacy.tokens import Token

NOUNS = frozenset({"NOUN", "PROPN", "X", "SYM"})
_SHARES = frozenset({"percentage", "ratio"})
# Labels over which one climbs from the end of a noun phrase to its head.
_INSIDE_PHRASE = frozenset({"nmod", "amod", "compound", "flat", "flat:name", "flat:foreign", "fixed", "acl"})
_GAP = r"(?:\s+|(?<='))"
_FIRST_NAME = r"[A-ZÀ-Ý][\w'’.-]*"
_SURNAME = r"\s+(?:d[aei]l?l?[aoe]?\s+)?[A-ZÀ-Ý][\w'’.-]*"
# without a comma, only what has a surname (Pino Loi di 23 anni, not All'età di 23 anni)
_NAME_BEFORE = re.compile(
    rf"(?P<name>{_FIRST_NAME}(?:{_SURNAME})*(?=\s*,)|{_FIRST_NAME}(?:{_SURNAME})+(?=\s+di\s))\s*,?\s*(?:di\s+)?\Z"
)
# a word right behind an age goes on with it (42 anni di carcere); a name begins the next item of a list
# (but for *di* before a place: 23 anni di Nuoro)
_OPEN_AFTER_AGE = re.compile(r"\s+(?!di\s+[A-ZÀ-Ý])[^\W\dA-ZÀ-Ý]")
_MEAN = re.compile(r"\s+di\s+media(?!\w)")  # 22,8 di media
_QUALIFIED_MEAN = re.compile(r"(?<!\w)[Mm]edia\s+(?:[^\W\d_]+ale|[^\W\d_]+[ei]a|Ocse|OCSE|Ue|UE|[A-ZÀ-Ý]\w+)\Z")
_OF_SO_MANY = re.compile(r"\w+\s+(?P<noun>[^\W\d_].*?)\s+su\s")


def _is_empty(view: SentenceView, mention: Mention, word: str) -> bool:
    """Whether the noun behind a count says only that it is counted (*59 mila unità*, *a 23 mila punti*)."""
    if word.lower() in subject_words("empty_nouns"):
        return True
    if word.lower() not in load_table("subjects")["empty_nouns"]["levels"]:
        return False
    return opening(view, mention, "level") is not None


def numeric(view: SentenceView, token: Token) -> bool:
    """Whether a token belongs to a quantity, is a number, or the empty noun behind one (*59 mila unità*)."""
    place = view.start + token.idx
    if token.text.lower() == "quota" and any(other.start == place + len("quota ") for other in view.mentions):
        return True  # sopra quota 42 mila
    behind = next((other for other in view.mentions if other.end + 1 == place), None)
    if behind is not None and behind.kind == "count" and _is_empty(view, behind, token.text):
        return True
    return token.text[0].isdigit() or any(other.start <= place < other.end for other in view.mentions)


def counted(view: SentenceView, mention: Mention) -> Range | None:
    """``circa 2.400 imprese di …``, ``3 milioni di persone``: the phrase right of a count."""
    if mention.kind != "count" or _MEAN.match(view.text, mention.end):
        return None
    after_of = joint(view, mention)
    total = None if after_of is None else next((m for m in view.mentions if m.start == after_of), None)
    if total is not None and total.kind == "count":
        return counted(view, total)  # 131 delle 413 partite
    whole = next((m for m in view.mentions if m.start > mention.start), None)
    if whole is not None and whole.kind == "count" and view.text[mention.end : whole.start] == " su ":
        return counted(view, whole)  # 120 su 300 colpi
    if after_of is not None and (
        view.text[after_of].isdigit() or patterns()["of_one"].match(folded(view), mention.end - view.start)
    ):
        return None  # i 27 mila del 2023, gli 11 del bollettino precedente
    pos = mention.end if after_of is None else after_of
    if after_of is None and not view.text[pos : pos + 1].isspace():
        return None
    if _at_a_level(view, mention):
        return None
    if not view.parsed:
        found = surface_right(view.text, pos, view.end)
        return None if found is None or _is_empty(view, mention, view.text[found[0] : found[1]]) else found
    noun = _first_noun(view, pos, after_of is not None)
    if noun is None or _is_empty(view, mention, noun.text):
        return None
    low, high = noun_phrase(view, noun, (mention.start, mention.end))
    return (max(low, tidy(view.text, pos, high)[0]) if low < pos else low), high


_NEXT_WORD = re.compile(r"\s+(\w+)")


def _at_a_level(view: SentenceView, mention: Mention) -> bool:
    """``da quota 3 sale a 5``: the word behind is the verb."""
    low, high = inside(view, mention)
    following = _NEXT_WORD.match(folded(view), high)
    alike = following is not None and following[1] in subject_words("verbs_alike")
    return alike and word_before(folded(view), low) == "quota"


@per_lexicon
def _compounds() -> re.Pattern[str]:
    article = r"(?:(?:i|gli|le)\s+)?"
    return re.compile(rf"\s+{article}(?P<noun>{alternatives(load_table('subjects')['compounds']['words'])})(?!\w)")


def compound(view: SentenceView, mention: Mention) -> Range | None:
    """``sono 90.000 i senza tetto``: a noun that is made of a preposition and a noun."""
    found = _compounds().match(folded(view), mention.end - view.start) if mention.kind == "count" else None
    return None if found is None else (view.start + found.start("noun"), view.start + found.end("noun"))


def _first_noun(view: SentenceView, pos: int, after_of: bool) -> Token | None:
    """The noun that heads what begins at ``pos``: adjectives and participles may stand before it."""
    tokens = view.tokens(pos, view.end)
    if tokens and tokens[0].lower_ in subject_words("verbs_alike"):
        return tokens[0]  # tre sale da visita
    for token in tokens:
        if token.lower_ in ALONE:
            continue
        if token.pos_ in NOUNS and token.text[0].isalnum():
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
            if token.pos_ == "ADJ" and token.dep_ not in ("amod", "nummod") and token.head.pos_ not in NOUNS:
                return token if after_of or token.dep_ in ("nsubj", "obj", "root", "obl") else None
            continue
        return None
    return None


def of_so_many(view: SentenceView, mention: Mention) -> Range | None:
    """``un bambino su sette``: the noun inside the proportion."""
    found = _OF_SO_MANY.match(view.text, mention.start, mention.end) if mention.kind == "ratio" else None
    return None if found is None else found.span("noun")


def share(view: SentenceView, mention: Mention) -> Range | None:
    """``il 25% dei contribuenti``, ``la metà del totale``, ``40 milioni di euro di aiuti``.

    Not ``gli iscritti sono il 5% della popolazione``, nor ``per il 49% di Rossi``: the share is said of
    something else there.
    """
    if mention.kind in _SHARES and any(
        opening(view, mention, name) is not None for name in ("predicating", "compared")
    ):
        return None
    found = base(view, mention)
    if found is None or _is_dimension(view, mention, found):
        return None
    if mention.unit == "a" and view.text[found[0]].isupper() and _NAME_BEFORE.search(view.left(mention)):
        return None  # Pino Loi, 23 anni di Nuoro
    if not patterns()["of_one"].match(folded(view), mention.end - view.start):
        return found
    multiple = mention.kind == "ratio" and mention.value is not None and mention.value > 1
    return None if multiple and first_word(view, found) in subject_words("standards") else found


def _is_dimension(view: SentenceView, mention: Mention, found: Range) -> bool:
    """Whether *di* joins only how a measure is meant: *a 11 km di profondità*, *5 anni di reclusione*."""
    if mention.kind != "measure":
        return False
    word = first_word(view, found)
    spatial = load_table("subjects")["spatial"]
    if word in spatial["penalties"]:
        return opening(view, mention, "after") is None
    return word in spatial["never"] or (word in spatial["words"] and opening(view, mention, "at") is not None)


def base(view: SentenceView, mention: Mention) -> Range | None:
    """What *di* joins to a share or an amount, whatever the share is said of."""
    pos = None if mention.kind == "count" else joint(view, mention)
    if pos is None or (mention.kind in _SHARES and view.text[pos].isupper() and opening(view, mention, "degree")):
        return None
    total = next((m for m in view.mentions if m.start == pos), None)
    if total is not None:
        return counted(view, total)  # il 75% dei 300 seggi
    if not view.parsed:
        found = surface_right(view.text, pos, view.end)
        return None if found is None or is_time(view, found) else found
    noun = _first_noun(view, pos, True)
    if noun is None or noun.text.lower() in subject_words("time_nouns"):
        return None
    found = noun_phrase(view, noun, (mention.start, mention.end))
    return None if is_time(view, found) else found


def part_of(view: SentenceView, mention: Mention) -> Range | None:
    """``le auto vendute, delle quali 120 …``: what the relative takes up."""
    end = opening(view, mention, "partitive")
    return None if end is None else phrase_ending_at(view, end)


def described(view: SentenceView, mention: Mention) -> Range | None:
    """``una pista lunga 3 km``: the noun right before the adjective."""
    end = None if mention.kind not in ("measure", "count") else opening(view, mention, "dimension")
    if end is None:
        return None
    if view.parsed:
        adjective = next(iter(view.tokens(end, mention.start)), None)
        while adjective is not None and adjective.pos_ != "ADJ":
            adjective = adjective.head if adjective.head.i != adjective.i else None
        if adjective is not None and adjective.head.pos_ in NOUNS and not numeric(view, adjective.head):
            return noun_phrase(view, adjective.head, (mention.start, mention.end))
        return None
    return surface_phrase_before(view, _before_signs(view, end))


def topic(view: SentenceView, mention: Mention) -> Range | None:
    """``Per quanto riguarda gli affitti, al Sud sono …``: what the sentence announces to be about."""
    found = patterns()["topic"].match(folded(view), 0, mention.start - view.start)
    if found is None:
        return None
    phrase = surface_right(view.text, view.start + found.end(), mention.start)
    return None if phrase is None or is_time(view, phrase) else phrase


def _before_signs(view: SentenceView, end: int) -> int:
    while end > view.start and not view.text[end - 1].isalnum():
        end -= 1
    return end


def aged(view: SentenceView, mention: Mention) -> Range | None:
    """``Mario Rossi, 42 anni,``, ``bambini sotto i 5 anni``: whose age it is."""
    if mention.unit not in ("a", "mo"):
        return None
    end = opening(view, mention, "ages")
    if end is not None:
        found = phrase_ending_at(view, end)
        within = found is not None and any(found[0] <= m.start < found[1] for m in view.mentions)
        return None if found is None or within or is_time(view, found) else found
    name = _NAME_BEFORE.search(view.left(mention))
    if name is None or _OPEN_AFTER_AGE.match(view.text, mention.end, view.end):
        return None
    offset = mention.start - len(view.left(mention))
    low, high = tidy(view.text, offset + name.start("name"), offset + name.end("name"))
    own = name.group().endswith("di ") and word_before(folded(view), low - view.start) not in prepositions()
    holder = _holder(view, low) if view.parsed and not own else None
    return (low, high) if holder is None else noun_phrase(view, holder)


def _holder(view: SentenceView, position: int) -> Token | None:
    """The name that an apposition before ``position`` belongs to (*Rossi, sindaco di Pisa, 42 anni*)."""
    token = next(iter(view.tokens(position, position + 1)), None)
    while token is not None and token.head.i < token.i:
        if token.dep_ == "appos" and token.head.pos_ == "PROPN":
            return token.head
        token = token.head
    return None


def in_brackets(view: SentenceView, mention: Mention) -> Range | None:
    """``Eni (93,7 mld)``: the phrase before the bracket."""
    end = opening(view, mention, "bracket")
    if end is None:
        return None
    while end > view.start and view.text[end - 1].isspace():
        end -= 1
    if any(other.end == end for other in view.mentions):
        return None  # a conversion: the subject is that of the quantity before
    predicate = next(iter(view.tokens(end - 1, end)), None) if view.parsed else None
    subject = None if predicate is None else subject_of_predicate(predicate)
    if subject is not None and not numeric(view, subject):
        return noun_phrase(view, subject)  # Rossi è il primo del gruppo (12 voti)
    found = phrase_ending_at(view, end)
    if found is None or any(m.kind != "count" and found[0] <= m.start < found[1] for m in view.mentions):
        return None
    return found


def subject_of_predicate(token: Token) -> Token | None:
    """The name of which the noun that ``token`` is, or ends, is said (not *il primo Paese è l'India*)."""
    while token.head.i < token.i and token.dep_ in _INSIDE_PHRASE:
        token = token.head
    if token.pos_ != "NOUN" or not any(child.dep_ == "cop" for child in token.children):
        return None
    return next((c for c in token.children if c.dep_ == "nsubj" and c.pos_ == "PROPN" and c.i < token.i), None)


def compared(view: SentenceView, mention: Mention) -> Range | None:
    """``un'età inferiore ai cinque anni``, ``una dote pari a``: the phrase before the adjective."""
    end = opening(view, mention, "compared")
    if end is None:
        return None
    found = phrase_ending_at(view, _before_signs(view, end))
    return None if found is None else _whose_sum(view, at_property(view.text, found))


def before(view: SentenceView, mention: Mention) -> Range | None:
    """``un complesso da 2 miliardi``, ``appalti per 25 milioni``: the noun phrase that the preposition hangs on."""
    end = opening(view, mention, "hanging")
    if end is None or (mention.kind == "count" and mention.bare):
        return None
    if mention.kind in _SHARES and opening(view, mention, "degree") is not None:
        return None  # detenuto per il 49%: said of what is held
    if word_before(folded(view), end - view.start) in _not_before():
        return None  # all'età di 26 anni, il listino parte da 20 mila euro
    found = phrase_ending_at(view, end)
    if found is None or is_time(view, found):
        return None
    joined = folded(view)[end - view.start : mention.start - view.start]
    mean = _QUALIFIED_MEAN.search(view.text, found[0], found[1]) if mention.kind == "percentage" else None
    if mean is not None and joined.startswith(("d", "pari")):
        return mean.start(), found[1]  # sotto la media europea del 70%
    if "," in view.text[found[1] : end] and word_before(folded(view), found[0] - view.start) in prepositions():
        return None  # sono, a parere dei legali, di 12 milioni
    stretch = first_word(view, found) in load_table("times")["carriers"]["words"]
    if mention.unit in DURATIONS and _is_place(view, found) and (stretch or joined.startswith("per ")):
        return None  # nel corso di tre mesi, rinchiuso nel carcere di Pisa per tre mesi
    found = at_property(view.text, found)
    word = first_word(view, found)
    if (word in subject_words("carriers") or word in change_nouns()) and not joined.startswith("da "):
        return None
    return _whose_sum(view, found)


def _is_place(view: SentenceView, found: Range) -> bool:
    """Whether *in* stands before a phrase: then a duration is of what happens there."""
    return word_before(folded(view), found[0] - view.start) in load_table("subjects")["hanging"]["inside"]


@per_lexicon
def _joined_sum() -> re.Pattern[str]:
    return re.compile(rf"\s*,?\s+(?:{alternatives(load_table('subjects')['sums']['before'])})\s+(?:una?\s+|un')\Z")


def _whose_sum(view: SentenceView, found: Range) -> Range:
    """``una cauzione, per una somma pari a``: the phrase that an empty noun with a preposition hangs on."""
    if first_word(view, found) not in subject_words("sums"):
        return found
    joined = _joined_sum().search(folded(view), 0, found[0] - view.start)
    whole = None if joined is None else phrase_ending_at(view, view.start + joined.start())
    return found if whole is None or is_time(view, whole) else at_property(view.text, whole)


@per_lexicon
def _not_before() -> frozenset[str]:
    return subject_words("time_nouns") | frozenset(load_table("subjects")["hanging"]["not_behind"])


def _is_skipped(token: Token) -> bool:
    """Whether a token may stand between a phrase and what is said of it (*scosse, tutte comprese tra*)."""
    return token.pos_ in ("PUNCT", "SPACE", "ADV") or token.text.lower() in ("tutti", "tutte")


def phrase_ending_at(view: SentenceView, end: int) -> Range | None:
    """Return the noun phrase whose last word ends at ``end`` (signs and blanks before ``end`` are skipped).

    A noun with an indefinite article ends the climb to the head: it brings in something of its own
    (*il pagamento di una dote*).
    """
    if not view.parsed:
        return surface_phrase_before(view, end)
    token = next((t for t in reversed(view.tokens(view.start, end)) if not _is_skipped(t)), None)
    if token is None or token.pos_ not in (*NOUNS, "ADJ", "VERB"):
        return None
    head = token
    while head.head.i < head.i and head.dep_ in _INSIDE_PHRASE and head.head.pos_ in (*NOUNS, "ADJ", "VERB"):
        if numeric(view, head.head):
            break
        if head.pos_ in NOUNS and any(c.dep_ == "det" and "Ind" in c.morph.get("Definite", []) for c in head.children):
            break
        head = head.head
    if head.pos_ not in NOUNS or numeric(view, head):
        return None
    low, high = noun_phrase(view, head)
    return tidy(view.text, low, min(max(high, view.start + token.idx + len(token.text)), end))
