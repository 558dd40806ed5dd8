"""What stands right before a quantity: the words that its subject hangs on, and small questions about phrases."""

from __future__ import annotations

import re

from extractor.claims.clauses import Patterns, alternatives, folded, noted, word_before
from extractor.claims.phrases import Range, subject_words
from extractor.claims.view import SentenceView
from extractor.lexicon.active import per_lexicon
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention

_WIDTH = 160
_GAP = r"(?:\s+|(?<='))"


def _of_list(name: str, key: str = "words") -> str:
    return alternatives(load_table("subjects")[name][key])


@per_lexicon
def patterns() -> Patterns:
    """Return the patterns by name, for a folded text."""
    blur = rf"(?:(?:{_of_list('blur')}){_GAP})*"
    start = r"(?<![\w'])"
    of = _of_list("of")
    compared = (
        rf"(?:(?:{_of_list('compared', 'before')})\s+)?(?:{_of_list('compared')})\s+(?:{_of_list('compared', 'after')})"
    )
    return Patterns(
        {
            "of": rf"\s+(?:circa\s+)?(?:{of}){_GAP}(?=\w)",
            "of_one": (
                rf"\s+(?:{_of_list('of', 'singular')}){_GAP}|\s+di\s+un(?:a\s+|\s+|')(?:{_of_list('time_nouns')})(?!\w)"
            ),
            "at": rf"{start}(?:a|ad|ai)\s+{blur}\Z",
            "after": rf"{start}(?:dopo|per|in|tra|fra)\s+{blur}\Z",
            "level": rf"{start}(?:{_of_list('empty_nouns', 'at')})\s+{blur}\Z",
            "hanging": rf"{start}(?:{_of_list('hanging')}){_GAP}{blur}\Z",
            "ages": rf"{start}(?:{_of_list('hanging', 'ages')}){_GAP}{blur}\Z",
            "compared": rf"{start}{compared}{_GAP}{blur}\Z",
            "dimension": rf"{start}(?:{_of_list('dimensions', 'stems')})[oaie]\s+(?:(?:di|da|per)\s+)?{blur}\Z",
            "bracket": rf"[(\[]\s*(?:(?:pari\s+a|da|per|[+]){_GAP})?{blur}\+?\Z",
            "predicating": rf"{start}(?<!ci\s)(?<!vi\s)(?:{_of_list('predicating')}){_GAP}{blur}\Z",
            "degree": rf"{start}per\s+{blur}\Z",
            "partitive": rf",?\s*{start}(?:{_of_list('partitive')})\s+{blur}\Z",
            "topic": rf"\W*(?:{_of_list('topics')}){_GAP}",
            "number_of": rf"numero\s+(?:(?:{_of_list('number_adjectives')})\s+)?(?:{of}){_GAP}(?=\w)",
        }
    )


@per_lexicon
def _last_words() -> dict[str, frozenset[str]]:
    """What the patterns that end in words end with."""
    table = load_table("subjects")
    sizes = {stem + ending for stem in table["dimensions"]["stems"] for ending in "oaie"}
    forms = {
        "at": ["a", "ad", "ai"],
        "after": ["dopo", "per", "in", "tra", "fra"],
        "level": table["empty_nouns"]["at"],
        "hanging": table["hanging"]["words"],
        "ages": table["hanging"]["ages"],
        "compared": table["compared"]["after"],
        "dimension": [*sizes, "di", "da", "per"],
        "predicating": table["predicating"]["words"],
        "degree": ["per"],
        "partitive": table["partitive"]["words"],
    }
    return {name: frozenset(re.findall(r"\w+", form)[-1] for form in words) for name, words in forms.items()}


@per_lexicon
def _blur() -> frozenset[str]:
    return frozenset(word for form in load_table("subjects")["blur"]["words"] for word in re.findall(r"\w+", form))


def _words_before(view: SentenceView, position: int) -> set[str]:
    """The words before a number, back to the first that does not blur it."""

    def find() -> set[str]:
        text, end, words = folded(view), position, set()
        while word := word_before(text, end):
            words.add(word)
            if word not in _blur():
                break
            end = text.rindex(word, 0, end)
        return words

    return noted(view, f"words before {position}", find)


def opening(view: SentenceView, mention: Mention, name: str) -> int | None:
    """Return where (a document offset) the words of pattern ``name`` right before the quantity begin."""
    position = mention.start - view.start
    last = _last_words().get(name)
    if last is not None and last.isdisjoint(_words_before(view, position)):
        return None
    low = max(0, position - _WIDTH)
    found = patterns()[name].search(folded(view)[low:position])
    return None if found is None else view.start + low + found.start()


@per_lexicon
def determiners() -> frozenset[str]:
    """The determiners, elided ones without their apostrophe."""
    return frozenset(word.rstrip("'") for word in subject_words("determiners"))


def joint(view: SentenceView, mention: Mention) -> int | None:
    """Return where the words begin that *di* joins to the right of the quantity."""
    found = patterns()["of"].match(folded(view), mention.end - view.start)
    return None if found is None else view.start + found.end()


def without_number_of(view: SentenceView, found: Range) -> Range:
    """Cut ``numero di`` off: a count is of what it counts."""
    match = patterns()["number_of"].match(folded(view), found[0] - view.start, found[1] - view.start)
    return found if match is None else (view.start + match.end(), found[1])


def first_word(view: SentenceView, found: Range) -> str:
    """Return the first word of a phrase, folded; the empty text where it begins with none."""
    word = re.match(r"\w+", folded(view)[found[0] - view.start : found[1] - view.start])
    return "" if word is None else word.group()


def is_time(view: SentenceView, found: Range) -> bool:
    """Whether a phrase only places something in time."""
    text = folded(view)[found[0] - view.start : found[1] - view.start]
    words = re.findall(r"[^\W_]+", text)
    word = next((w for w in words if w not in subject_words("time_adjectives")), "")
    return not word or word[0].isdigit() or word in subject_words("time_nouns")
