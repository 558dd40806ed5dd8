"""The modality: whether a quantity is stated as a fact, a forecast, an aim, a case, or denied.

Words stand in ``lexicon/modalities.toml``. What they govern is read off the parse where there is one
(:func:`~extractor.claims.clauses.reaches`), else off the signs and words that begin clauses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from extractor.claims.clauses import (
    WordMemo,
    alternatives,
    bracket_of,
    count_between,
    folded,
    governors,
    hard_breaks,
    inside,
    is_given,
    noted,
    reaches,
    soft_breaks,
    words_in,
)
from extractor.claims.keypieces import key_piece
from extractor.claims.moves import is_left
from extractor.claims.subject_clause import chunks, is_infinitive
from extractor.claims.view import SentenceView
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention
from extractor.quantities.placing import DURATIONS

if TYPE_CHECKING:
    from spacy.tokens import Token

# Denial first, since `non ci sono` may stand in a forecast; an aim is more than the forecast that it implies.
_ORDER = ("negated", "hypothetical", "target", "forecast")
_SORTS = ("govern", "open", "wills", "conditions")
_REACH = 160
_BEHIND = 3
_AND_THAT = re.compile(r"\s+(?:[^\W\d_]+\s+){0,2}?che(?!\w)")
_WORD = re.compile(r"\w+")
_COMMA = re.compile(r",(?!\d)")
_CLAUSE_OPENS = re.compile(r"(?:\A|[,;:(«“\"–—-])\W*(?:(?:e|ed|ma|però|anche|solo)\s+)*\Z")
_FINITE_ENDING = re.compile(r"(?:r(?:à|anno|emo)|rebbe(?:ro)?)\Z")
_OPEN_RELATIVE = re.compile(r",\s+(?:che|cui|dove|i\s+quali|le\s+quali)\s[^,]*\Z")
_INSTEAD = re.compile(r"\w(?:,|\s+ed?)\s+\Z")
_ONLY_ONE = re.compile(r"\s+sol[oa](?!\w)")
_NEAR = 12
_BUT = re.compile(r"(?:\s+[^\W\d_]+){0,3},?\s+(?:ma|bensì)(?!\w)")


@dataclass(frozen=True, slots=True)
class _Words:
    govern: re.Pattern[str] | None
    open: re.Pattern[str]
    behind: re.Pattern[str] | None
    wills: re.Pattern[str] | None
    conditions: re.Pattern[str] | None
    adjacent: re.Pattern[str] | None
    against: re.Pattern[str] | None
    not_one: re.Pattern[str] | None
    withdrawn: re.Pattern[str] | None
    hearsay: re.Pattern[str] | None
    unreal: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class _Trigger:
    """Where a word of modality stands, counted from the sentence's start; ``sort`` is the row of the table."""

    low: int
    high: int
    sort: str

    @property
    def opens(self) -> bool:
        """Whether it reaches into a clause with *che*."""
        return self.sort in ("open", "wills")


def _whole(entries: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(entries)})(?!\w)".replace(" ", r"\s+"))


def _compiled(entries: Sequence[str]) -> re.Pattern[str] | None:
    return _whole(entries) if entries else None


def _opening(rows: Mapping[str, Any]) -> list[str]:
    """What opens a clause of a modality, the endings of the future among it."""
    return [*rows["open"], *([rows["future"]] if "future" in rows else [])]


@lru_cache(maxsize=1)
def _words() -> dict[str, _Words]:
    table = load_table("modalities")
    result = {}
    for name in _ORDER:
        rows = table[name]
        result[name] = _Words(
            _compiled(rows.get("govern", [])),
            _whole(_opening(rows)),
            _compiled(rows.get("behind", [])),
            _compiled(rows.get("wills", [])),
            _compiled(rows.get("conditions", [])),
            _compiled(rows.get("adjacent", [])),
            _compiled(rows.get("against", [])),
            _compiled(rows.get("not_one", [])),
            _compiled(rows.get("not", [])),
            _compiled(rows.get("hearsay", [])),
            _compiled(rows.get("unreal", [])),
        )
    return result


