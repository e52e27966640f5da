"""What `check` tells beside what was sent."""

from __future__ import annotations

import pytest

from strategy_lib.core.errors import InputError
from strategy_lib.cycles.check import check_cycle
from strategy_lib.editions.make_snapshot import make_snapshot
from strategy_lib.editions.snapshot import day_of
from tests.workspaces import UNITS, make_workspace


def wide(folder, settings):
    cycle = make_workspace(folder / "ws", {"units": UNITS}, settings).cycle()
    found = [p for p in check_cycle(cycle).problems if p.kind == "wide_edition"]
    return cycle, [(p.file, p.sheet, p.severity, p.message) for p in found]


def test_settings_that_widen_no_edition_are_not_told(tmp_path):
    settings = "[editions.leaders]\nclearance = 'partner'\n[editions.board]\nclearance='restricted'"
    assert wide(tmp_path, settings)[1] == []


def test_a_widened_edition_is_told_and_one_that_goes_outside_is_to_mend(tmp_path):
    settings = (
        "[editions.leaders]\nclearance = 'restricted'\n[editions.partner]\nsmallest_group = 2\n"
        "[editions.public]\nshow_withheld_count = true\nwidening_agreed_by = 'counsel, 3 May'\n"
    )
    cycle, told = wide(tmp_path, settings)
    assert [(sheet, severity) for _, sheet, severity, _ in told] == [
        ("editions.leaders", "warning"),
        ("editions.partner", "error"),
        ("editions.public", "warning"),
    ]
    messages = [message for *_, message in told]
    assert "rows up to restricted (usually: internal)" in messages[0]
    assert "counts of fewer than 3, from 2 on" in messages[1]
    assert "how many rows were withheld. Agreed by: counsel, 3 May." in messages[2]
    assert {file for file, *_ in told} == {"workbook.toml"}
    with pytest.raises(InputError, match="partner shows more than usual"):
        make_snapshot(cycle, "partner", day_of(cycle.workspace.settings))
