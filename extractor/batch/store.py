"""Finished shards on disk, one output file made of them, and the manifest that says what is in it.

While a run lasts, ``FILE.parts`` holds one part a shard, under the shard's key: a line of JSON (counts, errors,
hash) and the shard's lines. A part is written to a temporary name, synced and renamed, so it is whole or not
there. At the end the parts are joined in input order in the same way, and ``STEM.meta.json`` keeps where
each shard stands in the output: a finished file of JSON lines is itself where a later run finds its shards.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from extractor.batch.worker import Result
from extractor.io.article import BadArticle
from extractor.io.whole import sync, write_whole
from extractor.io.writers import JSONL, form_of, write_table


class OutputBusy(RuntimeError):
    """Another run is writing the same output."""


class Store:
    """The shards of one output file.

    Args:
        output: the file to write.
        resume: whether shards of earlier runs count; else they are removed.

    Raises:
        OutputBusy: another run is writing the same output.
        OSError: the output cannot be written.
    """

    def __init__(self, output: Path, resume: bool) -> None:
        self.output = output.resolve()
        self.form = form_of(output)
        self.meta = self.output.with_suffix(".meta.json")
        self.parts = self.output.with_name(self.output.name + ".parts")
        self.discarded = 0
        self._entries: list[bytes] = []  # of each shard its head as JSON, objects would take four times as much
        self._in_output: dict[str, tuple[int, dict[str, Any]]] = {}
        self.parts.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(self.parts / "lock")
        if resume:
            self._read_manifest()
        else:
            for part in self.parts.glob("*.part"):
                part.unlink()
                self.discarded += 1

    def find(self, key: str) -> Result | None:
        """Return the result of a shard that an earlier run has finished, if there is one and it is whole."""
        content = self._part(key) or self._stretch(key)
        if content is None:
            return None
        head, lines = content
        errors = tuple(BadArticle(**error) for error in head["errors"])
        return Result(lines, head["documents"], head["kinds"], errors, head["documents"])

    def add(self, key: str, result: Result) -> None:
        """Keep the result of a shard, if it is not kept already; the order of calls is the order of the output."""
        head = {
            "key": key,
            "bytes": len(result.lines),
            "sha256": hashlib.sha256(result.lines).hexdigest(),
            "documents": result.documents,
            "kinds": result.kinds,
            "errors": [asdict(error) for error in result.errors],
        }
        self._entries.append(json.dumps(head).encode())
        if not result.reused or self._part(key) is None:
            write_whole(self._path(key), lambda file: file.write(json.dumps(head).encode() + b"\n" + result.lines))

    def finish(self, meta: dict[str, Any]) -> None:
        """Join the shards in the output file, write the manifest, and remove the parts."""
        if self.form == JSONL:
            write_whole(self.output, lambda file: file.writelines(self._bodies()))
        else:
            temporary = self.parts / "table.tmp"
            write_table((line for body in self._bodies() for line in body.splitlines()), temporary, self.form)
            sync(temporary)
            os.replace(temporary, self.output)
        manifest = meta | {"shards": list(map(json.loads, self._entries))}
        write_whole(self.meta, lambda file: file.write(json.dumps(manifest, indent=1).encode() + b"\n"))
        self._lock.close()
        shutil.rmtree(self.parts)

    def close(self) -> None:
        """Leave the parts for another run; an empty folder of them is removed."""
        self._lock.close()
        with contextlib.suppress(OSError):
            if not any(self.parts.glob("*.part")):
                shutil.rmtree(self.parts)

    def _bodies(self) -> Iterator[bytes]:
        for entry in map(json.loads, self._entries):
            content = self._part(entry["key"])
            if content is None:
                raise OSError(f"{self._path(entry['key'])} has vanished or was changed")
            yield content[1]

    def _path(self, key: str) -> Path:
        return self.parts / f"{key}.part"

    def _part(self, key: str) -> tuple[dict[str, Any], bytes] | None:
        try:
            first, _, lines = self._path(key).read_bytes().partition(b"\n")
            head = json.loads(first)
        except (OSError, ValueError):
            return None
        return (head, lines) if _whole(head, lines) and head["key"] == key else None

    def _stretch(self, key: str) -> tuple[dict[str, Any], bytes] | None:
        if key not in self._in_output:
            return None
        offset, head = self._in_output[key]
        try:
            with self.output.open("rb") as file:
                file.seek(offset)
                lines = file.read(head["bytes"])
        except OSError:
            return None
        return (head, lines) if _whole(head, lines) else None

    def _read_manifest(self) -> None:
        if self.form != JSONL:
            return
        try:
            entries = json.loads(self.meta.read_bytes())["shards"]
            offset = 0
            for head in entries:
                self._in_output[head["key"]] = (offset, head)
                offset += head["bytes"]
        except (OSError, ValueError, KeyError, TypeError):
            self._in_output.clear()


def _whole(head: Any, lines: bytes) -> bool:
    return isinstance(head, dict) and head.get("sha256") == hashlib.sha256(lines).hexdigest()


def _locked(path: Path) -> BinaryIO:
    """Open a lock file, held until it is closed or this process ends, however it ends."""
    file = path.open("wb")
    try:
        import fcntl
    except ImportError:  # not on this system; then nothing keeps two runs apart
        return file
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise OutputBusy(f"another run is writing {path.parent.name.removesuffix('.parts')}") from error
    return file


def error_lines(errors: Iterable[BadArticle]) -> bytes:
    """Return error records as JSON lines: ``source`` and ``reason``."""
    return b"".join(
        json.dumps(asdict(error), ensure_ascii=False).encode("utf-8", "replace") + b"\n" for error in errors
    )
