"""The one seam to other processes: an executor in which each task has a process of its own.

On Linux a task is forked from a server that has imported what all need and has read nothing;
elsewhere it is started afresh. Whatever else is a `concurrent.futures.Executor` serves as well.
Standard library only: the first thing that a run does is to start the server.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Lock, Thread
from typing import Any

from strategy_lib.core.errors import StrategyError

_PRELOADED = ["strategy_lib.running.preload"]
# The environment in which a process starts is that of all threads.
_STARTING = Lock()
Task = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class WorkerError(Exception):
    """A task ended in an error that nobody foresaw, or its process ended by itself.

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


def start_method() -> str:
    """How processes are started: macOS has a fork, but its libraries do not survive one."""
    return "forkserver" if sys.platform.startswith("linux") else "spawn"


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class ProcessEachExecutor(Executor):
    """Gives each task a process of its own; one that ends by itself fails alone.

    How many run at a time is the caller's business.

    Parameters
    ----------
    environment : mapping of str to str
        The environment of every process.
    begin : callable
        Called without arguments in each process, before its task; it must be picklable.

    Examples
    --------
    >>> with ProcessEachExecutor(os.environ, os.getpid) as executor:
    ...     executor.submit(divmod, 7, 2).result()
    (3, 1)
    """

    def __init__(self, environment: Mapping[str, str], begin: Callable[[], object]) -> None:
        self._environment, self._begin = dict(environment), begin
        self._running: set[BaseProcess] = set()
        self._is_open = True
        self._context: Any = multiprocessing.get_context(start_method())
        if start_method() == "forkserver":
            from multiprocessing.forkserver import ensure_running

            self._context.set_forkserver_preload(_PRELOADED)
            with _starting_in(self._environment):
                ensure_running()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Begin the task at once.

        Returns
        -------
        concurrent.futures.Future
            Its value, what the workbook refused in it, or a WorkerError: any other error, a process
            that ended by itself, an executor that was shut down.
        """
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()
        Thread(target=self._follow, args=(future, (fn, args, kwargs)), daemon=True).start()
        return future

    def _follow(self, future: Future[Any], task: Task) -> None:
        try:
            future.set_result(self._value(task))
        except Exception as error:
            future.set_exception(error)

    def _value(self, task: Task) -> Any:
        ours, theirs = self._context.Pipe()
        with ours, theirs:
            process = self._started(theirs, task)
            theirs.close()
            try:
                # Not the pipe alone: a process that it has started may hold the other end open.
                told = ours.recv() if ours in wait([ours, process.sentinel]) else None
            except (EOFError, OSError):
                told = None
            finally:
                _end(process)
                self._running.discard(process)
        value, error = told or (None, WorkerError("the process ended by itself"))
        if error is not None:
            raise error
        return value

    def _started(self, pipe: Connection, task: Task) -> BaseProcess:
        process: BaseProcess = self._context.Process(
            target=_do, args=(pipe, self._environment, self._begin, task)
        )
        with _starting_in(self._environment):
            if not self._is_open:
                raise WorkerError("the executor was shut down")
            process.start()
            self._running.add(process)
        return process

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """End every process, whatever is asked for: none outlives its run."""
        with _STARTING:
            self._is_open = False
        for process in list(self._running):
            _end(process)


@contextmanager
def _starting_in(environment: Mapping[str, str]) -> Iterator[None]:
    """Start a process in another environment: Python takes its hash seed from it when it starts."""
    with _STARTING:
        before = dict(os.environ)
        _replace_environment(environment)
        try:
            yield
        finally:
            _replace_environment(before)


def _replace_environment(environment: Mapping[str, str]) -> None:
    for name in os.environ.keys() - environment.keys():
        del os.environ[name]
    os.environ.update(environment)


def _end(process: BaseProcess) -> None:
    """End a process and all that it has started; it waits for that when its task is done."""
    # Nobody's group is 0: that would be our own.
    if os.name != "nt" and process.pid is not None:
        # Until it has a group of its own there is nothing that it could have started.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()


def _do(
    pipe: Connection, environment: Mapping[str, str], begin: Callable[[], object], task: Task
) -> None:
    """The life of one process: it does its task, tells what came of it, and is ended."""
    if os.name != "nt":
        # A session of its own: Ctrl-C in the terminal reaches the owner, who ends us all.
        os.setsid()
    _replace_environment(environment)
    owner = Thread(target=_end_with_owner, args=(pipe,), daemon=True)
    owner.start()
    begin()
    function, args, kwargs = task
    try:
        told = pickle.dumps((function(*args, **kwargs), None))
    except StrategyError as error:
        told = pickle.dumps((None, error))
    except BaseException as error:
        told = pickle.dumps((None, WorkerError(repr(error), traceback.format_exc())))
    pipe.send_bytes(told)
    owner.join()


def _end_with_owner(pipe: Connection) -> None:
    with suppress(EOFError, OSError):
        pipe.recv_bytes()
    if os.name != "nt":
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
