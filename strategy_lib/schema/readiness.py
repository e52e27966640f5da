"""The guide's recommendations in the order of the guide."""

from __future__ import annotations

import pandas as pd

from strategy_lib.schema.reference import reference


def recommendations() -> pd.DataFrame:
    """Recommendations in the order of the guide, with what level 3 would look like."""
    frame = reference("readiness_levels")
    return frame.sort_values("position", kind="stable").reset_index(drop=True)
