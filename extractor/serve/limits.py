"""Limits on a request before anything reads it: how long its body may be, and how long it may take to come."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from extractor.io.article import MAX_CHARS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A character of the text is four bytes at most, and a form writes a byte with three (%C3).
_BYTES_A_CHARACTER = 12
_REST = 65_536
_SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Limits:
    """An ASGI layer: reads a body whole, or refuses it; puts headers on every answer that browsers heed.

    Args:
        max_chars: the longest article, in characters.
        seconds: the most time for a body to come.
    """

    def __init__(self, app: ASGIApp, max_chars: int = MAX_CHARS, seconds: float = 10.0) -> None:
        self._app = app
        self._most = _BYTES_A_CHARACTER * max_chars + _REST
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        from starlette.datastructures import Headers, MutableHeaders

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_SECURITY)
            await send(message)

        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdigit() and int(announced) > self._most:
            await self._refuse(scope, send_with_headers, 413)
            return
        try:
            async with asyncio.timeout(self._seconds):
                body = await self._body(receive)
        except TimeoutError:
            await self._refuse(scope, send_with_headers, 408)
            return
        except _TooLarge:
            await self._refuse(scope, send_with_headers, 413)
            return
        if body is None:
            return
        await self._app(scope, _Replay(body, receive), send_with_headers)

    async def _body(self, receive: Receive) -> bytes | None:
        """Return the body, or None where the client went away."""
        pieces, size = [], 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            piece = message.get("body", b"")
            size += len(piece)
            if size > self._most:
                raise _TooLarge
            pieces.append(piece)
            if not message.get("more_body"):
                return b"".join(pieces)

    async def _refuse(self, scope: Scope, send: Send, status: int) -> None:
        from extractor.serve.answers import problem

        reasons = {413: "The request is too long for this server.", 408: "The request did not come in time."}
        answer = problem(scope["path"], status, reasons[status], {"Connection": "close"})
        await answer(scope, _nothing, send)


class _TooLarge(Exception):
    """A body is longer than allowed."""


class _Replay:
    """Gives a body that was read, once; then what the connection still has to say."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


async def _nothing() -> Message:
    return {"type": "http.disconnect"}
