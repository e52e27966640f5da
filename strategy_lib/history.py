"""Institutional memory: every decision of every cycle, why it was taken, and what became of it.

For the coordinator: nothing is withheld here. Cycles are read as they are and never written to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from strategy_lib.audiences import Edition
from strategy_lib.case_records import records_folder
from strategy_lib.chapters.annual_ground import Ground
from strategy_lib.chapters.annual_states import unmet
from strategy_lib.chapters.registry import CHAPTERS
from strategy_lib.editions import Restricted
from strategy_lib.errors import StrategyError
from strategy_lib.figures.theme import clean
from strategy_lib.protocol.case import Case, case_ids, case_of
from strategy_lib.protocol.clocks import moment, now_of
from strategy_lib.protocol.reading import Protocol, read_protocol
from strategy_lib.protocol.records import Record, RecordFault, check_records, read_records
from strategy_lib.reference import reference
from strategy_lib.settings import MappingSettings
from strategy_lib.snapshot import Snapshot, day_of, same_day
from strategy_lib.snapshot_maker import read_checked
from strategy_lib.tables.codebook import codebook
from strategy_lib.tables.names import core_key, name_key
from strategy_lib.tables.places import row_dicts
from strategy_lib.tables.schema import code_list, schemas
from strategy_lib.workspace import Workspace

EDITION = Edition("history", "Institutional memory", "restricted", "The coordinator")
NOT_RECORDED = "not on record"
_WHY_NOT = "Why each was not taken is not on record by option; the reasons are all there is."
_ALONE = "It stands in no cycle that could be read; this is what the record says."
_UNSURE = "The seal is broken: these may not be the words that were decided."
_SHOWN_PROBLEMS = 3
_SHORT = 4
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_TITLES = {chapter.name.partition("_")[0]: chapter.title for chapter in CHAPTERS}
_OPTIONS = ("presence_options", "strategic_options")
Frames = Mapping[str, pd.DataFrame]
Cycles = Mapping[int, Frames]
Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Outcome:
    """One thing that became of a decision.

    Attributes
    ----------
    kind : str
        What it is about: `Action`, `Review`, `Same again?`, `Conditions`, `Carried out`,
        `Aftercare` or `Record`.
    state : str
        How it stands in a word or two, such as `late`, `overdue`, `broken`.
    details : tuple of str
        Further lines, people's words among them.
    """

    kind: str
    state: str
    text: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One decision with its story over the years.

    Attributes
    ----------
    code : str
        Code of the decision; of a case, `CASE · DECISION`.
    source : str
        `decisions`, `case_decisions`, or `record` for a sealed record that no table holds.
    years : tuple of int
        Cycles in which it stands.
    subject : str
        What a later decision must share to count as a second look: the case, or the question.
    day : date or None
        Day of the decision; None where nobody entered one that can be read.
    refused : tuple of str
        What was not taken, and why, as far as it is on record.
    dissents : tuple of str
        People's words as they stand.
    counterparts, themes, countries : tuple of str
        What it is about: as entered, and as named in its words.
    also : tuple of str
        Other names of those, to find it by.
    story : tuple of str
        What was changed in it from cycle to cycle.
    record : str
        File name of its sealed record; empty where it has none.
    """

    code: str
    source: str
    years: tuple[int, ...]
    subject: str
    title: str
    kind: str
    decision: str
    day: date | None
    decided_by: str
    chapter: str = ""
    chosen: str = ""
    reasons: str = ""
    refused: tuple[str, ...] = ()
    conditions: str = ""
    dissents: tuple[str, ...] = ()
    review_date: date | None = None
    counterparts: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    became: tuple[Outcome, ...] = ()
    story: tuple[str, ...] = ()
    record: str = ""
    handling: str = ""
    not_for_mainland: bool = False

    @property
    def words(self) -> str:
        """Everything that people wrote in it, as one text."""
        own = (self.code, self.title, self.decision, self.decided_by, self.reasons, self.chosen)
        return "\n".join((*own, *self.refused, self.conditions, *self.dissents, *self.story))


