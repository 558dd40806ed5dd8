"""``cifre convert``: gold in the formats of annotation tools, and back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from extractor.cli.common import FAILED, put, say

_FORMS = ("gold", "label-studio", "brat", "docbin", "csv")


def _print_configuration(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from extractor.evaluation.convert.label_studio_config import label_studio_config

    click.echo(label_studio_config(), nl=False)
    context.exit()


@click.command()
@click.argument("source", metavar="IN", type=click.Path(exists=True, path_type=Path))
@click.argument("target", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--from", "source_form", type=click.Choice([*_FORMS, "claims"]), help="What IN is, if it does not show.")
@click.option("--to", "target_form", type=click.Choice(_FORMS), help="What OUT is to be, if its ending does not say.")
@click.option(
    "--as",
    "holder",
    type=click.Choice(["annotations", "predictions"]),
    default="annotations",
    show_default=True,
    help="Which of the two the claims are in Label Studio's tasks; predictions are shown to be corrected.",
)
@click.option(
    "--articles",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the texts: of claims in IN; of gold and csv in OUT, where those that are missing get written.",
)
@click.option("--force", is_flag=True, help="Write over files that are there.")
@click.option(
    "--label-studio-config",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_configuration,
    help="Print the labelling configuration for a Label Studio project, and exit.",
)
def convert(
    source: Path,
    target: Path,
    source_form: str | None,
    target_form: str | None,
    holder: str,
    articles: Path | None,
    force: bool,
) -> None:
    """Convert gold between formats; there and back nothing is lost.

    gold: a .json file an article, a folder of them, or .jsonl. label-studio: its JSON. brat: a folder of .txt and .ann.
    docbin: spaCy's .spacy. csv: a row a claim. claims: JSON lines of `cifre extract`, only as IN, with --articles.
    """
    from extractor.evaluation.convert import ConvertError, Form, Holder, files_of, form_in, form_out, read
    from extractor.evaluation.gold import GoldError
    from extractor.io.compressed import MissingExtra

    try:
        form = Form(source_form) if source_form else form_in(source)
        if form is Form.CLAIMS and articles is None:
            raise click.UsageError(f"{source} holds claims without their texts: --articles names the folder of these")
        documents = read(source, form, Holder(holder), articles)
        form = Form(target_form) if target_form else form_out(target)
        files = files_of(documents, target, form, Holder(holder), articles)
    except MissingExtra as error:
        raise click.UsageError(str(error)) from error
    except (GoldError, ConvertError) as error:
        say(str(error))
        sys.exit(FAILED)
    except OSError as error:
        say(f"error: {error.filename or source}: {error.strerror or error}")
        sys.exit(FAILED)
    put(files, force)
    say(f"{len(documents)} documents, {sum(len(document.claims) for document in documents)} claims")
