"""Pages that people look at: what all of them share, and the page of articles with their claims."""

from extractor.view.render import render_articles
from extractor.view.study import Study, study

__all__ = ["Study", "render_articles", "study"]
