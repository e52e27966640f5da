"""Questions to the hub and their answers, and the register of data measures and reports."""

from __future__ import annotations

from datetime import date

import pandas as pd

from strategy_lib.editions.restrict import Restricted

# A question that waits longer is told as open for long.
LONG_DAYS = 10
FEWEST_OFFICES = 3


def hub_questions(restricted: Restricted, as_of: date) -> pd.DataFrame:
    """Each question with its answer where other offices may read it; oldest open ones first.

    Returns
    -------
    DataFrame
        `asked_on`, `office` (code), `theme`, `question` and `answer` (missing where they may not
        be shared), `days` (until answered, or until today), `is_open`, `is_open_long`.
    """
    rows = restricted["hub_questions"]
    is_open = rows["answered_on"].isna()
    until = rows["answered_on"].fillna(pd.Timestamp(as_of))
    days = (until - rows["asked_on"]).dt.days
    may_share = rows["may_be_shared"] == "yes"
    # Editions for others hold neither what was asked nor what was answered.
    words = rows.reindex(columns=["question", "answer"])
    made = pd.DataFrame(
        {
            "asked_on": rows["asked_on"],
            "office": rows["unit_id"],
            "theme": rows["theme"],
            "question": words["question"].where(may_share),
            "answer": words["answer"].where(may_share),
            "days": days.astype("Int64"),
            "is_open": is_open,
            "is_open_long": is_open & (days > LONG_DAYS),
        }
    )
    by = ["is_open", "asked_on", "office"]
    return made.sort_values(by, ascending=[False, True, True], ignore_index=True)


def questions_by_theme(questions: pd.DataFrame) -> pd.DataFrame:
    """By theme: how many questions, from how many offices, open, and days until an answer.

    Returns
    -------
    DataFrame
        `theme`, `questions`, `offices`, `open`, `median_days` (of answered ones).
    """
    made = []
    for theme, own in questions.groupby("theme"):
        answered = own.loc[~own["is_open"], "days"].astype("float64")
        made.append(
            [theme, len(own), own["office"].nunique(), int(own["is_open"].sum()), answered.median()]
        )
    columns = ["theme", "questions", "offices", "open", "median_days"]
    return pd.DataFrame(made, columns=columns).astype({"median_days": "float64"})


def hub_findings(
    questions: pd.DataFrame, by_theme: pd.DataFrame, register: pd.DataFrame
) -> pd.DataFrame:
    """Questions that follow: open for long, asked by three offices, reports against the rules.

    Returns
    -------
    DataFrame
        `finding` (`hub_question`), `about`.
    """
    late = questions[questions["is_open_long"]]
    found = {
        "open_long": [
            f"{theme}, {day:%Y-%m-%d}"
            for theme, day in zip(late["theme"], late["asked_on"], strict=True)
        ],
        "asked_by_three": by_theme.loc[by_theme["offices"] >= FEWEST_OFFICES, "theme"],
        "report_against_rules": register.loc[register["is_against_rules"], "what"],
    }
    rows = [(finding, about) for finding, told in found.items() for about in told]
    return pd.DataFrame(rows, columns=["finding", "about"]).astype("str")


def data_register(restricted: Restricted) -> pd.DataFrame:
    """Measures for data and reports to authorities; a report is described, never stored.

    A report that covers work elsewhere is held against the rules for information: it is against
    them where the mainland may not be sent what an office writes about that work.

    Returns
    -------
    DataFrame
        `kind`, `what`, `unit_id`, `basis`, `covers_global_work`, `contains_people`, `state`,
        `owner_role`, `checked_on`, `is_against_rules`.
    """
    rows, flows = restricted["data_register"], restricted["data_flows"]
    forbidden = flows[(flows["action"] == "send") & (flows["rule"] == "not_allowed")]
    programme = forbidden["information_class"] == "programme_reports"
    people = forbidden["information_class"].isin(
        ["people_we_serve", "partner_contacts", "staff_records"]
    )
    is_report = rows["kind"] == "report_to_authority"
    covers_work = (rows["covers_global_work"] == "yes") & bool(programme.any())
    covers_people = (rows["contains_people"] == "yes") & bool(people.any())
    against = is_report & (covers_work | covers_people)
    columns = [
        "kind",
        "what",
        "unit_id",
        "basis",
        "covers_global_work",
        "contains_people",
        "state",
        "owner_role",
        "checked_on",
    ]
    made = rows[[name for name in columns if name in rows]].assign(is_against_rules=against)
    return made.sort_values(["kind", "what", "unit_id"]).reset_index(drop=True)
