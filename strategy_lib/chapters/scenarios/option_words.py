"""What the tables of chapter 04 say about options and signposts, in sentences."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.codes import Answer, OptionKind
from strategy_lib.chapters.scenarios.options import under_none
from strategy_lib.chapters.scenarios.scores import Scores
from strategy_lib.chapters.scenarios.sets import Futures
from strategy_lib.chapters.scenarios.signposts import CROSSED, HOLDS_EVERYWHERE, NEAR
from strategy_lib.chapters.wording import listed, number
from strategy_lib.core.settings import ScenarioSettings

WIDE = 4


def said_rests(
    scores: Scores, futures: Futures, distances: pd.DataFrame, margins: pd.DataFrame
) -> str:
    """What a sentence on every scenario rests on: how many were scored, whose cells, which ties.

    Parameters
    ----------
    distances, margins : DataFrame
        The chapter's tables: which scenario is today's own, and which states are tied.
    """
    scored = list(scores.matrix.columns[scores.matrix.notna().any(axis=0)])
    found, influences = number(len(futures.found), "scenario", "scenarios"), futures.influences
    text = f"Scored are {len(scored)} of {found} that hold together"
    own = distances.loc[distances["differs_in"].eq(0) & distances["counted"].gt(0), "scenario"]
    if len(own) and own.iloc[0] not in scored:
        has_name = own.iloc[0] in set(futures.named["name"])
        named = "" if has_name else ", which has no name"
        text += f", not today's own ({own.iloc[0]}{named})"
    cells, judged = (
        int(influences.others.sum()),
        int((influences.is_judged & influences.others).sum()),
    )
    tied = margins.loc[margins["margin"] == 0, "scenario"].nunique()
    parts = []
    if judged < cells:
        share = 100 * (cells - judged) / cells
        parts.append(f"{share:.0f}% of cells are the workbook's starting matrix")
    if tied:
        parts.append(f"{tied} of {margins['scenario'].nunique()} shown scenarios rest on a tie")
    tail = "; ".join(parts)
    return f"{text}. {tail[:1].upper()}{tail[1:]}{'.' if tail else ''}".strip()


def said_options(scores: Scores, cells: pd.DataFrame, found: int, rests: str) -> str:
    """What was scored, on what it rests, and where people are furthest apart.

    Parameters
    ----------
    found : int
        Scenarios that hold together.
    rests : str
        From `said_rests`.
    """
    if scores.options.empty:
        return "No strategic option is entered yet."
    if scores.scenarios.empty:
        named = number(found, "scenario", "scenarios")
        return f"None of {named} has a name yet, and only in named ones can options be scored."
    counted = cells[cells["counted"] == Answer.YES] if len(cells) else cells
    if counted.empty:
        options = number(len(scores.options), "option", "options")
        return f"None of {options} has been scored in any of {found} scenarios that hold together."
    where = f"in every scored scenario ({counted['scenario'].nunique()} of {found})"
    enough = counted.groupby("option", sort=False)["median"].min() >= scores.settings.good_enough
    rated = scores.matrix.notna().all(axis=1)
    safe = [name for name, good in enough.items() if good and name in set(rated.index[rated])]
    text = f"None of {number(len(scores.options), 'option', 'options')} is good enough {where}"
    if safe:
        verb = "is" if len(safe) == 1 else "are"
        text = f"{listed([str(name) for name in safe])} {verb} good enough {where}"
    spread = (counted["highest"] - counted["lowest"]).astype(float)
    if spread.notna().any() and spread.max() >= WIDE:
        worst = counted.iloc[int(spread.fillna(0).to_numpy().argmax())]
        text += (
            f". People are furthest apart on {worst['option']} in {worst['scenario']}: "
            f"{worst['lowest']:g} to {worst['highest']:g}"
        )
    return f"{text}. {rests}"


def said_regret(regrets: pd.DataFrame, options: int, scenarios: int) -> str:
    """Where most is missed, among how many options and scenarios."""
    if not regrets.size:
        return f"Regret cannot be shown: {_none_everywhere(options, scenarios)}."
    largest = regrets.max(axis=1)
    least = largest[largest == largest.min()]
    names = listed([str(name) for name in least.index], 3)
    values = regrets.to_numpy(dtype=float)
    row, column = divmod(int(values.argmax()), values.shape[1])
    if values[row, column] <= 0:
        return (
            f"In every one of {regrets.shape[1]} scored scenarios all {len(regrets)} options do "
            "equally well."
        )
    return (
        f"{names} {'misses' if len(least) == 1 else 'miss'} least at worst ({least.iloc[0]:g}); "
        f"most is missed by {regrets.index[row]} in {regrets.columns[column]} "
        f"({values[row, column]:g} points)."
    )


def _none_everywhere(options: int, scenarios: int) -> str:
    return f"none of {number(options, 'option', 'options')} is scored in all {scenarios} scenarios"


def said_views(views: pd.DataFrame, table: pd.DataFrame, options: int, scenarios: int) -> str:
    """Whether the views agree on who wins, and which options win under none."""
    if views.empty:
        return f"The views cannot be compared: {_none_everywhere(options, scenarios)}."
    winners = list(dict.fromkeys(views["winners"]))
    if len(winners) == 1:
        text = f"{winners[0]} comes first under all {len(views)} views"
    else:
        text = f"The {len(views)} views do not name the same option"
    none = under_none(table)
    if none:
        text += f"; {listed(none)} {'comes' if len(none) == 1 else 'come'} first under none of them"
    unrated = [str(name) for name in table.index[table["laplace"].isna()]]
    if unrated:
        text += f"; {listed(unrated)} {'has' if len(unrated) == 1 else 'have'} gaps and no view"
    return f"{text}."


def said_kinds(kinds: pd.DataFrame, options: int, scored: int, found: int) -> str:
    """Which options are no-regret moves, hedges and bets, by how many of the scenarios."""
    if kinds.empty:
        of = number(options, "option", "options")
        return f"None of {of} can be called a no-regret move, a hedge or a bet yet."
    where = f"By the medians in {scored} of {number(found, 'scenario', 'scenarios')}"
    parts = []
    called = {
        OptionKind.NO_REGRET: ("no-regret move", "no-regret moves"),
        OptionKind.HEDGE: ("hedge", "hedges"),
        OptionKind.BET: ("bet", "bets"),
    }
    for kind, (one, many) in called.items():
        names = [str(n) for n in kinds.loc[kinds["kind"] == kind, "option"]]
        if names:
            parts.append(f"{one if len(names) == 1 else many}: {listed(names, 3)}")
    if not parts:
        return f"{where}, none of {len(kinds)} options is a no-regret move, a hedge or a bet."
    return f"{where}, {'; '.join(parts)}."


def said_rule_of_kinds(settings: ScenarioSettings) -> str:
    """What the words for kinds of options mean, with the limits that were used."""
    return (
        f"Good enough: {settings.good_enough:g} or more of 10; near the best: at most "
        f"{settings.tolerance:g} behind. No-regret move: both in every scenario. Hedge: good "
        "enough everywhere, at a price somewhere. Bet: near the best somewhere, not good enough "
        "elsewhere."
    )


def said_pathways(table: pd.DataFrame) -> str:
    """Which options never need another way, and for which nothing is there to go to."""
    if table.empty:
        return "No score is entered yet to draw pathways from."
    everywhere = table.loc[table["until"] == HOLDS_EVERYWHERE, "option"].nunique()
    turning = table[table["until"] != HOLDS_EVERYWHERE]
    parts = []
    if everywhere:
        parts.append(f"{number(int(everywhere), 'option holds', 'options hold')} to the end")
    if len(turning):
        options = int(turning["option"].nunique())
        parts.append(f"{number(options, 'option', 'options')} would have to give way somewhere")
        blind = int(turning.loc[turning["signposts"].eq("nothing watches this"), "until"].count())
        if blind:
            parts.append(f"{number(blind, 'such turn is', 'such turns are')} watched by nothing")
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def said_signposts(board: pd.DataFrame, unwatched: list[str]) -> str:
    """What was crossed, what is near, what is overdue and what nobody watches."""
    if board.empty:
        return "No signpost is entered."
    crossed = board[board["status_code"] == CROSSED]
    near, overdue = board[board["status_code"] == NEAR], board[board["is_overdue"] == "yes"]
    if len(crossed):
        verb = "is" if len(crossed) == 1 else "are"
        text = (
            f"{len(crossed)} of {number(len(board), 'signpost', 'signposts')} {verb} crossed: "
            f"{listed([str(p) for p in crossed['points_to']], 3)}"
        )
    else:
        text = f"None of {number(len(board), 'signpost', 'signposts')} is crossed"
    parts = [text]
    if len(near):
        parts.append(f"{len(near)} near {'its' if len(near) == 1 else 'their'} threshold")
    if len(overdue):
        parts.append(f"{len(overdue)} overdue to be looked at")
    if unwatched:
        which = number(len(unwatched), "scenario", "scenarios")
        parts.append(f"nothing watches for {which} shown: {listed(unwatched, 3)}")
    return f"{'; '.join(parts)}."


def said_decided(table: pd.DataFrame) -> str:
    """The last decision recorded for this chapter, and whether its review is due."""
    if table.empty:
        return "No decision about scenarios and options is entered."
    last = table.iloc[0]
    day, review = f"{last['decided_date']:%Y-%m-%d}", last["review_date"]
    if pd.isna(review):
        return f"The last decision is of {day}; no day for a review is set."
    verb = "was due" if last["is_due"] == "yes" else "is due"
    return f"The last decision is of {day}; its review {verb} on {review:%Y-%m-%d}."
