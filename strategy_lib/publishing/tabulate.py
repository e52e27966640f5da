"""A frame as a table that people read: headings in words, numbers as they are printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
from markupsafe import Markup

from strategy_lib.core.messages import say
from strategy_lib.plotting.theme import MISSING, clean
from strategy_lib.publishing.safe import escaped, inside

_UNITS = {
    "pct": "%",
    "usd": "USD",
    "eur": "EUR",
    "bnusd": "billion USD",
    "days": "days",
    "months": "months",
    "fte": "full-time posts",
}
# Words that are written as they are, or in another way than a column may be named.
_WORDS = {
    "chinese": "Chinese",
    "china": "China",
    "id": "code",
    "p10": "P10",
    "p50": "P50",
    "p90": "P90",
    "un": "UN",
}
# Days whose names in a schema do not read well.
_DAYS = {
    "decided_date": "Decided on",
    "leaves_date": "Leaves on",
    "returned_date": "Returned on",
    "last_done_date": "Last done on",
}
_COUNT = "n"
# Prefixes of the column grammar that say what kind a column is, not what it is about.
_UNSPOKEN = ("n", "is", "has", "p")
# Below this a number is as likely a year as a quantity, and "2,026" is no year.
_GROUPED_FROM = 10_000
_DAY = re.compile(r"\d{4}(-\d{2}){0,2}")
_RANGE = re.compile(r"[\d.,]+ \([\d.,]+–[\d.,]+\)")
_LONGEST_RANGE = 20
_SHORT_ROWS, _SHORT_COLUMNS = 10, 8


@dataclass(frozen=True)
class Column:
    """One column: its heading, and whether it holds `text`, a `number`, a `date`, a `range`
    or a `link`."""

    title: str
    kind: str = "text"


@dataclass(frozen=True)
class PageTable:
    """A table as it is shown; every cell is text that has been formatted but not escaped.

    Attributes
    ----------
    left_out : int
        Rows that are not shown because the table is longer than a page should hold.
    has_heads : bool
        Whether its columns have headings; without, the first column names each row, and a row
        whose first cell is empty goes on with the one above it.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    left_out: int = 0
    has_heads: bool = True

    @property
    def is_short(self) -> bool:
        """Whether it goes on paper with its figure, and on one page."""
        return len(self.rows) <= _SHORT_ROWS and len(self.columns) <= _SHORT_COLUMNS

    def payload(self) -> dict[str, Any]:
        """The table as plain JSON."""
        return {
            **asdict(self),
            "columns": [asdict(column) for column in self.columns],
            "rows": [list(row) for row in self.rows],
        }

    def titled(self, title: str) -> PageTable:
        """The same under another title."""
        return replace(self, title=title)

    def cut(self, most: int) -> PageTable:
        """The same with so many rows at most."""
        left_out = max(len(self.rows) - most, 0)
        return replace(self, rows=self.rows[:most], left_out=self.left_out + left_out)

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> PageTable:
        """The table that `payload` describes."""
        return cls(
            title=str(payload["title"]),
            columns=tuple(Column(str(c["title"]), str(c["kind"])) for c in payload["columns"]),
            rows=tuple(tuple(map(str, row)) for row in payload["rows"]),
            note=str(payload["note"]),
            left_out=int(payload["left_out"]),
            has_heads=bool(payload.get("has_heads", True)),
        )


def page_table(
    frame: pd.DataFrame,
    title: str,
    note: str = "",
    max_rows: int | None = 50,
    links: Sequence[str] = (),
    *,
    has_heads: bool = True,
) -> PageTable:
    """Format a frame for reading; its index is not shown.

    Parameters
    ----------
    frame : DataFrame
        Any columns; a name such as `response_pct` is shown as "Response (%)".
    max_rows : int, optional
        Rows shown at most; None shows all.
    links : sequence of str
        Columns whose https addresses may be followed; only for addresses of our own reference
        data, never for what people entered.
    has_heads : bool
        Whether the columns get headings.

    Examples
    --------
    >>> page_table(pd.DataFrame({"office": ["Kenya"], "known_pct": [37.25]}), "Offices").rows
    (('Kenya', '37.2'),)
    """
    shown = frame if max_rows is None else frame.head(max_rows)
    cells = [_cells(frame.iloc[:, i])[: len(shown)] for i in range(frame.shape[1])]
    columns = tuple(
        Column(heading(name), _kind(frame.iloc[:, i], str(name) in links))
        for i, name in enumerate(frame.columns)
    )
    rows = tuple(zip(*cells, strict=True))
    return PageTable(clean(title), columns, rows, clean(note), len(frame) - len(shown), has_heads)


