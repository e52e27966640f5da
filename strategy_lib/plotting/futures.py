"""Futures side by side, and one of them to step into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from strategy_lib.plotting.pictures import Grid, register


@register
@dataclass(frozen=True)
class FutureOption:
    """How one option does in a future.

    Attributes
    ----------
    score : float or None
        Middle score; None where it was not scored there.
    text : str
        The score in words, and whether it is good enough.
    is_good : bool
        Whether it is.
    """

    name: str
    score: float | None
    text: str
    is_good: bool


@register
@dataclass(frozen=True)
class Future:
    """A future to step into.

    Attributes
    ----------
    said : str
        What is told when somebody chooses it.
    options : tuple of FutureOption
        In the order of the page; the script puts the highest score first.
    changes : tuple of str
        What would have to change from today.
    """

    name: str
    said: str
    options: tuple[FutureOption, ...]
    changes: tuple[str, ...]


@register
@dataclass(frozen=True)
class FutureChooser:
    """Futures side by side; with scripts, one of them can be chosen and looked at alone.

    Nothing is lost without: the table and the page's other pictures hold the same numbers.

    Attributes
    ----------
    grid : Grid
        All of them.
    ask, options, changes : str
        What is asked, and the headings of what is shown then.
    """

    script: ClassVar[str] = "futures.js"

    grid: Grid
    futures: tuple[Future, ...]
    ask: str
    options: str
    changes: str
