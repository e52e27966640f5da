"""What the front page of an edition says, from what the edition's chapters saved.

It knows saved tables by the names of their columns and no chapter; what a chapter did not save for
this edition is not there.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from strategy_lib.chapters.codes import RouteState
from strategy_lib.chapters.registry import number_of
from strategy_lib.core.messages import say
from strategy_lib.editions.results import SavedChapter
from strategy_lib.plotting.theme import clean
from strategy_lib.publishing.front.firm import Test, danger, firm_tests, plain_text
from strategy_lib.publishing.front.futures import Future, Tried, tried_futures, tried_options
from strategy_lib.publishing.front.lines import chapter_line
from strategy_lib.publishing.front.options import OptionNames, OptionTable, option_table
from strategy_lib.schema.dates import written_day

MOST_WORDS = 30
_RISK_WORDS, _VIEW_WORDS = 26, 40
_BETWEEN_QUOTES = re.compile(r'(?<=["”])\s+(?=["“])')
_MOST_DATES = 3
_FEWEST = 3
_END = re.compile(r"(?<=[.?!])\s+|(?<=[。？！])")
_KNOWN = (RouteState.CLOSED, RouteState.NONE_NEEDED, RouteState.OPEN)
Row = Mapping[Hashable, Any]


@dataclass(frozen=True)
class Folded:
    """Words of people: whole sentences up to a length, and the rest to be unfolded.

    Attributes
    ----------
    more : str
        What follows, word for word.
    """

    shown: str = ""
    more: str = ""


@dataclass(frozen=True)
class Ask:
    """What is put to whom.

    Attributes
    ----------
    head : str
        Who is asked, for what, by when.
    question : str
        The last sentence of what was typed, which asks.
    before : str
        The sentences before it.
    recommended_by : str
        Whose recommendation it is.
    n_more : int
        Further questions of the brief.
    """

    head: str
    question: str
    before: str
    recommendation: Folded
    recommended_by: str
    views: Folded
    risks: Folded
    n_more: int

    @property
    def apart(self) -> tuple[str, ...]:
        """Views that differ, each quote by itself."""
        return tuple(filter(None, _BETWEEN_QUOTES.split(self.views.shown)))


@dataclass(frozen=True)
class Due:
    """A day, what is due and who owns it."""

    day: date
    what: str
    who: str
    shown: str


@dataclass(frozen=True)
class Line:
    """One line for a chapter."""

    name: str
    title: str
    words: str


@dataclass(frozen=True)
class FrontPage:
    """Everything that the front page shows.

    Attributes
    ----------
    head : Line or None
        Chapter whose bottom line stands first where nothing is asked and no option is compared,
        with its question.
    bottom_line : tuple of str
        Its sentences.
    put_first : str
        How many people put which option first.
    tried : tuple of Tried
        How the leading option, and those that mean an answer, stood in the futures.
    unknown : tuple of str
        What the numbers cannot tell.
    """

    ask: Ask | None
    options: OptionTable | None
    tests: tuple[Test, ...]
    danger: tuple[str, ...]
    futures: tuple[Future, ...]
    put_first: str
    tried: tuple[Tried, ...]
    dates: tuple[Due, ...]
    late: str
    lines: tuple[Line, ...]
    unknown: tuple[str, ...]
    head: Line | None
    bottom_line: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self.ask is None and self.options is None and not self.bottom_line

    @property
    def in_futures(self) -> str:
        """How many futures the options were tried in."""
        return say("front-futures", futures=len(self.futures))

    @property
    def same_options(self) -> bool:
        """Whether every future was tried on as many options."""
        return len({future.of for future in self.futures}) == 1

    def place(self, number: str) -> str:
        """Name of the page of the chapter with this number; empty where it is not made."""
        return next((line.name for line in self.lines if line.name.startswith(f"{number}_")), "")

    @property
    def verdict(self) -> str:
        """How firm the order is, with how many tests it failed."""
        if not self.tests:
            n_options = len(self.options.rows) if self.options else 0
            return say("front-not-compared", options=n_options)
        failed = sum(not test.is_held for test in self.tests)
        if failed:
            return say("front-fragile", failed=failed, tests=len(self.tests))
        return say("front-held", tests=len(self.tests))

    @property
    def tests_head(self) -> str:
        """Head of the tests that failed."""
        return say("front-tests", failed=sum(not test.is_held for test in self.tests))


def front_page(
    chapters: Sequence[tuple[str, str, str]],
    saved: Mapping[str, SavedChapter],
    as_of: date,
    called: OptionNames | None = None,
) -> FrontPage:
    """What the front page of an edition says.

    Parameters
    ----------
    chapters : sequence of tuple
        Name, title and question of each page, in order.
    saved : mapping of str to SavedChapter
        What chapters saved for this edition, by name.
    as_of : date
        Day from which dates are counted.
    called : OptionNames, optional
        What the options for a presence are called beside their full names.
    """
    called = called or OptionNames()
    by_number = {saved[name].number: saved[name] for name, _, _ in chapters if name in saved}
    none = SavedChapter("")
    brief, presence = (by_number.get(number_of(f), none) for f in ("brief", "presence"))
    asked, decided = _rows(brief, "questions"), _rows(brief, "decisions")
    ask = _ask(asked)
    options = option_table(presence, _named(asked, decided), called)
    head: Line | None = None
    bottom_line: tuple[str, ...] = ()
    is_above = ask is not None and options is not None
    lines = [
        Line(
            name,
            clean(title),
            chapter_line(saved.get(name, none), question, called, is_above=is_above),
        )
        for name, title, question in chapters
    ]
    if ask is None and options is None:
        head, bottom_line = _head(chapters, saved)
    futures = tried_futures(brief)
    return FrontPage(
        ask=ask,
        options=options,
        tests=firm_tests(presence, called),
        danger=tuple(danger(presence, options.leads, called)) if options else (),
        futures=futures,
        put_first=_put_first(presence, called),
        tried=tuple(tried_options(brief, options, called, futures)),
        dates=_dates(brief, asked, decided, as_of),
        late=_late(brief),
        lines=tuple(lines),
        unknown=tuple(_unknown(by_number)),
        head=head,
        bottom_line=bottom_line,
    )


def folded(words: object, most: int = MOST_WORDS) -> Folded:
    """Whole sentences of at most `most` words, at least one; the rest is to be unfolded.

    Examples
    --------
    >>> folded("Rest it. Look again next year.", 3)
    Folded(shown='Rest it.', more='Look again next year.')
    """
    shown: list[str] = []
    sentences = [part for part in _END.split(plain_text(words)) if part]
    for sentence in sentences:
        if shown and len(" ".join([*shown, sentence]).split()) > most:
            break
        shown.append(sentence)
    return Folded(" ".join(shown), " ".join(sentences[len(shown) :]))


def _day(value: object) -> date | None:
    moment = pd.to_datetime(plain_text(value), errors="coerce", format="ISO8601")
    return None if pd.isna(moment) else moment.date()


def _rows(saved: SavedChapter, name: str) -> list[Row]:
    return list(saved.table(name).to_dict("records"))


def _ask(asked: Sequence[Row]) -> Ask | None:
    if not asked:
        return None
    row = asked[0]
    sentences = [part for part in _END.split(plain_text(row.get("question"))) if part]
    if not sentences:
        return None
    by = _day(row.get("decision_by"))
    about = {
        "purpose": plain_text(row.get("purpose")) or say("front-purpose"),
        "whom": plain_text(row.get("asked_of")) or say("front-nobody-named"),
    }
    return Ask(
        head=say("front-asked", day=by, **about) if by else say("front-asked-no-day", **about),
        question=sentences[-1],
        before=" ".join(sentences[:-1]),
        recommendation=folded(row.get("recommendation")),
        recommended_by=plain_text(row.get("recommended_by")) or say("front-somebody"),
        views=folded(row.get("minority_view"), _VIEW_WORDS),
        risks=folded(row.get("risks"), _RISK_WORDS),
        n_more=len(asked) - 1,
    )


def _named(asked: Sequence[Row], decided: Sequence[Row]) -> dict[str, str]:
    """Texts in which an option may be named word for word, by where that is."""
    made = {}
    for row in asked[:1]:
        made[say("front-in-recommendation")] = plain_text(row.get("recommendation"))
    for row in decided[-1:]:
        day = _day(row.get("decided_date"))
        year = str(day.year) if day else ""
        where = say("front-in-decision", year=year) if day else say("front-in-last-decision")
        made[where] = plain_text(row.get("decision"))
    return made


def _put_first(presence: SavedChapter, called: OptionNames) -> str:
    """The option that most people's own scores and weights put first, where so many are shown."""
    counts = presence.table("first_counts", "option", "people", "of").dropna(subset="people")
    if counts.empty:
        return ""
    most = counts.iloc[0]
    people, of = int(most["people"]), int(most["of"])
    option = called.shown(most["option"])
    # Few others are no more told than few who agree.
    others = of - people if of - people >= _FEWEST else 0
    return say("front-put-first", people=people, others=others, of=of, option=option)


