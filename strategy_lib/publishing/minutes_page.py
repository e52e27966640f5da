"""The minutes of a cycle's workshops as a page of an edition."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbformat import v4

from strategy_lib.chapters.minutes.analysis import Minutes, minutes
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.inputs.entries.entry import read_entries
from strategy_lib.publishing.display import Shown, sentences_output, table_output
from strategy_lib.publishing.edition import ExecutedChapter
from strategy_lib.publishing.tabulate import page_table

NAME = "minutes"
TITLE = "Minutes"
QUESTION = "What was entered, changed, disputed and settled in the workshops?"
_MOST_LINES = 500
_TABLES = {
    "disputed": ("Furthest apart", "Judgements of closed rounds, with the reasons given."),
    "decided": ("Settled by the room", "Rows that are nobody's own judgement."),
    "changed": ("Changed", "What stood there before, and what stands there now."),
    "people": ("Who entered", "By code; the list of codes is with the coordinator."),
    "receipts": (
        "Receipts",
        "One for each person who answered by phone, without codes. A phone shows the same signs only "
        "if every answer counts as it was given. It does not prove that each is a person: count heads.",
    ),
    "entered": ("Everything that was entered", "Each line as it came, with its time and code."),
}


def minutes_chapter(inputs: Snapshot, folder: Path) -> ExecutedChapter | None:
    """The minutes as a page; None where nothing was entered in a workshop.

    Parameters
    ----------
    inputs : Snapshot
        What the edition may show.
    folder : Path
        The cycle's `inputs/`, with what each session entered.
    """
    entries = read_entries(folder)
    if not entries.history:
        return None
    told = minutes(inputs, entries)
    notebook = v4.new_notebook(cells=list(_cells(told)))  # type: ignore[no-untyped-call]
    summary = {"bottom_line": list(told.sentences)}
    return ExecutedChapter(NAME, TITLE, QUESTION, notebook, summary)


def _cells(told: Minutes) -> Iterator[Any]:
    if told.notes:
        yield _shown(sentences_output(told.notes))
    for name, (title, note) in _TABLES.items():
        frame = told.tables[name]
        if len(frame):
            yield v4.new_markdown_cell(f"## {title}")  # type: ignore[no-untyped-call]
            yield _shown(table_output(page_table(frame, note, "", _MOST_LINES)))


def _shown(output: Shown) -> Any:
    made = v4.new_output("display_data", data=output.data)  # type: ignore[no-untyped-call]
    return v4.new_code_cell(outputs=[made])  # type: ignore[no-untyped-call]
