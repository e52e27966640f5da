"""What a chapter loads that others saved: a broken result stops its own cycle, and no later one."""

from __future__ import annotations

import pytest

from strategy_lib.core.errors import InputError
from strategy_lib.core.hashing import hash_tree
from strategy_lib.core.workspace import SUMMARY_FILE
from strategy_lib.notebook import load, saved_before, saved_chapters
from strategy_lib.running import run
from tests.workspaces import activity, make_workspace

ANNUAL = "09_annual_reassessment"
MAPPING = "01_internal_mapping"


def break_summary(cycle, chapter):
    path = cycle.results("core", chapter) / SUMMARY_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"title": "Internal map', encoding="utf-8")


def test_a_broken_result_of_last_year_stops_nothing_and_one_of_this_year_is_an_error(tmp_path):
    root = tmp_path / "ws"
    for year in (2025, 2026):
        space = make_workspace(root, {"activities": [activity("ke", "Talks", "A")]}, year=year)
    break_summary(space.cycle(2025), MAPPING)
    before = hash_tree(root / "2025")
    report = run(space, 2026, ["core"], [ANNUAL])
    assert not report.failed, report.lines
    page = (space.cycle(2026).outputs("core") / f"{ANNUAL}.html").read_text(encoding="utf-8")
    broken = f"2025/results/core/{MAPPING}/{SUMMARY_FILE} cannot be read from line 1 on"
    assert f"What chapter 01 saved in 2025 is not compared: {broken}." in page
    assert "2026 is compared with 2025" in page and str(root) not in page
    assert hash_tree(root / "2025") == before

    inputs = load(str(root), 2026, "core")
    assert saved_before(inputs, str(root))[MAPPING].unread
    break_summary(space.cycle(2026), MAPPING)
    with pytest.raises(InputError, match=rf"2026/results/core/{MAPPING}/{SUMMARY_FILE}: cannot"):
        saved_chapters(inputs, str(root))
