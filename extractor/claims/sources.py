"""The phrase of a source: where it begins and ends, and what can be one (*l'Istat*, *il titolare, Mario Bianchi*)."""

from __future__ import annotations

import re

from extractor.claims.clauses import Patterns, alternatives, fold, has_any, key_words
from extractor.claims.phrases import Range, surface_right
from extractor.claims.subject_clause import is_verb
from extractor.claims.view import Found
from extractor.lexicon.active import per_lexicon
from extractor.lexicon.conjugation import participles, third_persons
from extractor.lexicon.loader import load_table

ARTICLE = r"(?:(?:il|lo|la|i|gli|le)\s+|l')"
DETERMINER = rf"(?:{ARTICLE}|un(?:a|o)?\s+|un'|(?:quest|stess)[oaie]\s+)"
_ONLY_DETERMINER = re.compile(rf"\s*{DETERMINER}?\s*")
_NAME_BEFORE = re.compile(r"(?<=[^\W\d_]\s)(?P<name>[A-ZÀ-Ý][a-zà-ù'’]+\s)\Z")
_CAPITAL = r"[A-ZÀ-Ý][\w'’]*(?:-[A-ZÀ-Ý]\w*)?"
_PARTICLE = r"(?:(?:de|di|del|della|dello|dalla|dal|d['’]|von|van)[ \u00a0]?)?"
_PERSON = re.compile(rf"(?<![\w'’-]){_CAPITAL}(?:[ \u00a0]{_PARTICLE}{_CAPITAL}){{1,3}}(?:[ \u00a0][A-ZÀ-Ý]\.)?")
_NAMED_BEHIND = re.compile(rf"\s?,\s+(?P<name>{_PERSON.pattern})(?=\s?[,.;:)«\"“]|\Z)")
# a name that begins with its article (il quotidiano La Nacion)
_TITLE_BEHIND = re.compile(
    rf"\s(?:Il|Lo|La|I|Gli|Le|[Ll]['’]|El|Los|Las|The)[ \u00a0]?{_CAPITAL}(?:[ \u00a0]{_CAPITAL})*"
)
_CAPITAL_ARTICLES = frozenset({"il", "lo", "la", "i", "gli", "le"})
_MORE_NAMES = re.compile(
    rf"(?:,\s+{_CAPITAL}(?:\s+[\w']+){{0,4}}?)*\s+ed?\s+{_CAPITAL}(?:\s+{_CAPITAL})*(?=\s*[,.;:]|\s+[a-zà-ù]|\Z)"
)
# names before the last one of a coordination (Ada Conti, Ugo Neri e …)
_NAMES_BEFORE = re.compile(rf"(?<![\w'’-])(?:{_CAPITAL}(?:[ \u00a0]{_CAPITAL}){{1,2}}(?:,\s+|\s+ed?\s+))+\Z")
_NAME = re.compile(rf"{_CAPITAL}(?:[ \u00a0]{_CAPITAL}){{1,2}}")
# Behind these no adjective in -ano stands: the word is a verb (secondo i medici mancano 300 posti)
_UNLIKE_ANO = re.compile(r"(?<!\w)(?:i|gli|le|la|ai|agli|alle|alla|dai|dagli|dalle|dalla|dei|degli|delle|della)\s+\Z")
_PLURAL_VERB = re.compile(r"[a-zà-ù]{2,}[ao]no")
_ONLY_FINITE = ("no", "rà", "ò", "bbe", "sce")
_LONGEST = 80


@per_lexicon
def table_words(section: str, key: str = "words") -> frozenset[str]:
    """Return a list of words of the table of attributions."""
    return frozenset(load_table("attributions")[section][key])


@per_lexicon
def saying_forms() -> tuple[dict[str, str], dict[str, str]]:
    """Return finite forms and participles of the verbs of saying, each with the section of the table that it is in."""
    table = load_table("attributions")
    finite: dict[str, str] = {}
    perfect: dict[str, str] = {}
    for section in ("inverted", "only_with_that", "verbs"):
        rows = table[section]
        finite |= dict.fromkeys([*rows["finite"], *(f for v in rows["regular"] for f in third_persons(v))], section)
        perfect |= dict.fromkeys([*rows["participles"], *(f for v in rows["regular"] for f in participles(v))], section)
    return finite, perfect


