"""What can go wrong, in the user's words: each message says what, where, found and allowed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from strategy_lib.core.problems import Problem


class StrategyError(Exception):
    """Anything the workbook refuses; its text is written for the person who sees it."""


class InputError(StrategyError):
    """A value given to the workbook (a cell, an argument, a judgement) that it cannot use.

    Parameters
    ----------
    message : str
        What is wrong, what was found, what is allowed.
    problems : iterable of Problem, optional
        Every problem found, where several were found at once.
    """

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class WorkspaceError(StrategyError):
    """A folder that is not a workspace, a cycle that is not there, settings that cannot be read."""


class ParameterError(StrategyError):
    """A chapter was given a parameter that it does not know, or of the wrong type."""


class ChapterError(StrategyError):
    """A chapter failed while it ran; the log beside it has the details.

    Parameters
    ----------
    message : str
        The cause in at most two lines.
    log : str, optional
        Path of the log file, as text.
    """

    def __init__(self, message: str, log: str | None = None) -> None:
        super().__init__(message)
        self.log = log


class MissingToolError(StrategyError):
    """A program that a step needs (a browser, JupyterLab) is not installed."""


def listing(items: Iterable[object], shown: int = 5) -> str:
    """Join the first few items and say how many more there are.

    Examples
    --------
    >>> listing("abcd", shown=2)
    'a, b and 2 more'
    """
    texts = [str(item) for item in items]
    more = f" and {len(texts) - shown} more" if len(texts) > shown else ""
    return ", ".join(texts[:shown]) + more
