"""Bring the Italian treebanks to one style: that of ISDT, VIT and ParTUT, which the same people maintain.

The rules state where the other treebanks' guidelines differ (compared by form and part of speech):

* PUD has no `VerbForm`, `NumType`, `Clitic`, `Poss` and few `Definite`; it writes `Voice` and `Aspect`, gives proper
  nouns gender and number, has possessives as PRON, names as plain `flat`, and no `obl:agent`.
* MarkIT stands tokenised (no `SpaceAfter=No`), has `[PUNCT]` as lemma, gives pronouns a person, leaves elided
  words bare.
* ParlaMint has no `acl:relcl`, `aux:pass`, `nsubj:pass`, `det:poss`, `obl:agent` and `flat:name`.
* TWITTIRO has relations of its own for tweets (`vocative:mention`, `parataxis:hashtag`).
* VIT takes a part of `mila`, `milioni` and `miliardi` for other parts of speech than the rest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from training.conllu import Sentence, Word

PLAIN_RELATIONS = {
    "obl:tmod": "obl",
    "nsubj:outer": "nsubj",
    "csubj:pass": "csubj",
    "discourse:emo": "discourse",
    "vocative:mention": "vocative",
    "parataxis:appos": "appos",
    "list": "parataxis",
    "goeswith": "flat",
    "dislocated": "dep",
    "orphan": "dep",
}
CLOSED = frozenset({"ADP", "ADV", "AUX", "CCONJ", "DET", "PRON", "SCONJ", "NUM"})
NO_SPACE_BEFORE = frozenset(",.;:!?)]»%…")
NO_SPACE_AFTER = frozenset("([«")
MAGNITUDE_LEMMAS = frozenset({"milione", "miliardo"})
CORE_SUBJECT = "nsubj"


class Reference:
    """What the reference treebanks say about forms and verbs, counted from their sentences."""

    def __init__(
        self, sentences: Iterable[Sentence], treebanks: frozenset[str], passives: frozenset[str] = frozenset()
    ) -> None:
        """Count features by (form, part of speech), parts of speech by form, and passives by participle's lemma.

        Args:
            sentences: of any treebank.
            treebanks: codes of the reference treebanks, whose features and parts of speech count.
            passives: codes of the treebanks that mark passives, whose `aux:pass` count.
        """
        self.treebanks = treebanks
        self.feats: defaultdict[tuple[str, str], Counter[tuple[tuple[str, str], ...]]] = defaultdict(Counter)
        self.upos: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.passive: defaultdict[str, Counter[bool]] = defaultdict(Counter)
        for sentence in sentences:
            if sentence.source in treebanks:
                for word in sentence.words:
                    key = word.form.lower()
                    self.feats[key, word.upos][tuple(sorted(word.feats.items()))] += 1
                    self.upos[key][word.upos] += 1
            if sentence.source in passives:
                for word in sentence.words:
                    if word.deprel in ("aux", "aux:pass") and word.lemma == "essere" and word.head >= 0:
                        self.passive[sentence.words[word.head].lemma][word.deprel == "aux:pass"] += 1

    def best_feats(self, word: Word) -> dict[str, str] | None:
        """The attested features of this form that agree best with the word's own; None for an unknown form."""
        found = self.feats.get((word.form.lower(), word.upos))
        if not found:
            return None
        own = word.feats

        def fit(item: tuple[tuple[tuple[str, str], ...], int]) -> tuple[int, int]:
            agreement = sum(
                1 if own.get(name) == value else -2 for name, value in item[0] if name in own and name != "Tense"
            )
            return agreement, item[1]

        return dict(max(found.items(), key=fit)[0])

    def is_passive(self, lemma: str) -> bool:
        """Whether essere with this verb's participle is mostly a passive; true for verbs never seen."""
        counts = self.passive.get(lemma)
        return counts is None or counts[True] >= counts[False]


def children(words: list[Word], head: int) -> list[Word]:
    """The words that hang on `head`."""
    return [word for word in words if word.head == head]


