"""Counterparts that look like another one, undecided: they are told, and never merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pandas as pd
from rapidfuzz import fuzz

from strategy_lib.inputs.checks.locations import row_dicts, tell
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.name_keys import core_key, name_key
from strategy_lib.schema.text import shortened

MOST_SHOWN = 50
_NAMED_IN = (("activities", "counterpart"), ("counterparts", "name"))
# A word that more names share than this tells nothing, as "China" does.
_MOST_IN_BLOCK = 60
_MOST_COMPARED = 300_000
# Keys shorter than this are mostly initials, of which one letter makes another body.
_SHORTEST = 5


@dataclass(frozen=True)
class Pair:
    """Two names that look alike, the one that comes first in the alphabet first."""

    name: str
    other: str
    likeness: float


def check_lookalikes(
    frames: Mapping[str, pd.DataFrame], likely_pct: float, problem_log: ProblemLog
) -> None:
    """Warn of pairs of names that look alike, the most alike first; at most 50 and a count."""
    pairs = find_pairs(_names(frames), _decided(frames), likely_pct)
    shown = pairs[:MOST_SHOWN]
    places = _places(frames, {pair.other for pair in shown})
    for pair in shown:
        table, column, row = places[pair.other]
        message = (
            f'"{shortened(pair.other)}" looks like "{shortened(pair.name)}"; '
            'decide in "Names decided" whether they are the same'
        )
        fault = Fault("similar_name", message, shortened(pair.other), severity="warning")
        tell(problem_log, table, row, column, fault)
    if len(pairs) > MOST_SHOWN:
        message = f"and {len(pairs) - MOST_SHOWN:,} more pairs of names that look alike"
        problem_log.add_fault(Fault("similar_name", message, severity="warning"), "", "", 0, "")


def find_pairs(
    names: Iterable[str], decided: Mapping[str, set[str]], likely_pct: float
) -> list[Pair]:
    """Pairs of names that are alike by at least `likely_pct` (0-100), the most alike first.

    Parameters
    ----------
    names : iterable of str
        Names as they were written.
    decided : mapping of str to set of str
        `name_key` -> keys that a person, or an alias, has put beside it already.

    Examples
    --------
    >>> [p.other for p in find_pairs(["Huawei Kenya", "Huawei  Keny", "Sinopec"], {}, 88)]
    ['Huawei Kenya']
    """
    by_key: dict[str, str] = {}
    for name in sorted(set(names), reverse=True):
        by_key[name_key(name)] = name
    pairs = []
    for first, second in _candidates(by_key):
        likeness = _likeness(first, second, likely_pct)
        if likeness and second not in decided.get(first, ()):
            one, other = sorted((by_key[first], by_key[second]))
            pairs.append(Pair(one, other, likeness))
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.name, pair.other))


def _likeness(first: str, second: str, least: float) -> float:
    if min(len(first), len(second)) < _SHORTEST and not _is_chinese(first):
        return 0.0
    whole = fuzz.ratio(first, second, score_cutoff=least)
    return max(whole, fuzz.ratio(core_key(first), core_key(second), score_cutoff=least))


def _is_chinese(key: str) -> bool:
    return len(key) > 2 and "\u4e00" <= key[0] <= "\u9fff"


def _candidates(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs that share a rare word or the beginning of their first word; bounded in number."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for key in sorted(set(keys) - {""}):
        for block in _blocks(key):
            blocks[block].append(key)
    seen: set[tuple[str, str]] = set()
    for _, members in sorted(blocks.items(), key=lambda item: (len(item[1]), item[0])):
        if len(members) > _MOST_IN_BLOCK:
            continue
        for pair in combinations(members, 2):
            if pair not in seen:
                seen.add(pair)
                yield pair
        if len(seen) > _MOST_COMPARED:
            return


def _blocks(key: str) -> set[str]:
    words = key.split()
    compact = "".join(words)
    if _is_chinese(compact):
        return {compact[i : i + 2] for i in range(len(compact) - 1)}
    ends = {f"^{compact[:6]}", f"{compact[-6:]}$"}
    return ends | {word for word in words if len(word) > 3}


def _names(frames: Mapping[str, pd.DataFrame]) -> list[str]:
    names = (frames[table][column].dropna().unique() for table, column in _NAMED_IN)
    return [str(name) for found in names for name in found]


def _decided(frames: Mapping[str, pd.DataFrame]) -> dict[str, set[str]]:
    """Names put beside each other already: by a decision, or as names of one counterpart."""
    decided: dict[str, set[str]] = defaultdict(set)
    together = [(row["name"], row["other_name"]) for row in row_dicts(frames["name_decisions"])]
    for row in row_dicts(frames["counterparts"]):
        names = (row["name"], row["chinese_name"], *(row["aliases"] or ()))
        together += list(combinations(names, 2))
    for one, other in together:
        decided[name_key(one)].add(name_key(other))
        decided[name_key(other)].add(name_key(one))
    return decided


def _places(
    frames: Mapping[str, pd.DataFrame], names: set[str]
) -> dict[str, tuple[str, str, dict[Any, Any]]]:
    """First row in which each name stands."""
    places: dict[str, tuple[str, str, dict[Any, Any]]] = {}
    for table, column in _NAMED_IN:
        frame = frames[table]
        first = frame[frame[column].isin(list(names))].drop_duplicates(column)
        for row in row_dicts(first):
            places.setdefault(str(row[column]), (table, column, row))
    return places
