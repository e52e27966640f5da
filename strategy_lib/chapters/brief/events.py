"""Days that somebody must keep: actions, reviews, decisions asked for, legal duties, aftercare."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import pandas as pd

from strategy_lib.chapters.brief.context import ENDED, Context, day_in_words, text
from strategy_lib.chapters.codes import CaseStage
from strategy_lib.core.messages import say
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


def events(context: Context) -> pd.DataFrame:
    """Every dated event of an edition, for a calendar file.

    Returns
    -------
    DataFrame
        `uid` (the same from run to run, also when the day moves, so that a calendar program moves
        the event and does not add another), `date` (whole days, no zone), `title`, `description`,
        `category`; by date. Empty where the edition lists no single record.
    """
    kinds = (_actions, _reviews, _asked, _duties, _aftercare, _clocks, _partners)
    rows = [row for kind in kinds if context.lists_records for row in kind(context)]
    made = pd.DataFrame(rows, columns=EVENTS).astype({"date": "datetime64[s]"})
    made = made.drop_duplicates("uid")
    return made.sort_values(["date", "category", "uid"], kind="stable").reset_index(drop=True)


def _event(key: str, day: object, title: str, parts: Iterable[str], category: str) -> list[object]:
    # A hash: a code of an action may hold letters that a calendar program does not take.
    digest = hashlib.sha256(f"{category}\n{key}".encode()).hexdigest()[:32]
    return [f"{digest}@{_HOME}", day, title, _sentences(parts), category]


def _named(name: str, what: str) -> str:
    return f"{name}: {what}" if what else ""


def _actions(context: Context) -> Iterator[list[object]]:
    frame = context.entered["actions"]
    frame = frame[frame["due_date"].notna() & ~frame["status"].isin(ENDED)]
    for row in frame.to_dict("records"):
        owner = text(row["owner_role"])
        if not owner and context.can_show("actions", "owner_role"):
            owner = "nobody yet"
        parts = (_named("Owner", owner), _named("Indicator", text(row["indicator"])))
        title = f"Due: {text(row['action'])}"
        yield _event(text(row["action_id"]), row["due_date"], title, parts, ACTION)


def _reviews(context: Context) -> Iterator[list[object]]:
    frame = context.entered["decisions"]
    for row in frame[frame["review_date"].notna()].to_dict("records"):
        day, what = day_in_words(row["decided_date"]), text(row["decision"])
        parts = (
            say("brief-event-decided", day=day, what=what),
            _named("Conditions", text(row["conditions"])),
        )
        title = f"Review: {text(row['question'])}"
        yield _event(text(row["decision_id"]), row["review_date"], title, parts, REVIEW)


def _asked(context: Context) -> Iterator[list[object]]:
    frame = context.entered["brief"]
    for row in frame[frame["decision_by"].notna()].to_dict("records"):
        title, parts = f"Asked for: {text(row['question'])}", [_named("Of", text(row["asked_of"]))]
        yield _event(text(row["brief_id"]), row["decision_by"], title, parts, ASKED)


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
        yield _event(key, row["next"], title, parts, DUTY)


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
        parts = (_named("Whose turn", turn), f"The check {label[:1].lower()}{label[1:]}")
        yield _event(f"{case}\n{check}", row["due_date"], f"Aftercare: {case}", parts, AFTERCARE)


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
            parts = (_named("Whose turn", text(row["whose_turn"])) if waits else "", waits)
            yield _event(f"{case}\n{field}", moment, f"{what} {hour}: {case}", parts, CLOCK)


def _partners(context: Context) -> Iterator[list[object]]:
    """Reviews of partnerships and avenues of money, and days on which an attempt is to stop."""
    partners = context.saved("partners")
    for table, names in _REVIEWED.items():
        rows = partners.table(table, *names, "review_date")
        for row in rows[rows["review_date"].notna()].to_dict("records"):
            about = ", ".join(text(row[name]) for name in names)
            title = f"Review: {about}"
            yield _event(f"{table}\n{about}", row["review_date"], title, (), REVIEW)
    rows = partners.table("contacts", "avenue", "target", "office", "stop_after")
    for row in rows[rows["stop_after"].notna()].to_dict("records"):
        avenue = code_list("contact_avenue").label(row["avenue"], context.inputs.language)
        office, title = text(row["office"]), f"Go on or stop? {avenue}: {text(row['target'])}"
        yield _event(f"{office}\n{title}", row["stop_after"], title, [f"Office: {office}"], REVIEW)


def _sentences(parts: Iterable[str]) -> str:
    return " ".join(
        part if part.endswith(("?", "!")) else f"{part.rstrip('.')}." for part in parts if part
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
