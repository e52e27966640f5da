"""The coordinator's list of what is set aside: one line for each error, with the row itself.

To import this is light: a run in which nothing has changed says what is still set aside.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from strategy_lib.core.atomic import write_whole
from strategy_lib.core.workspace import Cycle
from strategy_lib.schema.text import cell_text, safe_text

if TYPE_CHECKING:
    from pathlib import Path

    from strategy_lib.core.problems import Problem
    from strategy_lib.schema.cell import Place
    from strategy_lib.schema.frames import Tables

COLUMNS = (
    "file",
    "sheet",
    "row",
    "column",
    "problem",
    "found",
    "allowed",
    "did_you_mean",
    "table",
    "the_row",
)
_LONGEST = 10**9


def list_path(cycle: Cycle) -> Path:
    """Where the list is, where anything is set aside."""
    return cycle.set_aside() / "to_mend.csv"


def write_list(cycle: Cycle, tables: Tables) -> None:
    """Write the list anew, for the one who runs the workbook alone; none where it is empty."""
    path, lines = list_path(cycle), list(_lines(tables))
    if not lines:
        path.unlink(missing_ok=True)
        with suppress(OSError):
            path.parent.rmdir()
        return
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe_text(str(cell)) for cell in line] for line in lines)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    write_whole(path, buffer.getvalue().encode("utf-8-sig", "replace"))
    path.chmod(0o600)


def set_aside_words(cycle: Cycle) -> str:
    """How much is set aside, as the list has it; empty where nothing is."""
    csv.field_size_limit(_LONGEST)
    try:
        with list_path(cycle).open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
    except OSError:
        return ""
    rows = {(line["file"], line["sheet"], line["row"]) for line in lines if line["table"]}
    files = {(line["file"], line["sheet"]) for line in lines if not line["table"]}
    words = (("row", "rows", rows), ("file or sheet", "files or sheets", files))
    told = [
        f"{len(found):,} {one if len(found) == 1 else many}" for one, many, found in words if found
    ]
    return f"Set aside until mended: {' and '.join(told)}"


def set_aside_line(cycle: Cycle) -> str:
    """The same in a line that says where the list is."""
    words = set_aside_words(cycle)
    more = f"; see {list_path(cycle)} or: workbook check {cycle.workspace.root}"
    return f"{words}{more}" if words else ""


def _lines(tables: Tables) -> Iterator[list[Any]]:
    from strategy_lib.inputs.checks.locations import place_in, row_dicts

    found: dict[Place, list[Problem]] = {}
    for problem in tables.errors:
        found.setdefault((problem.file, problem.sheet, problem.row), []).append(problem)
    for name, frame in tables.set_aside.frames.items():
        for row in row_dicts(frame):
            place, fields = place_in(row), list(row)[:-3]
            said = "; ".join(f"{field}: {text}" for field in fields if (text := _text(row[field])))
            cause = tables.set_aside.causes[place]
            is_own = (cause.file, cause.sheet, cause.row) == place
            for p in (found.get(place) if is_own else None) or [cause]:
                told = p.message if is_own else f"is set aside because of {p}"
                column = p.column if is_own else ""
                yield [*place, column, told, p.found, p.allowed, p.nearest, name, said]
    for p in tables.set_aside.unread:
        head = (p.file, p.sheet, p.row or "", p.column, p.message)
        yield [*head, p.found, p.allowed, p.nearest, "", ""]


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else cell_text(value)
