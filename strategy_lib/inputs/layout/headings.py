"""Which column of a sheet is which field, and which sheet is which table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from strategy_lib.inputs.layout.kobo import is_export, is_metadata, question_path
from strategy_lib.schema.schema import LANGUAGES, schemas, table_schema
from strategy_lib.schema.text import Row, cell_text, loose_key

MARKER = "#"
# Headings of columns that a form shows for reading only.
READING_MARK = "ⓘ"
_LONGEST_HEADING = 300


@dataclass(frozen=True)
class Headings:
    """What the headings of one sheet mean for one table.

    Attributes
    ----------
    texts : tuple of str
        Headings as they stand in the file.
    columns : mapping of str to int
        Field -> position of its column, counted from 0.
    options : mapping of str to tuple
        List field -> (position, code) of the columns that hold one choice each.
    doubled : tuple
        (field, position used, position not used) of headings that mean the same field.
    marker : int or None
        Position of the column that marks help and example rows.
    metadata : frozenset of int
        Positions of what a survey tool adds, and of what a form shows for reading.
    extra : tuple of int
        Positions of columns that mean nothing to this table.
    past : tuple of int
        Positions of columns that forms of earlier years have, and that are not asked any more.
    """

    table: str
    texts: tuple[str, ...]
    columns: Mapping[str, int]
    options: Mapping[str, tuple[tuple[int, str], ...]]
    doubled: tuple[tuple[str, int, int], ...]
    marker: int | None
    metadata: frozenset[int]
    extra: tuple[int, ...]
    past: tuple[int, ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        """Fields that the sheet has a column for."""
        return frozenset((*self.columns, *self.options))

    @property
    def missing(self) -> tuple[str, ...]:
        """Needed fields that the sheet has no column for."""
        needed = (f.name for f in table_schema(self.table).fields if f.required)
        return tuple(name for name in needed if name not in self.fields)


@cache
def field_keys(table: str) -> Mapping[str, str]:
    """Every heading that means a field of `table`, as a `loose_key` -> the field's name."""
    fields = table_schema(table).fields
    titles = [(title, f) for f in fields for title in f.titles.values()]
    keys = {loose_key(f.name): f.name for f in fields}
    for title, item in titles:
        keys.setdefault(loose_key(title), item.name)
    return keys


@cache
def option_keys(table: str, field: str) -> Mapping[str, str]:
    """Every code and label that a list field allows, as a `loose_key` -> the code."""
    codes = table_schema(table)[field].code_list
    keys: dict[str, str] = {}
    for code in codes.codes if codes else ():
        for text in (code.code, *code.labels.values()):
            keys.setdefault(loose_key(text), code.code)
    return keys


@cache
def _table_keys() -> Mapping[str, str]:
    keys = {loose_key(name): name for name in schemas()}
    for schema in schemas().values():
        for name in (*schema.titles.values(), *map(schema.sheet, LANGUAGES)):
            keys.setdefault(loose_key(name), schema.name)
    return keys


def table_named(name: str) -> str | None:
    """The table whose name, or title in any language, a sheet has.

    Examples
    --------
    >>> table_named("Country_Strategies"), table_named("能力"), table_named("Sheet1")
    ('country_strategies', 'capacities', None)
    """
    return _table_keys().get(loose_key(name))


def table_in_name(name: str) -> str | None:
    """The only table that a file's name mentions, as in `kenya-activities (2)`.

    Examples
    --------
    >>> table_in_name("Kenya activities 2026"), table_in_name("activities and units")
    ('activities', None)
    """
    words = [loose_key(word) for word in name.replace("_", " ").replace("-", " ").split()]
    runs = ("".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1))
    found = {table for run in runs if (table := _table_keys().get(run))}
    return found.pop() if len(found) == 1 else None


def heading_texts(row: Row) -> tuple[str, ...]:
    """Cells of a row as headings."""
    return tuple(cell_text(cell)[:_LONGEST_HEADING] for cell in row)


