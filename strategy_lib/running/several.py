"""Runs of several organisations: each in processes that never open another's folder.

Each is a task for a `concurrent.futures.Executor`: threads at home, `distributed`'s on a cluster.
Paths go to a task and words come back, never a row.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any, Literal

from strategy_lib.core.errors import InputError, StrategyError
from strategy_lib.core.workspace import open_workspace
from strategy_lib.running import run
from strategy_lib.running.executor import cores

State = Literal["made", "unchanged", "failed"]
Tell = Callable[["Outcome"], None]
_ENDED = "its process ended by itself; run again to go on where it stopped"


@dataclass(frozen=True)
class Outcome:
    """What became of one organisation's run.

    Attributes
    ----------
    state : str
        `made`, `unchanged` (nothing had changed) or `failed`.
    seconds : float
        How long it took.
    lines : tuple of str
        What the run said, as it says it for one organisation alone.
    indexes : tuple of str
        First pages of the editions that are up to date.
    """

    folder: str
    state: State
    seconds: float
    lines: tuple[str, ...]
    indexes: tuple[str, ...] = ()


def run_several(
    folders: Sequence[Path],
    options: Mapping[str, Any],
    executor: Executor | None = None,
    tell: Tell | None = None,
) -> list[Outcome]:
    """Run several organisations; one that fails stops none.

    What is up to date is left as it is, so that a run that was interrupted goes on where it was.

    Parameters
    ----------
    folders : sequence of Path
        Workspaces; one that is named twice is run once.
    options : mapping
        Further arguments of `run`, the same for all; plain data.
    executor : concurrent.futures.Executor, optional
        Where the tasks go; without it, half as many run here at a time as there are processors.
    tell : callable, optional
        Takes each `Outcome` as it comes.

    Returns
    -------
    list of Outcome
        In the order of `folders`.
    """
    roots = list(dict.fromkeys(str(folder.resolve()) for folder in folders))
    outcomes: dict[str, Outcome] = {}
    given: AbstractContextManager[Executor] = (
        nullcontext(executor) if executor else ThreadPoolExecutor(max(1, cores() // 2))
    )
    with given as tasks:
        futures = {tasks.submit(run_apart, root, dict(options)): root for root in roots}
        try:
            for future in as_completed(futures):
                root = futures[future]
                error = future.exception()
                outcomes[root] = (
                    Outcome(root, "failed", 0.0, (f"{type(error).__name__}: {error}",))
                    if error
                    else Outcome(**future.result())
                )
                if tell is not None:
                    tell(outcomes[root])
        except BaseException:
            for future in futures:
                future.cancel()
            raise
    return [outcomes[root] for root in roots]


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """Where tasks go that a scheduler of Dask hands to its workers.

    Certificates for `tls://` are taken from Dask's own configuration. Every worker must reach the
    workspaces under the same paths, and should run one task at a time.

    Raises
    ------
    InputError
        If Dask is not installed, or the scheduler does not answer.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise InputError(
            "--scheduler needs Dask, which is not installed. Install the extra: "
            "pip install 'global-china-workbook[cluster]'"
        ) from None
    try:
        client = distributed.Client(address)
    except OSError as error:
        raise InputError(f"The scheduler at {address} does not answer: {error}") from None
    with client:
        yield client.get_executor(pure=False)


def run_apart(root: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Run one organisation in a process of its own, which ends with this one.

    Returns
    -------
    dict
        The fields of an `Outcome`.
    """
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
    )
    assert process.stdin is not None and process.stdout is not None
    with process:
        with suppress(OSError):  # it may have been killed already
            process.stdin.write(
                json.dumps({"root": root, "options": dict(options)}).encode() + b"\n"
            )
        said = process.stdout.read()
    found: dict[str, Any] = json.loads(said) if said else {"state": "failed", "lines": [_ENDED]}
    return {"folder": root, "seconds": round(time.monotonic() - begun, 1), **found}


def _outcome(root: str, options: Mapping[str, Any]) -> dict[str, Any]:
    try:
        report = run(open_workspace(root), **options)
    except StrategyError as error:
        problems = getattr(error, "problems", ())
        return {"state": "failed", "lines": [str(error), *(f"  {p}" for p in problems)]}
    is_made = any(edition.state == "made" for edition in report.editions)
    state = "failed" if report.failed else "made" if is_made else "unchanged"
    return {"state": state, "lines": report.lines, "indexes": report.indexes}


def _end_with_owner() -> None:
    sys.stdin.read()
    os._exit(1)


def _main() -> None:
    told = json.loads(sys.stdin.readline())
    Thread(target=_end_with_owner, daemon=True).start()
    sys.stdout.write(json.dumps(_outcome(told["root"], told["options"])))


if __name__ == "__main__":
    try:
        _main()
    except KeyboardInterrupt:
        os._exit(130)
