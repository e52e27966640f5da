"""Chapter 03: columns of its saved tables that have to do with people."""

from __future__ import annotations

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
