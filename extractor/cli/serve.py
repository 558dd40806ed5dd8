"""``cifre serve``: a page to paste articles into, and claims for programs."""

from __future__ import annotations

import importlib.util
import ipaddress
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.common import LEXICON, MODEL, load_pipeline, say

if TYPE_CHECKING:
    from extractor.lexicon.active import Lexicon
    from extractor.serve.app import Settings


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes any free one."
)
@click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="Processes that read articles."
)
@click.option(
    "--max-chars", type=click.IntRange(1), default=200_000, show_default=True, help="Refuse longer articles (413)."
)
@click.option(
    "--seconds",
    type=click.FloatRange(0, min_open=True),
    default=20,
    show_default=True,
    help="Give up on an article after so long (504).",
)
@click.option(
    "--waiting",
    type=click.IntRange(0),
    default=16,
    show_default=True,
    help="So many requests may wait for a worker; more are turned away (503).",
)
@MODEL
@LEXICON
def serve(
    host: str,
    port: int,
    workers: int,
    max_chars: int,
    seconds: float,
    waiting: int,
    model: str | None,
    lexicon: Path | None,
) -> None:
    """Serve a page to paste articles into, and their claims as JSON.

    GET / is a form; POST /page answers with the page of `cifre view`, /claims and /check with JSON; /openapi.json
    describes them, /health tells how the server is. Nothing is kept. There is no password: whoever reaches the
    address can use it, so the default is this machine alone.
    """
    for package in ("fastapi", "uvicorn", "python_multipart"):
        if importlib.util.find_spec(package) is None:
            raise click.UsageError(f"the server needs {package}: pip install 'cifre[serve]'")
    from extractor.serve.app import Settings

    pipeline = load_pipeline(model, lexicon)  # here, so that what is wrong with it is said at once
    name, tables = pipeline.model, pipeline.lexicon
    del pipeline
    listening = _listen(host, port)
    if not _is_loopback(listening):
        say(f"warning: {host} can be reached from elsewhere, and there is no password")
    _run(listening, name, Settings(workers, max_chars, seconds, waiting), tables)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError as error:
        raise click.UsageError(f"cannot listen on {host}, port {port}: {error.strerror or error}") from error
    return listening


def _is_loopback(listening: socket.socket) -> bool:
    return ipaddress.ip_address(listening.getsockname()[0]).is_loopback


def _run(listening: socket.socket, model: str, settings: Settings, lexicon: Lexicon) -> None:
    import uvicorn

    from extractor.serve.app import create_app

    address, port = listening.getsockname()[:2]
    say(f"model: {model}")
    say(f"listening on http://{f'[{address}]' if ':' in address else address}:{port}/ (Ctrl-C ends it)")
    app = create_app(model, settings, lexicon)
    config = uvicorn.Config(app, log_level="warning", timeout_keep_alive=5, server_header=False)
    uvicorn.Server(config).run(sockets=[listening])
