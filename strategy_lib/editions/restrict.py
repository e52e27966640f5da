"""Who may see what: the only place where data is withheld.

Restriction happens on checked inputs, before any analysis: what an edition may not show never
reaches the process that makes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.core.audiences import (
    DEFAULT_EDITIONS,
    DEFAULT_LABEL,
    LABELS,
    Edition,
    edition_named,
)
from strategy_lib.editions.mentions import LISTED_IN, Mention, Mentions
from strategy_lib.editions.set_aside import OfficesOfRows
from strategy_lib.schema.csv_store import SeenFrames
from strategy_lib.schema.frames import PROVENANCE, Tables, known_values
from strategy_lib.schema.schema import TableSchema, schemas, table_schema

PROVENANCE_VISIBLE_TO = "restricted"

__all__ = [
    "DEFAULT_EDITIONS",
    "DEFAULT_LABEL",
    "LABELS",
    "Edition",
    "Restricted",
    "edition_named",
    "may_see_row",
    "restrict",
    "suppress_small",
]


@dataclass(frozen=True)
class Restricted:
    """What one edition may show.

    Attributes
    ----------
    frames : mapping of str to DataFrame
        Visible rows and columns by table, in an order that depends on nothing withheld.
    withheld : mapping of str to int
        Rows withheld by table; empty where the edition may not say how many.
    set_aside : mapping of str to int
        Rows that cannot be used until they are mended, by the office's name ("" for those of no
        office that is shown); empty where the edition may not say how many.
    incomplete : mapping of str to int
        Office -> activities that the edition would show if they could be used; 0 where it is other
        rows of the office's answer.
    broken : tuple of str
        Tables of which something could not be used.
    """

    edition: Edition
    frames: Mapping[str, pd.DataFrame]
    withheld: Mapping[str, int] = field(default_factory=dict)
    set_aside: Mapping[str, int] = field(default_factory=dict)
    incomplete: Mapping[str, int] = field(default_factory=dict)
    broken: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.frames[name].copy(deep=False)

    @cached_property
    def codes_of_people(self) -> frozenset[str]:
        """Codes of assessors in these tables; of those that name something else too, none.

        A code of digits alone is no code here: it cannot be told from a number.
        """
        people: set[str] = set()
        others: set[str] = set()
        # All codes are listed with the assessors: on that alone a chapter depends by this check.
        self.frames.get("assessors")
        frames = self.frames if isinstance(self.frames, SeenFrames) else SeenFrames(self.frames)
        for schema in schemas().values():
            asked = ["assessor_id", *schema.primary_key]
            for name, values in frames.peek(schema.name, asked).items():
                known = people if name == "assessor_id" else others
                known.update(map(str, values))
        return frozenset(code for code in people - others - {""} if not code.isdecimal())

    @property
    def withheld_count(self) -> int | None:
        """Rows withheld in all, or None where the edition may not say."""
        return sum(self.withheld.values()) if self.edition.show_withheld_count else None


def restrict(tables: Tables, edition: Edition, mentions: Mentions | None = None) -> Restricted:
    """Withhold every row and column that `edition` may not show.

    A row is withheld if its own label is above the clearance, if it is marked `not_for_mainland`
    in an edition that withholds such rows, or if it names a row that is withheld: by key; a
    counterpart in any of its spellings, as whose parent it stands too. So is a row in which a text
    that the edition would show names such a counterpart, until the coordinator releases it. Rows
    that are set aside are shown nowhere, and withhold what names them.

    Parameters
    ----------
    tables : Tables
        Checked inputs.
    edition : Edition
        Audience.
    mentions : Mentions, optional
        Where these tables name counterparts, for whoever restricts them more than once.

    Returns
    -------
    Restricted
        Frames without row numbers, files and order of the inputs, unless the clearance is
        `restricted`: a gap in them would tell that something is missing.
    """
    aside = tables.set_aside.frames
    hidden = hidden_rows(edition, mentions or Mentions(tables))
    shown = {name: frame.loc[~hidden[name][-len(frame) :]] for name, frame in aside.items()}
    frames = {}
    for name, schema in schemas().items():
        kept = tables[name]
        # Most tables of most organisations are empty.
        if len(hidden[name]):
            hidden[name] = hidden[name][: len(kept)]
            kept = kept.loc[~hidden[name]]
        frames[name] = _visible_columns(_in_content_order(kept, schema), schema, edition)
    count = edition.show_withheld_count
    withheld = {name: int(rows.sum()) for name, rows in hidden.items() if count and rows.any()}
    answers = (name for name in shown if table_schema(name).area == "mapping")
    offices = OfficesOfRows(tables, frames["units"])
    return Restricted(
        edition,
        frames,
        withheld,
        offices.counted(aside, edition.smallest_group) if count else {},
        offices.incomplete({name: shown[name] for name in answers}),
        tuple(tables.broken),
    )


def hidden_rows(
    edition: Edition, mentions: Mentions, *, by_text: bool = True
) -> dict[str, npt.NDArray[np.bool_]]:
    """Which rows of each table `edition` may not show.

    Parameters
    ----------
    mentions : Mentions
        Where all tables name counterparts; rows that are set aside stand at their ends.
    by_text : bool
        Whether those are among them that name a withheld counterpart in a text only.
    """
    tables = mentions.tables
    hidden = {name: _hidden_by_label(tables[name], s, edition) for name, s in schemas().items()}
    while True:
        before = sum(int(rows.sum()) for rows in hidden.values())
        for link in mentions.links:
            keys = {link.keys[row] for row in np.flatnonzero(hidden[link.of])} - {""}
            if keys:
                hidden[link.table] |= np.array([not keys.isdisjoint(row) for row in link.rows])
        roots = mentions.counterparts(hidden[LISTED_IN])
        if roots:
            for name, columns in mentions.named.items():
                for column in columns:
                    hidden[name] |= np.array([root in roots for root in column], dtype=bool)
                found = withheld_mentions(mentions, name, edition, roots) if by_text else []
                if found:
                    hidden[name][[mention.position for mention in found]] = True
        if sum(int(rows.sum()) for rows in hidden.values()) == before:
            return hidden


def withheld_mentions(
    mentions: Mentions, table: str, edition: Edition, roots: Set[str], *, with_short: bool = False
) -> list[Mention]:
    """What texts that the edition would show say of withheld counterparts, unless released.

    A name of so few letters that other words are written like it withholds nothing, unless asked.
    """
    released = mentions.released(edition.name)
    return [
        mention
        for mention in mentions.seen(table, edition, roots)
        if (with_short or not mention.spelling.is_short)
        and mention.spelling.key not in released
        and not (released and mentions.reference(table, mention.position) in released)
    ]


def _hidden_by_label(
    frame: pd.DataFrame, schema: TableSchema, edition: Edition
) -> npt.NDArray[np.bool_]:
    labels = known_values(frame["handling"], nothing="")
    # A label that is none of ours is an error of the inputs; until it is mended, nobody sees it.
    seen = {label for label in LABELS if edition.may_see(label)}
    hidden = np.array([(label or schema.default_handling) not in seen for label in labels], bool)
    if edition.withhold_not_for_mainland:
        hidden |= np.array(known_values(frame["not_for_mainland"], nothing=False), bool)
    return hidden


def _in_content_order(frame: pd.DataFrame, schema: TableSchema) -> pd.DataFrame:
    if len(frame) < 2:
        return frame.reset_index(drop=True)
    lines = _as_text(frame, schema.primary_key)
    if len(set(lines)) < len(frame):
        others = [name for name in schema.names if name not in schema.primary_key]
        lines = _as_text(frame, [*schema.primary_key, *others])
    order = sorted(range(len(lines)), key=lines.__getitem__)
    return frame.iloc[order].reset_index(drop=True)


def _as_text(frame: pd.DataFrame, names: Sequence[str]) -> list[tuple[str, ...]]:
    columns = [map(str, known_values(frame[name], nothing="")) for name in names]
    return list(zip(*columns, strict=True))


def _visible_columns(frame: pd.DataFrame, schema: TableSchema, edition: Edition) -> pd.DataFrame:
    names = [f.name for f in schema.fields if edition.may_see(f.visible_to)]
    if edition.may_see(PROVENANCE_VISIBLE_TO):
        names += [name for name in PROVENANCE if name in frame]
    return frame if list(frame.columns) == names else frame[names]


def suppress_small(
    counts: pd.DataFrame, edition: Edition, *, margins: bool = True, of_people: bool = False
) -> pd.DataFrame:
    """Counts with cells of fewer records than the edition's smallest group taken out.

    Parameters
    ----------
    counts : DataFrame
        Counts (rows x columns), without totals.
    edition : Edition
        Audience, with its `smallest_group`.
    margins : bool
        Whether row and column totals are shown elsewhere. Then a row or column with one cell taken
        out loses its next smallest cell too, so that no total gives the cell away.
    of_people : bool
        Whether people who judged are counted, and not records.

    Returns
    -------
    DataFrame
        Same shape, `Int64`; a cell taken out is missing, never zero. A zero stays.

    Examples
    --------
    >>> counts = pd.DataFrame({"a": [2, 9], "b": [8, 7]})
    >>> suppress_small(counts, DEFAULT_EDITIONS["partner"]).isna().to_numpy().tolist()
    [[True, True], [True, True]]
    """
    shown = counts.astype("Int64")
    fewest = edition.fewest_people if of_people else edition.smallest_group
    if fewest <= 1:
        return shown
    hidden = (counts > 0) & (counts < fewest)
    if margins:
        hidden = _complementary(counts, hidden)
    return shown.mask(hidden)


def _complementary(counts: pd.DataFrame, hidden: pd.DataFrame) -> pd.DataFrame:
    mask, values = hidden.to_numpy(copy=True), counts.to_numpy()
    while True:
        changed = False
        for axis in (0, 1):
            lines = mask if axis else mask.T
            numbers = values if axis else values.T
            for line, row in zip(lines, numbers, strict=True):
                if line.sum() == 1 and (~line & (row > 0)).any():
                    candidates = [
                        (row[i], i) for i in range(len(row)) if not line[i] and row[i] > 0
                    ]
                    line[min(candidates)[1]] = True
                    changed = True
        if not changed:
            return pd.DataFrame(mask, index=counts.index, columns=counts.columns)


def may_see_row(row: Mapping[str, Any], schema: TableSchema, edition: Edition) -> bool:
    """Whether an edition may show a row that was entered in a workshop, by its own label."""
    label, is_kept_out = row.get("handling") or schema.default_handling, row.get("not_for_mainland")
    if is_kept_out is None:
        is_kept_out = schema.default_not_for_mainland
    if edition.withhold_not_for_mainland and is_kept_out:
        return False
    return label in LABELS and edition.may_see(label)
