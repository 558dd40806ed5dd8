"""Italian number words to exact integers: cardinals, denominators, and what an elision leaves.

Pure functions over lower-case words; nothing here knows of sentences. The forms come from
``lexicon/numerals.toml``, the rules of composition from the grammar of Italian numerals: tens drop
their last vowel before *uno* and *otto* (ventuno, ventotto), *cento* may drop its own before a vowel
(centottanta beside centoottanta), a final *tre* takes an accent in compounds, and every number may
lose its last vowel before another word (ventun, trent'anni).
"""

from __future__ import annotations

from functools import lru_cache

from extractor.lexicon.loader import load_table

_VOWELS = "aeiou"


def _below_hundred(base: dict[int, list[str]]) -> dict[str, int]:
    forms = {form: value for value, names in base.items() if value < 100 for form in names}
    for ten in range(20, 100, 10):
        stem = base[ten][0]
        for unit in range(1, 10):
            for name in base[unit]:
                forms[stem + name] = ten + unit
                if name[0] in _VOWELS:
                    forms[stem[:-1] + name] = ten + unit
    return forms


@lru_cache(maxsize=1)
def _small() -> dict[str, int]:
    """Every form of 0 to 999, feminine and shortened ones included."""
    base = {int(k): v for k, v in load_table("numerals")["cardinals"].items()}
    below = _below_hundred(base)
    forms = dict(below)
    cento = base[100][0]
    hundreds = {cento: 100} | {
        unit + cento: base_value * 100 for unit, base_value in below.items() if 2 <= base_value <= 9
    }
    for hundred, value in hundreds.items():
        forms[hundred] = value
        for rest, rest_value in below.items():
            if rest_value:
                forms[hundred + rest] = value + rest_value
                if rest[0] in _VOWELS:
                    forms[hundred[:-1] + rest] = value + rest_value
    return forms


@lru_cache(maxsize=65536)
def cardinal(word: str) -> int | None:
    """Return the value of one written cardinal below a million, or None when it is none.

    Args:
        word: one lower-case word (``duecentoquarantatré``, ``trentunmila``, ``mille``).

    >>> cardinal("tremiladuecentoquarantatre"), cardinal("treno")
    (3243, None)
    """
    small = _small()
    value = small.get(word)
    if value is not None:
        return value
    if word.startswith("mille"):
        rest = word[5:]
        return 1000 if not rest else _plus(1000, small.get(rest))
    head, mila, tail = word.partition("mila")
    if mila and head:
        thousands = small.get(head)
        if thousands is None or thousands < 2:
            return None
        return thousands * 1000 if not tail else _plus(thousands * 1000, small.get(tail))
    return None


def _plus(base: int, rest: int | None) -> int | None:
    return None if not rest else base + rest


@lru_cache(maxsize=4096)
def elided_cardinal(word: str) -> int | None:
    """Return the value of a cardinal that lost its last vowel before an apostrophe (``trent'anni``).

    >>> elided_cardinal("cent"), elided_cardinal("quarant")
    (100, 40)
    """
    if len(word) < 3:
        return None
    for vowel in _VOWELS:
        value = cardinal(word + vowel)
        if value is not None:
            return value
    return None


@lru_cache(maxsize=1)
def _denominators() -> dict[str, int]:
    return {form: int(v) for v, forms in load_table("numerals")["denominators"].items() for form in forms}


@lru_cache(maxsize=4096)
def denominator(word: str) -> int | None:
    """Return the denominator that a masculine ordinal names (``terzi``, ``ventunesimo``), else None.

    An ordinal above ten is the cardinal less its last vowel plus *-esimo*; *tre* and *sei* keep it
    (ventitreesimo, ventiseiesimo).
    """
    value = _denominators().get(word)
    if value is not None:
        return value
    if word.endswith(("esimo", "esimi")):
        stem = word[:-5]
        value = cardinal(stem)
        if value is None:
            value = next((v for c in "oeai" if (v := cardinal(stem + c)) is not None), None)
        if value is not None and value > 10 and value != 100:  # centesimi are cents
            return value
        if stem.endswith("mill") and (thousands := cardinal(stem[:-4] + "mila")) is not None:
            return thousands
    return None
