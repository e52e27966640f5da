"""Dates as people and spreadsheet programs write them; what could be two dates is no date."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from strategy_lib.schema.cell_faults import Converted, refused
from strategy_lib.schema.text import cell_text, loose_key

ALLOWED = "a date such as 2026-09-14, 2026-09 or 2026"
_ADVICE = f"write {ALLOWED}"
FIRST_YEAR, LAST_YEAR = 1900, 2199
_FIRST, _LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
# Days since 1899-12-30, as spreadsheet programs count them: from 1927 to 2199. Smaller numbers
# are more likely years or counts than days.
_SERIALS = (10_000, 109_574)
_LONGEST = 60
_DAY_ZERO = date(1899, 12, 30)
_YMD = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?", re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_Y = re.compile(r"(\d{4})年?")
_YM = re.compile(r"(\d{4})[-/.](\d{1,2})")
_MY = re.compile(r"(\d{1,2})[-/.](\d{4})")
_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})[日号])?")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\.?")
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?: \d{1,2}:\d{2}.*)?")
_WORDS = re.compile(
    r"(?:le |el |the )?(?:(\d{1,2})(?:er|st|nd|rd|th|º|\.)? ?(?:de |of )?)?([^\W\d]{3,})\.? ?"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?,? )?(?:de |del )?(\d{4})"
)
_MONTHS = (
    "january janvier enero",
    "february fevrier febrero",
    "march mars marzo",
    "april avril abril",
    "may mai mayo",
    "june juin junio",
    "july juillet julio",
    "august aout agosto",
    "september septembre septiembre setiembre",
    "october octobre octubre",
    "november novembre noviembre",
    "december decembre diciembre",
)
_SHORT = (
    "jan feb fev mar apr avr abr jun jul juil aug sep sept set oct nov dec ene ago dic janv fevr"
)
_SHORT_MONTHS = (1, 2, 2, 3, 4, 4, 4, 6, 7, 7, 8, 9, 9, 9, 10, 11, 12, 1, 8, 12, 1, 2)


def written_day(value: date) -> str:
    """A date as it is written out, whatever the computer's language.

    Examples
    --------
    >>> written_day(date(2026, 11, 1))
    '1 November 2026'
    """
    return f"{value.day} {_MONTHS[value.month - 1].split()[0].title()} {value.year}"


def to_date(cell: Any, *, is_end: bool = False) -> Converted:
    """A cell as a date.

    Parameters
    ----------
    cell : date, datetime, float, int or str
        A number counts days as spreadsheet programs do, from 1900; from 1900 to 2199 it is a year.
    is_end : bool
        Whether a month or a year alone means its last day instead of its first.

    Examples
    --------
    >>> to_date("14.9.2026").value, to_date("May 2024", is_end=True).value
    (datetime.date(2026, 9, 14), datetime.date(2024, 5, 31))
    >>> to_date(2019.0).value, to_date("2019", is_end=True).value
    (datetime.date(2019, 1, 1), datetime.date(2019, 12, 31))
    >>> to_date("03/04/2024").fault.message
    'found "03/04/2024"; it could be 2024-04-03 or 2024-03-04: write the one that is meant'
    """
    if isinstance(cell, datetime):
        return _in_range(cell, cell.date())
    if isinstance(cell, date):
        return _in_range(cell, cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(cell, float(cell), is_end)
    text = unicodedata.normalize("NFKC", cell_text(cell)[:_LONGEST])
    return _from_text(cell, text, is_end) if len(text) < _LONGEST else _wrong(cell)


def _in_range(cell: Any, day: date) -> Converted:
    if _FIRST <= day <= _LAST:
        return Converted(day)
    return refused("wrong_date", cell, "write a date from 1900 to 2199", ALLOWED)


def _from_number(cell: Any, number: float, is_end: bool) -> Converted:
    if number.is_integer() and FIRST_YEAR <= number <= LAST_YEAR:
        return Converted(date(int(number), *((12, 31) if is_end else (1, 1))), is_year=True)
    return _from_serial(cell, number)


def _from_serial(cell: Any, number: float) -> Converted:
    if _SERIALS[0] <= number <= _SERIALS[1]:
        return Converted(_DAY_ZERO + timedelta(days=int(number)))
    return _wrong(cell)


def _wrong(cell: Any) -> Converted:
    return refused("wrong_date", cell, _ADVICE, ALLOWED)


def _from_text(cell: Any, text: str, is_end: bool) -> Converted:
    slashed = _SLASHED.fullmatch(text)
    if slashed:
        return _from_slashed(cell, int(slashed[1]), int(slashed[3]), int(slashed[4]))
    if alone := _Y.fullmatch(text):
        return _from_number(cell, float(alone[1]), is_end)
    parts = _parts(text)
    if parts is None:
        is_number = re.fullmatch(r"\d{5,6}(?:\.\d+)?", text)
        return _from_serial(cell, float(text)) if is_number else _wrong(cell)
    year, month, day = parts
    if not 1 <= month <= 12:
        return _wrong(cell)
    return _made(cell, year, month, day or (calendar.monthrange(year, month)[1] if is_end else 1))


def _parts(text: str) -> tuple[int, int, int] | None:
    """Year, month and day (0 where only a month is given), where the order is beyond doubt."""
    found = _YMD.fullmatch(text) or _COMPACT.fullmatch(text) or _CHINESE.fullmatch(text)
    found = found or _CHINESE.fullmatch(text.replace(" ", ""))
    if found:
        return _checked(found[1], found[2], found[3] or "0")
    if found := _DOTTED.fullmatch(text):
        return _checked(found[3], found[2], found[1])
    if found := _YM.fullmatch(text):
        return _checked(found[1], found[2], "0")
    if found := _MY.fullmatch(text):
        return _checked(found[2], found[1], "0")
    return _from_words(text)


def _checked(year: str, month: str, day: str) -> tuple[int, int, int] | None:
    numbers = int(year), int(month), int(day)
    return numbers if 1 <= numbers[0] <= 9999 else None


def _from_words(text: str) -> tuple[int, int, int] | None:
    found = _WORDS.fullmatch(text.casefold())
    month = _month_names().get(loose_key(found[2])) if found else None
    if found is None or month is None or (found[1] and found[3]):
        return None
    return _checked(found[4], str(month), found[1] or found[3] or "0")


@cache
def _month_names() -> dict[str, int]:
    names = {name: number for number, words in enumerate(_MONTHS, 1) for name in words.split()}
    return names | dict(zip(_SHORT.split(), _SHORT_MONTHS, strict=True))


def _made(cell: Any, year: int, month: int, day: int) -> Converted:
    try:
        return _in_range(cell, date(year, month, day))
    except ValueError:
        return refused("wrong_date", cell, f"there is no such day; {_ADVICE}", ALLOWED)


def _from_slashed(cell: Any, first: int, second: int, year: int) -> Converted:
    """Day and month in either order: a number above 12, or two equal ones, leave no doubt."""
    if first > 12 or first == second:
        return _made(cell, year, second, first) if 1 <= second <= 12 else _wrong(cell)
    if second > 12:
        return _made(cell, year, first, second) if first else _wrong(cell)
    if not first or not second or not 1 <= year <= 9999:
        return _wrong(cell)
    either = f"{year:04}-{second:02}-{first:02} or {year:04}-{first:02}-{second:02}"
    return refused(
        "ambiguous_date", cell, f"it could be {either}: write the one that is meant", either
    )
