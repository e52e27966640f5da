"""What cannot be right in the rows of a case: said in clear lines, and nothing typed is lost."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.protocol.case import TABLES, Case, Frames, Row, text
from strategy_lib.protocol.clocks import moment, read_moment
from strategy_lib.protocol.deciding import decision_in_force
from strategy_lib.protocol.hearing import why_not_allowed
from strategy_lib.protocol.reading import Protocol
from strategy_lib.protocol.wording import Statement, check_wording, passage_key

# Moments of what has happened.
_PAST = (
    "submitted_at",
    "answered_at",
    "decided_at",
    "acted_at",
    "done_at",
    "said_at",
    "dismissed_at",
    "asked_at",
    "deputy_asked_at",
)
_ORDER = (
    ("cases", "submitted_at", "needed_at", "needed before the case was opened"),
    ("cases", "submitted_at", "asked_at", "assessors were asked before the case was opened"),
    ("consultations", "asked_at", "answered_at", "answered before it was asked"),
    ("consultations", "asked_at", "deputy_asked_at", "the deputy was asked first"),
    ("sign_offs", "asked_at", "answered_at", "answered before it was asked"),
    ("case_decisions", "decided_at", "acted_at", "done before it was decided"),
)
_ROLES = (
    ("cases", "proposer_role"),
    ("consultations", "role"),
    ("consultations", "answered_by_role"),
    ("sign_offs", "role"),
    ("case_decisions", "decided_by_role"),
)
_NAMES = ("person_named",)
# Texts in which a person must not be named.
_NAMELESS = (
    ("case_evidence", "source_kind"),
    ("exposed_groups", "description"),
    ("case_routes", "messenger"),
    ("aftercare", "found"),
    ("mitigations", "measure"),
)


@dataclass(frozen=True, order=True)
class CaseFault:
    """One thing that somebody should look at.

    Attributes
    ----------
    table, key : str
        Table, and the code of the row.
    field : str
        Field of the row.
    """

    case_id: str
    table: str
    key: str
    field: str
    message: str


def case_faults(case: Case, protocol: Protocol, now: datetime) -> list[CaseFault]:
    """Everything in one case that cannot be right, or is dangerous, at once."""
    return [
        *_moments(case, now),
        *_sequence(case),
        *_passed(case, now),
        *_roles(case, protocol),
        *_approvals(case, protocol),
        *_statement(case, protocol),
        *_names(case, protocol),
    ]


def stray_ratings(frames: Frames) -> list[CaseFault]:
    """Ratings whose group and route belong to different cases."""
    groups = frames["exposed_groups"].drop_duplicates("group_id").set_index("group_id")["case_id"]
    routes = frames["case_routes"].drop_duplicates("route_id").set_index("route_id")["case_id"]
    harm = frames["harm_ratings"]
    of_group, of_route = harm["group_id"].map(groups), harm["route_id"].map(routes)
    stray = harm[of_group.notna() & of_route.notna() & (of_group != of_route)]
    pairs = stray[["assessor_id", "group_id", "route_id"]].astype(str).drop_duplicates()
    return [
        CaseFault(
            text(groups[group]),
            "harm_ratings",
            f"{who} · {group} · {route}",
            "route_id",
            f'"{group}" and "{route}" belong to different cases; the rating is left out',
        )
        for who, group, route in pairs.itertuples(index=False)
    ]


def _key(row: Row) -> str:
    names = (
        "case_decision_id",
        "sign_off_id",
        "entry_id",
        "mitigation_id",
        "evidence_id",
        "dissent_id",
        "group_id",
        "route_id",
    )
    for name in names:
        if name in row and text(row[name]):
            return text(row[name])
    parts = (text(row.get(name)) for name in ("unit_id", "role", "rule_id"))
    return " · ".join(part for part in parts if part) or text(row.get("case_id"))


def _fault(case: Case, table: str, row: Row, field: str, message: str) -> CaseFault:
    return CaseFault(case.case_id, table, _key(row), field, message)


def _moments(case: Case, now: datetime) -> Iterator[CaseFault]:
    for table in TABLES:
        frame = case[table]
        for field in (name for name in frame.columns if str(name).endswith("_at")):
            for row in case.rows(table):
                said = text(row[str(field)])
                if not said:
                    continue
                try:
                    at = read_moment(said)
                except InputError as error:
                    yield _fault(case, table, row, str(field), str(error))
                    continue
                if field in _PAST and at > now:
                    message = f"{said} lies in the future; it is not counted yet"
                    yield _fault(case, table, row, str(field), message)


def _sequence(case: Case) -> Iterator[CaseFault]:
    for table, first, second, message in _ORDER:
        for row in case.rows(table):
            before, after = moment(row[first]), moment(row[second])
            if before is not None and after is not None and after < before:
                said = f"{message}: {text(row[second])} is before {text(row[first])}"
                yield _fault(case, table, row, second, said)


def _passed(case: Case, now: datetime) -> Iterator[CaseFault]:
    needed = case.at("needed_at")
    if needed is not None and needed < now and decision_in_force(case, now) is None:
        message = f"the words were needed by {case.said('needed_at')}, which has passed"
        yield _fault(case, "cases", dict(case.record), "needed_at", message)


def _roles(case: Case, protocol: Protocol) -> Iterator[CaseFault]:
    known = list(protocol.sheets["roles"]["role"])
    for table, field in _ROLES:
        for row in case.rows(table):
            role = text(row[field])
            if role and role not in known:
                message = f'found "{role}"; the protocol has {", ".join(known)}'
                yield _fault(case, table, row, field, message)
    for row in case.rows("consultations"):
        role, by = text(row["role"]), text(row["answered_by_role"])
        deputy = text(protocol.value("roles", role, "deputy"))
        if by and by not in (role, deputy):
            message = f"{protocol.role(by)} answers for {protocol.role(role)}; nobody answers for "
            message += "somebody else but the deputy"
            yield _fault(case, "consultations", row, "answered_by_role", message)


def _approvals(case: Case, protocol: Protocol) -> Iterator[CaseFault]:
    steps = list(protocol.sheets["steps"]["step"])
    for row in case.rows("sign_offs"):
        step, role = text(row["step"]), text(row["role"])
        if row["kind"] == "sign_off" and step not in steps:
            message = f'found "{step}"; the steps are {", ".join(steps)}'
            yield _fault(case, "sign_offs", row, "step", message)
        if row["kind"] == "risk_acceptance" and not (
            text(row["group_id"]) and text(row["route_id"])
        ):
            message = "an acceptance names the group and the route whose risk is accepted"
            yield _fault(case, "sign_offs", row, "group_id", message)
        if why := _self(case, protocol, role):
            yield _fault(case, "sign_offs", row, "role", why)
    for row in case.rows("case_decisions"):
        if why := _self(case, protocol, text(row["decided_by_role"])):
            yield _fault(case, "case_decisions", row, "decided_by_role", why)
        route = text(row["route_id"])
        if route and route not in case.route_names:
            listed = ", ".join(case.route_names) or "none"
            message = f'found "{route}"; the routes of this case are {listed}'
            yield _fault(case, "case_decisions", row, "route_id", message)


def _self(case: Case, protocol: Protocol, role: str) -> str:
    return why_not_allowed(case, protocol, role, role)


def _statement(case: Case, protocol: Protocol) -> Iterator[CaseFault]:
    words, longest = case.said("words"), int(protocol.rules["statement"]["longest_characters"])
    row = dict(case.record)
    if len(words) > longest:
        message = (
            f"{len(words):,} characters; one case is one public act of {longest:,} at most: "
            "name the pages that matter, and make a case of each act"
        )
        yield _fault(case, "cases", row, "words", message)
    key = passage_key(words)
    for one in case.rows("dismissed_findings"):
        if passage_key(one["passage"]).rstrip("…") not in key:
            message = f'"{text(one["passage"])[:60]}" is no longer in the words; look again'
            yield _fault(case, "dismissed_findings", one, "passage", message)


def _names(case: Case, protocol: Protocol) -> Iterator[CaseFault]:
    for table, field in _NAMELESS:
        for row in case.rows(table):
            said = unicodedata.normalize("NFC", text(row[field]))
            if not said:
                continue
            named = check_wording(Statement(said), protocol, only=_NAMES)["passage"]
            if len(named):
                message = f'"{named.iloc[0]}" looks like a person\'s name; use a code or a role'
                yield _fault(case, table, row, field, message)


def fault_table(faults: list[CaseFault]) -> pd.DataFrame:
    """Faults as a table."""
    rows = [[f.case_id, f.table, f.key, f.field, f.message] for f in sorted(set(faults))]
    return pd.DataFrame(rows, columns=["case_id", "table", "row", "field", "message"])


def all_faults(
    frames: Frames, cases: list[Case], protocol: Protocol, now: datetime
) -> pd.DataFrame:
    """Faults of every case, and ratings that belong to none."""
    found = [fault for case in cases for fault in case_faults(case, protocol, now)]
    return fault_table([*found, *stray_ratings(frames)])