def _dates(
    brief: SavedChapter, asked: Sequence[Row], decided: Sequence[Row], as_of: date
) -> tuple[Due, ...]:
    found: list[tuple[object, str, object]] = []
    for row in asked:
        found.append((row.get("decision_by"), say("front-due-decision"), row.get("asked_of")))
    for row in decided:
        day = _day(row.get("decided_date"))
        last = say("front-due-review-last")
        what = say("front-due-review", year=str(day.year)) if day else last
        found.append((row.get("review_date"), what, row.get("decided_by")))
    for row in _rows(brief, "actions"):
        if row.get("status_code") not in ("done", "dropped"):
            found.append((row.get("due_date"), plain_text(row.get("action")), row.get("owner")))
    nobody = say("front-due-nobody")
    dues = [
        # A day without its year where that is this one.
        Due(day, what, plain_text(who) or nobody, written_day(day).removesuffix(f" {as_of.year}"))
        for given, what, who in found
        if (day := _day(given)) and day >= as_of
    ]
    return tuple(sorted(dues, key=lambda due: (due.day, due.what))[:_MOST_DATES])


def _late(brief: SavedChapter) -> str:
    actions = brief.table("actions", "is_overdue")
    late = int((actions["is_overdue"] == "yes").sum())
    if not late:
        return ""
    return say("front-late", late=late, actions=len(actions))


