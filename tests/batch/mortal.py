"""A pipeline that kills the process in which it reads certain sentences."""

from __future__ import annotations

from pathlib import Path

# FATALE kills always, SFORTUNA the first time only; a file keeps count, for the process cannot.
_CODE = """
import os, signal
import spacy
from pathlib import Path
from spacy.language import Language

@Language.component(__name__)
def mortal(doc):
    once = Path(__file__).with_name("killed-" + doc.text.split()[-1])
    if "FATALE" in doc.text or ("SFORTUNA" in doc.text and not once.exists()):
        once.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return doc

def load(exclude=()):
    if Path(__file__).with_name("no-start").exists():
        os.kill(os.getpid(), signal.SIGKILL)
    nlp = spacy.blank("it")
    nlp.add_pipe(__name__)
    return nlp
"""


def write_model(folder: Path) -> str:
    """Write the pipeline as a module of a folder, and return its name: another in each folder."""
    name = f"mortal_{folder.name.replace('-', '_')}"
    (folder / f"{name}.py").write_text(_CODE)
    return name
