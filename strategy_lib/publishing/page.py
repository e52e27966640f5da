"""Pages from templates: one file each, nothing fetched, no script but our own."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from strategy_lib.core.resources import resource
from strategy_lib.publishing.safe import script_json, script_source
from strategy_lib.schema.dates import written_day

# The notebooks and the pages' own words are English; the forms' language is another matter.
LANGUAGE = "en"

# Kinds of traces, of those that a page can hold, for which the smaller plotly.js is enough.
ON_PLAIN_AXES = frozenset(["bar", "box", "contour", "heatmap", "pie", "scatter", "scatterternary"])
_HEAD = 200


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


def chart_scripts(kinds: Collection[str]) -> tuple[str, ...]:
    """What draws figures with traces of these kinds: plotly.js, and how we use it."""
    if not kinds:
        return ()
    return (plotly_js(is_whole=not ON_PLAIN_AXES.issuperset(kinds)), template_text("charts.js"))


@cache
def plotly_js(*, is_whole: bool = False) -> str:
    """Source of plotly.js: its bundle for plain axes, else the whole as the Python package has it.

    The bundle is a third as large, and a page opens as much faster. It is taken while its version
    is that of the package (`tools/plotly_bundle.py` brings the one that fits).
    """
    spec = importlib.util.find_spec("plotly")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("plotly is not installed")
    whole = Path(spec.origin).parent / "package_data" / "plotly.min.js"
    bundle = resource("templates", "report", "plotly", "plotly-cartesian.min.js")
    is_usable = plotly_version(bundle) == plotly_version(whole)
    path = bundle if is_usable and not is_whole else whole
    return path.read_text(encoding="utf-8")


def plotly_version(path: Path) -> str:
    """Version of a file of plotly.js, as its first lines say it; empty where they do not."""
    with path.open("rb") as file:
        found = re.search(rb"plotly\.js [^\n]*v([0-9.]+)", file.read(_HEAD))
    return found[1].decode() if found else ""


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
    environment.filters["day"] = written_day
    environment.filters["script_json"] = script_json
    return environment
