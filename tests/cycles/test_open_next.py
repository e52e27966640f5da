"""Next year's cycle: what persists is there and unconfirmed, what is judged afresh is not."""

from __future__ import annotations

import shutil
from datetime import date

import pandas as pd
import pytest
from openpyxl import load_workbook

from strategy_lib.core.errors import InputError, WorkspaceError
from strategy_lib.core.hashing import hash_tree
from strategy_lib.core.workspace import open_workspace
from strategy_lib.cycles.carry_over import RULES, carried_rows, office_rows
from strategy_lib.cycles.open_next import open_next
from strategy_lib.inputs.layout.carried_over import is_carried, unconfirmed, without_confirmed
from strategy_lib.inputs.layout.headings import READING_MARK
from strategy_lib.inputs.layout.migrations import noted_versions
from strategy_lib.inputs.read import read_inputs
from strategy_lib.schema.frames import typed_frame
from strategy_lib.schema.schema import LANGUAGES, schemas, table_schema
from tests.workspaces import UNITS, activity, make_workspace, write_sheets

MAINLAND = {
    "unit_id": "cd",
    "name": "Chengdu 成都",
    "kind": "mainland_programme",
    "country_code": "CN",
    "languages": "zh",
}
GONE = {
    "unit_id": "old",
    "name": "Closed office",
    "kind": "country_office",
    "country_code": "PE",
    "closed_date": "2024-05-01",
}
SENT = {
    "units": [*UNITS, MAINLAND, GONE],
    "activities": [
        activity(
            "ke",
            "Talks that go on",
            "China House",
            activity_id="on",
            confidence="high",
            is_known_to_centre="no",
        ),
        activity(
            "ke", "Talks that ended", "China House", activity_id="over", end_date="2026-02-01"
        ),
        activity("cd", "Open work", "China House", activity_id="open"),
        activity(
            "cd", "Canary work", "Canary Institute", activity_id="bird", not_for_mainland="yes"
        ),
    ],
    "counterparts": [
        {"name": "China House", "type": "ngo", "note": "Canary note", "aliases": "Canary name"},
        {"name": "Hidden Institute", "type": "ngo", "handling": "restricted"},
    ],
    "knowledge_bank": [
        {
            "knowledge_id": "k1",
            "unit_id": "ke",
            "kind": "relationship",
            "what": "Who to call first",
            "holders": 1,
            "confidence": "high",
        },
        {
            "knowledge_id": "k2",
            "unit_id": "cd",
            "kind": "relationship",
            "what": "Canary call",
            "holders": 1,
            "not_for_mainland": "yes",
        },
    ],
    "secondments": [
        {
            "secondment_id": "s1",
            "kind": "need",
            "unit_id": "ke",
            "skill": "chinese_language",
            "weeks": 8,
        },
        {
            "secondment_id": "s2",
            "kind": "offer",
            "unit_id": "ke",
            "skill": "chinese_language",
            "end_date": "2026-03-01",
        },
    ],
    "turnover": [{"unit_id": "ke", "year": 2026, "staff_start": 7171}],
}
LISTS = {
    "presence": {
        "presence_options": [
            {"option_id": "P1", "name": "=HYPERLINK(1) 办事处", "legal_route": "none"}
        ],
        "criteria": [
            {
                "criterion_id": "safety",
                "name": "Safety",
                "direction": "higher_is_better",
                "anchor_0": "low",
                "anchor_5": "middle",
                "anchor_10": "high",
                "question": "How safe?",
            }
        ],
        "presence_terms": [
            {
                "term_id": "t",
                "kind": "trigger",
                "text": "The law changes",
                "state": "seen",
                "last_checked": "2026-09-01",
            },
            {"term_id": "e", "kind": "exit_term", "text": "Staff are paid", "state": "in_place"},
        ],
        "scores": [{"assessor_id": "A1", "option_id": "P1", "criterion_id": "safety", "best": 7}],
    },
    "decisions": {
        "decisions": [
            {
                "decision_id": "d1",
                "chapter": "02",
                "question": "Which?",
                "kind": "decided",
                "decision": "None",
                "decided_date": "2026-05-01",
                "decided_by": "Board",
                "handling": "restricted",
            }
        ],
        "actions": [
            {"action_id": "a-done", "action": "Done", "status": "done"},
            {"action_id": "a-open", "action": "Open", "status": "late"},
        ],
        "forecasts": [
            {
                "assessor_id": "A1",
                "forecast_id": "f1",
                "statement": "It rains",
                "probability_pct": 40,
            },
            {
                "assessor_id": "A1",
                "forecast_id": "f2",
                "statement": "It snows",
                "probability_pct": 10,
                "outcome": "no",
            },
        ],
        "decide_again": [{"assessor_id": "A1", "decision_id": "d1", "answer": "yes"}],
    },
    "prepare": {"assessors": [{"assessor_id": "A1", "unit_id": "ke"}]},
}
SETTINGS = "# cycle = 1999 is only a remark\ncycle = 2026   # the year\n"


