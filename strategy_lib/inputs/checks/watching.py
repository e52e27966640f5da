"""Watching and working with others: what one cell alone cannot tell."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from strategy_lib.inputs.checks.locations import row_dicts, tell
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.reference import reference

FEWEST_MEMBERS, FEWEST_GROUPS = 5, 3


def check_watching(frames: Mapping[str, pd.DataFrame], problem_log: ProblemLog) -> None:
    """Say where a measure singles out states, a split is unclear, or a source is missing."""
    _check_measures(frames["un_measures"], problem_log)
    totals: dict[str, tuple[object, object]] = {}
    for row in row_dicts(frames["studies"]):
        told = (row["total"], row["currency"])
        first = totals.setdefault(str(row["study_id"]), told)
        if told != first:
            message = "differs from another row of the same study; one study has one total"
            tell(problem_log, "studies", row, "total", Fault("two_totals", message))
    for row in row_dicts(frames["signals"]):
        if not row["source"]:
            message = "is empty; say where it stands, or which post told it"
            fault = Fault("signal_without_source", message, severity="warning")
            tell(problem_log, "signals", row, "source", fault)


def _check_measures(measures: pd.DataFrame, problem_log: ProblemLog) -> None:
    """A measure of a year needs members from all over: else it would single out a few."""
    groups = reference("un_groups").set_index("country_code")["un_group"]
    for _, own in measures.groupby(["body", "measure", "year"]):
        members = set(own["member"].dropna())
        covered = {groups.get(member) for member in members} - {None}
        if len(members) >= FEWEST_MEMBERS and len(covered) >= FEWEST_GROUPS:
            continue
        message = (
            f"holds {len(members)} of {FEWEST_MEMBERS} members from {len(covered)} of "
            f"{FEWEST_GROUPS} regional groups; enter all members, or five from three groups"
        )
        for row in row_dicts(own):
            tell(problem_log, "un_measures", row, "member", Fault("singles_out", message))
