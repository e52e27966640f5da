"""Wordings that pictures and first screens need short."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from strategy_lib.inputs.checks.locations import row_dicts, tell
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.schema import Field, TableSchema, schemas

SHORT, FULL = "short_name", "name"
# Number of the chapter whose options answer the question; the registry lies above this room.
PRESENCE = "02"


def check_wordings(frames: Mapping[str, pd.DataFrame], problem_log: ProblemLog) -> None:
    """Point out texts longer than their fields advise, and short names that are missing."""
    for table in schemas().values():
        advised = [field for field in table.fields if field.most_letters or field.most_words]
        for row in row_dicts(frames[table.name]) if advised else ():
            for field, fault in _faults(table, advised, row):
                tell(problem_log, table.name, row, field, fault)
    _check_answers(frames, problem_log)


def _check_answers(frames: Mapping[str, pd.DataFrame], problem_log: ProblemLog) -> None:
    """Point out a question to be decided of which no option says which answer it means."""
    options = frames["presence_options"]
    if options.empty or options["answer"].notna().any():
        return
    title = schemas()["presence_options"]["answer"].title()
    for row in row_dicts(frames["brief"]):
        if row["purpose"] == "decide" and row["chapter"] == PRESENCE:
            message = f'no option says which answer it means: fill in "{title}" where one does'
            fault = Fault("no_answer_marked", message, severity="warning")
            tell(problem_log, "brief", row, "question", fault)


def _faults(
    table: TableSchema, advised: list[Field], row: Mapping[Hashable, Any]
) -> Iterator[tuple[str, Fault]]:
    for field in advised:
        text = row.get(field.name)
        if isinstance(text, str) and text:
            letters, words = len(text), len(text.split())
            if field.most_letters and letters > field.most_letters:
                yield field.name, _too_long(f"{letters} letters", f"{field.most_letters}")
            if field.most_words and words > field.most_words:
                yield field.name, _too_long(f"{words} words", f"{field.most_words}")
        elif field.name == SHORT:
            full = row.get(FULL)
            if isinstance(full, str) and len(full) > field.most_letters:
                message = (
                    f"give a short name of {field.most_letters} letters at most: "
                    f'"{table[FULL].title()}" has {len(full)}'
                )
                yield field.name, Fault("no_short_name", message, severity="warning")


def _too_long(length: str, most: str) -> Fault:
    message = f"it has {length}; {most} can be read at a glance"
    return Fault("too_long_to_read", message, severity="warning")
