"""Spreadsheet files -> raw sheets, by calamine: it runs no formula and no macro."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, load_workbook

from strategy_lib.inputs.files.kinds import Kind, damaged, damaged_sheet, locked, not_a_table
from strategy_lib.inputs.files.rawsheets import RawFile, RawSheet, Refusal
from strategy_lib.inputs.files.unpacking import Unpacked, unpack
from strategy_lib.schema.limits import Limits
from strategy_lib.schema.text import Row

_CHILD = Path(__file__).with_name("isolated.py")
_LOCKED, _TOO_MANY = 3, 4


def read_workbook(data: bytes, kind: Kind, file: str, limits: Limits) -> RawFile:
    """Read every sheet of a spreadsheet file."""
    if kind == "xls":
        return _read_apart(data, kind, file, limits, tuple(_macros_of_xls(data)))
    unpacked = unpack(data, kind, limits)
    if isinstance(unpacked, Refusal):
        return RawFile(kind, refusals=(unpacked,))
    refusals = (*unpacked.refusals, *_oddities(unpacked.names))
    if kind != "xlsx":
        return _read_apart(unpacked.data, kind, file, limits, refusals)
    if any(name.casefold().endswith("vbaproject.bin") for name in unpacked.names):
        return _read_here(unpacked, "xlsm", refusals)
    return _read_here(unpacked, kind, refusals)


def _oddities(names: Sequence[str]) -> Iterator[Refusal]:
    parts = [name.casefold() for name in names]
    if any(name.endswith("vbaproject.bin") or name.startswith("basic/") for name in parts):
        yield _macros()
    if any("externallinks/" in name for name in parts):
        message = (
            "has links to other files; the values saved in it are read, the links are not followed"
        )
        yield Refusal("external_links", message, "warning")


def _macros() -> Refusal:
    return Refusal("macros", "holds macros; they are ignored and never run", "warning")


def _macros_of_xls(data: bytes) -> Iterator[Refusal]:
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        yield _macros()


def _read_here(unpacked: Unpacked, kind: str, refusals: Sequence[Refusal]) -> RawFile:
    try:
        with load_workbook(io.BytesIO(unpacked.data)) as book:
            sheets, more = _sheets(book, unpacked.is_1904)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # a panic of the reader is no Exception
        return RawFile(kind, refusals=(*refusals, damaged()))
    return RawFile(kind, sheets, (*refusals, *more))


def _sheets(
    book: CalamineWorkbook, is_1904: bool
) -> tuple[tuple[RawSheet, ...], tuple[Refusal, ...]]:
    sheets, refusals = [], []
    for name in book.sheet_names:
        try:
            sheets.append(_raw_sheet(book.get_sheet_by_name(name), name, is_1904))
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException:
            refusals.append(damaged_sheet(name))
    return tuple(sheets), tuple(refusals)


def _raw_sheet(sheet: CalamineSheet, name: str, is_1904: bool) -> RawSheet:
    left = (sheet.start or (0, 0))[1]
    # The reader gives the empty rows above the first cell, but not the empty columns before it.
    rows: list[Row] = [[""] * left + row if left else row for row in sheet.iter_rows()]
    merged = tuple((*start, *end) for start, end in sheet.merged_cell_ranges or ())
    return RawSheet(name, rows, merged, is_1904)


def _read_apart(
    data: bytes, kind: Kind, file: str, limits: Limits, refusals: tuple[Refusal, ...]
) -> RawFile:
    """Read in a process of its own: in these formats nobody can tell beforehand how much it takes.

    A file that is made to fill the memory then ends that process, and not the workbook.
    """
    command = [sys.executable, "-P", str(_CHILD), str(limits.cells)]
    try:
        child = subprocess.run(
            command, input=data, capture_output=True, timeout=limits.seconds, check=False
        )
    except (subprocess.TimeoutExpired, OSError):
        return RawFile(kind, refusals=(*refusals, damaged()))
    if child.returncode == _TOO_MANY:
        message = "reaches further down or to the right than the workbook reads; keep the tables"
        return RawFile(kind, refusals=(*refusals, Refusal("too_many_cells", message)))
    if child.returncode == _LOCKED:
        return RawFile(kind, refusals=(*refusals, locked()))
    if child.returncode:
        refusal = damaged() if kind != "xls" else not_a_table(file, "damaged or another document")
        return RawFile(kind, refusals=(*refusals, refusal))
    sheets = json.loads(child.stdout, object_hook=_decoded)
    found = tuple(RawSheet(s["name"], s["rows"], tuple(map(tuple, s["merged"]))) for s in sheets)
    return RawFile(kind, found, (*refusals, *_old_format(kind)))


def _old_format(kind: Kind) -> Iterator[Refusal]:
    if kind in ("xls", "xlsb"):
        message = f"in a file of this kind (.{kind}) an error of a formula reads as an empty cell"
        yield Refusal("older_format", f"{message}; better send .xlsx", "warning")


def _decoded(value: dict[str, Any]) -> Any:
    if "date" in value:
        return date.fromisoformat(value["date"])
    if "datetime" in value:
        return datetime.fromisoformat(value["datetime"])
    if "time" in value:
        return time.fromisoformat(value["time"])
    return timedelta(seconds=value["seconds"]) if "seconds" in value else value
