"""The brief's tables as they are read on a page: few columns, and what is long as rows."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from strategy_lib.chapters.brief.context import NOBODY, day_in_words, text
from strategy_lib.chapters.brief.coverage import NOT_TAKEN, UNSAID
from strategy_lib.chapters.rows import table_of
from strategy_lib.chapters.wording import number
from strategy_lib.core.messages import say

PLAN = ["action", "owner", "from", "due", "indicator", "status", "note"]
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
    "minority_view_by": "Minority view by",
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
    "dissent_by": "Dissent by",
    "review_date": "Review on",
}


def in_rows(frame: pd.DataFrame, parts: Mapping[str, str], what: str) -> pd.DataFrame:
    """Records with long words, one row a part; parts that nobody filled in are left out.

    Parameters
    ----------
    parts : mapping of str to str
        Column -> its name on the page, in their order.
    what : str
        What a record is, such as "Question"; it stands before its number where there are several.

    Returns
    -------
    DataFrame
        `part`, `text`, with a row for every line; one whose part is empty goes on with that above.
    """
    rows = []
    for place, record in enumerate(frame.to_dict("records"), 1):
        if len(frame) > 1:
            rows.append([f"{what} {place}", ""])
        for column, name in parts.items():
            lines = [line for line in _words(record.get(column)).split("\n") if line.strip()]
            rows += [["" if number else name, line] for number, line in enumerate(lines)]
    return pd.DataFrame(rows, columns=["part", "text"])


def _words(value: object) -> str:
    return day_in_words(value) if isinstance(value, pd.Timestamp) else text(value)


def plan(actions: pd.DataFrame) -> pd.DataFrame:
    """The plan as it is read: how long an action is overdue stands beside its status.

    Parameters
    ----------
    actions : DataFrame
        From `brief_tables.actions`.
    """
    named = actions.rename(columns={"start_date": "from", "due_date": "due"})
    made = named.assign(status=[_status(row) for row in actions.to_dict("records")])
    # A column that nobody filled in takes room from the others.
    empty = [name for name in ("note", "from") if not any(map(text, made[name]))]
    return made[PLAN].drop(columns=empty)


def timeline(actions: pd.DataFrame) -> pd.DataFrame:
    """The plan for its figure: an action that nobody owns says so in its name."""
    named = [
        f"{NOBODY} · {row['action']}" if row["owner"] == NOBODY else row["action"]
        for row in actions.to_dict("records")
    ]
    return actions.assign(action=named)


def _status(row: Mapping[object, object]) -> str:
    if row["is_overdue"] != "yes":
        return text(row["status"])
    late = number(-int(str(row["days_left"])), "day overdue", "days overdue")
    return f"{text(row['status'])}; {late}"


def first_things(table: pd.DataFrame) -> pd.DataFrame:
    """What comes first in chapter 00, without the number that its name begins with.

    Parameters
    ----------
    table : DataFrame
        From `brief_readiness.first_things`.
    """
    return table.drop(columns="recommendation_id").rename(
        columns={"actions": "actions_in_the_plan"}
    )


def chapters(table: pd.DataFrame) -> pd.DataFrame:
    """What the brief rests on: each chapter by its number and title, in one column.

    Parameters
    ----------
    table : DataFrame
        From `brief_sources.chapters_read`.
    """
    return table_of(
        table.to_dict("records"),
        {
            "chapter": lambda row: f"{row['chapter']} {row['title']}",
            "who_answered": lambda row: (
                row["answered"] if row["is_there"] == "yes" else "not in this edition"
            ),
            "says_first": lambda row: (
                row["says_first"] if row["says_first"] != row["answered"] else ""
            ),
            "as_of": lambda row: row["as_of"],
        },
    )


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
    return _with_rows(pd.DataFrame(rows, columns=columns), said)


def _with_rows(made: pd.DataFrame, said: pd.DataFrame) -> pd.DataFrame:
    """The same with the rows that speak to it, where an optional chapter has any."""
    if not said["rows"].astype(bool).any():
        return made
    return made.assign(rows_that_speak_to_it=said["rows"].to_numpy())


def _numbered(row: Mapping[object, object]) -> str:
    return f"{row['recommendation_id']} · {row['title']}"


def _where(row: Mapping[object, object]) -> str:
    if row["state"] == NOT_TAKEN:
        because, where = str(row["not_taken_up_because"]), str(row["where_addressed"] or "")
        if where:
            return say("brief-not-taken-but", what=because, where=where)
        return say("brief-not-taken", what=because)
    count = int(str(row["actions"]))
    doing = say("brief-in-plan", actions=count) if count else ""
    because = text(row["not_taken_up_because"])
    parts = [
        text(row["where_addressed"]),
        doing,
        say("brief-not-taken-part", what=because) if because else "",
    ]
    return "; ".join(part for part in parts if part)


def unanswered(coverage: pd.DataFrame) -> pd.DataFrame:
    """Recommendations of which nobody has said anything."""
    said = coverage[coverage["state"] == UNSAID]
    made = pd.DataFrame(
        {
            "recommendation": [_numbered(row) for row in said.to_dict("records")],
            "what_it_says": said["recommendation"].to_numpy(),
            "group": said["group"].to_numpy(),
        }
    )
    return _with_rows(made, said)
