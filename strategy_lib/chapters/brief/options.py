"""The options with what chapter 02 saved of each: ranks, costs, freedom to speak, lines, law."""

from __future__ import annotations

from typing import Any

import pandas as pd

from strategy_lib.chapters.brief.context import Context, text
from strategy_lib.chapters.brief.questions import first_question
from strategy_lib.chapters.codes import Answer
from strategy_lib.chapters.registry import number_of

PRESENCE_CHAPTER = number_of("presence")
# Number of an option -> where chapter 02 saves it: table and column.
NUMBERS = {
    "first_pct": ("ranks", "rank_1_pct"),
    "cost_p10": ("costs", "p10"),
    "cost_p50": ("costs", "p50"),
    "cost_p90": ("costs", "p90"),
    "over_budget_pct": ("costs", "over_budget_pct"),
    "freedom_lowest": ("freedom", "freedom_lost_lowest"),
    "freedom_median": ("freedom", "freedom_lost_median"),
    "freedom_highest": ("freedom", "freedom_lost_highest"),
}
LEAD = ["option", "is_fragile", "tests", "tests_failed", "nearest", "points_to_move"]
IN_RECOMMENDATION, IN_DECISION = "recommendation", "decision"


def options(context: Context, chapter: str) -> pd.DataFrame:
    """The options with what is known of each, from the saved results of chapter 02.

    Parameters
    ----------
    chapter : str
        Number of the chapter that the question belongs to. Another one has no such options.

    Returns
    -------
    DataFrame
        `option`, `NUMBERS`: `first_pct` (in how many of 100 cases it comes first), costs over the
        plan, `over_budget_pct`, freedom to speak lost (of 10); `red_line` with its criterion, and
        `law` (codes of `red_line_verdict` and `route_state`), `named_in` (whether the
        recommendation or the last decision names it word for word). What nobody scored or priced
        is missing, never a zero.
    """
    saved, is_asked = context.saved("presence"), chapter in ("", PRESENCE_CHAPTER)
    numbers: dict[str, dict[str, Any]] = {}
    for name, (table, column) in NUMBERS.items():
        frame = saved.table(table, "option", column)
        numbers[name] = dict(zip(frame["option"].astype("str"), frame[column], strict=True))
    ranked = [*numbers["first_pct"], *numbers["freedom_median"]] if is_asked else []
    made = pd.DataFrame({"option": list(dict.fromkeys(ranked))}, dtype="str")
    for name, known in numbers.items():
        made[name] = made["option"].map(known).astype("float64")
    lines, law = _gravest(context), _law(context, list(made["option"]))
    named = {where: said.casefold() for where, said in _named(context).items()}
    return made.assign(
        red_line=[lines.get(option, ("", ""))[0] for option in made["option"]],
        red_line_criterion=[lines.get(option, ("", ""))[1] for option in made["option"]],
        law=[law.get(option, "") for option in made["option"]],
        named_in=[
            "; ".join(where for where, said in named.items() if option.casefold() in said)
            for option in made["option"]
        ],
    )


def lead(context: Context, compared: pd.DataFrame) -> pd.DataFrame:
    """The option that comes first most often, and how firm chapter 02 finds that; a row or none.

    Parameters
    ----------
    compared : DataFrame
        From `options`.

    Returns
    -------
    DataFrame
        `LEAD`: `nearest` is the option that the smallest move of weights puts first.
    """
    saved = context.saved("presence")
    first = compared[compared["first_pct"].notna()]
    if first.empty:
        return pd.DataFrame(columns=LEAD)
    held = saved.table("firmness", "is_held")["is_held"]
    standing = saved.table("standing", "is_fragile")["is_fragile"]
    flips = saved.table("flips", "option", "points_to_move").dropna(subset=["points_to_move"])
    near = flips.sort_values("points_to_move", kind="stable").head(1)
    row = [
        first["option"].iloc[0],
        Answer.YES if (standing == Answer.YES).any() else Answer.NO,
        len(held),
        int((held != Answer.YES).sum()),
        near["option"].iloc[0] if len(near) else "",
        float(near["points_to_move"].iloc[0]) if len(near) else float("nan"),
    ]
    return pd.DataFrame([row], columns=LEAD)


def _named(context: Context) -> dict[str, str]:
    """What may name options word for word: the recommendation, and the last decision."""
    frame = context.listed(context.entered["decisions"])
    own = frame[frame["chapter"] == PRESENCE_CHAPTER]
    last = own.sort_values(["decided_date", "decision_id"], kind="stable")["decision"].tail(1)
    return {
        IN_RECOMMENDATION: text(first_question(context).get("recommendation")),
        IN_DECISION: text(last.iloc[0]) if len(last) else "",
    }


def _gravest(context: Context) -> dict[str, tuple[str, str]]:
    """Option -> its gravest verdict, and the criterion of that line."""
    lines = context.saved("presence").table("red_lines", "option", "criterion", "verdict")
    found: dict[str, tuple[str, str]] = {}
    for row in lines.to_dict("records"):
        # The saved table has the gravest first.
        found.setdefault(str(row["option"]), (str(row["verdict"]), str(row["criterion"])))
    return found


def _law(context: Context, names: list[str]) -> dict[str, str]:
    """Option -> state of its legal route."""
    routes = context.saved("presence").table("routes", "options", "state")
    found: dict[str, str] = {}
    for row in routes.to_dict("records"):
        listed_ = f"; {text(row['options'])}; "
        # An option's own name may hold a semicolon.
        found |= {name: str(row["state"]) for name in names if f"; {name}; " in listed_}
    return found
