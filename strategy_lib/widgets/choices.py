"""Lists to choose from, made from the schemas: what may be entered is what is offered."""

from __future__ import annotations

from typing import Any

from strategy_lib.schema.schema import code_list, table_schema

NOT_SAID = ""
_NOTHING = ("not said", NOT_SAID)
YES_NO = [_NOTHING, ("yes", "yes"), ("no", "no")]


def coded(name: str, *, numbers: bool = False) -> list[tuple[str, Any]]:
    """The codes of a list by their labels, after `not said`.

    Parameters
    ----------
    numbers : bool
        Whether the codes are whole numbers.

    Examples
    --------
    >>> coded("handling")[:2]
    [('not said', ''), ('Public', 'public')]
    """
    listed = code_list(name).codes
    return [_NOTHING, *((c.label(), int(c.code) if numbers else c.code) for c in listed)]


def levels(table: str, name: str) -> list[tuple[str, Any]]:
    """The whole numbers that a field allows, after `not said`.

    Examples
    --------
    >>> levels("activities", "contact_strength")
    [('not said', ''), ('0', 0), ('1', 1), ('2', 2), ('3', 3)]
    """
    item = table_schema(table)[name]
    low, high = int(item.minimum or 0), int(item.maximum or 0)
    return [_NOTHING, *((str(number), number) for number in range(low, high + 1))]
