"""Pressure without a case: who was asked first, and patterns from three incidents on."""

from __future__ import annotations

import pandas as pd

from strategy_lib.editions.restrict import Restricted

# Fewer incidents make no pattern, and would show an office.
FEWEST_INCIDENTS = 3


def incidents(restricted: Restricted) -> pd.DataFrame:
    """Each incident, those first of which the people concerned were not asked first.

    Pressure that is noted in the aftercare of a case is read from there, not typed twice.

    Returns
    -------
    DataFrame
        `received_on`, `unit_id`, `from_kind`, `about`, `people_asked_first`, `rung`, `case_id`,
        `peers_report_same`.
    """
    rows = restricted["pressure_incidents"]
    columns = [
        "received_on",
        "unit_id",
        "from_kind",
        "about",
        "people_asked_first",
        "rung",
        "case_id",
        "peers_report_same",
    ]
    place = rows["people_asked_first"].map({"no": 0, "unknown": 1, "yes": 2})
    made = rows[columns].assign(place=place)
    made = made.sort_values(["place", "received_on", "unit_id"])
    return made.drop(columns="place").reset_index(drop=True)


def patterns(restricted: Restricted) -> pd.DataFrame:
    """What pressure is about and where from, from three incidents on; no office is named.

    Returns
    -------
    DataFrame
        `from_kind`, `about`, `incidents`, `peers_report_same` (in how many of them).
    """
    rows = restricted["pressure_incidents"]
    grouped = rows.assign(same=rows["peers_report_same"] == "yes").groupby(["from_kind", "about"])
    made = grouped.agg(incidents=("same", "size"), peers_report_same=("same", "sum")).reset_index()
    return made[made["incidents"] >= FEWEST_INCIDENTS].reset_index(drop=True)


def impact_notes(restricted: Restricted, stopped: frozenset[str] = frozenset()) -> pd.DataFrame:
    """What came of activities: words in public only with consent and without a “stop”.

    Parameters
    ----------
    stopped : frozenset of str
        Codes of activities of which the protocol's wording rules say stop.

    Returns
    -------
    DataFrame
        `activity_id`, `activity`, `partner_consent`, `public_words` (missing where they may not
        be shown), `donor_words`.
    """
    rows = restricted["impact_notes"]
    # Editions for others see no codes of activities.
    activities = restricted["activities"].reindex(columns=["activity_id", "title"])
    titles = activities.dropna(subset="activity_id").set_index("activity_id")["title"]
    may_show = rows["partner_consent"].isin(["given", "not_needed"]) & ~rows["activity_id"].isin(
        list(stopped)
    )
    made = pd.DataFrame(
        {
            "activity_id": rows["activity_id"],
            "activity": rows["activity_id"].map(titles),
            "partner_consent": rows["partner_consent"],
            "public_words": rows["public_words"].where(may_show),
            "donor_words": rows["donor_words"],
        }
    )
    return made.sort_values(["activity", "activity_id"]).reset_index(drop=True)
