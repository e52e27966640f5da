"""Who judged which influence: the room's matrix, one for each assessor, and what nobody judged."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.editions.people import enough, taken_together
from strategy_lib.editions.restrict import Restricted
from strategy_lib.judgements.drivers import System, column_of, system_of
from strategy_lib.judgements.matrix import Array, answers_array, latest
from strategy_lib.methods.cross_impact import CrossImpactMatrix, JudgementScaleWarning
from strategy_lib.methods.cross_impact.input import SCALE
from strategy_lib.schema.reference import reference

Cell = ["source_state", "target_state"]


@dataclass(frozen=True, eq=False)
class InfluenceMatrix:
    """Judgements of influence of one edition, ready for the methods.

    The room's value of a cell is the middle (median) of what people said; where that lies between
    two whole numbers, the weaker one. Where nobody judged, the starting matrix stands in, and is
    counted. Where an assessor left a cell open, the room's value stands in.

    Attributes
    ----------
    system : System
        Descriptors that the matrix covers.
    assessors : tuple of str
        Codes of those who judged any cell.
    given : array, assessors x states x states
        What each one said, latest round; NaN where there is no answer, and for all where fewer than
        `fewest` people judged.
    answered : array of bool, assessors x states x states
        Which cells each one judged.
    matrix : CrossImpactMatrix, optional
        The room's; None where no two descriptors are left.
    is_judged : array of bool, states x states
        Cells in which the room's value is people's own.
    uncovered : tuple of str
        Names of descriptors left out: neither anybody nor the starting matrix says what acts there.
    beyond : int
        Judgements outside -3 to 3, which are used as given.
    fewest : int
        How many people at least stand behind a number that is shown.
    """

    system: System
    assessors: tuple[str, ...]
    given: Array
    answered: npt.NDArray[np.bool_]
    matrix: CrossImpactMatrix | None
    is_judged: npt.NDArray[np.bool_]
    uncovered: tuple[str, ...] = ()
    beyond: int = 0
    fewest: int = 1

    @cached_property
    def rows(self) -> dict[str, int]:
        """Code of a state -> its row."""
        return {str(code): row for row, code in enumerate(self.system.states["state_id"])}

    @cached_property
    def others(self) -> npt.NDArray[np.bool_]:
        """Cells between different descriptors: those that are asked for."""
        owner = self.system.states["descriptor_id"].to_numpy(dtype=object)
        return np.asarray(owner[:, None] != owner, dtype=bool)

    @cached_property
    def by_assessor(self) -> dict[str, CrossImpactMatrix]:
        """Matrix of each assessor, the room's values where there is no answer."""
        if self.matrix is None:
            return {}
        return {
            code: _matrix(self.system, np.where(np.isnan(own), self.matrix.impacts, own))
            for code, own in zip(self.assessors, self.given, strict=True)
        }


def influences_of(inputs: Restricted) -> InfluenceMatrix:
    """Judgements of an edition.

    A cell that fewer people judged than must stand behind a number counts as not judged, and with
    fewer people in all nobody's judgements are used: the starting matrix stands alone.
    """
    system = system_of(inputs)
    said = _latest(inputs["cross_impacts"], system)
    fewest = inputs.edition.fewest_people
    if said["assessor_id"].nunique() < fewest:
        said = said.iloc[:0]
    people = tuple(sorted(said["assessor_id"].unique()))
    states = system.states["state_id"]
    axes = {"assessor_id": people, "source_state": states, "target_state": states}
    given = answers_array(said, axes, "impact")
    has_judged = ~np.isnan(given)
    given[:, ~enough(has_judged.sum(axis=0), fewest)] = np.nan
    middle = _middle(given)
    values = np.where(np.isnan(middle), _starting(system), middle)
    keep = _covered(system, values)
    rows = np.flatnonzero(system.states["descriptor_id"].isin(list(keep)).to_numpy())
    gone = [code for code in system.descriptors["descriptor_id"] if code not in keep]
    names = dict(zip(system.descriptors["descriptor_id"], system.descriptors["name"], strict=True))
    left = system.without([column_of(code) for code in gone])
    grid = np.ix_(rows, rows)
    matrix = _matrix(left, values[grid]) if len(left.keys) > 1 else None
    inner, answered = given[:, rows][:, :, rows], has_judged[:, rows][:, :, rows]
    return InfluenceMatrix(
        system=left,
        assessors=people,
        given=inner,
        answered=answered,
        matrix=matrix,
        is_judged=~np.isnan(middle[grid]),
        uncovered=tuple(str(names[code]) for code in gone),
        beyond=int((np.abs(np.nan_to_num(inner)) > SCALE).sum()),
        fewest=fewest,
    )


def _latest(rows: pd.DataFrame, system: System) -> pd.DataFrame:
    """Answers about states that are listed; of two rounds the later."""
    known = list(system.states["state_id"])
    is_listed = rows["source_state"].isin(known) & rows["target_state"].isin(known)
    return latest(rows[is_listed], Cell, "impact")