@per_lexicon
def saying_keys() -> frozenset[str]:
    """Return words without any of which a text has no verb of saying."""
    finite, perfect = saying_forms()
    return key_words((*finite, *perfect))


@per_lexicon
def _said() -> frozenset[str]:
    """The forms of saying that end the phrase of a source, since no carrier of what is said is written like them."""
    finite, perfect = saying_forms()
    return frozenset((*finite, *perfect)) - table_words("carriers", "words")


@per_lexicon
def _patterns() -> Patterns:
    table = load_table("attributions")
    carriers = alternatives(table["carriers"]["words"])
    adjectives = alternatives(table["carriers"]["adjectives"])
    reports = alternatives(table["speakers"]["publications"])
    return Patterns(
        {
            "named_carrier": rf"(?:(?:{adjectives})\s+)?(?:{carriers})\s+",
            "carrier": (
                rf"(?:(?:{adjectives})\s+)?(?:{carriers})\s+(?:\w+\s+)?(?:d[ei]l?l?[aoei]?\s+|degli\s+|dell'|d'|su\s+dati\s+)"
            ),
            # before the source itself: `l'ultima stima di …`, `i dati provvisori del …`
            "leading": (
                rf"\s*{DETERMINER}?(?:(?:{adjectives})\s+)?(?:{carriers})\s+(?:(?!d[aei])\w+\s+)?(?:di\s+|d'|de(?=i\s|l\s|gli\s|l)(?:i|l|gli|lla|llo|lle)\s+|dell')"
            ),
            "pointed": rf"\s*(?:quest[oaie]|tal[ei])\s+(?=(?:{carriers}|{reports})(?!\w))",
            "place": rf"\s+di\s+via(?:\s+{_CAPITAL})+",
            "title": (
                rf"(?i:{'|'.join(re.escape(w) for w in sorted(table['titles']['words'], key=len, reverse=True))})"
                rf"[\s\u00a0]+(?:[A-ZÀ-Ý]\.[ \u00a0])?{_CAPITAL}(?:[ \u00a0](?:{_CAPITAL}|[A-ZÀ-Ý]\.))*"
            ),
            "verb": rf"\s(?:{alternatives(_said())})(?!\w)",
        }
    )


def source_at(text: str, start: int, limit: int, rule: str, *, carried: bool = False) -> Found | None:
    """Return the source whose phrase begins at ``start``, after a determiner at most; None where there is none.

    Args:
        carried: only a name, or a noun that carries a source, is one.
    """
    title = _title_at(text, start, limit)
    if title is not None:
        return Found(*title, rule)
    leading = _patterns()["leading"].match(fold(text[start : min(limit, start + 60)]))
    if leading is not None:
        inner = source_at(text, start + leading.end(), limit, rule)
        if inner is not None:
            return inner
    pointed = _patterns()["pointed"].match(fold(text[start : min(limit, start + 60)]))
    if pointed is not None:  # queste stime, tali dati
        start += pointed.end()
    phrase = surface_right(text, start, min(limit, start + _LONGEST))
    if phrase is None or not _ONLY_DETERMINER.fullmatch(fold(text[start : phrase[0]])):
        return None
    found = source_of(text, phrase, rule, start)
    if found is None:
        return None
    if carried and not (
        text[found.start].isupper() or _patterns()["named_carrier"].match(fold(text[phrase[0] : phrase[1]] + " "))
    ):
        return None
    return found


def _title_at(text: str, start: int, limit: int) -> Range | None:
    article = re.compile(rf"\s*{DETERMINER}?\s*").match(fold(text[start : min(limit, start + 12)]))
    low = start + (article.end() if article else 0)
    found = _patterns()["title"].match(text, low, limit)
    return None if found is None else found.span()


