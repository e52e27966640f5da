"""What the parts of chapter 01's panel know of it."""

from __future__ import annotations

import pandas as pd

from strategy_lib.widgets.base import Panel

ACTIVITIES = "activities"


class MappingParts(Panel):
    """The panel as its parts see it."""

    def activities(self) -> pd.DataFrame:
        """Activities by office and title."""
        frame = self.frame(ACTIVITIES)
        return frame.sort_values(["unit_id", "title"], kind="stable").reset_index(drop=True)
