"""What each format looks like, and what is said of files that are wrong."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from spacy.tokens import DocBin
from spacy.training import Example

import extractor
from extractor.evaluation.convert import ConvertError, Form, files_of, read, write
from extractor.evaluation.convert.label_studio_config import label_studio_config
from extractor.evaluation.convert.notes import read_note, write_note
from extractor.evaluation.convert.own import doc_id_of, file_name
from extractor.evaluation.gold import GoldClaim, GoldDocument, GoldError, load_gold
from extractor.spacy_component import score

from .documents import TEXT, example

HEAD = "T1\tCount 0 2\t37\n#1\tAnnotatorNotes T1\tvalue=37\nT2\tSubject 3 8\tforni\n"


def brat(folder: Path, lines: str, text: str = "37 forni e 12 case.") -> Path:
    (folder / "a.txt").write_text(text, encoding="utf-8", newline="")
    (folder / "a.ann").write_text(lines, encoding="utf-8", newline="")
    return folder


def problems(path: Path, form: Form) -> tuple[str, ...]:
    with pytest.raises(GoldError) as caught:
        read(path, form)
    return caught.value.problems


def test_brat_as_its_documentation_has_it() -> None:
    files = files_of([example()], Path("b"), Form.BRAT)
    assert files[Path("b/economia%2Fricavi.txt")].decode() == TEXT
    lines = files[Path("b/economia%2Fricavi.ann")].decode().splitlines()
    assert lines[:2] == ["T1\tPercentage 30 32\t5%", "A1\tChange T1 increase"]
    assert lines[2] == "#1\tAnnotatorNotes T1\tid=c1; value=5; unit=%; attribution=Anna"
    assert "R1\thas_subject Arg1:T1 Arg2:T4" in lines
    assert "R6\trefers_to Arg1:T3 Arg2:T2" in lines
    conf = files[Path("b/annotation.conf")].decode()
    assert "[entities]\nMoney\n" in conf
    assert "has_time\tArg1:Money|Percentage|Count|Measure|Ratio, Arg2:Time\n" in conf


def test_brat_writes_a_line_break_as_a_gap_between_fragments(tmp_path: Path) -> None:
    text = "Sono 12\r\nmilioni."
    claim = GoldClaim(claim_id="c1", kind="count", start=5, end=16, text="12\r\nmilioni", value="12000000")
    gold = [GoldDocument(doc_id="a", text=text, claims=(claim,))]
    files = files_of(gold, tmp_path, Form.BRAT)
    assert files[tmp_path / "a.ann"].splitlines()[0] == b"T1\tCount 5 7;9 16\t12 milioni"
    write(files)
    assert read(tmp_path, Form.BRAT) == gold
    edge = claim.model_copy(update={"text": "12\r\n", "end": 9})
    with pytest.raises(ConvertError, match=r"a: count c1 .*begins or ends with a line break"):
        files_of([gold[0].model_copy(update={"claims": (edge,)})], tmp_path, Form.BRAT)


def test_brat_as_an_annotator_leaves_it(tmp_path: Path) -> None:
    more = "R1\thas_subject Arg1:T1 Arg2:T2\nA1\tModifier T1 at_least\n"
    more += "T3\tCount 11 13\t12\n#2\tAnnotatorNotes T3\tvalue = 12;\n"
    [document] = read(brat(tmp_path, HEAD + more), Form.BRAT)
    first, second = document.claims
    assert (first.claim_id, first.modifier, second.claim_id, second.value) == ("T1", "at_least", "T3", 12)
    assert first.subject is not None
    assert (first.subject.text, first.subject.start) == ("forni", 3)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("R1\thas_subject Arg1:T1 Arg2:T9", "a.ann: line 4: a relation names T9, which marks nothing"),
        ("R1\thas_time Arg1:T1 Arg2:T2", "must be subject, not 'time'"),
        ("R1\tresembles Arg1:T1 Arg2:T2", "a.ann:4: not one of the relations has_subject"),
        ("R1\thas_subject Arg1:T1", "a.ann:4: not one of the relations has_subject"),
        ("", "a.ann: subject T2 (line 3) 'forni' belongs to no claim"),
        ("A1\tModifier T1 vague", "a.ann: claim T1 (line 1) '37': modifier: Input should be"),
        ("A1\tModifier T9 approx", "a.ann:4: 'T9' marks nothing"),
        ("A1\tTense T1 past", "a.ann:4: not one of the attributes Modifier"),
        ("#2\tAnnotatorNotes T1\tvalue=38", "a.ann:4: T1 has value already"),
        ("#2\tAnnotatorNotes T1\tnot sure", "a.ann:4: the note 'not sure' is not KEY=VALUE"),
        ("#2\tAnnotatorNotes T1\tprice=2", "a.ann: claim T1 (line 1) '37': a claim has no field price"),
        ("#2\tAnnotatorNotes T1\ttime.value=2", "a.ann: claim T1 (line 1) '37': time.value without time"),
        ("T3\tCount 11 13\t13", "a.ann:4: the text at 11 13 is '12', not '13'"),
        ("T3\tCount 11 x\t12", "a.ann:4: not 'START END'"),
        ("T3\tCount 3 8;11 13\tforni 12", "a.ann:4: a span with a gap, ' e '"),
        ("T3\tPrice 11 13\t12", "a.ann:4: no type 'Price' here"),
        ("T3\tCount 11 13\t12", "a.ann: claim T3 (line 4) '12': a quantity has either a value or a range"),
        ("E1\tMoney:T1", "a.ann:4: neither T, R, A nor #"),
    ],
)
def test_brat_slips_name_file_and_line(tmp_path: Path, line: str, expected: str) -> None:
    assert expected in "\n".join(problems(brat(tmp_path, f"{HEAD}{line}\n"), Form.BRAT))


def test_brat_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConvertError, match=r"no \.ann files"):
        read(tmp_path, Form.BRAT)
    (tmp_path / "a.txt").write_bytes(b"caff\xe8")
    (tmp_path / "a.ann").write_bytes(b"")
    assert problems(tmp_path, Form.BRAT)[0].startswith("a.ann: it, or the .txt beside it, is not UTF-8")


def tasks(**changes: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    [task] = json.loads(files_of([example()], Path("l.json"), Form.LABEL_STUDIO)[Path("l.json")])
    return task | changes, task["annotations"][0]["result"]


def label_studio(folder: Path, *content: Any) -> Path:
    path = folder / "l.json"
    path.write_text(json.dumps(list(content)), encoding="utf-8")
    return path


def test_label_studio_results_fit_its_configuration() -> None:
    root = fromstring(label_studio_config())
    controls = {each.get("name"): each for each in root.iter() if each.get("toName")}
    types = {"Labels": "labels", "Choices": "choices", "TextArea": "textarea"}
    relations = {each.get("value") for each in root.iter("Relation")}
    task, results = tasks()
    assert {each.get("name") for each in root.iter("Text")} == {"text"} == {c.get("toName") for c in controls.values()}
    assert {result["type"] for result in results} == {"labels", "choices", "textarea", "relation"}
    for result in results:
        if result["type"] == "relation":
            assert result["labels"][0] in relations
            continue
        control, value = controls[result["from_name"]], result["value"]
        assert result["type"] == types[control.tag]
        assert control.tag == "Labels" or control.get("perRegion") == "true"
        allowed = {each.get("value") for each in control}
        assert set(value.get("labels") or value.get("choices") or ()) <= allowed
        if result["type"] == "labels":
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]


def test_label_studio_as_an_annotator_leaves_it(tmp_path: Path) -> None:
    """Regions of any id, arrows without a name or the wrong way round, an emptied box, a skipped annotation."""
    text = json.dumps(tasks()[0]).replace('"c1"', '"Xy-3_k"')
    task = json.loads(text)
    results = task["annotations"][0]["result"]
    for result in results:
        if result["type"] == "relation" and result["labels"] == ["subject"]:
            result |= {"from_id": result["to_id"], "to_id": result["from_id"], "labels": []}
        if result["type"] == "relation" and result["labels"] == ["refers_to"]:
            result |= {"from_id": result["to_id"], "to_id": result["from_id"], "direction": "left"}
    results.append({"id": "c2", "from_name": "low", "to_name": "text", "type": "textarea", "value": {"text": []}})
    task["annotations"].append({"was_cancelled": True, "result": []})
    first, *rest = example().claims
    [document] = read(label_studio(tmp_path, task), Form.LABEL_STUDIO)
    assert document.claims == (first.model_copy(update={"claim_id": "Xy-3_k"}), *rest)


def test_label_studio_slips_name_file_and_task(tmp_path: Path) -> None:
    def told(task: object) -> str:
        return "\n".join(problems(label_studio(tmp_path, tasks()[0] | {"annotations": []}, task), Form.LABEL_STUDIO))

    first = "l.json: task 1: it has 0 annotations, and one is wanted"
    assert told(tasks()[0]) == first
    twice, _ = tasks()
    assert "task 2: it has 2 annotations" in told(twice | {"annotations": twice["annotations"] * 2})
    assert "task 2: its data have no 'text'" in told({"data": {}})
    assert "task 2: its data have no 'doc_id'" in told({"data": {"text": ""}})
    assert "task 2: not as Label Studio writes tasks: KeyError" in told({})
    assert "task 2: not as Label Studio writes tasks: TypeError" in told([])
    place = {"start": 30, "end": 32, "text": "5%"}
    for number, changed, expected in (
        (0, {"value": place | {"labels": ["price"]}}, "region c1 '5%': labelled ['price']"),
        (1, {"id": "none"}, "change is filled in for none, which marks nothing"),
        (1, {"from_name": "topic"}, "region c1 '5%': no control is called 'topic' here"),
        (2, {"value": {"text": ["5", "6"]}}, "region c1 '5%': more than one value: ['5', '6']"),
        (2, {"from_name": "note"}, "region c1 '5%': the note '5' is not KEY=VALUE"),
        (0, {"value": place | {"text": "6%", "labels": ["percentage"]}}, "task 2: claim c1 '6%': the text"),
        (-1, {"labels": ["same_as", "refers_to"]}, "has more than one label"),
        (-1, {"labels": []}, "must be same_as or refers_to, not ''"),
        (-1, {"from_id": "subject1", "to_id": "time1"}, "one of them must be a claim"),
        (-2, {"to_id": "subject1", "from_id": "c1", "labels": []}, "claim c1 '5%' has more than one subject"),
    ):
        task, results = tasks()
        results[number] |= changed
        assert expected in told(task)
    for content, message in ((b"{", "not JSON"), (b"{}", "a list of tasks"), (b"\xff", "not JSON")):
        path = tmp_path / "bad.json"
        path.write_bytes(content)
        with pytest.raises(ConvertError, match=message):
            read(path, Form.LABEL_STUDIO)


def test_a_docbin_is_what_the_component_makes_and_its_scorer_reads(tmp_path: Path) -> None:
    text = "I ricavi salgono del 5% a 2,5mln di euro."
    start = text.index("2,5mln")
    cut = GoldClaim(claim_id="c1", kind="money", start=start, end=start + 3, text="2,5", value="2.5", unit="EUR")
    gold = [GoldDocument(doc_id="a", text=text, claims=(cut,))]
    path = tmp_path / "g.spacy"
    write(files_of(gold, path, Form.DOCBIN))
    nlp = extractor.load("blank:it").nlp
    [doc] = DocBin().from_disk(path).get_docs(nlp.vocab)
    [span] = doc.spans["claims"]
    assert (span.text, span.label_, span.id_) == ("2,5mln", "money", "c1")
    assert read(path, Form.DOCBIN) == gold
    assert score([Example(doc, doc)])["spans_claims_f"] == 1.0


def test_a_docbin_without_the_claims_or_none_at_all(tmp_path: Path) -> None:
    path = tmp_path / "g.spacy"
    write(files_of([example()], path, Form.DOCBIN))
    docs = list(DocBin().from_disk(path).get_docs(extractor.load("blank:it").nlp.vocab))
    DocBin(docs=docs).to_disk(path)
    with pytest.raises(ConvertError, match=r"g.spacy: document 1: it has spans, but no claims"):
        read(path, Form.DOCBIN)
    path.write_bytes(b"no")
    with pytest.raises(ConvertError, match=r"g.spacy: not a DocBin"):
        read(path, Form.DOCBIN)


def test_csv_has_a_row_a_claim_and_its_slips_name_the_line(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    write(files_of([example(), GoldDocument(doc_id="b", text="Nulla.")], path, Form.CSV))
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["doc_id"], row["claim_id"], row["unit"]) for row in rows] == [
        ("economia/ricavi", "c1", "%"),
        ("economia/ricavi", "c2", "EUR"),
        ("economia/ricavi", "c3", ""),
        ("b", "", ""),
    ]
    content = path.read_text(encoding="utf-8")
    for old, new, expected in (
        (",5,", ",5 000,", "g.csv: claim c1 (line 2): value must be a plain decimal string"),
        ("b,b.txt", "b,c.txt", "g.csv:5: article 'c.txt' cannot be read"),
        ("b,b.txt", "economia/ricavi,b.txt", "g.csv:5: another article of 'economia/ricavi' than at g.csv:2"),
        ("b,b.txt", "b,b.txt,", "g.csv:5:"),
        ("b,b.txt", ",b.txt", "g.csv:5:"),
    ):
        assert old in content
        path.write_text("\ufeff" + content.replace(old, new, 1), encoding="utf-8")
        assert any(expected in problem for problem in problems(path, Form.CSV))
    for broken, message in (("a,b\n", "no column doc_id"), (f'{content}"', "not CSV")):
        path.write_text(broken, encoding="utf-8")
        with pytest.raises(ConvertError, match=message):
            read(path, Form.CSV)
    path.write_bytes(b"\xff")
    with pytest.raises(ConvertError, match="not UTF-8"):
        read(path, Form.CSV)


def test_json_lines_keep_ids_and_places(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    write(files_of([example()], path, Form.GOLD))
    assert load_gold(path) == [example()]


@pytest.mark.parametrize(
    ("note", "message"),
    [("a", "not KEY=VALUE"), ("a=1; a=2", "a twice"), ('a="1', "not KEY=VALUE"), ('a="1" b', "from"), ("A=1", "not")],
)
def test_notes_that_are_none(note: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_note(note)


def test_a_note_can_hold_anything_on_one_line() -> None:
    fields = {"a": ' b; "c"\n\u2028', "d": "", "e": "x=y"}
    assert len(write_note(fields).splitlines()) == 1
    assert read_note(write_note(fields)) == fields


@pytest.mark.parametrize("doc_id", ["a/b", "..", ".a", "50%25", 'a"b:c*d?', "è 🐌", "a\nb"])
def test_names_of_files(doc_id: str) -> None:
    name = file_name(doc_id)
    assert doc_id_of(name) == doc_id
    assert not set('/\\:*?"<>|\n') & set(name)
    assert not name.startswith(".")
