"""A user's own lexicon: what may stand in it, and that its errors lead to the place of the mistake."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from extractor.lexicon.active import BUILT_IN
from extractor.lexicon.listing import entries, tables
from extractor.lexicon.loader import LexiconError, load_table
from extractor.lexicon.own import EXTENDABLE, OwnLexicon, read_lexicon
from extractor.lexicon.units import currencies, units

FIRST = '# mine\n[[units.measure]]\ncode = "PJ"\nsymbols = "PJ"\n'


def lexicon(text: str) -> OwnLexicon:
    return OwnLexicon(text, "mine.toml")


def test_words_and_rows_are_added_and_only_while_the_lexicon_is_in_force() -> None:
    own = lexicon(
        '[changes.nouns]\nincrease = ["uprating"]\n'
        '[not_quantities]\nbefore.label = "turbina, pozzo"\n'
        '[[modifiers.modifier]]\nname = "approx"\nbefore = ["nell\'intorno di"]\n'
    )
    before = load_table("changes")["nouns"]["increase"]
    with own.in_force():
        assert load_table("changes")["nouns"]["increase"] == [*before, "uprating"]
        assert load_table("not_quantities")["before"]["label"][-2:] == ["turbina", "pozzo"]
        assert load_table("modifiers")["modifier"][-1] == {"name": "approx", "before": ["nell'intorno di"]}
        assert load_table("changes")["verbs"] == BUILT_IN_VERBS
    assert load_table("changes")["nouns"]["increase"] == before


BUILT_IN_VERBS = load_table("changes")["verbs"]


def test_a_form_with_a_new_meaning_loses_the_old_one() -> None:
    own = lexicon(
        '[[currencies.money]]\ncode = "CAD"\nnames = "dollaro, dollari"\n[[units.measure]]\ncode="X"\nsymbols="kg"\n'
    )
    built_in = [entry.code for entry in currencies() if "dollari" in entry.names]
    with own.in_force():
        assert [entry.code for entry in currencies() if "dollari" in entry.names] == ["CAD"]
        assert [entry.code for entry in units() if "kg" in entry.symbols] == ["X"]
        assert any("dollari usa" in entry.names for entry in currencies())
        assert any(entry.code == "kg" and "chilogrammi" in entry.names for entry in units())
    assert built_in == ["USD"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[units', "mine.toml: is not valid TOML"),
        ('[unit.measure]\ncode = "a"', "mine.toml, [unit], line 5: no table 'unit' can be added to"),
        ('[calendar.days]\nwords = ["x"]', "mine.toml, [calendar], line 5: no table 'calendar'"),
        ('[[subjects]]\nwords = "x"', "mine.toml, [subjects], line 5: must be a table"),
        ('[units.length]\ncode = "a"', "mine.toml, [units.length], line 5: section [length] is unknown"),
        ('[[units.measure]]\nnames = "x"', "mine.toml, [[units.measure]] row 2, line 5, key 'code': is missing"),
        (
            '[[units.measure]]\ncode = "x"\nname = "x"',
            "mine.toml, [[units.measure]] row 2, line 7, key 'name': is unknown; known are code, factor",
        ),
        (
            '[[units.measure]]\ncode = "x"\nsymbols = "PJ"',
            "mine.toml, [[units.measure]] row 2, line 7, key 'symbols': 'PJ' stands already in "
            "[[units.measure]] row 1, line 4",
        ),
        ('[[units.measure]]\ncode = "x"\nnames = "Watt"', "line 7, key 'names': 'Watt' must be in lower case"),
        ('[changes.noun]\nincrease = ["x"]', "mine.toml, [changes.noun], line 5: section [noun] is unknown"),
        (
            '[changes.nouns]\n\nupwards = ["x"]',
            "mine.toml, [changes.nouns], line 7, key 'upwards': is unknown; known are increase, decrease, level_of",
        ),
        ("[changes.nouns]\nincrease = 3", "line 6, key 'increase': must be of type texts"),
        ('[changes.nouns]\nincrease = ["x", "x"]', "line 6, key 'increase': has 'x' twice"),
        ('[changes.nouns]\nincrease = ["Boom"]', "line 6, key 'increase': 'Boom' must be in lower case"),
        ('[changes.nouns]\nincrease = ["rialz[oi]"]', "line 6, key 'increase': 'rialz[oi]' has a character"),
        ('[changes.nouns]\nincrease = ["&"]', "line 6, key 'increase': '&' has no letter and no digit"),
        ('[changes.verbs]\nincrease = ["sale"]', "line 6, key 'increase': 'sale' must be a stem and its conjugation"),
        ('[changes.verbs]\nincrease = ["sal:77"]', "'sal:77': no conjugation '77'; there are 1, 2, 3, 2x"),
        ('[changes]\nverbs.increase = ["sal:77"]', "mine.toml, [changes.verbs], line 6, key 'increase'"),
        ('[[modifiers.modifier]]\nname = "approx"\nverbs = ["sal:4"]', "no conjugation '4'; there are 1, 2, 3"),
        ('[[modifiers.modifier]]\nname = "some"', "row 1, line 6, key 'name': must be one of approx, more_than"),
        ('[[modifiers.modifier]]\nbefore = ["x"]', "row 1, line 5, key 'name': is missing"),
        ('[modifiers.negation]\nmore_than = ["x"]', "key 'more_than': is unknown; known are words"),
        ('[modifiers.passive]\nmore_than = ["x"]', "section [passive] is unknown"),
        ('[subjects.verbs]\nstems = ["produc:2 su"]', "must be a stem and its conjugation"),
    ],
)  # fmt: skip
def test_errors_name_file_line_and_key(text: str, place: str) -> None:
    with pytest.raises(LexiconError) as caught:
        lexicon(FIRST + text)
    assert str(caught.value).startswith("mine.toml")
    assert place in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"none\.toml: cannot be read: No such file"):
        read_lexicon(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b"# caff\xe8")
    with pytest.raises(LexiconError, match=r"latin\.toml: is not valid TOML in UTF-8"):
        read_lexicon(str(tmp_path / "latin.toml"))


def test_a_lexicon_travels_to_other_processes_by_its_text() -> None:
    own = lexicon(FIRST)
    with own.in_force():
        units()
    other = pickle.loads(pickle.dumps(own))
    assert (other.name, other.text, other.sha256, dict(other.memo)) == ("mine.toml", FIRST, own.sha256, {})
    assert other == own
    assert len({other, own, lexicon(FIRST + "[changes.nouns]\nincrease = ['boom']")}) == 2
    assert pickle.loads(pickle.dumps(BUILT_IN)) is BUILT_IN


def test_every_extendable_table_takes_what_it_lists_itself() -> None:
    """The lists of a table with a word more: each is one that a user may write."""
    for table in EXTENDABLE[2:]:
        for entry in entries(BUILT_IN, table):
            section, _, key = entry["section"].partition(".")
            if list(entry["values"]) == ["words"] and key:
                word = '"prova:1"' if ":" in entry["values"]["words"][0] else '"prova"'
                own = lexicon(f"[{table}.{section}]\n{key} = [{word}]\n")
                assert [e["section"] for e in entries(own, table) if e["source"] == "mine.toml"] == [entry["section"]]


def test_the_list_shows_what_is_in_force_and_where_it_comes_from() -> None:
    own = lexicon(FIRST + '[[currencies.money]]\ncode = "CAD"\nnames = "dollari"\n')
    assert set(EXTENDABLE) < set(tables())
    mine = [entry for table in tables() for entry in entries(own, table) if entry["source"] == "mine.toml"]
    assert [(entry["table"], entry["section"], entry["values"]) for entry in mine] == [
        ("currencies", "money", {"code": "CAD", "names": ["dollari"]}),
        ("units", "measure", {"code": "PJ", "symbols": ["PJ"]}),
    ]
    usd = next(e for e in entries(own, "currencies") if e["values"].get("code") == "USD")
    assert "dollaro" in usd["values"]["names"]
    assert "dollari" not in usd["values"]["names"]
    months = next(e for e in entries(BUILT_IN, "calendar") if e["section"] == "months")
    assert months["values"]["gennaio"] == 1
