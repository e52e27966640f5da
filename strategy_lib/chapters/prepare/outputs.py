"""What chapter 00 shows and saves: tables and figures by name, columns that point to people."""

from __future__ import annotations

from strategy_lib.chapters.result import Output, Outputs
from strategy_lib.editions.contracts import DAY, NUMBER, TEXT, Saved, coded
from strategy_lib.editions.people import Declared, Points

_LEVELS = {"unit": Points.OFFICE, "answers": Points.PEOPLE}
POINTS: Declared = {
    "answers": {"unit": Points.OFFICE, "assessors": Points.PEOPLE, "no_answer_from": Points.CODE},
    "disagreements": {
        "unit": Points.OFFICE,
        "answers": Points.PEOPLE,
        "who_lowest": Points.CODE,
        "evidence_lowest": Points.QUOTE,
        "who_highest": Points.CODE,
        "evidence_highest": Points.QUOTE,
    },
    "readiness_organisation": _LEVELS,
    "readiness_together": _LEVELS,
    "readiness_themes": _LEVELS,
    "readiness": {"answers": Points.PEOPLE},
    "nobodys_job": {"answers": Points.PEOPLE},
    "first_things": {"answers": Points.PEOPLE, "n_drops_without": Points.PEOPLE},
    "priorities": {"answers": Points.PEOPLE, "n_drops_without": Points.PEOPLE},
    "order": {"people": Points.PEOPLE, "needs_each_of": Points.PEOPLE},
    "without_role": {"unit": Points.OFFICE, "assessor_id": Points.CODE},
    "overdue": {"unit": Points.OFFICE, "assessor_id": Points.CODE},
}

_CELLS = {
    "recommendation_id": TEXT,
    "recommendation": TEXT,
    "unit": TEXT,
    "answers": NUMBER,
    "lowest": NUMBER,
    "median": NUMBER,
    "highest": NUMBER,
    "level": TEXT,
}

SAVED: Saved = {
    "hub_questions": {"asked_on": DAY, "office": TEXT, "theme": coded("theme")},
    "questions_by_theme": {"theme": coded("theme"), "questions": NUMBER, "open": NUMBER},
    "hub_findings": {"finding": coded("hub_question"), "about": TEXT},
    "data_register": {
        "kind": coded("register_kind"),
        "state": coded("register_state"),
        "covers_global_work": coded("yes_no_unknown"),
        "contains_people": coded("yes_no_unknown"),
        "checked_on": DAY,
    },
    "first_things": {
        "recommendation_id": TEXT,
        "recommendation": TEXT,
        "gap": TEXT,
        "importance": TEXT,
        "roles": TEXT,
    },
    "flow_contradictions": {"what": coded("flow_contradiction")},
    "flows": {"information": TEXT},
    "hub": {"function": TEXT},
    "knowledge_by_kind": {"kind": TEXT},
    "nobodys_job": {"recommendation_id": TEXT},
    "priorities": {"recommendation_id": TEXT},
    "readiness": {"recommendation_id": TEXT, "lowest": NUMBER, "median": NUMBER, "highest": NUMBER},
    "readiness_organisation": _CELLS,
    "readiness_themes": _CELLS,
    "readiness_together": _CELLS,
    "turnover_by_year": {"year": TEXT},
    "value_matters": {"matter": TEXT},
}

_NUMBER = ("recommendation_id",)

OUTPUTS: Outputs = {
    "questions_by_theme": Output("Questions to the hub by theme", is_optional=True),
    "hub_questions": Output(
        "Questions to the hub", "Text only where it may be shared.", is_optional=True
    ),
    "data_register": Output(
        "Data measures, and reports to authorities",
        "A report is described, never stored.",
        is_optional=True,
    ),
    "hub_findings": Output("What follows from questions and reports", is_optional=True),
    "answers_by_kind": Output(
        "Who answered, by kind of office",
        "Units by kind. Nobody asked: no assessor of the unit is listed.",
        draws="answers",
    ),
    "answers": Output("Assessors by unit", "Percent: share of the recommendations answered."),
    "first_things": Output(
        "What comes first, by gap and importance",
        "Gap: 4 less the level. Each person's gap is multiplied by the same person's importance; "
        "the middle of the products gives the order. Ranges run from the lowest to the highest. "
        "Levels and importance are steps in words and not measured: to multiply them treats all "
        "steps as equally wide. So the order is also made without multiplying, from the smaller "
        "of the two, and it is said where that changes what comes first.",
        draws="first_things",
    ),
    "order": Output(
        "Every recommendation in that order",
        "The middle of what people said, and from the lowest to the highest where they differ. The "
        "last columns: whether it would also be among the first where each unit counts once, and "
        "where nothing is multiplied; and how many people there are without any one of whom it "
        "would not be among the first.",
        max_rows=20,
    ),
    "levels": Output("The five levels"),
    "strategy": Output(
        "How ready: strategy, presence, money",
        "What one organisation does by itself: strategy, presence, money.",
        draws="readiness",
    ),
    "inside": Output(
        "How ready: processes, people, communication",
        "By itself as well: processes, people, communication.",
        draws="readiness",
    ),
    "together": Output(
        "How ready: with other organisations",
        "What is done together with other organisations.",
        draws="readiness",
    ),
    "money": Output(
        "How ready: investment and finance", "Theme: investment and finance.", draws="readiness"
    ),
    "technology": Output("How ready: technology", "Theme: technology.", draws="readiness"),
    "partners": Output(
        "How ready: Chinese organisations, foundations and scholars",
        "Theme: Chinese organisations, foundations and scholars.",
        draws="readiness",
    ),
    "united_nations": Output(
        "How ready: global governance and the United Nations",
        "Theme: global governance and the United Nations.",
        draws="readiness",
    ),
    "disagreements": Output(
        "Where answers are furthest apart", "Both sides, with what each points to."
    ),
    "without_role": Output(
        "Said to be in place, but without a responsible role", without=_NUMBER, is_optional=True
    ),
    "nobodys_job": Output(
        "Recommendations for which no role is named",
        "No role is named in any unit. Parts of a recommendation, such as 4.1, are not counted.",
        without=_NUMBER,
    ),
    "overdue": Output("Past its day and not in place", without=_NUMBER, is_optional=True),
    "value_grid": Output(
        "What is a no-go, and what helps the other",
        "A row with different words is one on which our own offices differ.",
        draws="values",
    ),
    "values": Output("The views and what follows from each"),
    "hub": Output("Functions of the hub", "Age: days since it was last done."),
    "flows": Output(
        "Rules on flows of information",
        "The darker, the stricter; a frame marks rules that differ. What offices hold to be the "
        "rule, no legal advice: confirm it with counsel.",
        draws="flows",
    ),
    "flow_contradictions": Output("What contradicts each other, or lacks something"),
    "knowledge_by_kind": Output("How many people hold each kind of knowledge", draws="knowledge"),
    "one_keeper": Output("Held by one person, or by nobody any more", "readers"),
    "turnover_by_year": Output("Who came and went, by year", draws="turnover"),
    "turnover": Output("Who came and went, by unit"),
    "secondments": Output("Needs of a colleague that an offer meets", "One offer for one need."),
    "secondments_left": Output("Needs and offers that are left, and why"),
    "secondment_pairs": Output("Every need beside every offer of the same skill"),
}
