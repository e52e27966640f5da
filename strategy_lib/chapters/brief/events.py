"""Days that somebody must keep: actions, reviews, decisions asked for, legal duties, aftercare."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import pandas as pd

from strategy_lib.chapters.brief.context import ENDED, Context, day_in_words, text
from strategy_lib.chapters.codes import CaseStage
from strategy_lib.core.messages import say
from strategy_lib.editions.results import SavedChapter
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.schema.schema import code_list

EVENTS = ["uid", "date", "title", "description", "category"]
ACTION, REVIEW, ASKED, DUTY, AFTERCARE, CLOCK = (
    "action",
    "review",
    "decision",
    "legal duty",
    "aftercare",
    "clock",
)
_SAID = (CaseStage.DECIDED, CaseStage.AFTERCARE, CaseStage.CLOSED)
# Saved table of partners -> what a review is about.
_REVIEWED = {"partnerships": ("counterpart", "office"), "funding": ("avenue",)}
_HOME = "strategy-workbook.invalid"


def calendar_events(inputs: Snapshot, chapters: Mapping[str, SavedChapter]) -> pd.DataFrame:
    """Every dated event of an edition, for a calendar file.

    Parameters
    ----------
    inputs : Snapshot
        What the edition may show.
    chapters : mapping of str to SavedChapter
        Saved results of the other chapters of the same edition.

    Returns
    -------
    DataFrame
        `uid` (the same from run to run, also when the day moves, so that a calendar program moves
        the event and does not add another), `date` (whole days, no zone), `title`, `description`,
        `category`; by date. Empty where the edition lists no single record.
    """
    return events(Context(inputs, chapters))


def events(context: Context) -> pd.DataFrame:
    """`calendar_events` of a ground that is there already."""
    rows = []
    if context.lists_records:
        rows = [
            *_actions(context),
            *_reviews(context),
            *_asked(context),
            *_duties(context),
            *_aftercare(context),
            *_clocks(context),
            *_partners(context),
        ]
    made = pd.DataFrame(rows, columns=EVENTS).astype({"date": "datetime64[s]"})
    made = made.drop_duplicates("uid")
    return made.sort_values(["date", "category", "uid"], kind="stable").reset_index(drop=True)


def _event(key: str, day: object, title: str, description: str, category: str) -> list[object]:
    # A hash: a code of an action may hold letters that a calendar program does not take.
    digest = hashlib.sha256(f"{category}\n{key}".encode()).hexdigest()[:32]
    return [f"{digest}@{_HOME}", day, title, description, category]


def _actions(context: Context) -> Iterator[list[object]]:
    frame = context.entered["actions"]
    frame = frame[frame["due_date"].notna() & ~frame["status"].isin(ENDED)]
    for row in frame.to_dict("records"):
        owner = text(row["owner_role"])
        if not owner and context.can_show("actions", "owner_role"):
            owner = "nobody yet"
        indicator = text(row["indicator"])
        parts = [
            f"Owner: {owner}" if owner else "",
            f"Indicator: {indicator}" if indicator else "",
        ]
        yield _event(
            text(row["action_id"]),
            row["due_date"],
            f"Due: {text(row['action'])}",
            _sentences(parts),
            ACTION,
        )


def _reviews(context: Context) -> Iterator[list[object]]:
    frame = context.entered["decisions"]
    for row in frame[frame["review_date"].notna()].to_dict("records"):
        conditions = text(row["conditions"])
        parts = [
            say(
                "brief-event-decided",
                day=day_in_words(row["decided_date"]),
                what=text(row["decision"]),
            ),
            f"Conditions: {conditions}" if conditions else "",
        ]
        yield _event(
            text(row["decision_id"]),
            row["review_date"],
            f"Review: {text(row['question'])}",
            _sentences(parts),
            REVIEW,
        )


def _asked(context: Context) -> Iterator[list[object]]:
    frame = context.entered["brief"]
    for row in frame[frame["decision_by"].notna()].to_dict("records"):
        whom = text(row["asked_of"])
        yield _event(
            text(row["brief_id"]),
            row["decision_by"],
            f"Asked for: {text(row['question'])}",
            _sentences([f"Of: {whom}" if whom else ""]),
            ASKED,
        )


def _duties(context: Context) -> Iterator[list[object]]:
    """The next day of each yearly duty; one event a duty and year."""
    frame = context.saved("presence").table(
        "duties", "route", "duty", "next", "confirmed", "source"
    )
    for row in frame[frame["next"].notna()].to_dict("records"):
        confirmed = day_in_words(row["confirmed"])
        parts = [
            f"Only while this route is used: {text(row['route'])}",
            f"Source: {text(row['source'])}",
            say("brief-event-confirmed", day=confirmed)
            if confirmed
            else say("brief-event-not-confirmed"),
        ]
        key = f"{text(row['route'])}\n{text(row['duty'])}\n{pd.Timestamp(row['next']).year}"
        title = f"{text(row['route'])}, if used: {text(row['duty'])}"
        yield _event(key, row["next"], title, _sentences(parts), DUTY)


def _aftercare(context: Context) -> Iterator[list[object]]:
    """The next day on which somebody asks what a public act led to, of each case."""
    frame = context.saved("speaking_out").table(
        "next_checks", "case_id", "case", "check", "due_date", "whose_turn"
    )
    checks = code_list("aftercare_check")
    for row in frame.to_dict("records"):
        case = f"{text(row['case_id'])}: {text(row['case'])}"
        turn, check = text(row["whose_turn"]), text(row["check"])
        label = checks.label(check)
        parts = [f"Whose turn: {turn}" if turn else "", f"The check {label[:1].lower()}{label[1:]}"]
        key = f"{case}\n{check}"
        yield _event(key, row["due_date"], f"Aftercare: {case}", _sentences(parts), AFTERCARE)


def _clocks(context: Context) -> Iterator[list[object]]:
    """Clocks of cases of public speech: an event a day, which says the hour and its zone."""
    frame = context.saved("speaking_out").table(
        "board",
        "case_id",
        "case",
        "state",
        "next_clock",
        "needed_by",
        "whose_turn",
        "missing_first",
    )
    for row in frame.to_dict("records"):
        case = f"{text(row['case_id'])}: {text(row['case'])}"
        for field, what in (("next_clock", "Clock runs out"), ("needed_by", "Words are needed")):
            day, _, hour = text(row[field]).partition(" ")
            moment = pd.to_datetime(day, format="%Y-%m-%d", errors="coerce")
            is_past = field == "needed_by" and text(row["state"]) in _SAID
            if is_past or pd.isna(moment):
                continue
            waits = _capital(text(row["missing_first"])) if field == "next_clock" else ""
            turn = text(row["whose_turn"])
            parts = [f"Whose turn: {turn}" if turn and waits else "", waits]
            yield _event(
                f"{case}\n{field}", moment, f"{what} {hour}: {case}", _sentences(parts), CLOCK
            )


def _partners(context: Context) -> Iterator[list[object]]:
    """Reviews of partnerships and avenues of money, and days on which an attempt is to stop."""
    partners = context.saved("partners")
    for table, names in _REVIEWED.items():
        rows = partners.table(table, *names, "review_date")
        for row in rows[rows["review_date"].notna()].to_dict("records"):
            about = ", ".join(text(row[name]) for name in names)
            title = f"Review: {about}"
            yield _event(f"{table}\n{about}", row["review_date"], title, "", REVIEW)
    rows = partners.table("contacts", "avenue", "target", "office", "stop_after")
    for row in rows[rows["stop_after"].notna()].to_dict("records"):
        avenue = code_list("contact_avenue").label(row["avenue"], context.inputs.language)
        title = f"Go on or stop? {avenue}: {text(row['target'])}"
        key = f"{text(row['office'])}\n{title}"
        yield _event(key, row["stop_after"], title, f"Office: {text(row['office'])}.", REVIEW)


def _sentences(parts: list[str]) -> str:
    return " ".join(
        part if part.endswith(("?", "!")) else f"{part.rstrip('.')}." for part in parts if part
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
