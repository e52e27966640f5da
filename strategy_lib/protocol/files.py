"""The files of a protocol as text: the organisation's own, else the bundled ones."""

from __future__ import annotations

import csv
import io
import os
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from strategy_lib.core.resources import resource
from strategy_lib.protocol.layout import EVERY_ITEM, RULES_FILE, SHEETS, WHOLE, Sheet

Row = dict[str, str]
_MOST_BYTES = 2_000_000


@dataclass(frozen=True, order=True)
class Hole:
    """One thing that a protocol lacks or says wrongly.

    Attributes
    ----------
    file : str
        File of the protocol, such as `roles.csv`.
    item : str
        Key of the item, or the row's number; empty where the whole file is meant.
    column : str
        Column or setting.
    found, allowed : str
        What stands there and what may stand there.
    """

    file: str
    item: str
    column: str
    message: str
    found: str = ""
    allowed: str = ""

    def __str__(self) -> str:
        where = " · ".join(part for part in (self.file, self.item, self.column) if part)
        return f"{where}: {self.message}"


def not_one_of(file: str, item: str, column: str, found: str, known: Iterable[str]) -> Hole:
    """That a cell holds none of the values that it may have."""
    allowed = ", ".join(known)
    return Hole(file, item, column, f'found "{found}"; use one of {allowed}', found, allowed)


def path_of(folder: str | os.PathLike[str] | None, name: str) -> tuple[Path, bool]:
    """Path of one file, and whether it is the organisation's own."""
    own = Path(folder) / name if folder else None
    if own is not None and own.is_file():
        return own, True
    return resource("templates", "protocol", name), False


def strangers(folder: str | os.PathLike[str] | None) -> Iterator[Hole]:
    """Files in the organisation's folder that no protocol has: a typing error would go unseen."""
    if not folder or not Path(folder).is_dir():
        return
    known = {sheet.file for sheet in SHEETS} | {RULES_FILE}
    for path in sorted(Path(folder).iterdir()):
        is_ours = path.suffix.casefold() in (".csv", ".toml")
        if is_ours and path.name not in known:
            names = ", ".join(sorted(known))
            message = f"no protocol has this file; the files are: {names}"
            yield Hole(path.name, "", "", message, path.name, names)


def read_sheet(folder: str | os.PathLike[str] | None, sheet: Sheet) -> tuple[list[Row], list[Hole]]:
    """Rows of one CSV file, and what is wrong with each cell of it."""
    text, holes = _text(folder, sheet.file)
    if text is None:
        return [], holes
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    heads = list(reader.fieldnames or ())
    wanted = (*sheet.columns, *EVERY_ITEM)
    missing = [name for name in wanted if name not in heads]
    if missing:
        found = ", ".join(heads)
        return [], [
            Hole(sheet.file, "", ", ".join(missing), "column is missing", found, ", ".join(wanted))
        ]
    try:
        rows = [{name: (row[name] or "").strip() for name in wanted} for row in reader]
    except csv.Error as error:
        return [], [Hole(sheet.file, "", "", f"is no table of commas: {error}")]
    if not rows:
        return [], [Hole(sheet.file, "", "", "has no item; at least one is needed")]
    return rows, [
        *_doubles(sheet, rows),
        *(h for n, r in enumerate(rows, 2) for h in _row(sheet, r, n)),
    ]


def _text(folder: str | os.PathLike[str] | None, name: str) -> tuple[str | None, list[Hole]]:
    path, _ = path_of(folder, name)
    try:
        if path.stat().st_size > _MOST_BYTES:
            return None, [Hole(name, "", "", f"is larger than {_MOST_BYTES:,} bytes")]
        return path.read_text(encoding="utf-8"), []
    except OSError as error:
        return None, [Hole(name, "", "", f"cannot be read: {error.strerror}")]
    except UnicodeDecodeError:
        return None, [Hole(name, "", "", "is not written in UTF-8; save it as CSV UTF-8")]


def _doubles(sheet: Sheet, rows: list[Row]) -> list[Hole]:
    keys = [tuple(row[name] for name in sheet.key) for row in rows]
    twice = dict.fromkeys(key for key in keys if keys.count(key) > 1)
    return [Hole(sheet.file, " / ".join(key), "", "stands here twice") for key in twice]


def _row(sheet: Sheet, row: Row, number: int) -> Iterator[Hole]:
    # Its key in words; its number where the key is empty.
    item = " / ".join(row[name] for name in sheet.key if row[name]) or f"row {number}"
    for name, cell in row.items():
        allowed = sheet.allowed.get(name, ())
        if not cell:
            if name not in sheet.may_be_empty:
                yield Hole(sheet.file, item, name, "is empty")
        elif allowed and cell not in allowed:
            yield not_one_of(sheet.file, item, name, cell, allowed)
        elif name in sheet.numbers and not _is_number(cell, sheet.numbers[name] == WHOLE):
            message = f'found "{cell}"; use a {sheet.numbers[name]} of 0 or more'
            yield Hole(sheet.file, item, name, message, cell, sheet.numbers[name])
        elif name == "as_of" and not _is_day(cell):
            message = f'found "{cell}"; write a day such as 2026-10-01'
            yield Hole(sheet.file, item, name, message, cell, "a day")


def _is_number(cell: str, is_whole: bool) -> bool:
    return cell.isascii() and (cell if is_whole else cell.replace(".", "", 1)).isdigit()


def _is_day(cell: str) -> bool:
    try:
        return bool(date.fromisoformat(cell))
    except ValueError:
        return False


def read_rules(folder: str | os.PathLike[str] | None) -> tuple[dict[str, Any] | None, list[Hole]]:
    """Sections of `rules.toml`; None where it cannot be read."""
    text, holes = _text(folder, RULES_FILE)
    if text is None:
        return None, holes
    try:
        return tomllib.loads(text), []
    except tomllib.TOMLDecodeError as error:
        return None, [Hole(RULES_FILE, "", "", f"is no TOML: {error}")]
