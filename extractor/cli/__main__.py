"""``python -m extractor.cli`` is the ``cifre`` command."""

from extractor.cli import main

main()
