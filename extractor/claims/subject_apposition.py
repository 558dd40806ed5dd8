"""Subjects over an apposition, and persons whose age the next sentence tells."""

from __future__ import annotations

import re

from extractor.claims.clauses import alternatives, folded, hard_breaks, key_words, words_in
from extractor.claims.phrases import Range, tidy
from extractor.claims.sources import persons
from extractor.claims.subject_clause import Chunk, chunks, phrase_of
from extractor.claims.subject_openings import is_time
from extractor.claims.view import SentenceView
from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention

_AGES = frozenset({"a", "mo"})
_LENGTHS = frozenset({"km", "m", "[mi_i]"})
_INSIDE = frozenset({"np", "pp", "and", "comma", "number"})
_ARTICLE = re.compile(r"(?<!\w)(?:(?:il|lo|la|i|gli|le|una?|uno)\s+|l'|un')\Z")
_FAR = 300


@per_lexicon
def _patterns() -> dict[str, re.Pattern[str]]:
    table = load_table("subjects")
    blur = alternatives(table["blur"]["words"])
    light = rf"(?:(?:{blur})(?:\s+|(?<=')))*"
    verbs, adverbs = (alternatives(table["ages"][name]) for name in ("verbs", "adverbs"))
    return {
        "ages": re.compile(rf"(?<!\w)(?:{verbs})\s+(?:(?:{adverbs})\s+)?{light}\Z"),
        "aside": re.compile(rf",\s+(?:a\s+)?{light}\Z"),
        "placed": re.compile(rf"\s+(?:{alternatives(table['placed']['words'])})(?!\w)"),
    }


def _pieces_before(view: SentenceView, mention: Mention) -> list[Chunk]:
    """The pieces of the clause before a quantity."""
    end = mention.start - view.start
    dashes = [at for at in hard_breaks(view) if at < end]
    pieces = [piece for piece in chunks(view) if (not dashes or piece.start > dashes[-1]) and piece.end <= end]
    begin = max((i + 1 for i, piece in enumerate(pieces) if piece.kind == "break"), default=0)
    return pieces[begin:]


def over_apposition(view: SentenceView, mention: Mention) -> Range | None:
    """``Ada Conti, scrittrice e poetessa, è morta all'età di 91 anni``: the phrase before the first comma.

    The verb stands right behind the comma that closes the apposition, and no verb but one of a relative clause in it.
    """
    pieces = _pieces_before(view, mention)
    verb = next((i for i in range(len(pieces) - 1, 0, -1) if pieces[i].kind == "verb"), 0)
    if verb < 3 or pieces[verb - 1].kind != "comma" or any(p.kind in ("np", "that") for p in pieces[verb + 1 :]):
        return None
    return _before_comma(view, pieces[: verb - 1])


def _before_comma(view: SentenceView, pieces: list[Chunk]) -> Range | None:
    """The phrase that begins a clause, with nothing but phrases to its comma, and nothing but its apposition behind."""
    comma = next((i for i, piece in enumerate(pieces) if piece.kind == "comma"), 0)
    if not comma or comma == len(pieces) - 1:
        return None
    if any(p.kind not in ("np", "pp") for p in pieces[:comma]) or pieces[0].kind != "np":
        return None
    behind = pieces[comma + 1 :]
    if behind[0].kind != "that" and any(piece.kind not in _INSIDE for piece in behind):
        return None
    first = pieces[0]
    if not (view.sentence[first.start].isupper() or _ARTICLE.search(folded(view), 0, first.start)):
        return None
    if phrase_of(view, first, changes=True) is None:
        return None
    return tidy(view.text, view.start + first.start, view.start + first.end)


def of_age(view: SentenceView, mention: Mention) -> Range | None:
    """``La rivista, fondata da due studenti, compie 20 anni``, ``Ieri avrebbe compiuto 78 anni``: whose age it is.

    A sentence that names nobody goes on with the person whom the one before begins with or tells the death of.
    """
    if mention.unit not in _AGES or words_in(view).isdisjoint(_age_words()):
        return None
    if _patterns()["ages"].search(folded(view), 0, mention.start - view.start) is None:
        return None
    found = over_apposition(view, mention)
    pieces = _pieces_before(view, mention)
    if (
        found is not None
        or not pieces
        or pieces[-1].kind != "verb"
        or any(
            piece.kind in ("that", "number") or (piece.kind == "np" and not _is_time(view, piece)) for piece in pieces
        )
    ):
        return found
    colon = max((p.start for p in chunks(view) if p.kind == "break" and p.end <= pieces[0].start), default=None)
    if colon is None:
        low, high = _sentence_before(view.text, view.start), view.start
    else:
        low, high = view.start, view.start + colon
    named = persons(view.text, low, high)
    return named[0] if named else None


def _is_time(view: SentenceView, piece: Chunk) -> bool:
    return is_time(view, (view.start + piece.start, view.start + piece.end))


def _sentence_before(text: str, start: int) -> int:
    """Where the sentence before ``start`` begins, in the same paragraph."""
    body = text.rfind("\n", max(0, start - _FAR), start) + 1
    stop = max(text.rfind(f"{sign} ", body, max(body, start - 2)) for sign in ".!?")
    return max(body, stop + 1, start - _FAR)


@per_lexicon
def _age_words() -> frozenset[str]:
    return key_words(load_table("subjects")["ages"]["verbs"])


def placed(view: SentenceView, mention: Mention) -> Range | None:
    """``Mosul, la seconda città del paese, 400 km a nord di Baghdad``: the place that is placed, over an apposition."""
    if mention.unit not in _LENGTHS or _patterns()["placed"].match(folded(view), mention.end - view.start) is None:
        return None
    if _patterns()["aside"].search(folded(view), 0, mention.start - view.start) is None:
        return None
    pieces = _pieces_before(view, mention)
    low = max((i + 1 for i, piece in enumerate(pieces) if piece.kind not in _INSIDE), default=0)
    names = [p for p in pieces[low:] if p.kind in ("np", "pp") and view.sentence[p.start].isupper()]
    return tidy(view.text, view.start + names[0].start, view.start + names[0].end) if names else None