@dataclass(frozen=True)
class _Meaning:
    """What one heading means: a field, one choice of a list field, or something else."""

    kind: Literal["field", "grouped", "option", "metadata", "marker", "extra", "past", "blank"]
    field: str = ""
    code: str = ""


@lru_cache(maxsize=4096)
def match_headings(table: str, texts: tuple[str, ...]) -> Headings:
    """Match the headings of one sheet with the fields of one table.

    A heading may be a field's name or its title in any language; groups of a survey tool may stand
    before it. Where two mean the same field, the one without groups counts, else the first.
    """
    keys = frozenset(map(loose_key, texts))
    in_export = is_export(texts)
    meanings = [_meaning(table, text, keys, in_export) for text in texts]
    columns, doubled, hidden = _columns(meanings)
    options: dict[str, tuple[tuple[int, str], ...]] = {}
    for position, found in enumerate(meanings):
        if found.kind == "option":
            options[found.field] = (*options.get(found.field, ()), (position, found.code))
    return Headings(
        table,
        texts,
        columns,
        options,
        doubled,
        next(iter(_positions(meanings, "marker")), None),
        frozenset(_positions(meanings, "metadata")),
        tuple(sorted((*_positions(meanings, "extra"), *hidden))),
        tuple(_positions(meanings, "past")),
    )


def _positions(meanings: Sequence[_Meaning], kind: str) -> list[int]:
    return [position for position, found in enumerate(meanings) if found.kind == kind]


def _columns(
    meanings: Sequence[_Meaning],
) -> tuple[dict[str, int], tuple[tuple[str, int, int], ...], list[int]]:
    """Field -> position; headings that mean a field again; grouped ones behind an ungrouped one."""
    columns: dict[str, int] = {}
    doubled: list[tuple[str, int, int]] = []
    hidden: list[int] = []
    for kind in ("field", "grouped"):
        before = dict(columns)
        for position in _positions(meanings, kind):
            field = meanings[position].field
            if field in before:
                hidden.append(position)
            elif field in columns:
                doubled.append((field, columns[field], position))
            else:
                columns[field] = position
    return columns, tuple(doubled), hidden


def _meaning(table: str, text: str, keys: frozenset[str], in_export: bool) -> _Meaning:
    if not text or text.startswith(READING_MARK):
        return _Meaning("metadata" if text else "blank")
    if text in (MARKER, "＃"):
        return _Meaning("marker")
    key = loose_key(text)
    field = field_keys(table).get(key)
    # A survey tool's `start` beside the form's own `start_date`.
    is_beside_field = field is not None and key != loose_key(field) and loose_key(field) in keys
    if (in_export or is_beside_field) and is_metadata(text):
        return _Meaning("metadata")
    if field:
        return _Meaning("field", field)
    return _Meaning("past") if key in _past_keys(table) else _behind_groups(table, text, in_export)


@cache
def _past_keys(table: str) -> frozenset[str]:
    """Headings of an earlier year, as `loose_key`."""
    past = table_schema(table).no_longer_asked
    return frozenset(loose_key(text) for name in past for text in (name, *past[name]))


def _behind_groups(table: str, text: str, in_export: bool) -> _Meaning:
    path = question_path(text, in_export=in_export)
    if any(loose_key(part) in _past_keys(table) for part in path[-2:]):
        return _Meaning("past")
    if len(path) < 2:
        return _Meaning("extra")
    keys = field_keys(table)
    above = keys.get(loose_key(path[-2]))
    if above and table_schema(table)[above].type == "list":
        code = option_keys(table, above).get(loose_key(path[-1]))
        if code:
            return _Meaning("option", above, code)
    field = keys.get(loose_key(path[-1]))
    is_group = in_export or table_named(path[-2]) is not None
    return _Meaning("grouped", field) if field and is_group else _Meaning("extra")
