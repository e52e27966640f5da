"""Collects what is found while reading: all is told at once, and nothing a thousand times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from strategy_lib.core.problems import Problem
from strategy_lib.inputs.files.rawsheets import Refusal
from strategy_lib.schema.cell import Cell, Place
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.text import shortened

MOST_ALIKE = 200
_NOTES = frozenset(("encoding", "older_format"))
_Key = tuple[str, str, str, str]


@dataclass
class ProblemLog:
    """Problems and notes of one reading.

    Of problems of one kind in one column of a sheet, the first 200 are kept; one more line says how
    many there were beyond them.

    Attributes
    ----------
    refused : set of (file, sheet, row, field)
        Cells whose value is missing because what stands there cannot be used: that is told, and
        what follows from it need not be.
    faulty : dict of (file, sheet, row) to Problem
        First error of each row that is not to be used, however many there are; 0 as the row, or
        that of the headings, means all rows of the sheet.
    """

    problems: list[Problem] = field(default_factory=list)
    asides: list[Problem] = field(default_factory=list)
    refused: set[Cell] = field(default_factory=set)
    faulty: dict[Place, Problem] = field(default_factory=dict)
    _alike: Counter[_Key] = field(default_factory=Counter)
    _beyond: dict[_Key, Problem] = field(default_factory=dict)

    def add(self, problem: Problem, *, spares_row: bool = False) -> None:
        """Keep one problem, unless very many of its kind are kept already.

        Parameters
        ----------
        spares_row : bool
            Whether the row of an error can be used all the same.
        """
        if problem.severity == "error" and not spares_row:
            self.blame((problem.file, problem.sheet, problem.row), problem)
        key = (problem.file, problem.sheet, problem.column, problem.kind)
        self._alike[key] += 1
        if self._alike[key] <= MOST_ALIKE:
            self.problems.append(problem)
        else:
            self._beyond[key] = problem

    def blame(self, place: Place, problem: Problem) -> None:
        """Note that a row cannot be used because of a problem, which may be that of another row."""
        self.faulty.setdefault(place, problem)

    def add_fault(
        self,
        fault: Fault,
        file: str,
        sheet: str,
        row: int,
        column: str,
        *,
        spares_row: bool = False,
    ) -> Problem:
        """Keep what is wrong with one cell."""
        problem = fault.at(file, sheet, row, shortened(column))
        self.add(problem, spares_row=spares_row)
        return problem

    def add_refusals(self, file: str, refusals: Iterable[Refusal]) -> None:
        """Keep what is wrong with a file or a sheet as a whole."""
        for r in refusals:
            where = (file, r.sheet, r.row, "", r.severity, r.kind, r.message)
            problem = Problem(*where, r.found, r.allowed)
            if r.kind in _NOTES:
                self.asides.append(problem)
            else:
                self.add(problem)

    def note(self, file: str, sheet: str, kind: str, message: str, column: str = "") -> None:
        """Keep a note of something that was left aside."""
        self.asides.append(Problem(file, sheet, 0, shortened(column), "warning", kind, message))

    def take(self, other: ProblemLog) -> None:
        """Add what was found in a file that this journal says nothing of yet."""
        self.problems += other.problems
        self.asides += other.asides
        self.refused |= other.refused
        self.faulty |= other.faulty
        self._alike.update(other._alike)
        self._beyond |= other._beyond

    @property
    def is_cut(self) -> bool:
        """Whether there were more problems of a kind than are kept."""
        return bool(self._beyond)

    def finished(self) -> tuple[Problem, ...]:
        """Every problem in order, with the number of those that were too many to list."""
        rest = [
            replace(
                problem,
                row=0,
                found="",
                nearest="",
                message=f"and {self._alike[key] - MOST_ALIKE:,} more rows with such a problem",
            )
            for key, problem in self._beyond.items()
        ]
        return tuple(sorted((*self.problems, *rest)))
