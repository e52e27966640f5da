"""The words of a case held against the rules: each finding mended, or dismissed with a reason."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
import pandas as pd

from strategy_lib.chapters.speaking_out.panel.base import SpeakingOutParts
from strategy_lib.chapters.speaking_out.records import wording
from strategy_lib.chapters.speaking_out.words import said_wording
from strategy_lib.widgets.choices import NOT_SAID
from strategy_lib.widgets.fields import stamp
from strategy_lib.widgets.parts import (
    button,
    choice,
    heading,
    long_text,
    paragraph_html,
    said,
    table_html,
)

TABLE = "dismissed_findings"


class WordingControls:
    """The words as they would be said, the findings, and a field for why one is dismissed."""

    def __init__(self, panel: SpeakingOutParts) -> None:
        self.panel = panel
        self.words = said()
        self.found = widgets.HTML()
        self.which = choice("Dismiss:", [("nothing to dismiss", None)])
        self.role = choice("Role that dismisses it:", [("not said", NOT_SAID), *panel.roles()])
        self.reason = long_text("Because:", "Stays on the record. No names of people.")
        self.dismiss_button = button("Dismiss with this reason", self.dismiss)
        self.widget = widgets.VBox(
            [
                heading("The words"),
                self.words,
                self.found,
                self.which,
                self.role,
                self.reason,
                self.dismiss_button,
            ]
        )
        self.open = pd.DataFrame()

    def show(self) -> None:
        """Hold the words that stand in the case now against the rules."""
        context = self.panel.context
        case = context.case
        words = case.said("words") if case else ""
        self.words.value = paragraph_html([f"“{words}”" if words else "No words are written yet."])
        found = wording(context)
        rows = found[["state", "gravity", "rule", "passage", "why", "suggestion", "reason"]]
        headings = ("State", "Kind", "Rule", "Passage", "Why", "Instead", "Dismissed because")
        told = said_wording(found, bool(words))
        self.found.value = (
            table_html(headings, rows.to_numpy(), told) if len(rows) else paragraph_html([told])
        )
        self.open = found[found["state"] == "open"].reset_index(drop=True)
        pairs = zip(self.open["rule"], self.open["passage"], strict=True)
        options: list[tuple[str, Any]] = [(f"{r}: {p}", n) for n, (r, p) in enumerate(pairs)]
        offered = options or [("nothing to dismiss", None)]
        if list(self.which.options) != offered:
            self.which.options = offered
            self.which.index = 0
        self.dismiss_button.disabled = not options

    def dismiss(self) -> None:
        """Record why a finding is dismissed; the finding stays, with its reason."""
        reason = self.reason.value.strip()
        if self.which.value is None or not reason:
            self.panel.say("Not entered. Choose a finding and write the reason.", is_trouble=True)
            return
        row = self.open.iloc[self.which.value]
        values = {
            "case_id": self.panel.context.shown,
            "rule_id": row["rule_id"],
            "passage": row["passage"],
            "reason": reason,
            "role": self.role.value or None,
            "dismissed_at": stamp(self.panel.session.log.clock()),
        }
        if self.panel.save(TABLE, values) is not None:
            self.reason.value = ""
            self.panel.show()
