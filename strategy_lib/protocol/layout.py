"""What each file of a protocol holds: its columns, its key, and what its cells may say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

RULES_FILE = "rules.toml"
EVERY_ITEM = ("description", "source", "as_of")
YES_NO = ("yes", "no")
WHOLE, AMOUNT = "whole number", "number"


@dataclass(frozen=True)
class Sheet:
    """One CSV file of a protocol.

    Attributes
    ----------
    key : tuple of str
        Columns whose values together stand for one item.
    allowed : mapping
        Column -> values that it may have.
    numbers : mapping
        Column -> whole number or number, none of them negative.
    covers : str
        Code list of which every code needs an item.
    may_be_empty : tuple of str
        Columns that may be left open.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    allowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    covers: str = ""
    may_be_empty: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """File name."""
        return f"{self.name}.csv"


SHEETS = (
    Sheet(
        "tolerances",
        (
            "kind",
            "is_about_people",
            "likely_acceptance_from",
            "acceptance_from",
            "likely_from",
            "red_line_from",
            "accepting_role",
            "acceptance_days",
        ),
        ("kind",),
        {"is_about_people": YES_NO},
        {
            "likely_acceptance_from": WHOLE,
            "acceptance_from": WHOLE,
            "likely_from": WHOLE,
            "red_line_from": WHOLE,
            "acceptance_days": WHOLE,
        },
        "consequence_kind",
        ("red_line_from",),
    ),
    Sheet(
        "evidence_grades",
        ("grade", "rank", "most_public_route", "needs_consent"),
        ("grade",),
        {"needs_consent": YES_NO},
        {"rank": WHOLE},
        "evidence_grade",
    ),
    Sheet(
        "routes",
        ("route", "rung", "is_public", "is_act", "reversibility", "what_it_needs"),
        ("route",),
        {"is_public": YES_NO, "is_act": YES_NO},
        {"rung": WHOLE, "reversibility": WHOLE},
        "speaking_route",
    ),
    Sheet(
        "urgency",
        ("urgency", "rank", "counting", "consult", "sign_off", "decide"),
        ("urgency",),
        {"counting": ("hours", "working_days")},
        {"rank": WHOLE, "consult": AMOUNT, "sign_off": AMOUNT, "decide": AMOUNT},
        "urgency",
    ),
    Sheet("roles", ("role", "label", "deputy"), ("role",)),
    Sheet(
        "steps",
        ("step", "rank", "when", "clock", "needs_sign_off"),
        ("step",),
        {
            "when": ("before", "after"),
            "clock": ("consult", "sign_off", "decide"),
            "needs_sign_off": YES_NO,
        },
        {"rank": WHOLE},
    ),
    Sheet(
        "raci",
        ("step", "role", "letter"),
        ("step", "role", "letter"),
        {"letter": ("R", "A", "C", "I")},
    ),
    Sheet(
        "consultations",
        ("consultation", "party", "who", "applies_when", "kinds", "may_object", "may_veto"),
        ("consultation",),
        {
            "party": ("exposed_office", "office_kind", "role"),
            "applies_when": ("always", "kinds"),
            "may_object": YES_NO,
            "may_veto": YES_NO,
        },
        may_be_empty=("kinds",),
    ),
    Sheet(
        "aftercare",
        ("check", "rank", "hours_after", "role"),
        ("check",),
        numbers={"rank": WHOLE, "hours_after": AMOUNT},
        covers="aftercare_check",
    ),
    Sheet(
        "pressure", ("rung", "rank", "role", "what_is_recorded"), ("rung",), numbers={"rank": WHOLE}
    ),
    Sheet(
        "wording_rules",
        ("rule_id", "title", "check", "gravity", "why", "suggestion", "loses"),
        ("rule_id",),
        {"check": ("terms", "names", "evidence", "scripts"), "gravity": ("stop", "note")},
    ),
    Sheet(
        "wording_terms",
        ("rule_id", "language", "kind", "text"),
        ("rule_id", "language", "kind", "text"),
        {"kind": ("term", "pattern")},
        may_be_empty=("description",),
    ),
)

# Section of the rules -> its settings and what they must be.
RULES: Mapping[str, Mapping[str, tuple[type, ...]]] = {
    "no_answer": {"deputy_extra_pct": (int, float)},
    "veto": {"veto_days": (int,), "set_aside_by": (str,)},
    "self_approval": {"is_allowed": (bool,)},
    "screen": {"least_answers": (int,), "least_share_pct": (int, float)},
    "statement": {"longest_characters": (int,)},
    "records": {"keep_days": (int,)},
    "calendar": {"weekend": (list,), "closed_days": (list,)},
}
