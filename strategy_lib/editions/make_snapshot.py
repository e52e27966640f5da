"""Making the snapshot of one edition, in a process that may hold what it withholds.

Run by a notebook's load cell in JupyterLab as `python -m strategy_lib.editions.make_snapshot
WORKSPACE YEAR EDITION DAY`, where DAY may be empty; it does nothing where the snapshot is up to
date.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from strategy_lib.core.atomic import held
from strategy_lib.core.errors import InputError, StrategyError
from strategy_lib.core.hashing import hash_of
from strategy_lib.core.workspace import Cycle, open_workspace
from strategy_lib.editions.snapshot import (
    REFUSED,
    KeptSnapshot,
    day_of,
    ingredients,
    reading_fingerprint,
    write_snapshot,
)

if TYPE_CHECKING:
    from strategy_lib.inputs.cache import KeptReadings
    from strategy_lib.schema.frames import Tables

_SHOWN_PROBLEMS = 20


def kept_readings(cycle: Cycle, made_with: str = "", *, is_fresh: bool = False) -> KeptReadings:
    """What was read of a cycle's files and has not changed since.

    Parameters
    ----------
    made_with : str
        The `reading_fingerprint`, where it has been taken already.
    is_fresh : bool
        Whether every file is read again all the same.
    """
    from strategy_lib.inputs.cache import KeptReadings

    return KeptReadings(cycle.readings(), made_with or reading_fingerprint(cycle), is_fresh)


def read_checked(cycle: Cycle, as_of: date, kept: KeptReadings | None = None) -> Tables:
    """Read a cycle's inputs.

    Parameters
    ----------
    kept : KeptReadings, optional
        Readings of files that have not changed since.

    Raises
    ------
    InputError
        If anything must be mended; it carries every problem.
    """
    from strategy_lib.inputs.read import read_inputs

    tables = read_inputs(cycle, as_of, kept=kept)
    if tables.errors:
        count = len(tables.errors)
        lines = "1 line" if count == 1 else f"{count} lines"
        raise InputError(
            f"The inputs of {cycle.year} have {lines} to mend; nothing was made. "
            f"List them with: workbook check {cycle.workspace.root}",
            tables.errors,
        )
    return tables


def make_snapshot(cycle: Cycle, edition_name: str, as_of: date) -> Path:
    """Read, check and restrict the inputs for one edition, and write its snapshot.

    Raises
    ------
    InputError
        If anything in the inputs must be mended.
    """
    from strategy_lib.editions.restrict import restrict

    edition = cycle.workspace.edition(edition_name)
    refusal = cycle.workspace.settings.refusal(edition)
    if refusal:
        raise InputError(refusal)
    made_from = hash_of(ingredients(cycle, edition, as_of))
    restricted = restrict(read_checked(cycle, as_of, kept_readings(cycle)), edition)
    return write_snapshot(cycle, edition, restricted, as_of, made_from)


def _main(root: str, year: str, edition_name: str, day: str) -> None:
    cycle = open_workspace(root).cycle(int(year))
    as_of = day_of(cycle.workspace.settings, date.fromisoformat(day) if day else None)
    edition = cycle.workspace.edition(edition_name)
    with held(cycle.records() / "snapshots" / ".lock", wait=True):
        made_from = hash_of(ingredients(cycle, edition, as_of))
        if not KeptSnapshot.of(cycle, edition.name).is_current(made_from):
            make_snapshot(cycle, edition_name, as_of)


def _problem_lines(error: StrategyError, root: str, edition_name: str) -> list[str]:
    problems = sorted(getattr(error, "problems", ()))
    if not problems:
        return []
    # A problem quotes the cell that it stands in: only the edition that hides nothing shows it.
    edition = open_workspace(root).edition(edition_name)
    if not edition.may_see("restricted") or edition.withhold_not_for_mainland:
        return []
    return [f"  {problem}" for problem in problems[:_SHOWN_PROBLEMS]]


if __name__ == "__main__":
    try:
        _main(*sys.argv[1:])
    except StrategyError as refusal:
        print(
            refusal, *_problem_lines(refusal, sys.argv[1], sys.argv[3]), sep="\n", file=sys.stderr
        )
        sys.exit(REFUSED)
