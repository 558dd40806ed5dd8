"""The source: who says what a quantity states (*secondo l'Istat*, *ha detto Rossi*).

Words stand in ``lexicon/attributions.toml``. A prepositional source governs its sentence; the subject of a verb of
saying what follows the verb, to the next comma where the verb has no *che*; a speaker the quotation, over as
many sentences as it has. A following sentence that takes the statement up (*La cifra …*) keeps the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.claims.clauses import alternatives, fold, folded
from extractor.claims.phrases import Range, surface_right
from extractor.claims.subject_clause import surface_phrase_before
from extractor.claims.view import Found, SentenceView
from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table

_GAP = r"(?:\s+|(?<='))"
_ARTICLE = r"(?:(?:il|lo|la|i|gli|le)\s+|l')"
_ONLY_ARTICLE = re.compile(rf"\s*(?:{_ARTICLE}|un(?:a|o)?\s+|un')?\s*")
_NAME_BEFORE = re.compile(r"(?<=[^\W\d_]\s)(?P<name>[A-ZÀ-Ý][a-zà-ù'’]+\s)\Z")
_LONGEST_SPEECH = 2000
_COMMA = re.compile(r"[,;](?!\d)")
_OPENING, _CLOSING = "«“", "»”"


@dataclass(frozen=True, slots=True)
class _Source:
    """A source and the stretch of the document that it governs."""

    found: Found
    start: int
    end: int


@per_lexicon
def _patterns() -> dict[str, re.Pattern[str]]:
    table = load_table("attributions")
    verbs = table["verbs"]
    perfect = (
        rf"(?:{alternatives(verbs['auxiliaries'])})\s+(?:(?:{alternatives(verbs['adverbs'])})\s+)?"
        rf"(?P<participle>{alternatives(verbs['participles'])})"
    )
    verb = rf"(?<![\w'])(?:{perfect}|(?P<finite>{alternatives([*verbs['present'], *verbs['past']])}))(?!\w)"
    institutions = alternatives(table["institutions"]["words"])
    return {
        "before": re.compile(rf"(?<![\w'])(?:{alternatives(table['before']['words'])}){_GAP}"),
        "verb": re.compile(verb),
        "that": re.compile(r"\s*(?:che(?!\w)|:|di(?!\w))|\s+(?:infatti|inoltre|però|anche)\s+che(?!\w)"),
        "speaker": re.compile(rf"\s+(?P<article>{_ARTICLE})?(?=\w)"),
        "agent": re.compile(
            rf"(?<![\w'])(?:{alternatives(table['agents']['participles'])})\s+"
            rf"(?:{alternatives(table['agents']['words'])}){_GAP}"
        ),
        "headline": re.compile(rf"\W*(?P<name>{institutions})\s*:\s"),
        "for": re.compile(rf"(?<![\w'])per\s+(?P<name>{institutions})(?!\w)"),
        "carried": re.compile(rf"(?:{alternatives(table['carried']['openers'])})(?!\w)"),
        "named_carrier": re.compile(rf"(?:{alternatives(table['carriers']['words'])})\s+"),
        "carrier": re.compile(
            rf"(?:{alternatives(table['carriers']['words'])})\s+(?:\w+\s+)?(?:d[ei]l?l?[aoei]?\s+|degli\s+|dell'|d')"
        ),
        "apposition": re.compile(
            r"(?P<name>[A-ZÀ-Ý][\w'’.-]*(?:\s+[A-ZÀ-Ýd][\w'’.-]*){0,3}),\s[^,.;:()«»]{3,90},\s*\Z"
        ),
        "published": re.compile(
            rf"(?:{_ARTICLE}|quest[oa]\s+|quest')(?P<name>{alternatives(table['publications']['words'])})(?:\s+[^\W\d_]+){{0,4}}?\s+"
            rf"(?:{alternatives(table['publications']['passives'])})\s+(?:{alternatives(table['publications']['participles'])})(?!\w)"
        ),
        "participle": re.compile(rf"\s(?:{alternatives(verbs['participles'])})(?!\w)"),
    }


@per_lexicon
def _words(section: str, key: str = "words") -> frozenset[str]:
    return frozenset(load_table("attributions")[section][key])


def attribute(views: Sequence[SentenceView]) -> dict[Range, Found]:
    """Return the source of each quantity that has one, by the quantity's offsets.

    Args:
        views: all sentences of an article, in order.
    """
    result: dict[Range, Found] = {}
    current: Found | None = None
    speech = -1  # where the quotation ends that the last speaker's words are
    for view in views:
        sources = list(_sources(view))
        if not sources and view.start < speech and current is not None:
            sources = [_Source(current, view.start, min(view.end, speech))]
        elif not sources and current is not None and _patterns()["carried"].match(folded(view)):
            sources = [_Source(current, view.start, view.end)]
        elif not sources and view.index:
            sources = list(_published(views[view.index - 1], view))
        for source in sources:
            for other in _back_to(views, view, source.start):
                for mention in other.mentions:
                    if source.start <= mention.start < source.end:
                        result[mention.start, mention.end] = source.found
        current = sources[-1].found if sources else None
        if sources and view.start >= speech:
            speech = _end_of_speech(view)
    return result


def _back_to(views: Sequence[SentenceView], view: SentenceView, start: int) -> Iterator[SentenceView]:
    """The sentence, and those before it that a source governs too: a speaker named behind a long quotation."""
    index = view.index
    while index >= 0 and views[index].end > start:
        yield views[index]
        index -= 1


def _end_of_speech(view: SentenceView) -> int:
    """Where the quotation ends that is open at the end of a sentence; -1 where none is."""
    text = view.sentence
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        if text.rfind(opening) > text.rfind(closing):
            end = view.text.find(closing, view.end, view.end + _LONGEST_SPEECH)
            return end if end >= 0 else -1
    return -1


def _sources(view: SentenceView) -> Iterator[_Source]:
    """The sources of a sentence, the one that governs most first."""
    patterns, plain = _patterns(), folded(view)
    for match in patterns["before"].finditer(plain):
        found = _named(view, view.start + match.end(), "attribution.before", match.group().strip())
        if found is not None:
            yield _Source(found, view.start, view.end)
            break
    for name in ("headline", "for"):
        match_or_none = patterns[name].match(plain) if name == "headline" else patterns[name].search(plain)
        if match_or_none is not None:
            found = _bare(view, *match_or_none.span("name"), "attribution.institution")
            if found is not None:
                yield _Source(found, view.start + match_or_none.end("name"), view.end)
    for match in patterns["agent"].finditer(plain):
        found = _named(view, view.start + match.end(), "attribution.agent", "")
        if found is not None:
            yield _Source(found, *_clause_around(view, match))
    for match in patterns["verb"].finditer(plain):
        source = _speaker(view, match) or _subject(view, match)
        if source is not None:
            yield source


def _published(before: SentenceView, view: SentenceView) -> Iterator[_Source]:
    """``… supera i 3 miliardi. Il rapporto è stato diffuso ieri.``: what has just been stated stands in the report.

    A lead of news often names its source in its second sentence. The two stand in one paragraph, and the report
    has a definite article: the reader takes it for where the figures come from.
    """
    match = _patterns()["published"].match(folded(view))
    if match is not None and "\n" not in view.text[before.start : view.start]:
        found = _bare(view, *match.span("name"), "attribution.published")
        if found is not None:
            yield _Source(found, before.start, view.end)


def _clause_around(view: SentenceView, match: re.Match[str]) -> Range:
    """The clause of a passive verb: between commas and stops."""
    plain = folded(view)
    start = max(plain.rfind(sign, 0, match.start()) for sign in ",;:")
    ends = [at for sign in ",;" if (at := plain.find(sign + " ", match.end())) >= 0]
    return view.start + start + 1, view.start + min(ends, default=len(plain))


def _speaker(view: SentenceView, match: re.Match[str]) -> _Source | None:
    """``«…», ha detto Rossi``: behind the verb, the words before it are what is said."""
    plain = folded(view)
    before = plain[: match.start()].rstrip()
    if not before or before[-1] not in ',»”"–-' or _patterns()["that"].match(plain, match.end()):
        return None
    behind = _patterns()["speaker"].match(plain, match.end())
    if behind is None:
        return None
    low = view.start + behind.end()
    if not behind["article"] and not view.text[low : low + 1].isupper():
        return None
    found = _named(view, view.start + match.end(), "attribution.speaker", "")
    return None if found is None else _Source(found, _start_of_speech(view, match.start()), view.end)


def _start_of_speech(view: SentenceView, position: int) -> int:
    """Where the quotation begins that ends before a verb of saying; the sentence where none is open."""
    low = max(0, view.start - _LONGEST_SPEECH)
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        begin = view.text.rfind(opening, low, view.start)
        if begin >= 0 and closing not in view.text[begin : view.start]:
            return begin if closing in view.text[view.start : view.start + position] else view.start
    return view.start


def _subject(view: SentenceView, match: re.Match[str]) -> _Source | None:
    """``l'Istat stima che …``: before the verb; what follows is what is said."""
    plain = folded(view)
    that = _patterns()["that"].match(plain, match.end()) is not None
    if not that and (match["participle"] or match["finite"]) in _words("only_with_that", "verbs"):
        return None
    end = len(plain)
    if not that:
        end = next(_commas(plain, match.end()), end)
    low = view.start + match.start()
    named = _patterns()["apposition"].search(view.text, view.start, low)
    if named is not None:
        found: Found | None = Found(*named.span("name"), "attribution.subject")
    else:
        phrase = surface_phrase_before(view, low) if view.text[view.start : low].strip() else None
        adjoining = phrase is not None and not view.text[phrase[1] : low].strip(" \u00a0")
        found = _found(view, phrase, "attribution.subject") if phrase is not None and adjoining else None
    if found is None or (not that and not _can_say(view, found)):
        return None
    return _Source(found, view.start + match.end(), view.start + end)


