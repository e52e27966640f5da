"""Decisions on cases of public speech, and the sealed records of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from strategy_lib.chapters.registry import number_of
from strategy_lib.core.messages import say
from strategy_lib.core.workspace import Workspace
from strategy_lib.history.decided import labels, stories, story
from strategy_lib.history.entries import (
    NOT_RECORDED,
    Cycles,
    Entry,
    Outcome,
    Row,
    day_in,
    label_of,
    said_of,
)
from strategy_lib.history.finding import mentions
from strategy_lib.inputs.checks.locations import row_dicts
from strategy_lib.protocol.case import Case, case_ids, case_of
from strategy_lib.protocol.chain import Record, RecordFault, read_records
from strategy_lib.protocol.clocks import moment, now_of
from strategy_lib.protocol.reading import Protocol
from strategy_lib.protocol.records import check_records


def case_entries(cycles: Cycles, protocol: Protocol, day: date) -> list[Entry]:
    """Every decision on a case of public speech, over all cycles."""
    made = []
    for versions in stories(cycles, "case_decisions", "case_decision_id", "case_id", "decided_at"):
        year, row = versions[-1]
        frames = cycles[year]
        code = said_of(row["case_id"])
        case = case_of(frames, code) if code in case_ids(frames) else None
        years = tuple(dict.fromkeys(number for number, _ in versions))
        entry = _case_entry(row, years, case, protocol, day)
        made.append(replace(entry, story=tuple(story("case_decisions", versions, cycles))))
    return made


def _case_entry(
    row: Row, years: tuple[int, ...], case: Case | None, protocol: Protocol, day: date
) -> Entry:
    code, at = said_of(row["case_id"]), moment(row["decided_at"])
    refused = said_of(row["refused"])
    kind, route = label_of("case_decision_kind", row["kind"]), said_of(row["route_id"])
    is_exercise = case is not None and case.record.get("is_exercise") is True
    names = case.route_names if case else {}
    title = case.said("title") if case else code
    chosen = label_of("speaking_route", names.get(route, "")) or route
    return Entry(
        code=f"{code} · {said_of(row['case_decision_id'])}",
        source="case_decisions",
        years=years,
        subject=f"case {code}",
        title=say("history-exercise", title=title) if is_exercise else title,
        kind=kind,
        decision=said_of(row["decision"]),
        day=at.date() if at else day_in(row["decided_at"]),
        decided_by=protocol.role(said_of(row["decided_by_role"])),
        chapter=number_of("speaking_out"),
        chosen=chosen,
        reasons=said_of(row["reasons"]),
        refused=(refused,) if refused else (),
        conditions=said_of(row["conditions"]),
        dissents=tuple(_dissents(case, protocol)) if case else (),
        review_date=day_in(row["review_date"]),
        counterparts=tuple(filter(None, (case.said("counterpart"),))) if case else (),
        themes=tuple(filter(None, (label_of("theme", case.said("theme")),))) if case else (),
        countries=tuple(filter(None, (case.said("country_code"),))) if case else (),
        became=tuple(_case_outcomes(row, case, protocol, day)),
        **labels("case_decisions", row),
    )


def _dissents(case: Case, protocol: Protocol) -> Iterator[str]:
    for row in case.rows("dissents"):
        unit, role = (said_of(None if pd.isna(row[n]) else row[n]) for n in ("unit_id", "role"))
        parts = (case.unit(unit) if unit else "", protocol.role(role) if role else "")
        who = ", ".join(filter(None, parts)) or say("history-not-signed")
        yield say("history-dissent-said", who=who, words=said_of(row["words"]))


def _case_outcomes(row: Row, case: Case | None, protocol: Protocol, day: date) -> Iterator[Outcome]:
    done, ends = said_of(row["acted_at"]), day_in(row["expires_date"])
    if done:
        yield Outcome("Carried out", "done", done)
    elif row["kind"] == "route_taken" and ends and ends < day:
        yield Outcome("Carried out", "ended", say("history-ended", day=ends))
    elif row["kind"] == "route_taken":
        text = say("history-not-carried-out")
        if ends:
            text = say("history-not-carried-out-until", day=ends)
        yield Outcome("Carried out", "not yet", text)
    if said_of(row["conditions"]):
        yield Outcome("Conditions", NOT_RECORDED, say("history-case-conditions"))
    for entry in row_dicts(case["aftercare"]) if case else ():
        what = label_of("aftercare_check", entry["check"]) or label_of(
            "aftercare_kind", entry["kind"]
        )
        role = said_of(entry["done_by_role"])
        found = [said_of(entry["found"]), said_of(entry["next"])]
        if role:
            what = say("history-aftercare", what=what, role=protocol.role(role))
        state = said_of(entry["done_at"]) or "not yet"
        yield Outcome("Aftercare", state, what, tuple(filter(None, found)))


def records_and_faults(
    workspace: Workspace, cycles: Cycles, day: date, is_gap: bool
) -> tuple[list[Record], list[RecordFault]]:
    """The sealed records, and what is wrong with them."""
    folder = workspace.decisions
    cases = {code: case_of(frames, code) for frames in cycles.values() for code in case_ids(frames)}
    faults = check_records(folder, cases, now_of(day))
    if is_gap:
        gone = "is no longer in the inputs"
        kept = "is in no cycle that could be read"
        faults = [replace(f, message=f.message.replace(gone, kept)) for f in faults]
    return read_records(folder), faults


def with_records(
    entries: list[Entry], records: list[Record], faults: list[RecordFault], protocol: Protocol
) -> list[Entry]:
    """Entries with their sealed record, and the records that no table holds any more."""
    by_code: dict[str, list[Record]] = {}
    for record in records:
        code = f"{_fact(record, 'case_id')} · {_fact(record, 'case_decision_id')}"
        by_code.setdefault(code, []).append(record)
    made = []
    for entry in entries:
        own = by_code.pop(entry.code, []) if entry.source == "case_decisions" else []
        told = [_record_outcome(record, entry, faults) for record in own]
        if entry.source == "case_decisions" and not own:
            told = [Outcome("Record", "none", say("history-no-record"))]
        name = own[-1].path.name if own else ""
        made.append(replace(entry, record=name, became=(*entry.became, *told)))
    for code, own in by_code.items():
        entry = _record_entry(code, own[-1], protocol)
        told = [_record_outcome(record, entry, faults) for record in own]
        made.append(replace(entry, became=tuple(told)))
    return made


def _fact(record: Record, name: str) -> str:
    value = record.facts.get(name)
    return value.strip() if isinstance(value, str) else ""


def _record_outcome(record: Record, entry: Entry, faults: list[RecordFault]) -> Outcome:
    own = [fault.message for fault in faults if fault.record == record.path.name]
    for name in ("decision", "conditions", "refused"):
        told, now = _fact(record, name), "\n".join(texts_of(getattr(entry, name)))
        if told != now:
            own.append(say("history-record-apart", part=name, told=told, now=now))
    if not record.is_sealed:
        return Outcome("Record", "seal broken", f"decisions/{record.path.name}", tuple(own))
    state = "sealed, with something to look at" if own else "sealed"
    return Outcome("Record", state, f"decisions/{record.path.name}", tuple(own))


def texts_of(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """One text or several as several."""
    return (value,) if isinstance(value, str) else value


def _record_entry(code: str, record: Record, protocol: Protocol) -> Entry:
    said = {name: _fact(record, name) for name in record.facts}
    at, refused = moment(said.get("decided_at")), said.get("refused", "")
    words = record.facts.get("dissents")
    route = said.get("route", "")
    return Entry(
        code=code,
        source="record",
        years=(),
        subject=f"case {said.get('case_id', '')}",
        title=said.get("title", "") or code,
        kind=label_of("case_decision_kind", said.get("kind")),
        decision=said.get("decision", ""),
        day=at.date() if at else day_in(said.get("decided_at")),
        decided_by=protocol.role(said.get("decided_by_role", "")),
        chapter=number_of("speaking_out"),
        chosen=label_of("speaking_route", route),
        reasons=_reasons_of(record.path),
        refused=(refused,) if refused else (),
        conditions=said.get("conditions", ""),
        dissents=tuple(map(str, words)) if isinstance(words, list) else (),
        review_date=day_in(said.get("review_date", "")),
        counterparts=tuple(filter(None, (said.get("counterpart"),))),
        themes=tuple(filter(None, (label_of("theme", said.get("theme")),))),
        countries=tuple(filter(None, (said.get("country_code"),))),
        story=tuple(map(say, ("history-alone", "history-unsure")[: 1 + (not record.is_sealed)])),
        record=record.path.name,
        handling="restricted",
    )


def _reasons_of(path: Path) -> str:
    """Reasons as a record quotes them for people; its facts do not hold them."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    section = text.partition("\n## Reasons\n")[2].partition("\n## ")[0]
    lines = [line.removeprefix(">").strip() for line in section.splitlines() if line[:1] == ">"]
    joined = re.sub(r"\\(.)", r"\1", "\n".join(lines).strip())
    return joined.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def loose_faults(faults: list[RecordFault], entries: list[Entry]) -> list[str]:
    """Faults that belong to no entry, such as a file that cannot be read as a record."""
    told = {entry.record for entry in entries} | {
        outcome.text.removeprefix("decisions/")
        for entry in entries
        for outcome in entry.became
        if outcome.kind == "Record"
    }
    codes = {entry.code for entry in entries}
    loose = (fault for fault in faults if fault.record not in told | codes)
    return [str(f) if f.record.endswith(".json") else f"decisions/{f}" for f in loose]


def reviewed(entries: list[Entry], day: date) -> Iterator[Entry]:
    """Decisions with whether their review is done, due or overdue."""
    for entry in entries:
        yield replace(entry, became=(_review(entry, entries, day), *entry.became))


def _review(entry: Entry, entries: list[Entry], day: date) -> Outcome:
    """Whether it was looked at again: by a later decision on the same question, or naming it."""
    later = [
        e
        for e in entries
        if e.day
        and entry.day
        and e.day > entry.day
        and (e.subject == entry.subject or mentions(e.words, entry.code))
    ]
    due = entry.review_date
    if later:
        after = min(later, key=lambda e: (e.day or date.min, e.code))
        return Outcome(
            "Review", "done", say("history-review-done", day=str(after.day), code=after.code)
        )
    if due is None:
        return Outcome("Review", "no day is set", say("history-review-no-day"))
    if due <= day:
        if due == day:
            return Outcome("Review", "due", say("history-review-today", day=due))
        late = say("history-review-overdue", day=due, days=(day - due).days)
        return Outcome("Review", "overdue", late)
    text = say("history-review-in", day=due, days=(due - day).days)
    return Outcome("Review", "not yet due", text)
