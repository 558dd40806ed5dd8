"""What a change is measured against: what it is added to or taken from."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline


def baselines(rules: Pipeline, text: str) -> list[str | None]:
    return [claim.baseline.text if claim.baseline else None for claim in rules.extract(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il fondo aggiunge il 40% al totale nazionale.", "totale nazionale"),
        ("La riforma toglie il 5% alle pensioni.", "pensioni"),
        ("I dazi hanno aggiunto il 3% ai prezzi finali, dice il ministro.", "prezzi finali"),
        ("Il fondo dà il 40% ai soci.", None),
        ("La spesa è salita del 3% a Roma.", None),
    ],
)
def test_what_a_share_is_added_to(text: str, expected: str | None, rules: Pipeline) -> None:
    assert baselines(rules, text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La corsa costa 2 euro meno della media.", ["media"]),
        ("I soci sono il 5% in più rispetto allo stesso mese del 2019.", ["rispetto allo stesso mese del 2019"]),
        ("I ricavi salgono del 5% rispetto allo stesso periodo nel 2019.", ["rispetto allo stesso periodo nel 2019"]),
        ("I parti sono stati 300 meno dell'anno prima.", ["anno prima"]),
        ("La raccolta si ferma al 5% sotto quella di maggio 2019.", ["quella di maggio 2019"]),
        ("Agosto è stato di 3 gradi più caldo del trentennio 1971-2000.", ["trentennio 1971-2000"]),
        ("I soci pagano il triplo della media.", ["media"]),
        ("I soci pagano il doppio di quanto si pagava a Bari.", ["quanto si pagava a Bari"]),
        ("I soci comprano il doppio dei biglietti.", [None]),
        ("I soci spendono un terzo di quanto spendevano a Bari.", ["quanto spendevano a Bari"]),
        ("Il lago dà metà di quello che dava la diga.", ["quello che dava la diga"]),
        ("L'acqua aveva 200 volte il tasso di piombo ammesso dalla legge.", ["tasso di piombo ammesso dalla legge"]),
        ("Il fiume aveva 40 volte il valore mai registrato dai tecnici.", ["valore mai registrato dai tecnici"]),
        ("Il treno ha 40 minuti di ritardo rispetto alla tabella.", ["rispetto alla tabella"]),
        ("La diga ha un ritardo di 2 anni rispetto ai piani.", ["rispetto ai piani"]),
        ("Neri ha 4 punti di vantaggio rispetto al gruppo.", ["rispetto al gruppo"]),
        ("La resa è pari al 60% di quella del Nord.", ["quella del Nord"]),
        ("Il sondaggio supera di 3 punti la vecchia stima.", ["vecchia stima"]),
        ("Su base annua, invece, l'inflazione arriva al 3%.", ["Su base annua"]),
        ("Il tasso era dello 0,7%, superiore allo 0,5% consentito.", [None, None]),
        ("Gli sbarchi si sono dimezzati: 300, contro i 600 del 2019.", ["2019", None, None]),
    ],
)
def test_differences_and_multiples(text: str, expected: list[str | None], rules: Pipeline) -> None:
    assert baselines(rules, text) == expected


def test_the_changes_of_a_table_are_measured_against_its_heading(rules: Pipeline) -> None:
    table = "Posti venduti nel 2023 e variazione sul 2019\n\nTeatro    300 posti    +4%\nCinema    200 posti    -3%"
    assert baselines(rules, table) == [None, "sul 2019", None, "sul 2019"]
