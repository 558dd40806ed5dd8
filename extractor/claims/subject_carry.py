"""Subjects that a quantity takes over from one before it: ellipsis, parallel members, parts of a set.

*54 sono state contagiate*, *il 49% a Rossi e il 51% ai soci*, *ne servono 276*, *di cui 30 gravi*: the
sentence leaves out what the figure before has named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.claims.clauses import Patterns, alternatives, fold, folded
from extractor.claims.phrases import subject_words
from extractor.claims.subject_clause import chunks, is_verb
from extractor.claims.subject_openings import is_time, opening
from extractor.claims.view import Found, SentenceView
from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention

# Rules that only guess: a parallel figure before is surer.
_WEAK = frozenset({"subject.governed", "subject.clause", "subject.nearest", "subject.base", "subject.before"})
_GUESSED = frozenset({"subject.nearest"})
_OWN = re.compile(r"(?:[,;:]|(?<!\w)(?:e|ed|ma|mentre))\s+(?:(?:il|lo|la|i|gli|le|una?)\s+|l'|un')\Z")
_ARTICLE = re.compile(r"(?<!\w)(?:(?:il|lo|la|i|gli|le|una?)\s+|l'|un')\Z")
_MORE = re.compile(r"(?<!\w)(?:altr[ie]|ulteriori)\s+(?:circa\s+|oltre\s+|almeno\s+|quasi\s+)?\Z")
_EVENT = re.compile(r"(?:(?:il|lo|la)\s+|l')[a-zà-ù]+\s+di\s+(?:altr[ie]\s+|circa\s+|oltre\s+|almeno\s+|quasi\s+)*\Z")
_FOLLOWED = re.compile(
    r"(?:,|(?<!\w)e)\s+(?P<first>seguit[oaie]\s+)?(?:da|dal|dallo|dalla|dai|dalle|dagli|dall')\s*[^,;:()]{2,60}?\s+a(?:\s+quota)?\s+\Z"
)
_GAP = r"(?:\s+|(?<='))"
# So many figures before one may give it their subject, and all of its own sentence.
_NEAR = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity in its sentence, with the subject found so far."""

    view: SentenceView
    mention: Mention
    subject: Found | None

    @property
    def rule(self) -> str:
        """The rule that found the subject; the empty text where none did."""
        return "" if self.subject is None else self.subject.rule


@per_lexicon
def _patterns() -> Patterns:
    subjects, functions = load_table("subjects"), load_table("function_words")
    blur = alternatives(subjects["blur"]["words"])
    light = alternatives(
        [*subjects["blur"]["words"], *(w for n in ("prepositions", "articulated") for w in functions[n])]
    )
    light = "|".join([light, alternatives(subjects["compared"]["words"])])
    singular = alternatives(subjects["of"]["singular"])
    parts = alternatives(subjects["coordination"]["words"])
    forms = "|".join(sorted(subjects["winning"]["stems"], key=len, reverse=True))
    return Patterns(
        {
            # the tail of the text between two figures: coordination, then nothing but small words
            "parallel": rf"(?:(?<![\w'])(?:{parts})\s|[,;]\s)\s*(?:(?:{light}){_GAP})*\Z",
            # a place or a group in front of the number in place of a verb (al Centro il 13%, a Roma di 15)
            "gapped": (
                rf"[,;]\s+(?:e\s+)?(?:(?:{light}){_GAP})+(?P<words>(?:[\w'-]+\s+){{1,3}}?)(?:(?:{light}){_GAP})+\Z"
            ),
            "bracketed": rf"(?:\s+(?:al|allo|alla|a|il|lo|la|all'|l')\s*\w+)?\s*\(\s*\+?(?:(?:{light}){_GAP})*",
            "level": rf"\s+(?:(?:ad?|al|allo|alla|ai|agli|alle)\s+|all'|a\s+quota\s+)(?:(?:{blur}){_GAP})*",
            "apposed": rf"[,:]\s+(?:(?:{blur}){_GAP})*\Z",
            "ne": (
                rf"(?:(?<![\w'])ne\s+(?:\w+(?:,\s|\s)\s*){{1,4}}?|\w{{2,}}(?:[aei]r|[ae]nd)o?ne\s+)(?<!per\s)(?:(?:{blur}){_GAP})*\Z"
            ),
            "partitive": (
                rf"(?:{alternatives(subjects['partitive']['words'])})\s+(?:\w+\s+){{0,2}}?(?:(?:{blur}){_GAP})*\Z"
            ),
            "against": (rf"(?<![\w'])(?:{alternatives(subjects['against']['words'])}){_GAP}(?:(?:{blur}){_GAP})*\Z"),
            "from": rf"(?<![\w'])(?:{alternatives(subjects['against']['from'])}){_GAP}(?:(?:{blur}){_GAP})*\Z",
            "of_one": rf"\s+(?:{singular}|di(?:\s+(?:un|una))?)(?:\s+|(?<='))(?:un')?(?P<word>\w+)",
            "winning": rf"(?<![\w'])(?:{forms})\w*\s+(?:(?:{light}){_GAP})*\Z",
        }
    )


