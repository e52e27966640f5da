"""Independent first, then together: the round is closed, the spread shown, reasons asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from strategy_lib.core.errors import StrategyError
from strategy_lib.judgements.disagreement import (
    Apart,
    Judged,
    consensus_words,
    furthest_apart,
    moved_words,
)
from strategy_lib.schema.schema import table_schema
from strategy_lib.widgets.base import Panel
from strategy_lib.widgets.parts import (
    button,
    choice,
    heading,
    list_html,
    long_text,
    paragraph_html,
    said,
    table_html,
)
from strategy_lib.widgets.session import Scope, within

_MOST_SHOWN = 8
_SURE = "Some people have not answered everything. Press again to close the round all the same."


class RoundBoard:
    """The rounds of a panel's judgements.

    Parameters
    ----------
    panel : Panel
        Whose judgements they are.
    judged : tuple of Judged
        Tables with rounds; all are closed together.
    scope : callable, optional
        Gives for each table the values of the rows that are meant, such as those of one case;
        otherwise all rows are.
    """

    def __init__(
        self, panel: Panel, judged: tuple[Judged, ...], scope: Callable[[], Scope] | None = None
    ) -> None:
        self.panel = panel
        self.judged = judged
        self.tables = tuple(dict.fromkeys(j.table for j in judged))
        self.scope = scope or self._everything
        self.state = said()
        self.close_button = button("Close the round and show it to the room", self.close)
        self.open_button = button("Open the last round again", self.reopen)
        self.shown = widgets.HTML()
        self.which = choice("About:", [("nothing to explain yet", None)])
        self.by = choice("Reason of:", [("nobody", None)])
        self.reason = long_text("Reason:", "Why? No names of people.")
        self.say_button = button("Record the reason", self.record)
        self.reasons = widgets.VBox(
            [heading("Those furthest apart say why"), self.which, self.by, self.reason,
             self.say_button]
        )  # fmt: skip
        self.which.observe(self._on_which, names="value")
        buttons = widgets.HBox([self.close_button, self.open_button])
        self.widget = widgets.VBox(
            [heading("Alone first, then together"), self.state, buttons, self.shown, self.reasons]
        )
        self._is_sure = False
        self._apart: list[Apart] = []

    def _everything(self) -> Scope:
        return {table: ({},) for table in self.tables}

    @property
    def number(self) -> int:
        """Round that is open, the first of several; 0 once both are closed."""
        session = self.panel.session
        numbers = [session.round_of(table, part) for table, parts in self.scope().items()
                   for part in parts]  # fmt: skip
        return min((number for number in numbers if number), default=0)

    @property
    def closed(self) -> int:
        """Last round that was closed; 0 where none was."""
        return self.number - 1 if self.number else 2

    def show(self) -> None:
        """Show the state of the rounds, and of the last closed one who is apart."""
        is_facilitator = self.panel.is_facilitator
        self.close_button.disabled = not (is_facilitator and self.number)
        self.open_button.disabled = not (is_facilitator and self.closed)
        self.close_button.description = (
            f"Close round {self.number} and show it to the room" if self.number
            else "Both rounds are closed"
        )  # fmt: skip
        self.show_state()
        self._show_apart()

    def show_state(self) -> None:
        """Show who has entered something in the open round."""
        self.state.value = paragraph_html(self._state())

    def _state(self) -> list[str]:
        if not self.number:
            return ["Both rounds are closed. What is entered now does not count."]
        answered = self.panel.session.answered(self.scope(), self.number)
        listed = self.panel.session.assessors
        silent = [code for code in listed if code not in answered]
        told = ", ".join(f"{code} ({count})" for code, count in answered.items()) or "nobody yet"
        lines = [
            f"Round {self.number} is open: each enters alone and sees nobody else's answers.",
            f"Has entered something (number of answers): {told}.",
        ]
        if silent:
            lines.append(f"Nothing yet from: {', '.join(silent)}.")
        return lines

    def _show_apart(self) -> None:
        number = self.closed
        view = {table: within(self.panel.frame(table), parts)
                for table, parts in self.scope().items()}  # fmt: skip
        if not number:
            self.shown.value, self._apart = "", []
        else:
            found = [a for j in self.judged for a in furthest_apart(view[j.table], j, number)]
            self._apart = found[:_MOST_SHOWN]
            self.shown.value = self._shown_html(number, view)
        options: list[tuple[str, Any]] = [(a.name, i) for i, a in enumerate(self._apart)]
        self.reasons.layout.display = None if options else "none"
        self.which.options = options or [("nothing to explain yet", None)]
        self.which.index = 0
        self._on_which(None)

    def _shown_html(self, number: int, view: Any) -> str:
        rows = [
            (a.name, a.n, f"{a.lowest:g} ({a.lowest_by})", f"{a.median:g}",
             f"{a.highest:g} ({a.highest_by})", f"{a.spread:g}")
            for a in self._apart
        ]  # fmt: skip
        headings = ("On what", "Answers", "Lowest", "Middle", "Highest", "Apart")
        caption = f"Where round {number} is furthest apart"
        parts = [table_html(headings, rows, caption)] if rows else [
            paragraph_html([f"In round {number} nobody differs, or fewer than two answered."])
        ]  # fmt: skip
        words = []
        for judged in self.judged:
            title = table_schema(judged.table).title()
            words.append(f"{title}: {consensus_words(view[judged.table], judged, number)}")
            if number > 1:
                words.append(f"{title}: {moved_words(view[judged.table], judged)}")
        return "".join([*parts, list_html(words)])

    def _on_which(self, _: Any) -> None:
        apart = self._chosen()
        people: list[tuple[str, Any]] = [("nobody", None)]
        if apart is not None:
            two = ((apart.lowest_by, apart.lowest), (apart.highest_by, apart.highest))
            people = [(f"{code}, who said {value:g}", code) for code, value in two]
        self.by.options = people
        self.by.index = 0

    def _chosen(self) -> Apart | None:
        position = self.which.value
        return None if position is None else self._apart[position]

    def close(self) -> None:
        """Close the round that is open; asks once more where people have not answered."""
        panel, number = self.panel, self.number
        panel.later.now()
        panel.session.reread()
        if not number or self.number != number:
            panel.refresh()
            panel.say("Somebody else closed this round a moment ago.")
            return
        answered = panel.session.answered(self.scope(), number)
        is_complete = set(panel.session.assessors) <= set(answered)
        if not is_complete and not self._is_sure:
            self._is_sure = True
            panel.say(_SURE, is_trouble=True)
            return
        self._is_sure = False
        try:
            panel.session.close_round(self.scope(), number)
        except StrategyError as error:
            panel.say(str(error), is_trouble=True)
            return
        panel.show()
        panel.say(f"Round {number} is closed; the room sees it now.")

    def reopen(self) -> None:
        """Open the last closed round again, and hide it."""
        number = self.closed
        if not number:
            return
        try:
            for table, parts in self.scope().items():
                for part in parts:
                    self.panel.session.log.append(
                        table, {**part, "round": number}, self.panel.person, "open_round"
                    )
        except StrategyError as error:
            self.panel.say(str(error), is_trouble=True)
        self.panel.refresh()
        self.panel.say(f"Round {number} is open again; its answers are hidden.")

    def record(self) -> None:
        """Record the reason of one of the two."""
        apart, who = self._chosen(), self.by.value
        text = self.reason.value.strip()
        if apart is None or who is None or not text:
            self.panel.say("Choose what it is about and whose reason it is, and write the reason.")
            return
        row: dict[str, Any] = dict(zip(apart.judged.items, apart.item, strict=True))
        row |= {"assessor_id": who, "round": self.closed, "reason": text}
        if self.panel.save(apart.judged.table, row, "reason") is not None:
            self.reason.value = ""
