"""Independent first, then together: the round is closed, the spread shown, reasons asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as widgets
import pandas as pd

from strategy_lib.core.errors import StrategyError
from strategy_lib.core.messages import say
from strategy_lib.inputs.entries.entry import LAST_ROUND, fits
from strategy_lib.judgements.disagreement import (
    Disagreement,
    Judged,
    consensus_words,
    furthest_apart,
    moved_words,
)
from strategy_lib.plotting.theme import MISSING
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
from strategy_lib.widgets.session import Scope, places_of, within

_MOST_SHOWN = 8
FEWEST_SHOWN = 3
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
        panel.boards |= dict.fromkeys(self.tables, self)
        self.scope = scope or self._everything
        self.state = said()
        self.close_button = button("Close the round and show it to the room", self.close)
        self.open_button = button("Open the last round again", self.reopen)
        self.shown = widgets.HTML()
        self.which = choice("About:", [("nothing to explain yet", None)])
        self.by = choice("Reason of:", [("nobody", None)])
        self.reason = long_text("Reason:", "Why? No names of people.")
        self.say_button = button("Record the reason", self.record)
        self.told = widgets.HTML()
        self.reasons = widgets.VBox(
            [
                heading("Those furthest apart say why"),
                self.told,
                self.which,
                self.by,
                self.reason,
                self.say_button,
            ]
        )
        self.which.observe(self._on_which, names="value")
        buttons = widgets.HBox([self.close_button, self.open_button])
        self.widget = widgets.VBox(
            [heading("Alone first, then together"), self.state, buttons, self.shown, self.reasons]
        )
        self._is_sure = False
        self._apart: list[Disagreement] = []

    def _everything(self) -> Scope:
        return {table: ({},) for table in self.tables}

    def round_of(self, table: str, row: Mapping[str, Any]) -> int:
        """Round that is open for a row: 1, 2, or 0 once both are closed."""
        parts = self.scope().get(table, ())
        part = next((part for part in parts if fits(row, part)), {})
        return self.panel.session.round_of(table, part)

    @property
    def opened(self) -> dict[str, set[int]]:
        """Table -> rounds that are open in it, of those that are open anywhere."""
        session = self.panel.session
        found = {
            table: {session.round_of(table, part) for part in parts} - {0}
            for table, parts in self.scope().items()
        }
        return {table: numbers for table, numbers in found.items() if numbers}

    @property
    def has_closed(self) -> bool:
        """Whether the first round is over anywhere."""
        session = self.panel.session
        return any(session.round_of(*place) != 1 for place in places_of(self.scope()))

    @property
    def _may_reopen(self) -> bool:
        session = self.panel.session
        return any(session.closed_round(*place) for place in places_of(self.scope()))

    def show(self) -> None:
        """Show the state of the rounds, and of the last closed one who is apart."""
        is_facilitator, opened = self.panel.is_facilitator, self.opened
        self.close_button.disabled = not (is_facilitator and opened)
        self.open_button.disabled = not (is_facilitator and self._may_reopen)
        self.close_button.description = (
            say("panel-close", what=_rounds(opened)) if opened else say("panel-both-closed")
        )
        self.show_state()
        self._show_apart()

    def show_state(self) -> None:
        """Show who has entered something in the open round."""
        self.state.value = paragraph_html(self._state())

    def _state(self) -> list[str]:
        opened = self.opened
        if not opened:
            return ["Both rounds are closed. What is entered now does not count."]
        session = self.panel.session
        answered = session.answered(self.scope())
        silent = [code for code in session.assessors if code not in answered]
        told = ", ".join(f"{code} ({count})" for code, count in answered.items()) or "nobody yet"
        lines = [say("panel-open", what=_rounds_are(opened)), say("panel-has-entered", who=told)]
        if silent:
            lines.append(f"Nothing yet from: {', '.join(silent)}.")
        late = sorted({str(e.row["assessor_id"]) for e in session.late(self.scope())})
        if late:
            lines.append(say("panel-late", who=", ".join(late)))
        return lines

    def _seen(self) -> dict[str, pd.DataFrame]:
        """Answers that the room has been shown, by table."""
        session, seen = self.panel.session, {}
        for table, parts in self.scope().items():
            frame = self.panel.frame(table)
            rounds = frame["round"].fillna(1)
            shown = pd.Series(False, index=frame.index)
            for part in parts:
                over = (session.round_of(table, part) or LAST_ROUND + 1) - 1
                shown |= (rounds <= over) & frame.index.isin(within(frame, (part,)).index)
            seen[table] = frame[shown]
        return seen

    def _show_apart(self) -> None:
        seen = self._seen()
        found = [a for j in self.judged for a in furthest_apart(seen[j.table], j, LAST_ROUND)]
        self._apart = found[:_MOST_SHOWN]
        is_over = any(len(frame) for frame in seen.values())
        self.shown.value = self._shown_html(seen) if is_over or self._may_reopen else ""
        who = self.panel.person
        options: list[tuple[str, Any]] = [
            (a.name, i)
            for i, a in enumerate(self._apart)
            if "reason" in table_schema(a.judged.table).names
            and (self.panel.is_facilitator or who in (a.lowest_by, a.highest_by))
        ]
        self.reasons.layout.display = None if options else "none"
        self.which.options = options or [("nothing to explain yet", None)]
        self.which.index = 0
        self._on_which(None)

    def _shown_html(self, seen: Mapping[str, pd.DataFrame]) -> str:
        rows = [
            (
                a.name,
                a.n,
                *(
                    f"{value:g}" if _may_show(a) else MISSING
                    for value in (a.lowest, a.median, a.highest, a.spread)
                ),
            )
            for a in self._apart
        ]
        headings = ("On what", "Answers", "Lowest", "Middle", "Highest", "Apart")
        caption = "Where the room is furthest apart"
        parts = (
            [table_html(headings, rows, caption)]
            if rows
            else [paragraph_html(["Nobody differs, or fewer than two answered."])]
        )
        words = []
        if not all(map(_may_show, self._apart)):
            words.append(say("panel-few-answers", what=MISSING, fewest=str(FEWEST_SHOWN)))
        for judged in self.judged:
            frame, title = seen[judged.table], table_schema(judged.table).title()
            words.append(f"{title}: {consensus_words(frame, judged, LAST_ROUND)}")
            if (frame["round"] == LAST_ROUND).any():
                words.append(f"{title}: {moved_words(frame, judged)}")
        return "".join([*parts, list_html(words)])

    def _on_which(self, _: Any) -> None:
        """Ask for a reason: of either end, whose codes the wall never shows; or of this person."""
        apart = self._chosen()
        people: list[tuple[str, Any]] = [("nobody", None)]
        self.told.value = ""
        if apart is not None:
            ends = (
                ("low", apart.lowest, apart.lowest_by),
                ("high", apart.highest, apart.highest_by),
            )
            people = [
                (f"the {end} end{f' ({value:g})' if _may_show(apart) else ''}", code)
                for end, value, code in ends
            ]
        if apart is not None and not self.panel.is_facilitator:
            mine, other = people if apart.lowest_by == self.panel.person else people[::-1]
            people = [mine]
            self.told.value = paragraph_html(
                [
                    say("panel-two-ends", what=mine[0], where=other[0]),
                    "Only the two of you are told. You may say why, aloud or here, or not at all.",
                ]
            )
        self.by.options = people
        self.by.index = 0

    def _chosen(self) -> Disagreement | None:
        position = self.which.value
        return None if position is None else self._apart[position]

    def close(self) -> None:
        """Close the round that is open; asks once more where people have not answered."""
        panel, opened = self.panel, self.opened
        panel.later.now()
        panel.session.reread()
        if not opened or self.opened != opened:
            panel.refresh()
            panel.say("Somebody else closed or opened a round a moment ago; look again.")
            return
        answered = panel.session.answered(self.scope())
        is_complete = set(panel.session.assessors) <= set(answered)
        if not is_complete and not self._is_sure:
            self._is_sure = True
            panel.say(_SURE, is_trouble=True)
            return
        self._is_sure = False
        try:
            closed = panel.session.close_round(self.scope())
        except StrategyError as error:
            panel.refresh()
            panel.say(str(error), is_trouble=True)
            return
        panel.show()
        hidden = len(panel.session.waiting(self.scope()))
        if hidden:
            panel.say(say("panel-hidden", answers=hidden), is_trouble=True)
        else:
            panel.say(say("panel-closed", what=_rounds_are(closed)))

    def reopen(self) -> None:
        """Open the last closed round again, and hide it."""
        if not self._may_reopen:
            return
        try:
            self.panel.session.open_round(self.scope())
        except StrategyError as error:
            self.panel.refresh()
            self.panel.say(str(error), is_trouble=True)
            return
        self.panel.refresh()
        self.panel.say(say("panel-reopened", what=_rounds_are(self.opened)))

    def record(self) -> None:
        """Record the reason of one of the two."""
        apart, who = self._chosen(), self.by.value
        text = self.reason.value.strip()
        if apart is None or who is None or not text:
            self.panel.say("Choose what it is about and whose reason it is, and write the reason.")
            return
        judged = apart.judged
        row: dict[str, Any] = dict(zip(judged.items, apart.item, strict=True))
        answers = within(self._seen()[judged.table], (row | {"assessor_id": who},))
        # The answer that is explained may be of an earlier round than the last.
        number = int(answers.dropna(subset=[judged.value])["round"].fillna(1).max())
        row |= {"assessor_id": who, "round": number, "reason": text}
        if self.panel.save(judged.table, row, "reason") is not None:
            self.reason.value = ""


def _may_show(apart: Disagreement) -> bool:
    """Whether the wall may show values: below three answers they would tell who gave which."""
    return apart.n >= FEWEST_SHOWN


def _rounds(opened: Mapping[str, set[int]]) -> str:
    """Which rounds are open, by table where they are not in the same."""
    numbers = set().union(*opened.values())
    if len(numbers) == 1:
        return f"round {min(numbers)}"
    return " and ".join(
        f"round {' and '.join(map(str, sorted(several)))} of “{table_schema(table).title()}”"
        for table, several in opened.items()
    )


def _rounds_are(opened: Mapping[str, set[int]]) -> str:
    named = _rounds(opened)
    is_one = len(set().union(*opened.values())) == 1
    return f"{named[0].upper()}{named[1:]} {'is' if is_one else 'are'}"
