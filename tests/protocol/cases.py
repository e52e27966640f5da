"""Cases for tests: the example's own, and small ones that can be checked by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from strategy_lib.protocol.case import TABLES
from strategy_lib.schema.frames import typed_frame
from strategy_lib.schema.schema import schemas, table_schema
from tools.example_content.records import FOLDER, content, rows_of, typed

YEAR = 2026
UNITS = [
    {
        "unit_id": "hq",
        "name": "International office",
        "kind": "international_office",
        "country_code": "CH",
    },
    {"unit_id": "ke", "name": "Kenya office", "kind": "country_office", "country_code": "KE"},
]
ASSESSORS = [{"assessor_id": code, "unit_id": "hq"} for code in ("A1", "A2", "A3")]
T = "2026-10-05 09:00 Z"
LATER = "2026-10-06 09:00 Z"


def frames_of(records: Mapping[str, list[dict[str, Any]]]) -> dict[str, pd.DataFrame]:
    """Tables of the area, of offices and of assessors."""
    names = (*TABLES, "units", "assessors")
    given = {"units": UNITS, "assessors": ASSESSORS, **records}
    return {name: typed_frame(table_schema(name), given.get(name, [])) for name in names}


def example_records() -> dict[str, list[dict[str, Any]]]:
    """The example's records of every table of the area, of offices and of assessors."""
    made = {
        path.stem: typed(path.stem, rows_of(path, YEAR))
        for path in sorted((FOLDER / "speaking_out").glob("*.csv"))
    }
    made["units"] = content(YEAR)["units"]
    path = FOLDER / "prepare" / "assessors.csv"
    made["assessors"] = typed("assessors", rows_of(path, YEAR))
    return made


def example_frames() -> dict[str, pd.DataFrame]:
    """The example as tables; every other table is empty."""
    made = {name: typed_frame(schema, []) for name, schema in schemas().items()}
    return made | frames_of(example_records())


def rating(
    who: str,
    scale: int | None,
    *,
    group: str = "G1",
    route: str = "R1",
    stage: str = "before",
    **more: Any,
) -> dict[str, Any]:
    """One rating; without a scale it is a row that nobody filled in."""
    row: dict[str, Any] = {"assessor_id": who, "group_id": group, "route_id": route, "stage": stage}
    if scale is not None:
        row |= {"scale": scale, "scope": 1, "irremediability": 1, "likelihood": 1}
    return row | more


def small_case(**changes: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """A case that is ready to decide, as records; a table given here takes the place of its own."""
    records: dict[str, list[dict[str, Any]]] = {
        "cases": [whole_case()],
        "case_evidence": [
            {
                "evidence_id": "E1",
                "case_id": "K1",
                "claim": "Forty have left",
                "passage": "Forty families have left",
                "grade": "A",
                "source_consent": "given",
            }
        ],
        "case_routes": [
            {"route_id": "R0", "case_id": "K1", "route": "hold"},
            {"route_id": "R1", "case_id": "K1", "route": "private"},
        ],
        "exposed_groups": [
            {
                "group_id": "G1",
                "case_id": "K1",
                "unit_id": "ke",
                "group_kind": "community",
                "kind": "livelihood",
            }
        ],
        "harm_ratings": [rating("A1", 1), rating("A2", 1)],
        "silence_ratings": [
            {"assessor_id": who, "case_id": "K1", "affected": "people_concerned", "severity": 3}
            for who in ("A1", "A2")
        ],
        "consultations": [
            asked("ke", "office_director", answered_at=LATER, answer="no_objection"),
            asked("", "safety_lead", answered_at=LATER, answer="no_objection"),
        ],
        "sign_offs": [
            signed("evidence", "policy_lead"),
            signed("safety", "safety_lead"),
            signed("wording", "communications_lead"),
        ],
    }
    return records | changes


def whole_case(**more: Any) -> dict[str, Any]:
    """The row of a case in which nothing is missing."""
    return {
        "case_id": "K1",
        "title": "Families at a road",
        "words": "Forty families have left.",
        "language": "en",
        "channel": "Letter",
        "urgency": "standard",
        "submitted_at": T,
        "asked_at": T,
        "needed_at": "2026-11-30 09:00 Z",
        "proposer_role": "coordinator",
        "whose_decision": "The county",
        "change_wanted": "A plan",
        "why_public": "Letters failed",
    } | more


def asked(unit: str, role: str, **more: Any) -> dict[str, Any]:
    """One question put to an office or role."""
    return {"case_id": "K1", "unit_id": unit or None, "role": role, "asked_at": T} | more


def signed(step: str, role: str, **more: Any) -> dict[str, Any]:
    """One step signed off."""
    row = {"sign_off_id": f"S-{step}", "case_id": "K1", "kind": "sign_off", "step": step}
    row |= {"role": role, "asked_at": T, "answered_at": LATER, "answer": "agreed"}
    return row | more
