"""Articles in, claims out: readers and writers."""
