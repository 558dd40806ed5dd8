"""What every page of this project shares: escaping, one style and one script, and a policy that admits no other.

A page is a template that extends ``frame.html``. Its style and script stand in it and are named by their hashes, so
that nothing which an article brings along can run.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from extractor import __version__

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = "extractor.view"


def render(
    package: str,
    template: str,
    values: Mapping[str, Any],
    *,
    style: str,
    script: str | None = None,
    filters: Mapping[str, Callable[..., Any]] | None = None,
    form_action: str = "'none'",
) -> str:
    """Return a page.

    Args:
        package: where its files lie, as ``extractor.view``.
        template: name of the template, which extends ``frame.html``.
        values: what the template is filled with; everything is escaped.
        style: name of its style, put behind that of the frame.
        script: name of its script, if it has one.
        filters: further filters of the template.
        form_action: where forms may be sent, as the policy says it.
    """
    css = _resource(_HERE, "frame.css") + _resource(package, style)
    code = _resource(package, script) if script else ""
    environment = _environment(package)
    environment.filters |= filters or {}
    policy = (
        f"default-src 'none'; style-src '{_hash(css)}'; script-src {_quoted(code)}; "
        f"base-uri 'none'; form-action {form_action}"
    )
    return environment.get_template(template).render(values, version=__version__, policy=policy, style=css, script=code)


@cache
def _environment(package: str) -> Environment:
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    # The path of the templates is relative to the package: there is no other folder to load from.
    return Environment(
        loader=ChoiceLoader([PackageLoader(name, ".") for name in dict.fromkeys((package, _HERE))]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _resource(package: str, name: str) -> str:
    return resources.files(package).joinpath(name).read_text(encoding="utf-8")


def _quoted(code: str) -> str:
    return f"'{_hash(code)}'" if code else "'none'"


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
