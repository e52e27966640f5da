"""Numbers as people write them; what could be two numbers is no number."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Any

from strategy_lib.schema.cell_faults import Converted, refused
from strategy_lib.schema.schema import Field
from strategy_lib.schema.text import cell_text

_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?")
_GROUPS = re.compile(r"([+-]?\d{1,3})((?:([ '.,])\d{3})(?:\3\d{3})*)(?:([.,])(\d+))?")
_COMMA = re.compile(r"([+-]?\d+),(\d+)")


def to_number(cell: Any, field: Field) -> Converted:
    """A cell as a number within the field's limits.

    Examples
    --------
    >>> from strategy_lib.schema.schema import table_schema
    >>> staff = table_schema("coordination")["staff_fte"]
    >>> to_number("1 200,5", staff).value
    1200.5
    >>> to_number("1,200", staff).fault.message
    'found "1,200"; it could be 1200 or 1.200: write it without the comma or with a full stop'
    """
    allowed = allowed_numbers(field)
    number = _number(cell)
    if isinstance(number, Converted):
        return number
    if number is None:
        return refused("wrong_number", cell, f"write {allowed}", allowed)
    if field.type == "integer" and number != int(number):
        return refused("wrong_number", cell, f"write {allowed}", allowed)
    low = -math.inf if field.minimum is None else field.minimum
    high = math.inf if field.maximum is None else field.maximum
    if not low <= number <= high or abs(number) > 1e15:
        return refused("out_of_range", cell, f"write {allowed}", allowed)
    return Converted(int(number) if field.type == "integer" else number)


def allowed_numbers(field: Field) -> str:
    """What a field of numbers allows, in words: `a whole number from 0 to 3`."""
    kind = "a whole number" if field.type == "integer" else "a number"
    low, high = field.minimum, field.maximum
    if low is not None and high is not None:
        return f"{kind} from {low:g} to {high:g}"
    if low is not None:
        return f"{kind} of {low:g} or more"
    return f"{kind} of {high:g} or less" if high is not None else kind


def _number(cell: Any) -> float | Converted | None:
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return None
    if isinstance(cell, str):
        return _from_text(cell, unicodedata.normalize("NFKC", cell_text(cell)).casefold())
    return float(cell) if math.isfinite(cell) else None


def _from_text(cell: str, text: str) -> float | Converted | None:
    text = text.replace("\u2212", "-").replace("\u2019", "'")
    if len(text) > 40 or not text.isascii():
        return None
    if (grouped := _GROUPS.fullmatch(text)) is not None:
        return _from_groups(cell, grouped)
    if _PLAIN.fullmatch(text):
        number = float(text)
        return number if math.isfinite(number) else None
    comma = _COMMA.fullmatch(text)
    return float(f"{comma[1]}.{comma[2]}") if comma else None


def _from_groups(cell: str, found: re.Match[str]) -> float | Converted | None:
    """A number in groups of three digits; with one separator only, it may be a decimal sign."""
    first, rest, separator, decimal, fraction = found.groups()
    if decimal == separator:
        return None
    is_one_group = len(rest) == 4
    if separator in ".," and is_one_group and not decimal:
        return _one_separator(cell, first, rest, separator)
    whole = first + "".join(c for c in rest if c.isdigit())
    return float(f"{whole}.{fraction or 0}")


def _one_separator(cell: str, first: str, rest: str, separator: str) -> float | Converted:
    if first.lstrip("+-") == "0":
        return float(f"{first}.{rest[1:]}")
    sign = "comma" if separator == "," else "full stop"
    advice = f"write it without the {sign}" + (" or with a full stop" if sign == "comma" else "")
    either = f"{first}{rest[1:]} or {first}.{rest[1:]}"
    return refused("ambiguous_number", cell, f"it could be {either}: {advice}", either)
