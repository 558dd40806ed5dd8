"""The modifier: how the text bounds or blurs a number (*circa*, *oltre*, *non supera*).

Words stand in ``lexicon/modifiers.toml`` with the side they govern from. A phrase governs the quantity
next to it and no other, so scope needs no more than adjacency: between the two only articles,
prepositions and a few set words may stand.
"""

from __future__ import annotations

import re
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
_B = r"[\s\u00a0]+"
_CONTRACTED = re.compile(r"(?: |^)(ad?|di|da)$")


def _phrase(phrase: str, contractions: dict[str, list[str]]) -> str:
    """A phrase as a pattern; its last preposition may be contracted with an article (*più dei*)."""
    last = _CONTRACTED.search(phrase)
    ending = ""
    if last is not None:
        forms = "|".join(re.escape(f).replace("'", "['’]") for f in contractions[last[1]])
        ending = f"(?:{_B if last.start() else ''}(?:{forms}))" if last.start() else f"(?:{forms})"
        phrase = phrase[: last.start()]
    return re.escape(phrase).replace("\\ ", _B).replace("'", "['’]") + ending


@per_lexicon
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], dict[str, str]]:
    table = load_table("modifiers")
    contractions = table["contractions"]
    before: list[tuple[str, str]] = []
    after: list[tuple[str, str]] = []
    for row in table["modifier"]:
        before += [(_phrase(p, contractions), row["name"]) for p in row.get("before", ())]
        for key in _KINDS:
            before += [(_phrase(p, contractions), f"{row['name']}@{key}") for p in row.get(key, ())]
        before += [("|".join(_forms(v, table)), row["name"]) for v in row.get("verbs", ())]
        after += [
            (_phrase(p, {}) if not _CONTRACTED.search(p) else _phrase(p, contractions), row["name"])
            for p in row.get("after", ())
        ]
    none = [(_phrase(p, contractions), "none") for p in table["not_modifiers"]["phrases"]]
    names = {f"g{i}": name for i, (_, name) in enumerate(before + none)}
    articles = "|".join(
        re.escape(a).replace("\\ ", _B).replace("'", "['’]")
        for a in sorted(table["between"]["articles"], key=len, reverse=True)
    )
    # longest first, so that `non più di` is seen before `più di`; a negation before a verb turns it
    ranked = sorted(((p, f"g{i}") for i, (p, _) in enumerate(before + none)), key=lambda r: -len(r[0]))
    body = "|".join(f"(?P<{g}>{p})" for p, g in ranked)
    floating = "|".join(_phrase(p, {}) for p in sorted(table["floating"]["words"], key=len, reverse=True))
    carried = "|".join(table["floating"]["prepositions"])
    gap = rf"(?:(?<=['’])|(?<=[~≈<>≥≤]){_B}?|{_B})"
    left = re.compile(
        rf"(?<!\w)(?=(?-i:{trie(_beginnings(table), prefixes=True)}))"
        rf"(?:(?P<negation>{'|'.join(table['negation']['words'])}){_B}(?:(?:ha|hanno|è|sono|aveva|avevano|avrebbe|si|ancora|mai|più){_B}){{0,3}})??"
        rf"(?:(?P<floating>{floating}){_B}(?:{carried})|{body})(?:{gap}(?:{articles})){{0,2}}(?:{_B}|(?<=['’])|(?<=[~≈<>≥≤]))\Z",
        re.IGNORECASE,
    )
    ranked_after = sorted(after, key=lambda r: -len(r[0]))
    names_after = {f"a{i}": name for i, (_, name) in enumerate(ranked_after)}
    right = re.compile(
        rf"{_B}(?:{'|'.join(f'(?P<a{i}>{p})' for i, (p, _) in enumerate(ranked_after))})(?!\w)", re.IGNORECASE
    )
    passive = re.compile(
        rf"[^.;,:]{{0,24}}?{_B}(?:{table['passive']['more_than'].replace(' ', _B)})(?!\w)", re.IGNORECASE
    )
    return left, right, passive, names | names_after


_PIECE = re.compile(r"[^\W\d_]+['’]?|\S")


