"""The pipeline: which stages there are, and in which order.

    text -> quantities -> sentences -> gate -> network -> fields -> links -> claims

The order stands in :meth:`Pipeline.extract` and nowhere else. The quantity stage reads raw text; the
network (where there is one) reads only the sentences that hold a quantity; the rules of the fields read
both.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from extractor import __version__
from extractor.claims.attribution import attribute
from extractor.claims.baseline import baseline_of, heading_baseline
from extractor.claims.change import change_of
from extractor.claims.clauses import words_in
from extractor.claims.layout import headings
from extractor.claims.links import Linkable, refers, restates
from extractor.claims.modality import modality_of
from extractor.claims.modifier import modifier_of
from extractor.claims.subject import subject_of
from extractor.claims.subject_carry import Figure, carried_subject
from extractor.claims.time import times
from extractor.claims.view import Found, SentenceView, Views
from extractor.lexicon.active import BUILT_IN, Lexicon
from extractor.lexicon.own import OwnLexicon, read_lexicon
from extractor.numerals.rounding import claim_value
from extractor.quantities import Mention
from extractor.quantities.standalone import parse
from extractor.reading import Reading, day_of, one_blank, read, readable
from extractor.schema import SCHEMA_VERSION, Change, Claim, Kind, Modality, Modifier, Quantity, TextSpan, ValuedSpan
from extractor.sentences import Sentence

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

OFFICIAL_MODEL = "it_core_news_sm"
BUNDLED_MODEL = "it_cifre_sm"
BLANK_MODEL = "blank:it"
# An anaphor (`un numero che …`) is the subject where only these found one.
_WEAK_SUBJECTS = frozenset({"subject.share", "subject.nearest", "subject.brackets", "subject.clause"})
# Batches this small stay in the processor's cache; larger ones were slower.
_BATCH = 16
# So many sentences, or documents without any, are read ahead, to fill the network's batches.
_READ_AHEAD = 8 * _BATCH


class ModelNotFound(ValueError):
    """The model that was asked for is not installed."""


def default_model() -> str:
    """Return the model that runs when none is named: the official one, else the bundled one, else none."""
    for name in (OFFICIAL_MODEL, BUNDLED_MODEL):
        if importlib.util.find_spec(name) is not None:
            return name
    return BLANK_MODEL


def load(model: str | None = None, lexicon: Lexicon | Path | str | None = None) -> Pipeline:
    """Load a pipeline.

    Args:
        model: name or path of any Italian spaCy pipeline, or ``blank:it`` for the rules alone. The
            default is ``it_core_news_sm`` where it is installed, else the bundled ``it_cifre_sm``.
        lexicon: a TOML file with words and units of your own, or what
            :func:`~extractor.lexicon.own.read_lexicon` has made of one; see ``docs/lexicon.md``.

    Raises:
        ModelNotFound: the model is not installed, or is not a model for Italian.
        LexiconError: the lexicon cannot be read, or an entry is wrong.
    """
    tables = read_lexicon(lexicon) if isinstance(lexicon, str | Path) else lexicon or BUILT_IN
    name = model or default_model()
    if name == BLANK_MODEL:
        return Pipeline(None, name, tables)

    import spacy

    try:
        if name.isidentifier() and importlib.util.find_spec(name) is not None:
            nlp = importlib.import_module(name).load(exclude=["ner"])  # works from a checkout too
        else:
            nlp = spacy.load(name, exclude=["ner"])
    except (OSError, ImportError) as error:
        raise ModelNotFound(f"model {name!r} cannot be loaded: {error}") from error
    if nlp.lang != "it":
        raise ModelNotFound(f"model {name!r} is for language {nlp.lang!r}, not for Italian")
    return Pipeline(nlp, name, tables)


class Pipeline:
    """Articles in, claims out. Keeps no state between articles.

    Attributes:
        model: the name of the spaCy pipeline as it was asked for.
        lexicon: the tables that its rules read.
        network: whether the spaCy pipeline tags or parses; without that the rules read no tokens.
    """

    def __init__(self, nlp: Language | None, model: str, lexicon: Lexicon = BUILT_IN) -> None:
        """Make a pipeline of a spaCy pipeline; None stands for a blank one."""
        self.model = model
        self.lexicon = lexicon
        self.network = nlp is not None and bool(nlp.pipe_names)
        if nlp is not None:
            self.nlp = nlp

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline. A blank one is made when it is first asked for: importing spaCy takes most of a start."""
        import spacy

        return spacy.blank("it")

    @cached_property
    def meta(self) -> dict[str, str]:
        """Which extractor, schema and model make the claims, and with which lexicon besides the built-in tables."""
        own = self.lexicon
        named = {"lexicon": Path(own.name).name, "lexicon_sha256": own.sha256} if isinstance(own, OwnLexicon) else {}
        return named | {
            "extractor": "cifre",
            "extractor_version": __version__,
            "schema_version": SCHEMA_VERSION,
            "model": self.model,
            "model_version": str(self.nlp.meta.get("version", "")) if self.network else "",
        }

    def extract(self, text: str, doc_id: str = "document", date: date | str | None = None) -> list[Claim]:
        """Return the claims of one article, in text order.

        Args:
            text: the article; offsets of the claims are its code points. A lone surrogate in it is read
                as U+FFFD, since no output could hold it.
            doc_id: goes into every claim, and before the ``#`` of its ``claim_id``.
            date: the day of the article: *ieri*, *a settembre*, *l'anno scorso* then have a value. A string names
                it in full (``2024-09-10``, ``10 settembre 2024``).

        Raises:
            ValueError: ``date`` is a string that names no day in full.
        """
        text = readable(text)
        with self.lexicon.in_force():
            return _link(text, self._drafts(text, day_of(date)), doc_id)

    def claims_of(self, doc: Doc, doc_id: str = "document", date: date | str | None = None) -> list[Claim]:
        """Return the claims of a document that a spaCy pipeline has read: its own tags and parse are used.

        The claims can differ a little from those of :meth:`extract`, whose network sees each sentence by itself.

        Args:
            doc: the document, with or without tags and parse.
            doc_id: goes into every claim.
            date: as in :meth:`extract`.

        Raises:
            ValueError: ``date`` is a string that names no day in full.
        """
        with self.lexicon.in_force():
            reading = read(doc.text, day_of(date))
            tagged = doc.has_annotation("DEP") or doc.has_annotation("POS")
            docs = (self._part_of(doc, reading.parts[index]) for index in reading.with_claims)
            return _link(reading.text, self._draft(reading, docs if tagged else iter(()), tagged), doc_id)

    def extract_with_words(
        self, text: str, doc_id: str = "document", date: date | str | None = None
    ) -> tuple[list[Claim], dict[str, dict[str, str]]]:
        """Return the claims and, by ``claim_id``, the words of the text that decided modifier and change.

        Arguments and errors are those of :meth:`extract`.
        """
        text = readable(text)
        with self.lexicon.in_force():
            drafts = self._drafts(text, day_of(date))
            claims = _link(text, drafts, doc_id)
        return claims, {claim.claim_id: draft.words for claim, draft in zip(claims, drafts, strict=True)}

    def parse_quantity(self, text: str) -> Quantity:
        """Return the quantity that ``text`` is as a whole, as :func:`extractor.parse_quantity` with this lexicon.

        Raises:
            ValueError: ``text`` is no quantity, or more than one; the message says why.
        """
        with self.lexicon.in_force():
            return parse(text)

    def extract_many(self, documents: Iterable[Mapping[str, str]]) -> Iterator[list[Claim]]:
        """Yield the claims of each document ``{"id": …, "text": …}``, one list a document, in input order.

        A document may have a ``date``, too. The claims are those of :meth:`extract`. The network reads the
        sentences of several documents at a time, so a few documents are read ahead of the one that is yielded.
        """
        waiting: list[tuple[str, Reading]] = []
        sentences_waiting = 0
        for document in documents:
            with self.lexicon.in_force():
                reading = read(readable(document["text"]), day_of(document.get("date")))
            waiting.append((document["id"], reading))
            sentences_waiting += len(reading.with_claims)
            if not self.network or sentences_waiting >= _READ_AHEAD or len(waiting) >= _READ_AHEAD:
                yield from self._finish(waiting)
                waiting, sentences_waiting = [], 0
        yield from self._finish(waiting)

    def _drafts(self, text: str, day: date | None = None) -> list[_Draft]:
        reading = read(text, day)
        return self._draft(reading, self._docs([reading]), self.network)

    def _finish(self, waiting: Sequence[tuple[str, Reading]]) -> Iterator[list[Claim]]:
        docs = self._docs([reading for _, reading in waiting])
        for doc_id, reading in waiting:
            # not around the `yield`: what the caller does there is none of this lexicon's
            with self.lexicon.in_force():
                claims = _link(reading.text, self._draft(reading, docs, self.network), doc_id)
            yield claims

    def _docs(self, readings: Iterable[Reading]) -> Iterator[Doc]:
        """Run the network over the sentences that hold a quantity, in order."""
        if not self.network:
            return iter(())
        return self.nlp.pipe((part for reading in readings for part in reading.for_network()), batch_size=_BATCH)

    def _part_of(self, doc: Doc, part: Sentence) -> Doc:
        """A sentence of a document by itself; without tags and parse where the document's tokens cross its edges."""
        span = doc.char_span(part.start, part.end)
        return self._tokens(doc.text, part.start, part.end) if span is None else span.as_doc()

    def _tokens(self, text: str, start: int, end: int) -> Doc:
        return self.nlp.make_doc(one_blank(text[start:end]))

    def _views(self, reading: Reading, docs: Iterator[Doc], network: bool) -> Views:
        def make(index: int, mentions: Sequence[Mention] = ()) -> SentenceView:
            (start, end), parsed = reading.parts[index], network and bool(mentions)
            make_doc = partial(_itself, next(docs)) if parsed else partial(self._tokens, reading.text, start, end)
            return SentenceView(reading.text, start, end, mentions, make_doc, index, parsed, reading.day)

        return Views({i: make(i, mentions) for i, mentions in reading.with_claims.items()}, len(reading.parts), make)

    def _draft(self, reading: Reading, docs: Iterator[Doc], network: bool) -> list[_Draft]:
        """Read the fields of a document's claims; takes the Docs of its sentences from ``docs`` if a network ran."""
        views = self._views(reading, docs, network)
        sources = attribute(views)
        drafts = [_Draft(view, mention, sources) for view in views.with_mentions for mention in view.mentions]
        above = headings(views)
        for draft in drafts:
            if draft.change is not None and draft.baseline is None and draft.view.index in above:
                draft.baseline = heading_baseline(above[draft.view.index])
        changes = {draft.key: draft.change for draft in drafts}
        found = times(views, changes, {draft.key: draft.baseline for draft in drafts}, above)
        for draft in drafts:
            draft.time = found.get(draft.key)
        return drafts


