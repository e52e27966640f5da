"""The owner's end of a run's processes: each step runs in one of its own and gives JSON.

Standard library only: the first thing that a run does is to start the process that the others are
forked from.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from threading import Lock, Thread
from types import TracebackType
from typing import Any, Self

from strategy_lib.core import errors
from strategy_lib.core.allocation import KEPT_MEMORY

_LONGEST_FOLDER = 60
_PATIENCE = 0.5
# One thread each: several chapters run at a time, and sums must not depend on the machine's cores.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
_OF_THE_USER = ("PYTHONSTARTUP", "PYTHONEXECUTABLE", "JPY_PARENT_PID")
Reply = dict[str, Any]


def can_fork() -> bool:
    """Whether processes are forked: macOS has a fork, but its libraries do not survive one."""
    return sys.platform.startswith("linux")


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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
    """All processes of one run, their environment and their folder; none outlives `close`."""

    def __init__(self) -> None:
        self.folder = _private_folder()
        self.environment = _environment(self.folder)
        self.forks = can_fork()
        self.is_closed = False
        way = _Forked if self.forks else _Started
        self._way: _Forked | _Started = way(self.folder, self.environment)

    def call(self, function: str, **arguments: Any) -> Any:
        """Call `module:function` in a process of its own, and wait for its value.

        Raises
        ------
        StrategyError
            What the function refused, as it said it.
        WorkerError
            If it failed otherwise, or its process ended.
        """
        reply = self._way.ask({"call": function, "arguments": arguments})
        if "refusal" in reply:
            raise _refusal(reply)
        if "value" not in reply:
            raise WorkerError(reply["words"], reply["trace"])
        return reply["value"]

    def load(self, modules: Sequence[str]) -> None:
        """Import modules before further processes are forked, while nothing else is to be done."""
        if modules:
            self._way.load(modules)

    def log(self) -> str:
        """What the processes printed past Jupyter, such as the trace of a crash."""
        path = self.folder / "printed.log"
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
            self._way.close()
            shutil.rmtree(self.folder, ignore_errors=True)


class _Forked:
    """Every call is forked from one process that has imported what it needs."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._waiting: dict[int, Future[Reply]] = {}
        self._numbers = count(1)
        self._lock = Lock()
        self._process = _start("template", folder, environment)
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    def ask(self, request: Reply) -> Reply:
        future: Future[Reply] = Future()
        with self._lock:
            number = next(self._numbers)
            if not _send(self._process, request | {"number": number}):
                return _gone()
            self._waiting[number] = future
        return future.result()

    def load(self, modules: Sequence[str]) -> None:
        with self._lock:
            _send(self._process, {"load": list(modules)})

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            reply = json.loads(line)
            with self._lock:
                future = self._waiting.pop(reply["number"])
            future.set_result(reply)
        with self._lock:
            _close_input(self._process)
            left = list(self._waiting.values())
        for future in left:
            future.set_result(_gone())

    def close(self) -> None:
        _close_input(self._process)
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()  # still importing; the system ends what it has forked
            self._process.wait()
        self._listener.join()
        _close_output(self._process)


class _Started:
    """Every call is a process of its own, started for it."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._start = partial(_start, "worker", folder, environment)
        self._processes: list[subprocess.Popen[bytes]] = []
        self._is_open = True
        self._lock = Lock()

    def ask(self, request: Reply) -> Reply:
        with self._lock:
            if not self._is_open:
                return _gone()
            process = self._start()
            self._processes.append(process)
        _send(process, request)
        assert process.stdout is not None
        content = process.stdout.read()
        process.wait()
        _close_input(process)
        _close_output(process)
        reply: Reply = json.loads(content) if content else _gone()
        return reply

    def load(self, modules: Sequence[str]) -> None:
        """Nothing: each process imports what it needs."""

    def close(self) -> None:
        with self._lock:
            self._is_open = False
        for process in self._processes:
            if process.poll() is None:
                process.kill()
                process.wait()


def _start(module: str, folder: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    with (folder / "printed.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", f"strategy_lib.running.{module}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=dict(environment),
            cwd=folder,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )


def _send(process: subprocess.Popen[bytes], request: Reply) -> bool:
    assert process.stdin is not None
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
    except (OSError, ValueError):
        return False
    return True


def _close_input(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    with suppress(OSError):
        process.stdin.close()


def _close_output(process: subprocess.Popen[bytes]) -> None:
    assert process.stdout is not None
    process.stdout.close()


def _gone() -> Reply:
    return {"words": "the process ended by itself", "trace": ""}


def _refusal(reply: Reply) -> errors.StrategyError:
    kind: type[errors.StrategyError] = getattr(errors, reply["refusal"], errors.StrategyError)
    if not reply["problems"]:
        return kind(reply["words"])
    # Imported here: it needs pandas.
    from strategy_lib.core.problems import Problem

    return errors.InputError(reply["words"], [Problem(**problem) for problem in reply["problems"]])


def _private_folder() -> Path:
    """A folder that nobody else may read, with a path short enough for sockets in it."""
    folder = Path(tempfile.mkdtemp(prefix="workbook-"))
    if len(str(folder)) > _LONGEST_FOLDER and os.name != "nt" and os.access("/tmp", os.W_OK):
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="workbook-", dir="/tmp"))
    return folder


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
