"""cifre: the numbers that Italian news states, as data.

>>> import extractor
>>> extractor.parse_quantity("tre milioni e duecentomila euro").value
Decimal('3200000')
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Claim", "Quantity", "__version__", "extract", "extract_many", "load", "parse_quantity"]

if TYPE_CHECKING:
    from datetime import date

    from extractor.pipeline import Pipeline, load
    from extractor.schema import Claim, Quantity


def __getattr__(name: str) -> Any:
    # spaCy and pydantic are imported when they are first needed: `cifre --help` needs neither
    if name in ("Claim", "Quantity"):
        from extractor import schema

        return getattr(schema, name)
    if name == "load":
        from extractor.pipeline import load

        return load
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@lru_cache(maxsize=1)
def _pipeline() -> Pipeline:
    from extractor.pipeline import load

    return load()


def extract(text: str, doc_id: str = "document", date: date | str | None = None) -> list[Claim]:
    """Return the numeric claims of an article, in text order, with the default model.

    Args:
        text: the article, in Italian.
        doc_id: a name for it; goes into every claim.
        date: its day, such as ``2024-09-10``: *ieri*, *a settembre*, *l'anno scorso* then have a value.

    Raises:
        TypeError: ``text`` is not a string.
        ValueError: ``date`` is a string that names no day in full.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, not {type(text).__name__}")
    return _pipeline().extract(text, doc_id, date)


def extract_many(documents: Iterable[Mapping[str, str]]) -> Iterator[list[Claim]]:
    """Yield the claims of each document, one list a document, in input order, as they are ready.

    Args:
        documents: mappings with the keys ``id`` and ``text``, and ``date`` where it is known; read one at a time.
    """
    yield from _pipeline().extract_many(documents)


def parse_quantity(text: str) -> Quantity:
    """Return the quantity that ``text`` is as a whole (``"3 metri e mezzo"``, ``"meno 12 gradi"``).

    Raises:
        ValueError: ``text`` is no quantity, or more than one; the message says why.
    """
    from extractor.quantities.standalone import parse

    return parse(text)
