"""Digit strings with Italian separators to exact decimals.

Italian groups thousands by a point (or a space, or an apostrophe) and marks decimals by a comma.
Where a string cannot be Italian (``3.2%``, ``1,234,567.8``) it is read the foreign way; ``3.000`` is
three thousand.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal

# Products of a numeral and its magnitudes stay exact far beyond any quantity that news states.
EXACT = Context(prec=120)
MAX_DIGITS = 40

SPACES = " \u00a0\u2007\u2009\u202f"

# The longest reading first; the grammar asks what follows. The groups have a bound, since a number begins after each
# separator: a long run of them would be read again and again.
NUMBER = re.compile(
    rf"""
    (?P<dotted>     \d{{1,3}} (?: \.\d{{3}} ){{1,12}} (?! \d )   (?: ,\d+ )? )
  | (?P<spaced>     [1-9]\d{{0,2}} (?: [{SPACES}]\d{{3}} ){{1,12}} (?! \d | [{SPACES}]\d{{3}} ) (?: ,\d+ )? (?! \.\d ) )
  | (?P<apostrophe> \d{{1,3}} (?: ['’]\d{{3}} ){{1,12}} (?! \d ) (?: [.,]\d+ )? )
  | (?P<foreign>    \d{{1,3}} (?: ,\d{{3}} ){{2,12}} (?! \d ) (?: \.\d+ )? | \d{{1,3}} (?: ,\d{{3}} ){{1,12}} \.\d+ )
  | (?P<comma>      \d+,\d+ )
  | (?P<broken>     \d{{1,3}} (?: \.\d\d ){{1,3}} \.00 (?! \d | [.,]\d ) )
  | (?P<point>      \d+\.\d+ )
  | (?P<integer>    \d+ )
    """,
    re.VERBOSE,
)

# Most numerals: digits alone, and no separator with a digit behind; the same as NUMBER's last alternative, sooner.
PLAIN = re.compile(rf"\d+(?![.,'’{SPACES}]?\d)")

_SEPARATORS = str.maketrans("", "", ".'’" + SPACES)


def digits_value(match: re.Match[str]) -> Decimal | None:
    """Return the value of a :data:`NUMBER` match, or None when it has too many digits to be a quantity."""
    text = match.group()
    if len(text) > MAX_DIGITS:
        return None
    match match.lastgroup:
        case "dotted" if text.startswith("0"):
            return Decimal(text) if text.count(".") == 1 and "," not in text else None
        case "dotted" | "spaced" | "comma":
            text = text.translate(_SEPARATORS).replace(",", ".")
        case "apostrophe":
            text = text.replace("'", "").replace("’", "").replace(",", ".")
        case "broken":  # 25.00.00 persone: what a template has left of the thousands
            text = text.replace(".", "")
        case "foreign":
            text = text.replace(",", "")
        case _:
            pass
    return Decimal(text)


VULGAR = {
    "½": "0.5", "¼": "0.25", "¾": "0.75", "⅕": "0.2", "⅖": "0.4", "⅗": "0.6", "⅘": "0.8",
    "⅛": "0.125", "⅜": "0.375", "⅝": "0.625", "⅞": "0.875", "⅒": "0.1",
}  # fmt: skip
_VULGAR_ENDLESS = {"⅓": (1, 3), "⅔": (2, 3), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅑": (1, 9)}
VULGAR_CHARACTERS = "".join(VULGAR) + "".join(_VULGAR_ENDLESS)


def vulgar_value(character: str) -> Decimal:
    """Return the value of one vulgar fraction character (``½``)."""
    if character in VULGAR:
        return Decimal(VULGAR[character])
    numerator, denominator = _VULGAR_ENDLESS[character]
    return fraction(numerator, denominator)


def fraction(numerator: Decimal | int, denominator: Decimal | int) -> Decimal:
    """Return the quotient: exact where its decimals end, else to 28 significant digits."""
    quotient = EXACT.divide(Decimal(numerator), Decimal(denominator))
    return quotient if len(quotient.as_tuple().digits) < 100 else Context(prec=28).plus(quotient)
