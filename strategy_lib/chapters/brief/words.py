"""What the brief says of its tables, in sentences; never what anybody should choose."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from strategy_lib.chapters.brief.context import NOBODY, day_in_words, text
from strategy_lib.chapters.brief.coverage import ADDRESSED, NOT_TAKEN, PARTLY, PLANNED, UNSAID
from strategy_lib.chapters.brief.first_sheet import PAGE_LINES
from strategy_lib.chapters.brief.options import MOST_OPTIONS
from strategy_lib.chapters.brief.questions import OPEN_CHOICE, asked, recommendation
from strategy_lib.chapters.codes import OptionKind
from strategy_lib.chapters.wording import WITHHELD, listed, number

OLD_YEARS = 5.0
NO_SCORES = f"No score of options by criterion is entered{WITHHELD}."


def said_asked(row: dict[str, Any], purpose: str) -> str:
    """What is put to the readers, to whom, and by when."""
    if not row:
        return "No question to the readers of this brief is entered yet."
    return f"{purpose}: {text(row['question'])} Asked of: {asked(row)}."


def said_choice(row: dict[str, Any]) -> str:
    """What its authors recommend, or that the choice is open."""
    words = recommendation(row)
    if words == OPEN_CHOICE:
        return words
    return f"Recommended by its authors: {words}"


def said_options(table: pd.DataFrame, is_fragile: bool = False) -> str:
    """Which option comes first most often; a fragile order is called so in this sentence.

    Parameters
    ----------
    is_fragile : bool
        Whether chapter 02 calls its order fragile.
    """
    if table.empty:
        return f"No option with its criteria is entered for this question{WITHHELD}."
    ranked = table[table["first_pct"].notna()]
    if ranked.empty:
        return f"None of {number(len(table), 'option', 'options')} is compared yet."
    first = ranked.iloc[0]
    lead = "Fragile, and no verdict" if is_fragile else "No verdict"
    return (
        f"{lead}: {first['option']} comes first most often ({first['first_pct']:.0f}% of draws) of "
        f"{number(len(ranked), 'option', 'options')}"
    )


def said_options_note(table: pd.DataFrame, currency: str) -> str:
    """How to read the options on page one, and how many of them stand further below."""
    if table.empty:
        return ""
    more = len(table) - MOST_OPTIONS
    left = f" {number(more, 'more option stands', 'more options stand')} below." if more > 0 else ""
    return (
        "First: of 100 draws from people's scores and weights, those in which the option comes "
        "first. "
        f"Cost: middle (P10 to P90), thousand {currency} over the plan. "
        "Freedom to speak lost: middle score of 10 (lowest to highest); it has no price and is not "
        f"in the cost, but counts among the criteria behind First.{left}"
    )


def said_risks(table: pd.DataFrame) -> str:
    """How many risks are named, and by whom."""
    if table.empty:
        return "No risk is entered or found; that does not mean that there is none."
    own = int((table["said_by"] == "its authors").sum())
    found = len(table) - own
    lead = "The authors name risks of their own" if own else "No risk is entered by the authors"
    return f"{lead}; the chapters found {number(found, 'more', 'more') if own else found}."


def said_views(table: pd.DataFrame) -> str:
    """How many views that differ are on record."""
    if table.empty:
        return "No view that differs is entered; that does not mean that all agree."
    words = int((table["where"] != "counted in chapter 02").sum())
    text_ = f"{number(words, 'view that differs is', 'views that differ are')} on record"
    return f"{text_} in people's own words." if words else "Views differ as counted by chapter 02."


def said_actions(table: pd.DataFrame, counts: pd.DataFrame) -> str:
    """How far the plan is, and what is overdue."""
    if table.empty:
        return "No action is entered yet."
    parts = [f"{row['n_actions']} {str(row['status']).lower()}"
             for row in counts.dropna().to_dict("records")]  # fmt: skip
    overdue = int((table["is_overdue"] == "yes").sum())
    late = f" {number(overdue, 'action is', 'actions are')} past the day on which it was due."
    if overdue > 1:
        late = late.replace("it was", "they were")
    return f"{number(len(table), 'action', 'actions')}: {listed(parts, 6)}.{late * bool(overdue)}"


def said_owners(table: pd.DataFrame, lacking: pd.DataFrame, *, shows_owner: bool) -> str:
    """Which actions are nobody's job."""
    if table.empty:
        return ""
    if not shows_owner:
        return "Who is responsible is not shown in this edition."
    nobody = lacking[lacking["missing"].str.contains("an owner", regex=False)]
    if nobody.empty:
        of = number(len(table), "action", "actions")
        return f"Every action of {of} that has not ended has an owner."
    names = [str(action) for action in nobody["action"]]
    of = number(len(table), "action", "actions")
    verb = "is" if len(names) == 1 else "are"
    return f"{NOBODY}: {len(names)} of {of} {verb} nobody's job: {listed(names, 3)}."


def said_coverage(table: pd.DataFrame, *, shows_owner: bool = True) -> str:
    """How many of the 48 recommendations are answered, and how many nobody has spoken of."""
    counts = table["state"].value_counts()
    parts = [f"{counts[state]} {words}" for state, words in (
        (ADDRESSED, "are addressed"), (PLANNED, "are in the plan only"),
        (PARTLY, "are answered in part"), (NOT_TAKEN, "are not taken up, with the reason"),
    ) if state in counts]  # fmt: skip
    unsaid = int(counts.get(UNSAID, 0))
    if unsaid == len(table):
        return f"Nobody has said anything about any of the {len(table)} recommendations."
    last = f" On {unsaid} nobody has said anything." if unsaid else ""
    unowned = int(((table["state"] == ADDRESSED) & (table["owner"] == "")).sum())
    lack = f" {unowned} of those addressed {'has' if unowned == 1 else 'have'} no owner."
    said = f"Of {len(table)} recommendations, {listed(parts)}.{last}"
    return said + (lack if unowned and shows_owner else "")


