"""Word-form features from the morphological lexicon Morph-it! as static vectors for spaCy.

Two hundred thousand treebank tokens leave most Italian word forms unseen. The lexicon (in the form of the lookup tables
of the package `spacy-lookups-data`) knows which parts of speech a form can have and what its lemma is. Each form gets a
row of such yes/no features; forms with equal features share one row, so that the table stays small. The network
learns what the features mean: no rule reads them.

Which forms are kept is decided by the word frequencies of the package `wordfreq`.

Run as `python -m training.lexicon OUT_FOLDER`: writes a blank Italian pipeline with the vectors, for the setting
`initialize.vectors` of the spaCy configuration, and `forms.tsv` (form, row) for the augmentation.

Source: M. Baroni and E. Zanchetta, Morph-it! A free corpus-based morphological resource for the Italian language,
Corpus Linguistics 2005.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import numpy
import spacy
import wordfreq
from spacy.strings import get_string_id
from spacy.util import load_language_data, registry
from spacy.vectors import Vectors  # type: ignore[import-not-found]

TABLES = ("adj", "adp", "adv", "aux", "det", "noun", "num", "other", "pron", "verb")
ZIPF_STEPS = (1.5, 2.5, 3.5, 4.5)
CLITICS = ("lo", "la", "li", "le", "gli", "mi", "ti", "si", "ci", "vi", "ne")
VERB_CLASSES = ("are", "ere", "ire")
# A form that the lexicon does not have but newspapers and the web often do is mostly a name.
NAME_ZIPF = 2.3
RARE_OK = frozenset({"adj", "noun", "adv"})


def repaired(text: str) -> str:
    """Undo the double encoding of some of the tables' accented letters (UTF-8 read as Latin-1)."""
    try:
        return text.encode("latin-1").decode("utf8")
    except UnicodeError:
        return text


def read_lexicon() -> dict[str, dict[str, str]]:
    """Lower-case form to its readings: part of speech to lemma."""
    paths = registry.lookups.get("it")
    lexicon: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for table in TABLES:
        entries = load_language_data(paths[f"lemma_lookup_{table}"])
        assert isinstance(entries, dict), table
        for form, lemma in entries.items():
            lexicon[repaired(form).lower()][table] = repaired(lemma).lower()
    return dict(lexicon)


def has_clitic(form: str) -> bool:
    """Whether a verb form ends in a pronoun after an infinitive or a gerund (`darsi`, `facendolo`)."""
    for clitic in CLITICS:
        stem = form.removesuffix(clitic)
        if stem != form and stem.endswith(("r", "ndo")):
            return True
    return False


def features(form: str, readings: dict[str, str]) -> tuple[bool, ...]:
    """The yes/no features of a form."""
    noun, adjective, verb = readings.get("noun"), readings.get("adj"), readings.get("verb")
    found = [table in readings for table in TABLES]
    found += [
        noun is not None and form == noun,
        noun is not None and form != noun,
        noun is not None and noun.endswith("a"),
        noun is not None and noun.endswith("o"),
        noun is not None and noun.endswith("e"),
        adjective is not None and form == adjective,
        adjective is not None and adjective.endswith("o"),
        adjective is not None and form.endswith(("issimo", "issima", "issimi", "issime")),
        verb is not None and form == verb,
        verb is not None and form.endswith(("ndo", "nte", "nti")),
        verb is not None and form.endswith(("to", "ta", "ti", "te", "so", "sa", "si", "se")),
        verb is not None and form.endswith("no"),
        verb is not None and has_clitic(form),
    ]
    found += [verb is not None and verb.endswith(ending) for ending in VERB_CLASSES]
    zipf = wordfreq.zipf_frequency(form, "it")
    found += [zipf >= step for step in ZIPF_STEPS]
    return tuple(found)


def is_kept(form: str, readings: dict[str, str]) -> bool:
    """Frequent forms, and rare nouns, adjectives and adverbs; not the many rare forms of verbs."""
    if wordfreq.zipf_frequency(form, "it") > 0:
        return True
    return bool(RARE_OK & readings.keys()) and "issim" not in form and " " not in form


def candidates() -> dict[str, dict[str, str]]:
    """The lexicon's kept forms, and frequent forms that it does not have (with no reading)."""
    lexicon = read_lexicon()
    kept = {form: readings for form, readings in lexicon.items() if is_kept(form, readings)}
    for form in wordfreq.get_frequency_dict("it", wordlist="large"):
        if form not in lexicon and form.isalpha() and wordfreq.zipf_frequency(form, "it") >= NAME_ZIPF:
            kept[form] = {}
    return kept


def build(out: Path) -> None:
    """Write a blank Italian pipeline that carries the feature vectors."""
    nlp = spacy.blank("it")
    rows: dict[tuple[bool, ...], int] = {}
    key_rows: dict[int, int] = {}
    lines: list[str] = []
    for form, readings in sorted(candidates().items()):
        row = rows.setdefault(features(form, readings), len(rows))
        lines.append(f"{form}\t{row}\n")
        for spelling in {form, form.replace("'", "’")}:
            key_rows[get_string_id(spelling)] = row
    data = numpy.asarray(list(rows), dtype="float32")
    vectors = Vectors(strings=nlp.vocab.strings, data=data, name="morphit_features", attr="LOWER")
    for key, row in key_rows.items():
        vectors.add(key, row=row)
    nlp.vocab.vectors = vectors
    nlp.to_disk(out)
    (out / "forms.tsv").write_text("".join(lines), encoding="utf8")
    print(f"{len(key_rows)} forms, {data.shape[0]} rows of {data.shape[1]} features")


if __name__ == "__main__":
    build(Path(sys.argv[1]))
