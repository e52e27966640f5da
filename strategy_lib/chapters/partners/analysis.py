"""Chapter 05: with whom we work, for what, at whose risk, and whose money we take."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from strategy_lib.chapters.board import addressed, board
from strategy_lib.chapters.engagement import office_names, with_offices
from strategy_lib.chapters.partners.evidence import indicator_grid, looked_at, readings
from strategy_lib.chapters.partners.questions import CONDITIONS, is_confirmed, open_questions
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.editions.restrict import Restricted
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.schema.schema import code_list

# Recommendations of the guide that each table speaks to.
ADDRESSED = {
    "partners": ("38", "39", "40.2", "41", "42"),
    "partner_evidence": ("40", "40.1"),
    "appearances": ("47",),
    "contact_avenues": ("37", "43", "43.1", "43.2", "43.3", "43.4"),
    "funding_avenues": ("5", "5.1", "5.2", "5.3", "5.4", "28", "29"),
}
_CANVAS = ["we_give", "we_want", "they_give", "they_want", "their_words", "learning"]
_POINTS = ("p10", "p50", "p90")
# The furthest result of contact last.
_RESULTS = ("refused", "no_answer", "none_yet", "met", "second_meeting", "joint_step")


def analyse(given: ChapterInputs) -> ChapterResult:
    """Everything that chapter 05 shows; it takes no parameters."""
    now = given.now
    restricted = now.restricted
    read = readings(restricted)
    grid = indicator_grid(restricted, read)
    looked = looked_at(grid)
    questions = open_questions(restricted, looked, now.as_of)
    offices = office_names(restricted)
    partners = _partners(restricted, looked, questions, offices)
    tables = {
        "partnerships": partners,
        "indicators": grid,
        "readings": with_offices(read, offices),
        "readings_apart": _apart(with_offices(read, offices), grid),
        "kind_by_purpose": _kind_by_purpose(restricted["partners"]),
        "canvas": _canvas(restricted, offices),
        "joint_appearances": _appearances(restricted, offices),
        "contact_effort": _contact_effort(restricted, now),
        "contacts": _contacts(restricted, now, offices),
        "funding": _funding(restricted, now),
        "income": _income(restricted, now.currency),
        "open_questions": with_offices(questions, offices),
        "board": _board(restricted, now),
        "addressed": addressed(restricted, ADDRESSED),
    }
    return ChapterResult(tables=tables, findings={}, notes=_notes(now), given={})


def _partners(
    restricted: Restricted,
    looked: pd.DataFrame,
    questions: pd.DataFrame,
    offices: Mapping[str, str],
) -> pd.DataFrame:
    """Each partnership: with whom, for what, how far, and how much was looked at."""
    rows = restricted["partners"]
    columns = ["counterpart", "unit_id", "partner_kind", "purpose", "theme", "stage", "review_date"]
    made = rows[columns].copy()
    for name in ("looked_at", "checked"):
        made[name] = made["counterpart"].map(looked[name]).fillna(0).astype(int)
    asked = questions.groupby(["about", "unit_id"]).size()
    keys = zip(made["counterpart"], made["unit_id"], strict=True)
    made["questions"] = [int(asked.get(key, 0)) for key in keys]
    made = made.sort_values(["counterpart", "unit_id", "purpose"]).reset_index(drop=True)
    return with_offices(made, offices)


def _apart(read: pd.DataFrame, grid: pd.DataFrame) -> pd.DataFrame:
    """Readings of one indicator that differ, side by side, each with its office and its grade."""
    apart = grid.loc[grid["look"] == "apart", ["counterpart", "indicator"]]
    made = read.merge(apart, on=["counterpart", "indicator"])
    columns = [
        "counterpart",
        "indicator",
        "office",
        "reading",
        "grade",
        "checked_by",
        "check_result",
    ]
    return made[columns].reset_index(drop=True)


def _kind_by_purpose(partners: pd.DataFrame) -> pd.DataFrame:
    """How many partnerships there are of each kind for each purpose; those that go on."""
    going_on = partners[partners["stage"].isin(["idea", "talking", "agreed", "running"])]
    counted = going_on.groupby(["partner_kind", "purpose"]).size()
    return counted.rename("partnerships").reset_index()


def _canvas(restricted: Restricted, offices: Mapping[str, str]) -> pd.DataFrame:
    """What each side gives and wants, in whose words, and whether another office is critical."""
    rows = restricted["partners"]
    columns = [name for name in _CANVAS if name in rows]
    said = rows[["we_give", "they_give"]].notna().any(axis=1)
    made = rows.loc[said, ["counterpart", "unit_id", *columns]].copy()
    activities = restricted["activities"]
    critical = activities[activities["stance"] == "critical"]
    names = critical.groupby("counterpart")["unit_id"].agg(set)
    made["critical_elsewhere"] = [
        "; ".join(sorted(offices.get(u, u) for u in names.get(name, set()) - {unit}))
        for name, unit in zip(made["counterpart"], made["unit_id"], strict=True)
    ]
    made = made.sort_values(["counterpart", "unit_id"]).reset_index(drop=True)
    return with_offices(made, offices)


def _appearances(restricted: Restricted, offices: Mapping[str, str]) -> pd.DataFrame:
    """Each joint appearance: the six conditions before, and how many were kept after."""
    rows = restricted["appearances"].sort_values(["held_on", "title"])
    made = rows[["title", "counterpart", "unit_id", "forum", "held_on", "sensitivity", "answer"]]
    states = rows[list(CONDITIONS)]
    made = made.assign(
        met=(states == "yes").sum(axis=1),
        not_met=(states == "no").sum(axis=1),
        unknown=(states == "unknown").sum(axis=1),
        not_said=states.isna().sum(axis=1),
        kept=[float("nan") if not len(k) else len(set(k)) for k in rows["conditions_kept"]],
    )
    return with_offices(made.reset_index(drop=True), offices)


def _contacts(restricted: Restricted, now: Snapshot, offices: Mapping[str, str]) -> pd.DataFrame:
    """Each avenue of contact, with whether its stop date is past without a step together."""
    rows = restricted["contact_avenues"].sort_values(["stop_after", "unit_id", "avenue"])
    columns = ["unit_id", "avenue", "target", "since", "result", "effort_days", "stop_after"]
    made = rows[[name for name in columns if name in rows]].copy()
    made["is_past_stop"] = _is_past_stop(rows, now)
    return with_offices(made.reset_index(drop=True), offices)


def _is_past_stop(rows: pd.DataFrame, now: Snapshot) -> pd.Series:
    return (rows["stop_after"] < pd.Timestamp(now.as_of)) & (rows["result"] != "joint_step")


def _contact_effort(restricted: Restricted, now: Snapshot) -> pd.DataFrame:
    """By avenue: how many were tried, the days that are known, the furthest result."""
    rows = restricted["contact_avenues"].copy()
    rows["is_past_stop"] = _is_past_stop(rows, now)
    made = []
    for avenue in code_list("contact_avenue").values:
        own = rows[rows["avenue"] == avenue]
        if len(own):
            furthest = max(own["result"], key=_RESULTS.index)
            days = own["effort_days"].astype("float64").sum(min_count=1)
            without = int(own["effort_days"].isna().sum())
            past = int(own["is_past_stop"].sum())
            made.append([avenue, len(own), days, without, furthest, past])
    columns = ["avenue", "tried", "days", "without_days", "furthest", "past_stop"]
    return pd.DataFrame(made, columns=columns)


def _funding(restricted: Restricted, now: Snapshot) -> pd.DataFrame:
    """Each avenue of money: the law, freedom to speak, what it may bring, and the answer."""
    rows = restricted["funding_avenues"].sort_values("avenue_id")
    columns = [
        "avenue_id",
        "avenue",
        "avenue_kind",
        "legal_state",
        "counsel_checked_date",
        "freedom",
        "form",
        *_POINTS,
        "currency",
        "answer",
        "review_date",
    ]
    confirmed = [is_confirmed(day, now.as_of) for day in rows["counsel_checked_date"]]
    options = restricted["presence_options"].set_index("option_id")["name"]
    made = rows[columns].assign(is_confirmed=confirmed, option=rows["option_id"].map(options))
    return made.reset_index(drop=True)


def _income(restricted: Restricted, currency: str) -> pd.DataFrame:
    """Avenues that are pursued, in one currency: if all go badly, if all go well.

    Sums of the lowest and of the highest amounts are the two ends; nothing is netted against the
    costs of a presence. An avenue without three amounts, or in a currency without a rate, is
    counted, not added.

    Returns
    -------
    DataFrame
        One row: `currency`, `pursued`, `with_amounts`, `all_badly`, `all_well`.
    """
    rows = restricted["funding_avenues"]
    pursued = rows[rows["answer"] == "pursue"]
    rates = restricted["currency_rates"].set_index("currency")["rate"].astype("float64")
    rate = pursued["currency"].map({**rates, currency: 1.0}).astype("float64")
    whole = pursued[list(_POINTS)].notna().all(axis=1) & rate.notna()
    own = pursued[whole]
    ends = [(own[n].astype("float64") * rate[whole]).sum(min_count=1) for n in ("p10", "p90")]
    return pd.DataFrame(
        [[currency, len(pursued), len(own), *ends]],
        columns=["currency", "pursued", "with_amounts", "all_badly", "all_well"],
    )


def _board(restricted: Restricted, now: Snapshot) -> pd.DataFrame:
    partners, money = restricted["partners"], restricted["funding_avenues"]
    return board(
        now.as_of,
        ("partnership", partners["counterpart"], partners["stage"], partners["unit_id"]),
        ("funding", money["avenue"], money["answer"], None),
    )


def _notes(now: Snapshot) -> tuple[str, ...]:
    notes = [
        "Nothing here says whether a partner can be trusted, what it may not say, or what the law "
        "allows. Questions follow from what is entered; they are no conclusions.",
        "Readings of two offices stand side by side; no average is made, and the newer does not "
        "win.",
        "An indicator counts as looked at with a reading, a finding and a grade; the language of "
        "texts needs three texts. It counts as checked when a peer or an expert from outside said "
        "whether they read the same.",
        "Dated facts, no legal advice: confirm with counsel.",
    ]
    if now.restricted.withheld_count:
        notes.append(
            "Rows on partners are restricted, and evidence stays out of mainland China, unless "
            "their own label says otherwise: this edition may hold few of them."
        )
    return tuple(notes)
