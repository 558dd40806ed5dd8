"""Forms of regular Italian verbs, so that a table can list infinitives. Pure standard library."""

from __future__ import annotations

_FINITE = {
    "are": ("a", "ano", "ava", "avano", "ò", "arono"),
    "ire": ("isce", "iscono", "iva", "ivano", "ì", "irono"),
}
_GERUND = {"are": "ando", "ire": "endo"}
_PARTICIPLE = {"are": "at", "ire": "it"}


def third_persons(infinitive: str) -> list[str]:
    """Return the third persons of the present, the imperfect and the remote past of a verb in *-are*, *-ire* (*-isc-*).

    Raises:
        ValueError: the infinitive has another ending.

    >>> third_persons("stimare")[:3], third_persons("riferire")[:2]
    (['stima', 'stimano', 'stimava'], ['riferisce', 'riferiscono'])
    """
    stem, ending = _split(infinitive)
    return [stem + suffix for suffix in _FINITE[ending]]


def participles(infinitive: str) -> list[str]:
    """Return the four forms of the past participle of a verb in *-are* or *-ire*.

    Raises:
        ValueError: the infinitive has another ending.

    >>> participles("stimare")
    ['stimato', 'stimata', 'stimati', 'stimate']
    """
    stem, ending = _split(infinitive)
    return [stem + _PARTICIPLE[ending] + vowel for vowel in "oaie"]


def gerund(infinitive: str) -> str:
    """Return the gerund of a verb in *-are* or *-ire*.

    Raises:
        ValueError: the infinitive has another ending.

    >>> gerund("stimare"), gerund("riferire")
    ('stimando', 'riferendo')
    """
    stem, ending = _split(infinitive)
    return stem + _GERUND[ending]


def _split(infinitive: str) -> tuple[str, str]:
    stem, ending = infinitive[:-3], infinitive[-3:]
    if ending not in _FINITE or not stem:
        raise ValueError(f"not a regular verb in -are or -ire: {infinitive!r}")
    return stem, ending
