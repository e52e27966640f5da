"""What the tables of chapter 01 say, in sentences; never what anybody should do about it."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.mapping.tables import NOT_ANSWERED
from strategy_lib.chapters.wording import listed, number
from strategy_lib.inputs.checks.answers import NOTHING, SILENT


def said_answers(who: pd.DataFrame, *, sees_offices: bool, sees_all: bool) -> str:
    """How many offices have answered, and who has not."""
    if not sees_offices:
        return "This edition does not show which offices have answered."
    if who.empty:
        return "No office is listed yet; the list of offices comes first."
    silent = who[who["answer"] == SILENT]
    count = len(who) - len(silent)
    if not count:
        return f"No office of {len(who)} has answered yet."
    verb = "has" if count == 1 else "have"
    text = f"{count} of {number(len(who), 'office', 'offices')} {verb} answered"
    nothing = int((who["answer"] == NOTHING).sum())
    text += f", {nothing} of them with nothing to report." if nothing else "."
    if len(silent):
        lead = "No answer yet from" if sees_all else "No answer is shown here from"
        text += f" {lead} {listed(sorted(silent['unit']))}."
    return text


def said_silence(who: pd.DataFrame, bounds: pd.DataFrame) -> str:
    """How much the silent offices could change the picture."""
    silent = who[who["answer"] == SILENT]
    if silent.empty or bounds.empty:
        return ""
    exposed = int(silent["is_highly_exposed"].sum())
    where = f" ({exposed} in highly exposed countries)" if exposed else ""
    low, high = bounds.iloc[0][["low_pct", "high_pct"]]
    return (
        f"{number(len(silent), 'silent office', 'silent offices')}{where} could move the share of "
        f"activities unknown to the centre to anywhere from {low:.0f}% to {high:.0f}%, if silent "
        "offices do as much as the others."
    )


def said_discovery(known: pd.DataFrame) -> str:
    """What the centre did not know."""
    if known.isna().any(axis=None):
        return "Too few records are shown here to say what the international office did not know."
    told, unknown = int(known["n_told"].iloc[0]), int(known["n_not_known"].iloc[0])
    if not told:
        return "No office has said yet which activities the international office knew of."
    share = 100 * unknown / told
    return (
        f"{unknown:,} of {number(told, 'activity', 'activities')} ({share:.0f}%) "
        f"{'was' if unknown == 1 else 'were'} not known to the international office before."
    )


def said_contradictions(table: pd.DataFrame) -> str:
    """Where offices stand differently towards the same counterpart."""
    if table.empty:
        return "No counterpart is worked with by one office and criticised by another."
    verb = "is" if len(table) == 1 else "are"
    return (
        f"{number(len(table), 'counterpart', 'counterparts')} {verb} worked with by one office "
        f"and looked at critically by another: {listed(list(table['counterpart']))}."
    )


def said_overlaps(table: pd.DataFrame) -> str:
    """Where several offices deal with one counterpart."""
    if table.empty:
        return "No counterpart is shared by two offices."
    first = table.iloc[0]
    return (
        f"{number(len(table), 'counterpart is', 'counterparts are')} shared by two or more "
        f"offices; {first['counterpart']} by {first['n_offices']}."
    )


def said_single(table: pd.DataFrame) -> str:
    """What hangs on one person."""
    if table.empty:
        return "No current contact is reported as hanging on one colleague."
    strong = int((table["contact_strength"] == 3).sum())
    trusted = f"; {strong} of them regular and trusted" if strong and len(table) > 1 else ""
    return f"{number(len(table), 'contact hangs', 'contacts hang')} on one colleague{trusted}."


def said_blind_spots(table: pd.DataFrame, exposed: int, *, sees_all: bool) -> str:
    """Highly exposed countries about which nothing is reported."""
    if not exposed:
        return "There are no facts here about how exposed countries are."
    if table.empty:
        return f"Activities are reported in all {exposed} highly exposed countries."
    silent = int((table["why"] == NOT_ANSWERED).sum())
    more = f"; in {silent} of them our own office has not answered" if silent else ""
    what = "no reported activity" if sees_all else "no activity shown in this edition"
    verb = "has" if len(table) == 1 else "have"
    return (
        f"{len(table)} of {number(exposed, 'highly exposed country', 'highly exposed countries')} "
        f"{verb} {what}{more}."
    )


def said_capacity(gaps: pd.DataFrame) -> str:
    """What offices in exposed countries can do."""
    if gaps.empty:
        return "No office in a highly exposed country has said what it can do."
    none = int((gaps["n_able"] == 0).sum())
    return (
        f"{none} of {number(len(gaps), 'office', 'offices')} in highly exposed countries "
        f"{'reports' if none == 1 else 'report'} no capacity at level 3 or more."
    )


def said_strategies(table: pd.DataFrame, months: int) -> str:
    """Which country strategies are due without a China section."""
    if table.empty:
        return f"No country strategy due within {months} months lacks a drafted China section."
    overdue = int(table["is_overdue"].sum())
    late = f"; {overdue} of them {'is' if overdue == 1 else 'are'} overdue" if overdue else ""
    return (
        f"{number(len(table), 'country strategy', 'country strategies')} due within {months} "
        f"months {'has' if len(table) == 1 else 'have'} no drafted China section{late}."
    )


def said_names(table: pd.DataFrame) -> str:
    """What a person still has to confirm."""
    if table.empty:
        return "No two names look alike without a decision."
    pairs = number(len(table), "pair of names looks", "pairs of names look")
    waits = "waits" if len(table) == 1 else "wait"
    return f"{pairs} alike and {waits} for a person to decide."


def said_tests(table: pd.DataFrame) -> str:
    """How complete the added-value tests are."""
    if table.empty:
        return "No added-value test has been handed in."
    whole = int((table["not_answered"] == "").sum())
    tests = number(len(table), "added-value test", "added-value tests")
    return f"{whole} of {tests} {'answers' if whole == 1 else 'answer'} every question."


def said_entry_points(table: pd.DataFrame) -> str:
    """Which counterparts carry most reasons to be looked at first."""
    if table.empty:
        return "No current activity names a counterpart."
    best = table[table["points"] == table["points"].max()]
    verb = "has" if len(best) == 1 else "have"
    return f"{listed(list(best['counterpart']), 3)} {verb} most reasons to be looked at first."


def said_themes(counts: pd.DataFrame, without: pd.DataFrame) -> str:
    """Which themes carry most activities, and which none."""
    totals = counts.sum(axis=0, min_count=1).dropna()
    if totals.empty:
        return "No activity is reported by theme."
    most = str(totals.sort_values(ascending=False, kind="stable").index[0])
    none = f"; none on {listed(list(without['theme']), 3)}" if len(without) else ""
    return f"Most reported activities are on {most}{none}."
