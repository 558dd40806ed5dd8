"""The sources that a sentence names, and the stretch of it that each governs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.claims.clauses import fold, folded, hard_breaks, words_in
from extractor.claims.phrases import Range, noun_phrase, surface_right
from extractor.claims.sourcepatterns import source_keys, source_patterns
from extractor.claims.sources import ARTICLE, is_determined, persons, source_at, source_of, table_words
from extractor.claims.speech import Saying, sayings
from extractor.claims.subject_clause import is_verb, surface_phrase_before
from extractor.claims.view import Found, SentenceView

_WORD = re.compile(r"\w+")
_COMMA = re.compile(r"[,;](?!\d)")
_CLITICS = re.compile(r"(?:(?<![\w'])(?:non|ne|lo|la|li|le|ci|vi|si|gli|l')\s*){1,2}\Z")
# What stands behind one of these begins a clause of its own (300 posti, ma secondo i sindacati ne servono 400)
_CONTRAST = re.compile(r"(?<!\w)(?:ma|però|mentre|tuttavia|eppure),?\Z")
# An aside behind one of these belongs to what follows (ma, secondo i medici, …; pagati, secondo l'accusa, 1.500 euro)
_NARROW = re.compile(r"(?<!\w)(?:ma|però|mentre|che|cui|quando|[a-zà-ù]{2,}[aiu]t[oaie]),?\Z")


# What else was done to a thing (le aree indicate dalla Procura e chiuse in un recinto lungo 3 km): not what is told
_AND_DONE = re.compile(r"\s+ed?\s+(?P<participle>\w+(?:[aiu]t|[aeiou]s|st|tt|rt|nt|lt)[oaie])(?!\w)")

_CLOSED = re.compile(r"\s*(?:[,;.)–—]|\Z|e\s)")
_ENCLOSED = re.compile(r"\.|,(?!\s+(?:che|cui|quando)\s)")
_PREPOSITION = re.compile(
    r"(?<!\w)(?:(?:(?:[dn]e|da|a|su)l(?:l[oae]?)?|(?:[dn]e|da|a|su)(?:i|gli)|di|a|ad|da|in|con|su|tra|fra)(?:\s+|')"
    r"|(?:dell|nell|dall|all|sull|d)')(?:un[oa]?\s+|un'|quest[oaie]\s+|quel(?:l[oae])?\s+)?\Z"
)
_GOES_ON = re.compile(r",\s+(?:per|con|contro|pari|rispetto|di\s+cui|(?:\S+\s+)?(?:dei|delle)\s+quali)(?!\w)")


@dataclass(frozen=True, slots=True)
class Source:
    """A source and the stretch of the document that it governs."""

    found: Found
    start: int
    end: int


def sources_in(view: SentenceView) -> Iterator[Source]:
    """The sources of a sentence, the one that governs most first."""
    patterns, plain, words = source_patterns(), folded(view), words_in(view)
    present = {name for name, keys in source_keys().items() if not keys.isdisjoint(words)}
    named = -1, -1
    for match in patterns["before"].finditer(plain) if "before" in present else ():
        found = _named_before(view, match)
        if found is not None:
            yield Source(found, *_around(view, match.start(), found.end))
            named = match.start(), found.end - view.start
            break
    for match in patterns["hearsay"].finditer(plain) if "hearsay" in present else ():
        start = view.start + match.end()
        found = source_at(view.text, start, view.end, "attribution.before")
        if found is not None and (match["verb"] is None or is_determined(view.text, found, start)):
            yield Source(found, *_around(view, match.start("opener"), found.end))
            named = match.start("opener"), found.end - view.start
    for match in patterns["relative"].finditer(plain) if "relative" in present else ():
        phrase = surface_phrase_before(view, view.start + match.start())
        found = None if phrase is None else source_of(view.text, phrase, "attribution.relative", view.start)
        if found is not None and (match["way"] != "per" or _speaks(view, found) or view.text[found.start].isupper()):
            yield Source(found, view.start + match.end(), view.end)
    for name in ("headline", "telegraphic") if "institution" in present else ():
        match_or_none = patterns[name].match(plain)
        if match_or_none is not None:
            if name == "telegraphic" and not view.text[view.start + match_or_none.start("name")].isupper():
                continue
            found = _institution(view, match_or_none)
            if found is not None:
                yield Source(found, view.start + match_or_none.end("name"), view.end)
    yield from _according_to_each(view) if "institution" in present else ()
    agents: list[tuple[int, Found]] = []
    for match in patterns["agent"].finditer(plain) if "agent" in present else ():
        found = source_at(view.text, view.start + match.end(), view.end, "attribution.agent")
        if found is not None and (not match.group().endswith(" da ") or view.text[found.start].isupper()):
            agents.append((view.start + match.start(), found))
            carried = patterns["carried_agent"].search(plain, 0, match.start())
            yield Source(found, *((view.start, view.end) if carried else _clause_around(view, match)))
    for verb in () if "saying" not in present or view.sentence.isupper() else sayings(plain):
        if named[0] <= verb.low < named[1]:
            continue  # a noun (secondo l'ultima stima di …)
        source = _aside(view, verb) or _subject(view, verb)
        if source is not None:
            # `i dati diffusi dall'Istat mostrano`: the source of the data is theirs
            agent = next((a for at, a in agents if source.found.end <= at and a.end <= source.start), None)
            yield (
                source
                if agent is None or source.found.rule != "attribution.subject"
                else Source(agent, source.start, source.end)
            )
    for match in patterns["gerund"].finditer(plain) if "gerund" in present else ():
        found = _who_says(view, match.start())
        if found is not None:
            yield Source(found, view.start + match.end(), view.end)
    for match in patterns["provides"].finditer(plain) if "provides" in present else ():
        source = _plan(view, match)
        if source is not None:
            yield source


def _institution(view: SentenceView, match: re.Match[str]) -> Found | None:
    low, high = match.span("name")
    return source_of(view.text, (view.start + low, view.start + high), "attribution.institution", view.start)


def _according_to_each(view: SentenceView) -> Iterator[Source]:
    """``Per gli organizzatori erano 20.000, per la questura 5.000``: each governs up to the next.

    Where a sign stands behind both, each has what stands before it (``20.000 per gli organizzatori, 5.000 per la
    questura``).
    """
    plain = folded(view)
    matches = list(source_patterns()["for"].finditer(plain))
    if not matches:
        return
    behind = len(matches) > 1 and all(_CLOSED.match(plain, match.end()) for match in matches)
    starts = [0, *(match.end() for match in matches[:-1])]
    ends = [*(match.start() for match in matches[1:]), len(plain)]
    for match, start, end in zip(matches, starts, ends, strict=True):
        found = _institution(view, match)
        if found is not None:
            stretch = (start, match.start()) if behind else (match.end("name"), end)
            yield Source(found, view.start + stretch[0], view.start + stretch[1])


def _named_before(view: SentenceView, match: re.Match[str]) -> Found | None:
    opener = match.group().strip()
    start = view.start + match.end()
    carried = opener.startswith(tuple(table_words("only_with_carrier")))
    found = source_at(view.text, start, view.end, "attribution.before", carried=carried)
    if found is not None and fold(view.text[found.start : found.end]).split()[0] in table_words("not_behind_secondo"):
        return None
    # `secondo trimestre`: an ordinal has no article and no name behind it
    if found is not None and opener == "secondo" and not is_determined(view.text, found, start):
        return None
    return found


def _around(view: SentenceView, start: int, end: int) -> Range:
    """What a prepositional source governs: its sentence, or from an aside behind a conjunction on."""
    plain = folded(view)
    before = plain[:start].rstrip()
    enclosed = plain[end - view.start :].lstrip().startswith(",")
    low = max((b for b in hard_breaks(view) if b < start and plain[b] == ";"), default=0)
    if _CONTRAST.search(before) or (enclosed and _NARROW.search(before)) or (start and view.sentence[start].isupper()):
        low = start
    return view.start + low, view.end


def published(before: SentenceView, view: SentenceView) -> Iterator[Source]:
    """``… supera i 3 miliardi. Il rapporto è stato diffuso ieri.``: what has just been stated stands in the report.

    A lead of news often names its source in its second sentence. The two stand in one paragraph, and the report
    has a definite article: the reader takes it for where the figures come from.
    """
    match = source_patterns()["published"].match(folded(view))
    if match is not None:
        low, high = match.span("name")
        found = source_of(view.text, (view.start + low, view.start + high), "attribution.published", view.start)
        if found is not None:
            yield Source(found, before.start, view.end)


def _clause_around(view: SentenceView, match: re.Match[str]) -> Range:
    """The clause of a passive verb: between commas and stops."""
    plain = folded(view)
    start = max(plain.rfind(sign, 0, match.start()) for sign in (", ", "; ", ": "))
    end = next(_commas(plain, match.end()), len(plain))
    other = _AND_DONE.search(plain, match.end(), end)
    if other is not None and source_patterns()["agent_form"].fullmatch(other["participle"]) is None:
        end = other.start()
    return view.start + start + 1, view.start + end


def _aside(view: SentenceView, verb: Saying) -> Source | None:
    """``Sono 300, riferisce la questura``: the verb before its subject, between signs."""
    plain = folded(view)
    before = _CLITICS.sub("", plain[: verb.low]).rstrip()
    if source_patterns()["that"].match(plain, verb.high) or before.rstrip(" ,").endswith(("»", "”", '"')):
        return None
    start = view.start + verb.high
    found = source_at(view.text, start, view.end, "attribution.speaker")
    if found is None or not is_determined(view.text, found, start):
        return None
    behind = plain[found.end - view.start :].lstrip()
    enclosed = plain[verb.low : verb.high] in table_words("enclosed") and view.text[found.start].isupper()
    enclosed = enclosed and before.endswith(",") and _ENCLOSED.match(behind) is not None
    if verb.sort == "only_with_that" and not behind.startswith(":") and not enclosed:
        return None  # but: le spiagge erose, denuncia Legambiente, sono 300
    indefinite = view.text[found.start].islower() and fold(view.text[start : found.start]).strip().startswith("un")
    if indefinite and behind and behind[0] not in ",.:;«»":
        return None  # an object (dichiarano un reddito inferiore)
    backward = source_patterns()["backward"].match(plain)
    if before and not before.endswith((",", "»", "”", '"', "–", "-", "—", ":")) and backward is None:
        return None
    if not before and not behind.startswith((":", ",")) and backward is None:
        return None
    if behind.startswith(":") or not before:
        return Source(found, found.end, view.end)
    low = max((b for b in hard_breaks(view) if b < verb.low and plain[b] in ";:"), default=0)
    return Source(found, view.start + low, view.end)


def _subject(view: SentenceView, verb: Saying) -> Source | None:
    """``l'Istat stima che …``: before the verb; what follows is what is said."""
    plain = folded(view)
    that = source_patterns()["that"].match(plain, verb.high)
    found = _subject_phrase(view, verb.low)
    if found is None:
        return None
    if found.rule == "attribution.relative" and not _is_told(view, found, that):
        return None
    if verb.sort == "inverted" or (that is None and plain[verb.low : verb.high].split()[-1] in table_words("making")):
        return None
    if that is None and (not _can_say(view, found) or (verb.sort == "only_with_that" and not _speaks(view, found))):
        return None
    end = len(plain) if that is not None else _clause_end(view, verb.high)
    if that is not None and not that.group().endswith(("che", ":")):
        contrast = source_patterns()["contrast"].search(plain, that.end())
        if contrast is not None and any(map(is_verb, _WORD.findall(plain, contrast.end()))):
            end = contrast.start()  # parlano di ripresa, ma i disoccupati restano 3 milioni
    return Source(found, view.start + verb.high, view.start + end)