def heading(name: object) -> str:
    """A column's name in words.

    Examples
    --------
    >>> heading("response_pct"), heading("is_known_to_centre"), heading("n_offices")
    ('Response (%)', 'Known to centre', 'Offices')
    >>> heading("n"), heading("reads_chinese"), heading("decision_id"), heading("decided_date")
    ('Count', 'Reads Chinese', 'Decision code', 'Decided on')
    """
    words = clean(name)
    if words == _COUNT:
        return "Count"
    if words in _DAYS:
        return _DAYS[words]
    if " " in words or words != words.lower():
        return words
    parts = words.split("_")
    if len(parts) > 1 and parts[0] in _UNSPOKEN:
        parts = parts[1:]
    unit = _UNITS.get(parts[-1]) if len(parts) > 1 else None
    text = " ".join(_WORDS.get(part, part) for part in (parts[:-1] if unit else parts))
    return text[:1].upper() + text[1:] + (f" ({unit})" if unit else "")


def _kind(column: pd.Series[Any], is_link: bool) -> str:
    if is_link:
        return "link"
    if pd.api.types.is_datetime64_any_dtype(column) or _holds_days(column):
        return "date"
    if _is_number(column):
        return "number"
    return "range" if _holds_ranges(column) else "text"


def _holds_days(column: pd.Series[Any]) -> bool:
    """Whether every text is a day or month such as 2026-11, which is never broken."""
    if column.dtype not in ("str", "O"):
        return False
    said = [value for value in column if isinstance(value, str) and value]
    return bool(said) and all(map(_DAY.fullmatch, said))


def _holds_ranges(column: pd.Series[Any]) -> bool:
    """Whether a column holds short ranges such as "3 (1–5)", hard to read in two lines."""
    if column.dtype not in ("str", "O"):
        return False
    said = [value for value in column if isinstance(value, str)]
    return any(map(_RANGE.fullmatch, said)) and max(map(len, said)) <= _LONGEST_RANGE


def _is_number(column: pd.Series[Any]) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _cells(column: pd.Series[Any]) -> list[str]:
    if not _is_number(column):
        return [_text(value) for value in column]
    known = pd.to_numeric(column, errors="coerce").dropna().astype(float)
    largest = known.abs().max() if len(known) else 0.0
    is_whole = bool((known == known.round()).all())
    decimals = 0 if is_whole or largest >= 1000 else 1 if largest >= 10 else 2
    pattern = f"{',' if largest >= _GROUPED_FROM else ''}.{decimals}f"
    return [MISSING if pd.isna(value) else format(float(value), pattern) for value in column]


def _text(value: Any) -> str:
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(map(clean, value)) if isinstance(value, set | frozenset) else value
        return "; ".join(map(clean, items)) or MISSING
    if pd.isna(value):
        return MISSING
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return format(value, ".6g")
    return clean(value)


def table_html(table: PageTable) -> Markup:
    """The table as HTML; every text in it is escaped."""
    heads = "".join(map(_head_cell, table.columns)) if table.has_heads and table.rows else ""
    rows = (_row(table.columns, row, is_bare=not table.has_heads) for row in table.rows)
    body = Markup("\n".join(rows))
    return Markup(
        '<div class="table{}{}" role="group" tabindex="0" aria-label="{}">\n<table>\n{}'
        "{}<tbody>\n{}\n</tbody>\n</table>\n</div>\n{}"
    ).format(
        " short" if table.is_short else "",
        "" if table.has_heads else " bare",
        escaped(table.title or "Table"),
        inside("<caption>{}</caption>\n", table.title),
        inside("<thead><tr>{}</tr></thead>\n", Markup(heads)),
        body or _empty(len(table.columns)),
        _notes(table),
    )


# Text is escaped here and set into f-strings: `Markup.format` takes four times as long, and a
# chapter has thousands of cells.
def _head_cell(column: Column) -> str:
    kind = ' class="number"' if column.kind == "number" else ""
    return f'<th scope="col"{kind}>{escaped(column.title)}</th>'


def _row(columns: tuple[Column, ...], row: tuple[str, ...], *, is_bare: bool) -> str:
    cells = zip(columns, row, strict=True)
    goes_on = ' class="on"' if is_bare and not row[0] else ""
    return f"<tr{goes_on}>{''.join(_cell(*cell, i == 0) for i, cell in enumerate(cells))}</tr>"


def _cell(column: Column, text: str, is_first: bool) -> str:
    shown = escaped(text)
    if column.kind in ("number", "date", "range"):
        return f'<td class="{column.kind}">{shown}</td>'
    if column.kind == "link" and text.startswith(("https://", "http://")):
        return f'<td><a href="{shown}" rel="noreferrer noopener">{shown}</a></td>'
    if is_first:
        return f'<th scope="row" dir="auto">{shown}</th>'
    return f'<td dir="auto">{shown}</td>'


def _empty(columns: int) -> Markup:
    return Markup('<tr><td colspan="{}">Nothing to list.</td></tr>').format(max(columns, 1))


def _notes(table: PageTable) -> Markup:
    total = len(table.rows) + table.left_out
    cut = say("tables-first", shown=len(table.rows), rows=int(total)) if table.left_out else ""
    text = " ".join(part for part in (cut, table.note) if part)
    return inside('<p class="note" dir="auto">{}</p>\n', text)
