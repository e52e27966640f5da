"""Files that are broken, hostile or not what they seem: a line each, and nothing else breaks."""

from __future__ import annotations

import io
import os
import struct
import sys
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile

from strategy_lib.inputs.files.extents import cleaned, extent
from strategy_lib.inputs.files.kinds import sniff
from strategy_lib.inputs.files.rawsheets import Refusal
from strategy_lib.inputs.files.workbooks import read_workbook
from strategy_lib.inputs.read import read_inputs
from strategy_lib.schema.limits import LIMITS, Limits
from tests.inputs.sent import (
    ACTIVITY_HEADINGS,
    activity,
    changed_part,
    make_cycle,
    ods,
    of_kind,
    read,
    read_activities,
    the_only,
    xlsx,
    zipped,
)

SHEET = "xl/worksheets/sheet1.xml"
GOOD = xlsx({"activities": [ACTIVITY_HEADINGS, activity()]})
SMALL = Limits(file_mb=1, unpacked_mb=4, cells=5_000, seconds=20)
POSIX = pytest.mark.skipif(os.name == "nt", reason="links and permissions of POSIX systems")


def read_beside_good(tmp_path, name, data, **more):
    """What is read where a good file lies beside the one in question; the good one always is."""
    tables = read(tmp_path, {f"mapping/{name}": data, "mapping/zz good.xlsx": GOOD}, **more)
    assert "mapping/zz good.xlsx" in tables["activities"]["source_file"].tolist()
    return tables


def encrypted(data):
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt("secret", out)
    return out.getvalue()


def understated(data):
    """A zip file whose directory says that the first sheet is one byte long."""
    at = data.rindex(SHEET.encode()) - 46
    return data[: at + 24] + struct.pack("<I", 1) + data[at + 28 :]


def bomb():
    zeros = b'<worksheet><sheetData><row r="1"/></sheetData></worksheet>' + b" " * (6 << 20)
    return changed_part(GOOD, SHEET, lambda _: zeros)


