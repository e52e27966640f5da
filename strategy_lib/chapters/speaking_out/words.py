"""What the tables of chapter 03 say, in sentences; never what anybody is to say or leave unsaid."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from strategy_lib.chapters.speaking_out.board import said_at
from strategy_lib.chapters.speaking_out.context import Context
from strategy_lib.chapters.speaking_out.routes import NOT_AN_ACT, NOT_RATED
from strategy_lib.chapters.wording import joined
from strategy_lib.core.messages import Names, Number, say
from strategy_lib.methods.harm import screening as harm
from strategy_lib.protocol.clocks import SILENT
from strategy_lib.schema.schema import code_list

_CLASSES = ("within", "acceptance", "not-ready", "not-permitted")


def said_board(board: pd.DataFrame) -> str:
    """How many cases there are, and in which states."""
    if board.empty:
        return say("speaking-no-case")
    counts, stages = board["state"].value_counts(sort=False), code_list("case_state")
    states = [f"{count} {stages.label(str(state))}" for state, count in counts.items()]
    return say(
        "speaking-told-board",
        cases=len(board),
        exercises=int((board["is_exercise"] == "yes").sum()),
        states=Names(states, len(states)),
    )


def said_none_open(cases: int) -> str:
    """That there is no case to show in detail, of how many."""
    return say("speaking-none-open", cases=int(cases)) if cases else say("speaking-no-case")


def said_state(context: Context) -> str:
    """Where the case that is shown stands, and what is missing first."""
    if context.case is None or context.state is None:
        return ""
    missing, title = context.state.missing, context.case.said("title")
    text = [
        say("speaking-told-state", name=context.shown, what=title, state=str(context.state.state))
    ]
    if missing:
        whose = missing[0].whose or say("speaking-nobody-named")
        text.append(say("speaking-told-missing", what=missing[0].what, whose=whose))
    if len(missing) > 1:
        text.append(say("speaking-told-missing-more", more=len(missing) - 1))
    return " ".join(text)


def said_flags(context: Context) -> str:
    """What does not hold up in a decision."""
    flags = context.state.flags if context.state else ()
    return say("speaking-told-flags", what=Names(flags, 4)) if flags else ""


def said_silent(path: pd.DataFrame) -> str:
    """Who was asked and is silent."""
    silent = list(path.loc[(path["state"] == SILENT) & (path["is_required"] == "yes"), "who"])
    if not silent:
        return ""
    return say("speaking-told-silent", people=len(silent), who=Names(silent, 4))


def said_harm(grid: pd.DataFrame, context: Context) -> str:
    """In which class each way of responding is."""
    if context.state is None or grid.empty:
        return say("speaking-told-no-group-screened")
    classes = context.state.screening.routes
    text = [say("speaking-told-harm")]
    for place in range(harm.NOT_PERMITTED, -1, -1):
        codes = [str(code) for code, found in classes.items() if int(found) == place]
        if codes:
            ways = _quoted(context.routes[code] for code in codes)
            text.append(say(f"speaking-told-harm-{_CLASSES[place]}", options=ways))
    return " ".join(text)


def _quoted(names: Iterable[object]) -> Names:
    return Names([f"“{name}”" for name in names], 4)


def said_line(grid: pd.DataFrame) -> str:
    """Where most people are over the line."""
    rated = grid[grid["over_line_pct"].notna()]
    if grid.empty:
        return say("speaking-told-no-group-rated")
    if rated.empty:
        return say("speaking-told-harm-unrated", pairs=len(grid))
    row = rated.sort_values("over_line_pct", ascending=False, kind="stable").iloc[0]
    if row["over_line_pct"] == 0:
        return say("speaking-told-line-nobody", pairs=len(rated))
    share = Number(float(row["over_line_pct"]), 0)
    return say("speaking-told-line", share=share, who=str(row["group"]), option=str(row["route"]))


def said_apart(apart: pd.DataFrame, screen: pd.DataFrame) -> str:
    """Where people put the same harm in different classes."""
    if screen.empty:
        return say("speaking-told-no-rating")
    if apart.empty:
        twice = int((screen["answered"] >= 2).sum())
        return say("speaking-told-agree", twice=twice, harms=len(screen))
    cells = apart.drop_duplicates(["group", "route", "measures"])
    return say("speaking-told-apart", ratings=len(cells))


def said_routes(routes: pd.DataFrame) -> str:
    """What the table of routes shows, without ranking them."""
    if routes.empty:
        return say("speaking-told-no-way")
    remains = routes["harm_that_remains"]
    groups = {
        "open": harm.CLASSES[: harm.NOT_READY],
        "closed": [harm.CLASSES[harm.NOT_PERMITTED]],
        "unknown": [harm.CLASSES[harm.NOT_READY], NOT_RATED],
    }
    text = []
    for group, classes in groups.items():
        rows = routes[(remains != NOT_AN_ACT) & remains.isin(list(classes))]
        if len(rows):
            text.append(say(f"speaking-told-ways-{group}", options=_quoted(rows["route"])))
    return " ".join([*text, say("speaking-told-ways-fixed")]) if text else ""


def said_silence(silence: pd.DataFrame) -> str:
    """Whom silence would cost most, with its spread."""
    if silence.empty:
        return say("speaking-told-no-silence")
    rated = silence[silence["median"].notna()]
    if rated.empty:
        return say("speaking-told-silence-unrated", groups=len(silence))
    row = rated.iloc[0]
    return say(
        "speaking-told-silence",
        who=str(row["who_is_affected"]).lower(),
        low=Number(float(row["lowest"])),
        high=Number(float(row["highest"])),
        middle=Number(float(row["median"])),
        answers=int(row["answered"]),
    )


def said_benefit(routes: pd.DataFrame) -> str:
    """Where people are furthest apart on what a route could bring."""
    if routes.empty:
        return say("speaking-told-no-way")
    spread = (routes["benefit_highest"] - routes["benefit_lowest"]).astype(float)
    if spread.isna().all():
        return say("speaking-told-benefit-unrated", ways=len(routes))
    row = routes.iloc[int(np.nanargmax(spread.to_numpy()))]
    return say(
        "speaking-told-benefit",
        option=str(row["route"]),
        low=Number(float(row["benefit_lowest"])),
        high=Number(float(row["benefit_highest"])),
    )


def said_evidence(evidence: pd.DataFrame, beyond: pd.DataFrame, routes: int) -> str:
    """How firmly the claims are known, and where a route goes further, of how many."""
    if evidence.empty:
        return say("speaking-told-no-evidence")
    has = say("speaking-told-evidence", claims=len(evidence))
    if beyond.empty:
        return f"{has} {say('speaking-told-none-beyond', ways=int(routes))}"
    ways = _quoted(dict.fromkeys(beyond["route"]))
    return f"{has} {say('speaking-told-beyond', options=ways)}"


def said_wording(wording: pd.DataFrame, has_words: bool) -> str:
    """How many passages the wording check points to."""
    if not has_words:
        return say("speaking-told-no-words")
    if wording.empty:
        return say("speaking-told-wording-none")
    open_ = wording[wording["state"] == "open"]
    stops = int((open_["gravity"] == "stop").sum())
    return say(
        "speaking-told-wording",
        passages=len(wording),
        stops=stops,
        thought=len(open_) - stops,
        dismissed=len(wording) - len(open_),
    )


def said_path(path: pd.DataFrame) -> str:
    """How many of those who must be heard or sign have answered."""
    if path.empty:
        return say("speaking-told-no-path")
    needed = path[path["is_required"] == "yes"]
    done = say("speaking-told-path", done=int(needed["answered"].notna().sum()), needed=len(needed))
    waiting = needed[needed["answered"].isna() & (needed["state"] != SILENT)]
    if waiting.empty:
        return done
    who = Names(list(dict.fromkeys(waiting["who"])), 4)
    return f"{done} {say('speaking-told-path-waiting', who=who)}"


def said_acceptance(accepted: pd.DataFrame, grid: pd.DataFrame) -> str:
    """How many risks need an acceptance, and how many have one that holds."""
    if accepted.empty:
        rated = int(grid["over_line_pct"].notna().sum())
        return say("speaking-told-no-acceptance", rated=rated, unrated=len(grid) - rated)
    holds = int((accepted["holds_today"] == "yes").sum())
    return say("speaking-told-acceptance", risks=len(accepted), holds=holds)


def said_decision(decisions: pd.DataFrame, dissents: pd.DataFrame) -> str:
    """The last decision and how many dissented."""
    if decisions.empty:
        return say("speaking-told-no-decision")
    row = decisions.iloc[0]
    given = {"what": str(row["kind"]), "day": str(row["decided"]), "who": str(row["by"])}
    if row["route"]:
        last = say("speaking-told-decision-way", **given, option=str(row["route"]))
    else:
        last = say("speaking-told-decision", **given)
    return f"{last} {say('speaking-told-dissents', dissents=len(dissents))}"


def said_aftercare(aftercare: pd.DataFrame) -> str:
    """What has been looked after."""
    if aftercare.empty:
        return say("speaking-told-no-aftercare")
    checks = int((aftercare["check"] != "").sum())
    return say("speaking-told-aftercare", checks=checks, others=len(aftercare) - checks)


def said_memory(memory: pd.DataFrame) -> str:
    """How many decisions the organisation remembers."""
    if memory.empty:
        return say("speaking-told-no-memory")
    return say("speaking-told-memory", decisions=len(memory))


def said_faults(faults: pd.DataFrame, entries: int) -> str:
    """How many entries need a look, of how many."""
    if faults.empty:
        return say("speaking-told-no-faults", entries=int(entries))
    return say("speaking-told-faults", faults=len(faults))


def notes(context: Context, faults: pd.DataFrame) -> tuple[str, ...]:
    """What this edition shows, which protocol holds, and what is missing."""
    if not context.inputs.restricted.edition.sees_everything:
        return (say("speaking-note-decides"), say("speaking-note-withheld"))
    own, found = context.protocol.own_files, context.state.screening if context.state else None
    silent, unmeasured = (found.silent, found.without_measure) if found else ((), ())
    return joined(
        (
            say("speaking-note-decides"),
            say("speaking-note-clocks", day=said_at(context.now)),
            say("speaking-note-own", files=Names(own, len(own)))
            if own
            else say("speaking-note-starting"),
            say("speaking-note-silent", who=Names(silent, len(silent))) if silent else "",
            say("speaking-note-unmeasured", ratings=len(unmeasured)) if unmeasured else "",
            said_faults(faults, 0) if len(faults) else "",
        )
    )
