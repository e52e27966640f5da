"""A card for each country with an activity, a project or exposure: what is known, what is asked."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from strategy_lib.editions.restrict import Restricted

# Who lends, builds, trains, buys, polices, informs, gives, decides: eight prompts, own wording.
PROMPTS = ("lends", "builds", "trains", "buys", "polices", "informs", "gives", "decides")
_ANSWERED_BY: Mapping[str, tuple[str, ...]] = {
    "infrastructure_finance": ("lends", "builds"),
    "education_youth": ("trains",),
    "business_conduct": ("buys",),
    "human_rights": ("polices",),
    "media_public_debate": ("informs",),
    "philanthropy_sector": ("gives",),
    "global_governance": ("decides",),
}


def country_cards(restricted: Restricted) -> pd.DataFrame:
    """Each country: activities, projects, its strategy, and which prompts an activity speaks to.

    Returns
    -------
    DataFrame
        `country_code`, `activities`, `projects`, `china_section`, `read_inside`, `read_outside`,
        `open_prompts` (of the eight, those no activity speaks to).
    """
    activities, projects = restricted["activities"], restricted["projects"]
    strategies = restricted["country_strategies"].drop_duplicates("country_code", keep="last")
    strategies = strategies.set_index("country_code")
    counted = activities.groupby("country_code")
    codes = sorted(
        {
            *activities["country_code"].dropna(),
            *projects["country_code"].dropna(),
            *strategies.index.dropna(),
        }
    )
    rows = []
    for code in codes:
        themes = set(counted.get_group(code)["theme"]) if code in counted.groups else set()
        spoken = {prompt for theme in themes for prompt in _ANSWERED_BY.get(theme, ())}
        known = strategies.loc[code] if code in strategies.index else {}
        rows.append(
            [
                code,
                len(counted.get_group(code)) if code in counted.groups else 0,
                int((projects["country_code"] == code).sum()),
                known.get("china_section"),
                known.get("read_inside"),
                known.get("read_outside"),
                "; ".join(prompt for prompt in PROMPTS if prompt not in spoken),
            ]
        )
    columns = [
        "country_code",
        "activities",
        "projects",
        "china_section",
        "read_inside",
        "read_outside",
        "open_prompts",
    ]
    return pd.DataFrame(rows, columns=columns)
