"""What the tables of chapter 09 say, in sentences; never what anybody should decide."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.annual.context import Context
from strategy_lib.chapters.annual.followup import BECAME, DUE, GONE, NO_DAY, SOON_DAYS
from strategy_lib.chapters.annual.forecasts import COIN
from strategy_lib.chapters.annual.scenarios import ScenarioChange
from strategy_lib.chapters.wording import WITHHELD, listed, number
from strategy_lib.inputs.checks.answers import ANSWERED, NOTHING, SILENT

NO_BEFORE = "The workspace holds one cycle only; to compare needs the cycle before."


def said_answers(changes: pd.DataFrame, years: tuple[str, str]) -> str:
    """How many offices answered then and now."""
    if changes.empty or changes.drop(columns="then").isna().to_numpy().any():
        return "How many offices answered is not shown here."
    counts = changes.set_index("then")
    now = int(counts[[ANSWERED, NOTHING]].to_numpy().sum())
    asked = int(counts.to_numpy().sum())
    was = int(counts.loc[[ANSWERED, NOTHING]].to_numpy().sum())
    still = int(counts[SILENT].astype(int)[SILENT])
    text = f"{now} of {number(asked, 'office', 'offices')} answered in {years[1]}; "
    text += f"of the same offices {was} did in {years[0]}."
    return text + (
        f" {still} {'was' if still == 1 else 'were'} silent both times." if still else ""
    )


def said_assessors(table: pd.DataFrame, years: tuple[str, str]) -> str:
    """How many people judged then and now, and how many of them are the same."""
    if table.empty:
        return f"No judgement is entered in either cycle{WITHHELD}."
    if table.drop(columns="unit").isna().to_numpy().any():
        if table["now"].isna().any():
            return "How many people judged is not shown here."
        people = number(int(table["now"].sum()), "assessor", "assessors")
        return (
            f"{people} judged something in {years[1]}; "
            f"how many did in {years[0]} is not shown here."
        )
    then, now, both = (int(table[name].sum()) for name in ("then", "now", "both"))
    return (
        f"{number(now, 'assessor', 'assessors')} judged something in {years[1]}, {then} in "
        f"{years[0]}; {both} did both times."
    )


def said_inputs(table: pd.DataFrame) -> str:
    """In which tables most came, went or changed."""
    if table.empty:
        return "Nothing is entered in either cycle."
    moved = table[["added", "gone", "changed"]].fillna(0).sum(axis=1)
    busiest = table.assign(moved=moved).sort_values("moved", ascending=False, kind="stable")
    busiest = busiest[busiest["moved"] > 0]
    if busiest.empty:
        rows = int(table[["before", "now"]].max(axis=1).fillna(0).sum())
        return f"None of {rows:,} rows that may be counted here came, went or changed."
    named = [f"{row['table']} ({_counts(row)})" for row in busiest.head(3).to_dict("records")]
    return f"Most was changed in {listed(named)}."


def _counts(row: dict) -> str:  # type: ignore[type-arg]
    words = {"added": "new", "gone": "gone", "changed": "changed"}
    known = [f"{row[k]} {w}" for k, w in words.items() if pd.notna(row[k]) and row[k]]
    return ", ".join(known)


def said_decisions(table: pd.DataFrame) -> str:
    """Which decisions are due for review, or soon."""
    if table.empty:
        return "No decision is entered."
    due = table[table["review"] == DUE]
    soon = table[(table["review"] != DUE) & (table["days_left"] <= SOON_DAYS).fillna(False)]
    text = (
        f"{number(len(due), 'decision is', 'decisions are')} due for review: "
        f"{_quoted(due['question'])}."
        if len(due)
        else f"None of {number(len(table), 'decision', 'decisions')} is due for review today."
    )
    if len(soon):
        days = [
            f"“{row['question']}” in {number(row['days_left'], 'day', 'days')}"
            for row in soon.to_dict("records")
        ]
        text += f" Soon: {listed(days)}."
    open_ = int((table["review"] == NO_DAY).sum())
    return f"{text} For {open_} no day of review is set." if open_ else text


def said_unmet(table: pd.DataFrame, unknown: frozenset[str], conditions: int) -> str:
    """How many conditions of standing decisions do not hold, and of how many nobody can say.

    Parameters
    ----------
    unknown : set of str
        Labels of a state that nobody can tell.
    conditions : int
        Conditions that standing decisions rest on, whether they hold or not.
    """
    if table.empty:
        if not conditions:
            return f"No condition of a standing decision is entered{WITHHELD}."
        of = number(
            conditions, "condition of standing decisions", "conditions of standing decisions"
        )
        return f"None of {of} fails, as entered."
    of = f"of {number(conditions, 'condition', 'conditions')}"
    open_ = int(table["now"].isin(unknown).sum())
    fail = len(table) - open_
    if not fail:
        holds = "holds" if open_ == 1 else "hold"
        return f"Nobody can say yet whether {open_} {of} of standing decisions {holds}."
    text = f"{fail} {of} of standing decisions {'does' if fail == 1 else 'do'} not hold"
    return f"{text}, and nobody can say yet about {open_} more." if open_ else f"{text}."


def said_moved(table: pd.DataFrame, watched: int) -> str:
    """What held and no longer does, and what sign is new, of how many that both years list."""
    gone = table[table["no_longer_holds"].astype(bool)]
    new = table[table["is_new_sign"].astype(bool)]
    said = []
    if len(gone):
        named = _quoted(gone["text"])
        said.append(
            f"{number(len(gone), 'condition', 'conditions')} no longer "
            f"{'holds' if len(gone) == 1 else 'hold'}: {named}."
        )
    if len(new):
        named = _quoted(new["text"])
        said.append(f"{number(len(new), 'sign is', 'signs are')} new: {named}.")
    of = number(watched, "condition or sign", "conditions and signs")
    return " ".join(said) or f"None of {of} that both years list stopped holding or is newly seen."


def _quoted(texts: pd.Series[str]) -> str:
    return listed([f"“{text}”" for text in texts], 3)


def said_scenarios(futures: ScenarioChange, years: tuple[str, str]) -> str:
    """How many scenarios hold together then and now, and how many came and went."""
    if futures.now is None:
        return f"Scenarios are not compared: {futures.why_not}."
    text = f"{number(futures.now, 'scenario holds', 'scenarios hold')} together in {years[1]}, "
    text += f"{futures.before} did in {years[0]}"
    if futures.why_not:
        return f"{text}; which ones are the same is not said: {futures.why_not}."
    gained = int((futures.scenarios["change"] == "gained").sum())
    lost = len(futures.scenarios) - gained
    return f"{text}: {gained} gained, {lost} lost." if gained + lost else f"{text}: the same ones."


def said_readiness(table: pd.DataFrame) -> str:
    """How many recommendations the same people find better, or worse, than last time."""
    if table.empty:
        return "Readiness was judged both times by 0 people, or too few to show."
    moved = table["median_now"] - table["median_then"]
    up, down = int((moved > 0).sum()), int((moved < 0).sum())
    return (
        f"Of {number(len(table), 'recommendation', 'recommendations')} that the same people judged "
        f"both times, {up or 'none'} stand higher and {down or 'none'} lower (medians)."
    )


def said_signs(table: pd.DataFrame, listed_: int) -> str:
    """How many triggers are seen and signposts crossed, of how many."""
    of = f"of {number(listed_, 'trigger or signpost', 'triggers and signposts')}"
    if not listed_:
        return f"No trigger and no signpost is entered{WITHHELD}."
    return f"{len(table) or 'None'} {of} {'is' if len(table) < 2 else 'are'} seen or crossed."


def said_actions(by_fate: pd.DataFrame) -> str:
    """What became of the actions."""
    if by_fate.empty:
        return "No action is entered, or too few to count here."
    counts = dict(zip(by_fate["became"], by_fate["n"], strict=True))
    named = [f"{counts[name]} {name}" for name in (*BECAME, GONE) if name in counts]
    return f"Actions: {listed(named, 7)}."


def said_forecasts(overall: pd.DataFrame, unresolved: pd.DataFrame) -> str:
    """How well forecasts did, and which are to be resolved."""
    waiting = int((unresolved["state"] == "its day has come").sum())
    which = number(waiting, "statement", "statements")
    tail = f" Nobody has said yet what came of {which} whose day has come." if waiting else ""
    if overall.empty:
        if unresolved.empty:
            return "No forecast is entered, or too few to show."
        of = number(len(unresolved), "statement", "statements")
        return f"None of {of} that were forecast is resolved, or too few to show.{tail}"
    row = overall.iloc[0]
    score = round(float(row["brier"]), 2)
    people = number(int(row["n_people"]), "person", "people")
    return (
        f"{number(int(row['n']), 'forecast', 'forecasts')} of {people} resolved; Brier score "
        f"{score:.2f}, {'better' if score < COIN else 'no better'} than always saying one half "
        f"({COIN:.2f}).{tail}"
    )


def said_weights(table: pd.DataFrame, criteria: int) -> str:
    """Which criterion the same people find more or less important than last time."""
    if not criteria:
        return f"No criterion is entered{WITHHELD}."
    if table.empty:
        return f"None of {number(criteria, 'criterion', 'criteria')} is weighed otherwise than " \
               "last time by the same people, or by too few to show."  # fmt: skip
    first = table.iloc[0]
    return (
        f"The same people weigh {number(len(table), 'criterion', 'criteria')} otherwise than last "
        f"time, most of all {first['criterion']} ({first['change']:+g} points of 100)."
    )


def said_ages(table: pd.DataFrame) -> str:
    """In which tables facts are past their shelf life."""
    past = table[table["n_past"].fillna(0) > 0]
    if past.empty:
        facts = int(table["n"].fillna(0).sum())
        return f"None of {facts:,} facts that may be counted here is older than it is good for."
    return (
        f"Facts older than they are good for stand in {number(len(past), 'table', 'tables')}: "
        f"{listed([str(name) for name in past['facts']])}."
    )


def said_one_person(table: pd.DataFrame, years: tuple[str, str], of: int) -> str:
    """How much hangs on one person, and how much of it did last year."""
    if table.empty:
        if not of:
            return f"No contact and no piece of knowledge is entered{WITHHELD}."
        return f"None of {number(of, 'contact or piece', 'contacts and pieces')} of knowledge " \
               "hangs on one person, as entered."  # fmt: skip
    old = int(table["since"].str.startswith(years[0]).sum())
    count = f"{len(table)} of {number(of, 'contact or piece', 'contacts and pieces')}"
    text = f"{count} of knowledge {'hangs' if len(table) == 1 else 'hang'} on one person"
    return f"{text}; {old} did already in {years[0]}." if years[0].isdigit() else f"{text}."


def said_again(table: pd.DataFrame) -> str:
    """What people say about deciding the same again."""
    if table.empty:
        return "No decision is entered to ask about."
    counts = table[["n_no", "n_unsure", "n_yes"]]
    if counts.isna().to_numpy().any():
        return "Would they decide the same again? Answers of one kind are too few to show here."
    no, unsure, yes = (int(counts[name].sum()) for name in counts)
    if not no + unsure + yes:
        asked = int(table["n_no_answer"].max())
        if not asked:
            return "Nobody was asked whether they would decide the same again."
        of = number(asked, "assessor", "assessors")
        return f"None of {of} has said yet whether they would decide the same again."
    return (
        f"Would they decide the same again? {yes} would, {no} would not, {unsure} "
        f"{'is' if unsure == 1 else 'are'} unsure."
    )


def notes(context: Context, draws: int, seed: int, *, is_split: bool) -> tuple[str, ...]:
    """Which cycles are compared, what this edition shows, how changes were split."""
    edition = context.now.restricted.edition
    if context.before is None:
        return (NO_BEFORE,)
    before, now = context.years
    said = [
        f"{now} is compared with {before}, both as this edition may show them.",
        "Nothing here says what to decide: it shows what moved, and what is due.",
    ]
    if is_split:
        said.append(
            f"The change of the ranking is split by what each change adds on average over the "
            f"orders in which the changes could have come (Shapley value; {draws:,} draws, seed "
            f"{seed}); the parts add up to the whole."
        )
    if context.edition.sees_everything and not context.saved_before:
        said.append(
            f"What each chapter said first in {before} is not set beside what it says now: the "
            f"pages of {before} are not made."
        )
    if not context.edition.sees_everything:
        said.append(
            "What was shown last year and is not there now is counted and not named: it may have "
            "been withheld since."
        )
    if context.lists_records and not edition.shows_people:
        said.append(
            f"This edition shows no single assessor's judgement, and no number of fewer than "
            f"{context.fewest} people."
        )
    if edition.smallest_group > 1:
        said.append(
            f"This edition counts no group of fewer than {edition.smallest_group} and lists no "
            "single record."
        )
    if context.now.restricted.withheld_count:
        count = context.now.restricted.withheld_count
        withheld = number(count, "record was", "records were")
        said.append(f"{withheld} withheld before anything was computed.")
    return tuple(said)


def unread(context: Context) -> tuple[str, ...]:
    """What of the earlier cycle's saved results could not be read, a sentence for each chapter."""
    return tuple(
        f"What chapter {saved.number} saved {_then(context)} is not compared: {saved.unread}."
        for saved in context.saved_before.values()
        if saved.unread
    )


def ranking_unread(context: Context, fault: str) -> str:
    """That last cycle's ranking is not compared, and why."""
    return f"The ranking that chapter 02 saved {_then(context)} is not compared: {fault}."


def _then(context: Context) -> str:
    return f"in {context.years[0]}" if context.before else "last time"
