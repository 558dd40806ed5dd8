"""Whatever ends a run, and whenever: the next one ends with the output of an undisturbed run."""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from extractor.batch import store as store_module
from extractor.batch.run import Batch, to_file
from extractor.batch.store import OutputBusy, Store
from extractor.batch.worker import Result, Worker
from extractor.io.article import ReadOptions
from extractor.pipeline import Pipeline
from extractor.schema import Claim
from tests.batch.documents import finish, start, write_documents

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")


class Killed(BaseException):
    """Ends a run as a signal that cannot be caught would: no handler of the run sees an Exception."""


class Cheap(Pipeline):
    """One claim a document, to test what happens around the extraction and not the extraction."""

    def extract_many(self, documents: Iterable[Mapping[str, str]]) -> Iterator[list[Claim]]:
        for document in documents:
            doc_id, text = document["id"], document["text"]
            yield [Claim(doc_id=doc_id, claim_id=f"{doc_id}#1", kind="count", start=0, end=1, text=text[:1], value=1)]


@pytest.fixture(scope="module")
def cheap(rules: Pipeline) -> Pipeline:
    return Cheap(rules.nlp, rules.model)


def run(source: Path, output: Path, pipeline: Pipeline, resume: bool = True) -> list[Result]:
    results: list[Result] = []
    store = Store(output, resume)
    try:
        to_file(Batch([str(source)], Worker(pipeline, ReadOptions())), store, results.append)
    finally:
        store._lock.close()  # the system does that for a process that dies
    return results


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_documents(tmp_path_factory.mktemp("in") / "articles.jsonl", 300)


