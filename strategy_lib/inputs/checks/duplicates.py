"""Rows that stand twice: sent twice, given twice, or told by several offices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from strategy_lib.core.problems import Problem
from strategy_lib.inputs.checks.locations import blame, place_in, place_of, row_dicts, tell
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.frames import typed_frame
from strategy_lib.schema.schema import TableSchema, code_list, schemas
from strategy_lib.schema.text import cell_text, shortened

# What makes an activity the same where the office gave it no code of its own.
NATURAL_KEY = ("unit_id", "title", "counterpart")
# Told by several offices: their rows on one organisation are brought together.
_SHARED = "counterparts"
_Row = dict[Any, Any]


@dataclass
class _Found:
    """What becomes of the rows of one table: dropped, changed, or left for a person to mend."""

    table: str
    problem_log: ProblemLog
    dropped: set[int] = field(default_factory=set)
    changed: dict[int, _Row] = field(default_factory=dict)
    same: Counter[tuple[str, str]] = field(default_factory=Counter)

    def knows_bad(self, *rows: _Row) -> bool:
        """Whether one of them cannot be used anyway: then there is nothing to choose."""
        return any(place_in(row) in self.problem_log.faulty for row in rows)

    def tell(self, row: _Row, column: str, fault: Fault) -> Problem:
        return tell(self.problem_log, self.table, row, column, fault)


def without_duplicates(
    frames: Mapping[str, pd.DataFrame], problem_log: ProblemLog
) -> dict[str, pd.DataFrame]:
    """Frames in which each row stands once; what cannot be decided is told.

    Rows that are the same in two files are kept once, with one line for the two files. What several
    offices say of one counterpart is brought together, under the narrowest of their labels. Rows
    with the same key and other values are errors, and none of them can be used: which one is meant
    only a person can tell.
    """
    kept = {}
    same: Counter[tuple[str, str]] = Counter()
    for name, schema in schemas().items():
        found = _Found(name, problem_log)
        kept[name] = _resolved(frames[name], schema, found)
        same += found.same
    for (file, first), count in sorted(same.items()):
        rows = "1 row is" if count == 1 else f"{count:,} rows are"
        message = f"{rows} the same as in {first} and counted once; was a return sent twice?"
        fault = Fault("duplicate_file", message, first, severity="warning")
        problem_log.add_fault(fault, file, "", 0, "")
    return kept


def _resolved(frame: pd.DataFrame, schema: TableSchema, found: _Found) -> pd.DataFrame:
    if len(frame) < 2:
        return frame
    keys = row_keys(frame, schema)
    repeated = keys[keys.notna() & keys.duplicated(keep=False)]
    if repeated.empty:
        return frame
    positions = list(repeated.index)
    rows = dict(zip(positions, row_dicts(frame.loc[positions]), strict=True))
    groups: dict[str, list[int]] = {}
    for position, key in repeated.items():
        groups.setdefault(key, []).append(int(str(position)))
    for group in groups.values():
        _resolve_group(group, rows, schema, found)
    return _replaced(frame, schema, found)


def _replaced(frame: pd.DataFrame, schema: TableSchema, found: _Found) -> pd.DataFrame:
    kept = frame.drop(index=list(found.dropped))
    if found.changed:
        mended = typed_frame(schema, found.changed.values())
        mended.index = pd.Index(list(found.changed))
        kept = pd.concat([kept.drop(index=mended.index), mended]).sort_index()
    return kept.reset_index(drop=True)


def row_keys(frame: pd.DataFrame, schema: TableSchema) -> pd.Series[Any]:
    """What a row is known by, as one text; missing where a needed part is missing."""
    keys = _joined(frame, schema.primary_key)
    if schema.name == "activities":
        natural = _joined(frame, NATURAL_KEY, optional=("counterpart",))
        keys = keys.where(frame["activity_id"].notna(), natural)
    return keys


def _joined(
    frame: pd.DataFrame, columns: Iterable[str], optional: Sequence[str] = ()
) -> pd.Series[Any]:
    joined = pd.Series("", index=frame.index, dtype="str")
    for column in columns:
        text = frame[column].astype("str")
        if column == "unit_id":
            text = text.str.casefold()
        joined = joined + (text.fillna("") if column in optional else text) + "\x1f"
    return joined


def _resolve_group(
    group: Sequence[int], rows: Mapping[int, _Row], schema: TableSchema, found: _Found
) -> None:
    """Compare each row of one key with the first; the first stays."""
    first = group[0]
    clashing: dict[int, Problem] = {}
    for later in group[1:]:
        row, start = rows[later], found.changed.get(first, rows[first])
        is_other_file = row["source_file"] != start["source_file"]
        differing = _differing(start, row, schema)
        if not differing:
            _resolve_same(row, start, later, is_other_file, found)
        elif schema.name == _SHARED and is_other_file:
            found.changed[first] = _together(start, row, differing, found)
            found.dropped.add(later)
        elif found.knows_bad(row, start):
            continue
        elif _is_same_thing(row, start, schema, is_other_file):
            fault = _clash(row, start, schema, differing)
            told = found.tell(row, schema.primary_key[-1], fault)
            clashing |= dict.fromkeys((first, later), told)
    for other in group:
        # One that says the same as a row that clashes would count in its place.
        alike = (p for p in clashing if not _differing(rows[p], rows[other], schema))
        for position in alike:
            blame(found.problem_log, rows[other], clashing[position])


def _resolve_same(row: _Row, first: _Row, later: int, is_other_file: bool, found: _Found) -> None:
    if is_other_file:
        found.same[row["source_file"], first["source_file"]] += 1
        found.dropped.add(later)
        return
    message = f"this row is the same as {place_of(first, own_file=row['source_file'])}"
    if found.table == "activities":
        message += "; both are counted: delete one if it is the same activity"
    else:
        found.dropped.add(later)
        message += " and was counted once"
    found.tell(row, "", Fault("repeated_row", message, severity="warning"))


def _is_same_thing(row: _Row, first: _Row, schema: TableSchema, is_other_file: bool) -> bool:
    """Whether two rows of one key must be one thing: activities without codes may be two."""
    if schema.name != "activities" or row["activity_id"]:
        return True
    return is_other_file and row["country_code"] == first["country_code"]


def _differing(first: _Row, later: _Row, schema: TableSchema) -> list[str]:
    return [name for name in schema.names if first[name] != later[name]]


def _clash(row: _Row, first: _Row, schema: TableSchema, differing: Sequence[str]) -> Fault:
    is_natural = schema.name == "activities" and not row["activity_id"]
    key = NATURAL_KEY if is_natural else schema.primary_key
    found = shortened(" / ".join(str(row[name]) for name in key if row[name]))
    titles = ", ".join(schema[name].title() for name in differing[:4])
    message = (
        f'found "{found}" a second time; {place_of(first, own_file=row["source_file"])} '
        f"has it with another {titles}: keep one"
    )
    return Fault("duplicate_key", message, found)


def _together(first: _Row, later: _Row, differing: Sequence[str], found: _Found) -> _Row:
    """What two offices say of one counterpart; the first one counts where they disagree."""
    merged = dict(first)
    for name in differing:
        merged[name] = _one_of(name, first[name], later[name])
    told = ("type", "parent", "chinese_name", "country_code")
    for name in (n for n in differing if n in told and first[n] and later[n]):
        message = (
            f'found "{cell_text(later[name])}", but {place_of(first)} says '
            f'"{cell_text(first[name])}"; that one counts until somebody decides'
        )
        fault = Fault("offices_disagree", message, cell_text(later[name]), severity="warning")
        found.tell(later, name, fault)
    return merged


def _one_of(name: str, first: Any, later: Any) -> Any:
    if name == "aliases":
        return tuple(dict.fromkeys((*(first or ()), *(later or ()))))
    if name == "handling":
        labels = code_list("handling").values
        return max(first or "internal", later or "internal", key=labels.index)
    if name == "not_for_mainland":
        return bool(first) or bool(later)
    return later if first is None else first
