"""Pages that people look at: what all of them share, and the page of an article with its claims."""
