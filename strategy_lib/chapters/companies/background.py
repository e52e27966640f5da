"""What the documents tell of companies before anybody here enters anything: policies and cases."""

from __future__ import annotations

import pandas as pd

from strategy_lib.schema.reference import reference

# Documents that are about companies, by how their rows name them.
_DOCUMENTS = ("DCAF-ICRC factsheet", "Article on state-owned enterprises", "CCCME's cases")
_POLICY_LINE = "CCCME's cases; policy para"


def policy_line() -> pd.DataFrame:
    """Policies on the responsibility of companies in China, 2006 to 2023, by year.

    Returns
    -------
    DataFrame
        `year` (missing where the document gives none, and then last), `name`, `issuer`, `summary`,
        `source`, `as_of`.

    Examples
    --------
    >>> policy_line()["year"].dropna().tolist()
    [2006, 2008, 2008, 2016, 2022, 2022]
    """
    rows = reference("policies")
    rows = rows[rows["source"].str.startswith(_POLICY_LINE)]
    columns = ["year", "name", "issuer", "summary", "source", "as_of"]
    made = rows.assign(year=pd.to_numeric(rows["year"]).astype("Int64"))
    return made[columns].sort_values(["year", "name"]).reset_index(drop=True)


def told_cases() -> pd.DataFrame:
    """Cases with companies that the documents tell, with who says so.

    Returns
    -------
    DataFrame
        `title`, `place`, `period`, `what_happened`, `claim_status` (self_reported: told by whoever
        did it), `source`, `as_of` (from 2014 on, where the document has no date).
    """
    rows = reference("cases")
    rows = rows[rows["source"].str.startswith(_DOCUMENTS)]
    is_undated = rows["as_of_check"] == "not_before"
    as_of = rows["as_of"].where(~is_undated, "not before " + rows["as_of"])
    said = {"self_reported": "Self-reported", "reported_by_source": "Reported of others"}
    made = rows.assign(as_of=as_of, claim_status=rows["claim_status"].map(said))
    columns = ["title", "place", "period", "what_happened", "claim_status", "source", "as_of"]
    return made[columns].reset_index(drop=True)
