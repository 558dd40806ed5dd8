"""The change: whether a quantity is the size of a change, and in which direction.

*sale del 5% a 15,3 miliardi*: 5% is the change, 15.3 billion the level. The preposition decides: the
size of a change follows *di* (or stands as the object of a few verbs, or before *in più*), the level
follows *a*. Words stand in ``lexicon/changes.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.claims.change_words import (
    DIRECTIONS,
    B,
    apart_words,
    as_object,
    change_words,
    compared,
    copula,
    equal,
    handing_over,
    level_verbs,
    nouns_of_change,
    only_percentage,
    signed,
    size_of,
    stopper,
    tells_of_change,
)
from extractor.claims.clauses import noted, words_in
from extractor.claims.view import SentenceView
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention

_CLAUSE_END = re.compile(r"[;:!?\n()«»“”]|\.\s|,\s(?:ma|mentre|e|con|che|a|dopo|contro|quando|per|dove)\s")


def _may_change(view: SentenceView) -> bool:
    """Whether a sentence has a word that can make its quantities changes, or a quantity that is one by itself."""

    def find() -> bool:
        tells = tells_of_change()
        return any(m.change is not None for m in view.mentions) or any(map(tells.__getitem__, words_in(view)))

    return noted(view, "may change", find)


def change_of(view: SentenceView, mention: Mention) -> tuple[str | None, str, str]:
    """Return the direction of the change whose size the quantity is (or None), its rule and its words."""
    if mention.unit == "Cel" and "sign" in mention.rules and not compared().match(view.right(mention, 40)):
        return None, "", ""  # a temperature below or above zero
    if mention.change is not None:
        return mention.change, "change.sign" if "sign" in mention.rules else "change.ratio_verb", ""
    if mention.form == "negative":
        return "decrease", "change.sign", "-"
    if mention.kind == "ratio" and mention.form != "fraction" and "ratio.half" not in mention.rules:
        return None, "", ""  # a multiple is a level (vale il doppio); its verbs have been read
    if not _may_change(view):
        return None, "", ""
    for find in (_comparative, _apart, _size, _level_of_change, _signed, _object, _coordinated, _gapped):
        found = find(view, mention)
        if found is not None:
            return found
    return None, "", ""


def _clause(view: SentenceView, mention: Mention) -> str:
    """The text left of the quantity, back to where its clause begins."""

    def find() -> str:
        window = view.left(mention, 110)
        last = 0
        for match in _CLAUSE_END.finditer(window):
            last = match.end()
        return window[last:]

    return noted(view, f"clause before {mention.start}", find)


def _comparative(view: SentenceView, mention: Mention) -> tuple[str, str, str] | None:
    """``10 punti in più``, ``il 2,5% in meno``, ``del 5% inferiore a``."""
    window = view.right(mention, 60)
    window = re.split(r"[.,;:()!?\n»]|\s\d", window, maxsplit=1)[0]
    weak = load_table("changes")["after"]["needs_percentage"]
    for direction in DIRECTIONS:
        found = change_words()[f"after.{direction}"].match(window)
        if found is None:
            continue
        words = found["words"].lower()
        adjacent = not window[: found.start("words")].strip()
        if words in weak and not (adjacent and mention.kind == "percentage"):
            continue
        if not adjacent and words not in ("in più", "in meno"):
            continue
        if words.startswith("più ") and not (adjacent and mention.kind in ("percentage", "measure", "money")):
            continue
        return direction, "change.comparative", found["words"]
    return None


def _apart(view: SentenceView, mention: Mention) -> tuple[str, str, str] | None:
    """``il 2% sotto quella di maggio``, ``40 euro meno della media``: so far from something else."""
    if (mention.kind == "measure" and mention.unit != "Cel") or mention.unit == "bp":
        return None  # 7 metri sotto il livello del mare, 75 punti base sopra il midswap
    right = view.right(mention, 40)
    for direction, pattern in apart_words().items():
        found = pattern.match(right)
        if found is not None:
            return direction, "change.apart", found.group().strip()
    return None


_BEFORE_NOUN = re.compile(
    rf"(?i)(?:\A|[\W])(?:(?:il|lo|la|i|gli|le|un|uno|una|questo|questa|quel|tale|relativo){B}|(?:l|un|quest)['’])\Z"
)


def _level_of_change(view: SentenceView, mention: Mention) -> tuple[str, str, str] | None:
    """``l'incremento arriva a 224 mila``: a change is the subject, and the verb says how large it is."""
    if nouns_of_change().isdisjoint(words_in(view)):
        return None
    clause = view.left(mention, 90)
    clause = re.split(r"[;:!?\n]|\.\s|,\s", clause)[-1]
    nouns = load_table("changes")["nouns"]
    for direction in DIRECTIONS:
        for found in change_words()[direction].finditer(clause):
            word = found.group().lower()
            if found.lastgroup != "noun" or word in nouns["level_of"] or word in nouns["not_sized"]:
                continue
            if _BEFORE_NOUN.search(clause[: found.start()]) and level_verbs().fullmatch(clause[found.end() :]):
                return direction, "change.noun", found.group()
    return None


