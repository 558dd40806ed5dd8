"""The modifier: how the text bounds or blurs a number (*circa*, *oltre*, *non supera*).

Words stand in ``lexicon/modifiers.toml`` with the side they govern from. A phrase governs the quantity
next to it and no other, so scope needs no more than adjacency: between the two only articles,
prepositions and a few set words may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from extractor.claims.view import SentenceView
from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention
from extractor.quantities.trie import trie

# Keys of the table's rows for words that govern quantities of some kinds only.
_KINDS = {
    "before_measure": frozenset({"measure"}),
    "before_amounts": frozenset({"count", "money", "measure", "ratio"}),
    "before_sums": frozenset({"money"}),
}
_B = r"\s+"
_CONTRACTED = re.compile(r"(?: |^)(ad?|di|da)$")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Where modifiers stand, and the name of the row that each phrase is from."""

    left: re.Pattern[str]
    right: re.Pattern[str]
    passive: re.Pattern[str]
    names: dict[str, str]
    names_after: dict[str, str]

    def name(self, found: re.Match[str]) -> str | None:
        """The name of the row of what was found, with ``@`` and the key that limits it; None for a floating adverb."""
        names = self.names if found.re is self.left else self.names_after
        return None if found["phrase"] is None else names[_plain(found["phrase"])]


def _plain(phrase: str) -> str:
    """A phrase as the table spells it; where accents cannot be typed, *piu'* is *più*."""
    return _ACCENT.sub("ù", " ".join(phrase.lower().replace("’", "'").split()))


_ACCENT = re.compile(r"u'(?!\w)")


def _any_of(phrases: Iterable[str]) -> str:
    return trie(phrases, escape=_spelt)


def _contracted(phrases: Iterable[str], contractions: dict[str, list[str]]) -> str:
    """Any of some phrases with any form of its last preposition; phrases of one preposition share a pattern of it.

    Plain phrases are tried last: what is one with an article is a longer phrase as well (*oltre la soglia di*).
    """
    heads: dict[str, list[str]] = {}
    for phrase in phrases:
        last = _CONTRACTED.search(phrase)
        heads.setdefault(last[1] if last else "", []).append(phrase[: last.start(1)] if last else phrase)
    return "|".join(
        _any_of(heads[last]) + _any_of(contractions.get(last, ())) for last in (*contractions, "") if last in heads
    )


def _spelt(character: str) -> str:
    return {" ": _B, "'": "['’]", "ù": "(?:ù|u['’])"}.get(character) or re.escape(character)


def _spelt_out(phrase: str, contractions: dict[str, list[str]]) -> list[str]:
    """A phrase with each form of its last preposition (*più dei*)."""
    last = _CONTRACTED.search(phrase)
    return [phrase] if last is None else [phrase[: last.start(1)] + form for form in contractions[last[1]]]


def _names(phrases: dict[str, str], contractions: dict[str, list[str]]) -> dict[str, str]:
    names: dict[str, str] = {}
    for phrase, name in phrases.items():
        for form in _spelt_out(phrase, contractions):
            names.setdefault(form, name)
    return names


def _forms(verb: str, table: dict[str, Any]) -> list[str]:
    """The forms of a verb."""
    stem, conjugation = verb.split(":")
    return [stem + ending for ending in table["verb_endings"][conjugation]]


