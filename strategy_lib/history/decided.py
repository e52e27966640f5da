"""Decisions of the strategy, chapter by chapter, with the actions and answers that follow them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pandas as pd

from strategy_lib.chapters.annual.context import Context
from strategy_lib.chapters.annual.states import unmet
from strategy_lib.chapters.registry import number_of
from strategy_lib.core.messages import say
from strategy_lib.core.settings import MappingSettings
from strategy_lib.editions.restrict import Restricted
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.history.entries import (
    EDITION,
    NOT_RECORDED,
    OPTIONS,
    Cycles,
    Entry,
    Frames,
    Outcome,
    Row,
    day_in,
    label_of,
    rows_in,
    said_of,
)
from strategy_lib.history.finding import mentions
from strategy_lib.inputs.checks.locations import row_dicts
from strategy_lib.schema.name_keys import name_key
from strategy_lib.schema.schema import schemas


def area_entries(cycles: Cycles, day: date) -> list[Entry]:
    """Every decision of the chapters, over all cycles."""
    grouped = stories(cycles, "decisions", "decision_id", "question", "decided_date")
    made = [_area_entry(cycles, versions) for versions in grouped]
    if not made:
        return []
    actions = _latest(cycles, "actions", "action_id")
    rests = _conditions(cycles, day)
    return [
        replace(
            entry,
            became=(
                *_actions(entry, made, actions, cycles, day),
                *_again(entry.code, cycles),
                *rests(entry, said_of(versions[-1][1]["option_id"])),
            ),
        )
        for entry, versions in zip(made, grouped, strict=True)
    ]


def stories(
    cycles: Cycles, table: str, key: str, subject: str, at: str
) -> list[list[tuple[int, Row]]]:
    """Versions of each decision by cycle; one code for two decisions makes two."""
    stories: dict[str, list[list[tuple[int, Row]]]] = {}
    for year, frames in cycles.items():
        for row in rows_in(frames, table):
            known = stories.setdefault(said_of(row[key]), [])
            own = next((one for one in known if _is_same(one[-1][1], row, subject, at)), None)
            if own is None:
                known.append([(year, row)])
            else:
                own.append((year, row))
    return [one for code, known in stories.items() if code for one in known]


def _is_same(old: Row, new: Row, subject: str, at: str) -> bool:
    """A code that was given anew has neither the question nor the day of the old one."""
    is_question = name_key(said_of(old[subject])) == name_key(said_of(new[subject]))
    return is_question or said_of(old[at]) == said_of(new[at])


def _area_entry(cycles: Cycles, versions: list[tuple[int, Row]]) -> Entry:
    first, last = versions[0], versions[-1]
    row = last[1]
    options = _options(cycles[first[0]]) | _options(cycles[last[0]])
    chosen = said_of(row["option_id"])
    others = "; ".join(f"{code}: {name}" for code, name in _rivals(cycles[first[0]], chosen))
    return Entry(
        code=said_of(row["decision_id"]),
        source="decisions",
        years=tuple(dict.fromkeys(year for year, _ in versions)),
        subject=name_key(said_of(row["question"])),
        title=said_of(row["question"]),
        kind=label_of("decision_kind", row["kind"]),
        decision=said_of(row["decision"]),
        day=day_in(row["decided_date"]),
        decided_by=said_of(row["decided_by"]),
        chapter=said_of(row["chapter"]),
        chosen=f"{chosen}: {options[chosen]}" if chosen in options else chosen,
        reasons=said_of(row["reasons"]),
        refused=(say("history-not-chosen", options=others),) if others else (),
        conditions=said_of(row["conditions"]),
        dissents=_dissents(row),
        review_date=day_in(row["review_date"]),
        story=tuple(story("decisions", versions, cycles)),
        **labels("decisions", row),
    )


def _dissents(row: Row) -> tuple[str, ...]:
    words, by = said_of(row["dissent"]), said_of(row["dissent_by"])
    if words and by:
        return (say("history-dissent-by", words=words, who=by),)
    return (words,) if words else ()


def labels(table: str, row: Row) -> dict[str, Any]:
    """Who may see a row."""
    label = said_of(row["handling"]) or schemas()[table].default_handling
    return {"handling": label, "not_for_mainland": row["not_for_mainland"] is True}


def _options(frames: Frames) -> dict[str, str]:
    rows = [row for table in OPTIONS for row in rows_in(frames, table)]
    return {said_of(row["option_id"]): said_of(row["name"]) for row in rows}


def _rivals(frames: Frames, chosen: str) -> list[tuple[str, str]]:
    """The other options of the table that the chosen one stands in."""
    for table in OPTIONS:
        known = {said_of(r["option_id"]): said_of(r["name"]) for r in rows_in(frames, table)}
        if chosen and chosen in known:
            return [(code, name) for code, name in known.items() if code != chosen]
    return []


def story(table: str, versions: list[tuple[int, Row]], cycles: Cycles) -> Iterator[str]:
    """What changed in a decision from year to year."""
    fields = [f for f in schemas()[table].fields if f.name != "not_for_mainland"]
    for (before, then), (year, now) in pairwise(versions):
        for field in fields:
            old, new = (shown(row.get(field.name)) for row in (then, now))
            if old != new:
                was, is_ = map(_quoted, (old, new))
                years = {"before": str(before), "year": str(year)}
                yield say("history-changed", field=field.title(), was=was, now=is_, **years)
    last = versions[-1][0]
    later = [year for year in cycles if year > last]
    if table == "decisions" and later:
        yield say("history-not-listed", years=", ".join(map(str, later)))


def _quoted(text: str) -> str:
    return say("history-quoted", words=text) if text else say("history-empty")


def shown(value: Any) -> str:
    """A value as text; a moment as its day."""
    return str(value.date()) if isinstance(value, datetime) else said_of(value)


def _latest(cycles: Cycles, table: str, key: str) -> list[tuple[int, int, Row]]:
    """First and last cycle of each row, and the row as the last one has it."""
    found: dict[str, tuple[int, int, Row]] = {}
    for year, frames in cycles.items():
        for row in rows_in(frames, table):
            code = said_of(row[key])
            found[code] = (found[code][0] if code in found else year, year, row)
    return list(found.values())


def _actions(
    entry: Entry, every: list[Entry], actions: list[tuple[int, int, Row]], cycles: Cycles, day: date
) -> Iterator[Outcome]:
    """Actions that name the decision, or that began in its chapter before the next one there."""
    for first, last, row in actions:
        owner = _owner_of(row, first, every)
        if owner is entry:
            yield _action(row, last, max(cycles), day)


def _owner_of(row: Row, first: int, every: list[Entry]) -> Entry | None:
    said = f"{said_of(row['action'])} {said_of(row['note'])} {said_of(row['indicator'])}"
    named = [e for e in every if mentions(said, e.code)]
    if named:
        return named[-1]
    when = day_in(row["start_date"]) or day_in(row["due_date"]) or date(first, 12, 31)
    chapter = said_of(row["chapter"])
    before = [e for e in every if e.day and e.day <= when and chapter and e.chapter == chapter]
    return max(before, key=lambda e: (e.day or date.min, e.code), default=None)


def _action(row: Row, last: int, newest: int, day: date) -> Outcome:
    due, status = day_in(row["due_date"]), said_of(row["status"])
    is_over = status in ("done", "dropped")
    if not is_over and last < newest:
        state = say("history-action-unlisted", year=str(last))
    elif not is_over and (status == "late" or (due is not None and due < day)):
        state = "late"
        if due and due < day:
            state = say("history-action-late", days=(day - due).days)
    else:
        state = label_of("action_status", status).lower() or NOT_RECORDED
    owner = said_of(row["owner_role"]) or say("history-nobody-named")
    about = {"action": said_of(row["action"]), "owner": owner}
    text = say("history-action-no-day", **about)
    if due:
        text = say("history-action", day=due, **about)
    note = said_of(row["note"])
    return Outcome("Action", state, text, (note,) if note else ())


def _again(code: str, cycles: Cycles) -> Iterator[Outcome]:
    """Answers to "would we decide the same again", by cycle; silence is counted, never filled."""
    is_asked = False
    for year, frames in cycles.items():
        rows = [r for r in rows_in(frames, "decide_again") if said_of(r["decision_id"]) == code]
        if not rows:
            continue
        is_asked = True
        people = {said_of(r["assessor_id"]) for r in [*rows_in(frames, "assessors"), *rows]} - {""}
        said = [said_of(r["answer"]) for r in rows]
        counts = {name: said.count(name) for name in ("yes", "no", "unsure")}
        silent = max(0, len(people) - sum(counts.values()))
        text = say("history-again", silent=silent, **counts)
        words = tuple(
            say(
                "history-again-reason",
                who=said_of(r["assessor_id"]),
                answer=said_of(r["answer"]) or say("history-no-answer"),
                reason=reason,
            )
            for r in rows
            if (reason := said_of(r["reason"]))
        )
        yield Outcome("Same again?", say("history-again-in", year=str(year)), text, words)
    if not is_asked:
        yield Outcome("Same again?", "not asked", say("history-again-nobody"))


def _conditions(cycles: Cycles, day: date) -> Any:
    """What tells whether the conditions of a decision hold, by the newest cycle that was read."""
    newest = max(cycles)
    frames = cycles[newest]
    decided = pd.concat([frames_["decisions"] for frames_ in cycles.values()])
    decided = decided.drop_duplicates("decision_id", keep="last").reset_index(drop=True)
    earlier = [year for year in cycles if year < newest]
    before = _snapshot(cycles[earlier[-1]], earlier[-1], day) if earlier else None
    context = Context(_snapshot({**frames, "decisions": decided}, newest, day), before)
    lapsed = row_dicts(unmet(context))

    def told(entry: Entry, option: str) -> Iterator[Outcome]:
        own = [row for row in lapsed if row["decision_id"] == entry.code]
        listed = _listed_conditions(frames, option) if entry.chapter == number_of("presence") else 0
        if listed:
            text = say("history-conditions", open=len(own), listed=listed)
            lines = tuple(_condition_line(row) for row in own)
            state = say(
                "history-conditions-open" if own else "history-conditions-hold", year=str(newest)
            )
            yield Outcome("Conditions", state, text, lines)
        if entry.conditions:
            text = say("history-condition-own", words=entry.conditions)
            yield Outcome("Conditions", NOT_RECORDED, text)

    return told


def _snapshot(frames: Frames, year: int, day: date) -> Snapshot:
    return Snapshot(Restricted(EDITION, frames), year, day, "", "en", "EUR", MappingSettings(), {})


def _listed_conditions(frames: Frames, option: str) -> int:
    if not option:
        return 0
    routes = [
        said_of(row["legal_route"])
        for row in rows_in(frames, "presence_options")
        if said_of(row["option_id"]) == option
    ]
    law = [
        row
        for row in rows_in(frames, "legal_conditions")
        if row["kind"] == "condition" and said_of(row["legal_route"]) in routes
    ]
    terms = [
        row
        for row in rows_in(frames, "presence_terms")
        if row["kind"] == "condition" and said_of(row["option_id"]) in (option, "")
    ]
    return len(law) + len(terms)


def _condition_line(row: Row) -> str:
    when = day_in(row["as_of"])
    now = {
        "condition": said_of(row["condition"]),
        "now": said_of(row["now"]),
        "checked": say("history-checked", day=when) if when else say("history-not-checked"),
    }
    then = said_of(row["then"])
    return (
        say("history-condition-before", then=then, **now)
        if then
        else say("history-condition", **now)
    )
