"""In a form that one office sent, a row without an office's code belongs to that office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from strategy_lib.inputs.problem_log import Journal
from strategy_lib.inputs.records import Record, Sheet
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.schema import table_schema
from strategy_lib.schema.text import is_blank


@dataclass
class OneOffice:
    """Rows of one file that wait for the code of the office that sent it."""

    waiting: list[tuple[Record, Sheet, int]] = field(default_factory=list)

    def ask(self, sheet: Sheet, records: Iterable[Record]) -> None:
        """Note the rows whose cell for the office's code is empty."""
        position = sheet.layout.headings.columns.get("unit_id")
        if position is None or not waits_for_office(sheet):
            return
        for record in records:
            row = sheet.raw.rows[record["source_row"] - 1]
            if "unit_id" not in record and (position >= len(row) or is_blank(row[position])):
                self.waiting.append((record, sheet, position))

    def resolve(self, returns: Iterable[Record], journal: Journal) -> None:
        """Fill in the code where the file's returns name one office; say where they do not."""
        offices = {str(record["unit_id"]).casefold(): record["unit_id"] for record in returns}
        for record, sheet, position in self.waiting:
            if len(offices) == 1:
                record["unit_id"] = next(iter(offices.values()))
                continue
            title = table_schema(sheet.layout.table)["unit_id"].title()
            message = f'"{title}" is empty; it may be only where the file is the form of one office'
            sheet.tell(Fault("missing_value", message), record["source_row"], position, journal)
        self.waiting.clear()


def waits_for_office(sheet: Sheet) -> bool:
    """Whether a row of this sheet may leave the office's code to the sheet of returns."""
    schema = table_schema(sheet.layout.table)
    is_office_table = schema.filled_by == "office" and schema.name != "returns"
    return is_office_table and not sheet.layout.is_linked