def _commas(plain: str, start: int) -> Iterator[int]:
    """Commas and semicolons that are no decimal comma."""
    return (match.start() for match in _COMMA.finditer(plain, start))


def _can_say(view: SentenceView, found: Found) -> bool:
    """Without *che* only a determined phrase or a name is taken for a source."""
    before = fold(view.text[max(view.start, found.start - 6) : found.start])
    return view.text[found.start].isupper() or re.search(rf"(?<!\w){_ARTICLE}\Z", before) is not None


def _named(view: SentenceView, start: int, rule: str, opener: str) -> Found | None:
    """The noun phrase that begins at ``start``, if it can be a source."""
    phrase = surface_right(view.text, start, min(view.end, start + 80))
    if phrase is None or not _ONLY_ARTICLE.fullmatch(fold(view.text[start : phrase[0]])):
        return None
    found = _found(view, phrase, rule)
    if found is None:
        return None
    if opener.startswith(tuple(_words("only_with_carrier"))) and not (
        view.text[found.start].isupper()
        or _patterns()["named_carrier"].match(fold(view.text[phrase[0] : phrase[1]] + " "))
    ):
        return None
    # `secondo trimestre`: an ordinal has no article and no name behind it
    determined = found.start > start or view.text[found.start].isupper()
    return found if determined or opener != "secondo" else None


def _found(view: SentenceView, phrase: Range, rule: str) -> Found | None:
    """A source from its phrase: without the article, without a participle behind it, the name that a carrier has."""
    low, high = phrase
    while view.text[low].isupper() and (more := _NAME_BEFORE.search(view.text, view.start, low)) is not None:
        low = more.start("name")
    plain = fold(view.text[low:high])
    article = re.match(_ARTICLE, plain)
    low += article.end() if article else 0
    plain = fold(view.text[low:high])
    for name in ("carrier", "named_carrier"):
        carrier = _patterns()[name].match(plain)
        inner = low + carrier.end() if carrier is not None else high
        if view.text[inner:high].strip() and (name == "carrier" or view.text[inner].isupper()):
            low = inner
            plain = fold(view.text[low:high])
    cut = _patterns()["participle"].search(plain)
    if cut is not None:
        high = low + cut.start()
        plain = plain[: cut.start()]
    words = plain.split()
    if not words or words[0] in _words("not_sources") or words[0][0].isdigit():
        return None
    return Found(low, high, rule)


def _bare(view: SentenceView, start: int, end: int, rule: str) -> Found | None:
    return _found(view, (view.start + start, view.start + end), rule)
