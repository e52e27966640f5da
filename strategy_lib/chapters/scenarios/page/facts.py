"""What the page reads of the chapter's tables: nothing here judges or counts people anew."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from strategy_lib.chapters.codes import Answer, OptionKind
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.scenarios.sets import told_apart
from strategy_lib.chapters.short_names import short_names
from strategy_lib.core.messages import Number, Say
from strategy_lib.judgements.drivers import NOT_SAID
from strategy_lib.plotting.theme import clean

MOST_FUTURES = 6
ROWS, FEWER_ROWS = 9, 8
SAFE = (OptionKind.NO_REGRET, OptionKind.HEDGE)


@dataclass(frozen=True, eq=False)
class Facts:
    """Tables of the chapter, in the order in which the page speaks of them."""

    result: ChapterResult
    given: ChapterInputs
    say: Say

    def table(self, name: str) -> pd.DataFrame:
        """A table of the chapter."""
        made: pd.DataFrame = self.result[name]
        return made

    @property
    def good_enough(self) -> float:
        """Score from which an option is good enough."""
        return self.given.now.scenarios.good_enough

    @property
    def fewest(self) -> int:
        """How many people at least stand behind a number of this edition."""
        return self.given.now.restricted.edition.fewest_people

    def score(self, value: float) -> Number:
        """A score, so rounded that it stays on its side of good enough."""
        is_moved = (round(value, 1) >= self.good_enough) != (value >= self.good_enough)
        return Number(value, 2 if is_moved else 1)

    @cached_property
    def basis(self) -> dict[str, int]:
        """What all rests on, in counts."""
        (row,) = self.table("basis").to_dict("records")
        return {str(name): int(count) for name, count in row.items()}

    @cached_property
    def options(self) -> list[str]:
        """All options: by kind, those that lose least at worst first; those without scores last."""
        listed = self.given.now.restricted["strategic_options"].dropna(subset=["option_id"])
        known = [str(name) for name in self.table("kinds")["option"]]
        labels = told_apart(list(listed["name"].astype(str))) if len(listed) else []
        return known + [name for name in labels if name not in set(known)]

    @property
    def shown_options(self) -> list[str]:
        """Those that fit into a picture."""
        return self.options if len(self.options) <= ROWS else self.options[:FEWER_ROWS]

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Kind of each option, by the middle scores."""
        table = self.table("kinds")
        return dict(zip(table["option"].astype(str), table["kind"].astype(str), strict=True))

    def kind(self, option: str) -> str:
        """Kind of an option."""
        return self.kinds.get(option, OptionKind.NOT_KNOWN)

    @cached_property
    def cells(self) -> pd.DataFrame:
        """Scores in futures that hold together."""
        table = self.table("option_cells")
        return table[table["counted"] == Answer.YES]

    @cached_property
    def cell(self) -> dict[tuple[str, str], dict[str, Any]]:
        """The same by option and future."""
        return {
            (str(row["option"]), str(row["scenario"])): {str(k): v for k, v in row.items()}
            for row in self.cells.to_dict("records")
        }

    @cached_property
    def spread(self) -> pd.Series[float]:
        """How far people are apart in each of them."""
        return (self.cells["highest"] - self.cells["lowest"]).astype(float)

    @cached_property
    def far(self) -> dict[str, int]:
        """In how many things each future differs from today; empty where nobody said what is."""
        table = self.table("distances")
        table = table[table["counted"] > 0]
        return dict(zip(table["scenario"].astype(str), table["differs_in"], strict=True))

    @property
    def counted(self) -> int:
        """Of how many things it is said how they are today."""
        return int(self.table("distances")["counted"].max())

    @cached_property
    def share(self) -> dict[str, float]:
        """Of 100 plausible matrices, in how many each future holds together."""
        return self._shares("future_shares")

    @cached_property
    def like(self) -> dict[str, float]:
        """Of 100 plausible futures, how many are most like each scored one."""
        return self._shares("kinds_of_futures")

    def _shares(self, name: str) -> dict[str, float]:
        table = self.table(name)
        shares = table["share_pct"].astype(float)
        return dict(zip(table["scenario"].astype(str), shares, strict=True))

    @cached_property
    def read(self) -> dict[str, dict[str, float]]:
        """How each option does over all plausible futures: `good_pct` and the other columns."""
        return self.numbers("read_options", "option")

    def numbers(self, name: str, key: str) -> dict[str, dict[str, float]]:
        """The numbers in a row of a table, by the value of its column `key`."""
        rows = self.table(name).set_index(key).to_dict("index")
        return {str(of): {str(k): float(v) for k, v in row.items()} for of, row in rows.items()}

    @cached_property
    def scored(self) -> list[str]:
        """Futures in which options were scored, the firmest first."""
        return self._firmest(list(dict.fromkeys(self.cells["scenario"].astype(str))))

    @cached_property
    def cards(self) -> list[str]:
        """The few futures of the chapter, the firmest first."""
        return self._firmest([str(name) for name in self.table("distances")["scenario"]])

    def _firmest(self, names: list[str]) -> list[str]:
        """The firmest first; of the same share the nearest to today."""
        far = len(self.far) + 10**6
        return sorted(names, key=lambda n: (-self.share.get(n, 0.0), self.far.get(n, far)))

    @property
    def futures(self) -> list[str]:
        """Futures of the pictures: the scored ones, else the few of the chapter."""
        return (self.scored or self.cards)[:MOST_FUTURES]

    @cached_property
    def own(self) -> str:
        """Today's own future, if today's states hold together."""
        if self.unsaid:
            return ""
        return next((name for name, steps in self.far.items() if steps == 0), "")

    @property
    def with_today(self) -> list[str]:
        """Futures of the pictures, and today's own."""
        others = [name for name in self.futures if name != self.own]
        return ([self.own] if self.own in self.cards else []) + others

    @cached_property
    def today(self) -> dict[str, str]:
        """State of each thing today, of which it is said."""
        table = self.table("today")
        pairs = zip(table["descriptor"].astype(str), table["today"].astype(str), strict=True)
        return {name: state for name, state in pairs if state != NOT_SAID}

    @property
    def unsaid(self) -> int:
        """Of how many things nobody said how they are today."""
        return len(self.table("today")) - len(self.today)

    @cached_property
    def ties(self) -> dict[str, list[dict[str, Any]]]:
        """States of each future that are tied with another state; of one that no state breaks."""
        table = self.table("margins")
        breaks = table.groupby("scenario")["margin"].transform("min") < 0
        tied = table[(table["margin"] == 0) & ~breaks]
        return {
            str(name): [{str(k): v for k, v in row.items()} for row in rows.to_dict("records")]
            for name, rows in tied.groupby("scenario", sort=False)
        }

    def name(self, future: str) -> str:
        """A future, and that it is today's own where it is."""
        return self.say("scenarios-name-today", future=future) if future == self.own else future

    @cached_property
    def _short(self) -> dict[str, str]:
        return short_names(self.given.now.restricted, "strategic_options")

    def short(self, option: str) -> str:
        """Short name of an option."""
        name = clean(option)
        return self._short.get(name, name)


def state_alone(in_full: str) -> str:
    """The state without the thing whose state it is."""
    return in_full.split(": ", 1)[-1]
