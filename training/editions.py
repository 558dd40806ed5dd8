"""The two pipelines that are made from the treebanks: which data, which licence, which settings.

`it_cifre_sm` learns from all treebanks at hand, `it_cifre_sm_by` only from those whose licence allows commercial use.
For the second nothing is taken from the others, neither sentences nor labels, lemmas or the choice of a checkpoint.
"""

from __future__ import annotations

from dataclasses import dataclass

UD = "https://universaldependencies.org/treebanks/"


@dataclass(frozen=True)
class Treebank:
    """A treebank that a pipeline learns from; `code` stands in its files' names (`it_<code>-ud-train.conllu`)."""

    code: str
    name: str
    licence: str
    author: str

    @property
    def url(self) -> str:
        """Its page."""
        return f"{UD}it_{self.code}/index.html"


@dataclass(frozen=True)
class Edition:
    """A pipeline to be made.

    Attributes:
        package: name of the package.
        version: of the package; a new one for new data or settings.
        licence: of the package's data.
        treebanks: what it learns from.
        reference: codes of the treebanks whose style of labels the others are brought to.
        passives: codes of the treebanks that tell which verbs form a passive with *essere*.
        held_out: files of which every n-th sentence chooses between checkpoints; the rest is trained on.
        settings: overrides of `config.cfg`.
    """

    package: str
    version: str
    licence: str
    treebanks: tuple[Treebank, ...]
    reference: frozenset[str]
    passives: frozenset[str]
    held_out: dict[str, int]
    settings: tuple[str, ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its treebanks."""
        return frozenset(treebank.code for treebank in self.treebanks)


PERMISSIVE = (
    Treebank("pud", "UD Italian PUD (part)", "CC BY-SA 3.0", "Zeman et al."),
    Treebank("parlamint", "UD Italian ParlaMint", "CC BY-SA 4.0", "Alzetta, Montemagni, Sartor, Venturi"),
    Treebank("twittiro", "UD Italian TWITTIRO", "CC BY-SA 4.0", "Cignarella, Bosco, Rosso"),
    Treebank("markit", "UD Italian MarkIT", "CC BY 4.0", "Paccosi, Palmero Aprosio, Tonelli"),
)
NON_COMMERCIAL = (
    Treebank("isdt", "UD Italian ISDT (dev)", "CC BY-NC-SA 3.0", "Bosco, Montemagni, Simi"),
    Treebank("vit", "UD Italian VIT (dev, test)", "CC BY-NC-SA 3.0", "Delmonte, Bristot, Tonelli; Alfieri, Tamburini"),
    Treebank("partut", "UD Italian ParTUT", "CC BY-NC-SA 4.0", "Sanguinetti, Bosco"),
)
EDITIONS = {
    edition.package: edition
    for edition in (
        Edition(
            "it_cifre_sm",
            "0.2.0",
            "CC BY-NC-SA 4.0",
            NON_COMMERCIAL + PERMISSIVE,
            frozenset({"isdt", "vit", "partut"}),
            frozenset({"isdt", "vit", "partut"}),
            {"it_isdt-ud-dev.conllu": 5, "it_vit-ud-dev.conllu": 12},
        ),
        # ParlaMint is in ISDT's style; PUD, the only news among the four, counts more than by its size
        Edition(
            "it_cifre_sm_by",
            "0.1.0",
            "CC BY-SA 4.0",
            PERMISSIVE,
            frozenset({"parlamint", "twittiro"}),
            frozenset({"pud", "twittiro", "markit"}),
            {"it_pud-first800.conllu": 10, "it_parlamint-ud-test.conllu": 3},
            (
                *("--corpora.train.weights.pud", "2.0"),
                *("--corpora.train.weights.parlamint", "1.0"),
                *("--corpora.train.weights.markit", "1.0"),
                *("--training.max_steps", "8000"),
                *("--training.optimizer.learn_rate.total_steps", "8300"),
            ),
        ),
    )
}
