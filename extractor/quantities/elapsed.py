"""Times taken, as sport writes them: ``1h23'45"``, ``9"58``, ``1'45"32``, ``1,34"39``, ``1:23.456``,
``2:03:23``.

They are measures in seconds. Minutes alone (``al 35'``) place something in a match, and two fields with a colon
(``14:30``) are a clock time: both are left to the exclusions. Three fields with colons may be a clock time too, so they
need a word of racing near; so do seconds alone, since inches are written with the same sign.
"""

from __future__ import annotations

import re
from decimal import Decimal

from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention, Number

MARKS = frozenset("h'’′\"”″:")
"""What stands behind the first field of such a time."""

_MINUTE, _SECOND = "['’′]", "(?:[\"”″]|['’′]{2})"
_ELAPSED = re.compile(
    rf"""
    (?:(?P<h>\d{{1,2}})\ ?h\ ?)? (?P<m>\d{{1,3}}){_MINUTE}\ ?(?P<s>\d{{1,2}}){_SECOND}(?P<f>\d{{1,3}})?
  | (?P<h2>\d{{1,2}})\ ?h\ ?(?P<m2>\d{{2}}){_MINUTE}
  | (?P<m7>\d{{1,2}}),(?P<s7>[0-5]\d){_SECOND}(?P<f7>\d{{1,3}})
  | (?P<s3>\d{{1,2}}){_SECOND}(?P<f3>\d{{1,3}})
  | (?P<m4>\d{{1,2}}):(?P<s4>[0-5]\d)[.,](?P<f4>\d{{1,3}})
  | (?P<h5>\d{{1,2}}):(?P<m5>[0-5]\d):(?P<s5>[0-5]\d)(?:[.,](?P<f5>\d{{1,3}}))?
  | (?P<s6>\d{{1,2}}){_SECOND}
    """,
    re.VERBOSE,
)
_ENDS = re.compile(r"(?![\w:]|[.,]\d)")
_AROUND = 80
_SCALE = re.compile(r"(?i)scala\s(?:di\s)?\Z")


@per_lexicon
def _racing() -> re.Pattern[str]:
    words = load_table("kinds")["racing"]["near"]
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(words)})")


def elapsed_time(text: str, number: Number) -> Mention | None:
    """Return the time taken whose first field is ``number``, in seconds; None where it is none."""
    found = _ELAPSED.match(text, number.start)
    if found is None or _ENDS.match(text, found.end()) is None:
        return None
    if _SCALE.search(text, max(0, number.start - _AROUND), number.start):
        return None  # una mappa in scala 1:25.000
    fields = {name.rstrip("0123456789"): value for name, value in found.groupdict().items() if value is not None}
    ambiguous = found["s6"] is not None or found["h5"] is not None
    if ambiguous and not _racing().search(text, max(0, number.start - _AROUND), found.end() + _AROUND):
        return None
    value = Decimal(int(fields.get("h", 0)) * 3600 + int(fields.get("m", 0)) * 60 + int(fields.get("s", 0)))
    if "f" in fields:
        value += Decimal(f"0.{fields['f']}")
    return Mention(
        number.start, found.end(), "measure", value, unit="s",
        form="elapsed", number_end=found.end(), rules=[*number.rules, "unit.elapsed"],
    )  # fmt: skip
