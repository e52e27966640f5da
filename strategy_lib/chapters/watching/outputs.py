"""What chapter 07 shows, saves for others, and what of it points to people."""

from __future__ import annotations

from strategy_lib.chapters.result import Output, Outputs
from strategy_lib.editions.contracts import DAY, NUMBER, TEXT, Saved, coded
from strategy_lib.editions.people import Declared, Points

POINTS: Declared = {"focus": {"people": Points.PEOPLE}}

_SIGNAL = {
    "kind": coded("signal_kind"),
    "theme": coded("theme"),
    "country_code": coded("country"),
    "use": coded("signal_use"),
    "seen_at": DAY,
}

SAVED: Saved = {
    "signals": _SIGNAL,
    "lessons": _SIGNAL,
    "signals_by_quarter": {"theme": coded("theme"), "signals": NUMBER, "used": NUMBER},
    "flows": {"flow": coded("signal_flow"), "kind": coded("signal_kind"), "seen_at": DAY},
    "un_measures": {"measure": coded("un_measure"), "member": coded("country"), "value": NUMBER},
    "technologies": {
        "technology": TEXT,
        "theme": coded("theme"),
        "kind": coded("technology_kind"),
        "lever": coded("technology_lever"),
        "answer": coded("technology_answer"),
        "as_of": DAY,
        "answered": NUMBER,
    },
    "promises": {"checked": coded("claim_check"), "answer": coded("claim_answer"), "as_of": DAY},
    "studies": {
        "study_id": TEXT,
        "led_by": coded("study_led_by"),
        "state": coded("study_state"),
        "pays": NUMBER,
        "short": NUMBER,
    },
    "roles": {"issue": TEXT, "role": coded("issue_role")},
    "focus": {
        "area": TEXT,
        "criterion": coded("focus_criterion"),
        "lowest": NUMBER,
        "middle": NUMBER,
        "highest": NUMBER,
    },
    "peers": {
        "part": coded("peer_part"),
        "theme": coded("theme"),
        "country_code": coded("country"),
    },
    "open_questions": {"question": coded("watching_question"), "about": TEXT, "owner_role": TEXT},
    "board": {"id": TEXT, "kind": TEXT, "state": TEXT, "unit_id": TEXT, "as_of": DAY},
    "addressed": {"recommendation_id": TEXT, "n": NUMBER},
}

OUTPUTS: Outputs = {
    "signals": Output("Signals, newest first", is_optional=True),
    "signals_by_quarter": Output("Signals by theme and quarter", is_optional=True),
    "lessons": Output("Lessons: what worked, and what did not", is_optional=True),
    "flows": Output("Who should have which signal", is_optional=True),
    "un_measures": Output(
        "Measures of the United Nations, all members alike",
        "In the order of the alphabet; a member that is not there: not published.",
        max_rows=None,
        is_optional=True,
    ),
    "technologies": Output(
        "Technologies and seven questions", "An empty answer: nobody has said.", is_optional=True
    ),
    "promises": Output("Promises: kept, broken, unknown", is_optional=True),
    "studies": Output(
        "Studies, and what each pays",
        "Over a cap the rest is split again; who has not said its points is left out.",
        is_optional=True,
    ),
    "roles": Output("Inside and outside, by issue", is_optional=True),
    "issues": Output("Issues with both roles, or with one", is_optional=True),
    "focus": Output("Focus areas: middle score and range", "No total is made.", is_optional=True),
    "peers": Output(
        "What peers sent, apart from our own",
        "Each under the name that it chose; grade D at best, unchecked.",
        max_rows=None,
        is_optional=True,
    ),
    "open_questions": Output(
        "Questions that follow from what is entered", "They are no conclusions."
    ),
    "addressed": Output("Recommendations of the guide that rows speak to", is_optional=True),
}
