"""One bad row stops nothing: it is set aside, what names it goes with it, all others count."""

from __future__ import annotations

import csv
import json
import os

import pytest

from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.core.errors import InputError
from strategy_lib.editions.make_snapshot import read_usable
from strategy_lib.editions.restrict import restrict
from strategy_lib.editions.to_mend import list_path, set_aside_line, write_list
from strategy_lib.inputs.problem_log import MOST_ALIKE
from strategy_lib.schema.frames import PROVENANCE
from strategy_lib.schema.schema import schemas
from tests.inputs.sent import (
    ACTIVITY_HEADINGS,
    ALL_RETURNS,
    AS_OF,
    RETURN_HEADINGS,
    activity,
    make_cycle,
    text,
    xlsx,
)

CANARY = "Zq7f3a91"
ASSESSORS = [("A01", "ke"), ("A02", "kh")]
GOOD = {
    "returns": [RETURN_HEADINGS, *ALL_RETURNS],
    "activities": [ACTIVITY_HEADINGS, activity(), activity(unit_id="kh", title="Rivers")],
    "counterparts": [("name", "type", "handling"), ("China House", "ngo", "")],
    "capacities": [("unit_id", "capacity", "level"), ("ke", "china_analysis", 2)],
    "assessors": [("assessor_id", "unit_id"), *ASSESSORS],
    "presence_options": [("option_id", "name", "legal_route"), ("none", "No presence", "none")],
    "criteria": [
        ("criterion_id", "name", "direction", "anchor_0", "anchor_10"),
        ("safety", "Safety", "higher_is_better", "none", "all"),
    ],
    "scores": [
        ("assessor_id", "round", "option_id", "criterion_id", "low", "best", "high"),
        ("A01", 1, "none", "safety", 2, 4, 6),
    ],
    "costs": [
        ("option_id", "item", "p10", "p50", "p90", "currency"),
        ("none", "Rent", 1, 2, 3, ""),
    ],
    "currency_rates": [
        ("currency", "rate", "source", "as_of"),
        ("CHF", 1.1, "Bank", "2026-09-01"),
    ],
}
# What somebody adds: table -> rows, none of which may count.
BAD = {
    "a date in words": {"activities": [activity(title=CANARY, end_date="soon")]},
    "an unknown code": {"activities": [activity(title=CANARY, theme="weather")]},
    "an empty cell that is needed": {"activities": [activity(title=CANARY, stance="")]},
    "an office that is not listed": {"activities": [activity(title=CANARY, unit_id="nowhere")]},
    "a level beyond the scale": {"capacities": [("kh", "china_analysis", 9)]},
    "a second return of an office, without its day": {"returns": [("hq", "never", "yes")]},
    "one key, two meanings": {
        "capacities": [("kh", "china_analysis", 1), ("kh", "china_analysis", 3)],
    },
    "one key, two meanings, one of them twice": {
        "capacities": [("kh", "china_analysis", n) for n in (1, 3, 1)],
    },
    "a partner of no kind": {"counterparts": [(CANARY, "friend", "restricted")]},
    "points out of order": {"scores": [("A02", 1, "none", "safety", 6, 4, 2)]},
    "a criterion that is not listed": {"scores": [("A02", 1, "none", "cheer", 2, 4, 6)]},
    "an assessor of no office, and what it judged": {
        "assessors": [("A03", "nowhere")],
        "scores": [("A03", 1, "none", "safety", 2, 4, 6)],
    },
    "a rate without its day, and what it is for": {
        "currency_rates": [("KES", 0.008, "Bank", "")],
        "costs": [("none", "Staff", 1, 2, 3, "KES")],
    },
}


def sheets_with(*kinds):
    made = {name: list(rows) for name, rows in GOOD.items()}
    for kind in kinds:
        for name, rows in BAD[kind].items():
            made[name] += rows
    return made


def used(root, files):
    cycle = make_cycle(root, files)
    return cycle, read_usable(cycle, AS_OF)


def lines_of(cycle):
    with list_path(cycle).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def plain(tables):
    return {
        name: tables[name].drop(columns=list(PROVENANCE)).astype("str").to_numpy().tolist()
        for name in schemas()
    }


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """What is read where nothing is wrong."""
    files = {"mapping/all.xlsx": xlsx(GOOD)}
    _, tables = used(tmp_path_factory.mktemp("good") / "ws", files)
    assert not tables.errors and not tables.set_aside.rows
    return plain(tables)


