"""Decisions that were recorded for a chapter, and whether they are due for review."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from strategy_lib.chapters.registry import number_of
from strategy_lib.editions.restrict import Restricted


def decided(inputs: Restricted, chapter: str, as_of: date) -> pd.DataFrame:
    """Decisions of a chapter: wording, reasons, dissent, when they are looked at again.

    Parameters
    ----------
    chapter : str
        Its folder.
    """
    frame = inputs["decisions"]
    frame = frame[frame["chapter"] == number_of(chapter)].copy()
    is_due = frame["review_date"].notna() & (frame["review_date"] <= pd.Timestamp(as_of))
    frame["is_due"] = np.where(is_due, "yes", "no")
    wanted = [
        "decided_date",
        "decision",
        "decided_by",
        "reasons",
        "conditions",
        "dissent",
        *(["dissent_by"] if inputs.edition.shows_people else []),
        "review_date",
        "is_due",
    ]
    frame = frame.sort_values("decided_date", ascending=False, kind="stable")
    return frame[[name for name in wanted if name in frame]].reset_index(drop=True)
