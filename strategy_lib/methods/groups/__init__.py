"""Judgements of several people: agreement, camps, change between rounds, and forecasts scored.

References
----------
Kendall, M. G. & Babington Smith, B. (1939). The problem of m rankings. Annals of Mathematical
Statistics 10(3), 275-287.
Hemming, V., Burgman, M. A., Hanea, A. M., McBride, M. F. & Wintle, B. C. (2018). A practical guide
to structured expert elicitation using the IDEA protocol. Methods in Ecology and Evolution 9(1),
169-180.
"""

from __future__ import annotations

from strategy_lib.methods.groups.classical_model import (
    calibration_score,
    classical_model,
    pooled_quantiles,
)
from strategy_lib.methods.groups.concordance import Concordance, kendalls_w, rank_scores
from strategy_lib.methods.groups.consensus import RoundChange, consensus, stability
from strategy_lib.methods.groups.forecast_pools import (
    forecast_pools,
    forecaster_scores,
    log_score,
)
from strategy_lib.methods.groups.forecasts import BrierScore, brier_score, calibration_table
from strategy_lib.methods.groups.group_summary import Camp, GroupSummary, summarise

__all__ = [
    "BrierScore",
    "Camp",
    "Concordance",
    "GroupSummary",
    "RoundChange",
    "brier_score",
    "calibration_score",
    "calibration_table",
    "classical_model",
    "consensus",
    "forecast_pools",
    "forecaster_scores",
    "kendalls_w",
    "log_score",
    "pooled_quantiles",
    "rank_scores",
    "stability",
    "summarise",
]
