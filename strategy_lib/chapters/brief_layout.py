"""The brief's tables as they are read on a page: few columns, and what is long as rows."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from strategy_lib.chapters.brief_coverage import NOT_TAKEN, UNSAID
from strategy_lib.chapters.brief_ground import NOBODY, text
from strategy_lib.chapters.wording import number

PLAN = ["action", "owner", "from_to", "indicator", "status", "note"]
QUESTION_PARTS = {
    "purpose": "Purpose",
    "question": "Question",
    "recommendation": "Recommendation",
    "recommended_by": "Recommended by",
    "resolution_wording": "Resolution",
    "asked_of": "Asked of",
    "decision_by": "Decision by",
    "risks": "Key risks",
    "minority_view": "Minority view",
}
DECISION_PARTS = {
    "question": "Question",
    "decision": "Decision",
    "kind": "Kind",
    "decided_date": "Decided on",
    "decided_by": "Decided by",
    "reasons": "Reasons",
    "conditions": "Conditions",
    "dissent": "Dissent",
    "review_date": "Review on",
}


def in_rows(frame: pd.DataFrame, parts: Mapping[str, str], what: str) -> pd.DataFrame:
    """Records with long words, one row a part; parts that nobody filled in are left out.

    Parameters
    ----------
    parts : mapping of str to str
        Column -> its name on the page, in their order.
    what : str
        Name of the first column: number of the record, such as "question".

    Returns
    -------
    DataFrame
        `what`, `part`, `words`.
    """
    rows = [
        [str(place), name, words]
        for place, record in enumerate(frame.to_dict("records"), 1)
        for column, name in parts.items()
        if (words := text(record.get(column)).removesuffix(" 00:00:00"))
    ]
    return pd.DataFrame(rows, columns=[what, "part", "words"])


def plan(actions: pd.DataFrame) -> pd.DataFrame:
    """The plan in six columns: dates in one, and how long an action is overdue beside its status.

    Parameters
    ----------
    actions : DataFrame
        From `brief_tables.actions`.
    """
    made = actions.assign(
        from_to=[
            _from_to(row["start_date"], row["due_date"]) for row in actions.to_dict("records")
        ],
        status=[_status(row) for row in actions.to_dict("records")],
    )
    return made[PLAN]


def timeline(actions: pd.DataFrame) -> pd.DataFrame:
    """The plan for its figure: an action that nobody owns says so in its name."""
    named = [
        f"{NOBODY} · {row['action']}" if row["owner"] == NOBODY else row["action"]
        for row in actions.to_dict("records")
    ]
    return actions.assign(action=named)


def _from_to(start: object, due: object) -> str:
    days = [f"{day:%Y-%m-%d}" if text(day) else "no day" for day in (start, due)]
    return " to ".join(days)


def _status(row: Mapping[object, object]) -> str:
    if row["is_overdue"] != "yes":
        return text(row["status"])
    return f"{text(row['status'])}; {-int(str(row['days_left'])):,} days overdue"


def answered(coverage: pd.DataFrame) -> pd.DataFrame:
    """Recommendations that somebody has answered: where, or why not, by whom, and what is next.

    Parameters
    ----------
    coverage : DataFrame
        From `brief_coverage.coverage`.
    """
    said = coverage[coverage["state"] != UNSAID]
    rows = [
        [_numbered(row), _where(row), row["owner"], row["next_step"]]
        for row in said.to_dict("records")
    ]
    columns = ["recommendation", "where_or_why_not", "owner", "next_step"]
    return pd.DataFrame(rows, columns=columns)


def _numbered(row: Mapping[object, object]) -> str:
    return f"{row['recommendation_id']} · {row['title']}"


def _where(row: Mapping[object, object]) -> str:
    if row["state"] == NOT_TAKEN:
        also = f"; but also: {row['where_addressed']}" if row["where_addressed"] else ""
        return f"Not taken up, because: {row['not_taken_up_because']}{also}"
    count = int(str(row["actions"]))
    doing = f"{number(count, 'action', 'actions')} in the plan" if count else ""
    because = text(row["not_taken_up_because"])
    parts = [text(row["where_addressed"]), doing, f"not taken up: {because}" if because else ""]
    return "; ".join(part for part in parts if part)


def unanswered(coverage: pd.DataFrame) -> pd.DataFrame:
    """Recommendations of which nobody has said anything."""
    said = coverage[coverage["state"] == UNSAID]
    return pd.DataFrame({
        "recommendation": [_numbered(row) for row in said.to_dict("records")],
        "what_it_says": said["recommendation"].to_numpy(),
        "group": said["group"].to_numpy(),
    })  # fmt: skip
