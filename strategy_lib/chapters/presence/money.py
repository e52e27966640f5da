"""What each option for a presence costs, how sure that is, and what drives it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.core.settings import PresenceSettings
from strategy_lib.editions.restrict import Restricted
from strategy_lib.methods.uncertainty.cash_flow import npv, probability_of_exceeding
from strategy_lib.methods.uncertainty.dependence import climate_uniforms
from strategy_lib.methods.uncertainty.metalog import metalog
from strategy_lib.methods.uncertainty.tornado import tornado

Array = npt.NDArray[np.float64]
TIMES_A_YEAR = {"once": 1, "yearly": 1, "monthly": 12, "at_exit": 1}
TOTALS = [
    "option",
    "p10",
    "p50",
    "p90",
    "over_budget_pct",
    "break_even_pct",
    "items",
    "items_without_amount",
    "items_as_one_number",
]


@dataclass(frozen=True, eq=False)
class Money:
    """Simulated costs.

    Attributes
    ----------
    totals : DataFrame
        By option, over the plan, in the organisation's currency: `p10`, `p50`, `p90`,
        `over_budget_pct` (share of draws above the budget), `break_even_pct` (by how much all
        costs could rise before the middle one passes the budget), items with and without amount.
    by_year : DataFrame
        `option`, `year`, `p10`, `p50`, `p90`.
    drivers : DataFrame
        `option`, `item`, `rank_correlation`, `low`, `high`: the total with this item at its P10
        and P90 and the others at their middle; the strongest first within an option.
    """

    totals: pd.DataFrame
    by_year: pd.DataFrame
    drivers: pd.DataFrame


def simulate(
    inputs: Restricted, currency: str, settings: PresenceSettings, draws: int, seed: int
) -> Money:
    """Simulate the costs of every option that has an amount.

    Each item's amount is drawn from the distribution through its P10, P50 and P90 (never below
    zero); items of an option move together as far as the settings say. An item that has a middle
    amount only is taken as certain, one without any is left out; both are counted.
    """
    costs = _in_own_currency(inputs, currency)
    names = inputs["presence_options"].set_index("option_id")["name"]
    totals, years, drivers = [], [], []
    for number, (option, rows) in enumerate(costs.groupby("option_id", sort=True)):
        known = rows[rows["p50"].notna()].reset_index(drop=True)
        if known.empty:
            continue
        name = str(names.get(option, option))
        rng = np.random.default_rng([seed, number])
        amounts = _amounts(known, settings.cost_correlation, draws, rng)
        factors = _factors(known, settings)
        flows = amounts @ factors
        paid = np.asarray(npv(settings.discount_pct / 100, flows))
        totals.append([name, *_three(paid), *_budget(paid, settings.budget), *_counts(rows)])
        years += [[name, y + 1, *_three(flows[:, y])] for y in range(settings.years)]
        drivers += _drivers(name, known, amounts, factors, settings)
    return Money(
        pd.DataFrame(totals, columns=TOTALS).sort_values("p50", ignore_index=True, kind="stable"),
        pd.DataFrame(years, columns=["option", "year", "p10", "p50", "p90"]),
        pd.DataFrame(drivers, columns=["option", "item", "rank_correlation", "low", "high"]),
    )


def _in_own_currency(inputs: Restricted, currency: str) -> pd.DataFrame:
    """Amounts in the organisation's currency; without a currency they are taken to be in it."""
    costs = inputs["costs"].dropna(subset=["option_id"])
    rates = inputs["currency_rates"].set_index("currency")["rate"].astype(float)
    rate = costs["currency"].map({**rates.to_dict(), currency: 1.0})
    rate = rate.where(costs["currency"].notna(), 1.0).astype(float)
    amounts = costs[["p10", "p50", "p90"]].astype(float).mul(rate, axis=0)
    return costs.assign(p10=amounts["p10"], p50=amounts["p50"], p90=amounts["p90"])


def _amounts(rows: pd.DataFrame, correlation: float, draws: int, rng: np.random.Generator) -> Array:
    """Amount of each item in each draw (draws x items)."""
    shares = climate_uniforms(correlation, len(rows), draws, rng)
    amounts = np.empty_like(shares)
    points = rows[["p10", "p50", "p90"]].to_numpy(dtype=float)
    for item, (p10, p50, p90) in enumerate(points):
        if np.isnan(p10):
            amounts[:, item] = p50
        else:
            fitted = metalog(p10, p50, p90, lower=0.0, fallback="two_piece")
            amounts[:, item] = fitted.quantile(shares[:, item])
    return amounts


def _factors(rows: pd.DataFrame, settings: PresenceSettings) -> Array:
    """How often each item is paid in each year, with prices rising (items x years)."""
    years = np.arange(1, settings.years + 1)
    first = rows["first_year"].fillna(1).to_numpy(dtype=float)[:, None]
    last = rows["last_year"].fillna(settings.years).to_numpy(dtype=float)[:, None]
    often = rows["frequency"].fillna("yearly").to_numpy()[:, None]
    times = np.vectorize(TIMES_A_YEAR.__getitem__, otypes=[float])(often)
    is_paid = np.where(often == "once", years == first, (first <= years) & (years <= last))
    is_paid = np.where(often == "at_exit", years == settings.years, is_paid)
    prices = (1 + settings.inflation_pct / 100) ** (years - 1)
    factors: Array = is_paid * times * prices
    return factors


def _three(amounts: Array) -> list[float]:
    return [float(round(x, 0)) for x in np.quantile(amounts, [0.1, 0.5, 0.9])]


def _budget(paid: Array, budget: float | None) -> list[float]:
    if budget is None:
        return [np.nan, np.nan]
    middle = float(np.median(paid))
    room = 100 * (budget / middle - 1) if middle > 0 else np.nan
    return [round(100 * probability_of_exceeding(paid, budget), 1), round(room, 1)]


def _counts(rows: pd.DataFrame) -> list[int]:
    has_middle = rows["p50"].notna()
    parts = (has_middle, ~has_middle, has_middle & rows["p10"].isna())
    return [int(part.sum()) for part in parts]


def _drivers(
    name: str, rows: pd.DataFrame, amounts: Array, factors: Array, settings: PresenceSettings
) -> list[list[object]]:
    present = (1 + settings.discount_pct / 100) ** -np.arange(settings.years)
    weight = factors @ present
    table = tornado(pd.DataFrame(amounts), amounts @ weight, lambda cases: cases @ weight)
    found, items = table[["input", "rank_correlation", "result_low", "result_high"]], rows["item"]
    return [
        [name, str(items[item]), round(correlation, 2), round(low, 0), round(high, 0)]
        for item, correlation, low, high in found.itertuples(index=False)
    ]
