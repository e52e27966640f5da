"""One activity as a form: lists to choose from, and counterparts offered while one types."""

from __future__ import annotations

import pandas as pd

from strategy_lib.schema.schema import table_schema
from strategy_lib.widgets.base import Panel
from strategy_lib.widgets.record_form import RecordForm

ACTIVITIES = "activities"


def activities(panel: Panel) -> pd.DataFrame:
    """Activities by office and title."""
    frame = panel.frame(ACTIVITIES)
    return frame.sort_values(["unit_id", "title"], kind="stable").reset_index(drop=True)


class ActivityForm(RecordForm):
    """Adds an activity, or corrects one: only what was changed is entered."""

    def __init__(self, panel: Panel) -> None:
        super().__init__(
            panel,
            ACTIVITIES,
            "Add or correct an activity",
            list(dict.fromkeys(("unit_id", *table_schema(ACTIVITIES).names))),
            letters=None,
            offered={"counterpart": self.counterparts},
        )

    def counterparts(self) -> list[str]:
        """Names that are known: as entered, and as other activities have them."""
        inputs = self.panel.session.inputs.restricted
        names: list[str] = []
        for table, column in (("counterparts", "name"), (ACTIVITIES, "counterpart")):
            if column in inputs.frames[table]:
                names += list(inputs[table][column].dropna())
        return sorted(dict.fromkeys(map(str, names)), key=str.casefold)

    def choices(self) -> list[tuple[str, str]]:
        """Activities by office and title."""
        frame = activities(self.panel)
        columns = (frame[name] for name in ("unit_id", "title", "activity_id"))
        return [(f"{unit}: {title}", str(code)) for unit, title, code in zip(*columns, strict=True)]
