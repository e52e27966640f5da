"""Chapter 03's page for those who decide and see no case: totals, and the protocol's roles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from strategy_lib.chapters.page import Page, Part, Section
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.speaking_out.case_sections import with_more
from strategy_lib.core.messages import Say
from strategy_lib.editions.case_totals import Count, What
from strategy_lib.plotting.pictures import Bar, Cell, Column, Grid, Picture, Row, Tone, Unknown
from strategy_lib.schema.schema import code_list

_MAIN = (What.OPEN, What.LATE, What.READY, What.AGREED)
_SILENCE = (What.HELD, What.DROPPED, What.DELAYED)
# Where no number may be told, all of them are one picture.
_FEW = (What.OPEN, What.AGREED, What.HELD, What.DROPPED)
_DECISION = "decision"
_OF = {
    What.OPEN: "speaking-totals-of-all",
    What.LATE: "speaking-totals-of-open",
    What.READY: "speaking-totals-of-open",
    What.DELAYED: "speaking-totals-of-agreed",
}
_MOST = 8
_NOBODY = ("", "nobody")


class _Totals:
    """The totals that the edition is told, by what they count."""

    def __init__(self, result: ChapterResult, given: ChapterInputs, say: Say) -> None:
        self.rows: list[dict[str, Any]] = result["case_totals"].to_dict("records")
        self.by_what = {str(row["what"]): row for row in self.rows}
        self.fewest = given.now.restricted.edition.fewest_cases
        self.language = given.now.language
        self.day = given.now.as_of
        self.say = say

    def number(self, what: What) -> int:
        """A total that is told exactly; else 0."""
        row = self.by_what.get(what)
        return int(row["n_cases"]) if row and row["count"] == Count.EXACT else 0

    def count(self, what: What) -> str:
        """How far a total is told; empty where it is not."""
        return str(self.by_what[what]["count"]) if what in self.by_what else ""

    def cell(self, row: dict[str, Any], tone: str = "") -> Cell:
        """A total as a bar, or in words why there is none."""
        if row["count"] == Count.EXACT:
            return Bar(self.say.number(row["n_cases"], 0), row["n_cases"], tone=tone)
        if row["count"] == Count.TOO_FEW:
            return Unknown(self.say("speaking-totals-cell-few", fewest=self.fewest))
        return Unknown(self.say("speaking-totals-cell-enough", fewest=self.fewest))

    def grid(self, wanted: Iterable[What]) -> Grid:
        """One row a total, with what it is a part of."""
        rows = []
        # Of what a number is a part matters only where there is a number.
        shown = [what for what in wanted if what in self.by_what]
        is_told = any(self.by_what[what]["count"] == Count.EXACT for what in shown)
        for what in shown:
            tone = Tone.LIMIT if what is What.LATE else ""
            of = (self.say(_OF[what]) if what in _OF else "",) if is_told else ()
            label = code_list("case_total").label(what, self.language)
            rows.append(Row(label, (self.cell(self.by_what[what], tone), *of)))
        columns = [Column(self.say("speaking-totals-number"), width="12rem")]
        columns += [Column(self.say("speaking-totals-of"))] if is_told else []
        return Grid(tuple(columns), tuple(rows), head_width="14rem")


def totals_page(result: ChapterResult, given: ChapterInputs, say: Say) -> Page:
    """Totals, each of three cases or more; what no number may be told of is said to be few."""
    totals = _Totals(result, given, say)
    is_told = any(row["count"] == Count.EXACT for row in totals.rows)
    made = [*protocol_sections(result, say)]
    if is_told:
        made += [*_agreed_on(totals), *_silence(totals)]
    return Page(
        _finding(totals),
        tuple(_sentences(totals, result["roles"].to_dict("records"), is_told=is_told)),
        main=_main(totals, is_told=is_told),
        sections=tuple(sorted(made, key=lambda section: list(Part).index(Part(section.part)))),
    )


def _finding(totals: _Totals) -> str:
    say, fewest, number = totals.say, totals.fewest, totals.number(What.OPEN)
    if not number:
        return say("speaking-totals-few", fewest=fewest)
    late = totals.count(What.LATE)
    if late == Count.EXACT:
        return say("speaking-totals-late", open=number, late=totals.number(What.LATE))
    if late == Count.ENOUGH:
        return say("speaking-totals-late-enough", open=number, fewest=fewest)
    if late == Count.TOO_FEW:
        return say("speaking-totals-late-few", open=number, fewest=fewest)
    return say("speaking-totals-open", open=number)


def _sentences(totals: _Totals, steps: list[dict[str, Any]], *, is_told: bool) -> Iterable[str]:
    if not is_told:
        yield from _decides(steps, totals.say)
        yield totals.say("speaking-totals-why", fewest=totals.fewest)
        return
    say, fewest, number = totals.say, totals.fewest, totals.number(What.OPEN)
    ready = totals.count(What.READY)
    if ready == Count.EXACT:
        yield say("speaking-totals-ready", ready=totals.number(What.READY), open=number)
    elif ready == Count.ENOUGH:
        yield say("speaking-totals-ready-enough", open=number, fewest=fewest)
    elif ready == Count.TOO_FEW:
        yield say("speaking-totals-ready-few", open=number, fewest=fewest)
    if decided := totals.number(What.DECIDED):
        held, dropped = totals.number(What.HELD), totals.number(What.DROPPED)
        yield say("speaking-totals-decided", decided=decided, held=held, dropped=dropped)
    yield say("speaking-totals-only", fewest=fewest)


def _decides(steps: list[dict[str, Any]], say: Say) -> Iterable[str]:
    """Who decides on a case, and who stands in."""
    for step in steps:
        who, deputy = str(step["answers_for_it"]), str(step["deputy"])
        if step["step"] != _DECISION or not who:
            continue
        if deputy in _NOBODY:
            yield say("speaking-roles-decides-alone", who=who)
        else:
            yield say("speaking-roles-decides", who=who, whose=deputy)


def _main(totals: _Totals, *, is_told: bool) -> Picture:
    say, grid = totals.say, totals.grid(_MAIN if is_told else _FEW)
    title = say("speaking-totals-few-main", fewest=totals.fewest)
    subtitle = say("speaking-totals-few-sub", day=totals.day)
    if is_told:
        title = say("speaking-totals-main")
        subtitle = say("speaking-totals-main-sub", day=totals.day)
    return Picture(title, grid, subtitle, ("case_totals",))


def _agreed_on(totals: _Totals) -> tuple[Section, ...]:
    say, agreed = totals.say, totals.number(What.AGREED)
    if not agreed:
        return ()
    named = [row for row in totals.rows if row["what"] == What.AGREED_ON]
    other = [row for row in totals.rows if row["what"] == What.AGREED_OTHER]
    rows = [Row(str(row["topic"]), (totals.cell(row),)) for row in named[:_MOST]]
    rows += [Row(say("speaking-totals-other"), (totals.cell(row),)) for row in other]
    if named:
        title = say(
            "speaking-totals-topics-title-named",
            most=int(named[0]["n_cases"]),
            agreed=agreed,
            topic=str(named[0]["topic"]),
        )
    else:
        title = say("speaking-totals-topics-title-other", agreed=agreed)
    subtitle = with_more(say("speaking-totals-topics-sub", day=totals.day), len(named) - _MOST, say)
    grid = Grid((Column(say("speaking-totals-topics-head")),), tuple(rows), head_width="14rem")
    sentences = (
        say("speaking-totals-topics-means"),
        say("speaking-totals-topics-reads", fewest=totals.fewest),
    )
    picture = Picture(title, grid, subtitle, ("case_totals",))
    return (Section(Part.WHY, say("speaking-totals-topics"), sentences, (picture,)),)


def _silence(totals: _Totals) -> tuple[Section, ...]:
    say = totals.say
    picture = Picture(
        say("speaking-totals-silence-title"),
        totals.grid(_SILENCE),
        say("speaking-totals-silence-sub", day=totals.day),
        ("case_totals",),
    )
    sentences = (say("speaking-totals-silence-means"), say("speaking-totals-silence-reads"))
    return (Section(Part.COST, say("speaking-totals-silence"), sentences, (picture,)),)


def protocol_sections(result: ChapterResult, say: Say) -> tuple[Section, ...]:
    """What the protocol says of any case: who answers for each step, and for what under pressure.

    Both are of the organisation's own protocol, and tell of no case.
    """
    roles, ladder = result["roles"], result["pressure_ladder"]
    sections = []
    if len(roles):
        sections.append(_roles_section(roles.to_dict("records"), say))
    if len(ladder):
        sections.append(_ladder_section(ladder.to_dict("records"), say))
    return tuple(sections)


def _roles_section(steps: list[dict[str, Any]], say: Say) -> Section:
    without = sum(str(step["deputy"]) in _NOBODY for step in steps)
    nobody = Unknown(say("speaking-roles-nobody"))
    rows = tuple(
        Row(
            str(step["step"]).capitalize(),
            (
                str(step["answers_for_it"]) or nobody,
                nobody if str(step["deputy"]) in _NOBODY else str(step["deputy"]),
            ),
        )
        for step in steps[:_MOST]
    )
    columns = (Column(say("speaking-roles-answers")), Column(say("speaking-roles-deputy")))
    picture = Picture(
        say("speaking-roles-title", without=without, steps=len(steps)),
        Grid(columns, rows, head=say("speaking-roles-step"), head_width="9rem", stacks=True),
        with_more(say("speaking-roles-sub"), len(steps) - _MOST, say),
        ("roles",),
    )
    return Section(Part.FIRM, say("speaking-roles"), (say("speaking-roles-means"),), (picture,))


def _ladder_section(steps: list[dict[str, Any]], say: Say) -> Section:
    rows = tuple(
        Row(str(step["step"]), (str(step["what"]), str(step["who"]))) for step in steps[:_MOST]
    )
    columns = (
        Column(say("speaking-ladder-what")),
        Column(say("speaking-ladder-who"), width="10rem"),
    )
    picture = Picture(
        say("speaking-ladder-title", steps=len(steps)),
        Grid(columns, rows, head=say("speaking-roles-step"), head_width="4rem", stacks=True),
        with_more(say("speaking-ladder-sub"), len(steps) - _MOST, say),
        ("pressure_ladder",),
    )
    return Section(Part.CHANGE, say("speaking-ladder"), (say("speaking-ladder-means"),), (picture,))
