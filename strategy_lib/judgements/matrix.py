"""Who judged what about which option: scores and weights as arrays, the latest round of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.editions.people import enough
from strategy_lib.editions.restrict import Restricted
from strategy_lib.methods.multicriteria import Scale

Array = npt.NDArray[np.float64]
LOWEST, HIGHEST = 0.0, 10.0
POINTS = ["low", "best", "high"]


@dataclass(frozen=True, eq=False)
class ScoreMatrix:
    """Judgements of one edition, ready for the methods.

    Attributes
    ----------
    options, criteria : DataFrame
        The lists, in the order of their codes.
    assessors : DataFrame
        `assessor_id`, `unit_id`, `unit` (its name): those who scored or weighed anything.
    low, best, high : array, assessors x options x criteria
        Latest scores, 0 to 10 on the criterion's own scale; NaN where there is no answer, and for
        all where fewer than `fewest` people scored.
    points : array, assessors x criteria
        Latest swing points, 0 to 100; NaN as in the scores.
    fewest : int
        How many people at least stand behind a number that is shown of some of them.
    """

    options: pd.DataFrame
    criteria: pd.DataFrame
    assessors: pd.DataFrame
    low: Array
    best: Array
    high: Array
    points: Array
    fewest: int = 1

    @property
    def scales(self) -> list[Scale]:
        """Scale of each criterion."""
        named = zip(self.criteria["name"], self.criteria["direction"], strict=True)
        return [
            Scale(LOWEST, HIGHEST, "min" if way == "lower_is_better" else "max", str(name))
            for name, way in named
        ]

    @property
    def names(self) -> list[str]:
        """Names of the options."""
        return [str(name) for name in self.options["name"]]

    @property
    def has_scores(self) -> bool:
        """Whether anybody scored any option."""
        return bool((~np.isnan(self.best)).any())

    def scored_by_anybody(self) -> npt.NDArray[np.bool_]:
        """Which options somebody scored."""
        return np.asarray((~np.isnan(self.best)).any(axis=(0, 2)))

    def with_options(self, keep: npt.NDArray[np.bool_]) -> ScoreMatrix:
        """The same room with some of the options."""
        return replace(
            self,
            options=self.options[keep].reset_index(drop=True),
            low=self.low[:, keep],
            best=self.best[:, keep],
            high=self.high[:, keep],
        )

    def with_assessors(self, positions: npt.NDArray[np.intp]) -> ScoreMatrix:
        """The same room with some of the assessors."""
        return replace(
            self,
            assessors=self.assessors.iloc[positions].reset_index(drop=True),
            low=self.low[positions],
            best=self.best[positions],
            high=self.high[positions],
            points=self.points[positions],
        )


def score_matrix_of(inputs: Restricted) -> ScoreMatrix:
    """Judgements of an edition; nobody's, where fewer people scored than stand behind a number."""
    options = _listed(inputs["presence_options"], "option_id")
    criteria = _listed(inputs["criteria"], "criterion_id")
    scores = latest(inputs["scores"], ["option_id", "criterion_id"], "best")
    weights = latest(inputs["swing_weights"], ["criterion_id"], "points")
    if scores["assessor_id"].nunique() < inputs.edition.fewest_people:
        scores, weights = scores.iloc[:0], weights.iloc[:0]
    assessors = _assessors(inputs, scores, weights)
    who, what = assessors["assessor_id"], options["option_id"]
    judged = {"assessor_id": who, "option_id": what, "criterion_id": criteria["criterion_id"]}
    weighed = {"assessor_id": who, "criterion_id": criteria["criterion_id"]}
    arrays = [answers_array(scores, judged, name) for name in POINTS]
    points = answers_array(weights, weighed, "points")
    fewest = inputs.edition.fewest_people
    too_few = ~enough((~np.isnan(arrays[1])).sum(axis=0), fewest)
    for array in arrays:
        array[:, too_few] = np.nan
    points[:, ~enough((~np.isnan(points)).sum(axis=0), fewest)] = np.nan
    low, best, high = arrays
    return ScoreMatrix(options, criteria, assessors, low, best, high, points, fewest)


def latest(
    rows: pd.DataFrame, keys: list[str], value: str, round_number: int | None = None
) -> pd.DataFrame:
    """Answers of each assessor, the one of the last round where there are two."""
    answered = rows[rows[value].notna() & rows["assessor_id"].notna()].copy()
    answered["round"] = answered["round"].fillna(1)
    if round_number is not None:
        answered = answered[answered["round"] <= round_number]
    answered = answered.sort_values(["assessor_id", *keys, "round"], kind="stable")
    return answered.drop_duplicates(["assessor_id", *keys], keep="last").reset_index(drop=True)


def answers_array(rows: pd.DataFrame, axes: Mapping[str, Collection[str]], value: str) -> Array:
    """Answers as an array; NaN where there is none, and nothing of what is on no axis.

    Parameters
    ----------
    axes : mapping of str to collection of str
        Column -> its codes along the axis, in the order of the array's axes.
    """
    places = [rows[name].map({c: n for n, c in enumerate(codes)}) for name, codes in axes.items()]
    known = pd.concat(places, axis=1).notna().all(axis=1)
    made = np.full([len(codes) for codes in axes.values()], np.nan)
    cells = tuple(place[known].to_numpy(dtype=np.intp) for place in places)
    made[cells] = rows.loc[known, value].to_numpy(dtype=float, na_value=np.nan)
    return made


def _listed(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    return frame.dropna(subset=[key]).sort_values(key, key=_natural).reset_index(drop=True)


def _natural(codes: pd.Series[str]) -> pd.Series[str]:
    """Codes with numbers padded, so that P10 comes behind P9."""
    return codes.astype(str).str.replace(r"\d+", lambda m: m.group().zfill(8), regex=True)


def _assessors(inputs: Restricted, scores: pd.DataFrame, weights: pd.DataFrame) -> pd.DataFrame:
    answered = pd.concat([scores["assessor_id"], weights["assessor_id"]]).drop_duplicates()
    listed = inputs["assessors"].set_index("assessor_id")
    units = inputs["units"].set_index("unit_id")["name"]
    frame = pd.DataFrame({"assessor_id": sorted(answered)})
    unit = listed["unit_id"] if "unit_id" in listed else pd.Series(dtype="str")
    frame["unit_id"] = frame["assessor_id"].map(unit).astype("str")
    named = frame["unit_id"].map(units)
    frame["unit"] = named.fillna(frame["unit_id"]).fillna("not said").astype("str")
    return frame
