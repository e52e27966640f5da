"""Cross-impacts of a workspace as a ScenarioWizard project (`.scw`), and back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from strategy_lib.core.errors import InputError, listing
from strategy_lib.inputs.matrix.labels import SHOWN
from strategy_lib.inputs.matrix.marks import MatrixState
from strategy_lib.methods.cross_impact import CrossImpactMatrix
from strategy_lib.methods.cross_impact.scenario_wizard import parse_scw, read_text
from strategy_lib.schema.text import loose_key

Record = dict[str, Any]
_CODE_LETTERS = 24


@dataclass(frozen=True)
class ImportedMatrix:
    """What a `.scw` file holds, as rows of our tables.

    Attributes
    ----------
    descriptors, states : tuple of dict
        Rows of `descriptors` and `descriptor_states`; empty where all are known already.
    cross_impacts : tuple of dict
        A row for every cell between two descriptors, and for self-influence that is not 0.
    """

    descriptors: tuple[Record, ...]
    states: tuple[Record, ...]
    cross_impacts: tuple[Record, ...]


def matrix_states(descriptors: pd.DataFrame, states: pd.DataFrame) -> list[MatrixState]:
    """States in the order of rows and columns: by the positions that were given, then by code.

    Parameters
    ----------
    descriptors, states : DataFrame
        Tables `descriptors` and `descriptor_states` (or their starting lists).

    Examples
    --------
    >>> descriptors = pd.DataFrame({"descriptor_id": ["b", "a"], "name": ["B", "A"],
    ...                             "position": [1, 2]})
    >>> states = pd.DataFrame({"state_id": ["a1", "b1"], "descriptor_id": ["a", "b"],
    ...                        "name": ["One", "Two"]})
    >>> [state.state_id for state in matrix_states(descriptors, states)]
    ['b1', 'a1']
    """
    names = dict(zip(descriptors["descriptor_id"], descriptors["name"], strict=True))
    order = {code: n for n, code in enumerate(_in_order(descriptors, "descriptor_id"))}
    by_code = states.set_index("state_id")
    codes = sorted(
        (code for code in _in_order(states, "state_id") if by_code["descriptor_id"][code] in order),
        key=lambda code: order[by_code["descriptor_id"][code]],
    )
    said = by_code["definition"] if "definition" in by_code else pd.Series("", index=by_code.index)
    return [
        MatrixState(
            state_id=str(code),
            name=str(by_code["name"][code]),
            descriptor_id=str(by_code["descriptor_id"][code]),
            descriptor=str(names[by_code["descriptor_id"][code]]),
            definition="" if pd.isna(said[code]) else str(said[code]),
        )
        for code in codes
    ]


def _in_order(frame: pd.DataFrame, key: str) -> list[str]:
    rows = frame.dropna(subset=[key]).drop_duplicates(key)
    place = rows["position"] if "position" in rows else pd.Series(pd.NA, index=rows.index)
    ordered = rows.assign(_place=place.astype("Float64").fillna(np.inf))
    return list(ordered.sort_values(["_place", key], kind="stable")[key])


def export_scw(
    path: str | Path,
    states: Sequence[MatrixState],
    judgements: Mapping[tuple[str, str], float],
) -> Path:
    """Write judgements as a ScenarioWizard 4 project.

    Parameters
    ----------
    states : sequence of MatrixState
        Those of one descriptor one after the other.
    judgements : mapping
        (source, target) -> judgement, for every two states of different descriptors.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    InputError
        A cell without a judgement (a project file holds no empty cell, and empty is not 0), names
        that are not unique, or judgements that are no whole numbers.
    """
    owner = {state.state_id: state.descriptor_id for state in states}
    open_cells = [
        f"{source} → {target}"
        for source in owner
        for target in owner
        if owner[source] != owner[target] and (source, target) not in judgements
    ]
    if open_cells:
        raise InputError(
            f"{len(open_cells):,} cells have no judgement: {listing(open_cells, SHOWN)}; a .scw file "
            "holds no empty cell, so judge them first or export the room's matrix"
        )
    values = [[judgements.get((source, target), 0) for target in owner] for source in owner]
    CrossImpactMatrix(_named(states), values).write_scw(path)
    return Path(path)


def _named(states: Sequence[MatrixState]) -> dict[str, list[str]]:
    """Descriptors and states by name; one that is there twice gets its code behind it."""
    made: dict[str, list[str]] = {}
    for code, group in groupby(states, key=lambda state: state.descriptor_id):
        own = list(group)
        name = _line(own[0].descriptor) or code
        names: list[str] = []
        for state in own:
            label = _line(state.name) or state.state_id
            names.append(label if label not in names else f"{label} ({state.state_id})")
        made[name if name not in made else f"{name} ({code})"] = names
    return made


def _line(text: str) -> str:
    return " ".join(text.split())


def import_scw(
    path: str | Path,
    assessor_id: str,
    states: Sequence[MatrixState] = (),
    round_number: int = 1,
) -> ImportedMatrix:
    """Read a ScenarioWizard 4 project as one assessor's judgements.

    Parameters
    ----------
    assessor_id : str
        Whose judgements they are.
    states : sequence of MatrixState
        What the workspace has already; names or codes of the file must be among these. Without
        any, the file's descriptors and states become rows, with codes made from their names.
    round_number : int
        1 or 2.

    Raises
    ------
    InputError
        As `CrossImpactMatrix.read_scw`; or names that the workspace does not have, all at once.
    """
    found, impacts = parse_scw(read_text(path), Path(path).name)
    descriptors: list[Record] = []
    listed: list[Record] = []
    if states:
        codes = _known_codes(found, states, Path(path).name)
    else:
        descriptors, listed, codes = _new_rows(found)
    flat = [(name, code) for name, own in codes.items() for code in own]
    rows = [
        {
            "assessor_id": assessor_id,
            "round": round_number,
            "source_state": source,
            "target_state": target,
            "impact": int(impacts[i, j]),
        }
        for i, (one, source) in enumerate(flat)
        for j, (other, target) in enumerate(flat)
        if one != other or impacts[i, j]
    ]
    return ImportedMatrix(tuple(descriptors), tuple(listed), tuple(rows))


def _known_codes(
    found: Mapping[str, Sequence[str]], states: Sequence[MatrixState], file: str
) -> dict[str, list[str]]:
    """Codes of the workspace for the names of the file."""
    known: dict[tuple[str, str], str] = {}
    for state in states:
        for descriptor in (state.descriptor, state.descriptor_id):
            for name in (state.name, state.state_id, f"{state.name} ({state.state_id})"):
                known[loose_key(descriptor), loose_key(name)] = state.state_id
    made = {
        name: [known.get((loose_key(name), loose_key(state)), "") for state in own]
        for name, own in found.items()
    }
    unknown = [
        f"{name}: {state}"
        for name, own in found.items()
        for state, code in zip(own, made[name], strict=True)
        if not code
    ]
    if unknown:
        raise InputError(
            f"{file}: {len(unknown)} states are not among the descriptors entered: "
            f"{listing(unknown, SHOWN)}; enter them first, or rename them in the file"
        )
    return made


def _new_rows(
    found: Mapping[str, Sequence[str]],
) -> tuple[list[Record], list[Record], dict[str, list[str]]]:
    descriptors: list[Record] = []
    states: list[Record] = []
    codes: dict[str, list[str]] = {}
    taken: set[str] = set()
    for place, (name, own) in enumerate(found.items(), 1):
        code = _code(name, taken)
        descriptors.append({"descriptor_id": code, "name": name, "position": place})
        codes[name] = []
        for number, state in enumerate(own, 1):
            state_id = _code(f"{code}_{state}", taken)
            codes[name].append(state_id)
            states.append(
                {"state_id": state_id, "descriptor_id": code, "name": state, "position": number}
            )
    return descriptors, states, codes


def _code(name: str, taken: set[str]) -> str:
    """A code made from a name, not used before; Chinese and other names get a number."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_CODE_LETTERS].strip("_") or "d"
    code, number = base, 1
    while code in taken:
        number += 1
        code = f"{base}_{number}"
    taken.add(code)
    return code


def judgements_of(rows: pd.DataFrame, assessor_id: str = "") -> dict[tuple[str, str], float]:
    """Judgements as (source, target) -> value, for a sheet or an export.

    Parameters
    ----------
    rows : DataFrame
        `cross_impacts`, of which the latest round of one assessor is taken; or the chapter's table
        `judgements`, which holds the room's values.
    assessor_id : str
        Whose judgements; needed where there is a column `assessor_id`.

    Examples
    --------
    >>> rows = pd.DataFrame({"source_state": ["a", "a"], "target_state": ["b", "b"],
    ...                      "assessor_id": "A01", "round": [1, 2], "impact": [3, -1]})
    >>> judgements_of(rows, "A01")
    {('a', 'b'): -1.0}
    """
    value = "impact" if "impact" in rows else "judgement"
    said = rows[rows[value].notna()]
    if "assessor_id" in said:
        said = said[said["assessor_id"] == assessor_id]
        said = said.assign(round=said["round"].fillna(1)).sort_values("round", kind="stable")
    pairs = zip(said["source_state"], said["target_state"], strict=True)
    return dict(zip(pairs, said[value].astype(float), strict=True))
