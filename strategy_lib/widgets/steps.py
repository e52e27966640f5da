"""A panel with one part in sight at a time: what the room does now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ipywidgets as widgets

from strategy_lib.widgets.base import Panel


class StepsPanel(Panel):
    """The frame of a panel whose parts are shown one after another."""

    step: widgets.ToggleButtons
    parts: Mapping[str, widgets.Widget]

    def arrange(
        self, parts: Mapping[str, widgets.Widget], above: Sequence[widgets.Widget] = ()
    ) -> None:
        """Put the parts into the panel, the first one in sight.

        Parameters
        ----------
        parts : mapping of str to Widget
            What the button of a part says -> the part.
        above : sequence of Widget, optional
            What stays in sight above the buttons.
        """
        self.parts = parts
        self.step = widgets.ToggleButtons(
            options=list(parts), description="Now:", style={"button_width": "auto"}
        )
        self.body.children = (*above, self.step, *parts.values())
        self.step.observe(lambda _: self.show_part(), names="value")

    def show_part(self) -> None:
        """Show the part that is chosen, and none of the others."""
        for name, part in self.parts.items():
            part.layout.display = None if name == self.step.value else "none"
