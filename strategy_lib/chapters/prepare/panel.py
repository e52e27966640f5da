"""Chapter 00 in the room: how far an office is with each recommendation, a few at a time."""

from __future__ import annotations

from functools import partial
from typing import Any

import ipywidgets as widgets
import pandas as pd

from strategy_lib.core.messages import say
from strategy_lib.judgements.disagreement import Judged
from strategy_lib.schema.readiness import recommendations
from strategy_lib.widgets.base import Panel
from strategy_lib.widgets.choices import NOT_SAID, coded, levels
from strategy_lib.widgets.parts import button, choice, heading, long_text, paragraph_html, said
from strategy_lib.widgets.rounds import RoundBoard
from strategy_lib.widgets.scale import levels_html
from strategy_lib.widgets.session import Session

TABLE = "readiness"
ITEM = "recommendation_id"
AT_A_TIME = 4


class ReadinessPanel(Panel):
    """Level, importance and evidence for each recommendation, and the rounds."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Readiness: how far are we?", (TABLE,))
        self.items = recommendations()
        units = session.inputs.restricted["units"].dropna(subset=["unit_id"])
        self.unit = choice(
            "About the office:",
            [("your own", ""), *zip(units["name"], units["unit_id"], strict=True)],
        )
        self.first = 0
        self.rows = [_Row(self) for _ in range(min(AT_A_TIME, len(self.items)))]
        self.progress = said()
        self.before_button = button("The ones before", lambda: self.turn(-AT_A_TIME))
        self.next_button = button("The next ones", lambda: self.turn(AT_A_TIME))
        self.rounds = RoundBoard(self, (Judged(TABLE, "level", (ITEM,), self._name),))
        self.body.children = (
            self.unit,
            widgets.HTML(levels_html("readiness_level")),
            *(row.widget for row in self.rows),
            widgets.HBox([self.before_button, self.next_button]),
            self.progress,
            self.rounds.widget,
        )
        self.unit.observe(lambda _: self.show(), names="value")
        self.show()

    def _name(self, item: tuple[str, ...]) -> str:
        titles = dict(zip(self.items[ITEM], self.items["title"], strict=True))
        return f"{item[0]} {titles.get(item[0], '')}".strip()

    def turn(self, by: int) -> None:
        """Show other recommendations."""
        self.later.now()
        last = max(0, (len(self.items) - 1) // AT_A_TIME * AT_A_TIME)
        self.first = min(max(0, self.first + by), last)
        self.show()

    def show(self) -> None:
        """Show what this person entered about the recommendations in sight."""
        mine = self._mine()
        may_enter = self.may_judge(TABLE)
        for place, row in enumerate(self.rows):
            position = self.first + place
            known = position < len(self.items)
            row.widget.layout.display = None if known else "none"
            if known:
                item = self.items.iloc[position]
                row.fill(item, mine.get(str(item[ITEM]), {}), may_enter=may_enter)
        self.before_button.disabled = self.first == 0
        self.next_button.disabled = self.first + AT_A_TIME >= len(self.items)
        self._show_progress(mine)
        self.rounds.show()

    def _show_progress(self, mine: dict[str, dict[str, Any]]) -> None:
        whole = len(self.items)
        last = min(self.first + AT_A_TIME, whole)
        lines = (
            [say("prepare-live-shown", low=self.first + 1, high=last, whole=int(whole))]
            if whole
            else []
        )
        done = sum(_known(row.get("level")) for row in mine.values())
        lines.append(
            "Choose your code above to enter levels."
            if self.is_facilitator
            else say("prepare-live-done", done=int(done), whole=int(whole))
        )
        self.progress.value = paragraph_html(lines)

    def _mine(self) -> dict[str, dict[str, Any]]:
        """This person's rows about the office that is chosen, the latest round of each."""
        frame = self.session.view(self.tables, self.person)[TABLE]
        unit = frame["unit_id"].fillna("") if "unit_id" in frame else ""
        chosen = frame[(frame["assessor_id"] == self.person) & (unit == self.unit.value)]
        ordered = chosen.assign(round=chosen["round"].fillna(1)).sort_values("round")
        return {
            str(row[ITEM]): {str(k): v for k, v in row.items()}
            for row in ordered.to_dict("records")
        }

    def enter(self, item: str, values: dict[str, Any]) -> None:
        """Save what was entered about one recommendation."""
        key = self.judgement(TABLE, **{ITEM: item, "unit_id": self.unit.value or None})
        if self.save(TABLE, key | values) is not None:
            self.rounds.show_state()
            self._show_progress(self._mine())


class _Row:
    """One recommendation: its words, a level, its importance, the evidence."""

    def __init__(self, panel: ReadinessPanel) -> None:
        self.panel = panel
        self.item = ""
        self.words = widgets.HTML()
        self.level = choice("Level:", coded("readiness_level", numbers=True))
        self.importance = choice("How much it matters here:", levels(TABLE, "importance"))
        self.evidence = long_text("Evidence:", "What anybody could look at. No names of people.")
        self.widget = widgets.VBox([self.words, self.level, self.importance, self.evidence])
        self._filling = False
        for name in ("level", "importance", "evidence"):
            getattr(self, name).observe(partial(self._on_change, name), names="value")

    def fill(self, item: pd.Series[Any], known: dict[str, Any], *, may_enter: bool) -> None:
        """Show one recommendation with what was entered about it."""
        self.item = str(item[ITEM])
        self.words.value = heading(f"{item[ITEM]}. {item['title']}").value + paragraph_html(
            [f"In place (level 3) would mean: {item['in_place']}"]
        )
        self._filling = True
        for name in ("level", "importance"):
            value: Any = known.get(name)
            getattr(self, name).value = int(value) if _known(value) else NOT_SAID
        evidence = known.get("evidence")
        self.evidence.value = str(evidence) if _known(evidence) else ""
        self._filling = False
        for control in (self.level, self.importance, self.evidence):
            control.disabled = not may_enter

    def _on_change(self, name: str, change: Any) -> None:
        if self._filling:
            return
        value = change["new"]
        empty = value == NOT_SAID or (isinstance(value, str) and not value.strip())
        self.panel.enter(self.item, {name: None if empty else value})


def _known(value: Any) -> bool:
    return value is not None and not pd.isna(value)
