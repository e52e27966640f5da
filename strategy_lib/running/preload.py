"""What the server of a run imports, and does once, before any step is forked from it.

It reads nothing that offices sent, so that no process forked from it holds a row but those that it
was given.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from importlib import import_module
from pkgutil import iter_modules

from strategy_lib.running.workers import shut_out

_MODULES = (
    "strategy_lib.editions.restrict",
    "strategy_lib.inputs.read",
    "strategy_lib.running.steps",
    "strategy_lib.running.execution",
    "strategy_lib.notebook",
    "strategy_lib.publishing.edition",
    "strategy_lib.publishing.documents",
    "strategy_lib.publishing.word.document",
    "scipy.optimize",
)
_PARTS = ("analysis", "figures")


def load() -> None:
    """Import all that a run needs; what cannot be imported fails in the step that needs it."""
    import strategy_lib.chapters as chapters

    for name in _MODULES:
        with suppress(Exception):
            import_module(name)
    for chapter in iter_modules(chapters.__path__, "strategy_lib.chapters."):
        for part in _PARTS if chapter.ispkg else ():
            with suppress(Exception):
                import_module(f"{chapter.name}.{part}")


def warm() -> None:
    """What the first notebook, the first table and the first figure of a process do once."""
    import nbformat
    import pandas as pd
    import plotly.graph_objects as go
    import plotly.io as pio

    from strategy_lib.plotting.grids import grid
    from strategy_lib.plotting.theme import finish
    from strategy_lib.publishing.display import figure_outputs
    from strategy_lib.publishing.results import csv_bytes
    from strategy_lib.schema.reference import reference, reference_names
    from strategy_lib.schema.schema import schemas

    # What chapters read of the workbook's own, which is nobody's secret.
    schemas()
    for name in reference_names():
        reference(name)
    # Every figure gets the house look when it is finished; until then plotly would carry and copy
    # a look of its own.
    pio.templates.default = None
    pio.renderers.default = "plotly_mimetype"
    nbformat.validate(nbformat.v4.new_notebook())  # type: ignore[no-untyped-call]
    frame = pd.DataFrame({"a": ["b"], "c": [1]})
    frame._repr_html_()  # type: ignore[operator]
    csv_bytes(frame)
    bars = go.Bar(x=frame["a"], y=frame["c"], text=frame["a"], marker_color="#000", name="d")
    lines = go.Scatter(x=frame["a"], y=frame["c"], mode="lines+markers+text", text=frame["a"])
    drawn = go.Figure([bars, lines]).update_layout(showlegend=True, shapes=[{}], annotations=[{}])
    for figure in (finish(drawn, "e"), grid(frame[["c"]], frame[["c"]].astype("str"), "f")):
        figure_outputs(figure, frame, "g", "h")
        pio.renderers["plotly_mimetype"].to_mimebundle(figure.to_dict())


# Imported faster without it, and forked processes share the memory of what was imported.
gc.disable()
shut_out()
load()
with suppress(Exception):
    warm()
gc.freeze()
gc.enable()