def _signed(view: SentenceView, mention: Mention) -> tuple[str, str, str] | None:
    """``il saldo è negativo per 41 mila unità``."""
    found = signed().search(_clause(view, mention))
    if found is None or mention.unit == "Cel":
        return None
    if found["by"].lower() != "per" and found.start() == found.start("increase"):
        return None  # un utile positivo di 8 milioni
    return "increase" if found["increase"] else "decrease", "change.signed", found.group().split()[0]


def _size(view: SentenceView, mention: Mention) -> tuple[str, str, str] | None:
    """A word of change to the left whose size *di* introduces."""
    clause = _clause(view, mention)
    opening = size_of().search(clause)
    if opening is None:
        return None
    before = clause[: opening.start()]
    best: tuple[int, str, str, str] | None = None
    for direction in DIRECTIONS:
        for found in change_words()[direction].finditer(before):
            if best is None or found.end() > best[0]:
                best = found.end(), direction, str(found.lastgroup), found.group()
    if best is None:
        return None
    end, direction, sort, words = best
    gap = before[end:]
    preposition = opening.group().split()[0].lower() if opening.group().split() else "di"
    first = mention.start - len(clause) + end
    if any(first <= m.start < mention.start for m in view.mentions) or not _gap_allows(gap, sort):
        return None
    bounded = preposition.startswith(("superior", "inferior", "vicin", "prossim"))
    if preposition in ("per", "da", "pari", "tra", "fra") and (sort != "noun" or not _is_said_of_it(gap)):
        return None
    if bounded and sort != "noun":
        return None
    if sort == "comparative" and (gap.strip() or (mention.kind == "count" and not mention.bare)):
        return None
    bounds = words.lower().startswith("più ") and mention.kind == "measure"
    bounds = bounds or (words.lower().startswith(("più grand", "più piccol")) and mention.kind == "count")
    bounds = bounds or (words.lower().startswith(("maggior", "minor")) and mention.kind != "percentage")
    if sort == "comparative" and bounds:
        return None  # `onde più alte di 9 metri`, `un numero maggiore di 30`: bounds, not differences
    if sort == "noun" and gap.strip() and _has_verb(view, gap, first):
        return None  # l'aumento degli investimenti comporterebbe la creazione di 1.800 posti
    if sort == "verb" and gap.strip() and (_LOSS.match(words) or mention.unit == "a"):
        return None  # ha perso la vita un uomo di 24 anni
    if words.lower() in load_table("changes")["nouns"]["level_of"] and mention.kind != "percentage":
        return None
    return direction, f"change.{sort}", words


def _has_verb(view: SentenceView, gap: str, start: int) -> bool:
    """Whether a finite verb that is no copula stands between; without tags, a conditional or a future tells."""
    if view.tagged:
        tokens = view.tokens(start, start + len(gap.rstrip()))
        return any(t.pos_ == "VERB" and "Part" not in t.morph.get("VerbForm", []) for t in tokens)
    return _FINITE.search(copula().sub("", gap)) is not None


_FINITE = re.compile(r"(?i)\w(?:ebbe|ebbero|eranno|iranno|rà)(?!\w)")


def _is_said_of_it(gap: str) -> bool:
    """Whether nothing stands between a noun and its size, or a copula with a word of the noun (*il calo stimato è*)."""
    return not gap.strip() or (copula().search(gap) is not None and len(copula().sub("", gap).split()) <= 1)


_NUMBER = re.compile(r"\d")


def _gap_allows(gap: str, sort: str) -> bool:
    """Whether what stands between the word of change and *di* leaves them together."""
    stripped = gap.strip(" ,\u00a0")
    if not stripped:
        return True
    if sort == "noun":
        stripped = copula().sub("", stripped)
        gap = copula().sub("", gap)
    if len(stripped.split()) > (9 if sort == "verb" else 8) or stopper().search(gap + " "):
        return False
    return not (
        _NUMBER.search(gap)
        and not re.search(
            (
                r"(?i)(?:rispetto|su|sul|dal|nel|del|contro|dell['’]|quota|a)\s?(?:\w+\s)?\d|\d\s?(?:%|"
                r"per cento)\s(?:a|e)\b"
            ),
            gap,
        )
    )


