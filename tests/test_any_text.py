"""What holds for any text, of any document, in any company."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractor.batch.shards import Item
from extractor.batch.worker import Worker
from extractor.io.article import MAX_CHARS, Article, ReadOptions
from extractor.pipeline import Pipeline, load
from extractor.schema import Claim

# Surrogates, NUL, bidirectional and zero-width characters among words that quantities are made of.
_ODD = [
    "\0",
    "\ud800",
    "\udfff",
    "\u200b",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\u0301",
    "\U0001f600",
    "\x1b",
    "\u2028",
    "\t",
]
_WORDS = [
    "3",
    "12,5",
    "1.000",
    "mila",
    "milioni",
    "di",
    "euro",
    "€",
    "%",
    "per cento",
    "tra",
    "e",
    "due",
    "oltre",
    "circa",
]
_WORDS += [
    "il doppio",
    "meno",
    "nel 2024",
    "secondo l'Istat",
    "sale",
    "a",
    "clienti",
    "rispetto al 3%",
    ".",
    ",",
    "\n",
    "«",
    "»",
]
_TEXTS = st.one_of(
    st.text(st.characters(), max_size=80),
    st.lists(st.sampled_from(_ODD + _WORDS * 3), max_size=30).map(" ".join),
    st.lists(st.sampled_from(_ODD + _WORDS), max_size=30).map("".join),
)
_PIPELINES = {name: load(name) for name in ("blank:it", "it_cifre_sm")}


def check(text: str, claims: list[Claim]) -> None:
    shown = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    end = 0 if not claims else claims[0].start
    for claim in claims:
        assert end <= claim.start
        end = claim.end
        for span in (claim, claim.subject, claim.time, claim.baseline, claim.attribution, claim.sentence):
            assert span is None or shown[span.start : span.end] == span.text
        assert Claim.from_json(claim.to_json().encode("utf-8")) == claim


@pytest.mark.parametrize("name", _PIPELINES)
@settings(max_examples=120, deadline=None)
@given(text=_TEXTS)
@example(text="\ud800 12 euro \udfff")
@example(text="12\0 euro e 3\u200bmila clienti")
def test_any_text_gives_valid_claims(name: str, text: str) -> None:
    check(text, _PIPELINES[name].extract(text))


@pytest.mark.parametrize("name", _PIPELINES)
@settings(max_examples=40, deadline=None)
@given(texts=st.lists(_TEXTS, max_size=8), data=st.data())
def test_order_and_chunks_change_nothing(name: str, texts: list[str], data: st.DataObject) -> None:
    pipeline = _PIPELINES[name]
    documents = [{"id": f"d{n}", "text": text} for n, text in enumerate(texts)]
    alone = {d["id"]: pipeline.extract(d["text"], d["id"]) for d in documents}
    shuffled = data.draw(st.permutations(documents))
    assert list(pipeline.extract_many(shuffled)) == [alone[d["id"]] for d in shuffled]
    cut = data.draw(st.integers(0, len(shuffled)))
    chunks = [*pipeline.extract_many(shuffled[:cut]), *pipeline.extract_many(shuffled[cut:])]
    assert chunks == [alone[d["id"]] for d in shuffled]


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(_TEXTS, max_size=6), cut=st.integers(0, 6))
def test_a_worker_gives_the_same_lines_for_any_chunks(texts: list[str], cut: int) -> None:
    worker = Worker(_PIPELINES["blank:it"], ReadOptions())
    readable = [text.encode("utf-8", "replace").decode() for text in texts]
    items: list[Item] = [Article(f"d{n}", text, f"s:{n}") for n, text in enumerate(readable)]
    whole = worker.run(items)
    assert whole.errors == ()
    assert whole.lines == worker.run(items[:cut]).lines + worker.run(items[cut:]).lines
    for line in whole.lines.splitlines():
        assert json.loads(line)["provenance"]["document_sha256"]


@pytest.mark.parametrize(
    "piece",
    [
        *["7", "1.", "un milione di ", "parola ", "tra 3 e 5 euro, ", "\u200b", "(", "non ", "più di ", "3", "a", "\n"],
        *["Di questa cifra 3 vanno a 5. ", "il 3% ", "secondo ", "«", "1/", "-", "€ ", "\u0301", "sale a "],
    ],
)
def test_a_long_line_of_one_thing_ends_in_linear_time(piece: str, rules: Pipeline) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece)) + " 3 euro"
        begin = time.process_time()
        claims = rules.extract(text)
        used = time.process_time() - begin
        check(text, claims[-100:])
        return used

    seconds(1_000)
    assert seconds(MAX_CHARS // 5) < 6 * max(seconds(MAX_CHARS // 10), 0.1)


def test_a_million_digits_are_a_number_or_none(rules: Pipeline) -> None:
    check("7" * 1_000_000, rules.extract("7" * 1_000_000))
