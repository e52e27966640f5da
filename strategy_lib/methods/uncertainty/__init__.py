"""Uncertain money: amounts in three points, dependence, present value, drivers, what to find out.

In the order of an analysis: fit each stated P10, P50, P90 (`metalog`), let items move together
(`climate_uniforms`, `copula_uniforms`), add them up over draws in pieces that fit into memory
(`simulate_total`), discount years (`npv`), hold the total against a budget
(`probability_of_exceeding`), see what drives it (`tornado`), where options come out even
(`break_even_value`, `break_even_year`), and what knowing more would be worth (`evpi`, `evppi`).
Asking more people has a value too (`evsi`). What was observed moves the weight of futures
(`update_shares`).

References
----------
Keelin, T. W. (2016). The metalog distributions. Decision Analysis 13(4), 243-277.
"""

from __future__ import annotations

from strategy_lib.methods.uncertainty.cash_flow import (
    BreakEvenYear,
    break_even_value,
    break_even_year,
    npv,
    probability_of_exceeding,
)
from strategy_lib.methods.uncertainty.cost_simulation import simulate_total
from strategy_lib.methods.uncertainty.dependence import (
    climate_uniforms,
    copula_uniforms,
    nearest_correlation,
)
from strategy_lib.methods.uncertainty.metalog import Metalog, metalog
from strategy_lib.methods.uncertainty.sample_information import (
    SampleInformation,
    evsi,
    evsi_table,
)
from strategy_lib.methods.uncertainty.tornado import one_at_a_time, rank_correlations, tornado
from strategy_lib.methods.uncertainty.updating import UpdatedShares, update_shares
from strategy_lib.methods.uncertainty.value_of_information import evpi, evppi, evppi_table

__all__ = [
    "BreakEvenYear",
    "Metalog",
    "SampleInformation",
    "UpdatedShares",
    "break_even_value",
    "break_even_year",
    "climate_uniforms",
    "copula_uniforms",
    "evpi",
    "evppi",
    "evppi_table",
    "evsi",
    "evsi_table",
    "metalog",
    "nearest_correlation",
    "npv",
    "one_at_a_time",
    "probability_of_exceeding",
    "rank_correlations",
    "simulate_total",
    "tornado",
    "update_shares",
]
