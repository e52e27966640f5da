"""Reads one spreadsheet in a process of its own: bytes in, JSON out.

Run as a file with `python -P`, so that it starts fast; it imports nothing of the workbook.
"""

from __future__ import annotations

import io
import json
import sys
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import PasswordError, load_workbook

_MEMORY = 3 << 30
_LOCKED, _TOO_MANY = 3, 4


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    # Where the system knows no such limit, the end of a process that takes too much is its own.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _encoded(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    if isinstance(value, timedelta):
        return {"seconds": value.total_seconds()}
    return str(value)


def _main(most_cells: int) -> None:
    _limit_memory()
    sheets = []
    with load_workbook(io.BytesIO(sys.stdin.buffer.read())) as book:
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            bottom, right = sheet.end or (0, 0)
            if (bottom + 1) * (right + 1) > most_cells:
                sys.exit(_TOO_MANY)
            left = (sheet.start or (0, 0))[1]
            rows = [[""] * left + row for row in sheet.iter_rows()]
            merged = [[*start, *end] for start, end in sheet.merged_cell_ranges or ()]
            sheets.append({"name": name, "rows": rows, "merged": merged})
    sys.stdout.write(json.dumps(sheets, default=_encoded))


if __name__ == "__main__":
    try:
        _main(int(sys.argv[1]))
    except PasswordError:
        sys.exit(_LOCKED)
