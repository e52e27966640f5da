"""What chapter 06 shows, saves for others, and what of it points to people."""

from __future__ import annotations

from strategy_lib.chapters.result import Output, Outputs
from strategy_lib.editions.contracts import DAY, NUMBER, TEXT, Saved, coded
from strategy_lib.editions.people import Declared, Points

# Offices and posts here are of work, not of judgements that people were asked for.
POINTS: Declared = {"projects": {"office": Points.NOBODY}}

_STEP = {
    "counterpart": TEXT,
    "step": coded("company_step"),
    "state": coded("company_step_state"),
    "reach": coded("training_reach"),
    "as_of": DAY,
}

SAVED: Saved = {
    "projects": {
        "project_id": TEXT,
        "project": TEXT,
        "office": TEXT,
        "country_code": coded("country"),
        "sector": coded("project_sector"),
        "stage": coded("project_stage"),
        "focus": coded("project_focus"),
        "s1": coded("step_state"),
        "s2": coded("step_state"),
        "s3": coded("step_state"),
        "voices": NUMBER,
    },
    "step_by_voice": {"step": coded("conflict_step"), "voice": coded("finding_voice")},
    "additions_by_voice": {"step": coded("conflict_step"), "voice": coded("finding_voice")},
    "findings": {"step": coded("conflict_step"), "voice": coded("finding_voice"), "as_of": DAY},
    "contradictions": {
        "step": coded("conflict_step"),
        "voice": coded("finding_voice"),
        "other_voice": coded("finding_voice"),
    },
    "agreements": {
        "kind": coded("group_item_kind"),
        "by_kind": coded("group_party"),
        "state": coded("group_item_state"),
        "met_on": DAY,
    },
    "absent_parties": {"party": coded("group_party")},
    "enterprise_points": {"step": coded("company_step"), "as_of": DAY},
    "needs": _STEP,
    "ladder": _STEP,
    "trainings": _STEP,
    "messages": {
        "register": coded("message_register"),
        "addressee_kind": coded("counterpart_type"),
    },
    "claims": {
        "claim_id": TEXT,
        "counterpart": TEXT,
        "kind": coded("claim_kind"),
        "said_by": coded("claim_source"),
        "checked": coded("claim_check"),
        "tie": coded("claim_tie"),
        "answer": coded("claim_answer"),
        "as_of": DAY,
        "asked_date": DAY,
    },
    "rules": {
        "country_code": coded("country"),
        "topic": coded("standards_topic"),
        "gap": coded("standards_gap"),
        "addressee_kind": coded("counterpart_type"),
        "as_of": DAY,
        "counsel_checked_date": DAY,
    },
    "open_questions": {"question": coded("company_question"), "about": TEXT, "owner_role": TEXT},
    "board": {"id": TEXT, "kind": TEXT, "state": TEXT, "unit_id": TEXT, "as_of": DAY},
    "addressed": {"recommendation_id": TEXT, "n": NUMBER},
}

OUTPUTS: Outputs = {
    "projects": Output(
        "Projects", "A step is done with a finding, or with “looked, none seen”, on each question."
    ),
    "step_by_voice": Output("The tool's steps: findings by voice", "A zero: not asked."),
    "findings": Output("Every finding", is_optional=True),
    "contradictions": Output("Findings that contradict each other", is_optional=True),
    "additions_by_voice": Output("Our own additions: findings by voice", "A zero: not asked."),
    "agreements": Output("Issues and agreements of working groups", is_optional=True),
    "absent_parties": Output("Kinds of body that were never there", is_optional=True),
    "enterprise_points": Output("Seven points on state-owned enterprises", is_optional=True),
    "needs": Output("Needs of companies, and what we offer", is_optional=True),
    "ladder": Output("Rungs of contact", is_optional=True),
    "trainings": Output("Trainings", "Promoted is never added to trained.", is_optional=True),
    "messages": Output("One ask in several registers", is_optional=True),
    "checks": Output("Claims by company, and who checked", is_optional=True),
    "claims": Output("Every claim", max_rows=None, is_optional=True),
    "ratios": Output(
        "Figures set per each other",
        "Only within one company, source and day; of two open-ended figures nothing follows.",
        is_optional=True,
    ),
    "rules": Output(
        "Rules side by side",
        "The host government's duty comes first. Confirm with counsel.",
        is_optional=True,
    ),
    "policy_line": Output(
        "Policies on the responsibility of companies in China",
        "As a chamber of commerce told them in 2024: from encouragement to a duty to report.",
    ),
    "told_cases": Output(
        "What the documents tell of work with companies",
        "Self-reported: told by whoever did it.",
        max_rows=None,
    ),
    "open_questions": Output(
        "Questions that follow from what is entered", "They are no conclusions."
    ),
    "addressed": Output("Recommendations of the guide that rows speak to", is_optional=True),
}
