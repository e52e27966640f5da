"""The process that all others of a run are forked from: it imports once what they need.

It reads nothing that offices sent. The process that reads is forked from it, and so are those that
execute chapters, so that no kernel holds a row but those of its edition's snapshot. Told in lines
of JSON what to do, it forks a process for each and passes on what that gives. When its input
closes, however its owner ended, it kills what it has forked and ends.

Run as `python -m strategy_lib.running.template`; Linux only.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import selectors
import signal
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

from strategy_lib.running.worker import answer, shut_out

# What a kernel loads when it starts and when it shows its first output, and what papermill loads.
_FOR_CHAPTERS = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "IPython.utils.wildcard",
    "http.server",
    "pydoc",
    "sqlite3",
    "tornado.platform.asyncio",
    "tornado.queues",
    "strategy_lib.running.steps",
    "strategy_lib.running.execution",
    "strategy_lib.publishing.edition",
)
# What some chapters import only when they come to it, which takes long.
_IMPORTED_LATE = {
    "strategy_lib.chapters.prepare.analysis": "scipy.optimize",
    "strategy_lib.chapters.presence.analysis": "scipy.optimize",
}
_FOR_READING = ("pandas", "strategy_lib.editions.restrict", "strategy_lib.inputs.read")
_PARENT_DEATH_SIGNAL = 1
_CHUNK = 1 << 16


def die_with_parent() -> None:
    """Have the system kill this process as soon as the one that forked it ends."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)


@dataclass
class _Child:
    """A forked process, and what has come from it so far."""

    number: int
    pid: int
    received: list[bytes] = field(default_factory=list)


class Template:
    """Forks a process for each request that comes in, and passes its answer on."""

    def __init__(self, requests: int, replies: int) -> None:
        self.requests = requests
        self.replies = replies
        self._children: dict[int, _Child] = {}
        self._rest = b""
        self._wanted: list[str] = []
        self._selector = selectors.DefaultSelector()
        self._selector.register(requests, selectors.EVENT_READ)

    def serve(self, timeout: float | None = None) -> bool:
        """Do what comes in until the owner goes away, or nothing comes within `timeout` seconds.

        Modules that are wanted are imported one by one while nothing comes in, if nobody waits for
        the end.

        Returns
        -------
        bool
            Whether the owner is still there.
        """
        while True:
            can_load = bool(self._wanted) and timeout is None
            events = self._selector.select(0 if can_load else timeout)
            for key, _ in events:
                if key.fd != self.requests:
                    self._collect(key.fd)
                elif not self._obey():
                    return False
            if not events:
                if not can_load:
                    return True
                with _without_collection():
                    _load([self._wanted.pop(0)])

    def _obey(self) -> bool:
        data = os.read(self.requests, _CHUNK)
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            request = json.loads(line)
            if "load" in request:
                self._wanted += request["load"]
            else:
                self._fork(request)
        return bool(data)

    def _fork(self, request: dict[str, Any]) -> None:
        theirs, ours = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(theirs)
            self._become_worker(request, ours)
        os.close(ours)
        self._children[theirs] = _Child(request["number"], pid)
        self._selector.register(theirs, selectors.EVENT_READ)

    def _become_worker(self, request: dict[str, Any], pipe: int) -> NoReturn:
        try:
            # A session of its own: Ctrl-C in the terminal reaches the owner, who ends us all.
            os.setsid()
            die_with_parent()
            self._selector.close()
            for descriptor in (self.requests, self.replies, *self._children):
                os.close(descriptor)
            with os.fdopen(pipe, "wb") as file:
                file.write(json.dumps(answer(request)).encode())
            os._exit(0)
        finally:
            os._exit(1)

    def _collect(self, pipe: int) -> None:
        data = os.read(pipe, _CHUNK)
        child = self._children[pipe]
        child.received.append(data)
        if data:
            return
        self._selector.unregister(pipe)
        os.close(pipe)
        del self._children[pipe]
        _end(child)
        gone = {"words": "the process ended by itself", "trace": ""}
        content = b"".join(child.received)
        reply = (json.loads(content) if content else gone) | {"number": child.number}
        _write_all(self.replies, json.dumps(reply).encode() + b"\n")

    def close(self) -> None:
        """End every process that was forked."""
        for child in self._children.values():
            _end(child)


def _end(child: _Child) -> None:
    """End a process and all that it has started; it has not been waited for, so it is still it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    os.waitpid(child.pid, 0)


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _private_pipes() -> tuple[int, int]:
    """The owner's pipes, out of reach of imported modules that read or print."""
    requests, replies = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return requests, replies


def _load(modules: Iterable[str]) -> None:
    for name in modules:
        # What cannot be imported fails in the step that needs it, which says so.
        with contextlib.suppress(Exception):
            importlib.import_module(name)
            if name in _IMPORTED_LATE:
                importlib.import_module(_IMPORTED_LATE[name])


@contextlib.contextmanager
def _without_collection() -> Iterator[None]:
    """Import faster, and let forked processes share the memory of what was imported."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


def _warm() -> None:
    """What the first notebook, the first table and the first figure of a process do once."""
    import nbformat
    import pandas as pd
    import plotly.graph_objects as go
    import plotly.io as pio

    from strategy_lib.plotting.grids import grid
    from strategy_lib.plotting.theme import finish
    from strategy_lib.publishing.display import figure_outputs
    from strategy_lib.publishing.results import csv_bytes
    from strategy_lib.schema.reference import reference, reference_names
    from strategy_lib.schema.schema import schemas

    # What chapters read of the workbook's own, which is nobody's secret.
    schemas()
    for name in reference_names():
        reference(name)
    # Every figure gets the house look when it is finished; until then plotly would carry and copy
    # a look of its own.
    pio.templates.default = None
    nbformat.validate(nbformat.v4.new_notebook())  # type: ignore[no-untyped-call]
    frame = pd.DataFrame({"a": ["b"], "c": [1]})
    frame._repr_html_()  # type: ignore[operator]
    csv_bytes(frame)
    bars = go.Bar(x=frame["a"], y=frame["c"], text=frame["a"], marker_color="#000", name="d")
    lines = go.Scatter(x=frame["a"], y=frame["c"], mode="lines+markers+text", text=frame["a"])
    drawn = go.Figure([bars, lines]).update_layout(showlegend=True, shapes=[{}], annotations=[{}])
    for figure in (finish(drawn, "e"), grid(frame[["c"]], frame[["c"]].astype("str"), "f")):
        figure_outputs(figure, frame, "g", "h")
        pio.renderers["plotly_mimetype"].to_mimebundle(figure.to_dict())


def main() -> None:
    """Import, and serve; reading is forked off as soon as what it needs is there."""
    template = Template(*_private_pipes())
    try:
        with _without_collection():
            shut_out()
            _load(_FOR_READING)
            owner_is_there = template.serve(timeout=0)
            _load(_FOR_CHAPTERS)
            with contextlib.suppress(Exception):
                _warm()
        if owner_is_there:
            template.serve()
    finally:
        template.close()
        # To take apart what was imported would take a tenth of a second, for which the run waits.
        os._exit(0)


if __name__ == "__main__":
    main()
