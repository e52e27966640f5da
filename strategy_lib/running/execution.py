"""Executing one chapter with papermill, and saying in two lines why one failed."""

from __future__ import annotations

import faulthandler
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import Any

import nbformat
from papermill import execute_notebook
from papermill.exceptions import PapermillExecutionError

from strategy_lib.running.shell import ENGINE

STDERR = 2
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
        Variables of its process: where its snapshot is and where its results go.
    seconds : float
        Longest time that it may take, in seconds; then its process is ended.
    under_way : str
        File that names the cell under way, for whoever finds the process ended.
    """

    chapter: str
    edition: str
    notebook: str
    parameters: Mapping[str, Any]
    environment: Mapping[str, str]
    seconds: float
    under_way: str


class Witness:
    """What was seen of an execution, for whoever must explain it."""

    def __init__(self, under_way: str) -> None:
        self._under_way = Path(under_way)
        self.notebook: Any = None
        self.cell: Any = None
        self.heading = ""
        self.failure: BaseException | None = None

    def begins(self, cell: Any) -> None:
        """Note that a cell begins, where it is found also if it ends the process."""
        self.cell = cell
        if cell.cell_type == "markdown":
            heading = (_HEADING.findall(cell.source) or [self.heading])[-1].strip()
            self.heading = shorten(heading, _LONGEST_HEADING, placeholder="…")
        else:
            told = {"where": self.where, "source": cell.source}
            self._under_way.write_text(json.dumps(told), encoding="utf-8")

    @property
    def where(self) -> str:
        """In which cell, and under which heading, as words that follow `failed`."""
        if self.cell is None:
            return ""
        number = self.cell.metadata.get(_NUMBER)
        cell = f" in code cell {number}" if number else ""
        return f"{cell}, under “{self.heading}”" if self.heading else cell


def execute(task: Task) -> Witness:
    """Execute one chapter in this process, which is ended if that takes too long."""
    witness = Witness(task.under_way)
    os.environ.update(task.environment)
    # Also where a cell holds Python itself, as a regular expression may.
    faulthandler.dump_traceback_later(task.seconds, exit=True, file=STDERR)
    try:
        execute_notebook(
            _batch_copy(task.notebook),
            None,
            parameters=dict(task.parameters),
            engine_name=ENGINE,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            witness=witness,
        )
    except Exception as error:
        witness.failure = error
    finally:
        faulthandler.cancel_dump_traceback_later()
    return witness


def _batch_copy(path: str) -> Any:
    """The notebook without cells that only a workshop needs and what it last showed; the file stays.

    What it showed is most of it, and papermill would read it again before leaving it out.
    """
    content = json.loads(Path(path).read_text(encoding="utf-8"))
    for cell in content["cells"]:
        if "outputs" in cell:
            cell["outputs"] = []
    plain = json.dumps(content)
    notebook = nbformat.reads(plain, as_version=4)  # type: ignore[no-untyped-call]
    code = (cell for cell in notebook.cells if cell.cell_type == "code")
    for number, cell in enumerate(code, 1):
        cell.metadata[_NUMBER] = number
    notebook.cells = [c for c in notebook.cells if _DROPPED not in c.metadata.get("tags", [])]
    return notebook


def cause(witness: Witness) -> str:
    """Why a chapter failed, in two lines: in which cell under which heading, and what happened."""
    error = witness.failure
    if isinstance(error, PapermillExecutionError):
        what = _in_words(error.ename, error.evalue)
    else:
        what = _in_words(type(error).__name__, str(error))
    return f"failed{witness.where}:\n  {what}"


def _in_words(kind: str, text: str) -> str:
    first = (text.strip().splitlines() or [""])[0][:_LONGEST_CAUSE]
    if kind in _OURS:
        return first
    return f"{_IN_WORDS.get(kind, 'an error of the program')} ({kind}: {first})"


_OURS = ("InputError", "WorkspaceError", "ParameterError", "ChapterError", "StrategyError")


def log_text(task: Task, witness: Witness) -> str:
    """All that is known of a failed execution, for the person who mends it."""
    error = witness.failure
    trace = getattr(error, "traceback", None) or [repr(error)]
    parts = [
        f"Notebook: {task.notebook}\nEdition: {task.edition}",
        "Parameters: " + json.dumps(dict(task.parameters), ensure_ascii=False, indent=1),
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