def is_determined(text: str, found: Found, start: int) -> bool:
    """Whether a phrase that begins at ``start`` has a determiner, or is a name."""
    return found.start > start + (len(text[start:]) - len(text[start:].lstrip())) or text[found.start].isupper()


def source_of(text: str, phrase: Range, rule: str, begin: int = 0) -> Found | None:
    """A source from its phrase: no article, no participle behind it, the name that a carrier or an apposition has."""
    low, high = phrase
    while text[low].isupper() and (more := _NAME_BEFORE.search(text, begin, low)) is not None:
        low = more.start("name")
        if fold(more["name"]).strip() in _CAPITAL_ARTICLES:
            break  # Guerra in Siria La Tribuna riferisce che …
    article = re.match(DETERMINER, fold(text[low:high]))
    low += article.end() if article and article.end() < high - low else 0
    plain = fold(text[low:high])
    for name in ("carrier", "named_carrier"):
        carrier = _patterns()[name].match(plain)
        inner = low + carrier.end() if carrier is not None else high
        if text[inner:high].strip() and (name == "carrier" or text[inner].isupper()):
            low = inner
            plain = fold(text[low:high])
    article = re.match(DETERMINER, plain)
    if article and article.end() < len(plain):
        low += article.end()
        plain = plain[article.end() :]
    cut = _patterns()["verb"].search(plain) if has_any(plain, saying_keys()) else None
    if cut is not None:
        high = low + cut.start()
        plain = plain[: cut.start()]
    high = _before_finite(text, low, high)
    words = fold(text[low:high]).split()
    if not words or words[0] in table_words("not_sources") or words[0][0].isdigit():
        return None
    if text[low].islower() and (named := _NAMED_BEHIND.match(text, high)) is not None and is_person(named["name"]):
        return Found(*named.span("name"), rule)
    if text[low].islower() and (titled := _TITLE_BEHIND.match(text, high)) is not None:
        high = titled.end()
    if (place := _patterns()["place"].match(text, high)) is not None:
        high = place.end()
    if text[low].isupper() and (names := _coordinated(text, low, begin)) is not None:
        return Found(*names, rule)
    if text[low].isupper() and (more := _MORE_NAMES.match(text, high)) is not None:
        high = more.end()
    return Found(low, high, rule)


def _before_finite(text: str, low: int, high: int) -> int:
    """Where a phrase ends: before a finite verb (*secondo l'azienda torneranno al lavoro 30 operai*)."""
    plural = _UNLIKE_ANO.search(fold(text[max(0, low - 8) : low])) is not None
    for word in re.finditer(r"\s(?P<word>[a-zà-ù]+)(?![\w'’])", text[low:high]):
        form = word["word"]
        if (form.endswith(_ONLY_FINITE) and is_verb(form)) or (plural and _PLURAL_VERB.fullmatch(form)):
            return low + word.start()
    return high


def _coordinated(text: str, low: int, begin: int) -> Range | None:
    """Two or more names of persons (*Ada Conti e Ugo Neri dell'Ateneo di Pisa*), the last at ``low``."""
    last = _NAME.match(text, low)
    before = None if last is None else _NAMES_BEFORE.search(text, max(begin, low - _LONGEST), low)
    if last is None or before is None or not is_person(last.group()) or not is_person(before.group()):
        return None
    return before.start(), last.end()


def is_person(name: str) -> bool:
    """Whether capitalised words can be a first name and a surname."""
    words = name.split()
    return (
        len(words) > 1
        and not any(word.isupper() and len(word) > 2 for word in words)
        and words[0].lower() not in table_words("not_persons")
    )


def persons(text: str, start: int, end: int) -> list[Range]:
    """Return the stretches that look like names of persons, in order."""
    return [m.span() for m in _PERSON.finditer(text, start, end) if is_person(m.group())]


def titled(text: str, start: int, limit: int) -> Range | None:
    """Return a title with its name (*sig.ra Rossi*) at ``start``, after an article."""
    return _title_at(text, start, limit)
