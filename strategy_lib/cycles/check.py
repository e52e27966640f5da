"""Everything that `workbook check` looks at: what was sent, the protocol, the decision records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from strategy_lib.core.problems import Problem, Severity
from strategy_lib.core.settings import SETTINGS_FILE
from strategy_lib.core.workspace import Cycle
from strategy_lib.cycles.asking.returned import tell_returned
from strategy_lib.editions.make_snapshot import protocol_problems, reading_cache
from strategy_lib.editions.snapshot import day_of
from strategy_lib.editions.text_problems import text_problems
from strategy_lib.history.case_records import record_problems
from strategy_lib.inputs.layout.carried_over import unconfirmed
from strategy_lib.inputs.read import read_inputs
from strategy_lib.inputs.set_aside import usable
from strategy_lib.schema.frames import Tables
from strategy_lib.schema.schema import table_schema


def check_cycle(cycle: Cycle, as_of: date | None = None) -> Tables:
    """Read and check a cycle's inputs, the protocol for speaking out, and the decision records.

    Parameters
    ----------
    as_of : date, optional
        Day against which dates are checked; else the settings' `as_of`, else today.

    Returns
    -------
    Tables
        With every problem, and what a run sets aside for them; every text that names what an
        edition withholds; a hole in the protocol is an error of its file, and so is a record that
        was changed or whose ground has changed.
    """
    day = day_of(cycle.workspace.settings, as_of)
    tables = read_inputs(cycle, day, kept=reading_cache(cycle))
    sorted_out = usable(tables, cycle, day)
    texts = text_problems(sorted_out, cycle.workspace.settings.editions.values())
    found = (
        *sorted_out.problems,
        *texts.warnings,
        *_carried(tables),
        *_wide(cycle),
        *_open_to_others(cycle),
        *protocol_problems(cycle),
        *record_problems(cycle, tables.frames, day),
    )
    return replace(
        tables,
        problems=tuple(sorted(found)),
        asides=tuple(sorted((*tables.asides, *texts.asides, *tell_returned(cycle, tables)))),
        set_aside=sorted_out.set_aside,
    )


def _wide(cycle: Cycle) -> Iterator[Problem]:
    """Editions that show more than the workbook's own of their name: that is never silent."""
    settings = cycle.workspace.settings
    for edition in settings.editions.values():
        message = settings.refusal(edition) or settings.widened(edition)
        if message:
            severity: Severity = "error" if settings.refusal(edition) else "warning"
            where = f"editions.{edition.name}"
            yield Problem(SETTINGS_FILE, where, 0, "", severity, "wide_edition", message)


def _open_to_others(cycle: Cycle) -> Iterator[Problem]:
    root = cycle.workspace.root
    for path in cycle.workspace.make_private():
        message = "others on this computer may read it: it is somebody else's, and cannot be closed"
        name = path.relative_to(root).as_posix()
        yield Problem(name, "", 0, "", "warning", "open_to_others", message)


def _carried(tables: Tables) -> Iterator[Problem]:
    for name, count in unconfirmed(tables.frames).items():
        rows = "1 row is" if count == 1 else f"{count} rows are"
        message = f"{rows} carried over from the year before and not confirmed yet"
        yield Problem("", table_schema(name).title(), 0, "", "warning", "unconfirmed", message)