def carried_subject(figures: Sequence[Figure], index: int) -> Found | None:
    """Return the subject that figure ``index`` takes over from an earlier one, or None for its own.

    Args:
        figures: the quantities of a document in order; those before ``index`` have their final subjects.
    """
    if index == 0:
        return None
    figure, earlier = figures[index], figures[index - 1]
    first = index - 1
    while first > 0 and (index - first < _NEAR or figures[first - 1].view is figure.view):
        first -= 1
    before = figures[first:index]
    for rule, take in _STEPS if figure.rule in _UNSURE else _SURE_STEPS:
        source = take(figure, earlier, before)
        if source is None or source.subject is None:
            continue
        if not is_time(source.view, (source.subject.start, source.subject.end)) or not figure.rule:
            return Found(source.subject.start, source.subject.end, f"subject.{rule}")
    return None


def _gap(figure: Figure, earlier: Figure) -> str:
    """The folded text between two figures of a sentence."""
    return folded(figure.view)[earlier.mention.end - figure.view.start : figure.mention.start - figure.view.start]


def _alike(figure: Figure, earlier: Figure) -> bool:
    same_unit = figure.mention.unit == earlier.mention.unit or figure.mention.unit is None
    return figure.mention.kind == earlier.mention.kind and same_unit


def _left(figure: Figure) -> str:
    position = figure.mention.start - figure.view.start
    return folded(figure.view)[max(0, position - 80) : position]


def _parallel(figure: Figure, earlier: Figure, _: Sequence[Figure]) -> Figure | None:
    """``per il 49% a Rossi e per il 51% ai soci``, ``20 euro per gli adulti, 10 per i bambini``."""
    if figure.view.index != earlier.view.index or not _alike(figure, earlier):
        return None
    own = earlier.rule in ("subject.share", "subject.base")
    predicated = figure.rule == "subject.share" and not own
    predicated = predicated and opening(earlier.view, earlier.mention, "predicating") is not None
    if figure.rule and figure.rule not in _WEAK and not predicated:
        return None
    if figure.mention.kind == "count" and figure.rule not in (
        "",
        "subject.nearest",
        "subject.governed",
        "subject.clause",
    ):
        return None
    gap = _gap(figure, earlier)
    if len(gap) >= 120 or _names_its_own(figure, earlier):
        return None
    gapped = _patterns()["gapped"].search(gap)
    if gapped is not None and figure.mention.kind != "count" and not any(map(is_verb, gapped["words"].split())):
        return earlier
    tail = _patterns()["parallel"].search(gap)
    return None if tail is None or "," in gap[: tail.start()] else earlier


def _names_its_own(figure: Figure, earlier: Figure) -> bool:
    """Whether a phrase with an article and without a preposition stands between two figures (*…, l'arborio 3*)."""
    own = figure.subject
    if own is None or not earlier.mention.end <= own.start < figure.mention.start:
        return False
    return _OWN.search(fold(figure.view.text[earlier.mention.end : own.start])) is not None


def _apposed(figure: Figure, earlier: Figure, _: Sequence[Figure]) -> Figure | None:
    """``59 mila unità, il 3,7% in meno``, ``417 mila, quasi il doppio``: the same told in another measure."""
    if figure.view.index != earlier.view.index or figure.rule not in (*_WEAK, ""):
        return None
    gap = _gap(figure, earlier)
    found = _patterns()["apposed"].search(gap)
    if found is None or len(gap) > 80 or _names_its_own(figure, earlier):
        return None
    between = re.findall(r"\w+", gap[: found.start()])
    return None if any(sign in gap[: found.start()] for sign in ",;:") or any(map(is_verb, between)) else earlier


def _dropped(figure: Figure, earlier: Figure, _: Sequence[Figure]) -> Figure | None:
    """``Pesa meno di 15 quintali``, ``Nel 2019 era al 2,5``: a sentence that leaves its subject out goes on with it."""
    distance = figure.view.index - earlier.view.index
    if figure.rule not in (*_WEAK, "") or not 1 <= distance <= 2:
        return None
    if _of_another(figure, earlier):
        return None
    view = figure.view
    pieces = [piece for piece in chunks(view) if piece.end <= figure.mention.start - view.start]
    verbs = [piece for piece in pieces if piece.kind == "verb"]
    if len(verbs) != 1 or any(piece.kind in ("np", "that", "break", "number") for piece in pieces):
        return None
    if figure.subject is not None and figure.subject.start > figure.mention.end:
        behind = fold(view.text[figure.mention.end : figure.subject.start])
        if _ARTICLE.search(behind) is not None:
            return None  # ci metterà due anni la ditta
    timed = all(is_time(view, (view.start + p.start, view.start + p.end)) for p in pieces if p.kind == "pp")
    return earlier if timed else None


