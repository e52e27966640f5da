"""Executing one chapter with papermill, and saying in two lines why one failed."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import shorten
from typing import Any

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill import execute_notebook
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import raise_for_execution_errors

from strategy_lib.running.forking import ForkedKernel
from strategy_lib.running.jupyter import kernel_manager_class

START_SECONDS = 60
_ENGINE = "workbook"
_DROPPED = "workshop"
_LONGEST_CAUSE = 300
_LONGEST_HEADING = 60
_NUMBER = "code_cell"
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_IN_WORDS = {
    "AssertionError": "a check did not hold",
    "AttributeError": "something was asked of a value that it does not have",
    "FileNotFoundError": "a file is missing",
    "ImportError": "a part of a Python package is missing",
    "IndexError": "a position is out of range",
    "KeyError": "a name was not found",
    "MemoryError": "the memory was not enough",
    "ModuleNotFoundError": "a Python package is missing",
    "NameError": "a name is used that was never given",
    "OSError": "a file could not be read or written",
    "PermissionError": "a file may not be opened",
    "SyntaxError": "a cell is not valid Python",
    "TypeError": "a value is of the wrong kind",
    "ValueError": "a value cannot be used",
    "ZeroDivisionError": "a division by zero",
}


@dataclass(frozen=True)
class Task:
    """One chapter of one edition to execute.

    Attributes
    ----------
    parameters : mapping
        What the chapter is told, by parameter.
    environment : mapping
        Variables of its kernel: where its snapshot is and where its results go.
    folder : str
        Where the kernel runs.
    seconds : float
        Longest time that it may take, in seconds.
    """

    chapter: str
    edition: str
    notebook: str
    parameters: Mapping[str, Any]
    environment: Mapping[str, str]
    folder: str
    seconds: float


@dataclass
class Witness:
    """What was seen of an execution, for whoever must explain it."""

    notebook: Any = None
    has_started: bool = False
    cell: Any = None
    heading: str = ""
    failure: BaseException | None = None
    notes: list[str] = field(default_factory=list)


class WorkbookEngine(NBClientEngine):  # type: ignore[misc]
    """Papermill's engine, which also lets the notebook be seen when it fails."""

    @classmethod
    def execute_notebook(cls, nb: Any, *args: Any, **kwargs: Any) -> Any:
        """Execute; an empty notebook comes back, the executed one is in `witness`.

        Papermill makes a text of what comes back, also where it is to be written nowhere.
        """
        raise_for_execution_errors(super().execute_notebook(nb, *args, **kwargs), None)
        return nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, witness: Witness, **kwargs: Any
    ) -> Any:
        """Execute, keeping the notebook in `witness`."""
        witness.notebook = nb_man.nb
        return super().execute_managed_notebook(nb_man, kernel_name, **kwargs)


papermill_engines.register(_ENGINE, WorkbookEngine)


def execute(task: Task, forked: ForkedKernel | None = None) -> Witness:
    """Execute one chapter; a kernel that does not start is tried once more, without a fork."""
    witness = _attempt(task, forked)
    if witness.failure is not None and not witness.has_started:
        first = witness.failure
        witness = _attempt(task, None)
        witness.notes.append(f"The kernel was started twice; the first time: {first!r}")
    return witness


def _attempt(task: Task, forked: ForkedKernel | None) -> Witness:
    witness = Witness()
    environment = os.environ | dict(task.environment)
    manager = kernel_manager_class(Path(task.folder), environment, forked)
    try:
        execute_notebook(
            _batch_copy(task.notebook),
            None,
            parameters=dict(task.parameters),
            engine_name=_ENGINE,
            kernel_name="python3",
            language="python",
            kernel_manager_class=manager,
            witness=witness,
            **_watched(witness),
            **_limits(task.seconds),
            **_NOTHING_ELSE,
        )
    except Exception as error:
        witness.failure = error
    return witness


