"""What all panels share: who enters, the status line, undo, and saving what was entered."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any, Protocol, Self

import ipywidgets as widgets
import pandas as pd
from IPython.display import display

from strategy_lib.core.errors import InputError, StrategyError, WorkspaceError
from strategy_lib.core.messages import say
from strategy_lib.core.workspace import PRESENTER_VARIABLE
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.inputs.entries.checks import Kind
from strategy_lib.inputs.entries.entry import FACILITATOR, Entry, local_now, row_key
from strategy_lib.schema.schema import table_schema
from strategy_lib.widgets.parts import button, choice, heading, offer, pressed, safe, style_html
from strategy_lib.widgets.session import Clock, LateEntryError, Session, open_session, within

# A drag sends many values; what it ends with is saved when it has rested for so long.
REST_SECONDS = 0.35


class RoundsOfTable(Protocol):
    """Knows which round is open for a row."""

    def round_of(self, table: str, row: Mapping[str, Any]) -> int:
        """1, 2, or 0 once both are closed."""


class Later:
    """Does things once nothing new has come for a moment; at once where no loop runs."""

    def __init__(self) -> None:
        self._planned: dict[Hashable, Callable[[], object]] = {}
        self._timer: asyncio.TimerHandle | None = None

    def plan(self, key: Hashable, action: Callable[[], object]) -> None:
        """Do `action` soon, instead of what was planned under the same key before."""
        self._planned[key] = action
        if self._timer is not None:
            self._timer.cancel()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.now()
        else:
            self._timer = loop.call_later(REST_SECONDS, self.now)

    def now(self) -> None:
        """Do what is planned, if anything is."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        planned, self._planned = self._planned, {}
        for action in planned.values():
            action()


