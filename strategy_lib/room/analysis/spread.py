"""What the room sees of a closed round: sorted values without codes, and where it is apart.

Made in a process of its own, on what the core edition may see. Who stands at an end goes to the
room's process alone, which tells those two, on their own phones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from strategy_lib.editions.restrict import Restricted
from strategy_lib.judgements.matrix import ScoreMatrix, score_matrix_of
from strategy_lib.judgements.receipts import VALUES, items_of
from strategy_lib.room.questions.blocks import Block, Question
from strategy_lib.widgets.session import within

FEWEST_SHOWN = 3
# Middle half of a question on a scale of ten from which it is contested; in proportion elsewhere.
APART = 3
_TEN = 10
_ENDS = {"swing_weights": (0, 100), "cross_impacts": (-3, 3)}
_FOUR = ("harm_ratings", "readiness", "route_ratings")
# Rows by person: of one round, and of the one before.
_Answers = tuple[pd.DataFrame, pd.DataFrame]


def spreads_of(
    inputs: Restricted, block: Block, asked: list[str], rounds: Mapping[str, int]
) -> dict[str, Any]:
    """Spread of each question, those furthest apart, and what is contested.

    Parameters
    ----------
    inputs : Restricted
        Core edition, with what was entered in closed rounds.
    asked : list of str
        Questions that were asked.
    rounds : mapping of str to int
        Table -> round that was closed.

    Returns
    -------
    dict
        `spread`: question -> what every page may show; `ends`: parts on which people differ, with
        the codes of the two furthest apart, for the room's own process.
    """
    tables = {table: _answers(inputs, table, number) for table, number in rounds.items()}
    red_lines, leads = _red_lines(inputs), _Leads(inputs)
    spread: dict[str, Any] = {}
    ends: list[dict[str, Any]] = []
    for question in block.questions:
        if question.id not in asked or question.table not in tables:
            continue
        whole, found = _spread(question, tables[question.table], rounds[question.table])
        line = red_lines.get(question.keys[0].get("criterion_id", ""))
        if question.kind == "scale" and question.table == "scores" and whole["middle"] is not None:
            whole |= {"red_line": line}
            whole["contested"] += ["red_line"] if _is_across(whole, line) else []
            whole["contested"] += ["leader"] if leads.may_change(question, whole) else []
        spread[question.id] = whole
        ends += found
    ends.sort(key=lambda end: (-end["apart"], end["question"], end["part"] or ""))
    return {"spread": spread, "ends": ends}


def _answers(inputs: Restricted, table: str, number: int) -> _Answers:
    frame = inputs[table]
    rows = frame[frame["assessor_id"].notna()].assign(round=frame["round"].fillna(1))
    order = rows.sort_values(["assessor_id", "round"], kind="stable")
    keys = ["assessor_id", *items_of(table)]
    now = order[order["round"] <= number].drop_duplicates(keys, keep="last")
    return now, order[order["round"] < number].drop_duplicates(keys, keep="last")


def _spread(
    question: Question, answers: _Answers, number: int
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Spread of one question, and the ends of its parts."""
    told: dict[str, Any] = {"answered": 0, "cannot": 0}
    ends: list[dict[str, Any]] = []
    parts: dict[str, dict[str, Any]] = {}
    people: dict[str, bool] = {}
    for part, key, value in _parts(question):
        rows, earlier = (within(frame, (key,)) for frame in answers)
        for code, is_said in zip(rows["assessor_id"], rows[value].notna(), strict=True):
            people[code] = people.get(code, False) or bool(is_said)
        one, end = _one(question, rows, earlier if number > 1 else None, value)
        parts[part] = one
        if end:
            ends.append({"question": question.id, "part": part or None, "label": "", **end})
    told["answered"] = sum(people.values())
    told["cannot"] = len(people) - told["answered"]
    if question.kind == "scale":
        return parts[""] | told, ends
    group = {"order": "items", "influence": "cells", "lists": "lists"}[question.kind]
    contested = sorted({reason for one in parts.values() for reason in one["contested"]})
    return told | {group: parts, "contested": contested}, ends


def _parts(question: Question) -> Iterator[tuple[str, Mapping[str, str], str]]:
    """Part, key of its rows, and the field that is judged."""
    if question.kind == "lists":
        for name in VALUES[question.table]:
            yield name, question.keys[0], name
        return
    value = {"scale": "best", "order": "points", "influence": "impact"}[question.kind]
    for key in question.keys:
        name = "" if question.kind == "scale" else ">".join(key.values())
        yield name, key, value


