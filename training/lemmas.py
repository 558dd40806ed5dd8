"""Tables for spaCy's rule lemmatizer, made from the lexicon Morph-it! and the training treebanks.

spaCy's `lemmatizer` in the mode `rule` looks a form up among exceptions and otherwise applies the first suffix rule
that fits. The rules are counted from pairs of form and lemma, longest ending first; the exceptions are the forms that
the rules would get wrong. A form that the treebanks have takes their lemma for that part of speech (so `della` as ADP
is `di`), others the lexicon's.

The table of known lemmas (`lemma_index`) stays empty on purpose: spaCy would put an exception behind a result that
stands in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.lookups import Lookups
from spacy.tokens import DocBin

LEXICON_POS = {"NOUN": "noun", "VERB": "verb", "ADJ": "adj", "ADV": "adv", "AUX": "aux", "PRON": "pron", "DET": "det"}
OPEN_POS = ("NOUN", "VERB", "ADJ")
# Word endings that become a rule: at most this long, seen in this many known words, this consistent.
ENDING_LENGTH, ENDING_COUNT, ENDING_SHARE = 6, 4, 0.5

Rule = tuple[str, str]
Pairs = dict[str, dict[str, str]]
Lexicon = dict[str, dict[str, str]]
# Without a rule that applies, spaCy would keep the capitals of the form.
UNCHANGED: Rule = ("", "")


def treebank_lemmas(nlp: Language, path: Path) -> Pairs:
    """Part of speech to form (lower case) to its most frequent lemma in the training data."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for doc in DocBin().from_disk(path).get_docs(nlp.vocab):
        for token in doc:
            if token.pos_ not in ("PROPN", "PUNCT", "SYM", "X", "NUM"):
                counts[token.pos_, token.lower_.replace("’", "'")][token.lemma_.lower()] += 1
    pairs: Pairs = {}
    for (pos, form), lemmas in counts.items():
        pairs.setdefault(pos, {})[form] = lemmas.most_common(1)[0][0]
    return pairs


def with_lexicon(pairs: Pairs, lexicon: Lexicon) -> Pairs:
    """The treebanks' pairs, and the lexicon's (form to table to lemma) for the forms they do not have."""
    for form, readings in lexicon.items():
        for pos, table in LEXICON_POS.items():
            if table in readings:
                pairs.setdefault(pos, {}).setdefault(form, readings[table])
    return pairs


def transformation(form: str, lemma: str) -> Rule:
    """What stands after the common beginning of form and lemma: (old ending, new ending)."""
    common = 0
    while common < min(len(form), len(lemma)) and form[common] == lemma[common]:
        common += 1
    return form[common:], lemma[common:]


def ending_rules(pairs: dict[str, str]) -> list[Rule]:
    """Rules, longest ending first; an ending is left out where a shorter one says the same."""
    counts: defaultdict[str, Counter[Rule]] = defaultdict(Counter)
    for form, lemma in pairs.items():
        old, new = transformation(form, lemma)
        for size in range(max(len(old), 1), min(ENDING_LENGTH, len(form) - 1) + 1):
            ending = form[len(form) - size :]
            counts[ending][ending, ending[: size - len(old)] + new] += 1
    chosen: dict[str, Rule] = {}
    for ending in sorted(counts, key=len):
        rule, seen = counts[ending].most_common(1)[0]
        if seen < ENDING_COUNT or seen < ENDING_SHARE * counts[ending].total():
            continue
        shorter = chosen.get(next((ending[cut:] for cut in range(1, len(ending)) if ending[cut:] in chosen), ""))
        if shorter is not None and ending.removesuffix(shorter[0]) + shorter[1] == rule[1]:
            continue
        chosen[ending] = rule
    return sorted(chosen.values(), key=lambda rule: (-len(rule[0]), rule))


def lemma_by_rules(form: str, rules: Iterable[Rule]) -> str:
    """What spaCy's rule lemmatizer gives for a lower-case form without exceptions: the first fitting rule's result."""
    for old, new in rules:
        if form.endswith(old):
            guess = form[: len(form) - len(old)] + new
            if guess:
                return guess
    return form


def build_lookups(all_pairs: Pairs) -> Lookups:
    """The three tables of the rule lemmatizer: `lemma_rules`, `lemma_index` and `lemma_exc`.

    Args:
        all_pairs: part of speech to form (lower case) to lemma.
    """
    rules: dict[str, list[Rule]] = {}
    exceptions: dict[str, dict[str, list[str]]] = {}
    for pos, pairs in sorted(all_pairs.items()):
        name = pos.lower()
        rules[name] = [*(ending_rules(pairs) if pos in OPEN_POS else []), UNCHANGED]
        wrong = {form: [lemma] for form, lemma in sorted(pairs.items()) if lemma_by_rules(form, rules[name]) != lemma}
        curly = {form.replace("'", "’"): lemma for form, lemma in wrong.items() if "'" in form}
        exceptions[name] = {**wrong, **curly}
    lookups = Lookups()
    lookups.add_table("lemma_rules", rules)
    lookups.add_table("lemma_index", {})
    lookups.add_table("lemma_exc", exceptions)
    return lookups


def add_lemmatizer(nlp: Language, path: Path, lexicon: Lexicon) -> None:
    """Put the rule lemmatizer at the end of a trained pipeline, in the place of any other.

    Args:
        nlp: the pipeline.
        path: the training data (`train.spacy`).
        lexicon: lower-case form to table of Morph-it! (`noun`, `verb`, ...) to lemma.
    """
    if "lemmatizer" in nlp.pipe_names:
        nlp.remove_pipe("lemmatizer")
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule", "overwrite": True})
    lookups = build_lookups(with_lexicon(treebank_lemmas(nlp, path), lexicon))
    lemmatizer.initialize(lambda: [], nlp=nlp, lookups=lookups)  # type: ignore[attr-defined]