@per_lexicon
def _patterns() -> _Patterns:
    table = load_table("modifiers")
    contractions = table["contractions"]
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for row in table["modifier"]:
        for key in ("before", *_KINDS):
            limited = row["name"] if key == "before" else f"{row['name']}@{key}"
            for phrase in row.get(key, ()):
                before.setdefault(phrase, limited)
        for verb in row.get("verbs", ()):
            for form in _forms(verb, table):
                before.setdefault(form, row["name"])
        for phrase in row.get("after", ()):
            after.setdefault(phrase, row["name"])
    for phrase in table["not_modifiers"]["phrases"]:
        before.setdefault(phrase, "none")
    articles = _any_of(table["between"]["articles"])
    carried = "|".join(table["floating"]["prepositions"])
    gap = rf"(?:(?<=['’])|(?<=[~≈<>≥≤]){_B}?|{_B})"
    # the longest phrase is tried first, so that `non più di` is seen before `più di`; a negation before a verb turns it
    left = re.compile(
        rf"(?<!\w)(?:(?P<negation>{'|'.join(table['negation']['words'])}){_B}(?:(?:ha|hanno|è|sono|aveva|avevano|avrebbe|si|ancora|mai|più){_B}){{0,3}})??"
        rf"(?:(?P<floating>{_any_of(table['floating']['words'])}){_B}(?:{carried})|"
        rf"(?P<phrase>{_contracted(before, contractions)}))"
        rf"(?:{gap}(?:{articles})){{0,2}}(?:{_B}|(?<=['’])|(?<=[~≈<>≥≤]))\Z",
        re.IGNORECASE,
    )
    right = re.compile(rf"{_B}(?P<phrase>{_contracted(after, contractions)})(?!\w)", re.IGNORECASE)
    passive = re.compile(
        rf"[^.;,:]{{0,24}}?{_B}(?:{table['passive']['more_than'].replace(' ', _B)})(?!\w)", re.IGNORECASE
    )
    return _Patterns(left, right, passive, _names(before, contractions), _names(after, contractions))


_PIECE = re.compile(r"[^\W\d_]+['’]?|\S")


@dataclass(frozen=True, slots=True)
class _Endings:
    """How the words of a modifier on the left end: what stands before a number is mostly none of them."""

    lone: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    articles: frozenset[str]

    def fit(self, left: str) -> bool:
        """Whether a modifier may stand at the end of a text, with nothing but articles and the like behind it."""
        pieces = _PIECE.findall(left[-_TWO_WORDS:].lower().replace("’", "'").replace("u'", "ù"))
        while pieces:
            last = pieces.pop()
            if last in self.lone or (pieces and (pieces[-1], last) in self.pairs):
                return True
            if last not in self.articles:
                return False
        return False


@per_lexicon
def _endings() -> _Endings:
    table = load_table("modifiers")
    floating = table["floating"]
    carried = [f"{word} {preposition}" for word in floating["words"] for preposition in floating["prepositions"]]
    phrases = [_PIECE.findall(phrase) for phrase in (*_patterns().names, *carried)]
    return _Endings(
        frozenset(pieces[-1] for pieces in phrases if len(pieces) == 1),
        frozenset((pieces[-2], pieces[-1]) for pieces in phrases if len(pieces) > 1),
        frozenset(piece for article in table["between"]["articles"] for piece in _PIECE.findall(article)),
    )


def modifier_of(view: SentenceView, mention: Mention) -> tuple[str, str, str]:
    """Return the modifier of a quantity, the rule that decided it and the words that made it.

    ``exact`` comes with an empty rule. Words inside the quantity (*una quarantina*) have been read by
    the quantity stage and stand unless words outside say more.
    """
    name, low, high = _modifier(view.left(mention, _REACH), mention, view.right(mention, _REACH))
    words = view.left(mention, _REACH)[low:].strip() or view.right(mention, _REACH)[:high].strip()
    if not words:
        return name, "modifier.inside" if name != "exact" else "", ""
    return name, f"modifier.{name}" if name != "exact" else "", words


def modifier_around(text: str, mention: Mention) -> tuple[str, int, int]:
    """Return the modifier of a quantity in ``text``, and the offsets of quantity and modifier together."""
    name, low, high = _modifier(text[: mention.start], mention, text[mention.end :])
    return name, low, mention.end + high


_REACH = 80
# as far as two words with articles and the like behind them reach
_TWO_WORDS = 48
_UP_TO = re.compile(r"(?i)(?:fino|sino)\s")
_BEYOND = re.compile(r"(?i)(?<!\w)oltre ad?\s\Z")


