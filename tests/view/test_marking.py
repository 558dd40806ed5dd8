from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.pipeline import Pipeline
from extractor.schema import Claim, Kind, TextSpan
from extractor.view.marking import Mark, paragraphs

TEXT = "Ricavi in calo.\n\nNel 2024 la Rossi ha\nperso 3 milioni\ndi euro.\n \n  I soci sono 40."


def text_of(marks: list[Mark]) -> str:
    return "".join(piece.text for mark in marks for piece in mark.pieces)


def claim(text: str, quote: str, number: int, subject: str | None = None) -> Claim:
    return claim_at(span(text, quote), number, None if subject is None else span(text, subject))


def span(text: str, quote: str) -> TextSpan:
    start = text.index(quote)
    return TextSpan(text=quote, start=start, end=start + len(quote))


def claim_at(place: TextSpan, number: int, subject: TextSpan | None) -> Claim:
    return Claim(
        doc_id="d",
        claim_id=f"d#{number}",
        kind=Kind.COUNT,
        value=Decimal(1),
        subject=subject,
        start=place.start,
        end=place.end,
        text=place.text,
    )


def cut(text: str, *claims: Claim) -> list[list[Mark]]:
    return paragraphs(text, claims, {each.claim_id: f"1-{number}" for number, each in enumerate(claims, start=1)})


def test_blank_lines_part_paragraphs(rules: Pipeline) -> None:
    found = cut(TEXT, *rules.extract(TEXT))
    assert [text_of(marks) for marks in found] == [
        "Ricavi in calo.", "Nel 2024 la Rossi ha\nperso 3 milioni\ndi euro.", "I soci sono 40.",
    ]  # fmt: skip
    assert [mark.claim.text for marks in found for mark in marks if mark.claim] == ["3 milioni", "40"]


def test_lines_are_paragraphs_where_no_blank_line_is_but_never_part_a_claim() -> None:
    text = "Uno.\r\nCosta 3\nmilioni.\nDue.\n"
    found = cut(text, claim(text, "3\nmilioni", 1))
    assert [text_of(marks) for marks in found] == ["Uno.", "Costa 3\nmilioni.", "Due."]


def test_pieces_tell_of_which_fields_they_are_part() -> None:
    text = "I 12 soci della Rossi"
    found = cut(text, claim(text, "12", 1, subject="soci della Rossi"), claim(text, "Rossi", 2, subject="12 soci"))
    assert [(piece.text, piece.roles) for mark in found[0] for piece in mark.pieces] == [
        ("I ", ""), ("12", "subject-1-2"), (" ", "subject-1-2"), ("soci", "subject-1-1 subject-1-2"),
        (" della ", "subject-1-1"), ("Rossi", "subject-1-1"),
    ]  # fmt: skip


def test_claims_that_overlap_are_marked_one_behind_the_other() -> None:
    text = "circa 20 mila euro"
    found = cut(text, claim(text, "20 mila", 1), claim(text, "mila euro", 2), claim(text, "20", 3))
    assert [text_of([mark]) for mark in found[0] if mark.claim] == ["20 mila", " euro"]


@given(st.text(alphabet="ab 1\n\r\t\u2028", max_size=60), st.data())
def test_nothing_is_lost_or_doubled(text: str, data: st.DataObject) -> None:
    claims = []
    if text:
        for number in range(data.draw(st.integers(0, 4))):
            start = data.draw(st.integers(0, len(text) - 1))
            quote = text[start : data.draw(st.integers(start + 1, len(text)))]
            place = TextSpan(text=quote, start=start, end=start + len(quote))
            claims.append(claim_at(place, number, place))
    claims.sort(key=lambda each: each.start)
    shown = [text_of(marks) for marks in cut(text, *claims)]
    assert "".join("".join(shown).split()) == "".join(text.split())
    at = 0
    for each in shown:
        at = text.index(each, at) + len(each)


@pytest.mark.parametrize("text", ["", "\n\n", "Niente."])
def test_a_text_without_claims(text: str) -> None:
    assert [text_of(marks) for marks in cut(text)] == ([text] if text.strip() else [])
