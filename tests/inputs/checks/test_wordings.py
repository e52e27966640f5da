"""Wordings that pictures need short: pointed out, never refused."""

from __future__ import annotations

import pytest

from strategy_lib.inputs.read import read_inputs
from tests.workspaces import make_workspace, write_sheets

LONG = "Representative office for many provinces"


def found(tmp_path, folder, **tables):
    workspace = make_workspace(tmp_path / "ws", {})
    write_sheets(workspace.cycle().inputs / folder / "f.xlsx", tables)
    tables = read_inputs(workspace.cycle())
    kinds = ("no_short_name", "too_long_to_read")
    return [p for p in tables.problems if p.kind in kinds], tables


@pytest.mark.parametrize(
    ("short", "kind"),
    [
        ("", "no_short_name"),
        ("Office, many provinces", ""),
        ("An office in many provinces", "too_long_to_read"),
    ],
)
def test_a_long_name_needs_a_short_one(tmp_path, short, kind):
    option = {"option_id": "P4", "name": LONG, "short_name": short, "legal_route": "none"}
    problems, tables = found(tmp_path, "presence", presence_options=[option])
    assert [p.kind for p in problems] == ([kind] if kind else [])
    assert {p.severity for p in problems} <= {"warning"}
    assert all((p.row, p.column) == (2, "Short name") for p in problems)
    assert list(tables["presence_options"]["name"]) == [LONG]


@pytest.mark.parametrize(("answer", "n_told"), [(None, 1), ("Pause", 0)])
def test_a_question_asks_which_option_means_which_answer(tmp_path, answer, n_told):
    option = {"option_id": "P1", "name": "Outside", "legal_route": "none", "answer": answer}
    row = {"brief_id": "B1", "purpose": "decide", "question": "On or off?", "chapter": "02"}
    workspace = make_workspace(tmp_path / "ws", {})
    write_sheets(workspace.cycle().inputs / "presence" / "f.xlsx", {"presence_options": [option]})
    write_sheets(workspace.cycle().inputs / "decisions" / "f.xlsx", {"brief": [row]})
    told = [p for p in read_inputs(workspace.cycle()).problems if p.kind == "no_answer_marked"]
    assert [(p.column, p.severity) for p in told] == [("Question", "warning")] * n_told


def test_a_question_of_many_words_is_pointed_out_and_kept(tmp_path):
    row = {"brief_id": "B1", "purpose": "decide", "question": " ".join(["word"] * 60)}
    problems, tables = found(tmp_path, "decisions", brief=[row])
    assert [(p.kind, p.message) for p in problems] == [
        ("too_long_to_read", "it has 60 words; 20 can be read at a glance")
    ]
    assert len(tables["brief"]) == 1
