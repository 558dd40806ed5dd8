"""What holds for any text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.pipeline import load
from extractor.quantities import find_quantities
from extractor.schema import Claim

_PIECES = st.sampled_from(
    [
        *[
            "3",
            "1.000",
            "2,5",
            "mila",
            "milioni",
            " di ",
            "euro",
            "€",
            "%",
            " per cento",
            " tra ",
            " e ",
            " da ",
            " a ",
        ],
        *["un", "due", "tre", "cento", "mezzo", "metà", "(", ")", ", ", ". ", "\n", "'", "°", "/", " su ", " circa "],
        *[
            " a ",
            "anni",
            "fa",
            " a ",
            "marzo",
            "nel ",
            "art. ",
            "+",
            "−",
            "\u00a0",
            "m²",
            "raddoppiato",
            "sei",
            "punti",
            " o ",
            "½",
        ],
    ]
)
_TEXTS = st.one_of(st.text(max_size=120), st.lists(_PIECES, max_size=25).map("".join))
_RULES = load("blank:it")
_BUNDLED = load("it_cifre_sm")


@given(_TEXTS)
@settings(max_examples=400, deadline=None)
def test_quantities_hold_their_place(text: str) -> None:
    last = 0
    for mention in find_quantities(text):
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end


@given(_TEXTS)
@settings(max_examples=250, deadline=None)
def test_claims_validate_and_round_trip(text: str) -> None:
    for claim in _RULES.extract(text):
        assert text[claim.start : claim.end] == claim.text
        assert Claim.from_json(claim.to_json()) == claim


@given(_TEXTS)
@settings(max_examples=60, deadline=None)
def test_claims_validate_with_a_network(text: str) -> None:
    for claim in _BUNDLED.extract(text):
        assert text[claim.start : claim.end] == claim.text
