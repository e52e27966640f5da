"""What signposts tell: how often each would be crossed, with its state coming and without."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import ipywidgets as widgets

from strategy_lib.judgements.disagreement import Judged
from strategy_lib.widgets.base import Panel
from strategy_lib.widgets.choices import levels
from strategy_lib.widgets.judgement_row import JudgementRow
from strategy_lib.widgets.parts import heading, paragraph_html, said
from strategy_lib.widgets.rounds import RoundBoard

RATINGS = "signpost_ratings"
_HOW = (
    "Of ten cases in which the state is coming about, in how many would the signpost be crossed by "
    "now? And of ten in which another state is? The same number twice: it tells nothing."
)


class RatingControls:
    """Two lists for each signpost, and the rounds.

    Parameters
    ----------
    in_words : callable
        Gives a state in words from its code.
    """

    def __init__(self, panel: Panel, in_words: Callable[[str], str]) -> None:
        self.panel, self.in_words = panel, in_words
        self.words = said()
        self.box = widgets.VBox()
        self.rows: dict[str, JudgementRow] = {}
        self.rounds = RoundBoard(
            panel, (Judged(RATINGS, "if_coming", ("signpost_id",), self._name),)
        )
        self.widget = widgets.VBox(
            [heading("What would each signpost tell?"), self.words, self.box, self.rounds.widget]
        )

    def _named(self) -> dict[str, str]:
        frame = self.panel.frame("signposts").dropna(subset=["signpost_id"])
        shown = frame[["signpost_id", "observable", "threshold", "state_id"]].fillna("")
        return {
            code: f"{seen} ({limit}). Its state: {self.in_words(state)}"
            for code, seen, limit, state in shown.astype("str").itertuples(index=False)
        }

    def _name(self, item: tuple[str, ...]) -> str:
        return self._named().get(item[0], item[0])

    def show(self) -> None:
        """Show every signpost with what this person said of it."""
        named = self._named()
        if list(self.rows) != list(named):
            self.rows = {code: self._row(code) for code in named}
            self.box.children = tuple(row.widget for row in self.rows.values())
        may_enter = self.panel.may_judge(RATINGS)
        for code, row in self.rows.items():
            known = self.panel.said(RATINGS, signpost_id=code)
            row.fill(named[code], known, may_enter=may_enter)
        told = [_HOW] if named else ["No signpost is written down yet."]
        told += ["Choose your code above to answer."] if self.panel.is_facilitator else []
        self.words.value = paragraph_html(told)
        self.rounds.show()

    def _row(self, code: str) -> JudgementRow:
        heads = {"if_coming": "With its state, of 10:", "if_not": "With another, of 10:"}
        main = {name: (head, levels(RATINGS, name)) for name, head in heads.items()}
        return JudgementRow(main, {}, partial(self.enter, code))

    def enter(self, code: str, name: str, value: Any) -> None:
        """Save what was said of one signpost."""
        key = self.panel.judgement(RATINGS, signpost_id=code)
        if self.panel.save(RATINGS, key | {name: value}) is not None:
            self.rounds.show_state()
