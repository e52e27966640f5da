"""A card for each country with an activity, a project or exposure: what is known, what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
    codes = sorted(
        {
            *activities["country_code"].dropna(),
            *projects["country_code"].dropna(),
            *strategies.index.dropna(),
        }
    )
    # Another edition may not see all of them.
    told = strategies.reindex(codes, columns=["china_section", "read_inside", "read_outside"])
    made = told.rename_axis("country_code").reset_index()
    for place, (name, rows) in enumerate({"activities": activities, "projects": projects}.items()):
        counts = rows["country_code"].value_counts()
        made.insert(1 + place, name, [int(counts.get(code, 0)) for code in codes])
    themes = activities.groupby("country_code")["theme"].agg(set)
    return made.assign(open_prompts=[_open_prompts(themes.get(code, ())) for code in codes])


def _open_prompts(themes: Iterable[str]) -> str:
    spoken = {prompt for theme in themes for prompt in _ANSWERED_BY.get(theme, ())}
    return "; ".join(prompt for prompt in PROMPTS if prompt not in spoken)
