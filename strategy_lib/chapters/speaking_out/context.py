"""What every table of chapter 03 starts from: the cases, their states, and labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from strategy_lib.core.errors import InputError
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.protocol.case import (
    TABLES,
    Case,
    Row,
    case_ids,
    case_of,
    names_of_counterparts,
    text,
)
from strategy_lib.protocol.clocks import now_of
from strategy_lib.protocol.reading import Protocol
from strategy_lib.protocol.screening import Acceptance, acceptances
from strategy_lib.protocol.states import STATES, CaseState, case_state
from strategy_lib.schema.schema import code_list

CLOSED = STATES[-1]
_FAR = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, eq=False)
class Context:
    """The cases that an edition may see, as of one moment.

    Attributes
    ----------
    now : datetime
        The moment as of which clocks are read.
    cases : mapping of str to Case
        All cases by their codes; empty where the edition does not see everything.
    states : mapping of str to CaseState
        Where each of them stands.
    shown : str
        Code of the case that is shown in detail; empty where there is none.
    """

    inputs: Snapshot
    protocol: Protocol
    now: datetime
    cases: Mapping[str, Case]
    states: Mapping[str, CaseState]
    shown: str

    @property
    def case(self) -> Case | None:
        """The case that is shown in detail."""
        return self.cases.get(self.shown)

    @property
    def state(self) -> CaseState | None:
        """Where it stands."""
        return self.states.get(self.shown)

    def rows(self, table: str) -> list[Row]:
        """Rows of the case that is shown in detail; none where there is no case."""
        return self.case.rows(table) if self.case else []

    def label(self, codes: str, value: object) -> str:
        """Label of a code in the organisation's language; empty where nothing is said."""
        said = text(value)
        return code_list(codes).label(said, self.inputs.language) if said else ""

    @cached_property
    def routes(self) -> dict[str, str]:
        """Code of a route of the case shown -> its label."""
        if self.case is None:
            return {}
        named = {k: self.label("speaking_route", v) for k, v in self.case.route_names.items()}
        # Two variants of one way of responding are told apart by their codes.
        often = [name for name in named.values() if list(named.values()).count(name) > 1]
        return {k: f"{name} ({k})" if name in often else name for k, name in named.items()}

    @cached_property
    def groups(self) -> dict[str, str]:
        """Code of an exposed group of the case shown -> who and what, in words."""
        if self.case is None:
            return {}
        return {
            text(row["group_id"]): " · ".join(
                part
                for part in (
                    text(row["group_id"]),
                    self.label("exposed_group_kind", row["group_kind"]),
                    self.label("consequence_kind", row["kind"]),
                    self.case.unit(row["unit_id"]),
                )
                if part
            )
            for row in self.rows("exposed_groups")
        }

    @cached_property
    def acceptances(self) -> list[Acceptance]:
        """Each risk of the case shown that needs an acceptance, with the best that was given."""
        if self.case is None or self.state is None:
            return []
        return acceptances(self.case, self.protocol, self.state.screening, self.now)


def context_of(inputs: Snapshot, protocol: Protocol, case_id: str = "", at: str = "") -> Context:
    """The cases as they stand.

    Parameters
    ----------
    case_id : str
        Case to show in detail; empty for the most urgent open one.
    at : str
        Moment as of which clocks are read, such as 2026-11-01 15:00 +01:00; empty for the end of
        the day from which ages are counted.

    Raises
    ------
    InputError
        If there is no such case, or `at` is no moment with a zone.
    """
    now = now_of(inputs.as_of, at)
    if not inputs.restricted.edition.sees_everything:
        # A screen of part of the harm would mislead.
        return Context(inputs, protocol, now, {}, {}, "")
    names = (*TABLES, "units", "assessors")
    frames = {name: inputs.restricted[name] for name in names}
    cases = {code: case_of(frames, code, inputs.language) for code in case_ids(frames)}
    if case_id and case_id not in cases:
        listed = ", ".join(cases) or "none"
        raise InputError(f"There is no case {case_id!r}; the cases are: {listed}.")
    known = names_of_counterparts(inputs.restricted["counterparts"])
    states = {code: case_state(case, protocol, now, known) for code, case in cases.items()}
    open_ = [code for code, state in states.items() if state.state != CLOSED]
    most_urgent = min(open_, key=lambda code: order(cases[code], states[code]), default="")
    return Context(inputs, protocol, now, cases, states, case_id or most_urgent)


def context_of_case(inputs: Snapshot, protocol: Protocol, case_id: str, now: datetime) -> Context:
    """One case alone as it stands: what a room needs again after each entry.

    Parameters
    ----------
    case_id : str
        Case to show; where there is none of that code, nothing is shown.
    now : datetime
        Moment as of which clocks are read.
    """
    frames = {name: inputs.restricted[name] for name in (*TABLES, "units", "assessors")}
    if case_id not in set(frames["cases"]["case_id"].dropna()):
        return Context(inputs, protocol, now, {}, {}, "")
    case = case_of(frames, case_id, inputs.language)
    known = names_of_counterparts(inputs.restricted["counterparts"])
    state = case_state(case, protocol, now, known)
    return Context(inputs, protocol, now, {case_id: case}, {case_id: state}, case_id)


def order(case: Case, state: CaseState) -> tuple[bool, bool, datetime, datetime, str]:
    """Place of a case on the board; the first is the most urgent.

    No exercise comes before a real one, and what is decided behind what is not.
    """
    place = STATES.index(state.state)
    needed = case.at("needed_at") or _FAR
    return (
        state.state == CLOSED,
        case.is_exercise,
        *((needed, state.next_due or _FAR) if place < STATES.index("decided") else (_FAR, _FAR)),
        case.case_id,
    )
