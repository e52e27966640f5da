"""What an office answers once for its whole form: nothing to report, and how widely it may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from strategy_lib.core.audiences import DEFAULT_LABEL, LABELS, NARROWEST
from strategy_lib.inputs.files.rawsheets import RawSheet
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.inputs.records import Converters, Record
from strategy_lib.schema.cell import Place
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.form_texts import said_in_forms
from strategy_lib.schema.schema import schemas
from strategy_lib.schema.text import cell_text, is_blank, loose_key
from strategy_lib.schema.values import to_boolean

NOTHING, HANDLING = "nothing", "handling_all"


@dataclass(frozen=True)
class _Answer:
    """What stands beside a label, and where; `cell` is "" where nothing does."""

    cell: Any
    place: Place
    label: str


@dataclass
class FormTop:
    """Answers above the headings of one file, or on its first sheet."""

    answers: dict[str, _Answer] = field(default_factory=dict)

    def read(self, file: str, sheet: RawSheet, end: int) -> None:
        """Look for labels in the first rows of a sheet; the answer stands to the right of its label."""
        for number, row in enumerate(sheet.rows[:end], 1):
            for column, cell in enumerate(row):
                text = cell_text(cell)
                name = said_in_forms(NOTHING, HANDLING).get(loose_key(text)) if text else None
                if name and name not in self.answers:
                    beside = row[column + 1] if column + 1 < len(row) else ""
                    self.answers[name] = _Answer(beside, (file, sheet.name, number), text)

    def apply(
        self,
        records: Mapping[str, list[Record]],
        office: str,
        converters: Converters,
        problem_log: ProblemLog,
    ) -> Iterable[Record]:
        """Label the rows of the file; a return, where the answers are one.

        Parameters
        ----------
        records : mapping of str to list of dict
            Table -> its rows, whose labels become as narrow as the form's answer.
        office : str
            Code of the only office that the file names; else empty.
        """
        said, made = self._nothing(problem_log), []
        has_rows = any(records.get(name) for name in _asked())
        if said or (NOTHING in self.answers and has_rows):
            made = list(self._return(office, has_activities=not said, problem_log=problem_log))
        given = {name: records.get(name, []) for name in _asked()}
        self._label(given | {"returns": [*given["returns"], *made]}, converters, problem_log)
        return made

    def _nothing(self, problem_log: ProblemLog) -> bool:
        answer = self.answers.get(NOTHING)
        if answer is None or is_blank(answer.cell):
            return False
        done = to_boolean(answer.cell)
        if done.fault is not None:
            problem_log.add_fault(done.fault, *answer.place, answer.label)
        return bool(done.value)

    def _return(
        self, office: str, *, has_activities: bool, problem_log: ProblemLog
    ) -> Iterable[Record]:
        answer = self.answers[NOTHING]
        if not office:
            if not has_activities:
                message = (
                    "the form does not say whose it is; write the office's code behind its name"
                )
                fault = Fault("missing_value", message, allowed="Kenya office (ke)")
                problem_log.add_fault(fault, *answer.place, answer.label)
            return
        place = zip(("source_file", "source_sheet", "source_row"), answer.place, strict=True)
        yield {"unit_id": office, "has_activities": has_activities, **dict(place)}

    def _label(
        self,
        tables: Mapping[str, list[Record]],
        converters: Converters,
        problem_log: ProblemLog,
    ) -> None:
        answer = self.answers.get(HANDLING)
        if answer is None or is_blank(answer.cell):
            return
        done = converters.of("activities", "handling")(answer.cell)
        if done.fault is not None:
            problem_log.add_fault(done.fault, *answer.place, answer.label, spares_row=True)
        for name, rows in tables.items():
            # A table whose rows are narrow by themselves is not widened by an answer for the form.
            own = max(done.value or DEFAULT_LABEL, schemas()[name].default_handling, key=_narrow)
            least = done.value if schemas()[name].default_handling == DEFAULT_LABEL else own
            for row in rows:
                if done.value is None:
                    # How widely the form may be shown cannot be read: as narrowly as can be.
                    row |= NARROWEST
                else:
                    row["handling"] = max(row.get("handling") or least, least, key=_narrow)


def _narrow(label: str) -> int:
    return LABELS.index(label if label in LABELS else DEFAULT_LABEL)


@cache
def _asked() -> tuple[str, ...]:
    """Tables that offices fill in."""
    return tuple(name for name, table in schemas().items() if table.filled_by == "office")
