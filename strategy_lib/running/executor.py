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
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Lock, Thread
from typing import Any

_PRELOADED = ["strategy_lib.running.preload"]
_STARTING = Lock()
Task = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


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
        self._lock = Lock()
        self._is_open = True
        self._context: Any = multiprocessing.get_context(start_method())
        if start_method() == "forkserver":
            from multiprocessing.forkserver import ensure_running

            self._context.set_forkserver_preload(_PRELOADED)
            with _environment_of(self._environment):
                ensure_running()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Begin the task at once.

        Returns
        -------
        concurrent.futures.Future
            Its value or its error; ChildProcessError if its process ended by itself, or the
            executor was shut down.
        """
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()
        Thread(target=self._follow, args=(future, (fn, args, kwargs)), daemon=True).start()
        return future

    def _follow(self, future: Future[Any], task: Task) -> None:
        try:
            value, error = self._done(task)
        except Exception as failure:
            value, error = None, failure
        if error is None:
            future.set_result(value)
        else:
            future.set_exception(error)

    def _done(self, task: Task) -> tuple[Any, BaseException | None]:
        ours, theirs = self._context.Pipe()
        with ours:
            with theirs:
                process = self._started((theirs, self._environment, self._begin, task))
            try:
                # Not the pipe alone: a process that it has started may hold the other end open.
                if ours in wait([ours, process.sentinel]):
                    told: tuple[Any, BaseException | None] = ours.recv()
                    return told
                return None, ChildProcessError("the process ended by itself")
            except (EOFError, OSError):
                return None, ChildProcessError("the process ended by itself")
            finally:
                _end(process)
                self._running.discard(process)

    def _started(self, told: tuple[Any, ...]) -> BaseProcess:
        process: BaseProcess = self._context.Process(target=_do, args=told)
        with self._lock:
            if not self._is_open:
                raise ChildProcessError("the executor was shut down")
            self._running.add(process)
        with _environment_of(self._environment):
            process.start()
        if not self._is_open:
            _end(process)
        return process

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """End every process, whatever is asked for: none outlives its run."""
        with self._lock:
            self._is_open = False
        for process in list(self._running):
            if process.pid is not None:
                _end(process)


@contextmanager
def _environment_of(environment: Mapping[str, str]) -> Iterator[None]:
    """Start a process in another environment: Python takes its hash seed from it when it starts."""
    with _STARTING:
        before = dict(os.environ)
        _replace_environment(environment)
        try:
            yield
        finally:
            _replace_environment(before)


def _replace_environment(environment: Mapping[str, str]) -> None:
    for name in set(os.environ) - set(environment):
        del os.environ[name]
    os.environ.update(environment)


def _end(process: BaseProcess) -> None:
    """End a process and all that it has started; it waits for that when its task is done."""
    if os.name == "nt":
        process.kill()
    else:
        assert process.pid is not None
        # Until it has a group of its own there is nothing that it could have started.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        with suppress(ProcessLookupError):
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
    except BaseException as error:
        told = _as_pickle(error)
    pipe.send_bytes(told)
    owner.join()


def _as_pickle(error: BaseException) -> bytes:
    try:
        return pickle.dumps((None, error))
    except Exception:
        return pickle.dumps((None, ChildProcessError(repr(error))))


def _end_with_owner(pipe: Connection) -> None:
    with suppress(EOFError, OSError):
        pipe.recv_bytes()
    if os.name != "nt":
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