def _modifier(left_text: str, mention: Mention, right_text: str) -> tuple[str, int, int]:
    """The modifier, where its words begin in ``left_text`` and how far they reach into ``right_text``."""
    patterns = _patterns()
    opening = patterns.left.search(left_text) if _endings().fit(left_text) else None
    if "range.bounds" in mention.rules:
        return "exact", opening.start() if opening else len(left_text), 0  # its bounds are the range itself
    bound = patterns.right.match(right_text)
    if bound is not None and (limit := patterns.name(bound)) in ("at_least", "at_most"):  # circa cinquecento o più
        blurred = opening is None or opening["floating"] is not None or patterns.name(opening) == "approx"
        if blurred:
            return limit, opening.start() if opening else len(left_text), bound.end()
    if opening is not None:
        found, start = opening, opening.start()
        if found["floating"] is not None:
            found = patterns.left.search(found["floating"] + " ") or found
        name, _, limited = (patterns.name(found) or mention.modifier).partition("@")
        if name == "none" and mention.kind == "measure" and _BEYOND.search(left_text):
            return "more_than", start, 0  # avvertita oltre a 60 km
        if name == "none" or (limited and mention.kind not in _KINDS[limited]):
            return mention.modifier, len(left_text), 0
        if name == "at_most" and _UP_TO.match(left_text, start) and _moves(left_text[:start]):
            return "exact", start, 0  # calano fino a quota 300: the level reached
        if found["negation"]:
            name = load_table("modifiers")["negation"].get(name, name)
        elif name == "more_than" and _denied(left_text[:start], left_text[start:]):
            name = "at_most"
        return name, start, 0
    corrected = _corrected().search(left_text) if left_text.endswith(_TO) else None
    if corrected is not None:
        return patterns.names[_plain(corrected["phrase"])], corrected.start("joint"), 0
    for gap in (0, _noun_gap(mention, right_text)):
        behind = patterns.right.match(right_text, gap)
        if behind is not None and (gap == 0 or patterns.name(behind) in ("at_least", "at_most", "approx")):
            return str(patterns.name(behind)), len(left_text), behind.end()
    overtaken = patterns.passive.match(right_text)
    if overtaken is not None:
        return "more_than", len(left_text), overtaken.end()
    return mention.modifier, len(left_text), 0


_TO = (" a ", " ad ", " ai ", " agli ", " alle ")


@per_lexicon
def _corrected() -> re.Pattern[str]:
    """*Inferiori non a X, ma a Y*: the comparison that is denied of the first bound is said of the second."""
    phrases = (phrase for phrase in _patterns().names if _DENIED_OF.search(phrase))
    joints = _any_of(load_table("modifiers")["correction"]["joints"])
    return re.compile(
        rf"(?<!\w)(?P<phrase>{_any_of(phrases)}){_B}[^;:()]{{1,40}}?{_B}(?P<joint>{joints}{_B}(?:ad?|ai|agli|alle)){_B}\Z",
        re.IGNORECASE,
    )


_DENIED_OF = re.compile(r"\w non (?:già )?(?:ad?|ai|agli|alle|alla|al|allo)\Z")


@per_lexicon
def _moving() -> re.Pattern[str]:
    table = load_table("modifiers")["moving"]
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(table['stems'])})\w*")


def _moves(before: str) -> bool:
    """Whether the clause has a verb of movement that is no possibility (*può salire fino a*)."""
    clause = re.split(r"[.;:!?()]", before)[-1]
    table = load_table("modifiers")["moving"]
    possible = re.search(rf"(?i)(?<!\w)(?:{'|'.join(table['possible'])})(?!\w)", clause)
    return possible is None and _moving().search(clause) is not None


def _noun_gap(mention: Mention, right_text: str) -> int:
    """The length of a counted noun before a modifier that stands behind it (*800 persone circa*)."""
    found = _AFTER_NOUN.match(right_text) if mention.kind == "count" else None
    return found.end() if found is not None else 0


def _denied(before: str, words: str) -> bool:
    """Whether *non* stands further left in the clause (*non può durare più di tre ore*)."""
    if not any(words.lower().startswith(p) for p in load_table("modifiers")["far_negation"]["phrases"]):
        return False
    clause = re.split(r"[.;,:!?()]", before)[-1]
    return re.search(r"(?i)(?<!\w)non\s(?:[^\W\d_]+\s){1,4}\Z", clause) is not None


_AFTER_NOUN = re.compile(r"[\s\u00a0](?:di )?[^\W\d_]{3,}(?=[\s\u00a0](?:(?:o|in|al)\s|circa\s*(?:[.,;:)]|\Z)))")
