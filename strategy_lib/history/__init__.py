"""Institutional memory: every decision of every cycle, why it was taken, and what became of it.

For the coordinator: nothing is withheld here. Cycles are read as they are and never written to.
"""

from __future__ import annotations

from datetime import date

from strategy_lib.core.errors import StrategyError
from strategy_lib.core.messages import say
from strategy_lib.core.workspace import Workspace
from strategy_lib.editions.make_snapshot import read_usable
from strategy_lib.editions.snapshot import day_of, same_day
from strategy_lib.history.cases import (
    case_entries,
    loose_faults,
    records_and_faults,
    reviewed,
    with_records,
)
from strategy_lib.history.decided import area_entries
from strategy_lib.history.entries import EDITION, SHOWN_PROBLEMS, Entry, Frames, History, Outcome
from strategy_lib.history.finding import Finder
from strategy_lib.history.words import facts_of
from strategy_lib.plotting.theme import clean
from strategy_lib.protocol.reading import Protocol, read_protocol

__all__ = ["EDITION", "Entry", "History", "Outcome", "facts_of", "gather_history"]


def gather_history(
    workspace: Workspace,
    counterpart: str | None = None,
    theme: str | None = None,
    country: str | None = None,
    *,
    as_of: date | None = None,
) -> History:
    """Every decision across the cycles of a workspace, and what became of it.

    Parameters
    ----------
    counterpart : str, optional
        Name, alias or Chinese name of an organisation, or a part of one.
    theme : str, optional
        Code or label of a theme in any language, or number or title of a chapter.
    country : str, optional
        Code or name of a country in any language.
    as_of : date, optional
        Day from which ages are counted; else the settings', else today.

    Returns
    -------
    History
        A cycle that cannot be read is one of its `problems`; the others are still there.

    Raises
    ------
    InputError
        If the workspace's settings cannot be read.
    """
    day = day_of(workspace.settings, as_of)
    cycles, problems = _read_cycles(workspace, day)
    protocol, holes = _protocol(workspace)
    records, faults = records_and_faults(workspace, cycles, day, bool(problems))
    entries = [*area_entries(cycles, day), *case_entries(cycles, protocol, day)]
    entries = with_records(entries, records, faults, protocol)
    places = workspace.settings.place_names
    finder = Finder(cycles, places, entries)
    entries = [finder.about(entry) for entry in reviewed(entries, day)]
    entries.sort(key=lambda e: (e.day or date.min, e.code, e.source))
    asked = tuple(
        (what, said.strip())
        for what, said in (("counterpart", counterpart), ("theme", theme), ("country", country))
        if said and said.strip()
    )
    return History(
        entries=tuple(e for e in entries if all(finder.fits(e, *one) for one in asked)),
        every=tuple(entries),
        organisation=workspace.settings.name,
        as_of=day,
        years=tuple(cycles),
        problems=(*problems, *holes, *loose_faults(faults, entries)),
        asked=asked,
    )


def _read_cycles(workspace: Workspace, day: date) -> tuple[dict[int, Frames], list[str]]:
    cycles: dict[int, Frames] = {}
    problems = []
    newest = max(workspace.years, default=0)
    for year in workspace.years:
        when = day if year == newest else same_day(day, year)
        try:
            tables = read_usable(workspace.cycle(year), when)
        except (StrategyError, OSError) as error:
            problems.append(say("history-unread", year=str(year), why=_why(error)))
            continue
        cycles[year] = tables.frames
        if count := tables.set_aside.rows:
            problems.append(say("history-left-out", rows=count, year=str(year)))
    return cycles, problems


def _why(error: StrategyError | OSError) -> str:
    found = sorted(map(str, getattr(error, "problems", ())))
    more = [f"and {len(found) - SHOWN_PROBLEMS} more"] if len(found) > SHOWN_PROBLEMS else []
    return clean(" | ".join([str(error), *found[:SHOWN_PROBLEMS], *more]))


def _protocol(workspace: Workspace) -> tuple[Protocol, list[str]]:
    try:
        return read_protocol(workspace.root / "protocol"), []
    except StrategyError as error:
        return read_protocol(), [say("history-protocol", why=clean(error))]
