"""The minutes of a workshop: what was entered, changed, disputed and decided, by code and time.

Made from the sessions' entries alone, so that the record is what happened and not what somebody
remembers. Judgements of a round that is still open stay hidden here too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter

import pandas as pd

from strategy_lib.chapters.minutes.names import Labels, labels_of
from strategy_lib.chapters.minutes.rows import Told, table_of_lines, told_rows
from strategy_lib.chapters.rows import table_of
from strategy_lib.core.messages import Number, say
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.inputs.checks.assessors import judgement_field
from strategy_lib.inputs.entries.entry import Entries, Rounds, has_rounds, is_open, round_number
from strategy_lib.inputs.entries.files import records_of
from strategy_lib.judgements.disagreement import Disagreement, Judged, furthest_apart
from strategy_lib.judgements.receipts import ClosedBlock, closed_blocks, items_of, list_hash
from strategy_lib.schema.frames import typed_frame
from strategy_lib.schema.schema import schemas

MOST_DISPUTED = 20
_DECIDING = ("coordinator",)
NOT_SHOWN = say("minutes-not-shown")


@dataclass(frozen=True)
class Minutes:
    """The record of the workshops of a cycle.

    Attributes
    ----------
    tables : mapping of str to DataFrame
        `entered` (every line: time, who, table, what, kind, values), `changed` (values that were
        other before), `disputed` (judgements furthest apart in closed rounds, with the reasons
        given), `decided` (what the room settled), `people` (entries by code), `receipts` (of the
        answers that count in each round that the room closed, without codes).
    sentences : tuple of str
        The same in a few sentences.
    notes : tuple of str
        What is hidden, and why; and how many sealed decision records there are.
    """

    tables: Mapping[str, pd.DataFrame]
    sentences: tuple[str, ...]
    notes: tuple[str, ...]


def minutes(inputs: Snapshot, entries: Entries) -> Minutes:
    """The minutes, as far as the edition may show them.

    Parameters
    ----------
    inputs : Snapshot
        Gives the edition, and names for codes.
    entries : Entries
        From `strategy_lib.inputs.entries.entry.read_entries`.
    """
    edition = inputs.restricted.edition
    if not edition.shows_people:
        return Minutes(_tables(Told((), ()), entries, [], [], inputs.cycle), (), (NOT_SHOWN,))
    labels = labels_of(inputs.restricted)
    told = told_rows(entries, labels, inputs.restricted)
    apart = _apart(entries, labels, told)
    blocks = closed_blocks(entries) if edition.sees_everything else []
    tables = _tables(told, entries, apart, blocks, inputs.cycle)
    hidden = say("minutes-hidden", hidden=len(told.hidden)) if told.hidden else ""
    lines = [*_sentences(tables, entries.rounds), *_receipts_told(blocks, inputs.cycle)]
    return Minutes(tables, tuple(lines), tuple(filter(None, (hidden, inputs.sealed))))


def _tables(
    told: Told,
    entries: Entries,
    apart: list[tuple[int, Disagreement]],
    blocks: list[ClosedBlock],
    cycle: int,
) -> dict[str, pd.DataFrame]:
    return {
        "entered": table_of_lines(told.shown),
        "changed": table_of_lines(line for line in told.shown if line.before),
        "disputed": _disputed(apart, entries, told),
        "decided": _decided(told),
        "people": _people(told),
        "receipts": _receipts(blocks, cycle),
    }


def _apart(entries: Entries, labels: Labels, told: Told) -> list[tuple[int, Disagreement]]:
    """Judgements of closed rounds on which people differ, the widest first."""
    seen = {(t.entry.file, t.entry.line) for t in told.shown}
    standing = [
        e for e in entries.standing if not is_open(e, entries.rounds) and (e.file, e.line) in seen
    ]
    records = records_of(standing)
    found = []
    for closing in entries.rounds.closings:
        schema = schemas()[closing.table]
        value = judgement_field(schema)
        if value is None or not has_rounds(closing.table):
            continue
        items = items_of(closing.table)
        judged = Judged(closing.table, value, items, labels.item(closing.table, items))
        covered = [row for row in records.get(closing.table, []) if closing.covers(row)]
        frame = typed_frame(schema, covered).fillna(dict.fromkeys(items, ""))
        found += [(closing.number, a) for a in furthest_apart(frame, judged, closing.number)]
    return sorted(found, key=lambda pair: (-pair[1].spread, pair[0], pair[1].name))[:MOST_DISPUTED]


def _disputed(apart: list[tuple[int, Disagreement]], entries: Entries, told: Told) -> pd.DataFrame:
    reasons: dict[tuple[object, ...], list[tuple[int, str]]] = {}
    seen = {(t.entry.file, t.entry.line) for t in told.shown}
    for entry in entries.standing:
        text = entry.row.get("reason")
        if text and (entry.file, entry.line) in seen:
            items = tuple(str(entry.row.get(name) or "") for name in items_of(entry.table))
            about = (round_number(entry.row), f"{entry.row.get('assessor_id')}: {text}")
            reasons.setdefault((entry.table, items), []).append(about)
    made = table_of(
        [found for _, found in apart],
        {
            "on": attrgetter("name"),
            "table": lambda found: schemas()[found.judged.table].title(),
            "answers": attrgetter("n"),
            "lowest": attrgetter("lowest"),
            "lowest_by": attrgetter("lowest_by"),
            "middle": attrgetter("median"),
            "highest": attrgetter("highest"),
            "highest_by": attrgetter("highest_by"),
            "apart": attrgetter("spread"),
        },
    )
    made.insert(2, "round", [closed for closed, _ in apart])
    said = [(closed, reasons.get((a.judged.table, a.item), ())) for closed, a in apart]
    # An answer of the round before may stand, and so does what was said of it.
    return made.assign(
        reasons=[
            " / ".join(dict.fromkeys(text for number, text in given if number <= closed))
            for closed, given in said
        ]
    )


def _decided(told: Told) -> pd.DataFrame:
    """What the room settled: rows of the coordinator's tables that still stand."""
    return table_of_lines(
        t
        for t in told.shown
        if t.stands and t.entry.kind == "set" and schemas()[t.entry.table].filled_by in _DECIDING
    )


