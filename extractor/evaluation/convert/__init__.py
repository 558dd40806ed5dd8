"""Gold in the formats of other tools, and back without loss.

``read`` makes gold documents of any format, checked like all gold; ``files_of`` makes the files of a format;
``write`` puts them on disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import BinaryIO

from extractor.evaluation.convert.brat import ANN, read_brat, to_brat
from extractor.evaluation.convert.extracted import is_extracted, read_extracted
from extractor.evaluation.convert.label_studio import Holder, read_label_studio, to_label_studio
from extractor.evaluation.convert.own import ConvertError, Files, to_file, to_folder, to_lines
from extractor.evaluation.convert.table import read_csv, to_csv
from extractor.evaluation.gold import GoldDocument, RawDocument, checked_documents, load_gold
from extractor.io.whole import write_whole

__all__ = ["ConvertError", "Files", "Form", "Holder", "files_of", "form_in", "form_out", "read", "write"]


class Form(StrEnum):
    """A format of gold."""

    GOLD = "gold"
    LABEL_STUDIO = "label-studio"
    BRAT = "brat"
    DOCBIN = "docbin"
    CSV = "csv"
    CLAIMS = "claims"


_ENDINGS = {".spacy": Form.DOCBIN, ".csv": Form.CSV}


def form_in(path: Path) -> Form:
    """Return the format of a file or folder that is there, by its ending and what is in it.

    Raises:
        OSError: it cannot be read.
    """
    if path.is_dir():
        return Form.BRAT if any(path.glob(f"*{ANN}")) else Form.GOLD
    ending = path.suffix.lower()
    if ending == ".json":
        with path.open("rb") as file:
            return Form.LABEL_STUDIO if file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"[" else Form.GOLD
    if ending == ".jsonl" and is_extracted(path):
        return Form.CLAIMS
    return Form.BRAT if ending == ANN else _ENDINGS.get(ending, Form.GOLD)


def form_out(path: Path) -> Form:
    """Return the format that the ending of a file to be written stands for; the project's own where it is a folder."""
    return _ENDINGS.get(path.suffix.lower(), Form.GOLD)


def read(
    path: Path, form: Form, holder: Holder = Holder.ANNOTATIONS, articles: Path | None = None
) -> list[GoldDocument]:
    """Read gold documents.

    Args:
        path: file or folder.
        form: its format.
        holder: where Label Studio's tasks hold the claims.
        articles: the folder with the texts of claims that ``cifre extract`` wrote.

    Raises:
        GoldError: something in them is wrong; all problems are in it.
        ConvertError: the file is not of the format.
        OSError: a file cannot be read.
    """
    if form is Form.GOLD:
        return load_gold(path)
    problems: list[str] = []
    raw: Sequence[RawDocument]
    if form is Form.CLAIMS:
        if articles is None:
            raise ConvertError(f"{path}: these claims come without their texts: where are the articles?")
        raw = read_extracted(path, articles, problems)
    elif form is Form.LABEL_STUDIO:
        raw = read_label_studio(path, holder, problems)
    elif form is Form.BRAT:
        raw = read_brat(path, problems)
    elif form is Form.CSV:
        raw = read_csv(path, problems)
    else:
        from extractor.evaluation.convert.docbin import read_docbin

        raw = read_docbin(path)
    return checked_documents(raw, problems)


def files_of(
    documents: Sequence[GoldDocument],
    out: Path,
    form: Form,
    holder: Holder = Holder.ANNOTATIONS,
    articles: Path | None = None,
) -> Files:
    """Return the files that hold documents in a format: their paths and bytes. Nothing is written.

    Args:
        documents: what goes into them.
        out: file or folder.
        form: the format.
        holder: where Label Studio's tasks get the claims.
        articles: the folder where texts stand, or go, in formats that refer to them; None is beside the claims.

    Raises:
        ConvertError: the format cannot hold the documents, or does not hold gold.
        OSError: an article that is there cannot be read.
    """
    is_folder = form is Form.GOLD and (out.is_dir() or not out.suffix)
    beside = articles or (out if is_folder else out.parent)
    try:
        if form is Form.LABEL_STUDIO:
            return to_label_studio(documents, out, holder)
        if form is Form.BRAT:
            return to_brat(documents, out)
        if form is Form.CSV:
            return to_csv(documents, out, beside)
        if form is Form.DOCBIN:
            from extractor.evaluation.convert.docbin import to_docbin

            return to_docbin(documents, out)
        if form is Form.GOLD:
            if is_folder:
                return to_folder(documents, out, beside)
            if out.suffix == ".jsonl":
                return to_lines(documents, out)
            if out.suffix == ".json":
                return to_file(documents, out, beside)
            raise ConvertError(f"{out}: which format? {', '.join(['.json', '.jsonl', *_ENDINGS])}, a folder, or --to")
    except UnicodeEncodeError as error:
        raise ConvertError(f"{out}: a text or a name has a lone surrogate, which no file can hold: {error}") from error
    raise ConvertError(f"{out}: {form} is what `cifre extract` writes: it is read here, not written")


def write(files: Files) -> None:
    """Write files, each whole or not at all, with the folders they need.

    Raises:
        OSError: one cannot be written; those before it are.
    """
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, partial(_content, content))


def _content(content: bytes, file: BinaryIO) -> None:
    file.write(content)
