"""There and back: nothing is lost in any format."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from extractor.evaluation.convert import ConvertError, Form, Holder, files_of, form_in, form_out, read, write
from extractor.evaluation.gold import GoldClaim, GoldDocument, GoldSpan, load_gold
from tests.conftest import ROOT

from .documents import ODD, documents, example

WAYS = [
    ("g", Form.GOLD),
    ("g.jsonl", Form.GOLD),
    ("l.json", Form.LABEL_STUDIO),
    ("b", Form.BRAT),
    ("d.spacy", Form.DOCBIN),
    ("c.csv", Form.CSV),
]
every_way = pytest.mark.parametrize(("name", "form"), WAYS, ids=[name for name, _ in WAYS])
GOLD = sorted(path for path in (ROOT / "gold").glob("*.json") if path.name != "agreement.json")


def by_name(gold: list[GoldDocument]) -> dict[str, GoldDocument]:
    """A folder gives its documents in the order of its files' names."""
    return {document.doc_id: document for document in gold}


def there_and_back(gold: list[GoldDocument], folder: Path, name: str, form: Form) -> list[GoldDocument]:
    path = folder / name
    write(files_of(gold, path, form))
    assert form_in(path) is form
    return read(path, form)


@every_way
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(gold=documents())
def test_any_gold(name: str, form: Form, gold: list[GoldDocument]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        back = there_and_back(gold, Path(folder), name, form)
        assert len(back) == len(gold)
        assert by_name(back) == by_name(gold)


@every_way
@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_the_projects_gold(tmp_path: Path, name: str, form: Form, path: Path) -> None:
    gold = load_gold(path)
    assert there_and_back(gold, tmp_path, name, form) == gold


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_files_come_back_byte_for_byte_beside_their_articles(tmp_path: Path, path: Path) -> None:
    gold, articles = load_gold(path), tmp_path / "corpus"
    articles.mkdir()
    (articles / f"{path.stem}.txt").write_bytes(gold[0].text.encode())
    files = files_of(gold, tmp_path / "gold", Form.GOLD, articles=articles)
    assert {each.name: content.rstrip() for each, content in files.items()} == {path.name: path.read_bytes().rstrip()}


@every_way
def test_every_field(tmp_path: Path, name: str, form: Form) -> None:
    gold = [example(), GoldDocument(doc_id="senza numeri", text="Nulla.")]
    assert by_name(there_and_back(gold, tmp_path, name, form)) == by_name(gold)


def odd(character: str) -> GoldDocument:
    """A document with a character inside everything that is free text."""
    text, phrase = f"1{character}2 a{character}b", f"a{character}b"
    spans = {"subject": GoldSpan(text=phrase, start=len(text) - 3, end=len(text), value=phrase)}
    spans |= {"time": GoldSpan(text=phrase, value=phrase)}
    claim = GoldClaim(claim_id=phrase, kind="measure", start=0, end=3, text=text[:3], value="1", unit=phrase, **spans)
    return GoldDocument(doc_id=phrase, text=text, claims=(claim,))


@every_way
@pytest.mark.parametrize("character", sorted(set(ODD)), ids=ascii)
def test_every_odd_character(tmp_path: Path, name: str, form: Form, character: str) -> None:
    assert there_and_back([odd(character)], tmp_path, name, form) == [odd(character)]


@pytest.mark.parametrize("character", sorted(set(ODD)), ids=ascii)
def test_a_brat_server_sees_the_same_lines(character: str) -> None:
    """It splits at everything that Python takes for the end of a line."""
    [lines] = [
        each.decode() for path, each in files_of([odd(character)], Path(), Form.BRAT).items() if path.suffix == ".ann"
    ]
    assert lines.splitlines() == lines.removesuffix("\n").split("\n")


def test_predictions_are_read_as_such_only(tmp_path: Path) -> None:
    path = tmp_path / "tasks.json"
    write(files_of([example()], path, Form.LABEL_STUDIO, Holder.PREDICTIONS))
    assert read(path, Form.LABEL_STUDIO, Holder.PREDICTIONS) == [example()]
    with pytest.raises(ValueError, match=r"tasks.json: task 1: it has 0 annotations, .*--as predictions"):
        read(path, Form.LABEL_STUDIO)


def test_one_file_holds_one_document(tmp_path: Path) -> None:
    [article] = [path for path in files_of([example()], tmp_path / "a.json", Form.GOLD) if path.suffix == ".txt"]
    assert article == tmp_path / "economia" / "ricavi.txt"
    with pytest.raises(ConvertError, match=r"a.json: a gold file holds one document, not 0"):
        files_of([], tmp_path / "a.json", Form.GOLD)


def test_an_article_of_another_text_stays(tmp_path: Path) -> None:
    gold = [GoldDocument(doc_id="a", text="Uno.")]
    (tmp_path / "a.txt").write_text("Due.", encoding="utf-8")
    for name in ("gold", "gold.csv"):
        with pytest.raises(ConvertError, match=r"a.txt: .*not the text of 'a'"):
            files_of(gold, tmp_path / name, form_out(tmp_path / name), articles=tmp_path)


def test_what_no_format_holds(tmp_path: Path) -> None:
    with pytest.raises(ConvertError, match=r"gold: agreement.json in a gold folder is no gold"):
        files_of([GoldDocument(doc_id="agreement", text="")], tmp_path / "gold", Form.GOLD)
    surrogate = GoldDocument(doc_id="a", text="\ud800")
    for name, form in WAYS:
        with pytest.raises(ConvertError, match=r"surrogate|unchanged"):
            files_of([surrogate], tmp_path / name, form)
    for name, form, message in (("a.xyz", Form.GOLD, "a.xyz: which format"), ("a", Form.CLAIMS, "read here")):
        with pytest.raises(ConvertError, match=message):
            files_of([example()], tmp_path / name, form)
