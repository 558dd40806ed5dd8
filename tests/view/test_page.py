"""The page of articles: what hostile articles cannot do, and what readers can, in a real browser."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from extractor.cli import main
from extractor.io.article import Article
from extractor.pipeline import Pipeline
from extractor.view import render_articles, study

from ..evaluation.test_page import read
from .browser import chromium, watched

RLO, LRI, LINE = "\u202e", "\u2066", "\u2028"
HOSTILE = (
    "Costa </script><script>alert(1)</script> 80 euro, anzi <b>oltre 45 torte</b> e "
    "<img src=x onerror=alert(2)> 7%.\n\n"
    "{{ 7 * 7 }} {% raw %} vale <!-- 3.000 miliardi di yuan (circa 412 miliardi di dollari) --> ${alert(3)}.\n\n"
    f"La cifra{LINE}rappresenta un aumento del 12%{RLO} su base {LRI}annua</textarea><svg onload=alert(4)>. "
    "Sono 300 soci\" onclick='alert(5)' x=\"&amp; &lt; 9 <style>*{display:none}</style> amici</p></article>."
)
TEXT = (
    "Secondo l'Istat i ricavi hanno superato i 3.000 miliardi di yuan (circa 412 miliardi di dollari) nel 2024.\n\n"
    "La cifra rappresenta un aumento del 12% su base annua. Gli arrestati sono 12 (7 uomini e 6 donne). "
    "Pesa 30 kg, e una su tre costa 20 euro."
)


def page(pipeline: Pipeline, *texts: str, **options: Any) -> str:
    studies = [study(pipeline, Article(f"a{n}", text, "a.txt")) for n, text in enumerate(texts, start=1)]
    return render_articles(studies, **options)


def saved(folder: Path, content: str) -> str:
    file = folder / "page.html"
    file.write_text(content, encoding="utf-8", newline="\n")
    return file.as_uri()


def test_text_of_articles_stays_text(rules: Pipeline) -> None:
    hostile = study(
        rules, Article('"><img src=x onerror=alert(6)>', HOSTILE, "a.txt", title="</title><script>alert(7)")
    )
    reader = read(render_articles([hostile, hostile], model="</header>"))
    assert [tag for tag, _ in reader.tags if tag in ("img", "b", "iframe", "link", "object", "textarea")] == []
    assert [len([tag for tag, _ in reader.tags if tag == each]) for each in ("script", "style")] == [1, 1]
    assert all(not name.startswith("on") and name not in ("style", "src") for _, names in reader.tags for name in names)
    assert "Costa </script><script>alert(1)</script> 80 euro" in reader.text


def test_policy_admits_the_own_style_and_script_only(rules: Pipeline) -> None:
    content = page(rules, TEXT)
    reader = read(content)
    [policy] = [names["content"] or "" for tag, names in reader.tags if tag == "meta" and "http-equiv" in names]
    for kind in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256("".join(reader.inline[kind]).encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert re.findall(r"https?:[^\"']*", content) == ["http://www.w3.org/2000/svg"]  # a name, never fetched
    assert not re.search(r"@import|url\(", content)


def test_hostile_articles_run_nothing_and_show_every_character(rules: Pipeline, tmp_path: Path) -> None:
    said: list[str] = []
    with chromium() as browser:
        tab = watched(browser, said, viewport={"width": 1280, "height": 900})
        tab.goto(saved(tmp_path, page(rules, HOSTILE)))
        shown = tab.locator(".text p").evaluate_all("all => all.map((each) => each.textContent)")
        assert shown == HOSTILE.split("\n\n")
        quotes = {claim.text for claim in rules.extract(HOSTILE)}
        assert {"80 euro", "45", "12%", "300"} <= quotes
        assert tab.locator(".claim").evaluate_all("all => all.map((each) => each.textContent)") == [
            claim.text for claim in rules.extract(HOSTILE)
        ]
        for mark in tab.locator(".claim").all():
            mark.click()
        # characters that turn the direction of text do so in their paragraph or quotation alone
        assert tab.locator(".text p, .claim, bdi").evaluate_all(
            "all => all.every((each) => getComputedStyle(each).unicodeBidi === 'isolate')"
        )
        tab.screenshot(path=tmp_path / "hostile.png", full_page=True)
    assert said == []
    assert (tmp_path / "hostile.png").stat().st_size > 10_000


def test_the_policy_stops_what_would_get_through(rules: Pipeline, tmp_path: Path) -> None:
    """The control of the tests above: were a script or a handler in the page, it would not run."""
    broken = page(rules, TEXT).replace("<main>", "<main><script>alert(1)</script><img src=x onerror=alert(2)>")
    said: list[str] = []
    with chromium() as browser:
        tab = watched(browser, said)
        tab.goto(saved(tmp_path, broken))
        tab.wait_for_timeout(200)
    assert len(said) >= 2
    assert all("Content Security Policy" in each for each in said)


def test_cards_open_and_close_by_keyboard(bundled: Pipeline, tmp_path: Path) -> None:
    said: list[str] = []
    with chromium() as browser:
        tab = watched(browser, said, viewport={"width": 1280, "height": 900})
        tab.goto(saved(tmp_path, page(bundled, TEXT)))
        mark = tab.locator("#mark-1-1")
        mark.focus()
        tab.keyboard.press("Space")
        assert mark.get_attribute("aria-expanded") == "true"
        assert tab.evaluate("document.activeElement.closest('.card').id") == "card-1-1"
        assert tab.locator("#detail-1-1").is_visible()
        assert tab.locator(".text .traced-attribution").all_text_contents() == ["Istat"]
        assert tab.locator(".claim.kin").count() == 2
        tab.keyboard.press("Escape")
        assert tab.evaluate("document.activeElement.id") == "mark-1-1"
        assert tab.locator(".detail:visible").count() == 0
        tab.keyboard.press("Enter")
        tab.locator("#card-1-1 [data-go='1-3']").focus()
        tab.keyboard.press("Enter")
        assert tab.evaluate("document.activeElement.closest('.card').id") == "card-1-3"
        assert tab.locator(".detail:visible").count() == 1
    assert said == []


ENDS = """() => Array.from(document.querySelectorAll('.lines g'), (g) => {
    const line = g.querySelector('path');
    const canvas = g.ownerSVGElement.getBoundingClientRect();
    return g.dataset.ends.split(' ').map((key, place) => {
        const point = line.getPointAtLength(place * line.getTotalLength());
        const [x, y] = [point.x + canvas.left, point.y + canvas.top];
        const boxes = Array.from(document.getElementById('mark-' + key).getClientRects());
        return boxes.some((b) => x > b.left - 1 && x < b.right + 1 && Math.abs(y - b.bottom) < 2);
    });
})"""


def test_lines_join_the_marks_that_belong_together(bundled: Pipeline, tmp_path: Path) -> None:
    said: list[str] = []
    with chromium() as browser:
        tab = watched(browser, said, viewport={"width": 1280, "height": 900})
        tab.goto(saved(tmp_path, page(bundled, TEXT)))
        tab.wait_for_selector(".lines path", state="attached")
        ends = tab.locator(".lines g").evaluate_all("all => all.map((g) => [g.getAttribute('class'), g.dataset.ends])")
        assert ends == [["again", "1-1 1-2"], ["about", "1-1 1-3"]]
        met = tab.evaluate(ENDS)
        assert met == [[True, True], [True, True]]
    assert said == []


def test_list_is_filtered_searched_and_sorted(bundled: Pipeline, tmp_path: Path) -> None:
    said: list[str] = []
    with chromium() as browser:
        tab = watched(browser, said, viewport={"width": 1280, "height": 900})
        tab.goto(saved(tmp_path, page(bundled, TEXT)))
        status, shown = tab.locator(".shown"), tab.locator(".card:visible .quote")
        everything = shown.all_text_contents()
        assert status.text_content() == f"{len(everything)} claims"
        tab.get_by_role("checkbox", name="count").uncheck()
        assert status.text_content() == f"{len(everything) - 3} of {len(everything)} claims"
        assert tab.locator(".claim.out").all_text_contents() == ["12", "7", "6"]
        tab.get_by_label("Find").fill("DOLLARO")
        assert shown.all_text_contents() == ["412 miliardi di dollari"]
        assert tab.locator(".lines g.out").count() == 2
        tab.get_by_role("button", name="Show all").click()
        tab.locator(".claim.out").first.wait_for(state="detached")
        tab.get_by_label("Order").select_option("size")
        assert shown.all_text_contents()[:4] == ["12", "7", "6", "30 kg"]
        tab.get_by_label("Order").select_option("text")
        assert shown.all_text_contents() == everything
    assert said == []


def test_several_articles_take_turns(bundled: Pipeline, tmp_path: Path) -> None:
    said: list[str] = []
    with chromium() as browser:
        tab = watched(browser, said)
        tab.goto(saved(tmp_path, page(bundled, TEXT, "Niente.", "Ne restano 300.")))
        assert tab.locator(".part:visible h2").all_text_contents() == ["a1"]
        tab.get_by_role("button", name="Next").click()
        assert tab.locator(".part:visible").inner_text().endswith("No numeric claim in this text.")
        tab.locator("select[name=article]").select_option("3")
        assert tab.get_by_role("button", name="Next").is_disabled()
        tab.locator("select[name=article]").select_option("")
        assert tab.locator(".part:visible").count() == 3
    assert said == []


def test_without_scripts_everything_is_there(rules: Pipeline, tmp_path: Path) -> None:
    with chromium() as browser:
        tab = browser.new_context(java_script_enabled=False).new_page()
        tab.goto(saved(tmp_path, page(rules, TEXT, "Ne restano 300.")))
        assert tab.locator(".detail:visible").count() == tab.locator(".card").count() > 5
        assert tab.locator("form:visible").count() == 0


CONTRAST = """() => {
    const light = (color) => {
        const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map((c) => {
            const s = c / 255;
            return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (each) => {
        for (let at = each; at; at = at.parentElement) {
            const color = getComputedStyle(at).backgroundColor;
            if (!/, 0\\)$|transparent/.test(color)) return color;
        }
        return 'rgb(255, 255, 255)';
    };
    const poor = [];
    let count = 0;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const each = walker.currentNode.parentElement;
        const shown = each.getClientRects().length && !['SCRIPT', 'OPTION'].includes(each.tagName);
        if (!shown || !walker.currentNode.data.trim()) continue;
        count += 1;
        const [a, b] = [light(getComputedStyle(each).color), light(ground(each))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < 4.5) poor.push([each.className, walker.currentNode.data, ratio]);
    }
    return [count, poor];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_readable_in_both_schemes_and_widths(bundled: Pipeline, tmp_path: Path, scheme: str, width: int) -> None:
    said: list[str] = []
    with chromium() as browser:
        tab = watched(browser, said, viewport={"width": width, "height": 800}, color_scheme=scheme)
        tab.goto(saved(tmp_path, page(bundled, TEXT, "Ne restano 300.")))
        ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(255, 255, 255)") is (scheme == "light")
        tab.locator("#mark-1-1").click()
        tab.locator("#card-1-1 summary").click()
        tab.get_by_role("checkbox", name="ratio").first.uncheck()
        counted, poor = tab.evaluate(CONTRAST)
        assert counted > 60
        assert poor == []
        assert tab.evaluate("document.documentElement.scrollWidth") == width
        small = tab.locator("button:visible, select:visible, input[type=search]:visible, .chip:visible").evaluate_all(
            "all => all.filter((each) => each.getBoundingClientRect().height < 24).map((each) => each.outerHTML)"
        )
        assert small == []
        tab.screenshot(path=tmp_path / f"{scheme}_{width}.png", full_page=True)
    assert said == []


FOCUSED = """() => {
    const here = document.activeElement;
    return here === document.body ? '' : here.id || here.name || here.className || here.textContent.trim();
}"""
DOUBLED = """() => {
    const all = Array.from(document.querySelectorAll('[id]'), (each) => each.id);
    return all.filter((id, place) => all.indexOf(id) !== place);
}"""
UNCONTROLLED = """() => Array.from(document.querySelectorAll('[aria-controls]')).filter(
    (each) => !document.getElementById(each.getAttribute('aria-controls'))).length"""


def test_controls_have_names_and_come_in_reading_order(bundled: Pipeline, tmp_path: Path) -> None:
    said: list[str] = []
    with chromium() as browser:
        tab = watched(browser, said, viewport={"width": 1280, "height": 900})
        tab.goto(saved(tmp_path, page(bundled, TEXT, "Ne restano 300.")))
        tab.evaluate("document.body.focus()")
        order: list[str] = []
        for _ in range(60):
            tab.keyboard.press("Tab")
            here = tab.evaluate(FOCUSED)
            if not here:
                break
            order.append(here)
        ids = [each for each in order if each.startswith("mark-")]
        assert ids == [f"mark-1-{number}" for number in range(1, len(ids) + 1)]
        assert len(ids) == tab.locator("#article-1 .claim").count()
        assert order.index("article") < order.index("find") < order.index("mark-1-1") < order.index("head")
        tree = tab.locator("body").aria_snapshot()
        assert 'button "3.000 miliardi di yuan, money"' in tree
        assert not re.search(r"^\s*- (button|textbox|searchbox|combobox|checkbox|link)(:| \[|$)", tree, re.MULTILINE)
        assert tab.evaluate(DOUBLED) == []
        assert tab.evaluate(UNCONTROLLED) == 0
        heads = tab.locator("h1, h2, h3, h4").evaluate_all("all => all.map((e) => Number(e.tagName[1]))")
        assert all(later - earlier <= 1 for earlier, later in pairwise(heads))
    assert said == []


def test_kinds_differ_in_more_than_colour(rules: Pipeline, tmp_path: Path) -> None:
    with chromium() as browser:
        tab = watched(browser, [])
        tab.goto(saved(tmp_path, page(rules, "Sono 40, cioè il 5%, una su tre, e pesano 30 kg per 20 euro.")))
        styles = tab.locator(".claim").evaluate_all("all => all.map((e) => getComputedStyle(e).textDecorationStyle)")
        assert sorted(styles) == ["dashed", "dotted", "double", "solid", "wavy"]


def test_paper_has_every_card_and_no_controls(bundled: Pipeline, tmp_path: Path) -> None:
    with chromium() as browser:
        tab = watched(browser, [], color_scheme="dark")
        tab.goto(saved(tmp_path, page(bundled, TEXT)))
        tab.emulate_media(media="print", color_scheme="dark")
        assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert tab.locator(".detail:visible").count() == tab.locator(".card").count() > 5
        assert tab.locator("form:visible, .close:visible, .lines:visible").count() == 0
        assert len(tab.pdf()) > 10_000


def test_command_writes_a_page_and_names_what_it_cannot_read(tmp_path: Path) -> None:
    article, out = tmp_path / "a.txt", tmp_path / "page.html"
    article.write_text("Ieri sono arrivati in 300.", encoding="utf-8")
    command = ["view", "--model", "blank:it", str(article), str(tmp_path / "none.txt"), "--date", "2024-09-10"]
    result = CliRunner().invoke(main, [*command, "-o", str(out), "--title", "Arrivi <b>"])
    assert result.exit_code == 1
    assert "none.txt" in result.stderr
    reader = read(out.read_text(encoding="utf-8"))
    assert "Arrivi <b>" in reader.text
    assert "2024-09-09" in reader.text
    assert CliRunner().invoke(main, command).stdout.startswith("<!doctype html>")
    assert CliRunner().invoke(main, ["view", str(article), "-o", str(tmp_path / "no" / "x.html")]).exit_code == 2
    assert CliRunner().invoke(main, ["view", str(article), "--date", "maggio"]).exit_code == 2


def test_a_page_has_a_bound(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text("".join(f'{{"id": "{number}", "text": "Sono 3."}}\n' for number in range(201)), encoding="utf-8")
    result = CliRunner().invoke(main, ["view", "--model", "blank:it", str(many)])
    assert result.exit_code == 2
    assert "more than 200 articles" in result.output