@dataclass(frozen=True, slots=True)
class _Endings:
    """How the words of a modifier on the left end: what stands before a number is mostly none of them."""

    lone: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    articles: frozenset[str]

    def fit(self, left: str) -> bool:
        """Whether a modifier may stand at the end of a text, with nothing but articles and the like behind it."""
        pieces = _PIECE.findall(left[-_REACH:].lower().replace("’", "'"))
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
    phrases = {*table["not_modifiers"]["phrases"]}
    for row in table["modifier"]:
        phrases |= {phrase for key in ("before", *_KINDS) for phrase in row.get(key, ())}
    carried = {
        f"{word} {preposition}"
        for word in table["floating"]["words"]
        for preposition in table["floating"]["prepositions"]
    }
    spelt = {form for phrase in phrases for form in _spelt_out(phrase, table["contractions"])} | carried
    pieces = [_PIECE.findall(form.lower()) for form in spelt]
    verbs = {form.lower() for row in table["modifier"] for verb in row.get("verbs", ()) for form in _forms(verb, table)}
    return _Endings(
        frozenset(verbs | {found[-1] for found in pieces if len(found) == 1}),
        frozenset((found[-2], found[-1]) for found in pieces if len(found) > 1),
        frozenset(piece for article in table["between"]["articles"] for piece in _PIECE.findall(article)),
    )


def _spelt_out(phrase: str, contractions: dict[str, list[str]]) -> list[str]:
    """A phrase with each form of its last preposition."""
    last = _CONTRACTED.search(phrase)
    return [phrase] if last is None else [phrase[: last.start(1)] + form for form in contractions[last[1]]]


def _beginnings(table: dict[str, Any]) -> set[str]:
    """How words that may be a modifier begin: most places in a text are left at their first letters."""
    words = {*table["negation"]["words"], *table["floating"]["words"], *table["not_modifiers"]["phrases"]}
    for row in table["modifier"]:
        words |= {phrase for key in ("before", *_KINDS, "verbs") for phrase in row.get(key, ())}
    firsts = {re.split("[ ':]", word)[0][:3] for word in words}
    # a lone preposition may be contracted (di, del, d'), so no more than its first letter is sure
    firsts = {first[:1] if _CONTRACTED.fullmatch(first) else first for first in firsts}
    return {form for first in firsts for form in (first, first.capitalize(), first.upper())}


def _forms(verb: str, table: dict[str, Any]) -> list[str]:
    """The forms of a verb, the longest first."""
    stem, conjugation = verb.split(":")
    return [stem + ending for ending in sorted(table["verb_endings"][conjugation], key=len, reverse=True)]


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
_UP_TO = re.compile(r"(?i)(?:fino|sino)\s")
_BEYOND = re.compile(r"(?i)(?<!\w)oltre ad?\s\Z")


def _modifier(left_text: str, mention: Mention, right_text: str) -> tuple[str, int, int]:
    """The modifier, where its words begin in ``left_text`` and how far they reach into ``right_text``."""
    pattern, right, passive, names = _patterns()
    opening = pattern.search(left_text) if _endings().fit(left_text) else None
    if "range.bounds" in mention.rules:
        return "exact", opening.start() if opening else len(left_text), 0  # its bounds are the range itself
    bound = right.match(right_text)
    if bound is not None and names[str(bound.lastgroup)] in ("at_least", "at_most"):  # circa cinquecento o più
        blurred = opening is None or opening["floating"] is not None or names.get(str(opening.lastgroup)) == "approx"
        if blurred:
            return names[str(bound.lastgroup)], opening.start() if opening else len(left_text), bound.end()
    if opening is not None:
        found, start = opening, opening.start()
        if found["floating"] is not None:
            found = pattern.search(found["floating"] + " ") or found
        group = next(g for g, v in found.groupdict().items() if v is not None and g not in ("negation", "floating"))
        name = names[group]
        name, _, limited = name.partition("@")
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
    for gap in (0, _noun_gap(mention, right_text)):
        behind = right.match(right_text, gap)
        if behind is not None and (gap == 0 or names[str(behind.lastgroup)] in ("at_least", "at_most", "approx")):
            return names[str(behind.lastgroup)], len(left_text), behind.end()
    overtaken = passive.match(right_text)
    if overtaken is not None:
        return "more_than", len(left_text), overtaken.end()
    return mention.modifier, len(left_text), 0


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
