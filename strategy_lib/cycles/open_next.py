"""Opening next year's cycle from this one: what persists is carried, the rest asked afresh."""

from __future__ import annotations

import re
import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from strategy_lib.core.atomic import sync_tree, write_whole
from strategy_lib.core.errors import WorkspaceError
from strategy_lib.core.settings import SETTINGS_FILE
from strategy_lib.core.workspace import Cycle, Workspace
from strategy_lib.cycles.carry_over import (
    Row,
    asked_again,
    blanked_tables,
    carried_rows,
    office_rows,
)
from strategy_lib.cycles.create import (
    OFFICE_FORM,
    about_form,
    areas,
    blank_forms,
    survey_tables,
    write_blank_form,
)
from strategy_lib.cycles.forms_to_send import write_forms_to_send
from strategy_lib.editions.make_snapshot import read_checked
from strategy_lib.editions.snapshot import day_of, same_day
from strategy_lib.forms.prefill import form_rows, matrix_of
from strategy_lib.forms.workbook import write_form
from strategy_lib.forms.xlsform import write_xlsform
from strategy_lib.inputs.layout.carried_over import carried_name, is_carried
from strategy_lib.inputs.layout.migrations import note_versions
from strategy_lib.schema.frames import Tables
from strategy_lib.schema.schema import schemas

_CYCLE_LINE = re.compile(r"(?m)^([ \t]*cycle[ \t]*=[ \t]*)(\d{4})(?=[ \t]*(?:#|$))")


@dataclass(frozen=True)
class NextCycle:
    """A cycle that was opened from the one before.

    Attributes
    ----------
    cycle, before : Cycle
    carried : mapping of str to int
        Table -> rows carried over, unconfirmed.
    asked_afresh : tuple of str
        Tables that held answers or judgements and begin empty.
    forms : tuple of Path
        Forms of the new cycle, those for offices and assessors included.
    settings_note : str
        What was changed in `workbook.toml`, or what to change there.
    """

    cycle: Cycle
    before: Cycle
    carried: Mapping[str, int]
    asked_afresh: tuple[str, ...]
    forms: tuple[Path, ...]
    settings_note: str

    @property
    def lines(self) -> tuple[str, ...]:
        """What was done, for the terminal."""
        titles = {name: schemas()[name].title() for name in (*self.carried, *self.asked_afresh)}
        carried = ", ".join(f"{titles[name]} ({n})" for name, n in self.carried.items())
        afresh = ", ".join(titles[name] for name in self.asked_afresh)
        return (
            f"Opened {self.cycle.root} from {self.before.year}; {self.before.year} is untouched.",
            f"Carried over, unconfirmed: {carried or 'nothing'}.",
            f"To be answered and judged afresh: {afresh or 'nothing'}.",
            f"Wrote {len(self.forms)} forms into {self.cycle.root / 'forms'}. A form that comes "
            "back confirms its rows; what no longer holds is deleted from the carried file in "
            f"{self.cycle.inputs}.",
            self.settings_note,
        )


