"""Receipts of the room: whoever answered can show that an answer was changed or left out.

A receipt is twelve signs of a hash over a person's counting rows and the sixteen random bytes of
their phone. The list of all receipts names nobody, and nobody reads an answer from it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from strategy_lib.inputs.entries.entry import Closing, Entries, has_rounds, round_number
from strategy_lib.schema.schema import table_schema

VERSION = "room-receipt-1"
# Signs that nobody takes for each other: neither I, L, O nor U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SIGNS, _BITS = 12, 5
_THREE = ("low", "best", "high")
VALUES: Mapping[str, tuple[str, ...]] = {
    "scores": _THREE,
    "performance": _THREE,
    "route_ratings": _THREE,
    "swing_weights": ("points",),
    "cross_impacts": ("impact",),
    "harm_ratings": ("scale", "scope", "irremediability", "likelihood"),
    "readiness": ("level", "importance"),
}
Rows = list[list[Any]]


def items_of(table: str) -> tuple[str, ...]:
    """Fields of a table that say what is judged.

    Examples
    --------
    >>> items_of("scores")
    ('option_id', 'criterion_id')
    """
    names = table_schema(table).primary_key
    return tuple(name for name in names if name not in ("assessor_id", "round"))


def counted_row(table: str, row: Mapping[str, Any]) -> list[Any]:
    """A row as the receipt counts it: the table, what is judged, and the values.

    Examples
    --------
    >>> counted_row("scores", {"option_id": "P2", "criterion_id": "safety", "best": 7.0})
    ['scores', 'P2', 'safety', None, 7, None]
    """
    values = (row.get(name) for name in (*items_of(table), *VALUES[table]))
    return [table, *(_plain(value) for value in values)]


def _plain(value: Any) -> Any:
    """A number as JavaScript writes it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def canonical(value: Any) -> str:
    """JSON without spaces, as JavaScript's `JSON.stringify` writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def receipt(cycle: int, block: str, rounds: Mapping[str, int], rows: Rows, nonce: str) -> str:
    """The twelve signs of one person.

    Parameters
    ----------
    block : str
        The questions that were closed together.
    rounds : mapping of str to int
        Table -> round that was closed.
    rows : list of list
        As `counted_row` gives them, in any order.
    nonce : str
        The phone's sixteen random bytes, as 32 hexadecimal signs.

    Examples
    --------
    >>> receipt(2026, "presence:1", {"scores": 1}, [["scores", "P2", "safety", 5.5, 7, 8.5]],
    ...     "6f1c0d5be2a94c7f8a12b3345de09177")
    'D7YH-859K-QA6Q'
    """
    ordered = sorted(rows, key=canonical)
    named = [[table, number] for table, number in sorted(rounds.items())]
    return twelve_signs(canonical([VERSION, cycle, block, named, ordered, nonce]))


def list_hash(receipts: Iterable[str]) -> str:
    """Twelve signs of the whole list, in whatever order it is given."""
    return twelve_signs("\n".join(sorted(receipts)))


def twelve_signs(text: str) -> str:
    """First 60 bits of a text's SHA-256, in signs that can be read out.

    Examples
    --------
    >>> twelve_signs("")
    'WERC-8GMR-ZGE1'
    """
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 4
    shifts = range(_BITS * (_SIGNS - 1), -1, -_BITS)
    signs = "".join(ALPHABET[number >> shift & 31] for shift in shifts)
    return "-".join(signs[i : i + 4] for i in range(0, _SIGNS, 4))


@dataclass(frozen=True)
class ClosedBlock:
    """Questions that the room closed together.

    Attributes
    ----------
    block : str
        As it is marked in the entries.
    rounds : mapping of str to int
        Table -> round that was closed.
    at : datetime
        When the last of its tables was closed.
    rows : mapping of str to list
        Code -> counting rows, of everybody who answered.
    nonces : mapping of str to str
        Code -> random bytes of the phone, of those who answered by phone.
    """

    block: str
    rounds: Mapping[str, int]
    at: datetime
    rows: Mapping[str, Rows]
    nonces: Mapping[str, str]

    def receipts(self, cycle: int) -> dict[str, str]:
        """Code -> receipt, of those who answered by phone."""
        return {
            code: receipt(cycle, self.block, self.rounds, self.rows[code], nonce)
            for code, nonce in self.nonces.items()
        }

    @property
    def without_phone(self) -> int:
        """People who answered on paper or in a panel alone, and have no receipt."""
        return len(self.rows.keys() - self.nonces.keys())


def closed_blocks(entries: Entries) -> list[ClosedBlock]:
    """What the room closed and has not opened since, in the order in which it was closed."""
    closings: dict[str, list[Closing]] = {}
    for closing in entries.rounds.closings:
        if closing.block and closing.table in VALUES and has_rounds(closing.table):
            closings.setdefault(closing.block, []).append(closing)
    return [_closed(block, mine, entries) for block, mine in closings.items()]


def _closed(block: str, closings: Sequence[Closing], entries: Entries) -> ClosedBlock:
    found: dict[tuple[str, str, tuple[str, ...]], dict[str, Any]] = {}
    nonces: dict[str, str] = {}
    for entry in entries.standing:
        mine = (c for c in closings if c.table == entry.table and c.covers(entry.row))
        if not any(c.number == round_number(entry.row) for c in mine):
            continue
        code = str(entry.row["assessor_id"])
        if entry.kind == "set":
            found.setdefault((code, entry.table, entry.key), {}).update(entry.row)
        if "nonce" in entry.marks:
            nonces[code] = entry.marks["nonce"]
    rows: dict[str, Rows] = {}
    for (code, table, _), row in found.items():
        rows.setdefault(code, []).append(counted_row(table, row))
    at = max(closing.entry.at for closing in closings)
    rounds = {closing.table: closing.number for closing in closings}
    return ClosedBlock(block, rounds, at, rows, {c: n for c, n in nonces.items() if c in rows})
