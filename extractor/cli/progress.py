"""What ``cifre extract`` tells people while it works, and at the end."""

from __future__ import annotations

import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, BinaryIO

from extractor.cli.common import say

if TYPE_CHECKING:
    from extractor.batch.worker import Result

_EVERY = 0.2  # seconds between two states of the progress line


class Progress:
    """Counts results; shows a line of progress on a terminal, error records, and a closing summary.

    Args:
        quiet: say nothing but errors.
        readable: print every claim for people.
        errors: write error records here instead of on stderr.
    """

    def __init__(self, quiet: bool, readable: bool, errors: BinaryIO | None) -> None:
        self.documents = self.failed = self.reused = 0
        self.kinds: Counter[str] = Counter()
        self._quiet, self._readable, self._errors = quiet, readable, errors
        self._bar = not quiet and sys.stderr.isatty()
        self._begin = self._shown = time.monotonic()

    def __call__(self, result: Result) -> None:
        """Take one result into account."""
        self.documents += result.documents
        self.failed += len(result.errors)
        self.reused += result.reused
        self.kinds.update(result.kinds)
        if self._errors is not None and result.errors:
            from extractor.batch.store import error_lines

            self._errors.write(error_lines(result.errors))
            self._errors.flush()
        elif result.errors:
            for error in result.errors:
                self.note(f"error: {error.source}: {error.reason}")
        if self._readable:
            self._print(result)
        if self._bar and time.monotonic() - self._shown >= _EVERY:
            self._shown = time.monotonic()
            sys.stderr.write(f"\r{self._state()}\x1b[K")
            sys.stderr.flush()

    def note(self, message: str) -> None:
        """Say something between two states of the progress line."""
        self._clear()
        say(message)

    def close(self) -> None:
        """Print the closing summary."""
        self._clear()
        if self._quiet and not self._readable:
            return
        kinds = ", ".join(f"{count} {kind}" for kind, count in self.kinds.most_common())
        failed = f"; {self.failed} documents failed" if self.failed else ""
        reused = f"; {self.reused} documents taken from an earlier run" if self.reused else ""
        claims = f"{self.kinds.total()} claims in {self.documents} documents"
        say(claims + (f" ({kinds})" if kinds else "") + failed + reused + f"; {self._speed()}")

    def _state(self) -> str:
        return f"{self.documents} documents, {self.kinds.total()} claims, {self.failed} errors, {self._speed()}"

    def _speed(self) -> str:
        seconds = time.monotonic() - self._begin
        made = self.documents - self.reused
        return f"{seconds:.1f} s" + (f", {made / seconds:.0f} documents/s" if made and seconds > 1 else "")

    def _clear(self) -> None:
        if self._bar:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _print(self, result: Result) -> None:
        from extractor.evaluation.differences import readable_quantity
        from extractor.schema import Claim

        for line in result.lines.splitlines():
            claim = Claim.from_json(line)
            change = f" ({claim.change})" if claim.change else ""
            modifier = f"{claim.modifier.replace('_', ' ')} " if claim.modifier != "exact" else ""
            subject = claim.subject.text if claim.subject else "-"
            quantity = f"{modifier}{readable_quantity(claim)}{change}"
            self.note(f"  {claim.text:<28.28}  {claim.kind:<10}  {quantity}  | {subject}")
