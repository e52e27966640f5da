"""One activity as a form: lists to choose from, and counterparts offered while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as widgets
import pandas as pd

from strategy_lib.panels.choices import NOT_SAID, YES_NO, coded, levels
from strategy_lib.panels.parts import button, choice, heading, long_text, said, type_ahead, typed
from strategy_lib.tables.rawsheets import cell_text
from strategy_lib.tables.schema import table_schema

if TYPE_CHECKING:
    from strategy_lib.panels.mapping import MappingPanel

TABLE = "activities"
NEW = ""
_CODED = ("theme", "activity_type", "stance", "confidence", "handling")
_NUMBERED = ("contact_strength",)
_YES_NO = ("is_known_to_centre", "not_for_mainland")
_TYPED = ("title", "start_date", "end_date", "contact_people", "owner_role")
_ORDER = ("unit_id", "title", "theme", "activity_type", "stance", "counterpart", "country_code",
          "start_date", "end_date", "contact_strength", "contact_people", "is_known_to_centre",
          "owner_role", "note", "confidence", "handling", "not_for_mainland")  # fmt: skip


class ActivityForm:
    """Adds an activity, or corrects one: only what was changed is entered."""

    def __init__(self, panel: MappingPanel) -> None:
        self.panel = panel
        self.schema = table_schema(TABLE)
        self.which = choice("Activity:", [("add a new one", NEW)])
        self.fields = {name: self._field(name) for name in _ORDER if self._is_shown(name)}
        self.save_button = button("Save this activity", self.save)
        needed = [self.schema[n].title() for n in self.fields if self.schema[n].required]
        self.widget = widgets.VBox(
            [heading("Add or correct an activity"), self.which, *self.fields.values(),
             said(f"Needed: {', '.join(needed)}. No names of people."), self.save_button]
        )  # fmt: skip
        self._start: dict[str, str] = {}
        self.which.observe(lambda _: self.fill(), names="value")

    def _is_shown(self, name: str) -> bool:
        return name in self.panel.session.inputs.restricted.frames[TABLE]

    def _field(self, name: str) -> Any:
        label = f"{self.schema[name].title()}:"
        if name == "unit_id":
            units = self.panel.session.inputs.restricted["units"].dropna(subset=["unit_id"])
            listed = zip(units["name"].fillna(units["unit_id"]), units["unit_id"], strict=True)
            return choice(label, [("choose", NOT_SAID), *listed])
        if name in _CODED:
            return choice(label, coded(self.schema[name].codes or name))
        if name in _NUMBERED:
            return choice(label, levels(TABLE, name))
        if name in _YES_NO:
            return choice(label, YES_NO)
        if name == "counterpart":
            return type_ahead(label, self.counterparts())
        if name == "country_code":
            return type_ahead(label, self.countries())
        if name == "note":
            return long_text(label, self.schema[name].description())
        return typed(label, self.schema[name].example)

    def counterparts(self) -> list[str]:
        """Names that are known: as entered, and as other activities have them."""
        inputs = self.panel.session.inputs.restricted
        names: list[str] = []
        for table, column in (("counterparts", "name"), (TABLE, "counterpart")):
            if column in inputs.frames[table]:
                names += list(inputs[table][column].dropna())
        return sorted(dict.fromkeys(map(str, names)), key=str.casefold)

    def countries(self) -> list[str]:
        """Names of countries and areas, as the organisation writes them."""
        own = self.panel.session.inputs.place_names
        codes = self.schema["country_code"].code_list
        listed = codes.codes if codes else ()
        return [own.get(c.code) or c.label() for c in listed]

    def show(self) -> None:
        """Offer the activities that are there now."""
        frame = self.panel.activities()
        columns = (frame[name] for name in ("unit_id", "title", "activity_id"))
        named = zip(*columns, strict=True)
        listed = [(f"{unit}: {title}", str(code)) for unit, title, code in named]
        chosen = self.which.value
        self.which.options = [("add a new one", NEW), *listed]
        self.which.value = chosen if chosen in {code for _, code in listed} else NEW
        if "counterpart" in self.fields:
            self.fields["counterpart"].options = tuple(self.counterparts())
        self.fill()

    def fill(self) -> None:
        """Show one activity, or an empty form."""
        frame = self.panel.activities()
        found = frame[frame["activity_id"] == self.which.value]
        row: dict[Any, Any] = {} if found.empty else found.iloc[0].to_dict()
        for name, field in self.fields.items():
            field.value = self._shown(name, row.get(name))
        self._start = {name: field.value for name, field in self.fields.items()}

    def _shown(self, name: str, value: Any) -> Any:
        if value is None or (not isinstance(value, tuple) and pd.isna(value)):
            return NOT_SAID
        if name in _YES_NO:
            return "yes" if value else "no"
        if name in _NUMBERED:
            return int(value)
        if isinstance(value, pd.Timestamp):
            return f"{value:%Y-%m-%d}"
        return cell_text(value)

    def save(self) -> None:
        """Enter what was changed; in a new activity everything that is needed must be there."""
        changed = {name: field.value if field.value != NOT_SAID else None
                   for name, field in self.fields.items()
                   if field.value != self._start.get(name)}  # fmt: skip
        if not changed:
            self.panel.say("Nothing was changed.")
            return
        empty = [self.schema[n].title() for n, f in self.fields.items()
                 if self.schema[n].required and f.value == NOT_SAID]  # fmt: skip
        if empty:
            self.panel.say(f"Not entered. Please fill in: {', '.join(empty)}.", is_trouble=True)
            return
        key = {"activity_id": self.which.value} if self.which.value != NEW else {}
        if self.panel.save(TABLE, key | changed) is not None:
            self.which.value = NEW
            self.panel.show()