def _of_another(figure: Figure, earlier: Figure) -> bool:
    """``Il mare è sceso di 60 cm. È morto ieri il maestro. Aveva 80 anni.``: whom the sentence between tells of."""
    aged = figure.mention.unit == "a" and earlier.mention.unit != "a"
    return aged and figure.view.index - earlier.view.index > 1


def _level(figure: Figure, earlier: Figure, _: Sequence[Figure]) -> Figure | None:
    """``il grano perde l'1,2% a 215 euro``: the level that a change leads to, right behind it."""
    if figure.view.index != earlier.view.index or figure.rule not in (*_WEAK, ""):
        return None
    return earlier if _patterns()["level"].fullmatch(_gap(figure, earlier)) else None


def _described(figure: Figure, earlier: Figure, _: Sequence[Figure]) -> Figure | None:
    """``Lunga 4 metri e larga 1,77, occupa …``: adjectives of size that begin a sentence go on with what is told of."""
    view = figure.view
    begin = opening(view, figure.mention, "dimension")
    if begin is None or figure.rule == "subject.described" or figure.view.index - earlier.view.index > 2:
        return None
    if earlier.view is view:
        return earlier if opening(view, earlier.mention, "dimension") is not None else None
    pieces = [piece for piece in chunks(view) if piece.start >= figure.mention.end - view.start]
    follows = next((piece for piece in pieces if piece.kind in ("np", "verb", "break")), None)
    if follows is not None and follows.kind == "np" and follows.determined:
        return None  # lunga 4 metri, la barca …
    return earlier if begin <= view.start else None


def _gapped(figure: Figure, earlier: Figure, _: Sequence[Figure]) -> Figure | None:
    """``Al Nord undici, nel Mezzogiorno meno di cinque``: places and figures, nothing else."""
    if figure.rule not in (*_WEAK, "") or figure.view.index - earlier.view.index > 1:
        return None
    if figure.mention.kind != earlier.mention.kind and figure.mention.unit != earlier.mention.unit:
        return None
    kinds = {piece.kind for piece in chunks(figure.view)}
    return earlier if kinds <= {"pp", "number", "comma", "and"} and "pp" in kinds else None


def _bracketed(figure: Figure, earlier: Figure, _: Sequence[Figure]) -> Figure | None:
    """``è salito del 50% (da 1 a 1,5 euro)``: the levels of a change, right behind it in brackets."""
    if figure.view.index != earlier.view.index or figure.rule not in (*_WEAK, ""):
        return None
    return earlier if _patterns()["bracketed"].fullmatch(_gap(figure, earlier)) else None


def _bracket_series(figure: Figure, _: Figure, before: Sequence[Figure]) -> Figure | None:
    """``il 25% (131 seggi), il 16% (82)``: a count alone in its bracket, as an earlier one stands with its noun."""
    text, mention = figure.view.text, figure.mention
    if mention.kind != "count" or text[mention.start - 1] != "(" or text[mention.end : mention.end + 1] != ")":
        return None
    return next(
        (
            f
            for f in reversed(before)
            if f.subject is not None
            and figure.view.index - f.view.index <= 1
            and f.mention.kind == "count"
            and text[f.mention.start - 1] == "("
            and text[f.subject.end : f.subject.end + 1] == ")"
        ),
        None,
    )


def _followed(figure: Figure, earlier: Figure, _: Sequence[Figure]) -> Figure | None:
    """``guida con 59 punti, seguito da Neri a quota 50, da Rea a 49``: who follows has as many of the same."""
    if figure.view is not earlier.view or figure.mention.kind != "count" or earlier.mention.kind != "count":
        return None
    found = _FOLLOWED.search(_gap(figure, earlier)) if figure.rule in (*_WEAK, "", "subject.listed") else None
    going_on = earlier.rule == "subject.followed"
    return earlier if found is not None and (found["first"] or going_on) else None


def _event(figure: Figure, earlier: Figure, _: Sequence[Figure]) -> Figure | None:
    """``la morte di 15 persone e il ferimento di 28``: what befell some of a kind, and then others of it."""
    if figure.view is not earlier.view or earlier.rule != "subject.counted" or figure.rule == "subject.counted":
        return None
    if figure.mention.kind != "count" or not _EVENT.search(_left(earlier)):
        return None
    found = _EVENT.search(_gap(figure, earlier))
    return None if found is None or any(map(is_verb, found.string.split())) else earlier


