"""What is put to the readers, in the words of those who wrote it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from strategy_lib.chapters.brief.context import Context, text
from strategy_lib.schema.schema import code_list

ASKED = [
    "purpose",
    "question",
    "recommendation",
    "recommended_by",
    "resolution_wording",
    "asked_of",
    "decision_by",
    "risks",
    "minority_view",
    "minority_view_by",
]
_LAST = pd.Timestamp.max.floor("s")


def questions(context: Context) -> pd.DataFrame:
    """What is put to the readers, the one that the page is about first.

    Those to be decided come before those to be discussed and noted, and the earliest day first.
    """
    frame = context.entered["brief"]
    codes = code_list("brief_purpose").values
    order = pd.DataFrame(
        {
            "purpose": [codes.index(p) if p in codes else len(codes) for p in frame["purpose"]],
            "day": frame["decision_by"].fillna(_LAST),
            "id": frame["brief_id"],
        },
        index=frame.index,
    )
    chosen = order.sort_values(["purpose", "day", "id"], kind="stable").index
    return frame.loc[chosen].reset_index(drop=True)


def asked_in_full(context: Context) -> pd.DataFrame:
    """Every question as it is saved: `ASKED` as far as the edition may see it.

    Returns
    -------
    DataFrame
        Also `purpose_code`, and `chapter` by its number.
    """
    frame = questions(context)
    labels = code_list("brief_purpose")
    frame["purpose_code"] = frame["purpose"]
    frame["purpose"] = [labels.label(text(p), context.inputs.language) for p in frame["purpose"]]
    shown = [name for name in ASKED if context.can_show("brief", name)]
    return frame[[*shown, "purpose_code", "chapter"]]


def first_question(context: Context) -> dict[str, Any]:
    """The first row of `questions`; empty where nobody wrote any."""
    frame = questions(context)
    return {str(key): value for key, value in frame.iloc[0].items()} if len(frame) else {}
