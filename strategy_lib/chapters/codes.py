"""Codes that one chapter saves and another compares; their labels stand in `data/codes/`."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """Where an option stands against a red line: `red_line_verdict`."""

    BEYOND = "beyond"
    DISPUTED = "disputed"
    NOT_SCORED = "not_scored"
    TOO_FEW = "too_few"
    WITHIN = "within"


class Compared(StrEnum):
    """Whether an option for a presence is compared with the others, and if not why."""

    YES = "compared"
    BEYOND = "beyond"
    CLOSED = "closed"
    NOT_SCORED = "not_scored"


class RouteState(StrEnum):
    """What is known of the law of a route: `route_state`."""

    NONE_NEEDED = "none_needed"
    NOT_LISTED = "not_listed"
    NOT_KNOWN = "not_known"
    CLOSED = "closed"
    OPEN = "open"
    LAPSED = "lapsed"
    LAW_CHANGED = "law_changed"


class TermState(StrEnum):
    """Whether a trigger is seen, or a term in place: `term_state`."""

    NOT_SEEN = "not_seen"
    SEEN = "seen"
    IN_PLACE = "in_place"
    MISSING = "missing"
    NOT_CHECKED = "not_checked"


class HarmStage(StrEnum):
    """Whether measures of protection are counted: `harm_stage`."""

    BEFORE = "before"
    AFTER = "after"


class HarmClass(StrEnum):
    """What the tolerance asks of a harm to people, the mildest first: `harm_class`."""

    WITHIN = "within"
    ACCEPTANCE = "acceptance"
    NOT_READY = "not_ready"
    NOT_PERMITTED = "not_permitted"


class CaseStage(StrEnum):
    """How far a case of public speech is, in order: `case_state`."""

    DRAFT = "draft"
    COMPLETE = "complete"
    CONSULTED = "consulted"
    READY = "ready_to_decide"
    DECIDED = "decided"
    AFTERCARE = "aftercare"
    CLOSED = "closed"


class Contradiction(StrEnum):
    """What contradicts each other in rules for information: `flow_contradiction`."""

    DONE_AGAINST = "done_against"
    OPEN_STRICTER = "open_stricter"
    RULES_DIFFER = "rules_differ"
    DONE_UNDECIDED = "done_undecided"
    UNNAMED = "safeguard_unnamed"


class OptionKind(StrEnum):
    """How an option fares across scenarios: `option_kind`."""

    NO_REGRET = "no_regret"
    HEDGE = "hedge"
    BET = "bet"
    NEITHER = "neither"
    NOT_KNOWN = "not_known"


class Direction(StrEnum):
    """Which end of a scale is better: `direction`."""

    HIGHER = "higher_is_better"
    LOWER = "lower_is_better"


class Answer(StrEnum):
    """What is counted or found, so that it is never unknown: `yes_no`."""

    YES = "yes"
    NO = "no"
