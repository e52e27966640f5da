"""What chapter 05 shows, saves for others, and what of it points to people."""

from __future__ import annotations

from strategy_lib.chapters.result import Output, Outputs
from strategy_lib.editions.contracts import DAY, NUMBER, TEXT, Saved, coded, optional
from strategy_lib.editions.people import Declared, Points

# Offices and posts here are of work, not of judgements that people were asked for.
POINTS: Declared = {
    "readings": {"office": Points.NOBODY, "checked_by": Points.NOBODY},
    "readings_apart": {"office": Points.NOBODY, "checked_by": Points.NOBODY},
    "partnerships": {"office": Points.NOBODY},
}

SAVED: Saved = {
    "partnerships": {
        "counterpart": TEXT,
        "office": TEXT,
        "partner_kind": coded("partner_kind"),
        "purpose": coded("partner_purpose"),
        "theme": coded("theme"),
        "stage": coded("partner_stage"),
        "review_date": DAY,
        "looked_at": NUMBER,
        "checked": NUMBER,
        "questions": NUMBER,
    },
    "indicators": {
        "counterpart": TEXT,
        "indicator": coded("partner_indicator"),
        "look": coded("indicator_look"),
        "reading": coded("indicator_reading"),
        "readings": NUMBER,
    },
    "readings": {
        "counterpart": TEXT,
        "indicator": coded("partner_indicator"),
        "reading": coded("indicator_reading"),
        "checked_by": coded("checked_by"),
        "check_result": coded("check_result"),
        "as_of": DAY,
    },
    "readings_apart": {
        "indicator": coded("partner_indicator"),
        "reading": coded("indicator_reading"),
        "checked_by": coded("checked_by"),
        "check_result": coded("check_result"),
    },
    "kind_by_purpose": {
        "partner_kind": coded("partner_kind"),
        "purpose": coded("partner_purpose"),
        "partnerships": NUMBER,
    },
    "canvas": {"their_words": optional(coded("whose_words"))},
    "joint_appearances": {
        "forum": coded("forum"),
        "sensitivity": coded("sensitivity"),
        "answer": coded("appearance_answer"),
        "held_on": DAY,
    },
    "contacts": {
        "avenue": coded("contact_avenue"),
        "office": TEXT,
        "target": optional(TEXT),
        "result": coded("contact_result"),
        "stop_after": DAY,
    },
    "contact_effort": {
        "avenue": coded("contact_avenue"),
        "furthest": coded("contact_result"),
        "tried": NUMBER,
        "past_stop": NUMBER,
    },
    "funding": {
        "avenue": TEXT,
        "avenue_kind": coded("funding_avenue_kind"),
        "legal_state": coded("funding_legal_state"),
        "freedom": coded("funding_freedom"),
        "form": coded("funding_form"),
        "answer": coded("funding_answer"),
        "counsel_checked_date": DAY,
        "review_date": DAY,
        "p10": NUMBER,
        "p50": NUMBER,
        "p90": NUMBER,
        "currency": TEXT,
        "option": TEXT,
    },
    "open_questions": {"question": coded("partner_question"), "about": TEXT, "owner_role": TEXT},
    "board": {"id": TEXT, "kind": TEXT, "state": TEXT, "unit_id": TEXT, "as_of": DAY},
    "addressed": {"recommendation_id": TEXT, "n": NUMBER},
}

OUTPUTS: Outputs = {
    "partnerships": Output("Partnerships", "Looked at and checked: of five indicators."),
    "kind_by_purpose": Output("Kind by purpose", "Partnerships that are not ended or declined."),
    "canvas": Output(
        "What each side gives and wants",
        "“We assume” is said where nobody asked the partner.",
        is_optional=True,
    ),
    "indicators": Output("Five indicators of each organisation", max_rows=None),
    "readings": Output("Every reading", is_optional=True),
    "readings_apart": Output("Readings that differ, side by side", is_optional=True),
    "open_questions": Output(
        "Questions that follow from what is entered", "They are no conclusions."
    ),
    "joint_appearances": Output("Joint appearances and their six conditions", is_optional=True),
    "contact_effort": Output("Effort and result by avenue of contact", is_optional=True),
    "contacts": Output("Every avenue of contact", is_optional=True),
    "funding": Output(
        "Funding avenues", "A year's amounts; dated facts, confirm with counsel.", is_optional=True
    ),
    "income": Output(
        "Income of pursued avenues in a year",
        "Costs of a presence stand in its chapter; nothing is netted.",
        is_optional=True,
    ),
    "addressed": Output("Recommendations of the guide that rows speak to", is_optional=True),
}
