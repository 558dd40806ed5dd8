"""``cifre serve``: a page to paste an article into, and the claims as JSON for programs."""
