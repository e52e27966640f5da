"""What people really type: pages still fit, nothing is cut, and `check` asks for short wording.

A question of 60 words, names of 90 characters, 40 options, three assessors who score everything
alike, names from right to left and in Chinese alone, 500 offices in 200 countries.
"""

from __future__ import annotations

from itertools import cycle, islice

import pytest

from strategy_lib.cycles.check import check_cycle
from strategy_lib.running import run
from strategy_lib.schema.reference import places
from tests.workspaces import activity, make_workspace
from tools.measure_pages import measure

pytestmark = pytest.mark.browser
LONG = (
    "An option whose name somebody typed with ninety characters, each of which must be read {:02d}"
)
RIGHT_TO_LEFT = "مكتب إقليمي للشراكات {}"
CHINESE = "在成都设立代表处并登记{}"
QUESTION = " ".join(["Shall we, after all that was said, ask once more"] * 6) + " and if so, whom?"
N_OFFICES, N_COUNTRIES = 500, 200
PEOPLE = ("A1", "A2", "A3")


def names(count: int) -> list[str]:
    made = islice(cycle((LONG, RIGHT_TO_LEFT, CHINESE)), count)
    return [name.format(n) for n, name in enumerate(made)]


def tables() -> dict[str, list[dict]]:
    codes = sorted(places()["country_code"])[:N_COUNTRIES]
    units = [
        {
            "unit_id": f"u{n}",
            "name": name,
            "kind": "country_office" if n else "international_office",
            "country_code": codes[n % len(codes)],
        }
        for n, name in enumerate(names(N_OFFICES))
    ]
    options = [
        {"option_id": f"P{n}", "name": name, "legal_route": "none"}
        for n, name in enumerate(names(40))
    ]
    criteria = [
        {"criterion_id": f"K{n}", "name": name, "direction": "higher_is_better"}
        | {"anchor_0": "None", "anchor_10": "All"}
        for n, name in enumerate(names(6))
    ]
    scores = [
        {"assessor_id": who, "option_id": o["option_id"], "criterion_id": c["criterion_id"]}
        | {"low": 4, "best": 5, "high": 6}
        for who in PEOPLE
        for o in options
        for c in criteria
    ]
    asked = {
        "brief_id": "q1",
        "purpose": "decide",
        "question": QUESTION,
        "recommendation": QUESTION,
        "recommended_by": RIGHT_TO_LEFT.format("x"),
        "asked_of": CHINESE.format("x"),
        "decision_by": "2026-11-27",
    }
    return {
        "units": units,
        "returns": [
            {"unit_id": u["unit_id"], "returned_date": "2026-09-14", "has_activities": "yes"}
            for u in units[:-9]
        ],
        "activities": [
            activity(u["unit_id"], f"{u['name']} {n}", name, country_code=u["country_code"])
            for n, (u, name) in enumerate(zip(units, cycle(names(60))))
        ],
        "assessors": [{"assessor_id": who, "unit_id": f"u{n}"} for n, who in enumerate(PEOPLE)],
        "presence_options": options,
        "criteria": criteria,
        "scores": scores,
        "swing_weights": [
            {"assessor_id": who, "criterion_id": c["criterion_id"], "points": 50}
            for who in PEOPLE
            for c in criteria
        ],
        "brief": [asked],
    }


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    made = make_workspace(tmp_path_factory.mktemp("bad") / "ws", tables())
    only = ["01", "02", "08"]
    report = run(made, editions=["leaders"], chapters=only, formats=())
    assert not report.failed, report.lines
    return made


@pytest.fixture(scope="module")
def measured(workspace, browser):
    folder = workspace.cycle().outputs("leaders")
    return {path.stem: measure(browser, path) for path in sorted(folder.glob("*.html"))}


def test_every_page_fits_and_cuts_nothing(measured):
    assert set(measured) == {
        "index",
        "01_internal_mapping",
        "02_china_presence",
        "08_strategy_brief",
    }
    for name, found in measured.items():
        assert (found.clipped, found.is_sideways) == ((), False), name
        assert (found.axe, found.axe_phone) == ((), ()), name


def test_what_is_asked_is_there_to_the_last_word(workspace):
    page = (workspace.cycle().outputs("leaders") / "index.html").read_text(encoding="utf-8")
    assert "and if so, whom?" in page


def test_check_asks_for_short_wording(workspace):
    told = "\n".join(map(str, check_cycle(workspace.cycle()).problems))
    assert "give a short name of 22 letters at most" in told
    assert "words; 20 can be read at a glance" in told
    assert "words; 30 can be read at a glance" in told