def _who_says(view: SentenceView, gerund: int) -> Found | None:
    """``Rossi ha lasciato la giunta, dicendo che …``: the subject of the verb that a gerund hangs on."""
    for token in view.tokens(view.start + gerund, view.start + gerund + 1) if view.parsed else ():
        subject = next((c for c in token.head.children if c.dep_ == "nsubj" and c.i < token.i), None)
        if subject is not None and subject.pos_ in ("NOUN", "PROPN"):
            return source_of(view.text, noun_phrase(view, subject), "attribution.subject", view.start)
        return None
    found = source_at(view.text, view.start, view.start + gerund, "attribution.subject")
    return found if found is not None and is_determined(view.text, found, view.start) else None


def _plan(view: SentenceView, match: re.Match[str]) -> Source | None:
    """``Il piano prevede 300 assunzioni``: what is planned stands in the plan."""
    relative = source_patterns()["pronoun"].search(folded(view), 0, match.start())
    found = _subject_phrase(view, match.start() if relative is None else relative.start())
    if found is None or source_patterns()["plans"].match(fold(view.text[found.start : found.end])) is None:
        return None
    if relative is not None and (named := surface_right(view.text, found.start, found.end)) is not None:
        found = Found(*named, found.rule)  # i sondaggi precedenti al voto, che danno …
    return Source(found, view.start + match.end(), view.start + _clause_end(view, match.end()))


