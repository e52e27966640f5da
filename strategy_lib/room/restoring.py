"""After a power cut, or the next morning: where the room stood, from its journal and the entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from strategy_lib.inputs.entries.entry import round_number
from strategy_lib.room.book import Book
from strategy_lib.room.ends import Ends
from strategy_lib.room.pairing import Pairing
from strategy_lib.room.questions.answers import names_of, row_name, value_of
from strategy_lib.room.state import Asking, State


def restore(
    lines: Iterable[Mapping[str, Any]], state: State, pairing: Pairing, ends: Ends, book: Book
) -> bool:
    """Take over what the journal says; whether a closing that had begun must be completed.

    Parameters
    ----------
    lines : iterable of mapping
        Of the journal, oldest first.
    state, pairing, ends, book
        Of the room; the book has read the entries.
    """
    is_closing = False
    words = {
        str(entry.marks["answer"]): str(entry.row["reason"])
        for entry in book.entries.history
        if entry.kind == "reason" and "answer" in entry.marks
    }
    for line in lines:
        what = line.get("what")
        if what in ("card", "paired", "locked", "left"):
            pairing.replay(line)
        elif what == "walked_in":
            book.offices.setdefault(line["who"], line["unit"])
        elif what in ("end", "on_wall"):
            ends.replay(line, words)
        else:
            if what == "reopened":
                ends.forget(line["key"])
            is_closing = _step(state, line, is_closing=is_closing)
    marks = (entry.marks.get("block", "") for entry in book.entries.history)
    numbers = (mark.rpartition(":")[2] for mark in marks)
    state.serial = max(state.serial, *(int(n) for n in numbers if n.isdigit()), 0)
    asking = state.asking
    if not is_closing or asking is None:
        return False
    return any(closing.block == asking.key for closing in book.entries.rounds.closings)


def _step(state: State, line: Mapping[str, Any], *, is_closing: bool) -> bool:
    what = line.get("what")
    if what == "opened":
        block = state.blocks.get(line["block"])
        if block is None:
            return False
        asking = Asking(
            block,
            line["key"],
            list(line["asked"]),
            dict(line["rounds"]),
            line["lists"],
            line["minutes"],
            datetime.fromisoformat(line["at"]),
        )
        state.past[asking.key] = asking
        state.asking, state.phase, state.view = asking, "open", "question"
        number = asking.key.rpartition(":")[2]
        state.serial = max(state.serial, int(number) if number.isdigit() else 0)
        return False
    if what == "draft":
        state.asking, state.phase, state.view = None, "draft", "join"
    known = state.past.get(line.get("key", ""))
    if known is None or what == "closing":
        return known is not None
    if what == "closed":
        state.phase, state.view = "closed", "spread"
        known.closed = datetime.fromisoformat(line["at"])
    elif what == "reopened":
        state.phase, state.view, known.closed = "open", "question", None
    elif what == "left_out":
        known.asked, known.lists = list(line["asked"]), line["lists"]
        return is_closing
    return False


def late_answers(askings: Iterable[Asking], book: Book) -> dict[tuple[str, str], Any]:
    """Person and question -> the answer that came after its round was closed, and does not count."""
    rows: dict[tuple[str, int], dict[tuple[str, ...], Any]] = {}
    for entry in book.entries.late:
        if entry.kind == "set" and "answer" in entry.marks:
            mine = rows.setdefault((entry.who, round_number(entry.row)), {})
            mine[row_name(entry.table, entry.row)] = entry.row
    found = {}
    for asking in askings:
        for question in asking.block.questions:
            number = asking.rounds.get(question.table, 0)
            for who in {who for who, of in rows if of == number}:
                names = names_of(question, book.fixed(question.table, who))
                given = [dict(rows[who, number].get(name, {})) for name in names]
                if all(given):
                    found[who, question.id] = value_of(question, given)
    return found
