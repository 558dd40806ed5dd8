"""The garbage collector in commands and worker processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from extractor.batch.pool import one_worker
from extractor.io.article import ReadOptions

# What is registered first is called last, so that it sees what the others have done.
_SEES = "import atexit, gc; atexit.register(lambda: print(gc.get_freeze_count() > 0, gc.get_threshold()[0] > 700)); "


def _printed(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", _SEES + program], capture_output=True, text=True, check=True)
    return done.stdout.split("\n")[-2]


def test_a_command_ends_without_a_last_look_for_garbage(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("I posti sono 30.", encoding="utf-8")
    main = "from extractor.cli import main; main()"
    arguments = f"import sys; sys.argv = ['cifre', 'extract', '--fast', '-q', {str(article)!r}]; "
    assert _printed(arguments + main) == "True True"


def test_the_package_leaves_the_collector_of_other_programs_alone() -> None:
    assert _printed("import extractor; extractor.load('blank:it').extract('I posti sono 30.')") == "False False"


def test_a_worker_process_looks_rarely_too() -> None:
    pool, ready = one_worker("blank:it", ReadOptions(), None)
    try:
        ready.result()
        assert pool.submit(_threshold).result() > 700
    finally:
        pool.shutdown()


def _threshold() -> int:
    import gc

    return gc.get_threshold()[0]
