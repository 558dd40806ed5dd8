"""The loader: what it reads, and that its errors lead to the place of the mistake."""

from __future__ import annotations

from decimal import Decimal
from importlib import resources

import pytest

from extractor.lexicon import loader
from extractor.lexicon.loader import (
    DECIMAL,
    FLAG,
    INTEGER,
    TEXT,
    TEXTS,
    LexiconError,
    Row,
    check_sections,
    check_unique,
    load_table,
    parse_table,
    rows,
)

TYPES = {"words": TEXTS, "size": DECIMAL, "rank": INTEGER, "weak": FLAG}

SAMPLE = """\
# pasta, by shape
[[pasta]]
code = "spg"
words = "spaghetto, spaghetti"
size = "0.25"

[[pasta]]
code = "rgt"
words = ["rigatone", "rigatoni"]
rank = 3
weak = true

[sauce]
code = "pesto"
"""


def sample_rows(text: str = SAMPLE) -> list[Row]:
    return list(rows(parse_table(text, "pasta.toml"), "pasta", required={"code": TEXT}, optional=TYPES))


def failure(row_text: str) -> LexiconError:
    """Read one more row after the good ones and return the error that it gives."""
    with pytest.raises(LexiconError) as caught:
        _ = [row.values(TYPES) for row in sample_rows(f"{SAMPLE}\n[[pasta]]\n{row_text}\n")]
    return caught.value


def test_rows_give_typed_values_of_the_keys_they_have() -> None:
    first, second = sample_rows()
    assert first.values(TYPES) == {"words": ("spaghetto", "spaghetti"), "size": Decimal("0.25")}
    assert second.values(TYPES) == {"words": ("rigatone", "rigatoni"), "rank": 3, "weak": True}
    assert (first.text("code"), first.text("absent", "none")) == ("spg", "none")
    assert (first.texts("absent"), first.decimal("absent", "1")) == ((), Decimal(1))
    assert (first.integer("rank", 9), second.integer("rank", 9)) == (9, 3)
    assert (first.flag("weak"), second.flag("weak")) == (False, True)


def test_a_plain_section_is_one_row_and_an_absent_one_none() -> None:
    table = parse_table(SAMPLE, "pasta.toml")
    (sauce,) = rows(table, "sauce", required={"code": TEXT})
    assert sauce.text("code") == "pesto"
    assert sauce.place() == "[sauce], line 13"
    assert sauce.place("code") == "[sauce], line 14"
    assert list(rows(table, "cheese")) == []


def test_texts_may_run_over_lines() -> None:
    (row,) = rows(parse_table('[[p]]\nwords = """uno, due,\n  tre per uno"""', "p"), "p", optional=TYPES)
    assert row.texts("words") == ("uno", "due", "tre per uno")


@pytest.mark.parametrize(
    ("row_text", "key", "message"),
    [
        ('words = "penna"', "code", "is missing"),
        ('code = "pn"\nword = "penna"', "word", "is unknown"),
        ("code = 3", "code", "must be of type text"),
        ('code = "pn"\nrank = true', "rank", "must be of type integer"),
        ('code = "pn"\nweak = 1', "weak", "must be of type flag"),
        ('code = "pn"\nsize = 0.1', "size", "must be of type decimal"),
        ('code = "pn"\nsize = "1e3"', "size", "plain decimal"),
        ('code = "pn"\nsize = "NaN"', "size", "plain decimal"),
        ('code = "pn"\nsize = "0,5"', "size", "plain decimal"),
        ('code = "pn"\nwords = "penna,, penne"', "words", "empty form"),
        ('code = "pn"\nwords = ""', "words", "empty form"),
        ('code = "pn"\nwords = "penna  liscia"', "words", "single spaces"),
        ('code = "pn"\nwords = "penna\\u00a0liscia"', "words", "single spaces"),
        ('code = "pn"\nwords = ["penna "]', "words", "single spaces"),
        ('code = "pn"\nwords = ["penna", 7]', "words", "texts only"),
        ('code = "pn"\nwords = "penna, penne, penna"', "words", "'penna' twice"),
        ('code = "pn"\nwords = "penna d’oca"', "words", "apostrophe"),
        ('code = "pn"\nwords = "te\\u0300"', "words", "normal form"),
    ],
)
def test_errors_name_table_row_line_and_key(row_text: str, key: str, message: str) -> None:
    error = failure(row_text)
    # the line is the key's, or the row's where the key is not there
    keys = [line.partition(" ")[0] for line in row_text.split("\n")]
    line = 17 + keys.index(key) if key in keys else 16
    assert error.table == "pasta.toml"
    assert error.row == f"[[pasta]] row 3, line {line}"
    assert error.key == key
    assert message in str(error)
    assert str(error).startswith(f"pasta.toml, [[pasta]] row 3, line {line}, key '{key}': ")


def test_a_row_that_is_no_table_is_an_error() -> None:
    with pytest.raises(LexiconError, match="table of keys and values"):
        list(rows({"pasta": ["penna"]}, "pasta", name="mine"))


def test_a_form_of_two_rows_is_an_error_that_names_both() -> None:
    first, second = sample_rows()
    check_unique([("penna", first, "words"), ("penne", second, "words")])
    with pytest.raises(LexiconError, match=r"row 2.*key 'weak'.*'penna'.*row 1.*key 'words'"):
        check_unique([("penna", first, "words"), ("penna", second, "weak")])


def test_an_unknown_section_is_an_error() -> None:
    table = parse_table(SAMPLE, "pasta.toml")
    check_sections(table, ["pasta", "sauce"])
    with pytest.raises(LexiconError, match=r"pasta\.toml, \[sauce\], line 13: section \[sauce\] is unknown"):
        check_sections(table, ["pasta"])


@pytest.mark.parametrize("text", ["[[pasta", 'a = "b', b"a = '\xff'"])
def test_a_broken_text_is_an_error_that_names_the_table(text: str | bytes) -> None:
    with pytest.raises(LexiconError, match=r"^broken\.toml: is not valid TOML in UTF-8"):
        parse_table(text, "broken.toml")


def test_a_missing_table_is_an_error_that_names_it() -> None:
    with pytest.raises(LexiconError, match=r"^no_such_table\.toml: cannot be read"):
        load_table("no_such_table")


def test_every_table_of_the_package_can_be_read_by_its_name() -> None:
    files = [f.name for f in resources.files(loader.__package__).iterdir() if f.name.endswith(".toml")]
    assert "units.toml" in files
    for name in files:
        assert load_table(name) == load_table(name.removesuffix(".toml")) != {}
