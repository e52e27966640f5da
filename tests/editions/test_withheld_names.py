"""A counterpart that an edition may not see reaches no file of it, under any of its names."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.cycles.check import check_cycle
from strategy_lib.running import run
from tests.workspaces import UNITS, activity, make_workspace

LOWER = [name for name in DEFAULT_EDITIONS if name != "core"]
NAME, ALIAS, EQUAL, CHINESE = "Zqorvil Zqantem", "Zquddle House", "Zqimmer", "麟鶴蟠桃"
# What no file below `core` may hold, in any case of letters.
SECRETS = ("zqorvil", "zqantem", "zquddle", "zqimmer", CHINESE, "zqaughter")
SHOWN = {"handling": "public"}
COUNTERPARTS = [
    {
        "name": f"{NAME} Co., Ltd.",
        "chinese_name": f"{CHINESE}有限公司",
        "aliases": f"{ALIAS}; ZQ",
        "type": "ngo",
        "handling": "restricted",
    },
    {"name": "Zqaughter Society", "parent": NAME.upper(), "type": "ngo", **SHOWN},
    {"name": "China House", "type": "ngo", **SHOWN},
]
DECISIONS = [{"name": EQUAL, "other_name": NAME, "decision": "same", **SHOWN}]
NAMED_IN = [NAME, f"{NAME} LLC", CHINESE, ALIAS, f"{EQUAL} Inc.", "Zqaughter Society"]
TEXTS = [f"Talks with {ALIAS}", f"A visit ({NAME})", f"与{CHINESE}合作", f"{EQUAL}'s plans"]


def rows():
    named = [activity("ke", f"Plain {n}", name, **SHOWN) for n, name in enumerate(NAMED_IN)]
    said = [activity("kh", text, "China House", **SHOWN) for text in TEXTS]
    where = {"country_code": "KE", "theme": "labour_rights", **SHOWN}
    return {
        "units": [unit | SHOWN for unit in UNITS],
        "activities": [
            activity("ke", "Round table", "China House", is_known_to_centre="yes", **SHOWN),
            activity("kh", "Dam visit with ZQ", "China House", **SHOWN),
            *named,
            *said,
        ],
        "counterparts": COUNTERPARTS,
        "name_decisions": DECISIONS,
        "local_initiatives": [{"unit_id": "ke", "topic": f"Rivers, {ALIAS}", "who": "w", **where}],
        "country_strategies": [
            {
                "unit_id": "ke",
                "title": f"{NAME} and us",
                "country_code": "KE",
                "renewal_date": "2027-01-01",
                "china_section": "none",
                **SHOWN,
            }
        ],
    }


def contents(path: Path) -> list[str]:
    if not zipfile.is_zipfile(path):
        return [path.name, path.read_bytes().decode("utf-8", errors="replace")]
    with zipfile.ZipFile(path) as packed:
        return [packed.read(name).decode("utf-8", errors="replace") for name in packed.namelist()]


def said_in(workspace, edition: str) -> str:
    cycle = workspace.cycle()
    folders = (cycle.outputs(edition), cycle.results(edition), cycle.snapshot(edition))
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return "\n".join(text for path in files for text in contents(path)).casefold()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    made = make_workspace(tmp_path_factory.mktemp("names") / "ws", rows())
    settings = made.root / "workbook.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("formats = []", 'formats = ["word", "tables"]'), "utf-8")
    assert not run(made, editions=list(DEFAULT_EDITIONS)).failed
    return made


@pytest.mark.parametrize("edition", LOWER)
def test_a_withheld_counterpart_reaches_no_file_under_any_of_its_names(workspace, edition):
    said = said_in(workspace, edition)
    assert [secret for secret in SECRETS if secret in said] == []
    assert "round table" in said or edition in ("partner", "public")


def test_the_core_edition_shows_all_of_its_names(workspace):
    said = said_in(workspace, "core")
    assert [secret for secret in SECRETS if secret not in said] == []


def problems(workspace, kind):
    tables = check_cycle(workspace.cycle())
    return [p for p in (*tables.problems, *tables.asides) if p.kind == kind]


def test_check_says_which_texts_name_a_withheld_counterpart(workspace):
    found = problems(workspace, "names_withheld")
    assert {p.file for p in found} == {"mapping/returns.xlsx"}
    sheets = {"activities": 4, "local_initiatives": 1, "country_strategies": 1}
    assert {s: sum(p.sheet == s for p in found) for s in sheets} == sheets
    first = next(p for p in found if p.sheet == "activities")
    assert (first.row, first.column, first.found) == (10, "Title", TEXTS[0])
    assert first.message.startswith(f'names "{ALIAS}"; withheld from leaders, mainland, partner')
    (short,) = problems(workspace, "may_name_withheld")
    assert (short.row, short.message.count('"ZQ"')) == (3, 1)


def test_a_release_is_noted_and_one_that_does_nothing_is_told(workspace, tmp_path):
    (code,) = {
        p.message.split(": ")[1].split()[0]
        for p in problems(workspace, "names_withheld")
        if TEXTS[0] in p.found
    }
    release = {"reason": "known", "released_date": "2026-10-02"}
    releases = [
        {"reference": code, "editions": "leaders", **release},
        {"reference": "activities-0123456789", "editions": "all; leeders", **release},
    ]
    made = make_workspace(tmp_path / "ws", {**rows(), "text_releases": releases})
    (noted,) = problems(made, "text_released")
    assert "shown to leaders: it was released" in noted.message
    held = {p.row: p.message for p in problems(made, "names_withheld") if p.sheet == "activities"}
    assert held[10].startswith(f'names "{ALIAS}"; withheld from mainland, partner and public')
    idle = problems(made, "idle_release")
    assert [p.row for p in idle] == [3, 3]
    assert {p.found for p in idle} == {"activities-0123456789", "leeders"}


def test_many_texts_are_told_short(tmp_path):
    many = [activity("ke", f"Talks {n} with {ALIAS}", "China House") for n in range(80)]
    made = make_workspace(tmp_path / "ws", {**rows(), "activities": many})
    found = problems(made, "names_withheld")
    assert len(found) == 51
    assert any(f'and 32 more such rows, most of which name "{ALIAS}"' in p.message for p in found)
