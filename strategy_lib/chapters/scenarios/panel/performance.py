"""Options scored in the scenarios that people named: one scenario at a time, each alone."""

from __future__ import annotations

from functools import partial
from typing import Any

import ipywidgets as widgets

from strategy_lib.judgements.disagreement import Judged
from strategy_lib.judgements.matrix import latest
from strategy_lib.widgets.base import Panel
from strategy_lib.widgets.choices import NOT_SAID, levels
from strategy_lib.widgets.fields import named_rows
from strategy_lib.widgets.judgement_row import JudgementRow
from strategy_lib.widgets.parts import choice, heading, offer, paragraph_html, said, table_html
from strategy_lib.widgets.rounds import RoundBoard

PERFORMANCE = "performance"
_NONE = ("no scenario has a name yet", NOT_SAID)


class PerformanceControls:
    """A row of lists for each option, the rounds, and the middle of what the room said."""

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self.scenario = choice("In this future:", [_NONE])
        self.words = said()
        self.box = widgets.VBox()
        self.rows: dict[str, JudgementRow] = {}
        self.middle = widgets.HTML()
        items = ("option_id", "scenario_id")
        self.rounds = RoundBoard(panel, (Judged(PERFORMANCE, "best", items, self._name),))
        self.widget = widgets.VBox(
            [
                heading("How would each option do there?"),
                self.scenario,
                self.words,
                self.box,
                self.middle,
                self.rounds.widget,
            ]
        )
        self.scenario.observe(lambda _: self._show_rows(), names="value")

    def _named(self, table: str, key: str) -> dict[str, str]:
        return {code: words for words, code in named_rows(self.panel.frame(table), table, key)}

    def _name(self, item: tuple[str, ...]) -> str:
        options = self._named("strategic_options", "option_id")
        scenarios = self._named("scenario_names", "scenario_id")
        return f"{options.get(item[0], item[0])} · {scenarios.get(item[1], item[1])}"

    def show(self) -> None:
        """Offer the scenarios that have a name, and show this person's scores."""
        named = self._named("scenario_names", "scenario_id")
        offered = [(words, code) for code, words in named.items()] or [_NONE]
        offer(self.scenario, offered)
        self._show_rows()
        self.rounds.show()

    def _show_rows(self) -> None:
        options = self._named("strategic_options", "option_id") if self.scenario.value else {}
        if list(self.rows) != list(options):
            self.rows = {code: self._row(code) for code in options}
            self.box.children = tuple(row.widget for row in self.rows.values())
        may_enter = self.panel.may_judge(PERFORMANCE)
        for code, row in self.rows.items():
            known = self.panel.said(PERFORMANCE, option_id=code, scenario_id=self.scenario.value)
            row.fill(options[code], known, may_enter=may_enter)
        self.words.value = paragraph_html(self._told(options))
        self.middle.value = self._middle_html(options)

    def _told(self, options: dict[str, str]) -> list[str]:
        if not self.scenario.value:
            return ["Name a scenario first, under “Names”."]
        if not options:
            return ["No option is listed yet; they stand in the form of the scenarios."]
        told = ["0: it would not work there at all. 10: it would do there all that is hoped for."]
        return told + (["Choose your code above to score."] if self.panel.is_facilitator else [])

    def _row(self, option: str) -> JudgementRow:
        offered = {name: levels(PERFORMANCE, name) for name in ("low", "best", "high")}
        return JudgementRow(
            {"best": ("Most likely:", offered["best"])},
            {"low": ("As low as:", offered["low"]), "high": ("As high as:", offered["high"])},
            partial(self.enter, option),
        )

    def enter(self, option: str, name: str, value: Any) -> None:
        """Save what was said of one option."""
        key = self.panel.judgement(PERFORMANCE, option_id=option, scenario_id=self.scenario.value)
        if self.panel.save(PERFORMANCE, key | {name: value}) is not None:
            self.rounds.show_state()

    def _middle_html(self, options: dict[str, str]) -> str:
        """Middle and ends of what everybody said whose round is closed, or who sent a form."""
        frame = self.panel.frame(PERFORMANCE)
        frame = frame[frame["assessor_id"] != self.panel.person]
        scores = latest(frame, ["option_id", "scenario_id"], "best")
        here = scores[scores["scenario_id"] == self.scenario.value].groupby("option_id")["best"]
        said_ = here.agg(["count", "min", "median", "max"])
        if not self.rounds.has_closed or said_.empty:
            return ""
        rows = [
            (
                options.get(str(code), code),
                int(row["count"]),
                f"{row['min']:g}",
                f"{row['median']:g}",
                f"{row['max']:g}",
            )
            for code, row in said_.iterrows()
        ]
        headings = ("Option", "Others who scored", "Lowest", "Middle", "Highest")
        return table_html(headings, rows, "What the others said in this future")
