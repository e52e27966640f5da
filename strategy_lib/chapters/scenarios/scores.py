"""Scores of the options in the scenarios that people named: everybody's, and the middle of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.chapters.codes import Answer
from strategy_lib.chapters.scenarios.sets import Futures, told_apart
from strategy_lib.core.audiences import Edition
from strategy_lib.core.settings import ScenarioSettings
from strategy_lib.editions.people import is_countable
from strategy_lib.editions.restrict import Restricted
from strategy_lib.judgements.matrix import POINTS, Array, answers_array, latest


@dataclass(frozen=True, eq=False)
class Scores:
    """Scores of one edition, ready for the methods.

    Attributes
    ----------
    options : DataFrame
        `option_id`, `name`, `label` (the name, told apart), `description`, `lead_time_months`.
    scenarios : DataFrame
        Scenarios that people named: `scenario_id`, `name`, `status`, `why`, `label`, `is_counted`.
    assessors : tuple of str
    low, best, high : array, assessors x options x scenarios
        Latest scores, 0 to 10; NaN where there is no answer, and for all where fewer answered than
        must stand behind a number.
    middle : array, options x scenarios
        Median of what people gave.
    settings : ScenarioSettings
    edition : Edition
        For whom; it says how many people at least stand behind a number.
    """

    options: pd.DataFrame
    scenarios: pd.DataFrame
    assessors: tuple[str, ...]
    low: Array
    best: Array
    high: Array
    middle: Array
    settings: ScenarioSettings
    edition: Edition

    @cached_property
    def is_counted(self) -> npt.NDArray[np.bool_]:
        """Which scenarios hold together often enough, so that their scores count."""
        return self.scenarios["is_counted"].to_numpy(dtype=bool)

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """Median scores, options x scenarios that are counted and were scored at all."""
        is_scored = ~np.isnan(self.middle).all(axis=0)
        return self.frame(self.middle).loc[:, self.is_counted & is_scored]

    def frame(self, values: Array) -> pd.DataFrame:
        """Options x scenarios as a table with labels."""
        return pd.DataFrame(
            values, index=list(self.options["label"]), columns=list(self.scenarios["label"])
        )

    @cached_property
    def by_assessor(self) -> dict[str, pd.DataFrame]:
        """Scores of each assessor in the same scenarios."""
        frames = {
            code: self.frame(own)[list(self.matrix.columns)]
            for code, own in zip(self.assessors, self.best, strict=True)
        }
        return {code: frame for code, frame in frames.items() if frame.notna().any(axis=None)}


def scores_of(inputs: Restricted, futures: Futures, settings: ScenarioSettings) -> Scores:
    """Scores of options in named scenarios, the latest of each assessor."""
    options, scenarios = _options(inputs), futures.named.drop(columns=["states", "story"])
    fewest = inputs.edition.fewest_people
    said = latest(inputs["performance"], ["option_id", "scenario_id"], "best")
    said = said[said["option_id"].isin(list(options["option_id"]))]
    said = said[said["scenario_id"].isin(list(scenarios["scenario_id"]))]
    if said["assessor_id"].nunique() < fewest:
        said = said.iloc[:0]
    people = tuple(sorted(said["assessor_id"].unique()))
    axes = {
        "assessor_id": people,
        "option_id": options["option_id"],
        "scenario_id": scenarios["scenario_id"],
    }
    low, best, high = (answers_array(said, axes, name) for name in POINTS)
    is_shown = (~np.isnan(best)).sum(axis=0) >= max(1, fewest)
    for array in (low, best, high):
        array[:, ~is_shown] = np.nan
    middle = np.full(best.shape[1:], np.nan)
    if is_shown.any():
        middle[is_shown] = np.nanmedian(best[:, is_shown], axis=0)
    return Scores(options, scenarios, people, low, best, high, middle, settings, inputs.edition)


def _options(inputs: Restricted) -> pd.DataFrame:
    wanted = ["option_id", "name", "description", "lead_time_months"]
    frame = inputs["strategic_options"].reindex(columns=wanted).dropna(subset=["option_id"])
    return frame.reset_index(drop=True).assign(label=told_apart(list(frame["name"].astype(str))))


def cells(scores: Scores) -> pd.DataFrame:
    """Every option in every named scenario, with the spread of what people said.

    Returns
    -------
    DataFrame
        `option`, `scenario`, `counted` ("yes", or "no" where the scenario does not hold
        together), `n`, `lowest`, `median`, `highest` (of the most likely scores), `low`, `high` (of
        the ranges given), `below_pct` (share of people who find it not good enough).
    """
    columns = [
        "option",
        "scenario",
        "counted",
        "n",
        "lowest",
        "median",
        "highest",
        "low",
        "high",
        "below_pct",
    ]
    rows = []
    for i, option in enumerate(scores.options["label"]):
        for j, scenario in enumerate(scores.scenarios["label"]):
            said = scores.best[:, i, j]
            said = said[~np.isnan(said)]
            if np.isnan(scores.middle[i, j]):
                continue
            people = [said.min(), scores.middle[i, j], said.max(), *_range(scores, i, j)]
            is_below = said < scores.settings.good_enough
            fewest = scores.edition.fewest_people
            is_told = is_countable(int(is_below.sum()), len(said), fewest)
            below = round(100 * float(is_below.mean()), 0) if is_told else np.nan
            if scores.edition.smallest_group > 1:
                # Ends of a range are what single people said.
                people, below = [np.nan, scores.middle[i, j], np.nan, np.nan, np.nan], np.nan
            counted = Answer.YES if scores.is_counted[j] else Answer.NO
            rows.append([option, scenario, counted, len(said), *people, below])
    return pd.DataFrame(rows, columns=columns)


def _range(scores: Scores, i: int, j: int) -> tuple[float, float]:
    """Lowest and highest score that anybody thinks possible."""
    low = np.fmin(scores.low[:, i, j], scores.best[:, i, j])
    high = np.fmax(scores.high[:, i, j], scores.best[:, i, j])
    return float(np.nanmin(low)), float(np.nanmax(high))
