"""Subjects that the order of words tells: a label before a colon, a subject behind its figure."""

from __future__ import annotations

import re

from extractor.claims.clauses import Patterns, alternatives, folded, noted
from extractor.claims.phrases import Range, change_nouns, surface_right, tidy
from extractor.claims.subject_clause import chunks, is_verb, phrase_of
from extractor.claims.subject_filter import is_speaker
from extractor.claims.subject_openings import determiners, is_time, joint
from extractor.claims.subject_words import phrase_ending_at
from extractor.claims.view import SentenceView
from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.quantities.context import prepositions
from extractor.quantities.mention import Mention
from extractor.quantities.placing import DURATIONS

_GAP = r"(?:\s+|(?<='))"
_LABEL = re.compile(r"[\s•*·–—>-]*(?P<label>[^\W\d_][^:;.!?\n]*?)\s*\Z")
_UNBRACKETED = re.compile(r"(?s)(.*?)(?:\s*\([^()]*\)\s*)?\Z")
_DEFINITE = re.compile(r"(?<!\w)(?:(?:il|lo|la|i|gli|le)\s+|l')\Z")
_STATES = frozenset({"in", "a", "di"})  # in frenata, a picco, di corsa
_LONGEST = 8
_WORD_BEFORE = re.compile(r"[^\W\d_]['’]?\s*\Z")
_CAPITAL = r"[A-ZÀ-Ý][\w'’-]*"
_SERIES = re.compile(
    r"[\s,;:)]*(?:(?:e|ed|seguito da|poi|la|il|l['’])\s*)*"
    r"(?P<name>[A-ZÀ-Ý][\w'’.]*(?:\s+(?:d[aei]l?l?[aoe]?\s+)?[A-ZÀ-Ý][\w'’.]*){0,3})(?:\s+(?:primo|prima|secondo))?"
    r"(?:\s+(?:a|al|ad|allo|con|col|(?:oltre|sopra|sotto|quasi)(?:\s+(?:il|lo|la))?|il|lo)|\s+(?:al)?l['’]|\s+con\s+il)?[\s:(]*"
)


@per_lexicon
def _patterns() -> Patterns:
    table = load_table("subjects")
    blur = alternatives(table["blur"]["words"])
    functions = load_table("function_words")
    light = alternatives([*table["blur"]["words"], *functions["prepositions"], *functions["articulated"]])
    changes = alternatives(change_nouns())
    states = alternatives(table["states"]["words"])
    return Patterns(
        {
            "colon": rf"\s*:\s*(?:(?:{blur}){_GAP})*\Z",
            "opening": rf"(?:\A|[:;,(]\s*|(?<!\w)(?:e|ed|ma|poi)\s+)(?:(?:{blur}){_GAP})*\Z",
            "for": r"\s+per\s+(?:(?:il|lo|la|i|gli|le)\s+|l')(?=\w)",
            "to": r"\s+(?:(?:al|allo|alla|ai|agli|alle|a)\s+|all')(?=\w)",
            "opened": r"(?P<first>\w+)\s+(?P<more>(?:\w+\s+){0,2}?)(?:(?:il|lo|la|i|gli|le)\s+|l')(?=\w)",
            "light": rf"\s+(?:(?:{light}){_GAP})*",
            "qualified": (
                rf",\s+(?:in\s+(?:{changes})|(?P<participle>\w{{2,}}[aiu]t[oaie]|{states}))\s+(?:(?:{light}){_GAP})*\Z"
            ),
            "planned": (
                rf"(?<![\w'])(?:{alternatives(table['planning']['words'])})\s+(?:(?:\w+\s+){{0,4}}?)(?:una?\s+|un')(?P<noun>\w[\w\s'-]{{2,60}}?)\s+"
                rf"(?:{alternatives(table['planning']['joined'])}){_GAP}(?:(?:{blur}){_GAP})*\Z"
            ),
            "name_behind": (
                rf"\s+(?P<name>{_CAPITAL}(?:\s+(?:(?:e|d[aei]l?l?[aoei]?|degli|per)\s+|dell['’])?{_CAPITAL})*"
                rf"|(?:{alternatives(table['rest_of_series']['words'])})(?!\w))(?:\s*\([^()]*\))?[\s,;]*"
            ),
            "definite": r"\s+(?:(?:il|lo|la|i|gli|le)\s+|l')(?=\w)",
            "changed": (
                rf"\s+(?:{alternatives(words for row in load_table('baselines')['phrase'] for words in row['words'])})"
                r"\s+(?:(?:nel|nello|nella|nei|negli|nelle)\s+|nell')(?=[a-zà-ù])"
            ),
            "closing": r"(?P<number>(?:\s\d+)?)\s*(?:[.,;:)]|(?:e|ed|ma|mentre)\s|\Z)",
        }
    )


