"""Reading articles of every form, and saying what is wrong with those that cannot be read."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import tracemalloc
from pathlib import Path

import pytest

from extractor.io.article import Article, BadArticle, ReadOptions
from extractor.io.readers import articles

zstandard = pytest.importorskip("zstandard", reason="the extra zst is not installed")

PAGE = """<html><head><title>Conti in ordine | Il Foglio</title>
<meta property="article:published_time" content="2024-03-05T08:00:00+01:00"></head>
<body><nav><a href="/">Home</a> 12 notizie</nav><article><h1>Conti in ordine</h1>
<p>I ricavi della società sono saliti a 15,3 miliardi di euro, il 12% in più dell'anno precedente, così la nota.</p>
<p>I dipendenti sono 3.000 in dodici stabilimenti, di cui due all'estero, e restano in città per altri cinque anni.</p>
</article><footer>© 2024, tutti i diritti riservati</footer></body></html>"""


def read(*paths: Path | str, **options: object) -> list[Article | BadArticle]:
    return list(articles(map(str, paths), ReadOptions(**options)))  # type: ignore[arg-type]


def one(path: Path, **options: object) -> Article:
    (article,) = read(path, **options)
    assert isinstance(article, Article), article
    return article


def reason(path: Path | str, **options: object) -> str:
    (bad,) = read(path, **options)
    assert isinstance(bad, BadArticle), bad
    assert str(path) in bad.source
    return bad.reason


def ids(items: list[Article | BadArticle]) -> list[str]:
    return [item.doc_id for item in items if isinstance(item, Article)]


def test_a_folder_gives_what_is_below_it_under_unique_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "2024/a.txt", "2024/01/z.txt", ".git/x.txt", "2024/.y.txt", "picture.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Costa 3 euro.", encoding="utf-8")
    assert ids(read(tmp_path)) == ["2024/01/z", "2024/a", "a", "b"]
    assert ids(read(tmp_path / "*.txt")) == ["a", "b"]
    assert ids(read(tmp_path / "**" / "z*")) == ["z"]
    assert "no file matches" in reason(tmp_path / "*.html")


def test_a_file_whose_name_looks_like_a_glob(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("Costa 3 euro.", encoding="utf-8")
    assert one(tmp_path / "a[1].txt").doc_id == "a[1]"


def test_compressed_files(tmp_path: Path) -> None:
    text = "Costa 3 euro.\r\n\u00a0Perché no?"
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(text.encode()))
    (tmp_path / "b.txt.zst").write_bytes(zstandard.compress(text.encode()[:9]) + zstandard.compress(text.encode()[9:]))
    assert one(tmp_path / "a.txt.gz") == Article("a", text, str(tmp_path / "a.txt.gz"))
    assert one(tmp_path / "b.txt.zst").text == text
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(text.encode())[:-9])
    assert "end" in reason(tmp_path / "a.txt.gz")
    (tmp_path / "b.txt.zst").write_bytes(b"plain text")
    assert "not a .zst file" in reason(tmp_path / "b.txt.zst")
    (tmp_path / "a.txt.gz").write_bytes(b"plain text")
    assert "gzipped" in reason(tmp_path / "a.txt.gz")


def test_encodings(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        path.write_bytes("Perché 3 €".encode(encoding))
        assert one(path).text == "Perché 3 €"
    path.write_bytes("Perché 3 €".encode("cp1252"))
    assert one(path, encoding="windows-1252").text == "Perché 3 €"
    assert "not UTF-8: byte 0xe9 at position 5; as windows-1252 it reads 'Perché 3 €'" in reason(path)
    assert "neither UTF-8 nor ascii" in reason(path, encoding="ascii")
    path.write_bytes(b"\xff\xfea")
    assert "not UTF-16-LE" in reason(path)
    path.write_bytes(b"\x89PNG\x0d\x0a\x00\x01\xff")
    assert "looks binary" in reason(path)


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    records = [
        {"id": "x", "text": "Costa 3 euro.", "title": "Prezzi", "date": "2024-03-05"},
        {"id": 7, "text": "Pesa 2 kg."},
    ]
    path.write_text("\n\n".join(map(json.dumps, records)), encoding="utf-8")
    assert read(path) == [
        Article("x", "Costa 3 euro.", f"{path}:1", "2024-03-05", "Prezzi"),
        Article("7", "Pesa 2 kg.", f"{path}:3"),
    ]
    path.write_text('{"url": "u", "body": "Tre anni.", "day": 2024}', encoding="utf-8")
    (article,) = read(path, id_field="url", text_field="body", date_field="day")
    assert article == Article("u", "Tre anni.", f"{path}:1", "2024")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "not JSON"),
        (b"[" * 50_000, "not JSON"),
        (b"[1]", "not a JSON object"),
        (b'{"id": "a"}', "no field 'text'; there are 'id'"),
        (b'{"text": "a"}', "no field 'id'"),
        (b'{"id": [1], "text": "a"}', "field 'id' is not"),
        (b'{"id": "a", "text": 3}', "field 'text' is not a text"),
        (b'{"id": "a", "text": "\\ud800 3 euro"}', "lone surrogate at position 0"),
        (b'{"id": "\\ud800", "text": "3 euro"}', "lone surrogate"),
        (b'{"id": "a", "text": "\\u0000"}', "NUL"),
        (b'{"id": "a", "text": "caff\xe8"}', "not UTF-8: byte 0xe8"),
        (b'{"id": "a", "text": " "}', "empty"),
        (b'{"id": "a", "text": "' + b"x" * 2_000 + b'"}', "too long"),
        (b'{"id": "a", "text": "' + b"x" * 200_000 + b'"}', "too long"),
    ],
)
def test_a_bad_line_is_named_and_the_others_come(tmp_path: Path, line: bytes, message: str) -> None:
    path = tmp_path / "a.jsonl"
    good = b'{"id": "good", "text": "Costa 3 euro."}'
    path.write_bytes(b"\n".join([good, line, good.replace(b"good", b"later")]))
    first, bad, last = read(path, max_chars=1000)
    assert isinstance(bad, BadArticle)
    assert message in bad.reason
    assert bad.source == f"{path}:2"
    assert ids([first, last]) == ["good", "later"]


def test_standard_input_in_each_form(monkeypatch: pytest.MonkeyPatch) -> None:
    for form, content in (("txt", "Costa 3 euro."), ("jsonl", '{"id": "a", "text": "Costa 3 euro."}'), ("html", PAGE)):
        if form == "html":
            pytest.importorskip("trafilatura", reason="the extra html is not installed")
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
        (article,) = read("-", form=form)
        assert isinstance(article, Article)
        assert "euro" in article.text


def test_html_gives_main_text_title_and_date(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    path = tmp_path / "a.html"
    for encoding in ("utf-8", "cp1252"):
        path.write_bytes(PAGE.encode(encoding))
        article = one(path)
        assert article.title is not None
        assert article.title.startswith("Conti in ordine")
        assert article.date == "2024-03-05"
        assert "I ricavi della società sono saliti a 15,3 miliardi" in article.text
        assert "diritti" not in article.text
    declared = PAGE.replace("<head>", '<head><meta charset="iso-8859-2">').replace("è", "ł")
    path.write_bytes(declared.replace("società", "złoty").encode("iso-8859-2", "replace"))
    assert "złoty" in one(path).text


@pytest.mark.parametrize("markup", ["<div>" * 100_000, "<b><i>" * 50_000 + "3 euro", "<", "<html></html>", "\0", " "])
def test_bad_html_is_a_bad_article(tmp_path: Path, markup: str) -> None:
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    path = tmp_path / "a.html"
    path.write_text(markup, encoding="utf-8")
    (item,) = read(path)
    assert isinstance(item, BadArticle) or item.text.strip()


def test_archives_that_unpack_to_gigabytes_are_bounded(tmp_path: Path) -> None:
    zeros = b" " * (1 << 20)
    with gzip.open(tmp_path / "a.txt.gz", "wb") as text, gzip.open(tmp_path / "b.jsonl.gz", "wb") as lines:
        for _ in range(64):
            text.write(zeros)
            lines.write(zeros)
    (tmp_path / "c.txt.zst").write_bytes(zstandard.compress(zeros * 64))
    tracemalloc.start()
    items = read(tmp_path, max_chars=10_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [item.reason.split(":")[0] for item in items if isinstance(item, BadArticle)] == [
        "too long",
        "too long",
        "line 1 does not end; the rest of the file was not read",
        "too long",
    ]
    assert peak < 8 << 20


def test_length_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("è" * 1001, encoding="utf-8")
    assert "more than 1000 characters (--max-chars)" in reason(tmp_path / "a.txt", max_chars=1000)
    assert one(tmp_path / "a.txt", max_chars=1001).text == "è" * 1001


def test_what_is_not_there_or_of_another_kind(tmp_path: Path) -> None:
    assert "No such file" in reason(tmp_path / "a.txt")
    assert "no articles in this folder" in reason(tmp_path)
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    assert "ending '.pdf'" in reason(tmp_path / "a.pdf")
    (tmp_path / "notes").write_text("Costa 3 euro.", encoding="utf-8")
    assert one(tmp_path / "notes").doc_id == "notes"


def test_a_manifest_tells_of_articles_and_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sono 12 euro.", encoding="utf-8")
    (tmp_path / "manifest.jsonl").write_text('{"id": "a", "title": "Prezzi"}\n', encoding="utf-8")
    assert [item.doc_id for item in articles([str(tmp_path)]) if isinstance(item, Article)] == ["a"]


def test_of_two_documents_of_one_name_the_second_is_a_bad_one(tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"d{n % 300}", "text": f"Costa {n} euro."}) for n in range(302)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = read(tmp_path / "a.jsonl")
    first = f"{tmp_path}/a.jsonl:1"
    assert [item.source for item in found if isinstance(item, BadArticle)] == [f"{first[:-1]}301", f"{first[:-1]}302"]
    assert found[300] == BadArticle(f"{first[:-1]}301", f"another document is called 'd0' too: {first}")


@pytest.mark.skipif(sys.platform == "darwin", reason="names of files are UTF-8 there")
def test_names_of_files_that_are_not_utf_8(tmp_path: Path) -> None:
    paths = [tmp_path / folder / os.fsdecode(b"\xff.txt") for folder in ("x", "y")]
    for path in paths:
        path.parent.mkdir()
        path.write_text("Costa 3 euro.")
    first, second = read(*paths)
    assert isinstance(first, Article)
    assert isinstance(second, BadArticle)
    assert second.reason.endswith(f"too: {paths[0]}")
