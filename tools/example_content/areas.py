"""Files of the areas whose content lies in a folder each: coordinators' lists, assessors' forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from strategy_lib.forms.prefill import matrix_of, starting_rows
from strategy_lib.forms.workbook import write_form
from strategy_lib.schema.frames import typed_frame
from strategy_lib.schema.schema import TableSchema, schemas, table_schema
from tools.example_content.records import FOLDER, Content, Record, rows_of, typed

ORGANISATION = "Hearthway Commons International"
_LANGUAGES = {"A04": "zh"}


def area_content(year: int) -> Content:
    """Records of every table that lies in a folder of its area."""
    paths = sorted(FOLDER.glob("*/*.csv"))
    return {path.stem: typed(path.stem, rows_of(path, year)) for path in paths}


def write_areas(inputs: Path, year: int, records: Content) -> Iterator[Path]:
    """Write the files of one cycle below its `inputs/`."""
    areas = sorted({table_schema(name).area for name in records})
    known = {s.name: typed_frame(s, records.get(s.name, [])) for s in schemas().values()}
    matrix = matrix_of(known)
    for area in areas:
        tables = [s for s in schemas().values() if s.area == area and records.get(s.name)]
        (inputs / area).mkdir(parents=True, exist_ok=True)
        for name, sheets in _files(area, year, tables, records):
            code = _assessor(sheets)
            language = _LANGUAGES.get(code or "", "en")
            chosen = [table for table in tables if table.name in sheets]
            yield write_form(
                inputs / area / name,
                chosen,
                language,
                ORGANISATION,
                year,
                assessor_id=code,
                rows=sheets,
                matrix=matrix,
            )


def _files(
    area: str, year: int, tables: list[TableSchema], records: Content
) -> Iterator[tuple[str, Content]]:
    """File name -> rows of each of its sheets."""
    files: dict[str, Content] = {}
    for table in tables:
        for record in records[table.name]:
            name = record.get("_file") or _usual_name(area, year, table, record)
            files.setdefault(name, {}).setdefault(table.name, []).append(record)
    known = {s.name: typed_frame(s, records.get(s.name, [])) for s in schemas().values()}
    for name, sheets in sorted(files.items()):
        yield name, {t: _with_gaps(table_schema(t), rows, known) for t, rows in sheets.items()}


def _usual_name(area: str, year: int, table: TableSchema, record: Record) -> str:
    title = area.replace("_", " ").capitalize()
    who = record.get("assessor_id") if table.filled_by == "assessor" else None
    return f"{title} {who} {year}.xlsx" if who else f"{title} {year}.xlsx"


def _with_gaps(table: TableSchema, rows: list[Record], known: Mapping[str, object]) -> list[Record]:
    """Rows of an assessor's form as it was sent out, filled in; rows left open stay in it."""
    if table.filled_by != "assessor" or not table.prefilled_by:
        return rows
    keys = tuple(table.prefilled_by)
    first = {tuple(r.get(k) for k in keys): r for r in rows if r.get("round") in (None, 1)}
    sent = starting_rows(table, known, rows[0]["assessor_id"])  # type: ignore[arg-type]
    filled = [row | first.pop(tuple(row.get(k) for k in keys), {}) for row in sent]
    later = [r for r in rows if r.get("round") not in (None, 1)]
    return [*filled, *first.values(), *later]


def _assessor(sheets: Content) -> str | None:
    codes = {row.get("assessor_id") for rows in sheets.values() for row in rows}
    return codes.pop() if len(codes) == 1 else None
