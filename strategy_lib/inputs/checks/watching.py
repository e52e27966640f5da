"""Watching and working with others: what one cell alone cannot tell."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from strategy_lib.inputs.checks.locations import row_dicts, tell
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.name_keys import name_key
from strategy_lib.schema.reference import reference

FEWEST_MEMBERS, FEWEST_GROUPS = 5, 3
_BELOW_CORE = ("public", "partner", "internal")


def check_watching(
    frames: Mapping[str, pd.DataFrame], problem_log: ProblemLog, organisation: str = ""
) -> None:
    """Say where a measure singles out states, a split is unclear, or a source is missing.

    Parameters
    ----------
    organisation : str
        Name of our own; a pack that bears it is none of a peer.
    """
    measures = frames["un_measures"]
    _check_measures("un_measures", measures, ["body", "measure", "year"], "member", problem_log)
    _check_peers(frames["peer_rows"], name_key(organisation), problem_log)
    totals: dict[str, tuple[object, object]] = {}
    for row in row_dicts(frames["studies"]):
        told = (row["total"], row["currency"])
        first = totals.setdefault(str(row["study_id"]), told)
        if told != first:
            message = "differs from another row of the same study; one study has one total"
            found, allowed = (" ".join(map(str, one)) for one in (told, first))
            tell(problem_log, "studies", row, "total", Fault("two_totals", message, found, allowed))
    for row in row_dicts(frames["issue_roles"]):
        if row["handling"] in _BELOW_CORE and row["may_be_listed"] != "yes":
            message = "is not “yes”: outside the core team it is counted nowhere and never named"
            found = str(row["may_be_listed"] or "")
            fault = Fault("role_without_consent", message, found, "yes", severity="warning")
            tell(problem_log, "issue_roles", row, "may_be_listed", fault)
    for row in row_dicts(frames["signals"]):
        if not row["source"]:
            message = "is empty; say where it stands, or which post told it"
            fault = Fault("signal_without_source", message, allowed="a source", severity="warning")
            tell(problem_log, "signals", row, "source", fault)


def singled_out(rows: pd.DataFrame, by: list[str], member: str) -> pd.Series[bool]:
    """Which rows are of a measure of a year with too few members, or from too few parts of the UN.

    Parameters
    ----------
    rows : DataFrame
        Measures; `member` holds codes of countries.
    by : list of str
        Columns that together are one measure of one year.
    """
    groups = reference("un_groups").set_index("country_code")["un_group"]
    found = pd.Series(False, index=rows.index)
    for _, own in rows.groupby(by):
        members = set(own[member].dropna())
        covered = {groups.get(code) for code in members} - {None}
        found[own.index] = len(members) < FEWEST_MEMBERS or len(covered) < FEWEST_GROUPS
    return found


def _check_measures(
    table: str, measures: pd.DataFrame, by: list[str], member: str, problem_log: ProblemLog
) -> None:
    """A measure of a year needs members from all over: else it would single out a few."""
    message = (
        f"is of a measure with fewer than {FEWEST_MEMBERS} members, or from fewer than "
        f"{FEWEST_GROUPS} regional groups; enter all members, or five from three groups"
    )
    for row in row_dicts(measures[singled_out(measures, by, member)]):
        allowed = f"all members, or {FEWEST_MEMBERS} from {FEWEST_GROUPS} groups"
        tell(problem_log, table, row, member, Fault("singles_out", message, row[member], allowed))


def _check_peers(rows: pd.DataFrame, own_key: str, problem_log: ProblemLog) -> None:
    measures = rows[rows["part"] == "un_measures"]
    by = ["sent_by", "title", "kind", "year"]
    _check_measures("peer_rows", measures, by, "country_code", problem_log)
    message = "is the name of your own organisation: take your own pack out, or ask who sent it"
    for row in row_dicts(rows):
        if own_key and name_key(row["sent_by"]) == own_key:
            fault = Fault("own_pack", message, row["sent_by"], "the name of a peer")
            tell(problem_log, "peer_rows", row, "sent_by", fault)
