"""Agenda, prompts and roles of a workshop, as `templates/facilitator/NN.toml` has them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from strategy_lib.core.errors import InputError
from strategy_lib.core.resources import resource
from strategy_lib.protocol.rehearsals import rehearsal_names

PANELS = ("readiness", "mapping", "presence", "scenarios", "partners", "companies", "watching")


@dataclass(frozen=True)
class Role:
    """Who does what in the room."""

    name: str
    does: str


@dataclass(frozen=True)
class Step:
    """One part of the agenda.

    Attributes
    ----------
    minutes : int
        How long it takes.
    prompts : tuple of str
        What the facilitator asks.
    titles : mapping of str to str
        The title in other languages, for the pages of the room.
    panel : str
        Panel of the notebook that is used; empty for none.
    remote, paper : str
        How it is done from afar, and without a computer.
    """

    minutes: int
    title: str
    prompts: tuple[str, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    panel: str = ""
    remote: str = ""
    paper: str = ""


@dataclass(frozen=True)
class SheetText:
    """One kind of sheet to print."""

    kind: str
    title: str
    note: str = ""
    columns: tuple[str, ...] = ()
    rows: int = 0
    fields: tuple[str, ...] = ()
    lines: int = 0


@dataclass(frozen=True)
class PackText:
    """Everything that a chapter's pack says."""

    chapter: str
    title: str
    minutes: int
    people: str
    aim: str
    not_for: str
    before: tuple[str, ...]
    roles: tuple[Role, ...]
    agenda: tuple[Step, ...]
    sheets: tuple[SheetText, ...]

    def times(self, start: str) -> Iterator[tuple[str, str, Step]]:
        """Begin and end of each step, from the hour at which the workshop starts.

        Raises
        ------
        InputError
            If `start` is no time of day.
        """
        moment = hour_of(start)
        for step in self.agenda:
            end = moment + timedelta(minutes=step.minutes)
            yield f"{moment:%H:%M}", f"{end:%H:%M}", step
            moment = end


def hour_of(start: str) -> datetime:
    """The hour at which a workshop starts.

    Raises
    ------
    InputError
        If it is no time of day.
    """
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", start):
        raise InputError(f"The workshop starts at {start!r}; write an hour such as 09:30.")
    return datetime.strptime(start, "%H:%M")


def packs() -> tuple[str, ...]:
    """Numbers of the chapters that have a pack.

    Examples
    --------
    >>> packs()[:3]
    ('00', '01', '02')
    """
    return tuple(sorted(p.stem for p in resource("templates", "facilitator").glob("*.toml")))


def pack_text(chapter: str) -> PackText:
    """The text of one chapter's pack, by its number or name.

    Raises
    ------
    InputError
        If the chapter has none; the message lists those that have.

    Examples
    --------
    >>> pack_text("2") == pack_text("02_china_presence")
    True
    """
    found = re.match(r"(\d{1,2})(?:_|$)", chapter.strip())
    number = found[1].zfill(2) if found else ""
    if number not in packs():
        listed = ", ".join((*packs(), *rehearsal_names()))
        raise InputError(f"There is no facilitator's pack for {chapter!r}; there are: {listed}.")
    return _read(number)


@cache
def _read(number: str) -> PackText:
    path = resource("templates", "facilitator", f"{number}.toml")
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    roles = tuple(Role(**item) for item in content.pop("roles"))
    agenda = tuple(Step(**_tuples(item)) for item in content.pop("agenda"))
    sheets = tuple(SheetText(**_tuples(item)) for item in content.pop("sheets"))
    return PackText(**_tuples(content), roles=roles, agenda=agenda, sheets=sheets)


def _tuples(item: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in item.items()}
