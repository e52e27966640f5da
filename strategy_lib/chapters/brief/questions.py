"""What is put to the readers, in the words of those who wrote it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from strategy_lib.chapters.brief.context import Context, text
from strategy_lib.chapters.brief.layout import QUESTION_PARTS
from strategy_lib.schema.schema import code_list


def questions(context: Context) -> pd.DataFrame:
    """What is put to the readers, the one that the page is about first.

    Those to be decided come before those to be discussed and noted, and the earliest day first.
    """
    frame = context.entered["brief"]
    codes = code_list("brief_purpose").values
    places = [codes.index(p) if p in codes else len(codes) for p in frame["purpose"]]
    by = ["place", "decision_by", "brief_id"]
    order = frame.assign(place=places).sort_values(by, kind="stable", ignore_index=True)
    return order.drop(columns="place")


def asked_in_full(context: Context) -> pd.DataFrame:
    """Every question as it is saved: `QUESTION_PARTS` as far as the edition may see them.

    Returns
    -------
    DataFrame
        Also `purpose_code`, and `chapter` by its number.
    """
    frame = questions(context)
    labels = code_list("brief_purpose")
    frame["purpose_code"] = frame["purpose"]
    frame["purpose"] = [labels.label(text(p), context.inputs.language) for p in frame["purpose"]]
    shown = [name for name in QUESTION_PARTS if context.can_show("brief", name)]
    return frame[[*shown, "purpose_code", "chapter"]]


def first_question(context: Context) -> dict[str, Any]:
    """The first row of `questions`; empty where nobody wrote any."""
    frame = questions(context)
    return {str(key): value for key, value in frame.iloc[0].items()} if len(frame) else {}
