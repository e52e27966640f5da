"""Packs of peers: read within limits, by known names only, apart from own rows, D at best."""

from __future__ import annotations

import json
import warnings
import zipfile
from io import BytesIO

import pytest

from strategy_lib.schema.exchange import DESCRIPTOR, PARTS
from strategy_lib.schema.limits import Limits
from tests.inputs.sent import kinds, read, the_only, zipped

SIGNALS = "title,what,kind,theme,country_code,seen_at,grade\n"
ROW = "A port,Plan shown,trend,health,KE,2026-05-01,A\n"


def pack(signals=SIGNALS + ROW, title="Peer 1", **more):
    parts = {DESCRIPTOR: json.dumps({"name": "exchange-pack", "title": title})}
    return zipped(parts | {"signals.csv": signals} | more)


def given(tmp_path, data, **options):
    return read(tmp_path / "ws", {"watching/p.zip": data}, **options)


def test_a_row_of_a_peer_stands_under_its_name_apart_from_ours_and_at_most_grade_d(tmp_path):
    tables = given(tmp_path, pack())
    (row,) = tables["peer_rows"].to_dict("records")
    assert (row["sent_by"], row["part"], row["title"], row["kind"], row["grade"]) == (
        *("Peer 1", "signals", "A port", "trend", "D"),
    )
    assert tables["signals"].empty
    assert not kinds(tables)
    assert (row["source_file"], row["source_row"]) == ("watching/p.zip", 2)


def test_a_lower_grade_stays_and_none_stays_none(tmp_path):
    rows = ROW.replace(",A\n", ",E\n") + ROW.replace("A port", "B").replace(",A\n", ",\n")
    grades = given(tmp_path, pack(SIGNALS + rows)).frames["peer_rows"]["grade"]
    assert [grade for grade in grades if isinstance(grade, str)] == ["E"]


def test_the_same_row_sent_twice_is_one(tmp_path):
    again = pack(SIGNALS + ROW + ROW.replace("A port", "Another"))
    tables = read(tmp_path / "ws", {"watching/p.zip": pack(), "watching/q.zip": again})
    assert sorted(tables["peer_rows"]["title"]) == ["A port", "Another"]
    assert not tables.errors


def test_what_a_pack_must_not_say_is_not_read(tmp_path):
    """An office, a label, a sender in a column: told, and left out."""
    more = "unit_id,handling,sent_by," + SIGNALS
    tables = given(tmp_path, pack(more + "ke,public,Us," + ROW))
    (row,) = tables["peer_rows"].to_dict("records")
    assert row["sent_by"] == "Peer 1" and not isinstance(row["handling"], str)
    columns = {p.column for p in tables.warnings if p.kind == "pack_column_unknown"}
    assert columns == {"unit_id", "handling", "sent_by"}


def test_a_part_without_a_needed_column_is_not_read_and_the_others_are(tmp_path):
    technologies = "technology,use,kind,theme,as_of,source\nX,y,threat,health,2026-01-01,Book\n"
    data = pack("title,kind\nA,trend\n", **{"technologies.csv": technologies})
    tables = given(tmp_path, data)
    assert list(tables["peer_rows"]["part"]) == ["technologies"]
    missing = {p.column for p in tables.errors if p.kind == "pack_column_missing"}
    assert missing == {"what", "theme", "seen_at"}


def test_a_cell_of_no_known_code_is_one_line_with_file_part_row_and_column(tmp_path):
    problem = the_only(
        given(tmp_path, pack(SIGNALS + ROW.replace("health", "heat"))), "unknown_code"
    )
    assert (problem.file, problem.sheet, problem.row) == ("watching/p.zip", "signals.csv", 2)
    assert problem.column == "theme" and problem.found == "heat"


@pytest.mark.parametrize("title", [None, "", " \u202e ", 7, ["a"], "x" * 81, "a\nb"])
def test_a_pack_without_a_name_is_not_read(tmp_path, title):
    tables = given(tmp_path, pack(title=title))
    assert tables["peer_rows"].empty
    the_only(tables, "pack_without_name")


@pytest.mark.parametrize(
    "descriptor",
    [b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"title": "' + b"x" * (1 << 20) + b'"}'],
)
def test_a_descriptor_that_is_none_is_told(tmp_path, descriptor):
    tables = given(tmp_path, zipped({DESCRIPTOR: descriptor, "signals.csv": SIGNALS + ROW}))
    assert tables["peer_rows"].empty
    the_only(tables, "pack_descriptor")


def test_paths_that_lead_elsewhere_are_named_and_never_followed(tmp_path):
    about = {"title": "Peer 1", "resources": [{"name": "signals", "path": "../../secret.csv"}]}
    parts = {DESCRIPTOR: json.dumps(about), "../../signals.csv": SIGNALS + ROW, "/etc/x": "y"}
    tables = given(tmp_path, zipped(parts))
    assert tables["peer_rows"].empty
    assert "../../signals.csv" in the_only(tables, "pack_other_files").found
    assert [p.name for p in tmp_path.iterdir()] == ["ws"]


def test_two_files_of_one_name_are_refused(tmp_path):
    buffer = BytesIO(pack())
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("signals.csv", SIGNALS + ROW.replace("A port", "Other"))
    assert the_only(given(tmp_path, buffer.getvalue()), "pack_file_twice").found == "signals.csv"


def test_a_bomb_is_not_opened(tmp_path):
    tables = given(tmp_path, pack(SIGNALS + ROW + "x" * (3 << 20)), limits=Limits(unpacked_mb=1))
    the_only(tables, "zip_bomb")


def test_a_directory_that_lies_about_sizes_changes_nothing(tmp_path):
    data = pack(SIGNALS + ROW + "y" * (3 << 20))
    size = (len(SIGNALS + ROW) + (3 << 20)).to_bytes(4, "little")
    assert data.count(size) == 2
    tables = given(tmp_path, data.replace(size, (50).to_bytes(4, "little")), limits=Limits(1, 1))
    assert tables["peer_rows"].empty
    assert kinds(tables) & {"damaged_file", "zip_bomb"}


def test_more_rows_than_peers_write_are_not_read(tmp_path):
    many = "".join(ROW.replace("A port", f"Port {n}") for n in range(5_001))
    tables = given(tmp_path, pack(SIGNALS + many))
    assert tables["peer_rows"].empty
    the_only(tables, "pack_too_many_rows")


def test_a_formula_is_a_text(tmp_path):
    signals = SIGNALS + ROW.replace("A port", '"=HYPERLINK(""http://x"")"')
    (title,) = given(tmp_path, pack(signals))["peer_rows"]["title"]
    assert title == '=HYPERLINK("http://x")'


def test_a_measure_of_a_few_states_is_refused_from_peers_too(tmp_path):
    head = ",".join(next(p for p in PARTS if p.name == "un_measures").columns)
    line = "Body,deferrals,{},2025,1,texts,Report,\n"
    few = head + "\n" + "".join(line.format(code) for code in ("CN", "KE"))
    tables = given(tmp_path, pack(**{"un_measures.csv": few}))
    assert [p.kind for p in tables.errors] == ["singles_out"] * 2


def test_a_pack_under_our_own_name_is_told(tmp_path):
    settings = '[organisation]\nname = "Acme"\n'
    tables = given(tmp_path, pack(title="ACME"), settings=settings)
    assert the_only(tables, "own_pack").column == "Sent by"
