"""The subject: the noun phrase that a quantity is about.

For a count the counted phrase; otherwise the property or thing measured. The steps are tried in the
order of how sure they are, and each gives the name of its rule: first those that read the words around
the number (``subject_words``), then the climb through the parse (``subject_tree``) or, where there is
none, the clause as closed classes show it (``subject_clause``). What a quantity takes over from the one
before it is a matter of several quantities: ``subject_carry``.
"""

from __future__ import annotations

from extractor.claims import subject_words as words
from extractor.claims.subject_apposition import of_age, over_apposition, placed
from extractor.claims.subject_clause import adjacent_subject, clause_subject
from extractor.claims.subject_filter import can_be_subject
from extractor.claims.subject_openings import without_number_of
from extractor.claims.subject_order import (
    assigned,
    changed_in,
    in_series,
    inverted,
    label_of_share,
    labelled,
    listed,
    named_behind,
    opened,
    planned,
    postponed,
    qualified,
    resumed,
)
from extractor.claims.subject_table import in_table
from extractor.claims.subject_tree import governed, nearest
from extractor.claims.view import Found, SentenceView
from extractor.quantities.mention import Mention

_WORD_STEPS = (
    ("table", in_table),
    ("label", label_of_share),
    ("named_behind", named_behind),
    ("compound", words.compound),
    ("counted", words.counted),
    ("part_of", words.part_of),
    ("of_so_many", words.of_so_many),
    ("share", words.share),
    ("aged", words.aged),
    ("of_age", of_age),
    ("placed", placed),
    ("brackets", words.in_brackets),
    ("inverted", inverted),
    ("assigned", assigned),
    ("labelled", labelled),
    ("changed_in", changed_in),
    ("resumed", resumed),
    ("listed", listed),
    ("described", words.described),
    ("compared", words.compared),
    ("planned", planned),
    ("before", words.before),
    ("postponed", postponed),
    ("qualified", qualified),
    ("in_series", in_series),
    ("adjacent", adjacent_subject),
    ("opened", opened),
)
_PARSED_STEPS = (
    *_WORD_STEPS,
    ("governed", governed),
    ("topic", words.topic),
    ("base", words.base),
    ("over_apposition", over_apposition),
    ("clause", clause_subject),
    ("nearest", nearest),
)
_SURFACE_STEPS = (
    *_WORD_STEPS,
    ("topic", words.topic),
    ("over_apposition", over_apposition),
    ("clause", clause_subject),
    ("base", words.base),
)


def subject_of(view: SentenceView, mention: Mention, source: Found | None = None) -> Found | None:
    """Return the subject of a quantity in its sentence, or None where the sentence names none.

    Args:
        source: who says so, where it is known: a source is not what its figures are about.
    """
    for rule, step in _PARSED_STEPS if view.parsed else _SURFACE_STEPS:
        found = step(view, mention)
        if found is not None and found[1] > found[0] and can_be_subject(view, mention, found, rule, source):
            low, high = without_number_of(view, found) if mention.kind == "count" else found
            return Found(low, high, f"subject.{rule}")
    return None
