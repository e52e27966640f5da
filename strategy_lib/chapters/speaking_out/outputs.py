"""What chapter 03 shows and saves: tables and figures by name, columns that point to people."""

from __future__ import annotations

from strategy_lib.chapters.result import Output, Outputs
from strategy_lib.editions.contracts import DAY, NUMBER, TEXT, YES_NO, Saved, coded, texts
from strategy_lib.editions.people import Declared, Points

POINTS: Declared = {
    "disagreements": {"assessor": Points.CODE, "office": Points.OFFICE, "reason": Points.QUOTE},
    "reasons": {"assessor": Points.CODE, "reason": Points.QUOTE},
    "routes": {"who_differs": Points.CODE},
    "dissents": {"who": Points.ROLE, "in_their_own_words": Points.QUOTE},
    # Roles that the protocol names, and those whom a case asks: posts.
    "answers": {"who": Points.NOBODY},
    "path": {"who": Points.NOBODY},
    "pressure_ladder": {"who": Points.NOBODY},
    "tolerances": {"who_may_accept": Points.NOBODY},
    "silence": {"who_is_affected": Points.NOBODY},
}

SAVED: Saved = {
    "pressure_incidents": {
        "received_on": DAY,
        "from_kind": coded("counterpart_type"),
        "about": coded("pressure_about"),
        "people_asked_first": coded("yes_no_unknown"),
        "peers_report_same": coded("yes_no_unknown"),
    },
    "pressure_patterns": {
        "from_kind": coded("counterpart_type"),
        "about": coded("pressure_about"),
        "incidents": NUMBER,
    },
    "impact_notes": {"partner_consent": coded("source_consent")},
    "acceptances": {"holds_today": YES_NO},
    "case_totals": {
        "what": coded("case_total"),
        "topic": TEXT,
        "n_cases": NUMBER,
        "count": coded("case_count"),
    },
    "board": {
        **texts("case_id", "case", "missing_first", "whose_turn", "next_clock", "needed_by"),
        "recorded_silent": TEXT,
        "is_exercise": YES_NO,
        "state": coded("case_state"),
    },
    "next_checks": {
        **texts("case_id", "case", "whose_turn"),
        "check": coded("aftercare_check"),
        "due_date": DAY,
    },
    "screen": {
        **texts("group", "route"),
        "measures": coded("harm_stage"),
        "class": coded("harm_class"),
    },
}

# Without a case, there is nothing to say of it.
_CASE = "case_id"

OUTPUTS: Outputs = {
    "pressure_incidents": Output(
        "Pressure without a case; first where people were not asked", is_optional=True
    ),
    "pressure_patterns": Output(
        "Patterns of pressure", "From three incidents on; no office is named.", is_optional=True
    ),
    "impact_notes": Output(
        "What came of it, and which words may be used",
        "Words in public only with consent; donors are told why results stay unsaid.",
        is_optional=True,
    ),
    "case_totals": Output(
        "Cases by how they stand, and what the year has brought",
        "Three or more, or nothing: of one case or two, a number tells.",
        is_optional=True,
    ),
    "board": Output("board", "Clocks in the zone in which they were written.", is_optional=True),
    "faults": Output("faults", "Nothing typed is lost; each line says what to look at."),
    "about": Output("The case as entered", about=_CASE),
    "missing": Output("state", "The nearest first."),
    "evidence": Output("evidence"),
    "beyond_evidence": Output(
        "Where a way of responding goes further than its evidence", about=_CASE
    ),
    "screen_grid": Output(
        "harm",
        "An arrow down: milder after measures. A dark frame: not permitted as it stands.",
        draws="harm",
        without=("place",),
    ),
    "screen": Output(
        "line",
        "Severity is the worst of scale, scope and irremediability, and outranks likelihood. One "
        "assessor over a line is enough unless the protocol says otherwise; what is not known is "
        "never taken for no risk.",
    ),
    "disagreements": Output("apart", "Rated 0 to 4; the range where one was given."),
    "measures": Output("Measures of protection, those without an owner first", about=_CASE),
    "acceptances": Output("acceptance", "An acceptance is written, and ends."),
    "routes": Output(
        "routes",
        "Median, and lowest to highest rating in brackets. The ladder runs from silence to our own "
        "name.",
        draws="routes",
    ),
    "who_differs": Output("Who sees the harm of a way differently", about=_CASE),
    "silence": Output(
        "silence",
        "Ratings from 0 (none) to 4 (grave). Over-caution harms people, too; silence has no price "
        "and is in no total.",
        draws="silence",
    ),
    "reasons": Output("benefit", "Reasons in assessors' own words."),
    "wording": Output("wording", "Stop: mend it or dismiss it. Note: for thought."),
    "path": Output(
        "path",
        "A bar ends when the answer is due; the grey part is the deputy's time.",
        draws="path",
        takes={"now": "now"},
    ),
    "answers": Output("silent", about=_CASE),
    "decisions": Output("decision"),
    "dissents": Output("Dissent, as written", about=_CASE),
    "aftercare": Output("aftercare"),
    "pressure_ladder": Output("If pressure comes: step by step"),
    "memory": Output("memory", "Found by counterpart, country and theme."),
    "tolerances": Output("What the organisation tolerates, severity 0 to 4"),
    "roles": Output("Who answers for each step, and who stands in"),
    "rehearsals": Output("What can be rehearsed"),
    "cards": Output("Cards given so far", is_optional=True),
    "briefs": Output("To print", max_rows=None, is_optional=True),
}