def _unknown(by_number: Mapping[str, SavedChapter]) -> Iterator[str]:
    """What the numbers of this edition cannot tell, from what is missing in them."""
    none = SavedChapter("")
    presence, mapping = (by_number.get(number_of(f), none) for f in ("presence", "mapping"))
    routes = presence.table("routes", "route", "state")
    open_ = [
        plain_text(row["route"]) for row in routes.to_dict("records") if row["state"] not in _KNOWN
    ]
    if open_:
        yield say("front-unknown-law", open=len(open_), routes=len(routes))
    if len(presence.table("freedom", "option")):
        yield say("front-unknown-freedom")
    answers = mapping.table("answers", "answer")
    silent = int((answers["answer"] == "no answer").sum())
    if silent:
        yield say("front-unknown-silent", silent=silent, offices=len(answers))


def _head(
    chapters: Sequence[tuple[str, str, str]], saved: Mapping[str, SavedChapter]
) -> tuple[Line | None, tuple[str, ...]]:
    """The first chapter that has a bottom line, the mapping before any other."""
    first = number_of("mapping")
    for name, title, question in sorted(chapters, key=lambda c: not c[0].startswith(first)):
        said = saved[name].bottom_line if name in saved else ()
        if said:
            return Line(name, clean(title), clean(question)), tuple(map(clean, said))
    return None, ()
