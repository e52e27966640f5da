"""What chapter 03 saves for other chapters, and columns that have to do with people."""

from __future__ import annotations

from strategy_lib.editions.contracts import DAY, TEXT, YES_NO, Saved, coded
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
    "acceptances": {"holds_today": YES_NO},
    "board": {
        "case_id": TEXT, "case": TEXT, "is_exercise": YES_NO, "state": coded("case_state"),
        "missing_first": TEXT, "whose_turn": TEXT, "next_clock": TEXT, "needed_by": TEXT,
        "recorded_silent": TEXT,
    },
    "next_checks": {
        "case_id": TEXT, "case": TEXT, "check": coded("aftercare_check"), "due_date": DAY,
        "whose_turn": TEXT,
    },
    "screen": {
        "group": TEXT, "route": TEXT, "measures": coded("harm_stage"), "class": coded("harm_class"),
    },
}  # fmt: skip
