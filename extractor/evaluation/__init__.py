"""Scoring extracted claims against hand-annotated gold.

``load_gold`` and ``load_predictions`` read, ``evaluate`` scores, ``intervals`` and ``compare`` tell what chance
may have done, ``render`` writes for people and ``Evaluation.to_dict`` for programs.
"""

from extractor.evaluation.bootstrap import Interval, Paired, intervals, paired
from extractor.evaluation.compare import Comparison, compare
from extractor.evaluation.gold import GoldClaim, GoldDocument, GoldError, GoldSpan, load_gold
from extractor.evaluation.metrics import Evaluation, evaluate, score_document
from extractor.evaluation.predictions import load_predictions
from extractor.evaluation.report import render
from extractor.evaluation.tally import Score, Tally, total

__all__ = [
    "Comparison",
    "Evaluation",
    "GoldClaim",
    "GoldDocument",
    "GoldError",
    "GoldSpan",
    "Interval",
    "Paired",
    "Score",
    "Tally",
    "compare",
    "evaluate",
    "intervals",
    "load_gold",
    "load_predictions",
    "paired",
    "render",
    "score_document",
    "total",
]
