"""Subjects without a parse: a sentence cut into noun phrases and verbs by closed classes and endings.

In Italian news the grammatical subject mostly stands before its verb and without a preposition. So from
the number one goes back to the nearest verb, and from there to the nearest such phrase.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractor.claims.clauses import WordMemo, folded, noted
from extractor.claims.phrases import Range, at_property, change_nouns, of_words, subject_words, tidy
from extractor.claims.view import SentenceView
from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.quantities.context import function_words, prepositions
from extractor.quantities.mention import Mention

_TOKEN = re.compile(r"\w+(?:-\w+)*'?|[^\w\s]")
_PARTICIPLE = re.compile(r"\w+(?:[aiu]t|s|st|tt|rt|nt|lt)[oaie]\Z")
_INFINITIVE = re.compile(r"\w{2,}(?:[aei]r(?:e|si|l[oaie]|ne)|rre)\Z")
_GERUND = re.compile(r"\w{2,}[ae]ndo(?!\w)")
# Of verb forms, those that nouns and adjectives end in as well.
_NOUN_ENDING = re.compile(r"i|[aiu]?t[oaie]|s[oaie]|hi")
_CLITICS = ("si", "ne")
_HARD_SIGNS = frozenset(';:!?«»“”"()[]—–')
_NOT_OPENERS = frozenset({"a", "ad", "di", "da", "per"})


@dataclass(slots=True)
class Chunk:
    """A piece of a sentence; offsets count from the sentence's start.

    ``kind`` is ``np`` (a noun phrase), ``pp`` (one with a preposition), ``verb``, ``number``, ``that``
    (a relative or conjunction *che*), ``and``, ``comma`` or ``break``. ``determined`` says that an
    article stands before a phrase, ``bare`` that *a*, *di*, *da* or *per* does, without an article.
    """

    kind: str
    start: int
    end: int
    determined: bool = False
    bare: bool = False


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    table = load_table("function_words")
    return {name: frozenset(words) for name, words in table.items()}


@per_lexicon
def _verb_forms() -> frozenset[str]:
    """Whole verb forms that are no nouns or participles."""
    table = load_table("subjects")["verbs"]
    changes, modifiers = load_table("changes"), load_table("modifiers")
    endings = {
        name: [ending for ending in all_of_it if not _NOUN_ENDING.fullmatch(ending)]
        for name, all_of_it in (modifiers["verb_endings"] | changes["endings"]).items()
    }
    entries = list(table["stems"])
    for direction in ("increase", "decrease"):
        entries += changes["verbs"][direction] + changes["object_verbs"][direction]
    for row in modifiers["modifier"]:
        entries += row.get("verbs", [])
    forms = set(table["forms"])
    for entry in entries:
        stem, _, rest = entry.partition(":")
        forms.update(stem + ending for ending in endings[rest.partition(" ")[0]])
    return frozenset(forms)


@per_lexicon
def _verb_ending() -> re.Pattern[str]:
    """Endings that only verbs have."""
    return re.compile(rf"\w{{2,}}(?:{'|'.join(load_table('subjects')['verbs']['endings'])})\Z")


@per_lexicon
def _verbs() -> WordMemo[bool]:
    auxiliaries, nouns = _classes()["auxiliaries"], frozenset(load_table("subjects")["verbs"]["nouns"])
    forms, ending = _verb_forms(), _verb_ending()

    def is_one(word: str) -> bool:
        if word in auxiliaries:
            return True
        if word in nouns:
            return False
        if word in forms or (word.endswith(_CLITICS) and word[:-2] in forms):
            return True
        return ending.match(word) is not None or (len(word) > 4 and word.endswith("ò"))

    return WordMemo(is_one)


def is_verb(word: str) -> bool:
    """Whether a word (in lower case) is a finite verb or a gerund by the table or by its ending."""
    return _verbs()[word]


def is_infinitive(word: str) -> bool:
    """Whether a word (in lower case) looks like an infinitive."""
    return _INFINITIVE.match(word) is not None and word not in load_table("subjects")["verbs"]["nouns"]


def chunks(view: SentenceView) -> list[Chunk]:
    """Return the pieces of a sentence in order (made once a sentence)."""
    return noted(view, "chunks", lambda: _cut(view))


@dataclass(frozen=True, slots=True)
class _Word:
    """What a token is by itself, whatever stands around it.

    ``sort`` is ``break``, ``comma`` or ``sign`` for a sign, ``preposition``, ``article``, ``closed`` for another word
    of the closed classes, ``word`` for the rest; ``of`` marks the prepositions that go on with a phrase.
    """

    sort: str
    of: bool = False
    bare: bool = False
    finite: bool = False
    participle: bool = False
    infinitive: bool = False


_PLAIN = _Word("word")


@per_lexicon
def _words() -> WordMemo[_Word]:
    ofs, before, articles = of_words(), prepositions(), _classes()["articles"]
    closed_class = function_words() | subject_words("compared")
    is_finite = _verbs()

    def look_at(word: str) -> _Word:
        if not word[0].isalnum():
            return _Word("break" if word in _HARD_SIGNS else "comma" if word == "," else "sign")
        plain = word.rstrip("'")
        of = plain in ofs
        if plain in before:
            return _Word("preposition", of, bare=plain in _NOT_OPENERS)
        if plain in articles and (word.endswith("'") or plain != "l"):
            return _Word("article", of)
        closed = plain in closed_class or (plain.endswith("mente") and len(plain) > 7)
        participle, infinitive = _PARTICIPLE.match(word) is not None, is_infinitive(word)
        if not (closed or of or is_finite[word] or participle or infinitive):
            return _PLAIN
        return _Word("closed" if closed else "word", of, False, is_finite[word], participle, infinitive)

    return WordMemo(look_at)


def _cut(view: SentenceView) -> list[Chunk]:
    text, words = folded(view), _words()
    spans = [(m.start - view.start, m.end - view.start) for m in view.mentions]
    pieces: list[Chunk] = []
    opener, joins, open_phrase = "", False, False
    number = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        while number < len(spans) and start >= spans[number][1]:
            number += 1
        if number < len(spans) and end > spans[number][0]:
            if not pieces or pieces[-1].kind != "number" or pieces[-1].start != spans[number][0]:
                pieces.append(Chunk("number", *spans[number]))
            opener, joins, open_phrase = "", False, False
            continue
        token = match.group()
        word = words[token]
        sort = word.sort
        if sort == "sign":
            continue
        if sort in ("break", "comma"):
            pieces.append(Chunk(sort, start, end))
            opener, joins, open_phrase = "", False, False
            continue
        if word.of and open_phrase and pieces[-1].kind in ("np", "pp"):
            joins = True
            continue
        if sort == "preposition":
            opener, joins, open_phrase = ("of" if word.bare else "prep"), False, False
            continue
        if sort == "article":
            opener = opener if opener in ("prep", "of") and not open_phrase else "article"
            opener = "prep" if opener == "of" else opener
            open_phrase = joins and open_phrase
            continue
        if (
            (word.infinitive and _is_infinitive(opener, pieces))
            or (word.finite and opener not in ("prep", "article") and not joins)
            or (word.participle and not opener and _after_auxiliary(pieces, text, start))
        ):
            if pieces and pieces[-1].kind == "verb" and opener in ("", "of"):
                pieces[-1].end = end
            else:
                pieces.append(Chunk("verb", start, end))
            opener, joins, open_phrase = "", False, False
            continue
        if sort == "closed":
            kind = _conjunction(token.rstrip("'"), opener)
            if kind:
                pieces.append(Chunk(kind, start, end))
            opener, joins, open_phrase = "", False, False
            continue
        if open_phrase and pieces[-1].kind in ("np", "pp"):
            pieces[-1].end = end
        else:
            kind = "pp" if opener in ("prep", "of") else "np"
            pieces.append(Chunk(kind, start, end, opener == "article", opener == "of"))
        opener, joins, open_phrase = "", False, True
    return pieces


def _conjunction(word: str, opener: str) -> str:
    if word in ("che", "cui"):
        return "" if opener else "that"  # il cui capitale
    if word in ("e", "ed", "o"):
        return "and"
    return "break" if word in subject_words("clause_openers") else ""


def _is_infinitive(opener: str, pieces: list[Chunk]) -> bool:
    """Whether a word that looks like an infinitive is one: behind a bare preposition or a verb."""
    return opener == "of" or (not opener and bool(pieces) and pieces[-1].kind == "verb")


def _after_auxiliary(pieces: list[Chunk], text: str, position: int) -> bool:
    """Whether the last piece is a verb that ends in an auxiliary, with adverbs at most in between."""
    if not pieces or pieces[-1].kind != "verb" or position - pieces[-1].end > 24:
        return False
    last = text[pieces[-1].start : pieces[-1].end].split()[-1]
    return last in _classes()["auxiliaries"]


def clause_subject(view: SentenceView, mention: Mention) -> Range | None:
    """Return the phrase that the verb before the number is about, or the nearest where there is no verb."""
    pieces = chunks(view)
    place = next((i for i, piece in enumerate(pieces) if piece.end > mention.start - view.start), len(pieces))
    begin = max((i + 1 for i in range(place) if pieces[i].kind == "break"), default=0)
    verb = next((i for i in range(place - 1, begin - 1, -1) if pieces[i].kind == "verb"), None)
    if verb is None:
        return _last(view, pieces, begin, place) or _after(view, pieces, place)
    if verb + 1 < place:
        found = _last(view, pieces, verb + 1, place, kinds=("np",))
        if found is not None:
            return found
    if _causes(view, pieces[verb]):
        found = _after(view, pieces, place)
        if found is not None:
            return found
    return (
        _before_verb(view, pieces, begin, verb)
        or _after(view, pieces, place)
        or _last(view, pieces, begin, verb)
        or _last(view, pieces, verb + 1, place)
    )


def adjacent_subject(view: SentenceView, mention: Mention) -> Range | None:
    """``a ottobre gli occupati sono saliti a 24 milioni``: the phrase between the clause's edge and the verb.

    The verb stands right before the figure, and before it nothing but the subject with its complements:
    no parse is needed where the order is as plain as that.
    """
    pieces = chunks(view)
    place = next((i for i, piece in enumerate(pieces) if piece.end > mention.start - view.start), len(pieces))
    verb = place - 1
    if verb < 1 or pieces[verb].kind != "verb":
        return None
    low = verb
    while low and pieces[low - 1].kind in ("np", "pp", "and"):
        low -= 1
    if low and pieces[low - 1].kind in ("verb", "number", "that"):  # objects of another verb, up to the last *e*
        low = max((i for i in range(low, verb) if pieces[i].kind == "and"), default=verb)
        if low and pieces[low - 1].kind == "that":
            return None
    if _causes(view, pieces[verb]) or _has_object(view, pieces[verb]):
        return None
    phrases = [piece for piece in pieces[low:verb] if piece.kind == "np"]
    if any(_GERUND.match(folded(view), piece.start) for piece in phrases):
        return None
    subject = next((p for p in phrases if p.determined), next((p for p in phrases if _capital(view, p)), None))
    if subject is None or phrase_of(view, subject, changes=True) is None:
        return None
    return tidy(view.text, view.start + subject.start, view.start + subject.end)


def _has_object(view: SentenceView, verb: Chunk) -> bool:
    """Whether a verb ends in an infinitive that only a modal would join to the subject (*riesce a ridurre*)."""
    words = folded(view)[verb.start : verb.end].split()
    return _INFINITIVE.match(words[-1]) is not None and not words[0].startswith(("pot", "può", "poss", "dov", "dev"))


def _capital(view: SentenceView, piece: Chunk) -> bool:
    return view.sentence[piece.start].isupper()


def surface_phrase_before(view: SentenceView, end: int) -> Range | None:
    """Return the noun phrase that ends at ``end``, signs and blanks skipped: without a parse.

    A phrase with a preposition leads back to the one that it hangs on (*la spesa per la difesa di …*).
    """
    pieces = chunks(view)
    index = next((i for i in range(len(pieces) - 1, -1, -1) if pieces[i].start < end - view.start), None)
    if index is not None and pieces[index].kind == "comma":
        index -= 1
    if index is None or index < 0 or pieces[index].kind not in ("np", "pp"):
        return None
    low = index
    while pieces[low].kind == "pp" and not pieces[low].bare and low and pieces[low - 1].kind in ("np", "pp"):
        low -= 1
    return tidy(view.text, view.start + pieces[low].start, min(end, view.start + pieces[index].end))


def _causes(view: SentenceView, verb: Chunk) -> bool:
    stems = tuple(load_table("subjects")["causative"]["stems"])
    return folded(view)[verb.start : verb.end].split()[-1].startswith(stems)


def _before_verb(view: SentenceView, pieces: list[Chunk], begin: int, verb: int) -> Range | None:
    if verb > begin and pieces[verb - 1].kind == "that":
        return _last(view, pieces, max(begin, verb - 4), verb - 1, kinds=("np", "pp"))
    joined = False
    index = verb - 1
    while index >= begin:
        piece = pieces[index]
        if piece.kind == "that":
            return None
        joined = joined or piece.kind == "and"
        if piece.kind == "np":
            earlier = index - 1
            while earlier >= begin and pieces[earlier].kind in ("pp", "number", "np"):
                earlier -= 1
            if not (joined and earlier >= begin and pieces[earlier].kind == "verb"):
                found = phrase_of(view, piece)
                if found is not None:
                    return found
        index -= 1
    return None


def _last(
    view: SentenceView, pieces: list[Chunk], low: int, high: int, kinds: tuple[str, ...] = ("np", "pp")
) -> Range | None:
    """The last phrase of ``pieces[low:high]``, one without a preposition first."""
    for group in (("np",), ("pp",)) if len(kinds) > 1 and high - low > 2 else (kinds,):
        for index in range(high - 1, low - 1, -1):
            found = phrase_of(view, pieces[index]) if pieces[index].kind in group else None
            if found is not None:
                return found
    return None


def _after(view: SentenceView, pieces: list[Chunk], place: int) -> Range | None:
    """The phrase with an article right behind the number (*è cresciuto del 5% il fatturato*)."""
    following = pieces[place + 1] if place + 1 < len(pieces) else None
    if following is None or following.kind != "np" or not following.determined:
        return None
    return phrase_of(view, following)


@per_lexicon
def _size() -> re.Pattern[str]:
    """Adjectives of size (*la diga è profonda 40 metri*)."""
    return re.compile(rf"(?:{'|'.join(load_table('subjects')['dimensions']['stems'])})[oaie]")


def _is_number(view: SentenceView, piece: Chunk) -> bool:
    low, high = view.start + piece.start, view.start + piece.end
    return any(m.start < high and m.end > low for m in view.mentions)


def phrase_of(view: SentenceView, piece: Chunk, changes: bool = False) -> Range | None:
    """The phrase of a piece, at its property; None for numbers, times, and for empty nouns.

    Args:
        changes: whether nouns of change and those that only carry a figure will do.
    """
    low, high = at_property(view.text, tidy(view.text, view.start + piece.start, view.start + piece.end))
    words = re.findall(r"\w+", folded(view)[low - view.start : high - view.start])
    if (
        not words
        or words[0][0].isdigit()
        or _is_number(view, piece)
        or words[0] in subject_words("time_nouns")
        or words[0] in subject_words("empty_nouns")
        or (len(words) == 1 and _size().fullmatch(words[0]))
    ):
        return None
    bare = words[0] in change_nouns() or words[0] in subject_words("carriers")
    return None if bare and not changes else (low, high)
