"""What the site's build makes of the code: the pages of the reference, and the list of the how-to pages.

mkdocs calls the functions whose names begin with ``on_``.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

import extractor
from extractor import pipeline
from extractor.cli import main
from extractor.facts import DerivedFact, Inconsistency, check, derive
from extractor.lexicon.own import OwnLexicon, read_lexicon
from extractor.schema import json_schema

HOW_TO = "How to"
_WIDE = 76
#: Pages that another command makes; without them the site is whole, too.
MADE_ELSEWHERE = {"benchmark.md"}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Complete the navigation: pages that it does not name are how-to pages; those not made yet are left out."""
    nav: list[Any] = list(config.nav or [])
    there = {path.name for path in Path(config.docs_dir).glob("*.md")}
    named = set(_names(nav))
    absent = (named & MADE_ELSEWHERE) - there
    for position, entry in enumerate(nav):
        if isinstance(entry, dict):
            (title, pages), *_ = entry.items()
            if isinstance(pages, list):
                others = sorted(there - named) if title == HOW_TO else []
                nav[position] = {
                    title: [page for page in [*pages, *others] if not (isinstance(page, str) and page in absent)]
                }
    config.nav = nav
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the reference."""
    for name, content in (("schema", schema_page()), ("cli", cli_page()), ("api", api_page())):
        files.append(File.generated(config, f"reference/{name}.md", content=content))
    return files


def _names(nav: Any) -> Iterator[str]:
    for entry in nav:
        value = next(iter(entry.values())) if isinstance(entry, dict) else entry
        yield from _names(value) if isinstance(value, list) else [value]


# --- the schema ---


def schema_page() -> str:
    """The fields of a claim and of its parts, as the JSON Schema has them."""
    schema = json_schema()
    parts = ["# The schema of a claim", _prose(schema["description"]), _fields(schema)]
    parts.append("`cifre schema` prints the same as JSON Schema, for programs.")
    for name, part in schema["$defs"].items():
        parts += [f"## {name}", _prose(part.get("description", ""))]
        parts.append(
            _fields(part) if "properties" in part else "One of " + ", ".join(f"`{v}`" for v in part["enum"]) + "."
        )
    return "\n\n".join(parts)


def _fields(schema: dict[str, Any]) -> str:
    required = schema.get("required", [])
    lines = ["| key | type | |", "| --- | --- | --- |"]
    for key, field in schema["properties"].items():
        default = (
            ""
            if field.get("default") is None or key not in required
            else f"`{field['default']}` where nothing else is said"
        )
        note = " ".join(part for part in (field.get("description", ""), default) if part)
        lines.append(f"| `{key}` | {_type(field)} | {note} |")
    return "\n".join(lines)


def _type(field: dict[str, Any]) -> str:
    if "anyOf" in field:
        return " or ".join(_type(part) for part in field["anyOf"])
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "const" in field:
        return f"`{field['const']}`"
    if field.get("type") == "array":
        return f"list of {_type(field['items'])}"
    return str(field.get("type", "any"))


# --- the command line ---


def cli_page() -> str:
    """Every command with its options."""
    return "\n\n".join(["# The command line", _prose(inspect.cleandoc(main.help or "")), *_commands(main, "cifre", 2)])


def _commands(group: click.Group, name: str, level: int) -> Iterator[str]:
    for command in sorted(group.commands.values(), key=lambda each: str(each.name)):
        context = click.Context(command, info_name=f"{name} {command.name}")
        yield f"{'#' * level} {context.info_name}"
        if isinstance(command, click.Group):
            yield _prose(inspect.cleandoc(command.help or ""))
            yield from _commands(command, str(context.info_name), level + 1)
            continue
        yield f"```text\n{context.info_name} {' '.join(command.collect_usage_pieces(context))}\n```"
        yield _prose(inspect.cleandoc(command.help or ""))
        options = (each for each in command.get_params(context) if isinstance(each, click.Option))
        rows = [record for option in options if (record := option.get_help_record(context))]
        yield "\n".join(
            ["| option | |", "| --- | --- |", *(f"| `{_cell(names)}` | {_cell(text)} |" for names, text in rows)]
        )


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


# --- the Python API ---


def api_page() -> str:
    """The public functions and classes, by their docstrings."""
    parts = ["# The Python API", "What `import extractor` gives is meant to stay; so is what is listed here."]
    functions: list[Callable[..., Any]] = [
        extractor.load,
        extractor.extract,
        extractor.extract_many,
        extractor.parse_quantity,
    ]
    parts += ["## extractor", *(_function(f, f"extractor.{f.__name__}") for f in functions)]
    parts.append("`extractor.Claim` and `extractor.Quantity`: see [the schema](schema.md).")
    parts += ["## A pipeline", *_class(pipeline.Pipeline)]
    parts += ["## Lexicons", _function(read_lexicon, "extractor.lexicon.own.read_lexicon"), *_class(OwnLexicon)]
    facts: list[Callable[..., Any]] = [derive, check]
    parts += ["## Derived facts", *(_function(f, f"extractor.facts.{f.__name__}") for f in facts)]
    parts += [part for model in (DerivedFact, Inconsistency) for part in _class(model)]
    return "\n\n".join(parts)


def _function(function: Callable[..., Any], name: str, level: int = 3) -> str:
    signature = inspect.signature(function)
    arguments = [_argument(each) for each in signature.parameters.values() if each.name != "self"]
    short = f"{name.rpartition('.')[2]}({', '.join(arguments)}) -> {signature.return_annotation}"
    if len(short) > _WIDE:
        short = short.replace(f"({', '.join(arguments)})", "(\n    " + ",\n    ".join(arguments) + ",\n)", 1)
    return f"{'#' * level} {name}\n\n```python\n{short}\n```\n\n{_docstring(function)}"


def _argument(parameter: inspect.Parameter) -> str:
    default = "" if parameter.default is inspect.Parameter.empty else f" = {parameter.default!r}"
    return f"{parameter.name}: {parameter.annotation}{default}"


def _class(cls: type[Any]) -> Iterator[str]:
    yield f"### {cls.__module__}.{cls.__name__}\n\n{_docstring(cls)}"
    members: dict[str, Any] = dict(vars(cls))
    for name, member in members.items():
        if inspect.isfunction(member) and not name.startswith("_"):
            yield _function(member, f"{cls.__name__}.{name}", 4)


def _docstring(thing: Any) -> str:
    """A docstring as Markdown: its sections (``Args:``, ``Raises:``) as lists."""
    lines: list[str] = []
    inside = False
    for line in (inspect.getdoc(thing) or "").splitlines():
        if re.fullmatch(r"(Args|Raises|Returns|Attributes|Yields):", line):
            lines += [f"**{line[:-1]}**", ""]
            inside = True
        elif inside and (item := re.match(r"    ([\w, |.]+?): (.*)", line)):
            lines.append(f"- `{item[1]}`: {item[2]}")
        elif inside and line.startswith("     "):
            lines.append("  " + line.strip())
        else:
            lines.append(line)
    return _prose("\n".join(lines))


def _prose(text: str) -> str:
    """Markdown of what the docstrings hold of reStructuredText: roles and double backticks."""
    text = re.sub(r":\w+:`~?([\w.]+)`", lambda role: f"`{role[1].rpartition('.')[2]}`", text)
    return text.replace("``", "`")
