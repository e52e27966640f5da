"""How one office writes a value: its language, its dates, its habits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from strategy_lib.schema.schema import Field

YES_NO = {"en": ("yes", "no"), "fr": ("oui", "non"), "es": ("sí", "no"), "zh": ("是", "否")}
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True)
class Style:
    """Habits of one office.

    Attributes
    ----------
    language : str
        Language of headings, labels and of yes and no.
    codes : str
        Whether a coded cell holds the `code` or the `label` in the office's language.
    dates : str
        `real` date cells, `iso` text, `dotted` text (dd.mm.yyyy) or `serial` numbers.
    is_untidy : bool
        Trailing spaces, capitals and numbers typed as text here and there.
    is_full_width : bool
        Full-width digits, separators and abbreviations, as a Chinese input method makes them.
    rotate : int
        By how many columns the office has moved the sheet's columns round.
    extra : tuple of str
        Headings of columns that the office has added.
    blank_every : int
        An empty row after every so many rows; 0 for none.
    notes : str
        Text of a further sheet `Notes`; empty for none.
    has_lists : bool
        Whether the form still has its sheet of lists.
    has_marker : bool
        Whether the form still has its marker column.
    """

    language: str = "en"
    codes: Literal["code", "label"] = "label"
    dates: Literal["real", "iso", "dotted", "serial"] = "real"
    is_untidy: bool = False
    is_full_width: bool = False
    rotate: int = 0
    extra: tuple[str, ...] = ()
    blank_every: int = 0
    notes: str = ""
    has_lists: bool = False
    has_marker: bool = True


def cell(field: Field, value: Any, style: Style, row: int) -> Any:
    """What stands in the cell of row number `row` (untidiness depends on it)."""
    if value is None:
        return None
    if isinstance(value, bool):
        return YES_NO[style.language][0 if value else 1]
    if isinstance(value, date):
        return _date(value, style)
    if isinstance(value, (int, float)):
        return _number(value, style, row)
    if isinstance(value, tuple):
        return _list(field, value, style)
    text = _coded(field, str(value), style)
    if style.is_full_width and field.name == "counterpart" and text.isascii() and text.isupper():
        return text.translate(_WIDE)
    return _untidy(field, text, row) if style.is_untidy else text


def _date(value: date, style: Style) -> date | str | int:
    if style.dates == "iso":
        return value.isoformat()
    if style.dates == "dotted":
        return value.strftime("%d.%m.%Y")
    return (value - _EPOCH).days if style.dates == "serial" else value


def _number(value: float, style: Style, row: int) -> float | str:
    if style.is_full_width and row % 2:
        return f"{value:g}".translate(_WIDE)
    return f"{value:g} " if style.is_untidy and row % 3 == 1 else value


def _list(field: Field, values: Sequence[str], style: Style) -> str:
    separator = "；" if style.is_full_width else "; "
    return separator.join(_coded(field, value, style) for value in values)


def _coded(field: Field, value: str, style: Style) -> str:
    codes = field.code_list
    return value if codes is None or style.codes == "code" else codes.label(value, style.language)


def _untidy(field: Field, text: str, row: int) -> str:
    if field.codes and row % 4 == 2:
        return text.upper()
    return f"{text}  " if row % 3 == 0 else text
