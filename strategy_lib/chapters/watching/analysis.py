"""Chapter 07: what we watch, what we share, and who plays which part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from strategy_lib.chapters.board import addressed, board
from strategy_lib.chapters.engagement import in_code_order, office_names, open_questions
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.watching.roles import coverage, issue_roles
from strategy_lib.chapters.watching.studies import studies
from strategy_lib.core.messages import say
from strategy_lib.editions.restrict import Restricted
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.inputs.checks.watching import singled_out
from strategy_lib.schema.schema import code_list

# Recommendations of the guide that each table speaks to.
ADDRESSED = {
    "signals": ("15", "17", "18", "20"),
    "un_measures": ("44",),
    "technologies": ("30", "31", "32", "33", "34", "35"),
    "studies": ("15", "23.2"),
    "issue_roles": ("16", "21"),
    "focus_areas": ("22", "22.1", "22.2", "22.3"),
}
LESSONS = ("worked", "failed")
# Kinds of rows of peers, whatever the part that they stood in.
_KINDS = ("signal_kind", "technology_kind", "un_measure")
# Fewer failures than one in five lessons: they are hardly all that there were.
FEWEST_FAILURES = 0.2
QUESTIONS = ("consent", "data_stays", "can_leave", "overseen", "affordable", "harmed_named")
APART_POINTS = 4.0


def analyse(given: ChapterInputs) -> ChapterResult:
    """Everything that chapter 07 shows; it takes no parameters."""
    now = given.now
    restricted = now.restricted
    offices = office_names(restricted)
    signals = _signals(restricted, offices)
    roles = issue_roles(restricted)
    technologies = _technologies(restricted)
    split = studies(restricted)
    tables = {
        "signals": signals[~signals["kind"].isin(LESSONS)].reset_index(drop=True),
        "lessons": signals[signals["kind"].isin(LESSONS)].reset_index(drop=True),
        "signals_by_quarter": _by_quarter(signals),
        "flows": _flows(restricted, offices),
        "un_measures": _un_measures(restricted),
        "technologies": technologies,
        "promises": _promises(restricted),
        "studies": split,
        "roles": roles,
        "issues": coverage(roles),
        "focus": _focus(restricted),
        "peers": _peers(restricted),
        "open_questions": _questions(restricted, technologies, split, roles),
        "board": _board(restricted, now),
        "addressed": addressed(restricted, ADDRESSED),
    }
    return ChapterResult(tables=tables, findings={}, notes=_notes(now))


def _signals(restricted: Restricted, offices: dict[str, str]) -> pd.DataFrame:
    """Every signal, ours by office and a peer's under the name that it chose; newest first."""
    rows = restricted["signals"]
    who = rows["sent_by"].fillna(rows["unit_id"].map(lambda code: offices.get(code, code)))
    made = rows.assign(sent_by=who, is_peer=rows["sent_by"].notna())
    columns = [
        "seen_at",
        "sent_by",
        "kind",
        "title",
        "what",
        "theme",
        "country_code",
        "grade",
        "use",
        "signpost_id",
        "source",
        "is_peer",
    ]
    made = made.sort_values(["seen_at", "title"], ascending=[False, True])
    return made[[name for name in columns if name in made]].reset_index(drop=True)


def _by_quarter(signals: pd.DataFrame) -> pd.DataFrame:
    """How many signals of each theme came in each quarter, and how many of them are used."""
    known = signals.dropna(subset="seen_at")
    quarter = (
        known["seen_at"].dt.year.astype("str") + " Q" + known["seen_at"].dt.quarter.astype("str")
    )
    used = known["use"].isin(["watch", "study", "signpost", "ask_hub"])
    grouped = known.assign(quarter=quarter, used=used).groupby(["theme", "quarter"])
    return grouped.agg(signals=("title", "size"), used=("used", "sum")).reset_index()


def _flows(restricted: Restricted, offices: dict[str, str]) -> pd.DataFrame:
    """From where to where signals should go, and who should have them."""
    rows = restricted["signals"].dropna(subset="flow").sort_values(["flow", "seen_at", "title"])
    named = [
        "; ".join(sorted(offices.get(code, code) for code in codes)) for codes in rows["for_units"]
    ]
    made = rows[["flow", "title", "kind", "seen_at"]].assign(recipients=named)
    return made.reset_index(drop=True)


def _un_measures(restricted: Restricted) -> pd.DataFrame:
    """Published measures of all members alike, in the order of the alphabet; no sums of alliances.

    A measure of a year is there with five members at least from three regional groups, of those
    that the edition may show.
    """
    rows = restricted["un_measures"]
    by = ["body", "measure", "year"]
    rows = rows[~singled_out(rows, by, "member")]
    columns = [*by, "member", "value", "unit", "source"]
    return rows[columns].sort_values([*by, "member"]).reset_index(drop=True)


def _technologies(restricted: Restricted) -> pd.DataFrame:
    """Each technology with its answers to the same questions, whatever its origin; no score."""
    rows = restricted["technologies"].sort_values("technology_id")
    answered = rows[list(QUESTIONS)].notna().sum(axis=1) + rows["works"].notna()
    columns = [
        "technology",
        "use",
        "theme",
        "kind",
        "works",
        *QUESTIONS,
        "arena",
        "china_team_in",
        "lever",
        "answer",
        "origin",
        "source",
        "as_of",
    ]
    shown = [name for name in columns if name in rows]
    return rows[shown].assign(answered=answered).reset_index(drop=True)


