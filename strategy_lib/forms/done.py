"""How much of a sheet is done, counted by the spreadsheet program while somebody fills it in."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from strategy_lib.forms.form import Form

Cell = tuple[int, int]


def write_done(
    sheet: Worksheet,
    form: Form,
    cell: Cell,
    answers: Sequence[Sequence[str]],
    said: str,
    look: Format,
) -> None:
    """Write a formula that says how many questions are answered, and why they are asked.

    Parameters
    ----------
    answers : sequence of sequence of str
        Of each question the ranges, such as `G5:G5`, of which any may hold its answer.
    said : str
        What stands behind the count.
    """
    if not answers:
        sheet.write_string(*cell, said, look)
        return
    before, after = form.texts["done"].format(done="\0", count=len(answers)).split("\0")
    number = "+".join(f"(COUNTA({','.join(ranges)})>0)" for ranges in answers)
    # A text in a formula may have 255 letters.
    half = len(said) // 2
    first, *rest = (_quoted(part) for part in (before, f"{after} ", said[:half], said[half:]))
    formula = f"={first}&({number})&{'&'.join(rest)}"
    sheet.write_formula(*cell, formula, look, f"{before}0{after} {said}")


def _quoted(text: str) -> str:
    """A text as a formula has it."""
    return '"' + text.replace('"', '""') + '"'
