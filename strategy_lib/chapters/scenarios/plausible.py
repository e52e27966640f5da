"""How firm futures are, over all matrices that people's judgements leave plausible.

The set of futures of one median matrix changes with the panel that was asked; their shares of
plausible matrices change far less.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from strategy_lib.core.errors import InputError
from strategy_lib.judgements.influences import InfluenceMatrix
from strategy_lib.methods.cross_impact import (
    ensemble_shares,
    expected_return,
    judged,
    plausible_matrices,
)

Array = npt.NDArray[np.float64]
States = tuple[str, ...]
MATRICES = 1_000
SEED = 20260101
FIRMEST = 12


@dataclass(frozen=True, eq=False)
class Plausible:
    """Futures that hold together in any plausible matrix, the firmest first.

    Attributes
    ----------
    influences : InfluenceMatrix
        What people judged.
    places : array of int, futures x descriptors
        Place of the chosen state among those of its descriptor.
    shares : array, futures
        In what share of the matrices each holds together, above 0 to 1.
    problem : str
        Why they could not be found; empty where they were.
    """

    influences: InfluenceMatrix
    places: npt.NDArray[np.int8]
    shares: Array
    problem: str = ""

    @cached_property
    def weights(self) -> Array:
        """The shares, so that they add up to 1."""
        total = float(self.shares.sum())
        return self.shares / total if total else self.shares

    @cached_property
    def codes(self) -> npt.NDArray[np.object_]:
        """States of the futures by their codes, futures x descriptors."""
        keys = self.influences.system.keys.values()
        codes = np.empty(self.places.shape, dtype=object)
        for place, states in enumerate(keys):
            codes[:, place] = np.array(states, dtype=object)[self.places[:, place]]
        return codes

    @cached_property
    def share(self) -> dict[States, float]:
        """States of a future -> in what share of the matrices it holds together."""
        return dict(zip(map(tuple, self.codes), map(float, self.shares), strict=True))

    @cached_property
    def returning(self) -> float:
        """How many of the firmest would come back with another panel, on average."""
        return expected_return(self.shares, FIRMEST)


def plausible_of(influences: InfluenceMatrix) -> Plausible:
    """Futures of every plausible matrix; none where there is no matrix, or too much to solve."""
    sizes = [len(states) for states in influences.system.keys.values()]
    nothing = np.empty((0, len(sizes)), dtype=np.int8), np.empty(0)
    if influences.matrix is None:
        return Plausible(influences, *nothing)
    said, room = judged(influences.given, sizes), influences.matrix.impacts
    try:
        matrices = plausible_matrices(
            said.median, said.spread, said.answered, room, MATRICES, SEED, sizes=sizes
        )
        return Plausible(influences, *ensemble_shares(matrices, sizes))
    except InputError as error:
        return Plausible(influences, *nothing, str(error))