def workspace_in(root, settings=SETTINGS):
    workspace = make_workspace(root, SENT, settings)
    for area, tables in LISTS.items():
        write_sheets(root / "2026" / "inputs" / area / "sent.xlsx", tables)
    return open_workspace(workspace.root)


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    workspace = workspace_in(tmp_path_factory.mktemp("next") / "ws")
    before = hash_tree(workspace.root / "2026")
    made = open_next(workspace)
    assert hash_tree(workspace.root / "2026") == before, "the old cycle is never touched"
    return made


@pytest.fixture(scope="module")
def tables(opened):
    return read_inputs(opened.cycle)


def test_the_new_cycle_can_be_read_at_once(opened, tables):
    assert opened.cycle.year == 2027 and tables.errors == ()
    assert noted_versions(opened.cycle.root) == {n: s.version for n, s in schemas().items()}


def test_what_persists_is_there_and_unconfirmed(opened, tables):
    assert unconfirmed(tables.frames) == opened.carried
    assert opened.carried == {
        "units": 6,
        "assessors": 1,
        "counterparts": 2,
        "presence_options": 1,
        "criteria": 1,
        "presence_terms": 2,
        "actions": 1,
        "decisions": 1,
        "forecasts": 1,
    }
    assert all(is_carried(p.name) for p in opened.cycle.inputs.rglob("*") if p.is_file())
    assert tables["actions"]["action_id"].tolist() == ["a-open"]
    assert tables["forecasts"]["forecast_id"].tolist() == ["f1"]
    assert tables["presence_options"]["name"].tolist() == ["=HYPERLINK(1) 办事处"]
    assert tables["decisions"]["handling"].tolist() == ["restricted"], "labels go with their rows"


def test_what_is_judged_afresh_is_empty(opened, tables):
    for name in ("scores", "decide_again", "activities", "returns"):
        assert tables[name].empty and name in opened.asked_afresh
    terms = tables["presence_terms"].set_index("term_id")
    assert terms["state"].isna()["t"] and terms.loc["e", "state"] == "in_place"


def test_an_assessors_form_has_this_years_options_and_no_score(opened):
    path = opened.cycle.root / "forms" / "assessors" / "questions-A1.xlsx"
    listed = load_workbook(path)["scores"].iter_rows(min_row=5, values_only=True)
    rows = [row for row in listed if row[0] is None]
    assert len(rows) == 1 and "P1" in rows[0] and 7 not in rows[0]


def test_a_coordinators_form_holds_what_was_entered(opened):
    book = load_workbook(opened.cycle.root / "forms" / "presence.xlsx")
    texts = {cell.value for row in book["presence_options"].iter_rows() for cell in row}
    assert "=HYPERLINK(1) 办事处" in texts
    formulas = [c for s in book for row in s.iter_rows() for c in row if c.data_type == "f"]
    assert not formulas


def form_texts(opened, unit, area="mapping"):
    book = load_workbook(opened.cycle.root / "forms" / "offices" / f"{area}-{unit}.xlsx")
    return {str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value}


def test_an_office_is_shown_what_it_told_and_nothing_of_others(opened):
    texts = form_texts(opened, "ke")
    assert {"Talks that go on", "China House"} <= texts
    assert "As you told it for 2026. Correct it, or delete the row." in texts
    assert not texts & {"Talks that ended", "Open work", "Canary note", "Canary name"}


def test_an_office_is_asked_again_what_it_knows_and_needs_and_afresh_who_left(opened):
    texts = form_texts(opened, "ke", "more")
    assert {"Who to call first", "s1"} <= texts
    assert not texts & {"s2", "Canary call", "7171", "high"}
    assert "Canary call" not in form_texts(opened, "cd", "more")


def test_no_form_for_the_mainland_holds_what_must_not_go_there(opened):
    texts = form_texts(opened, "cd")
    assert "Open work" in texts and not any("Canary" in text for text in texts)
    assert "这是您 2026 年所报。请更正，或删除该行。" in texts


def test_a_closed_office_is_asked_nothing(opened):
    assert not (opened.cycle.root / "forms" / "offices" / "mapping-old.xlsx").exists()


