"""The institutional memory as one page for the coordinator: every decision, and a box to find it.

The page stands alone and keeps what is restricted: it lies beside the cycles, in no edition.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from strategy_lib.chapters.page import MOST_ROWS, Page
from strategy_lib.core.atomic import write_whole
from strategy_lib.core.messages import say
from strategy_lib.history.entries import EDITION, NOT_RECORDED, Entry, History, Outcome
from strategy_lib.history.words import asked_of, facts_of
from strategy_lib.plotting.pictures import Cell, Column, Grid, Picture, Row, Sign, State, Unknown
from strategy_lib.plotting.theme import clean, visible
from strategy_lib.publishing.edition import notice
from strategy_lib.publishing.main_part import main_part, no_links
from strategy_lib.publishing.page import render, template_text

FOLDER = "history"
_INDEXES = (("counterparts", "By counterpart"), ("themes", "By theme"), ("countries", "By country"))
_REVIEWS = {"done": Sign.YES, "not yet due": Sign.YES, "due": Sign.NEAR, "overdue": Sign.ALARM}


def write_history_page(history: History, folder: Path) -> Path:
    """Write `index.html` into `folder`, whole or not at all.

    All decisions stand on it; those that were asked for are listed first.

    Parameters
    ----------
    folder : Path
        `WORKSPACE/history`; made where it is not there.

    Returns
    -------
    Path
        The page. It holds restricted records.

    Raises
    ------
    OSError
        If it cannot be written; a page that is there stays as it was.
    """
    path = folder / "index.html"
    write_whole(path, history_page(history).encode("utf-8", "replace"))
    return path


def history_page(history: History) -> str:
    """The page as HTML."""
    anchors = {id(entry): f"decision-{n}" for n, entry in enumerate(history.every, 1)}
    values = {
        "organisation": clean(history.organisation),
        "cycle": ", ".join(map(str, history.years)) or say("history-no-cycles"),
        "edition": EDITION.title,
        "as_of": history.as_of,
        "notice": notice(EDITION),
        "main": main_part(first_screen(history), no_links),
        "problems": [clean(problem) for problem in history.problems],
        "asked": asked_of(history),
        "found": [_link(entry, anchors) for entry in history.entries],
        "indexes": [
            (
                title,
                [
                    (clean(name), [_link(entry, anchors) for entry in of])
                    for name, of in history.names(what).items()
                ],
            )
            for what, title in _INDEXES
        ],
        "entries": [_shown(entry, anchors[id(entry)]) for entry in history.every],
        "say": say,
    }
    return render("history.html.j2", values, [template_text("history.js")] if history.every else [])


def first_screen(history: History) -> Page:
    """What the page says at once: how the decisions stand, the newest first.

    Examples
    --------
    >>> from datetime import date
    >>> first_screen(History((), (), "Fictional", date(2026, 11, 1), ())).finding
    'No decision is entered in any cycle that was read, and no sealed record is there'
    """
    every = history.every
    if not every:
        return Page(say("history-nothing-entered"), (say("history-restricted"),))
    n = len(every)
    said = [say("history-restricted")]
    actions = [o for entry in every for o in outcomes(entry, "Action")]
    if actions:
        said.append(say("history-actions", late=_late(actions), actions=len(actions)))
    records = [o for entry in every for o in outcomes(entry, "Record") if o.state != "none"]
    broken = sum(o.state != "sealed" for o in records)
    if broken:
        said.append(say("history-seals", broken=broken, records=len(records)))
    else:
        reasons, refused = (
            sum(bool(e.reasons) for e in every),
            sum(bool(e.refused) for e in every),
        )
        said.append(say("history-reasons", reasons=reasons, refused=refused, decisions=n))
    overdue = sum(o.state == "overdue" for entry in every for o in outcomes(entry, "Review"))
    heads = ("review", "late", "again", "dissent", "record")
    grid = Grid(
        tuple(Column(say(f"history-head-{name}")) for name in heads),
        _rows(history),
        say("history-head-decision"),
        head_width="34%",
        stacks=True,
    )
    picture = Picture(say("history-picture", decisions=n), grid, say("history-picture-sub"))
    return Page(say("history-finding", overdue=overdue, decisions=n), tuple(said), picture)


def outcomes(entry: Entry, kind: str) -> list[Outcome]:
    """What became of a decision, of one kind."""
    return [outcome for outcome in entry.became if outcome.kind == kind]


def _late(actions: list[Outcome]) -> int:
    return sum(action.state.startswith("late") for action in actions)


def _rows(history: History) -> tuple[Row, ...]:
    newest = history.every[::-1]
    rows = [_row(entry) for entry in newest]
    if len(rows) <= MOST_ROWS:
        return tuple(rows)
    more = say("history-rows-more", rows=len(rows) - MOST_ROWS + 1)
    return (*rows[: MOST_ROWS - 1], Row(more, ("",) * len(rows[0].cells)))


def _row(entry: Entry) -> Row:
    day = say.day(entry.day) if entry.day else say("history-no-day")
    actions, again = outcomes(entry, "Action"), outcomes(entry, "Same again?")
    late = _late(actions)
    told: Cell = Unknown(say("history-no-actions"))
    if actions:
        words = say("history-late-of", late=late, actions=len(actions))
        told = State(words, Sign.ALARM if late else Sign.YES)
    review = next((o.state for o in outcomes(entry, "Review")), "")
    answers = [o.text for o in again if o.state != "not asked"]
    record = next((o.state for o in outcomes(entry, "Record")), "")
    return Row(
        visible(entry.title),
        (
            State(review, _REVIEWS.get(review, Sign.UNKNOWN)),
            told,
            answers[-1] if answers else Unknown(say("unknown-not-asked")),
            say("history-voices", voices=len(entry.dissents)),
            State(record, Sign.YES if record == "sealed" else Sign.ALARM) if record else "",
        ),
        note=say("history-by", day=day, who=visible(entry.decided_by) or NOT_RECORDED),
    )


def _link(entry: Entry, anchors: dict[int, str]) -> dict[str, str]:
    when = say.day(entry.day) if entry.day else say("history-no-day")
    return {"anchor": anchors[id(entry)], "text": f"{when}, {clean(entry.title)}"}


def _shown(entry: Entry, anchor: str) -> dict[str, Any]:
    return {
        "anchor": anchor,
        "when": say.day(entry.day) if entry.day else say("history-no-day"),
        "code": clean(entry.code),
        "title": clean(entry.title),
        "years": ", ".join(map(str, entry.years)) or say("history-no-cycle"),
        "kind": clean(entry.kind),
        "by": clean(entry.decided_by),
        "decision": visible(entry.decision),
        "is_restricted": entry.handling == "restricted",
        "facts": [(head, visible(text)) for head, text in facts_of(entry)],
        "became": [_outcome(outcome) for outcome in entry.became],
        "story": [visible(line) for line in entry.story],
        "also": clean(" ".join(entry.also)),
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "kind": outcome.kind,
        "state": clean(outcome.state),
        "text": visible(outcome.text),
        "details": [visible(line) for line in outcome.details],
    }
