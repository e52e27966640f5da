"""How much is asked of assessors, as `workbook.toml` says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class AskingSettings:
    """How much is asked of assessors.

    Attributes
    ----------
    minutes : int
        What each person is asked for at most.
    influences_pct, futures_pct : float
        Shares (0-100) of the minutes left after what everybody is asked that go to influences, and
        to options in futures.
    left_out : mapping of str to str
        Question, as the plan names it -> why it is not asked.
    """

    minutes: int = 45
    influences_pct: float = 30.0
    futures_pct: float = 25.0
    left_out: Mapping[str, str] = field(default_factory=dict)
