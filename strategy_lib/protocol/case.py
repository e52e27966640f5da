"""One case: its rows in every table, with its moments read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.core.messages import ENGLISH, Say
from strategy_lib.protocol.clocks import moment
from strategy_lib.schema.schema import table_schema

TABLES = (
    "cases",
    "case_evidence",
    "case_routes",
    "exposed_groups",
    "harm_ratings",
    "route_ratings",
    "silence_ratings",
    "mitigations",
    "consultations",
    "sign_offs",
    "case_decisions",
    "dissents",
    "aftercare",
    "dismissed_findings",
)
JUDGED = {
    "harm_ratings": ("scale", "scope", "irremediability", "likelihood"),
    "route_ratings": ("best",),
    "silence_ratings": ("severity",),
}
Frames = Mapping[str, pd.DataFrame]
Row = dict[str, Any]


def text(value: object) -> str:
    """A cell as text; empty where there is none."""
    missing = value is None or (not isinstance(value, (tuple, list)) and bool(pd.isna(value)))  # type: ignore[call-overload]
    return "" if missing else str(value).strip()


def key_of(table: str) -> list[str]:
    """Fields that tell the rows of a table apart, whatever round they are of.

    Examples
    --------
    >>> key_of("route_ratings")
    ['assessor_id', 'route_id']
    """
    return [name for name in table_schema(table).primary_key if name != "round"]


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """Rows with their fields by name."""
    return [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")]


@dataclass(frozen=True, eq=False)
class Case:
    """One proposed public act, with everything that was written down about it.

    Attributes
    ----------
    record : mapping
        Its row in `cases`.
    frames : mapping of str to DataFrame
        Its rows in every table of the area; of several rounds the last judgement of each person.
    units : DataFrame
        All offices.
    assessors : DataFrame
        All assessors.
    say : Say
        What is said of the case is said by it, in its language.
    """

    record: Mapping[str, Any]
    frames: Frames
    units: pd.DataFrame
    assessors: pd.DataFrame
    say: Say = field(default_factory=Say)

    @property
    def case_id(self) -> str:
        """Code of the case."""
        return text(self.record["case_id"])

    @property
    def is_exercise(self) -> bool:
        """Whether it is an exercise; a case of which nobody has said so is none."""
        said = self.record.get("is_exercise")
        return bool(said) if pd.notna(said) else False

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.frames[table]

    def rows(self, table: str) -> list[Row]:
        """Rows of one table."""
        if table not in self._rows:
            self._rows[table] = rows_of(self.frames[table])
        return self._rows[table]

    @cached_property
    def _rows(self) -> dict[str, list[Row]]:
        return {}

    def said(self, field: str) -> str:
        """A field of the case as text; empty where nothing is said."""
        return text(self.record.get(field))

    def at(self, field: str) -> datetime | None:
        """A moment of the case; None where there is none, or none that can be read."""
        return moment(self.record.get(field))

    @cached_property
    def route_names(self) -> dict[str, str]:
        """Code of a route in this case -> code of its way of responding."""
        routes = self.frames["case_routes"]
        return dict(zip(routes["route_id"], routes["route"].fillna(""), strict=True))

    @cached_property
    def unit_names(self) -> dict[str, str]:
        """Code of an office -> its name."""
        named = self.units[["unit_id", "name"]].dropna()
        return dict(zip(named["unit_id"], named["name"], strict=True))

    def unit(self, code: object) -> str:
        """An office in words; its code where it is not listed."""
        return self.unit_names.get(text(code), text(code))

    def country_of(self, unit_id: object) -> str:
        """Country of an office; empty where it is not known."""
        found = self.units.loc[self.units["unit_id"] == text(unit_id), "country_code"]
        return text(found.iloc[0]) if len(found) else ""


def names_of_counterparts(counterparts: pd.DataFrame) -> list[str]:
    """Every name and alias of the counterparts that offices listed."""
    names = {
        text(name)
        for column in ("name", "chinese_name")
        if column in counterparts
        for name in counterparts[column]
    }
    for aliases in counterparts.get("aliases", ()):
        names |= {text(alias) for alias in aliases}
    return sorted(names - {""})


def case_ids(frames: Frames) -> list[str]:
    """Codes of all cases, in their order."""
    return sorted({text(code) for code in frames["cases"]["case_id"]} - {""})


def case_of(frames: Frames, case_id: str, language: str = ENGLISH) -> Case:
    """One case out of the tables of all.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        The tables of the area, `units` and `assessors`.
    language : str
        In which what is said of it is said.

    Raises
    ------
    InputError
        If there is no such case; the message lists those that there are.
    """
    known = case_ids(frames)
    if case_id not in known:
        listed = ", ".join(known) or "none"
        raise InputError(f"There is no case {case_id!r}; the cases are: {listed}.")
    own: dict[str, pd.DataFrame] = {}
    for name in TABLES:
        frame = frames[name]
        if "case_id" in frame:
            own[name] = frame[frame["case_id"] == case_id].reset_index(drop=True)
    groups, routes = set(own["exposed_groups"]["group_id"]), set(own["case_routes"]["route_id"])
    harm, benefit = frames["harm_ratings"], frames["route_ratings"]
    is_ours = harm["group_id"].isin(list(groups)) & harm["route_id"].isin(list(routes))
    own["harm_ratings"] = harm[is_ours].reset_index(drop=True)
    own["route_ratings"] = benefit[benefit["route_id"].isin(list(routes))].reset_index(drop=True)
    for name in JUDGED:
        own[name] = _last_round(own[name], name)
    record = rows_of(own["cases"])[0]
    return Case(record, own, frames["units"], frames["assessors"], Say(language))


def _last_round(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """The last judgement of each person; a later round left open takes nothing back."""
    is_judged = frame[list(JUDGED[name])].notna().any(axis=1)
    ordered = frame.assign(
        _is_judged=is_judged, _round=frame["round"].fillna(1).astype(int)
    ).sort_values(["_is_judged", "_round"], kind="stable")
    kept = ordered.drop_duplicates(key_of(name), keep="last").sort_index()
    return kept.drop(columns=["_is_judged", "_round"]).reset_index(drop=True)