NOT_READ = {
    "zeros": ("a.xlsx", b"\0" * 100, "empty_file", "error"),
    "nothing": ("a.xlsx", b"", "empty_file", "error"),
    "only_spaces": ("a.csv", b" \r\n\t ", "empty_file", "error"),
    "empty_workbook": ("a.xlsx", xlsx({"Sheet1": []}), "empty_file", "error"),
    "password": ("a.xlsx", encrypted(GOOD), "password_protected", "error"),
    "rubbish": ("a.xlsx", b"\x01\x81\x8d\x00\xff" * 50, "not_a_spreadsheet", "error"),
    "old_word": (
        "a.xls",
        bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600,
        "not_a_spreadsheet",
        "error",
    ),
    "pdf_as_xlsx": ("a.xlsx", b"%PDF-1.7 ...", "not_a_spreadsheet", "error"),
    "pdf": ("a.pdf", b"%PDF-1.7 ...", "not_a_spreadsheet", "warning"),
    "web_page": ("a.xls", b"\n<HTML><table></table>", "not_a_spreadsheet", "error"),
    "xml": ("a.xls", b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "not_a_spreadsheet", "error"),
    "word": ("a.docx", zipped({"word/document.xml": "<w/>"}), "not_a_spreadsheet", "warning"),
    "archive": ("a.zip", zipped({"a.csv": "x"}), "not_a_spreadsheet", "warning"),
    "cut_off": ("a.xlsx", GOOD[: len(GOOD) // 2], "damaged_file", "error"),
    "no_sheets": ("a.xlsx", zipped({"xl/workbook.xml": "<workbook"}), "damaged_file", "error"),
    "notes": ("notes.txt", "remember to ask Kenya", "unknown_sheet", "warning"),
}


@pytest.mark.parametrize("case", NOT_READ)
def test_what_is_no_table_gets_its_line_and_the_next_file_is_read(tmp_path, case):
    name, data, kind, severity = NOT_READ[case]
    problem = the_only(read_beside_good(tmp_path, name, data), kind)
    assert (problem.file, problem.severity) == (f"mapping/{name}", severity)
    assert len(problem.message) > 20


BOMBS = {
    "large_file": (b"x" * (1 << 21), "too_large"),
    "large_inside": (bomb(), "zip_bomb"),
    "lying_directory": (understated(bomb()), "damaged_file"),
}


@pytest.mark.parametrize("case", BOMBS)
def test_what_would_fill_the_memory_is_not_opened(tmp_path, case):
    data, kind = BOMBS[case]
    problem = the_only(read_beside_good(tmp_path, "a.xlsx", data, limits=SMALL), kind)
    assert problem.severity == "error"
    if kind != "damaged_file":
        assert "MB" in problem.message and "MB" in problem.allowed


def test_a_sparse_gigabyte_is_refused_by_its_size_alone(tmp_path):
    cycle = make_cycle(tmp_path, {"mapping/good.xlsx": GOOD})
    with (cycle.inputs / "mapping" / "big.xlsx").open("wb") as file:
        file.truncate(1 << 30)
    tables = read_inputs(cycle)
    problem = the_only(tables, "too_large")
    assert (problem.found, problem.allowed) == ("1,024 MB", "up to 50 MB")
    assert len(tables["activities"]) == 1


def test_a_zip_of_very_many_parts_is_refused():
    parts = zipped({f"xl/{i}.xml": "" for i in range(20_001)}, zipfile.ZIP_STORED)
    refusal = sniff(parts, "a.xlsx", LIMITS)
    assert isinstance(refusal, Refusal) and refusal.kind == "zip_bomb"


def cell_at(reference, row):
    return f'<row r="{row}"><c r="{reference}" t="inlineStr"><is><t>x</t></is></c></row>'.encode()


FAR = {
    "far_corner": cell_at("XFD1048576", 1048576),
    "beyond_any_sheet": cell_at("ZZZZZZ99999999", 99999999),
    "small_letters": cell_at("xfd1048576", 1048576),
    "single_quotes": cell_at("XFD1048576", 1048576).replace(b'"', b"'"),
    "angle_in_value": cell_at("XFD1048576", 1048576).replace(b"<c ", b'<c s=">" '),
    "row_without_reference": b"<row>"
    + cell_at("XFD1", 1)[11:]
    + b"<row/>" * 9_000
    + b'<row><c t="inlineStr"><is><t>x</t></is></c></row>',
    "prefixed": b'<x:row r="9000"><x:c r="XFD9000"><x:v>1</x:v></x:c></x:row>',
}


@pytest.mark.parametrize("case", FAR)
def test_a_cell_far_away_costs_its_sheet_and_not_the_memory(tmp_path, case):
    def far(content):
        return content.replace(b"</sheetData>", FAR[case] + b"</sheetData>")

    other = [ACTIVITY_HEADINGS, activity(title="Visit")]
    two = xlsx({"activities": other, "capacities": [["unit_id"]]})
    data = changed_part(two, "xl/worksheets/sheet2.xml", far)
    limits = Limits(cells=1_000_000)
    tables = read_beside_good(tmp_path, "a.xlsx", data, limits=limits)
    problem = the_only(tables, "too_many_cells")
    assert (problem.sheet, problem.severity) == ("capacities", "error")
    assert len(tables["activities"]) == 2


def test_cells_that_only_look_like_something_do_not_count():
    empty = (
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    )
    assert extent(empty, 1_000) == (1, 1)
    closed = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"></c></row>'
    assert extent(closed, 1_000) == (1, 1)


@pytest.mark.parametrize("repeated", ["rows", "columns"])
def test_an_open_document_that_repeats_a_value_without_end_ends_only_its_reader(tmp_path, repeated):
    cell = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'
    many = ' table:number-columns-repeated="16000"'
    start = '<table:table-row table:number-rows-repeated="1000000">'
    row = f"{start}{cell.format(many)}</table:table-row>"
    if repeated == "columns":
        row = (
            f"<table:table-row>{cell.format(many.replace('16000', '999999999'))}</table:table-row>"
        )
    tables = read_beside_good(tmp_path, "a.ods", ods({"activities": [row]}), limits=SMALL)
    (problem,) = [p for p in tables.errors if p.file == "mapping/a.ods"]
    assert problem.kind in ("damaged_file", "too_many_cells")


def test_an_encrypted_open_document(tmp_path):
    manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    data = changed_part(ods({"a": []}), "META-INF/manifest.xml", lambda _: manifest)
    assert the_only(read_beside_good(tmp_path, "a.ods", data), "password_protected")


def test_one_damaged_sheet_costs_no_other(tmp_path):
    data = xlsx({"activities": [ACTIVITY_HEADINGS, activity()], "capacities": [["unit_id"]]})
    data = changed_part(data, "xl/worksheets/sheet2.xml", lambda c: c[: len(c) // 2])
    tables = read(tmp_path, {"mapping/a.xlsx": data})
    assert the_only(tables, "damaged_sheet").sheet == "capacities"
    assert len(tables["activities"]) == 1


def sheet_with(change):
    return changed_part(GOOD, SHEET, change)


def test_entities_and_other_encodings_of_xml_harm_nothing(tmp_path):
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet'
    data = sheet_with(lambda c: c.replace(b"<worksheet", laughs, 1))
    assert the_only(read(tmp_path / "a", {"mapping/a.xlsx": data}), "damaged_sheet")
    wide = sheet_with(lambda c: c.decode().encode("utf-16"))
    assert the_only(read(tmp_path / "b", {"mapping/a.xlsx": wide}), "damaged_file")


def test_comments_and_quoted_sections_are_taken_out_and_their_text_stays(tmp_path):
    def quoted(content):
        start = content.index(b'<c r="B2"')
        end = content.index(b"</c>", start) + 4
        cell = (
            b'<c r="B2" t="inlineStr"><is><t><![CDATA[A <b> & c]]></t></is></c><!-- <row r="1"> -->'
        )
        return content[:start] + cell + content[end:]

    tables = read(tmp_path, {"mapping/a.xlsx": sheet_with(quoted)})
    assert tables["activities"]["title"].tolist() == ["A <b> & c"]


HIDDEN = {
    "in_a_comment": b'<row r="9"><!-- <row r="1"> --><c><v>1</v></c></row>',
    "in_a_section": b'<row r="9"><c t="str"><v><![CDATA[<row r="1">]]></v></c><c><v>1</v></c>'
    b"</row>",
    "in_an_instruction": b'<row r="9"><?x <row r="1"> ?><c><v>1</v></c></row>',
    "behind_text": b'<row r="9"><c t="str"><v> r="A1" &lt;c r="A1"</v></c></row>',
    "behind_an_attribute": b'<row r="9"><c x=" r=\'A1\'"><v>1</v></c></row>',
    "behind_a_prefix": "<é:row r='9'><é:c><é:v>1</é:v></é:c></é:row>".encode(),
    "with_line_breaks": b'<row\nr\n=\n"9"><c\n><v>1</v></c></row>',
    "in_single_quotes": b"<row r='9'><c r='A9'><v>1</v></c></row>",
}


@pytest.mark.parametrize("case", HIDDEN)
def test_no_way_of_writing_hides_how_far_a_sheet_reaches(case):
    content = b'<row r="1"><c r="A1"><v>1</v></c></row>' + HIDDEN[case]
    assert extent(cleaned(content), 1_000)[0] >= 9


@pytest.mark.parametrize(
    "content",
    [
        b'<c x="<" r="XFD9"><v>1</v></c>',
        b'<c r="&#65;9"><v>1</v></c>',
        b'<c r="A1" r="XFD9"><v>1</v></c>',
        b"<c r='A1' r='XFD9'><v>1</v></c>",
    ],
)
def test_xml_that_cannot_be_trusted_is_refused(content):
    assert extent(content, 1_000) is None


def test_any_xml_that_the_reader_takes_reaches_no_further_than_told():
    """Against the reader itself: cells in every way of writing, in a sheet of their own."""
    # The reader makes every cell of it: fewer rows show the same.
    ways = [
        *HIDDEN.values(),
        FAR["row_without_reference"].replace(b"<row/>" * 9_000, b"<row/>" * 90),
    ]
    ways += [b'<row r="7"><c r="C4"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>']
    for way in ways:
        data = sheet_with(lambda c, way=way: c.replace(b"</sheetData>", way + b"</sheetData>"))
        content = cleaned(zipfile.ZipFile(io.BytesIO(data)).read(SHEET))
        for sheet in read_workbook(data, "xlsx", "a.xlsx", Limits(cells=10**9)).sheets:
            for most_cells in (1, 10**9):
                rows, columns = extent(content, most_cells)
                assert len(sheet.rows) <= rows
                assert max(map(len, sheet.rows), default=0) <= columns


def test_macros_and_links_are_told_and_left_alone(tmp_path):
    data = changed_part(GOOD, "xl/vbaProject.bin", lambda _: b"Sub AutoOpen()")
    data = changed_part(data, "xl/externalLinks/externalLink1.xml", lambda _: b"<externalLink/>")
    tables = read(tmp_path, {"mapping/a.xlsm": data})
    assert the_only(tables, "macros").severity == "warning"
    assert "not followed" in the_only(tables, "external_links").message
    assert tables.files[0].kind == "xlsm"
    assert len(tables["activities"]) == 1 and not tables.errors


def test_errors_of_formulas_are_told_cell_by_cell(tmp_path):
    def spoilt(content):
        error = b'<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        start = content.index(b'<c r="B2"')
        end = content.index(b"</c>", start) + 4
        return content[:start] + error + content[end:]

    tables = read(tmp_path, {"mapping/a.xlsx": changed_part(GOOD, SHEET, spoilt)})
    problem = the_only(tables, "formula_error")
    assert (problem.row, problem.column, problem.found) == (2, "title", "#DIV/0!")
    assert not of_kind(tables, "missing_value")


def test_a_formula_that_was_never_calculated_is_told(tmp_path):
    def formula(content):
        start = content.index(b'<c r="B2"')
        end = content.index(b"</c>", start) + 4
        return content[:start] + b'<c r="B2"><f>A1&amp;"x"</f><v></v></c>' + content[end:]

    tables = read(tmp_path, {"mapping/a.xlsx": changed_part(GOOD, SHEET, formula)})
    assert "no stored result" in the_only(tables, "formula_error").message


def test_merged_cells_over_rows_are_told(tmp_path):
    def merged(content):
        merges = b'<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>'
        return content.replace(b"</sheetData>", b"</sheetData>" + merges)

    rows = {"activities": [ACTIVITY_HEADINGS, activity(), activity(title="")]}
    data = changed_part(xlsx(rows), SHEET, merged)
    tables = read(tmp_path, {"mapping/a.xlsx": data})
    problem = the_only(tables, "merged_cells")
    assert (problem.found, problem.row, problem.severity) == ("B2:B3", 2, "warning")
    assert the_only(tables, "missing_value").row == 3


def test_headings_that_are_missing_or_doubled_are_told(tmp_path):
    headings = [h if h != "stance" else "Stans" for h in ACTIVITY_HEADINGS]
    headings[-1] = "Titre / Título"
    headings[-2] = "Título"
    tables = read(tmp_path, {"mapping/a.xlsx": xlsx({"activities": [headings, activity()]})})
    missing = the_only(tables, "missing_heading")
    assert (missing.row, missing.column, missing.nearest) == (1, "Stance", "Stans")
    doubled = the_only(tables, "doubled_heading")
    assert (doubled.column, doubled.severity) == ("Título", "error")
    assert len(tables["activities"]) == 1


@pytest.mark.parametrize(
    ("heading", "severity", "nearest"),
    [
        ("Handlling", "error", "Handling"),
        ("Not for Mainland Chinna", "error", "Not for mainland China"),
        (
            "Known to the internatoinal office before",
            "warning",
            "Known to the international office before",
        ),
        ("Budget", None, None),
    ],
)
def test_a_misspelt_heading_is_told_and_a_misspelt_label_is_an_error(
    tmp_path, heading, severity, nearest
):
    headings = [*ACTIVITY_HEADINGS[:-1], heading]
    rows = {"activities": [headings, activity(handling="restricted")]}
    found = of_kind(read(tmp_path, {"mapping/a.xlsx": xlsx(rows)}), "unknown_heading")
    assert [(p.severity, p.nearest) for p in found] == ([(severity, nearest)] if severity else [])


def test_a_file_that_only_explains_is_told(tmp_path):
    data = xlsx({"read me": [["Please fill in"]], "Codes": [["a"]]})
    assert the_only(read(tmp_path, {"mapping/a.xlsx": data}), "nothing_filled_in")


def test_a_known_sheet_without_any_known_heading_is_told(tmp_path):
    tables = read(tmp_path, {"mapping/a.xlsx": xlsx({"activities": [["foo", "bar"], [1, 2]]})})
    assert len(of_kind(tables, "missing_heading")) == 4


def test_a_form_without_one_of_its_first_sheets_is_told(tmp_path):
    sheets = {
        "returns": [["unit_id", "returned_date", "has_activities"], ["ke", "2026-09-01", "yes"]],
        "capacities": [["unit_id", "capacity", "level"]],
    }
    problem = the_only(read(tmp_path, {"mapping/a.xlsx": xlsx(sheets)}), "missing_sheet")
    assert (problem.allowed, problem.severity) == ("activities", "warning")


def test_the_same_file_twice_is_read_once(tmp_path):
    tables = read(tmp_path, {"mapping/a.xlsx": GOOD, "mapping/a (1).xlsx": GOOD})
    problem = the_only(tables, "duplicate_file")
    assert (problem.file, problem.found) == ("mapping/a (1).xlsx", "mapping/a.xlsx")
    assert len(tables["activities"]) == 1


def test_very_many_problems_of_one_kind_are_counted(tmp_path):
    tables = read_activities(tmp_path, *(activity(stance=f"x{i}") for i in range(1_000)))
    found = of_kind(tables, "unknown_code")
    assert len(found) == 201
    assert min(found).message == "and 800 more rows with such a problem"
    assert len(tables["activities"]) == 1_000


@POSIX
def test_links_that_lead_out_and_files_that_are_no_files_are_refused(tmp_path):
    cycle = make_cycle(tmp_path / "ws", {"mapping/good.xlsx": GOOD})
    folder = cycle.inputs / "mapping"
    (tmp_path / "secret.csv").write_text("unit_id\nke\n")
    (folder / "out.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "nowhere.csv").symlink_to(tmp_path / "absent")
    (folder / "outside").symlink_to(tmp_path)
    (folder / "loop").symlink_to(cycle.inputs)
    (folder / "self.csv").symlink_to(folder / "self.csv")
    os.mkfifo(folder / "pipe.csv")
    tables = read_inputs(cycle)
    refused = {p.file: p.severity for p in of_kind(tables, "link_outside")}
    names = ("nowhere.csv", "out.csv", "outside", "self.csv")
    assert refused == {f"mapping/{name}": "error" for name in names}
    assert the_only(tables, "link_to_folder").file == "mapping/loop"
    assert the_only(tables, "not_a_file").file == "mapping/pipe.csv"
    assert len(tables["activities"]) == 1


@POSIX
def test_what_a_user_may_not_read_is_told(tmp_path, monkeypatch):
    cycle = make_cycle(
        tmp_path, {"mapping/a.csv": "x", "mapping/b.xlsx": GOOD, "mapping/c/d.csv": ""}
    )
    closed = (cycle.inputs / "mapping" / "a.csv", cycle.inputs / "mapping" / "c")
    for path in closed:
        path.chmod(0)
    if os.access(closed[0], os.R_OK):  # a super-user reads everything
        refuse_opening(monkeypatch, closed)
    tables = read_inputs(cycle)
    for path in closed:
        path.chmod(0o700)
    assert {p.file for p in of_kind(tables, "unreadable")} == {"mapping/a.csv", "mapping/c"}
    assert all("permission" in p.message for p in of_kind(tables, "unreadable"))
    assert len(tables["activities"]) == 1


def refuse_opening(monkeypatch, closed):
    from pathlib import Path

    is_open, scan = Path.open, os.scandir

    def opened(path, *args, **more):
        if path in closed:
            raise PermissionError(13, "Permission denied")
        return is_open(path, *args, **more)

    def scanned(path):
        if path in closed:
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(Path, "open", opened)
    monkeypatch.setattr(os, "scandir", scanned)


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text exist on Linux only")
def test_a_name_that_is_no_text_is_shown_as_far_as_it_goes(tmp_path):
    cycle = make_cycle(tmp_path, {})
    folder = cycle.inputs / "mapping"
    folder.mkdir()
    (folder / os.fsdecode(b"caf\xe9\x1b[31m.xlsx")).write_bytes(GOOD)
    tables = read_inputs(cycle)
    (name,) = tables["activities"]["source_file"]
    assert name == "mapping/caf\ufffd\ufffd[31m.xlsx"
    name.encode("utf-8")


@settings(deadline=None, derandomize=True, max_examples=60)
@given(
    position=st.integers(0, len(GOOD) - 1),
    byte=st.integers(0, 255),
    cut=st.integers(0, len(GOOD)),
    is_cut=st.booleans(),
)
def test_any_damage_to_a_spreadsheet_is_read_or_refused(position, byte, cut, is_cut):
    data = GOOD[:cut] if is_cut else GOOD[:position] + bytes([byte]) + GOOD[position + 1 :]
    kind = sniff(data, "a.xlsx", SMALL)
    if kind == "xlsx":
        raw = read_workbook(data, kind, "a.xlsx", SMALL)
        assert raw.sheets or raw.refusals
    else:
        assert isinstance(kind, Refusal) or kind in ("text", "ods")
