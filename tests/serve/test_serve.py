"""The server: answers, limits, hostile articles, and one real start."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from extractor.cli import main
from extractor.pipeline import Pipeline
from extractor.schema import Claim

from ..batch.mortal import write_model
from ..evaluation.test_page import read
from ..view.browser import chromium

pytest.importorskip("fastapi", reason="fastapi, of the serve extra, is not installed")
testclient = pytest.importorskip("fastapi.testclient", reason="httpx, of the dev extra, is not installed")

from extractor.serve.app import Settings, create_app  # noqa: E402 (needs fastapi)
from extractor.serve.limits import Limits  # noqa: E402
from extractor.serve.workers import Busy, TooLong, WorkerDied, Workers  # noqa: E402

TEXT = "I ricavi salgono del 5% a 0,1234567890123456789 euro. Il 120% degli italiani usa il telefono."
JSON = {"Content-Type": "application/json"}
HOSTILE = "Costa </script><script>alert(1)</script> 80 euro."


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    with testclient.TestClient(create_app("blank:it", Settings(max_chars=2000))) as started:
        for _ in range(600):
            if started.get("/health").status_code == 200:
                break
            time.sleep(0.1)
        yield started


def test_claims_are_those_of_the_library_to_the_last_digit(client: Any, rules: Pipeline) -> None:
    answer = client.post("/claims", json={"text": TEXT, "doc_id": "a1"})
    assert answer.status_code == 200
    found = [Claim.from_json(json.dumps(each)) for each in answer.json()["claims"]]
    expected = rules.extract(TEXT, "a1")
    assert [each.model_copy(update={"provenance": None, "value": None}) for each in found] == [
        each.model_copy(update={"value": None}) for each in expected
    ]
    values = [each["value"] for each in json.loads(answer.text, parse_float=Decimal)["claims"]]
    assert Decimal("0.1234567890123456789") in values
    assert found[0].provenance is not None
    assert found[0].provenance.model == "blank:it"


def test_the_day_of_an_article(client: Any) -> None:
    answer = client.post("/claims", json={"text": "Ieri sono arrivati in 300.", "date": "10 settembre 2024"})
    assert answer.json()["claims"][0]["time"]["value"] == "2024-09-09"


def test_check(client: Any) -> None:
    answer = client.post("/check", json={"text": TEXT}).json()
    assert [each["kind"] for each in answer["inconsistencies"]] == ["share"]
    assert [each["kind"] for each in answer["derived"]] == ["previous_value"]


def test_page_of_the_form(client: Any) -> None:
    assert 'action="/page"' in client.get("/").text
    answer = client.post("/page", data={"text": f"Il titolo\n\n{HOSTILE}", "title": "", "date": ""})
    assert answer.status_code == 200
    reader = read(answer.text)
    assert len([tag for tag, _ in reader.tags if tag == "script"]) == 1
    assert "<script>alert(1)</script>" in reader.text
    assert re.search(r"<h1><bdi>Il titolo</bdi></h1>", answer.text)
    assert 'href="/"' in answer.text


def test_every_answer_has_the_headers_that_browsers_heed(client: Any) -> None:
    for answer in (client.get("/"), client.post("/page", data={}), client.get("/none")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("path", "content", "status", "says"),
    [
        ("/claims", {"json": {"text": "a" * 2001}}, 413, "2001 characters, at most 2000"),
        ("/claims", {"json": {"text": "a" * 200_000}}, 413, "too long for this server"),
        ("/claims", {"json": {"text": "  "}}, 422, "empty"),
        ("/claims", {"json": {"text": "a\0b"}}, 422, "NUL"),
        ("/claims", {"json": {"text": "Uno.", "date": "maggio"}}, 422, "'maggio' is no day in full"),
        ("/claims", {"json": {"txt": "Uno."}}, 422, "text: Field required"),
        ("/claims", {"content": b"{", "headers": JSON}, 422, "JSON"),
        ("/claims", {"content": b'{"text": "\\ud800 3 euro"}', "headers": JSON}, 422, "surrogate"),
        ("/page", {"data": {"text": ""}}, 422, "text: Field required"),
        ("/page", {"data": {"text": " "}}, 422, "empty"),
        ("/page", {"data": {"text": "à" * 2001}}, 413, "at most 2000"),
    ],
)
def test_what_is_wrong_is_said(client: Any, path: str, content: dict[str, Any], status: int, says: str) -> None:
    answer = client.post(path, **content)
    assert answer.status_code == status
    if path == "/page":
        assert answer.headers["content-type"].startswith("text/html")
        assert says in read(answer.text).text
    else:
        assert says in answer.json()["detail"]


def test_the_document_for_programs(client: Any) -> None:
    document = client.get("/openapi.json").json()
    assert set(document["paths"]) == {"/page", "/claims", "/check", "/health"}
    assert "413" in document["paths"]["/claims"]["post"]["responses"]
    assert "refers_to" in document["components"]["schemas"]["Claim"]["properties"]
    assert client.get("/docs").status_code == 404


def test_a_body_that_announces_no_length_is_stopped_too() -> None:
    read_so_far = []

    async def pieces() -> dict[str, Any]:
        read_so_far.append(1)
        return {"type": "http.request", "body": b"x" * 10_000, "more_body": True}

    assert asyncio.run(_status(Limits(_unreached, max_chars=10, seconds=5), pieces)) == 413
    assert len(read_so_far) < 10


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    async def never() -> dict[str, Any]:
        await asyncio.sleep(30)
        return {}

    assert asyncio.run(_status(Limits(_unreached, seconds=0.05), never)) == 408


async def _unreached(*_: Any) -> None:
    pytest.fail("the application was reached")


async def _status(app: Limits, receive: Any) -> int:
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "path": "/claims", "method": "POST", "headers": [], "query_string": b""}
    await app(scope, receive, send)
    return int(sent[0]["status"])


@contextlib.asynccontextmanager
async def started(seconds: float, waiting: int) -> AsyncIterator[Workers]:
    workers = Workers(1, "blank:it", seconds, waiting)
    workers.start()
    try:
        while not workers.ready:
            await asyncio.sleep(0.05)
        yield workers
    finally:
        await workers.stop()


def test_a_job_that_takes_too_long_is_ended_and_the_next_one_runs() -> None:
    async def scene() -> None:
        async with started(seconds=1.0, waiting=4) as workers:
            [first] = workers._all
            with pytest.raises(TooLong):
                await workers.run(time.sleep, 60)
            assert workers.ready == 0
            while not workers.ready:  # its successor loads
                await asyncio.sleep(0.05)
            assert await workers.run(abs, -3) == 3
            assert first not in workers._all

    asyncio.run(scene())


def test_a_worker_that_dies_is_replaced() -> None:
    async def scene() -> None:
        async with started(seconds=20, waiting=4) as workers:
            with pytest.raises(WorkerDied):
                await workers.run(signal.raise_signal, signal.SIGKILL)
            assert await workers.run(abs, -3) == 3  # waits for the new one

    asyncio.run(scene())


def test_a_model_that_is_gone_is_loaded_when_it_is_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    name = write_model(tmp_path)
    (tmp_path / f"{name}.py").unlink()

    async def scene() -> None:
        workers = Workers(1, name, 20, 0)
        workers.start()
        await asyncio.sleep(3)
        assert workers.ready == 0
        write_model(tmp_path)
        async with asyncio.timeout(30):
            while not workers.ready:
                await asyncio.sleep(0.1)
        await workers.stop()

    asyncio.run(scene())


def test_an_error_in_a_job_is_passed_on_and_the_worker_stays() -> None:
    async def scene() -> None:
        async with started(seconds=20, waiting=4) as workers:
            before = set(workers._all)
            with pytest.raises(ZeroDivisionError):
                await workers.run(divmod, 1, 0)
            assert workers._all == before
            assert await workers.run(abs, -3) == 3

    asyncio.run(scene())


def test_more_than_may_wait_are_turned_away_and_the_event_loop_stays_free() -> None:
    async def scene() -> None:
        async with started(seconds=20, waiting=1) as workers:
            running = asyncio.create_task(workers.run(time.sleep, 0.5))
            waiting = asyncio.create_task(workers.run(abs, -3))
            await asyncio.sleep(0.05)
            assert workers.waiting == 1
            with pytest.raises(Busy):
                await workers.run(abs, -4)
            assert not running.done()
            assert await waiting == 3

    asyncio.run(scene())


def test_busy_and_slow_have_answers_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    raised: list[type[Exception]] = []

    async def run(*_: object) -> str:
        raise raised[-1]

    monkeypatch.setattr(Workers, "run", run)
    with testclient.TestClient(create_app("blank:it", Settings(seconds=7))) as client:
        for error, status, says in ((Busy, 503, "try again"), (TooLong, 504, "7 seconds"), (WorkerDied, 500, "ended")):
            raised.append(error)
            answer = client.post("/claims", json={"text": "Uno."})
            assert answer.status_code == status
            assert says in answer.json()["detail"]
            assert ("retry-after" in answer.headers) is (status == 503)


@contextlib.contextmanager
def served(*options: str) -> Iterator[str]:
    command = [sys.executable, "-m", "extractor.cli", "serve", "--port", "0", "--model", "blank:it", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        for line in process.stderr:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                yield found[0]
                break
        else:
            pytest.fail("the server did not start")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
    assert "Traceback" not in process.stderr.read()


def test_a_real_start_and_a_real_browser(rules: Pipeline, tmp_path: Path) -> None:
    import httpx

    with served() as address:
        answer = httpx.post(f"{address}/claims", json={"text": TEXT}, timeout=60)
        assert len(answer.json()["claims"]) == len(rules.extract(TEXT))
        with chromium() as browser:
            tab = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
            said: list[str] = []
            tab.on("console", lambda message: said.append(message.text))
            tab.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
            tab.goto(address)
            assert tab.evaluate("document.documentElement.scrollWidth") == 360
            tab.screenshot(path=tmp_path / "form.png")
            tab.get_by_label("Article", exact=True).fill(f"Il titolo\n\n{HOSTILE}")
            tab.get_by_role("button", name="Show its numbers").click()
            tab.locator("#mark-1-1").click()
            assert tab.locator("#detail-1-1").is_visible()
            tab.get_by_role("link", name="Another article").click()
            assert tab.get_by_role("button", name="Show its numbers").is_visible()
            # browsers ask for an icon of their own accord
            assert [each for each in said if "favicon" not in each and "404" not in each] == []


def test_wrong_usage_is_said() -> None:
    result = CliRunner().invoke(main, ["serve", "--model", "none_such"])
    assert result.exit_code == 2
    with served() as address:
        port = address.rsplit(":", 1)[1]
        taken = CliRunner().invoke(main, ["serve", "--model", "blank:it", "--port", port])
        assert taken.exit_code == 2
        assert f"cannot listen on 127.0.0.1, port {port}" in taken.output


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = CliRunner().invoke(main, ["serve"])
    assert result.exit_code == 2
    assert "uvicorn: pip install 'cifre[serve]'" in result.output
