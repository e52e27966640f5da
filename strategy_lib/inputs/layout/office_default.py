"""In a form that one office sent, a row without an office's code belongs to that office."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from strategy_lib.inputs.files.rawsheets import RawSheet
from strategy_lib.inputs.layout.layouts import Sheet
from strategy_lib.inputs.records import Converters, Record, data_rows
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.form_texts import said_in_forms
from strategy_lib.schema.schema import table_schema
from strategy_lib.schema.text import cell_text, is_blank, loose_key

# The read-me sheet of a form says whose it is: "Kenya office (ke)".
_CODE = re.compile(r"\(([^()\s]+)\)$")
_FIRST_ROWS = 10
# Asked of the centre today; in forms of earlier years they were sheets of an office.
_ASKED_BEFORE = ("country_strategies",)


@dataclass
class OneOffice:
    """Rows of one file that wait for the code of the office that sent it.

    Attributes
    ----------
    form_of : dict
        Code without case -> code of the office that the form itself names, where no return does.
    """

    waiting: list[tuple[Record, Sheet, int]] = field(default_factory=list)
    form_of: dict[str, str] = field(default_factory=dict)

    def read_cover(self, sheet: RawSheet) -> None:
        """Note the office that a form's read-me sheet names."""
        for row in sheet.rows[:_FIRST_ROWS]:
            label, *others = [cell_text(cell) for cell in row if not is_blank(cell)] or [""]
            found = _CODE.search(others[0]) if others else None
            if found and loose_key(label) in said_in_forms("office"):
                self.form_of[found[1].casefold()] = found[1]

    def ask(self, sheet: Sheet, records: Iterable[Record], converters: Converters) -> None:
        """Note the rows whose cell for the office's code is empty, and whose return it is."""
        position = sheet.layout.headings.columns.get("unit_id")
        if position is None or not waits_for_office(sheet):
            return
        for record in records:
            row = sheet.raw.rows[record["source_row"] - 1]
            if "unit_id" not in record and (position >= len(row) or is_blank(row[position])):
                self.waiting.append((record, sheet, position))
        if sheet.layout.table == "returns":
            convert = converters.of("returns", "unit_id")
            for _, row in data_rows(sheet):
                code = convert(row[position]).value if position < len(row) else None
                if code:
                    self.form_of[str(code).casefold()] = code

    def only(self, returns: Iterable[Record]) -> str:
        """Code of the one office that the file's returns, or else its form, name; else empty."""
        offices = {str(record["unit_id"]).casefold(): record["unit_id"] for record in returns}
        found = list((offices or self.form_of).values())
        return found[0] if len(found) == 1 else ""

    def resolve(self, returns: Iterable[Record]) -> None:
        """Fill in the code where the file's returns name one office; say where they do not."""
        office = self.only(returns)
        for record, sheet, position in self.waiting:
            if office:
                record["unit_id"] = office
                continue
            title = table_schema(sheet.layout.table)["unit_id"].title()
            message = f'"{title}" is empty; it may be only where the file is the form of one office'
            sheet.tell(Fault("missing_value", message), record["source_row"], position)
        self.waiting.clear()


def waits_for_office(sheet: Sheet) -> bool:
    """Whether a row of this sheet may leave the office's code to the form as a whole."""
    schema = table_schema(sheet.layout.table)
    is_asked = schema.filled_by == "office" or sheet.layout.table in _ASKED_BEFORE
    return is_asked and not sheet.layout.is_linked