_NOTHING: frozenset[tuple[str, str]] = frozenset()


@lru_cache(maxsize=1)
def _told() -> WordMemo[frozenset[tuple[str, str]]]:
    """Which modalities a sentence with a word may have, and by which rows of their tables."""
    patterns = {}
    for name in _ORDER:
        row = load_table("modalities")[name]
        for sort in (*_SORTS, "adjacent", "against", "not_one"):
            entries = _opening(row) if sort == "open" else row.get(sort, ())
            if entries:
                patterns[name, sort] = re.compile("|".join(map(key_piece, entries)))
    any_of_them = re.compile("|".join(pattern.pattern for pattern in patterns.values()))

    def told(word: str) -> frozenset[tuple[str, str]]:
        if any_of_them.fullmatch(word) is None:
            return _NOTHING
        return frozenset(key for key, pattern in patterns.items() if pattern.fullmatch(word))

    return WordMemo(told)


def _possible(view: SentenceView) -> frozenset[tuple[str, str]]:
    """The modalities that the sentence has a word of, and the rows of their tables: most have none."""

    def find() -> frozenset[tuple[str, str]]:
        told = _told()
        return frozenset().union(*[keys for word in words_in(view) if (keys := told[word])])

    return noted(view, "modal", find)


def modality_of(view: SentenceView, mention: Mention) -> tuple[str, str]:
    """Return the modality of a quantity and the name of its rule (``asserted`` and "" by default)."""
    possible = _possible(view)
    if not possible or _presupposed(view, mention):
        return "asserted", ""
    names = {name for name, _ in possible}
    for name in _ORDER:
        if name not in names:
            continue
        if _denied(view, mention, name) or any(_governs(view, t, mention) for t in _triggers(view, name)):
            return name, f"modality.{name}"
        if not view.parsed and _stands_behind(view, mention, name):
            return name, f"modality.{name}"
    return "asserted", ""


def _triggers(view: SentenceView, name: str) -> list[_Trigger]:
    def find() -> list[_Trigger]:
        text, words = folded(view), _words()[name]
        found: list[_Trigger] = []
        for sort in _SORTS:
            pattern: re.Pattern[str] | None = getattr(words, sort)
            for match in pattern.finditer(text) if pattern and (name, sort) in _possible(view) else ():
                found.append(_Trigger(match.start(), match.end(), sort))
        withdrawn = [m.span() for m in words.withdrawn.finditer(text)] if found and words.withdrawn else []
        if found and words.hearsay and words.unreal:
            unreal = words.unreal.search(text)
            withdrawn += [
                m.span() for m in words.hearsay.finditer(text) if unreal is None or m.start() < unreal.start()
            ]
        return [t for t in found if not any(low < t.high and t.low < high for low, high in withdrawn)]

    return noted(view, f"modality.{name}", find)


def _governs(view: SentenceView, trigger: _Trigger, mention: Mention) -> bool:
    low, high = inside(view, mention)
    if trigger.low < high and low < trigger.high:
        return trigger.opens and mention.kind == "ratio"  # a verb that is the quantity (raddoppierà)
    bracket = bracket_of(view, trigger.low, trigger.high)
    if bracket is not None and not bracket[0] < low < bracket[1]:
        return False
    if high <= trigger.low and folded(view).count(",", high, trigger.low) == 1:
        return False  # a fronted adjunct (contro i 5 miliardi di oggi, la previsione è di 6)
    if trigger.sort == "conditions":
        return _conditioned(view, trigger, mention)
    return _in_parse(view, trigger, mention) if view.parsed else _in_clause(view, trigger, mention)


def _conditioned(view: SentenceView, trigger: _Trigger, mention: Mention) -> bool:
    """``un premio del 10% in caso di vittoria``, ``In caso di pioggia l'ingresso costa 5 euro``.

    A condition that opens its clause reaches it, over a comma; one behind its clause what stands before it up to the
    next comma, and no other item of a list.
    """
    (low, high), text = inside(view, mention), folded(view)
    if high <= trigger.low:
        between = text[high : trigger.low].rstrip(" ,")
        return not _COMMA.search(between) and not _parted(view, high, trigger.low - 2)
    opened = _CLAUSE_OPENS.search(text, 0, trigger.low) is not None
    if opened and view.parsed and _in_parse(view, trigger, mention):
        return True
    return not _parted(view, trigger.high, low, soft=opened) and (opened or not _COMMA.search(text, trigger.high, low))