def _promises(restricted: Restricted) -> pd.DataFrame:
    """Claims that are promises: what somebody who looked found, and what came of asking."""
    rows = restricted["claims"]
    columns = ["counterpart", "claim", "as_of", "checked", "grade", "chinese_voice", "answer"]
    if "counterpart" not in rows:
        return pd.DataFrame(columns=columns).astype({"as_of": "datetime64[ns]"})
    rows = rows[rows["kind"] == "promise"].sort_values(["counterpart", "claim_id"])
    return rows[columns].reset_index(drop=True)


def _peers(restricted: Restricted) -> pd.DataFrame:
    """What peers sent as packs, apart from what is ours; each under the name that it chose.

    Returns
    -------
    DataFrame
        `sent_by`, `part` (`peer_part`), `title`, `what`, `kind` (label), `theme`, `country_code`,
        `as_of`, `year`, `value`, `unit`, `grade` (D at best), `said`, `source`.
    """
    rows = restricted["peer_rows"]
    labels = {code.code: code.label() for name in _KINDS for code in code_list(name).codes}
    by = ["part", "sent_by", "title", "year", "country_code", "row_id"]
    made = in_code_order(rows.assign(kind=rows["kind"].map(labels)), by, part="peer_part")
    columns = [
        *("sent_by", "part", "title", "what", "kind", "theme", "country_code", "as_of", "year"),
        *("value", "unit", "grade", "said", "source"),
    ]
    return made[columns]


def _focus(restricted: Restricted) -> pd.DataFrame:
    """Each area by criterion: middle score and range; no total is made, so there is no order.

    Returns
    -------
    DataFrame
        `area`, `criterion` (`focus_criterion`), `people`, `lowest`, `middle`, `highest` (missing
        with fewer than two people, or than the edition shows), `is_apart` (4 points or more;
        missing likewise).
    """
    areas, scores = restricted["focus_areas"], restricted["focus_scores"]
    fewest = max(2, restricted.edition.fewest_people)
    latest = (
        scores.dropna(subset="best")
        .sort_values("round")
        .drop_duplicates(["assessor_id", "area_id", "criterion"], keep="last")
    )
    rows: list[list[Any]] = []
    for area in areas.sort_values("area_id").to_dict("records"):
        for criterion in code_list("focus_criterion").values:
            is_own = (latest["area_id"] == area["area_id"]) & (latest["criterion"] == criterion)
            own = latest.loc[is_own, "best"].astype("float64")
            told = [len(own), own.min(), own.median(), own.max()]
            rows.append([area["name"], criterion, *(told if len(own) >= fewest else [None] * 4)])
    columns = ["area", "criterion", "people", "lowest", "middle", "highest"]
    made = pd.DataFrame(rows, columns=columns)
    numbers = {name: pd.to_numeric(made[name]).astype("float64") for name in columns[2:]}
    made = made.assign(**numbers)
    is_apart = made["highest"] - made["lowest"] >= APART_POINTS
    return made.assign(is_apart=is_apart.astype(object).where(made["middle"].notna(), None))


def _questions(
    restricted: Restricted, technologies: pd.DataFrame, split: pd.DataFrame, roles: pd.DataFrame
) -> pd.DataFrame:
    """Questions that follow from what is entered, each with its row."""
    found = [
        *_of_signals(restricted["signals"]),
        *(
            ["rights_not_answered", row["technology"]]
            for row in technologies.to_dict("records")
            if row["answered"] < len(QUESTIONS) + 1
        ),
        *(
            ["share_not_said", f"{row['organisation']}: {row['question']}"]
            for row in split.to_dict("records")
            if pd.isna(row["points"])
        ),
        *(
            ["one_role_only", row["issue"]]
            for row in coverage(roles).to_dict("records")
            if row["has_inside"] != row["has_outside"]
        ),
    ]
    return open_questions(found, "watching_question")


def _of_signals(signals: pd.DataFrame) -> Iterator[list[str]]:
    for row in signals[signals["kind"] == "un_pattern"].to_dict("records"):
        if not len(row["for_units"]):
            yield ["no_recipient", row["title"]]
    lessons = signals[signals["kind"].isin(LESSONS)]
    failed = (lessons["kind"] == "failed").sum()
    if len(lessons) and failed / len(lessons) < FEWEST_FAILURES:
        yield ["failures_not_told", f"{failed} of {len(lessons)}"]


def _board(restricted: Restricted, now: Snapshot) -> pd.DataFrame:
    signals, technologies = restricted["signals"], restricted["technologies"]
    answers = technologies["answer"].fillna("undecided")
    return board(
        now.as_of,
        ("signal", signals["title"], signals["use"].fillna("none"), signals["unit_id"]),
        ("technology", technologies["technology_id"], answers, None),
    )


def _notes(now: Snapshot) -> tuple[str, ...]:
    return (
        "Nothing here says what will happen or who is right; no signal is no sign of calm.",
        "Measures of the United Nations are shown of all members, or of five at least from three "
        "regional groups. Members stand in the order of the alphabet, without sums of alliances.",
        "The seven questions on a technology are the same whatever its origin; no score is made.",
        "Focus areas have no total, so no order.",
        say("watching-note-roles", year=f"{now.as_of:%Y}"),
        "What peers sent stands apart, under the names that they chose, and is unchecked.",
    )
