"""Rows labelled wider than a row that they name: where that is withheld, they are withheld too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from strategy_lib.audiences import DEFAULT_LABEL
from strategy_lib.tables.faults import Fault
from strategy_lib.tables.journal import Journal
from strategy_lib.tables.names import name_key
from strategy_lib.tables.places import place_of, row_dicts, tell
from strategy_lib.tables.rawsheets import shortened
from strategy_lib.tables.schema import Field, TableSchema, code_list, schemas, table_schema

MOST_SHOWN = 50
_Row = dict[Any, Any]


def check_labels(frames: Mapping[str, pd.DataFrame], journal: Journal) -> None:
    """Warn once of each row that rows with a wider label name."""
    labelled = {name: _labelled(frames[name], schema) for name, schema in schemas().items()}
    narrow: dict[tuple[str, str], dict[str, _Row]] = {}
    found: list[tuple[str, _Row, Fault]] = []
    for name, schema in schemas().items():
        for item in schema.fields:
            if item.refers_to is None or frames[name].empty:
                continue
            if item.refers_to not in narrow:
                table, key = item.refers_to
                narrow[item.refers_to] = _narrower(labelled[table], key)
            found += _wider_rows(labelled[name], schema, item, narrow[item.refers_to])
    for table, row, fault in found[:MOST_SHOWN]:
        tell(journal, table, row, "handling", fault)
    if len(found) > MOST_SHOWN:
        message = f"and {len(found) - MOST_SHOWN:,} more rows that are named by wider ones"
        journal.add_fault(Fault("wider_label", message, severity="warning"), "", "", 0, "")


def _wider_rows(
    frame: pd.DataFrame, schema: TableSchema, item: Field, narrow: Mapping[str, _Row]
) -> Iterator[tuple[str, _Row, Fault]]:
    """First of the rows that name one narrower row, with what to say of them."""
    if not narrow or item.refers_to is None:
        return
    target, _ = item.refers_to
    found: dict[str, list[_Row]] = {}
    for row in row_dicts(frame[_may_be_wider(frame, item.name, narrow)]):
        name = name_key(row[item.name])
        if _is_wider(row, narrow[name]):
            found.setdefault(name, []).append(row)
    for name, rows in found.items():
        yield schema.name, rows[0], _fault(rows, narrow[name], target, str(rows[0][item.name]))


def _labelled(frame: pd.DataFrame, schema: TableSchema) -> pd.DataFrame:
    """A frame in which every row has its label: the table's own where it has none."""
    labels = frame["handling"]
    return frame.assign(
        handling=labels.where(labels.notna() & labels.ne(""), schema.default_handling)
    )


def _may_be_wider(frame: pd.DataFrame, column: str, narrow: Mapping[str, _Row]) -> pd.Series[bool]:
    """Rows that name a narrower one: of a large table nearly all fall out here."""
    ranks = {name: _rank(row["handling"]) for name, row in narrow.items()}
    caveats = [name for name, row in narrow.items() if row["not_for_mainland"]]
    names = frame[column].map(name_key)
    wider = frame["handling"].map(_rank) < names.map(ranks).fillna(-1)
    return wider | (names.isin(caveats) & ~frame["not_for_mainland"].fillna(False).astype("bool"))


def _narrower(frame: pd.DataFrame, key: str) -> dict[str, _Row]:
    """Rows that some edition withholds, by each name that they may be named by."""
    is_narrow = frame["handling"].map(_rank).gt(0) | frame["not_for_mainland"].fillna(False)
    named: dict[str, _Row] = {}
    for row in row_dicts(frame[is_narrow.astype("bool")]):
        names = (row[key], row.get("chinese_name"), *(row.get("aliases") or ()))
        for name in {name_key(text) for text in names} - {""}:
            known = named.get(name)
            if known is None or _is_wider(known, row):
                named[name] = row
    return named


def _rank(label: Any) -> int:
    labels = code_list("handling").values
    return labels.index(label if label in labels else DEFAULT_LABEL)


def _is_wider(row: _Row, named: _Row) -> bool:
    is_caveat_lost = bool(named["not_for_mainland"]) and not row["not_for_mainland"]
    return _rank(row["handling"]) < _rank(named["handling"]) or is_caveat_lost


def _fault(rows: list[_Row], named: _Row, target: str, name: str) -> Fault:
    caveat = ", not for mainland China" if named["not_for_mainland"] else ""
    label = f"{named['handling']}{caveat}"
    rows_named = "this row is" if len(rows) == 1 else f"this row and {len(rows) - 1:,} more are"
    message = (
        f'{rows_named} labelled wider than "{shortened(name, 40)}" '
        f"({table_schema(target).title()}: {place_of(named)}), which is {label}; "
        "an edition that withholds that row withholds what names it"
    )
    found = str(rows[0]["handling"])
    return Fault("wider_label", message, found, label, severity="warning")
