"""What leaves for peers: an exchange pack, and before it the page that shows all of it.

A pack holds what the partner edition would show of the tables that peers exchange, and less: no
office, no label, no place in a file, nothing that is not for mainland China, nothing received.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from strategy_lib.core.atomic import write_whole
from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.core.errors import InputError
from strategy_lib.core.workspace import Cycle
from strategy_lib.editions.make_snapshot import read_checked
from strategy_lib.editions.mentions import LISTED_IN, Mentions
from strategy_lib.editions.restrict import hidden_rows, withheld_mentions
from strategy_lib.editions.snapshot import day_of
from strategy_lib.inputs.checks.locations import row_dicts
from strategy_lib.inputs.checks.watching import singled_out
from strategy_lib.publishing.data_package import package, package_bytes, resource
from strategy_lib.publishing.results import csv_bytes
from strategy_lib.schema.contacts import holds_contact
from strategy_lib.schema.exchange import DESCRIPTOR, PARTS, Part
from strategy_lib.schema.frames import Tables
from strategy_lib.schema.name_keys import name_key
from strategy_lib.schema.schema import code_list

FOLDER = "shared"
# The partner edition as the workbook brings it, whatever an organisation has widened it to.
EDITION = replace(DEFAULT_EDITIONS["partner"], withhold_not_for_mainland=True)
REASONS = {
    "received": "came from a peer, and is never passed on",
    "label": "labelled internal or restricted, or without a label",
    "mainland": "not for mainland China",
    "names": "names something that is withheld, in one of its spellings",
    "traces": "names a file, a folder or somebody's address or number",
    "singles_out": "what is left of the measure would single out a few members",
}
# The same bytes on every machine: no clock, no compression that may differ.
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_PLACE = re.compile(r"(?:[A-Za-z]:\\|\\\\|file:|(?<![\w/])/(?:home|Users|mnt|srv|tmp|var|media)/)")
_SIGNS = re.compile(r"[\W_]+")
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Leaving:
    """One part of a pack: the rows that leave, and how many stay, by reason."""

    part: Part
    rows: pd.DataFrame
    withheld: dict[str, int]

    @property
    def title(self) -> str:
        """What its rows are, in words."""
        return code_list("peer_part").label(self.part.name)


@dataclass(frozen=True)
class Pack:
    """What would leave, complete before anything is written.

    Attributes
    ----------
    name : str
        Name that the organisation chose for itself.
    """

    name: str
    year: int
    parts: tuple[Leaving, ...]

    @property
    def rows(self) -> int:
        """How many rows leave."""
        return sum(len(leaving.rows) for leaving in self.parts)

    @property
    def withheld(self) -> int:
        """How many rows of the same tables stay."""
        return sum(sum(leaving.withheld.values()) for leaving in self.parts)

    @cached_property
    def content(self) -> bytes:
        """The zip file; the same rows give the same bytes."""
        filled = [leaving for leaving in self.parts if len(leaving.rows)]
        about = package(
            "exchange-pack", self.name, [_resource(one) for one in filled], version=str(self.year)
        )
        files = {DESCRIPTOR: package_bytes(about)}
        files |= {one.part.file: csv_bytes(one.rows) for one in filled}
        return _zipped(files)

    @property
    def sha256(self) -> str:
        """Hash of the zip file, by which sender and receiver know that it is the same."""
        return hashlib.sha256(self.content).hexdigest()


def gather_pack(cycle: Cycle, name: str = "", parts: Collection[str] = ()) -> Pack:
    """What a cycle would pass to peers.

    Parameters
    ----------
    name : str
        Name under which it is sent; else the organisation's.
    parts : collection of str
        Parts that are wanted, as in `peer_part`; all of them if empty.

    Raises
    ------
    InputError
        If anything is to mend in the inputs, a part is unknown, or the name is too long.
    """
    chosen = _chosen(parts)
    name = " ".join((name or cycle.workspace.settings.name).split())
    if not name_key(name) or len(name) > _LONGEST_NAME or holds_contact(name):
        raise InputError(f"--as: a name of up to {_LONGEST_NAME} characters, without addresses.")
    tables = read_checked(cycle, day_of(cycle.workspace.settings))
    return Pack(name, cycle.year, tuple(_leaving(tables, chosen)))


def write_pack(pack: Pack, folder: Path) -> Path:
    """Write the pack under its name and year, whole or not at all; the file written."""
    path = folder / f"{_SIGNS.sub('-', pack.name.casefold()).strip('-')}-{pack.year}.zip"
    write_whole(path, pack.content)
    return path


def _chosen(names: Collection[str]) -> tuple[Part, ...]:
    known = [part.name for part in PARTS]
    unknown = sorted(set(names).difference(known))
    if unknown:
        raise InputError(f"There is no part {unknown[0]!r}; the parts are: {', '.join(known)}.")
    return tuple(part for part in PARTS if not names or part.name in names)


def _leaving(tables: Tables, parts: Sequence[Part]) -> Iterator[Leaving]:
    mentions = Mentions(tables)
    hidden = hidden_rows(EDITION, mentions)
    roots = mentions.counterparts(hidden[LISTED_IN])
    for part in parts:
        frame = tables[part.table]
        is_hidden = hidden[part.table].tolist()
        # A name of few letters withholds a row here too: what has left cannot be called back.
        found = withheld_mentions(mentions, part.table, EDITION, roots, with_short=True)
        named = {mention.position for mention in found}
        kept, stays = [], Counter[str]()
        for position, row in enumerate(row_dicts(frame)):
            if part.only and row["kind"] != part.only:
                continue
            reason = _reason(part, row, is_named=position in named or is_hidden[position])
            if reason:
                stays[reason] += 1
            else:
                kept.append(position)
        rows = frame.iloc[kept]
        if part.name == "un_measures":
            is_few = singled_out(rows, ["body", "measure", "year"], "member")
            stays["singles_out"] = int(is_few.sum())
            rows = rows[~is_few]
        yield Leaving(
            part, _in_order(rows, part), {code: stays[code] for code in REASONS if stays[code]}
        )


def _in_order(rows: pd.DataFrame, part: Part) -> pd.DataFrame:
    """The columns that leave, in an order that tells nothing of the files they stood in."""
    names = list(part.columns)
    order = rows[names].astype("str").sort_values(names, kind="stable").index
    return rows.loc[order, names].reset_index(drop=True)


def _reason(part: Part, row: Mapping[Any, Any], *, is_named: bool) -> str:
    """Why a row stays; empty for one that leaves."""
    if row.get("sent_by"):
        return "received"
    if not EDITION.may_see(row["handling"] or "internal"):
        return "label"
    if row["not_for_mainland"]:
        return "mainland"
    if is_named:
        return "names"
    texts = [row[name] for name in part.columns if isinstance(row[name], str)]
    return "traces" if any(_PLACE.search(text) or holds_contact(text) for text in texts) else ""


def _resource(leaving: Leaving) -> dict[str, Any]:
    fields = []
    for item in leaving.part.fields:
        field: dict[str, Any] = {
            "name": item.name,
            "type": item.type,
            "title": item.title(),
            "description": item.description(),
        }
        if item.required:
            field["constraints"] = {"required": True}
        fields.append(field)
    return resource(leaving.part.name, leaving.part.file, leaving.title, fields)


def _zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, _FIRST_DAY)
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, content)
    return buffer.getvalue()
