"""No edition gives away what it withholds: canaries, and editions that differ in nothing else."""

from __future__ import annotations

import base64
import html
import json
import re
import secrets
import zipfile
from functools import cache
from pathlib import Path

import pytest

from strategy_lib.chapters.registry import CHAPTERS
from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.core.hashing import hash_file, workbook_hashes
from strategy_lib.core.resources import resource
from strategy_lib.running import run
from strategy_lib.schema.schema import schemas
from tests.canaries import LABELLED, Flock, flock, pack
from tests.workspaces import RETURNS, UNITS, activity, make_workspace

LOWER = [name for name in DEFAULT_EDITIONS if name != "core"]
# What tells how much is withheld: see `test_case_totals` for what that may give away.
QUIET = "[editions.leaders]\nshow_withheld_count = false\ncase_totals = false\n"
OPTIONAL = [chapter.folder for chapter in CHAPTERS if chapter.is_optional]
EVERY_CHAPTER = f"[chapters]\noptional = {json.dumps(OPTIONAL)}\n"


def canary() -> str:
    return f"Zq{secrets.token_hex(6)}"


def marked(label: str) -> dict[str, str]:
    return {"not_for_mainland": "yes"} if label == "mainland" else {"handling": label}


@pytest.fixture(scope="module")
def canaries():
    """Label -> field -> canary, one for each text that a labelled row can hold."""
    names = ("unit", "unit_name", "title", "counterpart", "chinese", "alias", "parent")
    more = ("who", "topic", "need", "strategy", "initiative", "add", "harm", "consulted")
    more += ("activity",)
    return {label: {name: canary() for name in (*names, *more)} for label in LABELLED}


def rows_of(label: str, c: dict[str, str]) -> dict[str, list[dict[str, object]]]:
    """One row of every table with this label, each text a canary."""
    unit, as_label = c["unit"], marked(label)
    labour = {"theme": "labour_rights", "country_code": "ZM", **as_label}
    return {
        "units": [
            {
                "unit_id": unit,
                "name": c["unit_name"],
                "kind": "desk",
                "country_code": "ZM",
                **as_label,
            }
        ],
        "returns": [
            {
                "unit_id": unit,
                "returned_date": "2026-09-01",
                "has_activities": "yes",
                **as_label,
            }
        ],
        "activities": [
            activity(
                unit,
                c["title"],
                c["counterpart"],
                activity_id=c["activity"],
                **labour,
            ),
            activity(
                "ke", c["title"] + "2", c["alias"], stance="critical", contact_people=1, **labour
            ),
        ],
        "counterparts": [
            {
                "name": c["counterpart"],
                "chinese_name": "中" + c["chinese"],
                "aliases": c["alias"],
                "type": "ngo",
                "parent": c["parent"],
                **as_label,
            }
        ],
        "capacities": [
            {
                "unit_id": unit,
                "capacity": "china_analysis",
                "level": 3,
                **as_label,
            }
        ],
        "local_initiatives": [
            {
                "unit_id": unit,
                "topic": c["topic"],
                "who": c["who"],
                "need_they_state": c["need"],
                **labour,
            }
        ],
        "country_strategies": [
            {
                "unit_id": unit,
                "title": c["strategy"],
                "renewal_date": "2027-01-01",
                "china_section": "none",
                "country_code": "ZM",
                **as_label,
            }
        ],
        "added_value_tests": [
            {
                "unit_id": unit,
                "initiative": c["initiative"],
                "what_we_would_add": c["add"],
                "harm_of_displacing": c["harm"],
                "consulted": c["consulted"],
                "answer": "undecided",
                **labour,
            }
        ],
    }


def federation(
    extra: list[dict[str, list[dict[str, object]]]],
) -> dict[str, list[dict[str, object]]]:
    """A small federation, and further rows."""
    tables: dict[str, list[dict[str, object]]] = {
        "units": list(UNITS),
        "returns": list(RETURNS),
        "activities": [
            activity(
                "ke", "Round table", "China House", is_known_to_centre="yes", handling="public"
            ),
            activity(
                "kh", "Exchange on rivers", "China House", country_code="KH", contact_strength=3
            ),
        ],
    }
    for rows in extra:
        for name, records in rows.items():
            tables[name] = [*tables.get(name, []), *records]
    return tables


