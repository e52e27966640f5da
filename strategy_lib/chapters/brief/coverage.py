"""Which of the guide's recommendations are answered, how, and of which nobody has spoken."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pandas as pd

from strategy_lib.chapters.brief.context import Context, as_lists, text
from strategy_lib.chapters.brief.engagement import spoken_to
from strategy_lib.chapters.rows import table_of
from strategy_lib.editions.restrict import suppress_small
from strategy_lib.protocol.case import rows_of
from strategy_lib.schema.reference import reference

ADDRESSED, PLANNED, NOT_TAKEN, PARTLY, UNSAID = (
    "addressed",
    "in the plan",
    "not taken up",
    "only in part",
    "nobody has said",
)
STATES = {
    "n_addressed": ADDRESSED,
    "n_planned": PLANNED,
    "n_in_part": PARTLY,
    "n_not_taken_up": NOT_TAKEN,
    "n_nobody_has_said": UNSAID,
}
# Fields of an answer that say anything.
_ANSWER = ("where_addressed", "owner_role", "next_step", "not_taken_up_because")
_NUMBERED = re.compile(r"theme [\d.]+ ")


def coverage(context: Context) -> pd.DataFrame:
    """Each of the guide's 48 recommendations: where it is addressed, by whom, what comes next.

    What is said of a part (such as 4.1) stands in the row of its whole, marked with its number.

    Returns
    -------
    DataFrame
        `recommendation_id`, `title`, `recommendation`, `group`, `state` (one of `STATES`),
        `where_addressed`, `owner`, `next_step`, `not_taken_up_because`, `actions` (how many of the
        plan take it up), `readiness` (middle level of chapter 00, lowest to highest, 0 to 4). An
        answer without a place where it is addressed counts as "in the plan"; `rows` of which
        optional chapters speak to it, which is no answer. Empty where the
        edition lists no single record.
    """
    guide, levels = reference("recommendations"), reference("readiness_levels")
    wholes = context.listed(guide[guide["parent_id"].isna()]).set_index("recommendation_id")
    titles = dict(zip(levels["recommendation_id"], levels["title"], strict=True))
    said, planned, ready = _said_by_whole(context), planned_by_whole(context), _readiness(context)
    spoken = spoken_to(context.chapters)

    def together(name: str) -> Callable[[str], str]:
        return lambda number: _together(number, said.get(number, []), name)

    return table_of(
        wholes.index.astype("str"),
        {
            "recommendation_id": str,
            "title": lambda number: titles.get(number, ""),
            "recommendation": lambda number: wholes["summary"][number],
            "group": lambda number: _group(str(wholes["group"][number])),
            "state": lambda number: _state(number, said.get(number, []), number in planned),
            "where_addressed": together("where_addressed"),
            "owner": together("owner_role"),
            "next_step": together("next_step"),
            "not_taken_up_because": together("not_taken_up_because"),
            "actions": lambda number: len(planned.get(number, [])),
            "readiness": lambda number: ready.get(number, ""),
            "rows": lambda number: spoken.get(number, ""),
        },
    )


def _group(name: str) -> str:
    """A part of the guide without its number, such as "Technology"."""
    words = _NUMBERED.sub("", name)
    return words[:1].upper() + words[1:]


def _parents() -> dict[str, object]:
    guide = reference("recommendations")
    return dict(zip(guide["recommendation_id"], guide["parent_id"], strict=True))


def _said_by_whole(context: Context) -> dict[str, list[dict[str, Any]]]:
    """Answers that say anything, by the recommendation that they belong to."""
    parents = _parents()
    found: dict[str, list[dict[str, Any]]] = {}
    answers = context.entered["recommendation_answers"]
    for row in rows_of(answers.sort_values("recommendation_id", kind="stable")):
        number = text(row["recommendation_id"])
        if number in parents and any(text(row[name]) for name in _ANSWER):
            found.setdefault(text(parents[number]) or number, []).append(row)
    return found


def planned_by_whole(context: Context) -> dict[str, list[str]]:
    """Actions that were not dropped, by the recommendations that they take up."""
    parents = _parents()
    found: dict[str, list[str]] = {}
    frame = context.entered["actions"]
    frame = frame[frame["status"] != "dropped"]
    for code, ids in zip(frame["action_id"], as_lists(frame["recommendation_ids"]), strict=True):
        wholes = {text(parents[number]) or number for number in ids if number in parents}
        for number in wholes:
            found.setdefault(number, []).append(str(code))
    return found


def _state(number: str, answers: list[dict[str, Any]], is_planned: bool) -> str:
    own = [row for row in answers if row["recommendation_id"] == number]
    if own and text(own[0]["not_taken_up_because"]):
        return NOT_TAKEN
    if own and text(own[0]["where_addressed"]):
        return ADDRESSED
    if own or is_planned:
        return PLANNED
    return PARTLY if answers else UNSAID


def _readiness(context: Context) -> dict[str, str]:
    """Recommendation -> its middle level with the lowest and highest, such as "2 (0–3)"."""
    table = context.saved("prepare").table(
        "readiness", "recommendation_id", "lowest", "median", "highest"
    )
    known = table[table["median"].notna()]
    return {
        str(row["recommendation_id"]): f"{row['median']:g} ({row['lowest']:g}–{row['highest']:g})"
        for row in known.to_dict("records")
    }


def _together(number: str, answers: list[dict[str, Any]], name: str) -> str:
    """What was said of the whole, and of each part with its number."""
    parts = []
    for row in answers:
        if said := text(row[name]):
            of = str(row["recommendation_id"])
            parts.append(said if of == number else f"{of}: {said}")
    return "; ".join(parts)


def coverage_by_group(context: Context, table: pd.DataFrame) -> pd.DataFrame:
    """How many recommendations of each part of the guide are in which state."""
    groups = list(dict.fromkeys(table["group"]))
    rows = {
        name: [int(((table["group"] == g) & (table["state"] == state)).sum()) for g in groups]
        for name, state in STATES.items()
    }
    counts = suppress_small(pd.DataFrame(rows), context.edition)
    counts.insert(0, "group", groups)
    return counts


def unknown_recommendations(context: Context) -> list[str]:
    """Numbers that actions or answers name and the guide does not have."""
    known = set(reference("recommendations")["recommendation_id"])
    named = {text(n) for n in context.entered["recommendation_answers"]["recommendation_id"]}
    for ids in as_lists(context.entered["actions"]["recommendation_ids"]):
        named |= {text(number) for number in ids}
    return sorted(named - known - {""})
