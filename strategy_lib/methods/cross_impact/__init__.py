"""Cross-impact balances: which futures hold together, given how their parts act on each other.

People judge how strongly each state of a descriptor (a driver of the future) promotes or restricts
each state of the others. A scenario takes one state of every descriptor. It is consistent if no
descriptor would rather be in another state, given all the rest: in each, the chosen state has the
(joint) highest impact balance, the sum of the influences on it.

The whole method is reached from here:

- the judgements: `CrossImpactMatrix` (and ScenarioWizard's files), `read_sl`
- which scenarios hold together: `consistent_scenarios`, `near_misses`, `diverse_subset`
- why: `impact_balance`, `consistency_margins`, `impact_diagram`, `active_passive_sums`
- what would change that: `flip_sensitivity`, `flip_summary`, `ensemble_consistency`
- where the others drift: `succession`, `attractors`, `basins`
- how firm all this is: `judged`, `plausible_matrices`, `ensemble_shares`, `expected_return`
- what is worth asking about: `block_importance`

References
----------
Weimer-Jehle, W. (2006). Cross-impact balances: a system-theoretical approach to cross-impact
analysis. Technological Forecasting and Social Change 73(4), 334-361.
"""

from strategy_lib.methods.cross_impact.basins import attractors, basins
from strategy_lib.methods.cross_impact.consistency import (
    consistent_scenarios,
    impact_balance,
    near_misses,
    read_sl,
)
from strategy_lib.methods.cross_impact.dynamics import Succession, succession
from strategy_lib.methods.cross_impact.importance import BlockImportance, block_importance
from strategy_lib.methods.cross_impact.input import JudgementScaleWarning
from strategy_lib.methods.cross_impact.matrix import CrossImpactMatrix
from strategy_lib.methods.cross_impact.plausible import (
    Judged,
    ensemble_shares,
    expected_return,
    judged,
    plausible_matrices,
)
from strategy_lib.methods.cross_impact.sensitivity import flip_sensitivity, flip_summary
from strategy_lib.methods.cross_impact.sets import diverse_subset, ensemble_consistency
from strategy_lib.methods.cross_impact.structure import (
    active_passive_sums,
    consistency_margins,
    impact_diagram,
)

__all__ = [
    "BlockImportance",
    "CrossImpactMatrix",
    "Judged",
    "JudgementScaleWarning",
    "Succession",
    "active_passive_sums",
    "attractors",
    "basins",
    "block_importance",
    "consistency_margins",
    "consistent_scenarios",
    "diverse_subset",
    "ensemble_consistency",
    "ensemble_shares",
    "expected_return",
    "flip_sensitivity",
    "flip_summary",
    "impact_balance",
    "impact_diagram",
    "judged",
    "near_misses",
    "plausible_matrices",
    "read_sl",
    "succession",
]
