"""The options with what chapter 02 saved of each: ranks, costs, freedom to speak, lines, law."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from strategy_lib.chapters.brief.context import Context, text
from strategy_lib.chapters.codes import Answer, RouteState, Verdict
from strategy_lib.chapters.wording import WITHHELD, listed, number
from strategy_lib.schema.schema import code_list

MOST_OPTIONS = 8
OPTIONS = ["option", "first_pct", "cost_p10_to_p90", "cost_p50", "over_budget_pct",
           "freedom_lost", "red_line", "law"]  # fmt: skip
SHORT = ["option", "first_pct", "cost_thousand", "over_budget_pct", "freedom_lost", "red_line",
         "law"]  # fmt: skip
# Words of page one, which has no room for labels; what stands in neither has its label there too.
_VERDICTS_IN_SHORT = {
    Verdict.BEYOND: "beyond", Verdict.NOT_SCORED: "not scored", Verdict.TOO_FEW: "too few",
}  # fmt: skip
_STATES_IN_SHORT = {
    RouteState.NONE_NEEDED: "none needed", RouteState.NOT_LISTED: "not listed: ask counsel",
    RouteState.CLOSED: "closed", RouteState.OPEN: "open so far",
    RouteState.LAPSED: "lapsed: ask counsel", RouteState.LAW_CHANGED: "law changed: ask counsel",
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
    lost, lines, law = _by_option(freedom), _said_lines(context), _said_law(context, names)
    rows = [
        [name, first.get(name, {}).get("rank_1_pct"), _range(cost.get(name, {})),
         cost.get(name, {}).get("p50"), cost.get(name, {}).get("over_budget_pct"),
         _freedom(lost.get(name, {})), lines.get(name, ""), law.get(name, "")]
        for name in names
    ]  # fmt: skip
    made = pd.DataFrame(rows, columns=OPTIONS)
    return made.astype(dict.fromkeys(("first_pct", "cost_p50", "over_budget_pct"), "float64"))


def options_in_short(context: Context, table: pd.DataFrame) -> pd.DataFrame:
    """The options for page one: the first `MOST_OPTIONS`, costs in thousands, verdicts in a word.

    Parameters
    ----------
    table : DataFrame
        From `options`.

    Returns
    -------
    DataFrame
        `SHORT`, without `over_budget_pct` where no budget is set; `cost_thousand` is the middle
        (P50) with P10 to P90.
    """
    shown = table.head(MOST_OPTIONS)
    names = [str(name) for name in shown["option"]]
    lines, law = _gravest(context), _law(context, names)
    made = shown.assign(
        cost_thousand=[_thousands(row) for row in shown.to_dict("records")],
        red_line=[
            _in_short(context, "red_line_verdict", lines.get(name, ("", ""))[0], _VERDICTS_IN_SHORT)
            for name in names
        ],
        law=[
            _in_short(context, "route_state", law.get(name, ""), _STATES_IN_SHORT) for name in names
        ],
    )
    # Without a budget there is nothing to say about it, and little room on the page.
    left_out = [] if made["over_budget_pct"].notna().any() else ["over_budget_pct"]
    return made[SHORT].drop(columns=left_out)


def _in_short(context: Context, codes: str, code: str, short: Mapping[Any, str]) -> str:
    return short.get(code) or _label(context, codes, code)


def _label(context: Context, codes: str, code: str) -> str:
    return code_list(codes).label(code, context.inputs.language)


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


def _gravest(context: Context) -> dict[str, tuple[str, str]]:
    """Option -> its gravest verdict, and the criterion of that line."""
    lines = context.saved("02").table("red_lines", "option", "criterion", "verdict")
    found: dict[str, tuple[str, str]] = {}
    for row in lines.to_dict("records"):
        # The saved table has the gravest first.
        found.setdefault(str(row["option"]), (str(row["verdict"]), str(row["criterion"])))
    return found


def _said_lines(context: Context) -> dict[str, str]:
    """The gravest verdict of each option in words, with the criterion of the line."""
    found = {}
    for option, (verdict, criterion) in _gravest(context).items():
        said = _label(context, "red_line_verdict", verdict)
        found[option] = said if verdict == Verdict.WITHIN else f"{said}: {criterion}"
    return found


def _said_law(context: Context, names: list[str]) -> dict[str, str]:
    states = _law(context, names)
    return {name: _label(context, "route_state", state) for name, state in states.items()}


def _law(context: Context, names: list[str]) -> dict[str, str]:
    """Option -> state of its legal route."""
    routes = context.saved("02").table("routes", "options", "state")
    found: dict[str, str] = {}
    for row in routes.to_dict("records"):
        listed_ = f"; {text(row['options'])}; "
        # An option's own name may hold a semicolon.
        found |= {name: str(row["state"]) for name in names if f"; {name}; " in listed_}
    return found


def is_fragile(context: Context) -> bool:
    """Whether chapter 02 calls its order fragile."""
    standing = context.saved("02").table("standing", "is_fragile")
    return bool((standing["is_fragile"] == Answer.YES).any())


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
