"""The source: who says what a quantity states (*secondo l'Istat*, *ha detto Rossi*).

Words stand in ``lexicon/attributions.toml``. A prepositional source governs its sentence, from where it stands in an
aside behind a conjunction; the subject of a verb of saying what follows the verb, to the end of the clause where the
verb has no *che*; a speaker the quotation, over as many sentences as it has, and what the same paragraph quotes behind
it. A following sentence that takes the statement up (*La cifra …*), or goes on in the conditional of hearsay, keeps the
source. What the layout says of a source (a line *Fonte: …* below a table, the names of a dialogue) governs what no
words of its own claim.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import takewhile

from extractor.claims.clauses import folded
from extractor.claims.layout import laid_out
from extractor.claims.phrases import Range
from extractor.claims.sentence_sources import Source, published, sources_in
from extractor.claims.sourcepatterns import source_patterns
from extractor.claims.speech import (
    is_said,
    person_before,
    quotations,
    speaker_behind,
)
from extractor.claims.view import Found, SentenceView, Views

_CONDITIONAL = re.compile(r"(?<!\w)\w{2,}rebbero?(?!\w)")


def attribute(views: Views) -> dict[Range, Found]:
    """Return the source of each quantity that has one, by the quantity's offsets.

    Args:
        views: all sentences of an article, in order.
    """
    if not views:
        return {}
    reader = _Reader(views)
    result: dict[Range, Found] = {}
    for view in views.with_mentions:
        for mention in view.mentions:
            found = reader.source_of(view, mention.start)
            if found is not None:
                result[mention.start, mention.end] = found
    for mention, found in laid_out(views):
        result.setdefault((mention.start, mention.end), found)
    return result


class _Reader:
    """The sources of an article. Only the sentences that can have one for a quantity are read for it."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self._text = views[0].text
        self._quoted = quotations(self._text)
        self._starts = [quotation.start for quotation in self._quoted]
        self._own: dict[int, list[Source]] = {}
        self._found: dict[int, list[Source]] = {}
        self._speakers: dict[int, Found | None] = {}

    def source_of(self, view: SentenceView, at: int) -> Found | None:
        """The source of what stands at ``at``: one named in its own quotation, the speaker, or one outside of any."""
        own = self._quotation_at(at)
        best = None
        for source in self._reaching(view.index):
            if not source.start <= at < source.end:
                continue
            within = self._quotation_at(source.found.start)
            if within is None or within == own:
                if within is not None:
                    return source.found
                best = source.found
        return (None if own is None else self._speaker(own)) or best

    def _quotation_at(self, position: int) -> int | None:
        """The index of the quotation around a position."""
        index = bisect_left(self._starts, position) - 1
        return index if index >= 0 and position < self._quoted[index].end else None

    def _speaker(self, index: int) -> Found | None:
        """Who speaks in a quotation."""
        first = index
        while first and first - 1 not in self._speakers and self._same_paragraph(first - 1, index):
            first -= 1
        for place in range(first, index + 1):
            if place not in self._speakers:
                self._speakers[place] = self._who_speaks(place)
        return self._speakers[index]

    def _same_paragraph(self, one: int, other: int) -> bool:
        return self._quoted[one].paragraph == self._quoted[other].paragraph

    def _who_speaks(self, index: int) -> Found | None:
        """The speaker of a quotation, where those of its paragraph before it are known."""
        quotation, text = self._quoted[index], self._text
        found = speaker_behind(text, quotation)
        if found is None:
            covering = [
                s.found
                for s in self._reaching(bisect_right(self._views, quotation.start, key=lambda view: view.start) - 1)
                if s.start <= quotation.start < s.end
                and self._quotation_at(s.found.start) is None
                and s.found.end <= quotation.start
            ]
            found = covering[-1] if covering else None
        if found is None and is_said(text, quotation):
            found = self._last_speaker(index) or person_before(text, quotation)
        return found

    def _last_speaker(self, index: int) -> Found | None:
        """The speaker of the last quotation before this one, in its paragraph, that has one."""
        places = range(index - 1, -1, -1)
        own = takewhile(lambda place: self._same_paragraph(place, index), places)
        return next((found for place in own if (found := self._speakers[place]) is not None), None)

    def _reaching(self, index: int) -> Iterator[Source]:
        """The sources that can govern what stands in a sentence: its own, then those that the next one names for it."""
        yield from self._sources_of(index)
        if index + 1 < len(self._views) and self._goes_with_next(index):
            plain, patterns = folded(self._views[index + 1]), source_patterns()
            if patterns["backward"].match(plain) and (behind := self._sources_of(index + 1)):
                yield Source(behind[0].found, self._views[index].start, self._views[index].end)
            if patterns["published"].match(plain):
                yield from self._sources_of(index + 1)

    def _goes_with_next(self, index: int) -> bool:
        """Whether a sentence and the next stand in one paragraph."""
        return self._views[index + 1].goes_on_from(self._views[index])

    def _sources_of(self, index: int) -> list[Source]:
        """The sources of a sentence: its own, else those that it keeps from the one before."""
        first = index
        while first not in self._found and not self._named_in(first) and self._takes_up(first):
            first -= 1
        for place in range(first, index + 1):
            if place not in self._found:
                self._found[place] = self._named_in(place) or self._kept(place)
        return self._found[index]

    def _named_in(self, index: int) -> list[Source]:
        """The sources that a sentence names; a report that it says what was stated before is one before all others."""
        if index not in self._own:
            named = list(sources_in(self._views[index]))
            self._own[index] = (named and self._report(index)) or named
        return self._own[index]

    def _report(self, index: int) -> list[Source]:
        """The report that a sentence without a quantity says what stands before it is from."""
        view = self._views[index]
        if not index or view.mentions or not self._goes_with_next(index - 1):
            return []
        return list(published(self._views[index - 1], view))

    def _takes_up(self, index: int) -> bool:
        """Whether a sentence without a source may go on with what the one before says."""
        if not index:
            return False
        plain = folded(self._views[index])
        return source_patterns()["carried"].match(plain) is not None or (
            self._goes_with_next(index - 1) and _CONDITIONAL.search(plain) is not None
        )

    def _kept(self, index: int) -> list[Source]:
        """The sources that a sentence has from the one before it, which has been read where it matters."""
        if not index:
            return []
        view = self._views[index]
        plain, together = folded(view), self._goes_with_next(index - 1)
        earlier = self._found.get(index - 1, []) if self._takes_up(index) else []
        if earlier and source_patterns()["carried"].match(plain):
            return [Source(earlier[-1].found, view.start, view.end)]
        if earlier and together and (hearsay := _CONDITIONAL.search(plain)) is not None:
            return [Source(earlier[-1].found, view.start + hearsay.start(), view.end)]
        if not together:
            return []
        announced = self._announced(index - 1)
        if announced is not None:
            return [Source(announced, view.start, view.end)]
        return self._report(index)

    def _announced(self, index: int) -> Found | None:
        """The source that a sentence without a quantity ends with (*lo dice l'Istat*): the next one is what it says."""
        view = self._views[index]
        if view.mentions or not (named := self._named_in(index)):
            return None
        last = named[-1].found
        closing = not view.text[last.end : view.end].strip(' .:»"”')
        return last if closing and not source_patterns()["backward"].match(folded(view)) else None
