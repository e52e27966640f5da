"""Rows that a form begins with: starting lists of the field, and a row for each thing to judge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import Any

import pandas as pd

from strategy_lib.core.audiences import LABELS
from strategy_lib.forms.matrix.exchange import matrix_states
from strategy_lib.inputs.layout.headings import READING_MARK
from strategy_lib.inputs.matrix.marks import MatrixState
from strategy_lib.schema.reference import (
    records_of,
    reference,
    reference_names,
    starting_list,
)
from strategy_lib.schema.schema import TableSchema, code_list, schemas

Row = dict[str, Any]
Known = Mapping[str, pd.DataFrame]
MAINLAND = "CN"
# What somebody who is asked about a decision needs to read of it.
_OF_A_DECISION = ("question", "decision", "decided_date", "conditions")


def starting_rows(
    table: TableSchema,
    known: Known | None = None,
    assessor_id: str | None = None,
    language: str = "en",
) -> list[Row]:
    """Rows of one table that its form begins with; empty where the form begins empty.

    Parameters
    ----------
    known : mapping of str to DataFrame, optional
        What was entered already: its options and criteria are used in place of the starting lists.
    assessor_id : str, optional
        Assessor whose form it is.
    language : str
        Language of what stands there for reading, where there is a translation.

    Examples
    --------
    >>> rows = starting_rows(schemas()["scores"], assessor_id="A01")
    >>> rows[0]["assessor_id"], rows[0]["option_id"], rows[0]["ⓘ Criterion"]
    ('A01', 'P0', 'Access to decision-makers')
    """
    if table.prefilled_by:
        sources = table.prefilled_by.items()
        # A coordinator may see all; what others judge stands in everybody's form.
        sees_all = table.filled_by == "coordinator"
        keys = [_judged(name, source, known or {}, language, sees_all) for name, source in sources]
        own = {"assessor_id": assessor_id} if assessor_id else {}
        return [_joined(own, parts, table) for parts in product(*keys)]
    if assessor_id and known and table.name in _STANDING:
        return _STANDING[table.name](known, assessor_id)
    return starting_list(table)


def form_rows(
    tables: Iterable[TableSchema],
    known: Known | None = None,
    assessor_id: str | None = None,
    language: str = "en",
) -> dict[str, list[Row]]:
    """Rows of every table of one form, by table."""
    return {table.name: starting_rows(table, known, assessor_id, language) for table in tables}


def not_looked_at(known: Known) -> list[Row]:
    """Rows on indicators of the organisations of partnerships that nobody has read yet.

    Examples
    --------
    >>> from strategy_lib.schema.frames import typed_frame
    >>> partner = {"unit_id": "ke", "counterpart": "River Foundation", "stage": "talking"}
    >>> rows = {"partners": [partner], "partner_evidence": []}
    >>> known = {name: typed_frame(schemas()[name], made) for name, made in rows.items()}
    >>> len(not_looked_at(known)), not_looked_at(known)[0]
    (5, {'counterpart': 'River Foundation', 'indicator': 'origins'})
    """
    partners, evidence = known["partners"], known["partner_evidence"]
    going_on = partners[~partners["stage"].isin(["ended", "declined"])].sort_values("counterpart")
    if going_on.empty:
        return []
    read = set(zip(evidence["counterpart"], evidence["indicator"], strict=True))
    rows = starting_rows(schemas()["partner_evidence"], {"partners": going_on})
    return [row for row in rows if (row["counterpart"], row["indicator"]) not in read]


def matrix_of(known: Known | None = None) -> list[MatrixState]:
    """States whose influences are judged: those entered already, else the starting list."""
    given = known or {}
    descriptors, states = given.get("descriptors"), given.get("descriptor_states")
    if descriptors is None or states is None or descriptors.empty or states.empty:
        descriptors, states = reference("scenario_descriptors"), reference("scenario_states")
    about = schemas()["descriptors"], schemas()["descriptor_states"]
    return matrix_states(to_send(descriptors, about[0]), to_send(states, about[1]))


def to_send(frame: pd.DataFrame, about: TableSchema) -> pd.DataFrame:
    """Rows that may stand in everybody's form: none that only the core team may see."""
    if "handling" not in frame:
        return frame
    labels = frame["handling"]
    labels = labels.where(labels.notna() & labels.ne(""), about.default_handling)
    return frame[labels != LABELS[-1]]


