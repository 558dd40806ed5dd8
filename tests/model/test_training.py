"""How the training data is made: reading, harmonising, merging, and varying sentences."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from training.augment import Substitutes, augment, percent_sign
from training.conllu import Sentence, Word, read_conllu
from training.convert import DuplicateFinder, is_tree
from training.harmonise import Reference, detokenise, fix_magnitudes, harmonise
from training.merge import merge_multiword, retokenize, text_of

BLANK = spacy.blank("it")
CONLLU = """\
# sent_id = uno
# text = Il valore della casa sale.
1\tIl\til\tDET\tRD\tDefinite=Def|Gender=Masc|Number=Sing|PronType=Art\t2\tdet\t_\t_
2\tvalore\tvalore\tNOUN\tS\tGender=Masc|Number=Sing\t6\tnsubj\t_\t_
3-4\tdella\t_\t_\t_\t_\t_\t_\t_\t_
3\tdi\tdi\tADP\tE\t_\t5\tcase\t_\t_
4\tla\til\tDET\tRD\tDefinite=Def|Gender=Fem|Number=Sing|PronType=Art\t5\tdet\t_\t_
5\tcasa\tcasa\tNOUN\tS\tGender=Fem|Number=Sing\t2\tnmod\t_\t_
6\tsale\tsalire\tVERB\tV\tMood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin\t0\troot\t_\tSpaceAfter=No
6.1\tvuoto\tvuoto\tNOUN\tS\t_\t_\t_\t_\t_
7\t.\t.\tPUNCT\tFS\t_\t6\tpunct\t_\t_

"""


def word(form: str, upos: str, head: int, deprel: str, space: bool = True, **feats: str) -> Word:
    """A word whose lemma is its lower-case form."""
    return Word(form, form.lower(), upos, feats, head, deprel, space)


def amount() -> list[Word]:
    """La ditta vale 20 milioni di euro."""
    return [
        word("La", "DET", 1, "det"),
        word("ditta", "NOUN", 2, "nsubj"),
        word("vale", "VERB", -1, "ROOT"),
        word("20", "NUM", 4, "nummod", NumType="Card"),
        Word("milioni", "milione", "NOUN", {"Gender": "Masc"}, 2, "obj"),
        word("di", "ADP", 6, "case"),
        word("euro", "NOUN", 4, "nmod", space=False),
        word(".", "PUNCT", 2, "punct"),
    ]


@pytest.fixture
def sentence(tmp_path: Path) -> Sentence:
    path = tmp_path / "it_prova-ud-train.conllu"
    path.write_text(CONLLU, encoding="utf8")
    (found,) = read_conllu(path)
    return found


@pytest.fixture
def substitutes(tmp_path: Path) -> Substitutes:
    path = tmp_path / "forms.tsv"
    path.write_text("ditta\t1\nfitta\t1\nslitta\t1\nvale\t2\n", encoding="utf8")
    return Substitutes(path)


def test_reading_keeps_words_and_ranges(sentence: Sentence) -> None:
    assert sentence.source == "prova"
    assert [item.form for item in sentence.words] == ["Il", "valore", "di", "la", "casa", "sale", "."]
    assert sentence.spans == [(2, 3, "della", True)]


def test_reading_refuses_a_line_without_ten_columns(tmp_path: Path) -> None:
    path = tmp_path / "it_prova-ud-dev.conllu"
    path.write_text("1\tIl\til\n\n", encoding="utf8")
    with pytest.raises(ValueError, match="3 columns"):
        list(read_conllu(path))


def test_merging_gives_one_token_with_the_article_s_features(sentence: Sentence) -> None:
    words = merge_multiword(sentence)
    assert text_of(words) == "Il valore della casa sale."
    della = words[2]
    assert (della.upos, della.lemma, della.deprel, words[della.head].form) == ("ADP", "di", "case", "casa")
    assert della.feats == {"Definite": "Def", "Gender": "Fem", "Number": "Sing", "PronType": "Art"}
    assert is_tree(words)


def test_verb_with_clitic_unites_features() -> None:
    verb = word("dar", "VERB", -1, "root", VerbForm="Inf")
    verb.lemma = "dare"
    parts = [verb, word("si", "PRON", 0, "expl", Clitic="Yes", Person="3")]
    (merged,) = merge_multiword(Sentence("prova", "", parts, [(0, 1, "darsi", True)]))
    assert (merged.form, merged.upos, merged.lemma) == ("darsi", "VERB", "dare")
    assert merged.feats == {"VerbForm": "Inf", "Clitic": "Yes", "Person": "3"}


def test_gold_tokens_are_laid_over_the_tokenizer_s() -> None:
    words = [
        word("Nel", "ADP", 1, "case"),
        word("2001", "NUM", -1, "root", space=False),
        word("/", "PUNCT", 1, "punct", space=False),
        word("02", "NUM", 1, "flat", space=False),
        word(".", "PUNCT", 1, "punct"),
    ]
    laid = retokenize(words, BLANK)
    assert laid is not None
    assert [item.form for item in laid] == [token.text for token in BLANK.make_doc("Nel 2001/02.")]
    assert is_tree(laid)


def test_a_gold_token_that_the_tokenizer_splits() -> None:
    amount = word("20%", "NUM", 0, "obj", space=False)
    words = [word("Vale", "VERB", -1, "root"), amount, word(".", "PUNCT", 0, "punct")]
    laid = retokenize(words, BLANK)
    assert laid is not None
    assert [item.form for item in laid] == ["Vale", "20", "%", "."]
    assert [item.head for item in laid] == [-1, 0, 1, 0]


def test_a_cycle_is_no_tree() -> None:
    assert not is_tree([word("a", "X", 1, "dep"), word("b", "X", 0, "dep"), word("c", "X", -1, "root")])


def test_spacing_is_restored() -> None:
    forms = ["Disse", ":", '"', "l'", "aumento", "(", "forte", ")", '"', ",", "un", "po'", "tardi", "."]
    sentence = Sentence("markit", "", [word(form, "X", -1, "root") for form in forms])
    detokenise(sentence)
    assert text_of(sentence.words) == """Disse: "l'aumento (forte)", un po' tardi."""


