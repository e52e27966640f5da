"""The protocol as data: the bundled one is whole, and every hole in another is said at once."""

from __future__ import annotations

import csv
import shutil

import pytest

from strategy_lib.core.errors import InputError
from strategy_lib.core.resources import resource
from strategy_lib.protocol.layout import SHEETS
from strategy_lib.protocol.reading import check_protocol, read_protocol
from strategy_lib.schema.schema import code_list

BUNDLED = resource("templates", "protocol")


def own(tmp_path, name, change=lambda rows: rows):
    """A folder with one file of the organisation's own, changed."""
    with (BUNDLED / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    changed = change(rows)
    with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(changed)
    return tmp_path


def where(sheet_key, **values):
    """Rows with one item changed; `sheet_key` is column=value."""
    column, value = sheet_key
    return lambda rows: [row | values if row[column] == value else row for row in rows]


def without(column, value):
    return lambda rows: [row for row in rows if row[column] != value]


def messages(folder):
    return [str(hole) for hole in check_protocol(folder)]


def test_the_bundled_protocol_has_no_hole():
    assert check_protocol() == []


def test_every_item_has_its_source_and_day():
    protocol = read_protocol()
    for sheet in SHEETS:
        frame = protocol[sheet.name]
        assert frame["source"].str.len().min() > 0, sheet.name
        assert frame["as_of"].notna().all(), sheet.name
    for section in protocol.rules.values():
        assert section["description"] and section["source"] and section["as_of"]


def test_every_code_of_the_forms_has_its_item():
    protocol = read_protocol()
    assert set(protocol.tolerances) == set(code_list("consequence_kind").values)
    assert set(protocol["routes"]["route"]) == set(code_list("speaking_route").values)


def test_harm_to_people_has_a_red_line_and_money_has_none():
    tolerances = read_protocol().tolerances
    assert tolerances["life_and_safety"].red_line_from == 3
    assert tolerances["funds"].red_line_from is None


def test_wording_rules_speak_four_languages():
    terms = read_protocol()["wording_terms"]
    for rule in ("influence_claim", "slogan", "confrontation", "generalisation", "softened"):
        assert set(terms.loc[terms["rule_id"] == rule, "language"]) == {"en", "zh", "fr", "es"}


def test_an_own_file_takes_the_place_of_the_bundled_one(tmp_path):
    folder = own(tmp_path, "urgency.csv", where(("urgency", "standard"), consult="5"))
    protocol = read_protocol(folder)
    assert protocol.value("urgency", "standard", "consult") == 5
    assert protocol.own_files == ("urgency.csv",)


def test_a_folder_that_is_not_there_is_no_hole(tmp_path):
    assert check_protocol(tmp_path / "protocol") == []


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("roles.csv", where(("role", "counsel"), deputy=""), "counsel · deputy: is empty"),
        ("roles.csv", where(("role", "counsel"), deputy="counsel"), "is its own deputy"),
        ("roles.csv", where(("role", "counsel"), deputy="lawyer"), 'found "lawyer"; no such role'),
        ("urgency.csv", where(("urgency", "urgent"), consult=""), "urgent · consult: is empty"),
        ("urgency.csv", where(("urgency", "urgent"), consult="0"), "a clock needs time"),
        ("urgency.csv", where(("urgency", "standard"), decide="1.5"), "use whole working days"),
        ("urgency.csv", without("urgency", "planned"), "urgency.csv · planned: has no item"),
        ("tolerances.csv", where(("kind", "liberty"), red_line_from=""), "needs a red line"),
        (
            "tolerances.csv",
            where(("kind", "liberty"), acceptance_from="5"),
            "tolerance of 'liberty'",
        ),
        (
            "tolerances.csv",
            where(("kind", "liberty"), accepting_role=""),
            "accepting_role: is empty",
        ),
        ("tolerances.csv", where(("kind", "liberty"), acceptance_days="0"), "must have an end"),
        ("raci.csv", where(("letter", "A"), letter="R"), "0 roles are accountable"),
        ("raci.csv", where(("step", "wording"), step="words"), "no such step in steps.csv"),
        ("steps.csv", without("step", "decision"), "one step must be the decision"),
        ("routes.csv", where(("route", "hold"), is_act="yes"), "silence must be listed"),
        ("routes.csv", where(("route", "hold"), reversibility="9"), "use 0 to 4"),
        ("consultations.csv", without("party", "exposed_office"), "nobody asks the offices"),
        ("consultations.csv", where(("consultation", "counsel"), kinds=""), "name kinds"),
        ("consultations.csv", where(("consultation", "counsel"), kinds="freedom"), '"freedom"'),
        ("consultations.csv", where(("consultation", "hong_kong"), who="moon"), '"moon"'),
        ("evidence_grades.csv", where(("grade", "C"), most_public_route="shout"), '"shout"'),
        ("aftercare.csv", where(("check", "48_hours"), role=""), "48_hours · role: is empty"),
        (
            "wording_terms.csv",
            where(("rule_id", "only_one"), text="(", kind="pattern"),
            "is no pattern",
        ),
        ("wording_terms.csv", without("rule_id", "slogan"), "slogan: has no term"),
        ("wording_rules.csv", where(("rule_id", "slogan"), as_of="last year"), "write a day"),
        ("wording_rules.csv", where(("rule_id", "slogan"), source=""), "slogan · source: is empty"),
        (
            "wording_rules.csv",
            where(("rule_id", "slogan"), gravity="grave"),
            "use one of stop, note",
        ),
        ("pressure.csv", lambda rows: [*rows, rows[0]], "stands here twice"),
        ("pressure.csv", lambda rows: [], "has no item"),
    ],
)
def test_a_hole_is_named_with_its_place(tmp_path, name, change, said):
    found = messages(own(tmp_path, name, change))
    assert any(said in message for message in found), found
    with pytest.raises(InputError, match="The protocol has"):
        read_protocol(tmp_path)


