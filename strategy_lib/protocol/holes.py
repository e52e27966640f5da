"""Holes that no single cell shows: a role that nobody defined, a step without its one decider."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from strategy_lib.core.errors import InputError
from strategy_lib.core.settings import LANGUAGES
from strategy_lib.methods.harm.screening import Tolerance
from strategy_lib.protocol.files import Hole, Row, not_one_of
from strategy_lib.protocol.layout import RULES_FILE, SHEETS
from strategy_lib.schema.schema import code_list

Rows = Mapping[str, list[Row]]
# Column that names a role, by file.
_ROLES = (
    ("tolerances", "accepting_role"),
    ("roles", "deputy"),
    ("raci", "role"),
    ("aftercare", "role"),
    ("pressure", "role"),
)
DECISION = "decision"
_LANGUAGES = (*LANGUAGES, "any")


def holes_between(rows: Rows, rules: Mapping[str, Any]) -> list[Hole]:
    """Holes that show only when files are read together."""
    return [
        *_uncovered(rows),
        *_roles(rows, rules),
        *_raci(rows),
        *_tolerances(rows),
        *_evidence(rows),
        *_ladder(rows),
        *_clocks(rows),
        *_consultations(rows),
        *_wording(rows),
    ]


def _column(rows: Rows, sheet: str, column: str) -> list[str]:
    return [row[column] for row in rows[sheet]]


def _not_in(file: str, item: str, column: str, found: str, what: str, known: Sequence[str]) -> Hole:
    """That a cell names a role or a step that its own file does not have."""
    allowed = ", ".join(known)
    message = f'found "{found}"; no such {what} in {what}s.csv, which has {allowed}'
    return Hole(file, item, column, message, found, allowed)


def _uncovered(rows: Rows) -> Iterator[Hole]:
    for sheet in SHEETS:
        if not sheet.covers:
            continue
        known, listed = code_list(sheet.covers).values, _column(rows, sheet.name, sheet.key[0])
        for code in known:
            if code not in listed:
                yield Hole(sheet.file, code, "", "has no item; forms offer this code")
        for code in listed:
            if code and code not in known:
                yield not_one_of(sheet.file, code, sheet.key[0], code, known)


def _roles(rows: Rows, rules: Mapping[str, Any]) -> Iterator[Hole]:
    known = _column(rows, "roles", "role")
    named = [
        (f"{sheet}.csv", next(iter(row.values())), column, row[column])
        for sheet, column in _ROLES
        for row in rows[sheet]
    ]
    who = [r for r in rows["consultations"] if r["party"] != "office_kind"]
    named += [("consultations.csv", row["consultation"], "who", row["who"]) for row in who]
    veto = rules.get("veto")
    if isinstance(veto, dict):
        named += [(RULES_FILE, "veto", "set_aside_by", str(veto.get("set_aside_by", "")))]
    for file, item, column, role in named:
        if role and role not in known:
            yield _not_in(file, item, column, role, "role", known)
    for row in rows["roles"]:
        role = row["role"]
        if role and row["deputy"] == role:
            yield Hole("roles.csv", role, "deputy", "is its own deputy", role, "another role")


def _raci(rows: Rows) -> Iterator[Hole]:
    steps = _column(rows, "steps", "step")
    if DECISION not in steps:
        yield Hole("steps.csv", DECISION, "", "is missing; one step must be the decision")
    for row in rows["raci"]:
        if row["step"] and row["step"] not in steps:
            yield _not_in("raci.csv", row["step"], "step", row["step"], "step", steps)
    for step in steps:
        letters = [row["letter"] for row in rows["raci"] if row["step"] == step]
        if letters.count("A") != 1:
            message = f"{letters.count('A')} roles are accountable (A); exactly one must be"
            yield Hole("raci.csv", step, "letter", message)
        if "R" not in letters:
            yield Hole("raci.csv", step, "letter", "no role is responsible (R)")


def _tolerances(rows: Rows) -> Iterator[Hole]:
    for row in rows["tolerances"]:
        numbers = [row[n] for n in ("acceptance_from", "likely_acceptance_from", "likely_from")]
        if not all(cell.isdigit() for cell in numbers):
            continue
        line, where = row["red_line_from"], ("tolerances.csv", row["kind"])
        try:
            high, low, likely = map(int, numbers)
            Tolerance(row["kind"], high, low, int(line) if line.isdigit() else None, likely)
        except InputError as error:
            yield Hole(*where, "", str(error))
        if row["is_about_people"] == "yes" and not line:
            yield Hole(*where, "red_line_from", "is empty; harm to people needs a red line")
        if row["acceptance_days"] == "0":
            message = "is 0; an acceptance must have an end and last for a while"
            yield Hole(*where, "acceptance_days", message)


def _evidence(rows: Rows) -> Iterator[Hole]:
    routes = _column(rows, "routes", "route")
    for row in rows["evidence_grades"]:
        found = row["most_public_route"]
        if found and found not in routes:
            where = ("evidence_grades.csv", row["grade"], "most_public_route")
            yield not_one_of(*where, found, routes)


def _ladder(rows: Rows) -> Iterator[Hole]:
    if all(row["is_act"] != "no" for row in rows["routes"]):
        yield Hole("routes.csv", "", "is_act", "no route is holding back; silence must be listed")
    if all(row["is_act"] != "yes" for row in rows["routes"]):
        yield Hole("routes.csv", "", "is_act", "no route is an act")
    for row in rows["routes"]:
        if row["reversibility"].isdigit() and int(row["reversibility"]) > 4:
            message = f'found "{row["reversibility"]}"; use 0 to 4'
            yield Hole("routes.csv", row["route"], "reversibility", message)


def _clocks(rows: Rows) -> Iterator[Hole]:
    for row in rows["urgency"]:
        for clock in ("consult", "sign_off", "decide"):
            if row[clock] in ("0", "0.0"):
                yield Hole("urgency.csv", row["urgency"], clock, "is 0; a clock needs time")
            elif row["counting"] == "working_days" and not row[clock].isdigit() and row[clock]:
                message = f'found "{row[clock]}"; use whole working days'
                yield Hole("urgency.csv", row["urgency"], clock, message)


def _consultations(rows: Rows) -> Iterator[Hole]:
    known, offices = code_list("consequence_kind").values, code_list("unit_kind").values
    if all(row["party"] != "exposed_office" for row in rows["consultations"]):
        yield Hole("consultations.csv", "", "party", "nobody asks the offices that are exposed")
    for row in rows["consultations"]:
        item, kinds = row["consultation"], row["kinds"].split(";") if row["kinds"] else []
        if row["applies_when"] == "kinds" and not kinds:
            yield Hole("consultations.csv", item, "kinds", "is empty; name kinds of consequence")
        for kind in kinds:
            if kind not in known:
                yield not_one_of("consultations.csv", item, "kinds", kind, known)
        if row["party"] == "office_kind" and row["who"] not in offices:
            yield not_one_of("consultations.csv", item, "who", row["who"], offices)


def _wording(rows: Rows) -> Iterator[Hole]:
    rules = _column(rows, "wording_rules", "rule_id")
    for row in rows["wording_terms"]:
        where = ("wording_terms.csv", row["rule_id"])
        if row["rule_id"] not in rules:
            yield Hole(*where, "rule_id", f'found "{row["rule_id"]}"; no such rule')
        if row["language"] not in _LANGUAGES:
            allowed = ", ".join(_LANGUAGES)
            yield Hole(*where, "language", f'found "{row["language"]}"; use one of {allowed}')
        if row["kind"] == "pattern":
            try:
                re.compile(row["text"])
            except re.error as error:
                yield Hole(*where, "text", f'"{row["text"]}" is no pattern: {error}')
    with_terms = set(_column(rows, "wording_terms", "rule_id"))
    for row in rows["wording_rules"]:
        if row["check"] == "terms" and row["rule_id"] not in with_terms:
            yield Hole("wording_rules.csv", row["rule_id"], "", "has no term in wording_terms.csv")
