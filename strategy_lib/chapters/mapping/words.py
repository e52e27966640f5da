"""What the tables of chapter 01 say, in sentences; never what anybody should do about it."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.mapping.tables import NOT_ANSWERED
from strategy_lib.chapters.wording import listed, number
from strategy_lib.inputs.checks.answers import NOTHING, SILENT
from strategy_lib.schema.schema import code_list


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


def heard(who: pd.DataFrame) -> str:
    """Of how many offices an edition has heard; empty where it may not say."""
    if who.empty:
        return ""
    count = int((who["answer"] != SILENT).sum())
    return f" ({count} of {number(len(who), 'office', 'offices')} answered)"


def said_open_names(pairs: int, now: int, if_joined: int) -> str:
    """How many there could be if names that look alike, and wait for a person, were joined."""
    if not pairs:
        return ""
    looks = number(pairs, "pair of names looks", "pairs of names look")
    would = f"it would be {if_joined}" if if_joined != now else f"it would still be {now}"
    return f" {looks} alike and {'is' if pairs == 1 else 'are'} open: joined, {would}."


def said_discovery(known: pd.DataFrame) -> str:
    """What the centre did not know."""
    if known.isna().any(axis=None):
        return "Too few records are shown here to say what the international office did not know."
    told, unknown = int(known["n_told"].iloc[0]), int(known["n_not_known"].iloc[0])
    if not told:
        open_ = int(known["n_not_said"].iloc[0])
        total = number(open_, "activity", "activities")
        said = f"Of none of {total} is it said whether the international office knew of it."
        return said if open_ else "No activity is entered yet."
    share = 100 * unknown / told
    text = (
        f"{unknown:,} of {number(told, 'activity', 'activities')} ({share:.0f}%) "
        f"{'was' if unknown == 1 else 'were'} not known to the international office before"
    )
    open_ = int(known["n_not_said"].iloc[0])
    return f"{text}; of {open_:,} more nobody said." if open_ else f"{text}."


def without_counterpart(current: int, heard_of: str) -> str:
    """That current activities name no counterpart, or that there are none."""
    if not current:
        return f"No current activity is entered{heard_of}."
    return (
        f"None of {number(current, 'current activity', 'current activities')} names a "
        f"counterpart{heard_of}."
    )


def said_contradictions(
    table: pd.DataFrame, count: int, current: int, heard_of: str, open_names: str
) -> str:
    """Where offices stand differently towards the same counterpart.

    Parameters
    ----------
    count, current : int
        Counterparts of current activities, and current activities.
    heard_of : str
        From `heard`.
    open_names : str
        From `said_open_names`.
    """
    of = f"of {number(count, 'counterpart', 'counterparts')}"
    if table.empty:
        if not count:
            return without_counterpart(current, heard_of)
        return (
            f"None {of} is worked with by one office and criticised by another{heard_of}."
            f"{open_names}"
        )
    verb = "is" if len(table) == 1 else "are"
    return (
        f"{len(table)} {of} {verb} worked with by one office and looked at critically by another: "
        f"{listed(list(table['counterpart']))}.{open_names}"
    )


def said_overlaps(
    table: pd.DataFrame, count: int, current: int, heard_of: str, open_names: str
) -> str:
    """Where several offices deal with one counterpart; parameters as of `said_contradictions`."""
    of = f"of {number(count, 'counterpart', 'counterparts')}"
    if table.empty:
        if not count:
            return without_counterpart(current, heard_of)
        return f"None {of} is shared by two offices{heard_of}.{open_names}"
    first = table.iloc[0]
    return (
        f"{len(table)} {of} {'is' if len(table) == 1 else 'are'} shared by two or more offices; "
        f"{first['counterpart']} by {first['n_offices']}.{open_names}"
    )


def said_single(table: pd.DataFrame, contacts: int, told: int, current: int, heard_of: str) -> str:
    """What hangs on one person, of how many current contacts and of how many it is said."""
    if not contacts:
        return without_counterpart(current, heard_of)
    if table.empty:
        of = number(contacts, "current contact", "current contacts")
        return f"None of {of} is reported as hanging on one colleague; of {told} it is said."
    strong = int((table["contact_strength"] == 3).sum())
    trusted = f"; {strong} of them regular and trusted" if strong and len(table) > 1 else ""
    verb = "hangs" if len(table) == 1 else "hang"
    of = number(contacts, "current contact", "current contacts")
    text = f"{len(table)} of {of} {verb} on one colleague{trusted}"
    open_ = contacts - told
    return f"{text}; of {open_} it is not said." if open_ else f"{text}."


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


def said_capacity(gaps: pd.DataFrame, who: pd.DataFrame) -> str:
    """What offices in exposed countries can do; one that says nothing is not called unable."""
    asked = int(who["is_highly_exposed"].sum())
    told = gaps[gaps["n_said"] > 0]
    if told.empty:
        of = number(asked, "office", "offices")
        if not asked:
            return "No office that is shown here is in a highly exposed country."
        return f"None of {of} in highly exposed countries has said what it can do."
    none = int((told["n_able"] == 0).sum())
    text = (
        f"{none} of {number(len(told), 'office', 'offices')} in highly exposed countries that said "
        f"what they can do {'reports' if none == 1 else 'report'} no capacity at level 3 or more"
    )
    return f"{text}; {asked - len(told)} more did not say." if asked > len(told) else f"{text}."


def said_strategies(table: pd.DataFrame, months: int, due: int, entered: int, heard_of: str) -> str:
    """Which country strategies are due without a China section.

    Parameters
    ----------
    due, entered : int
        Strategies that fall due within the months, and all that are entered.
    """
    if not entered:
        return (
            f"No country strategy is entered{heard_of}; whether one lacks a China section is open."
        )
    if table.empty:
        if not due:
            many = "strategies" if entered > 1 else "strategy"
            return (
                f"None of the {entered} country {many} entered{heard_of} is due within {months} "
                "months."
            )
        of = number(due, "country strategy", "country strategies")
        return (
            f"None of {of} due within {months} months lacks a drafted China section; {entered} "
            f"{'is' if entered == 1 else 'are'} entered{heard_of}."
        )
    overdue = int(table["is_overdue"].sum())
    late = f"; {overdue} of them {'is' if overdue == 1 else 'are'} overdue" if overdue else ""
    return (
        f"{len(table)} of {number(due, 'country strategy', 'country strategies')} due within "
        f"{months} months {'has' if len(table) == 1 else 'have'} no drafted China section{late}."
    )


def said_names(table: pd.DataFrame, names: int) -> str:
    """What a person still has to confirm, of how many names."""
    if table.empty:
        if not names:
            return "No counterpart is entered yet."
        of = number(names, "counterpart's name", "counterparts' names")
        return f"None of {of} looks like another without a decision."
    pairs = number(len(table), "pair of names looks", "pairs of names look")
    waits = "waits" if len(table) == 1 else "wait"
    return f"{pairs} alike and {waits} for a person to decide."


def said_tests(table: pd.DataFrame, heard_of: str) -> str:
    """How complete the added-value tests are."""
    if table.empty:
        return f"No added-value test has been handed in{heard_of}."
    whole = int((table["not_answered"] == "").sum())
    tests = number(len(table), "added-value test", "added-value tests")
    return f"{whole} of {tests} {'answers' if whole == 1 else 'answer'} every question."


def said_entry_points(
    table: pd.DataFrame, contradictions: pd.DataFrame, count: int, current: int, heard_of: str
) -> str:
    """Which counterparts carry most reasons to be looked at first, and who is critical of them.

    Parameters
    ----------
    count, current : int
        As of `said_contradictions`.
    """
    if table.empty:
        if not count:
            return without_counterpart(current, heard_of)
        of = number(count, "counterpart", "counterparts")
        return f"None of {of} of current activities is in or from China{heard_of}."
    best = table[table["points"] == table["points"].max()]
    verb = "has" if len(best) == 1 else "have"
    text = f"{listed(list(best['counterpart']), 3)} {verb} most reasons to be looked at first."
    both = [str(c) for c in best["counterpart"] if c in set(contradictions["counterpart"])]
    if not both:
        return text
    return f"{text} One office works with {listed(both, 3)} while another is critical."


def said_themes(counts: pd.DataFrame, without: pd.DataFrame) -> str:
    """Which themes carry most activities, and which none."""
    totals = counts.sum(axis=0, min_count=1).dropna()
    if totals.empty:
        return "No activity is entered with a theme, or too few to show."
    most = str(totals.sort_values(ascending=False, kind="stable").index[0])
    of = len(code_list("theme").codes) - 1
    none = f"; none on {len(without)} of {of} themes: {listed(list(without['theme']), 3)}"
    none = none if len(without) else ""
    return f"Most reported activities are on {most}{none}."
