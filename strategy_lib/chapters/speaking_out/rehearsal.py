"""A rehearsal in the place of the inputs, so that a facilitator runs it through the chapter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from strategy_lib.chapters.rows import table_of
from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.core.errors import InputError
from strategy_lib.editions.restrict import Restricted
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.protocol.reading import Protocol
from strategy_lib.protocol.rehearsals import (
    CASE_ID,
    Rehearsal,
    read_rehearsal,
    records_at,
    rehearsal_names,
)
from strategy_lib.schema.frames import typed_frame
from strategy_lib.schema.schema import schemas

ROOM = "core"


@dataclass(frozen=True, eq=False)
class Room:
    """What the chapter is run on: the organisation's cases, or a rehearsal at one of its minutes.

    Attributes
    ----------
    inputs : Snapshot
        As loaded; in a rehearsal its fictional tables alone.
    case_id, at : str
        For `analyse_speaking_out`.
    shown : mapping of str to DataFrame
        `rehearsals` (what can be rehearsed); `cards` (given so far) and `briefs` (role cards,
        materials and questions for the end), both empty outside of a rehearsal.
    """

    inputs: Snapshot
    case_id: str
    at: str
    shown: Mapping[str, pd.DataFrame]


def room_of(
    inputs: Snapshot, protocol: Protocol, rehearsal: str = "", case_id: str = "", at: str = ""
) -> Room:
    """The organisation's own cases, or a rehearsal in their place.

    Parameters
    ----------
    rehearsal : str
        Name of a rehearsal and the minute of the session, such as "slogan 20": the cards up to it
        have been given. Without a minute it begins; empty for the cases that were entered.

    Raises
    ------
    InputError
        If there is no rehearsal of that name, or the minute is no whole number.
    """
    name, minute = _session(rehearsal)
    chosen = read_rehearsal(name) if name else None
    cards = table_of(
        chosen.until(minute) if chosen else (),
        {
            "minute": lambda one: one.minute,
            "card": lambda one: one.title,
            "to": lambda one: one.to if one.to == "everybody" else protocol.role(one.to),
            "text": lambda one: one.text,
            "ask_the_table": lambda one: " ".join(one.questions),
        },
    )
    shown = {"rehearsals": _listed(), "cards": cards, "briefs": _briefs(chosen, protocol)}
    if chosen is None:
        return Room(inputs, case_id, at, shown)
    records = records_at(chosen, minute)
    frames = {
        name: typed_frame(schema, records.get(name, [])) for name, schema in schemas().items()
    }
    fictional = replace(inputs, restricted=Restricted(DEFAULT_EDITIONS[ROOM], frames))
    now = chosen.now(minute).isoformat(timespec="minutes")
    return Room(fictional, CASE_ID, now, shown)


def _session(said: str) -> tuple[str, int]:
    name, _, minute = said.strip().partition(" ")
    if minute and not minute.strip().isdecimal():
        raise InputError(f"rehearsal: found {said!r}; write a name and a minute, as in 'slogan 20'")
    return name, int(minute or 0)


def _listed() -> pd.DataFrame:
    rows = [
        [one.name, one.title, one.minutes, len(one.injects), "; ".join(one.aims), one.source]
        for one in map(read_rehearsal, rehearsal_names())
    ]
    columns = ["rehearsal", "title", "minutes", "cards", "aims", "source"]
    return pd.DataFrame(rows, columns=columns)


def _briefs(chosen: Rehearsal | None, protocol: Protocol) -> pd.DataFrame:
    """What is printed: situation, role cards, materials, how from afar, questions at the end."""
    rows: list[list[str]] = []
    if chosen is not None:
        rows = [["Situation", "everybody", chosen.situation]]
        rows += [["Role card", protocol.role(role), brief] for role, brief in chosen.roles]
        rows += [["On the table", "facilitator", item] for item in chosen.materials]
        rows += [["From afar", "facilitator", chosen.remote]]
        rows += [["At the end", "everybody", question] for question in chosen.debrief]
    return pd.DataFrame(rows, columns=["sheet", "for", "text"])
