"""What a new cycle takes over from the one before: which rows, and what in them is asked afresh."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from strategy_lib.chapters.validity import is_lapsed
from strategy_lib.forms.prefill import in_mainland, not_looked_at
from strategy_lib.inputs.layout.headings import READING_MARK
from strategy_lib.schema.form_texts import form_texts
from strategy_lib.schema.reference import records_of
from strategy_lib.schema.schema import TableSchema, schemas

Row = dict[str, Any]
Frames = Mapping[str, pd.DataFrame]
Chooses = Callable[[pd.DataFrame], "pd.Series[bool]"]
ASK_OFFICES = (
    "activities",
    "capacities",
    "local_initiatives",
    "knowledge_bank",
    "secondments",
    "partners",
    "contact_avenues",
    "projects",
)
# What has ended is not asked again: by a day, or by where it stands.
_ENDS = ("activities", "secondments")
_OVER: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "partners": ("stage", ("ended", "declined")),
    "contact_avenues": ("result", ("refused",)),
    "projects": ("stage", ("ended",)),
}


def _all(frame: pd.DataFrame) -> pd.Series[bool]:
    return pd.Series(True, index=frame.index, dtype=bool)


@dataclass(frozen=True)
class Rule:
    """What of one table persists.

    Attributes
    ----------
    chooses : callable
        Rows that are carried.
    blank : tuple of str
        Fields that are asked afresh.
    blank_in : callable
        Rows in which they are; in all unless stated.
    """

    chooses: Chooses = _all
    blank: tuple[str, ...] = ()
    blank_in: Chooses = _all


# What is a judgement, an answer or a look at the world is not carried: it is made afresh.
RULES: Mapping[str, Rule] = {
    "units": Rule(),
    "assessors": Rule(),
    "coordination": Rule(),
    "data_flows": Rule(),
    "values_canvas": Rule(),
    "counterparts": Rule(),
    "country_strategies": Rule(),
    "name_decisions": Rule(),
    "text_releases": Rule(),
    "presence_options": Rule(blank=("answer",)),
    "criteria": Rule(),
    "legal_conditions": Rule(),
    "presence_terms": Rule(
        blank=("state", "last_checked"), blank_in=lambda terms: terms["kind"] == "trigger"
    ),
    "currency_rates": Rule(),
    "standards_gaps": Rule(),
    "descriptors": Rule(),
    "descriptor_states": Rule(blank=("is_today", "seen_at", "evidence")),
    "strategic_options": Rule(),
    "scenario_names": Rule(),
    "signposts": Rule(blank=("status", "last_observation", "seen_at")),
    "actions": Rule(lambda actions: ~actions["status"].isin(["done", "dropped"])),
    "decisions": Rule(),
    "forecasts": Rule(lambda forecasts: ~forecasts["outcome"].isin(["yes", "no"])),
}
# Stands in the form as it was, to be changed, and counts for nothing until it is sent.
ASK_AGAIN = (
    "costs",
    "partner_evidence",
    "funding_avenues",
    "group_items",
    "company_steps",
    "messages",
    "claims",
    "technologies",
    "un_measures",
    "studies",
    "issue_roles",
    "focus_areas",
)


def _without_lapsed(frames: Frames) -> Frames:
    """Without confirmations of law that a trigger outdates: what was seen is asked afresh."""
    if not {"legal_conditions", "presence_terms", "presence_options"} <= set(frames):
        return frames
    law = frames["legal_conditions"]
    lapsed = is_lapsed(law, frames["presence_terms"], frames["presence_options"])
    days = law["counsel_checked_date"].mask(lapsed)
    return {**frames, "legal_conditions": law.assign(counsel_checked_date=days)}


def carried_rows(frames: Frames) -> dict[str, list[Row]]:
    """Rows that a new cycle takes over, by table; tables without any are left out.

    Examples
    --------
    >>> from strategy_lib.schema.frames import typed_frame
    >>> rows = [{"action_id": "a", "status": "done"}, {"action_id": "b", "status": "late"}]
    >>> carried = carried_rows({"actions": typed_frame(schemas()["actions"], rows)})
    >>> [row["action_id"] for row in carried["actions"]]
    ['b']
    """
    made = {}
    frames = _without_lapsed(frames)
    for name, rule in RULES.items():
        if name in schemas() and name in frames:
            frame = frames[name]
            chosen = frame[rule.chooses(frame).fillna(False).astype(bool)]
            made[name] = _rows(schemas()[name], _blanked(chosen, rule))
    return {name: rows for name, rows in made.items() if rows}


def _blanked(frame: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    made = frame.copy()
    for name in rule.blank:
        made[name] = made[name].mask(rule.blank_in(made).astype(bool))
    return made


def asked_again(frames: Frames) -> dict[str, list[Row]]:
    """Rows that a coordinator's form begins with and that count only when they are sent."""
    made = {name: _rows(schemas()[name], frames[name]) for name in ASK_AGAIN if name in frames}
    if {"partners", "partner_evidence"} <= set(frames):
        made["partner_evidence"] += not_looked_at(frames)
    return {name: rows for name, rows in made.items() if rows}


def _rows(schema: TableSchema, frame: pd.DataFrame) -> list[Row]:
    return [
        {name: _plain(row[name]) for name in schema.names if row.get(name, ()) != ()}
        for row in records_of(frame)
    ]


def _plain(value: Any) -> Any:
    """A value as a form writes it: a day without its time, numbers and truths of Python."""
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value.item() if hasattr(value, "item") else value


def blanked_tables(frames: Frames) -> tuple[str, ...]:
    """Names of tables that held rows and are asked afresh."""
    return tuple(
        name for name in schemas() if name not in RULES and name in frames and len(frames[name])
    )


def office_rows(
    frames: Frames, unit_id: str, year: int, day: pd.Timestamp, language: str = "en"
) -> dict[str, list[Row]]:
    """What one office told last year, as rows of its form to be confirmed, changed or deleted.

    What has ended by `day` is left out. The centre knows now what it was told. How sure an office
    is is asked afresh. Rows that must not be opened in mainland China are in no form of an office
    there.

    Parameters
    ----------
    year : int
        The cycle in which it was told.
    """
    texts = form_texts(language)
    about, note = texts["last_year"], texts["last_year_note"]
    reading = {f"{READING_MARK} {about}": note.format(year=year)}
    own = {name: _of_unit(frames, name, unit_id) for name in ASK_OFFICES}
    for name in _ENDS:
        ended = (own[name]["end_date"] <= day).fillna(False).astype(bool)
        own[name] = own[name][~ended]
    for name, (column, over) in _OVER.items():
        own[name] = own[name][~own[name][column].isin(over)]
    own["activities"] = own["activities"].assign(is_known_to_centre=True)
    is_there = in_mainland(_of_unit(frames, "units", unit_id))
    made = {}
    for name in ASK_OFFICES:
        frame = own[name].drop(columns="confidence", errors="ignore")
        if is_there:
            frame = frame[~frame["not_for_mainland"].fillna(False).astype(bool)]
        made[name] = [reading | row for row in _rows(schemas()[name], frame)]
    return {name: rows for name, rows in made.items() if rows}


def _of_unit(frames: Frames, name: str, unit_id: str) -> pd.DataFrame:
    frame = frames[name]
    return frame[(frame["unit_id"] == unit_id).fillna(False).astype(bool)]
