"""Lines of keys in a TOML text."""

from __future__ import annotations

import pytest

from extractor.lexicon.positions import Place, line_of

TEXT = """\
# units.measure
[[units.measure]]
code = "a"
names = [
  "uno",
]
[[ units . measure ]]
"code" = "b"
[changes]
nouns.increase = ["x"]
verbs = {increase = ["y:1"]}
[changes.forms]   # a comment
decrease = []
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("units", "measure", 1), 2),
        (("units", "measure", 1, "names"), 4),
        (("units", "measure", 2, "code"), 8),
        (("units", "measure", 2, "names"), 7),
        (("changes",), 9),
        (("changes", "nouns", "increase"), 10),
        (("changes", "verbs", "increase"), 11),
        (("changes", "forms", "decrease"), 13),
        (("subjects",), None),
        (("units", "money", 1), None),
    ],
)
def test_the_line_is_that_of_the_key_or_of_what_is_around_it(place: Place, line: int | None) -> None:
    assert line_of(TEXT, place) == line
