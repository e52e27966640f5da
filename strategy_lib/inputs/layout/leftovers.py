"""What a sheet holds beside its table: told in a note each, so that nothing is lost silently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxwriter.utility import xl_col_to_name

from strategy_lib.core.errors import listing
from strategy_lib.inputs.layout.layouts import Layout, Sheet
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.text import Row, is_blank

NumberedRow = tuple[int, Row]
_MOST_RANGES = 8
_MOST_RUNS = 60


def numbers_in_words(numbers: Sequence[int]) -> str:
    """Numbers in order as a person lists them, with runs joined.

    Examples
    --------
    >>> numbers_in_words([4, 5, 6, 9])
    '4-6, 9'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    words = ["-".join(map(str, run)) for run in runs[:_MOST_RUNS]]
    return ", ".join([*words, *(["…"] if len(runs) > _MOST_RUNS else [])])


def tell_rows(sheet: Sheet, numbers: Sequence[int], reason: str) -> None:
    """Note rows that are left aside, and why."""
    if numbers:
        rows = "rows" if len(numbers) > 1 else "row"
        message = f"{rows} {numbers_in_words(numbers)}: {reason}; left aside"
        sheet.note("row_left_aside", message)


def tell_years(sheet: Sheet, position: int, numbers: Sequence[int]) -> None:
    """Note cells of a column of days in which a year stands alone."""
    if numbers:
        rows = "rows" if len(numbers) > 1 else "row"
        message = f"{rows} {numbers_in_words(numbers)}: a year alone; it stands for its first day, "
        message += "or its last where something ends"
        sheet.note("year_alone", message, sheet.layout.heading(position))


def tell_merged(sheet: Sheet) -> None:
    """Warn of merged cells below the headings: all but the first of them read as empty."""
    header = sheet.layout.header
    below = sorted(m for m in sheet.raw.merged if m[2] > header)
    if not below:
        return
    ranges = [f"{xl_col_to_name(c)}{r + 1}:{xl_col_to_name(d)}{s + 1}" for r, c, s, d in below]
    shown = ", ".join(ranges[:_MOST_RANGES]) + (", …" if len(ranges) > _MOST_RANGES else "")
    message = (
        f"cells {shown} are merged; only the first cell of each has a value, "
        "the others read as empty: undo the merge and fill in each row"
    )
    row = max(below[0][0], header + 1) + 1
    fault = Fault("merged_cells", message, shown, severity="warning")
    sheet.problem_log.add_fault(fault, sheet.file, sheet.raw.name, row, "")


def tell_columns(sheet: Sheet, rows: Sequence[NumberedRow]) -> None:
    """Note columns that are not read although something stands in them."""
    headings, past = sheet.layout.headings, []
    for position, count in _unread(sheet.layout, rows):
        cells = "1 cell" if count == 1 else f"{count:,} cells"
        heading = sheet.layout.heading(position)
        if position in headings.past:
            past.append(heading)
        elif position in headings.extra:
            message = f"this column is not part of the table; kept aside ({cells} filled in)"
            sheet.note("extra_column", message, heading)
        elif sheet.raw.name:
            message = f"this column has no heading; not read ({cells} filled in)"
            sheet.note("no_heading", message, heading)
    if past:
        message = (
            f"not asked any more, and not read: {listing(past, _MOST_RANGES)}; all else counts"
        )
        sheet.note("earlier_form", message)
    if not sheet.raw.name:
        _tell_shifted(sheet, rows)


def _unread(layout: Layout, rows: Sequence[NumberedRow]) -> Iterator[tuple[int, int]]:
    """Position of each column that means nothing to the table, and how many cells stand in it."""
    headings = layout.headings
    known = {*headings.columns.values(), *headings.metadata, headings.marker}
    known |= {position for found in headings.options.values() for position, _ in found}
    known |= {position for _, _, position in headings.doubled}
    width = max((len(row) for _, row in rows), default=0)
    for position in (i for i in range(width) if i not in known):
        count = sum(1 for _, row in rows if position < len(row) and not is_blank(row[position]))
        if count:
            yield position, count


def _tell_shifted(sheet: Sheet, rows: Sequence[NumberedRow]) -> None:
    """In a text file a row with more cells than headings has lost its order."""
    width = len(sheet.layout.headings.texts)
    for number, row in rows:
        if len(row) > width and not all(map(is_blank, row[width:])):
            message = (
                f"this row has {len(row)} cells, but there are {width} headings; "
                "put a text that holds the separator into quotation marks"
            )
            fault = Fault("shifted_row", message, f"{len(row)} cells")
            sheet.problem_log.add_fault(fault, sheet.file, "", number, "")
