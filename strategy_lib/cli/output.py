"""What the commands print: tables of problems, what was read, progress, where the pages are."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console
    from rich.table import Table

    from strategy_lib.core.problems import Problem
    from strategy_lib.core.workspace import Cycle
    from strategy_lib.cycles.create import Created
    from strategy_lib.cycles.forms_to_send import SentForms
    from strategy_lib.running.report import Event, RunReport
    from strategy_lib.running.several import Outcome
    from strategy_lib.schema.frames import Tables

_WIDE = 140


def _console() -> Console:
    """A terminal as wide as it is; a file or a pipe gets wide lines and no colours."""
    # Imported here: a run that finds nothing changed is to end before rich has loaded.
    from rich.console import Console

    is_terminal = sys.stdout.isatty()
    return Console(width=None if is_terminal else _WIDE, highlight=False, soft_wrap=False)


def say_problems(problems: Iterable[Problem], asides: Iterable[Problem] = ()) -> None:
    """Problems as one table a file: those to mend, those to look at, and what is only noted.

    What is the same in several rows of a column is one line.
    """
    listed = list(problems)
    parts = {
        "To mend": [p for p in listed if p.severity == "error"],
        "To look at": [p for p in listed if p.severity == "warning"],
        "Noted; nothing to do if it was meant so": list(asides),
    }
    console = _console()
    for title, chosen in parts.items():
        if chosen:
            console.print(f"\n{title}: {len(chosen)}", style="bold", markup=False)
        for file, rows in groupby(sorted(chosen), key=lambda p: p.file):
            console.print(file or "all files", style="cyan", markup=False)
            console.print(_problem_rows(list(rows)))


def _problem_rows(problems: list[Problem]) -> Table:
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    from strategy_lib.inputs.layout.leftovers import numbers_in_words

    table = Table(box=SIMPLE, pad_edge=True, show_edge=False)
    headings = ["sheet", "row", "column", "what"]
    if any(p.nearest for p in problems):
        headings.append("did you mean")
    for heading in headings:
        table.add_column(heading, overflow="fold", justify="right" if heading == "row" else "left")
    alike: dict[tuple[str, str, str, str], list[int]] = {}
    for p in problems:
        alike.setdefault((p.sheet, p.column, _in_full(p), p.nearest), []).append(p.row)
    for (sheet, column, what, nearest), rows in alike.items():
        row = numbers_in_words(sorted({row for row in rows if row}))
        table.add_row(*map(Text, (sheet, row, column, what, nearest)[: len(headings)]))
    return table


def _in_full(problem: Problem) -> str:
    """The message, with what was found and what is allowed where it does not say them itself."""
    parts = [problem.message]
    for word, text in (("found", problem.found), ("allowed", problem.allowed)):
        if text and text not in problem.message:
            parts.append(f"{word}: {text}")
    return "; ".join(parts)


def say_check(tables: Tables, cycle: Cycle, *, as_json: bool = False) -> None:
    """Every problem, and what a run leaves out for it; else what was read."""
    from strategy_lib.inputs.summary import ROWS_IN, reading_summary

    summary = reading_summary(tables, cycle)
    if as_json:
        print(json.dumps(_as_json(tables, summary), ensure_ascii=False, indent=1, default=str))
        return
    say_problems(tables.problems, tables.asides)
    if tables.errors:
        count = len(tables.errors)
        lines = "1 line" if count == 1 else f"{count} lines"
        text = f"\n{lines} to mend. Nothing was changed. {_set_aside_words(tables)}"
        _console().print(text, style="bold", markup=False)
        return
    looked_at = len(tables.warnings)
    left = f"; {looked_at} to look at" if looked_at else ""
    console = _console()
    console.print(f"\nAll can be read{left}. What was read:", style="bold", markup=False)
    for name, value in summary.items():
        if not name.startswith(ROWS_IN):
            console.print(f"  {name}: {value}", markup=False)
    counts = [value for name, value in summary.items() if name.startswith(ROWS_IN) and value]
    console.print(f"  rows: {sum(counts):,} in {len(counts)} tables", markup=False)


def _set_aside_words(tables: Tables) -> str:
    """What a run does until all is mended."""
    from strategy_lib.chapters.registry import CHAPTERS, unmade
    from strategy_lib.core.settings import SETTINGS_FILE

    files = {problem.file for problem in tables.errors}
    for_all = {"", SETTINGS_FILE, *(file for file in files if file.startswith("protocol/"))}
    if "units" in tables.broken or files & for_all:
        return "Until then nothing can be made: settings, offices and protocol come first."
    unread = {problem.file for problem in tables.set_aside.unread}
    counts = (("row", "rows", tables.set_aside.rows), ("file", "files", len(unread)))
    told = [f"{count:,} {one if count == 1 else many}" for one, many, count in counts if count]
    waiting = ", ".join(unmade(CHAPTERS, tables.broken))
    chapters = f", and does not make {waiting}" if waiting else ""
    return f"Until then a run leaves out {' and '.join(told) or 'nothing'}{chapters}."


def _as_json(tables: Tables, summary: dict[str, Any]) -> dict[str, Any]:
    return {
        "ok": not tables.errors,
        "errors": [asdict(p) for p in sorted(tables.errors)],
        "warnings": [asdict(p) for p in sorted((*tables.warnings, *tables.asides))],
        "set_aside": [
            {"table": table, "file": file, "sheet": sheet, "row": row}
            for table, file, sheet, row in sorted(tables.set_aside.places())
        ],
        "read": summary,
    }


def say_created(created: Created) -> None:
    """Where the workspace and its forms are, and what comes next."""
    console = _console()
    console.print(f"Made {created.root} for {created.year}.", markup=False)
    for form in created.forms:
        console.print(f"  {form}", markup=False)
    console.print(f"Next: {created.root / 'README.txt'}", markup=False)


def say_form(number: int, form: Path) -> None:
    """On a terminal, one line that says how far the forms have come: hundreds take minutes."""
    if sys.stdout.isatty():
        print(f"\r\x1b[K{number} written: {form.name}", end="", flush=True)


def say_forms(forms: SentForms) -> None:
    """Where the forms of offices and assessors are, and what keeps others from theirs."""
    if sys.stdout.isatty():
        print("\r\x1b[K", end="")
    for paths, whose in ((forms.offices, "offices"), (forms.assessors, "assessors")):
        if paths:
            text = f"Wrote {len(paths)} forms of {whose} into {paths[0].parent}"
            _console().print(text, markup=False)
    for line in forms.plan:
        _console().print(line, markup=False)
    if forms.problems:
        say_problems(forms.problems)
        text = "Mend the lists and write the forms again: rows without a usable code have none."
        _console().print(f"\n{text}", markup=False)


class Progress:
    """A line a chapter while a run goes on; on a terminal also what is begun."""

    def __call__(self, event: Event) -> None:
        """Print one event of a run."""
        if event.kind != "started" or sys.stdout.isatty():
            print(event, flush=True)


class SeveralProgress:
    """A line for each organisation whose run has ended.

    Parameters
    ----------
    total : int
        How many there are.
    """

    def __init__(self, total: int) -> None:
        self._total, self._done = total, 0

    def __call__(self, outcome: Outcome) -> None:
        """Print what became of one."""
        self._done += 1
        said = f"{outcome.folder}: {outcome.state} in {outcome.seconds:.1f} s"
        print(f"{self._done} of {self._total} · {said}", file=sys.stderr, flush=True)


def say_several(outcomes: Sequence[Outcome], *, as_json: bool) -> None:
    """What each organisation's run said, and a table of all at the end."""
    if as_json:
        print(json.dumps([asdict(outcome) for outcome in outcomes], ensure_ascii=False, indent=1))
        return
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE, show_edge=False)
    for heading in ("organisation", "", "seconds", "first page"):
        table.add_column(heading, overflow="fold")
    for outcome in outcomes:
        if outcome.state == "failed":
            print("\n".join((f"{outcome.folder}:", *(f"  {line}" for line in outcome.lines))))
        first = outcome.indexes[0] if outcome.indexes else ""
        row = (outcome.folder, outcome.state, f"{outcome.seconds:.1f}", first)
        table.add_row(*map(Text, row))
    _console().print(table)


def say_run(report: RunReport) -> None:
    """What was made, what was not, and the page to open."""
    for line in (*report.lines, *report.indexes):
        print(line)
