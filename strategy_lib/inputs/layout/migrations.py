"""Inputs of earlier years, read as tables are today: an old cycle is never rewritten.

A cycle notes the version of each table that its forms were made for (`cycle.json`; without that
file, 1). Where a table has a later version today, each row of an old sheet goes through one step a
version, before its cells are read and checked: a step takes the cells of one row by the old names
of its fields and gives them by the new ones. The file itself stays as it is.

To change a table so that old forms no longer fit: raise its `version` in `data/schemas/`, keep the
schema as it was in `data/schemas/past/TABLE.VERSION.json`, and add a `Migration` to `MIGRATIONS`,
with a test that reads a sheet of the old kind.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from strategy_lib.core.atomic import write_whole
from strategy_lib.core.errors import InputError
from strategy_lib.core.resources import resource
from strategy_lib.core.workspace import CYCLE_FILE
from strategy_lib.inputs.files.rawsheets import RawSheet
from strategy_lib.inputs.layout.headings import MARKER, READING_MARK
from strategy_lib.schema.schema import LANGUAGES, TableSchema, parse_schema, schemas
from strategy_lib.schema.text import Row, cell_text, is_blank, loose_key

Record = dict[str, Any]
FIRST_VERSION = 1
_FIRST_ROWS = 15
_MARKERS = (MARKER, "＃")


@dataclass(frozen=True)
class Migration:
    """One step: how rows of one version of a table become rows of the next.

    Attributes
    ----------
    past : TableSchema
        The table as it was: its `version` is the one that the step begins with.
    change : callable
        Takes the cells of one row by the old fields' names, as they stand in the sheet (text that
        somebody typed, a number, a date; what is empty is missing), and gives them by the new ones.
    """

    past: TableSchema
    change: Callable[[Record], Record]

    @property
    def table(self) -> str:
        """Name of the table."""
        return self.past.name


def past_schema(table: str, version: int) -> TableSchema:
    """A table as it was, from `data/schemas/past/`.

    Raises
    ------
    InputError
        If that version is not kept.
    """
    path = resource("data", "schemas", "past", f"{table}.{version}.json")
    if not path.is_file():
        raise InputError(f"Version {version} of the table {table} is not kept in {path.parent}.")
    return parse_schema(json.loads(path.read_text(encoding="utf-8")))


# One for each version that is no longer today's, such as
# Migration(past_schema("capacities", 1), _capacities_2).
MIGRATIONS: tuple[Migration, ...] = ()


def note_versions(cycle_root: Path) -> Path:
    """Note in a new cycle which version of each table its forms are made for."""
    versions = {name: schema.version for name, schema in schemas().items()}
    path = cycle_root / CYCLE_FILE
    write_whole(path, json.dumps({"tables": versions}, indent=1, sort_keys=True).encode() + b"\n")
    return path


def noted_versions(
    cycle_root: Path, today: Mapping[str, TableSchema] | None = None
) -> dict[str, int]:
    """Version of each table that a cycle's forms were made for; 1 where it does not say.

    Raises
    ------
    InputError
        If the file cannot be read, or a table is of a later version than this workbook knows.
    """
    known = schemas() if today is None else today
    path = cycle_root / CYCLE_FILE
    noted: dict[str, Any] = {}
    if path.is_file():
        noted = _read(path)
    newer = [
        f"{name} ({noted[name]}, here {schema.version})"
        for name, schema in known.items()
        if noted.get(name, FIRST_VERSION) > schema.version
    ]
    if newer:
        raise InputError(
            f"{cycle_root.name} was made with a newer version of the workbook: tables "
            f"{', '.join(newer)}. Install that version; nothing was changed."
        )
    return {name: int(noted.get(name, FIRST_VERSION)) for name in known}


def _read(path: Path) -> dict[str, Any]:
    where = f"{path.parent.name}/{path.name}"
    try:
        tables = json.loads(path.read_text(encoding="utf-8"))["tables"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{where} cannot be read as the versions of tables ({error}).") from None
    if not isinstance(tables, dict) or not all(type(v) is int for v in tables.values()):
        raise InputError(f"{where}: versions of tables must be whole numbers, found {tables!r}.")
    return tables


def migrate(
    table: str,
    version: int,
    records: Iterable[Record],
    steps: Sequence[Migration] = MIGRATIONS,
    today: int | None = None,
) -> list[Record]:
    """Rows of an earlier version of a table, as they are today.

    Parameters
    ----------
    version : int
        The version that the rows are of.
    today : int, optional
        The version that is wanted; else the schema's.

    Raises
    ------
    InputError
        If a step is missing.
    """
    rows = [dict(record) for record in records]
    for step in _chain(table, version, steps, today):
        rows = [step.change(row) for row in rows]
    return rows


def _chain(
    table: str, version: int, steps: Sequence[Migration], today: int | None = None
) -> list[Migration]:
    last = schemas()[table].version if today is None else today
    by_version = {step.past.version: step for step in steps if step.table == table}
    missing = [number for number in range(version, last) if number not in by_version]
    if missing:
        raise InputError(
            f"Table {table}: the workbook cannot read version {missing[0]}; it reads "
            f"{', '.join(map(str, sorted({*by_version, last})))}. Install a later version."
        )
    return [by_version[number] for number in range(version, last)]


def migrated_sheet(
    sheet: RawSheet,
    versions: Mapping[str, int],
    steps: Sequence[Migration] = MIGRATIONS,
    today: Mapping[str, TableSchema] | None = None,
) -> RawSheet:
    """A sheet of an earlier version of its table, with the headings and cells of today.

    Rows keep their places, so that a problem still names the row that somebody typed. A column that
    the old table did not have stays as it is. A sheet of no old table is given back as it came.

    Parameters
    ----------
    versions : mapping of str to int
        Version of each table that the cycle's forms were made for.
    today : mapping of str to TableSchema, optional
        Tables as they are now; else the workbook's own.
    """
    known = schemas() if today is None else today
    for step in steps:
        table = step.table
        if table not in known or versions.get(table, FIRST_VERSION) != step.past.version:
            continue
        header = _header(sheet, step.past)
        if header is not None:
            chain = _chain(table, step.past.version, steps, known[table].version)
            return _rewritten(sheet, header, step.past, chain, known[table])
    return sheet


def _header(sheet: RawSheet, past: TableSchema) -> int | None:
    """Place of the row of headings, if the sheet is named as the old table was."""
    names = {
        loose_key(text) for text in (past.name, *past.titles.values(), *map(past.sheet, LANGUAGES))
    }
    if loose_key(sheet.name) not in names:
        return None
    fields = _fields(past)
    found = [
        (sum(loose_key(cell_text(cell)) in fields for cell in row), -place)
        for place, row in enumerate(sheet.rows[:_FIRST_ROWS])
    ]
    best = max(found, default=(0, 0))
    return -best[1] if best[0] else None


def _fields(past: TableSchema) -> dict[str, str]:
    """Heading, as `loose_key`, in any language -> field of the old table."""
    made = {loose_key(t): field.name for field in past.fields for t in field.titles.values()}
    return made | {loose_key(field.name): field.name for field in past.fields}


def _rewritten(
    sheet: RawSheet,
    header: int,
    past: TableSchema,
    chain: Sequence[Migration],
    today: TableSchema,
) -> RawSheet:
    known = _fields(past)
    headings = [cell_text(cell) for cell in sheet.rows[header]]
    old = {
        place: known[key]
        for place, text in enumerate(headings)
        if (key := loose_key(text)) in known and not text.startswith(READING_MARK)
    }
    kept = [place for place in range(len(headings)) if place not in old]
    marker = next((place for place, text in enumerate(headings) if text in _MARKERS), None)
    new = list(today.names)
    rows: list[Row] = [list(row) for row in sheet.rows[:header]]
    rows.append([*new, *(headings[place] for place in kept)])
    for row in sheet.rows[header + 1 :]:
        cells = [row[place] if place < len(row) else "" for place in range(len(headings))]
        rest = [cells[place] for place in kept]
        # Rows that explain the old columns are of no use under the new ones.
        is_help = marker is not None and not is_blank(cells[marker])
        record = {name: cells[place] for place, name in old.items() if not is_blank(cells[place])}
        if record and not is_help:
            for step in chain:
                record = step.change(record)
            rows.append([*(record.get(name, "") for name in new), *rest])
        else:
            rows.append([*([""] * len(new)), *(rest if not is_help else [""] * len(rest))])
    return replace(sheet, rows=rows, merged=())
