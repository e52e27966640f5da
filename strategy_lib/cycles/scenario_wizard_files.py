"""Cross-impacts of a cycle out to ScenarioWizard (`.scw`), and one assessor's back from it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from strategy_lib.core.atomic import write_whole
from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.core.errors import InputError, WorkspaceError
from strategy_lib.core.workspace import Cycle
from strategy_lib.cycles.create import about_form
from strategy_lib.editions.make_snapshot import read_checked
from strategy_lib.editions.restrict import restrict
from strategy_lib.editions.snapshot import day_of
from strategy_lib.forms.matrix.exchange import (
    ImportedMatrix,
    export_scw,
    import_scw,
    judgements_of,
    matrix_states,
)
from strategy_lib.forms.workbook import write_form
from strategy_lib.judgements.influences import InfluenceMatrix, influences_of
from strategy_lib.schema.frames import Tables
from strategy_lib.schema.schema import table_schema

AREA = "scenarios"


def export_matrix(cycle: Cycle, path: Path, assessor_id: str = "") -> Path:
    """Write the room's matrix, or one assessor's own, as a ScenarioWizard project.

    The room's value of a cell is the middle of what people said; where nobody judged, the starting
    matrix of the workbook.

    Parameters
    ----------
    path : Path
        The new file.
    assessor_id : str
        Whose judgements; empty for the room's.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    WorkspaceError
        If the file is there already, or cannot be written.
    InputError
        If the inputs have lines to mend, nobody with this code has judged, or the assessor has
        left cells open.
    """
    if path.exists():
        raise WorkspaceError(f"{path} is there already; it was left as it is.")
    tables = read_checked(cycle, day_of(cycle.workspace.settings))
    influences = influences_of(restrict(tables, DEFAULT_EDITIONS["core"]))
    if influences.matrix is None:
        raise InputError("There are not two descriptors with states yet; enter them first.")
    if assessor_id and assessor_id not in influences.assessors:
        listed = ", ".join(influences.assessors) or "nobody"
        raise InputError(f"{assessor_id!r} has judged no influence; these have: {listed}.")
    system = influences.system
    states = matrix_states(system.descriptors, system.states)
    said = (
        judgements_of(tables["cross_impacts"], assessor_id) if assessor_id else _of_room(influences)
    )
    try:
        return export_scw(path, states, said)
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be written ({error.strerror}).") from None


def _of_room(influences: InfluenceMatrix) -> dict[tuple[str, str], float]:
    assert influences.matrix is not None
    impacts, rows = influences.matrix.impacts, influences.rows
    return {(a, b): float(impacts[rows[a], rows[b]]) for a in rows for b in rows}


def import_matrix(cycle: Cycle, path: Path, assessor_id: str, round_number: int = 1) -> Path:
    """Put a ScenarioWizard project into a cycle's inputs, as one assessor's judgements.

    Parameters
    ----------
    path : Path
        The `.scw` file; it stays as it is.
    assessor_id : str
        Code of the assessor, as listed in the table of assessors.
    round_number : int
        1 or 2.

    Returns
    -------
    Path
        The new spreadsheet in `inputs/scenarios/`, to look at and to change like any other.

    Raises
    ------
    InputError
        If the file is no project, names states that the workspace does not have, or nobody has
        this code or has judged in this round already.
    WorkspaceError
        If the file was taken in before.
    """
    tables = read_checked(cycle, day_of(cycle.workspace.settings))
    _refuse(tables, assessor_id, round_number)
    descriptors, states = tables["descriptors"], tables["descriptor_states"]
    known = matrix_states(descriptors, states) if len(descriptors) and len(states) else []
    found = import_scw(path, assessor_id, known, round_number)
    target = cycle.inputs / AREA / f"ScenarioWizard {assessor_id} - {path.stem}.xlsx"
    if target.exists():
        raise WorkspaceError(f"{target} is there already; it was left as it is.")
    return _write(cycle, found, target)


def _refuse(tables: Tables, assessor_id: str, round_number: int) -> None:
    listed = sorted(tables["assessors"]["assessor_id"].dropna())
    if assessor_id not in listed:
        raise InputError(
            f"{assessor_id!r} is not among the assessors; they are: {', '.join(listed) or 'none'}."
        )
    rows = tables["cross_impacts"]
    mine = rows[(rows["assessor_id"] == assessor_id) & rows["impact"].notna()]
    mine = mine[mine["round"].fillna(1) == round_number]
    if len(mine):
        files = ", ".join(sorted(set(mine["source_file"].dropna())))
        raise InputError(
            f"{assessor_id} has {len(mine):,} judgements in round {round_number} already, in "
            f"{files}; take these out first, or give --round 2."
        )


def _write(cycle: Cycle, found: ImportedMatrix, target: Path) -> Path:
    rows = {
        "descriptors": list(found.descriptors),
        "descriptor_states": list(found.states),
        "cross_impacts": list(found.cross_impacts),
    }
    rows = {name: given for name, given in rows.items() if given}
    tables = [table_schema(name) for name in rows]
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / target.name
        write_form(made, tables, *about_form(cycle), rows=rows)
        write_whole(target, made.read_bytes())
    return target
