"""Futures side by side as HTML, with what the page's script needs to show one alone."""

from __future__ import annotations

import json

from markupsafe import Markup

from strategy_lib.plotting.futures import FutureChooser
from strategy_lib.plotting.pictures import payload
from strategy_lib.publishing.pictures import drawing_html
from strategy_lib.publishing.safe import escaped


@drawing_html.register
def _(drawing: FutureChooser, title: str) -> Markup:
    grid = drawing_html(drawing.grid, title)
    if not drawing.futures:
        return grid
    held = {name: part for name, part in payload(drawing).items() if name not in ("grid", "kind")}
    return Markup('{}<div class="futures screen-only" hidden data-held="{}"></div>\n').format(
        grid, escaped(json.dumps(held, ensure_ascii=False, sort_keys=True))
    )
