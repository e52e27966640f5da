"""Codes that rows name: spelled as in the list that they come from, and listed there."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from strategy_lib.core.problems import Problem
from strategy_lib.inputs.checks.locations import blame, place_in, row_dicts, tell
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.schema import Field, schemas
from strategy_lib.schema.suggest import nearest_of
from strategy_lib.schema.text import loose_key, shortened

Frames = dict[str, pd.DataFrame]
_MOST_HINTS = 2_000


def spell_codes(frames: Frames) -> Frames:
    """Codes as their own list spells them, where only upper and lower case differ."""
    spelled = dict(frames)
    for name, item, (target, key) in links():
        if item.type == "list" or frames[name].empty:
            continue
        listed = frames[target][key].dropna()
        spelling = {str(code).casefold(): code for code in reversed(listed.tolist())}
        column = frames[name][item.name]
        names = {u: spelling.get(str(u).casefold(), u) for u in column.dropna().unique()}
        if any(old != new for old, new in names.items()):
            spelled[name] = spelled[name].assign(**{item.name: column.map(names).astype("str")})
    return spelled


def links() -> Iterator[tuple[str, Field, tuple[str, str]]]:
    """Fields that hold a code of another table (or of their own), and where it is listed."""
    for schema in schemas().values():
        for item in schema.fields:
            if item.refers_to is not None and not item.is_weak:
                yield schema.name, item, item.refers_to


def check_references(frames: Frames, problem_log: ProblemLog) -> None:
    """Say which rows name an office that is not listed; one line where no office is listed."""
    units = frames["units"]
    if units["unit_id"].isna().all():
        if any(not frame.empty for frame in frames.values()):
            where = "fill in forms/offices.xlsx and save it in inputs/prepare"
            problem_log.add_fault(Fault("no_units", f"no office is listed; {where}"), "", "", 0, "")
        return
    known = set(units["unit_id"].dropna())
    names = {loose_key(str(u)): str(u) for u in sorted(known)}
    pairs = units[["name", "unit_id"]].dropna()
    for name, unit in zip(pairs["name"], pairs["unit_id"], strict=True):
        names.setdefault(loose_key(str(name)), str(unit))
    hints: dict[str, str] = {}
    for table, item, target in links():
        if target == ("units", "unit_id"):
            for row, unit in _unlisted_codes(frames[table], item, known):
                fault = _unknown_unit(unit, names, hints)
                tell(problem_log, table, row, item.name, fault)


def check_links(frames: Frames, problem_log: ProblemLog) -> None:
    """Say which rows name an option, a criterion, an assessor ... that its table does not list."""
    for table, item, (target, key) in links():
        if target == "units" or frames[table].empty:
            continue
        known = {str(code) for code in frames[target][key].dropna()}
        names = {loose_key(code): code for code in sorted(known)}
        title = schemas()[target].title()
        first: dict[tuple[str, str], Problem] = {}
        for row, code in _unlisted_codes(frames[table], item, known):
            sheet = place_in(row)[:2]
            if not known and sheet in first:
                # One line is enough where the whole other table is missing.
                blame(problem_log, row, first[sheet])
                continue
            found = shortened(code)
            message = f'found "{found}"; the table "{title}" ({target}) has no such code'
            near = nearest_of(found, names)
            allowed = shortened(", ".join(sorted(known))) or f'nothing: "{title}" is empty'
            fault = Fault("unknown_reference", message, found, allowed, near)
            first.setdefault(sheet, tell(problem_log, table, row, item.name, fault))


def _unlisted_codes(
    frame: pd.DataFrame, item: Field, known: set[str]
) -> Iterator[tuple[dict[Hashable, Any], str]]:
    if item.type != "list":
        for row in _unlisted(frame, item.name, known):
            yield row, str(row[item.name])
        return
    for row in row_dicts(frame[frame[item.name].map(lambda codes: not known.issuperset(codes))]):
        for code in row[item.name]:
            if code not in known:
                yield row, str(code)


def _unlisted(frame: pd.DataFrame, column: str, known: set[str]) -> list[dict[Hashable, Any]]:
    if frame.empty:
        return []
    return row_dicts(frame[frame[column].notna() & ~frame[column].isin(list(known))])


def _unknown_unit(unit: str, names: Mapping[str, str], hints: dict[str, str]) -> Fault:
    if unit not in hints and len(hints) < _MOST_HINTS:
        hints[unit] = nearest_of(unit, names)
    message = f'found "{shortened(unit)}"; no office with this code is in the list of offices'
    allowed = "a code of the list of offices"
    return Fault("unknown_reference", message, shortened(unit), allowed, hints.get(unit, ""))


def check_parents(frames: Frames, problem_log: ProblemLog) -> None:
    """Say which offices report to themselves, directly or through others."""
    rows = row_dicts(frames["units"])
    above = {row["unit_id"]: row["parent_unit_id"] for row in rows if row["unit_id"]}
    for row in rows:
        chain = _chain(row["unit_id"], above)
        if chain:
            message = f"this office reports to itself: {' -> '.join(chain)}"
            fault = Fault("circular_parent", message, shortened(str(row["parent_unit_id"])))
            tell(problem_log, "units", row, "parent_unit_id", fault)


def _chain(unit: str | None, above: Mapping[str, str | None]) -> list[str]:
    """Offices from one to itself through those that it reports to; empty where there is no way."""
    seen = [unit] if unit else []
    while seen and (parent := above.get(str(seen[-1]))) is not None:
        if parent == unit:
            return [*map(str, seen), parent]
        if parent in seen:
            return []
        seen.append(parent)
    return []
