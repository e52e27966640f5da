"""What a closed round of the room came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from strategy_lib.judgements.receipts import ClosedBlock, list_hash


@dataclass
class Shown:
    """What a closed round came to.

    Attributes
    ----------
    closed : ClosedBlock or None
        Rows and nonces, for the receipts.
    spread : mapping
        Question -> what every page may show.
    earlier : mapping
        The same of the round before, while the second is open.
    """

    closed: ClosedBlock | None = None
    receipts: Mapping[str, str] = field(default_factory=dict)
    spread: Mapping[str, Any] = field(default_factory=dict)
    earlier: Mapping[str, Any] = field(default_factory=dict)
    futures: Mapping[str, Any] | None = None

    @property
    def list(self) -> dict[str, Any] | None:
        """Number of receipts, and the hash over their list."""
        if self.closed is None:
            return None
        told = list(self.receipts.values())
        return {"count": len(told), "hash": list_hash(told) if told else ""}