@pytest.mark.parametrize("kinds", [*((kind,) for kind in BAD), tuple(BAD)[::2], tuple(BAD)[1::2]])
def test_what_is_left_is_what_would_have_been_read_without_the_bad_rows(tmp_path, good, kinds):
    rows = sum(len(rows) for kind in kinds for rows in BAD[kind].values())
    cycle, tables = used(tmp_path / "ws", {"mapping/all.xlsx": xlsx(sheets_with(*kinds))})
    assert plain(tables) == good
    assert tables.set_aside.rows == rows
    assert tables.errors
    write_list(cycle, tables)
    listed = lines_of(cycle)
    assert {(line["table"], int(line["row"])) for line in listed} == {
        (table, row) for table, _, _, row in tables.set_aside.places()
    }
    assert all(line["problem"] and line["the_row"] for line in listed)
    modes = [path.stat().st_mode & 0o777 for path in (list_path(cycle), list_path(cycle).parent)]
    assert modes == [0o600, 0o700] or os.name == "nt"
    assert f"{rows} row" in set_aside_line(cycle)
    write_list(cycle, read_usable(make_cycle(tmp_path / "mended", {}), AS_OF))
    assert not list_path(cycle).parent.exists() and set_aside_line(cycle) == ""


def test_what_names_a_bad_row_is_told_once_at_the_bad_row(tmp_path):
    sheets = sheets_with("an assessor of no office, and what it judged")
    sheets["criteria"].append(("ease", "Ease", "sideways", "none", "all"))
    sheets["scores"] += [(who, 1, "none", "ease", 2, 4, 6) for who, _ in ASSESSORS]
    _, tables = used(tmp_path / "ws", {"mapping/all.xlsx": xlsx(sheets)})
    assert [(p.sheet, p.row, p.kind) for p in tables.errors] == [
        ("assessors", 4, "unknown_reference"),
        ("criteria", 3, "unknown_code"),
    ]
    told = {p.sheet: p.message for p in tables.warnings if p.kind == "set_aside_with_it"}
    assert told["assessors"].startswith("1 row that names it is set aside with it")
    assert told["criteria"].startswith("2 rows that name it are set aside with it")
    assert "Scores" in told["criteria"]
    assert sorted(tables.broken) == ["assessors", "criteria", "scores"]


def test_more_bad_rows_than_are_listed_one_by_one_are_all_set_aside(tmp_path, good):
    sheets = sheets_with()
    count = MOST_ALIKE + 7
    sheets["activities"] += [activity(title=f"T{n}", stance="so so") for n in range(count)]
    cycle, tables = used(tmp_path / "ws", {"mapping/all.xlsx": xlsx(sheets)})
    assert tables.set_aside.rows == count and plain(tables) == good
    write_list(cycle, tables)
    assert len(lines_of(cycle)) == count


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("mapping/kenya.xlsx", b"PK\x03\x04 damaged"),
        ("mapping/kenya.xlsx", b""),
        ("mapping/activities.csv", text([ACTIVITY_HEADINGS[:4], ("ke", CANARY, "x", "y")])),
        ("mapping/activities.csv", text([[*ACTIVITY_HEADINGS[:-1], "Handlin"], activity()])),
        ("mapping/activities.csv", text([[*ACTIVITY_HEADINGS, "title"], [*activity(), CANARY]])),
    ],
    ids=["damaged", "empty", "without columns", "label misspelt", "heading twice"],
)
def test_a_file_with_an_error_at_its_top_is_set_aside_as_a_whole(tmp_path, good, file, content):
    cycle, tables = used(tmp_path / "ws", {"a/all.xlsx": xlsx(GOOD), file: content})
    assert plain(tables) == good and tables.errors
    write_list(cycle, tables)
    assert {line["file"] for line in lines_of(cycle)} == {file}


def test_a_row_whose_label_cannot_be_read_is_shown_to_nobody_but_the_core(tmp_path):
    sheets = sheets_with()
    sheets["activities"].append(activity(title=CANARY, handling="secret-ish"))
    _, tables = used(tmp_path / "ws", {"mapping/all.xlsx": xlsx(sheets)})
    assert tables.errors and not tables.set_aside.rows
    for name, edition in DEFAULT_EDITIONS.items():
        shown = restrict(tables, edition)["activities"]["title"]
        assert (CANARY in set(shown)) == (name == "core")
    wide = DEFAULT_EDITIONS["core"].__class__(
        "abroad", "Abroad", "restricted", withhold_not_for_mainland=True
    )
    assert CANARY not in set(restrict(tables, wide)["activities"]["title"])