def open_next(workspace: Workspace, year: int | None = None) -> NextCycle:
    """Open the cycle after one of a workspace; nothing of the old one is touched.

    The new cycle is made beside the others and takes its place as a whole, or not at all.

    Parameters
    ----------
    year : int, optional
        The cycle to begin from; else the newest.

    Raises
    ------
    WorkspaceError
        If the next year's folder is there already, the workspace has no such cycle, or the newest
        one was opened in this way and nothing was entered in it since (unless it is named).
    InputError
        If the inputs of the old cycle have lines to mend.
    """
    before = workspace.cycle(year or (workspace.years[-1] if workspace.years else None))
    new = before.year + 1
    target = workspace.root / str(new)
    if target.exists():
        raise WorkspaceError(f"{target} is there already; nothing was changed.")
    if year is None:
        _refuse_untouched(before)
    day = same_day(day_of(workspace.settings), before.year)
    tables = read_checked(before, day)
    work = Path(tempfile.mkdtemp(prefix=f".opening-{new}-", dir=workspace.root))
    try:
        # The settings say how forms are written; they are read where the cycle is made.
        shutil.copy(workspace.root / SETTINGS_FILE, work / SETTINGS_FILE)
        made = Cycle(Workspace(work), new)
        carried, forms = _fill(made, before, tables, pd.Timestamp(day))
        sync_tree(work)
        _take_place(work / str(new), target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return NextCycle(
        cycle=Cycle(workspace, new),
        before=before,
        carried={name: len(rows) for name, rows in carried.items()},
        asked_afresh=blanked_tables(tables.frames),
        forms=tuple(target / path.relative_to(made.root) for path in forms),
        settings_note=_point_settings(workspace.root / SETTINGS_FILE, before.year, new),
    )


def _refuse_untouched(before: Cycle) -> None:
    """A second `next` by mistake would ask nobody what they told the year before."""
    entered = [path for path in before.inputs.rglob("*") if _is_entered(path)]
    carried = [path for path in entered if is_carried(path.name)]
    if carried and len(carried) == len(entered):
        raise WorkspaceError(
            f"{before.year} holds nothing yet but what was carried over into it: {before.year + 1} "
            f"would begin without what offices told last. Nothing was changed. To open it all the "
            f"same: workbook next {before.workspace.root} --cycle {before.year}"
        )


def _is_entered(path: Path) -> bool:
    """Whether it is a file of somebody's, and none that a program left."""
    return path.is_file() and not path.name.startswith((".", "~$"))


def _take_place(made: Path, target: Path) -> None:
    try:
        made.rename(target)
    except OSError:
        raise WorkspaceError(f"{target} could not be made; nothing was changed.") from None


def _fill(
    cycle: Cycle, before: Cycle, tables: Tables, day: pd.Timestamp
) -> tuple[dict[str, list[Row]], list[Path]]:
    """Make everything of a new cycle; the rows carried by table, and its forms."""
    for area in areas(cycle.workspace.settings.optional):
        (cycle.inputs / area).mkdir(parents=True)
    note_versions(cycle.root)
    carried = carried_rows(tables.frames)
    _write_carried(cycle, before.year, carried)
    forms = _blank_forms(cycle, carried | asked_again(tables.frames))
    if "units" in carried:
        frames = tables.frames
        sent = write_forms_to_send(
            cycle, told=lambda unit, language: office_rows(frames, unit, before.year, day, language)
        )
        forms += [*sent.offices, *sent.assessors]
    return carried, forms


def _write_carried(cycle: Cycle, year: int, carried: Mapping[str, list[Row]]) -> None:
    for area in sorted({schemas()[name].area for name in carried}):
        tables = [schemas()[name] for name in carried if schemas()[name].area == area]
        path = cycle.inputs / area / carried_name(year, area)
        write_form(path, tables, *about_form(cycle), rows=carried)


def _blank_forms(cycle: Cycle, known: Mapping[str, list[Row]]) -> list[Path]:
    """A form of each kind: what is known stands in it, else the starting lists of the field."""
    folder = cycle.root / "forms"
    folder.mkdir(parents=True)
    forms, about, matrix = [], about_form(cycle), matrix_of()
    for form in blank_forms(cycle.workspace.settings.optional):
        path = folder / f"{form.name}.xlsx"
        if form.name == OFFICE_FORM:
            forms.append(write_blank_form(path, form, *about))
            continue
        tables, rows = [schemas()[name] for name in form.tables], {}
        # Nobody else's form than the coordinator's holds everybody's rows.
        if not form.is_sent_out:
            rows = {name: known[name] for name in form.tables if name in known}
        forms.append(write_form(path, tables, *about, rows=form_rows(tables) | rows, matrix=matrix))
    return [*forms, write_xlsform(folder / "mapping-xlsform.xlsx", survey_tables())]


def _point_settings(path: Path, old: int, new: int) -> str:
    """Let `workbook.toml` name the new cycle, if one plain line of it names the old one.

    Nothing else of the file is changed; where it is not as plain as that, the note says what to do.
    """
    by_hand = f"To work on {new}, write under [run] in {path.name}: cycle = {new}"
    text = path.read_bytes().decode("utf-8")
    settings = tomllib.loads(text).get("run", {})
    pinned = settings.get("as_of")
    tail = (
        f" as_of = {pinned} stands there too; take it out, or ages are counted from then."
        if (pinned and pinned.year < new)
        else ""
    )
    if "cycle" not in settings:
        return f"{path.name} names no cycle; the newest one, {new}, is used.{tail}"
    found = [match for match in _CYCLE_LINE.finditer(text) if int(match[2]) == old]
    if settings["cycle"] != old or len(found) != 1:
        return f"{path.name} was left as it is. {by_hand}.{tail}"
    changed = text[: found[0].start(2)] + str(new) + text[found[0].end(2) :]
    wanted = tomllib.loads(text)
    wanted["run"]["cycle"] = new
    if tomllib.loads(changed) != wanted:
        return f"{path.name} was left as it is. {by_hand}.{tail}"
    write_whole(path, changed.encode("utf-8"))
    return f"{path.name}: changed cycle = {old} to cycle = {new}, and nothing else.{tail}"