@dataclass(frozen=True)
class History:
    """Decisions of a workspace, oldest first; those without a day stand before them.

    Attributes
    ----------
    entries : tuple of Entry
        Those that were asked for.
    every : tuple of Entry
        All.
    years : tuple of int
        Cycles that were read.
    problems : tuple of str
        Cycles that could not be read, and what is wrong with records, in sentences.
    asked : tuple of (str, str)
        What was asked for, such as `("counterpart", "ICBC")`.
    """

    entries: tuple[Entry, ...]
    every: tuple[Entry, ...]
    organisation: str
    as_of: date
    years: tuple[int, ...]
    problems: tuple[str, ...] = ()
    asked: tuple[tuple[str, str], ...] = ()

    def names(self, what: str) -> dict[str, list[Entry]]:
        """Each of the `counterparts`, `themes` or `countries` -> decisions about it."""
        found: dict[str, list[Entry]] = {}
        for entry in self.every:
            for name in getattr(entry, what):
                found.setdefault(name, []).append(entry)
        return dict(sorted(found.items(), key=lambda item: (name_key(item[0]), item[0])))

    @property
    def lines(self) -> tuple[str, ...]:
        """A compact block a decision, for the terminal."""
        return tuple(_lines(self))


def gather_history(
    workspace: Workspace,
    counterpart: str | None = None,
    theme: str | None = None,
    country: str | None = None,
    *,
    as_of: date | None = None,
) -> History:
    """Every decision across the cycles of a workspace, and what became of it.

    Parameters
    ----------
    counterpart : str, optional
        Name, alias or Chinese name of an organisation, or a part of one.
    theme : str, optional
        Code or label of a theme in any language, or number or title of a chapter.
    country : str, optional
        Code or name of a country in any language.
    as_of : date, optional
        Day from which ages are counted; else the settings', else today.

    Returns
    -------
    History
        A cycle that cannot be read is one of its `problems`; the others are still there.

    Raises
    ------
    InputError
        If the workspace's settings cannot be read.
    """
    day = day_of(workspace.settings, as_of)
    cycles, problems = _read_cycles(workspace, day)
    protocol, holes = _protocol(workspace)
    records, faults = _read_records(workspace, cycles, day, bool(problems))
    entries = [*_area_entries(cycles, day), *_case_entries(cycles, protocol, day)]
    entries = _with_records(entries, records, faults, protocol)
    places = workspace.settings.place_names
    finder = _Finder(cycles, places, entries)
    entries = [finder.about(entry) for entry in _reviewed(entries, day)]
    entries.sort(key=lambda e: (e.day or date.min, e.code, e.source))
    asked = tuple(
        (what, said.strip())
        for what, said in (("counterpart", counterpart), ("theme", theme), ("country", country))
        if said and said.strip()
    )
    return History(
        entries=tuple(e for e in entries if all(finder.fits(e, *one) for one in asked)),
        every=tuple(entries),
        organisation=workspace.settings.name,
        as_of=day,
        years=tuple(cycles),
        problems=(*problems, *holes, *_loose(faults, entries)),
        asked=asked,
    )


def _read_cycles(workspace: Workspace, day: date) -> tuple[dict[int, Frames], list[str]]:
    cycles: dict[int, Frames] = {}
    problems = []
    newest = max(workspace.years, default=0)
    for year in workspace.years:
        when = day if year == newest else same_day(day, year)
        try:
            cycles[year] = read_checked(workspace.cycle(year), when).frames
        except (StrategyError, OSError) as error:
            problems.append(f"{year} could not be read: {_why(error)}")
    return cycles, problems


def _why(error: StrategyError | OSError) -> str:
    found = sorted(map(str, getattr(error, "problems", ())))
    more = [f"and {len(found) - _SHOWN_PROBLEMS} more"] if len(found) > _SHOWN_PROBLEMS else []
    return clean(" | ".join([str(error), *found[:_SHOWN_PROBLEMS], *more]))


def _protocol(workspace: Workspace) -> tuple[Protocol, list[str]]:
    try:
        return read_protocol(workspace.root / "protocol"), []
    except StrategyError as error:
        why = f"The protocol could not be read, so roles have their first names: {clean(error)}"
        return read_protocol(), [why]


def _said(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):  # a Timestamp is one
        return value.date()
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _label(codes: str, value: Any) -> str:
    return code_list(codes).label(_said(value)) if _said(value) else ""


def _rows(frames: Frames, table: str) -> list[dict[Any, Any]]:
    return row_dicts(frames[table]) if table in frames else []


# Decisions of area `decisions`: chapter by chapter, with the actions and answers that follow them.


def _area_entries(cycles: Cycles, day: date) -> list[Entry]:
    stories = _stories(cycles, "decisions", "decision_id", "question", "decided_date")
    made = [_area_entry(cycles, versions) for versions in stories]
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
                *rests(entry, _said(versions[-1][1]["option_id"])),
            ),
        )
        for entry, versions in zip(made, stories, strict=True)
    ]


