"""Workspaces for tests: a small federation written as offices would write it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

from strategy_lib.core.resources import resource
from strategy_lib.core.workspace import Workspace, open_workspace
from strategy_lib.inputs.layout.headings import MARKER
from strategy_lib.schema.schema import table_schema

Records = Iterable[Mapping[str, Any]]
UNITS = [
    {
        "unit_id": "hq",
        "name": "International office",
        "kind": "international_office",
        "country_code": "CH",
    },
    {"unit_id": "ke", "name": "Kenya office", "kind": "country_office", "country_code": "KE"},
    {"unit_id": "kh", "name": "Cambodia office", "kind": "country_office", "country_code": "KH"},
    {"unit_id": "zm", "name": "Zambia office", "kind": "country_office", "country_code": "ZM"},
]
RETURNS = [
    {"unit_id": unit, "returned_date": "2026-09-14", "has_activities": "yes"}
    for unit in ("hq", "ke", "kh")
]
CONDITION = {
    "condition_id": "c",
    "legal_route": "representative_office",
    "kind": "condition",
    "condition": "A unit agrees",
    "source": "S",
    "as_of": "2017-01-01",
}


def activity(unit_id: str, title: str, counterpart: str, **more: Any) -> dict[str, Any]:
    """One activity with the fields that are needed."""
    return {
        "unit_id": unit_id,
        "title": title,
        "counterpart": counterpart,
        "theme": "labour_rights",
        "stance": "constructive",
        "country_code": "KE",
    } | more


def write_sheets(path: Path, tables: Mapping[str, Records]) -> Path:
    """A workbook with one plain sheet a table, headings in the first row."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    for name, records in tables.items():
        sheet = book.add_worksheet(name)
        names = table_schema(name).names
        sheet.write_row(0, 0, names)
        for row, record in enumerate(records, 1):
            for column, field in enumerate(names):
                value = record.get(field)
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write(row, column, value)
    book.close()
    return path


def fill_row(sheet: Any, table: str, record: Mapping[str, Any], row: int = 0) -> None:
    """Fill one row of a form that openpyxl opened, below the headings of any language.

    Parameters
    ----------
    row : int
        Row of the sheet, from 1; the first below the example where nothing is said.
    """
    top = next(n for n in range(1, 20) if sheet.cell(n, 1).value == MARKER)
    titles = {title: f.name for f in table_schema(table).fields for title in f.titles.values()}
    for cell in sheet[top][1:]:
        name = titles.get(str(cell.value or "").removesuffix(" *"))
        if name in record:
            sheet.cell(row or top + 3, cell.column).value = record[name]


def make_workspace(
    root: Path, tables: Mapping[str, Records], settings: str = "", year: int = 2026
) -> Workspace:
    """A workspace whose offices sent `tables`; the date is pinned."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "workbook.toml").write_text(
        f'[organisation]\nname = "Test federation"\n[run]\nas_of = {year}-11-01\nformats = []\n'
        f"{settings}",
        encoding="utf-8",
    )
    inputs = root / str(year) / "inputs"
    write_sheets(inputs / "prepare" / "offices.xlsx", {"units": tables.get("units", UNITS)})
    mapping = {"returns": RETURNS} | {k: v for k, v in tables.items() if k != "units"}
    write_sheets(inputs / "mapping" / "returns.xlsx", mapping)
    return open_workspace(root)


def copy_cases(root: Path) -> Path:
    """The example's cases at `root`, with the offices whose activities they name."""
    example = resource("data", "example")
    from_folder, inputs = example / "2026" / "inputs", root / "2026" / "inputs"
    for area in ("prepare", "speaking_out"):
        shutil.copytree(from_folder / area, inputs / area)
    (inputs / "mapping").mkdir()
    for name in ("Mapping form KENYA final v2.xlsx", "Ethiopia_mapping_2026 (1).xlsx"):
        shutil.copy(from_folder / "mapping" / name, inputs / "mapping")
    shutil.copy(example / "workbook.toml", root)
    return root
