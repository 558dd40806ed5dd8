"""Exact numbers as Italian writes them: digits with separators, and words.

>>> from decimal import Decimal
>>> italian_digits(Decimal("4300000000000")), italian_words(Decimal("4300000000000"))
('4.300.000.000.000', 'quattromilatrecento miliardi')
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from extractor.lexicon.loader import load_table

MINUS = "−"
# Words of more are longer than a line and help nobody.
_BELOW = 10**15
_MAX_DECIMALS = 6
_TURNED = str.maketrans(",.", ".,")


def italian_digits(value: Decimal) -> str:
    """Return the digits of a number, a point between thousands and a comma before decimals."""
    return f"{value:,f}".translate(_TURNED).replace("-", MINUS)


def italian_words(value: Decimal) -> str | None:
    """Return a number in words; None for 10^15 and more, and for more than six decimals."""
    whole, _, decimals = f"{abs(value):f}".partition(".")
    if int(whole) >= _BELOW or len(decimals) > _MAX_DECIMALS:
        return None
    words = _integer(int(whole))
    if decimals:
        words += f" virgola {_decimals(decimals)}"
    return f"meno {words}" if value < 0 else words


def _decimals(digits: str) -> str:
    """Read decimals: zeros one by one, then up to three digits as a number, more of them one by one."""
    zeros = len(digits) - len(digits.lstrip("0"))
    rest = digits[zeros:]
    spoken = [_integer(int(rest))] if 0 < len(rest) <= 3 else [_integer(int(digit)) for digit in rest]
    return " ".join([_integer(0)] * zeros + spoken)


def _integer(value: int) -> str:
    milliards, rest = divmod(value, 10**9)
    millions, rest = divmod(rest, 10**6)
    parts = [_times(milliards, 9), _times(millions, 6), _below_million(rest) if rest or not value else ""]
    return " ".join(filter(None, parts))


def _times(count: int, exponent: int) -> str:
    if not count:
        return ""
    one, many = _magnitudes()[exponent]
    if count == 1:
        return f"un {one}"
    words = _below_million(count)
    return f"{words[:-1] if words.endswith('uno') else words} {many}"


def _below_million(value: int) -> str:
    thousands, rest = divmod(value, 1000)
    if not thousands:
        return _below_thousand(rest)
    head = _names()[1000] if thousands == 1 else _unaccented(_below_thousand(thousands)) + "mila"
    return _accented(head + (_below_thousand(rest) if rest else ""))


def _below_thousand(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    below = _below_hundred(rest)
    if not hundreds:
        return below
    cento = _names()[100]
    head = cento if hundreds == 1 else _names()[hundreds] + cento
    if not rest:
        return head
    # cento loses its vowel before otto and ottanta alone
    return _accented((head[:-1] if below.startswith("o") else head) + below)


def _below_hundred(value: int) -> str:
    names = _names()
    if value in names:
        return names[value]
    tens, units = divmod(value, 10)
    head, tail = names[tens * 10], names[units]
    return _accented((head[:-1] if tail[0] in "uo" else head) + tail)


def _accented(word: str) -> str:
    """A compound that ends in *tre* takes an accent."""
    return f"{word[:-1]}é" if word.endswith("tre") else word


def _unaccented(word: str) -> str:
    return f"{word[:-1]}e" if word.endswith("tré") else word


@lru_cache(maxsize=1)
def _names() -> dict[int, str]:
    return {int(value): forms[0] for value, forms in load_table("numerals")["cardinals"].items()}


@lru_cache(maxsize=1)
def _magnitudes() -> dict[int, tuple[str, str]]:
    """Singular and plural of each power of ten from a million on."""
    return {row["exponent"]: tuple(row["words"][:2]) for row in load_table("numerals")["magnitude"]}