def _stories(
    cycles: Cycles, table: str, key: str, subject: str, at: str
) -> list[list[tuple[int, Row]]]:
    """Versions of each decision by cycle; one code for two decisions makes two."""
    stories: dict[str, list[list[tuple[int, Row]]]] = {}
    for year, frames in cycles.items():
        for row in _rows(frames, table):
            known = stories.setdefault(_said(row[key]), [])
            own = next((one for one in known if _is_same(one[-1][1], row, subject, at)), None)
            if own is None:
                known.append([(year, row)])
            else:
                own.append((year, row))
    return [one for code, known in stories.items() if code for one in known]


def _is_same(old: Row, new: Row, subject: str, at: str) -> bool:
    """A code that was given anew has neither the question nor the day of the old one."""
    is_question = name_key(_said(old[subject])) == name_key(_said(new[subject]))
    return is_question or _said(old[at]) == _said(new[at])


def _area_entry(cycles: Cycles, versions: list[tuple[int, Row]]) -> Entry:
    first, last = versions[0], versions[-1]
    row, dissent = last[1], _said(last[1]["dissent"])
    options = _options(cycles[first[0]]) | _options(cycles[last[0]])
    chosen = _said(row["option_id"])
    others = "; ".join(f"{code}: {name}" for code, name in _rivals(cycles[first[0]], chosen))
    return Entry(
        code=_said(row["decision_id"]),
        source="decisions",
        years=tuple(dict.fromkeys(year for year, _ in versions)),
        subject=name_key(_said(row["question"])),
        title=_said(row["question"]),
        kind=_label("decision_kind", row["kind"]),
        decision=_said(row["decision"]),
        day=_day(row["decided_date"]),
        decided_by=_said(row["decided_by"]),
        chapter=_said(row["chapter"]),
        chosen=f"{chosen}: {options[chosen]}" if chosen in options else chosen,
        reasons=_said(row["reasons"]),
        refused=(f"On the list and not chosen: {others}. {_WHY_NOT}",) if others else (),
        conditions=_said(row["conditions"]),
        dissents=(dissent,) if dissent else (),
        review_date=_day(row["review_date"]),
        story=tuple(_story("decisions", versions, cycles)),
        **_labels("decisions", row),
    )


def _labels(table: str, row: Row) -> dict[str, Any]:
    label = _said(row["handling"]) or schemas()[table].default_handling
    return {"handling": label, "not_for_mainland": row["not_for_mainland"] is True}


def _options(frames: Frames) -> dict[str, str]:
    rows = [row for table in _OPTIONS for row in _rows(frames, table)]
    return {_said(row["option_id"]): _said(row["name"]) for row in rows}


def _rivals(frames: Frames, chosen: str) -> list[tuple[str, str]]:
    """The other options of the table that the chosen one stands in."""
    for table in _OPTIONS:
        known = {_said(r["option_id"]): _said(r["name"]) for r in _rows(frames, table)}
        if chosen and chosen in known:
            return [(code, name) for code, name in known.items() if code != chosen]
    return []


def _story(table: str, versions: list[tuple[int, Row]], cycles: Cycles) -> Iterator[str]:
    fields = [f for f in schemas()[table].fields if f.name != "not_for_mainland"]
    for (before, then), (year, now) in pairwise(versions):
        for field in fields:
            old, new = (_shown(row.get(field.name)) for row in (then, now))
            if old != new:
                was, is_ = (f"“{text}”" if text else "empty" for text in (old, new))
                yield f"{field.title()}: {was} in {before}, {is_} in {year}."
    last = versions[-1][0]
    later = [year for year in cycles if year > last]
    if table == "decisions" and later:
        yield f"No longer listed in {', '.join(map(str, later))}."


def _shown(value: Any) -> str:
    return str(value.date()) if isinstance(value, datetime) else _said(value)


def _latest(cycles: Cycles, table: str, key: str) -> list[tuple[int, int, Row]]:
    """First and last cycle of each row, and the row as the last one has it."""
    found: dict[str, tuple[int, int, Row]] = {}
    for year, frames in cycles.items():
        for row in _rows(frames, table):
            code = _said(row[key])
            found[code] = (found[code][0] if code in found else year, year, row)
    return list(found.values())