def _middle(given: Array) -> Array:
    """Median of the answers, halves towards 0; NaN where there is none."""
    middle = np.full(given.shape[1:], np.nan)
    answered = ~np.isnan(given).all(axis=0) if len(given) else np.zeros(middle.shape, dtype=bool)
    middle[answered] = _weaker(np.nanmedian(given[:, answered], axis=0))
    return middle


def _weaker(values: npt.ArrayLike) -> Array:
    """Halves towards 0; never a minus before a 0."""
    return np.asarray(np.trunc(np.asarray(values, dtype=float)) + 0.0)


def _starting(system: System) -> Array:
    """The starting matrix; 0 within a descriptor, NaN between states that it does not know."""
    codes = list(system.states["state_id"])
    known = reference("scenario_cross_impacts").set_index(Cell)["impact"].unstack()  # noqa: PD010
    values = known.reindex(index=codes, columns=codes).to_numpy(dtype=float, na_value=np.nan)
    owner = system.states["descriptor_id"].to_numpy(dtype=object)
    # A descriptor's own block is 0 unless people say otherwise.
    return np.where(owner[:, None] == owner, 0.0, values)


def _covered(system: System, values: Array) -> dict[str, None]:
    """Descriptors with a value in every cell, leaving out the one with most gaps until none is."""
    owner = system.states["descriptor_id"].to_numpy(dtype=object)
    keep = dict.fromkeys(map(str, system.descriptors["descriptor_id"]))
    while True:
        inside = np.isin(owner, list(keep))
        gaps = np.isnan(values) & inside[:, None] & inside
        if not gaps.any():
            return keep
        missing = {
            code: int(gaps[owner == code].sum() + gaps[:, owner == code].sum()) for code in keep
        }
        del keep[max(reversed(list(missing)), key=lambda code: missing[code])]


def _matrix(system: System, values: Array) -> CrossImpactMatrix:
    with warnings.catch_warnings():
        # Said in the chapter's notes, once.
        warnings.simplefilter("ignore", JudgementScaleWarning)
        return CrossImpactMatrix(system.keys, values)


def disagreement(influences: InfluenceMatrix) -> pd.DataFrame:
    """How far apart people are on each cell, the widest first.

    Returns
    -------
    DataFrame
        `source`, `target` (states in full), `source_state`, `target_state`, `n`, `lowest`,
        `middle` (the room's value), `highest`, `spread`, `lowest_by`, `highest_by` (codes, where
        the edition shows them), `is_opposed` (some say for, some against); cells that two or more
        people judged.
    """
    columns = [
        "source",
        "target",
        *Cell,
        "n",
        "lowest",
        "middle",
        "highest",
        "spread",
        "lowest_by",
        "highest_by",
        "is_opposed",
    ]
    counts = (~np.isnan(influences.given)).sum(axis=0)
    codes, people = list(influences.rows), np.array(influences.assessors, dtype=object)
    rows = []
    for i, j in np.argwhere(counts >= 2):
        said = influences.given[:, i, j]
        who = np.flatnonzero(~np.isnan(said))
        low, high = who[np.argmin(said[who])], who[np.argmax(said[who])]
        if said[low] == said[high]:
            continue
        middle = float(_weaker(np.median(said[who])))
        source, target = (influences.system.in_full(codes[k]) for k in (i, j))
        rows.append(
            [
                source,
                target,
                codes[i],
                codes[j],
                len(who),
                said[low],
                middle,
                said[high],
                said[high] - said[low],
                people[low],
                people[high],
                bool(said[low] < 0 < said[high]),
            ]
        )
    frame = pd.DataFrame(rows, columns=columns)
    frame = frame.sort_values("spread", ascending=False, kind="stable", ignore_index=True)
    return frame if influences.fewest <= 1 else frame.drop(columns=["lowest_by", "highest_by"])


def coverage(influences: InfluenceMatrix, units: Mapping[str, str]) -> pd.DataFrame:
    """By assessor: unit, and the share (%) of the cells that were judged.

    Where the edition shows no single person: by unit, with how many people and their mean share.
    """
    asked = influences.others
    cells = max(1, int(asked.sum()))
    share = [100 * own[asked].sum() / cells for own in influences.answered]
    unit = pd.Series([units.get(code, "not said") for code in influences.assessors], dtype="str")
    if influences.fewest > 1:
        groups = pd.Series(share, dtype=float).groupby(taken_together(unit, influences.fewest))
        made = groups.agg(assessors="size", judged_pct="mean").round(0)
        return made.rename_axis("unit").reset_index()
    return pd.DataFrame(
        {"assessor_id": list(influences.assessors), "unit": unit, "judged_pct": np.round(share, 0)}
    )
