"""The office form as an XLSForm, for KoboToolbox and other ODK tools, made from the schemas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

from strategy_lib.core.settings import LANGUAGE_NAMES
from strategy_lib.schema.form_texts import form_texts
from strategy_lib.schema.schema import LANGUAGES, Field, TableSchema

_NAMES = {code: f"{name} ({code})" for code, name in LANGUAGE_NAMES.items()}
_TYPES = {
    "string": "text",
    "list": "text",
    "integer": "integer",
    "number": "decimal",
    "date": "date",
}
Row = dict[str, str]


def write_xlsform(path: Path, tables: Sequence[TableSchema]) -> Path:
    """Write one XLSForm: the office's code once, then a group or a repeat for each table.

    A question has the name of its field, a repeat the name of its table, so that an export reads
    back without a map. The table with one row an office (`returns`) is a group.
    """
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": path.stem, "created": datetime(2026, 1, 1)})
    for name, rows in (
        ("survey", list(_survey(tables))),
        ("choices", list(_choices(tables))),
        ("settings", [_settings()]),
    ):
        _write_rows(book.add_worksheet(name), rows)
    book.close()
    return path


def _write_rows(sheet: xlsxwriter.worksheet.Worksheet, rows: Sequence[Row]) -> None:
    headings = list(dict.fromkeys(key for row in rows for key in row))
    sheet.write_row(0, 0, headings)
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, [row.get(heading, "") for heading in headings])
    sheet.freeze_panes(1, 0)


def _settings() -> Row:
    return {
        "form_title": "Global China workbook: internal mapping",
        "form_id": "global_china_mapping",
        "version": "1",
        "default_language": _NAMES["en"],
    }


def _labels(kind: str, texts: dict[str, str]) -> Row:
    return {f"{kind}::{_NAMES[lang]}": texts.get(lang) or texts["en"] for lang in LANGUAGES}


def _survey(tables: Sequence[TableSchema]) -> Iterator[Row]:
    unit = tables[0]["unit_id"]
    yield {"type": "text", "name": "unit_id", **_question(unit), "required": "yes"}
    for table in tables:
        kind = "group" if table.primary_key == ("unit_id",) else "repeat"
        titles = {lang: table.title(lang) for lang in LANGUAGES}
        yield {"type": f"begin_{kind}", "name": table.name, **_labels("label", titles)}
        for field in table.fields:
            if field.name not in ("unit_id", "activity_id"):
                yield {
                    "type": _type(field),
                    "name": field.name,
                    **_question(field),
                    **_limits(field),
                }
        yield {"type": f"end_{kind}"}


def _question(field: Field) -> Row:
    titles = {lang: field.title(lang) for lang in LANGUAGES}
    hints = {lang: field.description(lang) for lang in LANGUAGES}
    return _labels("label", titles) | _labels("hint", hints)


def _type(field: Field) -> str:
    if field.type == "boolean":
        return "select_one yes_no"
    if field.codes:
        return f"{'select_multiple' if field.type == 'list' else 'select_one'} {field.codes}"
    return _TYPES[field.type]


def _limits(field: Field) -> Row:
    row = {"required": "yes"} if field.required else {}
    if field.type in ("integer", "number"):
        bounds = ((">=", field.minimum), ("<=", field.maximum))
        rules = [f". {sign} {bound:g}" for sign, bound in bounds if bound is not None]
        row |= {"constraint": " and ".join(rules)} if rules else {}
    return row


def _choices(tables: Sequence[TableSchema]) -> Iterator[Row]:
    lists = {f.code_list.name: f.code_list for t in tables for f in t.fields if f.code_list}
    for answer in ("yes", "no"):
        texts = {lang: str(form_texts(lang)[answer]) for lang in LANGUAGES}
        yield {"list_name": "yes_no", "name": answer, **_labels("label", texts)}
    for name, codes in lists.items():
        for code in codes.listed():
            texts = {lang: code.label(lang) for lang in LANGUAGES}
            yield {"list_name": name, "name": code.code, **_labels("label", texts)}
