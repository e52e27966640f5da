"""The bundled example: it reads without errors, tells its story, and is made again as it is."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from strategy_lib.core.resources import resource
from strategy_lib.core.workspace import open_workspace
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, restrict
from strategy_lib.inputs.read import read_inputs
from strategy_lib.schema.frames import Tables
from strategy_lib.schema.name_keys import name_key
from tools.build_example import build
from tools.example_content.records import content

EXAMPLE = resource("data", "example")
YEARS = (2025, 2026)
ZIPPED = (".xlsx", ".ods")
# The parts of a zipped spreadsheet that hold what people typed.
SPOKEN = ("sharedStrings.xml", "core.xml", "content.xml")
SILENT_2026 = {
    "angola",
    "japan",
    "laos",
    "netherlands",
    "pakistan",
    "peru",
    "south-africa",
    "united-states",
}


@pytest.fixture(scope="module")
def cycles() -> dict[int, Tables]:
    workspace = open_workspace(EXAMPLE)
    return {year: read_inputs(workspace.cycle(year)) for year in YEARS}


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("example")
    build(root)
    return root


def _asked(tables: Tables) -> pd.DataFrame:
    units = tables["units"]
    return units[units["closed_date"].isna()]


def _of(tables: Tables, unit: str, words: str) -> pd.Series:
    frame = tables["activities"]
    found = frame[(frame["unit_id"] == unit) & frame["title"].str.contains(words, regex=False)]
    assert len(found) == 1
    return found.iloc[0]


@pytest.mark.parametrize("year", YEARS)
def test_there_is_nothing_to_mend(cycles, year):
    assert [str(problem) for problem in cycles[year].errors] == []


@pytest.mark.parametrize("year", YEARS)
def test_every_authored_row_is_read(cycles, year):
    authored = {name: len(rows) for name, rows in content(year).items()}
    # What several offices say of one counterpart is brought together when it is read.
    authored["counterparts"] = len({row["name"] for row in content(year)["counterparts"]})
    assert {name: len(cycles[year][name]) for name in authored} == authored


def test_what_is_odd_is_told_and_is_not_much(cycles):
    kinds = {problem.kind for problem in cycles[2026].warnings}
    assert kinds >= {"not_answered", "similar_name", "wider_label", "offices_disagree"}
    assert kinds >= {"duplicate_file", "unknown_sheet"}
    assert len(cycles[2026].warnings) < 40


@pytest.mark.parametrize("year", YEARS)
def test_titles_themes_and_counterparts_arrive_as_written(cycles, year):
    def keys(rows) -> list[tuple[str, ...]]:
        names = ("unit_id", "title", "theme", "stance", "country_code", "counterpart")
        return sorted(tuple(name_key(row.get(name)) for name in names) for row in rows)

    assert keys(cycles[year]["activities"].to_dict("records")) == keys(content(year)["activities"])


@pytest.mark.parametrize("year", YEARS)
def test_dates_and_numbers_arrive_as_written(cycles, year):
    def keys(rows, date: Callable[[object], str]) -> list[tuple[str, ...]]:
        return sorted(
            (
                name_key(row["title"]),
                date(row.get("end_date")),
                *(
                    "" if row.get(n) is None or row.get(n) is pd.NA else str(row[n])
                    for n in ("contact_strength", "contact_people")
                ),
            )
            for row in rows
        )

    read = cycles[year]["activities"].to_dict("records")
    assert keys(read, lambda d: "" if pd.isna(d) else f"{d:%Y-%m-%d}") == keys(
        content(year)["activities"], lambda d: f"{d}" if d else ""
    )


def test_size_of_the_federation_and_of_its_work(cycles):
    assert 40 <= len(_asked(cycles[2026])) <= 45
    assert 180 <= len(cycles[2025]["activities"]) <= 200
    assert 240 <= len(cycles[2026]["activities"]) <= 260
    kinds = set(cycles[2026]["units"]["kind"])
    assert kinds >= {"international_office", "hong_kong_office", "mainland_programme", "desk"}


def test_four_in_five_offices_answered_and_eight_are_silent(cycles):
    tables = cycles[2026]
    asked, answered = set(_asked(tables)["unit_id"]), set(tables["returns"]["unit_id"])
    assert asked - answered == SILENT_2026
    assert 0.78 <= len(answered) / len(asked) <= 0.82
    nothing = tables["returns"][~tables["returns"]["has_activities"].astype(bool)]
    assert set(nothing["unit_id"]) == {"sweden", "new-zealand"}


def test_silent_offices_sit_in_countries_with_much_chinese_finance(cycles):
    units = cycles[2026]["units"].set_index("unit_id")["country_code"]
    assert {"AO", "PK", "LA", "PE"} <= {units[unit] for unit in SILENT_2026}


def test_share_that_the_centre_did_not_know(cycles):
    known = cycles[2026]["activities"]["is_known_to_centre"].dropna().astype(bool)
    assert 0.25 <= (~known).mean() <= 0.30


def test_what_an_office_reported_in_2025_is_known_in_2026(cycles):
    before, now = (cycles[year]["activities"].set_index(["unit_id", "title"]) for year in YEARS)
    shared = now.loc[now.index.intersection(before.index), "is_known_to_centre"]
    assert len(shared) > 100
    assert shared.astype(bool).all()


def test_more_offices_answered_than_the_year_before(cycles):
    shares = [len(cycles[year]["returns"]) / len(_asked(cycles[year])) for year in YEARS]
    assert shares[0] < 0.7 < shares[1]


def test_an_office_opened_and_one_closed(cycles):
    names = [set(_asked(cycles[year])["unit_id"]) for year in YEARS]
    assert names[1] - names[0] == {"kazakhstan"}
    assert names[0] - names[1] == {"serbia"}


def test_a_partnership_ended(cycles):
    assert len(_of(cycles[2025], "ethiopia", "School meals"))
    later = cycles[2026]["activities"]
    is_there = later["title"].str.startswith("School meals").fillna(False)
    assert later[(later["unit_id"] == "ethiopia") & is_there].empty


def test_a_contact_hangs_on_fewer_people(cycles):
    people = [
        int(_of(cycles[year], "kenya", "Talks with road builders")["contact_people"])
        for year in YEARS
    ]
    assert people == [3, 1]


def test_one_office_changed_its_stance(cycles):
    before, now = (
        cycles[year]["activities"].set_index(["unit_id", "title"])["stance"] for year in YEARS
    )
    shared = now.index.intersection(before.index)
    changed = [key for key in shared if before[key] != now[key]]
    assert changed == [("philippines", "Watching brief on bank safeguards")]


def test_three_counterparts_have_a_partner_and_a_critic(cycles):
    frame = cycles[2026]["activities"]
    frame = frame[frame["counterpart"].notna() & (frame["counterpart"] != "")]
    listed = cycles[2026]["counterparts"]
    names = {
        name_key(other): row["name"]
        for row in listed.to_dict("records")
        for other in (row["name"], *row["aliases"])
    }
    counterpart = frame["counterpart"].map(lambda name: names.get(name_key(name)))
    stances = frame.groupby(counterpart)["stance"].agg(set)
    both = stances[stances.map({"constructive", "critical"}.issubset)]
    assert sorted(both.index) == [
        "Asian Infrastructure Investment Bank",
        "China Road and Bridge Corporation",
        "Huawei",
    ]


def test_some_contacts_hang_on_one_colleague_or_on_none(cycles):
    frame = cycles[2026]["activities"]
    held = frame[frame["contact_strength"].fillna(0) >= 2]["contact_people"]
    assert 25 <= (held == 1).sum() <= 70
    assert (held == 0).sum() == 1


def test_names_are_partly_decided_and_partly_waiting(cycles):
    tables = cycles[2026]
    known = {name_key(name) for name in tables["counterparts"]["name"]}
    known |= {name_key(name) for name in tables["counterparts"]["chinese_name"].dropna()}
    known |= {name_key(alias) for row in tables["counterparts"]["aliases"] for alias in row}
    decided = {name_key(name) for name in tables["name_decisions"]["name"]}
    written = {name_key(name) for name in tables["activities"]["counterpart"].dropna()} - {""}
    assert len(written & known) > 60
    assert len((written - known) & decided) >= 4
    assert 10 <= len(written - known - decided) <= 40
    assert set(tables["name_decisions"]["decision"]) == {"same", "different"}


def test_labels_make_the_five_editions_differ(cycles):
    frame = cycles[2026]["activities"]
    labels = frame["handling"].value_counts()
    assert 15 <= labels["restricted"] <= 25
    assert 20 <= int(frame["not_for_mainland"].fillna(False).sum()) <= 30
    assert labels["public"] >= 20
    assert labels["partner"] >= 15
    assert frame["handling"].isna().sum() + (frame["handling"] == "").sum() > 100


def test_every_edition_shows_another_part(cycles):
    shown = {
        name: len(restrict(cycles[2026], edition)["activities"])
        for name, edition in DEFAULT_EDITIONS.items()
    }
    assert shown["core"] == 250
    assert shown["core"] > shown["leaders"] > shown["mainland"] > shown["partner"]
    assert shown["partner"] > shown["public"] >= 25


def test_strategies_fall_due_and_some_have_no_china_section(cycles):
    frame = cycles[2026]["country_strategies"]
    assert set(frame["china_section"]) == {"none", "planned", "drafted", "reviewed"}
    years = frame[frame["china_section"].isin(["none", "planned"])]["renewal_date"].dt.year
    assert set(years) == {2026, 2027, 2028}


def test_added_value_tests_are_partly_complete(cycles):
    frame = cycles[2026]["added_value_tests"]
    asked = frame["consulted"].fillna("").ne("")
    assert asked.sum() >= 8
    assert (~asked).sum() >= 3
    assert set(frame["answer"]) == {"proceed", "support_existing", "stay_out", "undecided"}


def test_building_again_gives_the_files_that_are_shipped(rebuilt):
    shipped, built = (
        {p.relative_to(root).as_posix(): _parts(p) for p in root.glob("20??/**/*") if p.is_file()}
        for root in (EXAMPLE, rebuilt)
    )
    assert sorted(shipped) == sorted(built)
    assert [name for name in built if shipped[name] != built[name]] == []


def _parts(path: Path) -> dict[str, bytes]:
    """Contents without compression, which may differ between builds of zlib."""
    if path.suffix not in ZIPPED:
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as archive:
        days = b"".join(repr((one.filename, one.date_time)).encode() for one in archive.infolist())
        return {name: archive.read(name) for name in archive.namelist()} | {"order and days": days}


def test_the_example_is_small():
    files = [path for path in EXAMPLE.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 3_000_000
    assert {path.suffix for path in files} == {*ZIPPED, ".zip", ".csv", ".toml", ".md"}


def test_no_address_and_no_telephone_number():
    texts = {}
    for path in (p for p in EXAMPLE.rglob("*") if p.is_file()):
        for name, data in _parts(path).items():
            if path.suffix in ZIPPED and not name.endswith(SPOKEN):
                continue
            # Any encoding will do: what is looked for is plain ASCII in all of them.
            texts[f"{path.name} {name}"] = data.replace(b"\0", b"").decode("latin-1")
    found = [
        name
        for name, text in texts.items()
        if re.search(r"[\w.]+@[\w-]+\.\w|\+\d[\d ().-]{7,}|\b0\d{2,}[ /-]\d{5,}\b", text)
    ]
    assert len(texts) > 60
    assert found == []
