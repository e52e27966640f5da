"""A field of a table as a widget: what the schema allows is what is offered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.protocol.clocks import read_moment
from strategy_lib.schema.schema import Field, code_list, table_schema
from strategy_lib.schema.text import cell_text
from strategy_lib.widgets.choices import NOT_SAID, YES_NO, coded, levels
from strategy_lib.widgets.parts import choice, long_text, table_html, type_ahead, typed

if TYPE_CHECKING:
    from strategy_lib.widgets.base import Panel

# Longer lists are typed into, with what is known offered, instead of scrolled through.
_MOST_LISTED = 30
_MOST_LEVELS = 13
NOW = "now"
_MOMENT = "_at"
Offered = Sequence[str] | Sequence[tuple[str, str]]
_LONG = (
    "note",
    "words",
    "description",
    "why_public",
    "change_wanted",
    "expected_benefit",
    "tried",
    "measure",
    "found",
    "decision",
    "reasons",
    "risks",
    "recommendation",
    "resolution_wording",
    "minority_view",
    "action",
    "story",
    "last_observation",
    "next_step",
    "claim",
    "conditions",
    "not_taken_up_because",
    "where_addressed",
)


class FieldWidget:
    """One field of one table: its widget, and its values to and from the table.

    Parameters
    ----------
    panel : Panel
        Whose tables references are offered from.
    table, name : str
        Which field it is.
    offered : sequence, optional
        Instead of what the schema says: texts that are offered while one types, or pairs of words
        and value of which one is chosen.
    """

    def __init__(self, panel: Panel, table: str, name: str, offered: Offered | None = None) -> None:
        self.panel = panel
        self.field: Field = table_schema(table)[name]
        self.name = name
        self.label = f"{self.field.title()}:"
        self.is_typed = False
        self.widget = self._made(table, offered)

    def _made(self, table: str, offered: Offered | None) -> Any:
        field, label = self.field, self.label
        if offered is not None:
            return self._offering(offered)
        if field.type == "boolean":
            return choice(label, YES_NO)
        if field.codes and field.type != "list":
            listed = code_list(field.codes).listed()
            if len(listed) > _MOST_LISTED:
                own = self.panel.session.inputs.place_names
                return type_ahead(label, [own.get(c.code) or c.label() for c in listed])
            return choice(label, coded(field.codes, numbers=field.type == "integer"))
        if field.refers_to and not field.is_weak and field.type == "string":
            return choice(label, self.references())
        if field.type == "integer" and _is_short(field):
            return choice(label, levels(table, self.name))
        self.is_typed = True
        if self.name in _LONG:
            return long_text(label, field.description())
        if self.is_moment:
            return typed(label, f"2026-10-12 14:00 +03:00, or: {NOW}")
        return typed(label, field.example)

    def _offering(self, offered: Offered) -> Any:
        words = [one for one in offered if isinstance(one, str)]
        if words:
            return type_ahead(self.label, words)
        return choice(self.label, [("not said", NOT_SAID), *offered])

    def offer(self, offered: Offered) -> None:
        """Offer something else; what stands in the widget stays."""
        is_list = hasattr(self.widget, "index")
        if is_list:
            chosen = self.value
            self.widget.options = [("not said", NOT_SAID), *offered]
            self.value = chosen
        else:
            self.widget.options = tuple(offered)

    def trouble(self) -> str:
        """Why what stands here cannot be entered; empty where it can."""
        value = self.entered()
        if not self.is_moment or value is None:
            return ""
        try:
            read_moment(value)
        except InputError as error:
            return f"{self.field.title()}: {error}."
        return ""

    @property
    def is_moment(self) -> bool:
        """Whether it holds day, time and zone."""
        return self.field.type == "string" and self.name.endswith(_MOMENT)

    def references(self) -> list[tuple[str, str]]:
        """Codes of the table that it refers to, in words."""
        assert self.field.refers_to is not None
        table, key = self.field.refers_to
        return [("not said", NOT_SAID), *named_rows(self.panel.frame(table), table, key)]

    def renew(self) -> None:
        """Offer what other tables hold by now."""
        is_reference = self.field.refers_to and not self.is_typed
        if is_reference and not self.field.codes and hasattr(self.widget, "index"):
            chosen = self.widget.value
            self.widget.options = self.references()
            self.value = chosen

    @property
    def value(self) -> Any:
        """What stands in the widget."""
        return self.widget.value

    @value.setter
    def value(self, value: Any) -> None:
        known = getattr(self.widget, "_options_values", None)
        if known is not None and value not in known:
            self.widget.options = [*self.widget.options, (str(value), value)]
        self.widget.value = value

    def shown(self, value: Any) -> Any:
        """A value of the table as the widget has it."""
        if value is None or (not isinstance(value, tuple) and pd.isna(value)):
            return NOT_SAID
        if self.field.type == "boolean":
            return "yes" if value else "no"
        if self.field.type == "integer" and not self.is_typed:
            return int(value)
        if isinstance(value, pd.Timestamp):
            return f"{value:%Y-%m-%d}"
        return cell_text(value)

    def entered(self) -> Any:
        """What is to be entered: None for nothing; `now` as the moment that it is."""
        value = self.value
        if isinstance(value, str):
            value = value.strip()
            if self.is_moment and value.casefold() == NOW:
                return stamp(self.panel.session.log.clock())
        return None if value == NOT_SAID else value


def in_words(field: Field, value: Any) -> str:
    """A value as a sentence has it: codes by their label, days as days; empty for none.

    Examples
    --------
    >>> in_words(table_schema("partners")["stage"], "running")
    'Running'
    """
    if value is None or (not isinstance(value, tuple) and pd.isna(value)):
        return ""
    if isinstance(value, tuple):
        return "; ".join(in_words(field, one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return code_list(field.codes).label(str(value)) if field.codes else cell_text(value)


def facts_html(table: str, row: Mapping[Any, Any], names: Iterable[str], title: object) -> str:
    """Fields of one row as it was entered, each with its title."""
    schema = table_schema(table)
    shown = [(schema[n].title(), in_words(schema[n], row[n])) for n in names if n in row]
    rows = [(name, words or "nobody has said") for name, words in shown]
    return table_html(("What", "As entered"), rows, str(title))


def rows_html(table: str, rows: pd.DataFrame, names: Sequence[str], title: str) -> str:
    """Fields of several rows, a row each."""
    schema = table_schema(table)
    words = (
        [in_words(schema[name], row[name]) or "not said" for name in names]
        for row in rows.to_dict("records")
    )
    return table_html([schema[name].title() for name in names], words, title)


def named_rows(frame: pd.DataFrame, table: str, key: str) -> list[tuple[str, str]]:
    """Rows of a table to choose from: code and what forms show beside it, with the code.

    Examples
    --------
    >>> named_rows(pd.DataFrame({"case_id": ["C1"], "title": ["A dam"]}), "cases", "case_id")
    [('C1: A dam', 'C1')]
    """
    beside = [name for name in table_schema(table).shown_beside if name in frame]
    if not beside and "name" in frame:
        beside = ["name"]
    made = []
    for row in frame.dropna(subset=[key]).to_dict("records"):
        said = " · ".join(cell_text(row[name]) for name in beside if pd.notna(row[name]))
        code = str(row[key])
        made.append((f"{code}: {said}" if said else code, code))
    return made


def stamp(moment: datetime) -> str:
    """A moment as forms have it.

    Examples
    --------
    >>> stamp(datetime.fromisoformat("2026-10-12T14:00:09+03:00"))
    '2026-10-12 14:00 +03:00'
    """
    said = f"{moment:%z}"
    return f"{moment:%Y-%m-%d %H:%M} {said[:3]}:{said[3:5]}"


def _is_short(field: Field) -> bool:
    if field.minimum is None or field.maximum is None:
        return False
    return field.maximum - field.minimum < _MOST_LEVELS
