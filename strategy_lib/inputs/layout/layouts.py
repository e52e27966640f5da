"""Where in a sheet a table begins, and which table it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from strategy_lib.inputs.files.rawsheets import RawSheet
from strategy_lib.inputs.layout.headings import (
    Headings,
    heading_texts,
    match_headings,
    table_in_name,
    table_named,
)
from strategy_lib.inputs.layout.kobo import LINKS
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.form_texts import said_in_forms
from strategy_lib.schema.schema import schemas
from strategy_lib.schema.text import Row, is_blank, loose_key

FIRST_ROWS = 15
_HXL = re.compile(r"\s*#[A-Za-z_]\w*(?:\s*\+\s*\w+)*\s*")
_QUIET = frozenset(("readme", "about", "cover", "instructions", "lists", "lookups"))
_LINKED = frozenset(child for child, _ in LINKS)


@dataclass(frozen=True)
class Layout:
    """A sheet taken as a table.

    Attributes
    ----------
    header : int
        Position of the row of headings, counted from 0.
    constants : mapping
        Field -> value that every row gets.
    values : mapping
        Field -> (`loose_key` of the value in the file -> value to use).
    """

    table: str
    header: int
    headings: Headings
    constants: Mapping[str, object]
    values: Mapping[str, Mapping[str, object]]
    is_mapped: bool = False

    def heading(self, position: int) -> str:
        """Heading of a column, or its letter where it has none."""
        texts = self.headings.texts
        text = texts[position] if position < len(texts) else ""
        return text or str(xl_col_to_name(position))

    @property
    def is_linked(self) -> bool:
        """Whether rows belong to rows of another sheet, as those of a survey's repeat do."""
        return not _LINKED.isdisjoint(self.headings.texts)


@dataclass(frozen=True)
class Sheet:
    """A sheet, the table that it holds, the file that it stands in, and where faults are kept."""

    file: str
    raw: RawSheet
    layout: Layout
    problem_log: ProblemLog

    def tell(self, fault: Fault, row: int, position: int, *, spares_row: bool = False) -> None:
        """Keep what is wrong with one cell."""
        where = (self.file, self.raw.name, row, self.layout.heading(position))
        self.problem_log.add_fault(fault, *where, spares_row=spares_row)

    def note(self, kind: str, message: str, column: str = "") -> None:
        """Keep a note of something that was left aside."""
        self.problem_log.note(self.file, self.raw.name, kind, message, column)


def layout_of(table: str, header: int, headings: Headings) -> Layout:
    """A layout of the workbook's own forms: nothing mapped, nothing constant."""
    return Layout(table, header, headings, {}, {})


def is_quiet(name: str) -> bool:
    """Whether a sheet of this name explains a form and holds no answers.

    Examples
    --------
    >>> is_quiet("Lisez-moi"), is_quiet("activities")
    (True, False)
    """
    key = loose_key(name)
    return key in _QUIET or key in said_in_forms("read_me", "codes")


def is_hxl_row(row: Row) -> bool:
    """Whether a row holds HXL tags, such as `#adm1+name`, and no data."""
    filled = [cell for cell in row if not is_blank(cell)]
    tags = [cell for cell in filled if isinstance(cell, str) and _HXL.fullmatch(cell[:200])]
    return len(tags) > 1 and 2 * len(tags) > len(filled)


def find_layout(sheet: RawSheet, file_stem: str) -> Layout | None:
    """The table that a sheet holds, by its name, by the file's name (of a text file), or headings.

    A sheet that is known by name is that table even where no heading is known: its header is then
    the first row that holds anything.
    """
    table = table_named(sheet.name or file_stem)
    if table is None and not sheet.name:
        table = table_in_name(file_stem)
        found = _best(sheet.rows, table) if table else None
        return found if found and not _lacks(found) else _by_headings(sheet.rows) or found
    if table is None:
        return _by_headings(sheet.rows)
    return _best(sheet.rows, table) or _first_filled(sheet.rows, table)


def _first_filled(rows: Sequence[Row], table: str) -> Layout | None:
    for number, row in enumerate(rows[:FIRST_ROWS]):
        if any(not is_blank(cell) for cell in row):
            return layout_of(table, number, match_headings(table, heading_texts(row)))
    return None


def _by_headings(rows: Sequence[Row]) -> Layout | None:
    """The table that most headings fit, if all needed ones are there and no other fits as well."""
    found = [layout for name in schemas() if (layout := _best(rows, name)) and _is_sure(layout)]
    ranked = sorted(found, key=_fit, reverse=True)
    if not ranked or (len(ranked) > 1 and _fit(ranked[0]) == _fit(ranked[1])):
        return None
    return ranked[0]


def _fit(layout: Layout) -> tuple[int, int]:
    return len(layout.headings.fields), -len(layout.headings.extra)


def _is_sure(layout: Layout) -> bool:
    """Whether headings alone tell the table: all needed ones, and not lost among others."""
    known, others = len(layout.headings.fields), len(layout.headings.extra)
    return not _lacks(layout) and known > 2 and known >= others


def _lacks(layout: Layout) -> bool:
    """Whether a needed heading is missing; the office's code may come from a linked sheet."""
    return bool(set(layout.headings.missing) - ({"unit_id"} if layout.is_linked else set()))


def _best(rows: Sequence[Row], table: str) -> Layout | None:
    """The first row whose headings suffice, else the one with most of them; None without any."""
    best: Layout | None = None
    for number, row in enumerate(rows[:FIRST_ROWS]):
        layout = layout_of(table, number, match_headings(table, heading_texts(row)))
        if layout.headings.fields and (best is None or _fit(layout)[0] > _fit(best)[0]):
            best = layout
        if best is not None and not _lacks(best):
            return best
    return best
