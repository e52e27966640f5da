"""Pages from templates: one file each, nothing fetched, no script but our own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from strategy_lib.core.resources import resource
from strategy_lib.plotting.theme import visible
from strategy_lib.publishing.safe import script_source
from strategy_lib.schema.dates import written_day

# The notebooks and the pages' own words are English; the forms' language is another matter.
LANGUAGE = "en"


def render(template: str, values: Mapping[str, Any], scripts: Sequence[str] = ()) -> str:
    """One page as HTML.

    Parameters
    ----------
    template : str
        File in `templates/report/`.
    values : mapping
        What the template shows; every text is escaped unless it is `Markup`.
    scripts : sequence of str
        The only scripts that the page may run, in this order, at the end of its body.
    """
    own = [Markup(source) for source in scripts]
    page = templates("report").get_template(template)
    return page.render(**values, language=LANGUAGE, policy=content_policy(scripts), scripts=own)


def content_policy(scripts: Sequence[str]) -> str:
    """The content security policy of a page that runs `scripts` and loads nothing.

    Examples
    --------
    >>> content_policy([]).split("; ")[-3:]
    ["script-src 'none'", "base-uri 'none'", "form-action 'none'"]
    """
    allowed = " ".join(map(script_source, scripts)) or "'none'"
    return (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
        f"script-src {allowed}; base-uri 'none'; form-action 'none'"
    )


@cache
def template_text(name: str) -> str:
    """One of our own files without its comments."""
    return templates("report").get_template(name).render()


@cache
def templates(folder: str) -> Environment:
    """Our own templates in a folder of `templates/`: all that they show is escaped, none missing."""
    environment = Environment(
        loader=FileSystemLoader(resource("templates", folder)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = written_day
    environment.filters["seen"] = lambda value: visible(str(value))
    environment.filters["words"] = lambda code: str(code).replace("_", " ").capitalize()
    return environment
