"""What the commands print about what offices sent: all of it, each thing once, and briefly."""

from __future__ import annotations

from dataclasses import replace

from strategy_lib.cli.output import say_check, say_problems
from strategy_lib.core.problems import Problem
from strategy_lib.cycles.check import check_cycle
from tests.workspaces import activity, make_workspace


def problem(message, **more):
    place = {"file": "mapping/ke.xlsx", "sheet": "activities", "row": 4, "column": "Stance"}
    return Problem(**place, severity="error", kind="k", message=message, **more)


def test_a_message_that_says_what_was_found_and_allowed_is_not_said_twice(capsys):
    message = 'found "critcal"; use one of critical, neutral'
    say_problems(
        [problem(message, found="critcal", allowed="critical, neutral", nearest="critical")]
    )
    said = capsys.readouterr().out
    assert said.count("critcal") == 1 and said.count("neutral") == 1
    assert "did you mean" in said


def test_what_is_the_same_in_several_rows_is_said_once(capsys):
    say_problems([replace(problem("unknown"), row=row) for row in (4, 5, 6, 9)])
    said = capsys.readouterr().out
    assert said.count("unknown") == 1 and "4-6, 9" in said and "To mend: 4" in said


def test_what_a_message_leaves_out_is_added(capsys):
    say_problems([problem("the step has no clock", found="none", allowed="a number of hours")])
    said = " ".join(capsys.readouterr().out.split())
    assert "the step has no clock; found: none; allowed: a number of hours" in said


def test_what_is_only_noted_is_told_apart_from_what_is_to_be_looked_at(capsys):
    aside = Problem("mapping/ke.xlsx", "activities", 0, "Budget", "warning", "extra", "kept aside")
    say_problems([], [aside])
    said = capsys.readouterr().out
    assert "Noted; nothing to do" in said and "To look at" not in said


def test_rows_are_counted_in_one_line(tmp_path, capsys):
    workspace = make_workspace(tmp_path, {"activities": [activity("ke", "Talks", "China House")]})
    cycle = workspace.cycle()
    say_check(check_cycle(cycle), cycle)
    said = capsys.readouterr().out
    count = sum(len(frame) for frame in check_cycle(cycle).frames.values())
    assert f"rows: {count} in" in said and "rows in" not in said


def test_a_new_workspace_has_no_files_and_files_are_no_table(tmp_path, capsys):
    cycle = make_workspace(tmp_path, {}).cycle()
    for file in (path for path in cycle.inputs.rglob("*") if path.is_file()):
        file.unlink()
    say_check(check_cycle(cycle), cycle)
    said = capsys.readouterr().out
    assert "files: 0" in said and "rows: 0 in 0 tables" in said