def test_a_form_that_comes_back_confirms_its_rows(opened, tables, tmp_path):
    """What stands in the form is what was carried, row by row; sent, it takes its place."""
    root = tmp_path / "ws"
    (root / "2027" / "inputs" / "prepare").mkdir(parents=True)
    shutil.copy(opened.cycle.workspace.root / "workbook.toml", root)
    form = (opened.cycle.root / "forms" / "offices.xlsx").read_bytes()
    (root / "2027" / "inputs" / "prepare" / "offices.xlsx").write_bytes(form)
    sent = read_inputs(open_workspace(root).cycle(2027))
    assert sent.errors == ()
    for name in ("units", "assessors"):
        both = pd.concat([tables[name], sent[name]], ignore_index=True)
        kept = without_confirmed({name: both})[name]
        assert len(kept) == len(tables[name]) == len(sent[name])
        assert unconfirmed({name: kept}) == {}


def test_what_an_office_told_is_known_now_and_sure_is_asked_anew(opened):
    frames = read_inputs(opened.before, date(2026, 11, 1)).frames
    rows = office_rows(frames, "ke", 2026, pd.Timestamp("2026-11-01"), "fr")
    row = rows["activities"][0]
    assert row["activity_id"] == "on" and row["is_known_to_centre"] is True
    assert "confidence" not in row
    assert next(iter(row)) == f"{READING_MARK} L'an dernier"


def test_only_the_line_with_the_year_is_changed(opened):
    text = (opened.cycle.workspace.root / "workbook.toml").read_text(encoding="utf-8")
    assert "cycle = 2027   # the year\n" in text and "# cycle = 1999 is only a remark\n" in text
    assert text.count("2027") == 1
    assert "changed cycle = 2026 to cycle = 2027" in opened.settings_note
    assert "as_of = 2026-11-01 stands there too" in opened.settings_note


@pytest.mark.parametrize(
    ("settings", "note"),
    [
        ("", "names no cycle; the newest one, 2027, is used"),
        ('note = """\ncycle = 2026\n"""\n', None),
    ],
)
def test_a_settings_file_that_is_less_plain_is_left_as_it_is(tmp_path, settings, note):
    from strategy_lib.cycles.open_next import _point_settings

    path = tmp_path / "workbook.toml"
    text = f"[run]\n{settings}" + ("cycle = 2026\n" if note is None else "")
    path.write_text(text, encoding="utf-8")
    said = _point_settings(path, 2026, 2027)
    assert path.read_text(encoding="utf-8") == text
    assert (note or "write under [run] in workbook.toml: cycle = 2027") in said


def test_a_year_that_is_there_is_refused_and_left(opened):
    kept = hash_tree(opened.cycle.root)
    with pytest.raises(WorkspaceError, match=r"2027 is there already; nothing was changed"):
        open_next(opened.cycle.workspace, 2026)
    assert hash_tree(opened.cycle.root) == kept


def test_a_second_next_by_mistake_is_refused_and_loses_nothing(tmp_path):
    workspace = workspace_in(tmp_path / "ws")
    made = open_next(workspace)
    (made.cycle.inputs / ".DS_Store").write_bytes(b"left by a program")
    kept = hash_tree(workspace.root)
    with pytest.raises(WorkspaceError, match=r"2027 holds nothing yet but .* --cycle 2027"):
        open_next(open_workspace(workspace.root))
    assert hash_tree(workspace.root) == kept
    assert open_next(open_workspace(workspace.root), 2027).cycle.year == 2028
    write_sheets(made.cycle.inputs / "mapping" / "ke.xlsx", {"activities": SENT["activities"][:1]})
    shutil.rmtree(workspace.root / "2028")
    assert open_next(open_workspace(workspace.root)).cycle.year == 2028


def sheet_rows(path, name):
    titles = {table_schema(name).sheet(language) for language in LANGUAGES}
    (sheet,) = (sheet for sheet in load_workbook(path) if sheet.title in titles)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    heads = [str(head).rstrip("* \u00a0") for head in rows[0]]
    return [dict(zip(heads, row, strict=True)) for row in rows[3:] if any(row)]


