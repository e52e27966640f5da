"""Projects: the conflict prevention tool's three steps, and our own additions apart."""

from __future__ import annotations

import pandas as pd

from strategy_lib.editions.restrict import Restricted
from strategy_lib.schema.schema import code_list

STEPS = tuple(code for code in code_list("conflict_step").values if code.startswith("s"))
OWN = tuple(code for code in code_list("conflict_step").values if code.startswith("own_"))
VOICES = code_list("finding_voice").values
NUMBERED = ("s1", "s2", "s3")


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
    projects, findings = restricted["projects"], restricted["project_findings"]
    rows = []
    for project in projects.sort_values(["name", "project_id"]).to_dict("records"):
        own = findings[findings["project_id"] == project["project_id"]]
        seen = set(own["step"])
        steps = [
            "done" if {c for c in STEPS if c.startswith(number)} <= seen else "not_looked"
            for number in NUMBERED
        ]
        heard = set(own["voice"])
        said = own[own["finding"].notna()]["step"]
        harms = said.isin(["s3_existing_tension", "s3_new_tension"]).any()
        rows.append(
            [
                project["project_id"],
                project["name"],
                project["unit_id"],
                project["country_code"],
                project["sector"],
                project["stage"],
                project["focus"],
                *steps,
                len(heard),
                "community" in heard,
                bool(harms),
                bool((said == "own_benefit").any()),
                "; ".join(project["companies"]),
                "; ".join(project["lenders"]),
            ]
        )
    columns = [
        "project_id",
        "project",
        "unit_id",
        "country_code",
        "sector",
        "stage",
        "focus",
        *NUMBERED,
        "voices",
        "community_heard",
        "has_harms",
        "has_benefits",
        "companies",
        "lenders",
    ]
    return pd.DataFrame(rows, columns=columns)


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
    known = findings.dropna(subset="finding_id").set_index("finding_id")
    names = restricted["projects"].set_index("project_id")["name"]
    rows = []
    for row in findings.dropna(subset="contradicts").to_dict("records"):
        if row["contradicts"] not in known.index:
            continue
        other = known.loc[row["contradicts"]]
        rows.append(
            [
                names.get(row["project_id"], row["project_id"]),
                row["step"],
                other["finding"],
                other["voice"],
                other["grade"],
                row["finding"],
                row["voice"],
                row["grade"],
            ]
        )
    columns = [
        "project",
        "step",
        "finding",
        "voice",
        "grade",
        "other_finding",
        "other_voice",
        "other_grade",
    ]
    return pd.DataFrame(rows, columns=columns)


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
