"""Lists that nobody saved: answers are compared with the lists that their forms were made from."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from strategy_lib.inputs.checks.assessors import judgement_field
from strategy_lib.inputs.checks.references import Frames, links
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.frames import typed_frame
from strategy_lib.schema.reference import starting_list
from strategy_lib.schema.schema import TableSchema, schemas
from strategy_lib.schema.values import converter


def with_starting_lists(frames: Frames, problem_log: ProblemLog) -> Frames:
    """Frames in which a list that is empty, and that assessors were asked about, is what it was.

    A form that is written before the coordinator has saved a list holds the starting list; what
    comes back is about that one, which counts until a list is saved. One warning a form says so.
    """
    adopted = dict(_asked_of_unsaved(frames))
    for area in dict.fromkeys(schemas()[name].area for name in adopted):
        titles = [f'"{schemas()[n].title()}"' for n in adopted if schemas()[n].area == area]
        message = (
            f"nobody saved {', '.join(titles)}: answers count for the starting lists in their forms"
            f"; to keep or change those, save forms/{area}.xlsx in inputs/{area}"
        )
        problem_log.add_fault(Fault("starting_list", message, severity="warning"), "", "", 0, "")
    return {**frames, **adopted}


def _asked_of_unsaved(frames: Frames) -> Iterator[tuple[str, pd.DataFrame]]:
    """Starting lists of which an assessor's form was made, of tables without a row."""
    asked = {
        name: answered
        for name, frame in frames.items()
        if schemas()[name].filled_by == "assessor"
        and not (answered := _answered(schemas()[name], frame)).empty
    }
    while True:
        # The list of states names descriptors, which then are a starting list too.
        named = {
            target
            for name, item, (target, _) in links()
            if name in asked and asked[name][item.name].notna().any()
        } - set(asked)
        found = {
            name: _frame(table)
            for name, table in schemas().items()
            if name in named and frames[name].empty and table.prefilled_from
        }
        if not found:
            return
        yield from found.items()
        asked |= found


def _answered(table: TableSchema, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows that somebody has filled in: a form comes back with all that it asks."""
    judged = judgement_field(table)
    return frame if judged is None else frame[frame[judged].notna()]


def _frame(table: TableSchema) -> pd.DataFrame:
    convert = {field.name: converter(field) for field in table.fields}
    rows = [
        {name: convert[name](value).value for name, value in row.items()}
        for row in starting_list(table)
    ]
    return typed_frame(table, rows)


def without_unasked(frames: Frames) -> Frames:
    """Frames without what no list has any more and nobody judged: a form of an older list."""
    kept = dict(frames)
    for name, item, (target, key) in links():
        judged = judgement_field(schemas()[name])
        if judged is not None and item.name in schemas()[name].prefilled_by:
            frame = kept[name]
            known = list(frames[target][key].dropna())
            is_odd = frame[judged].isna() & frame[item.name].notna() & ~frame[item.name].isin(known)
            if is_odd.any():
                kept[name] = frame[~is_odd].reset_index(drop=True)
    return kept
