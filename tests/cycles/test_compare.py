"""Any two cycles compared: a page of its own, and nothing else of the workspace touched."""

from __future__ import annotations

import pytest

from strategy_lib.core.errors import ChapterError, InputError, WorkspaceError
from strategy_lib.core.hashing import hash_tree
from strategy_lib.core.workspace import open_workspace
from strategy_lib.cycles.compare import compare
from tests.workspaces import UNITS, activity, make_workspace

THEN = [activity("ke", "Talks", "China House", activity_id="a")]
NOW = [
    activity("ke", "Talks", "China House", activity_id="a", handling="restricted"),
    activity("kh", "Workshop", "China House", activity_id="b"),
]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    root = tmp_path_factory.mktemp("compared") / "ws"
    # 2025 lies between the two: any two cycles can be compared.
    for year, records in ((2024, THEN), (2025, THEN), (2026, NOW)):
        make_workspace(root, {"activities": records}, year=year)
    return open_workspace(root)


def test_a_page_and_its_tables_beside_the_later_cycle_and_nothing_else(workspace):
    before = hash_tree(workspace.root)
    made = compare(workspace, 2024, 2026, "core")
    assert made.page == workspace.root / "2026/comparisons/2024/core/09_annual_reassessment.html"
    text = made.page.read_text(encoding="utf-8")
    assert "2026 is compared with 2024" in text
    assert ".comparing-" not in text and str(workspace.root) not in text
    assert (made.tables / "changed_rows.csv").is_file()
    assert made.bottom_line and made.lines[-1] == str(made.page)
    after = hash_tree(workspace.root)
    assert {k: v for k, v in after.items() if not k.startswith("2026/comparisons/")} == before
    assert not [path for path in workspace.root.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("years", [(2026, 2024), (2026, 2026)])
def test_the_earlier_cycle_comes_first(workspace, years):
    with pytest.raises(InputError, match="Name the earlier cycle first"):
        compare(workspace, *years)


def test_a_cycle_that_is_not_there_is_named(workspace):
    with pytest.raises(WorkspaceError, match="no cycle 2020; cycles there: 2024, 2025, 2026"):
        compare(workspace, 2020, 2026)


def test_an_edition_that_is_not_there_is_named(workspace):
    with pytest.raises(InputError, match="no edition 'all'"):
        compare(workspace, 2024, 2026, "all")


def test_an_audience_that_may_not_see_the_chapter(workspace):
    with pytest.raises(ChapterError, match="does not show annual reassessment"):
        compare(workspace, 2024, 2026, "public")
    assert not (workspace.root / "2026/comparisons/2024/public").exists()


def test_inputs_to_mend_are_told_of_the_workspace_and_not_of_the_copy(tmp_path):
    root = tmp_path / "ws"
    make_workspace(root, {"activities": THEN}, year=2025)
    broken = [{**UNITS[0], "kind": "shop"}, *UNITS[1:]]
    made = make_workspace(root, {"units": broken, "activities": THEN}, year=2026)
    with pytest.raises(InputError, match="mended first") as caught:
        compare(made, 2025, 2026)
    assert f"workbook check {root}" in str(caught.value) and caught.value.problems


def test_an_earlier_cycle_that_cannot_be_read_is_refused(tmp_path):
    root = tmp_path / "ws"
    make_workspace(root, {"units": [{**UNITS[0], "kind": "shop"}]}, year=2025)
    made = make_workspace(root, {"activities": THEN}, year=2026)
    with pytest.raises(InputError, match="Nothing was compared with 2025"):
        compare(made, 2025, 2026)
    assert not (root / "2026" / "comparisons").exists()


def test_bad_rows_of_either_cycle_are_left_out_and_told(tmp_path):
    root = tmp_path / "ws"
    bad = activity("ke", "T", "C", stance="so so")
    for year in (2025, 2026):
        made = make_workspace(root, {"activities": [*THEN, bad]}, year=year)
    lines = compare(made, 2025, 2026).lines
    assert f"1 row of 2025 could not be compared with: workbook check {root} --cycle 2025" in lines
    last = f"Set aside until mended: 1 row; see: workbook check {root} --cycle 2026"
    assert last in lines and not (root / "2026/set_aside").exists()