def decoded(path: Path) -> str:
    """Everything that a file says: as it is, unescaped, and with its base64 parts decoded."""
    text = path.read_bytes().decode("utf-8", errors="replace")
    plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match.group(1), 16)), text)
    blobs = (blob for blob in re.findall(r"[A-Za-z0-9+/]{16,}", text) if len(blob) < 10**6)
    inner = [base64.b64decode(blob[: len(blob) // 4 * 4]).decode("latin-1") for blob in blobs]
    return "\n".join([path.name, text, html.unescape(plain), *inner])


@cache
def everything(workspace, edition: str) -> dict[str, str]:
    folders = [workspace.cycle().outputs(edition), workspace.cycle().results(edition)]
    files = [p for folder in folders for p in sorted(folder.rglob("*")) if p.is_file()]
    return {p.relative_to(workspace.root).as_posix(): decoded(p) for p in files}


def flock_of(label: str, c: dict[str, str]) -> Flock:
    return flock(
        label,
        {
            "units": {"unit_id": c["unit"]},
            "counterparts": {"name": c["counterpart"]},
            "activities": {"activity_id": c["activity"]},
        },
    )


@pytest.fixture(scope="module")
def flocks(canaries):
    """Label -> a row of every other table, each text a canary."""
    return {label: flock_of(label, c) for label, c in canaries.items()}


@pytest.fixture(scope="module")
def peers_pack(flocks):
    """A pack of a peer, a row of every part; where its texts stand is among the others'."""
    content, planted = pack()
    flocks["internal"].planted += planted
    return content, [plant.text for plant in planted]


def send_pack(workspace, content: bytes) -> None:
    folder = workspace.cycle().inputs / "watching"
    folder.mkdir(exist_ok=True)
    (folder / "peer.zip").write_bytes(content)


@pytest.fixture(scope="module")
def canary_workspace(tmp_path_factory, canaries, flocks, peers_pack):
    extra = [rows_of(label, c) for label, c in canaries.items()]
    extra += [made.rows for made in flocks.values()]
    workspace = make_workspace(
        tmp_path_factory.mktemp("canary") / "ws", federation(extra), QUIET + EVERY_CHAPTER
    )
    send_pack(workspace, peers_pack[0])
    report = run(workspace, editions=list(DEFAULT_EDITIONS))
    assert not report.failed
    return workspace


@pytest.mark.parametrize("edition", LOWER)
def test_no_canary_above_the_clearance_is_in_any_file(canary_workspace, canaries, edition):
    audience = DEFAULT_EDITIONS[edition]
    files = everything(canary_workspace, edition)
    assert any(name.endswith("index.html") for name in files)
    assert any(name.endswith(".csv") for name in files)
    hidden = [label for label in LABELLED[:4] if not audience.may_see(label)]
    hidden += ["mainland"] if audience.withhold_not_for_mainland or "internal" in hidden else []
    leaks = [
        (name, label, field)
        for name, text in files.items()
        for label in hidden
        for field, value in canaries[label].items()
        if value in text
    ]
    assert not leaks


@pytest.mark.parametrize("edition", LOWER)
def test_no_canary_of_any_table_is_above_its_row_or_its_column(canary_workspace, flocks, edition):
    audience = DEFAULT_EDITIONS[edition]
    text = "\n".join(everything(canary_workspace, edition).values())
    leaks = []
    for label, made in flocks.items():
        hides_row = audience.withhold_not_for_mainland or not audience.may_see("internal")
        if label != "mainland":
            hides_row = not audience.may_see(label)
        for plant in made.planted:
            if (hides_row or not audience.may_see(plant.visible_to)) and plant.text in text:
                leaks.append((plant.table, plant.name, label))
    assert not leaks


def test_the_core_edition_shows_texts_of_the_further_tables(canary_workspace, flocks):
    text = "\n".join(everything(canary_workspace, "core").values())
    shown = {p.table for made in flocks.values() for p in made.planted if p.text in text}
    assert {"presence_options", "criteria", "presence_terms", "legal_conditions"} <= shown
    # Of scores no reason is shown, whoever may see them.
    assert {s.name for s in schemas().values() if s.area in OPTIONAL} - {"focus_scores"} <= shown


@pytest.mark.parametrize("edition", DEFAULT_EDITIONS)
def test_what_a_peer_sent_is_shown_to_those_who_may_see_it_and_to_nobody_else(
    canary_workspace, peers_pack, edition
):
    """Every text of every part of a pack: its rows are internal where they come in."""
    text = "\n".join(everything(canary_workspace, edition).values())
    sent = set(peers_pack[1])
    found = {one for one in sent if one in text}
    assert len(sent) > 10
    assert found == (sent if DEFAULT_EDITIONS[edition].may_see("internal") else set())


def test_the_core_edition_shows_what_the_others_withhold(canary_workspace, canaries):
    text = "\n".join(everything(canary_workspace, "core").values())
    assert canaries["restricted"]["counterpart"] in text
    assert canaries["mainland"]["counterpart"] in text


def test_no_file_names_a_path_a_user_or_a_parameter(canary_workspace):
    for edition in DEFAULT_EDITIONS:
        for name, text in everything(canary_workspace, edition).items():
            body = text.split("\n", 1)[1]
            hidden = ("papermill", "returns.xlsx") if name.endswith(".html") else ()
            for part in (str(canary_workspace.root), f"{Path.home()}/", *hidden):
                assert edition == "core" or part not in body, (name, part)
            assert str(canary_workspace.root) not in body, name


@pytest.fixture(scope="module")
def pair(tmp_path_factory, canary_workspace, canaries, flocks, peers_pack):
    """Two workspaces that differ only in restricted rows: how many, and what they say."""
    others = [label for label in LABELLED if label != "restricted"]
    extra = [rows_of(label, canaries[label]) for label in others]
    extra += [flocks[label].rows for label in others]
    for _ in range(3):
        texts = {name: canary() for name in canaries["restricted"]}
        extra += [rows_of("restricted", texts), flock_of("restricted", texts).rows]
    root = tmp_path_factory.mktemp("pair") / "ws"
    workspace = make_workspace(root, federation(extra), QUIET + EVERY_CHAPTER)
    send_pack(workspace, peers_pack[0])
    assert not run(workspace, editions=LOWER).failed
    return canary_workspace, workspace


@pytest.mark.parametrize("edition", LOWER)
def test_editions_that_differ_only_in_withheld_rows_are_the_same_bytes(pair, edition):
    trees = []
    for workspace in pair:
        cycle = workspace.cycle()
        roots = (cycle.outputs(edition), cycle.results(edition))
        files = [(p, root) for root in roots for p in sorted(root.rglob("*")) if p.is_file()]
        trees.append(
            {(root.name, p.relative_to(root).as_posix()): p.read_bytes() for p, root in files}
        )
    assert trees[0].keys() == trees[1].keys()
    assert len(trees[0]) > 5
    assert [name for name in trees[0] if trees[0][name] != trees[1][name]] == []


def test_run_json_says_what_went_in_and_nothing_of_the_machine(canary_workspace):
    for edition in DEFAULT_EDITIONS:
        content = json.loads((canary_workspace.cycle().outputs(edition) / "run.json").read_text())
        assert content["as_of"] == "2026-11-01"
        assert content["parameters"]["seed"] == 20260101
        assert "returns.xlsx" not in json.dumps(content)


HASH = re.compile(rb"(?<![0-9A-Za-z])[0-9a-f]{64}(?![0-9A-Za-z])")


def _parts(path: Path) -> list[bytes]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return [archive.read(name) for name in archive.namelist()]
    return [path.read_bytes()]


@pytest.mark.parametrize("edition", DEFAULT_EDITIONS)
def test_no_hash_of_what_people_sent_is_in_any_file_that_is_shared(canary_workspace, edition):
    cycle = canary_workspace.cycle()
    files = [p for p in sorted(cycle.outputs(edition).rglob("*")) if p.is_file()]
    told = {h.decode() for path in files for part in _parts(path) for h in HASH.findall(part)}
    of_the_workbook = {hash_file(resource("notebooks", c.notebook)) for c in CHAPTERS}
    of_the_workbook |= set(workbook_hashes().values())
    # plotly.js names its styles by such a number.
    scripts = resource("templates", "report", "plotly").rglob("*.js")
    of_the_workbook |= {h.decode() for path in scripts for h in HASH.findall(path.read_bytes())}
    assert told and told <= of_the_workbook
    assert (cycle.snapshot(edition) / "activities.csv").is_file()


def test_no_shared_file_changes_with_words_that_no_page_shows(tmp_path):
    """A public edition counts activities, and lists the title of none."""
    trees = []
    for number, title in enumerate(("Rivers and what they carry", "Forests")):
        desk = {"unit_id": "desk", "name": "Desk", "kind": "desk", "country_code": "ZM"}
        public = {"handling": "public"}
        rows = {"units": [desk | public], "activities": [activity("desk", title, None, **public)]}
        workspace = make_workspace(tmp_path / str(number) / "ws", federation([rows]))
        assert not run(workspace, editions=["public"], formats=("tables",)).failed
        tables = workspace.cycle().snapshot("public")
        assert title in (tables / "activities.csv").read_text(encoding="utf-8")
        folder = workspace.cycle().outputs("public")
        files = (path for path in sorted(folder.rglob("*")) if path.is_file())
        trees.append({path.relative_to(folder).as_posix(): path.read_bytes() for path in files})
    assert trees[0].keys() == trees[1].keys()
    assert [name for name in trees[0] if trees[0][name] != trees[1][name]] == []
