"""Agreement of two annotators: spans, fields, links, kappa; and the figures that stand in gold/agreement.json."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor.cli import main
from extractor.evaluation.agreement import agreement
from extractor.evaluation.gold import GoldClaim, GoldDocument, GoldSpan, load_gold
from extractor.schema import Kind, Modality

TEXT = "Le scuole sono 300. Il costo è di 20 euro, cioè 40 franchi."
ROOT = Path(__file__).resolve().parents[2]


def claim(words: str, claim_id: str, **fields: object) -> GoldClaim:
    start = TEXT.index(words)
    record = {"kind": Kind.COUNT, "value": "1", "start": start, "end": start + len(words), "text": words}
    return GoldClaim.model_validate(record | {"claim_id": claim_id} | fields)


def document(*claims: GoldClaim, text: str = TEXT, doc_id: str = "a") -> GoldDocument:
    return GoldDocument(doc_id=doc_id, text=text, claims=claims)


def test_the_same_annotation_agrees_with_itself() -> None:
    own = [document(claim("300", "c1", subject=GoldSpan(text="scuole")), claim("20", "c2"))]
    record = agreement(own, own)
    assert record["claims"] == [2, 2]
    assert record["span_f1"] == {"equal": 1.0, "overlap": 1.0}
    assert record["fields"]["subject"] == {"agreement": 1.0, "of": 2, "marked": {"agreement": 1.0, "of": 1}}
    # both always said asserted: nothing but chance, so no kappa
    assert record["fields"]["modality"] == {"agreement": 1.0, "of": 2, "kappa": None}


def test_what_differs_is_counted() -> None:
    first = [
        document(
            claim("300", "c1", subject=GoldSpan(text="scuole")), claim("20", "c2"), claim("40", "c3", same_as="c2")
        )
    ]
    second = [
        document(
            claim("300", "x", modality=Modality.FORECAST),
            claim("20 euro", "y", kind=Kind.MONEY, unit="EUR", value="20"),
            claim("40", "z", same_as="y"),
        )
    ]
    record = agreement(first, second)
    assert record["span_f1"] == {"equal": 0.6667, "overlap": 1.0}
    assert record["fields"]["quantity"] == {"agreement": 0.6667, "of": 3}
    assert record["fields"]["kind"]["agreement"] == 0.6667
    assert record["fields"]["subject"]["marked"] == {"agreement": 0.0, "of": 1}
    assert record["fields"]["modality"] == {"agreement": 0.6667, "of": 3, "kappa": 0.0}
    assert record["links"]["same_as"] == {"agreement": 1.0, "of": 1}
    assert record["links"]["refers_to"] == {"agreement": None, "of": 0}


def test_kappa_takes_chance_out() -> None:
    kinds = [(Kind.COUNT, Kind.COUNT), (Kind.COUNT, Kind.MEASURE), (Kind.MEASURE, Kind.MEASURE)]
    words = ["300", "20", "40"]
    first = [document(*(claim(w, w, kind=a, unit=None) for w, (a, _) in zip(words, kinds, strict=True)))]
    second = [document(*(claim(w, w, kind=b, unit=None) for w, (_, b) in zip(words, kinds, strict=True)))]
    # observed 2/3; by chance (2*1 + 1*2) / 9 = 4/9; so (2/3 - 4/9) / (5/9) = 0.4
    assert agreement(first, second)["fields"]["kind"]["kappa"] == 0.4


def test_other_documents_are_an_error() -> None:
    with pytest.raises(ValueError, match="not in both annotations: b"):
        agreement([document()], [document(), document(doc_id="b")])
    with pytest.raises(ValueError, match="a: the two annotations are not over the same text"):
        agreement([document()], [document(text="Altro.")])


def test_the_figures_of_the_gold_are_those_of_its_annotations() -> None:
    sides = [load_gold(ROOT / "gold" / "annotators" / f"{name}.jsonl") for name in ("first", "second")]
    assert json.loads((ROOT / "gold" / "agreement.json").read_bytes()) == agreement(*sides)


def test_the_command(tmp_path: Path) -> None:
    first = str(ROOT / "gold" / "annotators" / "first.jsonl")
    output = tmp_path / "agreement.json"
    done = CliRunner().invoke(main, ["gold", "agree", first, first, "-o", str(output)])
    assert (done.exit_code, done.stdout) == (0, "")
    assert json.loads(output.read_bytes())["span_f1"]["equal"] == 1.0
    failed = CliRunner().invoke(main, ["gold", "agree", first, str(ROOT / "gold")])
    assert failed.exit_code == 1
    assert "not in both annotations: article_pechino" in failed.stderr
