"""Chapters that need not be made again: what changed in the inputs, they had not looked at.

Which tables a chapter looks at is noted while it runs (`notebook.save` writes it down), and not
declared by hand. A chapter that finds the same content in each of them gives the same result.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from strategy_lib.chapters.registry import Chapter
from strategy_lib.core.hashing import hash_of, hash_tree
from strategy_lib.core.workspace import SUMMARY_FILE
from strategy_lib.editions.snapshot import EDITION_FILE
from strategy_lib.running.planning import DOCUMENTS, THE_CYCLE_BEFORE, Plan, Request
from strategy_lib.running.records import Record, places

WITHHELD = "(withheld)"
_OTHERWISE = ("inputs", "notebooks", DOCUMENTS, THE_CYCLE_BEFORE)


def table_hashes(snapshot: Path) -> dict[str, str]:
    """Hash of each table of a snapshot, and of how many rows are not in it, by its name."""
    hashes = hash_tree(snapshot, ".csv")
    facts = json.loads((snapshot / EDITION_FILE).read_text(encoding="utf-8"))
    told = {name.removesuffix(".csv"): value for name, value in hashes.items()}
    missing = [facts[name] for name in ("withheld", "set_aside", "incomplete")]
    return {**told, WITHHELD: hash_of(missing)}


def spared(request: Request, plan: Plan, snapshot: Path) -> Plan:
    """The plan without the chapters for which nothing has changed after all.

    Parameters
    ----------
    snapshot : Path
        What the edition may show now.
    """
    record = plan.was
    if record is None or not record.tables:
        return plan
    now = table_hashes(snapshot)
    results = places(request.cycle, plan.edition.name)["results"]
    free = {
        chapter.name
        for chapter in plan.make
        if chapter.name in record.chapters
        and _same_otherwise(record, plan.ingredients, chapter)
        and _same_tables(record, now, _looked_at(results / chapter.name))
    }
    if any(not c.reads_results and c.name not in free for c in plan.make):
        # What is made anew of one is read by those that read results.
        free -= {chapter.name for chapter in plan.make if chapter.reads_results}
    keep = {*plan.keep, *(chapter for chapter in plan.make if chapter.name in free)}
    return replace(
        plan,
        make=tuple(chapter for chapter in plan.make if chapter.name not in free),
        keep=tuple(chapter for chapter in plan.chapters if chapter in keep),
    )


def pages_that_stay(plan: Plan) -> list[str]:
    """Chapters whose pages are as they are in the edition in place.

    What is kept was made from the same by the same; a page names its neighbours, too.
    """
    if plan.was is None or plan.was.chapters.keys() != {chapter.name for chapter in plan.chapters}:
        return []
    # The last page leads to the minutes of workshops, which may be new.
    return [chapter.name for chapter in plan.keep if chapter is not plan.chapters[-1]]


def _same_otherwise(record: Record, needed: Mapping[str, Any], chapter: Chapter) -> bool:
    """Whether all but the inputs is as it was when the chapter was made."""
    before = record.ingredients
    names = [name for name in needed if name not in _OTHERWISE]
    names += [THE_CYCLE_BEFORE] if chapter.reads_before else []
    notebooks = before.get("notebooks", {})
    return all(before.get(name) == needed[name] for name in names) and (
        notebooks.get(chapter.name) == needed["notebooks"][chapter.name]
    )


def _same_tables(record: Record, now: Mapping[str, str], names: Iterable[str] | None) -> bool:
    if names is None:
        return False
    return all(record.tables.get(name) == now.get(name) for name in (*names, WITHHELD))


def _looked_at(results: Path) -> list[str] | None:
    """Tables that a chapter looked at; None where it did not say."""
    try:
        told = json.loads((results / SUMMARY_FILE).read_bytes()).get("tables_read")
    except (OSError, ValueError, AttributeError):
        return None
    return list(map(str, told)) if isinstance(told, list) else None