def _actions(
    entry: Entry,
    every: list[Entry],
    actions: list[tuple[int, int, Row]],
    cycles: Cycles,
    day: date,
) -> Iterator[Outcome]:
    """Actions that name the decision, or that began in its chapter before the next one there."""
    for first, last, row in actions:
        owner = _owner_of(row, first, every)
        if owner is entry:
            yield _action(row, last, max(cycles), day)


def _owner_of(row: Row, first: int, every: list[Entry]) -> Entry | None:
    said = f"{_said(row['action'])} {_said(row['note'])} {_said(row['indicator'])}"
    named = [e for e in every if _mentions(said, e.code)]
    if named:
        return named[-1]
    when = _day(row["start_date"]) or _day(row["due_date"]) or date(first, 12, 31)
    chapter = _said(row["chapter"])
    before = [e for e in every if e.day and e.day <= when and chapter and e.chapter == chapter]
    return max(before, key=lambda e: (e.day or date.min, e.code), default=None)


def _action(row: Row, last: int, newest: int, day: date) -> Outcome:
    due, status = _day(row["due_date"]), _said(row["status"])
    is_over = status in ("done", "dropped")
    if not is_over and last < newest:
        state = f"no longer listed after {last}"
    elif not is_over and (status == "late" or (due is not None and due < day)):
        state = f"late by {(day - due).days} days" if due and due < day else "late"
    else:
        state = _label("action_status", status).lower() or NOT_RECORDED
    owner = _said(row["owner_role"]) or "nobody is named"
    text = f"{_said(row['action'])} ({owner}; {f'due {due}' if due else 'no day is set'})"
    note = _said(row["note"])
    return Outcome("Action", state, text, (note,) if note else ())


def _again(code: str, cycles: Cycles) -> Iterator[Outcome]:
    """Answers to "would we decide the same again", by cycle; silence is counted, never filled."""
    is_asked = False
    for year, frames in cycles.items():
        rows = [r for r in _rows(frames, "decide_again") if _said(r["decision_id"]) == code]
        if not rows:
            continue
        is_asked = True
        people = {_said(r["assessor_id"]) for r in [*_rows(frames, "assessors"), *rows]} - {""}
        said = [_said(r["answer"]) for r in rows]
        counts = [(name, said.count(name)) for name in ("yes", "no", "unsure")]
        silent = len(people) - sum(n for _, n in counts)
        text = ", ".join([*(f"{n} {name}" for name, n in counts), f"{max(0, silent)} no answer"])
        words = tuple(
            f"{_said(r['assessor_id'])}, {_said(r['answer']) or 'no answer'}: {_said(r['reason'])}"
            for r in rows
            if _said(r["reason"])
        )
        yield Outcome("Same again?", f"asked in {year}", text, words)
    if not is_asked:
        yield Outcome("Same again?", "not asked", "Nobody has been asked in any cycle read.")


def _conditions(cycles: Cycles, day: date) -> Any:
    """What tells whether the conditions of a decision hold, by the newest cycle that was read."""
    newest = max(cycles)
    frames = cycles[newest]
    decided = pd.concat([frames_["decisions"] for frames_ in cycles.values()])
    decided = decided.drop_duplicates("decision_id", keep="last").reset_index(drop=True)
    earlier = [year for year in cycles if year < newest]
    before = _snapshot(cycles[earlier[-1]], earlier[-1], day) if earlier else None
    ground = Ground(_snapshot({**frames, "decisions": decided}, newest, day), before)
    lapsed = row_dicts(unmet(ground))

    def told(entry: Entry, option: str) -> Iterator[Outcome]:
        own = [row for row in lapsed if row["decision_id"] == entry.code]
        listed = _listed_conditions(frames, option) if entry.chapter == "02" else 0
        if listed:
            text = f"{len(own)} of {listed} listed conditions do not hold, or nobody has said."
            lines = tuple(_condition_line(row) for row in own)
            state = "not all are known to hold" if own else "all listed hold"
            yield Outcome("Conditions", f"{state} ({newest})", text, lines)
        if entry.conditions:
            text = f"The condition in its own words has no check of its own: “{entry.conditions}”"
            yield Outcome("Conditions", NOT_RECORDED, text)

    return told


def _snapshot(frames: Frames, year: int, day: date) -> Snapshot:
    return Snapshot(Restricted(EDITION, frames), year, day, "", "en", "EUR", MappingSettings(), {})


