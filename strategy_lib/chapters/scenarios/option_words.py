"""What the tables of chapter 04 say about options and signposts, in sentences."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.scenarios.options import under_none
from strategy_lib.chapters.scenarios.scores import Scores
from strategy_lib.chapters.scenarios.signposts import CROSSED, HOLDS_EVERYWHERE, NEAR
from strategy_lib.chapters.wording import listed, number

WIDE = 4


def said_options(scores: Scores, cells: pd.DataFrame) -> str:
    """What was scored, and where people are furthest apart."""
    if scores.options.empty:
        return "No strategic option is listed yet."
    if scores.scenarios.empty:
        return "No scenario has a name yet, so that no option could be scored in one."
    counted = cells[cells["counted"] == "yes"] if len(cells) else cells
    if counted.empty:
        return "No option has been scored in a scenario that holds together."
    enough = counted.groupby("option", sort=False)["median"].min() >= scores.settings.good_enough
    rated = scores.matrix.notna().all(axis=1)
    safe = [name for name, good in enough.items() if good and name in set(rated.index[rated])]
    text = "No option is good enough in every scenario"
    if safe:
        verb = "is" if len(safe) == 1 else "are"
        text = f"{listed([str(name) for name in safe])} {verb} good enough in every scenario"
    spread = (counted["highest"] - counted["lowest"]).astype(float)
    if spread.notna().any() and spread.max() >= WIDE:
        worst = counted.iloc[int(spread.fillna(0).to_numpy().argmax())]
        text += (
            f"; people are furthest apart on {worst['option']} in {worst['scenario']} "
            f"({worst['lowest']:g} to {worst['highest']:g})"
        )
    return f"{text}."


def said_regret(regrets: pd.DataFrame) -> str:
    """Where most is missed."""
    if not regrets.size:
        return "Regret cannot be shown: no option is scored in every scenario."
    largest = regrets.max(axis=1)
    least = largest[largest == largest.min()]
    names = listed([str(name) for name in least.index], 3)
    values = regrets.to_numpy(dtype=float)
    row, column = divmod(int(values.argmax()), values.shape[1])
    if values[row, column] <= 0:
        return "In every scenario all options do equally well."
    return (
        f"{names} {'misses' if len(least) == 1 else 'miss'} least at worst ({least.iloc[0]:g}); "
        f"most is missed by {regrets.index[row]} in {regrets.columns[column]} "
        f"({values[row, column]:g} points)."
    )


def said_views(views: pd.DataFrame, table: pd.DataFrame) -> str:
    """Whether the views agree on who wins, and which options win under none."""
    if views.empty:
        return "No option is scored in every scenario, so that the views cannot be compared."
    winners = list(dict.fromkeys(views["winners"]))
    if len(winners) == 1:
        text = f"{winners[0]} comes first under all {len(views)} views"
    else:
        text = f"The {len(views)} views do not name the same option"
    none = under_none(table)
    if none:
        text += f"; {listed(none)} {'comes' if len(none) == 1 else 'come'} first under none"
    unrated = [str(name) for name in table.index[table["laplace"].isna()]]
    if unrated:
        text += f"; {listed(unrated)} {'has' if len(unrated) == 1 else 'have'} gaps and no view"
    return f"{text}."


def said_kinds(kinds: pd.DataFrame) -> str:
    """Which options are no-regret moves, hedges and bets."""
    if kinds.empty:
        return "No option can be called a no-regret move, a hedge or a bet yet."
    parts = []
    plural = {"no-regret move": "no-regret moves", "hedge": "hedges", "bet": "bets"}
    for kind, many in plural.items():
        names = [str(n) for n in kinds.loc[kinds["kind"] == kind, "option"]]
        if names:
            parts.append(f"{kind if len(names) == 1 else many}: {listed(names, 3)}")
    if not parts:
        return "By the medians, no option is a no-regret move, a hedge or a bet."
    return f"By the medians, {'; '.join(parts)}."


def said_pathways(table: pd.DataFrame) -> str:
    """Which options never need another way, and for which nothing is there to go to."""
    if table.empty:
        return "There are no scores yet to draw pathways from."
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
        return "No signpost is listed."
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
        parts.append(f"nothing watches for {listed(unwatched, 3)}")
    return f"{'; '.join(parts)}."


def said_decided(table: pd.DataFrame) -> str:
    """The last decision recorded for this chapter, and whether its review is due."""
    if table.empty:
        return "No decision about scenarios and options is recorded."
    last = table.iloc[0]
    day, review = f"{last['decided_date']:%Y-%m-%d}", last["review_date"]
    if pd.isna(review):
        return f"The last decision is of {day}; no day for a review is set."
    verb = "was due" if last["is_due"] == "yes" else "is due"
    return f"The last decision is of {day}; its review {verb} on {review:%Y-%m-%d}."
