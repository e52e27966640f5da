"""One row of a table as a form: chosen or new, and only what was changed is entered."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ipywidgets as widgets
import pandas as pd

from strategy_lib.core.messages import say
from strategy_lib.inputs.checks.locations import row_dicts
from strategy_lib.inputs.entries.entry import row_key
from strategy_lib.schema.schema import table_schema
from strategy_lib.schema.text import cell_text, shortened
from strategy_lib.widgets.base import Panel
from strategy_lib.widgets.fields import FieldWidget, Offered, in_words, named_rows
from strategy_lib.widgets.parts import button, choice, heading, said
from strategy_lib.widgets.session import within

NEW = ""
_DIGITS = 6
_LONGEST_NAME = 60


class RecordForm:
    """Adds a row to a table, or corrects one.

    Parameters
    ----------
    panel : Panel
        Saves what is entered, and shows it.
    table : str
        Which table.
    title : str
        Heading of the form.
    fields : sequence of str, optional
        Fields that are shown, in their order; otherwise all but a code of the row's own. Of a row
        that is chosen, what it is told from others by cannot be changed.
    fixed : callable, optional
        Gives values that every row of this form has (such as the case), which are not asked for.
    letters : str, optional
        What the code of a new row begins with; None where the table makes the code itself. A table
        whose rows are told apart by several fields has no code.
    named_by : str, optional
        Field by which rows are told apart; otherwise what forms show beside the code.
    offered : mapping of str to callable, optional
        Field -> gives what is offered: texts while one types, or pairs of words and value.
    adds_only : bool
        Whether rows that are there are never changed.
    nothing : str
        What stands where no row is chosen.
    told : callable, optional
        Gives what stands above the fields of the row that is chosen, as HTML.
    listed : callable, optional
        Takes the rows that could be chosen, and gives those that are offered, in their order.
    """

    def __init__(
        self,
        panel: Panel,
        table: str,
        title: str,
        fields: Sequence[str] = (),
        *,
        fixed: Callable[[], Mapping[str, Any]] = dict,
        letters: str | None = "",
        named_by: str = "",
        offered: Mapping[str, Callable[[], Offered]] | None = None,
        adds_only: bool = False,
        nothing: str = "add a new one",
        told: Callable[[Mapping[Any, Any]], str] | None = None,
        listed: Callable[[pd.DataFrame], pd.DataFrame] | None = None,
    ) -> None:
        self.panel, self.table, self.fixed = panel, table, fixed
        self.schema = table_schema(table)
        self.keys = self.schema.primary_key
        self.key = self.keys[0] if len(self.keys) == 1 else ""
        self.letters = self.key.removesuffix("_id").replace("_", "-") if letters == "" else letters
        self.told, self.listed = told, listed
        self.card = widgets.HTML()
        self.named_by = named_by
        self.offered = dict(offered or {})
        self.adds_only, self.nothing = adds_only, nothing
        self.which = choice(f"{self.schema.title()}:", [(nothing, NEW)])
        shown = [name for name in fields or self.schema.names if self._is_shown(name)]
        self.widgets = {name: FieldWidget(panel, table, name, self._offers(name)) for name in shown}
        self.save_button = button("Save", self.save, f"Save: {title}")
        needed = [self.schema[n].title() for n in self.widgets if self.schema[n].required]
        self.widget = widgets.VBox(
            [
                heading(title),
                *([] if adds_only else [self.which, self.card]),
                *self.fields.values(),
                said(
                    say("panel-needed", what=", ".join(needed)) if needed else say("panel-no-names")
                ),
                self.save_button,
            ]
        )
        self._start: dict[str, Any] = {}
        self._is_choosing = False
        self.which.observe(self._on_which, names="value")

    @property
    def fields(self) -> dict[str, Any]:
        """Field -> its widget."""
        return {name: one.widget for name, one in self.widgets.items()}

    def _offers(self, name: str) -> Offered | None:
        return self.offered[name]() if name in self.offered else None

    def _is_shown(self, name: str) -> bool:
        if name == self.key or name in self.fixed():
            return False
        return name in self.panel.session.inputs.restricted.frames[self.table]

    def rows(self) -> pd.DataFrame:
        """Rows that can be chosen."""
        frame = within(self.panel.frame(self.table), (self.fixed(),))
        return (self.listed(frame) if self.listed else frame).reset_index(drop=True)

    def choices(self) -> list[tuple[str, str]]:
        """What can be chosen, in words, with its code."""
        rows = self.rows()
        if not self.key:
            listed = rows.to_dict("records")
            return list(zip(map(self._told_apart, listed), self._codes(rows), strict=True))
        if not self.named_by:
            return named_rows(rows, self.table, self.key)
        named = zip(rows[self.key], rows[self.named_by], strict=True)
        return [(_name(str(code), said_), str(code)) for code, said_ in named]

    def _codes(self, rows: pd.DataFrame) -> list[str]:
        """What each row is known by in the list."""
        if self.key:
            return list(rows[self.key])
        return ["\x1f".join(row_key(self.schema, row)) for row in row_dicts(rows)]

    def _told_apart(self, row: Mapping[Any, Any]) -> str:
        """A row by the fields of its key that this form does not fix, in words."""
        named = (
            [self.named_by] if self.named_by else [k for k in self.keys if k not in self.fixed()]
        )
        said_ = (in_words(self.schema[name], row[name]) for name in named)
        return shortened(" · ".join(filter(None, said_)), _LONGEST_NAME)

    @property
    def is_changed(self) -> bool:
        """Whether something stands in the form that was not saved."""
        return any(one.value != self._start.get(n) for n, one in self.widgets.items())

    def show(self) -> None:
        """Offer the rows that are there now; what is being typed stays."""
        listed = [(self.nothing, NEW), *([] if self.adds_only else self.choices())]
        chosen = self.which.value
        is_typing = bool(self._start) and self.is_changed
        if list(self.which.options) != listed:
            self._is_choosing = True
            self.which.options = listed
            self.which.value = chosen if chosen in {code for _, code in listed} else NEW
            self._is_choosing = False
        for name, one in self.widgets.items():
            one.renew()
            if name in self.offered:
                one.offer(self.offered[name]())
        if not is_typing or self.which.value != chosen:
            self.fill()

    def _on_which(self, _: Any) -> None:
        if not self._is_choosing:
            self.fill()

    def fill(self) -> None:
        """Show the row that is chosen, or an empty form."""
        row = self.chosen()
        for name, one in self.widgets.items():
            one.value = one.shown(row.get(name))
            one.widget.disabled = bool(row) and name in self.keys
        self.card.value = self.told(row) if self.told and row else ""
        self._start = {name: one.value for name, one in self.widgets.items()}

    def chosen(self) -> dict[Any, Any]:
        """The row that is chosen; empty for a new one."""
        frame = self.rows()
        found = frame[[code == self.which.value for code in self._codes(frame)]]
        return {} if found.empty else found.iloc[0].to_dict()

    def begin(self) -> None:
        """Begin anew, as what the form is about has changed: nothing typed gets into another."""
        if self._start and self.is_changed:
            self.panel.say("What was typed and not saved is gone.", is_trouble=True)
        self.which.value = NEW
        self.fill()

    def turn(self) -> None:
        """Choose the next row; after the last one none."""
        codes = [code for _, code in self.which.options]
        self.which.value = codes[(codes.index(self.which.value) + 1) % len(codes)]

    def _code(self, values: Mapping[str, Any]) -> str | None:
        """Code of a new row, which no other session can give; None where the table makes it."""
        if self.letters is None or not self.key:
            return None
        log = self.panel.session.log
        text = "\x1f".join((log.session, log.clock().isoformat(), repr(sorted(values.items()))))
        return f"{self.letters}-{hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]}"

    def save(self) -> None:
        """Enter what was changed; a new row must have everything that is needed."""
        changed = {
            n: one.entered() for n, one in self.widgets.items() if one.value != self._start.get(n)
        }
        if not changed:
            self.panel.say("Nothing was changed.")
            return
        empty = [
            self.schema[n].title()
            for n, one in self.widgets.items()
            if self.schema[n].required and one.entered() is None
        ]
        troubles = [f"Please fill in: {', '.join(empty)}."] if empty else []
        troubles += [told for one in self.widgets.values() if (told := one.trouble())]
        if troubles:
            self.panel.say(f"Not entered. {' '.join(troubles)}", is_trouble=True)
            return
        is_new = self.which.value == NEW
        row = {name: value for name, value in self.chosen().items() if name in self.keys}
        code = self._code(changed) if is_new else self.which.value
        row |= {self.key: code} if self.key and code else {}
        if self.panel.save(self.table, row | dict(self.fixed()) | changed) is not None:
            self._start = {name: one.value for name, one in self.widgets.items()}
            if is_new:
                self.fill()
            self.which.value = NEW
            self.panel.show()


def _name(code: str, name: Any) -> str:
    told = shortened(cell_text(name), _LONGEST_NAME) if pd.notna(name) else ""
    return f"{code}: {told}" if told else code
