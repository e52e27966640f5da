"""What one chapter saves for another: columns of its tables, each with a type or a code list.

Chapters compare codes and numbers, never words: a chapter's `outputs.SAVED` says which columns
others may rest on. They are checked when they are written and when they are read; labels are put
in the place of codes where a table is shown, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.schema.schema import code_list

_MOST_SHOWN = 3


@dataclass(frozen=True)
class Column:
    """What a saved column holds; something may be missing in any of its rows.

    Attributes
    ----------
    kind : str
        `text`, `number`, `day` or `code`.
    codes : str
        Code list of `data/codes/` that a column of codes takes its values from.
    is_small : bool
        Whether a label is shown with a small first letter, as within a sentence.
    is_optional : bool
        Whether an edition may lack the column.
    """

    kind: str
    codes: str = ""
    is_small: bool = False
    is_optional: bool = False

    def label(self, code: str, language: str = "en") -> str:
        """A code in words.

        Examples
        --------
        >>> coded("direction", is_small=True).label("lower_is_better")
        'lower is better'
        """
        said = code_list(self.codes).label(code, language)
        return said[:1].lower() + said[1:] if self.is_small else said

    def fault(self, values: pd.Series[Any]) -> str:
        """What the values are and should not be; empty where they are as declared."""
        known = values.dropna()
        if self.kind == "code":
            allowed = code_list(self.codes).values
            found = [v for v in dict.fromkeys(known.astype("str")) if v and v not in allowed]
            if not found:
                return ""
            shown = ", ".join(map(repr, found[:_MOST_SHOWN]))
            return f"found {shown}; allowed are {', '.join(allowed)}"
        # A column of names that are all numbers is read back as numbers.
        if known.empty or self.kind == "text" or _IS_KIND[self.kind](values):
            return ""
        return f"found {str(known.iloc[0])!r}; allowed is a {self.kind}"


_IS_KIND: Mapping[str, Callable[[Any], bool]] = {
    "number": pd.api.types.is_numeric_dtype,
    "day": pd.api.types.is_datetime64_any_dtype,
}
TEXT, NUMBER, DAY = Column("text"), Column("number"), Column("day")
Columns: TypeAlias = Mapping[str, Column]
Saved: TypeAlias = Mapping[str, Columns]
"""Table -> column -> what it holds: what other chapters may rest on."""


def texts(*columns: str) -> dict[str, Column]:
    """Columns of words."""
    return dict.fromkeys(columns, TEXT)


def numbers(*columns: str) -> dict[str, Column]:
    """Columns of numbers."""
    return dict.fromkeys(columns, NUMBER)


def coded(codes: str, *, is_small: bool = False) -> Column:
    """A column of codes of one list."""
    return Column("code", codes, is_small)


YES_NO = coded("yes_no")


def optional(column: Column) -> Column:
    """The same where an edition may lack the column."""
    return replace(column, is_optional=True)


def faults(table: str, frame: pd.DataFrame, declared: Columns) -> list[str]:
    """What of a saved table is not as declared; a table without any column has nothing to check.

    Examples
    --------
    >>> faults("red_lines", pd.DataFrame({"verdict": ["out"]}), {"verdict": YES_NO})
    ["table red_lines, column verdict: found 'out'; allowed are yes, no"]
    """
    found = []
    for name, column in declared.items():
        if name not in frame:
            if len(frame.columns) and not column.is_optional:
                there = ", ".join(map(str, frame.columns))
                found.append(f"table {table}, column {name}: it is missing; found are {there}")
        elif fault := column.fault(frame[name]):
            found.append(f"table {table}, column {name}: {fault}")
    return found


def refuse_undeclared(chapter: str, tables: Mapping[str, pd.DataFrame], declared: Saved) -> None:
    """Refuse to save what is not as other chapters are told that it is.

    Raises
    ------
    InputError
        With every table and column, what was found and what is allowed.
    """
    found = [f"table {name}: it is missing" for name in declared if name not in tables]
    for name, columns in declared.items():
        if name in tables:
            found += faults(name, tables[name], columns)
    if found:
        raise InputError("\n".join(f"{chapter} was not saved: {fault}." for fault in found))


def in_words(frame: pd.DataFrame, declared: Columns, language: str = "en") -> pd.DataFrame:
    """A table as it is shown: labels in the place of codes.

    Examples
    --------
    >>> in_words(pd.DataFrame({"state": ["seen"]}), {"state": coded("term_state")})["state"].item()
    'Seen'
    """
    shown = {
        name: frame[name].map(lambda code, c=column: c.label(str(code), language), "ignore")
        for name, column in declared.items()
        if column.codes and name in frame
    }
    return frame.assign(**shown)
