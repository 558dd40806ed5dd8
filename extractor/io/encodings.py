"""Bytes to text: UTF-8, what a byte order mark or a page declares, and what else it may be."""

from __future__ import annotations

import codecs
import re

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY = "windows-1252"
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE
)


class WrongEncoding(ValueError):
    """The bytes are no text in the encoding they should be in; the message names it, and what they may be."""


def decode(content: bytes, fallback: str | None = None) -> str:
    """Return the text of a file: by its byte order mark, else as UTF-8, else in ``fallback``.

    Raises:
        WrongEncoding: the bytes are none of these; the message says what they look like.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], encoding, fallback=None)
    return _strict(content, "utf-8", fallback)


def decode_page(content: bytes, fallback: str | None = None) -> str:
    """Return the markup of a page: as :func:`decode`, then as it declares, then as browsers do (windows-1252)."""
    try:
        return decode(content)
    except WrongEncoding:
        declared = _DECLARED.search(content, 0, 4096)
        for encoding in (declared[1].decode("ascii") if declared else None, fallback):
            if encoding is not None:
                try:
                    return content.decode(encoding)
                except (LookupError, UnicodeError):
                    continue
        return content.decode(_LEGACY, errors="replace")


def _strict(content: bytes, encoding: str, fallback: str | None) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start
    if fallback is not None:
        try:
            return content.decode(fallback)
        except UnicodeError as error:
            raise WrongEncoding(f"neither {encoding.upper()} nor {fallback}: {error}") from error
    reason = f"not {encoding.upper()}: byte {content[at]:#04x} at position {at}"
    raise WrongEncoding(reason + _guess(content, at))


def _guess(content: bytes, at: int) -> str:
    if b"\0" in content:
        return "; it looks binary"
    try:
        text = content[max(0, at - 12) : at + 12].decode(_LEGACY)
    except UnicodeDecodeError:
        return ""
    return f"; as {_LEGACY} it reads {' '.join(text.split())!r}: try --encoding {_LEGACY}"