def _parted(view: SentenceView, low: int, high: int, *, soft: bool = True) -> bool:
    """Whether a sign that parts main clauses, or the beginning of another clause, stands between two places."""
    return bool(count_between(hard_breaks(view), low, high) or (soft and count_between(soft_breaks(view), low, high)))


def _in_parse(view: SentenceView, trigger: _Trigger, mention: Mention) -> bool:
    head = view.head(mention)
    if head is None:
        return False
    members = view.tokens(view.start + trigger.low, view.start + trigger.high)
    if trigger.sort == "wills" and mention.start < view.start + trigger.low and _is_subject(members, head):
        return False  # quattro comuni hanno chiesto un rinvio
    if _FINITE_ENDING.search(folded(view), trigger.low, trigger.high) and _is_set_off(view, trigger, mention):
        return False  # il numero potrebbe crescere: controllato un edificio su cinque
    return any(reaches(token, head) or _qualifies(token, head) for token in members if token.pos_ not in ("ADP", "DET"))


def _is_set_off(view: SentenceView, trigger: _Trigger, mention: Mention) -> bool:
    """Whether a quantity stands in a relative clause behind a comma, or behind a colon with words before it there.

    Right behind a colon it is what the verb tells of (*salirà: 300 posti*).
    """
    low = inside(view, mention)[0]
    if _OPEN_RELATIVE.search(folded(view), trigger.high, low) is not None:
        return True  # salirà a 110 euro la bolletta, che oggi è di 90
    between = [at for at in hard_breaks(view) if trigger.high <= at < low]
    return bool(between) and bool(_WORD.search(folded(view), between[-1], low))


def _qualifies(word: Token, token: Token) -> bool:
    """Whether a word like *possibile* stands beside a noun that governs a token (*un possibile rincaro del 10%*).

    Or beside the subject of what the token predicates (*il costo previsto è di 10 milioni*).
    """
    if word.dep_ not in ("amod", "acl") or not word.lower_.startswith(
        tuple(load_table("modalities")["attributes"]["stems"])
    ):
        return False
    noun, chain = word.head, {t.i for t in governors(token)}
    if noun.i in chain:
        return abs(word.i - noun.i) == 1
    predicated = noun.dep_ == "nsubj" and noun.head.i in chain
    return predicated and any(child.dep_ == "cop" for child in noun.head.children)


def _is_subject(verb: Sequence[Token], token: Token) -> bool:
    """Whether a token belongs to the subject of a verb."""
    places = {place.i for member in verb for place in ((member, member.head) if member.dep_ == "aux" else (member,))}
    return any(t.dep_ == "nsubj" and t.head.i in places for t in governors(token))


def _in_clause(view: SentenceView, trigger: _Trigger, mention: Mention) -> bool:
    start, text = inside(view, mention)[0], folded(view)
    if not trigger.high <= start <= trigger.high + _REACH:
        return False
    begin = trigger.high
    if trigger.opens and (that := _AND_THAT.match(text, begin)) is not None and that.end() <= start:
        begin = that.end()
    return not _parted(view, begin, start) and not _has_own_verb(view, trigger, start)


