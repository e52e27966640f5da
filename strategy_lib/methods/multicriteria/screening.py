"""Red lines and gates: what is out before anything is scored, why, and what could not be checked.

A red line is never weighed against a benefit: an alternative beyond it leaves the comparison, with
the reason and with whose line it is. What nobody scored is neither within nor beyond: it is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from numbers import Real

import numpy as np
import pandas as pd

from strategy_lib.core.errors import InputError

COLUMNS = ("alternative", "condition", "found", "allowed", "whose", "reason")

# Whether it is known, and the row that says it.
Finding = tuple[bool, tuple[str, ...]]


@dataclass(frozen=True)
class RedLine:
    """A limit on one criterion that no advantage elsewhere outweighs.

    Attributes
    ----------
    criterion : str
        Column of the scores.
    at_least, at_most : float, optional
        The limit, on the criterion's scale; reaching it is still within. One of them or both.
    reason : str
        Why this is a red line.
    whose : str
        Who drew it (a role, an office, a policy).
    """

    criterion: str
    at_least: float | None = None
    at_most: float | None = None
    reason: str = ""
    whose: str = ""

    @property
    def allowed(self) -> str:
        """The limit in words."""
        parts = [] if self.at_least is None else [f"at least {self.at_least:g}"]
        return " and ".join(parts + ([] if self.at_most is None else [f"at most {self.at_most:g}"]))

    def is_crossed_by(self, score: float) -> bool:
        """Whether a known score lies beyond the line."""
        below = self.at_least is not None and score < self.at_least
        return below or (self.at_most is not None and score > self.at_most)


@dataclass(frozen=True)
class Gate:
    """A condition that an alternative must meet at all, such as a legal one.

    Attributes
    ----------
    alternative : str
        Which alternative it concerns.
    condition : str
        What must hold.
    is_met : bool or None
        None where it is not known.
    reason, whose : str
        Source, and who checked.
    """

    alternative: str
    condition: str
    is_met: bool | None
    reason: str = ""
    whose: str = ""


@dataclass(frozen=True, eq=False)
class Screening:
    """What is left to compare.

    Attributes
    ----------
    kept : tuple of str
        Alternatives beyond no line and through every gate, as far as known.
    excluded : DataFrame
        A row a line crossed or gate not met: `alternative`, `condition`, `found`, `allowed`,
        `whose`, `reason`.
    unchecked : DataFrame
        The same columns: lines and gates on which nothing is known. These alternatives stay, and
        whoever decides must know.
    """

    kept: tuple[str, ...]
    excluded: pd.DataFrame
    unchecked: pd.DataFrame


def screen(
    scores: pd.DataFrame, red_lines: Sequence[RedLine] = (), gates: Sequence[Gate] = ()
) -> Screening:
    """Leave out the alternatives beyond a red line or behind a closed gate, before scoring.

    Parameters
    ----------
    scores : DataFrame, alternatives x criteria
        On the criteria's scales; missing where nobody scored. With several assessors, screen each
        one's scores, or the most worried ones: not a mean.
    red_lines : sequence of RedLine
    gates : sequence of Gate

    Returns
    -------
    Screening

    Raises
    ------
    InputError
        A line on an unknown criterion, without a limit or that nothing can meet, a gate of an
        unknown alternative, scores that are no numbers, an alternative listed twice or not by a
        name.

    Examples
    --------
    >>> scores = pd.DataFrame({"safety": [8, 3, None]}, index=["hub", "office", "company"])
    >>> result = screen(scores, [RedLine("safety", at_least=5, reason="duty of care")])
    >>> result.kept, result.excluded["alternative"].tolist()
    (('hub', 'company'), ['office'])
    >>> result.unchecked["alternative"].tolist()
    ['company']
    """
    _check(scores, red_lines, gates)
    findings = [*_line_findings(scores, red_lines), *_gate_findings(gates)]
    excluded = [row for known, row in findings if known]
    unchecked = [row for known, row in findings if not known]
    out = {row[0] for row in excluded}
    return Screening(
        tuple(name for name in scores.index if name not in out),
        pd.DataFrame(excluded, columns=list(COLUMNS)),
        pd.DataFrame(unchecked, columns=list(COLUMNS)),
    )


def _line_findings(scores: pd.DataFrame, lines: Sequence[RedLine]) -> Iterator[Finding]:
    for line in lines:
        for alternative, score in _as_floats(scores[line.criterion]).items():
            known = not np.isnan(score)
            found = f"{score:g}" if known else "no score"
            if not known or line.is_crossed_by(score):
                limit = (line.criterion, found, line.allowed, line.whose, line.reason)
                yield known, (str(alternative), *limit)


def _gate_findings(gates: Sequence[Gate]) -> Iterator[Finding]:
    for gate in gates:
        known = gate.is_met is not None
        found = "not met" if known else "not known"
        if not gate.is_met:
            yield known, (gate.alternative, gate.condition, found, "met", gate.whose, gate.reason)


def _as_floats(scores: pd.Series) -> pd.Series:
    known: pd.Series = scores.where(scores.notna(), np.nan).astype(float)
    return known


def _check(scores: pd.DataFrame, lines: Sequence[RedLine], gates: Sequence[Gate]) -> None:
    if not scores.index.is_unique:
        double = scores.index[scores.index.duplicated()][0]
        raise InputError(f"scores: alternative {double!r} is listed twice; list each once")
    unnamed = [name for name in scores.index if not isinstance(name, str)]
    if unnamed:
        raise InputError(f"scores: found alternative {unnamed[0]!r}; allowed names (text)")
    for line in lines:
        if line.criterion not in scores.columns:
            raise InputError(
                f"red line: found criterion {line.criterion!r}; allowed {list(scores.columns)}"
            )
        if not line.allowed:
            raise InputError(f"red line on {line.criterion}: no limit; give at_least or at_most")
        if line.at_least is not None and line.at_most is not None and line.at_least > line.at_most:
            raise InputError(
                f"red line on {line.criterion}: found {line.allowed}, which nothing meets; allowed "
                "at_least up to at_most"
            )
        if not all(pd.isna(x) or isinstance(x, Real) for x in scores[line.criterion]):
            raise InputError(f"scores: {line.criterion}: found text; allowed numbers or nothing")
    for gate in gates:
        if gate.alternative not in scores.index:
            raise InputError(
                f"gate: found alternative {gate.alternative!r}; allowed {list(scores.index)}"
            )