def _itself(doc: Doc) -> Doc:
    return doc


class _Draft:
    """A claim in the making: one quantity with the fields that its own sentence gives."""

    def __init__(self, view: SentenceView, mention: Mention, sources: Mapping[tuple[int, int], Found]) -> None:
        self.view = view
        self.mention = mention
        self.modifier, modifier_rule, modifier_words = modifier_of(view, mention)
        self.change, change_rule, change_words = change_of(view, mention)
        self.words = {"modifier": modifier_words, "change": change_words}
        self.attribution = sources.get(self.key)
        self.subject = subject_of(view, mention, self.attribution)
        self.time: Found | None = None
        self.baseline = baseline_of(view, mention, self.change)
        self.modality, modality_rule = modality_of(view, mention)
        self._deciding = [rule for rule in (modifier_rule, change_rule, modality_rule) if rule]
        self.link_rules: list[str] = []

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of all rules that made the claim, those of the quantity first."""
        found = [f.rule for f in (self.subject, self.time, self.baseline, self.attribution) if f is not None]
        return tuple(dict.fromkeys([*self.mention.rules, *self._deciding, *found, *self.link_rules]))

    @property
    def key(self) -> tuple[int, int]:
        return self.mention.start, self.mention.end

    @property
    def figure(self) -> Figure:
        return Figure(self.view, self.mention, self.subject)

    @property
    def linkable(self) -> Linkable:
        m, view = self.mention, self.view
        return Linkable(m.start, m.end, m.kind, m.unit, self.change, view.index, view.start, words_in(view))


def _span(text: str, found: Found | None) -> TextSpan | None:
    return None if found is None else TextSpan(text=text[found.start : found.end], start=found.start, end=found.end)


def _valued(text: str, found: Found | None) -> ValuedSpan | None:
    if found is None:
        return None
    return ValuedSpan(text=text[found.start : found.end], start=found.start, end=found.end, value=found.value)


def _link(text: str, drafts: Sequence[_Draft], doc_id: str) -> list[Claim]:
    """Tie the drafts of an article together and make claims of them."""
    linkables = [draft.linkable for draft in drafts]
    ids = [f"{doc_id}#{number}" for number in range(1, len(drafts) + 1)]
    restated: list[int | None] = []
    figures: list[Figure] = []
    claims = []
    for index, draft in enumerate(drafts):
        figures.append(draft.figure)
        again = restates(text, linkables, index)
        restated.append(again)
        taken_up = refers(text, linkables, restated, index) if again is None else None
        earlier = None if taken_up is None else taken_up[0]
        if again is not None:
            draft.link_rules.append("link.same_as")
            first = drafts[again]
            draft.subject, draft.time = first.subject, draft.time or first.time
            draft.modality = first.modality if draft.modality == "asserted" else draft.modality
        if taken_up is None and again is None:
            draft.subject = carried_subject(figures, index) or draft.subject
        if taken_up is not None:
            draft.link_rules.append("link.refers_to")
            # what is said of a figure is told of the time that the figure has
            draft.time = draft.time or drafts[taken_up[0]].time
            if draft.subject is None or draft.subject.rule in _WEAK_SUBJECTS:
                draft.subject = Found(taken_up[1], taken_up[2], "subject.anaphor")
        figures[index] = draft.figure
        mention = draft.mention
        claims.append(
            Claim(
                doc_id=doc_id,
                claim_id=ids[index],
                kind=Kind(mention.kind),
                start=mention.start,
                end=mention.end,
                text=text[mention.start : mention.end],
                value=claim_value(mention.value, mention.kind),
                low=claim_value(mention.low, mention.kind),
                high=claim_value(mention.high, mention.kind),
                unit=mention.unit,
                modifier=Modifier(draft.modifier),
                change=None if draft.change is None else Change(draft.change),
                subject=_span(text, draft.subject),
                time=_valued(text, draft.time),
                baseline=_valued(text, draft.baseline),
                attribution=_span(text, draft.attribution),
                modality=Modality(draft.modality),
                same_as=None if again is None else ids[again],
                refers_to=None if earlier is None else ids[earlier],
                sentence=TextSpan(text=draft.view.sentence, start=draft.view.start, end=draft.view.end),
                rules=draft.rules,
            )
        )
    return claims
