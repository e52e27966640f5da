"""Which scenarios are asked for at all: required and forbidden states and pairs of states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strategy_lib.core.errors import InputError
from strategy_lib.methods.cross_impact.matrix import CrossImpactMatrix

State = tuple[str, str]
"""A descriptor and one of its states."""

Limits = Mapping[str, str | Sequence[str]] | Iterable[State | tuple[State, State]]
"""States by descriptor, or a list of (descriptor, state) and of pairs of these."""


@dataclass(frozen=True, eq=False)
class Allowed:
    """What a scenario may hold.

    Attributes
    ----------
    states : ndarray of bool, shape (S,)
        States that may occur.
    excludes : ndarray of bool, shape (S, S)
        Symmetric: states that may not occur together.
    """

    states: NDArray[np.bool_]
    excludes: NDArray[np.bool_]


def allowed_states(
    matrix: CrossImpactMatrix, required: Limits | None = None, forbidden: Limits | None = None
) -> Allowed:
    """Translate what is required and forbidden into allowed states and excluded pairs.

    Parameters
    ----------
    matrix : CrossImpactMatrix
    required : mapping or iterable, optional
        ``{"law": "open"}`` or ``{"law": ["open", "mixed"]}``: the descriptor takes (one of) these
        states. In a list, ``("law", "open")`` says the same, and
        ``(("law", "open"), ("work", "visible"))`` says that the two occur together or not at all.
    forbidden : mapping or iterable, optional
        The same forms: states that do not occur, pairs that do not occur together.

    Returns
    -------
    Allowed

    Raises
    ------
    InputError
        Unknown names, or demands that contradict each other.

    Examples
    --------
    >>> matrix = CrossImpactMatrix({"a": ["x", "y"], "b": ["u", "v"]}, [[0] * 4] * 4)
    >>> allowed = allowed_states(matrix, required={"a": "x"}, forbidden=[(("a", "x"), ("b", "v"))])
    >>> allowed.states
    array([ True, False,  True, False])
    """
    demands, bonds = _split(matrix, required, "required")
    bans, clashes = _split(matrix, forbidden, "forbidden")
    states = np.ones(len(matrix.owner), dtype=bool)
    for rows in demands:
        states &= np.isin(np.arange(len(states)), rows) | (matrix.owner != matrix.owner[rows[0]])
    for rows in bans:
        states[rows] = False
    both = {frozenset(pair) for pair in bonds} & {frozenset(pair) for pair in clashes}
    if both:
        texts = [" and ".join(_name(matrix, row) for row in sorted(pair)) for pair in both]
        raise InputError(f"required and forbidden contradict: {texts[0]} must and must not go")
    excludes = _excludes(matrix, bonds, clashes)
    return Allowed(_narrowed(matrix, states, excludes), excludes)


def _split(
    matrix: CrossImpactMatrix, limits: Limits | None, what: str
) -> tuple[list[list[int]], list[tuple[int, int]]]:
    """Return alternatives per descriptor, and pairs, both as rows of the matrix."""
    if isinstance(limits, Mapping):
        chosen = {name: [s] if isinstance(s, str) else list(s) for name, s in limits.items()}
        empty = [name for name, own in chosen.items() if not own]
        if empty:
            raise InputError(f"{what}: {empty[0]} has an empty list of states; name at least one")
        return [[matrix.row(name, s) for s in own] for name, own in chosen.items()], []
    single: list[list[int]] = []
    pairs: list[tuple[int, int]] = []
    for item in limits or ():
        match item:
            case (str(name), str(state)):
                single.append([matrix.row(name, state)])
            case ((str(_), str(_)) as one, (str(_), str(_)) as other):
                pairs.append((matrix.row(*one), matrix.row(*other)))
            case _:
                raise InputError(
                    f"{what}: found {item!r}; allowed (descriptor, state) or a pair of these"
                )
    return single, pairs


def _excludes(
    matrix: CrossImpactMatrix, bonds: list[tuple[int, int]], clashes: list[tuple[int, int]]
) -> NDArray[np.bool_]:
    excludes = np.zeros((len(matrix.owner),) * 2, dtype=bool)
    for one, other in clashes:
        excludes[one, other] = excludes[other, one] = True
    for one, other in [*bonds, *((other, one) for one, other in bonds)]:
        rivals = (matrix.owner == matrix.owner[other]) & (np.arange(len(excludes)) != other)
        excludes[one, rivals] = excludes[rivals, one] = True
    return excludes


def _narrowed(
    matrix: CrossImpactMatrix, states: NDArray[np.bool_], excludes: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Drop states that no allowed state of some other descriptor can stand beside."""
    starts = matrix.offsets[:-1]
    while True:
        partners = np.logical_or.reduceat(~excludes & states, starts, axis=1)
        partners[np.arange(len(states)), matrix.owner] = ~np.diag(excludes)
        narrowed = states & partners.all(axis=1)
        left = np.logical_or.reduceat(narrowed, starts)
        if not left.all():
            name = matrix.names[int(np.argmin(left))]
            raise InputError(f"required and forbidden contradict: no state of {name} is left")
        if np.array_equal(narrowed, states):
            return states
        states = narrowed


def _name(matrix: CrossImpactMatrix, row: int) -> str:
    return " · ".join(matrix.pairs[row])
