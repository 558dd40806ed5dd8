"""The trigger scan: where in a text a quantity may begin.

One compiled pattern runs over the raw text. It begins with a class of boundary characters, which the
engine looks for at full speed, and goes on with a trie of the beginnings of number words, so that
ordinary text costs next to nothing and the parser only sees candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.numerals.digits import VULGAR_CHARACTERS
from extractor.quantities.tables import GAP, unit_index
from extractor.quantities.trie import trie

# White space is written out: the engine looks up listed characters faster than a class.
_BLANKS = "".join(c for c in map(chr, range(0x3001)) if c.isspace())
_BOUNDARY = _BLANKS + r"(\[{«»“”\"‘'’\-–—−+/=~≈<>≥≤:;,.%€$£¥|*•…!?·"


CODE_LENGTH = 3
"""Letters of a currency's code, which may be glued to the number (``USD1,23``)."""


def _cases(words: Iterable[str]) -> set[str]:
    return {form for w in words for form in (w, w.capitalize(), w.upper())}


@per_lexicon
def trigger() -> re.Pattern[str]:
    """The compiled trigger; a match ends where a candidate begins (after one boundary character)."""
    table = load_table("numerals")
    cardinals = {int(k): v for k, v in table["cardinals"].items()}
    # tens and hundreds lose their last vowel in compounds: trentuno, trent'anni, centottanta
    words = {form for value, forms in cardinals.items() for form in forms if value > 1 or value == 0}
    words |= {form[:-1] for value, forms in cardinals.items() if value >= 20 for form in forms if value < 1000}
    words |= (
        {"mezz", "metà", "quattr", "ott'", "dicia", "decina", "dozzina", "migliaio"}
        | set(table["multiples"])
        | set(table["ratio_verbs"]["stems"])
    )
    one_of = set(unit_index().first_words) | {w for row in table["magnitude"] for w in row["words"]}
    one_of |= (
        set(table["collective"])
        | set(table["collective_exact"])
        | {"solo", "sola", "unico", "unica", "singolo", "singola", "volta", "mezzo", "virgola", "ogni", "su", "o"}
    )
    one_of |= {"altro", "altra"}
    one_of |= {form for forms in table["denominators"].values() for form in forms}
    # un italiano su cinque, one to three words: each is read once
    word = rf"[^\W\d_]++{GAP}"
    before_su = rf"{word}(?:su{GAP}|{word}(?:su{GAP}|{word}su{GAP}))"
    elided = trie({"ora", "oncia", "altra", "ottantina"}, prefixes=True)
    range_on = rf"(?:e|a|al){GAP}(?!mezz|un)"  # tra uno e tre mesi, da uno a dieci
    article = rf"[Uu]n[oa]?{GAP}(?:{trie(one_of)}(?!\w)|{range_on}|[^\W\d_]+esimo|{before_su})"
    article += rf"|[Uu]no{GAP}e{GAP}mezzo(?!\w)|UN[OA]?{GAP}(?:MILI|SOL)|[Uu]n['’](?:{elided}|{before_su})"
    beginnings = _cases(words)
    codes = load_table("combinations")["glued"]["codes"]
    # one look at the first character spares most places the alternatives
    first = "".join(sorted({w[0] for w in (*beginnings, *codes)} | {"u", "U"}))
    numerals = rf"[\d{VULGAR_CHARACTERS}]"
    return re.compile(
        rf"[{_BOUNDARY}](?=[\d{VULGAR_CHARACTERS}{first}])"
        rf"(?={numerals}|{trie(beginnings, prefixes=True)}|{article}|(?:{'|'.join(codes)})\d)"
    )
