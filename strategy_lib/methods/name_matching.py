"""Names of the same organisation, as different offices write it: what is certain, what is likely.

Certain is what an office or a person said: the same spelling, an alias, a Chinese name, a decision.
Whatever only looks alike is proposed to a person; nothing is merged silently.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from pypinyin import lazy_pinyin
from rapidfuzz import fuzz, process

Key = Callable[[object], str]
# Pairs looked at for one name; more would bury those that a person has to decide.
MOST_ALIKE = 8
COMPARED_WITH_ALL = 6000
PAIR_COLUMNS = ("name", "other_name", "similarity_pct", "why")


@dataclass(frozen=True)
class NameResolution:
    """Which names mean the same organisation.

    Attributes
    ----------
    canonical : mapping of str to str
        Key of each name -> the name under which the organisation is shown.
    how : mapping of str to str
        Key of each name -> `exact`, `alias`, `chinese_name`, `decided` or `alone`.
    to_confirm : DataFrame
        Pairs for a person to decide: `name`, `other_name`, `similarity_pct` (0-100), `why`.
    conflicts : DataFrame
        Names that point two ways: `name`, `why`.
    """

    canonical: Mapping[str, str]
    how: Mapping[str, str]
    to_confirm: pd.DataFrame
    conflicts: pd.DataFrame


def resolve_names(
    mentions: Iterable[str],
    counterparts: pd.DataFrame,
    decisions: pd.DataFrame,
    key: Key,
    likely_pct: float = 88.0,
) -> NameResolution:
    """Group names that are certainly the same, and propose those that are likely.

    The order of rows does not matter: names are known before any alias is looked at, and an alias
    that two organisations claim goes to neither. Of several spellings of a name that no row lists,
    the most common one is shown.

    Parameters
    ----------
    mentions : iterable of str
        Names as they stand in activities.
    counterparts : DataFrame
        Columns `name`, `chinese_name`, `aliases` (tuples).
    decisions : DataFrame
        Columns `name`, `other_name`, `decision` (`same` or `different`).
    key : callable
        Brings a name to the form in which names are compared.
    likely_pct : float
        Similarity (0-100) from which a pair is proposed.
    """
    groups = _Groups(key)
    known = counterparts.to_dict("records")
    for name in sorted((row["name"] for row in known), key=str):
        groups.add(name, "exact")
    groups.claim(known)
    times = Counter(mentions)
    for name in sorted(times, key=lambda name: (-times[name], str(name))):
        groups.add(name, "alone")
    apart = groups.decide(decisions)
    return NameResolution(
        canonical=groups.canonical(),
        how=dict(groups.how),
        to_confirm=_likely(groups, apart, likely_pct),
        conflicts=pd.DataFrame(groups.conflicts, columns=["name", "why"]),
    )


class _Groups:
    """Union of names by key; the first name of a group, in its own spelling, stands for it."""

    def __init__(self, key: Key) -> None:
        self.key = key
        self.parent: dict[str, str] = {}
        self.spelling: dict[str, str] = {}
        self.how: dict[str, str] = {}
        self.conflicts: list[tuple[str, str]] = []

    def add(self, name: object, how: str) -> str:
        found = self.key(name)
        if found and found not in self.parent:
            self.parent[found] = found
            self.spelling[found] = str(name).strip()
            self.how[found] = how
        return found

    def root(self, found: str) -> str:
        while self.parent[found] != found:
            found = self.parent[found]
        return found

    def join(self, name: str, other: str) -> None:
        self.parent[self.root(self.key(other))] = self.root(self.key(name))

    def claim(self, known: Iterable[Mapping[Hashable, Any]]) -> None:
        """Give each further name to the one organisation that has it, once all names are added."""
        owners: dict[str, set[str]] = {found: {found} for found in self.parent}
        claims: dict[str, tuple[str, str]] = {}
        for row in known:
            owner = self.key(row["name"])
            others = [(alias, "alias") for alias in row["aliases"] or ()]
            for other, how in (*others, (row["chinese_name"], "chinese_name")):
                found, claim = self.key(other), (str(other), how)
                if found and owner:
                    owners.setdefault(found, set()).add(owner)
                    claims[found] = min(claims.get(found, claim), claim)
        for found, (other, how) in sorted(claims.items()):
            names = sorted(self.spelling[owner] for owner in owners[found])
            self.add(other, how if len(names) == 1 else "alone")
            if len(names) == 1:
                self.join(names[0], other)
            else:
                self.conflicts.append((other, f"claimed by {' and '.join(names)}"))

    def decide(self, decisions: pd.DataFrame) -> set[frozenset[str]]:
        """Apply what people decided; the pairs that they keep apart."""
        apart = set()
        rows = decisions[["name", "other_name", "decision"]].astype("object").to_dict("records")
        for row in sorted(rows, key=lambda row: tuple(map(str, row.values()))):
            one, two = self.add(row["name"], "decided"), self.add(row["other_name"], "decided")
            if not one or not two:
                continue
            if row["decision"] == "same":
                self.join(row["other_name"], row["name"])
            else:
                apart.add(frozenset((one, two)))
        for pair in sorted(map(sorted, apart)):
            if self.root(pair[0]) == self.root(pair[-1]):
                names = " and ".join(self.spelling[k] for k in pair)
                self.conflicts.append((self.spelling[pair[0]], f"{names}: both same and different"))
        return apart

    def canonical(self) -> dict[str, str]:
        return {found: self.spelling[self.root(found)] for found in self.parent}


def _likely(groups: _Groups, apart: set[frozenset[str]], likely_pct: float) -> pd.DataFrame:
    keys = sorted(groups.parent)
    forms = [_latin(groups.spelling[k], groups.key) for k in keys]
    pairs = [*_similar(forms, likely_pct), *_abbreviated(keys, forms)]
    settled = {frozenset(groups.root(k) for k in pair) for pair in apart}
    rows: dict[frozenset[str], tuple[str, str, float, str]] = {}
    for one, two, score in sorted(pairs, key=lambda p: (-p[2], p[0], p[1])):
        roots = frozenset((groups.root(keys[one]), groups.root(keys[two])))
        if len(roots) == 2 and roots not in settled and roots not in rows:
            first, second = sorted((groups.spelling[keys[one]], groups.spelling[keys[two]]))
            rows[roots] = (first, second, round(score, 1), _why(first, second, score))
    return pd.DataFrame(list(rows.values()), columns=list(PAIR_COLUMNS))


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def _latin(name: str, key: Key) -> str:
    """The key of a name, with Chinese characters read in pinyin without tones or gaps."""
    return key("".join(lazy_pinyin(name)) if _is_chinese(name) else name)


def _similar(forms: list[str], likely_pct: float) -> list[tuple[int, int, float]]:
    """The most similar pairs of forms, a few for each name.

    Names whose numbers differ (two lots, two branches) are not alike. Above `COMPARED_WITH_ALL`
    names, a name is compared with those that begin with the same three letters.
    """
    groups: dict[str, list[int]] = {}
    for place, form in enumerate(forms):
        is_large = len(forms) > COMPARED_WITH_ALL
        groups.setdefault(form.replace(" ", "")[:3] if is_large else "", []).append(place)
    return [pair for places in groups.values() for pair in _similar_in(places, forms, likely_pct)]


def _similar_in(
    places: list[int], forms: list[str], likely_pct: float
) -> Iterator[tuple[int, int, float]]:
    tight = [forms[place].replace(" ", "") for place in places]
    digits = ["".join(c for c in form if c.isdigit()) for form in tight]
    for start in range(0, len(tight), 512):
        block = tight[start : start + 512]
        scores = process.cdist(block, tight, scorer=fuzz.ratio, score_cutoff=likely_pct, workers=1)
        for row in range(len(block)):
            scores[row, : start + row + 1] = 0
            best = np.argsort(-scores[row], kind="stable")[:MOST_ALIKE]
            for column in (int(c) for c in best if scores[row, c]):
                if digits[start + row] == digits[column]:
                    yield places[start + row], places[column], float(scores[row, column])


def _abbreviated(keys: list[str], forms: list[str]) -> list[tuple[int, int, float]]:
    """Pairs in which one name is the initials of the other; given the lowest similarity, 50."""
    initials: dict[str, list[int]] = {}
    for place, form in enumerate(forms):
        words = [
            word for word in form.split() if word not in ("of", "the", "and", "for", "de", "la")
        ]
        if len(words) > 2:
            initials.setdefault("".join(word[0] for word in words), []).append(place)
    return [
        (min(short, long), max(short, long), 50.0)
        for short, form in enumerate(keys)
        for long in initials.get(form, ())
        if short != long
    ]


def _why(one: str, two: str, score: float) -> str:
    if score == 50.0:
        return "initials"
    return "pinyin" if _is_chinese(one) != _is_chinese(two) else "spelling"