def test_an_assessor_is_asked_about_each_decision_and_their_own_open_forecasts(tmp_path):
    workspace = workspace_in(tmp_path / "ws")
    decision = LISTS["decisions"]["decisions"][0]
    more = [
        decision | {"decision_id": "d2", "question": "Seen by all?", "handling": "internal"},
        decision | {"decision_id": "d3", "handling": "internal", "not_for_mainland": "yes"},
        decision,
    ]
    theirs = {
        "assessor_id": "A2",
        "forecast_id": "f1",
        "statement": "It rains",
        "probability_pct": 90,
    }
    write_sheets(
        workspace.root / "2026" / "inputs" / "decisions" / "sent.xlsx",
        LISTS["decisions"]
        | {"decisions": more, "forecasts": [*LISTS["decisions"]["forecasts"], theirs]},
    )
    people = [{"assessor_id": "A1", "unit_id": "ke"}, {"assessor_id": "A2", "unit_id": "cd"}]
    write_sheets(workspace.root / "2026/inputs/prepare/sent.xlsx", {"assessors": people})
    made = open_next(workspace)
    forms = {p.stem: p for p in made.forms if p.parent.name == "assessors"}
    asked = {who: sheet_rows(forms[f"decisions-{who}"], "decide_again") for who in ("A1", "A2")}
    codes = {
        who: [v for row in rows for v in row.values() if v in ("d1", "d2", "d3")]
        for who, rows in asked.items()
    }
    assert codes == {"A1": ["d2", "d3"], "A2": ["d2"]}, "no row that must not be opened there"
    assert asked["A1"][0][f"{READING_MARK} Question"] == "Seen by all?"
    assert asked["A1"][0]["The same again?"] is None
    mine = sheet_rows(forms["decisions-A1"], "forecasts")
    assert [(row["Forecast code"], row["Did it happen?"]) for row in mine] == [("f1", None)]
    shutil.copy(forms["decisions-A1"], made.cycle.inputs / "decisions" / "back.xlsx")
    back = read_inputs(made.cycle)
    assert back.errors == ()
    confirmed = back["forecasts"].set_index("assessor_id")["probability_pct"].to_dict()
    assert confirmed == {"A1": 40, "A2": 90}


def test_inputs_with_errors_are_not_carried(tmp_path):
    workspace = make_workspace(tmp_path / "ws", {"activities": [activity("nobody", "T", "C")]})
    with pytest.raises(InputError, match=r"lines? to mend"):
        open_next(workspace)
    assert [p.name for p in workspace.root.iterdir() if p.name != "workbook.toml"] == ["2026"]


def test_a_cycle_in_which_nothing_was_entered(tmp_path):
    workspace = make_workspace(tmp_path / "ws", {"units": [], "returns": []})
    made = open_next(workspace)
    assert made.carried == {} and not list(made.cycle.inputs.rglob("*.xlsx"))
    assert read_inputs(made.cycle).errors == ()
    assert "nothing" in made.lines[1]


def test_what_fails_half_way_leaves_nothing(tmp_path, monkeypatch):
    workspace = workspace_in(tmp_path / "ws")

    def fails(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("strategy_lib.cycles.open_next.write_forms_to_send", fails)
    with pytest.raises(OSError, match="No space"):
        open_next(workspace)
    assert sorted(p.name for p in workspace.root.iterdir()) == ["2026", "workbook.toml"]
    assert "cycle = 2026   #" in (workspace.root / "workbook.toml").read_text(encoding="utf-8")


def test_a_lapsed_confirmation_of_law_is_not_carried_to_a_year_in_which_its_trigger_is_blank():
    frames = {
        "presence_options": [{"option_id": "RO", "legal_route": "representative_office"}],
        "legal_conditions": [
            {
                "condition_id": code,
                "legal_route": "representative_office",
                "counsel_checked_date": day,
            }
            for code, day in (("old", "2026-04-21"), ("new", "2026-10-01"))
        ],
        "presence_terms": [
            {
                "term_id": "t",
                "kind": "trigger",
                "is_about_law": True,
                "state": "seen",
                "last_checked": "2026-09-02",
            }
        ],
    }
    typed = {name: typed_frame(schemas()[name], rows) for name, rows in frames.items()}
    carried = {row["condition_id"]: row for row in carried_rows(typed)["legal_conditions"]}
    assert pd.isna(carried["old"].get("counsel_checked_date"))
    assert str(carried["new"]["counsel_checked_date"]).startswith("2026-10-01")


def test_every_rule_names_a_table_and_its_fields():
    for name, rule in RULES.items():
        assert set(rule.blank) <= set(schemas()[name].names), name
        assert not {f for f in rule.blank if schemas()[name][f].required}, name


def test_the_lines_name_every_table_once(opened):
    text = " ".join(opened.lines)
    for name in (*opened.carried, *opened.asked_afresh):
        assert schemas()[name].title() in text
