"""Which offices the rows are of that are set aside, as one edition may know it: counts alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import pandas as pd

from strategy_lib.schema.frames import Tables, known_values
from strategy_lib.schema.schema import table_schema


class OfficesOfRows:
    """Offices of rows.

    A row of an office's own tables is of the office that it names, else of the only one that the
    file is from. What assessors judged is of no office here: who it was could be told from that.

    Parameters
    ----------
    tables : Tables
        What can be used, and what is set aside.
    units : DataFrame
        Offices that the edition shows; others are not named.
    """

    def __init__(self, tables: Tables, units: pd.DataFrame) -> None:
        codes = zip(known_values(units["unit_id"]), known_values(units["name"]), strict=True)
        self._names = {code: name or code for code, name in codes if code}
        self._spelled = {code.casefold(): code for code in self._names}
        self._of_file: dict[str, set[str]] = {}
        aside = tables.set_aside.frames
        for frame in (tables["returns"], aside.get("returns")) if aside else ():
            for file, code in _pairs(frame):
                self._of_file.setdefault(file, set()).add(code.casefold())

    def of(self, table: str, frame: pd.DataFrame) -> Iterator[str]:
        """Code of the office of each row; empty where it is of none that is shown."""
        if table_schema(table).filled_by != "office" or "unit_id" not in frame:
            yield from [""] * len(frame)
            return
        columns = (known_values(frame[name], "") for name in ("source_file", "unit_id"))
        for file, code in zip(*columns, strict=True):
            of_file = self._of_file.get(file, set())
            only = next(iter(of_file)) if len(of_file) == 1 else ""
            yield self._spelled.get(code.casefold() or only, "")

    def counted(self, frames: Mapping[str, pd.DataFrame], smallest: int) -> dict[str, int]:
        """Rows by name of the office; "" for none, and for those with fewer than `smallest`."""
        by_code = Counter(code for name, frame in frames.items() for code in self.of(name, frame))
        counts: Counter[str] = Counter()
        for code, count in sorted(by_code.items()):
            counts[self._names.get(code, "") if count >= smallest else ""] += count
        return dict(counts)

    def incomplete(self, frames: Mapping[str, pd.DataFrame]) -> dict[str, int]:
        """Office -> how many of these rows are activities, for each office that has any of them."""
        counts: dict[str, int] = {}
        for name, frame in frames.items():
            for code in self.of(name, frame):
                counts[code] = counts.get(code, 0) + (name == "activities")
        return {code: counts[code] for code in sorted(counts) if code}


def _pairs(frame: pd.DataFrame | None) -> Iterator[tuple[str, str]]:
    if frame is None:
        return
    columns = (known_values(frame[name], "") for name in ("source_file", "unit_id"))
    yield from ((f, c) for f, c in zip(*columns, strict=True) if f and c)
