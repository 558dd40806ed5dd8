from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

from extractor.evaluation.compare import compare
from extractor.evaluation.gold import GoldDocument
from extractor.evaluation.metrics import evaluate
from extractor.evaluation.page import Run, render_page
from extractor.evaluation.page.cases import cases_of
from extractor.schema import Claim

from ..view.browser import chromium, watched
from .build import DOC, claim, gold_claim, gold_document

TEXT = "Nel 2020 i 12 panifici vendono quasi 45 torte. Poi </script><script>alert(1)</script> 80 \"pani' & 7."
GOLD = gold_document(
    TEXT,
    gold_claim(TEXT, "12", "g1", value="12", subject="panifici"),
    gold_claim(TEXT, "45", "g2", value="45", subject="torte", modifier="less_than"),
    gold_claim(TEXT, "80", "g3", value="80", subject="pani", refers_to="g2"),
)
OTHER = gold_document(TEXT, gold_claim(TEXT, "7", "g1", value="7"), doc_id='"><img src=x onerror=alert(2)>')
TWELVE = claim(TEXT, "12", "n1", value="12", subject="panifici", rules=("numeral.integer",))
WEAK = claim(TEXT, "45", "n2", value="45", subject="panifici")
YEAR = claim(TEXT, "2020", "n8", value="2020")


def run(name: str, *claims: Claim, documents: tuple[GoldDocument, ...] = (GOLD, OTHER)) -> Run:
    predicted = {DOC: list(claims)}
    return Run(name, evaluate(documents, predicted), predicted)


NOW = run("now", TWELVE, WEAK, YEAR)


def page(now: Run = NOW, earlier: Run | None = None) -> str:
    comparison = compare(earlier.evaluation, now.evaluation) if earlier else None
    return render_page([GOLD, OTHER], now, title="Scores <b>", earlier=earlier, comparison=comparison)


class Reader(HTMLParser):
    """Collects the tags of a page, its visible text, and what stands in style and script."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.inline: dict[str, list[str]] = {"style": [], "script": []}
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in self.inline:
            self.inline[self._inside].append(data)
        else:
            self.text += data


def read(content: str) -> Reader:
    reader = Reader()
    reader.feed(content)
    return reader


def test_text_of_articles_stays_text() -> None:
    reader = read(page(earlier=run("<i>earlier</i>", TWELVE)))
    assert [tag for tag, _ in reader.tags if tag in ("img", "b", "i", "iframe", "link", "object")] == []
    assert len([tag for tag, _ in reader.tags if tag == "script"]) == 1
    assert "Poi </script><script>alert(1)</script> " in reader.text
    assert OTHER.doc_id in reader.text
    assert all(not name.startswith("on") and name not in ("style", "src") for _, names in reader.tags for name in names)


def test_policy_admits_the_own_style_and_script_only() -> None:
    reader = read(page())
    [policy] = [names["content"] or "" for tag, names in reader.tags if tag == "meta" and "http-equiv" in names]
    assert policy.startswith("default-src 'none'; ")
    for kind in ("style", "script"):
        content = "".join(reader.inline[kind])
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not re.search(r"https?:|//[a-z]|@import|url\(", page())


def test_scores_with_intervals_stand_in_the_chart() -> None:
    reader = read(page())
    bars = [names["width"] for tag, names in reader.tags if tag == "rect" and names["class"] == "bar"]
    assert bars[0] == "28.57%"  # whole claims: 1 right, 3 predicted, 4 in gold
    whiskers = [names for tag, names in reader.tags if tag == "line" and names["class"] == "whisker"]
    assert (whiskers[0]["x1"], whiskers[0]["x2"]) == ("0.00%", "33.33%")
    assert re.search(r"whole claim\s+28\.6\s+0\.0–33\.3\s+33\.3\s*25\.0", reader.text)


def test_cases_show_gold_and_run_side_by_side() -> None:
    spurious, weak, missed, other = cases_of([GOLD, OTHER], NOW)
    assert (spurious.outcome, spurious.marked, spurious.columns[0].cells) == ("spurious", "2020", None)
    assert (weak.outcome, weak.fields) == ("wrong", ("modifier", "subject"))
    assert weak.before + weak.marked + weak.after == "Nel 2020 i 12 panifici vendono quasi 45 torte."
    gold, now = weak.columns
    assert gold.cells is not None
    assert now.cells is not None
    assert [(gold.cells[row].text, now.cells[row].text) for row in ("modifier", "subject", "time")] == [
        ("less_than", "exact"), ("torte", "panifici"), ("none", "none"),
    ]  # fmt: skip
    assert [row for row in weak.rows if now.cells[row].wrong] == ["modifier", "subject"]
    assert "time" not in weak.rows
    assert (missed.outcome, missed.columns[1].cells) == ("missed", None)
    assert missed.columns[0].cells is not None
    assert missed.columns[0].cells["refers_to"].text == "45"
    assert other.doc_id == OTHER.doc_id


def test_both_versions() -> None:
    cases = list(cases_of([GOLD], run("now", TWELVE, documents=(GOLD,)), run("old", WEAK, YEAR, documents=(GOLD,))))
    assert [(case.marked, case.outcome, case.turn) for case in cases] == [
        ("2020", "right", "won"), ("12", "right", "won"), ("45", "missed", "lost"), ("80", "missed", ""),
    ]  # fmt: skip
    assert [column.title for column in cases[0].columns] == ["gold", "old", "now"]


def test_closed_documents_show_no_case() -> None:
    closed = NOW.closed({DOC})
    assert {case.doc_id for case in cases_of([GOLD, OTHER], closed)} == {OTHER.doc_id}
    content = render_page([GOLD, OTHER], closed, title="Scores", closed=1)
    assert "panifici vendono" not in content
    assert "errors of 1 test documents stay closed" in content


def test_filters_in_a_browser(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(page(earlier=run("earlier", TWELVE, YEAR)), encoding="utf-8")
    said: list[str] = []
    with chromium() as browser:
        tab = watched(browser, said, viewport={"width": 390, "height": 844})
        tab.goto(file.as_uri())
        assert tab.locator(".case:visible").count() == 4
        assert tab.evaluate("document.documentElement.scrollWidth") == 390
        tab.locator("select[name=class]").select_option("missed")
        assert tab.locator(".case:visible").count() == 2
        tab.locator("input[name=words]").fill("SCRIPT")
        assert tab.locator("#shown").text_content() == "2 of 4 errors"
        tab.locator("button[type=reset]").click()
        tab.locator("button[data-pick=modifier]").first.click()
        tab.wait_for_function("document.getElementById('shown').textContent.startsWith('1 of')")
        assert tab.locator(".case:visible mark").text_content() == "45"
        assert said == []
