"""Direct speech: the quotations of a document, and where a verb of saying stands in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractor.claims.clauses import alternatives, fold
from extractor.claims.sources import is_determined, persons, saying_forms, source_at, titled
from extractor.claims.view import Found
from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.quantities.context import function_words

_PAIRS = {"«": "»", "“": "”", "„": "”"}
_SIGNS = re.compile(r"[«»“”„\"\n]")
_LONGEST = 2000
_FEWEST_WORDS = 6
_BEHIND = re.compile(r"(?P<comma>[,.]?)(?P<sign>[»”\"])(?P<comma2>\s?,)?\s*(?:[-–—]\s+)?")
# an inverted verb behind a quotation: third persons of any verb end like these (chiosa, frena, taglia corto, sbottò)
_ANY_VERB = re.compile(
    r"(?:(?:ha|hanno|aveva|avevano)\s+\w+[aei]to|[a-zà-ù]{2,}(?:a|e|ano|ono|ava|eva|iva|ò|ì))(?:\s+(?:corto|subito|poi|ancora|anche|però|infatti|secco|secca|notare|sapere))?(?=\s+\S)"
)
_OBJECT = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks (signs included), and the paragraph that it stands in."""

    start: int
    end: int
    paragraph: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of saying in a folded text: its offsets, and the section of the table that it is in."""

    low: int
    high: int
    sort: str


def quotations(text: str) -> list[Quotation]:
    """Return the quotations of a text, in order; one ends with its paragraph at the latest."""
    found: list[Quotation] = []
    if not any(sign in text for sign in (*_PAIRS, '"')):
        return found
    start, closing = -1, ""
    for match in _SIGNS.finditer(text):
        sign, at = match.group(), match.start()
        if start >= 0 and (sign == closing or sign == "\n" or at - start > _LONGEST):
            if sign == closing:
                found.append(Quotation(start, at + 1, _paragraph(text, start)))
            start = -1
        elif start < 0 and sign in _PAIRS:
            start, closing = at, _PAIRS[sign]
        elif start < 0 and sign == '"' and not text[at - 1 : at].isdigit() and text[at + 1 : at + 2].strip():
            start, closing = at, '"'
    return found


def _paragraph(text: str, position: int) -> tuple[int, int]:
    end = text.find("\n", position)
    return text.rfind("\n", 0, position) + 1, len(text) if end < 0 else end


@lru_cache(maxsize=1)
def _word() -> re.Pattern[str]:
    return re.compile(r"(?<![\w'’])[a-zà-ù]+(?!\w)")


@per_lexicon
def _verb_words() -> tuple[dict[str, str], dict[str, str], dict[str, list[str]], re.Pattern[str]]:
    """Finite forms and participles of one word; longer forms by their first word; what precedes a participle."""
    finite, perfect = saying_forms()
    longer: dict[str, list[str]] = {}
    for form in (*finite, *perfect):
        if " " in form:
            longer.setdefault(form.split()[0], []).append(form)
    table = load_table("attributions")["verbs"]
    auxiliary = re.compile(
        rf"(?:{alternatives(table['auxiliaries'])})\s+(?:(?:{alternatives(table['adverbs'])})\s+)?(?P<participle>\w+(?:\s+\w+)?)"
    )
    return finite, perfect, longer, auxiliary


@per_lexicon
def _openers() -> frozenset[str]:
    """The words that a verb of saying can begin with, auxiliaries among them."""
    finite, _, longer, _ = _verb_words()
    auxiliaries = load_table("attributions")["verbs"]["auxiliaries"]
    return frozenset(finite) | frozenset(longer) | {form.split()[0] for form in auxiliaries}


def sayings(plain: str) -> Iterator[Saying]:
    """Yield the verbs of saying of a folded text, in order."""
    finite, perfect, longer, auxiliary = _verb_words()
    openers = _openers()
    for match in _word().finditer(plain):
        word = match.group()
        if word not in openers:
            continue
        if word in finite and plain.endswith("si ", 0, match.start()) and f"si {word}" not in finite:
            continue  # il tasso si attesta al 20%
        if word in finite:
            yield Saying(*match.span(), finite[word])
            continue
        form = next((f for f in longer.get(word, ()) if f in finite and plain.startswith(f, match.start())), None)
        if form is not None:
            yield Saying(match.start(), match.start() + len(form), finite[form])
        elif (compound := auxiliary.match(plain, match.start())) is not None:
            said = compound["participle"]
            said = said if said in perfect else said.split()[0]
            if said in perfect:
                low = compound.start("participle")
                yield Saying(match.start(), low + len(said), perfect[said])


def speaker_behind(text: str, quotation: Quotation) -> Found | None:
    """The speaker named behind a quotation (``«…», ha detto Rossi``), None where there is none."""
    boundary = _BEHIND.match(text, quotation.end - 2) or _BEHIND.match(text, quotation.end - 1)
    if boundary is None:
        return None
    low, limit = boundary.end(), min(quotation.paragraph[1], boundary.end() + 120)
    plain = fold(text[low:limit])
    verb = next(sayings(plain), None)
    end = verb.high if verb is not None and verb.low == 0 else None
    if end is None and (boundary["comma"] or boundary["comma2"]):
        known = _ANY_VERB.match(plain)
        if known is not None and (
            (text[low].islower() and known.group().split()[0] not in function_words())
            or plain.startswith(("ha ", "hanno "))
        ):
            end = known.end()
    if end is None:
        return None
    found = source_at(text, low + end, limit, "attribution.speaker")
    if found is not None and is_determined(text, found, low + end):
        return found
    return None


def is_said(text: str, quotation: Quotation) -> bool:
    """Whether a quotation without a speaker beside it is speech, and no mere words in quotation marks."""
    return len(text[quotation.start : quotation.end].split()) >= _FEWEST_WORDS


def person_before(text: str, quotation: Quotation) -> Found | None:
    """The person whom the paragraph has named last before a quotation."""
    low, high = quotation.paragraph[0], quotation.start
    named = persons(text, low, high)
    if text[low:high].rstrip().endswith(":"):
        start = _sentence_start(text, low, high)
        title = titled(text, start, high)
        if title is not None:
            return Found(*title, "attribution.person")
    return Found(*named[-1], "attribution.person") if named else None


def _sentence_start(text: str, low: int, high: int) -> int:
    stops = [
        m.end()
        for m in re.finditer(r"[a-zà-ù»”\"][.!?]\s+(?=[A-ZÀ-Ý])", text[low:high])
        if not re.search(r"(?i)(?:sig|sig\.ra|dott|ing|prof)\.\s\Z", text[low : low + m.end()])
    ]
    return low + (stops[-1] if stops else 0)
