"""What an office wrote never runs: hostile cells from a spreadsheet to every file of an edition."""

from __future__ import annotations

import csv
from itertools import permutations

import networkx as nx
import pytest

from strategy_lib.chapters.registry import CHAPTERS
from strategy_lib.core.settings import OPTIONAL_CHAPTERS
from strategy_lib.running import run
from strategy_lib.schema.schema import table_schema
from tests.canaries import flock
from tests.workspaces import RETURNS, activity, make_workspace

pytestmark = pytest.mark.browser
HOSTILE = (
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    '"><svg onload=window.pwned=1>',
    "</script><script>window.pwned=1</script>",
    "[click](javascript:window.pwned=1)",
    '=HYPERLINK("http://example.invalid","x")',
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "{{ 7*7 }}{% raw %}",
    "a\u202egnp.exe",
    "x" * 400,
    "名字很长" * 60,
    "اسم طويل <b>جدا</b>",
)


def unlike(table, rows):
    """Rows of a table without those whose key is there already: codes alone are few."""
    keys = table_schema(table).primary_key
    return list({tuple(str(row.get(k)) for k in keys): row for row in reversed(rows)}.values())


def judge_two_descriptors(tables):
    """Two states of each descriptor, and judgements between two: else chapter 04 has no page."""
    states = tables["descriptor_states"]
    states += [{**row, "state_id": f"{row['state_id']}-other"} for row in states]
    first, second = (row["descriptor_id"] for row in states[:2])
    judged = tables["cross_impacts"][0]
    tables["cross_impacts"] = [
        {**judged, "source_state": one["state_id"], "target_state": other["state_id"], "impact": 1}
        for one, other in permutations(states, 2)
        if {one["descriptor_id"], other["descriptor_id"]} == {first, second}
    ]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    rows = [
        activity(
            unit,
            text,
            text,
            stance=stance,
            contact_people=1,
            activity_id=f"{unit}-{n}",
        )
        for n, text in enumerate(HOSTILE)
        for unit, stance in (("ke", "constructive"), ("kh", "critical"))
    ]
    tables = {
        "returns": RETURNS,
        "activities": rows,
        "counterparts": [{"name": text, "aliases": f"{text} 2", "type": "ngo"} for text in HOSTILE],
        "local_initiatives": [
            {"unit_id": "ke", "topic": text, "who": text, "theme": "health", "country_code": "KE"}
            for text in HOSTILE
        ],
        "country_strategies": [
            {
                "unit_id": "ke",
                "country_code": "KE",
                "title": text,
                "china_section": "none",
                "renewal_date": "2027-01-01",
            }
            for text in HOSTILE
        ],
    }
    for text in HOSTILE:
        made_by_hand = {
            "units": {"unit_id": "ke"},
            "counterparts": {"name": text},
            "activities": {"activity_id": "ke-0"},
        }
        rows_of_others = flock("internal", made_by_hand, text).rows
        for name, further in rows_of_others.items():
            tables[name] = unlike(name, [*tables.get(name, []), *further])
    judge_two_descriptors(tables)
    chapters = f"[chapters]\noptional = {list(OPTIONAL_CHAPTERS)}\n"
    made = make_workspace(tmp_path_factory.mktemp("hostile") / "ws", tables, chapters)
    report = run(made, editions=["core"])
    assert not report.failed, report.lines
    return made


# In its first year an organisation has nothing to compare with.
PAGES = ["index.html", *(f"{c.name}.html" for c in CHAPTERS if not c.reads_before)]


@pytest.mark.parametrize("name", PAGES)
def test_no_cell_runs_and_nothing_is_requested(workspace, offline_page, name):
    page = offline_page.open(workspace.cycle().outputs("core") / name)
    if name != "index.html":
        assert page.locator("main").text_content().count("<script>window.pwned=1</script>") > 3
    assert page.evaluate("window.pwned") is None
    assert page.locator("main svg[onload], main img").count() == 0
    assert page.locator("a[href^=javascript]").count() == 0


def test_no_text_in_a_table_is_a_formula(workspace):
    checked = 0
    for path in workspace.cycle().results("core").rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    checked += 1
                    is_number = cell.lstrip("-").replace(".", "", 1).isdigit()
                    assert is_number or not cell.lstrip().startswith(("=", "+", "-", "@")), cell
    assert checked > 500


def test_the_network_opens_with_its_names_as_they_were_typed(workspace):
    folder = workspace.cycle().results("core", "01_internal_mapping")
    graph = nx.read_graphml(folder / "network.graphml")
    labels = set(nx.get_node_attributes(graph, "label").values())
    assert HOSTILE[0] in labels
    assert HOSTILE[-1] in labels
    assert len(nx.read_gexf(folder / "network.gexf")) == len(graph)
