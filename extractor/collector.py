"""Python's garbage collector in a process of our own."""

from __future__ import annotations

import atexit
import gc

# Nearly all that a process makes at its start (modules, tables, patterns, a network) stays until its end. To look
# through it for garbage after every 700 objects, as Python does, is a tenth of the time of a start.
_OBJECTS = 200_000


def collect_rarely() -> None:
    """Look for garbage rarely from now on, and not at the end of the process.

    At its end Python goes through all that is left, a fifth of a second with a network loaded, for memory that the
    system takes back at once. For commands and worker processes only; a program that uses the package decides itself.
    """
    gc.set_threshold(_OBJECTS)
    atexit.register(gc.freeze)
