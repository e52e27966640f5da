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
from strategy_lib.core.audiences import Edition
from strategy_lib.core.errors import InputError, StrategyError
from strategy_lib.core.hashing import hash_of
from strategy_lib.core.settings import SETTINGS_FILE
from strategy_lib.core.workspace import Cycle, open_workspace
from strategy_lib.editions.snapshot import (
    REFUSED,
    KeptSnapshot,
    day_of,
    ingredients,
    reading_fingerprint,
    write_snapshot,
)
from strategy_lib.editions.to_mend import set_aside_line, write_list

if TYPE_CHECKING:
    from strategy_lib.core.problems import Problem
    from strategy_lib.inputs.reading_cache import ReadingCache
    from strategy_lib.schema.frames import Tables

_SHOWN_PROBLEMS = 20


def reading_cache(cycle: Cycle, made_with: str = "", *, is_fresh: bool = False) -> ReadingCache:
    """What was read of a cycle's files and has not changed since.

    Parameters
    ----------
    made_with : str
        The `reading_fingerprint`, where it has been taken already.
    is_fresh : bool
        Whether every file is read again all the same.
    """
    from strategy_lib.inputs.reading_cache import ReadingCache

    return ReadingCache(cycle.readings(), made_with or reading_fingerprint(cycle), is_fresh)


def read_checked(cycle: Cycle, as_of: date, kept: ReadingCache | None = None) -> Tables:
    """Read a cycle's inputs.

    Parameters
    ----------
    kept : ReadingCache, optional
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


def read_usable(
    cycle: Cycle, as_of: date, kept: ReadingCache | None = None, *, strict: bool = False
) -> Tables:
    """Read a cycle's inputs without what cannot be used until it is mended.

    Parameters
    ----------
    kept : ReadingCache, optional
        Readings of files that have not changed since.
    strict : bool
        Whether to refuse as soon as anything must be mended.

    Raises
    ------
    InputError
        If the settings' column maps, the list of offices or the protocol have errors: nothing can
        be made without them. It carries their problems.
    """
    if strict:
        return read_checked(cycle, as_of, kept)
    from strategy_lib.inputs.read import read_inputs
    from strategy_lib.inputs.set_aside import usable

    tables = usable(read_inputs(cycle, as_of, kept=kept), cycle, as_of)
    broken = tables.broken
    found = [p for p in tables.errors if p.file in ("", SETTINGS_FILE)]
    found += [p for name, p in broken.items() if name == "units" and p not in found]
    found += protocol_problems(cycle)
    if found:
        raise InputError(
            f"Nothing was made for {cycle.year}: settings, the list of offices and the protocol "
            f"must be mended first. List all with: workbook check {cycle.workspace.root}",
            found,
        )
    return tables


def protocol_problems(cycle: Cycle) -> list[Problem]:
    """Holes in the protocol for speaking out, as errors of its files."""
    from strategy_lib.protocol.reading import check_protocol
    from strategy_lib.schema.cell_faults import Fault

    problems = []
    for hole in check_protocol(cycle.workspace.root / "protocol"):
        fault = Fault("protocol_hole", hole.message, hole.found, hole.allowed)
        problems.append(fault.at(f"protocol/{hole.file}", hole.item, 0, hole.column))
    return problems


def make_snapshot(cycle: Cycle, edition_name: str, as_of: date) -> Path:
    """Read, check and restrict the inputs for one edition, and write its snapshot.

    Raises
    ------
    InputError
        If what nothing can be made without must be mended.
    """
    from strategy_lib.editions.case_totals import case_totals
    from strategy_lib.editions.restrict import restrict

    edition = cycle.workspace.edition(edition_name)
    refusal = cycle.workspace.settings.refusal(edition)
    if refusal:
        raise InputError(refusal)
    made_from = hash_of(ingredients(cycle, edition, as_of))
    tables = read_usable(cycle, as_of, reading_cache(cycle))
    write_list(cycle, tables)
    restricted = restrict(tables, edition)
    totals = case_totals(tables, edition, cycle, as_of)
    return write_snapshot(cycle, edition, restricted, as_of, made_from, totals)


def main(root: str, year: str, edition_name: str, day: str) -> int:
    """Make a snapshot where it is not up to date; what is wrong is printed, never raised.

    Returns
    -------
    int
        0, or `REFUSED`.
    """
    try:
        print(_made(root, year, edition_name, day))
    except StrategyError as refusal:
        lines = _problem_lines(refusal, root, edition_name)
        print(refusal, *lines, sep="\n", file=sys.stderr)
        return REFUSED
    return 0


def _made(root: str, year: str, edition_name: str, day: str) -> str:
    """Make it where that is needed; what is set aside, in a line."""
    cycle = open_workspace(root).cycle(int(year))
    as_of = day_of(cycle.workspace.settings, date.fromisoformat(day) if day else None)
    edition = cycle.workspace.edition(edition_name)
    with held(cycle.records() / "snapshots" / ".lock", wait=True):
        made_from = hash_of(ingredients(cycle, edition, as_of))
        if not KeptSnapshot.of(cycle, edition.name).is_current(made_from):
            make_snapshot(cycle, edition_name, as_of)
    return _set_aside(cycle, edition)


def _set_aside(cycle: Cycle, edition: Edition) -> str:
    """What is set aside, in one line; without a number where the edition may not say how many."""
    line = set_aside_line(cycle)
    if not line or edition.show_withheld_count or edition.sees_everything:
        return line
    return f"Something is set aside until mended; see: workbook check {cycle.workspace.root}"


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
    sys.exit(main(*sys.argv[1:]))
