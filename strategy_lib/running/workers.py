"""All processes of one run: each step is a call in one of its own and gives plain data."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import asdict
from functools import partial
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from strategy_lib.core import errors
from strategy_lib.core.allocation import KEPT_MEMORY
from strategy_lib.running.executor import ProcessEachExecutor

# One thread each: several chapters run at a time, and sums must not depend on the machine's cores.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
_OF_THE_USER = ("PYTHONSTARTUP", "PYTHONEXECUTABLE", "JPY_PARENT_PID")
# Loaded by Jupyter where they are installed, and used by no run: a debugger, code completion, and a
# format of jsonschema that brings a calendar library.
_UNUSED = ("debugpy", "jedi", "isoduration")
Reply = dict[str, Any]


class WorkerError(Exception):
    """A step ended in an error that nobody foresaw.

    Parameters
    ----------
    words : str
        The error in one line.
    trace : str
        Where it happened, for the log.
    """

    def __init__(self, words: str, trace: str = "") -> None:
        super().__init__(words)
        self.trace = trace


class Workers:
    """The processes of a run, their environment and their folder; none outlives `close`."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="workbook-"))
        self.is_closed = False
        begin = partial(begin_step, str(self.folder))
        self._executor: Executor = ProcessEachExecutor(_environment(self.folder), begin)

    def call(self, function: str, **arguments: Any) -> Any:
        """Call `module:function` in a process of its own, and wait for its value.

        Raises
        ------
        StrategyError
            What the function refused, as it said it.
        WorkerError
            If it failed otherwise, or its process ended.
        """
        try:
            reply = self._executor.submit(answer, function, arguments).result()
        except ChildProcessError as error:
            raise WorkerError(str(error)) from None
        if "refusal" in reply:
            raise _refusal(reply)
        if "value" not in reply:
            raise WorkerError(reply["words"], reply["trace"])
        return reply["value"]

    def log(self) -> str:
        """What the processes printed past Jupyter, such as the trace of a crash."""
        path = _printed(self.folder)
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
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


def answer(function: str, arguments: Mapping[str, Any]) -> Reply:
    """Call `module:function`; its value, what it refused, or its error."""
    module, _, name = function.partition(":")
    try:
        return {"value": getattr(import_module(module), name)(**arguments)}
    except errors.StrategyError as error:
        problems = [asdict(problem) for problem in getattr(error, "problems", ())]
        return {"refusal": type(error).__name__, "words": str(error), "problems": problems}
    except BaseException as error:
        return {"words": repr(error), "trace": traceback.format_exc()}


def _refusal(reply: Reply) -> errors.StrategyError:
    kind: type[errors.StrategyError] = getattr(errors, reply["refusal"], errors.StrategyError)
    if not reply["problems"]:
        return kind(reply["words"])
    # Imported here: it needs pandas.
    from strategy_lib.core.problems import Problem

    return errors.InputError(reply["words"], [Problem(**problem) for problem in reply["problems"]])


def _printed(folder: Path) -> Path:
    return folder / "printed.log"


def _environment(folder: Path) -> dict[str, str]:
    """The same for every user and machine, as far as it could change a result."""
    kept = {name: value for name, value in os.environ.items() if name not in _OF_THE_USER}
    return kept | {
        **dict.fromkeys(_THREADS, "1"),
        **KEPT_MEMORY,
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PLOTLY_RENDERER": "plotly_mimetype",
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_CONFIG_DIR": str(folder / "jupyter"),
    }