def _speaks(view: SentenceView, found: Found) -> bool:
    return source_patterns()["speakers"].match(fold(view.text[found.start : found.end])) is not None


def _subject_phrase(view: SentenceView, verb: int) -> Found | None:
    """The phrase that a verb has for its subject: beside it, with an apposition between, or by the parse."""
    clitic = _CLITICS.search(folded(view), 0, verb)
    low = view.start + (clitic.start() if clitic is not None else verb)
    named = source_patterns()["apposition"].search(view.text, view.start, low)
    if named is not None:
        apposed = persons(view.text, named.end("name"), low)
        low_name, high_name = apposed[0] if len(apposed) == 1 else named.span("name")
        if not (view.text[named.end("name") : low_name] + view.text[high_name:low]).strip(", "):
            return Found(low_name, high_name, "attribution.subject")  # il sindaco di Pisa, Ugo Neri, dice che …
        return Found(*named.span("name"), "attribution.subject")
    if not view.text[view.start : low].strip():
        return None
    aside = source_patterns()["between"].search(folded(view), 0, low - view.start)
    low = low if aside is None else view.start + aside.start()
    who = _relative_antecedent(view, low)
    if who is not None:
        return who
    parsed = _parsed_subject(view, verb)
    phrase = surface_phrase_before(view, low)
    if phrase is not None and not view.text[phrase[1] : low].strip(" \u00a0"):
        if parsed is not None and phrase[0] < parsed[0] and view.text[parsed[0]].isupper() and phrase[1] <= parsed[1]:
            phrase = parsed  # two names side by side (all'apertura di Wall Street Nvidia ha annunciato …)
        before = _PREPOSITION.search(fold(view.text[max(view.start, phrase[0] - 20) : phrase[0]]))
        if before is not None and not (before.group().startswith("da") and folded(view).startswith("emerg", verb)):
            return None
        return source_of(view.text, phrase, "attribution.subject", view.start)
    if parsed is not None:
        return source_of(view.text, parsed, "attribution.subject", view.start)
    if view.text[view.start : low].rstrip().endswith(","):  # `Un economista che …, e che …, diceva`
        found = source_at(view.text, view.start, low, "attribution.subject")
        return found if found is not None and is_determined(view.text, found, view.start) else None
    return None


