"""Many documents: shards, processes, and output that survives being killed.

    sources -> shards -> supervisor (workers) -> store (parts) -> one output file, with a manifest

:func:`extractor.batch.run.run` puts them together.
"""
