"""Decisions in words, for the terminal and the page."""

from __future__ import annotations

from collections.abc import Iterator

from strategy_lib.core.messages import say
from strategy_lib.history.entries import NOT_RECORDED, Entry, History, label_of
from strategy_lib.plotting.theme import clean


def lines_of(history: History) -> Iterator[str]:
    """A compact block a decision, for the terminal."""
    asked = asked_of(history)
    yield say(
        "history-head",
        organisation=clean(history.organisation),
        decisions=len(history.every),
        years=", ".join(map(str, history.years)) or say("history-no-years"),
        day=history.as_of,
    )
    yield from (f"! {clean(problem)}" for problem in history.problems)
    if history.asked and history.entries:
        yield say("history-found", asked=asked, found=len(history.entries))
    for entry in history.entries:
        yield from ("", *_block(entry))
    if not history.every:
        yield say("history-nothing-entered")
    elif not history.entries:
        yield say("history-nothing-found", asked=asked)
        for what in ("counterparts", "themes", "countries"):
            names = "; ".join(map(clean, history.names(what))) or say("history-no-names")
            yield f"  {what}: {names}"


def asked_of(history: History) -> str:
    """What was asked for, in words."""
    return ", ".join(say("history-asked", what=w, name=clean(name)) for w, name in history.asked)


def _block(entry: Entry) -> Iterator[str]:
    years = ", ".join(map(str, entry.years)) or say("history-no-cycle")
    yield clean(f"{entry.day or say('history-no-day')} · {entry.code} · {entry.title} [{years}]")
    yield clean(f"  {entry.kind} by {entry.decided_by or NOT_RECORDED}: {entry.decision}")
    yield from (clean_line(head, text) for head, text in facts_of(entry))
    for outcome in entry.became:
        yield clean_line(f"{outcome.kind} ({outcome.state})", outcome.text)
        yield from (f"    - {clean(line)}" for line in outcome.details)
    yield from (clean_line("Over the years", line) for line in entry.story)


def clean_line(head: str, text: str) -> str:
    """One line of a block, without characters that act in a terminal."""
    return f"  {clean(head)}: {clean(text)}"


def facts_of(entry: Entry) -> list[tuple[str, str]]:
    """What is on record of a decision, as headings and texts; what is missing is said so.

    Examples
    --------
    >>> entry = Entry("d1", "decisions", (2026,), "who", "Who?", "Decided", "We.", None, "Board")
    >>> facts_of(entry)[:2]
    [('Reasons', 'not on record'), ('Refused', 'not on record')]
    """
    about = [
        ("Counterparts", entry.counterparts),
        ("Themes", entry.themes),
        ("Countries", entry.countries),
    ]
    handling = label_of("handling", entry.handling)
    if entry.not_for_mainland:
        handling = say("history-handling-mainland", label=handling)
    return [
        *([("Option chosen", entry.chosen)] if entry.chosen else []),
        ("Reasons", entry.reasons or NOT_RECORDED),
        *([("Refused", text) for text in entry.refused] or [("Refused", NOT_RECORDED)]),
        *([("Conditions", entry.conditions)] if entry.conditions else []),
        *(
            [("Dissent", text) for text in entry.dissents]
            or [("Dissent", say("history-no-dissent"))]
        ),
        *((head, "; ".join(names)) for head, names in about if names),
        ("Handling", handling),
    ]
