"""Chapter 07 in the room: signals are sorted, areas scored in silence, roles spoken for oneself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import ipywidgets as widgets
import pandas as pd

from strategy_lib.judgements.disagreement import Judged
from strategy_lib.schema.schema import code_list
from strategy_lib.widgets.choices import levels
from strategy_lib.widgets.fields import facts_html, named_rows, rows_html
from strategy_lib.widgets.judgement_row import JudgementRow
from strategy_lib.widgets.parts import button, choice, offer, paragraph_html, said, type_ahead
from strategy_lib.widgets.record_form import RecordForm
from strategy_lib.widgets.rounds import RoundBoard
from strategy_lib.widgets.session import Session
from strategy_lib.widgets.steps import StepsPanel

SIGNALS, ROLES, SCORES, AREAS = "signals", "issue_roles", "focus_scores", "focus_areas"
_SORT, _SCORE, _ROLES = "Sort signals", "Score areas", "Who plays which part"
_NOBODY = ("none yet", "")


class WatchingPanel(StepsPanel):
    """A signal at a time; a focus area at a time, alone; an organisation, by itself."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Watch, choose, share", (SIGNALS, SCORES, ROLES))
        self.sorting = RecordForm(
            self,
            SIGNALS,
            "What becomes of it",
            ("use", "theme", "flow", "for_units", "signpost_id"),
            named_by="title",
            nothing="choose a signal",
            told=_signal_html,
            listed=_to_sort,
        )
        self.area = choice("Area:", [_NOBODY])
        self.why = said()
        self.rows = {
            code: JudgementRow(
                {"best": ("Score:", levels(SCORES, "best"))}, {}, partial(self.enter, code)
            )
            for code in code_list("focus_criterion").values
        }
        items = ("area_id", "criterion")
        self.rounds = RoundBoard(self, (Judged(SCORES, "best", items, self._name),))
        self.organisation = type_ahead("We speak for:", [])
        self.grid = widgets.HTML()
        self.role = RecordForm(
            self,
            ROLES,
            "Our own part, and whether we may be named",
            ("issue", "role", "does", "may_be_listed", "may_be_linked", "gives", "needs"),
            fixed=lambda: {"organisation": self.organisation.value.strip()},
        )
        scoring = [row.widget for row in self.rows.values()]
        self.arrange(
            {
                _SORT: widgets.VBox(
                    [button("The next signal", self.sorting.turn), self.sorting.widget]
                ),
                _SCORE: widgets.VBox([self.area, self.why, *scoring, self.rounds.widget]),
                _ROLES: widgets.VBox([self.organisation, self.grid, self.role.widget]),
            }
        )
        self.area.observe(lambda _: self._show_scores(), names="value")
        self.organisation.observe(lambda _: self._begin_role(), names="value")
        self.show()

    def _areas(self) -> dict[str, str]:
        return {code: words for words, code in named_rows(self.frame(AREAS), AREAS, "area_id")}

    def _name(self, item: tuple[str, ...]) -> str:
        area, criterion = item
        return f"{self._areas().get(area, area)} · {code_list('focus_criterion').label(criterion)}"

    def show(self) -> None:
        """Show signals, this person's scores, and roles of the organisation that speaks."""
        offered = [(words, code) for code, words in self._areas().items()] or [_NOBODY]
        offer(self.area, offered)
        self.sorting.show()
        self._show_scores()
        self._show_roles()
        self.rounds.show()
        self.show_part()

    def _show_scores(self) -> None:
        may_enter = self.may_judge(SCORES) and bool(self.area.value)
        for code, row in self.rows.items():
            words = code_list("focus_criterion").label(code)
            row.fill(
                words,
                self.said(SCORES, area_id=self.area.value, criterion=code),
                may_enter=may_enter and bool(self.area.value),
            )
        told = ["0: not at all. 10: as much as can be. No total is made, so there is no order."]
        told += ["Choose your code above to score."] if self.is_facilitator else []
        self.why.value = paragraph_html(told)

    def enter(self, criterion: str, name: str, value: Any) -> None:
        """Save what was said of one criterion of the area."""
        key = self.judgement(SCORES, area_id=self.area.value, criterion=criterion)
        if self.save(SCORES, key | {name: value}) is not None:
            self.rounds.show_state()

    def _begin_role(self) -> None:
        self.role.begin()
        self._show_roles()

    def _show_roles(self) -> None:
        """Rows of the organisation that speaks, and of no other."""
        self.role.show()
        speaks, rows = self.organisation.value.strip(), self.role.rows()
        names = ("issue", "role", "may_be_listed", "may_be_linked")
        told = paragraph_html(["Each organisation speaks for itself: write which one."])
        self.grid.value = told if rows.empty else rows_html(ROLES, rows, names, speaks)


def _to_sort(signals: pd.DataFrame) -> pd.DataFrame:
    """Signals of which nobody has said what becomes of them first, the newest before others."""
    is_sorted = signals["use"].notna()
    order = signals.assign(is_sorted=is_sorted).sort_values(
        ["is_sorted", "seen_at"], ascending=[True, False], kind="stable"
    )
    return order.drop(columns="is_sorted")


def _signal_html(row: Mapping[Any, Any]) -> str:
    """The signal as an office sent it."""
    names = ("kind", "unit_id", "seen_at", "what", "source", "grade", "use")
    return facts_html(SIGNALS, row, names, row["title"])
