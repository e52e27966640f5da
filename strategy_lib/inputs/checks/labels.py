"""Rows labelled wider than a row that they name: where that is withheld, they are withheld too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from strategy_lib.core.audiences import DEFAULT_LABEL
from strategy_lib.inputs.checks.locations import place_of, row_dicts, tell
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.frames import known_values
from strategy_lib.schema.name_keys import name_key
from strategy_lib.schema.schema import Field, TableSchema, code_list, schemas, table_schema
from strategy_lib.schema.text import shortened

MOST_SHOWN = 50
_Row = dict[Any, Any]


@dataclass(frozen=True)
class _Labelled:
    """A table and how widely each of its rows may be shown.

    Attributes
    ----------
    ranks : list of int
        Place of each row's label, the widest 0: the table's own where the row has none.
    caveats : list of bool
        Which rows are not for mainland China.
    """

    schema: TableSchema
    frame: pd.DataFrame
    ranks: list[int]
    caveats: list[bool]

    @classmethod
    def of(cls, frame: pd.DataFrame, schema: TableSchema) -> _Labelled:
        labels = known_values(frame["handling"], "")
        ranks = {label: _rank(label or schema.default_handling) for label in set(labels)}
        caveats = known_values(frame["not_for_mainland"], nothing=False)
        return cls(schema, frame, [ranks[label] for label in labels], list(map(bool, caveats)))

    def label(self, position: int) -> str:
        """Label of one row."""
        return str(code_list("handling").values[self.ranks[position]])


@dataclass(frozen=True)
class _Narrow:
    """A row that some edition withholds."""

    row: _Row
    rank: int
    has_caveat: bool

    def is_wider(self, rank: int, *, has_caveat: bool) -> bool:
        """Whether a row labelled so is shown where this one is not."""
        return rank < self.rank or (self.has_caveat and not has_caveat)


def with_caveats(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The same; where a table's rows are not for mainland China by default, said in each row."""
    made = dict(frames)
    for name, schema in schemas().items():
        if schema.default_not_for_mainland and len(frames[name]):
            column = frames[name]["not_for_mainland"]
            made[name] = frames[name].assign(not_for_mainland=column.fillna(value=True))
    return made


def check_labels(frames: Mapping[str, pd.DataFrame], problem_log: ProblemLog) -> None:
    """Warn once of each row that rows with a wider label name."""
    labelled = {name: _Labelled.of(frames[name], schema) for name, schema in schemas().items()}
    narrow: dict[tuple[str, str], dict[str, _Narrow]] = {}
    found: list[tuple[str, _Row, Fault]] = []
    for name, schema in schemas().items():
        for item in schema.fields:
            if item.refers_to is None or frames[name].empty:
                continue
            if item.refers_to not in narrow:
                table, key = item.refers_to
                narrow[item.refers_to] = _narrower(labelled[table], key)
            found += _wider_rows(labelled[name], item, narrow[item.refers_to])
    for table, row, fault in found[:MOST_SHOWN]:
        tell(problem_log, table, row, "handling", fault)
    if len(found) > MOST_SHOWN:
        message = f"and {len(found) - MOST_SHOWN:,} more rows that are named by wider ones"
        problem_log.add_fault(Fault("wider_label", message, severity="warning"), "", "", 0, "")


def _wider_rows(
    table: _Labelled, item: Field, narrow: Mapping[str, _Narrow]
) -> Iterator[tuple[str, _Row, Fault]]:
    """First of the rows that name one narrower row, with what to say of them."""
    if not narrow or item.refers_to is None:
        return
    found: dict[str, list[int]] = {}
    columns = (table.frame[item.name].tolist(), table.ranks, table.caveats)
    for position, (value, rank, has_caveat) in enumerate(zip(*columns, strict=True)):
        name = name_key(value)
        if name in narrow and narrow[name].is_wider(rank, has_caveat=has_caveat):
            found.setdefault(name, []).append(position)
    for name, positions in found.items():
        (row,) = row_dicts(table.frame.iloc[positions[:1]])
        label = table.label(positions[0])
        fault = _fault(str(row[item.name]), len(positions), label, narrow[name], item.refers_to[0])
        yield table.schema.name, row, fault


def _narrower(table: _Labelled, key: str) -> dict[str, _Narrow]:
    """Rows that some edition withholds, by each name that they may be named by."""
    levels = list(zip(table.ranks, table.caveats, strict=True))
    positions = [n for n, (rank, has_caveat) in enumerate(levels) if rank or has_caveat]
    named: dict[str, _Narrow] = {}
    for position, row in zip(positions, row_dicts(table.frame.iloc[positions]), strict=True):
        rank, has_caveat = levels[position]
        names = (row[key], row.get("chinese_name"), *(row.get("aliases") or ()))
        for name in {name_key(text) for text in names} - {""}:
            known = named.get(name)
            one = _Narrow(row, rank, has_caveat)
            if known is None or one.is_wider(known.rank, has_caveat=known.has_caveat):
                named[name] = one
    return named


def _rank(label: Any) -> int:
    labels = code_list("handling").values
    return labels.index(label if label in labels else DEFAULT_LABEL)


def _fault(name: str, count: int, found: str, named: _Narrow, target: str) -> Fault:
    caveat = ", not for mainland China" if named.has_caveat else ""
    label = f"{code_list('handling').values[named.rank]}{caveat}"
    rows_named = "this row is" if count == 1 else f"this row and {count - 1:,} more are"
    message = (
        f'{rows_named} labelled wider than "{shortened(name, 40)}" '
        f"({table_schema(target).title()}: {place_of(named.row)}), which is {label}; "
        "an edition that withholds that row withholds what names it"
    )
    return Fault("wider_label", message, found, label, severity="warning")
