"""The front page's table of options: how often first, cost against the budget, freedom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from strategy_lib.chapters.codes import RouteState, Verdict
from strategy_lib.chapters.short_names import option_answers, short_names
from strategy_lib.core.messages import Names, Number, say
from strategy_lib.editions.restrict import Restricted
from strategy_lib.editions.results import SavedChapter
from strategy_lib.plotting.theme import clean
from strategy_lib.publishing.pictures import NARROWEST

MOST_SHOWN = 9
_MILLION = 1_000_000


@dataclass(frozen=True)
class OptionNames:
    """What options for a presence are called beside their full names, and criteria.

    Attributes
    ----------
    short : mapping of str to str
        Short names, also of the criteria.
    strategic : mapping of str to str
        The strategic option that stands for each in the futures; those that name none are left out.
    answers : mapping of str to str
        The answer to the question of the brief that each option means; the others mean none.
    """

    short: Mapping[str, str] = field(default_factory=dict)
    strategic: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)

    def shown(self, name: object) -> str:
        """An option or a criterion as it is shown."""
        full = clean(name)
        return self.short.get(full, full)


def option_names(restricted: Restricted) -> OptionNames:
    """The names of the options that an edition may show."""
    criteria = short_names(restricted, "criteria")
    strategic = restricted["strategic_options"].set_index("option_id")["name"]
    options = restricted["presence_options"]
    told = options.dropna(subset="strategic_option")
    stands = {
        clean(name): clean(strategic[code])
        for name, code in zip(told["name"], told["strategic_option"], strict=True)
        if code in strategic.index
    }
    short = {**criteria, **short_names(restricted, "presence_options")}
    return OptionNames(short, stands, option_answers(restricted))


@dataclass(frozen=True)
class Span:
    """A range with its middle, in per cent of the width of its column, and in words.

    Attributes
    ----------
    low, middle, high : float
        Places from 0 to 100.
    shown : str
        The middle value as it is printed.
    words : str
        The whole range, for those who do not see the mark.
    is_over : bool
        Whether the middle lies beyond the column's limit.
    """

    low: float
    middle: float
    high: float
    shown: str
    words: str
    is_over: bool = False

    @property
    def is_wide(self) -> bool:
        """Whether its ends are seen beside the dot at its middle."""
        return self.high - self.low >= NARROWEST


@dataclass(frozen=True)
class Option:
    """One option as a row.

    Attributes
    ----------
    answer : str
        The answer to the question that it means; empty for none.
    first : float or None
        How often it comes first, of 100; None where it is not compared.
    first_shown : str
        The same as it is printed.
    out : str
        Why it is not compared.
    cost, freedom : Span or None
        None where there is no amount, or no score.
    named_in : tuple of str
        Where people name it word for word.
    """

    name: str
    answer: str
    first: float | None
    first_shown: str
    out: str
    cost: Span | None
    freedom: Span | None
    named_in: tuple[str, ...]


@dataclass(frozen=True)
class OptionTable:
    """All options in the order of chapter 02, those that are not compared last.

    Attributes
    ----------
    leads : str
        Name of the option that comes first most often, as it was saved; empty for none.
    unit, years, budget : str
        Of the amounts, as the column's head says them; `budget` is empty where none is set.
    budget_at : float
        Place of the budget in per cent of the column.
    """

    leads: str
    unit: str
    years: str
    budget: str
    budget_at: float
    rows: tuple[Option, ...]
    shows_freedom: bool

    @property
    def shown(self) -> tuple[Option, ...]:
        """Rows that stand on the front page: those that are compared, if any is."""
        return self._rows[:MOST_SHOWN]

    @property
    def has_answers(self) -> bool:
        """Whether an option that is shown means an answer to the question of the brief."""
        return any(row.answer for row in self.shown)

    @property
    def n_more(self) -> int:
        """Further rows that stand in the chapter only."""
        return len(self._rows) - len(self.shown)

    @property
    def out(self) -> str:
        """Which options are not compared and why, where others are."""
        out = [row for row in self.rows if row.out and row not in self._rows]
        named = [say("front-out-option", option=row.name, why=row.out) for row in out]
        return say("front-outs", options=Names(named)) if named else ""

    @property
    def _rows(self) -> tuple[Option, ...]:
        return tuple(row for row in self.rows if not row.out) or self.rows


def option_table(
    saved: SavedChapter, named: Mapping[str, str], called: OptionNames | None = None
) -> OptionTable | None:
    """The options with what chapter 02 saved of each; None where it saved none.

    Parameters
    ----------
    named : mapping of str to str
        Where options may be named, such as "in the recommendation", with the text.
    called : OptionNames, optional
        What they are called beside their full names.
    """
    called = called or OptionNames()
    ranks = saved.table("ranks", "option", "rank_1_pct")
    freedom = saved.table(
        "freedom",
        "option",
        "answers",
        "freedom_lost_lowest",
        "freedom_lost_median",
        "freedom_lost_highest",
    )
    names = [str(name) for name in dict.fromkeys([*ranks["option"], *freedom["option"]])]
    if not names:
        return None
    first = {
        str(name): float(pct)
        for name, pct in zip(ranks["option"], ranks["rank_1_pct"], strict=True)
    }
    money = _Money(saved, first or names)
    lost, outs = _by_option(freedom), _outs(saved, called)
    leading = max(first, key=lambda name: first[name], default="")
    rows = []
    for name in names:
        rows.append(
            Option(
                name=called.shown(name),
                answer=called.answers.get(clean(name), ""),
                first=first.get(name),
                first_shown=times(first.get(name)),
                out="" if name in first else outs.get(name, say("front-out")),
                cost=money.span(name),
                freedom=_freedom(lost.get(name, {})),
                named_in=tuple(
                    where for where, words in named.items() if _is_named(name, words, called)
                ),
            )
        )
    return OptionTable(
        leads=leading,
        unit=money.unit,
        years=money.years,
        budget=money.shown(money.budget) if money.budget else "",
        budget_at=money.place(money.budget) if money.budget else 0.0,
        rows=tuple(rows),
        shows_freedom=any(row.freedom for row in rows),
    )


def _is_named(name: str, words: str, called: OptionNames) -> bool:
    """Whether people name an option, in full or as it is shown."""
    said = words.casefold()
    return name.casefold() in said or called.shown(name).casefold() in said


def times(pct: float | None) -> str:
    """How often of 100, without a false nought.

    Examples
    --------
    >>> times(55.3), times(0.3), times(0.0), times(99.7), times(None)
    ('55', '<1', '0', '>99', '')
    """
    if pct is None or pd.isna(pct):
        return ""
    if 0 < pct < 1:
        return "<1"
    return ">99" if 99 < pct < 100 else f"{pct:.0f}"


def _by_option(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    return {
        str(row["option"]): {str(k): v for k, v in row.items()} for row in frame.to_dict("records")
    }


def _freedom(row: Mapping[str, Any]) -> Span | None:
    low, middle, high = (row.get(f"freedom_lost_{n}") for n in ("lowest", "median", "highest"))
    if low is None or middle is None or high is None or pd.isna(middle):
        return None
    ends = {"low": Number(low), "high": Number(high)}
    words = say("front-range-of-ten", middle=Number(middle), **ends)
    return Span(10 * low, 10 * middle, 10 * high, f"{middle:g}", words)


def _outs(saved: SavedChapter, called: OptionNames) -> dict[str, str]:
    """Why an option is not compared, in the order in which reasons weigh."""
    made: dict[str, str] = {}
    for option, why in _reasons_out(saved, called):
        made.setdefault(option, why)
    return made


def _reasons_out(saved: SavedChapter, called: OptionNames) -> Iterator[tuple[str, str]]:
    lines = saved.table("red_lines", "option", "criterion", "whose", "scored", "beyond", "verdict")
    for row in lines[lines["verdict"] == Verdict.BEYOND].to_dict("records"):
        yield str(row["option"]), _beyond(row, called.shown(row["criterion"]))
    for row in saved.table("freedom", "option", "answers").to_dict("records"):
        if row["answers"] == 0:
            yield str(row["option"]), say("front-out-too-few")
    for row in saved.table("routes", "options", "state").to_dict("records"):
        if row["state"] == RouteState.CLOSED:
            for option in str(row["options"]).split("; "):
                yield option, say("front-out-law")


def _beyond(row: Mapping[Any, Any], criterion: str) -> str:
    if pd.isna(row["beyond"]) or pd.isna(row["scored"]):
        return say("red-line-front", criterion=criterion)
    votes = {"beyond": int(row["beyond"]), "scored": int(row["scored"])}
    return say("red-line-front-counted", criterion=criterion, **votes)


class _Money:
    """Amounts of chapter 02, on one scale from 0 on that holds the options which are shown."""

    def __init__(self, saved: SavedChapter, shown: Collection[str]) -> None:
        costs = saved.table("costs", "option", "p10", "p50", "p90")
        costs = costs[costs["option"].isin(list(shown))]
        plan = saved.table("plan", "currency", "years", "budget")
        about = plan.iloc[0] if len(plan) else None
        self._rows = _by_option(costs)
        given = None if about is None else about["budget"]
        self.budget = None if given is None or pd.isna(given) else float(given)
        middles = [m for m in costs["p50"] if not pd.isna(m)]
        self._unit = _MILLION if max([*middles, self.budget or 0], default=0) >= _MILLION else 1000
        word = "million" if self._unit == _MILLION else "thousand"
        currency = "" if about is None else clean(about["currency"])
        self.unit = say("front-unit", unit=word, currency=currency).strip() if self._rows else ""
        years = 0 if about is None else int(about["years"])
        self.years = say("front-years", years=years) if years else ""
        highest = [m for m in costs["p90"] if not pd.isna(m)]
        self._most = max([*middles, *highest, 1.2 * (self.budget or 0)], default=0) or 1.0

    def place(self, amount: float) -> float:
        return round(min(100.0, 100 * amount / self._most), 1)

    def shown(self, amount: float) -> str:
        value = amount / self._unit
        if self._unit == _MILLION:
            return "<0.1" if 0 < value < 0.05 else f"{value:,.1f}"
        return "<1" if 0 < value < 0.5 else f"{value:,.0f}"

    def span(self, option: str) -> Span | None:
        row = self._rows.get(option)
        if row is None or any(pd.isna(row[name]) for name in ("p10", "p50", "p90")):
            return None
        low, middle, high = (float(row[name]) for name in ("p10", "p50", "p90"))
        ends = {"low": self.shown(low), "high": self.shown(high)}
        words = say("front-range", middle=self.shown(middle), **ends)
        is_over = self.budget is not None and middle > self.budget
        first, dot, last = (self.place(amount) for amount in (low, middle, high))
        return Span(first, dot, last, self.shown(middle), words, is_over)
