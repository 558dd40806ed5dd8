"""What follows from the claims of an article, and where they do not agree.

A derived fact is never a claim: the article does not state it.
"""

from extractor.facts.check import check
from extractor.facts.derive import derive
from extractor.facts.model import DerivedFact, FactKind, Inconsistency, InconsistencyKind

__all__ = ["DerivedFact", "FactKind", "Inconsistency", "InconsistencyKind", "check", "derive"]
