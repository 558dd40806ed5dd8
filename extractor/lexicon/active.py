"""Which tables are in force: the built-in ones, or those with a user's own entries added.

Nothing of it is the process's: a lexicon is in force inside ``with lexicon.in_force():`` only, in that thread or task,
and what readers of the tables have worked out (patterns, sets of words) is kept with the lexicon that it comes from.
So pipelines with different lexicons live side by side, and what one has made goes when the pipeline does.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, update_wrapper
from typing import Any, ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")


class Lexicon:
    """The built-in tables with additions.

    Attributes:
        additions: what is added, by the name of the built-in table; checked.
        memo: what :func:`per_lexicon` keeps.
    """

    def __init__(self, additions: Mapping[str, Mapping[str, Any]]) -> None:
        self.additions = additions
        self.memo: dict[object, Any] = {}

    def __reduce__(self) -> Any:
        return "BUILT_IN"  # another process has its own

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """Let everything inside the ``with`` read these tables."""
        before = _IN_FORCE.set(self)
        try:
            yield
        finally:
            _IN_FORCE.reset(before)


BUILT_IN = Lexicon({})
"""The tables of this package alone."""

_IN_FORCE: ContextVar[Lexicon] = ContextVar("lexicon in force", default=BUILT_IN)

in_force = _IN_FORCE.get
"""Return the lexicon whose tables are read now."""


def per_lexicon(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Keep what a function returns, for each lexicon apart: the cache for whatever is worked out of a table.

    With arguments, which are hashable, up to some thousands of results are kept.
    """

    def kept() -> Any:
        known = in_force().memo
        try:
            return known[function]
        except KeyError:
            value = known[function] = function()  # type: ignore[call-arg]
            return value

    def kept_by_arguments(*args: Any, **named: Any) -> Any:
        known = in_force().memo
        try:
            own = known[function]
        except KeyError:
            own = known[function] = lru_cache(maxsize=8192)(function)
        return own(*args, **named)

    wrapper = kept_by_arguments if inspect.signature(function).parameters else kept
    return update_wrapper(wrapper, function)  # type: ignore[return-value]
