"""A picture that a reader can move: how weights turn values into an order, and who leads where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from strategy_lib.plotting.pictures import register


@register
@dataclass(frozen=True)
class Lead:
    """From which weight of a slider on an option leads; options count from 0."""

    start: float
    option: int


@register
@dataclass(frozen=True)
class Slider:
    """Something that can be weighed anew.

    Attributes
    ----------
    name : str
        A criterion, or a group of criteria.
    criteria : tuple of int
        Which criteria it moves, from 0, in proportion to their weights.
    leads : tuple of Lead
        Who leads as it goes up from 0 and all others share the rest.
    note : str
        A quiet line under its name, such as the criteria of a group.
    """

    name: str
    criteria: tuple[int, ...]
    leads: tuple[Lead, ...]
    note: str = ""


@register
@dataclass(frozen=True)
class WhatIf:
    """Options, their values and mean weights, with sliders for the weights.

    It holds what all people together say and nothing of anybody's own: no draws, no person's
    scores. Where scripts do not run, and on paper, the strips of all sliders stand instead.

    Attributes
    ----------
    options : tuple of str
        In the order of the page.
    letters : tuple of str
        What stands for an option where its name has no room.
    values : tuple of tuple of float
        By option and criterion, 0 worst to 100 best.
    weights : tuple of float
        By criterion, adding up to 100.
    high : float
        Upper end of every slider.
    words : mapping of str to str
        What the page says; in braces what is filled in. See `NEEDED`.
    """

    options: tuple[str, ...]
    letters: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    weights: tuple[float, ...]
    sliders: tuple[Slider, ...]
    high: float
    words: Mapping[str, str]

    script: ClassVar[str] = "what_if.js"

    NEEDED: ClassVar[tuple[str, ...]] = (
        *("leads", "now", "level", "of", "set", "less", "more", "reset", "alike"),
        *("try", "try_sub", "then", "then_sub", "rest", "still", "from"),
    )

    def __post_init__(self) -> None:
        missing = set(self.NEEDED) - set(self.words)
        if missing:
            raise ValueError(f"a what-if lacks words for {', '.join(sorted(missing))}")

    def points(self, slider: Slider) -> float:
        """Present weight of what a slider moves."""
        return sum(self.weights[place] for place in slider.criteria)
