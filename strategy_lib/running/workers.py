"""All processes of one run: each step is a call in one of its own and gives plain data."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import AbstractContextManager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from strategy_lib.core.computing import COMPUTING
from strategy_lib.running.executor import ProcessEachExecutor

_OF_THE_USER = ("PYTHONSTARTUP", "PYTHONEXECUTABLE", "JPY_PARENT_PID")
# Loaded by Jupyter where they are installed, and used by no run: a debugger, code completion, and a
# format of jsonschema that brings a calendar library.
_UNUSED = ("debugpy", "jedi", "isoduration")


class Workers(AbstractContextManager["Workers"]):
    """The processes of a run, their environment and their folder; none outlives `close`."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="workbook-"))
        self.is_closed = False
        begin = partial(begin_step, str(self.folder))
        self._executor = ProcessEachExecutor(_environment(self.folder), begin)

    def call(self, function: str, **arguments: Any) -> Any:
        """Call `module:function` in a process of its own, and wait for its value.

        Raises
        ------
        StrategyError
            What the function refused, as it said it.
        WorkerError
            If it failed otherwise, or its process ended.
        """
        return self._executor.submit(_call, function, arguments).result()

    def log(self) -> str:
        """What the processes printed past Jupyter, such as the trace of a crash."""
        path = _printed(self.folder)
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all processes, if that has not been done."""
        if not self.is_closed:
            self.is_closed = True
            self._executor.shutdown()
            shutil.rmtree(self.folder, ignore_errors=True)


def begin_step(folder: str) -> None:
    """Make a process a step's: it works in the run's folder, and what it prints is logged there."""
    shut_out()
    os.chdir(folder)
    # The folder of whoever started the run holds no modules of ours.
    sys.path[:] = [place for place in sys.path if place]
    log = os.open(_printed(Path(folder)), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for stream in (1, 2):
        os.dup2(log, stream)


def shut_out() -> None:
    """Make known as absent what Jupyter loads where it is installed and no batch run uses."""
    for name in _UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]


def _call(function: str, arguments: dict[str, Any]) -> Any:
    module, _, name = function.partition(":")
    return getattr(import_module(module), name)(**arguments)


def _printed(folder: Path) -> Path:
    return folder / "printed.log"


def _environment(folder: Path) -> dict[str, str]:
    """The same for every user and machine, as far as it could change a result."""
    kept = {name: value for name, value in os.environ.items() if name not in _OF_THE_USER}
    return kept | {
        **COMPUTING,
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PLOTLY_RENDERER": "plotly_mimetype",
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_CONFIG_DIR": str(folder / "jupyter"),
    }
