"""What an edition may not show never reaches the process that makes it, nor its `run.json`."""

from __future__ import annotations

import json
import os
import stat
import sys

import pytest

from strategy_lib.running import run

from .conftest import FIRST, SECOND, activity

# Looks through the kernel's own memory. The halves stand apart, so that the search does not find
# itself; what it has read is no longer than one mapping at a time.
SEARCH = """\
import re
halves = {"shown": ("canary-shown-", "7f3a91"), "hidden": ("canary-hidden-", "c04d52")}
found = {name: False for name in halves}
mappings = [line.split() for line in open("/proc/self/maps") if line.split()[1].startswith("rw")]
memory = open("/proc/self/mem", "rb", buffering=0)
for place, *_ in mappings:
    start, end = (int(part, 16) for part in place.split("-"))
    try:
        memory.seek(start)
        content = memory.read(end - start)
    except (OSError, ValueError, OverflowError):
        continue
    for name, (first, last) in halves.items():
        rests = (content[m.end():m.end() + len(last)] for m in re.finditer(first.encode(), content))
        found[name] |= any(rest == last.encode() for rest in rests)
    del content
Path(workspace, "found.json").write_text(json.dumps(found))"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_kernel_holds_no_withheld_row(house):
    house.enter(
        activity("a1", "canary-shown-" + "7f3a91"),
        activity("a2", "canary-hidden-" + "c04d52", handling="restricted"),
    )
    house.chapter(FIRST, "import json", SEARCH)
    report = run(house.workspace, editions=["leaders"], chapters=["01"])
    assert report.editions[0].failures == ()
    assert json.loads((house.root / "found.json").read_text()) == {"shown": True, "hidden": False}


def test_a_kernels_environment_and_folder_tell_it_of_its_own_edition_only(house, monkeypatch):
    monkeypatch.setenv("PYTHONSTARTUP", "/startup.py")
    house.chapter(
        FIRST,
        "import json, sys, threading",
        "facts = {'env': dict(os.environ), 'cwd': os.getcwd(), 'path': sys.path,\n"
        " 'debugger': 'debugpy' in sys.modules and sys.modules['debugpy'] is not None}\n"
        "_ = Path(workspace, 'facts.json').write_text(json.dumps(facts))",
    )
    run(house.workspace, editions=["leaders"], chapters=["01"])
    facts = json.loads((house.root / "facts.json").read_text())
    assert "PYTHONSTARTUP" not in facts["env"]
    assert facts["env"]["OMP_NUM_THREADS"] == "1"
    assert facts["env"]["WORKBOOK_SNAPSHOT"].endswith("/2026/.making/leaders/snapshot")
    assert facts["env"]["WORKBOOK_RESULTS"].endswith("/2026/.making/leaders/results")
    assert str(house.root) not in facts["cwd"]
    assert not facts["debugger"]


def test_a_chapter_cannot_turn_to_another_edition(house):
    house.chapter(FIRST, "read_snapshot(ensure_snapshot(workspace, cycle, 'core'))")
    (failure,) = run(house.workspace, editions=["leaders"], chapters=["01"]).editions[0].failures
    assert "This run makes the edition 'leaders' of 2026" in failure.cause
    assert "asks for the edition 'core'" in failure.cause


def test_workspaces_that_differ_in_withheld_rows_only_give_the_same_bytes(house):
    house.settings(
        '[organisation]\nname = "Acme"\n[run]\nas_of = 2026-11-01\nformats = []\n'
        "[editions.leaders]\nshow_withheld_count = false\n"
    )
    run(house.workspace, editions=["leaders"])
    first = house.pages("leaders")
    house.enter(activity("a0", "Another", handling="restricted"), file="angola")
    house.enter(activity("a1", "Seen by all"))
    report = run(house.workspace, editions=["leaders"])
    assert report.editions[0].state == "made"
    assert house.pages("leaders") == first
    house.enter(activity("a1", "Seen by all, and changed"))
    (report,) = run(house.workspace, editions=["leaders"]).editions
    assert report.state == "made"
    assert house.pages("leaders")["run.json"] == first["run.json"]


def test_run_json_says_what_went_in_and_no_more(house):
    run(house.workspace, editions=["leaders"], chapters=["01"])
    text = house.pages("leaders")["run.json"].decode()
    facts = json.loads(text)
    assert facts["edition"]["name"] == "leaders"
    assert (facts["cycle"], facts["as_of"]) == (2026, "2026-11-01")
    assert facts["parameters"] == {"draws": 10000, "seed": 20260101}
    assert facts["versions"]["papermill"]
    assert set(facts["sha256"]) == {"facts", "library", "lock", "notebooks", "templates"}
    assert set(facts["sha256"]["notebooks"]) == {f"{FIRST}.ipynb"}
    for secret in (str(house.root), "kenya", "Hidden", "hostname", "acme/"):
        assert secret not in text
    record = json.loads((house.cycle.records() / "leaders.json").read_text())
    assert record["ingredients"]["inputs"].keys() == {"mapping/kenya.json"}
    assert record["ingredients"]["inputs"]["mapping/kenya.json"] not in text
    assert "activities" in record["tables"]


def test_of_a_chapter_that_the_organisation_changed_no_hash_is_told(house):
    house.chapter(FIRST, "1", folder=house.workspace.own_notebooks)
    run(house.workspace)
    told = json.loads(house.pages()["run.json"])["sha256"]["notebooks"]
    assert told[f"{FIRST}.ipynb"] == "changed by the organisation"
    assert len(told[f"{SECOND}.ipynb"]) == 64


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")
def test_all_that_a_run_leaves_is_its_owners_and_the_pages_are_to_be_read(house):
    before = os.umask(0)
    try:
        run(house.workspace)
    finally:
        os.umask(before)
    outputs = house.cycle.root / "outputs"
    for path in (house.root, *house.root.rglob("*")):
        wanted = 0o755 if path == outputs or outputs in path.parents else 0o700
        mode = wanted if path.is_dir() else wanted & 0o666
        assert stat.S_IMODE(path.stat().st_mode) == mode, path
    assert {"records", "results", ".cache"} <= {p.name for p in house.cycle.root.iterdir()}
