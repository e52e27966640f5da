"""Nobody can be traced: tables and pages of all editions and both years, joined with each other.

The workspace is hostile: the example's judgements, given by people of offices of 1, 2 and 3, one of
whom moved from one office to another between the years.
"""

from __future__ import annotations

import html
import re
from functools import cache
from itertools import chain

import pandas as pd
import pytest

from strategy_lib.chapters.registry import CHAPTERS, declared
from strategy_lib.core.audiences import DEFAULT_EDITIONS, FEWEST_PEOPLE
from strategy_lib.core.resources import resource
from strategy_lib.core.workspace import open_workspace
from strategy_lib.editions.people import INDEX, OTHERS, Points
from strategy_lib.inputs.read import read_inputs
from strategy_lib.running import run
from strategy_lib.schema.csv_store import csv_rows
from strategy_lib.schema.schema import schemas
from tests.workspaces import make_workspace

YEARS = (2025, 2026)
LOWER = [name for name, edition in DEFAULT_EDITIONS.items() if not edition.shows_people]
# Person -> office, by year: A07 alone makes one office of one into two, and leaves it again.
OFFICES = {
    2025: {
        "A01": "international",
        "A02": "international",
        "A04": "hong-kong",
        "A05": "hong-kong",
        "A06": "germany",
        "A07": "germany",
        "A08": "kenya",
    },
    2026: {
        "A01": "international",
        "A02": "international",
        "A03": "international",
        "A04": "hong-kong",
        "A05": "hong-kong",
        "A06": "germany",
        "A07": "kenya",
        "A08": "kenya",
        "A09": "kenya",
    },
}
SMALL = {"hong-kong", "germany"}
QUOTES = {
    "decide_again": "reason",
    "readiness": "evidence",
    "harm_ratings": "reason",
    "scores": "reason",
    "dissents": "words",
}
# Words that the coordinator wrote down, and beside them who said them.
DISSENTS = {"decisions": ("dissent", "dissent_by"), "brief": ("minority_view", "minority_view_by")}
AUTHOR = "Zwho"


def code(person: str) -> str:
    return f"QX{person}"


def role(person: str) -> str:
    return f"Zr{person}-keeper"


def written(value: object) -> object:
    """A cell as somebody would type it."""
    if isinstance(value, list | tuple):
        return "; ".join(value) or None
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value.item() if hasattr(value, "item") else value


def hostile_tables(year: int) -> dict[str, list[dict[str, object]]]:
    tables = read_inputs(open_workspace(resource("data", "example")).cycle(year))
    made = {}
    for schema in schemas().values():
        rows = []
        for number, row in enumerate(tables[schema.name][list(schema.names)].to_dict("records")):
            row = {name: written(value) for name, value in row.items()}
            person = row.get("assessor_id")
            if person is not None and person not in OFFICES[year]:
                continue
            if person is not None:
                row["assessor_id"] = code(person)
                if "unit_id" in row:
                    row["unit_id"] = OFFICES[year][person]
                if schema.name == "assessors":
                    row["role"] = role(person)
                if (words := QUOTES.get(schema.name)) and row.get(words):
                    row[words] = f"Zq{schema.name}{number} {code(person)[2:].lower()}"
            words, by = DISSENTS.get(schema.name, ("", ""))
            if row.get(words):
                row[words] = f"Zq{schema.name}{number} a00 {row[words]}"
            if row.get(by):
                row[by] = f"{AUTHOR}{schema.name}: {row[by]}"
            rows.append(row)
        if rows:
            made[schema.name] = rows
    return made


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    root = tmp_path_factory.mktemp("hostile") / "ws"
    for year in YEARS:
        space = make_workspace(root, hostile_tables(year), year=year)
        # The edition for the core shows once what the same joins find where nothing is withheld.
        editions = list(DEFAULT_EDITIONS) if year == YEARS[-1] else LOWER
        report = run(space, year, editions, parameters={"draws": 500})
        assert not report.failed, report
    return space


@pytest.fixture(scope="module")
def tables(workspace):
    """(year, edition, chapter, table) -> its cells as they are saved."""
    found = {}
    for year in YEARS:
        for edition in DEFAULT_EDITIONS:
            for path in sorted(workspace.cycle(year).results(edition).glob("*/*.csv")):
                rows = csv_rows(path.read_bytes(), "utf-8-sig")
                frame = pd.DataFrame(rows[1:], columns=rows[0]) if rows else pd.DataFrame()
                found[year, edition, path.parent.name, path.stem] = frame
    return found


def pages(workspace, year: int, edition: str) -> str:
    """All that the pages of an edition say: their tables, figures and sentences."""
    files = sorted(workspace.cycle(year).outputs(edition).rglob("*.html"))
    assert files
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match.group(1), 16)), text)
    return html.unescape(plain)


