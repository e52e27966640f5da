"""Partners and money: what one cell alone cannot tell."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from strategy_lib.inputs.checks.locations import row_dicts, tell
from strategy_lib.inputs.checks.person_names import names_of_bodies, tell_people
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.schema.cell_faults import Fault

# Tables in which a role answers, and the answers that need one.
_ANSWERED = {
    "appearances": {"go", "go_if", "not"},
    "funding_avenues": {"pursue", "watch", "exclude"},
}
_FEWEST_TEXTS = 3


def check_partners(frames: Mapping[str, pd.DataFrame], problem_log: ProblemLog) -> None:
    """Say where an answer has no role, closed money is pursued, or a reading rests on nothing.

    So too where a person is named: of a board, posts are asked for.
    """
    names = names_of_bodies(frames) if len(frames["partner_evidence"]) else []
    for table, answers in _ANSWERED.items():
        for row in row_dicts(frames[table]):
            if row["answer"] in answers and not row["decided_by_role"]:
                message = "is empty; name the role that answered, no person"
                fault = Fault("answer_without_role", message, allowed="a role")
                tell(problem_log, table, row, "decided_by_role", fault)
    for row in row_dicts(frames["funding_avenues"]):
        if row["answer"] == "pursue" and row["legal_state"] == "closed":
            message = "is “closed” by the law, as entered; watch or exclude it, or mend the law"
            fault = Fault("pursued_closed", message, "pursue", "watch, exclude")
            tell(problem_log, "funding_avenues", row, "answer", fault)
    for row in row_dicts(frames["partner_evidence"]):
        is_board = row["indicator"] == "board"
        tell_people(problem_log, "partner_evidence", row, "finding", names, is_strict=is_board)
        if row["reading"] and not row["finding"]:
            message = "is empty: without what was found, the reading counts as looked at in part"
            fault = Fault(
                "reading_without_finding", message, allowed="a sentence", severity="warning"
            )
            tell(problem_log, "partner_evidence", row, "finding", fault)
        elif row["indicator"] == "language" and (row["texts_read"] or 0) < _FEWEST_TEXTS:
            message = f"the language of texts needs {_FEWEST_TEXTS} texts to count as looked at"
            found, allowed = str(row["texts_read"] or 0), f"{_FEWEST_TEXTS} or more"
            fault = Fault("too_few_texts", message, found, allowed, severity="warning")
            tell(problem_log, "partner_evidence", row, "texts_read", fault)