def _people(told: Told) -> pd.DataFrame:
    everything = table_of(
        (*told.shown, *told.hidden), {"who": attrgetter("who"), "time": attrgetter("time")}
    )
    grouped = everything.groupby("who", sort=True)["time"]
    return grouped.agg(entries="count", first="min", last="max").reset_index()


def _receipts(blocks: list[ClosedBlock], cycle: int) -> pd.DataFrame:
    """Receipts of each block in their own order, which says nothing of whose they are."""
    rows = [
        [f"{block.at:%Y-%m-%d %H:%M}", _titles(block), max(block.rounds.values()), receipt]
        for block in blocks
        for receipt in sorted(block.receipts(cycle).values())
    ]
    return pd.DataFrame(rows, columns=["closed", "tables", "round", "receipt"])


def _titles(block: ClosedBlock) -> str:
    return ", ".join(schemas()[table].title() for table in block.rounds)


def _receipts_told(blocks: list[ClosedBlock], cycle: int) -> list[str]:
    lines = []
    for block in blocks:
        made = list(block.receipts(cycle).values())
        if made:
            lines.append(
                say(
                    "minutes-receipts",
                    receipts=len(made),
                    tables=_titles(block),
                    round=max(block.rounds.values()),
                    hash=list_hash(made),
                )
            )
        if block.without_phone:
            lines.append(say("minutes-without-phone", people=block.without_phone))
    return lines


def _sentences(tables: Mapping[str, pd.DataFrame], rounds: Rounds) -> list[str]:
    people, entered = tables["people"], tables["entered"]
    if people.empty:
        return [say("minutes-nothing")]
    total = int(people["entries"].sum())
    lines = [
        say(
            "minutes-entered",
            entries=total,
            codes=len(people),
            begun=people["first"].min(),
            ended=people["last"].max(),
            changed=len(tables["changed"]),
        )
    ]
    lines += dict.fromkeys(
        say(
            "minutes-closed",
            round=c.number,
            table=schemas()[c.table].title(),
            when=f"{c.entry.at:%Y-%m-%d %H:%M}",
        )
        for c in rounds.closings
    )
    disputed = tables["disputed"]
    if len(disputed):
        first = disputed.iloc[0]
        lines.append(
            say(
                "minutes-apart",
                matter=first["on"],
                lowest=Number(first["lowest"]),
                lowest_by=first["lowest_by"],
                highest=Number(first["highest"]),
                highest_by=first["highest_by"],
            )
        )
        silent = int((disputed["reasons"] == "").sum())
        if silent:
            lines.append(say("minutes-no-reason", silent=silent, disputes=len(disputed)))
    if len(tables["decided"]):
        lines.append(say("minutes-settled", settled=len(tables["decided"])))
    late = int(entered["kind"].str.contains("too late").sum())
    if late:
        lines.append(say("minutes-late", late=late))
    return lines
