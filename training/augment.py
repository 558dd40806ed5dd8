"""Vary the training sentences so that the network sees what treebanks lack and newspapers have.

Each change keeps the analysis of the sentence valid: figures are replaced by figures, currencies by currencies,
`per cento` by `%`, straight quotes by typographic ones; a headline is a sentence in capitals or without its full stop.
The words stand in `augment.toml`. All randomness comes from the generator that the caller passes.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from training.conllu import Word
from training.merge import merge_ranges

TABLE: dict[str, Any] = tomllib.loads((Path(__file__).parent / "augment.toml").read_text(encoding="utf8"))
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")

CONTENT = frozenset({"NOUN", "VERB", "ADJ"})
ENDING = 3
# Share of a substituted sentence's content words that are swapped.
SUBSTITUTED = 0.25
# Share of unit nouns that are swapped.
UNIT = 0.5

# Shares of sentences that a change is tried on.
UPPER, TITLE, LOWER, NO_STOP = 0.025, 0.01, 0.02, 0.12
APOSTROPHE, QUOTES, DASH, FIGURES, AMOUNTS, SUBSTITUTE = 0.25, 0.25, 0.3, 0.5, 0.6, 0.3


class Substitutes:
    """Words that the lexicon's features and the last letters cannot tell apart.

    Putting one for another leaves a grammatical if odd sentence. It teaches the network to trust a word's ending and
    features, which it also has for words that the treebanks do not contain, and not only the word itself.
    """

    def __init__(self, path: Path) -> None:
        """Read `forms.tsv` as `training.lexicon` writes it."""
        self.classes: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.rows: dict[str, str] = {}
        for line in path.read_text(encoding="utf8").splitlines():
            form, row = line.split("\t")
            if form.isalpha() and len(form) > ENDING:
                self.rows[form] = row
                self.classes[row, form[-ENDING:]].append(form)

    def substitute(self, words: list[Word], rng: Random) -> None:
        """Swap some of the lower-case content words."""
        for word in words:
            if word.upos in CONTENT and word.form in self.rows and rng.random() < SUBSTITUTED:
                word.form = rng.choice(self.classes[self.rows[word.form], word.form[-ENDING:]])


def random_figure(rng: Random, like: str) -> str:
    """A figure in one of the shapes of Italian text; years stay years, small counts mostly stay small."""
    if YEAR.fullmatch(like):
        return str(rng.randint(1950, 2035))
    if like.isdigit() and len(like) <= 2 and rng.random() < 0.5:
        return str(rng.randint(2, 99))
    shape = rng.random()
    if shape < 0.3:
        return str(rng.randint(2, 999))
    if shape < 0.6:
        return f"{rng.randint(0, 99)},{rng.randint(1, 99)}"
    if shape < 0.65:
        return f"{rng.randint(0, 99)}.{rng.randint(1, 99)}"
    if shape < 0.9:
        return f"{rng.randint(1, 999)}.{rng.randint(0, 999):03d}"
    if shape < 0.93:
        return f"{rng.randint(1, 99)}.{rng.randint(0, 999):03d}.{rng.randint(0, 999):03d}"
    return str(rng.randint(1000, 99999))


def vary_figures(words: list[Word], rng: Random) -> None:
    """Replace figures that count something (not the parts of dates, which are `flat`)."""
    dated = {word.head for word in words if word.deprel == "flat"}
    for index, word in enumerate(words):
        if word.upos != "NUM" or word.deprel == "flat" or index in dated or not FIGURE.fullmatch(word.form):
            continue
        if rng.random() < 0.5:
            word.form = word.lemma = random_figure(rng, word.form)


def only_child(words: list[Word], head: int) -> int | None:
    """Index of the numeral right before `head` that hangs on it."""
    before = head - 1
    if before >= 0 and words[before].head == head and words[before].deprel == "nummod" and words[before].space_after:
        return before
    return None


def swap_noun(word: Word, rng: Random, table: str) -> None:
    """Put another currency or unit noun for a plural one."""
    nouns = TABLE[table]
    choice = rng.randrange(len(nouns["words"]))
    word.form, word.lemma = nouns["words"][choice], nouns["lemmas"][choice]
    if "genders" in nouns:
        gender = nouns["genders"][choice]
        word.feats = {"Gender": gender} if word.form == "euro" else {"Gender": gender, "Number": "Plur"}


def symbol_first(words: list[Word], number: int, noun: int) -> None:
    """Turn `20 euro` into `€ 20`: the symbol stays the head and comes first."""
    first, second = words[noun], words[number]
    first.space_after, second.space_after = True, first.space_after
    words[number], words[noun] = first, second
    for word in words:
        if word.head in (number, noun):
            word.head = noun if word.head == number else number


def vary_amounts(words: list[Word], rng: Random) -> list[Word]:
    """Write amounts of money and magnitudes in other ways."""
    currencies = TABLE["currencies"]
    fused: list[tuple[int, int, str, bool]] = []
    for index, word in enumerate(words):
        number = only_child(words, index)
        figure = number is not None and FIGURE.fullmatch(words[number].form) is not None
        if word.form.lower() in currencies["words"] and word.upos == "NOUN":
            draw = rng.random()
            if draw < 0.45:
                swap_noun(word, rng, "currencies")
            elif figure and number is not None and draw < 0.75:
                symbol = draw < 0.68
                word.form = word.lemma = rng.choice(currencies["symbols" if symbol else "codes"])
                word.upos, word.feats = ("SYM" if symbol else "NOUN"), {}
                if rng.random() < 0.5:
                    symbol_first(words, number, index)
        elif word.lemma in TABLE["magnitudes"] and figure and number is not None:
            short = rng.choice(TABLE["magnitudes"][word.lemma])
            draw = rng.random()
            if draw < 0.3:
                word.form, word.lemma = short, short
            elif draw < 0.55 and not short.endswith(".") and not fused:
                fused.append((number, index, words[number].form + short, word.space_after))
        elif number is not None and word.lemma in TABLE["units"]["lemmas"] and rng.random() < UNIT:
            swap_noun(word, rng, "units")
    if fused:
        first, _last, form, _ = fused[0]
        words = merge_ranges(words, fused, union=False)
        words[first] = replace(words[first], lemma=form, upos="NUM", feats={"NumType": "Card"})
    return words


def percent_sign(words: list[Word]) -> list[Word]:
    """Write `12 per cento` as `12%`, with the sign as the head that treebanks give it."""
    for index in range(len(words) - 2):
        number, preposition, hundred = words[index : index + 3]
        if (preposition.form, hundred.form) != ("per", "cento") or hundred.head != index or number.upos != "NUM":
            continue
        words = merge_ranges(words, [(index + 1, index + 2, "%", hundred.space_after)], union=False)
        number, sign = words[index], words[index + 1]
        for word in words:
            if word.head == index and word is not sign:
                word.head = index + 1
        sign.head, sign.deprel, sign.upos, sign.lemma, sign.feats = number.head, number.deprel, "SYM", "%", {}
        number.head, number.deprel, number.space_after = index + 1, "nummod", False
        return words
    return words


def vary_characters(words: list[Word], rng: Random) -> None:
    """Use typographic apostrophes, quotation marks and dashes."""
    characters = TABLE["characters"]
    if rng.random() < APOSTROPHE:
        straight, curly = characters["apostrophe"]
        for word in words:
            word.form = word.form.replace(straight, curly)
    if rng.random() < QUOTES:
        choice = rng.randrange(len(characters["open_quote"]))
        opening = True
        for word in words:
            if word.form == '"':
                word.form = word.lemma = characters["open_quote" if opening else "close_quote"][choice]
                opening = not opening
    if rng.random() < DASH:
        dash = rng.choice(characters["dash"])
        for word in words:
            if word.form == "-":
                word.form = word.lemma = dash


def vary_case(words: list[Word], rng: Random) -> None:
    """Headline capitals, title case, or a small first letter."""
    draw = rng.random()
    if draw < UPPER:
        for word in words:
            word.form = word.form.upper()
    elif draw < UPPER + TITLE:
        for word in words:
            if len(word.form) > 3:
                word.form = word.form[0].upper() + word.form[1:]
    elif draw < UPPER + TITLE + LOWER and words[0].upos != "PROPN":
        words[0].form = words[0].form.lower()


def without_stop(words: list[Word]) -> list[Word]:
    """The sentence without its final full stop, as a headline or an item of a list has it."""
    last = len(words) - 1
    if last < 1 or words[last].form != "." or any(word.head == last for word in words):
        return words
    return words[:last]


def augment(words: list[Word], rng: Random, substitutes: Substitutes) -> list[Word]:
    """A varied copy of one sentence; the argument is left as it is. Lemmas of swapped words are not kept up."""
    words = [replace(word, feats=dict(word.feats)) for word in words]
    if rng.random() < SUBSTITUTE:
        substitutes.substitute(words, rng)
    if rng.random() < FIGURES:
        if rng.random() < 0.5:
            words = percent_sign(words)
        vary_figures(words, rng)
    if rng.random() < AMOUNTS:
        words = vary_amounts(words, rng)
    vary_characters(words, rng)
    vary_case(words, rng)
    if rng.random() < NO_STOP:
        words = without_stop(words)
    return words
