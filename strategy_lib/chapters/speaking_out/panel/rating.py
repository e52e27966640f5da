"""Ratings of one case by one person: harm to each group, what a way could help, cost of silence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import ipywidgets as widgets

from strategy_lib.chapters.speaking_out.context import Context
from strategy_lib.chapters.speaking_out.panel.base import SpeakingOutParts
from strategy_lib.schema.schema import table_schema
from strategy_lib.widgets.choices import NOT_SAID, coded
from strategy_lib.widgets.judgement_row import JudgementRow
from strategy_lib.widgets.parts import choice, heading, paragraph_html, said
from strategy_lib.widgets.session import within

HARM, HELP, SILENCE = "harm_ratings", "route_ratings", "silence_ratings"
_HOW_BAD = ("0 not at all", "1 a little", "2 moderate", "3 serious", "4 grave")
_WORDS: Mapping[str, tuple[str, ...]] = {
    "scale": _HOW_BAD,
    "scope": ("0 nobody", "1 a few", "2 some", "3 many", "4 nearly all"),
    "irremediability": ("0 made good soon", "1 made good later", "2 partly", "3 hardly", "4 never"),
    "likelihood": (
        "0 as good as excluded",
        "1 unlikely",
        "2 possible",
        "3 likely",
        "4 nearly certain",
    ),
    "best": ("0 not at all", "1 a little", "2 somewhat", "3 much", "4 decisively"),
    "severity": _HOW_BAD,
}
_SAME = {
    "severity_low": "severity",
    "severity_high": "severity",
    "likelihood_low": "likelihood",
    "likelihood_high": "likelihood",
    "low": "best",
    "high": "best",
}
_MAIN = {
    HARM: {
        "scale": "How bad for one of them:",
        "scope": "For how many of them:",
        "irremediability": "Can it be made good:",
        "likelihood": "How likely:",
    },
    HELP: {"best": "How much it could help:"},
    SILENCE: {"severity": "How bad silence would be for them:"},
}
_RANGE = {
    HARM: {
        "severity_low": "Severity at least:",
        "severity_high": "Severity at most:",
        "likelihood_low": "Likelihood at least:",
        "likelihood_high": "Likelihood at most:",
    },
    HELP: {"low": "At least:", "high": "At most:"},
    SILENCE: {"severity_low": "At least:", "severity_high": "At most:"},
}
_HARM_NOTE = (
    "Severity is the worst of the first three and outranks likelihood. No answer counts as not "
    "known, never as no risk."
)
_WHAT = [("Harm to people", HARM), ("What a way could help", HELP), ("Cost of silence", SILENCE)]


class RatingControls:
    """Choose what to rate; a row of lists for each group, way or kind of people affected."""

    def __init__(self, panel: SpeakingOutParts) -> None:
        self.panel = panel
        self.what = choice("Rate:", _WHAT)
        self.route = choice("If this way is taken:", [("no way is listed", NOT_SAID)])
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
        context = self.panel.context
        listed = [(name, code) for code, name in context.routes.items()]
        offered = listed or [("no way is listed", NOT_SAID)]
        if list(self.route.options) != offered:
            chosen = self.route.value
            self.route.options = offered
            if chosen in context.routes:
                self.route.value = chosen
        self.show_rows()

    def show_rows(self) -> None:
        """Show one row for everything that is rated here."""
        is_harm, context = self.table == HARM, self.panel.context
        for control in (self.route, self.stage):
            control.layout.display = None if is_harm else "none"
        items = self._items(context)
        if list(self.rows) != [f"{self.table}/{item}" for item in items]:
            self.rows = {f"{self.table}/{item}": self._row(item) for item in items}
            self.box.children = tuple(row.widget for row in self.rows.values())
        for item, row in zip(items, self.rows.values(), strict=True):
            may_enter = self.panel.may_judge(self.table, **self._about(item))
            row.fill(items[item], self._mine(item), may_enter=may_enter)
        self.words.value = paragraph_html(self._told(items))

    def _row(self, item: str) -> JudgementRow:
        table = self.table
        main, ranged = (
            {name: (label, _levels(table, name)) for name, label in fields[table].items()}
            for fields in (_MAIN, _RANGE)
        )
        return JudgementRow(main, ranged, partial(self.enter, item))

    def enter(self, item: str, name: str, value: Any) -> None:
        """Save what was said of one thing; the case's state follows."""
        if self.panel.save(self.table, self.key(item) | {name: value}) is not None:
            self.panel.rounds.show_state()
            self.panel.show_case()

    def _items(self, context: Context) -> dict[str, str]:
        """What is rated here: code -> words."""
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

    def _mine(self, item: str) -> dict[str, Any]:
        """What this person said about it, the later round first."""
        key = {"assessor_id": self.panel.person, **self._about(item)}
        found = within(self.panel.frame(self.table), (key,))
        if found.empty:
            return {}
        ordered = found.assign(round=found["round"].fillna(1)).sort_values("round")
        return {str(name): value for name, value in ordered.iloc[-1].items()}


def _levels(table: str, name: str) -> list[tuple[str, Any]]:
    item = table_schema(table)[name]
    words = _WORDS[_SAME.get(name, name)]
    low = int(item.minimum or 0)
    return [("not said", NOT_SAID), *((word, low + n) for n, word in enumerate(words))]
