"""What organisations pass to each other: the parts of an exchange pack, and nothing beside them.

A pack is a zipped data package (datapackage.org): `datapackage.json`, whose title is the name that
the sender chose, and a CSV file for each part.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from strategy_lib.core.resources import resource
from strategy_lib.schema.schema import Field, table_schema

DESCRIPTOR = "datapackage.json"
PEER_TABLE = "peer_rows"
# What a peer tells is at best second-hand.
BEST_GRADE = "D"


@dataclass(frozen=True)
class Part:
    """One table of a pack, as `data/reference/exchange_parts.json` has it.

    Attributes
    ----------
    name : str
        Code in `peer_part`; its file is `NAME.csv`.
    table : str
        Table of ours that its rows come from.
    becomes : mapping of str to str
        Column that leaves -> column of `peer_rows` that it is kept in.
    more : sequence of str
        Columns that leave and are kept together, as words.
    only : str
        Value of the table's `kind` to which the part is limited; empty for all rows.
    """

    name: str
    table: str
    becomes: Mapping[str, str]
    more: Sequence[str] = ()
    only: str = ""

    @property
    def file(self) -> str:
        """Name of its file in a pack."""
        return f"{self.name}.csv"

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that leaves; offices, labels, places in files and answers of ours do not."""
        return (*self.becomes, *self.more)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of its columns."""
        return tuple(table_schema(self.table)[name] for name in self.columns)


_LISTED = resource("data", "reference", "exchange_parts.json").read_text(encoding="utf-8")
PARTS = tuple(Part(**about) for about in json.loads(_LISTED))
