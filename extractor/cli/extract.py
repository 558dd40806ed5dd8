"""``cifre extract``: articles in, claims out."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.common import DAY, FAILED, LEXICON, MODEL, load_pipeline, load_tables, say
from extractor.cli.progress import Progress
from extractor.io.article import MAX_CHARS, ReadOptions

if TYPE_CHECKING:
    from extractor.batch.run import Batch, Workers

INTERRUPTED = 130
_FIELDS = "id,text,date,title"
_FILE = click.Path(dir_okay=False, path_type=Path)


def _fields(_: click.Context, __: click.Parameter, value: str) -> dict[str, str]:
    names = [name.strip() for name in value.split(",")]
    known = _FIELDS.split(",")
    if not 2 <= len(names) <= len(known) or not all(names):
        raise click.BadParameter(f"give two to four names with commas between, for {_FIELDS}")
    return {f"{field}_field": name for field, name in zip(known, names, strict=False)}


def _encoding(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    try:
        return value and codecs.lookup(value).name
    except LookupError as error:
        raise click.BadParameter(f"no encoding is called {value!r}") from error


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "-o", "--output", type=_FILE, help="Write here: .csv and .parquet as tables, any other ending as JSON lines."
)
@MODEL
@LEXICON
@click.option("--fast", is_flag=True, help="Rules alone, without a network: the same as --model blank:it.")
@click.option("--resume", is_flag=True, help="Go on after an interrupted run; do again only what has changed.")
@click.option(
    "--processes", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="Worker processes."
)
@click.option("--errors", type=_FILE, help="Write a JSON line for each document that failed here, not on stderr.")
@click.option(
    "--max-chars", type=click.IntRange(1), default=MAX_CHARS, show_default=True, help="Refuse longer documents."
)
@click.option("--encoding", callback=_encoding, metavar="NAME", help="For files that are not UTF-8: windows-1252, …")
@click.option(
    "--format",
    "form",
    type=click.Choice(["txt", "html", "jsonl"]),
    default="txt",
    show_default=True,
    help="What standard input holds, and files without an ending.",
)
@click.option(
    "--fields", callback=_fields, default=_FIELDS, show_default=True, metavar="NAMES", help="Names in .jsonl input."
)
@DAY
@click.option("--summary", is_flag=True, help="Print every claim for people on stderr.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say also what workers do.")
def extract(
    paths: tuple[str, ...],
    output: Path | None,
    model: str | None,
    lexicon: Path | None,
    fast: bool,
    resume: bool,
    processes: int,
    errors: Path | None,
    max_chars: int,
    encoding: str | None,
    form: str,
    fields: dict[str, str],
    day: str | None,
    summary: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Extract the claims of articles.

    PATH is a .txt, .html or .jsonl file, or one packed as .gz or .zst; a folder of them, at any depth; a glob
    in quotes; or - (standard input). One JSON object a claim a line, documents in input order. The doc_id is the
    file's name without its ending, in a folder with the folders below it, and in .jsonl the id.

    Output to a file can be interrupted, or killed, at any moment: the same command with --resume goes on.
    """
    if fast and model:
        raise click.UsageError("--fast is a model of its own: leave --model out")
    if resume and output is None:
        raise click.UsageError("--resume needs --output FILE: only a file can be gone on with")
    own = frozenset(path.resolve() for path in (output, errors) if path is not None)
    if len(own) < sum(path is not None for path in (output, errors)):
        raise click.UsageError("--output and --errors are the same file")

    from extractor.batch.run import Batch
    from extractor.io.compressed import MissingExtra
    from extractor.io.writers import check_writable, form_of

    options = ReadOptions(max_chars=max_chars, encoding=encoding, form=form, leave_out=own, date=day, **fields)
    with ExitStack() as stack:
        try:
            check_writable(form_of(output) if output else "jsonl")
            sink = stack.enter_context(errors.open("wb")) if errors else None
        except OSError as error:
            raise click.UsageError(f"cannot write {errors}: {error.strerror}") from error
        except MissingExtra as error:
            raise click.UsageError(str(error)) from error
        progress = Progress(quiet, summary, sink)
        note = progress.note if verbose else lambda _: None
        model = "blank:it" if fast else model
        workers = stack.enter_context(_workers(model, lexicon, options, processes, note))
        if not quiet:
            meta = workers.about.meta
            say(f"model: {meta['model']} {meta['model_version']}".rstrip())
        try:
            _run(Batch(paths, workers), output, resume, progress, note)
        except MissingExtra as error:
            raise click.UsageError(str(error)) from error
    progress.close()
    if output and not quiet:
        say(f"written: {output}")
    sys.exit(FAILED if progress.failed else 0)


@contextmanager
def _workers(
    model: str | None, lexicon: Path | None, options: ReadOptions, processes: int, note: Callable[[str], None]
) -> Iterator[Workers]:
    """Give those who do the work: this process, or as many others as are asked for."""
    if processes == 1:
        from extractor.batch.worker import Worker

        yield Worker(load_pipeline(model, lexicon), options)
        return
    from extractor.batch.supervisor import Supervisor
    from extractor.batch.worker import WorkersFail

    with Supervisor(processes, model, options, note, load_tables(lexicon)) as supervisor:
        try:
            _ = supervisor.about
        except ValueError as error:  # ModelNotFound, whose module takes as long to import as all else here
            raise click.UsageError(str(error)) from error
        except WorkersFail as error:
            say(f"error: {error}")
            sys.exit(FAILED)
        yield supervisor


def _run(batch: Batch, output: Path | None, resume: bool, progress: Progress, note: Callable[[str], None]) -> None:
    """Run a batch, and say what is left when it does not come to its end."""
    from extractor.batch.run import to_file, to_stream
    from extractor.batch.store import OutputBusy, Store
    from extractor.batch.worker import WorkersFail

    store = None
    try:
        try:
            if output is None or (output.exists() and not output.is_file()):  # standard output, a pipe, /dev/null
                opened = output.open("wb") if output else nullcontext(sys.stdout.buffer)
            else:
                store = Store(output, resume)
        except OSError as error:
            raise click.UsageError(f"cannot write {output}: {error.strerror or error}") from error
        if store is None:
            with opened as stream:
                to_stream(batch, stream, progress)
            return
        if store.discarded:
            note(f"parts of an earlier run are removed ({store.discarded}); --resume would have gone on with them")
        to_file(batch, store, progress)
    except BrokenPipeError:  # the reader (head, less) has seen enough
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        progress.note(f"interrupted: {progress.documents} documents are done" + _way_on(store is not None))
        sys.exit(INTERRUPTED)
    except OutputBusy as error:
        raise click.UsageError(str(error)) from error
    except (OSError, WorkersFail) as error:
        progress.note(f"error: {error}" + _way_on(store is not None))
        sys.exit(FAILED)
    finally:
        if store is not None:
            store.close()


def _way_on(kept: bool) -> str:
    return "; what is written stays good: the same command with --resume goes on" if kept else ""
