"""The scores as one page: ``render_page`` writes HTML that needs no network and runs nothing from an article."""

from extractor.evaluation.page.cases import Run
from extractor.evaluation.page.render import render_page

__all__ = ["Run", "render_page"]
