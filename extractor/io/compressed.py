"""Opening files, compressed or not, and reading no more of them than a limit."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path
from typing import BinaryIO, cast

SUFFIXES = frozenset({".gz", ".zst"})
#: What reading may raise: the file system's errors, and those of torn or false archives.
READ_ERRORS: tuple[type[Exception], ...] = (OSError, EOFError, zlib.error)


class MissingExtra(ImportError):
    """A file needs a package that is an optional part of this one; the message says what to install."""


def bare_name(path: Path) -> Path:
    """Return the path without the ending of its compression."""
    return path.with_suffix("") if path.suffix.lower() in SUFFIXES else path


def open_binary(path: Path) -> BinaryIO:
    """Open a file; ``.gz`` and ``.zst`` are unpacked while reading.

    Raises:
        OSError: it cannot be opened.
        MissingExtra: it is a ``.zst`` file, and zstandard is not installed.
    """
    suffix = path.suffix.lower()
    if suffix == ".gz":
        return cast("BinaryIO", gzip.open(path, "rb"))
    if suffix == ".zst":
        try:
            import zstandard
        except ImportError as error:
            raise MissingExtra(f"{path}: .zst files need zstandard: pip install 'cifre[zst]'") from error
        # a frame may ask for a window of gigabytes; zstd's own default limit is 128 MB
        reader = zstandard.ZstdDecompressor(max_window_size=2**27)
        return cast("BinaryIO", io.BufferedReader(_Unpacked(reader, path)))
    return path.open("rb")


class _Unpacked(io.RawIOBase):
    """A .zst file of one or more frames; zstandard's errors become :class:`OSError`, as gzip's are."""

    def __init__(self, decompressor: object, path: Path) -> None:
        import zstandard

        self._error = zstandard.ZstdError
        self._file = path.open("rb")
        self._reader = cast("zstandard.ZstdDecompressor", decompressor).stream_reader(
            self._file, read_across_frames=True
        )

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        try:
            return self._reader.readinto(buffer)
        except self._error as error:
            raise OSError(f"not a .zst file, or a damaged one: {error}") from error

    def close(self) -> None:
        self._file.close()
        super().close()


def reason_of(error: Exception) -> str:
    """Say why reading failed, for people."""
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
