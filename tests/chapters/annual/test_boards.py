"""What of partners, projects and technologies moved: by key, in words, nothing of what is unused."""

from __future__ import annotations

from strategy_lib.chapters.annual.context import NO_LONGER_SHOWN
from tests.chapters.annual.test_analysis import FEW, LEADERS, THEN, compare

BODY = {"partner_kind": "foundation", "purpose": "service", "theme": "health"}
OPEN = {"handling": "internal"}


def partner(name, stage, unit="ke", **more):
    return {"unit_id": unit, "counterpart": name, "stage": stage, **BODY, **OPEN, **more}


def claim(code, kind="csr", **more):
    row = {"claim_id": code, "kind": kind, "claim": f"Claim {code}", "said_by": "itself", **more}
    return row | {"counterpart": "Redstone Hydro", "source": "Its report", **OPEN}


def both(then, now, edition=None):
    more = {"edition": edition} if edition else {}
    listed = [{"name": n, "type": "foundation", **OPEN} for n in ("River", "山", "Redstone Hydro")]
    lists = {**THEN, "counterparts": listed}
    return compare(lists | then, lists | now, **more).tables


def changes(tables):
    columns = ["board", "about", "change", "then", "now"]
    frame = tables["boards"].astype(object)
    return frame.where(frame.notna(), None)[columns].to_numpy().tolist()


def test_what_moved_is_told_with_where_it_stood_and_stands():
    tables = both(
        {"partners": [partner("River", "talking")]}, {"partners": [partner("River", "ended")]}
    )
    assert changes(tables) == [["Partnership", "River: Kenya office", "moved", "Talking", "Ended"]]
    counts = tables["boards_by_kind"].iloc[0]
    assert (counts["board"], counts["now"], counts["moved"], counts["new"]) == (
        "Partnership",
        1,
        1,
        0,
    )


def test_an_answer_where_nobody_had_said_is_no_change_of_mind():
    then = {"claims": [claim("c1"), claim("c2", "promise", checked="partly")]}
    now = {"claims": [claim("c1", checked="confirmed"), claim("c2", "promise")]}
    tables = both(then, now)
    assert changes(tables) == [
        ["Claim", "Redstone Hydro: Claim c1", "answered", None, "Confirmed"],
        ["Promise", "Redstone Hydro: Claim c2", "moved", "Partly", None],
    ]


def test_two_offices_on_one_partner_are_two_rows_and_new_and_gone_are_told():
    then = {"partners": [partner("River", "running"), partner("山", "idea")]}
    now = {"partners": [partner("River", "running"), partner("River", "agreed", "zm")]}
    told = {(row[1], row[2]) for row in changes(both(then, now))}
    assert told == {("River: Zambia office", "new"), ("山: Kenya office", "gone")}


def test_what_is_gone_is_not_named_where_it_may_have_been_withheld():
    then = {"partners": [partner("River", "running"), partner("山", "idea")]}
    now = {"partners": [partner("River", "running"), partner("山", "idea", handling="restricted")]}
    tables = both(then, now, LEADERS)
    assert changes(tables) == [["Partnership", NO_LONGER_SHOWN, "gone", None, None]]
    assert "山" not in str(tables["boards"].to_numpy())


def test_a_chapter_that_is_not_used_leaves_nothing_and_small_groups_list_nothing():
    assert both({"partners": [partner("River", "idea")]}, {})["boards"].empty
    assert both({}, {})["boards_by_kind"].empty
    rows = {"partners": [partner("River", "idea")]}
    tables = both(rows, {"partners": [partner("River", "ended")]}, FEW)
    assert tables["boards"].empty and tables["boards_by_kind"].empty
