"""A column map for a sheet of somebody else's (a 3W sheet, say), proposed from its cells."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from strategy_lib.core.errors import InputError
from strategy_lib.core.resources import resource
from strategy_lib.inputs.files.rawsheets import RawSheet
from strategy_lib.inputs.layout.headings import field_keys
from strategy_lib.inputs.layout.layouts import FIRST_ROWS, find_layout, is_hxl_row, is_quiet
from strategy_lib.inputs.read_file import read_raw
from strategy_lib.inputs.records import Converters
from strategy_lib.schema.schema import Field, TableSchema, table_schema
from strategy_lib.schema.suggest import nearest_of
from strategy_lib.schema.text import Row, cell_text, is_blank, loose_key

_LIKE_ENOUGH = 84.0
_MOST_VALUES = 30


def propose_map(path: Path, table: str = "activities", converters: Converters | None = None) -> str:
    """Text for `workbook.toml` that reads a file's sheets as rows of a table, to be looked over.

    Parameters
    ----------
    path : Path
        A spreadsheet of any kind that can be read.
    table : str
        Table that its rows become.
    converters : Converters, optional
        With the organisation's own names of places.

    Raises
    ------
    InputError
        If the file cannot be read, or no sheet of it has a heading that could be of the table.
    """
    schema = table_schema(table)
    raw = read_raw(path.name, path.read_bytes(), converters or Converters())
    if not raw.sheets:
        raise InputError(f"{path.name} {'; '.join(r.message for r in raw.refusals)}.")
    made = [
        "\n".join(lines)
        for sheet in raw.sheets
        if not is_quiet(sheet.name)
        if (lines := _of_sheet(path, sheet, schema, converters or Converters()))
    ]
    if not made:
        raise InputError(
            f"{path.name}: no heading in its first {FIRST_ROWS} rows is like one of "
            f'"{schema.title()}"; name another table with --table, or write its headings there.'
        )
    return "\n\n".join(made) + "\n"


def _of_sheet(
    path: Path, sheet: RawSheet, schema: TableSchema, converters: Converters
) -> list[str]:
    if find_layout(sheet, path.stem) is not None:
        return [f"# Sheet {json.dumps(sheet.name, ensure_ascii=False)} is read without a map."]
    known = _headings(schema)
    found = [_columns(row, known) for row in sheet.rows[:FIRST_ROWS]]
    best = max(found, key=len, default={})
    if len(best) < 2:
        return []
    header = found.index(best)
    rows = [row for row in sheet.rows[header + 1 :] if not is_hxl_row(row)]
    lines = [
        "[[column_maps]]",
        f"file = {_quoted(path.name)}",
        f"sheet = {_quoted(sheet.name)}",
        f"table = {_quoted(schema.name)}",
        "",
        "[column_maps.columns]",
    ]
    texts = [cell_text(cell) for cell in sheet.rows[header]]
    lines += [f"{_quoted(texts[position])} = {_quoted(name)}" for name, position in best.items()]
    others = [text for i, text in enumerate(texts) if text and i not in best.values()]
    if others:
        lines.append(f"# not read: {', '.join(others)}")
    absent = [f for f in schema.fields if f.required and f.name not in best]
    if absent:
        lines += ["", "[column_maps.constants]", "# needed in every row; write what is true of all"]
        lines += [f'{f.name} = ""   # {_allowed(f, converters)}' for f in absent]
    for name, position in best.items():
        lines += _values(
            schema, name, [row[position] for row in rows if position < len(row)], converters
        )
    return lines


def _headings(schema: TableSchema) -> dict[str, str]:
    """What means each field: its own titles, and what sheets on who does what where call it."""
    path = resource("data", "reference", "activity_headings.json")
    also = json.loads(path.read_text("utf-8")) if schema.name == "activities" else {}
    known = {loose_key(text): name for name, texts in also.items() for text in texts}
    return {**known, **field_keys(schema.name)}


def _columns(row: Row, known: Mapping[str, str]) -> dict[str, int]:
    """Field -> position of the heading that means it; the likest first."""
    columns: dict[str, int] = {}
    texts = [cell_text(cell) for cell in row]
    for least in (100.0, _LIKE_ENOUGH):
        for position, text in enumerate(texts):
            if text and position not in columns.values():
                name = nearest_of(text, known, least)
                if name:
                    columns.setdefault(name, position)
    return dict(sorted(columns.items(), key=lambda item: item[1]))


def _values(
    schema: TableSchema, name: str, cells: Sequence[object], converters: Converters
) -> Iterator[str]:
    """What stands in a column of codes and is no code, to be given one; the likest is named."""
    if not schema[name].codes:
        return
    convert = converters.of(schema.name, name)
    texts = dict.fromkeys(cell_text(cell) for cell in cells if not is_blank(cell))
    odd = {text: fault for text in texts if (fault := convert(text).fault) is not None}
    if odd:
        yield from ("", f"[column_maps.values.{name}]   # {_allowed(schema[name], converters)}")
    for text, fault in list(odd.items())[:_MOST_VALUES]:
        near = convert(fault.nearest).value if fault.nearest else None
        yield f'{_quoted(text)} = ""' + (f"   # perhaps {near}" if near else "")
    if len(odd) > _MOST_VALUES:
        yield f"# and {len(odd) - _MOST_VALUES} more"


def _allowed(field: Field, converters: Converters) -> str:
    codes = field.code_list
    if codes is None:
        return f"such as {field.example}" if field.example else field.title(converters.language)
    listed = codes.values if not codes.is_by_name else ()
    return f"one of: {', '.join(listed)}" if listed else "a name or a code"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
