"""Pages from templates: one file each, nothing fetched, no script but our own."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from strategy_lib.publishing.safe import script_json, script_source
from strategy_lib.resources import resource

# The notebooks and the pages' own words are English; the forms' language is another matter.
LANGUAGE = "en"

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(value: date) -> str:
    """A date as it is written out, whatever the computer's language.

    Examples
    --------
    >>> day(date(2026, 11, 1))
    '1 November 2026'
    """
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


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
    page = _templates().get_template(template)
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


def page_scripts(has_figures: bool) -> tuple[str, ...]:
    """Scripts of a chapter page; plotly.js, once, where there is something to draw."""
    drawing = (plotly_js(), template_text("charts.js")) if has_figures else ()
    return (template_text("page.js"), *drawing)


@cache
def plotly_js() -> str:
    """Source of plotly.js as it travels with the Python package."""
    spec = importlib.util.find_spec("plotly")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("plotly is not installed")
    path = Path(spec.origin).parent / "package_data" / "plotly.min.js"
    return path.read_text(encoding="utf-8")


@cache
def template_text(name: str) -> str:
    """One of our own files without its comments."""
    return _templates().get_template(name).render()


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(resource("templates", "report")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters["day"] = day
    environment.filters["script_json"] = script_json
    return environment