def _has_own_verb(view: SentenceView, trigger: _Trigger, start: int) -> bool:
    """Whether a later clause has what stands at ``start``.

    A verb behind *e* begins one (*assumerà 30 operai e oggi ne conta 400*), and so does the verb right behind the
    comma that closes the relative clause of the trigger (*il vertice, che durerà a lungo, riunisce 40 ministri*).
    """
    pieces = [piece for piece in chunks(view) if piece.end <= start]
    after, text = [piece for piece in pieces if piece.start >= trigger.high], folded(view)
    relative = False
    for piece in pieces:
        if piece.start >= trigger.low:
            break
        relative = piece.kind == "that" or (relative and piece.kind not in ("comma", "break"))
    for index, piece in enumerate(after):
        if piece.kind == "comma" and relative and after[index + 1 : index + 2] and after[index + 1].kind == "verb":
            return True
        finite = (p for p in after[index:] if p.kind == "verb" and not is_infinitive(text[p.start : p.end].split()[0]))
        if piece.kind == "and" and next(finite, None) is not None:
            return _FINITE_ENDING.search(text, trigger.low, trigger.high) is not None
    return False


def _stands_behind(view: SentenceView, mention: Mention, name: str) -> bool:
    words, text, end = _words()[name], folded(view), inside(view, mention)[1]
    found = words.behind.search(text, end) if words.behind else None
    if found is None or not any(t.low <= found.start() < t.high for t in _triggers(view, name)):
        return False
    gap = text[end : found.start()]
    for piece in reversed([piece for piece in chunks(view) if piece.end <= inside(view, mention)[0]]):
        if piece.kind == "verb":
            return False  # ha 300 soci e ne avrà 500
        if piece.kind in ("comma", "break", "that"):
            break
    return (
        len(_WORD.findall(gap)) <= _BEHIND
        and not re.search(r"[.,;:()]", gap)
        and not count_between(soft_breaks(view), end, found.start())
    )


def _denied(view: SentenceView, mention: Mention, name: str) -> bool:
    words = _words()[name]
    if words.adjacent is None or words_in(view).isdisjoint(("non", "senza")):
        return False
    text, (start, end) = folded(view), inside(view, mention)
    for match in words.against.finditer(text, max(0, start - 20), start) if words.against else ():
        opposed = _BUT.match(text, end) or _INSTEAD.search(text, 0, match.start())
        if opposed and not text[match.end() : start].strip():
            return True
    if words.not_one is not None and mention.value == 1 and _ONLY_ONE.match(text, end):
        before = text[max(0, start - _NEAR) : start].rstrip()
        if any(m.end() == len(before) for m in words.not_one.finditer(before)):
            return True
    return any(
        re.fullmatch(r"\s+(?:(?!che\s)\w+\s+)?", text[m.end() : start]) is not None
        for m in words.adjacent.finditer(text, max(0, start - 60), start)
    )


_NAME = re.compile(r"(?<!\ba )(?<!\bin )(?<![^\W\d_])[A-ZÀ-Ý][\w'’-]*\s?[(,]\s*(?:di\s+)?\Z")


def _is_age(view: SentenceView, mention: Mention) -> bool:
    """``Nicola Bassi (7 anni) canterà``, ``Nicola Bassi, 7 anni, canterà``: an age set off behind a name."""
    if mention.unit not in ("a", "mo"):
        return False
    low, high = inside(view, mention)
    before = _NAME.search(view.sentence, max(0, low - 40), low)
    closing = view.sentence[high : high + 1]
    return before is not None and closing == (")" if "(" in before.group() else ",")


@lru_cache(maxsize=1)
def _past_span() -> re.Pattern[str]:
    before = alternatives(load_table("modalities")["spans"]["before"])
    definite = alternatives(load_table("clauses")["definite"]["words"])
    return re.compile(rf"(?<!\w)(?:{before})\s+(?:{definite})\s+\Z")


def _is_past_span(view: SentenceView, mention: Mention) -> bool:
    """``al termine dei 10 mesi sarà espulso``: the span is one that is known."""
    if mention.unit not in DURATIONS:
        return False
    start = inside(view, mention)[0]
    return _past_span().search(folded(view), max(0, start - 40), start) is not None


def _presupposed(view: SentenceView, mention: Mention) -> bool:
    """Whether the quantity is given, whatever is said of what it belongs to.

    A definite count (*le sedi delle 20 società*) is, and so are the age of a person, beside the name, and the level
    that a move starts from (*salirà da 5 a 8 euro*).
    """
    return is_given(view, mention) or _is_age(view, mention) or _is_past_span(view, mention) or is_left(view, mention)
