"""Rows that cannot be used are taken out, and what names them with them: one bad row stops nothing.

What is left is what would have been read had nobody sent the bad rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from strategy_lib.core.audiences import LABELS
from strategy_lib.core.problems import Problem
from strategy_lib.inputs.checks.all_tables import check_tables
from strategy_lib.inputs.checks.duplicates import row_keys
from strategy_lib.inputs.checks.references import links
from strategy_lib.schema.cell import Place
from strategy_lib.schema.frames import SetAside, Tables, known_values
from strategy_lib.schema.schema import TableSchema, table_schema

if TYPE_CHECKING:
    from strategy_lib.core.workspace import Cycle

# Fields that name a row of another table without a key that is checked as such.
_FURTHER = (("costs", "currency", "currency_rates", "currency"),)


def usable(tables: Tables, cycle: Cycle, as_of: date) -> Tables:
    """Tables without the rows that have errors, and without those that name such a row.

    Parameters
    ----------
    tables : Tables
        What `read_inputs` gave.
    cycle, as_of : Cycle and date
        As they were given to it.

    Returns
    -------
    Tables
        With what was taken out in `set_aside`, and one warning for each bad row that others name.
        A row with the key of one that is set aside is shown no wider than that.
    """
    if not tables.faulty:
        return tables
    sorting = _Sorting(tables.entered)
    sorting.take_out(tables.faulty)
    new: tuple[Problem, ...] = ()
    while True:
        sorting.follow()
        rest = replace(tables, frames=sorting.frames(), problems=(), faulty={}, entered={})
        checked = check_tables(rest, cycle, as_of)
        # What only shows where the bad rows are gone is told like all else.
        new += checked.errors
        if not sorting.take_out(checked.faulty):
            break
    set_aside = sorting.set_aside(tables.faulty)
    return replace(
        tables,
        frames=_narrowed(checked.frames, set_aside.frames),
        problems=tuple(sorted({*tables.problems, *new, *sorting.warnings()})),
        set_aside=set_aside,
    )


@dataclass
class _Sorting:
    """Which rows are taken out, by their position in the frames as they were entered.

    Attributes
    ----------
    out : dict
        Table -> position -> the error for which the row is taken out.
    followers : dict
        Error -> table -> how many rows were taken out with the row that it stands in.
    """

    entered: Mapping[str, pd.DataFrame]
    out: dict[str, dict[int, Problem]] = field(default_factory=dict)
    followers: dict[Problem, Counter[str]] = field(default_factory=dict)
    _places: dict[str, list[Place]] = field(default_factory=dict)

    def take_out(self, faulty: Mapping[Place, Problem]) -> bool:
        """Take out the rows at these places; whether there were any."""
        before = sum(map(len, self.out.values()))
        for name in self.entered:
            found = self.out.setdefault(name, {})
            for position, place in enumerate(self.places(name)):
                for wide in (place, (*place[:2], 0), (place[0], "", 0)):
                    if wide in faulty:
                        found.setdefault(position, faulty[wide])
                        break
        return sum(map(len, self.out.values())) > before

    def follow(self) -> None:
        """Take out the rows that name what is only among the rows taken out, until none does."""
        while any(self._follow(*link) for link in _named()):
            pass

    def _follow(self, name: str, item: str, target: str, key: str) -> bool:
        gone = self._gone(target, key)
        if not gone:
            return False
        column, out = self.entered[name][item], self.out[name]
        before = len(out)
        for position, value in enumerate(known_values(column)):
            if position in out or value is None:
                continue
            codes = value if isinstance(value, tuple) else (value,)
            cause = next((gone[c] for code in codes if (c := _key(code)) in gone), None)
            if cause is not None:
                out[position] = cause
                self.followers.setdefault(cause, Counter())[name] += 1
        return len(out) > before

    def _gone(self, target: str, key: str) -> dict[str, Problem]:
        """Keys that only rows taken out have, and why these are."""
        out = self.out[target]
        if not out:
            return {}
        keys = known_values(self.entered[target][key])
        there = {_key(k) for position, k in enumerate(keys) if k and position not in out}
        named = {_key(keys[position]): cause for position, cause in out.items() if keys[position]}
        return {code: cause for code, cause in named.items() if code not in there}

    def frames(self) -> dict[str, pd.DataFrame]:
        """Frames of what is left."""
        return {
            name: frame.drop(index=list(self.out[name])).reset_index(drop=True)
            for name, frame in self.entered.items()
        }

    def places(self, name: str) -> list[Place]:
        """Where each row of a table stands."""
        if name not in self._places:
            frame = self.entered[name]
            columns = (("source_file", ""), ("source_sheet", ""), ("source_row", 0))
            parts = (known_values(frame[column], nothing) for column, nothing in columns)
            self._places[name] = list(zip(*parts, strict=True))
        return self._places[name]

    def warnings(self) -> Iterator[Problem]:
        """One line for each row that others went with: what to mend first."""
        for cause, counts in self.followers.items():
            count = sum(counts.values())
            rows = "1 row that names it is" if count == 1 else f"{count:,} rows that name it are"
            where = ", ".join(f"{table_schema(t).title()} ({n:,})" for t, n in counts.items())
            message = f"{rows} set aside with it, until it is mended: {where}"
            place = (cause.file, cause.sheet, cause.row, cause.column)
            yield Problem(*place, "warning", "set_aside_with_it", message)

    def set_aside(self, faulty: Mapping[Place, Problem]) -> SetAside:
        """What was taken out, and what could not be read at all."""
        frames: dict[str, pd.DataFrame] = {}
        causes: dict[Place, Problem] = {}
        for name, out in self.out.items():
            if out:
                frames[name] = self.entered[name].loc[sorted(out)].reset_index(drop=True)
                causes |= {self.places(name)[position]: cause for position, cause in out.items()}
        blamed = set(causes.values())
        unread = {p for p in faulty.values() if p not in blamed}
        return SetAside(frames, causes, tuple(sorted(unread)))


def _named() -> Iterator[tuple[str, str, str, str]]:
    """Table and field that hold a code of another table, and where that is listed."""
    for name, item, (target, key) in links():
        yield name, item.name, target, key
    yield from _FURTHER


def _key(code: Any) -> str:
    return str(code).casefold()


def _narrowed(
    frames: Mapping[str, pd.DataFrame], aside: Mapping[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """Frames in which no row is shown wider than one of the same key that is set aside."""
    made = dict(frames)
    for name, gone in aside.items():
        schema, frame = table_schema(name), frames[name].copy()
        limits: dict[str, tuple[int, bool]] = {}
        for key, (rank, caveat) in zip(row_keys(gone, schema), _labels(gone, schema), strict=True):
            known = limits.get(key, (0, False))
            limits[key] = max(known[0], rank), known[1] or caveat
        rows = zip(row_keys(frame, schema), _labels(frame, schema), strict=True)
        for position, (key, (rank, caveat)) in enumerate(rows):
            if not isinstance(key, str) or key not in limits:
                continue
            if limits[key][0] > rank:
                frame.loc[position, "handling"] = LABELS[limits[key][0]]
            if limits[key][1] and not caveat:
                frame.loc[position, "not_for_mainland"] = True
            made[name] = frame
    return made


def _labels(frame: pd.DataFrame, schema: TableSchema) -> Iterator[tuple[int, bool]]:
    """Place of each row's label, the widest 0, and whether it is not for mainland China."""
    labels = known_values(frame["handling"], schema.default_handling)
    caveats = known_values(frame["not_for_mainland"], nothing=False)
    for label, caveat in zip(labels, caveats, strict=True):
        yield LABELS.index(label if label in LABELS else LABELS[-1]), bool(caveat)