def labelled(view: SentenceView, mention: Mention) -> Range | None:
    """``Permanenza media: 3,9 notti``: a short label before the colon is the subject as a whole.

    What a speaker says (``MARIO: Duemila.``) is not about the speaker.
    """
    end = _colon(view, mention)
    label = None if end is None else _LABEL.match(view.text, view.start, end)
    if label is None:
        return None
    low, high = label.span("label")
    words = re.findall(r"\w+", folded(view)[low - view.start : high - view.start])
    if is_speaker(view, (low, high)) or len(words) > _LONGEST or any(map(is_verb, words)):
        return None
    found = tidy(view.text, low, high)
    return None if "," in view.text[low:high] or is_time(view, found) else found


def label_of_share(view: SentenceView, mention: Mention) -> Range | None:
    """``Stranieri: 52% delle presenze``, ``Permanenza media: 3,9 notti``: said of the label."""
    mean = mention.kind == "count" and mention.value is not None and mention.value != mention.value.to_integral_value()
    share = mention.kind in ("percentage", "ratio") and joint(view, mention) is not None
    return labelled(view, mention) if mean or share else None


def resumed(view: SentenceView, mention: Mention) -> Range | None:
    """``con un ampio vantaggio: il 68%``: the phrase that ends at the colon, unless a figure stands in its clause."""
    end = _colon(view, mention)
    if end is None or is_speaker(view, (view.start, end)):
        return None
    pieces = [piece for piece in chunks(view) if piece.end <= end - view.start]
    begin = max((view.start + p.end for p in pieces if p.kind in ("comma", "break")), default=view.start)
    if any(begin <= m.start < end for m in view.mentions) and any(p.kind == "verb" for p in pieces):
        return None
    found = phrase_ending_at(view, end)
    return None if found is None or is_time(view, found) else found


def _colon(view: SentenceView, mention: Mention) -> int | None:
    """Where what stands before the colon right before a quantity ends, a bracket left out."""
    colon = _patterns()["colon"].search(folded(view), 0, mention.start - view.start)
    if colon is None or not colon.start():
        return None
    whole = _UNBRACKETED.match(view.text[view.start : view.start + colon.start()])
    return None if whole is None else view.start + whole.end(1)


def named_behind(view: SentenceView, mention: Mention) -> Range | None:
    """``Risultati: 28% Patto Civico (centro) 26% Alleanza del Sud 9% altri``: names follow their shares."""
    if mention.kind not in ("percentage", "count"):
        return None
    return noted(view, "names behind", lambda: _names_behind(view)).get(mention.start)


def _names_behind(view: SentenceView) -> dict[int, Range]:
    """The names of such series, by where their figures start.

    Before the first figure of one no word stands that could be its name, and behind the last one a name does.
    """
    result: dict[int, Range] = {}
    series: dict[int, Range] = {}
    behind = (*view.mentions[1:], None)
    for mention, following in zip(view.mentions, behind, strict=True):
        found = _patterns()["name_behind"].match(view.text, mention.end, following.start if following else view.end)
        if found is None or (not series and _WORD_BEFORE.search(view.text, view.start, mention.start)):
            series = {}
            continue
        series[mention.start] = found.span("name")
        if following is not None and found.end() == following.start and following.kind == mention.kind:
            continue
        if len(series) > 1:
            result |= series
        series = {}
    return result


def changed_in(view: SentenceView, mention: Mention) -> Range | None:
    """``una crescita del 9% su base annua nelle imprese``: what grew stands behind the set phrase of comparison."""
    if mention.kind != "percentage":
        return None
    found = _patterns()["changed"].match(folded(view), mention.end - view.start)
    if found is None:
        return None
    phrase = surface_right(view.text, view.start + found.end(), view.end)
    return None if phrase is None or is_time(view, phrase) else phrase


def assigned(view: SentenceView, mention: Mention) -> Range | None:
    """``Cinque anni al commercialista``, ``1,8 miliardi per la fabbrica``: without a verb, whom or what it is for."""
    text = folded(view)
    if mention.kind == "money":
        joined = _patterns()["for"].match(text, mention.end - view.start)
    else:
        joined = _patterns()["to"].match(text, mention.end - view.start) if mention.unit in DURATIONS else None
    if joined is None or any(piece.kind == "verb" for piece in chunks(view)):
        return None
    if _patterns()["opening"].search(text, 0, mention.start - view.start) is None:
        return None
    found = surface_right(view.text, view.start + joined.end(), view.end)
    return None if found is None or is_time(view, found) else found


def qualified(view: SentenceView, mention: Mention) -> Range | None:
    """``i ricavi, saliti a 3 milioni``, ``la disoccupazione, in discesa al 7%``: the phrase before the comma."""
    found = _patterns()["qualified"].search(folded(view), 0, mention.start - view.start)
    if found is None:
        return None
    if found["participle"] and view.tagged:
        tokens = view.tokens(view.start + found.start("participle"), view.start + found.end("participle"))
        if not tokens or tokens[0].pos_ not in ("VERB", "ADJ", "AUX"):
            return None
    phrase = phrase_ending_at(view, view.start + found.start())
    return None if phrase is None or is_time(view, phrase) else phrase


