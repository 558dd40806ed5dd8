"""What the layout of a text tells: the speakers of a dialogue, the line below a table, and the one above it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from extractor.claims.clauses import alternatives
from extractor.claims.sources import persons, source_at, table_words
from extractor.claims.view import Found, SentenceView, Views
from extractor.lexicon.active import per_lexicon
from extractor.quantities.mention import Mention

_LABEL = re.compile(r"(?m)^(?P<name>[A-ZÀ-Ý][\w.'’-]*(?:[ ][A-ZÀ-Ý][\w.'’-]*){0,3}):[ \u00a0]+(?=\S)")
_PROSE = re.compile(r"[.!?][»”\")]*\s*\Z")
_MOST_LINES = 60
_LONGEST_OPENING = 40
_BLANKS = re.compile(r"\s*")


def laid_out(views: Views) -> Iterator[tuple[Mention, Found]]:
    """Yield quantities with the source that the layout gives them."""
    text = views[0].text
    stretches = [*_turns(text), *_tables(text), *_answers(text)]
    if not stretches:
        return
    for view in views.with_mentions:
        for mention in view.mentions:
            for found, start, end in stretches:
                if start <= mention.start < end:
                    yield mention, found
                    break


def _turns(text: str) -> Iterator[tuple[Found, int, int]]:
    """The turns of a dialogue: lines that begin with a name and a colon, at least two names, one of them twice."""
    labels = list(_LABEL.finditer(text)) if text.count(":") > 3 else []
    counts = Counter(label["name"] for label in labels)
    speakers = {name for name, count in counts.items() if count > 1}
    if len(speakers) < 2:
        return
    turns = [label for label in labels if label["name"] in speakers]
    for label, after in pairwise([*turns, None]):
        assert label is not None
        end = len(text) if after is None else after.start()
        yield Found(*label.span("name"), "attribution.turn"), label.end(), end


_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_ASKS = re.compile(r"\?[»”\")\s*_]*\Z")
_LONGEST_QUESTION = 400
_FEWEST_QUESTIONS = 3
_QUESTION_INSIDE = re.compile(r"[^.!?]*\?")


@per_lexicon
def _first_person() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w)(?:{alternatives(table_words('first_person'))}|\w{{2,}}iamo)(?!\w)")


def _answers(text: str) -> Iterator[tuple[Found, int, int]]:
    """The answers of an interview: what stands between paragraphs that ask is said by whom the opening presents.

    There are at least three paragraphs that are questions, and the first person with a full name before the
    first of them answers: in quotation marks, or in the first person, else the article itself does (*Chi paga?
    Lo Stato*). What an answer asks in its turn is not stated.
    """
    paragraphs = [match.span() for match in _PARAGRAPH.finditer(text)] if text.count("?") >= _FEWEST_QUESTIONS else []
    asking = [_ASKS.search(text[a:b]) is not None and b - a <= _LONGEST_QUESTION for a, b in paragraphs]
    answered = [i for i in range(len(paragraphs) - 1) if asking[i] and not asking[i + 1]]
    if len(answered) < _FEWEST_QUESTIONS:
        return
    named = [span for span in persons(text, 0, paragraphs[answered[0]][0]) if " " in text[span[0] : span[1]]]
    spoken = [text[a:b] for a, b in (paragraphs[i + 1] for i in answered)]
    personal = sum(answer.lstrip()[:1] in "«“" or _first_person().search(answer) is not None for answer in spoken)
    if not named or 2 * personal < len(spoken):
        return
    speaker = Found(*named[0], "attribution.interview")
    for index in range(answered[0] + 1, len(paragraphs)):
        if asking[index]:
            continue
        at, end = paragraphs[index]
        for question in _QUESTION_INSIDE.finditer(text, at, end):
            yield speaker, at, question.start()
            at = question.end()
        yield speaker, at, end


@per_lexicon
def _source_line() -> re.Pattern[str]:
    return re.compile(rf"(?i)[\s(*]*(?:{alternatives(table_words('source_lines'))})\s?")


def _tables(text: str) -> Iterator[tuple[Found, int, int]]:
    """Tables and lists above a line that names their source: the lines above it up to one that ends a sentence."""
    colon = -1
    while (colon := text.find(":", colon + 1)) >= 0:
        begins = text.rfind("\n", max(0, colon - _LONGEST_OPENING), colon) + 1
        if (begins == 0 and colon > _LONGEST_OPENING) or _source_line().fullmatch(text, begins, colon) is None:
            continue
        behind = _BLANKS.match(text, colon + 1)
        assert behind is not None
        name = behind.end()
        limit = text.find("\n", name)
        found = source_at(text, name, len(text) if limit < 0 else limit, "attribution.source_line")
        if found is None:
            continue
        start = begins
        for _ in range(_MOST_LINES):
            low = text.rfind("\n", 0, max(0, start - 1)) + 1
            if start == 0 or _PROSE.search(text[low:start].rstrip()):
                break
            start = low
        yield found, start, begins


# No row is without one of these: the last only where there is a blank of that kind.
_PARTINGS = ("\t", "|", "  ", "\u00a0")
_CELLS = re.compile(r"\S(?:[ \u00a0]{2,}|[ \u00a0]*[\t|][ \u00a0]*)\S")


def is_row(view: SentenceView) -> bool:
    """Whether a line is a row of a table: cells that blanks, tabs or bars part."""
    return _CELLS.search(view.sentence) is not None


def headings(views: Views) -> dict[int, SentenceView]:
    """Return the heading of each row of a table, by the row's index: the nearest line above it that is no row.

    A line that ends like a sentence is no heading, and one of signs alone is passed over.
    """
    result: dict[int, SentenceView] = {}
    heading: SentenceView | None = None
    if not views or not any(parting in views[0].text for parting in _PARTINGS):
        return result
    for view in views:
        if is_row(view):
            if heading is not None:
                result[view.index] = heading
        elif any(c.isalnum() for c in view.sentence):
            heading = None if _PROSE.search(view.sentence) else view
    return result
