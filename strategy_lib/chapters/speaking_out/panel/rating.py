"""Ratings of one case by one person: harm to each group, what a way could help, cost of silence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import ipywidgets as widgets

from strategy_lib.chapters.speaking_out.panel.base import SpeakingOutParts
from strategy_lib.widgets.choices import NOT_SAID, coded
from strategy_lib.widgets.judgement_row import JudgementRow, Lists
from strategy_lib.widgets.parts import choice, heading, offer, paragraph_html, said

HARM, HELP, SILENCE = "harm_ratings", "route_ratings", "silence_ratings"


def _levels(*words: str) -> list[tuple[str, Any]]:
    """Levels from 0 on, in words, after `not said`."""
    return [("not said", NOT_SAID), *((word, level) for level, word in enumerate(words))]


_HOW_BAD = _levels("0 not at all", "1 a little", "2 moderate", "3 serious", "4 grave")
_HOW_MANY = _levels("0 nobody", "1 a few", "2 some", "3 many", "4 nearly all")
_MADE_GOOD = _levels("0 made good soon", "1 made good later", "2 partly", "3 hardly", "4 never")
_LIKELY = _levels(
    "0 as good as excluded", "1 unlikely", "2 possible", "3 likely", "4 nearly certain"
)
_HELP = _levels("0 not at all", "1 a little", "2 somewhat", "3 much", "4 decisively")
# Table -> field -> its label and its levels: what everybody is asked, and who is not sure.
_MAIN: Mapping[str, Lists] = {
    HARM: {
        "scale": ("How bad for one of them:", _HOW_BAD),
        "scope": ("For how many of them:", _HOW_MANY),
        "irremediability": ("Can it be made good:", _MADE_GOOD),
        "likelihood": ("How likely:", _LIKELY),
    },
    HELP: {"best": ("How much it could help:", _HELP)},
    SILENCE: {"severity": ("How bad silence would be for them:", _HOW_BAD)},
}
_RANGE: Mapping[str, Lists] = {
    HARM: {
        "severity_low": ("Severity at least:", _HOW_BAD),
        "severity_high": ("Severity at most:", _HOW_BAD),
        "likelihood_low": ("Likelihood at least:", _LIKELY),
        "likelihood_high": ("Likelihood at most:", _LIKELY),
    },
    HELP: {"low": ("At least:", _HELP), "high": ("At most:", _HELP)},
    SILENCE: {"severity_low": ("At least:", _HOW_BAD), "severity_high": ("At most:", _HOW_BAD)},
}
_HARM_NOTE = (
    "Severity is the worst of the first three and outranks likelihood. No answer counts as not "
    "known, never as no risk."
)
_NO_WAY = ("no way is listed", NOT_SAID)
_WHAT = [("Harm to people", HARM), ("What a way could help", HELP), ("Cost of silence", SILENCE)]


class RatingControls:
    """Choose what to rate; a row of lists for each group, way or kind of people affected."""

    def __init__(self, panel: SpeakingOutParts) -> None:
        self.panel = panel
        self.what = choice("Rate:", _WHAT)
        self.route = choice("If this way is taken:", [_NO_WAY])
        self.stage = choice("When:", coded("harm_stage")[1:])
        self.words = said()
        self.box = widgets.VBox()
        self.rows: dict[str, JudgementRow] = {}
        self.widget = widgets.VBox(
            [heading("Rate, each alone"), self.what, self.route, self.stage, self.words, self.box]
        )
        for control in (self.what, self.route, self.stage):
            control.observe(self._on_choice, names="value")

    @property
    def table(self) -> str:
        """Table that is rated into."""
        return str(self.what.value)

    def _on_choice(self, _: Any) -> None:
        self.panel.later.now()
        self.show_rows()

    def show(self) -> None:
        """Offer the ways of the case, and show this person's ratings."""
        offer(self.route, self.panel.ways() or [_NO_WAY])
        self.show_rows()

    def show_rows(self) -> None:
        """Show one row for everything that is rated here."""
        for control in (self.route, self.stage):
            control.layout.display = None if self.table == HARM else "none"
        items = self._items()
        if list(self.rows) != [f"{self.table}/{item}" for item in items]:
            self.rows = {f"{self.table}/{item}": self._row(item) for item in items}
            self.box.children = tuple(row.widget for row in self.rows.values())
        for item, row in zip(items, self.rows.values(), strict=True):
            about = self._about(item)
            may_enter = self.panel.may_judge(self.table, **about)
            row.fill(items[item], self.panel.said(self.table, **about), may_enter=may_enter)
        self.words.value = paragraph_html(self._told(items))

    def _row(self, item: str) -> JudgementRow:
        return JudgementRow(_MAIN[self.table], _RANGE[self.table], partial(self.enter, item))

    def enter(self, item: str, name: str, value: Any) -> None:
        """Save what was said of one thing; the case's state follows."""
        if self.panel.save(self.table, self.key(item) | {name: value}) is not None:
            self.panel.rounds.show_state()
            self.panel.show_case()

    def _items(self) -> dict[str, str]:
        """What is rated here: code -> words."""
        context = self.panel.context
        if context.case is None:
            return {}
        if self.table == HELP:
            return context.routes
        if self.table == SILENCE:
            return {str(code): label for label, code in coded("silence_affected")[1:]}
        return context.groups if self.route.value else {}

    def _told(self, items: dict[str, str]) -> list[str]:
        if not items:
            return ["Nothing to rate yet: write down who is exposed and which ways there are."]
        told = [_HARM_NOTE] if self.table == HARM else []
        if self.panel.is_facilitator:
            told.append("Choose your code above to rate.")
        return told

    def key(self, item: str) -> dict[str, Any]:
        """What says which judgement is meant."""
        return self.panel.judgement(self.table, **self._about(item))

    def _about(self, item: str) -> dict[str, Any]:
        if self.table == HELP:
            return {"route_id": item}
        if self.table == SILENCE:
            return {"case_id": self.panel.context.shown, "affected": item}
        return {"group_id": item, "route_id": self.route.value, "stage": self.stage.value}
