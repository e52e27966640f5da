"""What is wrong, or odd, in what offices sent: one line each, all at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that a person must mend (error) or should look at (warning).

    Attributes
    ----------
    file, sheet : str
        Where it is; the file relative to the cycle's `inputs/` folder, with `/`.
    row : int
        Row as the spreadsheet program numbers it (the first is 1); 0 where no row is meant.
    column : str
        Heading as it stands in the file, or the field's title.
    found, allowed, nearest : str
        What stands there, what may stand there, and the allowed value most like it.
    kind : str
        Stable identifier of the check, such as `unknown_code`.
    """

    file: str
    sheet: str
    row: int
    column: str
    severity: Severity
    kind: str
    message: str
    found: str = ""
    allowed: str = ""
    nearest: str = ""

    @property
    def where(self) -> str:
        """Place in words: `mapping/kenya.xlsx · activities · row 7 · Stance`."""
        row = f"row {self.row}" if self.row else ""
        return " · ".join(part for part in (self.file, self.sheet, row, self.column) if part)

    def __str__(self) -> str:
        hint = f" (did you mean {self.nearest}?)" if self.nearest else ""
        return f"{self.where}: {self.message}{hint}"
