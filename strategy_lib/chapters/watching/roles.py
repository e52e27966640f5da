"""Who is inside and who outside, by issue: listed with consent, side by side with both consents."""

from __future__ import annotations

import pandas as pd

from strategy_lib.editions.restrict import Restricted

ROLES = ("insider", "bridge", "outsider")
_OWN = ("does", "gives", "needs")


def issue_roles(restricted: Restricted) -> pd.DataFrame:
    """Each issue: which roles are filled, and by whom where that may be shown.

    A role is named where the organisation agreed to be listed; beside another role only where all
    who are named there agreed to be linked. Where one did not, only those stand there who may be
    listed in the role that comes first, and the others are counted.

    Returns
    -------
    DataFrame
        `issue`, `role` (`issue_role`), `organisations` (named, in the order of their steps; ""
        where none may be), `does`, `gives`, `needs` (of those who are named), `more` (how many
        hold the role unnamed; counted in editions that show single people, else missing).
    """
    rows = restricted["issue_roles"]
    counts_unnamed = restricted.edition.shows_people
    rows = rows[rows["role"].isin(ROLES)]
    made = []
    for issue, own in rows.groupby("issue"):
        named = own[own["may_be_listed"] == "yes"]
        is_linked = (named["may_be_linked"] == "yes").all()
        shown_roles = [role for role in ROLES if (named["role"] == role).any()]
        allowed = shown_roles if is_linked else shown_roles[:1]
        for role in ROLES:
            holders = own[own["role"] == role]
            if holders.empty:
                continue
            may_name = role in allowed and "organisation" in own
            told = named[(named["role"] == role) & may_name]
            more = len(holders) - len(told) if counts_unnamed else None
            if len(told) or counts_unnamed:
                made.append([issue, role, *_said(told), more])
    frame = pd.DataFrame(made, columns=["issue", "role", "organisations", *_OWN, "more"])
    return frame.assign(more=pd.to_numeric(frame["more"]).astype("float64"))


def _said(told: pd.DataFrame) -> list[str]:
    """Names, and what they do, give and need, in the order of their steps."""
    if told.empty:
        return [""] * (1 + len(_OWN))
    told = told.sort_values(["step", "organisation"])
    return ["; ".join(told[column].dropna()) for column in ("organisation", *_OWN)]


def coverage(roles: pd.DataFrame) -> pd.DataFrame:
    """Each issue: whether somebody is inside and somebody outside, as far as may be shown.

    Returns
    -------
    DataFrame
        `issue`, `has_inside`, `has_outside` (a bridge is neither).
    """
    made = [
        [issue, (own["role"] == "insider").any(), (own["role"] == "outsider").any()]
        for issue, own in roles.groupby("issue")
    ]
    frame = pd.DataFrame(made, columns=["issue", "has_inside", "has_outside"])
    return frame.astype({"has_inside": bool, "has_outside": bool})
