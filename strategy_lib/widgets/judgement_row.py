"""One judgement: lists with the levels in words, a range for who is not sure, and the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import ipywidgets as widgets
import pandas as pd

from strategy_lib.widgets.choices import NOT_SAID
from strategy_lib.widgets.parts import choice, heading, long_text, tick

# Field -> its label and the levels that may be chosen.
Lists = Mapping[str, tuple[str, list[tuple[str, Any]]]]


class JudgementRow:
    """What one person says about one thing.

    Parameters
    ----------
    main, ranged : mapping
        Lists that everybody fills in, and those for who is not sure; there may be none of these.
    enter : callable
        Saves the value of one field; None where it was emptied.
    """

    def __init__(self, main: Lists, ranged: Lists, enter: Callable[[str, Any], None]) -> None:
        self.enter = enter
        self.ranged = tuple(ranged)
        self.words = widgets.HTML()
        self.lists = {n: choice(label, levels) for n, (label, levels) in {**main, **ranged}.items()}
        self.reason = long_text("Reason:", "Why, in your own words. No names of people.")
        self.reason.layout.height = "3.4em"
        self.unsure = tick("I am not sure")
        if not ranged:
            self.unsure.layout.display = "none"
        sure = widgets.Box([self.lists[name] for name in main])
        self.range = widgets.Box([self.lists[name] for name in ranged])
        for box in (sure, self.range):
            box.add_class("wb-levels")
        self.widget = widgets.VBox([self.words, sure, self.unsure, self.range, self.reason])
        self._is_filling = False
        self.unsure.observe(lambda _: self._show_range(), names="value")
        for name, control in {**self.lists, "reason": self.reason}.items():
            control.observe(partial(self._on_change, name), names="value")

    def fill(self, words: str, known: Mapping[str, Any], *, may_enter: bool) -> None:
        """Show what was said about it."""
        self.words.value = heading(words).value
        self._is_filling = True
        for name, control in self.lists.items():
            value = _value(known.get(name))
            if value not in [offered for _, offered in control.options]:
                control.options = [*control.options, (f"{value:g}", value)]
            control.value = value
            control.disabled = not may_enter
        self.unsure.value = any(self.lists[name].value != NOT_SAID for name in self.ranged)
        self.unsure.disabled = not may_enter
        self._show_range()
        reason = known.get("reason")
        self.reason.value = "" if reason is None or pd.isna(reason) else str(reason)
        self.reason.disabled = not may_enter
        self._is_filling = False

    def _show_range(self) -> None:
        self.range.layout.display = None if self.unsure.value else "none"

    def _on_change(self, name: str, change: Any) -> None:
        if self._is_filling:
            return
        value = change["new"]
        is_empty = isinstance(value, str) and not value.strip()
        self.enter(name, None if is_empty else value)


def _value(value: Any) -> Any:
    if value is None or pd.isna(value):
        return NOT_SAID
    return int(value) if float(value).is_integer() else float(value)
