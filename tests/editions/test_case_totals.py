"""Totals of cases: told from three on, and nothing that tells of one case or of two."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, replace
from datetime import date
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.core.audiences import DEFAULT_EDITIONS, OUTWARD
from strategy_lib.core.errors import WorkspaceError
from strategy_lib.core.settings import load_settings
from strategy_lib.core.workspace import open_workspace
from strategy_lib.editions.case_totals import (
    CaseTotal,
    Count,
    Outcome,
    Standing,
    What,
    case_totals,
    told,
)
from strategy_lib.editions.make_snapshot import make_snapshot
from strategy_lib.editions.snapshot import read_snapshot
from strategy_lib.inputs.read import read_inputs
from strategy_lib.schema.schema import code_list
from tests.workspaces import UNITS, make_workspace

DAY = date(2026, 11, 1)
FEWEST = 3
CANARY = "Zq4f1c77e0a9"
OUTCOMES = ["", *Outcome]
THEMES = ["", "health", "labour_rights", "humanitarian"]
cases = st.lists(
    st.builds(
        Standing,
        st.sampled_from(OUTCOMES),
        st.booleans(),
        st.booleans(),
        st.sampled_from(THEMES),
    ).map(lambda c: replace(c, is_late=False, is_ready=False) if c.outcome else c),
    min_size=1,
    max_size=30,
)


def counted(total: CaseTotal, case: Standing) -> bool:
    """Whether a total counts a case."""
    is_agreed = case.outcome in (Outcome.IN_TIME, Outcome.DELAYED)
    return {
        What.OPEN: not case.outcome,
        What.LATE: not case.outcome and case.is_late,
        What.READY: not case.outcome and case.is_ready,
        What.DECIDED: bool(case.outcome),
        What.AGREED: is_agreed,
        What.AGREED_ON: is_agreed and case.theme == total.theme,
        What.HELD: case.outcome == Outcome.HELD,
        What.DELAYED: case.outcome == Outcome.DELAYED,
        What.DROPPED: case.outcome == Outcome.DROPPED,
    }.get(What(total.what), False)


def sets_of(totals, atoms) -> np.ndarray:
    """Which kinds of cases each exact total counts."""
    named = {t.theme for t in totals if t.what == What.AGREED_ON}
    rows = []
    for total in totals:
        if total.count != Count.EXACT:
            continue
        if total.what == What.AGREED_OTHER:
            whole = CaseTotal(What.AGREED, Count.EXACT)
            rows.append([counted(whole, c) and c.theme not in named for c in atoms])
        else:
            rows.append([counted(total, case) for case in atoms])
    return np.array(rows, dtype=float).reshape(-1, len(atoms))


@given(cases)
@settings(max_examples=300, deadline=None)
def test_an_exact_total_is_right_and_of_three_or_more(given_cases):
    kinds = list(dict.fromkeys(given_cases))
    sizes = np.array([given_cases.count(kind) for kind in kinds], dtype=float)
    totals = told(given_cases, FEWEST)
    exact = [t.n_cases for t in totals if t.count == Count.EXACT]
    assert exact == (sets_of(totals, kinds) @ sizes).tolist()
    assert all(number >= FEWEST for number in exact)
    assert all(t.n_cases is None for t in totals if t.count != Count.EXACT)


@given(cases)
@settings(max_examples=150, deadline=None)
def test_no_adding_and_subtracting_tells_of_one_case_or_two(given_cases):
    """Any of up to four totals added to or taken from each other: nothing between 0 and 3.

    Not even where it is known that some kind of case, such as late and ready, is not there.
    """
    kinds = list(dict.fromkeys(given_cases))
    sizes = np.array([given_cases.count(kind) for kind in kinds], dtype=float)
    rows = sets_of(told(given_cases, FEWEST), kinds)
    signs = np.array(np.meshgrid(*[[-1, 0, 1]] * 4)).reshape(4, -1)
    for some in combinations(range(len(rows)), min(4, len(rows))):
        sums = signs[: len(some)].T @ rows[list(some)]
        # What counts each kind once or not at all is a group; its size is then known.
        groups = sums[((sums == 0) | (sums == 1)).all(axis=1)]
        known = groups @ sizes
        assert not ((known > 0) & (known < FEWEST)).any()


CELLS = ((True, True), (True, False), (False, True), (False, False))


def open_cases(numbers) -> list[Standing]:
    """So many open cases that are late and ready, late, ready, and neither."""
    return [Standing("", *cell) for cell, n in zip(CELLS, numbers, strict=True) for _ in range(n)]


@given(st.tuples(*[st.integers(0, 4)] * 4))
@settings(max_examples=40, deadline=None)
def test_of_whom_too_little_is_told_there_may_be_none_one_or_two(numbers):
    """Whoever knows all totals finds each of these numbers possible."""
    totals, whole = told(open_cases(numbers), FEWEST), sum(numbers)
    alike = [
        other
        for other in product(range(whole + 1), repeat=4)
        if sum(other) == whole and told(open_cases(other), FEWEST) == totals
    ]
    sides = (
        lambda n: n[0] + n[1],
        lambda n: n[2] + n[3],
        lambda n: n[0] + n[2],
        lambda n: n[1] + n[3],
    )
    for side in sides:
        if side(numbers) < FEWEST <= whole:
            assert {0, 1, 2} <= {side(other) for other in alike}


def test_nothing_tells_one_case_and_two_from_none():
    some = Standing("", True, True, "health")
    assert told([], 3) == told([some], 3) == told([some, some], 3)
    decided = [Standing(Outcome.HELD), Standing(Outcome.IN_TIME, theme="health")]
    assert told([], 3) == told(decided, 3)


def test_a_rest_of_one_is_not_told_by_taking_away():
    totals = {t.what: t for t in told([Standing(is_late=True)] * 4 + [Standing()], FEWEST)}
    assert totals[What.OPEN].n_cases == 5
    assert totals[What.LATE] == CaseTotal(What.LATE, Count.ENOUGH)
    themes = ["health"] * 5 + ["humanitarian"] * 3 + ["labour_rights"]
    agreed = told([Standing(Outcome.IN_TIME, theme=theme) for theme in themes], FEWEST)
    shown = [(t.what, t.theme, t.n_cases) for t in agreed if t.what.startswith("agreed")]
    assert shown == [("agreed", "", 9), ("agreed_on", "health", 5), ("agreed_other", "", 4)]


def test_a_larger_smallest_group_holds_for_cases_too():
    edition = replace(DEFAULT_EDITIONS["leaders"], smallest_group=5)
    assert edition.fewest_cases == 5
    assert told([Standing()] * 4, edition.fewest_cases)[0].count == Count.TOO_FEW


def test_only_leaders_are_told_and_never_an_edition_that_goes_outside():
    asked = {name: replace(e, case_totals=True) for name, e in DEFAULT_EDITIONS.items()}
    assert [name for name, e in asked.items() if e.counts_cases] == ["leaders"]
    assert not any(asked[name].counts_cases for name in OUTWARD)
    inside = DEFAULT_EDITIONS["leaders"]
    for narrower in ({"withhold_not_for_mainland": True}, {"clearance": "partner"}):
        assert not replace(inside, **narrower).counts_cases


@pytest.mark.parametrize("name", OUTWARD)
def test_settings_refuse_totals_for_an_edition_that_goes_outside(tmp_path, name):
    path = tmp_path / "workbook.toml"
    path.write_text(f"[editions.{name}]\ncase_totals = true\n", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="case_totals = true: never told in mainland, partner"):
        load_settings(path)
    path.write_text(f"[editions.{name}]\ncase_totals = false\n", encoding="utf-8")
    assert not load_settings(path).editions[name].counts_cases


def test_an_edition_made_narrower_is_told_no_totals_any_more(tmp_path):
    path = tmp_path / "workbook.toml"
    path.write_text("[editions.leaders]\nwithhold_not_for_mainland = true\n", encoding="utf-8")
    assert not load_settings(path).editions["leaders"].counts_cases
    path.write_text('[editions.travel]\nclearance = "internal"\ncase_totals = true\n', "utf-8")
    assert load_settings(path).editions["travel"].counts_cases


def many(number: int, **fields) -> dict[str, list[dict[str, object]]]:
    """So many open cases, whose words were needed a month ago."""
    rows = [
        {
            "case_id": f"K{place}",
            "title": f"{CANARY} {place}",
            "words": f"{CANARY}w",
            "needed_at": "2026-10-01 12:00 +00:00",
            "theme": "health",
        }
        | fields
        for place in range(number)
    ]
    return {"units": UNITS, "cases": rows}


def snapshot_of(root, records, edition):
    cycle = make_workspace(root, records).cycle(2026)
    return make_snapshot(cycle, edition, DAY)


@pytest.mark.parametrize("edition", list(DEFAULT_EDITIONS))
def test_a_snapshot_holds_totals_and_no_case(tmp_path, edition):
    folder = snapshot_of(tmp_path / "ws", many(4), edition)
    text = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    assert (CANARY in text) == (edition == "core")
    totals = read_snapshot(folder).case_totals
    if edition != "leaders":
        assert totals == ()
        return
    assert totals[0] == CaseTotal(What.OPEN, Count.EXACT, 4)
    assert {t.what for t in totals} == {"open", "agreed", "held", "dropped"}
    assert not {t.n_cases for t in totals} & {1, 2}


def test_snapshots_of_none_one_and_two_cases_are_the_same_bytes(tmp_path):
    """Apart from how many rows are withheld, where the edition may say so."""
    quiet = "[editions.leaders]\nshow_withheld_count = false\n"
    found = []
    for number in (0, 1, 2):
        space = make_workspace(tmp_path / f"ws{number}", many(number))
        settings_file = space.root / "workbook.toml"
        settings_file.write_text(settings_file.read_text("utf-8") + "\n" + quiet, "utf-8")
        folder = make_snapshot(open_workspace(space.root).cycle(2026), "leaders", DAY)
        found.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
    assert found[0] == found[1] == found[2]
    assert json.loads(found[0]["edition.json"])["case_totals"][0]["count"] == "too_few"


def test_exercises_are_not_counted(tmp_path):
    folder = snapshot_of(tmp_path / "ws", many(5, is_exercise="yes"), "leaders")
    assert read_snapshot(folder).case_totals == told([], FEWEST)


def test_cases_are_counted_as_they_stand(tmp_path):
    """Held and dropped in the year; a decision of an earlier year is not counted."""
    records = many(13)
    kinds = ["held"] * 3 + ["withdrawn"] * 3 + ["route_taken"] * 3 + ["held"]
    days = ["2026-09-01"] * 9 + ["2025-09-01"]
    records["case_decisions"] = [
        {
            "case_decision_id": f"D{n}",
            "case_id": f"K{n}",
            "kind": kind,
            "decision": CANARY,
            "decided_at": f"{day} 12:00 +00:00",
            "decided_by_role": "executive_director",
        }
        for n, (kind, day) in enumerate(zip(kinds, days, strict=True))
    ]
    cycle = make_workspace(tmp_path / "ws", records).cycle(2026)
    tables = read_inputs(cycle, DAY)
    totals = case_totals(tables, DEFAULT_EDITIONS["leaders"], cycle, DAY)
    shown = {(str(t.what), str(t.count), t.n_cases) for t in totals}
    assert shown == {
        ("open", "exact", 3),
        ("decided", "exact", 9),
        ("agreed", "exact", 3),
        ("held", "exact", 3),
        ("dropped", "exact", 3),
        ("agreed_on", "exact", 3),
    }
    assert not case_totals(tables, DEFAULT_EDITIONS["mainland"], cycle, DAY)


def test_every_total_has_a_label():
    assert set(code_list("case_total").values) == set(What)
    assert set(code_list("case_count").values) == set(Count)
    assert Counter(asdict(CaseTotal("open", "exact")))["n_cases"] is None
