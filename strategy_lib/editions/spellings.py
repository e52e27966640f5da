"""Which names mean one counterpart: whoever may not see it may see none of them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pandas as pd

from strategy_lib.schema.frames import known_values
from strategy_lib.schema.name_keys import core_key, name_key


class Spellings:
    """Every way in which offices and the coordinator write the name of a counterpart.

    The same are a counterpart's name, its Chinese name and its aliases, what differs from one of
    them in accents, signs or words of a legal form only, and names that were decided to be the
    same. Names that were decided to be different are not joined by what they share without their
    legal form.

    Parameters
    ----------
    counterparts : DataFrame
        Columns `name`, `chinese_name`, `aliases`.
    decisions : DataFrame
        Columns `name`, `other_name`, `decision`.
    """

    def __init__(self, counterparts: pd.DataFrame, decisions: pd.DataFrame) -> None:
        self._above: dict[str, str] = {}
        self._apart: set[str] = set()
        # What stands in the rows, by key.
        self._written: dict[str, str] = {}
        columns = (counterparts[name] for name in ("name", "chinese_name", "aliases"))
        rows = list(zip(*map(known_values, columns), strict=True))
        for name, chinese, aliases in rows:
            self._join([name, chinese, *aliases])
        decided = (decisions[name] for name in ("name", "other_name", "decision"))
        for one, other, decision in zip(*map(known_values, decided), strict=True):
            if decision == "same":
                self._join([one, other])
            elif core_key(one) == core_key(other):
                self._apart |= {name_key(one), name_key(other)}
        for key in sorted(self._written):
            if key not in self._apart:
                self._join([key, core_key(key)])
        self.by_row = [self.of(name) or self.of(chinese) for name, chinese, _ in rows]
        self.listed = frozenset(self.by_row) - {""}

    def _join(self, names: Iterable[object]) -> None:
        keys = []
        for name in names:
            key = name_key(name)
            if key:
                keys.append(key)
                self._above.setdefault(key, key)
                self._written.setdefault(key, str(name).strip())
        for one, other in pairwise(keys):
            # The lesser key stands for all, so that the order of rows does not matter.
            low, high = sorted((self._root(one), self._root(other)))
            self._above[high] = low

    def _root(self, key: str) -> str:
        while self._above[key] != key:
            key = self._above[key]
        return key

    def of(self, name: object) -> str:
        """Key that stands for the counterpart of this name; empty where it is none's."""
        key = name_key(name)
        if key not in self._above and key not in self._apart:
            key = core_key(name)
        return self._root(key) if key in self._above else ""

    def are_apart(self, name: str, other: str) -> bool:
        """Whether a name was decided to differ from those that it is like but for a legal form."""
        return name_key(name) in self._apart and core_key(name) == core_key(other)

    def written(self) -> Iterable[tuple[str, str]]:
        """Each spelling of listed counterparts, and the key that stands for its counterpart.

        A spelling without its legal form is among them, in capitals, as nobody wrote it so.
        """
        for key, name in sorted(self._written.items()):
            root = self._root(key)
            if root in self.listed:
                yield name, root
                if core_key(key) != key:
                    yield core_key(key).upper(), root