def test_all_holes_are_said_at_once(tmp_path):
    own(tmp_path, "roles.csv", where(("role", "counsel"), deputy=""))
    own(tmp_path, "urgency.csv", where(("urgency", "urgent"), consult=""))
    (tmp_path / "rules.toml").write_text("[veto]\nveto_days = -1\n", encoding="utf-8")
    found = messages(tmp_path)
    assert any("counsel · deputy" in m for m in found)
    assert any("urgent · consult" in m for m in found)
    assert any("no_answer: the section is missing" in m for m in found)
    assert any("veto_days: found -1" in m for m in found)
    assert any("set_aside_by: is missing" in m for m in found)


def test_a_mistyped_file_name_does_not_go_unseen(tmp_path):
    shutil.copy(BUNDLED / "roles.csv", tmp_path / "role.csv")
    assert any("role.csv: no protocol has this file" in m for m in messages(tmp_path))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "column is missing"),
        (b"\xff\xfe\x00", "is not written in UTF-8"),
        (b"role;label\n", "column is missing"),
        (b"x" * 3_000_000, "is larger than"),
    ],
)
def test_a_file_that_is_no_table_is_said_so(tmp_path, content, said):
    (tmp_path / "roles.csv").write_bytes(content)
    assert any(said in message for message in messages(tmp_path))


@pytest.mark.parametrize("text", ["", "= 1", "[veto\n", "veto = 3", "calendar = 1"])
def test_broken_rules_are_said_so(tmp_path, text):
    (tmp_path / "rules.toml").write_text(text, encoding="utf-8")
    assert messages(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("weekend = [6, 7]", "weekend = [8]", "use 1 (Monday) to 7"),
        ("weekend = [6, 7]", "weekend = [1, 2, 3, 4, 5, 6, 7]", "not all of them"),
        ("NP = [6]", 'NP = "Saturday"', "weekend_by_country.NP"),
        ("closed_days = [2026-12-25, 2027-01-01]", 'closed_days = ["Friday"]', "write days"),
        ("least_share_pct = 0", "least_share_pct = 130", "use 0 to 100"),
        ("is_allowed = false", 'is_allowed = "no"', "use bool"),
        ("veto_days = 30", "veto_days = true", "use int"),
        ('set_aside_by = "board_chair"', 'set_aside_by = "king"', 'found "king"'),
    ],
)
def test_a_setting_of_the_wrong_kind_is_named(tmp_path, old, new, said):
    text = (BUNDLED / "rules.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "rules.toml").write_text(text.replace(old, new), encoding="utf-8")
    found = messages(tmp_path)
    assert any(said in message for message in found), found
