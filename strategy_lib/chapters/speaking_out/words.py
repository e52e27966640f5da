"""What the tables of chapter 03 say, in sentences; never what anybody is to say or leave unsaid."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from strategy_lib.chapters.speaking_out.context import Context
from strategy_lib.chapters.speaking_out.routes import NOT_AN_ACT, NOT_RATED
from strategy_lib.chapters.wording import listed, number
from strategy_lib.methods.harm import screening as harm
from strategy_lib.protocol.clocks import SILENT
from strategy_lib.schema.schema import code_list

WITHHELD = (
    "Cases are shown in full only in an edition that sees everything: a screen of part of the harm "
    "would look milder than it is."
)


def said_board(board: pd.DataFrame) -> str:
    """How many cases there are, and in which states."""
    if board.empty:
        return "No case is entered."
    counts = board["state"].value_counts(sort=False)
    stages = code_list("case_state")
    parts = [f"{count} {stages.label(str(state))}" for state, count in counts.items()]
    exercises = int((board["is_exercise"] == "yes").sum())
    told = f", {number(exercises, 'of them an exercise', 'of them exercises')}" if exercises else ""
    return f"{number(len(board), 'case', 'cases')}{told}: {listed(parts, 7)}."


def said_state(context: Context) -> str:
    """Where the case that is shown stands, and what is missing first."""
    if context.case is None or context.state is None:
        return ""
    state, lead = context.state, f'{context.shown}, "{context.case.said("title")}"'
    text = f"{lead}, is at: {state.state}."
    if state.missing:
        first = state.missing[0]
        text += f" Next is missing: {first.what} (turn of: {first.whose or 'nobody named'})."
    if len(state.missing) > 1:
        text += f" {number(len(state.missing) - 1, 'thing more is', 'things more are')} missing."
    return text


def said_flags(context: Context) -> str:
    """What does not hold up in a decision."""
    flags = context.state.flags if context.state else ()
    return f"Does not hold up: {listed(list(flags))}." if flags else ""


def said_silent(path: pd.DataFrame) -> str:
    """Who was asked and is silent."""
    silent = path.loc[(path["state"] == SILENT) & (path["is_required"] == "yes"), "who"]
    if silent.empty:
        return ""
    verb = "was" if len(silent) == 1 else "were"
    return (
        f"{listed(list(silent))} {verb} asked and did not answer before the clock ran out: "
        "recorded as silent, which is neither consent nor objection."
    )


def said_harm(grid: pd.DataFrame, context: Context) -> str:
    """In which class each way of responding is."""
    if context.state is None or grid.empty:
        return "No group is entered with a way of responding; harm has not been screened."
    classes = context.state.screening.routes
    parts = []
    for place in range(harm.NOT_PERMITTED, -1, -1):
        codes = [str(code) for code, found in classes.items() if int(found) == place]
        if codes:
            parts.append(f"{harm.CLASSES[place]}: {_quoted(context.routes[c] for c in codes)}")
    return f"Harm to people, by its worst class for any group: {'; '.join(parts)}."


def _quoted(names: Iterable[object]) -> str:
    return listed([f'"{name}"' for name in names])


def said_line(grid: pd.DataFrame) -> str:
    """Where most people are over the line."""
    rated = grid[grid["over_line_pct"].notna()]
    if rated.empty:
        if grid.empty:
            return "No group is entered with a way of responding; harm has not been rated."
        pairs = number(len(grid), "pair", "pairs")
        return f"Nobody has rated harm to people in any of {pairs} of group and way yet."
    row = rated.sort_values("over_line_pct", ascending=False, kind="stable").iloc[0]
    if row["over_line_pct"] == 0:
        return (
            f"Nobody who rated puts any of {number(len(rated), 'pair', 'pairs')} of group and way "
            "beyond what is tolerated without an acceptance."
        )
    return (
        f"Furthest over the line: {row['over_line_pct']:.0f}% of those who rated "
        f'{row["group"]} for "{row["route"]}". One person over a line is enough for the class.'
    )


def said_apart(apart: pd.DataFrame, screen: pd.DataFrame) -> str:
    """Where assessors put the same harm in different classes."""
    if screen.empty:
        return "No rating of harm is entered."
    if apart.empty:
        twice = int((screen["answered"] >= 2).sum())
        return (
            f"Assessors agree on the class of {twice} of {number(len(screen), 'harm', 'harms')} to "
            "groups; the others fewer than two rated."
        )
    cells = apart.drop_duplicates(["group", "route", "measures"])
    pairs = number(len(cells), "rating of harm", "ratings of harm")
    return f"On {pairs} assessors are in different classes; their reasons stand below."


def said_routes(routes: pd.DataFrame) -> str:
    """What the table of routes shows, without ranking them."""
    if routes.empty:
        return "No way of responding is entered."
    acts = routes[routes["harm_that_remains"] != NOT_AN_ACT]
    open_ = acts[acts["harm_that_remains"].isin(list(harm.CLASSES[: harm.NOT_READY]))]
    closed = acts[acts["harm_that_remains"] == harm.CLASSES[harm.NOT_PERMITTED]]
    unknown = acts[acts["harm_that_remains"].isin([harm.CLASSES[harm.NOT_READY], NOT_RATED])]
    parts = []
    for rows, lead in (
        (open_, "Not excluded by harm to people"),
        (closed, "Not permitted as they stand"),
        (unknown, "Not known"),
    ):
        if len(rows):
            parts.append(f"{lead}: {_quoted(rows['route'])}")
    return (
        f"{'. '.join(parts)}. A benefit does not move them from one to the other." if parts else ""
    )


def said_silence(silence: pd.DataFrame) -> str:
    """Whom silence would cost most, with its spread."""
    rated = silence[silence["median"].notna()]
    if rated.empty:
        if silence.empty:
            return "No rating of what silence would cost is entered; it may cost much."
        of = number(len(silence), "group", "groups")
        return f"Nobody has rated what silence would cost any of {of}; it may cost much."
    row = rated.iloc[0]
    return (
        f"Silence, rated 0 to 4: for {str(row['who_is_affected']).lower()} from "
        f"{row['lowest']:g} to {row['highest']:g}, median {row['median']:g}, "
        f"{number(int(row['answered']), 'answer', 'answers')}."
    )


def said_benefit(routes: pd.DataFrame) -> str:
    """Where people are furthest apart on what a route could bring."""
    spread = (routes["benefit_highest"] - routes["benefit_lowest"]).astype(float)
    if routes.empty or spread.isna().all():
        if routes.empty:
            return "No way of responding is entered."
        ways = number(len(routes), "way of responding", "ways of responding")
        return f"Nobody has rated what any of {ways} could bring."
    row = routes.iloc[int(np.nanargmax(spread.to_numpy()))]
    return (
        f'People are furthest apart on what "{row["route"]}" could bring: from '
        f"{row['benefit_lowest']:g} to {row['benefit_highest']:g} of 4."
    )


def said_evidence(evidence: pd.DataFrame, beyond: pd.DataFrame, routes: int) -> str:
    """How firmly the claims are known, and where a route goes further, of how many."""
    if evidence.empty:
        return "No row of evidence is entered, whatever is claimed."
    text = f"{number(len(evidence), 'claim has', 'claims have')} a row of evidence"
    if beyond.empty:
        ways = number(routes, "way", "ways")
        return f"{text}; none of {ways} of responding goes further than their grades reach."
    names = list(dict.fromkeys(beyond["route"]))
    return f"{text}; further than their grades reach: {_quoted(names)}."


def said_wording(wording: pd.DataFrame, has_words: bool) -> str:
    """How many passages the wording check points to."""
    if not has_words:
        return "No words are entered yet that could be checked."
    if wording.empty:
        return "The wording check points to 0 passages; it sees only what its rules name."
    open_ = wording[wording["state"] == "open"]
    stops = int((open_["gravity"] == "stop").sum())
    dismissed = len(wording) - len(open_)
    text = f"The wording check points to {number(len(wording), 'passage', 'passages')}"
    parts = [number(stops, "open one to mend or dismiss", "open ones to mend or dismiss")]
    parts += [f"{len(open_) - stops} for thought"] if len(open_) > stops else []
    parts += [f"{dismissed} dismissed with a reason"] if dismissed else []
    return f"{text}: {listed(parts)}."


def said_path(path: pd.DataFrame) -> str:
    """How many of those who must be heard or sign have answered."""
    if path.empty:
        return "Nobody was asked yet: the sign-off path is empty."
    needed = path[path["is_required"] == "yes"]
    done = int(needed["answered"].notna().sum())
    text = (
        f"{done} of {number(len(needed), 'answer', 'answers')} that the protocol asks for are in."
    )
    waiting = needed[needed["answered"].isna() & (needed["state"] != SILENT)]
    if len(waiting):
        text += f" Waited for: {listed(list(dict.fromkeys(waiting['who'])))}."
    return text


def said_acceptance(accepted: pd.DataFrame, grid: pd.DataFrame) -> str:
    """How many risks need an acceptance, and how many have one that holds."""
    if accepted.empty:
        rated = int(grid["over_line_pct"].notna().sum())
        pairs = number(rated, "rated pair", "rated pairs")
        open_ = len(grid) - rated
        return f"None of {pairs} of group and way needs an acceptance" + (
            f"; {open_} that nobody rated are not cleared by that." if open_ else "."
        )
    holds = int((accepted["holds_today"] == "yes").sum())
    return (
        f"{number(len(accepted), 'risk needs', 'risks need')} a named role's written acceptance; "
        f"{holds} {'has' if holds == 1 else 'have'} one that holds today."
    )


def said_decision(decisions: pd.DataFrame, dissents: pd.DataFrame) -> str:
    """The last decision and how many dissented."""
    if decisions.empty:
        return "No decision is entered for this case."
    row = decisions.iloc[0]
    text = f"{row['kind']} on {row['decided']} by {row['by']}"
    if row["route"]:
        text += f' ("{row["route"]}")'
    told = number(len(dissents), "dissent is", "dissents are")
    return f"{text}. {told} on the record." if len(dissents) else f"{text}; no dissent is entered."


def said_aftercare(aftercare: pd.DataFrame) -> str:
    """What has been looked after."""
    if aftercare.empty:
        return "Nothing is entered after a decision yet."
    checks = int((aftercare["check"] != "").sum())
    others = len(aftercare) - checks
    return (
        f"{number(checks, 'check is', 'checks are')} entered, and "
        f"{number(others, 'incident, pressure or lesson', 'incidents, pressures or lessons')}."
    )


def said_memory(memory: pd.DataFrame) -> str:
    """How many decisions the organisation remembers."""
    if memory.empty:
        return "No decision on any case is entered."
    return (
        f"{number(len(memory), 'decision is', 'decisions are')} recorded, with words and reasons."
    )


def said_faults(faults: pd.DataFrame, entries: int) -> str:
    """How many entries need a look, of how many."""
    if faults.empty:
        return f"None of {number(entries, 'entry', 'entries')} on cases looks wrong by the checks."
    return f"{number(len(faults), 'entry needs', 'entries need')} a look."