@pytest.mark.parametrize("label", ["restricted", "unreadable"])
def test_a_bad_row_withholds_what_names_it_as_far_as_its_label_says(tmp_path, label):
    sheets = sheets_with()
    sheets["counterparts"].append((CANARY, "friend", label))
    sheets["activities"] += [activity(title="Names it", counterpart=CANARY)]
    other = {"counterparts": [GOOD["counterparts"][0], (CANARY, "ngo", "public")]}
    files = {"mapping/all.xlsx": xlsx(sheets), "mapping/other.xlsx": xlsx(other)}
    _, tables = used(tmp_path / "ws", files)
    core, leaders = (restrict(tables, DEFAULT_EDITIONS[name]) for name in ("core", "leaders"))
    assert "Names it" in set(core["activities"]["title"])
    assert core["counterparts"].set_index("name").loc[CANARY, "type"] == "ngo"
    assert CANARY not in str({name: leaders[name].to_dict() for name in schemas()})


def test_editions_that_show_counts_know_offices_and_numbers_and_nothing_else(tmp_path):
    sheets = sheets_with("points out of order")
    sheets["activities"] += [
        activity(unit_id="kh", title=CANARY, stance="so so"),
        activity(unit_id="", title=f"{CANARY}2"),
        activity(unit_id="zm", title=f"{CANARY}3", handling="restricted", stance="so so"),
    ]
    sheets["returns"][4] = ("zm", "2026-09-14", "no")
    unnamed = [ACTIVITY_HEADINGS, activity(unit_id="", stance="so so")]
    zambia = xlsx({"returns": [RETURN_HEADINGS, sheets["returns"][4]], "activities": unnamed})
    files = {"mapping/all.xlsx": xlsx(sheets), "mapping/zm.xlsx": zambia}
    _, tables = used(tmp_path / "ws", files)
    found = {name: restrict(tables, edition) for name, edition in DEFAULT_EDITIONS.items()}
    assert found["leaders"].set_aside == {"": 2, "Cambodia office": 1, "Zambia office": 2}
    assert found["core"].incomplete == {"kh": 1, "zm": 2}
    assert found["leaders"].incomplete == {"kh": 1, "zm": 1}
    for name in ("core", "mainland", "partner", "public"):
        assert found[name].set_aside == {}
    assert CANARY not in json.dumps([found["leaders"].set_aside, dict(found["core"].incomplete)])


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (
            {
                "prepare/more.csv": text(
                    [("unit_id", "name", "kind", "country_code"), ("fr", "France", "shop", "FR")]
                )
            },
            "unknown_code",
        ),
        ({"protocol": None}, "protocol_hole"),
    ],
)
def test_nothing_is_made_without_offices_or_protocol(tmp_path, files, words):
    given = {name: content for name, content in files.items() if content}
    cycle = make_cycle(tmp_path / "ws", {"mapping/all.xlsx": xlsx(GOOD)} | given)
    if "protocol" in files:
        (cycle.workspace.root / "protocol").mkdir()
        (cycle.workspace.root / "protocol" / "rules.toml").write_text("[veto]\n")
    with pytest.raises(InputError, match="Nothing was made for 2026") as caught:
        read_usable(cycle, AS_OF)
    assert words in {problem.kind for problem in caught.value.problems}


def test_strict_refuses_whatever_is_to_mend(tmp_path):
    files = {"mapping/all.xlsx": xlsx(sheets_with("a date in words"))}
    cycle = make_cycle(tmp_path / "ws", files)
    with pytest.raises(InputError, match="have 1 line to mend") as caught:
        read_usable(cycle, AS_OF, strict=True)
    assert [problem.kind for problem in caught.value.problems] == ["wrong_date"]


@pytest.mark.parametrize(
    ("said", "is_mended"),
    [({"level": 3}, True), ({"capacity": "china_analysis"}, False), ({"level": 77}, False)],
)
def test_an_entry_of_a_room_that_mends_a_bad_row_counts(tmp_path, said, is_mended):
    sheets = sheets_with("a level beyond the scale")
    line = {
        "at": "2026-10-01T10:00:00+00:00",
        "who": "facilitator",
        "session": "s1",
        "table": "capacities",
        "kind": "set",
        "row": {"unit_id": "kh", "capacity": "china_analysis", **said},
    }
    files = {"mapping/all.xlsx": xlsx(sheets), "mapping/workshop/s1.jsonl": json.dumps(line) + "\n"}
    _, tables = used(tmp_path / "ws", files)
    assert tables.errors
    levels = tables["capacities"].set_index("unit_id")["level"].to_dict()
    assert levels == ({"ke": 2, "kh": 3} if is_mended else {"ke": 2})
    assert tables.set_aside.rows == (not is_mended)


def test_a_table_that_is_missing_as_a_whole_is_told_once_a_sheet(tmp_path):
    sheets = sheets_with()
    del sheets["assessors"]
    sheets["scores"] += [("A02", 1, "none", "safety", n, 5, 6) for n in (1,)]
    _, tables = used(tmp_path / "ws", {"mapping/all.xlsx": xlsx(sheets)})
    assert [p.row for p in tables.errors] == [2]
    assert tables.set_aside.rows == 2
