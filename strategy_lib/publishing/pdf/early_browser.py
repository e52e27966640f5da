"""A browser that starts before it is known what it will print, and whoever takes it over.

A run starts it at once, while other processes still import and read. It knows nothing then. Whoever
prints takes over its two pipes through a socket in a folder that only this user can open; from then
on it ends with that process, as it would have ended with the run before.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import Thread

from strategy_lib.publishing.pdf.browsers import Started, can_be_sandboxed, remove_scratch, start

_TAKING_SECONDS = 5.0
_LONGEST_NUMBER = 32
# What reads and computes goes first; there are moments enough in which it does not.
_NICENESS = 10


class EarlyBrowser:
    """A browser that waits for somebody who needs one; on systems with pipes only.

    Parameters
    ----------
    program : str
        Its path.

    Raises
    ------
    OSError
        If it cannot be started.
    """

    def __init__(self, program: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="wb-"))
        try:
            self._door = socket.socket(socket.AF_UNIX)
            self._door.bind(self.address)
            self._door.listen(1)
            self._started = start(
                program, self.folder, sandboxed=can_be_sandboxed(), niceness=_NICENESS
            )
        except OSError:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        self._is_open = True
        self._waiting = Thread(target=self._hand_over, daemon=True)
        self._waiting.start()

    @property
    def address(self) -> str:
        """Where `take_over` finds it."""
        return str(self.folder / "door")

    def _hand_over(self) -> None:
        with suppress(OSError):
            with self._door:
                whoever, _ = self._door.accept()
            with whoever:
                if self._is_open:
                    pipes = [self._started.ask.fileno(), self._started.hear.fileno()]
                    socket.send_fds(whoever, [str(self._started.pid).encode()], pipes)
        # The browser ends when the last end of its pipe is closed: that is no longer this one.
        for pipe in (self._started.ask, self._started.hear):
            with suppress(OSError):
                pipe.close()

    def close(self) -> None:
        """End it, whoever has it now, and remove what it has written."""
        self._is_open = False
        with suppress(OSError), socket.socket(socket.AF_UNIX) as nobody:
            # Whoever still waits at the door wakes up.
            nobody.settimeout(_TAKING_SECONDS)
            nobody.connect(self.address)
        self._waiting.join(_TAKING_SECONDS)
        process = self._started.process
        assert process is not None
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_TAKING_SECONDS)
        remove_scratch(self.folder)


def take_over(address: str) -> Started:
    """The pipes of an `EarlyBrowser`, which nobody else can take after that.

    Raises
    ------
    OSError
        If it is not there, or was taken.
    """
    with socket.socket(socket.AF_UNIX) as door:
        door.settimeout(_TAKING_SECONDS)
        door.connect(address)
        number, pipes, _, _ = socket.recv_fds(door, _LONGEST_NUMBER, 2)
    if len(pipes) < 2:
        raise ConnectionRefusedError(f"{address}: nobody gave a browser.")
    ask, hear = pipes
    return Started(int(number), os.fdopen(ask, "wb"), os.fdopen(hear, "rb"))
