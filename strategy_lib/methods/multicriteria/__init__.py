"""Several criteria: weights, acceptability, dominance, fragility (SMAA-2 and what surrounds it).

In the order of an analysis: leave out what lies beyond a red line (`screen`), pool the assessors'
scores (`pool_scores`), turn them into values (`partial_values`), draw the weights that people's
statements leave open (`sample_weights`), see who leads for which weights (`acceptability`) and how
little it takes to change that (`flip_distance`, `leave_one_criterion_out`,
`leave_one_assessor_out`). Nothing here names a winner without saying how sure it is.

References
----------
Lahdelma, R. & Salminen, P. (2001). SMAA-2: Stochastic multicriteria acceptability analysis for
group decision making. Operations Research 49(3), 444-454.
"""

from __future__ import annotations

from strategy_lib.methods.multicriteria.acceptability import (
    Acceptability,
    acceptability,
    acceptability_by_group,
    first_rank_shares,
)
from strategy_lib.methods.multicriteria.assessor_scores import (
    PooledScores,
    pool_scores,
    widen_unscored,
)
from strategy_lib.methods.multicriteria.leave_one_out import (
    LeaveOneOut,
    leave_one_assessor_out,
    leave_one_criterion_out,
)
from strategy_lib.methods.multicriteria.screening import Gate, RedLine, Screening, screen
from strategy_lib.methods.multicriteria.value_functions import Scale, discrimination, partial_values
from strategy_lib.methods.multicriteria.weight_sensitivity import (
    FlipDistance,
    dominance,
    flip_distance,
    leaders_along,
    moved_weights,
    overall_values,
)
from strategy_lib.methods.multicriteria.weights import (
    normalise_swing_weights,
    sample_swing_weights,
    sample_weights,
)

__all__ = [
    "Acceptability",
    "FlipDistance",
    "Gate",
    "LeaveOneOut",
    "PooledScores",
    "RedLine",
    "Scale",
    "Screening",
    "acceptability",
    "acceptability_by_group",
    "discrimination",
    "dominance",
    "first_rank_shares",
    "flip_distance",
    "leaders_along",
    "leave_one_assessor_out",
    "leave_one_criterion_out",
    "moved_weights",
    "normalise_swing_weights",
    "overall_values",
    "partial_values",
    "pool_scores",
    "sample_swing_weights",
    "sample_weights",
    "screen",
    "widen_unscored",
]
