"""Scoring extracted claims against hand-annotated gold.

``load_gold`` and ``load_predictions`` read, ``evaluate`` scores, ``render`` writes for people and
``Evaluation.to_dict`` for programs.
"""

from extractor.evaluation.gold import GoldClaim, GoldDocument, GoldError, GoldSpan, load_gold
from extractor.evaluation.metrics import Evaluation, Score, Tally, evaluate, score_document, total
from extractor.evaluation.predictions import load_predictions
from extractor.evaluation.report import render

__all__ = [
    "Evaluation",
    "GoldClaim",
    "GoldDocument",
    "GoldError",
    "GoldSpan",
    "Score",
    "Tally",
    "evaluate",
    "load_gold",
    "load_predictions",
    "render",
    "score_document",
    "total",
]
