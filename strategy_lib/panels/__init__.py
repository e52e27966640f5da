"""The room's instrument: panels of widgets in which a workshop enters, sees and decides.

The only code that knows ipywidgets. A notebook's cell with the tag `workshop` makes a panel in one
line; a batch run drops such cells, so that it never needs widgets. A panel's module is imported
when the panel is asked for, and no other.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from strategy_lib.panels.brief import brief_panel
    from strategy_lib.panels.home import home_panel
    from strategy_lib.panels.mapping import mapping_panel
    from strategy_lib.panels.presence import presence_panel
    from strategy_lib.panels.readiness import readiness_panel
    from strategy_lib.panels.scenarios import scenarios_panel
    from strategy_lib.panels.speaking_out import speaking_out_panel

__all__ = [
    "brief_panel",
    "home_panel",
    "mapping_panel",
    "presence_panel",
    "readiness_panel",
    "scenarios_panel",
    "speaking_out_panel",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{name.removesuffix('_panel')}")
    return getattr(module, name)
