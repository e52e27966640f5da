"""Processes forked from one that has imported, or read, all that they need; Linux only."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NoReturn

from strategy_lib.running.template import die_with_parent


class ForkedKernel:
    """A kernel process that waits to be told its arguments; then as a `subprocess.Popen`.

    It is forked before the process that drives it starts threads, opens sockets or an event loop:
    none of these survives a fork.
    """

    stdin = stdout = stderr = None

    def __init__(self) -> None:
        theirs, self._pipe = os.pipe()
        self._status: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._pipe)
            _wait_and_run(theirs)
        os.close(theirs)

    def begin(self, arguments: list[str], environment: Mapping[str, str], cwd: str) -> None:
        """Let the kernel begin."""
        order = {"arguments": arguments, "environment": dict(environment), "cwd": cwd}
        with os.fdopen(self._pipe, "w", encoding="utf-8") as pipe:
            json.dump(order, pipe)

    def poll(self) -> int | None:
        """Exit code; None while it runs."""
        if self._status is None:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            self._status = os.waitstatus_to_exitcode(status) if done else None
        return self._status

    def wait(self) -> int | None:
        """Exit code; only asked for when it has ended."""
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel, if it still runs."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


def _wait_and_run(pipe: int) -> NoReturn:
    try:
        die_with_parent()
        with os.fdopen(pipe, encoding="utf-8") as file:
            order = json.load(file)
        os.environ.clear()
        os.environ.update(order["environment"])
        os.chdir(order["cwd"])
        _run_kernel(order["arguments"])
    finally:
        os._exit(1)


def _run_kernel(arguments: list[str]) -> None:
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = ["kernel", *arguments]
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(arguments)  # type: ignore[no-untyped-call]
    app.start()  # type: ignore[no-untyped-call]


def side_by_side(jobs: Sequence[Callable[[], Any]]) -> list[Any]:
    """Values of several jobs, each done in a process of its own, the first in this one.

    Parameters
    ----------
    jobs : sequence of callable
        What they give must be JSON; what they write to files stays. Called in a process without
        threads.

    Raises
    ------
    Exception
        What a job raises: one that failed in its process is done again in this one.
    """
    begun = [_begun(job) for job in jobs[1:]]
    values = [job() for job in jobs[:1]]
    for job, (pid, pipe) in zip(jobs[1:], begun, strict=True):
        with os.fdopen(pipe, encoding="utf-8") as told:
            answer = told.read()
        _, status = os.waitpid(pid, 0)
        values.append(json.loads(answer) if status == 0 else job())
    return values


def _begun(job: Callable[[], Any]) -> tuple[int, int]:
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid:
        os.close(theirs)
        return pid, ours
    try:
        die_with_parent()
        os.close(ours)
        with os.fdopen(theirs, "w", encoding="utf-8") as told:
            json.dump(job(), told)
        os._exit(0)
    finally:
        os._exit(1)
