"""Forms as offices return them: any language, any file name, any program."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from datetime import date

import openpyxl
import pytest

from strategy_lib.cycles.create import survey_tables
from strategy_lib.forms.workbook import write_form
from strategy_lib.inputs.read import read_inputs
from strategy_lib.inputs.summary import reading_summary
from strategy_lib.schema.schema import LANGUAGES, code_list, table_schema
from tests.inputs.sent import (
    ACTIVITY_HEADINGS,
    ALL_RETURNS,
    RETURN_HEADINGS,
    activity,
    kinds,
    make_cycle,
    ods,
    ods_row,
    of_kind,
    read,
    text,
    the_only,
    xlsx,
    zipped,
)
from tests.workspaces import fill_row

YES = {"en": "yes", "fr": "oui", "es": "sí", "zh": "是"}
# A sheet `activities` as LibreOffice saves it in the format of Excel 97, deflated.
XLS = """
eNrtWF1sFFUUPjP709ltabcUEAvWFfkptCWgidYotlhQiBoIIhJtsmx3p9uB7WyzO2ts/FtEXlQSDQm+kBASfNL4ExN90MT2
wcQHjb4Qo5Gk8GAw+LAajSGRrt85c2e6lDbpFjVRejZn7v3O/Tv3nnPuz37zdfPE6Q9az9M0upcCNFmJULhKpoEjHogR6Uo2
WalUPHFlgf5TdEWlbMMg7BcCs83rwIaybVSlC/T/oz2Uw8+hOG0nG2meRqkWWgaPqe5vLm0m51hvrrQw/vzH5/2b9/EAeKb4
5/2e478e3ABeBG4EN7lHADWDF4NbwEvAS8UniG4CLwffDG4FrwCvBN8CbgPfCo6DbwOvUjqtVinzOuTbFd6AtGNhD/pHKGLA
iuEQfbLoSza52P48POL94Lj4xQVwP42wb/Qls6n4v0UPiA5JjXUYg5NuQU6jk5A20nsi/VS+W8T7QL0U71YevV/vFd2PyXeV
fBuJ238sbb4XyWb44Q/i5a9LEGhUp/VRkrJk0QD2QQs1WukLjq8XpQZHh7ZVSrjW9ZWuvWpsxJe2jUw6iNJ9VERkPIacTQVq
CzbQGY7Gh0zbzCezbcFmeosjcRTU3zU83N+VTk9I6J2h3yvxqjAfi7Oc+xf5b3OT6zXK6YaTn8HazbTOHW798nT5+lnknbPI
N8wij8woJ7iD6BOckh/XAUpU4TRWCkjaXApLurgUlLSlVCfpklKockDC4ihC6SPe/7HhJ1OO9bTlWGbhNXSs4TeuGWCivcc0
ukRP8gFQ3iPjhcu80fP43oOgmu+k+jKH6GdwdoMOazhQjDGtF99eavsl5h4pBhzawJFh/IFT5U8seYs6UuD4RdtyElYaijmW
kzU5HTKHTbRSSo4mnNERExtXwUnaKRMnVSpXtB0zP5LMOw0K5UcTqVzajEqtvJNIJx0T55tppyUb42q2gx4TBSdv2hlnCPOx
c1JpKGmns5adwfQOAUd02itRfAjxGafLT5171d05QzyVbHIgV8wn8lZmyCmgcdpKZnOZoimK2Oi8yFqzln1Dlp2M78gVCyZ6
fnh7BeveQqeC7kGbMpaCp7xsqUp1Po3dXTt21a7dgOVPwyy8zzWLKWJY8K6+lZcu3NXakxB5iaZ6XMNOQp3aYZSMBzdIiw75
viR1vdP8iMhelu9atM8MMv3Ys64q3+73e7FnfVX+NHbfCLQicSEdo3VqyxvCR8YPTPR4qUaPo8Sg52XapL1iNKmZNrqJfLnM
0GMq3+nuqVqTyDRx2SnZFbmxuHcUUkgD0nykyzp5KAAU8FEQKOijEFDIR2GgsI/qgOp8ZAAZPooARXwUBYr6qB6oXiFN9Gzw
Eeu5yEesZ6OPWM8mH7GeMR+xns0+Yj056F7QGdXBjic+1xWKKF1+pt28CuUdrqeUDRWwPHmsR3mTaBYst4s8Uo7NcJPUKSrt
uA2v0v06tpCwexwT3SeW5zufu77eAKAMoj1jVHekebfXaE13Xw23wkDUvQPHDNdXxtyiB/nO+aiVyucKuUEnvv2ZlJmN33N3
197kgJnNmmLIB6zBwe7ruXtrnoPOkyYrJHaeoV+aOHrq18u7hmJvv2FQx7oPv2OLPKeincu71f28V63aI+qevl/FS1rd10dU
FP10xb17c36TaufRNfmLq79d9uw5rTpfi/4s0c9+dfbkxhWx429C/87L727jeJom61fvBO+4iFXpulu9S0i9Fbw560pH7+3C
c946MrLPzBesnH31XNnHNt+xcROIFuha+jvf/2K/aTE4Uxuxab2bfwKj53GSDogeh2rWfzGsrau3a6WGd/UJw4uzPow7jBjZ
BR0Ozmv8QNUbfC5tbgfv9ON8F24S5rztF8X4tb7/16i3urxK8NIoYv7DuNGw7XfCCwbFJixx8F7JQTI7tavxQzWs/1rwO/74
2zBCSnQwxQNr06d7HvNfXzX+jf7/z19jCFfL
"""


def filled_form(folder, language):
    """A form as `workbook forms` writes it, filled in as an office would, as bytes."""
    path = write_form(folder / "blank.xlsx", survey_tables(), language, "Org", 2026, unit_id="ke")
    book = openpyxl.load_workbook(path)
    returns, activities = book.worksheets[1:3]
    answer = {"returned_date": date(2026, 9, 14), "has_activities": YES[language]}
    fill_row(returns, "returns", answer)

    def label(name, code):
        return code_list(name).label(code, language)

    values = {
        "unit_id": "ke",
        "title": "Talks 对话",
        "theme": label("theme", "labour_rights"),
        "stance": label("stance", "critical"),
        "country_code": label("country", "KE"),
        "end_date": date(2024, 5, 1),
        "contact_strength": 2,
        "is_known_to_centre": YES[language],
    }
    fill_row(activities, "activities", values)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_of_every_language_reads_the_same(tmp_path, language):
    data = filled_form(tmp_path, language)
    tables = read(tmp_path / "ws", {"mapping/réponse finale (2).bin": data})
    assert not tables.errors and not tables.asides
    (row,) = tables["activities"].to_dict("records")
    assert row["theme"] == "labour_rights"
    assert row["stance"] == "critical"
    assert row["country_code"] == "KE"
    assert row["end_date"].date() == date(2024, 5, 1)
    assert row["is_known_to_centre"] is True
    assert row["activity_id"].startswith("a-")
    assert (row["source_file"], row["source_sheet"], row["source_row"]) == (
        "mapping/réponse finale (2).bin",
        table_schema("activities").sheet(language),
        4,
    )
    (answer,) = tables["returns"].to_dict("records")
    assert (answer["unit_id"], answer["has_activities"]) == ("ke", True)


def test_a_blank_form_that_came_back_is_told(tmp_path):
    write_form(tmp_path / "blank.xlsx", survey_tables(), "en", "Org", 2026, unit_id="ke")
    tables = read(tmp_path / "ws", {"mapping/x.xlsx": (tmp_path / "blank.xlsx").read_bytes()})
    assert the_only(tables, "nothing_filled_in").severity == "warning"
    assert "row 4" in the_only(tables, "row_left_aside").message
    assert tables["returns"].empty and not tables.errors


def test_help_rows_are_skipped_where_the_marker_column_was_deleted(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(filled_form(tmp_path, "fr")))
    for sheet in book.worksheets[1:3]:
        sheet.delete_cols(1)
        sheet.delete_rows(3)
    buffer = io.BytesIO()
    book.save(buffer)
    tables = read(tmp_path / "ws", {"mapping/x.xlsx": buffer.getvalue()})
    assert not tables.errors
    assert tables["activities"]["source_row"].tolist() == [3]


def test_rows_that_an_office_numbered_in_the_marker_column_are_data(tmp_path):
    rows = [["#", *ACTIVITY_HEADINGS], ["help", *["x"] * 12], ["1", *activity()], ["2"]]
    tables = read(tmp_path, {"mapping/x.xlsx": xlsx({"activities": rows})})
    assert tables["activities"]["source_row"].tolist() == [3]
    assert not tables.errors


def test_files_that_are_no_input_are_passed_over_in_silence(tmp_path):
    names = ("~$x.xlsx", ".hidden.csv", "Thumbs.db", "desktop.ini", ".~lock.x.ods#", ".DS_Store")
    cycle = make_cycle(tmp_path, {f"mapping/{name}": "rubbish" for name in names})
    tables = read_inputs(cycle)
    assert [f.file for f in tables.files] == ["prepare/units.csv"]
    assert not [p for p in tables.problems if p.file.startswith("mapping")]


def test_any_file_may_hold_any_table_in_any_folder(tmp_path):
    sheets = {"Capacités": [["Office code", "Capacidad", "水平"], ["zm", "中文能力", 3]]}
    files = {
        "mapping/deep/er/x.xlsx": xlsx(sheets),
        "prepare/liste.csv": text([RETURN_HEADINGS, *ALL_RETURNS], ";"),
    }
    tables = read(tmp_path, files)
    assert tables["capacities"][["unit_id", "capacity", "level"]].values.tolist() == [
        ["zm", "chinese_language", 3]
    ]
    assert len(tables["returns"]) == 4
    assert not tables.problems


def test_what_is_not_part_of_a_table_is_kept_aside_and_told(tmp_path):
    rows = [
        [*ACTIVITY_HEADINGS, "Budget", "", "Empty"],
        [*activity(), 500, "stray"],
        [*[""] * len(ACTIVITY_HEADINGS), "only here"],
    ]
    sheets = {"activities": rows, "Budget 2026": [["a", "b"], [1, 2]], "Sheet3": []}
    tables = read(tmp_path, {"mapping/x.xlsx": xlsx(sheets)})
    assert len(tables["activities"]) == 1
    extra = the_only(tables, "extra_column")
    assert (extra.column, extra.severity) == ("Budget", "warning")
    assert "2 cells" in extra.message
    assert the_only(tables, "no_heading").column == "K"
    assert "row 3" in the_only(tables, "row_left_aside").message
    unknown = the_only(tables, "unknown_sheet")
    assert (unknown.sheet, unknown.severity) == ("Budget 2026", "warning")
    assert not tables.errors


def test_rows_keep_their_numbers_where_the_table_begins_further_down_and_to_the_right(tmp_path):
    rows = [[], [], ["", "", *ACTIVITY_HEADINGS], [], ["", "", *activity()]]
    down = '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    gap = "<table:table-row><table:table-cell/></table:table-row>"
    table = ods_row(*ACTIVITY_HEADINGS), gap, ods_row(*map(str, activity(title="Visit")))
    moved = [row.replace("row>", "row><table:table-cell/>", 1) for row in table]
    files = {
        "mapping/x.xlsx": xlsx({"activities": rows}),
        "mapping/y.ods": ods({"activities": [down, *moved]}),
    }
    tables = read(tmp_path, files)
    assert tables["activities"]["source_row"].tolist() == [5, 5]
    assert tables["activities"]["title"].tolist() == ["Talks", "Visit"]
    assert not tables.errors


def test_days_counted_from_1904_are_read_from_their_own_first_day(tmp_path):
    rows = [ACTIVITY_HEADINGS, activity(end_date=43951), activity(end_date=date(2024, 5, 1))]
    tables = read(tmp_path, {"mapping/x.xlsx": xlsx({"activities": rows}, date_1904=True)})
    assert {d.date() for d in tables["activities"]["end_date"]} == {date(2024, 5, 1)}


def test_an_open_document_spreadsheet(tmp_path):
    error = (
        '<table:table-cell office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    heading = ods_row(*ACTIVITY_HEADINGS)
    row = ods_row(*map(str, activity()))
    bad = ods_row("zm").replace("</table:table-row>", f"{error}</table:table-row>")
    padding = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    tables = read(tmp_path, {"mapping/x.ods": ods({"activities": [heading, row, bad, padding]})})
    assert tables["activities"]["source_row"].tolist() == [2, 3]
    assert the_only(tables, "formula_error").row == 3
    assert [f.kind for f in tables.files] == ["ods", "csv"]


def record(number, body):
    """One record of the binary format, with its size."""
    kind = bytes([number]) if number < 128 else bytes([number & 127 | 128, number >> 7])
    size = bytes([len(body)]) if len(body) < 128 else bytes([len(body) & 127 | 128, len(body) >> 7])
    return kind + size + body


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(name, rows):
    """A binary workbook (.xlsb) with one sheet of texts."""
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)
    sheet = record(148, size) + record(145, b"")
    for number, cells in enumerate(rows):
        sheet += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        for column, cell in enumerate(cells):
            sheet += record(6, struct.pack("<II", column, 0) + wide(cell))
    sheet += record(146, b"")
    book = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide(name))
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": record(153, bytes(12))
            + record(143, b"")
            + book
            + record(144, b"")
            + record(132, b""),
            "xl/_rels/workbook.bin.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/'
            f'package/2006/relationships"><Relationship Id="rId1" Type="{relation}" '
            'Target="worksheets/sheet1.bin"/></Relationships>',
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def test_a_binary_workbook(tmp_path):
    rows = [ACTIVITY_HEADINGS, [str(cell) for cell in activity()]]
    tables = read(tmp_path, {"mapping/x.xlsb": xlsb("activities", rows)})
    assert tables["activities"]["title"].tolist() == ["Talks"]
    assert the_only(tables, "older_format").severity == "warning"


def test_a_workbook_of_excel_97(tmp_path):
    data = zlib.decompress(base64.b64decode(XLS))
    tables = read(tmp_path, {"mapping/x.xls": data})
    (row,) = tables["activities"].to_dict("records")
    assert row["title"] == "Talks 对话"
    assert row["contact_strength"] == 2
    assert tables.files[0].kind == "xls"


def test_one_file_that_cannot_be_read_keeps_no_other_from_it(tmp_path):
    good = xlsx({"activities": [ACTIVITY_HEADINGS, activity()]})
    tables = read(tmp_path, {"mapping/a.xlsx": b"rubbish\x00", "mapping/b.xlsx": good})
    assert len(tables["activities"]) == 1
    assert {p.file for p in tables.errors} == {"mapping/a.xlsx"}


def test_an_empty_workspace_is_read_and_says_nothing_wrong(tmp_path):
    tables = read(tmp_path, {}, units=False)
    assert not tables.problems
    assert all(frame.empty for frame in tables.frames.values())


def test_what_was_read_is_summed_up(tmp_path):
    sheets = {
        "returns": [RETURN_HEADINGS, *ALL_RETURNS[:2], ("kh", "2026-08-02", "no")],
        "activities": [ACTIVITY_HEADINGS, activity()],
    }
    cycle = make_cycle(tmp_path, {"mapping/x.xlsx": xlsx(sheets)})
    summary = reading_summary(read_inputs(cycle), cycle)
    assert summary["offices that answered"] == "3 of 4"
    assert summary["offices that have not"] == "zm"
    assert summary["rows in Activities"] == 1
    assert summary["oldest return"] == "2026-08-02 (91 days old)"
    assert summary["newest return"] == "2026-09-14 (48 days old)"


def test_reading_twice_gives_the_same(tmp_path):
    rows = [ACTIVITY_HEADINGS, activity(stance="critcal"), activity(country_code="Kenja")]
    cycle = make_cycle(tmp_path, {"mapping/x.csv": text(rows), "mapping/y.csv": text(rows[:2])})
    first, second = read_inputs(cycle), read_inputs(cycle)
    assert first.problems == second.problems
    assert all(first[name].equals(second[name]) for name in first.frames)
    assert "unknown_code" in kinds(first) and of_kind(first, "unknown_code")[0].nearest
