"""Sheets of other people (3W and the like), read through the column maps of `workbook.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from strategy_lib.core.problems import Problem
from strategy_lib.inputs.files.rawsheets import RawSheet
from strategy_lib.inputs.layout.headings import Headings, heading_texts
from strategy_lib.inputs.layout.layouts import FIRST_ROWS, Layout
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.inputs.records import Converters
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.schema import schemas
from strategy_lib.schema.suggest import nearest
from strategy_lib.schema.text import Row, cell_text, loose_key

if TYPE_CHECKING:
    from strategy_lib.core.settings import ColumnMap

_SETTINGS = "workbook.toml"
_MOST_NAMED = 25


def usable_maps(
    maps: Sequence[ColumnMap], converters: Converters, problem_log: ProblemLog
) -> tuple[ColumnMap, ...]:
    """Column maps with constants converted; one that names what there is not is a problem."""
    usable = []
    for number, item in enumerate(maps, 1):
        problems = list(_map_problems(item, converters, f"column_maps {number}"))
        for problem in problems:
            problem_log.add(problem)
        if not problems:
            values = {k: converters.of(item.table, k)(v).value for k, v in item.constants.items()}
            usable.append(replace(item, constants=values))
    return tuple(usable)


def _map_problems(item: ColumnMap, converters: Converters, where: str) -> Iterator[Problem]:
    schema = schemas().get(item.table)
    if schema is None:
        yield _unknown(where, "table", item.table, tuple(schemas()))
        return
    for key in ("columns", "constants", "values"):
        named = item.columns.values() if key == "columns" else getattr(item, key)
        unknown = [str(field) for field in named if field not in schema.by_name]
        yield from (_unknown(where, key, field, schema.names) for field in unknown)
    for field, value in item.constants.items():
        done = converters.of(item.table, field)(value) if field in schema.by_name else None
        if done and done.value is None:
            yield _problem(where, f"constants.{field}", done.fault or Fault("", "give it a value"))
    for field, pairs in item.values.items():
        if not isinstance(pairs, Mapping):
            fault = Fault("", 'write a section such as { "Old" = "new" }', str(pairs))
            yield _problem(where, f"values.{field}", fault)


def _unknown(where: str, key: str, found: str, names: Sequence[str]) -> Problem:
    near = nearest(found, names)
    allowed = ", ".join(names) if len(names) <= _MOST_NAMED else "a name of the data dictionary"
    message = f'found "{found}"; use {"one of " if len(names) <= _MOST_NAMED else ""}{allowed}'
    return _problem(where, key, Fault("", message, found, allowed, near))


def _problem(where: str, key: str, fault: Fault) -> Problem:
    return replace(fault, kind="wrong_column_map", severity="error").at(_SETTINGS, where, 0, key)


def mapped_layouts(
    sheet: RawSheet, file: str, maps: Sequence[ColumnMap]
) -> list[tuple[int, Layout]]:
    """Layouts of a sheet by every map that is meant for it, with the map's position.

    A map is for a sheet whose file and name match its patterns, and in whose first rows stand at
    least half of the headings that it names.
    """
    found = []
    for position, item in enumerate(maps):
        if _matches(sheet, file, item):
            layout = _mapped(sheet.rows, item)
            if layout is not None:
                found.append((position, layout))
    return found


def _matches(sheet: RawSheet, file: str, item: ColumnMap) -> bool:
    return _is_for(item, file) and fnmatchcase(sheet.name.casefold(), item.sheet.casefold())


def _is_for(item: ColumnMap, file: str) -> bool:
    names = {file.casefold(), file.rpartition("/")[2].casefold()}
    return any(fnmatchcase(name, item.file.casefold()) for name in names)


def _mapped(rows: Sequence[Row], item: ColumnMap) -> Layout | None:
    targets = {loose_key(heading): field for heading, field in item.columns.items()}
    counts = [
        len(targets.keys() & {loose_key(cell_text(cell)) for cell in row})
        for row in rows[:FIRST_ROWS]
    ]
    most = max(counts, default=0)
    if not most or 2 * most < len(targets):
        return None
    header = counts.index(most)
    values = {
        field: {loose_key(str(old)): new for old, new in pairs.items()}
        for field, pairs in item.values.items()
    }
    headings = _headings(item.table, heading_texts(rows[header]), targets)
    return Layout(item.table, header, headings, item.constants, values, is_mapped=True)


def _headings(table: str, texts: tuple[str, ...], targets: Mapping[str, str]) -> Headings:
    columns: dict[str, int] = {}
    doubled, extra = [], []
    for position, text in enumerate(texts):
        field = targets.get(loose_key(text))
        if field is None:
            extra += [position] if text else []
        elif field in columns:
            doubled.append((field, columns[field], position))
        else:
            columns[field] = position
    return Headings(table, texts, columns, {}, tuple(doubled), None, frozenset(), tuple(extra))


def tell_unused(
    maps: Sequence[ColumnMap], used: set[int], files: Iterable[str], problem_log: ProblemLog
) -> None:
    """Say which maps found a file but no sheet; one without a file may be for another year."""
    names = list(files)
    for position, item in enumerate(maps):
        if position not in used and any(_is_for(item, name) for name in names):
            message = (
                f'the file that matches "{item.file}" has no sheet "{item.sheet}" with at least '
                "half of the headings of this map; nothing was read through it"
            )
            fault = Fault("unused_column_map", message, severity="warning")
            problem_log.add_fault(fault, _SETTINGS, f"column map for {item.table}", 0, "")
