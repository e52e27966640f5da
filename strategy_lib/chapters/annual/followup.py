"""What became of what was decided: reviews, second thoughts, actions."""

from __future__ import annotations

from typing import Any

import pandas as pd

from strategy_lib.chapters.annual.context import Context
from strategy_lib.chapters.context import NOT_SAID
from strategy_lib.editions.restrict import suppress_small

DUE, NOT_YET, NO_DAY = "due", "not yet", "no day is set"
# A review that comes within this many days is told.
SOON_DAYS = 90


def decisions(context: Context) -> pd.DataFrame:
    """Decisions that stand, those whose review is due first.

    Returns
    -------
    DataFrame
        `decision_id`, `decided_date`, `question`, `decision`, `conditions`, `review_date`,
        `review` (due, not yet, no day is set), `days_left`.
    """
    columns = [
        "decision_id",
        "decided_date",
        "question",
        "decision",
        "conditions",
        "review_date",
        "review",
        "days_left",
    ]
    frame = context.table("decisions").dropna(subset=["decision_id"])
    left = (frame["review_date"] - context.day).dt.days.astype("Int64")
    frame = frame.assign(days_left=left, review=NOT_YET)
    frame.loc[(left <= 0).fillna(False), "review"] = DUE
    frame.loc[frame["review_date"].isna(), "review"] = NO_DAY
    rank = frame["review"].map({DUE: 0, NO_DAY: 1, NOT_YET: 2})
    order = frame.assign(rank=rank).sort_values(["rank", "review_date", "decision_id"])
    return context.listed(order[columns])


def again(context: Context) -> pd.DataFrame:
    """Would we decide the same again: answers by decision.

    Returns
    -------
    DataFrame
        `decision`, `n_no`, `n_unsure`, `n_yes`, `n_no_answer` (of the assessors who are listed).
    """
    parts = ["n_no", "n_unsure", "n_yes", "n_no_answer"]
    answers = context.table("decide_again").dropna(subset=["decision_id", "assessor_id"])
    listed = context.table("decisions").dropna(subset=["decision_id"])
    people = set(context.table("assessors")["assessor_id"].dropna()) | set(answers["assessor_id"])
    rows = {}
    for code, wording in zip(listed["decision_id"], listed["question"].fillna(""), strict=True):
        said = answers.loc[answers["decision_id"] == code, "answer"].dropna()
        counts = [int((said == answer).sum()) for answer in ("no", "unsure", "yes")]
        rows[f"{wording} ({code})"] = [*counts, max(0, len(people) - sum(counts))]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=parts).astype("int64")
    shown = suppress_small(frame, context.edition, of_people=True)
    return shown.rename_axis("decision").reset_index()


def again_in_words(context: Context) -> pd.DataFrame:
    """What people gave as reasons, by decision; no first, then unsure, then yes.

    Returns
    -------
    DataFrame
        `decision_id`, `answer`, `reason`, and `assessor_id` where the edition shows single people.
        Elsewhere nothing is quoted of a decision on which few answered, and no answer stands
        beside a reason: counted, they would be what `again` may not show.
    """
    frame = context.table("decide_again")
    people = frame[frame["answer"].notna()].groupby("decision_id")["assessor_id"].nunique()
    frame = frame[(frame["decision_id"].map(people) >= context.fewest).fillna(False)]
    frame = frame[frame["answer"].notna() & frame["reason"].notna()]
    rank = frame["answer"].map({"no": 0, "unsure": 1, "yes": 2})
    columns = ["decision_id", "answer", "reason", "assessor_id"]
    order = ["decision_id", "rank", "assessor_id", "reason"]
    if not context.edition.shows_people:
        columns = ["decision_id", "reason"]
        # In the order of codes the same person would stand first each time.
        order = columns
    frame = frame.assign(rank=rank).sort_values(order)
    frame["answer"] = [context.label("decide_again_answer", code) for code in frame["answer"]]
    return context.listed(frame[columns])


def actions(context: Context) -> pd.DataFrame:
    """Actions with what became of them, those that are late first.

    Returns
    -------
    DataFrame
        `action`, `owner`, `due_date`, `then`, `now`, `became`, `days_late`, `note`. `became` is one
        of late, dropped, done, started, open, new; an action past its day that nobody calls done or
        dropped is late, whatever its status says.
    """
    columns = ["action", "owner", "due_date", "then", "now", "became", "days_late", "note"]
    return context.listed(_fates(context)[columns])


def _fates(context: Context) -> pd.DataFrame:
    then, now = (frame.dropna(subset=["action_id"]) for frame in context.both("actions"))
    before = then.drop_duplicates("action_id").set_index("action_id")["status"]
    was = [before.get(code) for code in now["action_id"]]
    listed = set(before.index)
    late = (context.day - now["due_date"]).dt.days.astype("Int64")
    is_late = (late > 0).fillna(False) & ~now["status"].isin(["done", "dropped"])
    became = [
        _became(row, prior, is_new=row["action_id"] not in listed, is_late=bool(over))
        for row, prior, over in zip(now.to_dict("records"), was, is_late, strict=True)
    ]
    frame = now.assign(
        owner=now["owner_role"].fillna("nobody"),
        then=[context.label("action_status", code) or "not listed" for code in was],
        now=[context.label("action_status", code) or NOT_SAID for code in now["status"]],
        became=became,
        days_late=late.where(is_late),
    )
    rank = {name: place for place, name in enumerate(BECAME)}
    order = frame.assign(rank=frame["became"].map(rank))
    return order.sort_values(["rank", "due_date", "action_id"], kind="stable")


GONE = "no longer listed"
BECAME = ("late", "dropped", "done", "started", "open", "new")


def _became(row: dict[Any, Any], prior: Any, *, is_new: bool, is_late: bool) -> str:
    status = row["status"]
    if is_late or status == "late":
        return "late"
    if status in ("done", "dropped"):
        return str(status)
    if is_new:
        return "new"
    return "started" if status == "under_way" and prior != "under_way" else "open"


def actions_by_fate(context: Context) -> pd.DataFrame:
    """How many actions of last year are late, dropped, done, started or open; and how many are new.

    Returns
    -------
    DataFrame
        `became`, `n`; `no longer listed` counts those of last year that nobody entered again.
    """
    became = _fates(context)["became"]
    counts = {name: int((became == name).sum()) for name in BECAME}
    then, now = (set(frame["action_id"].dropna()) for frame in context.both("actions"))
    counts[GONE] = len(then - now)
    kept = {name: n for name, n in counts.items() if n and n >= context.smallest}
    frame = pd.DataFrame({"became": list(kept), "n": list(kept.values())})
    return frame.astype({"became": "str", "n": "Int64"})
