"""The descriptors and states that one edition sees, with their names and their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from strategy_lib.editions.restrict import DEFAULT_LABEL, Restricted
from strategy_lib.methods.cross_impact.input import RESERVED_NAMES
from strategy_lib.schema.reference import reference

NOT_SAID = "not said"
FEWEST_STATES = 2
LAST = 10**6


@dataclass(frozen=True, eq=False)
class System:
    """What a scenario is made of.

    Attributes
    ----------
    descriptors : DataFrame
        `descriptor_id`, `name`, `question`, `why`, in their order.
    states : DataFrame
        `state_id`, `descriptor_id`, `name`, `definition`, `is_today`, `seen_at`, `evidence`, in the
        order of the descriptors.
    is_starting_list : bool
        Nothing was entered: these are the rows that the workbook starts with.
    left_out : tuple of str
        Names of descriptors with fewer than two states, which cannot tell futures apart.
    """

    descriptors: pd.DataFrame
    states: pd.DataFrame
    is_starting_list: bool = False
    left_out: tuple[str, ...] = ()

    @cached_property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """Descriptor -> codes of its states, as the methods take them."""
        own = self.states.groupby("descriptor_id", sort=False)["state_id"]
        return {column_of(str(name)): tuple(codes) for name, codes in own}

    @cached_property
    def state_names(self) -> dict[str, str]:
        """Code of a state -> its name."""
        return dict(zip(self.states["state_id"], self.states["name"], strict=True))

    @cached_property
    def descriptor_names(self) -> dict[str, str]:
        """Column of a descriptor -> its name."""
        columns = self.descriptors["descriptor_id"].map(column_of)
        return dict(zip(columns, self.descriptors["name"], strict=True))

    @cached_property
    def owner(self) -> dict[str, str]:
        """Code of a state -> column of its descriptor."""
        columns = self.states["descriptor_id"].map(column_of)
        return dict(zip(self.states["state_id"], columns, strict=True))

    def without(self, columns: Sequence[str]) -> System:
        """The same without some descriptors."""
        stays = ~self.descriptors["descriptor_id"].map(column_of).isin(columns)
        return _system(self.descriptors[stays], self.states, self.is_starting_list, self.left_out)

    def in_full(self, state: str) -> str:
        """A state with its descriptor, in words."""
        name = self.state_names.get(state, state)
        return f"{self.descriptor_names.get(self.owner.get(state, ''), '')}: {name}"


def column_of(descriptor_id: str) -> str:
    """Column that a descriptor takes in the methods' tables, some names of which are theirs.

    Examples
    --------
    >>> column_of("econ"), column_of("weight")
    ('econ', 'weight.')
    """
    return f"{descriptor_id}." if descriptor_id in RESERVED_NAMES else descriptor_id


def system_of(inputs: Restricted) -> System:
    """Descriptors and states of an edition; the starting list where none has been entered.

    An edition that may not see unlabelled rows cannot tell "none entered" from "none shown": it
    gets no starting list.
    """
    descriptors, states = inputs["descriptors"], inputs["descriptor_states"]
    is_empty = descriptors.empty and states.empty
    is_start = is_empty and inputs.edition.may_see(DEFAULT_LABEL)
    if is_start:
        descriptors, states = reference("scenario_descriptors"), reference("scenario_states")
    return _system(
        _with(descriptors, {"question": "", "why": ""}),
        _with(states, {"definition": "", "is_today": None, "seen_at": pd.NaT, "evidence": ""}),
        is_start,
    )


def _with(frame: pd.DataFrame, columns: Mapping[str, Any]) -> pd.DataFrame:
    """The frame with columns that the edition withholds, or that the list does not have."""
    return frame.assign(**{name: value for name, value in columns.items() if name not in frame})


def _system(
    descriptors: pd.DataFrame,
    states: pd.DataFrame,
    is_starting_list: bool,
    left_out: tuple[str, ...] = (),
) -> System:
    descriptors = _ordered(descriptors.dropna(subset=["descriptor_id"]), "descriptor_id")
    known = states[states["descriptor_id"].isin(list(descriptors["descriptor_id"]))]
    counts = known.groupby("descriptor_id")["state_id"].nunique()
    whole = descriptors["descriptor_id"].map(counts).fillna(0) >= FEWEST_STATES
    short = tuple(descriptors.loc[~whole, "name"].astype(str))
    descriptors = descriptors[whole].reset_index(drop=True)
    place = {code: number for number, code in enumerate(descriptors["descriptor_id"])}
    known = known[known["descriptor_id"].isin(list(place))]
    known = _ordered(known.drop_duplicates("state_id"), "state_id")
    known = known.sort_values("descriptor_id", key=lambda c: c.map(place), kind="stable")
    return System(descriptors, known.reset_index(drop=True), is_starting_list, (*left_out, *short))


def _ordered(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    """Rows by their `position`, then by code; rows without a position come last."""
    position = frame["position"] if "position" in frame else pd.Series(LAST, index=frame.index)
    order = frame.assign(_place=position.astype("Float64").fillna(LAST))
    return order.sort_values(["_place", key], kind="stable").drop(columns="_place")


def today(system: System) -> dict[str, str]:
    """Column of a descriptor -> code of the state that holds today; not where none, or two, do."""
    marked = system.states[system.states["is_today"].fillna(False).astype(bool)]
    by_descriptor = marked.groupby("descriptor_id")["state_id"].agg(list)
    return {
        column_of(str(name)): codes[0] for name, codes in by_descriptor.items() if len(codes) == 1
    }
