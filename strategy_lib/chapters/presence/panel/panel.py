"""Chapter 02 in the room: score, weigh, and see at once which option comes first and why."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from typing import Any

import ipywidgets as widgets

from strategy_lib.chapters.presence.figures import rank_traces, ranks
from strategy_lib.chapters.presence.panel.base import PresenceParts
from strategy_lib.chapters.presence.panel.controls import ScoreControls, WeightControls
from strategy_lib.chapters.presence.panel.model import (
    SCORES,
    WEIGHTS,
    PresenceModel,
    change_words,
    in_list_order,
    title_of,
)
from strategy_lib.judgements.disagreement import Judged
from strategy_lib.plotting.columns import NothingToDraw
from strategy_lib.widgets.charts import LiveChart
from strategy_lib.widgets.parts import heading, paragraph_html, side_by_side
from strategy_lib.widgets.rounds import RoundBoard
from strategy_lib.widgets.session import Session

_MINE, _ROOM = "My answers alone", "The room, with mine in it"
_SEALED = "How the room ranks the options is shown once round 1 is closed."


class PresencePanel(PresenceParts):
    """Scores, swing weights, the live comparison, and the rounds."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Presence: score, weigh, compare", (SCORES, WEIGHTS))
        self.whose = widgets.ToggleButtons(
            options=[_MINE, _ROOM], description="Compare:", style={"button_width": "auto"}
        )
        self._drawn: list[str] = []
        self._is_complete = False
        self.model = self._model()
        self.scoring = ScoreControls(self)
        self.weighing = WeightControls(self)
        self.chart = LiveChart("Share of draws in which each option takes each rank")
        # The finding stands above the chart, where it is wrapped and not cut.
        self.finding = widgets.HTML()
        self.change = widgets.HTML()
        self.rounds = RoundBoard(self, self._judged())
        comparing = widgets.VBox(
            [
                heading("What follows"),
                self.whose,
                self.finding,
                self.chart.widget,
                heading("What would have to change"),
                self.change,
            ]
        )
        entering = widgets.VBox([self.scoring.widget, self.weighing.widget])
        self.body.children = (side_by_side(entering, comparing), self.rounds.widget)
        self.whose.observe(lambda _: self._on_whose(), names="value")
        self.show()

    def _judged(self) -> tuple[Judged, ...]:
        matrix = self.model.matrix
        options = dict(zip(matrix.options["option_id"], matrix.options["name"], strict=True))
        criteria = dict(zip(matrix.criteria["criterion_id"], matrix.criteria["name"], strict=True))

        def score(item: tuple[str, ...]) -> str:
            return f"{options.get(item[0], item[0])} · {criteria.get(item[1], item[1])}"

        def weight(item: tuple[str, ...]) -> str:
            return f"weight of {criteria.get(item[0], item[0])}"

        return (
            Judged(SCORES, "best", ("option_id", "criterion_id"), score),
            Judged(WEIGHTS, "points", ("criterion_id",), weight),
        )

    def _model(self) -> PresenceModel:
        view = self.session.view(self.tables, self.person)
        is_alone = not self.is_facilitator and self.whose.value == _MINE
        return PresenceModel.of(view, "" if self.is_facilitator else self.person, is_alone=is_alone)

    def show(self) -> None:
        """Show the answers of whoever enters, the comparison, and the rounds."""
        self.model = self._model()
        self.whose.disabled = self.is_facilitator or not self.rounds.has_closed
        self.scoring.show()
        self.weighing.show()
        self.compare()
        self.rounds.show()

    def complete(self) -> None:
        """Show the comparison, which the rest of the panel does not wait for."""
        self._is_complete = True
        self.compare()

    def compare(self) -> None:
        """Show what follows from the answers as they are dragged."""
        if not self._is_complete:
            return
        if not (self.model.is_alone or self.rounds.has_closed):
            self.chart.show(NothingToDraw(_SEALED))
            self.finding.value = ""
            self._drawn = []
            self.change.value = ""
            return
        standing = self.model.standing()
        whose = "Your answers alone" if self.model.is_alone else "The room"
        title = title_of(standing, whose)
        self.finding.value = "" if standing is None else heading(title, 5).value
        if standing is None:
            self.chart.show(NothingToDraw(title))
        else:
            table = in_list_order(standing, self.model.matrix)
            # To draw the figure anew takes as long as to compute what it shows.
            is_same = list(table["option"]) == self._drawn
            if not is_same or not self.chart.move(rank_traces(table)):
                self.chart.show(ranks(table, ""))
                self._drawn = list(table["option"])
        self.change.value = paragraph_html(change_words(standing, self.model))

    def plan_save(self, key: Hashable, table: str, row: dict[str, Any]) -> None:
        """Save a row once it has rested, for whoever enters now."""
        self.later.plan(key, partial(self._save, table, row, self.person))

    def _save(self, table: str, row: dict[str, Any], who: str) -> None:
        self.save(table, row, who=who)
        self.scoring.rested()
        self.rounds.show_state()

    def _on_whose(self) -> None:
        self.later.now()
        self.model = self._model()
        self.compare()
