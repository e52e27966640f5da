"""`run.json`: what an edition was made from, told so that the edition's own readers may have it.

It holds nothing that depends on what the edition withholds: no hash of a file that offices sent, no
name of one, no path, no user, no time. Two workspaces that differ only in withheld rows get the
same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from strategy_lib import __version__
from strategy_lib.core.hashing import hash_tree, package_versions, workbook_hashes
from strategy_lib.running.planning import Plan, Request

RUN_FILE = "run.json"


def run_facts(request: Request, plan: Plan, snapshot: Path, results: Path) -> dict[str, Any]:
    """What one edition was made from.

    Parameters
    ----------
    snapshot : Path
        Folder of the edition's restricted tables.
    results : Path
        Folder of its chapters' results.
    """
    notebooks = plan.ingredients["notebooks"]
    return {
        "workbook": __version__,
        "organisation": request.cycle.workspace.settings.name,
        "cycle": request.cycle.year,
        "edition": plan.ingredients["edition"],
        "as_of": request.as_of.isoformat(),
        "parameters": request.parameters,
        "versions": dict(package_versions()),
        "sha256": {
            **workbook_hashes(),
            "notebooks": {c.notebook: notebooks[c.name] for c in plan.chapters},
            "tables": hash_tree(snapshot, ".csv"),
            "results": hash_tree(results, ".csv"),
        },
    }


def write_run_file(folder: Path, facts: Mapping[str, Any]) -> None:
    """Write `run.json` into an edition's folder of pages."""
    text = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / RUN_FILE).write_text(text + "\n", encoding="utf-8", newline="\n")
