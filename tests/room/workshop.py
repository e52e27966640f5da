"""A workshop of chapters 02 and 04 for twelve people: what is asked, said, and must come out."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pandas as pd

from strategy_lib.core.resources import resource
from strategy_lib.core.workspace import Workspace, open_workspace
from strategy_lib.inputs.entries.entry import Asked, EntryLog, read_entries
from strategy_lib.running import run

PEOPLE = [f"A{n:02d}" for n in range(1, 13)]
MOST_QUESTIONS = 15


def make_workspace(folder: Path) -> Workspace:
    """The example's federation with twelve assessors, none of whom has sent a form yet."""
    shutil.copytree(resource("data", "example"), folder)
    shutil.rmtree(folder / "2025")
    inputs = folder / "2026" / "inputs"
    for area in ("presence", "scenarios"):
        for path in (inputs / area).glob("* A?? *.xlsx"):
            path.unlink()
    rows = [{"assessor_id": who, "unit_id": "kenya"} for who in PEOPLE[9:]]
    log = EntryLog(inputs, "walk-ins")
    assert all(
        not isinstance(done, Exception)
        for done in log.append_many([Asked("assessors", row, "facilitator") for row in rows])
    )
    return open_workspace(folder)


def signs(text: str) -> str:
    """Twelve signs of a text, as the page that gives a receipt describes them."""
    number = int(hashlib.sha256(text.encode()).hexdigest()[:15], 16)
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    found = "".join(letters[number >> 5 * n & 31] for n in reversed(range(12)))
    return f"{found[:4]}-{found[4:8]}-{found[8:]}"


def receipt(cycle: int, block: str, rounds: dict, rows: list, nonce: str) -> str:
    """A receipt without a line of the workbook's own code."""
    plain = [[int(v) if isinstance(v, float) and v == int(v) else v for v in row] for row in rows]
    ordered = sorted(json.dumps(row, separators=(",", ":")) for row in plain)
    head = json.dumps(
        ["room-receipt-1", cycle, block, sorted(rounds.items())], separators=(",", ":")
    )
    return signs(f'{head[:-1]},[{",".join(ordered)}],"{nonce}"]')


def run_it(workspace: Workspace) -> tuple[Path, str]:
    """Results of the core edition, and the text of its minutes."""
    report = run(workspace, editions=["core"], chapters=["02", "04"], formats=())
    assert not report.failed, report
    cycle = workspace.cycle()
    page = (cycle.outputs("core") / "minutes.html").read_text(encoding="utf-8")
    return cycle.results("core"), page


def told_answers(workspace: Workspace) -> dict[tuple, dict[str, object]]:
    """What counts, by table, item and person, as the entries have it."""
    found: dict[tuple, dict[str, object]] = {}
    for entry in read_entries(workspace.cycle().inputs).standing:
        found.setdefault((entry.table, entry.key), {}).update(entry.row)
    return found


def table(results: Path, chapter: str, name: str) -> pd.DataFrame:
    """A saved table of a chapter."""
    (folder,) = results.glob(f"{chapter}_*")
    return pd.read_csv(folder / f"{name}.csv")
