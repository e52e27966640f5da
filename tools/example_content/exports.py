"""Two files that are not our form: an export of a data-collection tool and a 3W sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from strategy_lib.schema.schema import Field, TableSchema, table_schema
from tools.example_content.records import Content, Grid, Record
from tools.example_content.sheets import new_book, write_grid

KOBO_TABLES = (
    "activities",
    "counterparts",
    "capacities",
    "local_initiatives",
    "country_strategies",
    "added_value_tests",
)
_SYSTEM = ("__version__", "_id", "_uuid", "_submission_time", "_validation_status", "_index")
_FIRST_ID = 48210


def write_kobo(path: Path, units: Sequence[str], records: Content) -> Path:
    """An export of KoboToolbox: one row an office, then one sheet a repeated group.

    Headings are names with their group; several choices stand in one cell with spaces between
    them and again in one column a choice; a repeated row knows its office by `_parent_index` only.
    """
    book = new_book(path)
    date_format = book.add_format({"num_format": "yyyy-mm-dd"})
    main = path.stem[:31]
    write_grid(book.add_worksheet(main), _kobo_main(units, records), date_format)
    for name in KOBO_TABLES:
        grid = _kobo_repeat(table_schema(name), main, units, records.get(name, []))
        write_grid(book.add_worksheet(name), grid, date_format)
    book.close()
    return path


def _kobo_main(units: Sequence[str], records: Content) -> Grid:
    schema = table_schema("returns")
    fields = [f for f in schema.fields if f.name != "unit_id"]
    head = ["start", "end", "unit_id", *(f"returns/{f.name}" for f in fields), *_SYSTEM]
    grid: Grid = [head]
    by_unit = {record["unit_id"]: record for record in records["returns"]}
    for index, unit in enumerate(units, 1):
        record = by_unit[unit]
        day = record["returned_date"]
        answers = [_kobo_cell(f, record.get(f.name)) for f in fields]
        times = [f"{day}T09:0{index}:00.000+02:00", f"{day}T10:1{index}:00.000+02:00"]
        grid.append([*times, unit, *answers, *_system(index, day)])
    return grid


def _system(index: int, day: date) -> list[Any]:
    sent = (day + timedelta(days=1)).isoformat()
    uuid = f"{index:08d}-0000-4000-8000-{_FIRST_ID + index:012d}"
    return ["vExample1", _FIRST_ID + index, uuid, f"{sent}T07:30:00", "", index]


def _kobo_repeat(
    schema: TableSchema, main: str, units: Sequence[str], records: Sequence[Record]
) -> Grid:
    fields = [f for f in schema.fields if f.name not in ("unit_id", "activity_id")]
    head = [heading for f in fields for heading in _kobo_headings(schema.name, f)]
    grid: Grid = [[*head, "_index", "_parent_table_name", "_parent_index"]]
    for parent, record in _with_parent(schema, units, records):
        line = [value for f in fields for value in _kobo_values(f, record.get(f.name))]
        grid.append([*line, len(grid), main, parent])
    return grid


def _with_parent(
    schema: TableSchema, units: Sequence[str], records: Sequence[Record]
) -> Iterator[tuple[int, Record]]:
    key = "unit_id" if "unit_id" in schema.by_name else "_listed_by"
    for parent, unit in enumerate(units, 1):
        yield from ((parent, record) for record in records if record[key] == unit)


def _kobo_headings(table: str, field: Field) -> list[str]:
    name = f"{table}/{field.name}"
    codes = field.code_list if field.type == "list" else None
    return [name, *(f"{name}/{value}" for value in codes.values)] if codes else [name]


def _kobo_values(field: Field, value: Any) -> list[Any]:
    codes = field.code_list if field.type == "list" else None
    if codes is None:
        return [_kobo_cell(field, value)]
    chosen: tuple[str, ...] = value or ()
    # Nothing chosen leaves every column of the question empty; else the others hold 0.
    marks = [int(code in chosen) if chosen else "" for code in codes.values]
    return [" ".join(chosen), *marks]


def _kobo_cell(field: Field, value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ";".join(value)
    return value.isoformat() if field.type == "date" and value else value


SECTORS = {
    "health": "Health",
    "biodiversity_wildlife": "Environment",
    "gender_equality": "Gender",
    "agriculture_food": "Food security",
    "humanitarian": "Shelter/NFI",
}
APPROACHES = {"constructive": "With", "neutral": "Alongside", "critical": "About"}


def write_3w(path: Path, records: Sequence[Record]) -> Path:
    """A who-does-what-where sheet of a humanitarian cluster, as `workbook.toml` maps it."""
    book = new_book(path)
    date_format = book.add_format({"num_format": "dd-mmm-yy"})
    about = book.add_worksheet("About")
    about.write_column(0, 0, ["Who does what, where: monthly update", "Sheet: 3W data"])
    head = ["Organisation", "Sector", "Project title", "Chinese actor", "Approach"]
    head += ["Country", "Province", "End", "Status", "Known in HQ", "Focal points"]
    grid: Grid = [[*head, "Share outside CN"]]
    grid += [_line_3w(record) for record in records]
    write_grid(book.add_worksheet("3W data"), grid, date_format)
    book.close()
    return path


def _line_3w(record: Record) -> list[Any]:
    end = record.get("end_date")
    return [
        "HCI Pacific",
        SECTORS[record["theme"]],
        record["title"],
        record.get("counterpart", ""),
        APPROACHES[record["stance"]],
        "Papua New Guinea",
        "National Capital District" if record["theme"] == "health" else "Western Highlands",
        end,
        "Completed" if end and end < date(2026, 10, 16) else "Ongoing",
        "Y" if record["is_known_to_centre"] else "N",
        record["contact_people"],
        "Y" if record.get("not_for_mainland") else "",
    ]
