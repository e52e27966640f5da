"""The cross-impact matrix: descriptors, their states, judged influences of state on state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from strategy_lib.core.errors import InputError, listing
from strategy_lib.methods.cross_impact.input import checked_impacts, checked_states
from strategy_lib.methods.cross_impact.scenario_wizard import (
    format_scw,
    parse_scw,
    read_text,
    write_text,
)

Scenario = Mapping[str, str] | Sequence[str] | pd.Series
"""One state of every descriptor: by descriptor name, or in the matrix's order."""


@dataclass(frozen=True, init=False, eq=False, repr=False)
class CrossImpactMatrix:
    """Judged influences of every state on every state of the other descriptors.

    Parameters
    ----------
    descriptors : mapping of str to sequence of str
        Each descriptor's states, at least two.
    impacts : array-like or DataFrame, shape (S, S)
        Judgements: rows are sources, columns are targets, in the order of `descriptors`; usually
        -3 (strongly restricts) to +3 (strongly promotes), 0 for no influence. A descriptor's own
        block may hold self-influence: its chosen state then acts on its own states.

    Raises
    ------
    InputError
        A descriptor without two different states, a matrix that is not square or whose labels do
        not match, text or nothing in a cell, a missing block.

    Warns
    -----
    JudgementScaleWarning
        Judgements outside -3..+3, which are used as given.

    References
    ----------
    Weimer-Jehle, W. (2006). Cross-impact balances: a system-theoretical approach to cross-impact
    analysis. Technological Forecasting and Social Change 73(4), 334-361.

    Examples
    --------
    >>> matrix = CrossImpactMatrix(
    ...     {"law": ["strict", "open"], "work": ["hidden", "visible"]},
    ...     [[0, 0, 2, -2], [0, 0, -1, 1], [1, -1, 0, 0], [0, 0, 0, 0]],
    ... )
    >>> matrix.n_scenarios
    4
    >>> matrix.balances(matrix.indices({"law": "strict", "work": "visible"})[None, :])
    array([[ 0,  0,  2, -2]])
    """

    descriptors: Mapping[str, tuple[str, ...]]
    impacts: NDArray[Any]

    def __init__(
        self, descriptors: Mapping[str, Sequence[str]], impacts: ArrayLike | pd.DataFrame
    ) -> None:
        states = checked_states(descriptors)
        object.__setattr__(self, "descriptors", MappingProxyType(states))
        object.__setattr__(self, "impacts", checked_impacts(states, impacts))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The descriptors' names."""
        return tuple(self.descriptors)

    @cached_property
    def state_counts(self) -> NDArray[np.intp]:
        """How many states each descriptor has, shape (n,)."""
        return np.array([len(states) for states in self.descriptors.values()], dtype=np.intp)

    @cached_property
    def offsets(self) -> NDArray[np.intp]:
        """The row of each descriptor's first state, and S at the end, shape (n + 1,)."""
        return np.concatenate([[0], np.cumsum(self.state_counts)]).astype(np.intp)

    @cached_property
    def owner(self) -> NDArray[np.intp]:
        """Which descriptor each state belongs to, shape (S,)."""
        return np.repeat(np.arange(len(self.names)), self.state_counts)

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every (descriptor, state), in the order of the rows."""
        return tuple((name, state) for name, own in self.descriptors.items() for state in own)

    @property
    def n_scenarios(self) -> int:
        """How many combinations of states there are."""
        return prod(int(count) for count in self.state_counts)

    @property
    def tolerance(self) -> float:
        """What two balances may differ by and still count as equal; 0 for whole judgements."""
        if self.impacts.dtype.kind == "i":
            return 0.0
        return 1e-9 * max(1.0, float(np.abs(self.impacts).max()) * len(self.names))

    def block(self, descriptor: int) -> slice:
        """Return the rows of a descriptor's states."""
        return slice(int(self.offsets[descriptor]), int(self.offsets[descriptor + 1]))

    def row(self, descriptor: str, state: str) -> int:
        """Return the row of a state.

        Raises
        ------
        InputError
            An unknown descriptor or state.
        """
        if descriptor not in self.descriptors:
            raise InputError(
                f"descriptor: found {descriptor!r}; allowed {listing(self.names, len(self.names))}"
            )
        states = self.descriptors[descriptor]
        if state not in states:
            raise InputError(
                f"state of {descriptor}: found {state!r}; allowed {listing(states, len(states))}"
            )
        return int(self.offsets[self.names.index(descriptor)]) + states.index(state)

    def indices(self, scenario: Scenario) -> NDArray[np.intp]:
        """Return a scenario as the position of the chosen state within each descriptor.

        Parameters
        ----------
        scenario : mapping, Series or sequence of str
            A state for every descriptor; entries for anything else (such as a score) are ignored.

        Returns
        -------
        ndarray, shape (n,)

        Raises
        ------
        InputError
            A descriptor without a state, an unknown state.
        """
        if not isinstance(scenario, Mapping | pd.Series):
            if isinstance(scenario, str) or len(scenario) != len(self.names):
                raise InputError(
                    f"scenario: found {scenario!r}; give one state for each of "
                    f"{listing(self.names, len(self.names))}"
                )
            scenario = dict(zip(self.names, scenario, strict=True))
        missing = [name for name in self.names if name not in scenario]
        if missing:
            raise InputError(f"scenario: no state for {listing(missing)}; give one for each")
        rows = [self.row(name, scenario[name]) for name in self.names]
        return np.array(rows, dtype=np.intp) - self.offsets[:-1]

    def balances(self, states: NDArray[np.integer[Any]]) -> NDArray[Any]:
        """Return the impact balance of every state in many scenarios at once.

        Parameters
        ----------
        states : ndarray of int, shape (N, n)
            Position of the chosen state within each descriptor.

        Returns
        -------
        ndarray, shape (N, S)
            Sum of the chosen states' influences on each state.
        """
        total = np.zeros((len(states), len(self.owner)), dtype=self.impacts.dtype)
        for descriptor, chosen in enumerate(states.T):
            total += self.impacts[self.offsets[descriptor] + chosen]
        return total

    def frame_of(self, states: NDArray[np.integer[Any]]) -> pd.DataFrame:
        """Return scenarios as a table of state names, a column a descriptor."""
        return pd.DataFrame(
            {
                name: np.array(own, dtype=object)[chosen]
                for (name, own), chosen in zip(self.descriptors.items(), states.T, strict=True)
            }
        )

    def to_frame(self) -> pd.DataFrame:
        """Return the judgements with (descriptor, state) labels on both axes."""
        labels = pd.MultiIndex.from_tuples(self.pairs, names=["descriptor", "state"])
        return pd.DataFrame(self.impacts.copy(), index=labels, columns=labels)

    def with_impact(
        self, source: tuple[str, str], target: tuple[str, str], value: float
    ) -> CrossImpactMatrix:
        """Return a matrix with one judgement changed; `source` and `target` are (name, state).

        Examples
        --------
        >>> matrix = CrossImpactMatrix({"a": ["x", "y"], "b": ["u", "v"]}, [[0] * 4] * 4)
        >>> matrix.with_impact(("a", "y"), ("b", "u"), 2).impacts[1]
        array([0, 0, 2, 0])
        """
        impacts = self.impacts.astype(np.float64)
        impacts[self.row(*source), self.row(*target)] = value
        return CrossImpactMatrix(self.descriptors, impacts)

    @classmethod
    def read_scw(cls, path: str | Path) -> Self:
        """Read a ScenarioWizard 4 project file (`.scw`).

        Raises
        ------
        InputError
            The file is not there, of another version, cut short or not a project file.
        """
        return cls(*parse_scw(read_text(path), Path(path).name))

    def write_scw(self, path: str | Path) -> None:
        """Write a ScenarioWizard 4 project file, which `read_scw` reads back unchanged.

        Raises
        ------
        InputError
            Judgements that are not whole numbers, which the format cannot hold.
        """
        write_text(path, format_scw(self.descriptors, self.impacts, Path(path).name))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, CrossImpactMatrix):
            return NotImplemented
        return self.pairs == other.pairs and np.array_equal(self.impacts, other.impacts)

    def __hash__(self) -> int:
        return hash((self.pairs, (self.impacts + 0.0).tobytes()))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self.descriptors), self.impacts)

    def __repr__(self) -> str:
        return (
            f"CrossImpactMatrix({len(self.names)} descriptors, {len(self.owner)} states, "
            f"{self.n_scenarios:,} scenarios)"
        )