def test_pud_takes_the_reference_s_features() -> None:
    known = Sentence(
        "isdt", "", [word("il", "DET", 1, "det", Definite="Def", Gender="Masc", Number="Sing", PronType="Art")]
    )
    verb = word("vedeva", "VERB", -1, "root", Mood="Ind", Tense="Past", Aspect="Imp", Voice="Act", Number="Sing")
    article = word("il", "DET", 2, "det", Gender="Masc", Number="Sing", PronType="Art")
    sentence = Sentence("pud", "", [verb, article, word("cane", "NOUN", 0, "obj", Gender="Masc", Number="Sing")])
    harmonise(sentence, Reference([known], frozenset({known.source})))
    assert article.feats["Definite"] == "Def"
    assert verb.feats == {"Mood": "Ind", "Tense": "Imp", "Number": "Sing", "VerbForm": "Fin"}


def test_parlamint_passives_get_their_subtypes() -> None:
    words = [
        word("legge", "NOUN", 2, "nsubj"),
        Word("viene", "venire", "AUX", {}, 2, "aux"),
        Word("letta", "leggere", "VERB", {"VerbForm": "Part"}, -1, "root"),
        word("da", "ADP", 4, "case"),
        word("tutti", "PRON", 2, "obl"),
    ]
    harmonise(Sentence("parlamint", "", words), Reference([], frozenset()))
    assert [item.deprel for item in words] == ["nsubj:pass", "aux:pass", "root", "case", "obl:agent"]


def test_thousands_have_one_structure() -> None:
    words = [
        word("290", "NUM", 1, "nummod"),
        word("mila", "NOUN", 2, "nmod"),
        word("vetture", "NOUN", -1, "root"),
    ]
    fix_magnitudes(words)
    assert [(item.upos, item.head, item.deprel) for item in words] == [
        ("NUM", 2, "nummod"),
        ("NUM", 0, "flat"),
        ("NOUN", -1, "root"),
    ]


def test_near_duplicates_are_found() -> None:
    finder = DuplicateFinder(["La giunta ha approvato ieri sera il nuovo bilancio della regione."])
    assert "La giunta ha approvato ieri sera il nuovo bilancio del comune" in finder
    assert "La giunta discute oggi di scuole e di trasporti in una lunga seduta" not in finder


def test_per_cento_becomes_a_sign() -> None:
    words = [
        word("Sale", "VERB", -1, "ROOT"),
        word("del", "ADP", 2, "case"),
        word("12", "NUM", 0, "obl", NumType="Card"),
        word("per", "ADP", 4, "case"),
        word("cento", "NUM", 2, "nummod", NumType="Card"),
    ]
    changed = percent_sign(words)
    assert text_of(changed) == "Sale del 12%"
    assert [(item.head, item.deprel) for item in changed] == [(-1, "ROOT"), (3, "case"), (3, "nummod"), (0, "obl")]


@given(seed=st.integers(min_value=0, max_value=100_000))
def test_augmentation_keeps_a_tree_over_the_tokenizer_s_tokens(seed: int) -> None:
    path = Path(__file__).parent / "forms.tsv"
    varied = augment(amount(), Random(seed), Substitutes(path))
    assert is_tree(varied)
    assert [item.form for item in varied] == [token.text for token in BLANK.make_doc(text_of(varied))]
    assert any(item.upos == "NUM" for item in varied)


def test_augmentation_leaves_the_original_alone_and_is_repeatable(substitutes: Substitutes) -> None:
    original = amount()
    texts = {text_of(augment(original, Random(seed), substitutes)) for seed in range(200)}
    assert text_of(original) == "La ditta vale 20 milioni di euro."
    assert len(texts) > 50
    first = augment(original, Random(3), substitutes)
    assert first == augment(original, Random(3), substitutes)


def test_substitutes_share_row_and_ending(substitutes: Substitutes) -> None:
    seen = set()
    for seed in range(100):
        words = amount()
        substitutes.substitute(words, Random(seed))
        seen.add(words[1].form)
    assert seen == {"ditta", "fitta", "slitta"}