class Panel:
    """The frame of a panel: who enters, the body, undo, and what happened to the last entry.

    Parameters
    ----------
    session : Session
        Reads and writes.
    title : str
        What the panel is for.
    tables : tuple of str
        Tables that the panel writes.
    by_assessor : bool
        Whether somebody must say who they are before they enter.
    """

    def __init__(
        self,
        session: Session,
        title: str = "",
        tables: tuple[str, ...] = (),
        *,
        by_assessor: bool = True,
    ) -> None:
        self.session = session
        self.tables = tables
        self.later = Later()
        # Whether the last message told of something that was not entered or not saved.
        self.is_trouble = False
        self.status = widgets.HTML()
        self.status.add_class("wb-status")
        self.beside = widgets.HTML()
        self.beside.add_class("wb-beside")
        self.view_button = button("", self.turn_view)
        self.by_assessor = by_assessor
        self.who = choice("Who enters:", self._people())
        self.undo_button = button("Undo my last entry", self.undo)
        self.retry_button = button("Save again what was not saved", self.retry)
        self.retry_button.layout.display = "none"
        self.again_button = button("Enter it in the round that is open", self.again)
        self.again_button.layout.display = "none"
        # What came too late for its round; kept until it is entered in another one.
        self._late: list[tuple[str, dict[str, Any]]] = []
        # Table -> the rounds in which it is judged.
        self.boards: dict[str, RoundsOfTable] = {}
        self.reread_button = button("Show what others entered", self.reload)
        self.body = widgets.VBox()
        foot = widgets.HBox(
            [self.undo_button, self.reread_button, self.retry_button, self.again_button]
        )
        inputs = session.inputs
        whose = widgets.HTML(f'<p dir="auto">{safe(inputs.organisation)} · {inputs.cycle}</p>')
        row = widgets.HBox([heading(title, 3), whose, self.view_button])
        row.layout.flex_flow, row.layout.grid_gap = "row wrap", "4px 24px"
        row.layout.justify_content, row.layout.align_items = "space-between", "center"
        above = [widgets.HTML(style_html()), row]
        if session.log.refuses:
            above.append(widgets.HTML(f'<p class="wb-trouble">{safe(session.log.refuses)}</p>'))
        who = [self.who] if by_assessor else []
        top = widgets.HBox([*who, self.status])
        top.layout.flex_flow, top.layout.grid_gap = "row wrap", "4px 24px"
        top.layout.align_items = "center"
        top.add_class("wb-top")
        self.widget = widgets.VBox([*above, top, self.body, foot])
        self.widget.add_class("wb-panel")
        self.is_presented = os.environ.get(PRESENTER_VARIABLE) != "1"
        self.turn_view()
        self.who.observe(self._on_who, names="value")
        self.say("Nothing has been entered yet in this session.")

    @classmethod
    def open(cls, inputs: Snapshot, workspace: str = "", clock: Clock = local_now) -> Self:
        """The panel in this notebook's session.

        Parameters
        ----------
        inputs : Snapshot
            As the notebook loaded it.
        workspace : str
            As given to `load`.

        Raises
        ------
        InputError
            If the edition may not show what single people say.
        """
        return cls(open_session(inputs, workspace, clock))

    def _people(self) -> list[tuple[str, Any]]:
        codes = self.session.assessors if self.by_assessor else []
        return [("Facilitator", FACILITATOR), *((code, code) for code in codes)]

    def _offer_people(self) -> None:
        """Offer also who walked in; whoever enters stays."""
        self.who.unobserve(self._on_who, names="value")
        offer(self.who, self._people())
        self.who.observe(self._on_who, names="value")

    @property
    def person(self) -> str:
        """Code of whoever enters."""
        return str(self.who.value)

    @property
    def is_facilitator(self) -> bool:
        """Whether the facilitator is at the keyboard."""
        return self.person == FACILITATOR

    def frame(self, table: str) -> pd.DataFrame:
        """A table as whoever enters may see it now, entries laid over it."""
        return self.session.view((table,), self.person)[table]

    def _on_who(self, _: Any) -> None:
        self.is_trouble = False
        self.later.now()
        was_refused = self.is_trouble
        elsewhere = (
            None if self.is_facilitator else self.session.used_elsewhere(self.person, self.tables)
        )
        self.refresh()
        if was_refused:
            return
        if elsewhere is not None:
            self.say(
                say("panel-elsewhere", who=str(self.person), time=f"{elsewhere:%H:%M:%S}"),
                is_trouble=True,
            )
        else:
            self.say(f"{self.person} enters now." if not self.is_facilitator else "Facilitator.")

    def refresh(self) -> None:
        """Read what others entered, and show it."""
        self.later.now()
        self.session.reread()
        self._offer_people()
        self.show()

    def reload(self) -> None:
        """Save what still rests, read what others entered, and say so."""
        self.is_trouble = False
        self.refresh()
        if not self.is_trouble:
            self.say(say("panel-up-to-date", time=f"{self.session.log.clock():%H:%M:%S}"))

    def show(self) -> None:
        """Show the present state; each panel says how."""

    def save(
        self, table: str, row: dict[str, Any], kind: Kind = "set", who: str = ""
    ) -> Entry | None:
        """Save one entry and say so; None where it was not saved, with the reason said.

        Parameters
        ----------
        who : str
            Who entered it, where somebody else may be at the keyboard by now.
        """
        who = who or self.person
        try:
            entry = self.session.enter(table, row, who, kind)
        except InputError as error:
            if isinstance(error, LateEntryError):
                self._late.append((table, row))
                self.again_button.layout.display = None
            self.say(f"Not entered. {error}", is_trouble=True)
            return None
        except StrategyError as error:
            self.say(str(error), is_trouble=isinstance(error, WorkspaceError))
            self._offer_retry()
            return None
        self._offer_retry()
        odd = " ".join(self.session.log.warnings)
        self.say(f"Saved {entry.at:%H:%M:%S}." + (f" {odd}" if odd else ""), is_trouble=bool(odd))
        if kind == "set":
            # What was said since counts, not what came too late before.
            self._late = [late for late in self._late if _about(*late) != _about(table, row)]
        return entry

    def again(self) -> None:
        """Enter in the open round what came too late for the closed one."""
        late, self._late = self._late, []
        for table, row in late:
            number = self.round_of(table, row)
            if number:
                self.save(table, row | {"round": number}, who=str(row["assessor_id"]))
            else:
                self._late.append((table, row))
        self.again_button.layout.display = None if self._late else "none"
        self.show()
        if self._late:
            self.say("Both rounds are closed; it is kept here until one is open.", is_trouble=True)

    def round_of(self, table: str, row: Mapping[str, Any]) -> int:
        """Round in which a row of a table is judged now: 1, 2, or 0 once both are closed."""
        return self.boards[table].round_of(table, row)

    def may_judge(self, table: str, **items: Any) -> bool:
        """Whether whoever enters may judge something now."""
        return not self.is_facilitator and bool(self.round_of(table, items))

    def judgement(self, table: str, **items: Any) -> dict[str, Any]:
        """Key of what this person says now about something: in the round of its own table."""
        return {"assessor_id": self.person, "round": self.round_of(table, items), **items}

    def said(self, table: str, **items: Any) -> dict[str, Any]:
        """What this person said about something, in the latest round; empty for nothing."""
        found = within(self.frame(table), ({"assessor_id": self.person, **items},))
        if found.empty:
            return {}
        ordered = found.assign(round=found["round"].fillna(1)).sort_values("round")
        return {str(name): value for name, value in ordered.iloc[-1].items()}

    def _offer_retry(self) -> None:
        waits = bool(self.session.log.pending)
        self.retry_button.layout.display = None if waits else "none"

    def undo(self) -> None:
        """Take back the last entry of this person."""
        self.later.now()
        try:
            taken = self.session.undo(self.person)
        except StrategyError as error:
            self.say(str(error), is_trouble=True)
            self._offer_retry()
            return
        self._offer_retry()
        self.show()
        if taken is None:
            self.say("There is nothing to take back in this session.")
        else:
            self.say(say("panel-taken-back", time=f"{taken.at:%H:%M:%S}"))

    def retry(self) -> None:
        """Write what could not be written before."""
        try:
            count = self.session.log.retry()
        except StrategyError as error:
            self.say(str(error), is_trouble=True)
        else:
            now = self.session.log.clock()
            self.say(f"Saved {count} at {now:%H:%M:%S}." if count else "Everything was saved.")
            self.session.reread()
        self._offer_retry()

    def say(self, text: str, *, is_trouble: bool = False) -> None:
        """Show a message in the status line, where a screen reader hears it."""
        self.is_trouble = is_trouble
        kind = ' class="wb-trouble"' if is_trouble else ""
        urgency = "assertive" if is_trouble else "polite"
        self.status.value = f'<p role="status" aria-live="{urgency}"{kind}>{safe(text)}</p>'
        self._say_beside(f"<p{kind}>{safe(text)}</p>")

    def _say_beside(self, message: str) -> None:
        """Show a message below the button that was pressed; the status line reads it aloud."""
        for box in _boxes(self.widget):
            if self.beside in box.children:
                box.children = tuple(child for child in box.children if child is not self.beside)
        made = pressed()
        if made is None:
            return
        self.beside.value = message
        # A row of buttons stays as it is: the message stands below the row.
        inner: widgets.Widget = made
        for box in _boxes(self.widget):
            if isinstance(box, widgets.VBox) and _holds(box, inner):
                place = next(
                    n for n, c in enumerate(box.children) if c is inner or _holds(c, inner)
                )
                children = list(box.children)
                children.insert(place + 1, self.beside)
                box.children = tuple(children)
                return

    def turn_view(self) -> None:
        """Show the panel alone in large text, or in its notebook again."""
        self.is_presented = not self.is_presented
        if self.is_presented:
            self.widget.add_class("wb-presenter")
        else:
            self.widget.remove_class("wb-presenter")
        self.view_button.description = (
            "Show the notebook" if self.is_presented else "Large, for the room"
        )
        self.view_button.tooltip = self.view_button.description

    def complete(self) -> None:
        """Show what takes longer to compute than the rest; the panel stands there already."""

    def _ipython_display_(self) -> None:
        display(self.widget)  # type: ignore[no-untyped-call]
        self.complete()


def _boxes(widget: widgets.Widget) -> Iterator[widgets.Box]:
    """Boxes inside a widget, the innermost first."""
    for child in getattr(widget, "children", ()):
        yield from _boxes(child)
    if isinstance(widget, widgets.Box):
        yield widget


def _holds(widget: widgets.Widget, wanted: widgets.Widget) -> bool:
    """Whether a widget is somewhere inside another one."""
    children = getattr(widget, "children", ())
    return any(child is wanted or _holds(child, wanted) for child in children)


def _about(table: str, row: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    return table, row_key(table_schema(table), {**row, "round": 1})
