"""Install spaCy's own small Italian pipeline, `it_core_news_sm`, where its release page can be reached.

Run as `python -m training.official`. spaCy itself knows the address and picks the version for the installed spaCy.
"""

from __future__ import annotations

import subprocess
import sys

from spacy.util import is_package

NAME = "it_core_news_sm"
UNREACHABLE = (
    f"{NAME} was not installed: spaCy publishes it on its release page only, and that cannot be reached from here "
    "(a package index does not have it). The bundled pipeline it_cifre_sm needs no download. With a wheel of "
    f"{NAME} 3.8 at hand, `python -m pip install <file>` installs it."
)


def install() -> int:
    """Install the pipeline unless it is there; 0 on success, 1 with a message where the page cannot be reached."""
    if is_package(NAME):
        print(f"{NAME} is installed.")
        return 0
    command = [sys.executable, "-m", "spacy", "download", NAME]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        print(f"{NAME} is installed.")
        return 0
    lines = (done.stderr or done.stdout).strip().splitlines()
    print(UNREACHABLE, file=sys.stderr)
    if lines:
        print(f"spaCy said: {lines[-1]}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(install())
