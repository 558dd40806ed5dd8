"""What kills the process that it runs in: a pipeline that reads certain sentences, and half an answer."""

from __future__ import annotations

import os
import signal
import struct
import sys
from pathlib import Path

# FATALE kills always, SFORTUNA the first time only; a file keeps count, for the process cannot. MONCO is like SFORTUNA,
# but the process is killed while it sends a result: a part of the message is already in the pipe.
_CODE = """
import os, signal, struct, sys
import spacy
from pathlib import Path
from spacy.language import Language

@Language.component(__name__)
def mortal(doc):
    once = Path(__file__).with_name("killed-" + doc.text.split()[-1])
    if "MONCO" in doc.text and not once.exists():
        once.touch()
        frame = sys._getframe()
        while "result_queue" not in frame.f_locals:
            frame = frame.f_back
        os.write(frame.f_locals["result_queue"]._writer.fileno(), struct.pack("!i", 1000) + b"a part")
        os.kill(os.getpid(), signal.SIGKILL)
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


def half_an_answer() -> None:
    """Kill this worker process in the middle of an answer: the length of it is sent, and its beginning."""
    frame = sys._getframe()
    while "result_queue" not in frame.f_locals:
        assert frame.f_back is not None
        frame = frame.f_back
    os.write(frame.f_locals["result_queue"]._writer.fileno(), struct.pack("!i", 100) + b"half")
    os.kill(os.getpid(), signal.SIGKILL)