@pytest.fixture(scope="module")
def undisturbed(source: Path, rules: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    output = tmp_path_factory.mktemp("out") / "claims.jsonl"
    run(source, output, rules)
    return output.read_bytes(), output.with_suffix(".meta.json").read_bytes()


def _dying_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the run die at its ``step``-th call that touches the disk, tearing the file it writes."""
    left = [step]

    def dying(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                if real is os.fsync:
                    _tear(arguments[0])  # type: ignore[arg-type]
                raise Killed
            return real(*arguments, **named)

        return call

    monkeypatch.setattr(store_module.os, "replace", dying(os.replace))
    monkeypatch.setattr(store_module.os, "fsync", dying(os.fsync))
    monkeypatch.setattr(store_module.shutil, "rmtree", dying(store_module.shutil.rmtree))
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)  # nothing is tidied up after a kill


def _tear(number: int) -> None:
    with contextlib.suppress(OSError):  # a folder cannot be torn
        os.truncate(number, os.fstat(number).st_size // 2)


def test_killed_at_every_step_that_touches_the_disk(cheap: Pipeline, tmp_path: Path) -> None:
    source = write_documents(tmp_path / "articles.jsonl", 110)
    output = tmp_path / "claims.jsonl"
    run(source, output, cheap)
    whole = output.read_bytes(), output.with_suffix(".meta.json").read_bytes()
    for step in range(1, 200):
        output.unlink()
        output.with_suffix(".meta.json").unlink()
        with pytest.MonkeyPatch.context() as patch:
            _dying_at(step, patch)
            died = True
            with contextlib.suppress(Killed):
                run(source, output, cheap)
                died = False
        run(source, output, cheap)
        assert (output.read_bytes(), output.with_suffix(".meta.json").read_bytes()) == whole
        assert not output.with_name("claims.jsonl.parts").exists()
        if not died:
            break
    # Each part is written, flushed to the disk and renamed: three steps at the least.
    assert step > 3 * len(json.loads(whole[1])["shards"])


def test_a_naive_append_with_a_ledger_doubles_claims(source: Path, rules: Pipeline, tmp_path: Path) -> None:
    """The negative control: the same deaths show what the parts are for."""
    output, ledger = tmp_path / "naive.jsonl", tmp_path / "done"

    def naive(die_at: int | None) -> None:
        done = set(ledger.read_text().split()) if ledger.exists() else set()
        with output.open("a") as out, ledger.open("a") as book:
            for number, line in enumerate(source.read_text(encoding="utf-8").splitlines()[:40]):
                record = json.loads(line)
                if record["id"] in done:
                    continue
                out.writelines(claim.to_json() + "\n" for claim in rules.extract(record["text"], record["id"]))
                out.flush()
                if number == die_at:
                    return
                book.write(record["id"] + "\n")
                book.flush()

    naive(die_at=17)
    naive(die_at=None)
    lines = output.read_text(encoding="utf-8").splitlines()
    assert len(lines) > len(set(lines))


@posix
@pytest.mark.parametrize("processes", [1, 2])
def test_kill_9_at_random_moments(
    source: Path, undisturbed: tuple[bytes, bytes], tmp_path: Path, processes: int
) -> None:
    output = tmp_path / "claims.jsonl"
    arguments = (
        source,
        "-o",
        output,
        "--processes",
        processes,
        "--resume",
        "-q",
        "--errors",
        tmp_path / "errors.jsonl",
    )
    chance = random.Random(processes)
    for _ in range(4):
        process = start(*arguments)
        parts = output.with_name("claims.jsonl.parts")
        wanted = chance.randint(1, 5)
        while process.poll() is None and len(list(parts.glob("*.part"))) < wanted:
            time.sleep(0.002)
        time.sleep(chance.random() * 0.1)
        children = list(_children(process.pid))
        process.kill()
        process.communicate()
        _wait_for_the_end_of(children)
        output.unlink(missing_ok=True)
    code, _ = finish(*arguments)
    assert code == 1
    assert output.read_bytes() == undisturbed[0]
    errors = [json.loads(line) for line in (tmp_path / "errors.jsonl").read_text().splitlines()]
    assert [error["source"].rpartition(":")[2] for error in errors] == ["51", "148", "245"]


def _children(pid: int) -> Iterator[int]:
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    yield from map(int, found)


def _wait_for_the_end_of(processes: list[int]) -> None:
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in processes):
        assert time.monotonic() < deadline, "workers outlive their parent"
        time.sleep(0.05)


@posix
@pytest.mark.parametrize("processes", [1, 2])
def test_ctrl_c_leaves_a_resumable_state_and_says_so(
    source: Path, undisturbed: tuple[bytes, bytes], tmp_path: Path, processes: int
) -> None:
    output = tmp_path / "claims.jsonl"
    arguments = (source, "-o", output, "--processes", processes)
    process = start(*arguments)
    while process.poll() is None and not list(output.with_name("claims.jsonl.parts").glob("*.part")):
        time.sleep(0.002)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "interrupted" in said
    assert "--resume goes on" in said
    assert "Traceback" not in said
    code, said = finish(*arguments, "--resume")
    assert code == 1
    assert "taken from an earlier run" in said
    assert output.read_bytes() == undisturbed[0]


def test_only_what_has_changed_is_done_again(source: Path, cheap: Pipeline, tmp_path: Path) -> None:
    articles, output = tmp_path / "articles.jsonl", tmp_path / "claims.jsonl"
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)

    def reused(changed: list[str]) -> tuple[int, int]:
        articles.write_text("".join(changed), encoding="utf-8")
        results = run(articles, output, cheap)
        fresh = tmp_path / "fresh.jsonl"
        run(articles, fresh, cheap, resume=False)
        assert output.read_bytes() == fresh.read_bytes()
        return sum(r.reused for r in results), sum(r.documents for r in results)

    assert reused(lines)[0] == 0
    assert reused(lines) == (297, 297)
    new = json.dumps({"id": "new", "text": "Costa 3 euro."}) + "\n"
    again, _ = reused([*lines[:200], *lines[200:], new])
    assert again > 150
    again, total = reused([*lines[:100], lines[100].replace("2024", "2025"), *lines[101:], new])
    assert 50 < again < total


def test_another_configuration_or_model_is_done_again(source: Path, cheap: Pipeline, tmp_path: Path) -> None:
    output = tmp_path / "claims.jsonl"
    run(source, output, cheap)
    for pipeline, options in ((cheap, ReadOptions(max_chars=500_000)), (Cheap(cheap.nlp, "other"), ReadOptions())):
        results: list[Result] = []
        to_file(Batch([str(source)], Worker(pipeline, options)), Store(output, resume=True), results.append)
        assert sum(r.reused for r in results) == 0


def test_damaged_outputs_are_done_again(source: Path, cheap: Pipeline, tmp_path: Path) -> None:
    output = tmp_path / "claims.jsonl"
    run(source, output, cheap)
    whole = output.read_bytes()
    output.write_bytes(whole[:-40])
    results = run(source, output, cheap)
    assert 0 < sum(r.reused for r in results) < 297
    assert output.read_bytes() == whole
    output.with_suffix(".meta.json").write_text("{}")
    assert sum(r.reused for r in run(source, output, cheap)) == 0


def test_without_resume_everything_is_done_again(source: Path, cheap: Pipeline, tmp_path: Path) -> None:
    run(source, tmp_path / "claims.jsonl", cheap)
    assert sum(r.reused for r in run(source, tmp_path / "claims.jsonl", cheap, resume=False)) == 0


@posix
def test_two_runs_do_not_write_one_output(tmp_path: Path) -> None:
    first = Store(tmp_path / "claims.jsonl", resume=True)
    with pytest.raises(OutputBusy, match=r"claims\.jsonl"):
        Store(tmp_path / "claims.jsonl", resume=True)
    first.close()
    Store(tmp_path / "claims.jsonl", resume=True).close()
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_full_disk_is_a_clear_error_and_nothing_is_lost(
    source: Path, undisturbed: tuple[bytes, bytes], rules: Pipeline, tmp_path: Path
) -> None:
    output = tmp_path / "claims.jsonl"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(undisturbed[0]) // 2, hard))
    try:
        code, said = finish(source, "-o", output)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert code == 1
    assert "File too large" in said
    assert "--resume goes on" in said
    assert not output.exists()
    assert sum(r.reused for r in run(source, output, rules)) == 297
    assert output.read_bytes() == undisturbed[0]
