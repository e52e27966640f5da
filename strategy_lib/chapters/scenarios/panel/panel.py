"""Chapter 04 in the room: what acts on what, and which futures then hold together."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import ipywidgets as widgets
import pandas as pd

from strategy_lib.chapters.scenarios.panel.model import SEALED, TABLE, ScenariosModel
from strategy_lib.chapters.scenarios.panel.performance import PERFORMANCE, PerformanceControls
from strategy_lib.chapters.scenarios.panel.signposts import RATINGS, RatingControls
from strategy_lib.chapters.scenarios.signposts import overdue
from strategy_lib.core.messages import say
from strategy_lib.judgements.disagreement import Judged
from strategy_lib.schema.schema import code_list
from strategy_lib.widgets.parts import (
    choice,
    heading,
    list_html,
    long_text,
    paragraph_html,
    said,
    table_html,
)
from strategy_lib.widgets.record_form import RecordForm
from strategy_lib.widgets.rounds import RoundBoard
from strategy_lib.widgets.session import Session
from strategy_lib.widgets.steps import StepsPanel

NAMES, SIGNPOSTS = "scenario_names", "signposts"
_INFLUENCES, _NAMES, _OPTIONS, _SIGNS = "Influences", "Names", "Options", "Signposts"
_NO_ANSWER = "none"
_IMPACTS = [
    ("-3 strongly restricts", -3),
    ("-2 restricts", -2),
    ("-1 weakly restricts", -1),
    ("0 no influence", 0),
    ("+1 weakly promotes", 1),
    ("+2 promotes", 2),
    ("+3 strongly promotes", 3),
]


class ScenariosPanel(StepsPanel):
    """The influence of one descriptor on another as a grid, and what follows at once."""

    def __init__(self, session: Session) -> None:
        tables = (TABLE, NAMES, PERFORMANCE, RATINGS, SIGNPOSTS)
        super().__init__(session, "Scenarios: what acts on what, and what follows", tables)
        self._filling = False
        items = ("source_state", "target_state")
        self.rounds = RoundBoard(self, (Judged(TABLE, "impact", items, self._name, (-3, 3)),))
        self.model = self._model()
        system = self.model.influences.system
        named = [(str(name), column) for column, name in system.descriptor_names.items()]
        self.source = choice("How does this:", named)
        self.target = choice("act on this:", named, named[1][1] if len(named) > 1 else None)
        self.question = said()
        self.grid = widgets.GridBox()
        self.cells: dict[tuple[str, str], widgets.Dropdown] = {}
        self.reason = long_text("Reason:", "Why, for the cell that you changed last. No names.")
        self.about = said()
        self.change = widgets.HTML()
        self.found = widgets.HTML()
        self.last: tuple[str, str] | None = None
        entering = widgets.VBox(
            [
                heading("One pair of descriptors at a time"),
                self.source,
                self.target,
                self.question,
                self.grid,
                self.about,
                self.reason,
            ]
        )
        following = widgets.VBox([heading("Which futures hold together"), self.change, self.found])
        self.naming = RecordForm(
            self,
            NAMES,
            "Name a future",
            ("states", "name", "story", "given_date"),
            letters="future",
            offered={"states": self._futures},
        )
        self.sealed = said()
        self.scoring = PerformanceControls(self)
        self.rating = RatingControls(self, system.in_full)
        self.watched = widgets.HTML()
        self.watching = RecordForm(
            self, SIGNPOSTS, "What was seen", letters="sign", named_by="observable"
        )
        self.arrange(
            {
                _INFLUENCES: widgets.VBox([entering, following, self.rounds.widget]),
                _NAMES: widgets.VBox([self.sealed, self.naming.widget]),
                _OPTIONS: self.scoring.widget,
                _SIGNS: widgets.VBox([self.watched, self.rating.widget, self.watching.widget]),
            }
        )
        for control in (self.source, self.target):
            control.observe(lambda _: self._show_grid(), names="value")
        self.reason.observe(self._on_reason, names="value")
        self.show()

    def _name(self, item: tuple[str, ...]) -> str:
        system = self.model.influences.system
        return f"{system.in_full(item[0])} → {system.in_full(item[1])}"

    def _model(self) -> ScenariosModel:
        view = self.session.view(self.tables, self.person)
        who = "" if self.is_facilitator else self.person
        return ScenariosModel.of(view, who, is_sealed=not self.rounds.has_closed)

    def show(self) -> None:
        """Show this person's judgements, what follows from them, and the rounds."""
        self.model = self._model()
        self.last = None
        self._show_grid()
        self._show_found()
        self.show_part()

    def show_part(self) -> None:
        """Show the part that is chosen, and what it holds now."""
        super().show_part()
        if self.step.value == _INFLUENCES:
            self.rounds.show()
        elif self.step.value == _NAMES:
            self.sealed.value = paragraph_html([SEALED] if self.model.is_sealed else [])
            self.naming.show()
        elif self.step.value == _OPTIONS:
            self.scoring.show()
        else:
            self.watched.value = self._watched_html()
            self.rating.show()
            self.watching.show()

    def _futures(self) -> list[tuple[str, str]]:
        """The scenarios that hold together now, by their states in words."""
        return [
            ("; ".join(names), "; ".join(codes))
            for names, codes in zip(self.model.found(), self.model.found_codes(), strict=True)
        ]

    def _watched_html(self) -> str:
        """What was last seen at each signpost, and which ones nobody has looked at for long."""
        day = pd.Timestamp(self.session.log.clock().date())
        frame = self.frame(SIGNPOSTS).fillna({"threshold": "", "owner_role": ""})
        rows = []
        for row in frame.to_dict("records"):
            seen, code = row["seen_at"], row["status"]
            status = "" if pd.isna(code) else code_list("signpost_status").label(str(code))
            rows.append(
                (
                    row["observable"],
                    row["threshold"],
                    status or "nobody has looked",
                    "never" if pd.isna(seen) else f"{seen:%Y-%m-%d}",
                    overdue(seen, row["look_every_months"], day),
                    row["owner_role"] or "nobody",
                )
            )
        if not rows:
            return paragraph_html(["Nothing is watched yet: no signpost is written down."])
        headings = ("What is watched", "Crossed when", "State", "Last looked", "Overdue", "Who")
        return table_html(headings, rows, "Signposts")

    def _show_grid(self) -> None:
        self.later.now()
        system = self.model.influences.system
        source, target = self.source.value, self.target.value
        self.cells = {}
        if source == target or source not in system.keys or target not in system.keys:
            self.grid.children = ()
            self.question.value = paragraph_html(["Choose two different descriptors."])
            return
        rows, columns = system.keys[source], system.keys[target]
        self.question.value = paragraph_html(
            ["If the row is so: does it promote or restrict the column? Only the direct influence."]
        )
        if system.is_starting_list:
            self.question.value += paragraph_html(
                [
                    "These are the descriptors that the workbook starts with. Enter yours first: save "
                    "the form of the scenarios in inputs/scenarios, and run the load cell again."
                ]
            )
        names = system.state_names
        children: list[widgets.Widget] = [said("")]
        children += [said(names[code]) for code in columns]
        for row in rows:
            children.append(said(names[row]))
            children += [self._cell(row, column) for column in columns]
        self.grid.children = tuple(children)
        self.grid.layout = widgets.Layout(
            grid_template_columns=f"minmax(6em, 1fr) repeat({len(columns)}, minmax(8em, 1fr))"
        )

    def _cell(self, row: str, column: str) -> widgets.Dropdown:
        given = self.model.given(row, column)
        # What the others or the starting list say is not shown here: it would draw people to it.
        options: list[tuple[str, Any]] = [("no answer", _NO_ANSWER), *_IMPACTS]
        value: Any = _NO_ANSWER if math.isnan(given) else int(given)
        if value not in [v for _, v in options]:
            options.append((say("scenarios-live-outside", value=f"{given:+g}"), value))
        names = self.model.influences.system.state_names
        cell = widgets.Dropdown(
            options=options,
            value=value,
            layout=widgets.Layout(width="auto"),
            tooltip=f"{names[row]} on {names[column]}",
        )
        cell.disabled = not self.may_judge(TABLE) or self.model.influences.system.is_starting_list
        cell.observe(partial(self._on_cell, row, column), names="value")
        self.cells[row, column] = cell
        return cell

    def _on_cell(self, row: str, column: str, change: Any) -> None:
        value = change["new"]
        number = float("nan") if value == _NO_ANSWER else float(value)
        self.model.change(row, column, number)
        self._show_found()
        self.last = (row, column)
        self._filling = True
        self.reason.value = ""
        self._filling = False
        self.about.value = paragraph_html([f"Last changed: {self._name((row, column))}"])
        self.save(TABLE, self._key(row, column) | {"impact": None if math.isnan(number) else value})
        self.rounds.show_state()

    def _key(self, row: str, column: str) -> dict[str, Any]:
        return self.judgement(TABLE, source_state=row, target_state=column)

    def _on_reason(self, change: Any) -> None:
        text = str(change["new"]).strip()
        if self._filling or not text:
            return
        if self.last is None:
            self.say("Change a cell first, then say why.")
            return
        self.save(TABLE, self._key(*self.last) | {"reason": text}, "reason")

    def _show_found(self) -> None:
        self.change.value = list_html(self.model.words())
        found = self.model.found()
        caption = say("scenarios-live-first", futures=len(found))
        self.found.value = table_html(self.model.headings(), found, caption) if found else ""