def said_decisions(table: pd.DataFrame) -> str:
    """How many decisions are on record, and which are due for review."""
    if table.empty:
        return "No decision is entered."
    due = table[table["is_due"] == "yes"]
    lead = f"{number(len(table), 'decision is', 'decisions are')} on record"
    if due.empty:
        days = table["review_date"].dropna() if "review_date" in table else pd.Series(dtype="str")
        after = f"; the next review is on {day_in_words(min(days))}" if len(days) else ""
        return f"{lead}, none of them due for review{after}."
    return f"{lead}; {len(due)} due for review: {listed([str(q) for q in due['question']], 2)}."


def said_chapters(table: pd.DataFrame) -> str:
    """Which chapters this brief could not read, and which hold nothing that people entered."""
    named = table["chapter"] + " " + table["title"]
    gone = list(named[table["is_there"] == "no"])
    empty = list(named[(table["is_there"] == "yes") & (table["has_input"] == "no")])
    if not gone and not empty:
        return f"All {len(table)} chapters that a brief rests on are there, each with input."
    text_ = ""
    if gone:
        text_ = f"Not in this edition: {listed(gone, 8)}. What is missing here may still be known. "
    if empty:
        text_ += (
            f"Without input that this edition shows {'is' if len(empty) == 1 else 'are'} "
            f"{len(empty)} of {number(len(table), 'chapter', 'chapters')}: {listed(empty, 8)}."
        )
    return text_.strip()


def said_facts(table: pd.DataFrame) -> str:
    """How old the facts are."""
    if table.empty:
        return "No fact with a source is entered."
    unknown = int(table["age_years"].isna().sum())
    old = int((table["age_years"] > OLD_YEARS).sum())
    verb = "is" if old == 1 else "are"
    days = f"; {unknown} without a day" if unknown else ""
    return (
        f"{number(len(table), 'fact', 'facts')} with a source; {old} {verb} older than "
        f"{OLD_YEARS:.0f} years{days}."
    )


def said_scores(grid: pd.DataFrame) -> str:
    """On which criterion the options differ most, by middle scores."""
    values = _numbers(grid)
    if values.empty:
        return NO_SCORES
    reach = values.max() - values.min()
    most = [str(name) for name in reach.index[reach == reach.max()]]
    if len(most) > 1:
        return (
            f"The options differ most on {listed(most, 3)}: by {reach.max():g} points of 10 each."
        )
    low, high = values[most[0]].min(), values[most[0]].max()
    return f"The options differ most on {most[0]}: middle scores from {low:g} to {high:g}."


def said_spread(grid: pd.DataFrame) -> str:
    """On what people are furthest apart."""
    values = _numbers(grid)
    if values.empty:
        return NO_SCORES
    furthest = values.max().max()
    where = _cells_with(values, furthest, "{column} of {row}")
    return f"People are furthest apart on {listed(where, 3)}: {furthest:g} points of 10."


def said_lowest(grid: pd.DataFrame) -> str:
    """Which option is worst off in which scenario."""
    values = _numbers(grid)
    if values.empty:
        return f"No score of options in scenarios is entered{WITHHELD}."
    lowest = values.min().min()
    where = _cells_with(values, lowest, "{row} in {column}")
    return f"The lowest middle score is {lowest:g} of 10: {listed(where, 3)}."


def _cells_with(values: pd.DataFrame, score: float, words: str) -> list[str]:
    """Every cell that holds a score: more than one can be the first of all."""
    rows, columns = np.nonzero(values.to_numpy() == score)
    return [
        words.format(row=values.index[row], column=values.columns[column])
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    ]


def _numbers(grid: pd.DataFrame) -> pd.DataFrame:
    """Scores by option and column, without those in which nothing is known."""
    if grid.shape[1] < 2:
        return pd.DataFrame()
    values = grid.set_index(grid.columns[0]).astype("float64")
    return values.dropna(axis=0, how="all").dropna(axis=1, how="all")


def said_scenarios(cards: pd.DataFrame, kinds: pd.DataFrame, scored: int) -> str:
    """How many futures there are to think with, and what the kinds of options rest on.

    Parameters
    ----------
    scored : int
        Scenarios in which options were scored.
    """
    if cards.empty:
        return "Scenarios to think with are missing in this edition."
    text_ = f"{number(len(cards), 'scenario', 'scenarios')} to think with: " \
            f"{listed([str(name) for name in cards['scenario']])}."  # fmt: skip
    if kinds.empty:
        return text_
    sure = [str(o) for o in kinds.loc[kinds["kind"] == OptionKind.NO_REGRET, "option"]]
    of = number(len(kinds), "option", "options")
    verb = "are no-regret moves" if len(sure) > 1 else "is a no-regret move"
    where = f"in {number(scored, 'scored scenario', 'scored scenarios')}"
    text_ += f" {len(sure) or 'None'} of {of} {verb}, by the medians {where}"
    return f"{text_}: {listed(sure)}." if sure else f"{text_}."


def said_events(table: pd.DataFrame) -> str:
    """How many days are to be kept, and which comes next."""
    if table.empty:
        return "No day for the calendar is entered: no review, action or duty with its day."
    return f"{number(len(table), 'day', 'days')} for the calendar, the first on " \
           f"{day_in_words(table['date'].min())}."  # fmt: skip


def said_page(lines: int) -> str:
    """Whether page one fits one printed A4 page."""
    if lines <= PAGE_LINES:
        return ""
    return (
        "Page one is longer than one A4 page, because wordings are never shortened; shorter words "
        "of the resolution, the risks or the minority view would make it fit."
    )