def detokenise(sentence: Sentence) -> None:
    """Set `space_after` of a text that stands with a space around every token."""
    inside = {index for first, last, _, _ in sentence.spans for index in range(first, last + 1)}
    units = [(first, last, form) for first, last, form, _ in sentence.spans]
    units += [(index, index, word.form) for index, word in enumerate(sentence.words) if index not in inside]
    units.sort()
    open_quote = False
    spaces: list[bool] = []
    for number, (_, _, form) in enumerate(units):
        following = units[number + 1][2] if number + 1 < len(units) else ""
        space = not (following[:1] in NO_SPACE_BEFORE or form in NO_SPACE_AFTER)
        if len(form) > 1 and form[-1] in "'’" and form.lower() not in ("po'", "po’") and following[:1].isalpha():
            space = False
        if form == '"':
            open_quote = not open_quote
            space = space and not open_quote
        if following == '"' and open_quote:
            space = False
        spaces.append(space)
    space_at = {first: space for (first, _, _), space in zip(units, spaces, strict=True)}
    sentence.spans = [(first, last, form, space_at[first]) for first, last, form, _ in sentence.spans]
    for index, word in enumerate(sentence.words):
        word.space_after = space_at.get(index, True)


def verb_feats(word: Word) -> dict[str, str]:
    """PUD's features of a verb in the reference style (no Voice and Aspect, with VerbForm, imperfect as a tense)."""
    feats = {name: value for name, value in word.feats.items() if name not in ("Voice", "Aspect")}
    if "Mood" in feats:
        feats["VerbForm"] = "Fin"
        if word.feats.get("Aspect") == "Imp" and feats.get("Tense") == "Past":
            feats["Tense"] = "Imp"
        return feats
    form = word.form.lower()
    if word.feats.get("Tense") == "Past":
        ending = {"o": ("Masc", "Sing"), "a": ("Fem", "Sing"), "i": ("Masc", "Plur"), "e": ("Fem", "Plur")}
        gender, number = ending.get(form[-1:], ("Masc", "Sing"))
        return {"Gender": gender, "Number": number, "Tense": "Past", "VerbForm": "Part"}
    if form.endswith(("ndo", "nd")):
        return {"VerbForm": "Ger"}
    if form.endswith(("nte", "nti")):
        return {"Number": "Sing" if form.endswith("e") else "Plur"}
    return {"VerbForm": "Inf"}


def pud_feats(word: Word) -> dict[str, str]:
    """PUD's features of a form that the reference treebanks do not have."""
    if word.upos in ("VERB", "AUX"):
        return verb_feats(word)
    if word.upos == "NUM":
        return {"NumType": "Card"}
    if word.upos in ("NOUN", "ADJ"):
        keep: dict[str, str] = {name: value for name, value in word.feats.items() if name in ("Gender", "Number")}
        if word.upos == "ADJ" and word.form[-1:].lower() in ("e", "i") and word.lemma.endswith("e"):
            keep.pop("Gender", None)
        return keep
    if word.upos in ("DET", "PRON"):
        kept = ("Definite", "Gender", "Number", "PronType", "Person", "Poss", "Clitic")
        return {name: value for name, value in word.feats.items() if name in kept}
    return {}


def fix_upos(word: Word, reference: Reference) -> None:
    """Closed-class words take the reference treebanks' part of speech where that never varies."""
    if word.deprel in ("det:poss", "det") and word.upos == "PRON":
        word.upos = "DET"
    counts = reference.upos.get(word.form.lower())
    if counts is None or word.upos in counts:
        return
    top, seen = counts.most_common(1)[0]
    if seen >= 12 and seen >= 0.9 * counts.total() and top in CLOSED and word.upos in CLOSED | {"ADJ", "PART"}:
        word.upos = top


def fix_feats(sentence: Sentence, word: Word, reference: Reference) -> None:
    """Bring a word's features to the reference style."""
    word.feats.pop("ExtPos", None)
    if sentence.source in reference.treebanks:
        return
    if word.upos in ("PROPN", "PUNCT", "SYM", "CCONJ", "SCONJ"):
        word.feats = {}
    elif sentence.source in ("pud", "markit") or word.upos in ("DET", "PRON", "ADP", "ADV"):
        known = reference.best_feats(word)
        if known is not None:
            word.feats = {name: value for name, value in known.items() if name != "ExtPos"}
        elif sentence.source == "pud":
            word.feats = pud_feats(word)
        elif word.upos == "PRON":
            word.feats.pop("Person", None)