def could_belong(tables, editions, codes, offices) -> dict[str, set[str]]:
    """Offices that each code could belong to, by every row that names both and by every heading."""
    left = {one: set(offices) for one in codes}
    for (_, edition, _, _), frame in tables.items():
        if edition not in editions:
            continue
        for row in [list(frame.columns), *frame.to_numpy().tolist()]:
            said = " ".join(map(str, row))
            named = {name for name in offices if name in said}
            for one in codes:
                if one in said and named:
                    left[one] &= named
    return left


@cache
def of_offices(year: int) -> dict[str, str]:
    units = read_inputs(open_workspace(resource("data", "example")).cycle(year))["units"]
    return dict(zip(units["unit_id"], units["name"], strict=True))


def test_every_code_could_belong_to_three_offices_or_more(workspace, tables):
    """The same join finds people out in the core edition: the test can see what it looks for."""
    codes = {code(person) for year in YEARS for person in OFFICES[year]}
    offices = set(chain.from_iterable(of_offices(year).values() for year in YEARS))
    in_core = could_belong(tables, ["core"], codes, offices)
    assert min(map(len, in_core.values())) < FEWEST_PEOPLE
    below = could_belong(tables, LOWER, codes, offices)
    assert all(len(left) >= FEWEST_PEOPLE for left in below.values())


@pytest.mark.parametrize("edition", LOWER)
@pytest.mark.parametrize("year", YEARS)
def test_no_code_and_no_role_of_a_person_is_saved_or_shown(workspace, tables, year, edition):
    people = OFFICES[year]
    hidden = [AUTHOR, *(name(person) for person in people for name in (code, role))]
    said = pages(workspace, year, edition)
    said += "".join(
        path.read_text(encoding="utf-8")
        for path in sorted(workspace.cycle(year).results(edition).rglob("*"))
        if path.is_file()
    )
    assert not [text for text in hidden if text in said]


def test_the_core_edition_shows_codes_and_who_differs(workspace):
    in_core = pages(workspace, YEARS[-1], "core")
    assert any(code(person) in in_core for person in OFFICES[YEARS[-1]])
    assert all(f"{AUTHOR}{table}" in in_core for table in DISSENTS)


def of_people():
    for chapter in CHAPTERS:
        for table, columns in declared(chapter).items():
            yield from ((chapter.name, table, name, points) for name, points in columns.items())


def test_a_number_rests_on_three_people_or_none(tables):
    few, seen = [], 0
    for chapter, table, column, points in of_people():
        for year in YEARS:
            for edition in LOWER:
                frame = tables.get((year, edition, chapter, table), pd.DataFrame())
                if points is Points.PEOPLE and column in frame:
                    count = pd.to_numeric(frame[column], errors="coerce").dropna()
                    seen += len(count)
                    least = DEFAULT_EDITIONS[edition].fewest_people
                    few += [(edition, table, column)] if count.between(1, least - 1).any() else []
    assert seen > 1000
    assert not few


def test_offices_of_one_and_two_stand_in_no_table_of_judgements(tables):
    names = {of_offices(year)[unit] for year in YEARS for unit in SMALL}
    found, others = [], 0
    for chapter, table, column, points in of_people():
        for year in YEARS:
            for edition in LOWER:
                frame = tables.get((year, edition, chapter, table), pd.DataFrame())
                if points is not Points.OFFICE or frame.empty:
                    continue
                offices = frame[frame.columns[0] if column == INDEX else column]
                others += int((offices == OTHERS).sum())
                found += [(year, edition, table)] if offices.isin(names).any() else []
    assert others
    assert not found


def test_a_quote_stands_beside_no_office(tables):
    offices = set(chain.from_iterable(of_offices(year).values() for year in YEARS))
    quoted = [
        row
        for (_, edition, _, _), frame in tables.items()
        if edition in LOWER
        for row in frame.astype("str").to_numpy().tolist()
        if any(re.search(r"\bZq\w+ a\d\d", cell) for cell in row)
    ]
    assert all(any(f"Zq{table}" in cell for row in quoted for cell in row) for table in DISSENTS)
    assert not [row for row in quoted if any(name in cell for cell in row for name in offices)]


def test_every_column_that_is_named_like_a_code_is_declared(tables):
    looks = re.compile(r"assessors?(_ids?|_codes?)?|(lowest|highest)_by|who(_.+)?")
    known = {(chapter, table, column) for chapter, table, column, _ in of_people()}
    undeclared = {
        (chapter, table, column)
        for (_, _, chapter, table), frame in tables.items()
        for column in frame.columns
        if looks.fullmatch(column) and len(frame)
    } - known
    assert not undeclared