_INDEFINITE = re.compile(r"(?<!\w)un(?:[oa]?\s+|')\Z")


def _is_told(view: SentenceView, found: Found, that: re.Match[str] | None) -> bool:
    """Whether a relative tells what somebody says: not *i paesi che sostengono il piano*, *un libro che parla di …*."""
    if that is None:
        return False
    indefinite = _INDEFINITE.search(folded(view), 0, found.start - view.start)
    return indefinite is None or that.group().endswith(("che", ":"))


_PLURAL = ("ano", "ono")
_WHO = re.compile(r"(?<!\w)che\s+(?P<verb>[^\W\d_]+\s+)?\Z")


def _relative_antecedent(view: SentenceView, low: int) -> Found | None:
    """``con la polizia che stima …``, ``le stime che circolano parlano di …``: whom a relative takes up."""
    who = _WHO.search(folded(view), 0, low - view.start)
    own = "" if who is None or who["verb"] is None else who["verb"].strip()
    if who is None or (own and not own.endswith(_PLURAL) and not is_verb(own)):
        return None
    high = view.start + len(folded(view)[: who.start()].rstrip(" ,"))
    phrase = surface_phrase_before(view, high)
    if phrase is None or phrase[1] != high or is_verb(folded(view)[phrase[0] - view.start :].split()[0]):
        return None  # ha detto che stima …
    found = source_of(view.text, phrase, "attribution.relative", view.start)
    if found is None:
        return None
    carries = fold(view.text[found.start : found.end]).split()[0] in table_words("carriers")
    return found if carries or _can_say(view, found) else None


def _parsed_subject(view: SentenceView, verb: int) -> Range | None:
    """The noun phrase of the parse's subject before a verb, to its first comma."""
    for token in view.tokens(view.start + verb, view.start + verb + 1) if view.parsed else ():
        head = token.head if token.dep_ == "aux" else token
        subject = next((c for c in head.children if c.dep_ == "nsubj" and c.i < token.i), None)
        if subject is not None and subject.pos_ in ("NOUN", "PROPN"):
            low, high = noun_phrase(view, subject)
            comma = next((view.start + c for c in _commas(folded(view), low - view.start)), high)
            return low, min(high, comma)
    return None


def _clause_end(view: SentenceView, start: int) -> int:
    """Where the clause of a verb without *che* ends: a comma, but but of an aside (*indicano, ieri, 3 miliardi*)."""
    plain = folded(view)
    commas = list(_commas(plain, start))
    if len(commas) > 1 and not plain[start : commas[0]].strip():
        commas = commas[2:]
    while commas and _GOES_ON.match(plain, commas[0]):
        commas = commas[1:]
    return commas[0] if commas else len(plain)


def _commas(plain: str, start: int) -> Iterator[int]:
    """Commas and semicolons that are no decimal comma."""
    return (match.start() for match in _COMMA.finditer(plain, start))


def _can_say(view: SentenceView, found: Found) -> bool:
    """Without *che* only a determined phrase, a name or a report is taken for a source."""
    before = fold(view.text[max(view.start, found.start - 8) : found.start])
    determined = (
        re.search(rf"(?<!\w)(?:{ARTICLE}|un[ao]?\s+|un'|molt[ie]\s+|alcun[ie]\s+|stess[ie]\s+)\Z", before) is not None
    )
    return view.text[found.start].isupper() or determined or _speaks(view, found)