def _listed_conditions(frames: Frames, option: str) -> int:
    if not option:
        return 0
    routes = [_said(row["legal_route"]) for row in _rows(frames, "presence_options")
              if _said(row["option_id"]) == option]  # fmt: skip
    law = [row for row in _rows(frames, "legal_conditions") if row["kind"] == "condition"
           and _said(row["legal_route"]) in routes]  # fmt: skip
    terms = [row for row in _rows(frames, "presence_terms") if row["kind"] == "condition"
             and _said(row["option_id"]) in (option, "")]  # fmt: skip
    return len(law) + len(terms)


def _condition_line(row: Row) -> str:
    when = _day(row["as_of"])
    since = f"last checked {when}" if when else "no check is on record"
    then = f"before: {_said(row['then'])}; " if _said(row["then"]) else ""
    return f"{_said(row['condition'])} ({then}now: {_said(row['now'])}; {since})"


# Decisions on cases of chapter 03, and the sealed records of them.


def _case_entries(cycles: Cycles, protocol: Protocol, day: date) -> list[Entry]:
    made = []
    for versions in _stories(cycles, "case_decisions", "case_decision_id", "case_id", "decided_at"):
        year, row = versions[-1]
        frames = cycles[year]
        code = _said(row["case_id"])
        case = case_of(frames, code) if code in case_ids(frames) else None
        years = tuple(dict.fromkeys(number for number, _ in versions))
        entry = _case_entry(row, years, case, protocol, day)
        made.append(replace(entry, story=tuple(_story("case_decisions", versions, cycles))))
    return made


def _case_entry(
    row: Row, years: tuple[int, ...], case: Case | None, protocol: Protocol, day: date
) -> Entry:
    code, at = _said(row["case_id"]), moment(row["decided_at"])
    refused = _said(row["refused"])
    kind, route = _label("case_decision_kind", row["kind"]), _said(row["route_id"])
    is_exercise = case is not None and case.record.get("is_exercise") is True
    names = case.route_names if case else {}
    chosen = _label("speaking_route", names.get(route, "")) or route
    return Entry(
        code=f"{code} · {_said(row['case_decision_id'])}",
        source="case_decisions",
        years=years,
        subject=f"case {code}",
        title=(case.said("title") if case else code) + (" (exercise)" if is_exercise else ""),
        kind=kind,
        decision=_said(row["decision"]),
        day=at.date() if at else _day(row["decided_at"]),
        decided_by=protocol.role(_said(row["decided_by_role"])),
        chapter="03",
        chosen=chosen,
        reasons=_said(row["reasons"]),
        refused=(refused,) if refused else (),
        conditions=_said(row["conditions"]),
        dissents=tuple(_dissents(case, protocol)) if case else (),
        review_date=_day(row["review_date"]),
        counterparts=tuple(filter(None, (case.said("counterpart"),))) if case else (),
        themes=tuple(filter(None, (_label("theme", case.said("theme")),))) if case else (),
        countries=tuple(filter(None, (case.said("country_code"),))) if case else (),
        became=tuple(_case_outcomes(row, case, protocol, day)),
        **_labels("case_decisions", row),
    )


def _dissents(case: Case, protocol: Protocol) -> Iterator[str]:
    for row in case.rows("dissents"):
        unit, role = (_said(None if pd.isna(row[n]) else row[n]) for n in ("unit_id", "role"))
        parts = (case.unit(unit) if unit else "", protocol.role(role) if role else "")
        who = ", ".join(filter(None, parts)) or "not signed"
        yield f"{who}: “{_said(row['words'])}”"


def _case_outcomes(row: Row, case: Case | None, protocol: Protocol, day: date) -> Iterator[Outcome]:
    done, ends = _said(row["acted_at"]), _day(row["expires_date"])
    if done:
        yield Outcome("Carried out", "done", done)
    elif row["kind"] == "route_taken" and ends and ends < day:
        yield Outcome("Carried out", "ended", f"It ended on {ends} without being carried out.")
    elif row["kind"] == "route_taken":
        until = f"; it ends on {ends}" if ends else ""
        yield Outcome("Carried out", "not yet", f"No day is entered{until}.")
    if _said(row["conditions"]):
        yield Outcome("Conditions", NOT_RECORDED, "Whether they still hold is not entered.")
    for entry in row_dicts(case["aftercare"]) if case else ():
        what = _label("aftercare_check", entry["check"]) or _label("aftercare_kind", entry["kind"])
        role = _said(entry["done_by_role"])
        found = [_said(entry["found"]), _said(entry["next"])]
        who = f" ({protocol.role(role)})" if role else ""
        state = _said(entry["done_at"]) or "not yet"
        yield Outcome("Aftercare", state, f"{what}{who}", tuple(filter(None, found)))