def _object(view: SentenceView, mention: Mention) -> tuple[str, str, str] | None:
    """``guadagna il 2%``, ``ha perso 3 punti``, ``ha bruciato 272 miliardi``."""
    clause = _clause(view, mention)
    for direction in DIRECTIONS:
        for found in change_words()[f"object.{direction}"].finditer(clause):
            rest = clause[found.end() :]
            if not as_object().match(rest):
                continue
            words = found.group()
            if words.lower().endswith("rne") and _SHARE_VERB.match(words):
                continue  # recuperarne il 70%: a part of it
            if mention.kind != "percentage" and only_percentage().match(words) and not _gained(mention, words):
                continue
            if handing_over().match(words) and _PART_OF.match(view.right(mention, 24)):
                continue
            if mention.kind == "measure" and (mention.unit in _TIMES or not _LOSS.match(words)):
                continue
            return direction, "change.object", words
    return None


# a stock that loses a part of its value only falls
_PART_OF = re.compile(
    rf"(?i){B}(?:di{B}|d['’]|del(?:l['’]|l[aoe]?{B}|{B})|de(?:i|gli){B})(?!(?:suo|proprio|loro)?{B}?valore)(?=\w)"
)
_SHARE_VERB = re.compile(r"(?i)recuper")
_LOSS = re.compile(r"(?i)per[ds]|guadagn")
_TIMES = frozenset({"a", "mo", "wk", "d", "h", "min", "s"})


def _gained(mention: Mention, words: str) -> bool:
    """``guadagna 450mila presenze``: who gains things has more of them; who gains euros earns."""
    return mention.kind == "count" and words.lower().startswith("guadagn")


_AND = re.compile(rf"(?i)(?:{B}[^\W\d_]+){{0,2}}(?:{B}ed?|,){B}(?:(?:il|lo|la|altri|altre|circa|oltre){B}|l['’])*\Z")


def _earlier(view: SentenceView, mention: Mention) -> Sequence[Mention]:
    """The quantities of the sentence that stand before one, in order."""
    return [m for m in view.mentions if m.start < mention.start]


def _coordinated(view: SentenceView, mention: Mention) -> tuple[str, str, str] | None:
    """``ha perso il 10% e 67 parlamentari``: the second object of the same verb."""
    before = _earlier(view, mention)
    if not before:
        return None
    earlier = before[-1]
    if not _AND.match(view.text[earlier.end : mention.start]):
        return None
    found = _object(view, earlier)
    return None if found is None else (found[0], "change.object", found[2])


_OPENER = re.compile(
    r"(?i)(?:\s|\A)(?:(?P<of>d(?:el|ello|ella|ei|egli|elle|i))\s|(?P<of2>dell['’])|(?:il|lo|la|i|gli|le)\s|l['’])\Z"
)
_MOST_WORDS = 8
_LEVEL = re.compile(r"(?i)(?<!\w)(?:equivalent|corrispondent|superior|inferior)[ei](?!\w)")


def _gapped(view: SentenceView, mention: Mention) -> tuple[str, str, str] | None:
    """``Milano guadagna l'1,3%, Parigi lo 0,8%``; ``41 mila in più, pari allo 0,2%``: the change before goes on.

    The verb of the second clause is left out, and the quantity has the same construction.
    """
    before = _earlier(view, mention)
    if not before:
        return None
    earlier = before[-1]
    gap = view.text[earlier.end : mention.start]
    restated = equal().match(gap) is not None
    if not restated:
        if mention.kind != "percentage" or earlier.kind != "percentage":
            earlier = next((m for m in reversed(before) if m.kind == "percentage"), earlier)
            gap = view.text[earlier.end : mention.start]
        if mention.kind != "percentage" or earlier.kind != "percentage" or not _parallel(view, earlier, mention, gap):
            return None
    found = change_of(view, earlier)
    if found[0] is None or found[1] == "change.sign":
        return None
    return found[0], "change.equal" if restated else "change.gapped", found[2]


def _parallel(view: SentenceView, earlier: Mention, mention: Mention, gap: str) -> bool:
    first = _OPENER.search(view.left(earlier, 12))
    second = _OPENER.search(view.left(mention, 12))
    if first is None or second is None or bool(first["of"] or first["of2"]) != bool(second["of"] or second["of2"]):
        return False
    clause = re.split(r"[,;]\s|\se\s", gap)[-1]
    if not re.search(r"[,;]", gap) or len(clause.split()) > _MOST_WORDS or re.search(r"[.:!?]\s", gap):
        return False
    if _LEVEL.search(clause):
        return False  # un rallentamento del 25%, equivalente a un tasso del 7%
    inside = view.tokens(mention.start - len(clause), mention.start) if view.tagged else ()
    return not any(token.pos_ in ("VERB", "AUX") for token in inside)
