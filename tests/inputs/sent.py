"""What offices send, for tests: files of every kind, put into a small workspace."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from strategy_lib.core.problems import Problem
from strategy_lib.core.workspace import Cycle, open_workspace
from strategy_lib.inputs.read import read_inputs
from strategy_lib.schema.frames import Tables
from strategy_lib.schema.limits import LIMITS, Limits
from tests.workspaces import UNITS

Rows = Sequence[Sequence[Any]]
AS_OF = date(2026, 11, 1)
ACTIVITY_HEADINGS = (
    *("unit_id", "title", "theme", "stance", "counterpart", "country_code"),
    *("end_date", "contact_strength", "handling"),
)
ACTIVITY = (
    *("ke", "Talks", "labour_rights", "constructive", "China House", "KE"),
    *("", 2, ""),
)
RETURN_HEADINGS = ("unit_id", "returned_date", "has_activities")
ALL_RETURNS = [(unit["unit_id"], "2026-09-14", "yes") for unit in UNITS]


def activity(**changed: Any) -> list[Any]:
    """Cells of one activity, under `ACTIVITY_HEADINGS`."""
    cells = dict(zip(ACTIVITY_HEADINGS, ACTIVITY, strict=True)) | changed
    return [cells[name] for name in ACTIVITY_HEADINGS]


def xlsx(sheets: Mapping[str, Rows], **options: Any) -> bytes:
    """A spreadsheet with plain cells; dates are written as dates."""
    buffer = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, settings | options)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif isinstance(cell, str) and cell:
                    sheet.write_string(number, column, cell)
                elif cell is not None and cell != "":
                    sheet.write(number, column, cell)
    book.close()
    return buffer.getvalue()


def text(rows: Rows, separator: str = ",") -> str:
    """Rows as text with separated values."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator).writerows(rows)
    return buffer.getvalue()


def ods(sheets: Mapping[str, Iterable[str]]) -> bytes:
    """An OpenDocument spreadsheet from rows of XML."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    tables = "".join(
        f'<table:table table:name="{name}">{"".join(rows)}</table:table>'
        for name, rows in sheets.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        f'xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
        f'xmlns:text="{names}:text:1.0" xmlns:calcext="urn:org:documentfoundation:names:calc:1.0">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0"/>'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )


def ods_row(*cells: str) -> str:
    """One row of an OpenDocument table, of texts."""
    filled = (
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f"<table:table-row>{''.join(filled)}</table:table-row>"


def zipped(parts: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def changed_part(data: bytes, part: str, change: Any) -> bytes:
    """A zipped file with one part passed through `change`; a new part is made from b""."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    parts[part] = change(parts.get(part, b""))
    return zipped(parts)


def make_cycle(
    root: Path, files: Mapping[str, bytes | str], settings: str = "", units: bool = True
) -> Cycle:
    """A workspace of 2026 whose `inputs/` hold `files`, and a list of four offices."""
    inputs = root / "2026" / "inputs"
    inputs.mkdir(parents=True)
    (root / "workbook.toml").write_text(
        f"[run]\nas_of = {AS_OF}\n{settings}", encoding="utf-8", newline="\n"
    )
    names = ("unit_id", "name", "kind", "country_code")
    listed = text([names, *([unit[name] for name in names] for unit in UNITS)])
    given = {"prepare/units.csv": listed} if units else {}
    for name, content in (given | dict(files)).items():
        path = inputs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return open_workspace(root).cycle(2026)


def read(
    root: Path,
    files: Mapping[str, bytes | str],
    settings: str = "",
    *,
    units: bool = True,
    limits: Limits = LIMITS,
) -> Tables:
    """What is read from `files`."""
    return read_inputs(make_cycle(root, files, settings, units), limits=limits)


def read_activities(root: Path, *rows: Sequence[Any]) -> Tables:
    """What is read where every office has answered, with these activities."""
    sheets = {
        "returns": [RETURN_HEADINGS, *ALL_RETURNS],
        "activities": [ACTIVITY_HEADINGS, *rows],
    }
    return read(root, {"mapping/all.xlsx": xlsx(sheets)})


def of_kind(tables: Tables, kind: str) -> list[Problem]:
    """Problems and notes of one kind."""
    return [p for p in (*tables.problems, *tables.asides) if p.kind == kind]


def the_only(tables: Tables, kind: str) -> Problem:
    """The only problem of one kind."""
    (problem,) = of_kind(tables, kind)
    return problem


def kinds(tables: Tables) -> set[str]:
    """Kinds of the problems, without the offices that have not answered."""
    return {p.kind for p in tables.problems} - {"not_answered"}
