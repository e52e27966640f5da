"""Read a protocol and find every hole in it at once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.methods.harm.screening import Tolerance
from strategy_lib.protocol.files import Hole, path_of, read_rules, read_sheet, strangers
from strategy_lib.protocol.holes import holes_between
from strategy_lib.protocol.layout import RULES_FILE, SHEETS, WHOLE, YES_NO, Sheet
from strategy_lib.protocol.rule_holes import holes_of_rules

__all__ = ["Hole", "Protocol", "check_protocol", "read_protocol"]


@dataclass(frozen=True, eq=False)
class Protocol:
    """What an organisation has agreed about speaking out.

    Attributes
    ----------
    sheets : mapping of str to DataFrame
        Items by file, in their order: tolerances, evidence_grades, routes, urgency, roles, steps,
        raci, consultations, aftercare, pressure, wording_rules, wording_terms.
    rules : mapping
        Sections of `rules.toml`.
    own_files : tuple of str
        Files that are the organisation's own; the others are the starting values.
    """

    sheets: Mapping[str, pd.DataFrame]
    rules: Mapping[str, Mapping[str, Any]]
    own_files: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.sheets[name].copy()

    @property
    def tolerances(self) -> dict[str, Tolerance]:
        """Tolerance by kind of consequence."""
        return {
            row["kind"]: Tolerance(
                row["kind"],
                acceptance_from=int(row["acceptance_from"]),
                likely_acceptance_from=int(row["likely_acceptance_from"]),
                red_line_from=None if pd.isna(row["red_line_from"]) else int(row["red_line_from"]),
                likely_from=int(row["likely_from"]),
            )
            for row in self.sheets["tolerances"].to_dict("records")
        }

    def value(self, sheet: str, key: str, column: str) -> Any:
        """One cell of an item by its key; None where there is no such item.

        Examples
        --------
        >>> read_protocol().value("roles", "executive_director", "deputy")
        'board_chair'
        """
        found = self._items[sheet].get(key, {}).get(column)
        return None if found is None or pd.isna(found) else found

    @cached_property
    def _items(self) -> dict[str, dict[Any, dict[str, Any]]]:
        """Items of each sheet by the first part of their key."""
        return {
            name: {row[frame.columns[0]]: row for row in reversed(frame.to_dict("records"))}
            for name, frame in self.sheets.items()
        }

    def holds(self, step: str, letter: str) -> tuple[str, ...]:
        """Roles that have a letter (R, A, C, I) in a step.

        Examples
        --------
        >>> read_protocol().holds("decision", "A")
        ('executive_director',)
        """
        raci = self.sheets["raci"]
        return tuple(raci.loc[(raci["step"] == step) & (raci["letter"] == letter), "role"])

    def accountable(self, step: str) -> str:
        """The role that answers for a step; for a step that is not there, the one that decides.

        Examples
        --------
        >>> read_protocol().accountable("safety")
        'safety_lead'
        """
        return (*self.holds(step, "A"), *self.holds("decision", "A"))[0]

    def role(self, code: str) -> str:
        """A role in words; its code where the protocol does not have it."""
        return str(self.value("roles", code, "label") or code)


def read_protocol(folder: str | os.PathLike[str] | None = None) -> Protocol:
    """The protocol of an organisation; what it has not replaced is the bundled starting value.

    Parameters
    ----------
    folder : path, optional
        The organisation's files, such as `WORKSPACE/protocol`; each replaces the bundled one of the
        same name. The folder need not exist.

    Raises
    ------
    InputError
        If the protocol has holes; the message lists them all.

    Examples
    --------
    >>> read_protocol().tolerances["liberty"].red_line_from
    3
    """
    protocol, holes = _read(folder)
    if holes:
        listed = "\n".join(f"  {hole}" for hole in holes)
        raise InputError(f"The protocol has {len(holes)} holes:\n{listed}")
    assert protocol is not None
    return protocol


def check_protocol(folder: str | os.PathLike[str] | None = None) -> list[Hole]:
    """Every hole in a protocol: a role without a deputy, an urgency without a clock, ...

    Parameters
    ----------
    folder : path, optional
        As for `read_protocol`.

    Examples
    --------
    >>> check_protocol()
    []
    """
    return _read(folder)[1]


def _read(folder: str | os.PathLike[str] | None) -> tuple[Protocol | None, list[Hole]]:
    holes = list(strangers(folder))
    rows = {}
    for sheet in SHEETS:
        rows[sheet.name], found = read_sheet(folder, sheet)
        holes += found
    rules, found = read_rules(folder)
    holes += found
    if rules is not None:
        holes += holes_of_rules(rules)
    if all(rows.values()):
        holes += holes_between(rows, rules or {})
    if holes or rules is None:
        return None, sorted(set(holes))
    sheets = {sheet.name: _frame(sheet, rows[sheet.name]) for sheet in SHEETS}
    return Protocol(sheets, rules, tuple(_own(folder))), []


def _own(folder: str | os.PathLike[str] | None) -> Iterator[str]:
    for name in (*(sheet.file for sheet in SHEETS), RULES_FILE):
        if path_of(folder, name)[1]:
            yield name


def _frame(sheet: Sheet, rows: list[dict[str, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, dtype="str")
    for name, kind in sheet.numbers.items():
        numbers = pd.to_numeric(frame[name].replace("", None))
        frame[name] = numbers.astype("Int64" if kind == WHOLE else "Float64")
    for name, allowed in sheet.allowed.items():
        if allowed == YES_NO:
            frame[name] = frame[name].eq("yes")
    frame["as_of"] = [date.fromisoformat(day) for day in frame["as_of"]]
    order = next((n for n in ("rank", "rung") if n in sheet.numbers), None)
    return frame.sort_values(order, kind="stable", ignore_index=True) if order else frame
