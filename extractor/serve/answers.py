"""Answers: pages for people who used the form, JSON for programs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from extractor.view import frame

if TYPE_CHECKING:
    from fastapi import Response

_HERE = "extractor.serve"


def problem(path: str, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return an answer that says what is wrong: a page where a page was asked for, else JSON.

    Args:
        path: what was asked for.
        status: HTTP status.
        detail: what is wrong, for people.
        headers: further headers.
    """
    from fastapi.responses import HTMLResponse, JSONResponse

    if path == "/page":
        values = {"title": "This did not work", "detail": detail}
        page = frame.render(_HERE, "problem.html", values, style="serve.css")
        return HTMLResponse(page, status, dict(headers or {}))
    return JSONResponse({"detail": detail}, status, dict(headers or {}))


@cache
def form(max_chars: int) -> str:
    """Return the page with the form."""
    values = {"title": "cifre: the numbers that a text states", "max_chars": max_chars}
    return frame.render(_HERE, "form.html", values, style="serve.css", form_action="'self'")
