"""What a decision rested on, frozen as hashes: a later change of it shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from strategy_lib.protocol.case import Case, rows_of
from strategy_lib.protocol.reading import Protocol
from strategy_lib.schema.frames import PROVENANCE

# Table -> columns that may change after a decision without its ground changing.
FROZEN: Mapping[str, tuple[str, ...]] = {
    "cases": (),
    "case_evidence": (),
    "case_routes": (),
    "exposed_groups": (),
    "harm_ratings": (),
    "route_ratings": (),
    "silence_ratings": (),
    "mitigations": ("state",),
    "consultations": (),
    "sign_offs": (),
    "dissents": (),
    "dismissed_findings": (),
    "case_decisions": ("acted_at",),
}


def frozen_facts(case: Case, case_decision_id: str) -> dict[str, str]:
    """Hash of each table that a decision on a case rests on; the order of rows does not count.

    Parameters
    ----------
    case_decision_id : str
        The decision; of decisions only its own row is frozen, so that a later one may follow.
    """
    made = {}
    for table, free in FROZEN.items():
        frame = case[table]
        if table == "case_decisions":
            frame = frame[frame["case_decision_id"] == case_decision_id]
        kept = frame.drop(columns=[*free, *PROVENANCE], errors="ignore")
        rows = sorted(json.dumps(_plain(row), sort_keys=True) for row in rows_of(kept))
        made[table] = hash_text("\n".join(rows))
    return made


def frozen_protocol(protocol: Protocol) -> str:
    """Hash of every item and rule of a protocol."""
    sheets = {name: list(map(_plain, rows_of(frame))) for name, frame in protocol.sheets.items()}
    rules = json.loads(json.dumps(protocol.rules, default=str))
    return hash_text(json.dumps({"sheets": sheets, "rules": rules}, sort_keys=True))


def hash_text(text: str) -> str:
    """SHA-256 of a text.

    Examples
    --------
    >>> hash_text("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(row: Mapping[str, Any]) -> dict[str, str]:
    """A row without its empty cells, as texts: a new empty column changes nothing."""
    made = {}
    for name, value in row.items():
        if isinstance(value, (tuple, list)):
            made[name] = ";".join(map(str, value))
        elif value is not None and not pd.isna(value) and str(value) != "":
            made[name] = str(value)
    return {name: value for name, value in made.items() if value}
