"""What the rules of a claim's fields see of a sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from extractor.quantities.mention import Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of the document that fills a field: offsets, a normalised value, the rule that found it."""

    start: int
    end: int
    rule: str
    value: str | None = None


@dataclass(eq=False)
class SentenceView:
    """One sentence: its place in the document, its quantities, and its parse where a network ran.

    Attributes:
        text: the whole document; all offsets are code points into it.
        start: where the sentence begins.
        end: where it ends (exclusive).
        mentions: its quantities, in order.
        make_doc: makes :attr:`doc`; called once, and only when a rule asks for tokens.
        date: the day of the text, where it is known.
        network: whether a network has read the sentence; without one nothing is parsed or tagged.
        sentence: the sentence's own text.
        parsed: whether the tokens have heads and dependency labels.
        tagged: whether the tokens have Universal POS tags.
    """

    text: str
    start: int
    end: int
    mentions: Sequence[Mention]
    make_doc: Callable[[], Doc]
    index: int = 0
    network: bool = True
    date: date | None = None
    notes: dict[str, object] = field(default_factory=dict)
    sentence: str = field(init=False)
    parsed: bool = field(init=False)
    tagged: bool = field(init=False)

    def __post_init__(self) -> None:
        self.sentence = self.text[self.start : self.end]
        self.parsed = self.network and bool(self.doc.has_annotation("DEP"))
        self.tagged = self.network and bool(self.doc.has_annotation("POS"))

    @cached_property
    def doc(self) -> Doc:
        """The sentence's spaCy Doc; its token offsets count from :attr:`start`.

        Without a network it holds tokens only: ask :attr:`parsed` and :attr:`tagged` before using heads or tags.
        """
        return self.make_doc()

    def goes_on_from(self, before: SentenceView) -> bool:
        """Whether the sentence stands in one paragraph with one before it."""
        return "\n" not in self.text[before.start : self.start]

    def left(self, mention: Mention, width: int = 160) -> str:
        """The sentence's text before a mention, at most ``width`` code points of it."""
        return self.text[max(self.start, mention.start - width) : mention.start]

    def right(self, mention: Mention, width: int = 160) -> str:
        """The sentence's text after a mention, at most ``width`` code points of it."""
        return self.text[mention.end : min(self.end, mention.end + width)]

    def tokens(self, start: int, end: int) -> list[Token]:
        """The tokens that overlap the document offsets ``[start, end)``."""
        starts = self._starts
        first = max(0, bisect_right(starts, start - self.start) - 1)
        last = bisect_left(starts, end - self.start)
        return [t for t in self.doc[first:last] if t.idx + len(t.text) > start - self.start]

    @cached_property
    def _starts(self) -> list[int]:
        return [token.idx for token in self.doc]

    def head(self, mention: Mention) -> Token | None:
        """The token that stands for the mention in the parse: the one whose head lies outside of it."""
        inside = self.tokens(mention.start, mention.end)
        members = {t.i for t in inside}
        for token in inside:
            if token.head.i == token.i or token.head.i not in members:
                return token
        return inside[-1] if inside else None


class Views:
    """The sentences of an article, in order. Most have no quantity; such a one is made when a rule looks at it.

    Attributes:
        with_mentions: those that have a quantity, in order.
    """

    def __init__(self, with_mentions: Mapping[int, SentenceView], length: int, make: Callable[[int], SentenceView]):
        """Put sentences in order.

        Args:
            with_mentions: those that have a quantity, by their index, in order.
            length: how many sentences there are.
            make: makes one without a quantity.
        """
        self.with_mentions = list(with_mentions.values())
        self._known = dict(with_mentions)
        self._length = length
        self._make = make

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[SentenceView]:
        return map(self.__getitem__, range(self._length))

    def __getitem__(self, index: int) -> SentenceView:
        view = self._known.get(index)
        if view is None:
            view = self._known[index] = self._make(index)
        return view
