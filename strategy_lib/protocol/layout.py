"""What each file of a protocol holds: its columns, its key, and what its cells may say."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from strategy_lib.core.resources import resource

RULES_FILE = "rules.toml"
EVERY_ITEM = ("description", "source", "as_of")
YES_NO = ["yes", "no"]
WHOLE = "whole number"


@dataclass(frozen=True)
class Sheet:
    """One CSV file of a protocol, as `data/reference/protocol_sheets.json` has it.

    Attributes
    ----------
    key : sequence of str
        Columns whose values together stand for one item.
    allowed : mapping
        Column -> values that it may have.
    numbers : mapping
        Column -> `WHOLE` or "number", none of them negative.
    covers : str
        Code list of which every code needs an item.
    may_be_empty : sequence of str
        Columns that may be left open.
    """

    name: str
    columns: Sequence[str]
    key: Sequence[str]
    allowed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    covers: str = ""
    may_be_empty: Sequence[str] = ()

    @property
    def file(self) -> str:
        """File name."""
        return f"{self.name}.csv"


_LISTED = resource("data", "reference", "protocol_sheets.json").read_text(encoding="utf-8")
SHEETS = tuple(Sheet(**about) for about in json.loads(_LISTED))

# Section of the rules -> its settings and what they must be.
RULES: Mapping[str, Mapping[str, tuple[type, ...]]] = {
    "no_answer": {"deputy_extra_pct": (int, float)},
    "veto": {"veto_days": (int,), "set_aside_by": (str,)},
    "self_approval": {"is_allowed": (bool,)},
    "screen": {"least_answers": (int,), "least_share_pct": (int, float)},
    "statement": {"longest_characters": (int,)},
    "records": {"keep_days": (int,)},
    "calendar": {"weekend": (list,), "closed_days": (list,)},
}
