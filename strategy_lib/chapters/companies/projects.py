"""Projects: the conflict prevention tool's three steps, and our own additions apart."""

from __future__ import annotations

import pandas as pd

from strategy_lib.editions.restrict import Restricted
from strategy_lib.schema.schema import code_list

STEPS = tuple(code for code in code_list("conflict_step").values if code.startswith("s"))
OWN = tuple(code for code in code_list("conflict_step").values if code.startswith("own_"))
VOICES = code_list("finding_voice").values
NUMBERED = ("s1", "s2", "s3")
_HARMS = ("s3_existing_tension", "s3_new_tension")
_TOLD = [*NUMBERED, "voices", "community_heard", "has_harms", "has_benefits"]


def projects_overview(restricted: Restricted) -> pd.DataFrame:
    """Each project: which steps have findings, and whose voices were heard.

    A step is done when each of its codes has a finding or “looked, none seen”. There is no
    likelihood and no total.

    Returns
    -------
    DataFrame
        `project_id`, `project`, `office` (code), `country_code`, `sector`, `stage`, `focus`,
        `s1`, `s2`, `s3` (`step_state`), `voices` (how many kinds were heard), `community_heard`,
        `has_harms`, `has_benefits`, `companies`, `lenders` (names, joined).
    """
    projects = restricted["projects"].sort_values(["name", "project_id"], ignore_index=True)
    findings = restricted["project_findings"]
    told = [_told(findings[findings["project_id"] == code]) for code in projects["project_id"]]
    facts = ["project_id", "project", "unit_id", "country_code", "sector", "stage", "focus"]
    return (
        projects.rename(columns={"name": "project"})[facts]
        .join(pd.DataFrame(told, columns=_TOLD, index=projects.index))
        .assign(
            companies=projects["companies"].map("; ".join),
            lenders=projects["lenders"].map("; ".join),
        )
    )


def _told(findings: pd.DataFrame) -> dict[str, object]:
    """What the findings of one project say of it."""
    seen, heard = set(findings["step"]), set(findings["voice"])
    said = set(findings.loc[findings["finding"].notna(), "step"])
    steps = {number: {c for c in STEPS if c.startswith(number)} for number in NUMBERED}
    return {
        **{number: "done" if own <= seen else "not_looked" for number, own in steps.items()},
        "voices": len(heard),
        "community_heard": "community" in heard,
        "has_harms": not said.isdisjoint(_HARMS),
        "has_benefits": "own_benefit" in said,
    }


def step_by_voice(restricted: Restricted) -> pd.DataFrame:
    """How many findings each kind of voice gave on each step of the tool; a dash is not asked."""
    return _counted(restricted, STEPS)


def additions_by_voice(restricted: Restricted) -> pd.DataFrame:
    """The same of our own additions, which are no steps of the tool."""
    return _counted(restricted, OWN)


def _counted(restricted: Restricted, steps: tuple[str, ...]) -> pd.DataFrame:
    findings = restricted["project_findings"]
    counts = findings[findings["step"].isin(steps)].groupby(["step", "voice"]).size()
    rows = [[step, voice, int(counts.get((step, voice), 0))] for step in steps for voice in VOICES]
    return pd.DataFrame(rows, columns=["step", "voice", "findings"])


def contradictions(restricted: Restricted) -> pd.DataFrame:
    """Findings that contradict each other, side by side, each with voice and grade."""
    findings = restricted["project_findings"]
    said = ["finding", "voice", "grade"]
    first = findings.dropna(subset="finding_id").set_index("finding_id")[said]
    later = findings.rename(columns={name: f"other_{name}" for name in said})
    pairs = later.merge(first, left_on="contradicts", right_index=True)
    names = restricted["projects"].set_index("project_id")["name"]
    pairs["project"] = pairs["project_id"].map(names).fillna(pairs["project_id"])
    columns = ["project", "step", *said, *(f"other_{name}" for name in said)]
    return pairs[columns].reset_index(drop=True)


def agreements(restricted: Restricted) -> pd.DataFrame:
    """Issues and agreements of working groups; kept once another than who owes it says so.

    Returns
    -------
    DataFrame
        `group`, `kind`, `what`, `by_kind`, `met_on`, `state`, `is_confirmed`.
    """
    rows = restricted["group_items"]
    rows = rows[rows["kind"].isin(["issue", "agreement"])].sort_values(["group", "kind", "what"])
    others = [
        bool(set(confirmed) - {by})
        for confirmed, by in zip(rows["confirmed_by"], rows["by_kind"], strict=True)
    ]
    kept = rows["state"] == "kept"
    columns = ["group", "kind", "what", "by_kind", "met_on", "state"]
    made = rows[columns].assign(is_confirmed=kept & pd.Series(others, rows.index, dtype=bool))
    return made.reset_index(drop=True)


def absent_parties(restricted: Restricted) -> pd.DataFrame:
    """Kinds of body that never were in a working group."""
    rows = restricted["group_items"]
    made = [
        [group, code]
        for group, own in rows.groupby("group")
        for code in code_list("group_party").values
        if code not in set(own["by_kind"])
    ]
    return pd.DataFrame(made, columns=["group", "party"])
