"""Exchange packs: only what partners may have leaves, the page shows all of it, peers read it."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from datetime import date

import pytest

from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.core.errors import InputError
from strategy_lib.core.workspace import copy_example, open_workspace
from strategy_lib.cycles.share import EDITION, gather_pack, write_pack
from strategy_lib.cycles.share_page import lines_of, share_page
from strategy_lib.inputs.read import read_inputs
from strategy_lib.schema.exchange import DESCRIPTOR, PARTS, PEER_TABLE
from strategy_lib.schema.schema import table_schema
from tests.workspaces import UNITS, make_workspace, write_sheets

AS_OF = date(2026, 11, 1)
SECRET = "Zqorvil Zqantem"
SIGNAL = {
    "unit_id": "ke",
    "seen_at": "2026-05-01",
    "kind": "trend",
    "what": "Seen",
    "theme": "health",
    "source": "zqsource",
    "grade": "A",
    "for_units": "kh",
    "handling": "partner",
}
STAYS = {
    "label": {"handling": "internal"},
    "mainland": {"not_for_mainland": "yes"},
    "received": {"sent_by": "Harbour network"},
    "names": {"what": "Talks with the Zquddle House"},
    "traces": {"what": r"See C:\notes\port.docx"},
}


def cycle_of(tmp_path, signals, **more):
    units = [unit | {"handling": "public"} for unit in UNITS]
    secret = {"name": SECRET, "aliases": "Zquddle House; ZQ", "type": "ngo"}
    secret |= {"chinese_name": "麟鶴蟠桃", "handling": "restricted"}
    workspace = make_workspace(tmp_path / "ws", {"units": units, "counterparts": [secret]})
    write_sheets(workspace.cycle().inputs / "watching" / "w.xlsx", {"signals": signals} | more)
    return workspace.cycle()


def rows_in(pack, part="signals"):
    with zipfile.ZipFile(io.BytesIO(pack.content)) as archive:
        if f"{part}.csv" not in archive.namelist():
            return []
        return list(csv.DictReader(io.StringIO(archive.read(f"{part}.csv").decode("utf-8-sig"))))


def test_what_leaves_and_what_stays_is_told_row_by_row(tmp_path):
    signals = [SIGNAL | {"title": "zqleaves"}]
    signals += [SIGNAL | {"title": f"zqstays-{code}"} | change for code, change in STAYS.items()]
    pack = gather_pack(cycle_of(tmp_path, signals))
    assert [row["title"] for row in rows_in(pack)] == ["zqleaves"]
    assert pack.parts[0].withheld == dict.fromkeys(STAYS, 1)
    page, lines = share_page(pack, "Test federation", AS_OF), "\n".join(lines_of(pack))
    for told in (page, lines):
        assert "zqleaves" in told
        assert not re.search("zqstays|zqsource|zquddle", told, re.IGNORECASE)
        assert len(re.findall(r"\b1 row[:,] ", told)) == len(STAYS)


@pytest.mark.parametrize(
    "text", [SECRET.upper(), "Zquddle  house", "与麟鶴蟠桃合作", "a visit of ZQ"]
)
def test_a_withheld_name_leaves_in_no_spelling(tmp_path, text):
    """A short one neither: what has left cannot be called back."""
    pack = gather_pack(cycle_of(tmp_path, [SIGNAL | {"title": text}]))
    assert not pack.rows and pack.parts[0].withheld == {"names": 1}


def test_no_office_label_place_in_a_file_or_answer_of_ours_can_leave():
    for part in PARTS:
        schema = table_schema(part.table)
        for name in part.columns:
            assert EDITION.may_see(schema[name].visible_to), name
            assert schema[name].refers_to in (None, ("counterparts", "name")), name
        ours = {"unit_id", "handling", "not_for_mainland", "sent_by", "for_units", "china_team_in"}
        assert not ours & set(part.columns)
        kept = set(part.becomes.values())
        assert kept <= set(table_schema(PEER_TABLE).names)
        needed = {name for name in schema.names if schema[name].required}
        assert needed <= set(part.columns) | {"unit_id", "technology_id", "claim_id", "kind"}


def test_a_wider_partner_edition_lets_nothing_more_out(tmp_path):
    cycle = cycle_of(tmp_path, [SIGNAL | {"title": "A", "handling": "internal"}])
    settings = cycle.workspace.root / "workbook.toml"
    wider = '[editions.partner]\nclearance = "restricted"\n'
    settings.write_text(settings.read_text("utf-8") + wider, "utf-8")
    assert open_workspace(cycle.workspace.root).edition("partner").may_see("restricted")
    assert not gather_pack(open_workspace(cycle.workspace.root).cycle()).rows
    assert EDITION.withhold_not_for_mainland and not DEFAULT_EDITIONS["partner"].may_see("internal")


def test_a_measure_of_which_some_rows_stay_does_not_single_out_the_others(tmp_path):
    row = {
        "body": "B",
        "measure": "deferrals",
        "year": 2025,
        "value": 1,
        "unit": "n",
        "source": "R",
    }
    members = [("CN", "public"), ("KE", "public"), ("BR", "public"), ("SE", "public")]
    rows = [row | {"member": m, "handling": h} for m, h in [*members, ("PL", "internal")]]
    pack = gather_pack(cycle_of(tmp_path, [SIGNAL | {"title": "A"}], un_measures=rows))
    (measures,) = [leaving for leaving in pack.parts if leaving.part.name == "un_measures"]
    assert measures.rows.empty and measures.withheld == {"label": 1, "singles_out": 4}


def test_anything_to_mend_stops_it(tmp_path):
    with pytest.raises(InputError, match="to mend"):
        gather_pack(cycle_of(tmp_path, [SIGNAL | {"title": "A", "theme": "heat"}]))


@pytest.mark.parametrize("name", ["x" * 81, "desk@example.org", "–"])
def test_a_name_that_is_none_is_refused(tmp_path, name):
    with pytest.raises(InputError, match="--as"):
        gather_pack(cycle_of(tmp_path, []), name)


def test_an_unknown_part_is_named(tmp_path):
    with pytest.raises(InputError, match=r"'scores'.*signals, technologies"):
        gather_pack(cycle_of(tmp_path, []), "", ["scores"])


@pytest.fixture(scope="module")
def sender(tmp_path_factory):
    return open_workspace(copy_example(tmp_path_factory.mktemp("one") / "ws")).cycle()


def test_a_pack_of_the_example_is_read_by_another_and_passed_on_by_nobody(sender, tmp_path):
    pack = gather_pack(sender, "Hearth network")
    other = copy_example(tmp_path / "other")
    settings = other / "workbook.toml"
    settings.write_text(settings.read_text("utf-8").replace("Hearthway", "Farway"), "utf-8")
    shutil.move(write_pack(pack, tmp_path / "sent"), other / "2026" / "inputs" / "watching")
    cycle = open_workspace(other).cycle()
    tables = read_inputs(cycle)
    assert not tables.errors
    theirs = tables[PEER_TABLE][tables[PEER_TABLE]["sent_by"] == "Hearth network"]
    assert theirs["part"].value_counts().to_dict() == {
        leaving.part.name: len(leaving.rows) for leaving in pack.parts if len(leaving.rows)
    }
    assert set(theirs["grade"].dropna()) <= {"D", "E"}
    # Nothing of ours changed, and what came in does not go out again.
    again = gather_pack(cycle, "Hearth network")
    assert again.content == pack.content


def test_the_same_rows_give_the_same_bytes_and_no_name_of_a_file(sender):
    first, second = gather_pack(sender), gather_pack(sender)
    assert first.content == second.content
    with zipfile.ZipFile(io.BytesIO(first.content)) as archive:
        infos = archive.infolist()
        texts = b"".join(archive.read(info) for info in infos).decode()
        about = json.loads(archive.read(DESCRIPTOR))
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert ".xlsx" not in texts and str(sender.workspace.root) not in texts
    assert about["title"] == "Hearthway Commons International"
    for listed in about["resources"]:
        head = texts[texts.index("\ufeff") :] if listed is about["resources"][0] else texts
        names = [field["name"] for field in listed["schema"]["fields"]]
        assert ",".join(names) in head
