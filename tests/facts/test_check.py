"""Figures that do not agree, and figures that do."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor.cli import main
from extractor.facts import InconsistencyKind, check
from extractor.pipeline import Pipeline


def kinds(bundled: Pipeline, text: str) -> list[InconsistencyKind]:
    return [item.kind for item in check(text, bundled.extract(text))]


RATES = (
    "Il piano vale 3.000 miliardi di yuan (412 miliardi di dollari). "
    "Il fondo ne ha 20,0 miliardi di yuan (2,70 miliardi di dollari). "
    "Il prestito è di 728 milioni di yuan (100 milioni di dollari)."
)


def test_conversions_of_different_rates_with_both_sentences(bundled: Pipeline) -> None:
    (found,) = check(RATES, bundled.extract(RATES))
    assert found.kind is InconsistencyKind.CONVERSION
    assert "7,41 CNY" in found.message
    assert "7,28" in found.message
    assert len(found.claims) == 4
    assert len(found.sentences) == 2
    assert "fondo" in " ".join(sentence.text for sentence in found.sentences)


def test_tolerance(bundled: Pipeline) -> None:
    assert check(RATES, bundled.extract(RATES), Decimal("0.05")) == []


def test_rounding_is_no_disagreement(bundled: Pipeline) -> None:
    text = "Vale 15 milioni di euro (16 milioni di dollari). Costa 2 milioni di euro (2,2 milioni di dollari)."
    assert kinds(bundled, text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Il 120% degli italiani usa il telefono.", "share"),
        ("Ha votato il 103 per cento degli elettori.", "share"),
        ("I biglietti costano tra 30 e 20 euro.", "range"),
        ("Ha venduto 30 auto, 20 moto e 10 bici, per un totale di 70 mezzi.", "sum"),
        ("Gli arrestati sono 12 (7 uomini e 6 donne).", "sum"),
        ("Gli operai sono 100, di cui 70 italiani e 40 stranieri.", "sum"),
    ],
)
def test_what_cannot_be(bundled: Pipeline, text: str, kind: str) -> None:
    assert kinds(bundled, text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Il 20% degli italiani usa il telefono.",
        "I prezzi sono saliti del 120%.",
        "Il debito è al 135% del Pil.",
        "L'indebitamento è pari al 120% dei ricavi.",
        "Il costo è il 130% del preventivo.",
        "I biglietti costano tra 20 e 30 euro.",
        "La temperatura va da -5 a 3 gradi.",
        "Ha venduto 30 auto, 20 moto e 10 bici, per un totale di 60 mezzi.",
        "Gli arrestati sono 12 (7 uomini e 5 donne).",
        "Gli operai sono 100, di cui 20 italiani e 40 stranieri.",
        "Il deficit scende dal 7 al 3%.",
        "Ricavi per 1,2 milioni di euro (0,7 milioni in Italia e 0,6 milioni all'estero).",
    ],
)
def test_what_can_be(bundled: Pipeline, text: str) -> None:
    assert kinds(bundled, text) == []


def test_command_reports_for_people(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(RATES, encoding="utf8")
    result = CliRunner().invoke(main, ["check", str(path)])
    assert result.exit_code == 0
    assert "DOES NOT AGREE (conversion)" in result.stdout
    assert "> Il fondo ne ha" in result.stdout


def test_command_writes_json_lines_and_names_what_it_cannot_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(RATES, encoding="utf8")
    result = CliRunner().invoke(main, ["check", "--json", str(path), str(tmp_path / "none.txt")])
    assert result.exit_code == 1
    assert "none.txt" in result.stderr
    items = [json.loads(line) for line in result.stdout.splitlines()]
    assert [item["kind"] for item in items] == ["exchange_rate"] * 3 + ["conversion"]