def _others(figure: Figure, _: Figure, before: Sequence[Figure]) -> Figure | None:
    """``ha ucciso 16 persone, tra cui 3 bambini, e ferite altre 58``: more of what was counted before."""
    if figure.mention.kind != "count" or figure.rule == "subject.counted" or not _MORE.search(_left(figure)):
        return None
    return next(
        (
            f
            for f in reversed(before)
            if f.view is figure.view and f.rule == "subject.counted" and not _patterns()["partitive"].search(_left(f))
        ),
        None,
    )


def _part(figure: Figure, earlier: Figure, before: Sequence[Figure]) -> Figure | None:
    """``180 morti, dei quali la metà``, ``ne servono 276``: the set that was counted before."""
    if figure.rule in ("subject.counted", "subject.share", "subject.brackets"):
        return None
    left = _left(figure)
    if figure.rule == "subject.part_of" or _patterns()["partitive"].search(left):
        return earlier if earlier.view.index == figure.view.index and earlier.mention.kind == "count" else None
    if figure.mention.kind == "money" or not _patterns()["ne"].search(left):
        return None  # ne spende 900: euro
    named = [
        f
        for f in reversed(before[-_NEAR:])
        if f.subject is not None
        and figure.view.index - f.view.index <= 4
        and not f.view.text[f.subject.start].isupper()  # of names there are no parts
    ]
    alike = [f for f in named if _alike(figure, f)]
    counts = [f for f in named if f.mention.kind == "count"]
    return next(iter([*alike, *counts, *(named if figure.mention.kind in ("ratio", "percentage") else ())]), None)


def _contrasted(figure: Figure, _: Figure, before: Sequence[Figure]) -> Figure | None:
    """``contro i 27 mila dello stesso trimestre del 2023``: the last figure of the kind in the sentence."""
    if figure.rule in ("subject.counted", "subject.table"):
        return None
    left = _left(figure)
    if not _patterns()["against"].search(left) and not (_patterns()["from"].search(left) and _of_other_time(figure)):
        return None
    return next(
        (f for f in reversed(before) if f.view.index == figure.view.index and _alike(figure, f)),
        None,
    )


def _of_other_time(figure: Figure) -> bool:
    """Whether *di* joins a time to the figure (*i 240 della settimana precedente*, *i 2,79 di un anno fa*)."""
    found = _patterns()["of_one"].match(fold(figure.view.right(figure.mention, 60)))
    return found is not None and (found["word"].isdigit() or found["word"] in subject_words("time_nouns"))


def _base(figure: Figure, earlier: Figure, before: Sequence[Figure]) -> Figure | None:
    """``Rossi ha il 31% dei voti, Bianchi ha preso il 25%``: the share of what an earlier share is of."""
    if figure.mention.kind != "percentage":
        return None
    left = _left(figure)
    against = _patterns()["against"].search(left) is not None
    winning = figure.rule in (*_WEAK, "") and _patterns()["winning"].search(left) is not None
    if not (against or winning) or figure.view.index - earlier.view.index > 1:
        return None
    return next(
        (
            f
            for f in reversed(before[-3:])
            if f.mention.kind == "percentage" and f.rule in ("subject.share", "subject.base_carried")
        ),
        None,
    )


def _elided(figure: Figure, earlier: Figure, _: Sequence[Figure]) -> Figure | None:
    """``54 sono state contagiate``: nothing in the sentence names what is counted."""
    distance = figure.view.index - earlier.view.index
    same = figure.mention.kind == earlier.mention.kind and figure.mention.unit == earlier.mention.unit
    if figure.subject is None:
        return earlier if distance <= 2 and not _of_another(figure, earlier) else None
    if figure.rule not in _GUESSED or not same:
        return None
    return earlier if distance == 0 else None


_STEPS = (
    ("base_carried", _base),
    ("part_carried", _part),
    ("contrasted", _contrasted),
    ("followed", _followed),
    ("event_carried", _event),
    ("others", _others),
    ("bracket_series", _bracket_series),
    ("bracket_carried", _bracketed),
    ("parallel", _parallel),
    ("apposed", _apposed),
    ("level", _level),
    ("described_carried", _described),
    ("gapped", _gapped),
    ("dropped", _dropped),
    ("carried", _elided),
)
# Rules whose subject any of the steps may set aside; what the others found is asked of few.
_UNSURE = _WEAK | {""}
_SURE_STEPS = tuple(
    (rule, take)
    for rule, take in _STEPS
    if take in (_base, _part, _contrasted, _event, _others, _bracket_series, _parallel, _described)
)
