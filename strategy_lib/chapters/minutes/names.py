"""Names for the codes that entries hold, as far as an edition may show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from strategy_lib.editions.restrict import Restricted
from strategy_lib.schema.schema import schemas, table_schema

_NAMES = ("name", "title", "action", "question", "observable")


@dataclass(frozen=True)
class Labels:
    """Code -> name, by the table that lists it."""

    named: Mapping[str, Mapping[str, str]]

    def of(self, table: str, field: str, value: Any) -> str:
        """A value of a field in words: the name behind a code, the label of a choice."""
        if value is None:
            return "nothing"
        if isinstance(value, tuple):
            return "; ".join(self.of(table, field, part) for part in value)
        item = table_schema(table)[field]
        if item.code_list is not None:
            return item.code_list.label(str(value))
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, float):
            return f"{value:g}"
        listed = item.refers_to[0] if item.refers_to else table
        return self.named.get(listed, {}).get(str(value), str(value))

    def item(self, table: str, fields: tuple[str, ...]) -> Callable[[tuple[str, ...]], str]:
        """How the things that a table judges are named."""

        def name(codes: tuple[str, ...]) -> str:
            pairs = zip(fields, codes, strict=True)
            return " · ".join(self.of(table, field, code) for field, code in pairs if code)

        return name


def labels_of(inputs: Restricted) -> Labels:
    """Names of everything that has a code, from what an edition may show."""
    named: dict[str, dict[str, str]] = {}
    for table, schema in schemas().items():
        frame = inputs.frames.get(table)
        if frame is None or len(schema.primary_key) != 1:
            continue
        key = schema.primary_key[0]
        name = next((n for n in _NAMES if n in frame and n != key), None)
        if name is None or key not in frame:
            continue
        known = frame[[key, name]].dropna()
        named[table] = dict(zip(known[key].astype(str), known[name].astype(str), strict=True))
    return Labels(named)
