"""Nobody can be traced: what below `restricted` may stand in a table about people's judgements.

A person is an assessor, a respondent or the author of a dissent; a post such as `owner_role` is
none. A chapter declares in its `outputs` module which columns of its saved tables point to one.
Below `restricted` no code of an assessor is saved or shown, offices with few people are taken
together, and a number rests on `Edition.fewest_people` people or is missing: there is then no
code, office or role by which tables, editions or years could be joined to one person. What two
numbers give away whose people differ by one is not prevented; `SECURITY.md` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.editions.restrict import Restricted

OTHERS = "Others, taken together"
# What stands for the labels of rows in a declaration, and for every heading.
INDEX, HEADINGS = "(row)", "(headings)"
# So a column is named that holds codes of assessors; where it holds something else, its chapter
# declares what.
_NAMED_LIKE_A_CODE = re.compile(r"assessors?(_ids?|_codes?)?|who(_.+)?|(lowest|highest)_by")
_LISTED = re.compile(r"\s*(?:[,;]|\band\b)\s*")


class Points(Enum):
    """What a column of a saved table has to do with people.

    Attributes
    ----------
    CODE
        Codes of assessors.
    OFFICE
        Offices of people who judged, in a table of what they judged.
    ROLE
        Roles of people who judged or dissented.
    QUOTE
        Somebody's own words.
    PEOPLE
        How many people stand behind the row's numbers.
    NOBODY
        Nobody, although the column's name or values look like it.
    """

    CODE = "code"
    OFFICE = "office"
    ROLE = "role"
    QUOTE = "quote"
    PEOPLE = "people"
    NOBODY = "nobody"


Declared: TypeAlias = Mapping[str, Mapping[str, Points]]
"""Saved table -> column -> what it points to."""


def taken_together(offices: pd.Series[str], fewest: int) -> pd.Series[str]:
    """Each person's office, where `fewest` people are of it; else a name for all others.

    The others are never fewer than that themselves: the smallest offices join them until they are
    as many. Where there are fewer people in all, all are others.

    Parameters
    ----------
    offices : Series of str
        Office of each person, by the person's code.
    fewest : int
        From `Edition.fewest_people`; 1 changes nothing.

    Examples
    --------
    >>> offices = pd.Series(list("aaabbbcd"))
    >>> taken_together(offices, 3).value_counts().sort_index().to_dict()
    {'Others, taken together': 5, 'b': 3}
    """
    sizes = offices.value_counts()
    order = sorted(sizes.index, key=lambda office: (sizes[office], office))
    gone: list[str] = []
    for office in order:
        count = int(sizes[gone].sum())
        if sizes[office] >= fewest and (count == 0 or count >= fewest):
            break
        gone.append(office)
    return offices.where(~offices.isin(gone), OTHERS)


def enough(counts: npt.NDArray[Any], fewest: int) -> npt.NDArray[np.bool_]:
    """Which of the counts of people are none at all, or enough for a number about them."""
    return np.asarray((counts == 0) | (counts >= fewest))


def is_countable(part: int, whole: int, fewest: int) -> bool:
    """Whether a part of some people may be counted: neither it nor the rest are too few.

    Examples
    --------
    >>> [is_countable(part, 9, 3) for part in (0, 2, 5, 8, 9)]
    [True, False, True, False, True]
    """
    return all(count == 0 or count >= fewest for count in (part, whole - part))


def refuse_traces(
    tables: Mapping[str, pd.DataFrame], declared: Declared, inputs: Restricted
) -> None:
    """Refuse tables by which somebody could be traced, where the edition may not show people.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        A chapter's tables, as they are to be saved.
    declared : mapping
        What their columns point to.
    inputs : Restricted
        What the chapter was made from, with its edition.

    Raises
    ------
    InputError
        If a code would be saved, or an office or a role without a count of the people behind it,
        or a count that is too small. All such columns are named.
    """
    edition = inputs.edition
    if edition.shows_people:
        return
    codes = inputs.codes_of_people
    _refuse(
        edition.name,
        [
            f"table {name}, column {column}: {why}"
            for name, table in tables.items()
            for column, why in _traces(table, declared.get(name, {}), edition.fewest_people, codes)
        ],
    )


def refuse_codes(where: str, texts: Iterable[object], inputs: Restricted) -> None:
    """Refuse to show texts that are codes of assessors, where the edition may not show people.

    Parameters
    ----------
    where : str
        What would show them, such as a table's title.

    Raises
    ------
    InputError
        If one of the texts is a code, or a list of codes.
    """
    if not inputs.edition.shows_people and (seen := _named(texts, inputs.codes_of_people)):
        _refuse(inputs.edition.name, [f"{where}: codes of assessors ({seen})"])


def _refuse(edition: str, found: list[str]) -> None:
    if found:
        raise InputError(
            f"The edition {edition!r} shows no single assessor. Found: {'; '.join(found)}.\n"
            "Leave it out where `edition.shows_people` is false; what only looks so is declared "
            "in the chapter's outputs."
        )


def _traces(
    table: pd.DataFrame, declared: Mapping[str, Points], fewest: int, codes: frozenset[str]
) -> Iterator[tuple[str, str]]:
    columns: list[tuple[str, Any]] = [(str(name), table[name]) for name in table.columns]
    if not isinstance(table.index, pd.RangeIndex):
        columns.append((INDEX, table.index))
    columns.append((HEADINGS, table.columns))
    counts = [name for name, points in declared.items() if points is Points.PEOPLE]
    for name, values in columns:
        points = declared.get(name)
        is_filled = any(isinstance(value, str) and value for value in values)
        if points is Points.NOBODY:
            continue
        if seen := _named(values, codes):
            yield name, f"codes of assessors ({seen})"
        elif points is Points.CODE and is_filled:
            yield name, "codes of assessors"
        elif points is None and is_filled and _NAMED_LIKE_A_CODE.fullmatch(name):
            yield name, "named like a code, and not declared"
        elif points in (Points.OFFICE, Points.ROLE) and is_filled and not set(counts) & set(table):
            yield name, f"a person's {points.value}, without a column that counts the people"
    for name in counts:
        if name in table:
            number = pd.to_numeric(table[name], errors="coerce").to_numpy(dtype=float, na_value=0)
            if not enough(np.nan_to_num(number), fewest).all():
                yield name, f"fewer than {fewest} people"


def _named(texts: Iterable[object], codes: frozenset[str]) -> str:
    """A few of the codes that texts begin with: alone, in a list, or before a colon."""
    seen: set[str] = set()
    for text in texts:
        if isinstance(text, str):
            first = _LISTED.split(text.strip(), maxsplit=1)[0]
            seen |= {first, first.partition(":")[0]} & codes
    return ", ".join(sorted(seen)[:3])
