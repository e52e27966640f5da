"""Partners, projects, promises, technologies: what is new, gone, moved or answered since last time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from strategy_lib.chapters.annual.context import NO_LONGER_SHOWN, Context
from strategy_lib.schema.schema import table_schema

COLUMNS = ["board", "about", "change", "then", "now"]
NEW, GONE, MOVED, ANSWERED = "new", "gone", "moved", "answered"
CHANGES = (MOVED, ANSWERED, NEW, GONE)


@dataclass(frozen=True)
class Board:
    """A table whose rows stand somewhere; what tells rows apart is its primary key.

    Attributes
    ----------
    name : str
        What a row is.
    table, state : str
        The table, and the column that says where a row stands.
    about : tuple of str
        What a row is named by.
    kinds : tuple of str
        Values of `kind` that belong to the board; empty for all rows.
    """

    name: str
    table: str
    state: str
    about: tuple[str, ...]
    kinds: tuple[str, ...] = ()

    @property
    def key(self) -> list[str]:
        """Columns that tell its rows apart."""
        return list(table_schema(self.table).primary_key)


BOARDS = (
    Board("Partnership", "partners", "stage", ("counterpart", "unit_id")),
    Board("Indicator of a partner", "partner_evidence", "reading", ("counterpart", "indicator")),
    Board("Way of contact", "contact_avenues", "result", ("target", "unit_id")),
    Board("Way to money", "funding_avenues", "answer", ("avenue",)),
    Board("Project", "projects", "stage", ("name",)),
    Board("Agreement", "group_items", "state", ("what",), ("agreement",)),
    Board("Claim", "claims", "checked", ("counterpart", "claim"), ("csr", "conduct")),
    Board("Promise", "claims", "checked", ("counterpart", "claim"), ("promise",)),
    Board("Technology", "technologies", "answer", ("technology",)),
    Board("Part on an issue", "issue_roles", "role", ("issue",)),
)


def boards(context: Context) -> pd.DataFrame:
    """Rows of the optional chapters that stand otherwise than last time.

    A board that has no row now is not in use, and nothing is told of it.

    Returns
    -------
    DataFrame
        `board`, `about`, `change` (one of `CHANGES`; answered: nobody had said), `then` and `now`
        in words (missing where the row was not there, or nobody had said). Rows that are gone are
        named only where the edition sees everything.
    """
    parts = [_changes(context, board) for board in BOARDS] if context.before else []
    made = pd.concat([pd.DataFrame(columns=COLUMNS), *parts], ignore_index=True)
    return context.listed(made.astype("str"))


def _changes(context: Context, board: Board) -> pd.DataFrame:
    then, now = (_rows(frame, board) for frame in context.both(board.table))
    if now.empty:
        return pd.DataFrame(columns=COLUMNS)
    rows = [*_still_there(context, board, then, now), *_gone(context, board, then, now)]
    made = pd.DataFrame(rows, columns=COLUMNS)
    return made.sort_values(["change", "about"], kind="stable")


def _rows(frame: pd.DataFrame, board: Board) -> pd.DataFrame:
    if board.kinds:
        frame = frame[frame["kind"].isin(board.kinds)]
    key = board.key
    return frame.dropna(subset=key).drop_duplicates(key).set_index(key).assign(_there=True)


def _still_there(
    context: Context, board: Board, then: pd.DataFrame, now: pd.DataFrame
) -> Iterator[list[object]]:
    for key, row in now.iterrows():
        is_known = key in then.index
        was, stands = then[board.state].get(key) if is_known else None, row[board.state]
        before, after = _said(context, board, was), _said(context, board, stands)
        if not is_known:
            yield [board.name, _about(context, board, row, key), NEW, None, after]
        elif before != after:
            change = ANSWERED if before is None else MOVED
            yield [board.name, _about(context, board, row, key), change, before, after]


def _gone(
    context: Context, board: Board, then: pd.DataFrame, now: pd.DataFrame
) -> Iterator[list[object]]:
    for key, row in then[~then.index.isin(now.index)].iterrows():
        if context.edition.sees_everything:
            about, was = _about(context, board, row, key), _said(context, board, row[board.state])
            yield [board.name, about, GONE, was, None]
        else:
            yield [board.name, NO_LONGER_SHOWN, GONE, None, None]


def _said(context: Context, board: Board, state: object) -> str | None:
    return context.said(board.table, board.state, state) or None


def _about(context: Context, board: Board, row: pd.Series, key: object) -> str:
    named = dict(zip(board.key, key if isinstance(key, tuple) else (key,), strict=True))
    words = []
    for name in board.about:
        value = named.get(name, row.get(name))
        if name == "unit_id":
            words.append(context.unit(value))
        elif pd.notna(value):
            words.append(context.said(board.table, name, value))
    return ": ".join(words)


def board_counts(context: Context, changes: pd.DataFrame) -> pd.DataFrame:
    """By board: how many rows there are now, and how many moved, were answered, new and gone.

    Returns
    -------
    DataFrame
        `board`, `now`, and one column for each of `CHANGES`; boards in use only.
    """
    rows = []
    for board in BOARDS:
        now = len(_rows(context.table(board.table), board))
        if now:
            own = changes.loc[changes["board"] == board.name, "change"]
            rows.append([board.name, now, *(int((own == change).sum()) for change in CHANGES)])
    made = pd.DataFrame(rows, columns=["board", "now", *CHANGES])
    return made if context.lists_records and context.before else made.iloc[:0]
