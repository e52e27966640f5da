"""What organisations pass to each other: the parts of an exchange pack, and nothing beside them.

A pack is a zipped data package (datapackage.org): `datapackage.json`, whose title is the name that
the sender chose, and a CSV file for each part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from strategy_lib.schema.schema import Field, table_schema

DESCRIPTOR = "datapackage.json"
PEER_TABLE = "peer_rows"
# What a peer tells is at best second-hand.
BEST_GRADE = "D"


@dataclass(frozen=True)
class Part:
    """One table of a pack.

    Attributes
    ----------
    name : str
        Code in `peer_part`; its file is `NAME.csv`.
    table : str
        Table of ours that its rows come from.
    becomes : mapping of str to str
        Column that leaves -> column of `peer_rows` that it is kept in.
    more : tuple of str
        Columns that leave and are kept together, as words.
    only : str
        Value of the table's `kind` to which the part is limited; empty for all rows.
    """

    name: str
    table: str
    becomes: Mapping[str, str]
    more: tuple[str, ...] = ()
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


PARTS = (
    Part(
        "signals",
        "signals",
        {
            "title": "title",
            "what": "what",
            "kind": "kind",
            "theme": "theme",
            "country_code": "country_code",
            "seen_at": "as_of",
            "grade": "grade",
        },
        ("flow",),
    ),
    Part(
        "technologies",
        "technologies",
        {
            "technology": "title",
            "use": "what",
            "kind": "kind",
            "theme": "theme",
            "as_of": "as_of",
            "works": "grade",
            "source": "source",
        },
        (
            *("origin", "consent", "data_stays", "can_leave", "overseen", "affordable"),
            *("harmed_named", "arena", "lever"),
        ),
    ),
    Part(
        "un_measures",
        "un_measures",
        {
            "body": "title",
            "measure": "kind",
            "member": "country_code",
            "year": "year",
            "value": "value",
            "unit": "unit",
            "source": "source",
            "method": "what",
        },
    ),
    Part(
        "promises",
        "claims",
        {
            "counterpart": "title",
            "claim": "what",
            "as_of": "as_of",
            "grade": "grade",
            "source": "source",
        },
        ("said_by", "checked", "chinese_voice", "answer"),
        only="promise",
    ),
)