def fix_relations(sentence: Sentence, reference: Reference) -> None:
    """Add the subtypes of relations that a treebank leaves out."""
    words = sentence.words
    for index, word in enumerate(words):
        word.deprel = PLAIN_RELATIONS.get(word.deprel, word.deprel)
        if word.deprel.startswith("parataxis:"):
            word.deprel = "parataxis"
        if sentence.source not in ("pud", "parlamint"):
            continue
        head = words[word.head] if word.head >= 0 else None
        if head is None:
            continue
        if word.deprel == "flat" and word.upos == "PROPN" and head.upos == "PROPN":
            word.deprel = "flat:name"
        if word.deprel == "det" and word.feats.get("Poss") == "Yes":
            word.deprel = "det:poss"
        if sentence.source == "parlamint":
            if word.deprel == "aux" and passive_auxiliary(words, index, reference):
                word.deprel = "aux:pass"
            if word.deprel == "acl" and any(
                child.feats.get("PronType") == "Rel" or child.form.lower() == "dove" for child in children(words, index)
            ):
                word.deprel = "acl:relcl"
    if sentence.source in ("pud", "parlamint"):
        for index in range(len(words)):
            relations = {child.deprel for child in children(words, index)}
            if "aux:pass" not in relations:
                continue
            for child_index, child in enumerate(words):
                if child.head != index:
                    continue
                if child.deprel == CORE_SUBJECT:
                    child.deprel = "nsubj:pass"
                if child.deprel == "obl" and any(
                    case.deprel == "case" and case.lemma == "da" for case in children(words, child_index)
                ):
                    child.deprel = "obl:agent"


def passive_auxiliary(words: list[Word], index: int, reference: Reference) -> bool:
    """Whether the auxiliary at `index` forms a passive with its participle (`viene letto`, `è stato approvato`)."""
    word = words[index]
    head = words[word.head]
    if head.feats.get("VerbForm") != "Part" or index > word.head:
        return False
    if word.lemma == "venire":
        return True
    if word.lemma != "essere":
        return False
    siblings = [at for at, other in enumerate(words) if other.head == word.head and other.deprel.startswith("aux")]
    reflexive = any(child.deprel == "expl" for child in children(words, word.head))
    return index == siblings[-1] and not reflexive and reference.is_passive(head.lemma)


def fix_magnitudes(words: list[Word]) -> None:
    """Give `200 mila` and `3 milioni` one structure: mila is `flat` on its numeral, milioni and miliardi are nouns."""
    for index, word in enumerate(words):
        if word.lemma in MAGNITUDE_LEMMAS and word.upos == "NUM":
            word.upos = "NOUN"
            word.feats = {"Gender": "Masc", "Number": "Sing" if word.form.lower() == word.lemma else "Plur"}
        before = words[index - 1] if index else None
        if word.form.lower() == "mila" and before is not None and before.upos == "NUM":
            if before.head == index:
                before.head, before.deprel = word.head, word.deprel
                if word.deprel == "nmod" and word.head > index:
                    before.deprel = "nummod"
                for other in words:
                    if other.head == index:
                        other.head = index - 1
                word.head, word.deprel = index - 1, "flat"
            word.upos, word.feats = "NUM", {"NumType": "Card"}


def harmonise(sentence: Sentence, reference: Reference) -> None:
    """Change one sentence in place into the reference style."""
    if sentence.source == "markit":
        detokenise(sentence)
    for word in sentence.words:
        if word.lemma == "[PUNCT]" or word.upos == "PUNCT":
            word.lemma = word.form
        word.lemma = word.lemma.split("|")[0]
        if word.form == "%":
            word.upos, word.lemma = "SYM", "%"
        if word.upos == "ADP" and word.form.lower() == "ad":
            word.lemma = "a"
        elif word.upos == "CCONJ" and word.form.lower() == "ed":
            word.lemma = "e"
        elif word.upos not in ("PROPN", "X", "SYM") and word.lemma[:1].isupper() and word.lemma.istitle():
            word.lemma = word.lemma.lower()
        if sentence.source not in reference.treebanks:
            fix_upos(word, reference)
        fix_feats(sentence, word, reference)
    fix_relations(sentence, reference)
    fix_magnitudes(sentence.words)
