"""`run.json`: what an edition was made from, told so that the edition's own readers may have it.

It holds hashes of what the workbook brings, and of nothing that people sent or changed: a hash of
a table lets a reader test guesses about a row that no page lists. Those stand in `CYCLE/records/`,
for the coordinator. No name of a file, no path, no user, no time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from strategy_lib import __version__
from strategy_lib.core.hashing import package_versions, workbook_hashes
from strategy_lib.running.planning import Plan, Request

RUN_FILE = "run.json"


OWN = "changed by the organisation"


def run_facts(request: Request, plan: Plan) -> dict[str, Any]:
    """What one edition was made from."""
    own = request.cycle.workspace.own_notebooks
    hashes = plan.ingredients["notebooks"]
    notebooks = {
        c.notebook: OWN if request.notebook(c).parent == own else hashes[c.name]
        for c in plan.chapters
    }
    return {
        "workbook": __version__,
        "organisation": request.cycle.workspace.settings.name,
        "cycle": request.cycle.year,
        "edition": plan.ingredients["edition"],
        "as_of": request.as_of.isoformat(),
        "parameters": request.parameters,
        "versions": dict(package_versions()),
        "sha256": {**workbook_hashes(), "notebooks": notebooks},
    }


def write_run_file(folder: Path, facts: Mapping[str, Any]) -> None:
    """Write `run.json` into an edition's folder of pages."""
    text = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / RUN_FILE).write_text(text + "\n", encoding="utf-8", newline="\n")