def _one(
    question: Question, rows: pd.DataFrame, earlier: pd.DataFrame | None, value: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    said = rows[rows[value].notna()].sort_values([value, "assessor_id"], kind="stable")
    middle = said[value].to_numpy(dtype=float)
    told: dict[str, Any] = {"answered": len(said), "cannot": len(rows) - len(said)}
    told |= dict.fromkeys(("values", "middle", "quarters", "lowest", "highest", "before", "moved"))
    told |= {"red_line": None, "contested": []}
    if len(said) < FEWEST_SHOWN:
        return told, {}
    quarters = np.quantile(middle, [0.25, 0.75])
    told |= {
        "values": _triples(said, value),
        "middle": _number(float(np.median(middle))),
        "quarters": [_number(float(q)) for q in quarters],
        "lowest": _number(middle[0]),
        "highest": _number(middle[-1]),
    }
    if earlier is not None:
        told |= _movement(said, earlier, value)
    low, high = _scale(question)
    if (quarters[1] - quarters[0]) * _TEN >= APART * (high - low):
        told["contested"] = ["apart"]
    if middle[0] == middle[-1]:
        return told, {}
    return told, {
        "lowest": _number(middle[0]),
        "highest": _number(middle[-1]),
        "low_by": str(said["assessor_id"].iloc[0]),
        "high_by": str(said["assessor_id"].iloc[-1]),
        "apart": float((middle[-1] - middle[0]) / (high - low)),
    }


def _triples(said: pd.DataFrame, value: str) -> list[list[float | None]]:
    if value != "best":
        return [[_number(v)] * 3 for v in said[value].to_numpy(dtype=float)]
    best = said["best"].astype(float)
    low, high = (said[name].astype(float).fillna(best) for name in ("low", "high"))
    return [[_number(v) for v in three] for three in zip(low, best, high, strict=True)]


def _movement(said: pd.DataFrame, earlier: pd.DataFrame, value: str) -> dict[str, Any]:
    known = earlier.set_index("assessor_id")[value]
    before = [known.get(code) for code in said["assessor_id"]]
    was = [None if v is None or pd.isna(v) else _number(float(v)) for v in before]
    now = [_number(v) for v in said[value].to_numpy(dtype=float)]
    moved = sum(b is not None and b != n for b, n in zip(was, now, strict=True))
    return {"before": was, "moved": moved}


def _number(value: float) -> float | int:
    value = round(float(value), 3)
    return int(value) if value.is_integer() else value


def _scale(question: Question) -> tuple[int, int]:
    if question.table in _ENDS:
        return _ENDS[question.table]
    return (0, 4) if question.table in _FOUR else (0, 10)


def _red_lines(inputs: Restricted) -> dict[str, dict[str, Any]]:
    found = {}
    for row in inputs["criteria"].dropna(subset=["criterion_id"]).to_dict("records"):
        line = row.get("red_line")
        if line is not None and not pd.isna(line):
            worse = "high" if row.get("direction") == "lower_is_better" else "low"
            whose = row.get("red_line_whose")
            whose = whose if isinstance(whose, str) else ""
            code = str(row["criterion_id"])
            found[code] = {"at": _number(line), "whose": whose, "worse": worse}
    return found


def _is_across(told: Mapping[str, Any], line: Mapping[str, Any] | None) -> bool:
    """Whether somebody stands on the worse side of a red line, and somebody not."""
    if line is None:
        return False
    low, high, at = told["lowest"], told["highest"], line["at"]
    return bool(low < at <= high) if line["worse"] == "low" else bool(low <= at < high)


class _Leads:
    """Which option leads with the middle of all answers, and with one score at either end."""

    def __init__(self, inputs: Restricted) -> None:
        matrix = score_matrix_of(inputs)
        self.options = {str(c): i for i, c in enumerate(matrix.options["option_id"])}
        self.criteria = {str(c): i for i, c in enumerate(matrix.criteria["criterion_id"])}
        self.is_less = (matrix.criteria["direction"] == "lower_is_better").to_numpy(dtype=bool)
        self.middle = _medians(matrix.best)
        self.weights = _weights(matrix)

    def may_change(self, question: Question, told: Mapping[str, Any]) -> bool:
        """Whether the lowest or the highest answer would let another option lead."""
        key = question.keys[0]
        option = self.options.get(key["option_id"])
        criterion = self.criteria.get(key["criterion_id"])
        if option is None or criterion is None:
            return False
        leaders = set()
        for value in (told["middle"], told["lowest"], told["highest"]):
            middle = self.middle.copy()
            middle[option, criterion] = value
            leaders.add(self._leader(middle))
        return len(leaders) > 1

    def _leader(self, middle: np.ndarray[Any, Any]) -> int:
        better = np.where(self.is_less, _TEN - middle, middle)
        known = ~np.isnan(better)
        weights = np.where(known, self.weights, 0)
        totals = weights.sum(axis=1)
        value = np.full(len(better), -np.inf)
        np.divide((np.nan_to_num(better) * weights).sum(axis=1), totals, value, where=totals > 0)
        return int(np.argmax(value)) if len(value) else -1


def _medians(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    middle = np.full(values.shape[1:], np.nan)
    known = ~np.isnan(values).all(axis=0) if len(values) else np.zeros(middle.shape, dtype=bool)
    middle[known] = np.nanmedian(values[:, known], axis=0)
    return middle


def _weights(matrix: ScoreMatrix) -> np.ndarray[Any, Any]:
    """Middle of the points of each criterion; the same for all where nobody weighed."""
    points = _medians(matrix.points)
    return np.ones(len(points)) if np.isnan(points).all() else np.nan_to_num(points)
