"""One activity as a form: lists to choose from, and counterparts offered while one types."""

from __future__ import annotations

from strategy_lib.chapters.mapping.panel.base import MappingParts
from strategy_lib.schema.schema import table_schema
from strategy_lib.widgets.record_form import NEW, RecordForm

TABLE = "activities"


class ActivityForm(RecordForm):
    """Adds an activity, or corrects one: only what was changed is entered."""

    def __init__(self, panel: MappingParts) -> None:
        self.mapping = panel
        super().__init__(
            panel,
            TABLE,
            "Add or correct an activity",
            list(dict.fromkeys(("unit_id", *table_schema(TABLE).names))),
            letters=None,
            offered={"counterpart": self.counterparts},
        )

    def counterparts(self) -> list[str]:
        """Names that are known: as entered, and as other activities have them."""
        inputs = self.panel.session.inputs.restricted
        names: list[str] = []
        for table, column in (("counterparts", "name"), (TABLE, "counterpart")):
            if column in inputs.frames[table]:
                names += list(inputs[table][column].dropna())
        return sorted(dict.fromkeys(map(str, names)), key=str.casefold)

    def choices(self) -> list[tuple[str, str]]:
        """Activities by office and title."""
        frame = self.mapping.activities()
        columns = (frame[name] for name in ("unit_id", "title", "activity_id"))
        return [(f"{unit}: {title}", str(code)) for unit, title, code in zip(*columns, strict=True)]


__all__ = ["NEW", "TABLE", "ActivityForm"]