def _read_records(
    workspace: Workspace, cycles: Cycles, day: date, is_gap: bool
) -> tuple[list[Record], list[RecordFault]]:
    folder = records_folder(workspace)
    cases = {code: case_of(frames, code) for frames in cycles.values() for code in case_ids(frames)}
    faults = check_records(folder, cases, now_of(day))
    if is_gap:
        gone = "is no longer in the inputs"
        kept = "is in no cycle that could be read"
        faults = [replace(f, message=f.message.replace(gone, kept)) for f in faults]
    return read_records(folder), faults


def _with_records(
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
            told = [Outcome("Record", "none", "The decision has no sealed record.")]
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
        told, now = _fact(record, name), "\n".join(_texts(getattr(entry, name)))
        if told != now:
            own.append(f"{name} in the record: “{told}”; in the tables: “{now}”")
    if not record.is_sealed:
        return Outcome("Record", "seal broken", f"decisions/{record.path.name}", tuple(own))
    state = "sealed, with something to look at" if own else "sealed"
    return Outcome("Record", state, f"decisions/{record.path.name}", tuple(own))


def _texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
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
        kind=_label("case_decision_kind", said.get("kind")),
        decision=said.get("decision", ""),
        day=at.date() if at else _day(said.get("decided_at")),
        decided_by=protocol.role(said.get("decided_by_role", "")),
        chapter="03",
        chosen=_label("speaking_route", route),
        reasons=_reasons_of(record.path),
        refused=(refused,) if refused else (),
        conditions=said.get("conditions", ""),
        dissents=tuple(map(str, words)) if isinstance(words, list) else (),
        review_date=_day(said.get("review_date", "")),
        counterparts=tuple(filter(None, (said.get("counterpart"),))),
        themes=tuple(filter(None, (_label("theme", said.get("theme")),))),
        countries=tuple(filter(None, (said.get("country_code"),))),
        story=(_ALONE,) if record.is_sealed else (_ALONE, _UNSURE),
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


def _loose(faults: list[RecordFault], entries: list[Entry]) -> list[str]:
    """Faults that belong to no entry, such as a file that cannot be read as a record."""
    told = {entry.record for entry in entries} | {
        outcome.text.removeprefix("decisions/")
        for entry in entries
        for outcome in entry.became
        if outcome.kind == "Record"
    }
    codes = {entry.code for entry in entries}
    return [f"decisions/{f}" for f in faults if f.record not in told and f.record not in codes]


def _reviewed(entries: list[Entry], day: date) -> Iterator[Entry]:
    for entry in entries:
        yield replace(entry, became=(_review(entry, entries, day), *entry.became))


def _review(entry: Entry, entries: list[Entry], day: date) -> Outcome:
    """Whether it was looked at again: by a later decision on the same question, or naming it."""
    later = [
        e
        for e in entries
        if e.day and entry.day and e.day > entry.day
        and (e.subject == entry.subject or _mentions(e.words, entry.code))
    ]  # fmt: skip
    due = entry.review_date
    if later:
        after = min(later, key=lambda e: (e.day or date.min, e.code))
        return Outcome("Review", "done", f"Decided again on {after.day}: {after.code}")
    if due is None:
        return Outcome("Review", "no day is set", "Nobody said when it is looked at again.")
    if due <= day:
        late = f"{(day - due).days} days ago" if due < day else "today"
        return Outcome("Review", "overdue" if due < day else "due", f"It was due {due} ({late}).")
    return Outcome("Review", "not yet due", f"On {due}, in {(due - day).days} days.")


# Finding by name.


@dataclass(frozen=True)
class _Words:
    """A text made ready for many names to be looked up in it."""

    raw: str
    spaced: str
    joined: str

    @classmethod
    def of(cls, text: str) -> _Words:
        key = name_key(text)
        return cls(text, f" {key} ", key.replace(" ", ""))

    def name(self, name: str) -> bool:
        """Whether the text holds a name as whole words; a short one as it is written."""
        if len(name) <= _SHORT and name.isascii():
            found = name in self.raw and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", self.raw)
            return bool(name and found)
        return self.asked(name)

    def asked(self, name: str) -> bool:
        """The same for what somebody asks for, in whatever case they write it."""
        key = name_key(name)
        if _CHINESE.search(key):
            return key.replace(" ", "") in self.joined
        return bool(key) and f" {key} " in self.spaced


def _mentions(words: str, name: str) -> bool:
    return _Words.of(words).name(name)


def _holds(words: str, asked: str) -> bool:
    return _Words.of(words).asked(asked)


class _Finder:
    """Names of organisations, themes and countries across all cycles, and what they find."""

    def __init__(
        self, cycles: Cycles, place_names: Mapping[str, str], entries: Iterable[Entry]
    ) -> None:
        self.groups = _name_groups(cycles, entries)
        self.countries = code_list("country")
        self.own = dict(place_names)
        self.known: dict[str, list[str]] = {}
        self.book = codebook("country", "en", tuple(sorted(place_names.items())))

    def about(self, entry: Entry) -> Entry:
        """An entry with everything that its words name, and other names of it."""
        words = _Words.of(entry.words)
        given = {name_key(name) for name in entry.counterparts}
        found = {
            shown: names
            for shown, names in self.groups.items()
            if any(name_key(name) in given or words.name(name) for name in names)
        }
        known = {name_key(name) for names in found.values() for name in names}
        plain = [name for name in entry.counterparts if name_key(name) not in known]
        codes = list(dict.fromkeys([*entry.countries, *self._countries_in(entry.words)]))
        themes = [
            code
            for code in code_list("theme").codes
            if code.label() in entry.themes or any(map(words.name, code.labels.values()))
        ]
        chapter = _TITLES.get(entry.chapter, "")
        subjects = [*entry.themes, *(theme.label() for theme in themes), chapter]
        also = [
            *(name for names in found.values() for name in names),
            *(label for theme in themes for label in (theme.code, *theme.labels.values())),
            *(c.label(lang) for c in self.countries.codes if c.code in codes for lang in c.labels),
        ]
        return replace(
            entry,
            counterparts=tuple(dict.fromkeys([*plain, *found])),
            themes=tuple(dict.fromkeys(filter(None, subjects))),
            countries=tuple(map(self.place, codes)),
            also=tuple(dict.fromkeys(also)),
        )

    def place(self, code: str) -> str:
        """A country as the organisation writes it."""
        return self.own.get(code) or self.countries.label(code)

    def _countries_in(self, words: str) -> list[str]:
        found = []
        tokens = _WORD.findall(words)
        place = 0
        while place < len(tokens):
            for length in (4, 3, 2, 1):
                name = " ".join(tokens[place : place + length])
                # What is short is a word of some language before it is a code.
                code = self.book.find(name) if len(name) > _SHORT - 1 else None
                if code and name[0].isupper() and len(tokens) >= place + length:
                    found.append(code)
                    place += length - 1
                    break
            place += 1
        left = words
        for label, code in self._chinese:
            if label in left:
                found.append(code)
                left = left.replace(label, " ")
        return list(dict.fromkeys(found))

    @property
    def _chinese(self) -> list[tuple[str, str]]:
        pairs = [(c.label("zh"), c.code) for c in self.countries.codes if "zh" in c.labels]
        return sorted(pairs, key=lambda pair: (-len(pair[0]), pair))

    def fits(self, entry: Entry, what: str, asked: str) -> bool:
        """Whether an entry is about what was asked for."""
        if what == "country":
            code = self.book.find(asked)
            return self.place(code) in entry.countries if code else self._in(entry, asked)
        if what == "theme":
            if asked.isdecimal() and asked.zfill(2) in _TITLES:
                return entry.chapter == asked.zfill(2)
            code = codebook("theme", "en").find(asked)
            label = code_list("theme").label(code) if code else ""
            return (label in entry.themes) if label else self._in(entry, asked)
        if asked not in self.known:
            self.known[asked] = self._named(asked)
        names = self.known[asked]
        is_named = any(name in entry.counterparts for name in names)
        return is_named or _holds("\n".join([*entry.counterparts, entry.words]), asked)

    def _in(self, entry: Entry, asked: str) -> bool:
        told = [*entry.themes, *entry.countries, *entry.also, entry.words]
        return any(_holds(text, asked) for text in told)

    def _named(self, asked: str) -> list[str]:
        """Organisations of that name; where there is none, those whose name holds it."""
        core = core_key(asked)
        exact = [shown for shown, names in self.groups.items()
                 if core and any(core_key(name) == core for name in names)]  # fmt: skip
        return exact or [shown for shown, names in self.groups.items()
                         if any(_holds(name, asked) for name in names)]  # fmt: skip


def _name_groups(cycles: Cycles, entries: Iterable[Entry]) -> dict[str, list[str]]:
    """Name of an organisation as it is shown -> every spelling that is certainly the same."""
    shown: dict[str, str] = {}
    spelled: dict[str, list[str]] = {}
    titles: dict[str, list[str]] = {}

    def add(name: str, others: Iterable[str]) -> None:
        title = shown.setdefault(name_key(name), name)
        for one in filter(None, [name, *others]):
            spelled.setdefault(title, []).append(one)
            titles.setdefault(name_key(one), []).append(title)

    for frames in cycles.values():
        for row in _rows(frames, "counterparts"):
            if _said(row["name"]):
                add(_said(row["name"]), [_said(row["chinese_name"]), *(row["aliases"] or ())])
    for row in row_dicts(reference("actors")):
        aliases = [part.strip() for part in _said(row["aliases"]).split(";")]
        add(_said(row["name"]), [_said(row["abbreviation"]), _said(row["chinese_name"]), *aliases])
    for name in (name for entry in entries for name in entry.counterparts):
        if name_key(name) not in titles:
            add(name, [])
    for frames in cycles.values():
        for row in _rows(frames, "name_decisions"):
            pair = [_said(row["name"]), _said(row["other_name"])]
            if row["decision"] == "same":
                for title in {t: 0 for name in pair for t in titles.get(name_key(name), [])}:
                    spelled[title] += pair
    return {title: list(dict.fromkeys(names)) for title, names in spelled.items()}


# Words for the terminal.


def _lines(history: History) -> Iterator[str]:
    years = ", ".join(map(str, history.years)) or "none"
    count = len(history.every)
    total = "1 decision" if count == 1 else f"{count} decisions"
    asked = ", ".join(f"{what} “{clean(said)}”" for what, said in history.asked)
    yield (f"{clean(history.organisation)}: {total} on record; cycles read: {years}; "
           f"as of {history.as_of}. Restricted: for the coordinator.")  # fmt: skip
    yield from (f"! {clean(problem)}" for problem in history.problems)
    if history.asked and history.entries:
        yield f"Found for {asked}: {len(history.entries)}"
    for entry in history.entries:
        yield from ("", *_block(entry))
    if not history.every:
        yield "No decision is entered in any cycle that was read, and no sealed record is there."
    elif not history.entries:
        yield f"Nothing was found for {asked}. What there is to find:"
        for what in ("counterparts", "themes", "countries"):
            names = "; ".join(map(clean, history.names(what))) or "none is named"
            yield f"  {what}: {names}"


def _block(entry: Entry) -> Iterator[str]:
    years = ", ".join(map(str, entry.years)) or "in no cycle"
    yield clean(f"{entry.day or 'No day'} · {entry.code} · {entry.title} [{years}]")
    yield clean(f"  {entry.kind} by {entry.decided_by or NOT_RECORDED}: {entry.decision}")
    yield from (clean_line(head, text) for head, text in facts_of(entry))
    for outcome in entry.became:
        yield clean_line(f"{outcome.kind} ({outcome.state})", outcome.text)
        yield from (f"    - {clean(line)}" for line in outcome.details)
    yield from (clean_line("Over the years", line) for line in entry.story)


def clean_line(head: str, text: str) -> str:
    """One line of a block, without characters that act in a terminal."""
    return f"  {clean(head)}: {clean(text)}"


def facts_of(entry: Entry) -> list[tuple[str, str]]:
    """What is on record of a decision, as headings and texts; what is missing is said so.

    Examples
    --------
    >>> entry = Entry("d1", "decisions", (2026,), "who", "Who?", "Decided", "We.", None, "Board")
    >>> facts_of(entry)[:2]
    [('Reasons', 'not on record'), ('Refused', 'not on record')]
    """
    about = [("Counterparts", entry.counterparts), ("Themes", entry.themes),
             ("Countries", entry.countries)]  # fmt: skip
    marks = " and not to be opened in mainland China" if entry.not_for_mainland else ""
    return [
        *([("Option chosen", entry.chosen)] if entry.chosen else []),
        ("Reasons", entry.reasons or NOT_RECORDED),
        *([("Refused", text) for text in entry.refused] or [("Refused", NOT_RECORDED)]),
        *([("Conditions", entry.conditions)] if entry.conditions else []),
        *([("Dissent", text) for text in entry.dissents] or [("Dissent", "none is recorded")]),
        *((head, "; ".join(names)) for head, names in about if names),
        ("Handling", f"{_label('handling', entry.handling)}{marks}"),
    ]