def _decisions_asked_about(known: Known, assessor_id: str) -> list[Row]:
    """A row for each decision on record, to say whether one would decide the same again."""
    about = schemas()["decisions"]
    if "decisions" not in known:
        return []
    frame = _for_place(to_send(known["decisions"], about), known, assessor_id)
    return [
        {"assessor_id": assessor_id, "decision_id": row["decision_id"]}
        | {f"{READING_MARK} {about[name].title()}": _read(row.get(name)) for name in _OF_A_DECISION}
        for row in records_of(frame.sort_values("decision_id", kind="stable"))
        if row.get("decision_id")
    ]


def _open_forecasts(known: Known, assessor_id: str) -> list[Row]:
    """One's own forecasts that are not resolved yet, to say whether it happened."""
    if "forecasts" not in known:
        return []
    about, frame = schemas()["forecasts"], known["forecasts"]
    mine = (frame["assessor_id"] == assessor_id) & ~frame["outcome"].isin(["yes", "no"])
    rows = records_of(_for_place(frame[mine.fillna(False).astype(bool)], known, assessor_id))
    return [{name: _read(row[name]) for name in about.names if name in row} for row in rows]


_STANDING: Mapping[str, Callable[[Known, str], list[Row]]] = {
    "decide_again": _decisions_asked_about,
    "forecasts": _open_forecasts,
}


def _for_place(frame: pd.DataFrame, known: Known, assessor_id: str) -> pd.DataFrame:
    """Rows that may be opened where an assessor works."""
    if "not_for_mainland" not in frame or not _is_in_mainland(known, assessor_id):
        return frame
    return frame[~frame["not_for_mainland"].fillna(False).astype(bool)]


def _is_in_mainland(known: Known, assessor_id: str) -> bool:
    if not {"assessors", "units"} <= set(known):
        return False
    people, units = known["assessors"], known["units"]
    own = people.loc[people["assessor_id"] == assessor_id, "unit_id"]
    return in_mainland(units[units["unit_id"].isin(own.dropna())])


def in_mainland(units: pd.DataFrame) -> bool:
    """Whether any of these offices works in mainland China."""
    is_there = (units["country_code"] == MAINLAND) | (units["kind"] == "mainland_programme")
    return bool(is_there.fillna(False).any())


def _read(value: object) -> object:
    """A value as a form writes it: a day without its time."""
    if isinstance(value, pd.Timestamp):
        return value.date()
    return "" if value is None else value


def _judged(field: str, source: str, known: Known, language: str, sees_all: bool) -> list[Row]:
    """Values that a key takes, with what stands beside each of them."""
    if source in schemas():
        about = schemas()[source]
        entered = known.get(source)
        is_entered = entered is not None and not entered.empty
        rows = starting_list(about)
        if entered is not None and is_entered:
            rows = records_of(entered if sees_all else to_send(entered, about))
        key = field if field in about.names else about.primary_key[0]
        found = [{field: row[key], **_beside(about, row)} for row in rows if row.get(key)]
        # Several rows may name one body, such as partnerships of two offices.
        return list({str(row[field]): row for row in found}.values())
    if source in reference_names():
        rows = records_of(reference(source))
        return [{**row, **_titled(row, language)} for row in rows if row.get(field)]
    return [{field: code} for code in code_list(source).values]


def _titled(row: Row, language: str) -> Row:
    """What a code of a reference table means, for reading."""
    shown = {"title": "Title", "in_place": "In place means"}
    return {
        f"{READING_MARK} {head}": row.get(f"{name}_{language}", row[name])
        for name, head in shown.items()
        if name in row
    }


def _beside(about: TableSchema, row: Row) -> Row:
    titles = {name: f"{READING_MARK} {about[name].title()}" for name in about.shown_beside}
    return {title: row.get(name, "") for name, title in titles.items()}


def _joined(own: Row, parts: Iterable[Row], table: TableSchema) -> Row:
    row = dict(own)
    for part in parts:
        allowed = {k: v for k, v in part.items() if k in table.names or k.startswith(READING_MARK)}
        row |= allowed
    return row
