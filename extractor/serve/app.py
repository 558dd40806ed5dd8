"""The server's addresses. It keeps nothing: an article is read, answered and forgotten."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import FastAPI, Form, Response
from fastapi import Request as HttpRequest
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from extractor import __version__
from extractor.claims.timex import day_named
from extractor.io.article import MAX_CHARS, Article, BadArticle, ReadOptions, checked
from extractor.lexicon.active import BUILT_IN, Lexicon
from extractor.serve import answers, jobs
from extractor.serve.limits import Limits
from extractor.serve.models import Check, Claims, Health, Problem, Request
from extractor.serve.workers import Busy, TooLong, WorkerDied, Workers


@dataclass(frozen=True, slots=True)
class Settings:
    """What the server allows.

    Attributes:
        processes: workers; each holds a pipeline in memory.
        max_chars: the longest article.
        seconds: the most time from a request to its answer, and for a request to come.
        waiting: how many requests may wait for a worker.
    """

    processes: int = 1
    max_chars: int = MAX_CHARS
    seconds: float = 20.0
    waiting: int = 16


_REFUSALS = {
    413: "The article is too long.",
    422: "The request is wrong.",
    503: "All workers are busy.",
    504: "It took too long.",
}
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": why} for status, why in _REFUSALS.items()
}


def create_app(model: str, settings: Settings | None = None, lexicon: Lexicon = BUILT_IN) -> FastAPI:
    """Return the application.

    Args:
        model: name or path of the pipeline, as :func:`extractor.load` takes it.
        settings: its limits.
        lexicon: the tables that its rules read.
    """
    settings = settings or Settings()
    workers = Workers(settings.processes, model, settings.seconds, settings.waiting, lexicon)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        workers.start()
        try:
            yield
        finally:
            await workers.stop()

    # The usual documentation pages load scripts from elsewhere; /openapi.json says all that they do.
    app = FastAPI(title="cifre", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None)
    app.add_middleware(Limits, max_chars=settings.max_chars, seconds=settings.seconds)
    _name_errors(app)

    async def run(job: Callable[[Article], str], request: Request) -> str:
        article = _checked(request, settings.max_chars)
        try:
            return await workers.run(job, article)
        except Busy as error:
            message = "The server has all the work that it can do; try again in a moment."
            raise HTTPException(503, message, {"Retry-After": "2"}) from error
        except TooLong as error:
            raise HTTPException(504, f"Reading this article took more than {settings.seconds:g} seconds.") from error
        except WorkerDied as error:
            raise HTTPException(500, "The process that read this article ended without an answer.") from error

    @app.get("/", response_class=HTMLResponse, include_in_schema=False)
    async def form() -> str:
        return answers.form(settings.max_chars)

    @app.post("/page", response_class=HTMLResponse, responses=_PROBLEMS, summary="The page of an article")
    async def page(request: Annotated[Request, Form()]) -> str:
        return await run(jobs.page, request)

    @app.post("/claims", response_model=Claims, responses=_PROBLEMS, summary="The claims of an article")
    async def claims(request: Request) -> Response:
        return _json(await run(jobs.claims, request))

    @app.post("/check", response_model=Check, responses=_PROBLEMS, summary="What follows, and what does not agree")
    async def check(request: Request) -> Response:
        return _json(await run(jobs.check, request))

    @app.get("/health", responses={503: {"model": Health}}, summary="Whether the server can work")
    async def health(response: Response) -> Health:
        response.status_code = 200 if workers.ready else 503
        status = "ok" if workers.ready else "starting"
        return Health(status=status, version=__version__, model=model, ready=workers.ready, waiting=workers.waiting)

    return app


def _json(content: str) -> Response:
    return Response(content, media_type="application/json")


def _checked(request: Request, max_chars: int) -> Article:
    """Return the article of a request.

    Raises:
        HTTPException: 413 where it is too long, 422 where it is none or its date is no day.
    """
    article = request.article()
    if len(article.text) > max_chars:
        raise HTTPException(413, f"The article is too long: {len(article.text)} characters, at most {max_chars}.")
    if article.date is not None and day_named(article.date) is None:
        raise HTTPException(422, f"The date {article.date!r} is no day in full: give it as 2024-09-10.")
    found = checked(article, ReadOptions(max_chars=max_chars))
    if isinstance(found, BadArticle):
        raise HTTPException(422, f"The article cannot be read: {found.reason}.")
    return found


def _name_errors(app: FastAPI) -> None:
    @app.exception_handler(HTTPException)
    async def refused(request: HttpRequest, error: HTTPException) -> Response:
        return answers.problem(request.url.path, error.status_code, error.detail, error.headers)

    @app.exception_handler(RequestValidationError)
    async def wrong(request: HttpRequest, error: RequestValidationError) -> Response:
        said = [f"{'.'.join(map(str, each['loc'][1:])) or 'body'}: {each['msg']}" for each in error.errors()]
        return answers.problem(request.url.path, 422, f"The request is wrong: {'; '.join(said)}.")