def in_series(view: SentenceView, mention: Mention) -> Range | None:
    """``il grano sale del 3%, il mais dell'1,4``: in a clause without its verb, the phrase right before the figure.

    A figure stands before it; where nothing in the sentence is a verb (``guida 8, comfort 7``) no article is needed.
    """
    pieces = chunks(view)
    place = next((i for i, piece in enumerate(pieces) if piece.end > mention.start - view.start), len(pieces))
    if place < 3 or pieces[place - 1].kind != "np" or pieces[place - 2].kind not in ("comma", "and", "break"):
        return None
    if not any(piece.kind == "number" for piece in pieces[: place - 2]):
        return None
    phrase = pieces[place - 1]
    named = view.sentence[phrase.start].isupper() and not view.sentence.isupper()
    definite = _DEFINITE.search(folded(view), 0, phrase.start) is not None
    if not (named or definite) and any(piece.kind == "verb" for piece in pieces):
        return None
    between = folded(view)[phrase.end : mention.start - view.start]
    return phrase_of(view, phrase) if _patterns()["light"].fullmatch(between) else None


def opened(view: SentenceView, mention: Mention) -> Range | None:
    """``In frenata l'idroelettrico, che …``, ``Bene anche l'eolico, salito …``: predicate, then subject."""
    text = folded(view)
    found = _patterns()["opened"].match(text, 0, mention.start - view.start)
    if found is None or found["first"] in determiners():
        return None
    functions = load_table("function_words")
    joining = found["first"] in prepositions() or found["first"] in functions["conjunctions"]
    if joining and not (found["first"] in _STATES and found["more"]):
        return None  # Dopo la pioggia, …
    phrase = surface_right(view.text, view.start + found.end(), mention.start)
    if any(p.kind == "break" and found.end() <= p.start < mention.start - view.start for p in chunks(view)):
        return None
    if phrase is None or is_time(view, phrase) or text[phrase[1] - view.start : phrase[1] - view.start + 1] != ",":
        return None
    return phrase


def planned(view: SentenceView, mention: Mention) -> Range | None:
    """``prevede una crescita tra l'1 e il 2%``: what is foreseen or fixed, a change or a limit too."""
    found = _patterns()["planned"].search(folded(view), 0, mention.start - view.start)
    return None if found is None else tidy(view.text, view.start + found.start("noun"), view.start + found.end("noun"))


def postponed(view: SentenceView, mention: Mention) -> Range | None:
    """``Scende di due decimi, al 6 per cento, il tasso di disoccupazione``: a clause that begins with its verb.

    Nothing but the verb, figures and phrases with a preposition stands before the subject.
    """
    if mention.kind == "count":
        return None
    pieces = chunks(view)
    place = next((i for i, piece in enumerate(pieces) if piece.end > mention.start - view.start), len(pieces))
    begin = max((i + 1 for i in range(place) if pieces[i].kind == "break"), default=0)
    first = next((i for i in range(begin, place) if pieces[i].kind not in ("comma", "and", "pp")), None)
    if (
        first is None
        or pieces[first].kind != "verb"
        or any(pieces[i].kind in ("np", "that") for i in range(first, place))
    ):
        return None
    for index in range(place + 1, len(pieces)):
        piece = pieces[index]
        if piece.kind == "np":
            if not _DEFINITE.search(folded(view), 0, piece.start) or (
                index + 1 < len(pieces) and pieces[index + 1].kind == "verb"
            ):
                return None
            return phrase_of(view, piece)
        if piece.kind not in ("comma", "pp", "number"):
            return None
    return None


def inverted(view: SentenceView, mention: Mention) -> Range | None:
    """``+3,3% lo S&P 500, oltre il 4 il Nasdaq``: without a verb, what follows the figure with an article."""
    if mention.kind != "percentage":
        return None
    text = folded(view)
    if _patterns()["opening"].search(text, 0, mention.start - view.start) is None:
        return None
    article = _patterns()["definite"].match(text, mention.end - view.start)
    if article is None:
        return None
    found = surface_right(view.text, view.start + article.end(), view.end)
    if found is None or is_time(view, found):
        return None
    closing = _patterns()["closing"].match(text, found[1] - view.start)
    return None if closing is None else (found[0], view.start + closing.end("number"))


def listed(view: SentenceView, mention: Mention) -> Range | None:
    """``Rossi 34%, Bianchi al 25%``: in a series without verbs the name right before the number."""
    if mention.kind == "count" and mention.end != view.end and view.text[mention.end : mention.end + 1] not in ",;).":
        return None
    begin = max((m.end for m in view.mentions if m.end <= mention.start), default=view.start)
    begin = max(begin, *(view.text.rfind(sign, view.start, mention.start) + 1 for sign in ":;"))
    found = _SERIES.fullmatch(view.text[begin : mention.start])
    if found is None or view.text[begin : mention.start].isupper():
        return None  # in a line of capitals they name nothing
    first = re.split(r"\W", found["name"].lower())[0]
    if first in determiners() or first in prepositions():
        return None
    return tidy(view.text, begin + found.start("name"), begin + found.end("name"))
