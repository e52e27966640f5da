"""Chapter 01 in the room: activities are added and corrected, names decided, surprises marked."""

from __future__ import annotations

from functools import partial
from typing import Any

import ipywidgets as widgets
import pandas as pd

from strategy_lib.chapters.mapping.panel.activity_form import ACTIVITIES, ActivityForm, activities
from strategy_lib.core.messages import Number, say
from strategy_lib.methods.name_matching import resolve_names
from strategy_lib.schema.name_keys import name_key
from strategy_lib.widgets.base import Panel
from strategy_lib.widgets.parts import button, heading, paragraph_html, said
from strategy_lib.widgets.session import Session

NAMES = "name_decisions"
AT_A_TIME = 6
_ROLE = "workshop"


class MappingPanel(Panel):
    """A form for activities, names to decide one by one, and what the centre did not know."""

    def __init__(self, session: Session) -> None:
        tables = (ACTIVITIES, NAMES)
        super().__init__(session, "Mapping: add, correct, confirm", tables, by_assessor=False)
        self.form = ActivityForm(self)
        self.names = _Names(self)
        self.known = _Known(self)
        self.body.children = (self.form.widget, self.names.widget, self.known.widget)
        self.show()

    def show(self) -> None:
        """Show what is there now."""
        self.form.show()
        self.names.show()
        self.known.show()


class _Names:
    """Pairs of names that look alike: the same organisation, or two?"""

    def __init__(self, panel: MappingPanel) -> None:
        self.panel = panel
        self.later: set[frozenset[str]] = set()
        self.pair: tuple[str, str] | None = None
        self.question = said()
        self.buttons = {
            "same": button("The same organisation", partial(self.decide, "same")),
            "different": button("Two different ones", partial(self.decide, "different")),
        }
        self.skip_button = button("Not now", self.skip)
        self.widget = widgets.VBox(
            [
                heading("Names to confirm, one by one"),
                self.question,
                widgets.HBox([*self.buttons.values(), self.skip_button]),
            ]
        )

    def waiting(self) -> pd.DataFrame:
        """Pairs that nobody has decided."""
        panel, inputs = self.panel, self.panel.session.inputs
        counterparts = inputs.restricted["counterparts"]
        named = panel.frame(ACTIVITIES)
        if "counterpart" not in named or "name" not in counterparts:
            return pd.DataFrame(columns=["name", "other_name", "similarity_pct", "why"])
        return resolve_names(
            named["counterpart"].dropna(),
            counterparts.dropna(subset=["name"]),
            panel.frame(NAMES),
            name_key,
            inputs.mapping.likely_match_pct,
        ).to_confirm

    def show(self) -> None:
        """Ask about the next pair."""
        pairs = [
            (str(r["name"]), str(r["other_name"]), float(r["similarity_pct"]), str(r["why"]))
            for r in self.waiting().to_dict("records")
        ]
        asked = [pair for pair in pairs if frozenset(pair[:2]) not in self.later]
        for control in (*self.buttons.values(), self.skip_button):
            control.disabled = not asked
        if not asked:
            self.pair = None
            self.question.value = paragraph_html([say("mapping-live-no-pair", later=len(pairs))])
            return
        first, second, similarity, why = asked[0]
        self.pair = (first, second)
        self.question.value = paragraph_html(
            [
                say("mapping-live-same", pairs=len(asked)),
                f"1. {first}",
                f"2. {second}",
                say("mapping-live-alike", points=Number(similarity, 0), what=str(why)),
            ]
        )

    def decide(self, decision: str) -> None:
        """Record what the room says."""
        if self.pair is None:
            return
        name, other = self.pair
        day = self.panel.session.log.clock().date()
        row = {
            "name": name,
            "other_name": other,
            "decision": decision,
            "decided_by_role": _ROLE,
            "decided_date": day.isoformat(),
        }
        if self.panel.save(NAMES, row) is not None:
            self.show()

    def skip(self) -> None:
        """Leave the pair for later."""
        if self.pair is not None:
            self.later.add(frozenset(self.pair))
            self.show()


class _Known:
    """Activities of which nobody has said whether the centre knew them, a few at a time."""

    def __init__(self, panel: MappingPanel) -> None:
        self.panel = panel
        self.first = 0
        self.words = said()
        self.rows = widgets.VBox()
        self.next_button = button("The next ones", self.turn)
        self.widget = widgets.VBox(
            [heading("Did the centre know?"), self.words, self.rows, self.next_button]
        )

    def show(self) -> None:
        """Show the activities that wait for an answer."""
        frame = activities(self.panel)
        open_ones = frame[frame["is_known_to_centre"].isna()]
        if self.first >= len(open_ones):
            self.first = 0
        shown = open_ones.iloc[self.first : self.first + AT_A_TIME]
        self.words.value = paragraph_html(
            [say("mapping-live-waiting", waiting=len(open_ones), activities=len(frame))]
        )
        self.next_button.disabled = len(open_ones) <= AT_A_TIME
        self.rows.children = tuple(self._row(row) for row in shown.to_dict("records"))

    def _row(self, row: dict[Any, Any]) -> widgets.Widget:
        code = str(row["activity_id"])
        words = f"{row['unit_id']}: {row['title']}"
        yes = button("Known", partial(self.mark, code, True), f"Known to the centre: {words}")
        no = button("Not known", partial(self.mark, code, False), f"Not known before: {words}")
        return widgets.HBox([said(words), yes, no])

    def mark(self, code: str, is_known: bool) -> None:
        """Record whether the centre knew an activity."""
        row = {"activity_id": code, "is_known_to_centre": is_known}
        if self.panel.save(ACTIVITIES, row) is not None:
            self.show()

    def turn(self) -> None:
        """Show further ones."""
        self.first += AT_A_TIME
        self.show()
