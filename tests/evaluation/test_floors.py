from __future__ import annotations

from pathlib import Path

import pytest

from extractor.evaluation.floors import (
    Below,
    Floors,
    FloorsError,
    Measured,
    below,
    fingerprint,
    load_floors,
    set_floors,
    write_floors,
)
from extractor.evaluation.gate import Gold, models_of, pass_gate
from extractor.evaluation.gold import GoldDocument
from extractor.evaluation.tally import Score, Tally

from .build import gold_claim, gold_document

TEXT = "Arrivano 45 domande."


def measured(right: int, model: str = "net", version: str = "1", subjects: int | None = None) -> Measured:
    fields = {} if subjects is None else {"subject": Score(subjects, 10, 10)}
    return Measured(model, version, "dev", Tally(Score(right, 10, 10), fields=fields))


def floors(*each: Measured, old: Floors | None = None, reason: str | None = None, hash_: str = "h") -> Floors:
    return set_floors(old, hash_, each, reason=reason, date="2026-11-24")


def test_a_network_may_lose_one_claim_and_rules_none() -> None:
    [net] = floors(measured(9)).floors
    assert below(net, measured(9)) == below(net, measured(8)) == []
    assert below(net, measured(7)) == [Below("whole", 0.7, 0.9)]
    [rules] = floors(measured(9, "blank:it")).floors
    assert below(rules, measured(8, "blank:it")) == [Below("whole", 0.8, 0.9)]


def test_floors_are_cut_off_so_that_the_same_score_passes() -> None:
    third = Measured("blank:it", "", "dev", Tally(Score(2, 3, 3)))
    [floor] = floors(third).floors
    assert floor.f1 == {"whole": 0.6666}
    assert below(floor, third) == []


def test_floors_go_up_by_themselves_and_down_only_with_a_reason() -> None:
    first = floors(measured(7, "blank:it"))
    higher = floors(measured(9, "blank:it"), old=first)
    assert (higher.floors[0].f1["whole"], higher.lowered) == (0.9, ())
    with pytest.raises(FloorsError, match=r"blank:it, dev: whole 0\.9000 -> 0\.8000"):
        floors(measured(8, "blank:it"), old=higher)
    with pytest.raises(FloorsError, match="--lower-because"):
        floors(measured(8, "blank:it"), old=higher, reason="  ")
    lower = floors(measured(8, "blank:it"), old=higher, reason="a rule that guessed is gone")
    [entry] = lower.lowered
    assert (entry.measure, entry.was, entry.now, entry.date) == ("whole", 0.9, 0.8, "2026-11-24")
    again = floors(measured(7, "blank:it"), old=lower, reason="another")
    assert [each.reason for each in again.lowered] == ["a rule that guessed is gone", "another"]


def test_noise_does_not_wear_a_floor_down() -> None:
    first = floors(measured(9))
    assert floors(measured(8), old=first).floors == first.floors
    with pytest.raises(FloorsError):
        floors(measured(7), old=first)
    # With another version of the model, or other gold, a lower score is no noise.
    with pytest.raises(FloorsError):
        floors(measured(8, version="2"), old=first)
    with pytest.raises(FloorsError):
        floors(measured(8), old=first, hash_="other")


def test_a_measure_that_is_gone_counts_as_lower() -> None:
    first = floors(measured(9, subjects=5))
    assert below(first.floors[0], measured(9)) == [Below("field.subject", None, 0.5)]
    with pytest.raises(FloorsError, match=r"field\.subject 0\.5000 -> gone"):
        floors(measured(9), old=first)
    assert floors(measured(9), old=first, reason="no gold subjects").lowered[0].now is None


def test_models_that_are_not_measured_keep_their_floors_on_the_same_gold_only() -> None:
    both = floors(measured(9), measured(7, "blank:it"))
    assert floors(measured(8, "blank:it"), old=both).of("net", "dev") == both.of("net", "dev")
    with pytest.raises(FloorsError, match="not measured: net on dev"):
        floors(measured(8, "blank:it"), old=both, hash_="other")


def test_file_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    first = floors(measured(9, subjects=5), measured(7, "blank:it"))
    full = floors(measured(5), old=first, reason='Un\'altra "prova" è\\così')
    write_floors(full, path)
    assert load_floors(path) == full
    for content, problem in (("floors = 3", "no floors file"), ("= ", "no floors file")):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(FloorsError, match=problem):
            load_floors(path)
    with pytest.raises(FloorsError, match="no floors yet"):
        load_floors(tmp_path / "none.toml")


def test_fingerprint_sees_text_claims_and_split() -> None:
    document = gold_document(TEXT, gold_claim(TEXT, "45", value="45"))
    base = fingerprint([document], {"prova": "dev"})
    other = GoldDocument(doc_id="altro", text="x")
    assert fingerprint([other, document], {}) == fingerprint([document, other], {})
    changed = [
        fingerprint([document], {"prova": "test"}),
        fingerprint([gold_document(TEXT, gold_claim(TEXT, "45", value="46"))], {"prova": "dev"}),
        fingerprint([gold_document(TEXT + " ", gold_claim(TEXT, "45", value="45"))], {"prova": "dev"}),
        fingerprint([document, other], {"prova": "dev"}),
    ]
    assert len({base, *changed}) == 5


def test_gate_refuses_other_gold_and_missing_floors() -> None:
    gold = Gold({"dev": []}, "h")
    set_ = floors(measured(9))
    assert [low for _, low in pass_gate(set_, gold, [measured(9)])] == [[]]
    with pytest.raises(FloorsError, match="have changed"):
        list(pass_gate(set_, Gold({"dev": []}, "other"), [measured(9)]))
    with pytest.raises(FloorsError, match="no floors are set for blank:it on dev"):
        list(pass_gate(set_, gold, [measured(9, "blank:it")]))
    with pytest.raises(FloorsError, match="set with version 1, this is 2"):
        list(pass_gate(set_, gold, [measured(9, version="2")]))


def test_which_models_are_measured() -> None:
    assert models_of(None, None) == ["blank:it", "it_cifre_sm"]
    assert models_of(floors(measured(9)), None) == ["net"]
    assert models_of(floors(measured(9)), "mine") == ["mine"]