# No progress bar, no file after each cell, no widgets, no times in the cells; and no polite
# shutdown, which stalls for seconds in one run of twenty.
_NOTHING_ELSE = {
    "progress_bar": False,
    "request_save_on_cell_execute": False,
    "store_widget_state": False,
    "record_timing": False,
    "shutdown_kernel": "immediate",
}


def _limits(seconds: float) -> dict[str, Any]:
    """Papermill's limits are for each cell: this gives each what is left for the chapter."""
    deadline = time.monotonic() + seconds
    return {
        "start_timeout": START_SECONDS,
        "iopub_timeout": START_SECONDS,
        "timeout_func": lambda _: max(0.1, deadline - time.monotonic()),
    }


def _watched(witness: Witness) -> dict[str, Any]:
    """Callbacks that keep in `witness` how far the execution has come."""

    def has_started(**_: Any) -> None:
        witness.has_started = True

    def begins(cell: Any, **_: Any) -> None:
        witness.cell = cell
        if cell.cell_type == "markdown":
            heading = (_HEADING.findall(cell.source) or [witness.heading])[-1].strip()
            witness.heading = shorten(heading, _LONGEST_HEADING, placeholder="…")

    return {"on_notebook_start": has_started, "on_cell_start": begins}


def _batch_copy(path: str) -> Any:
    """The notebook without the cells that only a workshop needs; the file itself stays."""
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    code = (cell for cell in notebook.cells if cell.cell_type == "code")
    for number, cell in enumerate(code, 1):
        cell.metadata[_NUMBER] = number
    notebook.cells = [c for c in notebook.cells if _DROPPED not in c.metadata.get("tags", [])]
    return notebook


def cause(task: Task, witness: Witness) -> str:
    """Why a chapter failed, in two lines: in which cell under which heading, and what happened."""
    error = witness.failure
    if isinstance(error, PapermillExecutionError):
        what = _in_words(error.ename, error.evalue)
    elif isinstance(error, CellTimeoutError):
        what = f"it took longer than {task.seconds:.0f} seconds"
    elif isinstance(error, DeadKernelError):
        what = "its process ended by itself (perhaps the memory was not enough)"
    elif not witness.has_started:
        what = f"its process did not start ({error})"
    else:
        what = _in_words(type(error).__name__, str(error))
    return f"failed{_where(witness)}:\n  {what}"


def _in_words(kind: str, text: str) -> str:
    first = (text.strip().splitlines() or [""])[0][:_LONGEST_CAUSE]
    if kind in _OURS:
        return first
    return f"{_IN_WORDS.get(kind, 'an error of the program')} ({kind}: {first})"


_OURS = ("InputError", "WorkspaceError", "ParameterError", "ChapterError", "StrategyError")


def _where(witness: Witness) -> str:
    if witness.cell is None:
        return ""
    number = witness.cell.metadata.get(_NUMBER)
    cell = f" in code cell {number}" if number else ""
    return f"{cell}, under “{witness.heading}”" if witness.heading else cell


def log_text(task: Task, witness: Witness) -> str:
    """All that is known of a failed execution, for the person who mends it."""
    error = witness.failure
    trace = getattr(error, "traceback", None) or [repr(error)]
    parts = [
        f"Notebook: {task.notebook}\nEdition: {task.edition}",
        "Parameters: " + json.dumps(dict(task.parameters), ensure_ascii=False, indent=1),
        *witness.notes,
        f"Cell:\n{witness.cell.source}" if witness.cell is not None else "",
        _COLOURS.sub("", "\n".join(map(str, trace))),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def save_notebook(witness: Witness, path: Path) -> None:
    """Keep the notebook as far as it was executed, on one line, which takes a tenth of the time."""
    if witness.notebook is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        content = json.dumps(witness.notebook, ensure_ascii=False, sort_keys=True)
        path.write_text(content, encoding="utf-8", errors="replace")
