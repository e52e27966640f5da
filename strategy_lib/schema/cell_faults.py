"""What a cell became: a value, or what is wrong with it in words for the person who wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from strategy_lib.core.problems import Problem, Severity
from strategy_lib.schema.text import cell_text, shortened


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell, as in `Problem`."""

    kind: str
    message: str
    found: str = ""
    allowed: str = ""
    nearest: str = ""
    severity: Severity = "error"

    def at(self, file: str, sheet: str, row: int, column: str) -> Problem:
        """The problem that this is at one place."""
        where = (file, sheet, row, column, self.severity, self.kind, self.message)
        return Problem(*where, self.found, self.allowed, self.nearest)


@dataclass(frozen=True)
class Converted:
    """Value of a cell (None where there is none) and what there is to say about it.

    Attributes
    ----------
    is_year : bool
        Whether the value is a day that stands for a whole year.
    """

    value: Any = None
    fault: Fault | None = None
    is_year: bool = False


NOTHING = Converted()


def refused(kind: str, cell: Any, advice: str, allowed: str = "", nearest: str = "") -> Converted:
    """A cell that cannot be used; the message quotes what was found and says what to write.

    Examples
    --------
    >>> refused("wrong_date", "soon", "write a date such as 2026-09-14").fault.message
    'found "soon"; write a date such as 2026-09-14'
    """
    found = shortened(cell_text(cell))
    return Converted(None, Fault(kind, f'found "{found}"; {advice}', found, allowed, nearest))
