"""Questions that follow from what is entered on partners and money; never conclusions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from strategy_lib.chapters.engagement import in_code_order
from strategy_lib.chapters.partners.evidence import INDICATORS
from strategy_lib.editions.restrict import Restricted
from strategy_lib.schema.schema import code_list

AGREED = ("agreed", "running")
CONDITIONS = code_list("appearance_condition").values
STATE_BODIES = ("central_gongo", "local_gongo")
# A confirmation of the law is good for as long as that of a route into the mainland.
CONFIRMED_DAYS = 365

COLUMNS = ["question", "about", "unit_id", "owner_role"]


def open_questions(restricted: Restricted, looked: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Every open question, with the row that it is about.

    Parameters
    ----------
    looked : DataFrame
        From `evidence.looked_at`.
    as_of : date
        Day against which the age of counsel's confirmation is counted.

    Returns
    -------
    DataFrame
        `question` (`partner_question`), `about`, `unit_id` and `owner_role` (missing where none
        is named), in the order of the code list.
    """
    found = [
        *_of_partners(restricted["partners"], looked),
        *_of_appearances(restricted["appearances"]),
        *_of_funding(restricted["funding_avenues"], as_of),
    ]
    made = pd.DataFrame(found, columns=COLUMNS).astype(dict.fromkeys(COLUMNS, "str"))
    return in_code_order(made, ["question", "about", "unit_id"], question="partner_question")


def _of_partners(partners: pd.DataFrame, looked: pd.DataFrame) -> Iterator[list[Any]]:
    for row in partners.to_dict("records"):
        about = [row["counterpart"], row["unit_id"], row["decided_by_role"]]
        if row["stage"] in AGREED:
            if row["partner_kind"] == "unknown":
                yield ["kind_unknown", *about]
            known = looked["looked_at"].get(row["counterpart"], 0)
            if known < len(INDICATORS):
                yield ["not_looked_at", *about]
            if "harm_to_partner" in row and pd.isna(row["harm_to_partner"]):
                yield ["harm_not_said", *about]
        if row["purpose"] == "off_agenda" and row["partner_kind"] in STATE_BODIES:
            yield ["off_agenda_with_state_body", *about]
        is_formal = row["purpose"] == "research" and row["partner_kind"] == "academia"
        if is_formal and row["alignment"] in ("partly", "off_agenda"):
            yield ["research_not_in_line", *about]


def _of_appearances(appearances: pd.DataFrame) -> Iterator[list[Any]]:
    for row in appearances.to_dict("records"):
        if row["answer"] == "go" and any(row[name] != "yes" for name in CONDITIONS):
            yield ["condition_open", row["title"], row["unit_id"], row["decided_by_role"]]


def _of_funding(avenues: pd.DataFrame, as_of: date) -> Iterator[list[Any]]:
    for row in avenues[avenues["answer"] == "pursue"].to_dict("records"):
        about = [row["avenue"], None, row["decided_by_role"]]
        if row["legal_state"] == "unclear" or not is_confirmed(row["counsel_checked_date"], as_of):
            yield ["law_not_confirmed", *about]
        if "strings" in row and pd.isna(row["strings"]):
            yield ["strings_not_said", *about]


def is_confirmed(confirmed: Any, as_of: date) -> bool:
    """Whether counsel confirmed the law within a year before a day.

    Examples
    --------
    >>> is_confirmed(pd.Timestamp("2026-06-30"), date(2026, 11, 1)), is_confirmed(None, date.max)
    (True, False)
    """
    if confirmed is None or pd.isna(confirmed):
        return False
    return 0 <= (pd.Timestamp(as_of) - pd.Timestamp(confirmed)).days <= CONFIRMED_DAYS
