"""The options with what chapter 02 saved of each: ranks, costs, freedom to speak, lines, law."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from strategy_lib.chapters.brief.context import Context, text
from strategy_lib.chapters.wording import WITHHELD, listed, number

MOST_OPTIONS = 8
OPTIONS = ["option", "first_pct", "cost_p10_to_p90", "cost_p50", "over_budget_pct",
           "freedom_lost", "red_line", "law"]  # fmt: skip
SHORT = ["option", "first_pct", "cost_thousand", "over_budget_pct", "freedom_lost", "red_line",
         "law"]  # fmt: skip
_IN_SHORT = {
    "none needed, as entered": "none needed", "open as far as we know": "open so far",
    "closed as it stands": "closed", "beyond it": "beyond", "nobody scored it": "not scored",
    "nobody has listed conditions: ask counsel": "not listed: ask counsel",
    "was open when counsel last looked, before a change of law was seen": "lapsed: ask counsel",
    "not known: a change of law was seen": "law changed: ask counsel",
    "scored by nobody or too few to show": "too few",
}  # fmt: skip


def options(context: Context, chapter: str) -> pd.DataFrame:
    """The options with what is known of each, from the saved results of chapter 02.

    Parameters
    ----------
    chapter : str
        Number of the chapter that the question belongs to. Another one has no such options.

    Returns
    -------
    DataFrame
        `option`, `first_pct` (share of draws in which it comes first), costs over the plan,
        `over_budget_pct`, `freedom_lost` (median, lowest to highest score of 10), `red_line`,
        `law`. What nobody scored or priced says so; it is never a zero.
    """
    saved = context.saved("02")
    if chapter not in ("", "02") or not saved.tables:
        return pd.DataFrame(columns=OPTIONS)
    freedom = saved.table("freedom", "option", "freedom_lost_lowest", "freedom_lost_median",
                          "freedom_lost_highest")  # fmt: skip
    ranks = saved.table("ranks", "option", "rank_1_pct")
    costs = saved.table("costs", "option", "p10", "p50", "p90", "over_budget_pct")
    names = [str(name) for name in dict.fromkeys([*ranks["option"], *freedom["option"]])]
    first, cost = _by_option(ranks), _by_option(costs)
    lost, lines, law = _by_option(freedom), _red_lines(context), _law(context, names)
    rows = [
        [name, first.get(name, {}).get("rank_1_pct"), _range(cost.get(name, {})),
         cost.get(name, {}).get("p50"), cost.get(name, {}).get("over_budget_pct"),
         _freedom(lost.get(name, {})), lines.get(name, ""), law.get(name, "")]
        for name in names
    ]  # fmt: skip
    made = pd.DataFrame(rows, columns=OPTIONS)
    return made.astype(dict.fromkeys(("first_pct", "cost_p50", "over_budget_pct"), "float64"))


def options_in_short(table: pd.DataFrame) -> pd.DataFrame:
    """The options for page one: the first `MOST_OPTIONS`, costs in thousands, verdicts in a word.

    Returns
    -------
    DataFrame
        `SHORT`, without `over_budget_pct` where no budget is set; `cost_thousand` is the middle
        (P50) with P10 to P90.
    """
    shown = table.head(MOST_OPTIONS)
    made = shown.assign(
        cost_thousand=[_thousands(row) for row in shown.to_dict("records")],
        red_line=[_in_short(text(verdict).partition(":")[0]) for verdict in shown["red_line"]],
        law=[_in_short(text(state)) for state in shown["law"]],
    )
    # Without a budget there is nothing to say about it, and little room on the page.
    left_out = [] if made["over_budget_pct"].notna().any() else ["over_budget_pct"]
    return made[SHORT].drop(columns=left_out)


def _in_short(verdict: str) -> str:
    return _IN_SHORT.get(verdict, verdict)


def _thousands(row: Mapping[Hashable, Any]) -> str:
    low, _, high = str(row["cost_p10_to_p90"]).replace(",", "").partition(" to ")
    if not high:
        return str(row["cost_p10_to_p90"])
    middle, *ends = (float(amount) / 1000 for amount in (row["cost_p50"], low, high))
    return f"{middle:,.0f} ({ends[0]:,.0f}–{ends[1]:,.0f})"


def _by_option(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    return {str(row["option"]): {str(k): v for k, v in row.items()}
            for row in frame.to_dict("records")}  # fmt: skip


def _range(cost: dict[str, Any]) -> str:
    if not cost or pd.isna(cost["p10"]) or pd.isna(cost["p90"]):
        return "no amount"
    return f"{cost['p10']:,.0f} to {cost['p90']:,.0f}"


def _freedom(scores: dict[str, Any]) -> str:
    if not scores or pd.isna(scores["freedom_lost_median"]):
        return "nobody scored it"
    low, middle, high = (scores[f"freedom_lost_{n}"] for n in ("lowest", "median", "highest"))
    return f"{middle:g}" if low == high else f"{middle:g} ({low:g}–{high:g})"


def _red_lines(context: Context) -> dict[str, str]:
    """The gravest verdict of each option, with whose line it is."""
    lines = context.saved("02").table("red_lines", "option", "criterion", "verdict")
    found: dict[str, str] = {}
    for row in lines.to_dict("records"):
        said = f"{row['verdict']}: {row['criterion']}" if row["verdict"] != "within" else "within"
        # The saved table has the gravest first.
        found.setdefault(str(row["option"]), said)
    return found


def _law(context: Context, names: list[str]) -> dict[str, str]:
    routes = context.saved("02").table("routes", "options", "state")
    found: dict[str, str] = {}
    for row in routes.to_dict("records"):
        listed_ = f"; {text(row['options'])}; "
        # An option's own name may hold a semicolon.
        found |= {name: str(row["state"]) for name in names if f"; {name}; " in listed_}
    return found


def is_fragile(context: Context) -> bool:
    """Whether chapter 02 calls its order fragile, which it does in its first sentence."""
    return any(line.startswith("Fragile") for line in context.saved("02").bottom_line[:1])


def said_money(context: Context, table: pd.DataFrame) -> str:
    """What the first of the options costs, the range of all, and what has no amount."""
    priced = table[table["cost_p50"].notna()]
    if priced.empty:
        return f"No amount is entered for any option{WITHHELD}."
    first, currency = priced.iloc[0], context.inputs.currency
    said = (
        f"{first['option']}: {currency} {first['cost_p10_to_p90']} over the plan in eight cases of "
        f"ten, middle {first['cost_p50']:,.0f}{_over(first['over_budget_pct'])}."
    )
    if len(priced) > 1:
        low, high = priced["cost_p50"].min(), priced["cost_p50"].max()
        said += f" Middle amounts of all options: {low:,.0f} to {high:,.0f}."
    without = [str(name) for name in table.loc[table["cost_p50"].isna(), "option"]]
    which = f"{len(without)} of {number(len(table), 'option', 'options')}"
    return f"{said} No amount is entered for {which}: {listed(without, 3)}." if without else said


def _over(share: float) -> str:
    return "" if pd.isna(share) else f", over the budget in {share:.0f}% of draws"
